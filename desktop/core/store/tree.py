"""The tree: what stands under what, in which order; the trash; and the step that takes each change back.

Each change here is one transaction; `tree_changes` holds what it does.
"""

from collections.abc import Sequence

from desktop.core.records import Changes, NoteId, NoteKind, TreeStep
from desktop.core.store import renaming, tree_changes
from desktop.core.store.database import Transaction
from desktop.core.store.tree_reading import TreeReading


class Tree(TreeReading):
    """The library's notes as a tree, and every change of it."""

    def create(
        self,
        title: str,
        kind: NoteKind = NoteKind.NOTE,
        parent_id: NoteId | None = None,
        position: int | None = None,
        text: str = "",
        origin: str = "",
    ) -> Changes:
        """Make a note under a parent, last or before the sibling at `position`."""
        with self._database.write() as transaction:
            return tree_changes.create_note(transaction, title, kind, parent_id, position, text, origin)

    def rename(self, note_id: NoteId, title: str, origin: str = "") -> Changes:
        """Give a note another title, and its name and first heading too where they said the same."""
        with self._database.write() as transaction:
            return renaming.rename(transaction, note_id, title, origin)

    def set_kind(self, note_id: NoteId, kind: NoteKind, origin: str = "") -> Changes:
        """Say what a note is for."""
        with self._database.write() as transaction:
            return tree_changes.set_kind(transaction, note_id, kind, origin)

    def move(
        self, note_ids: Sequence[NoteId], parent_id: NoteId | None, position: int | None = None, origin: str = ""
    ) -> Changes:
        """Put notes, in this order, under a parent: last, or before the sibling now at row `position`."""
        with self._database.write() as transaction:
            return tree_changes.move_notes(transaction, note_ids, parent_id, position, origin)

    def trash_notes(self, note_ids: Sequence[NoteId], origin: str = "") -> Changes:
        """Put notes and everything below them in the trash."""
        with self._database.write() as transaction:
            return tree_changes.trash_notes(transaction, note_ids, origin)

    def restore(self, note_ids: Sequence[NoteId], origin: str = "") -> Changes:
        """Bring notes back from the trash with what went with them; to the root where their parent is gone."""
        with self._database.write() as transaction:
            return tree_changes.restore_notes(transaction, note_ids, origin)

    def delete_forever(self, note_ids: Sequence[NoteId], origin: str = "") -> Changes:
        """Delete trashed notes for good, with their history; raise TreeError for a living one."""
        with self._database.write() as transaction:
            return tree_changes.delete_notes(transaction, note_ids, origin)

    def apply(self, step: TreeStep, origin: str = "") -> Changes:
        """Apply the step that an earlier change gave for taking it back."""
        with self._database.write() as transaction:
            return _apply(transaction, step, origin)


def _apply(transaction: Transaction, step: TreeStep, origin: str) -> Changes:
    from desktop.core.store import text_edits  # late: the first screen changes nothing

    match step.action:
        case "rename":
            return renaming.rename(transaction, step.note_ids[0], step.title, origin, name=step.name)
        case "names":
            return tree_changes.set_names(transaction, step.note_ids[0], step.title, step.name, origin)
        case "kind":
            return tree_changes.set_kind(transaction, step.note_ids[0], NoteKind(step.title), origin)
        case "trash":
            return tree_changes.trash_notes(transaction, step.note_ids, origin)
        case "restore":
            return tree_changes.restore_notes(transaction, step.note_ids, origin)
        case "edits":
            return text_edits.apply_step(transaction, step, origin)
        case "all":
            return text_edits.join_changes(*(_apply(transaction, part, origin) for part in step.steps))
        case _:
            return tree_changes.move_back(transaction, step, origin)
