"""Where notes stand: the chain of names from the root to each, now or before a change of the tree."""

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from desktop.core.records import NoteId
from desktop.core.store.rows import chunks, marks

Names = tuple[str, ...]  # from the root to a note, as they are written


@dataclass(frozen=True, slots=True)
class Called:
    """How a note was called and where it stood before a change."""

    parent_id: NoteId | None
    name: str
    title: str


def take_down(sql: sqlite3.Connection, note_ids: Iterable[NoteId]) -> dict[NoteId, Called]:
    """Return how notes are called and where they stand, to be compared once they are changed."""
    found = {}
    for chunk in chunks(list(note_ids)):
        rows = sql.execute(f"SELECT id, parent_id, name, title FROM note WHERE id IN ({marks(chunk)})", chunk)
        found.update({NoteId(row[0]): Called(*row[1:]) for row in rows})
    return found


class Paths:
    """The names from the root to notes; what was read is remembered."""

    def __init__(self, sql: sqlite3.Connection, before: Mapping[NoteId, Called] | None = None) -> None:
        self._sql = sql
        self._before = before or {}
        self._known: dict[NoteId, tuple[NoteId | None, str]] = {}
        self._paths: dict[NoteId, Names] = {}

    def to(self, note_id: NoteId) -> Names:
        """Return the names from the root to a note."""
        known = self._paths.get(note_id)
        if known is None:
            names: dict[NoteId, str] = {}
            current: NoteId | None = note_id
            while current is not None and current not in names:  # a damaged file may lead in a circle
                parent_id, names[current] = self._place(current)
                current = parent_id
            known = self._paths[note_id] = tuple(reversed(names.values()))
        return known

    def _place(self, note_id: NoteId) -> tuple[NoteId | None, str]:
        if note_id in self._before:
            return self._before[note_id].parent_id, self._before[note_id].name
        if note_id not in self._known:
            row = self._sql.execute("SELECT parent_id, name FROM note WHERE id = ?", (note_id,)).fetchone()
            self._known[note_id] = (row[0], row[1]) if row else (None, "")
        return self._known[note_id]
