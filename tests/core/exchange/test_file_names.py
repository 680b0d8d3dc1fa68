"""File names: safe on every system, short enough, unique."""

import unicodedata

import pytest
from hypothesis import given, strategies as st

from desktop.core.exchange.file_names import DEVICES, FORBIDDEN, MAX_BYTES, name_key, safe_name, unique_name


@given(st.text(max_size=300))
def test_every_title_gives_a_safe_name(title: str) -> None:
    name = safe_name(title, ".md")
    stem = name[: -len(".md")]
    assert name.endswith(".md")
    assert stem
    assert len(name.encode()) <= MAX_BYTES
    assert not FORBIDDEN & set(stem)
    assert not any(unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") for character in stem)
    assert stem == stem.strip(". ")
    assert stem.partition(".")[0].rstrip().casefold() not in DEVICES
    assert safe_name(stem, ".md") == name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("CON", "_CON.md"),
        ("nul.txt", "_nul.txt.md"),
        ("com¹ .x", "_com¹ .x.md"),
        ("..", "Untitled.md"),
        ("", "Untitled.md"),
        ("../../etc/passwd", "_.._etc_passwd.md"),
        ("a/b:c\\d?", "a_b_c_d_.md"),
        ("Итоги. ", "Итоги.md"),
        ("Й", "Й.md"),
        ("line\nbreak\u2028\t x", "line break x.md"),
        ("\u202egnp.md", "gnp.md.md"),
    ],
)
def test_known_traps(title: str, name: str) -> None:
    assert safe_name(title, ".md") == name


def test_long_names_are_cut_between_characters() -> None:
    family = "👩‍👩‍👧‍👦"
    name = safe_name("я" * 50 + family * 5, ".md")
    assert len(name.encode()) <= MAX_BYTES
    assert name == "я" * 50 + ".md"  # the first joined emoji, 25 bytes, no longer fits whole
    assert safe_name("e\u0323\u0302" * 200, "")[-1] == unicodedata.normalize("NFC", "e\u0323\u0302")[-1]


@given(st.lists(st.text(max_size=6), max_size=30))
def test_names_are_unique_whatever_the_case(titles: list[str]) -> None:
    taken: set[str] = set()
    names = [unique_name(title, taken, ".md") for title in titles]
    assert len({name_key(name) for name in names}) == len(names)


def test_numbers_are_the_word_after_the_name() -> None:
    taken: set[str] = set()
    names = [unique_name(name, taken, ".md") for name in ("Page", "PAGE", "page")]
    assert names == ["Page.md", "PAGE 2.md", "page 3.md"]
