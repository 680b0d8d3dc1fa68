"""Saved searches in the library panel: shown when there are some, searched by a click, put in order and taken back."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from desktop.core.records import SavedSearch
from desktop.ui.tree.panel import STATE_KEY, LibraryPanel
from desktop.ui.tree.saved_searches import SavedSearchesView
from desktop.ui.workspace import Workspace

from .conftest import Shelf
from .test_panel import entries

Wait = Callable[..., None]
Key = Qt.Key


def titles(view: SavedSearchesView) -> list[str]:
    """Return the titles that are shown."""
    return [row.title for row in view.rows.rows]


@pytest.fixture
def panel(workspace: Workspace, shelf: Shelf, wait_until: Wait) -> Iterator[LibraryPanel]:
    for title in ("Лекции", "Обзоры", "Задачи"):
        shelf.notebook.saved_searches.add(title, f"kind:lecture {title}")
    made = LibraryPanel(workspace)
    made.resize(300, 600)
    made.show()
    made.activateWindow()
    wait_until(lambda: made.trash_line.isVisible() and "saved" in vars(made))
    yield made
    made.close()
    made.deleteLater()


def test_without_saved_searches_nothing_is_shown(workspace: Workspace, shelf: Shelf, wait_until: Wait) -> None:
    panel = LibraryPanel(workspace)
    panel.show()
    wait_until(lambda: panel.tags.line._icons_ready)
    assert "saved" not in vars(panel)
    workspace.write(lambda: shelf.notebook.saved_searches.add("a", "b"))
    wait_until(lambda: "saved" in vars(panel) and panel.saved.isVisible())
    workspace.write(lambda: shelf.notebook.saved_searches.remove([1]))
    wait_until(lambda: not panel.saved.isVisible())
    panel.close()
    panel.deleteLater()


def test_a_click_and_enter_search(panel: LibraryPanel) -> None:
    asked: list[str] = []
    panel.search_activated.connect(asked.append)
    view = panel.saved
    assert titles(view) == ["Лекции", "Обзоры", "Задачи"]
    where = view.list.visualRect(view.rows.index(1)).center()
    QTest.mouseClick(view.list.viewport(), Qt.MouseButton.LeftButton, pos=where)
    QTest.keyClick(view.list, Key.Key_Down)
    QTest.keyClick(view.list, Key.Key_Return)
    assert asked == ["kind:lecture Обзоры", "kind:lecture Задачи"]


def test_keys_move_and_remove_with_a_way_back(panel: LibraryPanel, shelf: Shelf, wait_until: Wait) -> None:
    view, removed = panel.saved, []
    panel.search_removed.connect(lambda search, place: removed.append((search, place)))
    view.list.setFocus()
    view.list.setCurrentIndex(view.rows.index(0))
    QTest.keyClick(view.list, Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    wait_until(lambda: titles(view) == ["Обзоры", "Лекции", "Задачи"])
    assert view.list.currentIndex().row() == 1  # what was moved stays the current one
    QTest.keyClick(view.list, Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    wait_until(lambda: titles(view) == ["Лекции", "Обзоры", "Задачи"])
    QTest.keyClick(view.list, Key.Key_Up, Qt.KeyboardModifier.AltModifier)  # the first goes nowhere
    QTest.keyClick(view.list, Key.Key_Delete)
    wait_until(lambda: titles(view) == ["Обзоры", "Задачи"])
    ((search, place),) = removed
    assert isinstance(search, SavedSearch)
    assert (search.title, place) == ("Лекции", 0)
    assert shelf.notebook.tree.trash() == []


def test_a_title_is_written_over(panel: LibraryPanel, shelf: Shelf, wait_until: Wait) -> None:
    view, asked = panel.saved, []
    panel.search_activated.connect(asked.append)
    view.list.setFocus()
    view.list.setCurrentIndex(view.rows.index(2))
    QTest.keyClick(view.list, Key.Key_F2)
    line = view.list.findChild(QLineEdit)
    assert line.text() == "Задачи"
    line.setText("Дела")
    QTest.keyClick(line, Key.Key_Return)
    wait_until(lambda: titles(view) == ["Лекции", "Обзоры", "Дела"])
    assert asked == []
    assert view.list.hasFocus()
    assert [search.query for search in shelf.notebook.saved_searches.list()][2] == "kind:lecture Задачи"


@pytest.mark.parametrize(
    ("row", "before", "expected"),
    [
        (0, 3, ["Обзоры", "Задачи", "Лекции"]),
        (2, 0, ["Задачи", "Лекции", "Обзоры"]),
        (0, 2, ["Обзоры", "Лекции", "Задачи"]),
        (1, -1, ["Лекции", "Задачи", "Обзоры"]),
    ],
)
def test_a_row_is_dragged_to_another_place(
    panel: LibraryPanel, wait_until: Wait, row: int, before: int, expected: list[str]
) -> None:
    view = panel.saved
    view.list.setCurrentIndex(view.rows.index(row))
    assert not view.rows.dropMimeData(QMimeData(), Qt.DropAction.MoveAction, before, 0, QModelIndex())
    wait_until(lambda: titles(view) == expected)


def test_the_menu_offers_what_the_keys_do(panel: LibraryPanel, wait_until: Wait) -> None:
    view = panel.saved
    view.list.setCurrentIndex(view.rows.index(0))
    menu = view.menu_for(view.rows.index(0))
    offered = entries(menu)
    assert list(offered) == ["Search for it", "Rename", "Move up", "Move down", "Remove"]
    assert not offered["Move up"].isEnabled()  # type: ignore[attr-defined]
    offered["Move down"].trigger()  # type: ignore[attr-defined]
    wait_until(lambda: titles(view)[1] == "Лекции")
    menu.close()
    view.list.customContextMenuRequested.emit(QPoint(5, 2000))  # beside the rows: no menu


def test_whether_the_section_is_open_is_remembered(panel: LibraryPanel, workspace: Workspace, wait_until: Wait) -> None:
    view = panel.saved
    assert view.list.isVisible()
    view.line.click()
    assert not view.list.isVisible()
    panel.store_state()
    wait_until(lambda: workspace.notebook.values.get(STATE_KEY, {}).get("searches_open") is False)
    again = LibraryPanel(workspace)
    again.show()
    wait_until(lambda: "saved" in vars(again) and again.saved.isVisible())
    assert not again.saved.list.isVisible()
    again.close()
    again.deleteLater()


def test_names_for_assistive_tools(panel: LibraryPanel) -> None:
    assert panel.saved.line.accessibleName() == "Show saved searches"
    assert panel.saved.list.accessibleName() == "Saved searches"
