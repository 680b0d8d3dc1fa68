"""The durable outbox of the search index: which notes it has not got in their newest state.

It is filled by the transactions that change notes and emptied only after the index has committed.
"""

import sqlite3
from collections.abc import Iterable

from desktop.core.records import NoteId
from desktop.core.store.database import Database


class IndexQueue:
    """Notes that wait for the search index."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def pending(self) -> int:
        """Return how many notes wait."""
        return int(self._database.read().execute("SELECT count(*) FROM index_queue").fetchone()[0])

    def take(self, limit: int) -> list[tuple[NoteId, int]]:
        """Return up to `limit` waiting (note, ticket) pairs, the longest waiting first; they stay until `done`."""
        sql = self._database.read()
        return sql.execute("SELECT note_id, ticket FROM index_queue ORDER BY ticket LIMIT ?", (limit,)).fetchall()

    def done(self, pairs: Iterable[tuple[NoteId, int]]) -> None:
        """Remove what the index has committed; a note that was queued again meanwhile stays."""
        with self._database.write(counted=False) as transaction:
            transaction.sql.executemany("DELETE FROM index_queue WHERE note_id = ? AND ticket = ?", pairs)

    def enqueue_all(self) -> None:
        """Put every note in the queue: the index is to be built anew."""
        with self._database.write(counted=False) as transaction:
            enqueue_all(transaction.sql)


def enqueue_all(sql: sqlite3.Connection) -> None:
    """Put every note in the queue, the newest first."""
    sql.execute("DELETE FROM index_queue")
    sql.execute(
        "INSERT INTO index_queue (note_id, ticket) SELECT id, row_number() OVER (ORDER BY updated DESC, id)"
        " FROM note WHERE trashed_at IS NULL"
    )
