"""What the editor types for the user: lists that go on, marks around words, lines that move.

Functions over a QTextCursor; each is one step of undo. Markers at a line's head are plain ASCII, so there offsets of
Python and of Qt are the same; everything behind them is reached through the cursor only.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtGui import QTextBlock, QTextCursor

KEEP = QTextCursor.MoveMode.KeepAnchor
_HEAD = re.compile(
    r"(?P<quote>(?:[ \t]{0,3}>[ \t]?){0,20})(?P<indent>[ \t]*)"
    r"(?P<bullet>(?:[-*+]|\d{1,9}[.)])[ \t]+)?(?P<task>\[[ xX]\][ \t]+)?"
)
_HEADING = re.compile(r"( {0,3})#{1,6}[ \t]+")
_NUMBER = re.compile(r"\d{1,9}")
_ADDRESS = re.compile(r"(?:https?|mailto):[^\s<>]{1,2000}$", re.IGNORECASE)
PLAIN_TAB = "    "


def is_address(text: str) -> bool:
    """Say whether a text is one web or mail address and nothing else."""
    return _ADDRESS.match(text) is not None


def break_line(cursor: QTextCursor, in_code: bool) -> None:
    """Start a new line: a list, quote or indent goes on, an empty item ends."""
    line = cursor.block().text()
    head = _HEAD.match(line)
    column = cursor.positionInBlock()
    with _one_step(cursor):
        if head is None or in_code or cursor.hasSelection() or column < head.end():
            indent = line[: len(line) - len(line.lstrip(" \t"))][:column] if not cursor.hasSelection() else ""
            cursor.insertText("\n" + indent)
            return
        quote, indent, bullet, task = (head.group(name) or "" for name in ("quote", "indent", "bullet", "task"))
        empty = head.end() == len(line.rstrip(" \t")) or not line[head.end() :].strip()
        if bullet and empty:
            _end_item(cursor, quote, indent, bullet + task)
        elif quote and not bullet and empty:
            _replace_head(cursor, head.end(), "")
        else:
            cursor.insertText("\n" + quote + indent + _next_bullet(bullet) + ("[ ] " if task else ""))


def _end_item(cursor: QTextCursor, quote: str, indent: str, marker: str) -> None:
    """Move an empty item one level out, or out of the list."""
    old = len(quote) + len(indent) + len(marker)
    if len(indent.expandtabs(4)) >= 2:
        _replace_head(cursor, old, quote + _shallower(indent, marker) + marker)
    else:
        _replace_head(cursor, old, quote)


def _next_bullet(bullet: str) -> str:
    number = _NUMBER.match(bullet)
    return bullet if number is None else str(int(number.group()) + 1) + bullet[number.end() :]


def _replace_head(cursor: QTextCursor, length: int, text: str) -> None:
    block = cursor.block()
    cursor.setPosition(block.position())
    cursor.setPosition(block.position() + min(length, block.length() - 1), KEEP)
    cursor.insertText(text)


def nest(cursor: QTextCursor, deeper: bool) -> None:
    """Move list items or selected lines one level in or out; elsewhere Tab types blanks."""
    blocks = _blocks(cursor)
    head = _HEAD.match(blocks[0].text())
    in_list = head is not None and bool(head.group("bullet"))
    if deeper and not in_list and len(blocks) == 1:
        cursor.insertText(PLAIN_TAB)
        return
    with _one_step(cursor):
        for block in blocks:
            _nest_line(block, deeper)


def _nest_line(block: QTextBlock, deeper: bool) -> None:
    line = block.text()
    head = _HEAD.match(line)
    if head is None or not line.strip():
        return
    quote, indent = head.group("quote"), head.group("indent")
    bullet = head.group("bullet") or ""
    if deeper:
        new = indent + ("\t" if "\t" in indent else " " * (max(2, min(len(bullet), 4)) if bullet else 4))
    else:
        new = _shallower(indent, bullet)
    cursor = QTextCursor(block)
    cursor.setPosition(block.position() + len(quote))
    cursor.setPosition(block.position() + len(quote) + len(indent), KEEP)
    if new.startswith(indent):  # a pure insertion leaves the user's cursor where it is among the words
        cursor.setPosition(block.position() + len(quote) + len(indent))
        cursor.insertText(new[len(indent) :])
    else:
        cursor.insertText(new)


def _shallower(indent: str, bullet: str) -> str:
    if indent.endswith("\t"):
        return indent[:-1]
    step = max(2, min(len(bullet.split("[")[0]), 4)) if bullet else 4
    return indent[: max(0, len(indent) - step)]


def toggle_wrap(cursor: QTextCursor, mark: str) -> QTextCursor:
    """Put marks around the selection or word, or take them away; return the cursor to show."""
    with _one_step(cursor):
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
            return _selected(cursor, start, end - 2 * len(mark))
        if _between(cursor, mark):
            _drop_around(cursor, mark)
            return _selected(cursor, start - len(mark), end - len(mark))
        cursor.setPosition(end)
        cursor.insertText(mark)
        cursor.setPosition(start)
        cursor.insertText(mark)
        return _selected(cursor, start + len(mark), end + len(mark))


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
    before = _slice(cursor, max(block.position(), cursor.selectionStart() - 3), cursor.selectionStart())
    after_end = min(cursor.selectionEnd() + 3, cursor.document().characterCount() - 1)
    after = _slice(cursor, cursor.selectionEnd(), after_end).split("\u2029")[0]
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


def _slice(cursor: QTextCursor, start: int, end: int) -> str:
    piece = QTextCursor(cursor.document())
    piece.setPosition(start)
    piece.setPosition(end, KEEP)
    return piece.selectedText()


def _trimmed(cursor: QTextCursor) -> tuple[int, int]:
    """Return the selection without blanks at its ends: marks beside blanks mean nothing."""
    text = cursor.selectedText()
    start = cursor.selectionStart() + len(text) - len(text.lstrip())
    end = cursor.selectionEnd() - (len(text) - len(text.rstrip()))
    return (start, end) if start < end else (cursor.selectionStart(), cursor.selectionEnd())


def _selected(cursor: QTextCursor, start: int, end: int) -> QTextCursor:
    cursor.setPosition(start)
    cursor.setPosition(end, KEEP)
    return cursor


def insert_link(cursor: QTextCursor, address: str) -> QTextCursor:
    """Make a link of the selection; the cursor lands where something is missing."""
    selected = cursor.selectedText()
    start = cursor.selectionStart()
    with _one_step(cursor):
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
    blocks = [block for block in _blocks(cursor) if block.text().strip() or block == cursor.block()]
    marker = "#" * level + " "
    with _one_step(cursor):
        drop = all(block.text().lstrip(" ").startswith(marker) for block in blocks)
        for block in blocks:
            head = _HEADING.match(block.text())
            _swap(block, 0, head.end() if head else 0, "" if drop else marker)


def toggle_task(cursor: QTextCursor) -> None:
    """Check or uncheck the lines' boxes; a line without one gets one."""
    blocks = _blocks(cursor)
    with _one_step(cursor):
        for block in blocks:
            head = _HEAD.match(block.text())
            if head is None or (len(blocks) > 1 and not block.text().strip()):
                continue
            task = head.group("task")
            if task:
                start = head.start("task") + 1
                _swap(block, start, start + 1, "x" if task[1] == " " else " ")
            elif head.group("bullet"):
                _swap(block, head.end("bullet"), head.end("bullet"), "[ ] ")
            else:
                _swap(block, head.end("indent"), head.end("indent"), "- [ ] ")


