"""Brackets, quotes and marks that close themselves, and close around a selection.

Two sorts: **brackets** (quotes among them) close at once where no word follows; **marks** (`*`, `_`, `` ` ``, `$`, and
`=` and `~` from the second on) close only where a word may begin, and grow together: `**|**`. Whoever goes on with a
blank meant a sign, not a mark: then the closing one goes again. No state is kept: what stands around the cursor says
what a key means. Each function says whether it took the key.
"""

import re

from PySide6.QtGui import QTextCursor

from desktop.ui.editor.typing.cursors import before, behind, one_step, select, units

BRACKETS = {"(": ")", "[": "]", "{": "}", "«": "»", '"': '"'}
MARKS = {"*": 3, "_": 3, "`": 2, "~": 2, "=": 2, "$": 2}  # how many of them close at most
DOUBLE_ONLY = frozenset("~=")
CLOSING = frozenset(")]}»\"")
CHARACTERS = frozenset(BRACKETS) | frozenset(MARKS) | CLOSING
_AROUND = 400  # characters looked at on each side
_LINE_HEAD = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(?:\[[ xX]\][ \t]+)?$")
_BULLET = re.compile(r"[ \t>]*[-*+][ \t]")
_AFTER = frozenset(")]}»”\"'.,;:!?…|")  # what may stand behind a pair that closes itself
_OPENERS = frozenset("([{«„“\"'—–-*_~=/|")  # what a word may begin after


def type_character(cursor: QTextCursor, character: str) -> bool:
    """Type a character of a pair, with what belongs to it."""
    if cursor.hasSelection():
        return _wrap(cursor, character)
    left, right = before(cursor, _AROUND), behind(cursor, _AROUND)
    if _escaped(left):
        return False
    code = in_code_span(left)
    if character in MARKS and not (code and character != "`"):
        return _type_mark(cursor, character, left, right)
    if code:
        return False
    if character in CLOSING and right.startswith(character) and _balanced(left, right, character):
        cursor.movePosition(QTextCursor.MoveOperation.Right)
        return True
    if character not in BRACKETS or not _free(right):
        return False
    if character == '"' and not _begins(left):
        return False
    _insert(cursor, character, BRACKETS[character])
    return True


def type_blank(cursor: QTextCursor, blank: str) -> bool:
    """Type a blank, a line end or a digit where a mark has just been closed: then it was a sign."""
    left, right = before(cursor, 8), behind(cursor, 8)
    mark = left[-1:]
    if cursor.hasSelection() or mark not in MARKS or mark == "`" or right[:1] != mark:
        return False
    if blank.isdigit() and mark != "$":
        return False
    size = _empty_pair(left, right, mark)
    if not size:
        return False
    with one_step(cursor):
        start = cursor.position()
        select(cursor, start, start + size).removeSelectedText()
        if blank != "\n":
            cursor.insertText(blank)
    return True


def take_pair(cursor: QTextCursor) -> bool:
    """Delete the empty pair that the cursor stands in."""
    if cursor.hasSelection():
        return False
    left, right = before(cursor, 8), behind(cursor, 8)
    opening = left[-1:]
    closing = BRACKETS.get(opening, opening if opening in MARKS else "")
    if not closing or not right.startswith(closing) or _escaped(left[:-1]):
        return False
    if opening in MARKS and not _empty_pair(left, right, opening):
        return False
    with one_step(cursor):
        start = cursor.position()
        select(cursor, start - 1, start + 1).removeSelectedText()
    return True


def in_code_span(left: str) -> bool:
    """Say whether what stands to the left of a place opens inline code that it does not close."""
    opened, at = 0, left.find("`")
    while at >= 0:
        size = _run(left[at:], "`")
        if not opened:
            opened = 0 if _escaped(left[:at]) else size
        elif size == opened:
            opened = 0
        at = left.find("`", at + size)
    return opened > 0


def _type_mark(cursor: QTextCursor, mark: str, left: str, right: str) -> bool:
    ahead, behind_it = _run(left[::-1], mark), _run(right, mark)
    at_head = _LINE_HEAD.match(left[: len(left) - ahead]) is not None
    if _empty_pair(left, right, mark):
        if at_head and ahead == 2 and mark in "`~":
            return _drop_closing(cursor, mark, behind_it)  # a fence
        if ahead < MARKS[mark]:
            _insert(cursor, mark, mark)
            return True
        return _drop_closing(cursor, mark, behind_it)
    if behind_it:
        words = left.removeprefix(bullet.group()) if (bullet := _BULLET.match(left)) else left
        if not words or words[-1].isspace() or (words + right).count(mark) % 2:
            return False
        cursor.movePosition(QTextCursor.MoveOperation.Right)
        return True
    outer = left[: len(left) - ahead]
    if not _free(right) or not _begins(outer):
        return False
    if mark in DOUBLE_ONLY or (mark == "*" and at_head):
        if ahead != 1 or (mark == "=" and at_head and not right):  # a line of `=` makes a heading of the one above
            return False
        with one_step(cursor):
            cursor.insertText(mark + 2 * mark)
            cursor.movePosition(QTextCursor.MoveOperation.Left, n=2)
        return True
    if ahead:
        return False
    _insert(cursor, mark, mark)
    return True


def _drop_closing(cursor: QTextCursor, mark: str, size: int) -> bool:
    with one_step(cursor):
        start = cursor.position()
        select(cursor, start, start + size).removeSelectedText()
        cursor.insertText(mark)
    return True


def _wrap(cursor: QTextCursor, character: str) -> bool:
    """Put the pair around the selection, which stays: two `*` make it bold."""
    closing = BRACKETS.get(character, character if character in MARKS else "")
    if not closing:
        return False
    start, end = cursor.selectionStart(), cursor.selectionEnd()
    with one_step(cursor):
        cursor.setPosition(end)
        cursor.insertText(closing)
        cursor.setPosition(start)
        cursor.insertText(character)
    select(cursor, start + units(character), end + units(character))
    return True


def _insert(cursor: QTextCursor, opening: str, closing: str) -> None:
    with one_step(cursor):
        cursor.insertText(opening + closing)
        cursor.movePosition(QTextCursor.MoveOperation.Left, n=len(closing))


def _free(right: str) -> bool:
    """Say whether no word follows."""
    if right[:1] in MARKS:
        rest = right.lstrip("".join(MARKS))
        return not rest or not rest[0].isalnum()
    return not right or right[0].isspace() or right[0] in _AFTER


def _empty_pair(left: str, right: str, mark: str) -> int:
    """Return how many marks stand on each side of the cursor with nothing between them; 0 where no pair is empty."""
    size = _run(left[::-1], mark)
    return size if size and size == _run(right, mark) and _begins(left[: len(left) - size]) else 0


def _begins(left: str) -> bool:
    """Say whether a word may begin here."""
    return not left or left[-1].isspace() or left[-1] in _OPENERS


def _escaped(left: str) -> bool:
    return (len(left) - len(left.rstrip("\\"))) % 2 == 1


def _run(text: str, mark: str) -> int:
    return len(text) - len(text.lstrip(mark))


def _balanced(left: str, right: str, closing: str) -> bool:
    """Say whether the line has as many opening as closing ones: then another closing one is not needed."""
    line = left + right
    if closing == '"':
        return line.count(closing) % 2 == 0
    opening = next(key for key, value in BRACKETS.items() if value == closing)
    return line.count(opening) <= line.count(closing)
