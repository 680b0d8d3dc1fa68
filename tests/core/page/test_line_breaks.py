"""Long words may be broken, and nothing else changes."""

import time

from hypothesis import given, strategies as st

from desktop.core.page.line_breaks import BREAK, HYPHEN, LONG, breakable, breakable_code


@given(st.text(max_size=300).filter(lambda text: BREAK not in text))
def test_only_breaks_are_added(text: str) -> None:
    broken = breakable(text)
    assert broken.replace(BREAK, "") == text
    assert all(len(piece) <= LONG for word in broken.split() for piece in word.split(BREAK))


def test_words_stay_whole_and_addresses_break_after_punctuation() -> None:
    assert breakable("сельскохозяйственный and internationalization") == "сельскохозяйственный and internationalization"
    assert breakable("example.org/a-long-path/of_many_parts.html").split(BREAK)[:3] == ["example.", "org/", "a-"]


@given(st.text(max_size=200).filter(lambda text: BREAK not in text and HYPHEN not in text), st.integers(5, LONG - 1))
def test_in_a_narrow_column_only_breaks_and_hyphens_are_added(text: str, longest: int) -> None:
    assert breakable(text, longest).replace(BREAK, "").replace(HYPHEN, "") == text


def test_words_are_divided_between_syllables_and_numbers_not_at_all() -> None:
    assert breakable("программирование", 7).split(HYPHEN) == ["про", "грам", "ми", "ро", "ва", "ние"]
    assert breakable("05.09.2022 short", 7) == "05.09.2022 short"
    assert all(len(part) <= 9 for part in breakable("бвгджзклмнпрст" * 3, 6).split(HYPHEN))


def test_only_long_runs_of_code_are_broken() -> None:
    assert breakable_code("a = b(c)\n" * 40) == "a = b(c)\n" * 40
    assert breakable_code("x" * 200).replace(BREAK, "") == "x" * 200
    assert BREAK in breakable_code("x" * 200)


def test_a_megabyte_without_a_blank_is_quick() -> None:
    started = time.process_time()
    breakable("x" * 1_000_000)
    breakable("x" * 1_000_000, 6)
    breakable_code("x" * 1_000_000)
    assert time.process_time() - started < 1.5
