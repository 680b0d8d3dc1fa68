"""What the graph asks of the store: pairs of linked notes, links to nothing, and where nodes stood last."""

from collections.abc import Iterable, Mapping, Sequence

from desktop.core.records import NoteHead, NoteId
from desktop.core.store.database import Database
from desktop.core.store.rows import HEAD, chunks, head_of, marks, read_heads

Edge = tuple[int, int]

LIVING = "JOIN note n ON n.id = l.source_id AND n.trashed_at IS NULL"
RESOLVED = "l.target_id IS NOT NULL AND l.target_id != l.source_id"
TO_NOTHING = """l.target_id IS NULL AND l.target_key != ''
 AND NOT EXISTS (SELECT 1 FROM attachment a WHERE a.name_key = l.target_key)"""


class GraphFacts:
    """Links as pairs of ids, and stored positions."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def edges(self) -> list[Edge]:
        """Return every pair (source, target) of living notes once, links to itself left out."""
        return self._database.read().execute(
            f"SELECT DISTINCT l.source_id, l.target_id FROM link l {LIVING} WHERE {RESOLVED}"
        ).fetchall()  # fmt: skip

    def edges_of(self, note_ids: Sequence[int]) -> list[Edge]:
        """Return the pairs in which one of the notes takes part, ascending."""
        found: set[Edge] = set()
        for chunk in chunks(note_ids):
            for column in ("source_id", "target_id"):
                found.update(
                    self._database.read().execute(
                        f"SELECT l.source_id, l.target_id FROM link l {LIVING}"
                        f" WHERE l.{column} IN ({marks(chunk)}) AND {RESOLVED}",
                        chunk,
                    )
                )
        return sorted(found)

    def unresolved_of(self, note_ids: Sequence[int]) -> list[tuple[int, str]]:
        """Return (source, target as written) of the links of these notes that lead to no note and no attachment."""
        found: list[tuple[int, str]] = []
        for chunk in chunks(note_ids):
            found += self._database.read().execute(
                f"SELECT DISTINCT l.source_id, l.target FROM link l WHERE l.source_id IN ({marks(chunk)})"
                f" AND {TO_NOTHING}",
                chunk,
            )
        return found

    def heads(self, note_ids: Sequence[int]) -> list[NoteHead]:
        """Return the heads of those notes that exist, in any order."""
        return list(read_heads(self._database.read(), [NoteId(note_id) for note_id in note_ids]).values())

    def all_heads(self) -> list[NoteHead]:
        """Return the heads of all living notes."""
        rows = self._database.read().execute(f"SELECT {HEAD} FROM note n WHERE n.trashed_at IS NULL")
        return [head_of(row) for row in rows]

    def positions(self, note_ids: Sequence[int] | None = None) -> dict[int, tuple[float, float]]:
        """Return the stored places of those notes, or of all."""
        rows = self._database.read().execute("SELECT note_id, x, y FROM node_position")
        wanted = None if note_ids is None else set(note_ids)
        return {row[0]: (row[1], row[2]) for row in rows if wanted is None or row[0] in wanted}

    def save_positions(self, positions: Mapping[int, tuple[float, float]]) -> None:
        """Store places; those of notes that are gone are dropped."""
        rows: Iterable[tuple[float, float, int]] = [(x, y, note_id) for note_id, (x, y) in positions.items()]
        with self._database.write(counted=False) as transaction:
            transaction.sql.executemany(
                "INSERT OR REPLACE INTO node_position (x, y, note_id) SELECT ?, ?, id FROM note WHERE id = ?", rows
            )
