"""What the commands of the menu do to the text: marks around words, headings, check boxes, lines that move.

Functions over a QTextCursor; each is one step of undo. Markers at a line's head are plain ASCII, so there offsets of
Python and of Qt are the same; everything behind them is reached through the cursor only.
"""

import re

from PySide6.QtGui import QTextCursor

from desktop.ui.editor.typing.cursors import KEEP, lines_of, one_step, select, slice_of, swap
from desktop.ui.editor.typing.list_lines import first_number, head_of, renumber

_HEADING = re.compile(r"( {0,3})#{1,6}[ \t]+")
_ADDRESS = re.compile(r"(?:https?|mailto):[^\s<>]{1,2000}$", re.IGNORECASE)


def is_address(text: str) -> bool:
    """Say whether a text is one web or mail address and nothing else."""
    return _ADDRESS.match(text) is not None


def toggle_wrap(cursor: QTextCursor, mark: str) -> QTextCursor:
    """Put marks around the selection or word, or take them away; return the cursor to show."""
    with one_step(cursor):
        if not cursor.hasSelection():
            if _between(cursor, mark):
                _drop_around(cursor, mark)
                return cursor
            here = cursor.position()
            cursor.select(QTextCursor.SelectionType.WordUnderCursor)
            if not cursor.selectedText().strip() or not cursor.selectionStart() <= here <= cursor.selectionEnd():
                cursor.setPosition(here)
                cursor.insertText(mark + mark)
                cursor.movePosition(QTextCursor.MoveOperation.Left, n=len(mark))
                return cursor
        start, end = _trimmed(cursor)
        cursor.setPosition(start)
        cursor.setPosition(end, KEEP)
        inside = cursor.selectedText()
        if _wrapped(inside, mark):
            cursor.insertText(inside[len(mark) : -len(mark)])
            return select(cursor, start, end - 2 * len(mark))
        if _between(cursor, mark):
            _drop_around(cursor, mark)
            return select(cursor, start - len(mark), end - len(mark))
        cursor.setPosition(end)
        cursor.insertText(mark)
        cursor.setPosition(start)
        cursor.insertText(mark)
        return select(cursor, start + len(mark), end + len(mark))


def _wrapped(text: str, mark: str) -> bool:
    if len(text) <= 2 * len(mark) or not (text.startswith(mark) and text.endswith(mark)):
        return False
    return _right_count(len(text) - len(text.lstrip(mark[0])), mark)


def _right_count(run: int, mark: str) -> bool:
    """Say whether a run of `*` holds this mark: one is italic, two are bold, three are both."""
    return run in (1, 3) if mark == "*" else run in (2, 3) if mark == "**" else True


def _between(cursor: QTextCursor, mark: str) -> bool:
    """Say whether the marks stand right around the selection."""
    block = cursor.document().findBlock(cursor.selectionStart())
    before = slice_of(cursor.document(), max(block.position(), cursor.selectionStart() - 3), cursor.selectionStart())
    after_end = min(cursor.selectionEnd() + 3, cursor.document().characterCount() - 1)
    after = slice_of(cursor.document(), cursor.selectionEnd(), after_end).split("\u2029")[0]
    if not (before.endswith(mark) and after.startswith(mark)):
        return False
    run = len(before) - len(before.rstrip(mark[0]))
    return _right_count(min(run, len(after) - len(after.lstrip(mark[0]))), mark)


def _drop_around(cursor: QTextCursor, mark: str) -> None:
    start, end = cursor.selectionStart(), cursor.selectionEnd()
    for first in (end, start - len(mark)):
        piece = QTextCursor(cursor.document())
        piece.setPosition(first)
        piece.setPosition(first + len(mark), KEEP)
        piece.removeSelectedText()


def _trimmed(cursor: QTextCursor) -> tuple[int, int]:
    """Return the selection without blanks at its ends: marks beside blanks mean nothing."""
    text = cursor.selectedText()
    start = cursor.selectionStart() + len(text) - len(text.lstrip())
    end = cursor.selectionEnd() - (len(text) - len(text.rstrip()))
    return (start, end) if start < end else (cursor.selectionStart(), cursor.selectionEnd())


