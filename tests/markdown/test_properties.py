"""What holds for every text: prose stays as it is, lines are known, pieces make the whole."""

import random
import re
from dataclasses import replace

from hypothesis import given, settings, strategies as st

from desktop.core.markup.normalise import NormalBlock, as_written, normalise
from desktop.core.page.live_render import LiveRendering
from desktop.core.page.markdown import BlockCache, render_blocks, to_html
from tests.core.text.texts import random_edit, random_text

_OURS = re.compile("[\ufdd0-\ufdd4]")
_WORD = st.sampled_from(
    "лекция слово и в не Это Привет, ёж «кавычки» дом; что? да! the a word is Hello, (in brackets) can't e.g. 50% 3,14 "
    "10:30 — – … и/или по-русски ~5 C++ a+b №7 § AT&T имя_файла [1] 2×3 x^2 #тег ^_^ a=b $5".split()
)
_FIRST = st.sampled_from("Лекция Слово Это Привет, Дом The A Hello, «Кавычки» (Скобки) Ёж Word: И, We".split())
_LINE = st.builds(lambda first, words: " ".join([first, *words]), _FIRST, st.lists(_WORD, max_size=12))
_PARAGRAPH = st.lists(_LINE, min_size=1, max_size=4).map("\n".join)
_PROSE = st.lists(_PARAGRAPH, min_size=1, max_size=5)


@given(_PROSE)
@settings(max_examples=80, deadline=None)
def test_plain_prose_is_unchanged(paragraphs: list[str]) -> None:
    blocks = normalise("\n\n".join(paragraphs)).blocks
    assert [block.text for block in blocks] == paragraphs
    assert {block.kind for block in blocks} == {"paragraph"}


@given(_PROSE)
@settings(max_examples=40, deadline=None)
def test_the_words_of_prose_are_shown_as_written(paragraphs: list[str]) -> None:
    words = re.sub(r"<[^>]+>", "", to_html("\n\n".join(paragraphs))).replace("&amp;", "&")
    assert words.split() == "\n\n".join(paragraphs).split()


def _calm_text(seed: int) -> str:
    draw = random.Random(seed)
    return random_text(draw, draw.choice((5, 30, 120)), calm=True)


@given(st.integers(0, 100_000))
@settings(max_examples=80, deadline=None)
def test_blocks_cover_the_text_in_order(seed: int) -> None:
    text = _calm_text(seed).replace("[c]:", "words").replace("'title'", "words")  # of definitions over two lines
    lines = text.split("\n")
    covered: set[int] = set()
    before = -1
    for block in normalise(text).blocks:
        assert before < block.first_line <= block.last_line < len(lines)
        before = block.first_line
        covered.update(range(block.first_line, block.last_line + 1))
        assert len(block.line_map) == block.text.count("\n") + 1
        assert all(block.first_line <= line <= block.last_line for line in block.line_map)
    hidden = re.compile(r"\s*(?:<!--.*|--> ?|%%.*|\[[^\]]+\]:.*|    of two lines|#+ *#*|>[ >]*|\ufeff|---|title: A)?")
    left = [line for line in range(len(lines)) if line not in covered and not hidden.fullmatch(lines[line])]
    assert not left or "<!--" in text or "%%" in text or "[^n]:" in text or text.startswith("---"), (left, text)


@given(st.integers(0, 100_000))
@settings(max_examples=80, deadline=None)
def test_a_canonical_line_knows_the_line_that_holds_it(seed: int) -> None:
    text = _calm_text(seed)
    source = text.replace("\ufeff", "").split("\n")
    for block in normalise(text).blocks:
        for number, line in zip(block.line_map, block.text.split("\n"), strict=True):
            if block.kind in ("definitions", "html") or "\ufdd0" in line:
                continue
            words = re.findall(r"[A-Za-z]{3,}", _OURS.sub("", line))
            assert all(word in source[number] for word in words), (line, source[number])


def _alone(text: str, block: NormalBlock) -> str:
    return "\n".join(text.split("\n")[block.first_line : block.last_line + 1])


@given(st.integers(0, 100_000))
@settings(max_examples=50, deadline=None)
def test_converting_blocks_is_converting_the_whole(seed: int) -> None:
    """Add to each block what the note defines, and it shows the same; ids of headings follow the whole note."""
    text = _calm_text(seed).replace("[^n]: a note", "words").replace("<!--", "").replace("-->", "").replace("%%", "")
    text = text.replace("[a]: https://x.example", "words").replace("[b]: <y> 'title'", "words")
    shared = "[a]: https://z.example 'T'\n\n[b]: <y>\n\n"
    text = text.replace("---\ntitle: A\n", "").replace("[c]:", "words")
    whole = [block for block in normalise(shared + text).blocks if block.kind not in ("list", "code", "html")]
    without_id = re.compile(r' id="[^"]*"')
    html = without_id.sub("", to_html(shared + text))
    for block in whole:
        alone = _alone(shared + text, block)
        if normalise(shared + alone).blocks[:1] != (replace(block, **_moved(block)),):
            continue  # a piece that means something else without what stands before it
        assert without_id.sub("", to_html(shared + alone)).strip() in html


def _moved(block: NormalBlock) -> dict[str, object]:
    first = block.first_line
    lines = tuple(line - first + 4 for line in block.line_map)  # behind the four lines of what is shared
    return {"first_line": 4, "last_line": block.last_line - first + 4, "line_map": lines}


def test_headings_and_footnotes_are_counted_over_the_whole_note() -> None:
    html = to_html(
        "# Тема\n\nA[^b].\n\n# Тема\n\nБ[^a] и [с].\n\n[^a]: два\n\n[^b]: раз [с]\n\n[с]: https://x.example\n"
    )
    assert re.findall(r'<h1 id="([^"]+)"', html) == ["тема", "тема-1"]
    assert html.index("#fn-1") < html.index("#fn-2") < html.index("раз") < html.index("два")
    assert html.count('href="https://x.example"') == 2


@given(st.integers(0, 100_000))
@settings(max_examples=25, deadline=None)
def test_an_edit_shows_what_a_fresh_rendering_shows(seed: int) -> None:
    draw = random.Random(seed)
    live, text = LiveRendering(BlockCache()), _calm_text(seed)
    for _ in range(6):
        assert live.render(text, "light", 16, lambda key: None) == render_blocks(text).blocks, text
        text = random_edit(draw, text, calm=True)


def test_a_block_is_shown_as_written_when_asked() -> None:
    block = normalise("- [x] done `code`\n\n      more").blocks[0]
    assert not _OURS.search(as_written(block))
    assert "done `code`" in as_written(block)
