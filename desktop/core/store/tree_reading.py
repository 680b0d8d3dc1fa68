"""The tree as it is read: lists of heads, pages of children, the trash, the tags. Column selects, never objects."""

import re
from collections.abc import Sequence

from desktop.core.records import NoteHead, NoteId
from desktop.core.store.database import Database
from desktop.core.store.rows import HEAD, chunks, head_of, marks, read_head, read_heads, subtree
from desktop.core.text.folding import fold_name


class TreeReading:
    """What can be asked of the tree."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def children(self, parent_id: NoteId | None, offset: int = 0, limit: int = 300) -> list[NoteHead]:
        """Return a page of the living notes under a parent (None: the root), in their order."""
        rows = self._database.read().execute(
            f"SELECT {HEAD} FROM note n WHERE n.parent_id IS ? AND n.trashed_at IS NULL ORDER BY n.position, n.id"
            " LIMIT ? OFFSET ?",
            (parent_id, limit, offset),
        )
        return [head_of(row) for row in rows]

    def count(self, parent_id: NoteId | None) -> int:
        """Return how many living notes stand directly under a parent."""
        return self._number("SELECT count(*) FROM note WHERE parent_id IS ? AND trashed_at IS NULL", parent_id)

    def total(self) -> int:
        """Return how many living notes there are."""
        return self._number("SELECT count(*) FROM note WHERE trashed_at IS NULL")

    def head(self, note_id: NoteId) -> NoteHead:
        """Return a note's head, trashed or not; raise NoteNotFound."""
        return read_head(self._database.read(), note_id)

    def heads(self, note_ids: Sequence[NoteId]) -> list[NoteHead]:
        """Return the heads of those notes that exist, in the order asked for."""
        found = read_heads(self._database.read(), note_ids)
        return [found[note_id] for note_id in note_ids if note_id in found]

    def exists(self, note_id: NoteId) -> bool:
        """Tell whether the note lives."""
        return bool(self._number("SELECT count(*) FROM note WHERE id = ? AND trashed_at IS NULL", note_id))

    def path(self, note_id: NoteId) -> tuple[NoteHead, ...]:
        """Return the note with all above it, root first."""
        heads = {note_id: self.head(note_id)}
        above = heads[note_id].parent_id
        while above is not None and above not in heads:  # a damaged file may lead in a circle
            heads[above] = self.head(above)
            above = heads[above].parent_id
        return tuple(reversed(heads.values()))

    def row(self, note_id: NoteId) -> int:
        """Return the note's index among its living siblings."""
        return self._number(
            "SELECT count(*) FROM note s JOIN note n ON s.parent_id IS n.parent_id WHERE n.id = ?"
            " AND s.trashed_at IS NULL AND (s.position, s.id) < (n.position, n.id)",
            note_id,
        )

    def filter(self, text: str, limit: int = 300) -> list[NoteHead]:
        """Return living notes whose title holds the text, case and ё ignored."""
        pattern = "%" + re.sub(r"([%_\\])", r"\\\1", fold_name(text)) + "%"
        rows = self._database.read().execute(
            f"SELECT {HEAD} FROM note n WHERE n.title_key LIKE ? ESCAPE '\\' AND n.trashed_at IS NULL"
            " ORDER BY n.title_key LIMIT ?",
            (pattern, limit),
        )
        return [head_of(row) for row in rows]

    def living(self) -> list[NoteHead]:
        """Return every living note, parents before children, siblings in order."""
        by_parent: dict[NoteId | None, list[NoteHead]] = {}
        for row in self._database.read().execute(
            f"SELECT {HEAD} FROM note n WHERE n.trashed_at IS NULL ORDER BY n.position, n.id"
        ):
            head = head_of(row)
            by_parent.setdefault(head.parent_id, []).append(head)
        ordered: list[NoteHead] = []
        waiting = list(reversed(by_parent.get(None, [])))
        while waiting:
            head = waiting.pop()
            ordered.append(head)
            waiting.extend(reversed(by_parent.get(head.id, [])))
        return ordered

    def below(self, note_id: NoteId) -> list[NoteId]:
        """Return the note and all living notes below it."""
        return subtree(self._database.read(), [note_id])

    def trash(self) -> list[NoteHead]:
        """Return the trashed notes whose parent was not trashed with them, newest first."""
        rows = self._database.read().execute(
            f"""SELECT {HEAD} FROM note n LEFT JOIN note p ON p.id = n.parent_id
                WHERE n.trashed_at IS NOT NULL AND p.trashed_at IS NOT n.trashed_at
                ORDER BY n.trashed_at DESC, n.id"""
        )
        return [head_of(row) for row in rows]

    def tags(self) -> list[tuple[str, int]]:
        """Return every tag of living notes with its number of notes, in alphabetical order."""
        rows = self._database.read().execute(
            "SELECT min(t.tag), count(*) FROM tag t JOIN note n ON n.id = t.note_id WHERE n.trashed_at IS NULL"
            " GROUP BY t.tag_key ORDER BY t.tag_key"
        )
        return [(row[0], row[1]) for row in rows]

    def tags_of(self, note_ids: Sequence[NoteId]) -> dict[NoteId, list[str]]:
        """Return the tags of those notes that have any."""
        found: dict[NoteId, list[str]] = {}
        for chunk in chunks(note_ids):
            rows = self._database.read().execute(
                f"SELECT note_id, tag FROM tag WHERE note_id IN ({marks(chunk)}) ORDER BY tag_key", chunk
            )
            for note_id, tag in rows:
                found.setdefault(NoteId(note_id), []).append(tag)
        return found

    def _number(self, statement: str, *values: object) -> int:
        return int(self._database.read().execute(statement, values).fetchone()[0])
