"""The headings of the open note, as they stand in the editor, saved or not; a heading can be renamed here."""

from bisect import bisect_right
from typing import Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QMenu, QStackedWidget, QVBoxLayout, QWidget

from desktop.core.records import Section
from desktop.core.text.live_outline import LiveOutline
from desktop.ui.tree.lists import Row, RowList, RowModel
from desktop.ui.workspace import LiveText, Workspace

AT_ONCE = 50_000  # characters that are scanned on the main thread: under 2 ms
MOST_HEADINGS = 10_000  # rows for more would hold the window up
DEEPEST = 5  # indentation stops growing here


class OutlineModel(RowModel):
    """The headings, whose words can be written anew."""

    title_entered = Signal(int, str)  # the row, what was typed

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """Let headings be renamed."""
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a row shows; written anew is its title."""
        return super().data(index, Qt.ItemDataRole.DisplayRole if role == Qt.ItemDataRole.EditRole else role)

    def setData(
        self, index: QModelIndex | QPersistentModelIndex, value: Any, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        """Ask for other words; the row shows them once they are stored."""
        title = " ".join(str(value).split())
        if role != Qt.ItemDataRole.EditRole or not title or not index.isValid():
            return False
        if title != self.rows[index.row()].title:
            self.title_entered.emit(index.row(), title)
        return True


class OutlineList(RowList):
    """The list of headings; F2 writes the current one anew."""

    link_wanted = Signal(int)  # row of the heading that a link is to be copied to

    def event(self, event: QEvent) -> bool:
        """Keep F2 from the window, where it renames the note."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and (
            event.key() == Qt.Key.Key_F2
        ):  # fmt: skip
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Begin to rename with F2."""
        if event.key() == Qt.Key.Key_F2:
            self.edit(self.currentIndex())
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer to rename the heading under the pointer, or the current one by key."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if not index.isValid():
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(self.tr("Heading menu"))
        menu.addAction(self.tr("Open"), lambda: self.clicked.emit(index))
        menu.addAction(f"{self.tr('Rename heading…')}\tF2", lambda: self._rename(index))
        menu.addAction(self.tr("Copy link to this heading"), lambda: self.link_wanted.emit(index.row()))
        menu.popup(self.viewport().mapToGlobal(self.visualRect(index).center()) if by_key else event.globalPos())

    def _rename(self, index: QModelIndex) -> None:
        self.setCurrentIndex(index)
        self.setFocus()
        self.edit(index)


class OutlinePanel(QWidget):
    """Shows the outline and where in it the reader is."""

    link_wanted = Signal(int)  # offset of the heading that a link is to be copied to
    rename_requested = Signal(object, int, str, str)  # the note, the heading's ordinal, its words, the words typed

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._latest: LiveText | None = None
        self._shown: LiveText | None = None
        self._outline = LiveOutline()
        self._reading = False  # a reader works with the outline
        self._sections: tuple[Section, ...] = ()
        self._starts: list[int] = []
        self._lines: list[int] = []  # where they start, counted when it is asked for
        self._setting = (1, False)  # the highest level, and whether there are others
        self._offset = 0
        self.rows = OutlineModel(self)
        self.list = OutlineList(self.rows)
        self.list.setAccessibleName(self.tr("Outline"))
        self.empty = QLabel()
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self.empty.setEnabled(False)
        self.empty.setMargin(16)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.list)
        self._pages.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.addWidget(self._pages)
        self.setFocusProxy(self.list)
        self.list.clicked.connect(self._open)
        self.rows.title_entered.connect(self._on_title_entered)
        self.list.link_wanted.connect(lambda row: self.link_wanted.emit(self._starts[row]))
        workspace.text_edited.connect(self._on_text)
        workspace.note_closed.connect(self._on_closed)
        self._show_sections(())

    def follow_offset(self, offset: int) -> None:
        """Mark the section that holds an offset of the text, and keep it in sight."""
        self._offset = offset
        row = bisect_right(self._starts, offset) - 1
        selection = self.list.selectionModel()
        if row < 0:
            selection.clear()
            return
        index = self.rows.index(row)
        if index != self.list.currentIndex() or not selection.isSelected(index):
            selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.list.scrollTo(index)

    def follow_line(self, line: float) -> None:
        """Mark the section that is read, by the line at the top, from 0; a heading right below that is read too."""
        if self._shown is None or not self.isVisible():
            return
        if not self._lines:
            at = count = 0
            for start in self._starts:
                count += self._shown.text.count("\n", at, start)
                at = start
                self._lines.append(count)
        row = bisect_right(self._lines, line + 1) - 1
        self.follow_offset(self._starts[row] if row >= 0 else 0)

    def rename_current(self) -> None:
        """Begin to type other words for the heading at hand, or the first one."""
        self._scan()
        if not self._sections:
            return
        if not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.rows.index(0))
        self.list.setFocus()
        self.list.scrollTo(self.list.currentIndex())
        self.list.edit(self.list.currentIndex())

    def _on_title_entered(self, row: int, title: str) -> None:
        if self._shown is not None and row < len(self._sections):
            section = self._sections[row]
            self.rename_requested.emit(self._shown.note_id, section.ordinal, section.title, title)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what was typed while this was hidden."""
        super().showEvent(event)
        self._scan()

    def _on_text(self, live: LiveText) -> None:
        if self._latest is None or self._latest.note_id != live.note_id:
            self._offset = 0
        self._latest = live
        if self.isVisible():
            self._scan()

    def _on_closed(self) -> None:
        self._latest = self._shown = None
        self._show_sections(())

    def _scan(self) -> None:
        live = self._latest
        if live is None or live is self._shown or self._reading:
            return
        self._shown = live
        if len(live.text) <= AT_ONCE:
            self._show_sections(self._outline.read(live.text))
            return

        def show(sections: tuple[Section, ...]) -> None:
            self._reading = False
            if self._latest is live:
                self._show_sections(sections)
            elif self.isVisible():
                self._scan()

        self._reading = True
        self._workspace.read(lambda: self._outline.read(live.text), show, self._failed)

    def _failed(self, error: BaseException) -> None:
        self._reading = False
        self._workspace.bug_found.emit(error)

    def _show_sections(self, sections: tuple[Section, ...]) -> None:
        sections = sections[:MOST_HEADINGS]
        before, self._sections = self._sections, sections
        self._starts, self._lines = [section.start for section in sections], []
        top = min((section.level for section in sections), default=1)
        nested = any(section.level > top for section in sections)
        setting, self._setting = self._setting, (top, nested)
        old = self.rows.rows if setting == self._setting else []
        rows = [  # nearly every key leaves all of them as they are
            row if was.title == now.title and was.level == now.level else _row(now, top, nested)
            for row, was, now in zip(old, before, sections, strict=False)
        ]
        rows += [_row(section, top, nested) for section in sections[len(rows) :]]
        if rows != self.rows.rows:
            self.rows.show_rows(rows)
        self._pages.setCurrentWidget(self.list if sections else self.empty)
        if self._latest is None:
            self.empty.setText(self.tr("Open a note to see its outline."))
        else:
            self.empty.setText(self.tr("No headings yet. A line that begins with # makes one."))
        self.follow_offset(self._offset)

    def _open(self, index: QModelIndex) -> None:
        if self._shown is not None and index.row() < len(self._sections):
            section = self._sections[index.row()]
            self._workspace.open_note(self._shown.note_id, section=section.ordinal)


def _row(section: Section, top: int, nested: bool) -> Row:
    depth = min(section.level - top, DEEPEST)
    return Row(section.ordinal, section.title, depth=depth, strong=nested and depth == 0)
