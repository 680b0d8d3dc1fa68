"""Which help a key gets: the one place where lists, tables, pairs and typography meet.

In a fence nothing helps; in front matter, comments and display math only lists and indents go on. A key that nothing
here wants goes to Qt, and the beginning of each word begins a step of undo.
"""

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QTextCursor

from desktop.core.settings import Settings
from desktop.ui.editor import markup
from desktop.ui.editor.typing import lists, pairs, tables, typography
from desktop.ui.editor.typing.cursors import KEEP, before, behind, one_step
from desktop.ui.editor.typing.list_lines import first_number, head_of, renumber

if TYPE_CHECKING:
    from desktop.ui.editor.text_edit import MarkdownEdit

_NO_MODIFIER = Qt.KeyboardModifier.NoModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_TYPING = frozenset((_NO_MODIFIER, _SHIFT))
_ENTER = frozenset((Qt.Key.Key_Return, Qt.Key.Key_Enter))
_OPENING_FENCE = re.compile(r"([ \t>]*)(`{3,}|~{3,})[^`~]*$")
_FENCE_LINES = 400  # below an opened fence in which its end is looked for
_ENDING = frozenset(" 0123456789")  # what says that a mark was a sign
_MARKS = frozenset(pairs.MARKS)
_SIGNS = pairs.CHARACTERS | typography.CHARACTERS | _ENDING


