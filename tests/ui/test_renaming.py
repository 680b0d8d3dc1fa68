"""Renames in the window: what follows is shown first, told afterwards, and never costs what is being typed."""

from collections.abc import Callable, Iterator
from pathlib import Path
from time import process_time

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from desktop.core.notebook import Notebook
from desktop.core.paths import Places
from desktop.core.records import LinkChange, NoteId
from desktop.core.settings import load_settings
from desktop.ui.dialogs.rename_preview import NoteRow, RenamePreview, changed_words
from desktop.ui.main_window import MainWindow
from desktop.ui.tasks import Tasks
from desktop.ui.workspace import Workspace

Wait = Callable[..., None]
IDS: dict[str, NoteId] = {}
SOURCE = "# Source\n\nfirst line\n\nSee [[Model]], [[Model#Part]].\n\nlast line\n"


@pytest.fixture
def window(app: object, tmp_path: Path, wait_until: Wait) -> Iterator[MainWindow]:
    places = Places(tmp_path / "data", tmp_path / "cache", tmp_path / "config")
    notebook = Notebook.open(tmp_path / "library.konspekt", places=places)
    make = notebook.tree.create
    IDS["folder"] = make("Folder").created[0]
    IDS["model"] = make("Model", text="# Model\n\n## Part\n\nwords\n").created[0]
    IDS["source"] = make("Source", text=SOURCE).created[0]
    tasks = Tasks()
    settings = load_settings(tmp_path)
    settings.view = "edit"
    made = MainWindow(Workspace(notebook, tasks, settings))
    bugs: list[BaseException] = []
    made.workspace.bug_found.connect(bugs.append)
    made.resize(1200, 700)
    made.show()
    for part in made.late_parts():
        part()
    made.workspace.open_note(IDS["model"])
    QApplication.processEvents()
    yield made
    wait_until(lambda: tasks._waiting == 0)  # what is on its way back speaks to the window
    made.editor.flush(wait=True)
    made.close()
    made.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    tasks.close()
    notebook.close()
    assert not bugs


def text_of(window: MainWindow, name: str) -> str:
    return window.workspace.notebook.notes.read(IDS[name]).text


def preview(window: MainWindow, wait_until: Wait) -> RenamePreview:
    wait_until(lambda: window.runners.renames.preview is not None)
    found = window.runners.renames.preview
    assert found is not None
    return found


def test_a_rename_shows_what_follows_and_enter_does_it(window: MainWindow, wait_until: Wait) -> None:
    window.library.commands.rename(IDS["model"], "Pattern")
    dialog = preview(window, wait_until)
    assert window.workspace.notebook.tree.head(IDS["model"]).title == "Model"
    rows = [row if isinstance(row, NoteRow) else (row.before, row.after) for row in dialog.model.rows]
    assert rows == [
        NoteRow("Source", 2), ("[[Model]]", "[[Pattern]]"), ("[[Model#Part]]", "[[Pattern#Part]]"),
    ]  # fmt: skip
    dialog.alias.setChecked(True)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    wait_until(lambda: "[[Pattern#Part]]" in text_of(window, "source"))
    assert text_of(window, "model").startswith("---\naliases:\n  - Model\n---\n")
    wait_until(lambda: window.windowTitle().startswith("Pattern"))
    wait_until(lambda: "follow" in window.notices.text)
    window.actions_by_name["undo_tree"].trigger()
    wait_until(lambda: "[[Model#Part]]" in text_of(window, "source"))
    assert text_of(window, "model") == "# Model\n\n## Part\n\nwords\n"


def test_escape_leaves_everything(window: MainWindow, wait_until: Wait) -> None:
    before = text_of(window, "source")
    window.library.commands.rename(IDS["model"], "Pattern")
    QTest.keyClick(preview(window, wait_until), Qt.Key.Key_Escape)
    wait_until(lambda: window.runners.renames.preview is None)
    assert text_of(window, "source") == before
    assert window.workspace.notebook.tree.head(IDS["model"]).title == "Model"


