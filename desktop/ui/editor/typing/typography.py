"""Signs that a typesetter would set: dashes, an ellipsis, quotation marks of the language around.

Asked for by the setting `smart_typography`. What was typed is put into the text first and replaced as a step of its
own, so that one undo brings the plain characters back.
"""

import re

from PySide6.QtGui import QTextCursor

from desktop.ui.editor.typing.cursors import before, behind, one_step, select

CHARACTERS = frozenset("-.\"")
_AROUND = 200
_LETTER = re.compile(r"[^\W\d_]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_RUSSIAN, _ENGLISH = ("«", "»"), ("“", "”")


def type_sign(cursor: QTextCursor, character: str, close: bool) -> bool:
    """Type a sign as it is set; say whether the key was taken. With `close` an opening quote closes itself."""
    left = before(cursor, _AROUND)
    if cursor.hasSelection():
        return False
    if character == '"':
        return _type_quote(cursor, left, close)
    sign, size = _sign(left, character)
    if not sign:
        return False
    cursor.insertText(character)
    with one_step(cursor):
        select(cursor, cursor.position() - size, cursor.position())
        cursor.insertText(sign)
    return True


def _sign(left: str, character: str) -> tuple[str, int]:
    """Return what the characters before the cursor and the new one become, and how many of them."""
    if character == "." and left.endswith("..") and not left.endswith("..."):
        return "…", 3
    head = left.rstrip("-–")
    if character == "-" and head.strip(" \t>|:+-*") and not head.endswith(("<!", "|", ":", "=", "\\")):
        if left.endswith("-") and not left.endswith("--"):
            return "–", 2
        if left.endswith("–"):
            return "—", 2
    return "", 0


def _type_quote(cursor: QTextCursor, left: str, close: bool) -> bool:
    right = behind(cursor, _AROUND)
    russian = _is_russian(left, right, cursor)
    opening, closing = _RUSSIAN if russian else _ENGLISH
    if right.startswith(closing) and left.count(opening) > left.count(closing):
        cursor.movePosition(QTextCursor.MoveOperation.Right)
        return True
    begins = not left or left[-1].isspace() or left[-1] in "([{«„“—–"
    if begins and right[:1].isalnum():
        close = False
    cursor.insertText('"')
    with one_step(cursor):
        select(cursor, cursor.position() - 1, cursor.position())
        cursor.insertText(opening if begins else closing)
        if begins and close:
            cursor.insertText(closing)
            cursor.movePosition(QTextCursor.MoveOperation.Left)
    return True


def _is_russian(left: str, right: str, cursor: QTextCursor) -> bool:
    """Say whether the words around are Cyrillic: those before, else those behind, else those of the line above."""
    above = cursor.block().previous()
    for text in (left[::-1], right, above.text()[:_AROUND] if above.isValid() else ""):
        letter = _LETTER.search(text)
        if letter is not None:
            return _CYRILLIC.match(letter.group()) is not None
    return False
