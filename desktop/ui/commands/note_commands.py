"""Making, renaming and trashing notes."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.core.records import NoteId, NoteKind

if TYPE_CHECKING:
    from desktop.ui.main_window import MainWindow


class NoteCommands(QObject):
    """Commands on the open note and for new ones."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._workspace = window.workspace

    def create(self, kind: NoteKind) -> None:
        """Make a note beside the current one and let its title be typed."""
        self._window.show_left(True)
        self._window.search.clear()
        self._window.library.new_note(kind)

    def rename(self) -> None:
        """Let the open note's title be typed in the tree."""
        if self._workspace.current is None:
            return
        self._window.show_left(True)
        self._window.search.clear()
        if not self._window.library.isAncestorOf(self._window.focusWidget() or self._window):
            self._window.library.reveal(self._workspace.current)
        self._window.library.rename_current()

    def trash(self) -> None:
        """Put the open note in the trash; the notice offers to take it back."""
        note_id = self._workspace.current
        if note_id is None:
            return
        tree = self._workspace.notebook.tree
        self._window.editor.save_now()
        self._workspace.change_tree(
            self.tr("Move to trash"), lambda: tree.trash_notes([note_id]), lambda _changes: self.offer_back([note_id])
        )

    def offer_back(self, note_ids: Sequence[NoteId]) -> None:
        """Say that notes went to the trash, and offer to bring these back, whatever is changed meanwhile."""
        tree = self._workspace.notebook.tree
        if len(note_ids) == 1:
            sentence = self.tr("“{0}” is in the trash.").format(tree.head(note_ids[0]).title)
        else:
            sentence = self.tr("%n note(s) are in the trash.", "", len(note_ids))

        def opened() -> None:
            if self._workspace.current is None and tree.exists(note_ids[0]):
                self._workspace.open_note(note_ids[0])

        self._window.runners.taking_back.offer(sentence, lambda: tree.restore(note_ids), opened)