def test_without_links_or_without_the_wish_nothing_is_asked(window: MainWindow, wait_until: Wait) -> None:
    tree = window.workspace.notebook.tree
    window.library.commands.rename(IDS["source"], "Origin")
    wait_until(lambda: tree.head(IDS["source"]).title == "Origin")
    assert window.runners.renames.preview is None
    window.workspace.settings.preview_renames = False
    window.library.commands.rename(IDS["model"], "Pattern")
    wait_until(lambda: "[[Pattern]]" in text_of(window, "source"))
    assert window.runners.renames.preview is None


def test_a_move_is_told_and_can_be_taken_back(window: MainWindow, wait_until: Wait) -> None:
    notes = window.workspace.notebook.notes
    notes.save(IDS["source"], "[m](Model.md) [[Model]]", notes.read(IDS["source"]).head.version)
    window.library.commands.move([IDS["model"]], IDS["folder"], None)
    wait_until(lambda: "[m](Folder/Model.md)" in text_of(window, "source"))
    wait_until(lambda: "Moved" in window.notices.text)
    window.notices._run()
    wait_until(lambda: text_of(window, "source") == "[m](Model.md) [[Model]]")


def test_the_open_note_takes_a_rename_with_what_is_typed(window: MainWindow, wait_until: Wait) -> None:
    window.workspace.open_note(IDS["source"])
    edit = window.editor.edit
    wait_until(lambda: "last line" in edit.toPlainText())
    cursor = edit.textCursor()
    cursor.setPosition(edit.toPlainText().index("last line") + 4)
    edit.setTextCursor(cursor)
    edit.textCursor().insertText(" typed")
    # Another part of the program renames: what is typed is not stored yet.
    workspace = window.workspace
    workspace.change_tree("Rename", lambda: workspace.notebook.tree.rename(IDS["model"], "A longer pattern"))
    wait_until(lambda: "[[A longer pattern#Part]]" in edit.toPlainText())
    assert "last typed line" in edit.toPlainText()
    here = edit.textCursor().position()
    assert edit.toPlainText()[here - 6 : here] == " typed"
    window.editor.save_now()
    wait_until(lambda: "last typed line" in text_of(window, "source"))
    assert "[[A longer pattern]]" in text_of(window, "source")


def test_a_heading_is_renamed_in_the_outline(window: MainWindow, wait_until: Wait) -> None:
    outline = window.side.outline
    wait_until(lambda: len(outline.rows.rows) == 2)
    outline.list.setFocus()
    outline.list.setCurrentIndex(outline.rows.index(1))
    QTest.keyClick(outline.list, Qt.Key.Key_F2)
    field = outline.list.findChild(QLineEdit)
    assert field is not None
    assert field.text() == "Part"
    field.setText("Piece")
    QTest.keyClick(field, Qt.Key.Key_Return)
    dialog = preview(window, wait_until)
    assert not dialog.alias.isVisible()
    dialog.accept()
    wait_until(lambda: "[[Model#Piece]]" in text_of(window, "source"))
    assert text_of(window, "model") == "# Model\n\n## Piece\n\nwords\n"
    wait_until(lambda: "## Piece" in window.editor.edit.toPlainText())


def test_the_command_begins_to_rename_the_heading_at_hand(window: MainWindow, wait_until: Wait) -> None:
    outline = window.side.outline
    wait_until(lambda: len(outline.rows.rows) == 2)
    window.actions_by_name["rename_heading"].trigger()
    assert outline.list.findChild(QLineEdit) is not None


def test_a_heading_that_was_typed_anew_offers_its_links_to_follow(window: MainWindow, wait_until: Wait) -> None:
    edit = window.editor.edit
    wait_until(lambda: "## Part" in edit.toPlainText())
    for shorter, longer in (("Part", "Pa"), ("Pa", "Passage")):  # stored in between, as while one types slowly
        cursor = edit.textCursor()
        cursor.setPosition(edit.toPlainText().index(f"## {shorter}") + 3)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(longer)
        window.editor.save_now()
        wait_until(lambda words=longer: f"## {words}\n" in text_of(window, "model"))
    wait_until(lambda: window.notices.text == "The heading “Part” is “Passage” now.")
    assert "“Part”" in window.notices._button.text()
    window.notices._run()
    wait_until(lambda: "[[Model#Passage]]" in text_of(window, "source"))
    wait_until(lambda: window.workspace.tree_undo.canUndo())
    window.actions_by_name["undo_tree"].trigger()
    wait_until(lambda: "[[Model#Part]]" in text_of(window, "source"))


