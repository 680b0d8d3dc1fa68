"""What links here, where it stands, and how it opens."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.core.notebook import Notebook
from desktop.core.records import NoteId
from desktop.ui import theme
from desktop.ui.links.links_panel import LinksPanel
from desktop.ui.links.rows import MissingRow, NoteRow, PlaceRow, WordsRow
from desktop.ui.workspace import Workspace

Notes = tuple[Notebook, dict[str, NoteId]]


@pytest.fixture
def panel(workspace: Workspace) -> Iterator[LinksPanel]:
    panel = LinksPanel(workspace)
    panel.resize(300, 500)
    panel.show()
    yield panel
    panel.hide()
    panel.deleteLater()


def wait_for(wait_until: Callable[..., None], panel: LinksPanel, heading: str) -> None:
    wait_until(lambda: any(part.header.text() == heading for part in panel._lists))


def test_backlinks_are_grouped_and_show_the_sentence(
    workspace: Workspace, notes: Notes, panel: LinksPanel, wait_until: Callable[..., None]
) -> None:
    _notebook, ids = notes
    workspace.open_note(ids["Data"])
    wait_for(wait_until, panel, "Backlinks 3")
    rows = panel.backlinks.view.rows.rows
    assert [type(row) for row in rows] == [NoteRow, PlaceRow, NoteRow, PlaceRow, PlaceRow]
    assert isinstance(rows[2], NoteRow)
    assert (rows[2].title, rows[2].count) == ("Survey", 2)
    place = rows[3]
    assert isinstance(place, PlaceRow)
    assert place.heading == "Results"
    marked = [place.snippet.text[start:end] for start, end in place.snippet.marks]
    assert marked == ["raw data"]


def test_names_that_assistive_tools_read(panel: LinksPanel) -> None:
    names = [part.view.accessibleName() for part in panel._lists]
    assert names == ["Backlinks", "Mentions", "Outgoing"]


def test_a_place_opens_by_enter_and_by_click(
    workspace: Workspace, notes: Notes, panel: LinksPanel, wait_until: Callable[..., None]
) -> None:
    notebook, ids = notes
    places: list[Any] = []
    workspace.place_requested.connect(places.append)
    workspace.open_note(ids["Data"])
    wait_for(wait_until, panel, "Backlinks 3")
    view = panel.backlinks.view
    view.setFocus()
    view.setCurrentIndex(view.rows.index(4))
    QTest.keyClick(view, Qt.Key.Key_Return)
    text = notebook.notes.read(ids["Survey"]).text
    assert workspace.current == ids["Survey"]
    assert text[places[-1].offset :].startswith("[[Data]] once more")
    workspace.open_note(ids["Data"])
    wait_for(wait_until, panel, "Backlinks 3")
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(view.rows.index(1)).center())
    assert workspace.current == ids["Model"]


def test_outgoing_links_and_the_missing_one(
    workspace: Workspace, notes: Notes, panel: LinksPanel, wait_until: Callable[..., None]
) -> None:
    notebook, ids = notes
    missing: list[tuple[NoteId, str]] = []
    workspace.missing_note.connect(lambda source, title: missing.append((source, title)))
    workspace.open_note(ids["Model"])
    wait_for(wait_until, panel, "Outgoing 2")
    rows = panel.outgoing.view.rows.rows
    assert isinstance(rows[0], NoteRow)
    assert rows[0].note_id == ids["Data"]
    assert isinstance(rows[1], MissingRow)
    panel.outgoing.view.chosen.emit(rows[1], False)
    assert missing == [(ids["Model"], "Report")]
    workspace.write(lambda: notebook.tree.create("Report", text="Done."))
    wait_until(lambda: all(isinstance(row, NoteRow) for row in panel.outgoing.view.rows.rows))
    panel.outgoing.view.chosen.emit(panel.outgoing.view.rows.rows[0], False)
    assert workspace.current == ids["Data"]


def test_it_follows_a_save_in_another_note(
    workspace: Workspace, notes: Notes, panel: LinksPanel, wait_until: Callable[..., None]
) -> None:
    notebook, ids = notes
    workspace.open_note(ids["Data"])
    wait_for(wait_until, panel, "Backlinks 3")
    workspace.write(lambda: notebook.notes.save(ids["Model"], "Nothing any more.", 1))
    wait_for(wait_until, panel, "Backlinks 2")


def test_nothing_is_said_in_one_line(
    workspace: Workspace, notes: Notes, panel: LinksPanel, wait_until: Callable[..., None]
) -> None:
    workspace.open_note(notes[1]["Survey"])
    wait_for(wait_until, panel, "Backlinks 0")
    rows = panel.backlinks.view.rows.rows
    assert len(rows) == 1
    assert isinstance(rows[0], WordsRow)
    workspace.close_note()
    wait_for(wait_until, panel, "Backlinks")
    assert not panel.backlinks.view.rows.rows


def test_a_hidden_panel_waits_until_it_is_seen(
    workspace: Workspace, notes: Notes, panel: LinksPanel, wait_until: Callable[..., None]
) -> None:
    panel.hide()
    workspace.open_note(notes[1]["Data"])
    QTest.qWait(250)
    assert panel.backlinks.header.text() == "Backlinks"
    panel.show()
    wait_for(wait_until, panel, "Backlinks 3")


def test_folded_lists_are_remembered(
    workspace: Workspace, notes: Notes, panel: LinksPanel, wait_until: Callable[..., None]
) -> None:
    panel.mentions.header.click()
    assert not panel.mentions.view.isVisible()
    wait_until(lambda: notes[0].values.get("links.folded") == [1])
    assert not LinksPanel(workspace).mentions.header.isChecked()


def test_it_paints_in_light_and_dark(
    workspace: Workspace, notes: Notes, panel: LinksPanel, wait_until: Callable[..., None]
) -> None:
    workspace.open_note(notes[1]["Data"])
    wait_for(wait_until, panel, "Backlinks 3")
    before = theme.current()
    try:
        for choice in ("light", "dark"):
            theme.apply(choice)
            panel.backlinks.view.setCurrentIndex(panel.backlinks.view.rows.index(1))
            assert not panel.grab().isNull()
    finally:
        theme.apply("dark" if before.dark else "light")
