"""Is the library sound? SQLite's own check, every checksum, and whether what is derived still follows from the texts.

A single flipped bit in a text is seen by SQLite's check in some 5 % of cases; a checksum sees it always.
"""

import hashlib
import sqlite3

from desktop.core.records import CheckReport, NoteId, ReportLine
from desktop.core.store.database import Database
from desktop.core.store.derived import TABLES, insert_derived, resolve_all_links
from desktop.core.store.rows import checksum
from desktop.core.text.document import read_document


def damaged_texts(sql: sqlite3.Connection) -> list[tuple[str, int]]:
    """Return (table, id) of every note, revision and attachment that differs from its checksum."""
    damaged: list[tuple[str, int]] = []
    for table in ("note", "revision"):
        for row_id, text, expected in sql.execute(f"SELECT id, text, checksum FROM {table}"):
            if not isinstance(text, str) or checksum(text) != expected:
                damaged.append((table, row_id))
    for row_id, expected, data in sql.execute("SELECT rowid, sha256, data FROM blob"):
        if hashlib.sha256(data).hexdigest() != expected:
            damaged.append(("attachment", row_id))
    return damaged


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
        for row in sql.execute("PRAGMA foreign_key_check"):
            problems.append(ReportLine(str(row[0]), "error", f"Row {row[1]} refers to a row that is gone."))
        damaged = damaged_texts(sql)
        for table, row_id in damaged:
            problems.append(ReportLine(self._name(sql, table, row_id), "error", "The text differs from its checksum."))
        stale = self._stale(sql)
        for note_id in stale:
            message = "Its sections or links do not follow from its text."
            problems.append(ReportLine(self._name(sql, "note", note_id), "warning", message))
        repaired = self._repair(damaged, stale) if repair and not self._database.read_only else 0
        tables = ("note", "revision", "attachment")
        counts = [sql.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables]
        return CheckReport(counts[0], counts[1], counts[2], tuple(problems), repaired)

    def rebuild_derived(self) -> int:
        """Make again everything that follows from the texts; return the number of notes."""
        with self._database.write() as transaction:
            sql = transaction.sql
            for table in TABLES:
                sql.execute(f"DELETE FROM {table}")
            pairs = [(NoteId(row[0]), read_document(row[1])) for row in sql.execute("SELECT id, text FROM note")]
            insert_derived(sql, pairs)
            resolve_all_links(sql)
        return len(pairs)

    def _repair(self, damaged: list[tuple[str, int]], stale: list[NoteId]) -> int:
        repaired = 0
        with self._database.write() as transaction:
            sql = transaction.sql
            for table, row_id in damaged:
                repaired += table == "note" and _bring_back(sql, NoteId(row_id))
        if stale or repaired:
            self.rebuild_derived()
        return repaired + len(stale)

    def _stale(self, sql: sqlite3.Connection) -> list[NoteId]:
        counts: dict[str, dict[int, int]] = {}
        for table in TABLES:
            owner = "source_id" if table == "link" else "note_id"
            counts[table] = dict(sql.execute(f"SELECT {owner}, count(*) FROM {table} GROUP BY 1"))
        stale = []
        for note_id, text in sql.execute("SELECT id, text FROM note"):
            document = read_document(text)
            expected = (len(document.sections), len(document.links))
            if expected != (counts["section"].get(note_id, 0), counts["link"].get(note_id, 0)):
                stale.append(NoteId(note_id))
        return stale

    def _name(self, sql: sqlite3.Connection, table: str, row_id: int) -> str:
        if table == "attachment":
            row = sql.execute(
                "SELECT a.name FROM attachment a JOIN blob b ON b.sha256 = a.sha256 WHERE b.rowid = ?", (row_id,)
            ).fetchone()
        else:
            row = sql.execute(f"SELECT title FROM {table} WHERE id = ?", (row_id,)).fetchone()
        return str(row[0]) if row else f"{table} {row_id}"


def _bring_back(sql: sqlite3.Connection, note_id: NoteId) -> bool:
    """Put the newest sound text of the history in a damaged note's place, the damaged one kept as a revision."""
    rows = sql.execute("SELECT text, checksum FROM revision WHERE note_id = ? ORDER BY version DESC", (note_id,))
    sound = next((text for text, expected in rows if isinstance(text, str) and checksum(text) == expected), None)
    (text, version, title, updated) = sql.execute(
        "SELECT text, version, title, updated FROM note WHERE id = ?", (note_id,)
    ).fetchone()
    if not isinstance(text, str):
        return False
    if sound is not None:
        sql.execute(
            "INSERT INTO revision (note_id, version, created, title, checksum, text) VALUES (?, ?, ?, ?, ?, ?)",
            (note_id, version, updated, title, checksum(text), text),
        )
        text = sound
    sql.execute(
        "UPDATE note SET text = ?, checksum = ?, version = version + 1 WHERE id = ?", (text, checksum(text), note_id)
    )
    return True
