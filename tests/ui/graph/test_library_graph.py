"""The graph of the library: what it shows, what narrows it, what it keeps."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLineEdit, QMenu, QSpinBox, QWidget

from desktop.core.notebook import Notebook
from desktop.core.records import Changes, GraphFilter, NoteId, NoteKind
from desktop.ui import theme
from desktop.ui.graph.library_graph import LibraryGraph
from desktop.ui.graph.state import LIBRARY_KEY
from desktop.ui.workspace import Workspace

Notes = tuple[Notebook, dict[str, NoteId]]
Wait = Callable[..., None]


@pytest.fixture
def library(notes: Notes) -> Notes:
    """Add a folder, a lecture, a tag, and a note that nothing is linked with."""
    notebook, ids = notes
    ids["Course"] = notebook.tree.create("Course", kind=NoteKind.FOLDER).created[0]
    text = "# Trees\n\nAs in the [[Survey]] and in [[Model]]. #ml\n"
    ids["Trees"] = notebook.tree.create("Trees", kind=NoteKind.LECTURE, parent_id=ids["Course"], text=text).created[0]
    ids["Alone"] = notebook.tree.create("Alone", text="# Alone\n\nNobody knows it.\n").created[0]
    return notebook, ids


@pytest.fixture
def window(workspace: Workspace, library: Notes, qt_messages: list[str]) -> Iterator[LibraryGraph]:
    window = LibraryGraph(workspace)
    window.resize(1000, 640)
    window.show()
    yield window
    window.close()
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # else each theme dresses all windows there were
    # Without a screen nothing can pop up above something else, and Qt says so each time.
    qt_messages[:] = [message for message in qt_messages if "plugin does not support" not in message]


def titles(window: LibraryGraph) -> set[str]:
    return set(window.view.picture.titles) if window.view.picture is not None else set()


ALL = {"Data", "Model", "Survey", "Trees", "Alone"}


def test_it_shows_all_notes_and_says_how_many(window: LibraryGraph, wait_until: Wait) -> None:
    assert window.isWindow()
    wait_until(lambda: titles(window) == ALL)
    assert window.status.counts.text() == "5 note(s), 4 link(s)"
    assert not window.problem.isVisible()
    assert [line.text() for line in window.legend.lines] == ["Notes", "Lectures"]


def test_places_are_kept_and_a_second_opening_is_the_same_picture(
    window: LibraryGraph, workspace: Workspace, library: Notes, wait_until: Wait
) -> None:
    notebook, ids = library
    linked = {ids[title] for title in ALL - {"Alone"}}  # what is linked with nothing stands where there is room
    wait_until(lambda: set(notebook.graph.positions()) >= linked, timeout_s=20)
    stored = notebook.graph.positions()
    again = LibraryGraph(workspace)
    again.show()
    wait_until(lambda: titles(again) == ALL)
    assert again.view.picture is not None
    assert not again.view.picture.simulation.moving
    assert {number: again.view.picture.places()[number] for number in linked} == stored
    again.close()


def test_a_query_shows_only_matches_or_lets_them_stand_out(
    window: LibraryGraph, library: Notes, wait_until: Wait
) -> None:
    wait_until(lambda: titles(window) == ALL)
    assert not window.bar.mark.isEnabled()
    window.bar.field.setText("tag:ml")
    wait_until(lambda: titles(window) == {"Trees"})
    assert window.status.counts.text() == "1 of 5 note(s), 0 link(s)"
    window.bar.mark.click()
    wait_until(lambda: titles(window) == ALL)
    assert "1 match(es)" in window.status.counts.text()
    assert window.highlighted == {library[1]["Trees"]}
    window.bar.clear_filter()
    wait_until(lambda: window.highlighted is None)


def test_a_narrowed_picture_stands_by_itself(
    window: LibraryGraph, workspace: Workspace, library: Notes, wait_until: Wait
) -> None:
    notebook, _ids = library
    wait_until(lambda: titles(window) == ALL and not window.view.running, timeout_s=20)
    wait_until(lambda: len(notebook.graph.positions()) == len(ALL) - 1)
    stored = notebook.graph.positions()
    window.bar.field.setText("cleaned OR trees")
    wait_until(lambda: titles(window) == {"Survey", "Trees"} and not window.view.running, timeout_s=20)
    assert window.view.picture is not None
    assert any(window.view.picture.places()[number] != stored[number] for number in window.view.picture.ids)
    window.view.rested.emit()
    workspace.write(Changes).result()  # whatever is stored is stored
    assert notebook.graph.positions() == stored
    window.bar.clear_filter()
    wait_until(lambda: titles(window) == ALL)
    assert {number: window.view.picture.places()[number] for number in stored} == stored


def test_a_wrong_query_is_told_and_the_picture_stays(window: LibraryGraph, wait_until: Wait) -> None:
    wait_until(lambda: titles(window) == ALL)
    window.bar.field.setText("tag:")
    wait_until(lambda: window.problem.isVisible())
    assert window.problem.text().startswith("Say what “tag:” should be")
    assert titles(window) == ALL
    window.bar.field.setText("tag:ml")
    wait_until(lambda: not window.problem.isVisible() and titles(window) == {"Trees"})
    window.bar.field.setText("tag:ml date:")
    wait_until(lambda: window.problem.isVisible())
    assert titles(window) == {"Trees"}


def test_kind_folder_tag_dates_and_hubs_narrow_it(window: LibraryGraph, library: Notes, wait_until: Wait) -> None:
    _notebook, ids = library
    bar = window.bar
    wait_until(lambda: titles(window) == ALL)
    bar.kinds.click()
    bar.kinds_card.boxes[NoteKind.LECTURE].click()
    bar.kinds.close_card()
    wait_until(lambda: titles(window) == {"Trees"})
    assert bar.kinds.text() == "Lectures"
    bar.clear_filter()
    wait_until(lambda: titles(window) == ALL)
    bar.folder.click()
    wait_until(lambda: bar.folders.model.rowCount() == 2)  # all folders, and the one there is
    QTest.keyClick(bar.folders.field, Qt.Key.Key_Down)
    QTest.keyClick(bar.folders.field, Qt.Key.Key_Return)
    wait_until(lambda: titles(window) == {"Trees"})
    assert bar.filter.folder == ids["Course"]
    assert bar.folder.text() == "Course"
    bar.clear_filter()
    bar.tag.click()
    QTest.keyClicks(bar.tags.field, "ml")
    wait_until(lambda: bar.tags.model.rowCount() == 1)
    QTest.keyClick(bar.tags.field, Qt.Key.Key_Return)
    wait_until(lambda: titles(window) == {"Trees"})
    bar.clear_filter()
    bar.dates_card.until.setText("2001")
    bar.dates_card.until.textEdited.emit("2001")
    wait_until(lambda: window.empty.isVisible())
    assert window.empty.words.text() == "No note fits this filter."
    window.empty.button.click()
    wait_until(lambda: titles(window) == ALL and window.view.isVisible())
    bar.shown_card.most.setValue(1)
    wait_until(lambda: titles(window) == {"Alone"})
    assert bar.shown.value == "at most 1 link(s)"


def test_what_else_is_a_node(window: LibraryGraph, wait_until: Wait) -> None:
    wait_until(lambda: titles(window) == ALL)
    card = window.bar.shown_card
    card.unresolved.click()
    wait_until(lambda: "Report" in titles(window))
    card.tags.click()
    wait_until(lambda: "#ml" in titles(window))
    card.orphans.click()
    wait_until(lambda: "Alone" not in titles(window))
    picture = window.view.picture
    assert picture is not None
    tag = picture.ids[picture.titles.index("#ml")]
    window.view.activated.emit(tag, False)
    wait_until(lambda: window.bar.filter.tag == "ml")


def test_the_library_goes_on_while_one_looks(
    window: LibraryGraph, workspace: Workspace, library: Notes, wait_until: Wait
) -> None:
    notebook, ids = library
    wait_until(lambda: titles(window) == ALL and not window.view.running, timeout_s=20)
    assert window.view.picture is not None
    before = window.view.picture.places()
    workspace.write(lambda: notebook.tree.create("New", text="# New\n\nLike [[Data]].\n"))
    wait_until(lambda: titles(window) == ALL | {"New"})
    now = window.view.picture.places()
    spread = max(abs(x) + abs(y) for x, y in before.values())
    for number, (x, y) in before.items():
        assert abs(now[number][0] - x) + abs(now[number][1] - y) < 0.3 * spread
    workspace.write(lambda: notebook.tree.trash_notes([ids["Alone"]]))
    wait_until(lambda: "Alone" not in titles(window))


def test_clicks_open_notes_and_the_open_one_is_marked(
    window: LibraryGraph, workspace: Workspace, library: Notes, wait_until: Wait
) -> None:
    _notebook, ids = library
    wait_until(lambda: titles(window) == ALL)
    assert window.view.picture is not None
    window.view.activated.emit(ids["Model"], False)
    assert workspace.current == ids["Model"]
    assert window.view.picture.open == window.view.picture.index[ids["Model"]]
    window.show_note(ids["Data"])
    assert window.view.selected_id() == ids["Data"]


def test_the_legend_lets_a_colour_stand_out(window: LibraryGraph, library: Notes, wait_until: Wait) -> None:
    notebook, ids = library
    wait_until(lambda: titles(window) == ALL)
    legend = window.legend
    legend.lines[1].click()
    assert window.highlighted == {ids["Trees"]}
    legend.by_folder.click()
    assert [line.text() for line in legend.lines] == ["Course", "In no folder"]
    assert window.highlighted is None
    legend.lines[0].click()
    assert window.highlighted == {ids["Trees"]}
    QTest.keyClick(window.view, Qt.Key.Key_Escape)
    assert window.highlighted is None
    window.store_state()
    wait_until(lambda: (notebook.values.get(LIBRARY_KEY) or {}).get("colour_by") == "folder")


def test_the_chain_between_two_notes(
    window: LibraryGraph, workspace: Workspace, library: Notes, wait_until: Wait
) -> None:
    _notebook, ids = library
    wait_until(lambda: titles(window) == ALL)
    workspace.open_note(ids["Trees"])
    window.chain_button.click()
    assert window.path_bar.isVisible()
    assert window.path_bar.buttons[0].text() == "Trees"
    window.view.activated.emit(ids["Data"], False)  # a click gives the other end, and opens nothing
    assert workspace.current == ids["Trees"]
    crumbs = window.path_bar.crumbs
    wait_until(lambda: len(crumbs.buttons) == 3)
    assert [step.title for step in crumbs.steps][0::2] == ["Trees", "Data"]
    crumbs.buttons[1].click()
    assert workspace.current == crumbs.steps[1].id
    window.path_bar.buttons[1].click()
    QTest.keyClicks(window.path_bar.pickers[1].field, "Alone")
    wait_until(lambda: window.path_bar.pickers[1].model.rowCount() > 0)
    QTest.keyClick(window.path_bar.pickers[1].field, Qt.Key.Key_Return)
    wait_until(lambda: window.path_bar.words.text() == "No chain of links leads from “Trees” to “Alone”.")
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.path_bar.isVisible()
    assert window.isVisible()


def test_shift_and_a_click_on_a_second_note_shows_the_chain(
    window: LibraryGraph, workspace: Workspace, library: Notes, wait_until: Wait
) -> None:
    _notebook, ids = library
    wait_until(lambda: titles(window) == ALL and not window.view.running, timeout_s=20)
    view = window.view
    assert view.picture is not None

    def click(title: str, modifier: Qt.KeyboardModifier) -> None:
        assert view.picture is not None
        x, y = view.picture.positions[view.picture.index[ids[title]]].tolist()
        place = view.camera.to_screen(x, y, view.width(), view.height())
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, modifier, QPoint(*map(round, place)))

    click("Trees", Qt.KeyboardModifier.NoModifier)
    assert workspace.current == ids["Trees"]
    click("Data", Qt.KeyboardModifier.ShiftModifier)
    assert workspace.current == ids["Trees"]
    wait_until(lambda: len(window.path_bar.crumbs.buttons) == 3)
    assert [window.path_bar.crumbs.steps[place].id for place in (0, -1)] == [ids["Trees"], ids["Data"]]


def test_its_menu_offers_what_can_be_done(
    window: LibraryGraph, workspace: Workspace, library: Notes, wait_until: Wait
) -> None:
    _notebook, ids = library
    wait_until(lambda: titles(window) == ALL and not window.view.running, timeout_s=20)
    workspace.open_note(ids["Trees"])
    view = window.view
    assert view.picture is not None

    def menu_at(title: str) -> dict[str, Callable[[], None]]:
        view.context_requested.emit(ids[title], window.mapToGlobal(QPoint(50, 50)))
        menu = window.findChildren(QMenu, "nodeMenu")[-1]
        menu.hide()
        return {action.text(): action.trigger for action in menu.actions() if action.text()}

    assert list(menu_at("Data")) == [
        "Open", "Open in new tab", "Chain from here…", "Chain from the open note to here", "Pin here", "Copy link",
    ]  # fmt: skip
    menu_at("Data")["Pin here"]()
    assert view.picture.pinned() == {ids["Data"]}
    wait_until(lambda: window._workspace.notebook.graph.pinned() == {ids["Data"]})
    menu_at("Data")["Unpin"]()
    assert view.picture.pinned() == frozenset()
    wait_until(lambda: not window._workspace.notebook.graph.pinned())
    menu_at("Data")["Chain from the open note to here"]()
    wait_until(lambda: len(window.path_bar.crumbs.buttons) == 3)


def test_what_was_set_up_is_there_again(
    window: LibraryGraph, workspace: Workspace, library: Notes, wait_until: Wait
) -> None:
    notebook, ids = library
    wait_until(lambda: titles(window) == ALL)
    shown = GraphFilter(query="trees", folder=ids["Course"], tags=True, orphans=False)
    window.bar.show_filter(shown, False, "Course")
    window.legend.by_folder.click()
    window.view.zoom_by(2.0)
    wait_until(lambda: not window.view.running, timeout_s=20)
    window.close()
    wait_until(lambda: isinstance(notebook.values.get(LIBRARY_KEY), dict))
    again = LibraryGraph(workspace)
    again.show()
    assert again.bar.filter == shown
    assert again.bar.mark.isChecked()
    assert again.bar.field.text() == "trees"
    assert again.bar.folder.text() == "Course"
    assert again.legend.by_folder.isChecked()
    again.close()
    workspace.write(Changes).result()  # what it stores is stored
    notebook.values.set(LIBRARY_KEY, {"query": 3, "folder": 999_999, "look": "far"})
    third = LibraryGraph(workspace)
    third.show()
    wait_until(lambda: titles(third) == ALL)
    assert third.bar.filter == GraphFilter()
    third.close()


def test_the_camera_is_where_it_was(
    window: LibraryGraph, workspace: Workspace, library: Notes, wait_until: Wait
) -> None:
    wait_until(lambda: titles(window) == ALL and not window.view.running, timeout_s=20)
    window.view.zoom_by(1.7)
    wait_until(lambda: not window.view.running)
    scale = window.view.camera.scale
    window.close()
    again = LibraryGraph(workspace)
    again.resize(window.size())
    wait_until(lambda: library[0].values.get(LIBRARY_KEY) is not None)
    again.close()
    third = LibraryGraph(workspace)
    third.show()
    wait_until(lambda: titles(third) == ALL and not third.view.running, timeout_s=20)
    assert third.view.camera.scale == pytest.approx(scale, rel=0.02)
    third.close()


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_the_picture_is_exported(
    window: LibraryGraph, workspace: Workspace, wait_until: Wait, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, kind: str,
) -> None:  # fmt: skip
    told: list[str] = []
    workspace.notice.connect(lambda _level, sentence: told.append(sentence))
    wait_until(lambda: titles(window) == ALL and not window.view.running, timeout_s=20)
    file = tmp_path / f"picture.{kind}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_rest: (str(file.with_suffix("")), ""))
    window.export(kind)
    assert told == [f"The picture was written to {file}."]
    if kind == "png":
        assert QImage(str(file)).width() >= window.view.width()
    else:
        assert "Trees" in file.read_text(encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_rest: (str(tmp_path / "no" / f"x.{kind}"), ""))
    window.export(kind)
    assert "could not be written" in told[-1]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_rest: ("", ""))
    window.export(kind)
    assert len(told) == 2


def test_an_empty_library_says_so(app: object, workspace: Workspace, notes: Notes, wait_until: Wait) -> None:
    notebook, ids = notes
    notebook.tree.trash_notes(list(ids.values()))
    window = LibraryGraph(workspace)
    window.show()
    wait_until(lambda: window.empty.isVisible() and window.empty.words.text() == "The library has no notes yet.")
    assert not window.empty.button.isVisible()
    window.close()


def test_keys_close_it_one_thing_after_another(window: LibraryGraph, wait_until: Wait) -> None:
    wait_until(lambda: titles(window) == ALL)
    window.bar.field.setFocus()
    window.bar.field.setText("trees")
    QTest.keyClick(window.bar.field, Qt.Key.Key_Escape)
    assert window.bar.field.text() == ""
    QTest.keyClick(window.bar.field, Qt.Key.Key_Escape)
    assert window.isVisible()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_it_closes_with_the_window_that_opened_it(workspace: Workspace, library: Notes, wait_until: Wait) -> None:
    owner = QWidget()
    owner.show()
    window = LibraryGraph(workspace, owner)
    window.show()
    wait_until(lambda: titles(window) == ALL)
    owner.close()
    assert not window.isVisible()


def test_every_control_is_named_and_within_reach_of_tab(window: LibraryGraph, wait_until: Wait) -> None:
    wait_until(lambda: titles(window) == ALL)
    window.path_bar.begin(None)
    controls = [
        widget
        for kind in (QAbstractButton, QLineEdit, QSpinBox)
        for widget in window.findChildren(kind)
        if not (isinstance(widget, QLineEdit) and isinstance(widget.parentWidget(), QSpinBox))
        and widget.parentWidget() is not window.bar.field  # Qt's own cross in the field
    ]
    assert len(controls) > 20
    for widget in controls:
        name = widget.accessibleName() or getattr(widget, "text", lambda: "")()
        assert name, widget
        assert name.isascii() or "…" in name, name
        assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus, name


def test_it_follows_the_theme(window: LibraryGraph, wait_until: Wait) -> None:
    wait_until(lambda: titles(window) == ALL)
    before = window.grab().toImage().pixelColor(window.width() - 40, window.height() // 2)
    theme.apply("dark" if not theme.current().dark else "light")
    try:
        wait_until(lambda: not window.view.running)
        after = window.grab().toImage().pixelColor(window.width() - 40, window.height() // 2)
        assert before.lightnessF() > 0.8 > 0.3 > after.lightnessF()
    finally:
        theme.apply("light")


def test_nothing_is_written_into_a_library_that_is_only_read(
    tmp_path: Path, app: object, wait_until: Wait
) -> None:
    from desktop.core.settings import Settings
    from desktop.ui.tasks import Tasks

    path = tmp_path / "read.konspekt"
    notebook = Notebook.open(path)
    notebook.tree.create("One", text="# One\n")
    notebook.close()
    notebook = Notebook.open(path, read_only=True)
    tasks = Tasks()
    bugs: list[object] = []
    workspace = Workspace(notebook, tasks, Settings())
    workspace.bug_found.connect(bugs.append)
    workspace.notice.connect(lambda _level, sentence: bugs.append(sentence))
    window = LibraryGraph(workspace)
    window.show()
    wait_until(lambda: titles(window) == {"One"})
    window.bar.shown_card.tags.click()
    window.close()
    tasks.close()
    notebook.close()
    assert not bugs
    assert replace(GraphFilter(), tags=True) == window.bar.filter
