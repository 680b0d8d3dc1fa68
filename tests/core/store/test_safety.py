"""Checks see damage, backups are verified, restores keep what they replace."""

import sqlite3
from pathlib import Path
from types import SimpleNamespace

import pytest

from desktop.core.errors import LibraryDamaged, LibraryError
from desktop.core.notebook import Notebook
from desktop.core.paths import Places
from desktop.core.store.queue import IndexQueue


def damage(notebook: Notebook, path: Path, note_id: int) -> None:
    """Change one character of a stored text behind the store's back."""
    with sqlite3.connect(path) as sql:
        sql.execute("UPDATE note SET text = replace(text, 'слово', 'слава') WHERE id = ?", (note_id,))
    sql.close()


def test_sound_library_has_no_problems(notebook: Notebook) -> None:
    notebook.tree.create("a", text="# a\n\n[[b]] слово\n")
    report = notebook.safety.check()
    assert (report.notes, report.problems) == (1, ())


def test_changed_character_is_seen_and_mended_from_history(notebook: Notebook) -> None:
    note_id = notebook.tree.create("a", text="старое слово " * 5).created[0]
    notebook.notes.save(note_id, "новое слово", 1)
    damage(notebook, notebook.path, note_id)
    assert [line.level for line in notebook.safety.check().problems] == ["error"]
    assert notebook.safety.check(repair=True).repaired == 1
    assert notebook.notes.read(note_id).text == "старое слово " * 5
    assert notebook.safety.check().problems == ()
    assert any(notebook.history.text(r.id) == "новое слава" for r in notebook.history.revisions(note_id))


def test_backup_holds_everything_and_restores(notebook: Notebook) -> None:
    note_id = notebook.tree.create("a", text="первое слово").created[0]
    copy = notebook.safety.backup()
    notebook.notes.save(note_id, "испорчено", 1)
    changes = notebook.safety.restore(copy)
    assert changes.everything
    assert notebook.notes.read(note_id).text == "первое слово"
    assert len(notebook.safety.backups.list()) == 2  # what was replaced is kept too


def test_damaged_backup_is_refused_and_nothing_changes(notebook: Notebook) -> None:
    note_id = notebook.tree.create("a", text="слово слово").created[0]
    copy = notebook.safety.backup()
    damage(notebook, copy, note_id)
    with pytest.raises(LibraryDamaged, match="checksums"):
        notebook.safety.restore(copy)
    assert notebook.notes.read(note_id).text == "слово слово"
    with pytest.raises(LibraryError, match="no file"):
        notebook.safety.restore(copy.with_name("absent.konspekt"))


def test_backup_on_close_only_when_notes_changed(notebook: Notebook) -> None:
    assert notebook.safety.backup_if_changed() is None
    notebook.values.set("x", 1)
    assert notebook.safety.backup_if_changed() is None
    notebook.tree.create("a")
    assert notebook.safety.backup_if_changed() is not None
    assert notebook.safety.backup_if_changed() is None


def test_newest_ten_backups_are_kept(notebook: Notebook) -> None:
    for _ in range(12):
        notebook.safety.backup()
    assert len(notebook.safety.backups.list()) == 10


def test_a_note_that_changes_while_it_is_indexed_keeps_waiting(notebook: Notebook) -> None:
    note_id = notebook.tree.create("a").created[0]
    queue = IndexQueue(notebook._database)
    taken = queue.take(10)
    notebook.tree.rename(note_id, "b")  # the text, and so the version, stays the same
    queue.done(taken)
    assert queue.pending() == 1
    queue.done(queue.take(10))
    assert queue.pending() == 0


def test_a_clock_that_went_back_keeps_the_new_backup(notebook: Notebook) -> None:
    folder = notebook.safety.backups.folder
    folder.mkdir()
    for number in range(10):
        (folder / f"library 2099-01-01 00-00-0{number}.konspekt").write_bytes(b"of another time")
    copy = notebook.safety.backup()
    assert copy.exists()
    assert notebook.safety.backups.list()[0] == copy
    assert len(notebook.safety.backups.list()) == 10


