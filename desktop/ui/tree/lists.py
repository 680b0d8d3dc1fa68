"""The flat lists beside the tree: what a row says, and how such a list behaves."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from desktop.ui import theme
from desktop.ui.tree.delegate import RowDelegate
from desktop.ui.tree.nodes import Role, common_ends

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Row:
    """One line: what it stands for, its words, and how it looks."""

    key: object
    title: str
    icon: str = ""
    count: int = 0
    depth: int = 0
    strong: bool = False


class RowModel(QAbstractListModel):
    """A list of rows; a new list keeps the rows that both have at their ends."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a row shows."""
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Role.ICON:
            return row.icon
        if role == Role.COUNT:
            return row.count
        if role == Role.DEPTH:
            return row.depth
        if role == Role.STRONG:
            return row.strong
        return None

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show another list."""
        new = list(rows)
        first, last = common_ends([row.title for row in self.rows], [row.title for row in new])
        gone, come = len(self.rows) - first - last, len(new) - first - last
        if gone == come:  # other words at the same places: the view need not place its rows again
            self.rows[first : first + come] = new[first : first + come]
            if come:
                self.dataChanged.emit(self.index(first), self.index(first + come - 1))
            gone = come = 0
        if gone:
            self.beginRemoveRows(QModelIndex(), first, first + gone - 1)
            del self.rows[first : first + gone]
            self.endRemoveRows()
        if come:
            self.beginInsertRows(QModelIndex(), first, first + come - 1)
            self.rows[first:first] = new[first : first + come]
            self.endInsertRows()
        if self.rows != new:
            self.rows = new
            self.dataChanged.emit(self.index(0), self.index(len(new) - 1))


class RowList(QListView):
    """A quiet list; Enter activates like a click."""

    def __init__(self, rows: RowModel, parent: QWidget | None = None, indentation: int = 14) -> None:
        super().__init__(parent)
        self.setModel(rows)
        self.setItemDelegate(RowDelegate(self, indentation=indentation))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        theme.notifier().changed.connect(self._repaint)

    def _repaint(self) -> None:
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Activate the current row with Enter on every system."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.clicked.emit(self.currentIndex())
            return
        super().keyPressEvent(event)
