"""What the user opened from search results: which notes, for which words. It earns a note a small bonus later."""

from collections.abc import Iterable

from desktop.core.records import NoteId
from desktop.core.store.database import Database
from desktop.core.store.rows import marks, now_ms

MOST_WORDS = 16  # of a query


class OpenedHits:
    """The library's memory of opened results."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, note_id: NoteId, words: Iterable[str]) -> None:
        """Remember that a note was opened from the results for these words; a note that is gone is none."""
        with self._database.write(counted=False) as transaction:
            transaction.sql.executemany(
                """INSERT INTO opened_hit (note_id, word, times, last) SELECT id, ?2, 1, ?3 FROM note WHERE id = ?1
                   ON CONFLICT (note_id, word) DO UPDATE SET times = times + 1, last = excluded.last""",
                [(note_id, word, now_ms()) for word in list(dict.fromkeys(words))[:MOST_WORDS]],
            )

    def times(self, words: Iterable[str]) -> dict[NoteId, dict[str, int]]:
        """Return for each note how often it was opened for which of the words."""
        wanted = list(dict.fromkeys(words))[:MOST_WORDS]
        found: dict[NoteId, dict[str, int]] = {}
        rows = self._database.read().execute(
            # A file from elsewhere may hold anything here; it must not keep the search from answering.
            f"SELECT note_id, word, times FROM opened_hit WHERE word IN ({marks(wanted)})"
            " AND typeof(note_id) = 'integer' AND typeof(times) = 'integer' AND times > 0",
            wanted,
        )
        for note_id, word, times in rows:
            found.setdefault(note_id, {})[word] = times
        return found

    def forget(self) -> None:
        """Forget everything."""
        with self._database.write(counted=False) as transaction:
            transaction.sql.execute("DELETE FROM opened_hit")