def test_a_rename_taken_back_is_no_rewording(window: MainWindow, wait_until: Wait) -> None:
    edit, renames = window.editor.edit, window.runners.renames
    renames.rename_heading(IDS["model"], 1, "Part", "Piece")
    preview(window, wait_until).accept()
    wait_until(lambda: "follow" in window.notices.text and "## Piece" in edit.toPlainText())
    window.notices._run()
    wait_until(lambda: "## Part" in edit.toPlainText())
    assert not window.workspace.tree_undo.canUndo(), "the notice goes the way of the key"
    cursor = edit.textCursor()
    cursor.setPosition(edit.toPlainText().index("## Part") + 7)
    edit.setTextCursor(cursor)
    edit.textCursor().insertText("y")
    window.editor.save_now()
    wait_until(lambda: window.notices.text == "The heading “Part” is “Party” now.")


@pytest.mark.parametrize(
    ("before", "after", "old", "new"),
    [
        ("[[Модель]]", "[[Большая модель|Модель]]", "", "Большая модель|"),
        ("[[Модель|её]]", "[[Большая модель|её]]", "Модель", "Большая модель"),
        ("[m](Model.md#part)", "[m](Models.md#part)", "Model", "Models"),
        ("[[Old#Part]]", "[[New note#Part]]", "Old", "New note"),
        ("[[Note]]", "[[Note 2]]", "", " 2"),
        ("", "a", "", "a"),
    ],
)
def test_whole_words_are_marked(before: str, after: str, old: str, new: str) -> None:
    start, old_end, new_end = changed_words(before, after)
    assert (before[start:old_end], after[start:new_end]) == (old, new)
    assert before[:start] == after[:start]
    assert before[old_end:] == after[new_end:]


def test_a_thousand_changes_are_shown_as_quickly_as_ten(app: object, window: MainWindow) -> None:
    changes = [LinkChange(NoteId(n), f"Note {n}", 0, "[[Old|x]]", "[[New|x]]") for n in range(1000)]
    start = process_time()
    dialog = RenamePreview("Old", "New", changes, window)
    dialog.open()
    QApplication.processEvents()
    assert process_time() - start < 1.0
    assert dialog.model.rowCount() == 2000
    assert dialog.model.index(1).data(Qt.ItemDataRole.AccessibleTextRole) == "[[Old|x]] → [[New|x]]"
    dialog.close()


def test_an_undo_that_is_refused_is_gone_and_turns_nothing_round(window: MainWindow, wait_until: Wait) -> None:
    workspace = window.workspace
    tree, stack, undo = workspace.notebook.tree, workspace.tree_undo, window.actions_by_name["undo_tree"]
    workspace.settings.preview_renames = False
    workspace.change_tree("Create", lambda: tree.create("Fresh"))
    wait_until(lambda: stack.count() == 1)
    window.library.commands.rename(IDS["model"], "Pattern")
    wait_until(lambda: tree.head(IDS["model"]).title == "Pattern" and stack.count() == 2)
    note = workspace.notebook.notes.read(IDS["source"])
    workspace.notebook.notes.save(IDS["source"], "other words", note.head.version)
    undo.trigger()
    wait_until(lambda: stack.count() == 1)
    assert tree.head(IDS["model"]).title == "Pattern"
    assert "nothing was taken back" in window.notices.text
    assert not stack.canRedo()
    undo.trigger()
    wait_until(lambda: "Fresh" not in {head.title for head in tree.children(None)})
    assert tree.head(IDS["model"]).title == "Pattern"
