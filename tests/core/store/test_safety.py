"""Checks see damage, backups are verified, restores keep what they replace."""

import sqlite3
from pathlib import Path

import pytest

from desktop.core.errors import LibraryDamaged, LibraryError
from desktop.core.notebook import Notebook
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