def _swap(block: QTextBlock, start: int, end: int, text: str) -> None:
    cursor = QTextCursor(block)
    cursor.setPosition(block.position() + start)
    cursor.setPosition(block.position() + end, KEEP)
    cursor.insertText(text)


def delete_lines(cursor: QTextCursor) -> None:
    """Delete the lines of the selection."""
    blocks = _blocks(cursor)
    first, last = blocks[0], blocks[-1]
    with _one_step(cursor):
        if last.next().isValid():
            _select(cursor, first.position(), last.next().position())
        else:
            _select(cursor, max(0, first.position() - 1), last.position() + last.length() - 1)
        cursor.removeSelectedText()


def move_lines(cursor: QTextCursor, down: bool) -> QTextCursor:
    """Swap the lines of the selection with the line below or above; the selection goes along."""
    blocks = _blocks(cursor)
    first, last = blocks[0], blocks[-1]
    other = last.next() if down else first.previous()
    if not other.isValid():
        return cursor
    shift = other.length() if down else -other.length()
    anchor, position = cursor.anchor() + shift, cursor.position() + shift
    moved = _slice(cursor, first.position(), last.position() + last.length() - 1)
    passed = _slice(cursor, other.position(), other.position() + other.length() - 1)
    with _one_step(cursor):
        start = min(first.position(), other.position())
        end = max(last.position() + last.length(), other.position() + other.length()) - 1
        _select(cursor, start, end)
        cursor.insertText(f"{passed}\n{moved}" if down else f"{moved}\n{passed}")
    cursor.setPosition(anchor)
    cursor.setPosition(position, KEEP)
    return cursor


def duplicate_lines(cursor: QTextCursor) -> QTextCursor:
    """Repeat the lines of the selection below themselves; the selection goes to the copy."""
    blocks = _blocks(cursor)
    start, end = blocks[0].position(), blocks[-1].position() + blocks[-1].length() - 1
    anchor, position = cursor.anchor() + end - start + 1, cursor.position() + end - start + 1
    text = _slice(cursor, start, end)
    with _one_step(cursor):
        cursor.setPosition(end)
        cursor.insertText("\n" + text)
    cursor.setPosition(anchor)
    cursor.setPosition(position, KEEP)
    return cursor


def _select(cursor: QTextCursor, start: int, end: int) -> None:
    cursor.setPosition(start)
    cursor.setPosition(end, KEEP)


def _blocks(cursor: QTextCursor) -> list[QTextBlock]:
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


@contextmanager
def _one_step(cursor: QTextCursor) -> Iterator[None]:
    cursor.beginEditBlock()
    try:
        yield
    finally:
        cursor.endEditBlock()


