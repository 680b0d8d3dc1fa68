"""Texts that notes had: kept before they are overwritten.

A text is kept when the last kept one of the note is older than five minutes, or when the new text drops a third of it.
"""

import sqlite3
from dataclasses import dataclass

from desktop.core.errors import NoteNotFound
from desktop.core.records import NoteId
from desktop.core.store.database import Database
from desktop.core.store.rows import checksum

KEEP_EVERY_MS = 5 * 60 * 1000
BIG_LOSS = 2 / 3


@dataclass(frozen=True, slots=True)
class RevisionHead:
    """A kept text, without the text."""

    id: int
    version: int
    created: int
    title: str
    length: int


class History:
    """The kept texts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def revisions(self, note_id: NoteId) -> list[RevisionHead]:
        """Return the kept texts of a note, newest first."""
        rows = self._database.read().execute(
            "SELECT id, version, created, title, length(text) FROM revision WHERE note_id = ? ORDER BY version DESC",
            (note_id,),
        )
        return [RevisionHead(*row) for row in rows]

    def text(self, revision_id: int) -> str:
        """Return a kept text; raise NoteNotFound."""
        row = self._database.read().execute("SELECT text FROM revision WHERE id = ?", (revision_id,)).fetchone()
        if row is None:
            raise NoteNotFound("That earlier text is not kept any more.")
        return str(row[0])


def keep(
    sql: sqlite3.Connection, note_id: NoteId, version: int, title: str, old: str, new: str, now: int
) -> None:
    """Keep the old text of a note about to be overwritten, where the rule above says so."""
    if not old:
        return
    last = sql.execute(
        "SELECT created FROM revision WHERE note_id = ? ORDER BY id DESC LIMIT 1", (note_id,)
    ).fetchone()  # not the greatest: a clock that went back must not end the history
    if last is not None and abs(now - last[0]) < KEEP_EVERY_MS and len(new) > len(old) * BIG_LOSS:
        return
    sql.execute(
        "INSERT INTO revision (note_id, version, created, title, checksum, text) VALUES (?, ?, ?, ?, ?, ?)",
        (note_id, version, now, title, checksum(old), old),
    )
