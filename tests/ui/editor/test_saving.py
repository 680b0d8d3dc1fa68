"""What is called saved is in the library, under the note it was typed in."""

import sqlite3
from collections.abc import Callable

import pytest
from PySide6.QtGui import QTextCursor

from desktop.core.errors import KonspektError
from desktop.core.notebook import Notebook
from desktop.core.records import NoteId
from desktop.ui.editor import saving as saving_module
from desktop.ui.editor.editor_panel import EditorPanel
from desktop.ui.editor.sessions import KEPT_SESSIONS
from desktop.ui.workspace import LiveText, Workspace

Wait = Callable[..., None]


def create(notebook: Notebook, title: str, text: str) -> NoteId:
    return notebook.tree.create(title, text=text).created[0]


def stored(notebook: Notebook, note_id: NoteId) -> str:
    return notebook.notes.read(note_id).text


def type_at_end(panel: EditorPanel, text: str) -> None:
    cursor = panel.edit.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.End)
    cursor.insertText(text)


def states(panel: EditorPanel) -> list[str]:
    seen: list[str] = []
    panel.save_state_changed.connect(lambda state, _detail: seen.append(state))
    return seen


def test_a_note_that_is_only_read_is_never_written(
    panel: EditorPanel, workspace: Workspace, notebook: Notebook
) -> None:
    text = "\ufeff# A\r\nmixed\nends\r\u2028\u00a0x"
    note_id = create(notebook, "A", text)
    version = notebook.tree.head(note_id).version
    workspace.open_note(note_id)
    panel.edit.apply_theme()
    assert panel.session is not None
    assert panel.session.text() == text
    assert panel.flush()
    assert notebook.tree.head(note_id).version == version
    assert not panel.edit.document().isUndoAvailable()


