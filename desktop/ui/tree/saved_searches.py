"""The saved searches below the tree: one line that opens to a list. A click searches; the order is the user's own."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QKeyCombination,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QVBoxLayout, QWidget

from desktop.core.records import Changes, SavedSearch
from desktop.ui.tree.delegate import ICON_SIZE, ROW_HEIGHT
from desktop.ui.tree.lists import Row, RowList, RowModel
from desktop.ui.tree.menus import TreeMenu
from desktop.ui.tree.tags import ROWS_SHOWN, Line
from desktop.ui.workspace import Workspace

Index = QModelIndex | QPersistentModelIndex
_Key = Qt.Key
_COMMANDS = {
    QKeyCombination(_Key.Key_F2).toCombined(): "rename",
    QKeyCombination(_Key.Key_Delete).toCombined(): "remove",
    QKeyCombination(Qt.KeyboardModifier.AltModifier, _Key.Key_Up).toCombined(): "up",
    QKeyCombination(Qt.KeyboardModifier.AltModifier, _Key.Key_Down).toCombined(): "down",
}


class SavedRows(RowModel):
    """The rows: titles can be written over, and rows dragged to another place."""

    title_entered = Signal(int, str)  # of the saved search with this id
    dropped = Signal(int)  # what is dragged, before the row that is now here

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let a row be renamed and dragged, and dropped between others."""
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsDragEnabled

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a row shows; what is written over is the whole title."""
        if role == Qt.ItemDataRole.EditRole:
            role = Qt.ItemDataRole.DisplayRole
        return super().data(index, role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for another title."""
        search = self.rows[index.row()].key
        title = " ".join(str(value).split())
        if not isinstance(search, SavedSearch) or not title or title == search.title:
            return False
        self.title_entered.emit(search.id, title)
        return True

    def supportedDropActions(self) -> Qt.DropAction:
        """Move, never copy."""
        return Qt.DropAction.MoveAction

    def dropMimeData(self, _data: QMimeData, _action: Qt.DropAction, row: int, _column: int, _parent: Index) -> bool:
        """Ask for another place; the row itself moves when the library has moved it."""
        self.dropped.emit(row if row >= 0 else len(self.rows))
        return False  # so that the view takes no row away


class SavedList(RowList):
    """The list, with keys of its own that the window's shortcuts wait for."""

    command_requested = Signal(str)  # a value of _COMMANDS

    def event(self, event: QEvent) -> bool:
        """Claim the list's own keys."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.keyCombination().toCombined() in _COMMANDS
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act on the list's own keys."""
        if self.state() == QAbstractItemView.State.EditingState:
            event.ignore()  # Enter in a title passes through here, and must not search
        elif (command := _COMMANDS.get(event.keyCombination().toCombined())) is not None:
            self.command_requested.emit(command)
        else:
            super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Keep the keys here when a title is finished."""
        super().closeEditor(editor, hint)
        self.setFocus(Qt.FocusReason.OtherFocusReason)


class SavedSearchesView(QWidget):
    """All saved searches; hidden while there is none."""

    activated = Signal(str)  # the query to look for
    opened = Signal(bool)
    removed = Signal(object, int)  # the SavedSearch that was taken away, and where it stood

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._store = workspace.notebook.saved_searches
        self.line = Line(self.tr("Saved searches"), "star", opens=True)
        self.line.setAccessibleName(self.tr("Show saved searches"))
        self.line.show_icon()
        self.rows = SavedRows(self)
        self.list = SavedList(self.rows, indentation=ICON_SIZE + 6)
        self.list.setAccessibleName(self.tr("Saved searches"))
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.line)
        layout.addWidget(self.list)
        self.line.setChecked(True)
        self.hide()
        self.line.toggled.connect(self._on_toggled)
        self.list.clicked.connect(self._on_clicked)
        self.list.command_requested.connect(self.run_command)
        self.list.customContextMenuRequested.connect(self._show_menu)
        self.rows.title_entered.connect(self._rename)
        self.rows.dropped.connect(self._on_dropped)

    def show_searches(self, searches: Sequence[SavedSearch]) -> None:
        """Show these searches."""
        current = self._current()
        self.rows.show_rows([Row(search, search.title, depth=1) for search in searches])
        self.line.show_number(len(searches))
        self.list.setFixedHeight(min(len(searches), ROWS_SHOWN) * ROW_HEIGHT + 4)
        self.setVisible(bool(searches))
        ids = [search.id for search in searches]
        if current is not None and current.id in ids:
            self.list.setCurrentIndex(self.rows.index(ids.index(current.id)))

    def run_command(self, command: str) -> None:
        """Do to the current search what a key or the menu asks for."""
        search, row = self._current(), self.list.currentIndex().row()
        if search is None:
            return
        if command == "rename":
            self.list.edit(self.list.currentIndex())
        elif command == "remove":
            self._write(lambda: self._store.remove([search.id]), lambda: self.removed.emit(search, row))
        elif command in ("up", "down"):
            place = row + (-1 if command == "up" else 1)
            if 0 <= place < len(self.rows.rows):
                self._write(lambda: self._store.move(search.id, place))

    def menu_for(self, index: QModelIndex) -> TreeMenu:
        """Return the context menu of a row."""
        menu = TreeMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(self.tr("Menu of the saved search"))
        last = len(self.rows.rows) - 1
        menu.line(self.tr("Search for it"), lambda: self._on_clicked(index), "Return")
        menu.line(self.tr("Rename"), lambda: self.run_command("rename"), "F2")
        menu.addSeparator()
        menu.line(self.tr("Move up"), lambda: self.run_command("up"), "Alt+Up", enabled=index.row() > 0)
        menu.line(self.tr("Move down"), lambda: self.run_command("down"), "Alt+Down", enabled=index.row() < last)
        menu.addSeparator()
        menu.line(self.tr("Remove"), lambda: self.run_command("remove"), "Del")
        return menu

    def _show_menu(self, at: QPoint) -> None:
        index = self.list.indexAt(at)
        if index.isValid():
            self.list.setCurrentIndex(index)
            self.menu_for(index).popup(self.list.viewport().mapToGlobal(at))

    def _current(self) -> SavedSearch | None:
        index = self.list.currentIndex()
        key = self.rows.rows[index.row()].key if index.isValid() and index.row() < len(self.rows.rows) else None
        return key if isinstance(key, SavedSearch) else None

    def _on_toggled(self, on: bool) -> None:
        self.list.setVisible(on)
        self.opened.emit(on)

    def _on_clicked(self, index: QModelIndex) -> None:
        search = self.rows.rows[index.row()].key
        if isinstance(search, SavedSearch):
            self.activated.emit(search.query)

    def _rename(self, search_id: int, title: str) -> None:
        self._write(lambda: self._store.rename(search_id, title))

    def _on_dropped(self, before: int) -> None:
        search, row = self._current(), self.list.currentIndex().row()
        if search is not None and before not in (row, row + 1):
            place = before - 1 if before > row else before  # it is counted without the row that moves
            self._write(lambda: self._store.move(search.id, place))

    def _write(self, job: Callable[[], Changes], then: Callable[[], None] | None = None) -> None:
        self._workspace.write(job, None if then is None else lambda _changes: then())

