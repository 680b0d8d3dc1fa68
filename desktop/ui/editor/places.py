"""Places in the open note: shown when they are asked for, followed when the page is scrolled, changed by their line."""

import re
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QTextCursor

from desktop.ui.editor.finding.marks import Marks
from desktop.ui.editor.sessions import EditSession
from desktop.ui.editor.text_edit import MarkdownEdit
from desktop.ui.workspace import Place, Workspace

_ADDRESS = re.compile(r"https?://[^\s<>()\[\]\"`|]{1,1500}")
_BOX = re.compile(r"[ \t>]{0,200}(?:[-*+]|\d{1,9}[.)])[ \t]{1,8}\[([ xX])\](?=[ \t]|$)")
_MOST_MARKED = 2_000


class Places(QObject):
    """Goes to places of the session that is shown."""

    first_line_changed = Signal(int)  # the line at the top, from 0; told only when the user scrolled here

    def __init__(
        self,
        workspace: Workspace,
        edit: MarkdownEdit,
        marks: Marks,
        session: Callable[[], EditSession | None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._edit = edit
        self._marks = marks
        self._session = session
        self._following = False  # the page leads
        edit.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    def now(self) -> Place | None:
        """Return where the user reads."""
        session = self._session()
        if session is None:
            return None
        return Place(session.note_id, session.offset_of(self._edit.textCursor().position()))

    def hold(self) -> Callable[[], None]:
        """Return what brings back the cursor and the scroll as they are now."""
        cursor, top = self._edit.textCursor(), self._edit.verticalScrollBar().value()

        def back() -> None:
            if cursor.document() is self._edit.document():
                self._edit.setTextCursor(cursor)
                self._edit.verticalScrollBar().setValue(top)

        return back

    def go_to(self, place: Place) -> None:
        """Scroll to a place of the open note, and mark its words."""
        session = self._session()
        if session is None or place.note_id != session.note_id:
            return
        offset = place.offset
        if place.words:
            self._mark_words(session, place.words, -1 if offset is None else session.position_of(offset))
        if offset is None and place.section is not None:
            from desktop.core.text.outline import scan_sections  # the editor's text may be newer than the stored one

            sections = scan_sections(session.text())
            offset = sections[place.section].start if place.section < len(sections) else None
        if offset is None:
            return
        cursor = self._edit.textCursor()
        cursor.setPosition(session.position_of(offset))
        self._edit.setTextCursor(cursor)
        if place.words:
            self._edit.centerCursor()
        else:
            self._edit.show_line_at_top(cursor.blockNumber())

    def follow_page(self, line: float) -> None:
        """Bring a line, with the share of it that is above the edge, to the top, because the page stands there."""
        if self._session() is None:
            return
        self._following = True
        self._edit.show_line_at_top(line)
        self._following = False

    def toggle_task_at(self, line: int) -> None:
        """Check or uncheck the box in a line, from 0, as one step of undo; a line without one stays as it is."""
        session = self._session()
        block = session.document.findBlockByNumber(line) if session is not None else None
        match = _BOX.match(block.text()[:400]) if block is not None and block.isValid() else None
        if block is None or match is None:
            return
        cursor = QTextCursor(block)  # not the user's: that one stays where it is
        cursor.setPosition(block.position() + match.start(1))
        cursor.setPosition(block.position() + match.end(1), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText("x" if match.group(1) == " " else " ")

    def follow_link(self, position: int, new_tab: bool) -> None:
        """Go where the link at a position of the document leads."""
        session = self._session()
        if session is None:
            return
        from desktop.core.text.anchors import naming_words  # only a click needs it here
        from desktop.core.text.links import scan_links

        offset = session.offset_of(position)
        text = session.text()
        for link in scan_links(text):
            if link.start <= offset <= link.end:
                self._workspace.follow(session.note_id, link.target, link.anchor, naming_words(link), new_tab=new_tab)
                return
        start = text.rfind("\n", 0, offset) + 1
        for match in _ADDRESS.finditer(text, start, min(len(text), start + 20_000)):
            if match.start() <= offset <= match.end():
                self._workspace.follow(session.note_id, match.group())
                return

    def _mark_words(self, session: EditSession, words: tuple[str, ...], current: int) -> None:
        shown, to_qt = session.shown(), session.utf16().to_qt
        spans: set[tuple[int, int]] = set()
        for pattern in words:
            for match in re.finditer(pattern, shown, re.IGNORECASE):
                spans.add((to_qt(match.start()), to_qt(match.end())))
                if len(spans) >= _MOST_MARKED:
                    break
        self._marks.set(sorted(spans), current)

    def _on_scrolled(self) -> None:
        if not self._following:
            self.first_line_changed.emit(self._edit.first_visible_line())
