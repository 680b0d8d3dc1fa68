"""The graph beside the open note."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QApplication, QLabel, QMenu

from desktop.core.notebook import Notebook
from desktop.core.records import NoteId
from desktop.ui.graph.fitting_label import FittingLabel
from desktop.ui.graph.graph_panel import GraphPanel
from desktop.ui.graph.places import key_of, read_pins, read_places
from desktop.ui.workspace import Workspace

Notes = tuple[Notebook, dict[str, NoteId]]


@pytest.fixture
def panel(workspace: Workspace, qt_messages: list[str]) -> Iterator[GraphPanel]:
    panel = GraphPanel(workspace)
    panel.resize(320, 300)
    panel.show()
    yield panel
    panel.hide()
    panel.deleteLater()
    # Without a screen nothing can pop up above something else, and Qt says so each time.
    qt_messages[:] = [message for message in qt_messages if "plugin does not support" not in message]


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


def test_what_else_is_shown_is_chosen_and_kept(
    workspace: Workspace, notes: Notes, panel: GraphPanel, wait_until: Callable[..., None]
) -> None:
    notebook, ids = notes
    workspace.open_note(ids["Model"])
    wait_until(lambda: titles(panel) == ["Model", "Data", "Report"])
    panel.card.unresolved.click()
    wait_until(lambda: titles(panel) == ["Model", "Data"])
    panel.card.tags.click()
    workspace.write(lambda: notebook.notes.save(ids["Model"], "About [[Data]]. #ml", 1))
    wait_until(lambda: set(titles(panel)) == {"Model", "Data", "#ml"})
    wait_until(lambda: notebook.values.get("graph.local") == {"unresolved": False, "tags": True, "attachments": False})
    again = GraphPanel(workspace)
    assert not again.card.unresolved.isChecked()
    assert again.card.tags.isChecked()
    again.deleteLater()
    tags: list[str] = []
    panel.tag_activated.connect(tags.append)
    assert panel.view is not None
    assert panel.view.picture is not None
    panel.view.activated.emit(panel.view.picture.ids[titles(panel).index("#ml")], False)
    assert tags == ["ml"]


def test_what_is_held_is_held_when_the_note_is_opened_again(
    workspace: Workspace, notes: Notes, panel: GraphPanel, wait_until: Callable[..., None]
) -> None:
    notebook, ids = notes
    workspace.open_note(ids["Data"])
    wait_until(lambda: len(titles(panel)) == 3)
    view = panel.view
    assert view is not None
    assert view.picture is not None
    view.pins.toggle(view.picture.index[ids["Survey"]])
    wait_until(lambda: read_pins(notebook.values.get(key_of(ids["Data"], 1))) == {ids["Survey"]})
    workspace.open_note(ids["Model"])
    wait_until(lambda: "Report" in titles(panel))
    workspace.open_note(ids["Data"])
    wait_until(lambda: "Survey" in titles(panel))
    assert view.picture.pinned() == {ids["Survey"]}


def test_it_leads_to_the_graph_of_the_library(
    workspace: Workspace, notes: Notes, panel: GraphPanel, wait_until: Callable[..., None]
) -> None:
    _notebook, ids = notes
    wanted: list[tuple[NoteId, NoteId | None]] = []
    panel.library_wanted.connect(lambda first, last: wanted.append((first, last)))
    assert not panel.library_button.isEnabled()
    workspace.open_note(ids["Data"])
    wait_until(lambda: len(titles(panel)) == 3)
    panel.library_button.click()
    assert panel.view is not None
    panel.view.context_requested.emit(ids["Model"], panel.mapToGlobal(panel.rect().center()))
    menu = panel.findChildren(QMenu, "nodeMenu")[-1]
    menu.hide()
    by_words = {action.text(): action for action in menu.actions()}
    by_words["Chain from the open note to here"].trigger()
    assert wanted == [(ids["Data"], None), (ids["Data"], ids["Model"])]
    by_words["Copy link"].trigger()
    assert QGuiApplication.clipboard().text() == "[[Model]]"


def test_it_says_when_there_is_nothing_to_see(
    workspace: Workspace, notes: Notes, panel: GraphPanel, wait_until: Callable[..., None]
) -> None:
    notebook, _ids = notes
    words = [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]
    assert "Open a note to see what it is linked with." in words
    alone = notebook.tree.create("Alone", text="# Alone\n").created[0]
    workspace.open_note(alone)
    wait_until(lambda: titles(panel) == ["Alone"])
    assert "no links yet" in [label.text() for label in panel.findChildren(QLabel)]


def test_the_count_is_never_cut(app: object) -> None:
    label = FittingLabel()
    label.say("around: 28", "28")
    for width, shown in ((200, "around: 28"), (label.fontMetrics().horizontalAdvance("28") + 2, "28"), (3, "")):
        label.resize(width, 20)
        QApplication.sendEvent(label, QResizeEvent(label.size(), label.size()))
        assert label.text() == shown
        assert label.accessibleName() == "around: 28"
