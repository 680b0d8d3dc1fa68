"""Making, renaming and trashing notes."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.core.records import Changes, NoteId, NoteKind

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

    def create_linked(self, source_id: NoteId, target: str) -> None:
        """Make the note that a link names, beside the linking note, and open it."""
        title = target.replace("\\", "/").rstrip("/").rpartition("/")[2].removesuffix(".md") or target
        tree = self._workspace.notebook.tree
        parent_id = tree.head(source_id).parent_id

        def opened(changes: Changes) -> None:
            self._workspace.open_note(changes.created[0])
            self._window.focus_text()

        self._workspace.change_tree(
            self.tr("New note"),
            lambda: tree.create(title, parent_id=parent_id, text=f"# {title}\n\n", origin="link"),
            opened,
        )

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
        title = tree.head(note_id).title
        self._window.editor.save_now()

        def offer(_changes: Changes) -> None:
            sentence = self.tr("“{0}” is in the trash.").format(title)
            self._window.offer(sentence, self.tr("Undo"), self._workspace.tree_undo.undo)

        self._workspace.change_tree(self.tr("Move to trash"), lambda: tree.trash_notes([note_id]), offer)