class TypingAid:
    """Helps with the keys of one editor."""

    def __init__(self, edit: "MarkdownEdit") -> None:
        self._edit = edit
        self.settings = Settings()

    def take(self, event: QKeyEvent) -> bool:
        """Do what a key means here; say whether it was taken."""
        text = event.text()
        if text not in _SIGNS and text.isprintable() and text:
            return False  # most keys: a letter costs nothing
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if modifiers not in _TYPING:
            return event.matches(QKeySequence.StandardKey.Cut) and self._delete(event)
        key = event.key()
        if key in _ENTER:
            return self._enter(modifiers == _SHIFT)
        if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            return self._tab(back=key == Qt.Key.Key_Backtab)
        if key == Qt.Key.Key_Home:
            return self._home(keep=modifiers == _SHIFT)
        if key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            return self._delete(event)
        return bool(text) and text in _SIGNS and self._sign(text)

    def begins_word(self, event: QKeyEvent) -> bool:
        """Say whether a key types the first letter of a word: a step of undo begins there."""
        if not event.text()[:1].isalnum():
            return False
        cursor = self._edit.textCursor()
        return not self._edit.document().characterAt(cursor.selectionStart() - 1).isalnum()

    # --- where the cursor is -----------------------------------------------------------------------------

    def _state(self) -> int:
        """Return the state in which the cursor's line begins (see markup); a fence's own lines are in it."""
        return markup.FENCE if self._edit.in_code() else self._entry()

    def _entry(self) -> int:
        """Return the state that the lines above leave: a line that opens a fence does not begin in it."""
        self._edit.in_code()  # sees that it is known
        state = self._edit.textCursor().block().userState()
        return (state >> 8) & 0xFF if state >= 0 else markup.NORMAL

    # --- keys --------------------------------------------------------------------------------------------

    def _enter(self, shift: bool) -> bool:
        cursor = self._edit.textCursor()
        state = self._state()
        if shift:  # Qt would type U+2028, which no other program shows as a line
            in_table = state == markup.NORMAL and tables.find_table(cursor.block()) is not None
            cursor.insertText("<br>" if in_table else "\n")
        elif state == markup.NORMAL and (tables.new_row(cursor) or self._open_formula(cursor)):
            self._edit.setTextCursor(cursor)
        elif not self._close_fence(cursor, state):
            if state == markup.NORMAL:
                pairs.type_blank(cursor, "\n")
            lists.break_line(cursor, plain=state not in (markup.NORMAL, markup.FRONT))
            self._edit.setTextCursor(cursor)
        self._edit.ensureCursorVisible()
        return True

    def _open_formula(self, cursor: QTextCursor) -> bool:
        """Put the closing dollars of an empty formula two lines further down."""
        if not self.settings.close_pairs or before(cursor).strip(" \t>") != "$$" or behind(cursor).strip() != "$$":
            return False
        with one_step(cursor):
            cursor.insertText("\n\n")
            cursor.movePosition(QTextCursor.MoveOperation.Left)
        return True

    def _close_fence(self, cursor: QTextCursor, state: int) -> bool:
        """Write the end of a fence that was just opened at the cursor, unless it has one."""
        line = _OPENING_FENCE.match(before(cursor, 200)) if state >= markup.FENCE else None
        at_end = cursor.atBlockEnd() and not cursor.hasSelection()
        if line is None or not at_end or self._entry() != markup.NORMAL or not self.settings.close_pairs:
            return False
        below = cursor.block().next()
        for _ in range(_FENCE_LINES):
            if not below.isValid():
                break
            other = _OPENING_FENCE.match(below.text()[:200])
            if other is not None and other[2][0] == line[2][0]:
                if not below.text()[other.end(2) :].strip():
                    return False
                break
            below = below.next()
        with one_step(cursor):
            cursor.insertText(f"\n{line[1]}\n{line[1]}{line[2]}")
            cursor.movePosition(QTextCursor.MoveOperation.PreviousBlock)
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        self._edit.setTextCursor(cursor)
        return True

    def _tab(self, *, back: bool) -> bool:
        cursor = self._edit.textCursor()
        if self._state() != markup.NORMAL or not tables.move(cursor, back):
            lists.nest(cursor, not back)
            return True
        self._edit.setTextCursor(cursor)
        self._edit.ensureCursorVisible()
        return True

    def _home(self, *, keep: bool) -> bool:
        """Go to the first word behind the marker, then to the line's beginning."""
        cursor = self._edit.textCursor()
        block = cursor.block()
        row = block.layout().lineForTextPosition(cursor.positionInBlock())
        if row.isValid() and row.lineNumber():
            return False  # of a line that goes over several rows, Home means the row
        words = block.position() + lists.text_column(block)
        target = block.position() if cursor.position() == words else words
        cursor.setPosition(target, KEEP if keep else QTextCursor.MoveMode.MoveAnchor)
        self._edit.setTextCursor(cursor)
        return True

    def _delete(self, event: QKeyEvent) -> bool:
        cursor = self._edit.textCursor()
        backwards = event.key() == Qt.Key.Key_Backspace
        state = self._state()
        if state not in (markup.NORMAL, markup.FRONT):
            return False
        if not cursor.hasSelection() and backwards and event.modifiers() == _NO_MODIFIER:
            taken = lists.take_marker(cursor)
            if taken or (state == markup.NORMAL and self.settings.close_pairs and pairs.take_pair(cursor)):
                self._edit.setTextCursor(cursor)
                return True
        return self._join_lines(cursor, event, backwards)

    def _join_lines(self, cursor: QTextCursor, event: QKeyEvent, backwards: bool) -> bool:
        """Let Qt delete what holds a line end, and put the numbers of the list around right."""
        document = cursor.document()
        first = document.findBlock(cursor.selectionStart())
        if cursor.hasSelection():
            joins = document.findBlock(cursor.selectionEnd()) != first
        else:
            joins = cursor.atBlockStart() if backwards else cursor.atBlockEnd()
        if not joins:
            return False
        start = first_number(first)
        if start is None and not head_of(document.findBlock(cursor.selectionEnd()).next().text()).bullet:
            return False
        with one_step(cursor):
            self._edit.type_plainly(event)
            renumber(cursor.block(), set(), start)
        return True

    def _sign(self, text: str) -> bool:
        """Type a sign, a blank or a digit that may mean more here."""
        settings = self.settings
        if not settings.close_pairs and not settings.smart_typography:
            return False
        if text in _ENDING and self._edit.document().characterAt(self._edit.textCursor().position() - 1) not in _MARKS:
            return False  # a blank is as frequent as a letter
        state = self._entry() if text in ("`", "~") else self._state()  # of those that may open a fence right now
        if state != markup.NORMAL:
            return False
        cursor = self._edit.textCursor()
        taken = False
        if settings.smart_typography and text in typography.CHARACTERS and not pairs.in_code_span(before(cursor, 400)):
            taken = typography.type_sign(cursor, text, settings.close_pairs)
        if not taken and settings.close_pairs:
            taken = (
                pairs.type_character(cursor, text) if text in pairs.CHARACTERS
                else text not in typography.CHARACTERS and pairs.type_blank(cursor, text)
            )  # fmt: skip
        if taken:
            self._edit.setTextCursor(cursor)
            self._edit.ensureCursorVisible()
        return taken
