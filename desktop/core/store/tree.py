"""The tree: what stands under what, in which order; the trash; and the step that takes each change back.

Each change here is one transaction; `tree_changes` holds what it does.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from desktop.core.records import Changes, NoteId, NoteKind, TreeStep
from desktop.core.store import tree_changes
from desktop.core.store.database import Transaction
from desktop.core.store.tree_reading import TreeReading

if TYPE_CHECKING:
    from desktop.core.records import LinkChange
    from desktop.core.store.rewriting.renaming import Renaming


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

    def rename(self, note_id: NoteId, title: str, origin: str = "", keep_alias: bool = False) -> Changes:
        """Give a note another title, and its name and first heading too where they said the same; links follow.

        With `keep_alias` the old title becomes an alias of the note, in its front matter.
        """
        return self._renaming.rename(note_id, title, origin, keep_alias=keep_alias)

    def plan_rename(self, note_id: NoteId, title: str) -> tuple["LinkChange", ...]:
        """Return the links that `rename` would rewrite."""
        return self._renaming.plan_rename(note_id, title)

    def rename_heading(self, note_id: NoteId, ordinal: int, title: str, origin: str = "") -> Changes:
        """Give a heading other words, and a note that is called so another title; links follow."""
        return self._renaming.rename_heading(note_id, ordinal, title, origin)

    def plan_heading(self, note_id: NoteId, ordinal: int, title: str) -> tuple["LinkChange", ...]:
        """Return the links that `rename_heading` would rewrite."""
        return self._renaming.plan_heading(note_id, ordinal, title)

    def follow_heading(self, note_id: NoteId, before: str, after: str, origin: str = "") -> Changes:
        """Let the links to a heading that said `before` name the heading that says `after`."""
        return self._renaming.follow_heading(note_id, before, after, origin)

    def plan_following(self, note_id: NoteId, before: str, after: str) -> tuple["LinkChange", ...]:
        """Return the links that `follow_heading` would rewrite."""
        return self._renaming.plan_following(note_id, before, after)

    def set_kind(self, note_id: NoteId, kind: NoteKind, origin: str = "") -> Changes:
        """Say what a note is for."""
        with self._database.write() as transaction:
            return tree_changes.set_kind(transaction, note_id, kind, origin)

    def move(
        self, note_ids: Sequence[NoteId], parent_id: NoteId | None, position: int | None = None, origin: str = ""
    ) -> Changes:
        """Put notes, in this order, under a parent: last, or before the sibling now at row `position`; links follow."""
        return self._renaming.move(note_ids, parent_id, position, origin)

    def plan_move(self, note_ids: Sequence[NoteId], parent_id: NoteId | None) -> tuple["LinkChange", ...]:
        """Return the links that `move` would rewrite."""
        return self._renaming.plan_move(note_ids, parent_id)

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

    @cached_property
    def _renaming(self) -> "Renaming":
        from desktop.core.store.rewriting.renaming import Renaming  # late: the first screen needs no Markdown

        return Renaming(self._database)


def _apply(transaction: Transaction, step: TreeStep, origin: str) -> Changes:
    from desktop.core.store.rewriting import text_edits  # late: the first screen changes nothing

    match step.action:
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
