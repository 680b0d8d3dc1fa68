"""Mentions become links, one, those of a note, or all: one change that can be undone, and a notice that offers it."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Signal

from desktop.core.records import Changes, LinkedMentions, NoteId
from desktop.ui.links.feed import Source
from desktop.ui.workspace import Workspace

Places = Mapping[NoteId, Sequence[tuple[int, str]] | None]  # offsets and words by note; None: all in it


class MentionLinking(QObject):
    """Writes the links, and tells of it."""

    offered = Signal(str, object)  # what was done, what takes it back once other changes followed

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace

    def link_all(self, note_id: NoteId, source: Source) -> None:
        """Make links of all that a source finds; what it has not found yet is found first."""

        def find() -> list[NoteId]:
            while not source.finished:
                source.go_on(1.0)
            return [note.id for note in source.notes]

        self._workspace.read(find, lambda ids: self.link(note_id, dict.fromkeys(ids)))

    def link(self, note_id: NoteId, places: Places) -> None:
        """Make links to a note at places in others."""
        if not places:
            return
        links = self._workspace.notebook.links
        results: list[LinkedMentions] = []

        def job() -> Changes:
            results.append(links.link_mentions(note_id, places))
            return results[-1].changes

        self._workspace.change_tree(
            self.tr("Link mentions"), job, lambda changes: self._tell(results[-1], changes)
        )

    def _tell(self, result: LinkedMentions, changes: Changes) -> None:
        """Say what was linked, and offer to take it back."""
        skipped = ""
        if result.skipped:
            skipped = self.tr("%n place(s) had changed and stayed as they are.", "", result.skipped)
        if not result.linked or changes.undo is None:
            self._workspace.tell("warning", skipped or self.tr("Nothing was linked: the text is another by now."))
            return
        sentence = self.tr("%n mention(s) became links.", "", result.linked)
        undo, tree = changes.undo, self._workspace.notebook.tree
        self.offered.emit(f"{sentence} {skipped}".strip(), lambda: tree.apply(undo))
