"""Is the library sound? SQLite's own check, every checksum, and whether what is derived still follows from the texts.

A single flipped bit in a text is seen by SQLite's check in some 5 % of cases; a checksum sees it always.
"""

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence

from desktop.core.records import CheckReport, NoteId, ReportLine
from desktop.core.store.database import Database
from desktop.core.store.derived import TABLES, insert_derived, queue_for_index, resolve_all_links
from desktop.core.store.names import unique_name
from desktop.core.store.rows import checksum
from desktop.core.text.document import read_document
from desktop.core.text.folding import fold_name


def damaged_texts(sql: sqlite3.Connection) -> list[tuple[str, int]]:
    """Return (table, id) of every note, revision and attachment that differs from its checksum."""
    damaged: list[tuple[str, int]] = []
    for table in ("note", "revision"):
        # As bytes: half of all flipped bits leave a text that is no UTF-8, which SQLite would refuse to hand out.
        rows = sql.execute(f"SELECT id, typeof(text), CAST(text AS BLOB), checksum FROM {table}")
        for row_id, kind, text, expected in rows:
            if kind != "text" or hashlib.blake2b(text, digest_size=16).digest() != expected:
                damaged.append((table, row_id))
    for row_id, kind, expected, data in sql.execute("SELECT rowid, typeof(data), sha256, data FROM blob"):
        if kind != "blob" or hashlib.sha256(data).hexdigest() != expected:
            damaged.append(("attachment", row_id))
    return damaged


def lost_notes(sql: sqlite3.Connection) -> list[NoteId]:
    """Return the living notes that no way leads to from the root: under what is gone or trashed, or in a circle."""
    below: dict[int | None, list[NoteId]] = {}
    for note_id, parent_id in sql.execute("SELECT id, parent_id FROM note WHERE trashed_at IS NULL"):
        below.setdefault(parent_id, []).append(NoteId(note_id))
    waiting = below.pop(None, [])
    while waiting:
        waiting += below.pop(waiting.pop(), [])
    return sorted(note_id for children in below.values() for note_id in children)


class Checker:
    """Checks and mends one library."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def check(self, repair: bool = False) -> CheckReport:
        """Check everything; with `repair`, make again what is derived and bring damaged texts back from history."""
        sql = self._database.read()
        problems: list[ReportLine] = []
        for row in sql.execute("PRAGMA integrity_check(20)"):
            if row[0] != "ok":
                problems.append(ReportLine(self._database.path.name, "error", f"SQLite says: {row[0]}"))
        orphans = sql.execute("PRAGMA foreign_key_check").fetchall()
        for row in orphans:
            problems.append(ReportLine(str(row[0]), "error", f"Row {row[1]} refers to a row that is gone."))
        damaged = damaged_texts(sql)
        for table, row_id in damaged:
            problems.append(ReportLine(self._name(sql, table, row_id), "error", "The text differs from its checksum."))
        lost = lost_notes(sql)
        for note_id in lost:
            message = "It stands under no note that can be reached, so the tree does not show it."
            problems.append(ReportLine(self._name(sql, "note", note_id), "error", message))
        stale = self._stale(sql, {row_id for table, row_id in damaged if table == "note"})
        for note_id in stale:
            message = "Its sections or links do not follow from its text."
            problems.append(ReportLine(self._name(sql, "note", note_id), "warning", message))
        repaired = self._repair(damaged, lost, stale, bool(orphans)) if repair and not self._database.read_only else 0
        tables = ("note", "revision", "attachment")
        counts = [sql.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables]
        return CheckReport(counts[0], counts[1], counts[2], tuple(problems), repaired)

    def rebuild_derived(self) -> int:
        """Make again everything that follows from the texts; return the number of notes."""
        with self._database.write() as transaction:
            sql = transaction.sql
            for table in TABLES:
                sql.execute(f"DELETE FROM {table}")
            pairs = [(note_id, read_document(text)) for note_id, text in _texts(sql)]
            insert_derived(sql, pairs)
            resolve_all_links(sql)
        return len(pairs)

    def _repair(
        self, damaged: list[tuple[str, int]], lost: list[NoteId], stale: list[NoteId], orphans: bool
    ) -> int:
        repaired = 0
        with self._database.write() as transaction:
            sql = transaction.sql
            for table, row_id in damaged:
                repaired += table == "note" and _bring_back(sql, NoteId(row_id))
            repaired += _put_at_the_root(sql, lost)
            queue_for_index(sql, [*(NoteId(row_id) for table, row_id in damaged if table == "note"), *lost])
            for table in ("import_source", "node_position", "opened_hit") if orphans else ():
                sql.execute(f"DELETE FROM {table} WHERE note_id NOT IN (SELECT id FROM note)")
        if stale or repaired or orphans:
            self.rebuild_derived()
        return repaired + len(stale)

    def _stale(self, sql: sqlite3.Connection, damaged: set[int]) -> list[NoteId]:
        counts: dict[str, dict[int, int]] = {}
        for table in TABLES:
            owner = "source_id" if table == "link" else "note_id"
            counts[table] = dict(sql.execute(f"SELECT {owner}, count(*) FROM {table} GROUP BY 1"))
        stale = []
        for note_id, text in _texts(sql):
            if note_id in damaged:
                continue
            document = read_document(text)
            expected = (len(document.sections), len(document.links))
            if expected != (counts["section"].get(note_id, 0), counts["link"].get(note_id, 0)):
                stale.append(note_id)
        return stale

    def _name(self, sql: sqlite3.Connection, table: str, row_id: int) -> str:
        if table == "attachment":
            row = sql.execute(
                "SELECT a.name FROM attachment a JOIN blob b ON b.sha256 = a.sha256 WHERE b.rowid = ?", (row_id,)
            ).fetchone()
        else:
            row = sql.execute(f"SELECT title FROM {table} WHERE id = ?", (row_id,)).fetchone()
        return str(row[0]) if row else f"{table} {row_id}"


def _texts(sql: sqlite3.Connection) -> Iterator[tuple[NoteId, str]]:
    """Yield every note's text, readable whatever a damaged file holds."""
    for note_id, text in sql.execute("SELECT id, CAST(text AS BLOB) FROM note"):
        yield NoteId(note_id), text.decode("utf-8", "replace")


