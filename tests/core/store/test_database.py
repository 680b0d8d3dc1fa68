"""The library file: identity, pragmas, one writer, refusals in one sentence."""

import sqlite3
from pathlib import Path

import pytest

from desktop.core.errors import LibraryError, LibraryInUse, LibraryTooNew
from desktop.core.notebook import Notebook
from desktop.core.paths import Places
from desktop.core.store.database import APPLICATION_ID, Database
from desktop.core.store.migrations import LATEST_STEP
from tests.core.conftest import open_notebook


def test_new_file_has_identity_and_durable_settings(tmp_path: Path) -> None:
    database = Database(tmp_path / "a.konspekt")
    with database.exclusive() as sql:
        assert sql.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
        assert sql.execute("PRAGMA user_version").fetchone()[0] == LATEST_STEP
        assert sql.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        assert sql.execute("PRAGMA synchronous").fetchone()[0] == 2  # FULL
        assert sql.execute("PRAGMA foreign_keys").fetchone()[0] == 1
        assert sql.execute("PRAGMA trusted_schema").fetchone()[0] == 0
    assert len(database.meta("uuid")) == 32
    database.close()


def test_readers_cannot_write(tmp_path: Path) -> None:
    database = Database(tmp_path / "a.konspekt")
    with pytest.raises(LibraryError, match="cannot write"):
        database.read().execute("DELETE FROM note")
    database.close()


def test_second_writer_is_refused_and_reader_is_not(tmp_path: Path) -> None:
    path = tmp_path / "a.konspekt"
    first = Database(path)
    with pytest.raises(LibraryInUse, match="another Konspekt"):
        Database(path)
    reader = Database(path, read_only=True)
    assert reader.meta("uuid") == first.meta("uuid")
    with pytest.raises(LibraryError, match="reading only"), reader.write():
        pass
    reader.close()
    first.close()
    Database(path).close()


@pytest.mark.parametrize("content", [b"this is no database, but long enough" * 4, b"SQLite format 3\0" + b"x" * 200])
def test_foreign_file_is_refused_and_kept(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.konspekt"
    path.write_bytes(content)
    with pytest.raises(LibraryError):
        Database(path)
    assert path.read_bytes() == content


def test_other_sqlite_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.konspekt"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE t (x)")
    other.close()
    with pytest.raises(LibraryError, match="not a Konspekt library"):
        Database(path)


def test_newer_library_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.konspekt"
    database = Database(path)
    with database.exclusive() as sql:
        sql.execute(f"PRAGMA user_version = {LATEST_STEP + 1}")
    database.close()
    with pytest.raises(LibraryTooNew, match="newer Konspekt"):
        Database(path)


def test_failed_transaction_leaves_nothing(notebook: Notebook) -> None:
    before = notebook.tree.total()
    with pytest.raises(ZeroDivisionError):
        delete_all_and_fail(notebook)
    assert notebook.tree.total() == before
    notebook.tree.create("After")
    assert notebook.tree.total() == before + 1


def delete_all_and_fail(notebook: Notebook) -> None:
    with notebook._database.write() as transaction:
        transaction.sql.execute("DELETE FROM note")
        raise ZeroDivisionError


def test_reopening_finds_everything(tmp_path: Path, places: Places) -> None:
    first = open_notebook(tmp_path, places)
    note_id = first.tree.create("Заметка", text="# Заметка\n\nтекст\n").created[0]
    first.close()
    second = open_notebook(tmp_path, places)
    assert second.notes.read(note_id).text == "# Заметка\n\nтекст\n"
    second.close()