def test_any_name_of_a_library_finds_its_backups(tmp_path: Path, places: Places) -> None:
    notebook = Notebook.open(tmp_path / "notes [1] *.v2.konspekt", places=places)
    for _ in range(11):
        notebook.safety.backup()
    assert len(notebook.safety.backups.list()) == 10
    notebook.close()


def test_what_a_crash_left_of_a_backup_goes_and_no_backup_with_it(notebook: Notebook) -> None:
    first = notebook.safety.backup()
    for ending in (".draft", ".draft-journal"):
        first.with_name(f"library x.konspekt{ending}").write_bytes(b"half")
    own = first.with_name("a.draft plan.konspekt")
    own.write_bytes(b"the user's")
    second = notebook.safety.backup()
    assert sorted(first.parent.iterdir()) == sorted([first, second, own])


def test_a_damaged_library_is_not_backed_up_but_can_be_restored(notebook: Notebook) -> None:
    note_id = notebook.tree.create("a", text="слово слово").created[0]
    copy = notebook.safety.backup()
    damage(notebook, notebook.path, note_id)
    with pytest.raises(LibraryDamaged, match=r"check --repair"):
        notebook.safety.backup()
    assert notebook.safety.backups.list() == [copy]
    notebook.safety.restore(copy)
    assert notebook.notes.read(note_id).text == "слово слово"
    assert len(notebook.safety.backups.list()) == 2  # the damaged one is kept as it was


def test_a_backup_without_room_is_one_sentence(notebook: Notebook, monkeypatch: pytest.MonkeyPatch) -> None:
    notebook.tree.create("a")
    monkeypatch.setattr("shutil.disk_usage", lambda _folder: SimpleNamespace(free=1_000))
    with pytest.raises(LibraryError, match="no room"):
        notebook.safety.backup()
    monkeypatch.undo()
    notebook.safety.backups.folder.rmdir()
    notebook.safety.backups.folder.write_bytes(b"a file where the folder should be")
    with pytest.raises(LibraryError, match="could not be written"):
        notebook.safety.backup()


def test_a_restore_that_fails_leaves_the_library(notebook: Notebook, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = notebook.safety.backup()
    notebook.tree.create("newer")
    calls = 0

    def failing(file: Path) -> None:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise LibraryDamaged("on its way")

    monkeypatch.setattr("desktop.core.store.backup.verify", failing)
    with pytest.raises(LibraryDamaged, match="on its way"):
        notebook.safety.restore(copy)
    assert notebook.tree.total() == 1
    assert all(file.suffix == ".konspekt" for file in copy.parent.iterdir())


def test_after_a_restore_the_search_finds_what_was_restored(notebook: Notebook) -> None:
    note_id = notebook.tree.create("a", text="яблоко").created[0]
    copy = notebook.safety.backup()
    notebook.notes.save(note_id, "груша", 1)
    notebook.tree.create("b", text="слива")
    notebook.search.index_now()
    notebook.safety.restore(copy)
    for _ in range(2):
        assert [notebook.search.query(word).total for word in ("яблоко", "груша", "слива")] == [1, 0, 0]
        notebook.search.index_now()


def test_ids_of_notes_made_since_the_backup_do_not_come_again(notebook: Notebook) -> None:
    copy = notebook.safety.backup()
    since = notebook.tree.create("since").created[0]
    notebook.safety.restore(copy)
    assert notebook.tree.create("other").created[0] > since


def test_history_goes_on_when_the_clock_went_back(notebook: Notebook, monkeypatch: pytest.MonkeyPatch) -> None:
    note_id = notebook.tree.create("a", text="слово " * 50).created[0]
    kept = []
    for version, moment in enumerate([4_000_000_000_000, 1_000_000_000_000, 1_000_000_001_000, 1_000_000_500_000], 1):
        monkeypatch.setattr("desktop.core.store.notes.now_ms", lambda moment=moment: moment)
        notebook.notes.save(note_id, "слово " * (50 + version), version)
        kept.append(len(notebook.history.revisions(note_id)))
    assert kept == [1, 2, 2, 3]  # the first of each clock, and again after five minutes
