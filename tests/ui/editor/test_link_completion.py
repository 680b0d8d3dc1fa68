"""Names offered after two brackets: by alias, by initials, those opened last first."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor

from desktop.core.notebook import Notebook
from desktop.core.records import NoteId
from desktop.ui.editor.editor_panel import EditorPanel
from desktop.ui.workspace import Workspace

Wait = Callable[..., None]


def offered(panel: EditorPanel, wait_until: Wait, typed: str) -> list[str]:
    panel.edit.setPlainText("")
    panel.edit.insertPlainText(f"[[{typed}")
    panel.edit.moveCursor(QTextCursor.MoveOperation.End)
    panel.completion.consider()
    wait_until(panel.completion.list.isVisible)
    return [panel.completion.list.item(row).text() for row in range(panel.completion.list.count())]


def open_new(workspace: Workspace, notebook: Notebook, title: str, text: str = "") -> NoteId:
    note_id = notebook.tree.create(title, text=text).created[0]
    workspace.open_note(note_id)
    return note_id


def test_an_alias_is_offered_and_the_name_is_written(
    panel: EditorPanel, workspace: Workspace, notebook: Notebook, wait_until: Wait
) -> None:
    notebook.tree.create("Градиентный спуск", text="---\naliases: SGD\n---\n")
    open_new(workspace, notebook, "Здесь")
    assert offered(panel, wait_until, "sg") == ["SGD → Градиентный спуск"]
    panel.completion.accept()
    assert panel.edit.toPlainText() == "[[Градиентный спуск]]"
    assert offered(panel, wait_until, "гс") == ["Градиентный спуск"]


def test_notes_opened_last_are_offered_first_but_not_the_open_one(
    panel: EditorPanel, workspace: Workspace, notebook: Notebook, wait_until: Wait
) -> None:
    first = open_new(workspace, notebook, "Тема первая")
    for title in ("Тема вторая", "Тема третья"):
        notebook.tree.create(title)
    open_new(workspace, notebook, "Тема открытая")
    assert offered(panel, wait_until, "тема")[0] == "Тема первая"
    assert workspace.current != first
    assert panel.completion.list.currentItem().data(Qt.ItemDataRole.UserRole) == "Тема первая"
