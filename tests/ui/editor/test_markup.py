"""What a line of Markdown is made of."""

import time

import pytest
from hypothesis import given, strategies as st

from desktop.ui.editor import markup
from desktop.ui.editor.markup import Ink


def words(line: str, ink: int, state: int = 0, after: str = "") -> list[str]:
    return [line[start:end] for start, end, found in markup.pieces(line, state, after) if found == ink]


@pytest.mark.parametrize(
    ("line", "ink", "expected"),
    [
        ("## Вектор", Ink.HEADING + 1, ["## Вектор"]),
        ("#хештег", Ink.TAG, ["#хештег"]),
        ("####### seven", Ink.HEADING, []),
        ("a **bold** b", Ink.BOLD, ["**bold**"]),
        ("2 * 3 * 4", Ink.ITALIC, []),
        ("snake_case_name", Ink.ITALIC, []),
        ("`a*b*c`", Ink.CODE, ["`a*b*c`"]),
        ("`a*b*c`", Ink.ITALIC, []),
        ("``a`b``", Ink.CODE, ["``a`b``"]),
        ("see [[Note#H|label]]", Ink.LINK, ["Note#H|label"]),
        ("[Теория](#1)", Ink.LINK, ["Теория"]),
        ("[w](https://en.wikipedia.org/wiki/A_(b))", Ink.ADDRESS, ["](https://en.wikipedia.org/wiki/A_(b))"]),
        ("![](https://x.y/a.png)", Ink.LINK, [""]),
        ("- [x] done", Ink.DONE, [" done"]),
        ("- [ ] open", Ink.TASK, [" [ ]"]),
        ("12) item", Ink.BULLET, ["12)"]),
        ("> quoted", Ink.QUOTE, ["> quoted"]),
        ("более $4 млрд и $5 млн", Ink.MATH, []),
        ("формула $a^2$ тут", Ink.MATH, ["$a^2$"]),
        (r"\*not\*", Ink.ITALIC, []),
        ("**a *b* c**", Ink.ITALIC, ["*b*"]),
        ("a <!-- b --> c", Ink.COMMENT, ["<!-- b -->"]),
        ("a %%b%% c", Ink.COMMENT, ["%%b%%"]),
        ("%% скрыто %%", Ink.COMMENT, ["%% скрыто %%"]),
        ("вырос на 50%% и на 60%", Ink.COMMENT, []),
        ("> [!note]- Заголовок **a**", Ink.CALLOUT, ["[!note]-"]),
        ("> [note] text", Ink.CALLOUT, []),
        ("[^1]: сноска", Ink.LINK, ["[^1]:"]),
        ("слово[^1] и", Ink.LINK, ["[^1]"]),
        ("<kbd>Ctrl</kbd>", Ink.MARKUP, ["<kbd>", "</kbd>"]),
        ("a ==важно== b", Ink.MARKED, ["==важно=="]),
        ("| a | b |", Ink.TABLE, ["| a | b |"]),
    ],
)
def test_pieces(line: str, ink: int, expected: list[str]) -> None:
    assert words(line, ink) == expected


def test_underlined_headings_need_the_line_below() -> None:
    assert words("Теория", Ink.HEADING, after="======") == ["Теория"]
    assert words("Теория", Ink.HEADING + 1, after="---") == ["Теория"]
    assert words("", Ink.HEADING, after="---") == []
    assert words("- item", Ink.HEADING + 1, after="---") == []


def test_what_hides_lines_goes_on_to_its_end() -> None:
    for opened, inside, closed in (("%%", "скрыто", "%%"), ("<!--", "a", "-->"), ("$$", "x^2", "$$")):
        state = markup.next_state(opened, markup.NORMAL)
        assert state != markup.NORMAL
        assert markup.next_state(inside, state) == state
        assert markup.next_state(closed, state) == markup.NORMAL
    assert markup.next_state("50%% off", markup.NORMAL) == markup.NORMAL


def test_a_fence_is_closed_by_one_as_long() -> None:
    state = markup.next_state("````python", 0)
    assert state >= markup.FENCE
    assert markup.next_state("```", state) == state
    assert markup.next_state("~~~~", state) == state
    assert markup.next_state("`````", state) == markup.NORMAL
    assert markup.next_state("``` a`b", 0) == markup.NORMAL


@given(st.text(alphabet="`*_[]()#~=$%|<>!-\\ aб😀\t:/", max_size=200), st.sampled_from([0, 1, 2, 3, 4, 14, 15]))
def test_pieces_lie_in_the_line(line: str, state: int) -> None:
    for start, end, ink in markup.pieces(line, state, "---"):
        assert 0 <= start <= end <= len(line)
        assert 1 <= ink <= max(Ink)
    assert 0 <= markup.next_state(line, state) < 256


@pytest.mark.parametrize(
    "unit",
    ["`", "` `` ", "**a ", "*a",
     "_a ", "[", "[a](", "![[", "[[a", "<a ", "<!--", "$a ", "\\", "> ", "==a ", "~~a ", "#a",
     "](", "[a]((", "https://", "- [", "$$", "__a ", "``` ` ", "|", "---", ">`", "%%", "%% a", "> [!a] ", "[^1]:"],
)  # fmt: skip
def test_hostile_lines_take_no_time(unit: str) -> None:
    line = unit * (100_000 // len(unit))
    start = time.process_time()
    for state in (0, 1, 2, 3, 4, 14):
        markup.pieces(line, state, line)
        markup.next_state(line, state)
    assert time.process_time() - start < 1.0