def _bring_back(sql: sqlite3.Connection, note_id: NoteId) -> bool:
    """Put the newest sound text of the history in a damaged note's place, the damaged one kept as a revision."""
    rows = sql.execute(
        "SELECT CAST(text AS BLOB), checksum FROM revision WHERE note_id = ? ORDER BY version DESC, id DESC", (note_id,)
    )
    sound = next((text for text, expected in rows if hashlib.blake2b(text, digest_size=16).digest() == expected), None)
    (stored, version, title, updated) = sql.execute(
        "SELECT CAST(text AS BLOB), version, title, updated FROM note WHERE id = ?", (note_id,)
    ).fetchone()
    text = stored.decode("utf-8", "replace")
    if sound is not None:
        sql.execute(
            "INSERT INTO revision (note_id, version, created, title, checksum, text) VALUES (?, ?, ?, ?, ?, ?)",
            (note_id, version, updated, title, checksum(text), text),
        )
        text = sound.decode()
    sql.execute(
        "UPDATE note SET text = ?, checksum = ?, version = version + 1 WHERE id = ?", (text, checksum(text), note_id)
    )
    return True


def _put_at_the_root(sql: sqlite3.Connection, lost: Sequence[NoteId]) -> int:
    """Bring lost notes back into the tree, each with what stands below it; return how many had to move."""
    parents = {n: sql.execute("SELECT parent_id FROM note WHERE id = ?", (n,)).fetchone()[0] for n in lost}
    done: set[NoteId] = set()
    tops: list[NoteId] = []
    for note_id in lost:
        trail: dict[NoteId, None] = {}
        while note_id in parents and note_id not in done and note_id not in trail:
            trail[note_id] = None
            note_id = parents[note_id]
        if note_id in trail:
            tops.append(note_id)  # a circle is opened here
        elif trail and note_id not in done:
            tops.append(next(reversed(trail)))  # the one above it is gone or trashed
        done.update(trail)
    for top in tops:
        name = unique_name(sql, sql.execute("SELECT name FROM note WHERE id = ?", (top,)).fetchone()[0], None)
        sql.execute(
            "UPDATE note SET parent_id = NULL, name = ?, name_key = ? WHERE id = ?", (name, fold_name(name), top)
        )
    return len(tops)
