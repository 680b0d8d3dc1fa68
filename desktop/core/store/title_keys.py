"""The names that notes go by, read in bulk for finding a note by a few letters.

The folded keys stand in indexes of their own, so that reading all of them never touches the pages of the texts. SQLite
puts a list together as JSON while other threads run: row by row, 100,000 titles hold the interpreter for 0.3 s.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop.core.records import NoteHead, NoteId
from desktop.core.store.database import Database
from desktop.core.store.rows import chunks, marks, read_heads


@dataclass(frozen=True, slots=True)
class NamedHead:
    """A living note with its aliases as they were written."""

    head: NoteHead
    aliases: tuple[str, ...]


class TitleKeys:
    """Titles, names and aliases of the living notes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def commits(self) -> str:
        """Return the mark that is another after every change of the library."""
        return self._database.meta("commits")

    def all(self) -> tuple[dict[NoteId, str], dict[NoteId, list[str]]]:
        """Return the folded title of every living note, and of those that have any, other folded names and aliases."""
        titles = dict(self._pairs("note", "id", "title_key"))
        for (note_id,) in self._database.read().execute("SELECT id FROM note WHERE trashed_at IS NOT NULL"):
            titles.pop(note_id, None)
        others: dict[NoteId, list[str]] = {}
        for pairs in (self._pairs("note", "id", "name_key"), self._pairs("alias", "note_id", "alias_key")):
            for note_id, key in [pair for pair in pairs if titles.get(pair[0]) not in (None, pair[1])]:
                others.setdefault(note_id, []).append(key)
        return titles, others

    def newest(self, limit: int) -> list[NoteId]:
        """Return the living notes that were changed last, the newest first."""
        rows = self._database.read().execute(
            "SELECT id FROM note WHERE trashed_at IS NULL ORDER BY updated DESC, id DESC LIMIT ?", (limit,)
        )
        return [NoteId(row[0]) for row in rows]

    def named(self, note_ids: Sequence[NoteId]) -> dict[NoteId, NamedHead]:
        """Return those of the notes that live, with their aliases."""
        sql = self._database.read()
        aliases: dict[NoteId, list[str]] = {}
        for chunk in chunks(note_ids):
            for note_id, alias in sql.execute(
                f"SELECT note_id, alias FROM alias WHERE note_id IN ({marks(chunk)}) ORDER BY alias_key", chunk
            ):
                aliases.setdefault(note_id, []).append(alias)
        heads = read_heads(sql, note_ids)
        return {
            note_id: NamedHead(head, tuple(aliases.get(note_id, ())))
            for note_id, head in heads.items()
            if head.trashed_at is None
        }

    def _pairs(self, table: str, note_id: str, key: str) -> Iterable[tuple[NoteId, str]]:
        statement = f"SELECT json_group_array({note_id}), json_group_array(CAST({key} AS TEXT)) FROM {table}"
        ids, keys = self._database.read().execute(statement).fetchone()
        return zip(json.loads(ids), json.loads(keys), strict=True)
