"""The field in the window: help by key, saved searches that are looked for, removed and brought back."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.core.notebook import Notebook
from desktop.core.paths import Places
from desktop.core.settings import Settings
from desktop.ui.main_window import MainWindow
from desktop.ui.tasks import Tasks
from desktop.ui.workspace import Workspace

from .test_field import forgive_the_offscreen_plugin

Wait = Callable[..., None]


@pytest.fixture
def window(app: object, tmp_path: Path) -> Iterator[MainWindow]:
    """Return the window of a library with two saved searches."""
    places = Places(tmp_path / "data", tmp_path / "cache", tmp_path / "config")
    notebook = Notebook.open(tmp_path / "library.konspekt", places=places)
    notebook.tree.create("Лекция", text="Модель и цена ошибки.")
    notebook.saved_searches.add("Модели", "модель")
    notebook.saved_searches.add("Долгий", "слово " * 60)
    notebook.search.index_now()
    tasks = Tasks()
    made = MainWindow(Workspace(notebook, tasks, Settings(view="edit")))
    made.show()
    made.activateWindow()
    yield made
    made.editor.flush(wait=True)
    made.close()
    made.deleteLater()
    tasks.close()
    notebook.close()


def test_a_saved_search_is_looked_for_whole(window: MainWindow, wait_until: Wait) -> None:
    wait_until(lambda: "saved" in vars(window.library))
    view = window.library.saved
    for row, query in enumerate(["модель", ("слово " * 60).strip()]):
        window.search.clear()
        where = view.list.visualRect(view.rows.index(row)).center()
        QTest.mouseClick(view.list.viewport(), Qt.MouseButton.LeftButton, pos=where)
        assert window.search_field.edit.text() == query
        assert window.search_field.edit.hasFocus()
        assert window.left_pages.currentWidget() is window.search
        assert not window.search_completion.shown


def test_a_removed_search_comes_back_by_the_notice(window: MainWindow, wait_until: Wait) -> None:
    wait_until(lambda: "saved" in vars(window.library))
    view = window.library.saved
    view.list.setFocus()
    view.list.setCurrentIndex(view.rows.index(0))
    QTest.keyClick(view.list, Qt.Key.Key_Delete)
    wait_until(lambda: [row.title for row in view.rows.rows] == ["Долгий"])
    assert "Модели" in window.notices.text
    window.notices._button.click()
    wait_until(lambda: [row.title for row in view.rows.rows] == ["Модели", "Долгий"])
    saved = window.workspace.notebook.saved_searches.list()
    assert saved[0].query == "модель"


def test_help_opens_from_anywhere(window: MainWindow, qt_messages: list[str]) -> None:
    window.show_left(False)
    window.actions_by_name["search_help"].trigger()
    card = window.search_help.card
    assert card is not None
    assert card.isVisible()
    assert window.left.isVisible()
    card.close()
    forgive_the_offscreen_plugin(qt_messages)


def test_the_field_comes_to_the_first_paint_alone() -> None:
    import subprocess
    import sys

    code = (
        "import sys, desktop.ui.main_window\n"
        "late = ('operator_completion', 'field_popup', 'help_card', 'recent_searches')\n"
        "print([name for name in late if f'desktop.ui.search.{name}' in sys.modules],"
        " 'desktop.ui.tree.saved_searches' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[] False"
