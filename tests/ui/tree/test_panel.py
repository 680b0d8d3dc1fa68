"""The library panel as a person uses it: keys, the mouse, the menu, the trash."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu

from desktop.core.records import Changes, ExportTarget, Note, NoteId, NoteKind
from desktop.ui.tree.nodes import Role
from desktop.ui.tree.panel import STATE_KEY, LibraryPanel
from desktop.ui.workspace import Place, Workspace

from .conftest import Shelf, make

Wait = Callable[..., None]
Key = Qt.Key
Mod = Qt.KeyboardModifier


@pytest.fixture
def panel(workspace: Workspace) -> Iterator[LibraryPanel]:
    made = LibraryPanel(workspace)
    made.resize(300, 600)
    made.show()
    made.activateWindow()
    made.view.setFocus()
    yield made
    made.close()
    made.deleteLater()


def rows(panel: LibraryPanel, parent: QModelIndex | None = None) -> list[str]:
    """Return the titles under a row."""
    parent = parent or QModelIndex()
    return [panel.model.index(row, 0, parent).data() for row in range(panel.model.rowCount(parent))]


def child_titles(shelf: Shelf, note_id: int | None) -> list[str]:
    """Return the stored titles under a note."""
    return [head.title for head in shelf.notebook.tree.children(note_id)]  # type: ignore[arg-type]


def entries(menu: QMenu) -> dict[str, object]:
    """Return a menu's actions by their words."""
    return {action.text().split("\t")[0]: action for action in menu.actions() if action.text()}


def test_accessible_name(panel: LibraryPanel) -> None:
    assert panel.view.accessibleName() == "Library"


def test_a_click_opens_a_note_and_a_section(panel: LibraryPanel, workspace: Workspace, shelf: Shelf) -> None:
    opened: list[Note] = []
    places: list[Place] = []
    workspace.note_opened.connect(opened.append)
    workspace.place_requested.connect(places.append)
    digest = panel.model.loaded_index(shelf.digest)
    panel.view.expand(digest)
    middle = panel.view.visualRect(digest).center()
    QTest.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert [note.head.id for note in opened] == [shelf.digest]
    section = panel.model.index(1, 0, digest)
    QTest.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=panel.view.visualRect(section).center())
    assert [(place.note_id, place.section) for place in places] == [(shelf.digest, 1)]


def test_a_new_note_is_named_and_opened_by_keys(
    panel: LibraryPanel, workspace: Workspace, shelf: Shelf, wait_until: Wait
) -> None:
    writing: list[bool] = []
    panel.writing_requested.connect(lambda: writing.append(True))
    panel.reveal(shelf.uni)
    panel.new_note(NoteKind.LECTURE)
    wait_until(lambda: panel.view.findChild(QLineEdit) is not None)
    line = panel.view.findChild(QLineEdit)
    line.insert("Теория вероятностей")  # QTest types Latin letters only
    QTest.keyClick(line, Key.Key_Return)
    wait_until(lambda: "Теория вероятностей" in child_titles(shelf, shelf.uni))
    assert writing == [True]
    assert workspace.current is not None
    assert workspace.notebook.tree.head(workspace.current).kind is NoteKind.LECTURE


def test_a_new_note_stands_after_the_current_one(panel: LibraryPanel, shelf: Shelf, wait_until: Wait) -> None:
    panel.reveal(shelf.streams)
    panel.new_note()
    wait_until(lambda: len(child_titles(shelf, shelf.uni)) == 3)
    assert child_titles(shelf, shelf.uni)[1] == "New note"


def test_rename_with_f2(panel: LibraryPanel, shelf: Shelf, wait_until: Wait) -> None:
    panel.reveal(shelf.diary)
    QTest.keyClick(panel.view, Key.Key_F2)
    line = panel.view.findChild(QLineEdit)
    assert line.text() == "Diary"
    line.insert("Дневник")  # QTest types Latin letters only
    QTest.keyClick(line, Key.Key_Return)
    wait_until(lambda: "Дневник" in rows(panel))


