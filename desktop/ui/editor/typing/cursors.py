"""Small words over a QTextCursor, shared by everything that types for the user. Positions are Qt's (UTF-16)."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument

KEEP = QTextCursor.MoveMode.KeepAnchor
MOST_AROUND = 2_000  # characters of a line that are looked at on each side of the cursor


@contextmanager
def one_step(cursor: QTextCursor) -> Iterator[None]:
    """Make all edits within one step of undo, apart from what was typed before."""
    cursor.beginEditBlock()
    try:
        yield
    finally:
        cursor.endEditBlock()


def select(cursor: QTextCursor, start: int, end: int) -> QTextCursor:
    """Select from start to end; return the cursor."""
    cursor.setPosition(start)
    cursor.setPosition(end, KEEP)
    return cursor


def slice_of(document: QTextDocument, start: int, end: int) -> str:
    """Return the characters between two positions, line ends as U+2029."""
    return select(QTextCursor(document), start, end).selectedText()


def swap(block: QTextBlock, start: int, end: int, text: str) -> None:
    """Replace a stretch of a line, given by columns, and touch nothing of it that stays the same."""
    old = slice_of(block.document(), block.position() + start, block.position() + end)
    same = 0
    while same < min(len(old), len(text)) and old[same] == text[same] and ord(old[same]) < 0xD800:
        same += 1
    if old == text:
        return
    cursor = QTextCursor(block)
    # The new before the old goes: a cursor at the stretch's beginning stays there, one at its end goes along.
    cursor.setPosition(block.position() + end)
    if text[same:]:
        cursor.insertText(text[same:])
    select(cursor, block.position() + start + same, block.position() + end).removeSelectedText()


def lines_of(cursor: QTextCursor) -> list[QTextBlock]:
    """Return the lines of the selection; one at whose very start it ends is not among them."""
    document = cursor.document()
    block = document.findBlock(cursor.selectionStart())
    last = document.findBlock(cursor.selectionEnd())
    if last != block and cursor.selectionEnd() == last.position():
        last = last.previous()
    found = [block]
    while block != last:
        block = block.next()
        found.append(block)
    return found


def before(cursor: QTextCursor, most: int = MOST_AROUND) -> str:
    """Return what stands in the line before the selection, its last characters only."""
    start = cursor.selectionStart()
    line = cursor.document().findBlock(start).position()
    return _whole(slice_of(cursor.document(), max(line, start - most), start))


def behind(cursor: QTextCursor, most: int = MOST_AROUND) -> str:
    """Return what stands in the line behind the selection, its first characters only."""
    end = cursor.selectionEnd()
    block = cursor.document().findBlock(end)
    return _whole(slice_of(cursor.document(), end, min(block.position() + block.length() - 1, end + most)))


def units(text: str) -> int:
    """Return how many of Qt's characters a text takes."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _whole(text: str) -> str:
    """Leave out the half of a surrogate pair that a cut may have left at an end."""
    first, last = "\ud800" <= text[:1] <= "\udfff", "\ud800" <= text[-1:] <= "\udfff"
    return text[first : len(text) - last] if first or last else text
