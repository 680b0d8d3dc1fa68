"""Many notes at once: what an import stores, with lists instead of objects.

Inserting 10,000 notes one object at a time takes seconds; as one list, a third of a second.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.core.records import Document, NoteId, NoteKind
from desktop.core.store.database import Database, Transaction
from desktop.core.store.derived import clean, insert_derived, queue_for_index, resolve_all_links
from desktop.core.store.notes import store_text
from desktop.core.store.rows import checksum, last_id, now_ms
from desktop.core.text.folding import fold_name


@dataclass(frozen=True, slots=True)
class NoteDraft:
    """A note about to be stored; its parent is a stored note, or an earlier draft by its index."""

    name: str
    title: str
    kind: NoteKind
    text: str
    document: Document
    parent_id: NoteId | None = None
    parent_draft: int | None = None
    source: str = ""  # the file it was read from
    source_checksum: bytes = b""  # of that file's bytes
    created: int = 0  # ms since 1970; 0 is now


@dataclass(frozen=True, slots=True)
class ImportedNote:
    """What is known of a note that was imported before."""

    id: NoteId
    source_checksum: bytes  # of the file then
    edited: bool  # by the user since


class Drafts:
    """Bulk storing within one transaction of the caller."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def imported_from(self, sources: Sequence[str]) -> dict[str, ImportedNote]:
        """Return the living notes that were imported from these files, by file."""
        wanted = {clean(source): source for source in sources}
        rows = self._database.read().execute(
            "SELECT s.source, s.note_id, s.checksum, n.version != s.version FROM import_source s"
            " JOIN note n ON n.id = s.note_id WHERE n.trashed_at IS NULL"
        )
        return {
            wanted[source]: ImportedNote(NoteId(note_id), bytes(digest), bool(edited))
            for source, note_id, digest, edited in rows
            if source in wanted
        }

    def children_by_name(self) -> dict[tuple[NoteId | None, str], NoteId]:
        """Return every living note by its parent and folded name."""
        rows = self._database.read().execute("SELECT parent_id, name_key, id FROM note WHERE trashed_at IS NULL")
        return {(parent_id, name_key): NoteId(note_id) for parent_id, name_key, note_id in rows}

    def insert_many(self, transaction: Transaction, drafts: Sequence[NoteDraft]) -> list[NoteId]:
        """Store drafts, in their order, last under their parents; return their ids. Links are not resolved yet.

        Names must be unique under their parents already.
        """
        sql = transaction.sql
        first = last_id(sql) + 1
        ids = [NoteId(first + n) for n in range(len(drafts))]
        now = now_ms()
        last: dict[NoteId | None, int] = {}
        rows = []
        for note_id, draft in zip(ids, drafts, strict=True):
            parent = draft.parent_id if draft.parent_draft is None else ids[draft.parent_draft]
            if parent not in last:
                found = sql.execute("SELECT max(position) FROM note WHERE parent_id IS ?", (parent,)).fetchone()[0]
                last[parent] = -1 if found is None else int(found)
            last[parent] += 1
            text, name, title = clean(draft.text), clean(draft.name), clean(draft.title)
            rows.append(
                (note_id, uuid.uuid4().hex, draft.kind, name, title, parent, last[parent], draft.created or now, now,
                 checksum(text), fold_name(name), fold_name(title), clean(draft.document.date), text)
            )  # fmt: skip
        sql.executemany(
            "INSERT INTO note (id, uid, kind, name, title, parent_id, position, version, created, updated, checksum,"
            " name_key, title_key, date, text) VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?)",
            rows,
        )
        insert_derived(sql, [(note_id, draft.document) for note_id, draft in zip(ids, drafts, strict=True)])
        self.remember_sources(
            transaction, [(n, d.source, d.source_checksum, 1) for n, d in zip(ids, drafts, strict=True) if d.source]
        )
        queue_for_index(sql, ids)
        return ids

    def replace_text(self, transaction: Transaction, note_id: NoteId, text: str) -> int:
        """Store a newer text of an imported note, keeping the older as a revision; return the new version."""
        changes = store_text(transaction, note_id, text, 0, "import", force=True)
        return changes.versions[note_id]

    def remember_sources(
        self, transaction: Transaction, rows: Sequence[tuple[NoteId, str, bytes, int]]
    ) -> None:
        """Remember (note, file, the file's checksum, the note's version that holds the file's text)."""
        transaction.sql.executemany(
            "INSERT OR REPLACE INTO import_source (note_id, source, checksum, version) VALUES (?, ?, ?, ?)",
            [(note_id, clean(source), digest, version) for note_id, source, digest, version in rows],
        )

    def resolve_all(self, transaction: Transaction) -> None:
        """Find the targets of all links once everything is stored."""
        resolve_all_links(transaction.sql)
