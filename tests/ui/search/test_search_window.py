"""Searching in the window: its commands, keys and lines go to the right panel."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from desktop.core.notebook import Notebook
from desktop.core.paths import Places
from desktop.core.records import NoteId, NoteKind, Progress, SearchResult
from desktop.core.settings import Settings
from desktop.ui.main_window import MainWindow
from desktop.ui.tasks import Tasks
from desktop.ui.workspace import Workspace

Wait = Callable[..., None]


@pytest.fixture
def window(app: object, tmp_path: Path) -> Iterator[MainWindow]:
    places = Places(tmp_path / "data", tmp_path / "cache", tmp_path / "config")
    notebook = Notebook.open(tmp_path / "library.konspekt", places=places)
    uni = notebook.tree.create("uni", NoteKind.FOLDER).created[0]
    notebook.tree.create("Inside", parent_id=uni, text="One error. Two errors. And no Errors any more.")
    notebook.tree.create("Outside", text="An error outside.")
    notebook.search.index_now()
    tasks = Tasks()
    made = MainWindow(Workspace(notebook, tasks, Settings(view="edit")))
    made.show()
    yield made
    made.editor.flush(wait=True)
    made.close()
    made.deleteLater()
    tasks.close()
    notebook.close()


def note(window: MainWindow, title: str) -> NoteId:
    return next(head.id for head in window.workspace.notebook.tree.living() if head.title == title)


def run(window: MainWindow, command: str) -> None:
    window.actions_by_name[command].trigger()


def in_status(window: MainWindow) -> str:
    (label,) = (
        part for part in window.status.findChildren(QLabel) if part.accessibleName() == "Place among the search results"
    )
    return label.text()


def look_for(window: MainWindow, text: str, wait_until: Wait) -> None:
    run(window, "search_everywhere")
    window.search.field.setText(text)
    wait_until(lambda: window.search.asking.settled)


def test_f3_goes_on_in_the_search_and_the_status_says_where(window: MainWindow, wait_until: Wait) -> None:
    look_for(window, "error in:uni", wait_until)
    run(window, "find_next")
    assert window.workspace.current == note(window, "Inside")
    assert in_status(window) == "1 of 3"
    run(window, "find_next")
    assert in_status(window) == "2 of 3"
    run(window, "find_previous")
    assert in_status(window) == "1 of 3"
    window.workspace.open_note(note(window, "uni"))
    assert in_status(window) == ""


def test_the_find_bar_comes_first_while_it_is_shown(window: MainWindow, wait_until: Wait) -> None:
    look_for(window, "error", wait_until)
    window.workspace.open_note(note(window, "Inside"))
    run(window, "find_in_note")
    window.editor.find_bar.find_field.setText("Two")
    run(window, "find_next")
    assert window.editor.edit.textCursor().selectedText() == "Two"
    window.editor.find_bar.close_bar()
    window.search.clear()
    window.editor.edit.moveCursor(window.editor.edit.textCursor().MoveOperation.Start)
    run(window, "find_next")
    assert window.editor.edit.textCursor().selectedText() == "Two", "without a search it goes on with what it had"


def test_searching_below_a_note_from_the_commands_and_from_the_tree(window: MainWindow, wait_until: Wait) -> None:
    window.workspace.open_note(note(window, "uni"))
    run(window, "search_below")
    window.search.field.setText("error")
    wait_until(lambda: window.search.asking.settled)
    assert [hit.title for hit in window.search.model.result.hits] == ["Inside"]
    window.search.clear()
    menu = window.library.menus.for_row(window.library.model.find(note(window, "uni")))
    next(action for action in menu.actions() if action.text() == "Search below it").trigger()
    assert window.search.scope.chosen is not None
    assert window.left_pages.currentWidget() is window.search
    menu = window.library.menus.for_row(window.library.model.find(note(window, "Outside")))
    assert "Search below it" not in [action.text() for action in menu.actions()]


def test_the_progress_of_the_index_is_shown_over_the_results_and_below(window: MainWindow) -> None:
    line = window.search.index_line
    window.index_keeper.progressed.emit(Progress(120, 500))
    assert not line.isHidden()
    assert line.label.text() == "Indexing: 120 of 500"
    assert not window.status._index.isHidden()
    line.button.click()
    assert window.status._index.isHidden()
    assert line.button.accessibleName() == "Finish it"
    window.index_keeper.progressed.emit(Progress(1, 1))
    assert line.isHidden()
    window.index_keeper.progressed.emit(Progress(1, 3))
    assert line.isHidden(), "what is done in a moment is not told"


def test_what_the_progress_of_the_index_says_is_not_said_twice(window: MainWindow) -> None:
    search = window.search
    search._say(SearchResult("x", (), 0, notice="The newest 25 notes were looked at."))
    assert not search.notice.isHidden()
    search.index_line.show_progress(Progress(120, 500))
    search._say(SearchResult("x", (), 0, notice="The newest 25 notes were looked at."))
    assert search.notice.isHidden()
    assert search.index_line.label.toolTip() == "The newest 25 notes were looked at."
    search.index_line.show_progress(Progress(500, 500))
    search._say(SearchResult("x", (), 0))
    assert search.index_line.label.toolTip() == ""


def test_the_name_of_a_filter_alone_is_not_looked_for_in_vain(window: MainWindow, wait_until: Wait) -> None:
    search = window.search
    for text in ("kind:", "вид:"):
        search.field.setText(text)
        wait_until(lambda: search.asking.settled)
        assert search.empty.isHidden(), "no note of that name is offered"
        assert not search.problem.isHidden()
    search.field.setText("")
