"""Library files that no Konspekt wrote, or that a disk has damaged: nothing hangs, crashes, or leads out of place."""

import os
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.core.errors import LibraryDamaged, LibraryError, LibraryInUse
from desktop.core.notebook import Notebook
from desktop.core.paths import Places
from desktop.core.records import NoteId, NoteKind
from desktop.core.store.database import TABLES, Database
from desktop.core.store.file_lock import FileLock, Held
from tests.core.conftest import open_notebook


def change(path: Path, *statements: str, values: tuple[object, ...] = ()) -> None:
    """Write into a library behind the store's back."""
    sql = sqlite3.connect(path, isolation_level=None)
    for statement in statements:
        sql.execute(statement, values)
    sql.close()


@pytest.fixture
def circle(notebook: Notebook) -> tuple[Notebook, NoteId, NoteId]:
    """Return two notes that each stand under the other."""
    upper = notebook.tree.create("upper", text="[[lower]] слово").created[0]
    lower = notebook.tree.create("lower", parent_id=upper, text="[[upper]] ![](p.png)").created[0]
    change(notebook.path, f"UPDATE note SET parent_id = {lower} WHERE id = {upper}")
    return notebook, upper, lower


def test_the_known_tables_are_all_tables() -> None:
    from desktop.core.store import models

    assert {str(model.__tablename__) for model in models.TABLES} == TABLES


def test_nothing_walks_in_a_circle_for_ever(circle: tuple[Notebook, NoteId, NoteId]) -> None:
    notebook, upper, lower = circle
    assert [head.id for head in notebook.tree.path(upper)] == [lower, upper]
    assert notebook.notes.path_text(upper) == "lower/upper"
    assert [row.path for row in notebook.notes.texts([upper])] == [(upper, lower)]
    notebook.tree.create("upper")  # two of that name: now their places are compared
    notebook.notes.save(lower, "[[upper]] [x](upper.md)", 1)
    assert notebook.attachments.find("p.png", lower) is None
    notebook.search.index_now()
    assert notebook.search.query("слово").total == 1


def test_a_circle_is_found_and_opened(circle: tuple[Notebook, NoteId, NoteId]) -> None:
    notebook, upper, lower = circle
    assert [line.level for line in notebook.safety.check().problems] == ["error", "error"]
    assert notebook.safety.check(repair=True).repaired == 1
    assert notebook.safety.check().problems == ()
    assert [head.id for head in notebook.tree.living()] == [upper, lower]


def test_notes_under_nothing_come_back_with_what_is_below_them(notebook: Notebook) -> None:
    top = notebook.tree.create("top").created[0]
    below = notebook.tree.create("below", parent_id=top).created[0]
    change(notebook.path, "PRAGMA foreign_keys = OFF", f"UPDATE note SET parent_id = 999 WHERE id = {top}")
    assert notebook.safety.check(repair=True).repaired == 1
    assert notebook.safety.check().problems == ()
    assert [(head.id, head.parent_id) for head in notebook.tree.living()] == [(top, None), (below, top)]


@pytest.mark.parametrize("stored", [b"abc \xff\xd0 def", b"\xd0"])
def test_text_that_is_no_utf8_is_damage_that_can_be_mended(notebook: Notebook, stored: bytes) -> None:
    note_id = notebook.tree.create("a", text="слово " * 10).created[0]
    notebook.notes.save(note_id, "другое", 1)
    change(notebook.path, "UPDATE note SET text = CAST(? AS TEXT)", values=(stored,))
    with pytest.raises(LibraryError):
        notebook.notes.read(note_id)
    assert [line.level for line in notebook.safety.check().problems] == ["error"]
    assert notebook.safety.check(repair=True).repaired == 1
    assert notebook.notes.read(note_id).text == "слово " * 10
    assert notebook.safety.check().problems == ()