def test_moving_with_keys_and_undo(panel: LibraryPanel, shelf: Shelf, wait_until: Wait) -> None:
    panel.reveal(shelf.diary)
    QTest.keyClick(panel.view, Key.Key_Up, Mod.AltModifier)
    wait_until(lambda: rows(panel) == ["uni", "Diary", "MLOps digest"])
    assert panel.view.currentIndex().data() == "Diary"
    QTest.keyClick(panel.view, Key.Key_Right, Mod.AltModifier | Mod.ShiftModifier)
    wait_until(lambda: rows(panel) == ["uni", "MLOps digest"])
    assert panel.view.currentIndex().data(Role.NOTE_ID) == shelf.diary
    assert child_titles(shelf, shelf.uni)[-1] == "Diary"
    QTest.keyClick(panel.view, Key.Key_Left, Mod.AltModifier | Mod.ShiftModifier)
    wait_until(lambda: rows(panel) == ["uni", "Diary", "MLOps digest"])
    QTest.keyClick(panel.view, Key.Key_Down, Mod.AltModifier)
    wait_until(lambda: rows(panel) == ["uni", "MLOps digest", "Diary"])
    for before in (["uni", "Diary", "MLOps digest"], ["uni", "MLOps digest"]):
        QTest.keyClick(panel.view, Key.Key_Z, Mod.ControlModifier)
        wait_until(lambda before=before: rows(panel) == before)
    QTest.keyClick(panel.view, Key.Key_Z, Mod.ControlModifier | Mod.ShiftModifier)
    wait_until(lambda: rows(panel) == ["uni", "Diary", "MLOps digest"])


def test_moving_past_the_end_does_nothing(panel: LibraryPanel, workspace: Workspace, shelf: Shelf) -> None:
    panel.reveal(shelf.diary)
    panel.run_command("down")
    panel.reveal(shelf.uni)
    panel.run_command("up")
    panel.run_command("indent")
    panel.run_command("outdent")
    assert workspace.tree_undo.count() == 0


def test_several_notes_move_together(panel: LibraryPanel, shelf: Shelf, wait_until: Wait) -> None:
    panel.reveal(shelf.digest)
    QTest.keyClick(panel.view, Key.Key_Down, Mod.ShiftModifier)
    assert panel.selected_notes() == [shelf.digest, shelf.diary]
    panel.run_command("up")
    wait_until(lambda: rows(panel) == ["MLOps digest", "Diary", "uni"])
    assert panel.selected_notes() == [shelf.digest, shelf.diary]


def test_trash_undo_and_what_is_selected_next(panel: LibraryPanel, shelf: Shelf, wait_until: Wait) -> None:
    panel.reveal(shelf.digest)
    QTest.keyClick(panel.view, Key.Key_Delete)
    wait_until(lambda: rows(panel) == ["uni", "Diary"])
    wait_until(lambda: panel.view.currentIndex().data() == "Diary")
    wait_until(lambda: panel.trash.rows.rowCount() == 1)
    QTest.keyClick(panel.view, Key.Key_Z, Mod.ControlModifier)
    wait_until(lambda: rows(panel) == ["uni", "MLOps digest", "Diary"])


def test_the_trash_restores_and_asks_before_deleting(panel: LibraryPanel, shelf: Shelf, wait_until: Wait) -> None:
    tree = shelf.notebook.tree
    panel.reveal(shelf.digest)
    QTest.keyClick(panel.view, Key.Key_Delete)
    wait_until(lambda: panel.trash.rows.rowCount() == 1)
    QTest.mouseClick(panel.trash_line, Qt.MouseButton.LeftButton)
    assert panel.trash.list.isVisible()
    QTest.mouseClick(panel.trash.restore_button, Qt.MouseButton.LeftButton)
    wait_until(lambda: tree.exists(shelf.digest) and panel.trash.rows.rowCount() == 0)
    panel.commands.trash([shelf.diary])
    wait_until(lambda: panel.trash.rows.rowCount() == 1)
    QTest.keyClick(panel.trash.list, Key.Key_Delete)
    assert "Diary" in panel.trash.question.text()
    assert len(tree.trash()) == 1
    QTest.keyClick(panel.trash.list, Key.Key_Escape)
    assert not panel.trash.confirm_button.isVisible()
    QTest.keyClick(panel.trash.list, Key.Key_Delete)
    QTest.mouseClick(panel.trash.confirm_button, Qt.MouseButton.LeftButton)
    wait_until(lambda: tree.trash() == [])
    QTest.keyClick(panel.trash, Key.Key_Escape)
    assert panel.view.isVisible()


