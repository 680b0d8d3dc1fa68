"""What the filters of a query can be compared with: the tags, folders, months and web addresses that there are."""

from desktop.core.records import NoteId
from desktop.core.store.database import Database

_LIVING = "NOT IN (SELECT id FROM note WHERE trashed_at IS NOT NULL)"  # by the small index of the trash


class QueryValues:
    """Reads whole lists: whoever shows them keeps them for a while."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def state(self) -> str:
        """Return a mark that is another after every change of a note."""
        return self._database.meta("commits")

    def tags(self) -> list[tuple[str, NoteId]]:
        """Return every tag of every living note."""
        return self._database.read().execute(
            f"SELECT tag, note_id FROM tag WHERE note_id {_LIVING} ORDER BY tag_key"
        ).fetchall()  # fmt: skip

    def folders(self) -> list[tuple[str, int]]:
        """Return the titles of the notes that hold others, with how many stand directly under them."""
        return self._database.read().execute(
            "SELECT p.title, c.number FROM (SELECT parent_id, count(*) AS number FROM note"
            " WHERE trashed_at IS NULL AND parent_id IS NOT NULL GROUP BY parent_id) c"
            " JOIN note p ON p.id = c.parent_id WHERE p.trashed_at IS NULL ORDER BY p.title_key"
        ).fetchall()  # fmt: skip

    def months(self) -> list[tuple[str, int]]:
        """Return the months (2023-10) of the notes' dates, or of their last changes, with the number of notes."""
        return self._database.read().execute(
            "SELECT CASE WHEN date != '' THEN substr(date, 1, 7)"
            " ELSE strftime('%Y-%m', updated / 1000, 'unixepoch') END AS month, count(*)"
            " FROM note WHERE trashed_at IS NULL GROUP BY month ORDER BY month DESC"
        ).fetchall()  # fmt: skip

    def addresses(self) -> list[tuple[NoteId, str]]:
        """Return the notes with the beginnings of the web addresses they link to, up to the host's end."""
        return self._database.read().execute(
            "SELECT DISTINCT source_id, substr(target, 1, instr(substr(target, 9) || '/', '/') + 7) FROM link"
            f" WHERE target LIKE 'http%' AND source_id {_LIVING}"
        ).fetchall()  # fmt: skip
