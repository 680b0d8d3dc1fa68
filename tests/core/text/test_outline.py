"""Headings and their slugs."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from desktop.core.records import Section
from desktop.core.text.anchors import find_section
from desktop.core.text.outline import scan_sections, section_at, slugify


def titles(text: str) -> list[tuple[int, str]]:
    return [(section.level, section.title) for section in scan_sections(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# One", [(1, "One")]),
        ("###### Six ##", [(6, "Six")]),
        ("####### Seven", []),
        ("#tag", []),
        ("# C#", [(1, "C#")]),
        ("   # Three blanks", [(1, "Three blanks")]),
        ("    # Code", []),
        ("One\n===\n\nTwo\n---", [(1, "One"), (2, "Two")]),
        ("One\nmore\n---", []),
        ("\n---\n", []),
        ("- item\n---", []),
        ("> quote\n---", []),
        ("| a |\n---", []),
        ("<br>\n---", []),
        ("| a | b |\n|---|---|", []),
        ("```\n# no\n```\n# yes", [(1, "yes")]),
        ("~~~~\n```\n# no\n~~~\n~~~~\n# yes", [(1, "yes")]),
        ("```\n# never closed", []),
        ("> ```\n> # no\n\n# yes", [(1, "yes")]),
        ("- ```\n  # no\n  ```\n\n# yes", [(1, "yes")]),
        ("<!--\n# no\n-->\n# yes", [(1, "yes")]),
        ("text <!-- a\n# no\n--> b\n\n# yes", [(1, "yes")]),
        ("`<!--` is how one begins\n# yes", [(1, "yes")]),
        ("<!-- never closed\n\n# yes", [(1, "yes")]),
        ("%%\n# no\n%%\n# yes", [(1, "yes")]),
        ("<pre>\n# no\n</pre>\n# yes", [(1, "yes")]),
        ("$$\n# no\n$$\n# yes", [(1, "yes")]),
        ("# [All](https://a.b) **you** `need`", [(1, "All you need")]),
        ("# A [[Note|n]] ![](x.png) snake_case \\*", [(1, "A n snake_case *")]),
        ("---\ntitle: x\n---\n# yes", [(1, "yes")]),
        ("\ufeff# yes", [(1, "yes")]),
        ("One\r\n===\r\n\r\n## Two\r\n", [(1, "One"), (2, "Two")]),
        ("# a\r# b\r", [(1, "a"), (1, "b")]),
        ("\u00a0\n# a", [(1, "a")]),
        ("#", []),
        ("# | name\n|---|\n| # x |", []),
        ("# | name\n\n|---|", [(1, "| name")]),
        ("<div>\n# no\n\n# yes\n</div>", [(1, "yes")]),
        ("# Head ^abc\n\nTwo ^x-1\n---\n# x ^2", [(1, "Head"), (2, "Two"), (1, "x ^2")]),
    ],
)
def test_headings(text: str, expected: list[tuple[int, str]]) -> None:
    assert titles(text) == expected


def test_extents() -> None:
    text = "intro\n# A\na\n## B\nb\n### C\nc\n## D\nd\n# E\ne\n"
    sections = scan_sections(text)
    assert [text[s.start : s.end] for s in sections] == [
        "# A\na\n## B\nb\n### C\nc\n## D\nd\n",
        "## B\nb\n### C\nc\n",
        "### C\nc\n",
        "## D\nd\n",
        "# E\ne\n",
    ]
    assert [s.ordinal for s in sections] == [0, 1, 2, 3, 4]


def test_slugs() -> None:
    assert slugify("Что такое Ёлка, и зачем?") == "что-такое-ёлка-и-зачем"
    assert slugify("A/B  test_1") == "ab--test_1"
    found = scan_sections("# a\n# a\n# a-1\n# !\n# a\n")
    assert [section.slug for section in found] == ["a", "a-1", "a-1-1", "section", "a-2"]


def test_section_at() -> None:
    text = "intro\n# A\n## B\nb\n# C\n"
    sections = scan_sections(text)
    assert section_at(sections, 0) is None
    assert section_at(sections, text.index("b\n")) == sections[1]
    assert section_at(sections, len(text)) == sections[2]
    assert section_at((), 5) is None


def test_seed_digest(corpus: Path) -> None:
    text = (corpus / "seeds" / "digest.md").read_text(encoding="utf-8")
    sections = scan_sections(text)
    assert [sum(s.level == level for s in sections) for level in (2, 3)] == [7, 20]
    assert len(sections) == 27


def check(text: str, sections: tuple[Section, ...]) -> None:
    for index, section in enumerate(sections):
        assert section.ordinal == index
        assert 0 <= section.start < section.end <= len(text)
        assert section_at(sections, section.start) == section
        assert find_section(sections, section.slug) is not None
    assert len({section.slug for section in sections}) == len(sections)
    for before, after in pairwise(sections):
        assert before.start < after.start
        assert before.end >= after.end or before.end <= after.start


@given(st.text(alphabet="#=-`~ \n\r\tab1<!>%$|[]()*_\\я\u00a0\ufeff", max_size=200))
def test_properties(text: str) -> None:
    check(text, scan_sections(text))


@given(st.text(max_size=100))
def test_any_text(text: str) -> None:
    check(text, scan_sections(text))