@pytest.mark.parametrize("value", ["x'616263'", "17", "1.5"])
def test_text_of_another_type_is_damage(notebook: Notebook, value: str) -> None:
    note_id = notebook.tree.create("a", text="слово").created[0]
    notebook.attachments.add("p.png", b"png")
    change(notebook.path, f"UPDATE note SET text = {value}", "UPDATE blob SET data = 1000000000000")
    assert len(notebook.safety.check().problems) == 2
    notebook.safety.check(repair=True)
    assert isinstance(notebook.notes.read(note_id).text, str)
    found = notebook.attachments.find("p.png")
    assert found is not None
    assert found.data == b""


def test_an_unknown_kind_is_a_note(notebook: Notebook) -> None:
    notebook.tree.create("a")
    change(notebook.path, "UPDATE note SET kind = 'zettel'")
    assert [head.kind for head in notebook.tree.living()] == [NoteKind.NOTE]
    notebook.search.index_now()


@pytest.mark.parametrize("value", ["no json", "[" * 100_000, b"\xff", b"\x00"])
def test_facts_that_cannot_be_read_are_the_default(notebook: Notebook, value: object) -> None:
    notebook.values.set("open", 1)
    change(notebook.path, "UPDATE value SET value = ?", values=(value,))
    assert notebook.values.get("open", "default") == "default"


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER t AFTER UPDATE ON note BEGIN DELETE FROM revision; END",
        "CREATE VIEW v AS SELECT * FROM note",
        "CREATE VIRTUAL TABLE f USING fts5(x)",
    ],
)
def test_a_file_that_brings_instructions_is_refused(notebook: Notebook, places: Places, statement: str) -> None:
    copy = notebook.safety.backup()
    change(copy, statement)
    with pytest.raises(LibraryError, match="instructions"):
        Notebook.open(copy, places=places)
    with pytest.raises(LibraryError, match="instructions"):
        notebook.safety.restore(copy)


@pytest.mark.parametrize("statement", ["DROP TABLE link", "DELETE FROM meta", "DELETE FROM meta WHERE key = 'commits'"])
def test_a_file_that_lacks_something_is_damaged(notebook: Notebook, places: Places, statement: str) -> None:
    copy = notebook.safety.backup()
    change(copy, statement)
    with pytest.raises(LibraryDamaged):
        Notebook.open(copy, places=places)
    with pytest.raises(LibraryDamaged):
        notebook.safety.restore(copy)


def test_the_files_uuid_leads_nowhere(tmp_path: Path, places: Places) -> None:
    first = open_notebook(tmp_path, places)
    first.tree.create("a")
    first.close()
    victim = tmp_path / "victim" / ("d" * 32)
    victim.mkdir(parents=True)
    change(tmp_path / "library.konspekt", "UPDATE meta SET value = '../../victim' WHERE key = 'uuid'")
    second = open_notebook(tmp_path, places)
    second.search.index_now()
    assert second.index_folder.is_relative_to(places.cache)
    second.close()
    assert os.listdir(victim.parent) == [victim.name]


def test_copies_of_a_library_have_indexes_of_their_own(tmp_path: Path, places: Places) -> None:
    first = open_notebook(tmp_path, places)
    note_id = first.tree.create("a", text="яблоко").created[0]
    first.search.index_now()
    copy = Notebook.open(first.safety.backup(), places=places)
    copy.notes.save(note_id, "груша", 1)
    copy.search.index_now()
    copy.close()
    assert [first.search.query(word).total for word in ("яблоко", "груша")] == [1, 0]
    first.close()


def test_another_programs_database_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "a.konspekt"
    change(path, "CREATE TABLE t (x)")
    before = path.read_bytes()
    with pytest.raises(LibraryError, match="not a Konspekt library"):
        Database(path)
    assert path.read_bytes() == before
    assert os.listdir(tmp_path) == [path.name]


def test_one_instance_even_through_a_link(tmp_path: Path) -> None:
    first = Database(tmp_path / "a.konspekt")
    (tmp_path / "b.konspekt").symlink_to(tmp_path / "a.konspekt")
    with pytest.raises(LibraryInUse):
        Database(tmp_path / "b.konspekt")
    first.close()
    Database(tmp_path / "b.konspekt").close()