def test_export_of_a_selection(panel: LibraryPanel, shelf: Shelf) -> None:
    asked: list[list[ExportTarget]] = []
    panel.export_requested.connect(asked.append)
    panel.reveal(shelf.diary)
    entries(panel.menus.for_row(panel.view.currentIndex()))["Export…"].trigger()  # type: ignore[attr-defined]
    digest = panel.model.loaded_index(shelf.digest)
    panel.view.expand(digest)
    panel.view.setCurrentIndex(panel.model.index(1, 0, digest))
    entries(panel.menus.for_row(panel.view.currentIndex()))["Export section…"].trigger()  # type: ignore[attr-defined]
    assert asked == [[ExportTarget(shelf.diary, subtree=True)], [ExportTarget(shelf.digest, section=1)]]


def test_links_to_copy(panel: LibraryPanel, shelf: Shelf, wait_until: Wait) -> None:
    digest = panel.model.loaded_index(shelf.digest)
    panel.view.expand(digest)
    panel.view.setCurrentIndex(digest)
    entries(panel.menus.for_row(digest))["Copy link"].trigger()  # type: ignore[attr-defined]
    wait_until(lambda: QApplication.clipboard().text() == "[[MLOps digest]]")
    entries(panel.menus.for_row(panel.model.index(0, 0, digest)))["Copy link"].trigger()  # type: ignore[attr-defined]
    wait_until(lambda: QApplication.clipboard().text() == "[[MLOps digest#Theory]]")


def test_the_kind_is_changed_from_the_menu(panel: LibraryPanel, shelf: Shelf, wait_until: Wait) -> None:
    panel.reveal(shelf.diary)
    menu = panel.menus.for_row(panel.view.currentIndex())
    kinds = next(action.menu() for action in menu.actions() if action.text() == "Kind")
    entries(kinds)["Lecture"].trigger()  # type: ignore[attr-defined]
    wait_until(lambda: panel.view.currentIndex().data(Role.KIND) == "lecture")


def test_new_inside_from_the_menu(panel: LibraryPanel, shelf: Shelf, wait_until: Wait) -> None:
    panel.reveal(shelf.diary)
    menu = panel.menus.for_row(panel.view.currentIndex())
    inside = next(action.menu() for action in menu.actions() if action.text() == "New inside")
    entries(inside)["New digest"].trigger()  # type: ignore[attr-defined]
    wait_until(lambda: child_titles(shelf, shelf.diary) == ["New digest"])


def test_open_notes_are_remembered(panel: LibraryPanel, workspace: Workspace, shelf: Shelf, wait_until: Wait) -> None:
    panel.view.expand(panel.model.loaded_index(shelf.uni))
    panel.view.expand(panel.model.find(shelf.streams))
    panel.store_state()
    wait_until(lambda: shelf.notebook.values.get(STATE_KEY, {}).get("expanded") == [shelf.uni, shelf.streams])
    again = LibraryPanel(workspace)
    again.resize(300, 600)
    again.show()
    wait_until(lambda: again.view.isExpanded(again.model.loaded_index(shelf.streams)))
    again.close()


def test_everything_changed_keeps_what_is_open_and_selected(
    panel: LibraryPanel, workspace: Workspace, shelf: Shelf, wait_until: Wait
) -> None:
    panel.view.expand(panel.model.loaded_index(shelf.uni))
    panel.reveal(shelf.streams)
    panel._follow(shelf.notebook.tree.create("Other"))
    workspace.publish(Changes(everything=True))
    wait_until(lambda: panel.view.isExpanded(panel.model.loaded_index(shelf.uni)))
    assert panel.view.currentIndex().data(Role.NOTE_ID) == shelf.streams


def test_a_hidden_panel_catches_up(panel: LibraryPanel, workspace: Workspace, shelf: Shelf) -> None:
    panel.hide()
    workspace.publish(shelf.notebook.tree.create("Later"))
    assert "Later" not in rows(panel)
    panel.show()
    assert "Later" in rows(panel)


def test_the_note_opened_elsewhere_is_shown(panel: LibraryPanel, workspace: Workspace, shelf: Shelf) -> None:
    workspace.open_note(shelf.empty)
    assert panel.view.currentIndex().data() == "Empty lecture"
    assert panel.view.isExpanded(panel.model.loaded_index(shelf.uni))


