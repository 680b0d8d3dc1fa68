"""The steps from an empty file to today's schema, in order; `user_version` counts them.

A library of an older step is copied beside itself before it is changed. A step is never edited after a release.
"""

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

FIRST_TABLES = (
    "meta", "value", "note", "section", "link", "tag", "alias", "blob", "attachment", "revision", "import_source",
    "node_position", "index_queue",
)  # fmt: skip
SEARCH_TABLES = (
    "CREATE TABLE saved_search"
    " (id INTEGER NOT NULL PRIMARY KEY, title VARCHAR NOT NULL, query VARCHAR NOT NULL, position INTEGER NOT NULL)",
    "CREATE TABLE opened_hit"
    " (note_id INTEGER NOT NULL, word VARCHAR NOT NULL, times INTEGER NOT NULL, last INTEGER NOT NULL,"
    " PRIMARY KEY (note_id, word), FOREIGN KEY(note_id) REFERENCES note (id) ON DELETE CASCADE)",
)


def create_schema(connection: sqlite3.Connection) -> None:
    """Make the first tables and give the file its identity."""
    from sqlalchemy import Table, inspect  # late: only a new file needs them
    from sqlalchemy.dialects import sqlite
    from sqlalchemy.schema import CreateIndex, CreateTable

    from desktop.core.store.models import TABLES

    dialect = sqlite.dialect()
    for table in (inspect(model).local_table for model in TABLES):
        assert isinstance(table, Table)
        if table.name not in FIRST_TABLES:
            continue
        connection.execute(str(CreateTable(table).compile(dialect=dialect)))
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            connection.execute(str(CreateIndex(index).compile(dialect=dialect)))
    import uuid

    facts = {"uuid": uuid.uuid4().hex, "commits": "0", "created": str(int(time.time() * 1000))}
    connection.executemany("INSERT INTO meta (key, value) VALUES (?, ?)", facts.items())


def add_search_tables(connection: sqlite3.Connection) -> None:
    """Make room for saved searches, and for which notes were opened from results."""
    for statement in SEARCH_TABLES:
        connection.execute(statement)


def add_pins(connection: sqlite3.Connection) -> None:
    """Let the graph remember which notes are held where they stand."""
    columns = [row[1] for row in connection.execute("PRAGMA table_info(node_position)")]
    if "pinned" not in columns:  # a new library has it from the first step on
        connection.execute("ALTER TABLE node_position ADD COLUMN pinned INTEGER DEFAULT 0 NOT NULL")


STEPS: tuple[Callable[[sqlite3.Connection], None], ...] = (create_schema, add_search_tables, add_pins)
LATEST_STEP = len(STEPS)


def keep_copy(connection: sqlite3.Connection, path: Path, step: int) -> None:
    """Copy a library beside itself, as it is before its upgrade."""
    target = path.with_name(f"{path.stem}.step-{step}{path.suffix}")
    draft = target.with_name(f"{target.name}.draft")
    draft.unlink(missing_ok=True)
    with closing(sqlite3.connect(draft, isolation_level=None)) as copy:
        connection.backup(copy)  # SQLite's own: what is in the log only is copied too
        copy.execute("PRAGMA journal_mode = DELETE")
    draft.replace(target)


def migrate(connection: sqlite3.Connection, step: int) -> None:
    """Bring a library from `step` to the latest, each step in a transaction of its own."""
    from desktop.core.store.database import APPLICATION_ID

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


def stand_in(reader: sqlite3.Connection, step: int) -> None:
    """Give a reader of an older library what it lacks, in its own connection: empty tables, and columns of zeros."""
    reader.execute("PRAGMA temp_store = MEMORY")  # the disk may be one that cannot be written
    for statement in SEARCH_TABLES if step < 2 else ():
        reader.execute(statement.replace("CREATE TABLE", "CREATE TEMP TABLE", 1))
    if step < 3:
        reader.execute("CREATE TEMP VIEW node_position AS SELECT note_id, x, y, 0 AS pinned FROM main.node_position")
