"""The graph of the library in the program: how it is opened, and what leads there."""

from collections.abc import Callable, Iterator

import pytest

from desktop.core.notebook import Notebook
from desktop.core.records import NoteId
from desktop.ui.graph.library_graph import LibraryGraph
from desktop.ui.main_window import MainWindow
from desktop.ui.workspace import Workspace

Notes = tuple[Notebook, dict[str, NoteId]]


@pytest.fixture
def main_window(workspace: Workspace, notes: Notes, qt_messages: list[str]) -> Iterator[MainWindow]:
    window = MainWindow(workspace)
    window.show()
    for part in window.late_parts():
        part()
    yield window
    window.close()
    window.deleteLater()
    qt_messages[:] = [message for message in qt_messages if "plugin does not support" not in message]


def test_one_window_is_opened_and_shows_what_was_asked_for(
    main_window: MainWindow, workspace: Workspace, notes: Notes, wait_until: Callable[..., None]
) -> None:
    _notebook, ids = notes
    main_window.actions_by_name["library_graph"].trigger()
    (window,) = main_window.findChildren(LibraryGraph)
    wait_until(lambda: window.view.picture is not None)
    window.close()
    workspace.open_note(ids["Survey"])
    main_window.side.graph.library_button.click()
    assert main_window.findChildren(LibraryGraph) == [window]
    assert window.isVisible()
    wait_until(lambda: window.view.selected_id() == ids["Survey"])
    main_window.side.graph.library_wanted.emit(ids["Survey"], ids["Model"])
    wait_until(lambda: [step.title for step in window.path_bar.crumbs.steps] == ["Survey", "Data", "Model"])
    main_window.close()
    assert not window.isVisible()


def test_a_tag_in_the_small_graph_is_searched_for(main_window: MainWindow) -> None:
    main_window.side.graph.tag_activated.emit("ml")
    assert main_window.search_field.edit.text().strip() == "tag:ml"
