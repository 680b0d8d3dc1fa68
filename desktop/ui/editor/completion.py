"""Names offered after `[[`, and headings after `[[note#`."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor

from desktop.core.errors import KonspektError
from desktop.core.records import TitleMatch
from desktop.ui.editor.sessions import EditSession
from desktop.ui.editor.text_edit import MarkdownEdit
from desktop.ui.opened_notes import opened_notes
from desktop.ui.workspace import Workspace

if TYPE_CHECKING:
    from PySide6.QtWidgets import QListWidget

_OFFERED = 20
_ROWS = 8
_LONGEST = 200  # characters after "[[" that can still be the beginning of a name
_INSERT = Qt.ItemDataRole.UserRole


class LinkCompletion(QObject):
    """A list under the cursor while a wiki link is being typed; the text keeps the keyboard."""

    def __init__(self, edit: MarkdownEdit, workspace: Workspace, session: Callable[[], EditSession | None]) -> None:
        super().__init__(edit)
        self._edit = edit
        self._workspace = workspace
        self._session = session
        self._opened_notes = opened_notes(workspace)
        self._asked = 0  # the question whose answer is waited for
        self._start = -1  # position after "[[" or "#": what a choice replaces begins here
        edit.keys_taken = self._take_key
        edit.typed.connect(self.consider)
        edit.cursorPositionChanged.connect(self._on_cursor_moved)
        edit.verticalScrollBar().valueChanged.connect(self.hide)

    @cached_property
    def list(self) -> "QListWidget":
        """The pop-up, made when something is first offered."""
        from PySide6.QtWidgets import QFrame, QListWidget  # late, with their enumerations: not before the first paint

        shown = QListWidget(self._edit)
        shown.setAccessibleName(self.tr("Link suggestions"))
        shown.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        shown.setFrameShape(QFrame.Shape.NoFrame)
        shown.setObjectName("completion")
        shown.setStyleSheet(
            "QListWidget#completion { background: palette(light); border: 1px solid palette(mid); border-radius: 8px;"
            " padding: 4px; } QListWidget#completion::item { padding: 5px 10px; border-radius: 5px; }"
            " QListWidget#completion::item:selected { background: palette(highlight); color: palette(text); }"
        )
        shown.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        shown.setTextElideMode(Qt.TextElideMode.ElideRight)
        shown.hide()
        shown.itemClicked.connect(lambda _item: self.accept())
        return shown

    def _is_shown(self) -> bool:
        return "list" in vars(self) and self.list.isVisible()

    def consider(self) -> None:
        """Offer what fits the link that is being typed at the cursor, or nothing."""
        cursor = self._edit.textCursor()
        opened = None if cursor.hasSelection() else self._opened(cursor)
        if opened is None or self._edit.in_code():
            self.hide()
            return
        self._asked += 1
        asked = self._asked
        name, hash_sign, heading = opened.partition("#")
        self._start = cursor.position() - _utf16_length(heading if hash_sign else opened)
        if hash_sign:
            self._ask_headings(asked, name.strip(), heading.strip())
        else:
            notebook, recent = self._workspace.notebook, self._opened_notes.others

            def matches() -> list[TitleMatch]:
                # On a reader thread: a text that is no longer there needs no answer.
                return notebook.titles.suggest(opened, _OFFERED, recent) if asked == self._asked else []

            self._workspace.answer(matches, lambda found: self._offer_notes(asked, found))

    def hide(self) -> None:
        """Offer nothing."""
        self._asked += 1
        if self._is_shown():
            self.list.hide()

    def accept(self) -> None:
        """Put the chosen name into the text, closed by `]]`."""
        item = self.list.currentItem()
        if item is None or self._start < 0:
            return
        cursor = self._edit.textCursor()
        end = cursor.position()
        text = cursor.block().text()
        behind = text.encode("utf-16-le")[2 * cursor.positionInBlock() :].decode("utf-16-le")
        if behind.startswith("]]"):
            end += 2
        cursor.setPosition(self._start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(str(item.data(_INSERT)) + "]]")
        self._edit.setTextCursor(cursor)
        self.hide()

    def _opened(self, cursor: QTextCursor) -> str | None:
        """Return what stands between an open `[[` and the cursor."""
        before = cursor.block().text().encode("utf-16-le")[: 2 * cursor.positionInBlock()].decode("utf-16-le", "ignore")
        start = before.rfind("[[", max(0, len(before) - _LONGEST))
        if start < 0:
            return None
        typed = before[start + 2 :]
        return None if "]" in typed or "|" in typed or "[" in typed else typed

    def _ask_headings(self, asked: int, name: str, heading: str) -> None:
        notes = self._workspace.notebook.notes
        session = self._session()
        text = session.text() if session is not None and not name else ""

        def titles() -> list[str]:
            from desktop.core.text.outline import scan_sections  # on a reader thread, where nobody waits for it

            try:
                found = scan_sections(text) if not name else notes.sections(notes.find(name))
            except KonspektError:
                return []
            wanted = heading.casefold()
            return [section.title for section in found if wanted in section.title.casefold()]

        self._workspace.answer(titles, lambda found: self._show(asked, [(title, title) for title in found[:_OFFERED]]))

    def _offer_notes(self, asked: int, matches: Sequence[TitleMatch]) -> None:
        self._show(asked, [(_shown(match), match.head.name) for match in matches])

    def _show(self, asked: int, rows: Sequence[tuple[str, str]]) -> None:
        from PySide6.QtWidgets import QListWidgetItem

        if asked != self._asked:
            return
        self.list.clear()
        for shown, inserted in rows:
            item = QListWidgetItem(" ".join(shown.split()))
            item.setData(_INSERT, inserted)
            self.list.addItem(item)
        if not rows:
            self.list.hide()
            return
        self.list.setCurrentRow(0)
        self._place(len(rows))

    def _place(self, rows: int) -> None:
        """Put the list below the line, or above it where there is no room."""
        height = min(rows, _ROWS) * self.list.sizeHintForRow(0) + 12
        width = min(max(260, self.list.sizeHintForColumn(0) + 40), 460, self._edit.width() - 16)
        below = self._edit.popup_place(self._start)
        top = below.y()
        if top + height > self._edit.height():
            above = top - height - self._edit.cursorRect().height() - 8
            top = above if above >= 0 else max(0, self._edit.height() - height)
        self.list.resize(QSize(width, height))
        self.list.move(max(4, min(below.x(), self._edit.width() - width - 4)), top)
        self.list.show()
        self.list.raise_()

    def _take_key(self, event: QKeyEvent) -> bool:
        if not self._is_shown():
            return False
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.hide()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
            self.accept()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if key == Qt.Key.Key_Down else -1
            self.list.setCurrentRow((self.list.currentRow() + step) % self.list.count())
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            step = _ROWS if key == Qt.Key.Key_PageDown else -_ROWS
            self.list.setCurrentRow(max(0, min(self.list.currentRow() + step, self.list.count() - 1)))
        else:
            return False
        return True

    def _on_cursor_moved(self) -> None:
        if self._is_shown() and self._opened(self._edit.textCursor()) is None:
            self.hide()


def _shown(match: TitleMatch) -> str:
    """Return the note's title, with the alias that matched before it and the name where it is another after it."""
    head = match.head
    title = head.title if match.name in (head.title, head.name) else f"{match.name} → {head.title}"
    return title if head.title == head.name else f"{title}  ·  {head.name}"


def _utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
