"""Changes of two hands come together, or not at all."""

from hypothesis import given, settings, strategies as st

from desktop.ui.editor.merge import changed_span, edits, merge

LINES = st.lists(st.sampled_from(["a", "b", "слово", "", "😀"]), max_size=12).map("\n".join)


@given(LINES, LINES)
def test_span_makes_new_of_old(old: str, new: str) -> None:
    start, old_end, new_end = changed_span(old, new)
    assert old[:start] + new[start:new_end] + old[old_end:] == new


@given(LINES, LINES)
def test_edits_make_new_of_old(old: str, new: str) -> None:
    text = old
    for start, end, piece in reversed(edits(old, new)):
        text = text[:start] + piece + text[end:]
    assert text == new


@settings(max_examples=80)
@given(LINES, LINES)
def test_one_change_is_taken_whole(base: str, new: str) -> None:
    assert merge(base, new, base) == new
    assert merge(base, base, new) == new
    assert merge(base, new, new) == new


@settings(max_examples=80)
@given(LINES, LINES, LINES)
def test_a_merge_is_the_same_from_both_sides(base: str, mine: str, theirs: str) -> None:
    assert merge(base, mine, theirs) == merge(base, theirs, mine)


def test_changes_of_different_lines_are_both_kept() -> None:
    base = "# Old\n\none [[Old]]\ntwo\nthree [[Old]]\n"
    theirs = "# New\n\none [[New]]\ntwo\nthree [[New]]\n"
    assert merge(base, base.replace("two", "two words"), theirs) == theirs.replace("two", "two words")


def test_changes_within_one_line_are_both_kept() -> None:
    assert merge("see [[Old]] for more", "see [[Old]] for much more", "see [[New]] for more") == (
        "see [[New]] for much more"
    )


def test_changes_that_meet_are_not_merged() -> None:
    assert merge("one two", "one 2", "one II") is None
    assert merge("ab", "aXb", "aYb") is None
