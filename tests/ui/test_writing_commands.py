"""The window while one writes: only the note, choices that are remembered, headings found by typing."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QSpinBox, QWidget

from desktop.core.notebook import Notebook
from desktop.core.paths import Places
from desktop.core.settings import load_settings
from desktop.core.text.outline import scan_sections
from desktop.ui.dialogs.go_to_heading import GoToHeading, matching
from desktop.ui.dialogs.settings_dialog import SettingsDialog
from desktop.ui.editor.word_count import Counts
from desktop.ui.main_window import MainWindow
from desktop.ui.status_bar import StatusBar
from desktop.ui.tasks import Tasks
from desktop.ui.workspace import Workspace

Wait = Callable[..., None]
TEXT = "# Лекция\n\n" + "слова\n" * 80 + "## Векторные индексы\n\nслова\n\n## Ошибки\n\n" + "слова\n" * 80


@pytest.fixture
def window(app: object, tmp_path: Path) -> Iterator[MainWindow]:
    places = Places(tmp_path / "data", tmp_path / "cache", tmp_path / "config")
    notebook = Notebook.open(tmp_path / "library.konspekt", places=places)
    note_id = notebook.tree.create("Лекция", text=TEXT).created[0]
    tasks = Tasks()
    settings = load_settings(tmp_path)
    settings.view = "edit"
    made = MainWindow(Workspace(notebook, tasks, settings))
    made.resize(1300, 700)
    made.show()
    made.workspace.open_note(note_id)
    QApplication.processEvents()
    yield made
    made.editor.flush(wait=True)
    made.close()
    made.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    tasks.close()
    notebook.close()


def run(window: MainWindow, command: str) -> None:
    window.actions_by_name[command].trigger()


def press(widget: QWidget, key: Qt.Key) -> None:
    QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier))


def test_only_the_note_and_everything_again(window: MainWindow) -> None:
    window.show_side(False)
    run(window, "zen")
    around = (window.left, window.side, window.header, window.menuBar(), window.status)
    assert not any(widget.isVisible() for widget in around)
    assert window.editor.isVisible()
    assert window.isFullScreen()
    window.layout_state.save()
    run(window, "zen")
    assert [widget.isVisible() for widget in around] == [True, False, True, True, True]
    assert not window.isFullScreen()
    assert window.workspace.settings.sidebar


def test_closing_from_there_forgets_nothing(window: MainWindow) -> None:
    run(window, "zen")
    window.close()
    assert window.workspace.settings.sidebar


def test_choices_are_remembered(window: MainWindow, tmp_path: Path) -> None:
    run(window, "focus_paragraph")
    run(window, "typewriter")
    run(window, "column_narrower")
    edit = window.editor.edit
    assert (edit.focus_mode.mode, edit.typewriter.on) == ("paragraph", True)
    stored = load_settings(tmp_path)
    assert (stored.focus_mode, stored.typewriter, stored.column) == ("paragraph", True, 75)
    assert window.actions_by_name["focus_paragraph"].isChecked()
    run(window, "focus_sentence")
    assert edit.focus_mode.mode == "sentence"
    assert not window.actions_by_name["focus_paragraph"].isChecked()
    run(window, "focus_sentence")
    assert edit.focus_mode.mode == ""
    run(window, "column_full")
    assert load_settings(tmp_path).column == 0
    assert edit.viewport().width() > edit.width() - 60
    for _ in range(20):
        run(window, "column_narrower")
    assert load_settings(tmp_path).column == 50


def test_headings_are_matched_as_written_by_form_by_slip_and_by_layout() -> None:
    sections = scan_sections(TEXT)

    def titles(typed: str) -> list[str]:
        return [section.title for section in matching(sections, typed)]

    assert titles("") == ["Лекция", "Векторные индексы", "Ошибки"]
    assert titles("инд вект") == ["Векторные индексы"]
    assert titles("ошибками") == ["Ошибки"]
    assert titles("вектрные") == ["Векторные индексы"]
    assert titles("jib,rb") == ["Ошибки"]
    assert titles("нигде") == []


def test_a_heading_is_shown_while_one_types_and_escape_goes_back(
    window: MainWindow, wait_until: Wait, qt_messages: list[str]
) -> None:
    edit = window.editor.edit

    def dialog() -> GoToHeading:
        run(window, "go_to_heading")
        (found,) = (w for w in QApplication.topLevelWidgets() if isinstance(w, GoToHeading) and w.isVisible())
        wait_until(lambda: found.list.count() == 3)
        return found

    first = dialog()
    assert edit.first_visible_line() == 0
    first.field.setText("ошибк")
    assert edit.textCursor().block().text() == "## Ошибки"
    assert edit.first_visible_line() > 50
    press(first, Qt.Key.Key_Escape)
    assert edit.first_visible_line() == 0
    assert edit.textCursor().position() == 0
    second = dialog()
    press(second.field, Qt.Key.Key_Down)
    press(second.field, Qt.Key.Key_Return)
    assert edit.textCursor().block().text() == "## Векторные индексы"
    assert not second.isVisible()
    window.workspace.go_back()
    assert edit.textCursor().blockNumber() == 0
    qt_messages[:] = [m for m in qt_messages if "This plugin does not support" not in m]  # a pop-up without a screen


def test_the_column_is_set_in_the_settings(app: object, tmp_path: Path) -> None:
    settings, window, told = load_settings(tmp_path), QWidget(), []
    dialog = SettingsDialog(settings, "library", window)
    dialog.changed.connect(told.append)
    (box,) = (box for box in dialog.findChildren(QSpinBox) if box.accessibleName() == "Column")
    box.setValue(100)
    assert settings.column == 100
    box.setValue(box.minimum())
    assert box.text() == "The whole width"
    assert load_settings(tmp_path).column == 0
    assert told == ["column", "column"]
    window.deleteLater()


def test_the_status_bar_tells_the_length(app: object) -> None:
    bar = StatusBar()
    bar.show_counts(Counts(1_800, 12_000, 10_000))
    (label,) = (part for part in bar.findChildren(QLabel) if part.accessibleName() == "Length of the note")
    assert label.text().endswith("10 min")
    assert "12000 characters" in label.toolTip().replace(",", "")
    bar.show_counts(Counts(1_800, 12_000, 10_000, Counts(7, 40, 30)))
    assert label.text().startswith("7 / ")
    assert "30 without blanks" in label.toolTip()
    bar.show_counts(None)
    assert label.text() == ""
    bar.deleteLater()
