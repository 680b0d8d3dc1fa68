"""Small facts that belong to the library but not to a note: what was open, what was unfolded."""

import json
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
        except (ValueError, TypeError, RecursionError):  # what a stranger's file may hold
            return default

    def set(self, key: str, value: Any) -> None:
        """Store a fact."""
        with self._database.write(counted=False) as transaction:
            transaction.sql.execute(
                "INSERT OR REPLACE INTO value (key, value) VALUES (?, ?)", (key, json.dumps(value, ensure_ascii=False))
            )
