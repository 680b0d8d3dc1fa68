"""Small facts that belong to the library but not to a note: what was open, what was unfolded, where the graph stands."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from desktop.core.store.database import Database


class Values:
    """Facts by name, as JSON."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, key: str, default: Any = None) -> Any:
        """Return a fact, or `default` where there is none or it cannot be read."""
        row = self._database.read().execute("SELECT value FROM value WHERE key = ?", (key,)).fetchone()
        if row is None:
            return default
        try:
            return json.loads(row[0])
        except ValueError:
            return default

    def set(self, key: str, value: Any) -> None:
        """Store a fact."""
        with self._database.write() as transaction:
            transaction.sql.execute(
                "INSERT OR REPLACE INTO value (key, value) VALUES (?, ?)", (key, json.dumps(value, ensure_ascii=False))
            )


class Positions:
    """Where the graph shows its nodes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def read(self) -> dict[int, tuple[float, float]]:
        """Return the place of every node that has one."""
        rows = self._database.read().execute("SELECT note_id, x, y FROM node_position")
        return {row[0]: (row[1], row[2]) for row in rows}

    def save(self, positions: Mapping[int, tuple[float, float]]) -> None:
        """Store places; those of notes that are gone are dropped."""
        rows: Iterable[tuple[float, float, int]] = [(x, y, note_id) for note_id, (x, y) in positions.items()]
        with self._database.write() as transaction:
            transaction.sql.executemany(
                "INSERT OR REPLACE INTO node_position (x, y, note_id) SELECT ?, ?, id FROM note WHERE id = ?", rows
            )