def insert_link(cursor: QTextCursor, address: str) -> QTextCursor:
    """Make a link of the selection; the cursor lands where something is missing."""
    selected = cursor.selectedText()
    start = cursor.selectionStart()
    with one_step(cursor):
        if is_address(selected):
            cursor.insertText(f"[]({selected})")
            cursor.setPosition(start + 1)
        elif selected:
            cursor.insertText(f"[{selected}]({address})")
            if not address:
                cursor.setPosition(cursor.position() - 1)
        else:
            cursor.insertText(f"[]({address})")
            cursor.setPosition(start + 1)
    return cursor


def set_heading(cursor: QTextCursor, level: int) -> None:
    """Make the lines headings of that level; those that are it already become text."""
    blocks = [block for block in lines_of(cursor) if block.text().strip() or block == cursor.block()]
    marker = "#" * level + " "
    with one_step(cursor):
        drop = all(block.text().lstrip(" ").startswith(marker) for block in blocks)
        for block in blocks:
            head = _HEADING.match(block.text())
            swap(block, 0, head.end() if head else 0, "" if drop else marker)


def toggle_task(cursor: QTextCursor) -> None:
    """Check or uncheck the lines' boxes; a line without one gets one."""
    blocks = lines_of(cursor)
    with one_step(cursor):
        for block in blocks:
            line = block.text()
            if len(blocks) > 1 and not line.strip():
                continue
            head = head_of(line)
            start = len(head.quote) + len(head.indent)
            if head.task:
                at = start + len(head.bullet) + 1
                swap(block, at, at + 1, "x" if head.task[1] == " " else " ")
            elif head.bullet:
                swap(block, start + len(head.bullet), start + len(head.bullet), "[ ] ")
            else:
                swap(block, start, start, "- [ ] ")


def delete_lines(cursor: QTextCursor, numbers: bool = True) -> None:
    """Delete the lines of the selection; with `numbers` the list around keeps its own in order."""
    blocks = lines_of(cursor)
    first, last = blocks[0], blocks[-1]
    start = first_number(first)
    with one_step(cursor):
        if last.next().isValid():
            select(cursor, first.position(), last.next().position())
        else:
            select(cursor, max(0, first.position() - 1), last.position() + last.length() - 1)
        cursor.removeSelectedText()
        if numbers:
            renumber(cursor.block(), set(), start)


def move_lines(cursor: QTextCursor, down: bool, numbers: bool = True) -> QTextCursor:
    """Swap the lines of the selection with the line below or above; the selection goes along."""
    blocks = lines_of(cursor)
    first, last = blocks[0], blocks[-1]
    other = last.next() if down else first.previous()
    if not other.isValid():
        return cursor
    shift = other.length() if down else -other.length()
    chosen = QTextCursor(cursor)
    moved = slice_of(cursor.document(), first.position(), last.position() + last.length() - 1)
    passed = slice_of(cursor.document(), other.position(), other.position() + other.length() - 1)
    top = min(first.blockNumber(), other.blockNumber())
    number = first_number(cursor.document().findBlockByNumber(top))
    with one_step(cursor):
        start = min(first.position(), other.position())
        end = max(last.position() + last.length(), other.position() + other.length()) - 1
        anchor, position = cursor.anchor() + shift, cursor.position() + shift
        select(cursor, start, end)
        cursor.insertText(f"{passed}\n{moved}" if down else f"{moved}\n{passed}")
        chosen.setPosition(anchor)
        chosen.setPosition(position, KEEP)
        touched = set(range(top, top + len(blocks) + 1))
        for line in sorted(touched) if numbers else ():
            renumber(cursor.document().findBlockByNumber(line), touched, number)
    return chosen


def duplicate_lines(cursor: QTextCursor, down: bool = True, numbers: bool = True) -> QTextCursor:
    """Repeat the lines of the selection; the selection is in the copy below, or stays in the one above."""
    blocks = lines_of(cursor)
    start, end = blocks[0].position(), blocks[-1].position() + blocks[-1].length() - 1
    shift = end - start + 1 if down else 0
    anchor, position = cursor.anchor() + shift, cursor.position() + shift
    text = slice_of(cursor.document(), start, end)
    chosen = QTextCursor(cursor)
    with one_step(cursor):
        cursor.setPosition(end)
        cursor.insertText("\n" + text)
        chosen.setPosition(anchor)
        chosen.setPosition(position, KEEP)
        if numbers:
            renumber(blocks[0], {blocks[-1].blockNumber() + 1})
    return chosen
