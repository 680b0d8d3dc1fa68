"""Which notes stand open in the tree: remembered by id, restored as their rows come in.

Restoring reads nothing by itself: when a page of rows arrives, those that stood open are opened, and
opening them brings the next page.
"""

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, QObject, Signal
from PySide6.QtWidgets import QTreeView

from desktop.core.records import NoteId
from desktop.ui.tree.model import LibraryModel
from desktop.ui.tree.nodes import Role

MOST = 2_000  # ids kept


class Expansion(QObject):
    """Follows a view's open notes."""

    changed = Signal()

    def __init__(self, view: QTreeView, model: LibraryModel) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self._open: dict[NoteId, None] = {}  # in the order of opening: the oldest are forgotten first
        view.expanded.connect(self._remember)
        view.collapsed.connect(self._forget)
        model.rowsInserted.connect(self._open_rows)

    @property
    def ids(self) -> list[NoteId]:
        """Return the open notes."""
        return list(self._open)[-MOST:]

    def restore(self, ids: Iterable[NoteId]) -> None:
        """Open these notes now where they are loaded, and the others when they come."""
        self._open = dict.fromkeys(ids)
        for note_id in self._open:
            index = self._model.loaded_index(note_id)
            if index.isValid():
                self._view.expand(index)

    def _remember(self, index: QModelIndex) -> None:
        if index.data(Role.HEAD) is not None and index.data(Role.NOTE_ID) not in self._open:
            self._open[index.data(Role.NOTE_ID)] = None
            self.changed.emit()

    def _forget(self, index: QModelIndex) -> None:
        if index.data(Role.HEAD) is not None and index.data(Role.NOTE_ID) in self._open:
            del self._open[index.data(Role.NOTE_ID)]
            self.changed.emit()

    def _open_rows(self, parent: QModelIndex, first: int, last: int) -> None:
        node = self._model.node(parent)
        if node is None or not self._open:
            return
        for child in node.children[first : last + 1]:
            if child.head is not None and child.head.id in self._open:
                self._view.expand(self._model.index_of(child))
