"""Words on their way between notes: taken out into a note of their own, put at the end of another; names for links."""

from desktop.core.records import Changes, Extraction, MergePlan, NoteId
from desktop.core.store.database import Database
from desktop.core.store.links.targets import target_anywhere
from desktop.core.store.names import name_for
from desktop.core.store.rewriting.extracting import extract
from desktop.core.store.rewriting.linked_notes import create_linked
from desktop.core.store.rewriting.merging import merge, plan_merge
from desktop.core.store.rows import read_head
from desktop.core.text.folding import fold_name


class Passages:
    """What moves text between notes. Each change is one transaction, and can be taken back as one."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def name_of(self, note_id: NoteId) -> str:
        """Return the shortest target of a wiki link that means the note, wherever the link is written."""
        return target_anywhere(self._database.read(), note_id)

    def link_to(self, note_id: NoteId) -> str:
        """Return a wiki link that means the note wherever it is written, and says its title."""
        head = read_head(self._database.read(), note_id)
        same = fold_name(head.title) == fold_name(head.name)
        return f"[[{self.name_of(note_id)}]]" if same else f"[[{self.name_of(note_id)}|{name_for(head.title)}]]"

    def extract(self, wanted: Extraction, origin: str = "") -> Changes:
        """Make a note of a part of another, leaving a link; raise SaveConflict where the text is another by now."""
        with self._database.write() as transaction:
            return extract(transaction, wanted, origin)

    def plan_merge(self, note_id: NoteId, into_id: NoteId) -> MergePlan:
        """Return what merging a note into another would do; nothing is changed."""
        return plan_merge(self._database.read(), note_id, into_id)

    def merge(self, note_id: NoteId, into_id: NoteId, origin: str = "") -> Changes:
        """Put a note's text at the end of another's, its children below that, its links to it, itself in the trash."""
        with self._database.write() as transaction:
            return merge(transaction, note_id, into_id, origin)

    def create_linked(self, source_id: NoteId, target: str, anchor: str = "", origin: str = "") -> Changes:
        """Make the note that a link names, the last of `created`, with the folders that the link names and miss."""
        with self._database.write() as transaction:
            return create_linked(transaction, source_id, target, anchor, origin)