def test_typing_is_saved_after_a_rest(
    panel: EditorPanel, workspace: Workspace, notebook: Notebook, wait_until: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    note_id = create(notebook, "A", "one\r\n")
    workspace.open_note(note_id)
    panel.saving._rest.setInterval(20)
    seen = states(panel)
    type_at_end(panel, "two\n")
    assert seen == ["unsaved"]
    wait_until(lambda: seen[-1] == "saved")
    assert seen == ["unsaved", "saving", "saved"]
    assert stored(notebook, note_id) == "one\r\ntwo\r\n"


def test_a_save_goes_to_the_note_it_was_typed_in(
    panel: EditorPanel, workspace: Workspace, notebook: Notebook, wait_until: Wait
) -> None:
    first, second = create(notebook, "A", "a"), create(notebook, "B", "b")
    workspace.open_note(first)
    type_at_end(panel, "1")
    workspace.open_note(second)
    type_at_end(panel, "2")
    workspace.open_note(first)
    panel.edit.undo()
    assert panel.session is not None
    assert panel.session.text() == "a", "each note has its own undo"
    panel.edit.undo()
    assert panel.session.text() == "a", "undo does not reach into the other note"
    assert panel.flush()
    assert (stored(notebook, first), stored(notebook, second)) == ("a", "b2")


def test_undone_to_the_stored_text_writes_nothing(panel: EditorPanel, workspace: Workspace, notebook: Notebook) -> None:
    note_id = create(notebook, "A", "a")
    version = notebook.tree.head(note_id).version
    workspace.open_note(note_id)
    type_at_end(panel, "b")
    panel.edit.undo()
    assert panel.flush()
    assert notebook.tree.head(note_id).version == version


def test_a_failed_save_keeps_the_words(
    panel: EditorPanel, workspace: Workspace, notebook: Notebook, wait_until: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    note_id = create(notebook, "A", "a")
    workspace.open_note(note_id)
    bugs: list[BaseException] = []
    workspace.bug_found.connect(bugs.append)
    type_at_end(panel, "b")
    with monkeypatch.context() as patch:
        def fail(*_args: object, **_named: object) -> None:
            raise sqlite3.OperationalError("database or disk is full")

        patch.setattr(type(notebook.notes), "save", fail)
        assert not panel.flush()
    assert panel.problem_bar.isVisible()
    assert "disk is full" in panel.problem_bar.label.text()
    assert len(bugs) == 1
    assert panel.edit.toPlainText() == "ab"
    panel.problem_bar.retry.emit()
    wait_until(lambda: not panel.problem_bar.isVisible() and stored(notebook, note_id) == "ab")


def test_a_change_from_elsewhere_comes_in_and_can_be_undone(
    panel: EditorPanel, workspace: Workspace, notebook: Notebook, wait_until: Wait
) -> None:
    note_id = create(notebook, "A", "# A\n\nwords [[B]] end\n")
    workspace.open_note(note_id)
    cursor = panel.edit.textCursor()
    cursor.setPosition(7)
    panel.edit.setTextCursor(cursor)
    version = notebook.tree.head(note_id).version
    workspace.write(lambda: notebook.notes.save(note_id, "# New\n\nwords [[B2]] end\n", version, origin="links"))
    wait_until(lambda: "# New" in panel.edit.toPlainText())
    assert panel.edit.textCursor().position() == 9, "the cursor stays between the same words"
    assert panel.flush()
    panel.edit.undo()
    assert panel.edit.toPlainText() == "# A\n\nwords [[B]] end\n"


def test_a_change_from_elsewhere_is_merged_with_unsaved_words(
    panel: EditorPanel, workspace: Workspace, notebook: Notebook, wait_until: Wait
) -> None:
    note_id = create(notebook, "A", "# A\n\nwords\n")
    workspace.open_note(note_id)
    type_at_end(panel, "mine\n")
    notebook.notes.save(note_id, "# New\n\nwords\n", notebook.tree.head(note_id).version, origin="rename")
    assert panel.flush() or True  # the first attempt meets the newer version
    wait_until(lambda: panel.flush() and stored(notebook, note_id) == "# New\n\nwords\nmine\n")
    assert panel.edit.toPlainText() == "# New\n\nwords\nmine\n"


@pytest.mark.parametrize("answer", ["keep_mine", "take_theirs", "save_as_copy"])
def test_where_two_texts_meet_the_user_is_asked(
    panel: EditorPanel, workspace: Workspace, notebook: Notebook, wait_until: Wait, answer: str
) -> None:
    note_id = create(notebook, "A", "words")
    workspace.open_note(note_id)
    type_at_end(panel, " mine")
    notebook.notes.save(note_id, "words theirs", notebook.tree.head(note_id).version, origin="import")
    panel.save_now()
    wait_until(panel.problem_bar.isVisible)
    assert panel.edit.toPlainText() == "words mine"
    assert stored(notebook, note_id) == "words theirs"
    getattr(panel.problem_bar, answer).emit()
    wait_until(lambda: not panel.problem_bar.isVisible())
    assert panel.flush()
    assert stored(notebook, note_id) == ("words mine" if answer == "keep_mine" else "words theirs")
    if answer == "take_theirs":
        panel.edit.undo()
        assert panel.edit.toPlainText() == "words mine"
    if answer == "save_as_copy":
        wait_until(lambda: workspace.current != note_id)
        assert workspace.current is not None
        assert stored(notebook, workspace.current) == "words mine"


def test_documents_are_let_go_but_never_unsaved_ones(
    panel: EditorPanel, workspace: Workspace, notebook: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_named: object) -> None:
        raise KonspektError("No.")

    monkeypatch.setattr(type(notebook.notes), "save", refuse)
    ids = [create(notebook, f"N{number}", "text") for number in range(KEPT_SESSIONS + 5)]
    workspace.open_note(ids[0])
    type_at_end(panel, " unsaved")
    for note_id in ids[1:]:
        workspace.open_note(note_id)
    kept = {session.note_id for session in panel.sessions}
    assert len(kept) == KEPT_SESSIONS
    assert ids[0] in kept
    assert not panel.flush()


def test_a_note_that_is_gone_is_shown_no_more(
    panel: EditorPanel, workspace: Workspace, notebook: Notebook, wait_until: Wait
) -> None:
    note_id = create(notebook, "A", "text")
    workspace.open_note(note_id)
    gone: list[object] = []
    assert panel.session is not None
    panel.session.document.destroyed.connect(lambda: gone.append(True))
    workspace.write(lambda: notebook.tree.trash_notes([note_id]))
    wait_until(lambda: panel.session is None)
    workspace.write(lambda: notebook.tree.delete_forever([note_id]))
    wait_until(lambda: bool(gone))
    assert not panel.edit.isVisible()
    assert list(panel.sessions) == []


def test_live_text_is_told_with_growing_revisions(
    panel: EditorPanel, workspace: Workspace, notebook: Notebook, wait_until: Wait
) -> None:
    told: list[LiveText] = []
    workspace.text_edited.connect(told.append)
    note_id = create(notebook, "A", "a")
    workspace.open_note(note_id)
    assert [live.text for live in told] == ["a"]
    type_at_end(panel, "b")
    wait_until(lambda: told[-1].text == "ab")
    assert told[-1].revision > told[0].revision


def test_the_origin_of_saves_is_the_editor() -> None:
    assert saving_module.ORIGIN == "editor"
