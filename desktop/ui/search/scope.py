"""Searching below one note: which note that may be, and which one it is."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from desktop.core.records import Changes, Note, NoteHead, NoteId
from desktop.ui.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Scope:
    """A note with notes below it."""

    note_id: NoteId
    title: str


class SearchScope(QObject):
    """Offers the open note where it has notes below it, and keeps the one that was chosen until it is given up."""

    changed = Signal()  # what is chosen is another
    offered = Signal()  # what could be chosen is another

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._open: Scope | None = None
        self.chosen: Scope | None = None
        workspace.note_opened.connect(self._on_opened)
        workspace.note_closed.connect(self._on_closed)
        workspace.changed.connect(self._on_changed)
        if workspace.current is not None and workspace.notebook.tree.exists(workspace.current):
            self._open = _scope_of(workspace.notebook.tree.head(workspace.current))

    @property
    def shown(self) -> Scope | None:
        """Return what is chosen, else what could be."""
        return self.chosen or self._open

    def choose(self, note_id: NoteId) -> None:
        """Search below this note."""
        head = self._workspace.notebook.tree.head(note_id)
        self._set(Scope(head.id, head.title))

    def choose_open(self) -> bool:
        """Search below the open note; False where it has none below it."""
        if self._open is None:
            return False
        self._set(self._open)
        return True

    def clear(self) -> None:
        """Search everywhere."""
        self._set(None)

    def _set(self, scope: Scope | None) -> None:
        if scope != self.chosen:
            self.chosen = scope
            self.changed.emit()

    def _on_opened(self, note: Note) -> None:
        self._offer(_scope_of(note.head))

    def _on_closed(self) -> None:
        self._offer(None)

    def _offer(self, scope: Scope | None) -> None:
        if scope != self._open:
            self._open = scope
            self.offered.emit()

    def _on_changed(self, changes: Changes) -> None:
        tree = self._workspace.notebook.tree
        if self.chosen is not None and not tree.exists(self.chosen.note_id):
            self.clear()
        current = self._workspace.current
        if current is not None and (current in changes.parents or current in changes.renamed or changes.everything):
            self._offer(_scope_of(tree.head(current)) if tree.exists(current) else None)


def _scope_of(head: NoteHead) -> Scope | None:
    return Scope(head.id, head.title) if head.children else None
