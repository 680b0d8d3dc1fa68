"""The graph beside the open note."""

from collections.abc import Callable, Iterator

import pytest

from desktop.core.notebook import Notebook
from desktop.core.records import NoteId
from desktop.ui.graph.graph_panel import GraphPanel
from desktop.ui.graph.places import key_of, read_places
from desktop.ui.workspace import Workspace

Notes = tuple[Notebook, dict[str, NoteId]]


@pytest.fixture
def panel(workspace: Workspace) -> Iterator[GraphPanel]:
    panel = GraphPanel(workspace)
    panel.resize(320, 300)
    panel.show()
    yield panel
    panel.hide()
    panel.deleteLater()


def titles(panel: GraphPanel) -> list[str]:
    return panel.view.picture.titles if panel.view is not None and panel.view.picture is not None else []


def test_it_shows_the_open_note_with_its_neighbours(
    workspace: Workspace, notes: Notes, panel: GraphPanel, wait_until: Callable[..., None]
) -> None:
    assert panel.accessibleName() == "Graph"
    workspace.open_note(notes[1]["Model"])
    wait_until(lambda: titles(panel) == ["Model", "Data", "Report"])
    panel.depth_slider.setValue(2)
    wait_until(lambda: titles(panel) == ["Model", "Data", "Survey", "Report"])
    wait_until(lambda: notes[0].values.get("graph.depth") == 2)
    workspace.close_note()
    wait_until(lambda: titles(panel) == [])


def test_places_are_kept_and_the_picture_is_the_same_again(
    workspace: Workspace, notes: Notes, panel: GraphPanel, wait_until: Callable[..., None]
) -> None:
    notebook, ids = notes
    workspace.open_note(ids["Data"])
    wait_until(lambda: notebook.values.get(key_of(ids["Data"], 1)) is not None, timeout_s=20)
    stored = read_places(notebook.values.get(key_of(ids["Data"], 1)))
    again = GraphPanel(workspace)
    again.resize(320, 300)
    again.show()
    wait_until(lambda: len(titles(again)) == 3)
    assert again.view is not None
    assert again.view.picture is not None
    assert not again.view.picture.simulation.moving
    assert again.view.picture.places() == stored
    again.hide()


def test_a_new_link_comes_into_the_picture(
    workspace: Workspace, notes: Notes, panel: GraphPanel, wait_until: Callable[..., None]
) -> None:
    notebook, ids = notes
    workspace.open_note(ids["Model"])
    wait_until(lambda: len(titles(panel)) == 3)
    workspace.write(lambda: notebook.notes.save(ids["Survey"], "Now about the [[Model]].", 1))
    wait_until(lambda: "Survey" in titles(panel))


def test_a_node_opens_its_note_and_a_hollow_one_offers_to_write_it(
    workspace: Workspace, notes: Notes, panel: GraphPanel, wait_until: Callable[..., None]
) -> None:
    _notebook, ids = notes
    missing: list[tuple[NoteId, str]] = []
    workspace.missing_note.connect(lambda source, title: missing.append((source, title)))
    workspace.open_note(ids["Model"])
    wait_until(lambda: len(titles(panel)) == 3)
    assert panel.view is not None
    assert panel.view.picture is not None
    panel.view.activated.emit(panel.view.picture.ids[2], False)
    assert missing == [(ids["Model"], "Report")]
    panel.view.activated.emit(ids["Data"], False)
    assert workspace.current == ids["Data"]