def test_a_disk_without_locks_is_not_another_konspekt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_locks(_file: int) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr("desktop.core.store.file_lock._lock", no_locks)
    with pytest.raises(LibraryError, match="No locks available") as caught:
        Database(tmp_path / "a.konspekt")
    assert not isinstance(caught.value, LibraryInUse)
    monkeypatch.undo()
    lock = FileLock(tmp_path / "a.konspekt.lock")
    lock.acquire()
    with pytest.raises(Held):
        FileLock(lock.path).acquire()
    lock.release()


@pytest.mark.parametrize("name", ["folder", "file/a.konspekt"])
def test_places_where_no_library_can_be(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    with pytest.raises(LibraryError):
        Database(tmp_path / name)


def test_a_failed_opening_leaves_no_lock(tmp_path: Path) -> None:
    path = tmp_path / "a.konspekt"
    Database(path).close()
    change(path, "DROP TABLE link")
    for _ in range(2):
        with pytest.raises(LibraryDamaged):  # and not LibraryInUse the second time
            Database(path)


def test_reading_from_a_medium_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.konspekt"
    Database(path).close()
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)
    library = Database(path, read_only=True)
    assert len(library.meta("uuid")) == 32
    assert "a.konspekt-shm" not in os.listdir(tmp_path)
    library.close()


def test_a_full_disk_loses_nothing(notebook: Notebook) -> None:
    note_id = notebook.tree.create("a", text="слово").created[0]
    with notebook._database.exclusive() as sql:
        sql.execute("PRAGMA max_page_count = 60")
    with pytest.raises(LibraryError, match="disk is full"):
        notebook.notes.save(note_id, "y" * 2_000_000, 1)
    assert notebook.notes.read(note_id).text == "слово"
    notebook.notes.save(note_id, "z", 1)


def in_a_thread(call: Callable[[], object]) -> list[object]:
    """Return what a call gives, or raises, on a thread of its own."""
    found: list[object] = []

    def run() -> None:
        try:
            found.append(call())
        except LibraryError as error:
            found.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(5)
    return found


def test_a_new_reader_does_not_wait_for_the_writer(notebook: Notebook) -> None:
    with notebook._database.write():
        assert in_a_thread(notebook.tree.total) == [0]


def test_readers_of_ended_threads_are_closed(notebook: Notebook) -> None:
    for _ in range(20):
        in_a_thread(notebook.tree.total)
    assert len(notebook._database._readers) <= 2


def test_nothing_is_read_after_closing(tmp_path: Path, places: Places) -> None:
    notebook = open_notebook(tmp_path, places)
    notebook.tree.total()
    in_a_thread(notebook.close)
    for call in (notebook.tree.total, lambda: notebook.tree.create("a")):
        assert "closed" in str(in_a_thread(call)[0])
        with pytest.raises(LibraryError, match="closed"):
            call()
    open_notebook(tmp_path, places).close()


def test_a_tree_of_five_thousand_levels(notebook: Notebook) -> None:
    columns = "uid, kind, name, title, position, version, created, updated, checksum, name_key, title_key, date, text"
    with notebook._database.write() as transaction:
        transaction.sql.executemany(
            f"INSERT INTO note (id, parent_id, {columns})"
            " VALUES (?1, ?2, ?1, 'note', 'n' || ?1, 'n' || ?1, 0, 1, 1, 1, x'', 'n' || ?1, 'n' || ?1, '', '[[n1]]')",
            [(number, number - 1 or None) for number in range(1, 5_001)],
        )
    assert len(notebook.tree.path(NoteId(5_000))) == 5_000
    assert len(notebook.tree.living()) == 5_000
    notebook.notes.save(NoteId(5_000), "[[n1]] [[n2]]", 1)
    trashed = notebook.tree.trash_notes([NoteId(2)]).trashed
    assert len(trashed) == 4_999
    assert notebook.tree.delete_forever([NoteId(2)]).deleted == trashed
    assert notebook.tree.total() == 1
