"""A text goes through a document and back to the character."""

import pytest
from hypothesis import example, given, settings, strategies as st
from PySide6.QtGui import QTextCursor

from desktop.ui.editor.fidelity import TextImage, Utf16Map, new_document, shown_text
from desktop.ui.editor.merge import changed_span

pytestmark = pytest.mark.usefixtures("app")

ODD = ["\r\n", "\r", "\n", "\u2029", "\u2028", "\x85", "\xa0", "\x00", "\x0b", "\x0c", "\ufeff", "\ufffe", "\ufdd0"]
TEXTS = st.lists(
    st.sampled_from([*ODD, "a", "слово", "😀", "é", "\ufffc", "\ufdd1", "\U0010ffff", "b c"]) | st.text(max_size=4),
    max_size=30,
).map("".join)


def through_document(image: TextImage) -> str:
    document = new_document()
    document.setPlainText(image.shown)
    return shown_text(document)


@settings(max_examples=100, deadline=None)
@given(TEXTS)
@example("\ufeffa\r\nb\r\n")
@example("\ufffe\ufeffa")
@example("a\ud800b")
def test_untouched_text_comes_back_as_it_was(raw: str) -> None:
    image = TextImage(raw)
    shown = through_document(image)
    assert shown == image.shown
    assert image.raw_of(shown) == raw


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.data())
def test_what_is_outside_an_edit_stays(raw: str, data: st.DataObject) -> None:
    image = TextImage(raw)
    start = data.draw(st.integers(0, len(image.shown)))
    end = data.draw(st.integers(start, len(image.shown)))
    new = data.draw(st.sampled_from(["", "X", "X\nY", "\n", "жы"]))
    edited = image.shown[:start] + new + image.shown[end:]
    result = image.raw_of(edited)
    # Which of two equal line ends was typed cannot be seen, so the edit is the smallest that makes the same text.
    start, end, _ = changed_span(image.shown, edited)
    before, after = raw[: image.raw_offset(start)], raw[image.raw_offset(end) :]
    again = TextImage(result)
    assert (again.prefix + again.shown).endswith(edited) or "\r" in raw  # CR and LF that meet are one line end
    if edited != image.shown:
        assert result.startswith(before)
        assert result.endswith(after)
        assert len(result) >= len(before) + len(after)


def test_windows_line_ends_are_kept_and_typed() -> None:
    image = TextImage("\ufeffone\r\ntwo\r\n")
    assert image.shown == "one\ntwo\n"
    assert image.raw_of("one\nand\ntwo\n") == "\ufeffone\r\nand\r\ntwo\r\n"


def test_mixed_line_ends_change_only_where_lines_are_new() -> None:
    image = TextImage("a\r\nb\nc\r\nd\re\r\n")
    assert image.raw_of("A\nb\nnew\nc\nd\nE\n") == "A\r\nb\nnew\r\nc\r\nd\rE\r\n"


def test_half_a_surrogate_is_not_shown_and_not_lost() -> None:
    image = TextImage("a\ud83db\nc")
    assert image.shown == "ab\nc"
    assert image.raw_of("ab\nC") == "a\ud83db\nC"


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_offsets_go_there_and_back(raw: str) -> None:
    image = TextImage(raw)
    for shown in range(len(image.shown) + 1):
        offset = image.raw_offset(shown)
        assert 0 <= offset <= len(raw)
        assert image.shown_offset(offset) == shown
        if shown < len(image.shown) and image.shown[shown] != "\n":
            assert raw[offset] == image.shown[shown] or "\ud800" <= raw[offset] <= "\udfff"


@given(st.text(max_size=40))
def test_utf16_map_agrees_with_the_encoding(text: str) -> None:
    places = Utf16Map(text)
    for offset in range(len(text) + 1):
        position = len(text[:offset].encode("utf-16-le", "surrogatepass")) // 2
        assert places.to_qt(offset) == position
        assert places.from_qt(position) == offset


def test_a_byte_order_mark_that_comes_to_the_head_is_kept() -> None:
    document = new_document()
    document.setPlainText("a\ufeffb")
    cursor = QTextCursor(document)
    cursor.deleteChar()
    assert shown_text(document) == "\ufeffb"
