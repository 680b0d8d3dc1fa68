"""Words of any kind cost time in proportion to their length, in the conversion as in the reading of blocks."""

import time

from desktop.core.markup.normalise import normalise
from desktop.core.page.markdown import to_html
from tests.core.text.test_linear_time import families

_WORDS = (
    "*a **b ", "_a_ *b", "**a:**b", "~~a ", "==a ", "x^2 ", "`a ``b ", "[a](b ", "[a](<b", "![", "[a]",
    "[[a]](", "<a b='",
    '<a b="', "<!-- ", "<?", "&amp;", "$a ", "$$a $", "\\(", "%%a ", "http://a)", "a@b.c ", "www.a", "\\*", "a  \n",
)  # fmt: skip
_LINES = (
    "- a\n\n  b\n", "- - - a\n", "> a\n\n", "> - a\n", "a\n: b\n", "a\n: b\n\n", "<div>\n\n", "<table>\n\n",
    "<pre>\n\n", "<details>\n", "<summary>a</summary>\n", "<!-- a\n", "%% a\n", "[a]:\n", "[a]: b 'c\n", "[^a]: b\n",
    "```\n", "$$\n", "| a |\n|---|\n", "<?php\n", "<![CDATA[\n", "- [x] a\n", "> [!note]- a\n",
)  # fmt: skip


def _cost(text: str, function: object) -> float:
    begun = time.process_time()
    function(text)  # type: ignore[operator]
    return time.process_time() - begun


def test_words_are_converted_in_linear_time() -> None:
    texts = {unit: unit for unit in _WORDS}
    for name, unit in texts.items():
        small, large = (_cost(unit * (size // len(unit)), to_html) for size in (2_000, 10_000))
        assert large < 0.15 or large < 15 * small, (name, small, large)
        assert large < 1.5, name


def test_lines_are_read_in_linear_time() -> None:
    for unit in _LINES:
        small, large = (_cost(unit * (size // len(unit)), normalise) for size in (2_000, 10_000))
        assert large < 0.15 or large < 15 * small, (unit, small, large)


def test_what_is_nested_is_converted_in_linear_time() -> None:
    for name in ("nested images", "nested brackets", "nested with definition", "growing ticks", "long title"):
        small, large = (_cost(families(size)[name], to_html) for size in (2_000, 10_000))
        assert large < 0.15 or large < 15 * small, (name, small, large)
    assert _cost("![*a" * 2_000 + "](b)" * 2_000, to_html) < 1
    assert _cost("*a **b " * 2_000 + "** *" * 2_000, to_html) < 1.5


def test_deep_elements_are_written_as_words() -> None:
    """Let no depth of elements end in an error: what is too deep keeps its words."""
    html = to_html("*a **b " * 300 + "c** d*" * 300)
    assert html.count("b") >= 300
    assert html.count("<em>") < 60