def test_reading_on_inside_a_note_while_scrolling(
    panel: LibraryPanel, workspace: Workspace, shelf: Shelf, wait_until: Wait
) -> None:
    for number in range(320):
        make(shelf.notebook, f"n{number}", parent_id=shelf.uni)
    panel.model.reset()
    uni = panel.model.loaded_index(shelf.uni)
    panel.view.expand(uni)
    wait_until(lambda: panel.model.rowCount(uni) == 300)
    last = panel.model.index(299, 0, uni)
    panel.view.scrollTo(last)
    wait_until(lambda: panel.model.rowCount(uni) == 322)


def _place(panel: LibraryPanel, note_id: NoteId) -> int:
    node = panel.model.loaded_node(note_id)
    assert node is not None
    assert node.parent is not None
    return node.parent.place_of(node.row)


def test_a_note_far_down_gets_a_window_of_its_own(
    panel: LibraryPanel, shelf: Shelf, wait_until: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.ui.tree.model.FAR", 100)
    monkeypatch.setattr("desktop.ui.tree.model.PAGE", 40)
    notes = [make(shelf.notebook, f"n{number}") for number in range(400)]
    panel.model.reset()
    panel.reveal(notes[300])
    assert panel.model.rowCount() <= 80
    assert panel.view.currentIndex().data() == "n300"
    for command, place in (("up", 302), ("down", 303)):
        panel.run_command(command)
        wait_until(lambda place=place: _place(panel, notes[300]) == place)
        assert shelf.notebook.tree.row(notes[300]) == place
    assert panel.view.currentIndex().data() == "n300"
    panel.view.scrollToTop()
    wait_until(lambda: panel.model.root.skip < 260)
    assert rows(panel)[:2] == [f"n{panel.model.root.skip - 3}", f"n{panel.model.root.skip - 2}"]
    panel.reveal(shelf.uni)
    assert rows(panel)[0] == "uni"


def test_a_click_on_the_chosen_note_does_not_rename(panel: LibraryPanel, shelf: Shelf) -> None:
    panel.reveal(shelf.diary)
    place = panel.view.visualRect(panel.view.currentIndex()).center()
    for _ in range(2):
        QTest.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, Mod.NoModifier, place)
        QTest.qWait(QApplication.doubleClickInterval() + 50)
    assert panel.view.findChild(QLineEdit) is None


def test_a_note_shown_while_ctrl_is_held_is_selected_alone(panel: LibraryPanel, shelf: Shelf) -> None:
    panel.reveal(shelf.diary)
    for held in (Mod.ControlModifier, Mod.ShiftModifier):  # Ctrl+N, Ctrl+Tab, Alt+Shift+Right
        QTest.keyPress(panel, Key.Key_F20, held)
        panel.reveal(shelf.uni)
        assert panel.selected_notes() == [shelf.uni]
        QTest.keyRelease(panel, Key.Key_F20, Mod.NoModifier)
        panel.reveal(shelf.diary)


def test_an_empty_library_offers_two_ways(panel: LibraryPanel, shelf: Shelf, wait_until: Wait) -> None:
    imports: list[bool] = []
    panel.import_requested.connect(lambda: imports.append(True))
    panel.commands.trash([shelf.uni, shelf.digest, shelf.diary])
    wait_until(panel.empty.isVisible)
    panel.empty.import_button.click()
    assert imports == [True]
    panel.empty.write_button.click()
    wait_until(lambda: rows(panel) == ["New note"])
    assert panel.view.isVisible()


def test_tags(panel: LibraryPanel, workspace: Workspace, shelf: Shelf, wait_until: Wait) -> None:
    activated: list[str] = []
    panel.tag_activated.connect(activated.append)
    note = shelf.notebook.notes.read(shelf.diary)
    workspace.write(lambda: shelf.notebook.notes.save(shelf.diary, "#физика and #data", note.head.version))
    wait_until(lambda: panel.tags.rows.rowCount() == 2)
    QTest.mouseClick(panel.tags.line, Qt.MouseButton.LeftButton)
    assert panel.tags.list.isVisible()
    panel.tags.list.setCurrentIndex(panel.tags.rows.index(1))
    QTest.keyClick(panel.tags.list, Key.Key_Return)
    assert activated == ["физика"]


def test_the_menu_of_the_empty_space(panel: LibraryPanel, shelf: Shelf) -> None:
    index = panel.view.indexAt(QPoint(5, 590))
    assert not index.isValid()
    assert "Import…" in entries(panel.menus.for_row(index))
