"""What the graph asks of the store: pairs of linked notes, links to nothing, and where nodes stood last.

Long lists are put together by SQLite as JSON while other threads run, and in slices: row by row, the links of 100,000
notes would hold the interpreter for seconds. The notes' own rows, which lie among the texts, are read by id alone.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from desktop.core.records import NoteHead, NoteId, NoteKind
from desktop.core.store.database import Database
from desktop.core.store.rows import chunks, kind_of, marks, read_heads
from desktop.core.text.folding import fold_name

Edge = tuple[int, int]

BEGINNING: Final = 6_000  # characters of a text in which its first line is looked for
MOVED: Final = 0.05  # scene units: less than that is no other place
LIVING = "JOIN note n ON n.id = l.source_id AND n.trashed_at IS NULL"
RESOLVED = "l.target_id IS NOT NULL AND l.target_id != l.source_id"
TO_NOTHING = """l.target_id IS NULL AND l.target_key != ''
 AND NOT EXISTS (SELECT 1 FROM attachment a WHERE a.name_key = l.target_key)"""
TO_FILES = "l.target_id IS NULL AND l.target != '' AND l.kind IN ('image', 'embed', 'wiki', 'markdown')"
DAY = """CASE WHEN n.date != '' THEN substr(n.date, 1, 10)
 ELSE strftime('%Y-%m-%d', n.updated / 1000, 'unixepoch') END"""


class GraphFacts:
    """Links as pairs of ids, and stored positions."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def commits(self) -> str:
        """Return the mark that is another after every change of the library."""
        return self._database.meta("commits")

    # --- the whole library, in long lists ----------------------------------------------------------------

    def tree(self) -> tuple[list[int], list[int]]:
        """Return the ids of all living notes, and the id of each one's parent, 0 at the top."""
        return self._columns("id, ifnull(parent_id, 0)", "note INDEXED BY note_children WHERE trashed_at IS NULL")

    def edges_between(self, low: int, high: int) -> tuple[list[int], list[int]]:
        """Return source and target of every resolved link of the notes low <= id < high, each pair once."""
        wanted = f"WHERE source_id >= ? AND source_id < ? AND {RESOLVED}"
        pairs = f"(SELECT DISTINCT source_id, target_id FROM link l {wanted})"
        return self._columns("source_id, target_id", pairs, (low, high))

    def _columns(self, columns: str, table: str, parameters: Sequence[int] = ()) -> tuple[list[Any], list[Any]]:
        first, second = columns.split(", ", 1)
        statement = f"SELECT json_group_array({first}), json_group_array({second}) FROM {table}"
        row = self._database.read().execute(statement, parameters).fetchone()
        return json.loads(row[0]), json.loads(row[1])

    def matching(
        self, kinds: Collection[NoteKind], since: str, until: str, among: Sequence[int] | None
    ) -> frozenset[int]:
        """Return the living notes of these kinds whose day, their own or that of the last change, lies within."""
        conditions, values = ["n.trashed_at IS NULL"], list[str | int]()
        if kinds:
            conditions.append(f"n.kind IN ({marks(list(kinds))})")
            values += [str(kind) for kind in kinds]
        if since:
            conditions.append(f"{DAY} >= ?")
            values.append(since)
        if until:  # a month, or a year, is meant to its end
            conditions.append(f"substr({DAY}, 1, ?) <= ?")
            values += [len(until), until]
        wanted = " AND ".join(conditions)
        sql, found = self._database.read(), set[int]()
        if among is None:
            statement = f"SELECT json_group_array(n.id) FROM note n WHERE {wanted}"
            return frozenset(json.loads(sql.execute(statement, values).fetchone()[0]))
        for chunk in chunks(among):
            statement = f"SELECT n.id FROM note n WHERE {wanted} AND n.id IN ({marks(chunk)})"
            rows = sql.execute(statement, [*values, *chunk])
            found.update(row[0] for row in rows)
        return frozenset(found)

    def tagged(self, tag: str) -> frozenset[int]:
        """Return the notes that have a tag, or one that stands below it (`a/b` below `a`)."""
        key = fold_name(tag).strip("#/")
        rows = self._database.read().execute(
            "SELECT json_group_array(note_id) FROM tag"
            " WHERE tag_key = ?1 OR (tag_key > ?1 || '/' AND tag_key < ?1 || '0')",  # 0 follows / in any order
            (key,),
        )
        return frozenset(json.loads(rows.fetchone()[0]))

    # --- some notes --------------------------------------------------------------------------------------

    def edges_of(self, note_ids: Sequence[int]) -> list[Edge]:
        """Return the pairs in which one of the notes takes part, ascending."""
        found: set[Edge] = set()
        for chunk in chunks(note_ids):
            for column in ("source_id", "target_id"):
                linked = f"(SELECT DISTINCT l.source_id, l.target_id FROM link l {LIVING}"
                linked += f" WHERE l.{column} IN ({marks(chunk)}) AND {RESOLVED})"
                found.update(zip(*self._columns("source_id, target_id", linked, chunk), strict=True))
        return sorted(found)

    def unresolved_of(self, note_ids: Sequence[int]) -> list[tuple[int, str]]:
        """Return (source, target as written) of the links of these notes that lead to no note and no stored file."""
        return self._targets(note_ids, TO_NOTHING)

    def files_of(self, note_ids: Sequence[int]) -> list[tuple[int, str]]:
        """Return (source, target as written) of the images, embeds and links of these notes that mean no note."""
        return self._targets(note_ids, TO_FILES)

    def _targets(self, note_ids: Sequence[int], condition: str) -> list[tuple[int, str]]:
        found: list[tuple[int, str]] = []
        for chunk in chunks(note_ids):
            # By name: SQLite would go through all links to nothing, which are many, for each chunk.
            targets = "(SELECT DISTINCT l.source_id, l.target FROM link l INDEXED BY ix_link_source_id"
            targets += f" WHERE l.source_id IN ({marks(chunk)}) AND {condition})"
            found += zip(*self._columns("source_id, CAST(target AS TEXT)", targets, chunk), strict=True)
        return found

    def files(self) -> list[tuple[int, str, str]]:
        """Return (id, name, folded path) of every stored file that texts can name."""
        return self._database.read().execute(
            "SELECT id, name, path_key FROM attachment WHERE path_key != source_url ORDER BY length(path_key), id"
        ).fetchall()  # fmt: skip

    def tags_of(self, note_ids: Sequence[int]) -> list[tuple[int, str, str]]:
        """Return (note, folded tag, tag as written) of these notes."""
        found: list[tuple[int, str, str]] = []
        for chunk in chunks(note_ids):
            found += self._database.read().execute(
                f"SELECT note_id, tag_key, tag FROM tag WHERE note_id IN ({marks(chunk)})", chunk
            )
        return found

    def heads(self, note_ids: Sequence[int]) -> list[NoteHead]:
        """Return the heads of those notes that exist, in any order."""
        return list(read_heads(self._database.read(), [NoteId(note_id) for note_id in note_ids]).values())

    def titles(self, note_ids: Sequence[int]) -> list[tuple[int, str, NoteKind]]:
        """Return (id, title, kind) of those notes that exist, in any order."""
        found: list[tuple[int, str, NoteKind]] = []
        for chunk in chunks(note_ids):
            rows = self._database.read().execute(
                "SELECT json_group_array(json_array(id, CAST(title AS TEXT), kind)) FROM note"
                f" WHERE id IN ({marks(chunk)})",
                chunk,
            )
            found += [(row[0], row[1], kind_of(row[2])) for row in json.loads(rows.fetchone()[0])]
        return found

    def beginning(self, note_id: int) -> str:
        """Return the first characters of a note's text, "" where there is no such note."""
        row = self._database.read().execute(
            "SELECT substr(text, 1, ?) FROM note WHERE id = ? AND trashed_at IS NULL", (BEGINNING, note_id)
        ).fetchone()  # fmt: skip
        return row[0] if row is not None else ""

    # --- where nodes stand -------------------------------------------------------------------------------

    def positions(self, note_ids: Sequence[int] | None = None) -> dict[int, tuple[float, float]]:
        """Return the stored places of those notes, or of all."""
        if note_ids is None:
            ids, xs, ys = self._database.read().execute(
                "SELECT json_group_array(note_id), json_group_array(x), json_group_array(y) FROM node_position"
            ).fetchone()  # fmt: skip
            return dict(zip(json.loads(ids), zip(json.loads(xs), json.loads(ys), strict=True), strict=True))
        found: dict[int, tuple[float, float]] = {}
        for chunk in chunks(note_ids):
            rows = self._database.read().execute(
                f"SELECT note_id, x, y FROM node_position WHERE note_id IN ({marks(chunk)})", chunk
            )
            found.update({row[0]: (row[1], row[2]) for row in rows})
        return found

    def pinned(self) -> frozenset[int]:
        """Return the notes that are held where they stand."""
        rows = self._database.read().execute("SELECT note_id FROM node_position WHERE pinned")
        return frozenset(row[0] for row in rows)

    def save_positions(
        self, positions: Mapping[int, tuple[float, float]], pinned: Collection[int] | None = None
    ) -> None:
        """Store places, and which of these notes are held; only what is another, and not of notes that are gone."""
        stored, held = self.positions(), self.pinned()
        wanted = held if pinned is None else frozenset(pinned)
        rows: Iterable[tuple[float, float, bool, int]] = [
            (x, y, note_id in wanted, note_id)
            for note_id, (x, y) in positions.items()
            if (before := stored.get(note_id)) is None
            or max(abs(before[0] - x), abs(before[1] - y)) > MOVED
            or (note_id in wanted) != (note_id in held)
        ]
        if not rows:
            return
        with self._database.write(counted=False) as transaction:
            transaction.sql.executemany(
                "INSERT OR REPLACE INTO node_position (x, y, pinned, note_id)"
                " SELECT ?, ?, ?, id FROM note WHERE id = ?",
                rows,
            )
