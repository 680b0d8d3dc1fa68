"""Queries that the user keeps under titles, in an order of the user's own."""

import sqlite3
from collections.abc import Sequence

from desktop.core.errors import KonspektError
from desktop.core.records import Changes, SavedSearch
from desktop.core.store.database import Database
from desktop.core.store.derived import clean
from desktop.core.text.folding import fold_name

MAX_TITLE = 200  # characters
MAX_QUERY = 2_000


class SavedSearches:
    """The saved searches of one library; every change is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def list(self) -> list[SavedSearch]:
        """Return the saved searches in their order."""
        rows = self._database.read().execute("SELECT id, title, query FROM saved_search ORDER BY position, id")
        return [SavedSearch(row[0], str(row[1]), str(row[2])) for row in rows]

    def add(self, title: str, query: str, position: int | None = None, origin: str = "") -> Changes:
        """Keep a query, last or at `position`; a title that is taken gets a number."""
        query = _line(query, MAX_QUERY)
        if not query:
            raise KonspektError("Write a query first; then it can be saved.")
        with self._database.write() as transaction:
            sql = transaction.sql
            order = _ids(sql)
            name = _free_title(sql, _line(title, MAX_TITLE) or query[:MAX_TITLE])
            cursor = sql.execute(
                "INSERT INTO saved_search (title, query, position) VALUES (?, ?, ?)", (name, query, len(order))
            )
            order.insert(len(order) if position is None else max(0, position), cursor.lastrowid or 0)
            _put_in_order(sql, order)
        return Changes(origin=origin, searches=True)

    def rename(self, search_id: int, title: str, origin: str = "") -> Changes:
        """Give a saved search another title; an empty one changes nothing."""
        name = _line(title, MAX_TITLE)
        if not name:
            return Changes(origin=origin)
        with self._database.write() as transaction:
            sql = transaction.sql
            name = _free_title(sql, name, but=search_id)
            sql.execute("UPDATE saved_search SET title = ? WHERE id = ?", (name, search_id))
        return Changes(origin=origin, searches=True)

    def remove(self, search_ids: Sequence[int], origin: str = "") -> Changes:
        """Forget saved searches."""
        with self._database.write() as transaction:
            sql = transaction.sql
            sql.executemany("DELETE FROM saved_search WHERE id = ?", [(search_id,) for search_id in search_ids])
            _put_in_order(sql, _ids(sql))
        return Changes(origin=origin, searches=True)

    def move(self, search_id: int, position: int, origin: str = "") -> Changes:
        """Put a saved search at a place in the order, counted without itself."""
        with self._database.write() as transaction:
            sql = transaction.sql
            order = _ids(sql)
            if search_id in order:
                order.remove(search_id)
                order.insert(max(0, position), search_id)
                _put_in_order(sql, order)
        return Changes(origin=origin, searches=True)


def _line(text: str, limit: int) -> str:
    """Return the text as one line, cut to a length."""
    return clean(" ".join(text[: 2 * limit].split()))[:limit].rstrip()


def _ids(sql: sqlite3.Connection) -> list[int]:
    return [row[0] for row in sql.execute("SELECT id FROM saved_search ORDER BY position, id")]


def _put_in_order(sql: sqlite3.Connection, order: Sequence[int]) -> None:
    sql.executemany("UPDATE saved_search SET position = ? WHERE id = ?", list(enumerate(order)))


def _free_title(sql: sqlite3.Connection, title: str, but: int = 0) -> str:
    """Return the title, with a number where another saved search has it already."""
    taken = {fold_name(str(row[0])) for row in sql.execute("SELECT title FROM saved_search WHERE id != ?", (but,))}
    free, number = title, 1
    while fold_name(free) in taken:
        number += 1
        free = f"{title[: MAX_TITLE - len(str(number)) - 1]} {number}"
    return free
