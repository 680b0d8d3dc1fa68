"""What is offered while a link or a tag is being typed: notes, headings, blocks, files, tags."""

import re
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor

from desktop.ui.editor.completion import completion_sources
from desktop.ui.editor.completion.completion_sources import LONGEST, Choice, Typed, read_typed
from desktop.ui.editor.sessions import EditSession
from desktop.ui.editor.text_edit import MarkdownEdit
from desktop.ui.editor.typing.cursors import before, behind, one_step, select, units
from desktop.ui.editor.typing.pairs import in_code_span
from desktop.ui.opened_notes import opened_notes
from desktop.ui.workspace import Workspace

if TYPE_CHECKING:
    from desktop.core.records import Section
    from desktop.ui.editor.completion.completion_list import CompletionList

_PAGE = 8  # rows that a page key goes
_REST = re.compile(r"[^\[\]|#\n]{0,200}\]\]")


class LinkCompletion(QObject):
    """A list under the cursor while a link or a tag is being typed; the text keeps the keyboard."""

    def __init__(self, edit: MarkdownEdit, workspace: Workspace, session: Callable[[], EditSession | None]) -> None:
        super().__init__(edit)
        self._edit = edit
        self._workspace = workspace
        self._session = session
        self._opened_notes = opened_notes(workspace)
        self._asked = 0  # the question whose answer is waited for
        self._typed = Typed("note", "")
        self._start = -1  # position at which what a choice replaces begins
        self._sections: Sequence[Section] | None = None  # of the open note, read when its `#` was typed
        edit.keys_taken = self._take_key
        edit.typed.connect(self.consider)
        edit.cursorPositionChanged.connect(self._on_cursor_moved)
        edit.verticalScrollBar().valueChanged.connect(self.hide)

    @cached_property
    def list(self) -> "CompletionList":
        """The pop-up, made when something is first offered."""
        from desktop.ui.editor.completion.completion_list import CompletionList  # late: not before the first paint

        shown = CompletionList(self._edit)
        shown.setAccessibleName(self.tr("Link suggestions"))
        shown.itemClicked.connect(lambda _item: self.accept())
        shown.currentTextChanged.connect(self._describe)
        return shown

    def is_shown(self) -> bool:
        """Say whether something is offered."""
        return "list" in vars(self) and self.list.isVisible()

    def consider(self) -> None:
        """Offer what fits the link or tag that is being typed at the cursor, or nothing."""
        cursor = self._edit.textCursor()
        typed = None if cursor.hasSelection() else self._opened(cursor)
        if typed is None or self._edit.in_code():
            self.hide()
            return
        self._asked += 1
        asked = self._asked
        start = cursor.position() - units(typed.words)
        if start != self._start:
            self._sections = None
        self._start, self._typed = start, typed
        ask = self._question(typed)

        def job() -> Sequence[Choice]:
            # On a reader thread: a text that is no longer there needs no answer.
            return ask() if asked == self._asked else []

        self._workspace.answer(job, lambda choices: self._show(asked, choices))

    def hide(self) -> None:
        """Offer nothing."""
        self._asked += 1
        self._sections = None
        if self.is_shown():
            self.list.hide()
            self._edit.setAccessibleDescription("")

    def accept(self) -> None:
        """Put the chosen name into the text, a link closed by `]]`."""
        from desktop.ui.editor.completion.completion_list import INSERTED

        item = self.list.currentItem()
        if item is None or self._start < 0:
            return
        cursor = self._edit.textCursor()
        end = cursor.position()
        closing = ""
        if self._typed.kind != "tag":
            rest = _REST.match(behind(cursor, 2 * LONGEST))
            end += units(rest.group()) if rest else 0
            closing = "]]"
        with one_step(cursor):
            select(cursor, self._start, end)
            cursor.insertText(str(item.data(INSERTED)) + closing)
        self._edit.setTextCursor(cursor)
        self.hide()

    # --- asking ------------------------------------------------------------------------------------------

    def _opened(self, cursor: QTextCursor) -> Typed | None:
        left = before(cursor, 2 * LONGEST)
        if "[[" not in left and "#" not in left:
            return None
        typed = read_typed(left)
        return None if typed is None or in_code_span(left) else typed

    def _question(self, typed: Typed) -> Callable[[], Sequence[Choice]]:
        """Return what to do on a reader thread; the window's own state is read here."""
        notebook, session = self._workspace.notebook, self._session()
        here = None if session is None else session.note_id
        if typed.kind == "tag":
            return lambda: completion_sources.tags(notebook, typed.words)
        if typed.kind in ("note", "file"):
            recent = self._opened_notes.others
            return lambda: completion_sources.notes(notebook, typed, recent, here)
        if typed.kind == "block":
            text = session.text() if session is not None and not typed.note else ""
            return lambda: completion_sources.blocks(notebook, typed, text, here)
        known = self._sections if not typed.note else None
        text = session.text() if session is not None and not typed.note and known is None else ""

        def ask() -> Sequence[Choice]:
            sections = completion_sources.sections(notebook, typed.note, text, here) if known is None else known
            if not typed.note:
                self._sections = sections
            return completion_sources.headings(notebook, sections, typed.words)

        return ask

    # --- showing -----------------------------------------------------------------------------------------

    def _show(self, asked: int, choices: Sequence[Choice]) -> None:
        if asked != self._asked:
            return
        if not choices or [choice.inserted for choice in choices] == [self._typed.words]:
            self.hide()  # what is written already needs no offer
            return
        self.list.fill(choices)
        self._place()

    def _place(self) -> None:
        """Put the list below the line, or above it where there is no room."""
        size = self.list.wanted_size()
        width = min(size.width(), self._edit.width() - 16)
        below: QPoint = self._edit.popup_place(self._start)
        top = below.y()
        if top + size.height() > self._edit.height():
            above = top - size.height() - self._edit.cursorRect().height() - 8
            top = above if above >= 0 else max(0, self._edit.height() - size.height())
        self.list.resize(width, size.height())
        self.list.move(max(4, min(below.x(), self._edit.width() - width - 4)), top)
        self.list.scrollToTop()
        self.list.show()
        self.list.raise_()

    def _describe(self, label: str) -> None:
        """Tell a screen reader, which is with the text, what is chosen in the list."""
        self._edit.setAccessibleDescription(label)

    def _take_key(self, event: QKeyEvent) -> bool:
        if not self.is_shown():
            return False
        key = event.key()
        rows = self.list
        if key == Qt.Key.Key_Escape:
            self.hide()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
            if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
                return False
            if self._typed.kind == "tag" and rows.currentRow() == 0 and rows.item(0).text() == self._typed.words:
                self.hide()
                return False  # the tag stands there: Enter is a line end
            self.accept()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if key == Qt.Key.Key_Down else -1
            rows.setCurrentRow((rows.currentRow() + step) % rows.count())
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            step = _PAGE if key == Qt.Key.Key_PageDown else -_PAGE
            rows.setCurrentRow(max(0, min(rows.currentRow() + step, rows.count() - 1)))
        else:
            return False
        return True

    def _on_cursor_moved(self) -> None:
        if self.is_shown() and self._opened(self._edit.textCursor()) is None:
            self.hide()
