"""The steps from an empty file to today's schema, in order; `user_version` counts them.

A library of an older step is copied beside itself before it is changed. A step is never edited after a release.
"""

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path


def create_schema(connection: sqlite3.Connection) -> None:
    """Make every table and give the file its identity."""
    from sqlalchemy import Table, inspect  # late: only a new file needs them
    from sqlalchemy.dialects import sqlite
    from sqlalchemy.schema import CreateIndex, CreateTable

    from desktop.core.store.models import TABLES

    dialect = sqlite.dialect()
    for table in (inspect(model).local_table for model in TABLES):
        assert isinstance(table, Table)
        connection.execute(str(CreateTable(table).compile(dialect=dialect)))
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            connection.execute(str(CreateIndex(index).compile(dialect=dialect)))
    import uuid

    facts = {"uuid": uuid.uuid4().hex, "commits": "0", "created": str(int(time.time() * 1000))}
    connection.executemany("INSERT INTO meta (key, value) VALUES (?, ?)", facts.items())


STEPS: tuple[Callable[[sqlite3.Connection], None], ...] = (create_schema,)
LATEST_STEP = len(STEPS)


def migrate(connection: sqlite3.Connection, path: Path, step: int) -> None:
    """Bring a library from `step` to the latest, each step in a transaction of its own."""
    from desktop.core.store.database import APPLICATION_ID

    if step > 0:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        import shutil

        shutil.copyfile(path, path.with_name(f"{path.stem}.step-{step}{path.suffix}"))
    for number, apply in enumerate(STEPS[step:], start=step + 1):
        connection.execute("BEGIN IMMEDIATE")
        try:
            apply(connection)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {number}")
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
