"""Long words may be broken, and nothing else changes."""

import time

from hypothesis import given
from hypothesis import strategies as st

from desktop.core.text.line_breaks import BREAK, LONG, breakable


@given(st.text(max_size=300).filter(lambda text: BREAK not in text))
def test_only_breaks_are_added(text: str) -> None:
    broken = breakable(text)
    assert broken.replace(BREAK, "") == text
    assert all(len(piece) <= LONG for word in broken.split() for piece in word.split(BREAK))


def test_words_stay_whole_and_addresses_break_after_punctuation() -> None:
    assert breakable("сельскохозяйственный and internationalization") == "сельскохозяйственный and internationalization"
    assert breakable("example.org/a-long-path/of_many_parts.html").split(BREAK)[:3] == ["example.", "org/", "a-"]


def test_a_megabyte_without_a_blank_is_quick() -> None:
    started = time.process_time()
    breakable("x" * 1_000_000)
    assert time.process_time() - started < 1.5
