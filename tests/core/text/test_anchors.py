"""The ways in which a link names a place, and the anchors that lead there."""

import time

import pytest
from hypothesis import given, strategies as st

from desktop.core.records import Section
from desktop.core.text.anchors import anchor_of, find_place, find_section
from desktop.core.text.blocks import Block
from desktop.core.text.outline import scan_sections

DIGEST = "# Название\n\n[Теория](#1) [Практика](#2)\n\nПрактика\n---\n### x\n### y\n\nТеория!\n---\n### Ещё\n"


@pytest.mark.parametrize(
    ("anchor", "label", "title"),
    [
        ("практика", "", "Практика"),
        ("#Практика", "", "Практика"),
        ("ТЕОРИЯ", "", "Теория!"),
        ("Теория?", "", "Теория!"),
        ("%D1%82%D0%B5%D0%BE%D1%80%D0%B8%D1%8F", "", "Теория!"),
        ("еще", "", "Ещё"),
        ("1", "Теория", "Теория!"),
        ("1", "", "Практика"),
        ("2", "nothing", "Теория!"),
        ("9", "", None),
        ("0", "", None),
        ("Теория#еще", "", "Ещё"),
        ("Практика#еще", "", "Ещё"),  # not below it, but after it and deeper
        ("Теория#x", "", None),
        ("Название#Практика#y", "", "y"),
        ("", "Теория", None),
        ("^block", "Теория", None),
        ("teoriya", "теория", "Теория!"),
        ("nothing#y", "", None),
        ("nothing", "", None),
        ("²", "", None),
    ],
)
def test_find_section(anchor: str, label: str, title: str | None) -> None:
    found = find_section(scan_sections(DIGEST), anchor, label)
    assert (found.title if found else None) == title


def test_numbers_count_the_top_level() -> None:
    sections = scan_sections("## A\n### a\n### b\n## B\n## C\n")
    assert [find_section(sections, str(n)).title for n in (1, 2, 3)] == ["A", "B", "C"]  # type: ignore[union-attr]
    below_title = scan_sections("# Title\n## A\n### a\n## B\n")
    assert find_section(below_title, "2") == below_title[3]

def titled(text: str, anchor: str) -> int | None:
    found = find_section(scan_sections(text), anchor)
    return found.ordinal if found else None


@pytest.mark.parametrize(
    ("text", "anchor", "ordinal"),
    [
        ("# Все\n# Всё\n", "всё", 1),  # as it is written, before ё is е
        ("# Все\n# Всё\n", "все", 0),
        ("# Еще\n", "ещё", 0),
        ("# 🎉\n# ✨\n", "✨", 1),  # no letters at all
        ("# a, b\n", "a b", 0),
        ("# a: b\n", "a   B", 0),
        ("# A\n## X\n# B\n## X\n", "B#X", 3),
        ("# A\n## X\n# A\n## Y\n", "A#Y", 3),  # the second heading of that name has it
        ("# A\n## B\n### C\n", "A#C", 2),
        ("# A\n## B\n### C\n", "C#A", None),
        ("# Й\n", "\u0438\u0306", 0),
        ("# a\n# a\n", "a-1", 1),
    ],
)
def test_headings_are_found_as_they_are_named(text: str, anchor: str, ordinal: int | None) -> None:
    assert titled(text, anchor) == ordinal


@pytest.mark.parametrize(
    ("text", "anchors"),
    [
        ("# One\n## Два слова\n", ["One", "Два слова"]),
        ("# A\n## X\n# B\n## X\n", ["A", "X", "B", "B#X"]),
        ("# A\n## B\n### X\n## C\n### X\n", ["A", "B", "X", "C", "C#X"]),
        ("# a [[b|c]] #d `e`\n", ["a c d e"]),
        ("# x\n# x\n# x\n", ["x", "x-1", "x-2"]),
        ("# ^[]\n# ^|\n", ["section", "section-1"]),
        ("# 100%25\n", ["100 25"]),
    ],
)
def test_the_shortest_anchor(text: str, anchors: list[str]) -> None:
    sections = scan_sections(text)
    assert [anchor_of(sections, section) for section in sections][-len(anchors) :] == anchors


@given(st.lists(st.tuples(st.integers(1, 4), st.text("ab1-[]|#^%!` ёя", max_size=6)), max_size=12))
def test_an_anchor_leads_back(headings: list[tuple[int, str]]) -> None:
    sections = scan_sections("".join(f"{'#' * level} {title}\n" for level, title in headings))
    for section in sections:
        anchor = anchor_of(sections, section)
        assert not set("|[]^\n") & set(anchor)
        assert find_section(sections, anchor) == section


@given(st.text(max_size=100))
def test_any_anchor(text: str) -> None:
    find_section(scan_sections(text), text, text)
    find_place(text, scan_sections(text), text, text)


def test_places_are_sections_or_blocks() -> None:
    text = "# A\n\nwords ^id1\n"
    sections = scan_sections(text)
    assert find_place(text, sections, "a") == sections[0]
    assert find_place(text, sections, "#^ID1") == Block("id1", 5, 10, 15)
    assert find_place(text, sections, "^none") is None
    assert find_place(text, sections, "") is None
    assert isinstance(find_place(text, sections, "9", "A"), Section)


def test_many_headings_cost_their_number() -> None:
    def cost(count: int) -> float:
        sections = scan_sections("".join(f"## part\n### x{n}\n" for n in range(count)))
        begin = time.process_time()
        for anchor in ("nothing", "part#x9999999", "#".join(["part"] * 2_000)):
            find_section(sections, anchor)
        anchor_of(sections, sections[-1])
        return time.process_time() - begin

    cost(500)
    assert min(cost(4_000) for _ in range(2)) < 8 * max(cost(1_000), 0.02)
