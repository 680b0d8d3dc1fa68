"""Libraries of an earlier Konspekt open, keep every byte, and are copied before they change."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from desktop.core.errors import LibraryDamaged, LibraryError
from desktop.core.notebook import Notebook
from desktop.core.paths import Places
from desktop.core.store.database import LATER_TABLES, TABLES
from desktop.core.store.migrations import FIRST_TABLES, LATEST_STEP
from tests.core.conftest import open_notebook

TEXT = "# Ёлка\n\nслово и [[другое]] \U0001f332\r\n"


def make_older(path: Path) -> None:
    """Turn a library into one of the first step, as the first Konspekt made them."""
    with closing(sqlite3.connect(path, isolation_level=None)) as sql:
        for table in LATER_TABLES:
            sql.execute(f"DROP TABLE {table}")
        sql.execute("ALTER TABLE node_position DROP COLUMN pinned")
        sql.execute("PRAGMA user_version = 1")
        assert {row[0] for row in sql.execute("SELECT name FROM sqlite_master WHERE type = 'table'")} == {
            *FIRST_TABLES, "sqlite_sequence",
        }  # fmt: skip


def facts(path: Path) -> tuple[int, set[str], list[tuple[object, ...]]]:
    """Return a library's step, its tables and its notes, every column."""
    with closing(sqlite3.connect(path)) as sql:
        step = sql.execute("PRAGMA user_version").fetchone()[0]
        tables = {row[0] for row in sql.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        return step, tables, sql.execute("SELECT * FROM note ORDER BY id").fetchall()


@pytest.fixture
def older(tmp_path: Path, places: Places) -> Path:
    """Return the path of a closed library of the first step, with a note."""
    notebook = open_notebook(tmp_path, places)
    notebook.tree.create("Ёлка", text=TEXT)
    notebook.close()
    make_older(notebook.path)
    return notebook.path


def test_an_older_library_opens_and_keeps_every_byte(older: Path, places: Places) -> None:
    before = facts(older)
    notebook = Notebook.open(older, places=places)
    assert notebook.notes.read(notebook.tree.children(None)[0].id).text == TEXT
    notebook.saved_searches.add("t", "q")
    assert notebook.safety.check().problems == ()
    notebook.close()
    step, tables, notes = facts(older)
    assert (step, notes) == (LATEST_STEP, before[2])
    assert tables >= TABLES


def test_an_older_library_is_copied_before_it_changes(older: Path, places: Places) -> None:
    before = facts(older)
    Notebook.open(older, places=places).close()
    copy = older.with_name("library.step-1.konspekt")
    assert facts(copy) == before
    written = copy.stat().st_mtime_ns
    Notebook.open(older, places=places).close()  # up to date: nothing more to copy
    assert copy.stat().st_mtime_ns == written
    assert not list(older.parent.glob("*.draft*"))


def test_what_only_the_log_holds_is_copied_too(older: Path, places: Places) -> None:
    with closing(sqlite3.connect(older, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM note").fetchall()  # keeps the log from being put into the file
        with closing(sqlite3.connect(older, isolation_level=None)) as writer:
            writer.execute("UPDATE note SET date = 'in the log'")
        Notebook.open(older, places=places).close()
    assert facts(older.with_name("library.step-1.konspekt"))[2][0][-2] == "in the log"


def test_an_older_library_can_be_read_without_changing_it(older: Path, places: Places) -> None:
    before = facts(older)
    notebook = Notebook.open(older, places=places, read_only=True)
    assert notebook.notes.read(notebook.tree.children(None)[0].id).text == TEXT
    assert notebook.saved_searches.list() == []
    with pytest.raises(LibraryError, match="reading only"):
        notebook.saved_searches.add("t", "q")
    notebook.close()
    assert facts(older) == before


def test_where_notes_stood_is_kept_and_nothing_is_held(older: Path, places: Places) -> None:
    with closing(sqlite3.connect(older)) as sql:
        sql.execute("INSERT INTO node_position (note_id, x, y) SELECT id, 1.5, -2 FROM note")
        sql.execute("PRAGMA user_version = 2")
        sql.execute("CREATE TABLE saved_search (id INTEGER NOT NULL PRIMARY KEY, title VARCHAR NOT NULL,"
                    " query VARCHAR NOT NULL, position INTEGER NOT NULL)")  # fmt: skip
        sql.execute("CREATE TABLE opened_hit (note_id INTEGER NOT NULL, word VARCHAR NOT NULL, times INTEGER NOT NULL,"
                    " last INTEGER NOT NULL, PRIMARY KEY (note_id, word))")  # fmt: skip
        sql.commit()
    for read_only in (True, False):
        notebook = Notebook.open(older, places=places, read_only=read_only)
        assert list(notebook.graph.positions().values()) == [(1.5, -2.0)]
        assert notebook.graph.pinned() == frozenset()
        notebook.close()


def test_an_older_backup_can_be_restored(older: Path, tmp_path: Path, places: Places) -> None:
    copy = tmp_path / "copy.konspekt"
    older.rename(copy)
    notebook = open_notebook(tmp_path, places)
    notebook.tree.create("newer")
    notebook.safety.restore(copy)
    assert [head.title for head in notebook.tree.living()] == ["Ёлка"]
    notebook.saved_searches.add("t", "q")
    assert [file for file in notebook.safety.backups.folder.iterdir() if "step" in file.name] == []
    notebook.close()


@pytest.mark.parametrize("step", [-1, 0])
def test_a_library_without_a_step_is_refused(older: Path, places: Places, step: int) -> None:
    with closing(sqlite3.connect(older)) as sql:
        sql.execute(f"PRAGMA user_version = {step}")
    for read_only in (True, False):
        with pytest.raises(LibraryError):
            Notebook.open(older, places=places, read_only=read_only)


def test_a_library_that_lacks_a_table_of_its_own_step_is_damaged(notebook: Notebook, places: Places) -> None:
    copy = notebook.safety.backup()
    with closing(sqlite3.connect(copy)) as sql:
        sql.execute("DROP TABLE opened_hit")
    with pytest.raises(LibraryDamaged):
        Notebook.open(copy, places=places)


def test_the_classes_say_what_the_steps_make(notebook: Notebook) -> None:
    from sqlalchemy import inspect
    from sqlalchemy.dialects import sqlite
    from sqlalchemy.schema import CreateTable

    from desktop.core.store import models

    def columns(sql: sqlite3.Connection, table: str) -> list[tuple[object, ...]]:
        keys = sql.execute(f"PRAGMA foreign_key_list({table})").fetchall()
        return [*sql.execute(f"PRAGMA table_info({table})").fetchall(), *keys]

    with closing(sqlite3.connect(":memory:")) as told:
        for model in models.TABLES:
            table = inspect(model).local_table
            told.execute(str(CreateTable(table).compile(dialect=sqlite.dialect())))
            assert columns(told, table.name) == columns(notebook._database.read(), table.name)


def test_what_was_opened_goes_with_its_note(notebook: Notebook) -> None:
    note_id = notebook.tree.create("a").created[0]
    with notebook._database.write() as transaction:
        transaction.sql.execute("INSERT INTO opened_hit VALUES (?, 'слово', 1, 1)", (note_id,))
    notebook.tree.trash_notes([note_id])
    notebook.tree.delete_forever([note_id])
    assert notebook._database.read().execute("SELECT count(*) FROM opened_hit").fetchone() == (0,)


def test_what_was_opened_in_notes_that_are_gone_is_mended(notebook: Notebook) -> None:
    with closing(sqlite3.connect(notebook.path)) as sql:
        sql.execute("INSERT INTO opened_hit VALUES (999, 'слово', 1, 1)")
        sql.commit()
    assert [line.level for line in notebook.safety.check().problems] == ["error"]
    notebook.safety.check(repair=True)
    assert notebook.safety.check().problems == ()
