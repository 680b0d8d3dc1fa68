"""The open notes: one tab each; an ordinary opening replaces the note of the tab at hand."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QTabBar, QWidget

from desktop.core.records import Changes, Note, NoteId
from desktop.ui.workspace import Workspace

VALUE = "open_tabs"


class NoteTabs(QTabBar):
    """Follows the workspace, and asks it for the note of the tab that the user chose. Hidden while there is one."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._open_in_new = False
        self.setAccessibleName(self.tr("Open notes"))
        self.setExpanding(False)
        self.setMovable(True)
        self.setTabsClosable(True)
        self.setDocumentMode(True)
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self.setUsesScrollButtons(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.tabBarClicked.connect(self._choose)
        self.tabCloseRequested.connect(self.close_tab)
        workspace.tab_requested.connect(lambda _note_id: self.expect_new())
        workspace.note_opened.connect(self._on_opened)
        workspace.note_closed.connect(self._on_closed)
        workspace.changed.connect(self._on_changed)
        self.hide()

    def note_ids(self) -> list[NoteId]:
        """Return the notes of the tabs, from left to right."""
        return [NoteId(self.tabData(index)) for index in range(self.count())]

    def restore(self, note_ids: list[NoteId]) -> None:
        """Show tabs for notes that were open last time, without opening them."""
        for head in self._workspace.notebook.tree.heads(note_ids):
            if head.trashed_at is None:
                self._add(head.id, head.title)
        self._show_or_hide()

    def expect_new(self) -> None:
        """Let the next note that is opened get a tab of its own."""
        self._open_in_new = True

    def close_tab(self, index: int = -1) -> None:
        """Close a tab, the one at hand by default, and go to its neighbour."""
        index = self.currentIndex() if index < 0 else index
        if index < 0:
            return
        was_current = index == self.currentIndex()
        self.removeTab(index)
        self._show_or_hide()
        if not was_current:
            return
        if self.count():
            self._choose(self.currentIndex())
        else:
            self._workspace.close_note()

    def step(self, by: int) -> None:
        """Go to the next or the previous tab."""
        if self.count() > 1:
            self._choose((self.currentIndex() + by) % self.count())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Close a tab with the middle button."""
        if event.button() == Qt.MouseButton.MiddleButton and (index := self.tabAt(event.position().toPoint())) >= 0:
            self.close_tab(index)
            return
        super().mouseReleaseEvent(event)

    def _choose(self, index: int) -> None:
        if index < 0:
            return
        self.setCurrentIndex(index)
        note_id = NoteId(self.tabData(index))
        if note_id != self._workspace.current:
            self._workspace.open_note(note_id)

    def _on_opened(self, note: Note) -> None:
        ids = self.note_ids()
        new, self._open_in_new = self._open_in_new, False
        if note.head.id in ids:
            self.setCurrentIndex(ids.index(note.head.id))
        elif new or not self.count():
            self.setCurrentIndex(self._add(note.head.id, note.head.title))
        else:
            index = self.currentIndex()
            self.setTabData(index, note.head.id)
            self._retitle(index, note.head.title)
        self._show_or_hide()

    def _on_closed(self) -> None:
        if self.count():
            self.removeTab(self.currentIndex())
            self._show_or_hide()
            QTimer.singleShot(0, self._go_to_neighbour)  # when every panel has heard that the note is closed

    def _go_to_neighbour(self) -> None:
        if self._workspace.current is None:
            self._choose(self.currentIndex())

    def _on_changed(self, changes: Changes) -> None:
        gone = changes.trashed | changes.deleted
        for index in reversed(range(self.count())):
            note_id = NoteId(self.tabData(index))
            if note_id in gone and note_id != self._workspace.current:
                self.removeTab(index)
            elif note_id in changes.renamed and note_id not in gone:
                self._retitle(index, self._workspace.notebook.tree.head(note_id).title)
        self._show_or_hide()

    def _add(self, note_id: NoteId, title: str) -> int:
        index = self.addTab("")
        self.setTabData(index, note_id)
        self._retitle(index, title)
        return index

    def _retitle(self, index: int, title: str) -> None:
        self.setTabText(index, title.replace("&", "&&"))
        self.setTabToolTip(index, title)

    def _show_or_hide(self) -> None:
        self.setVisible(self.count() > 1)
