"""The quick switcher by the keyboard: recent first, choosing, creating, sections, and how it looks."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from shiboken6 import isValid

from desktop.core.notebook import Notebook
from desktop.core.paths import Places
from desktop.core.records import NoteId, NoteKind
from desktop.core.settings import Settings
from desktop.ui import theme
from desktop.ui.opened_notes import KEY, MOST, opened_notes
from desktop.ui.search.choices import ROW_HEIGHT, Choice
from desktop.ui.search.quick_switcher import QuickSwitcher
from desktop.ui.tasks import Tasks
from desktop.ui.workspace import Workspace

Wait = Callable[..., None]
LECTURE = "---\naliases: Интро\n---\n# Лекция\n\nЦена ошибки.\n\n## Команда\n\nАналитики.\n\n## Итоги 😀 команды\n"


@pytest.fixture
def ids() -> dict[str, NoteId]:
    return {}


@pytest.fixture
def workspace(app: object, tmp_path: Path, ids: dict[str, NoteId]) -> Iterator[Workspace]:
    places = Places(tmp_path / "data", tmp_path / "cache", tmp_path / "config")
    notebook = Notebook.open(tmp_path / "library.konspekt", places=places)
    ids["uni"] = notebook.tree.create("uni", NoteKind.FOLDER).created[0]
    ids["Лекция"] = notebook.tree.create("Лекция", NoteKind.LECTURE, ids["uni"], text=LECTURE).created[0]
    ids["Дайджест"] = notebook.tree.create("Дайджест", NoteKind.DIGEST, text="Привет!").created[0]
    tasks = Tasks()
    made = Workspace(notebook, tasks, Settings())
    bugs: list[BaseException] = []
    made.bug_found.connect(bugs.append)
    yield made
    tasks.close()
    notebook.close()
    assert not bugs


@pytest.fixture
def switch(workspace: Workspace, wait_until: Wait, qt_messages: list[str]) -> Iterator[Callable[[str], QuickSwitcher]]:
    """Return a function that opens the switcher, types, and waits for the rows."""
    window = QWidget()
    window.resize(800, 600)
    window.show()
    QTest.qWait(100)  # what is left of an earlier test's window closes pop-ups as it goes
    opened_notes(workspace)
    made: list[QuickSwitcher] = []

    def open_with(text: str) -> QuickSwitcher:
        for earlier in made:
            if isValid(earlier):
                earlier.close()
        switcher = QuickSwitcher(workspace, window)
        made.append(switcher)
        switcher.show()
        for letter in text:
            switcher.field.insert(letter)
        wait_until(lambda: switcher.model.text == text)
        return switcher

    yield open_with
    for switcher in made:
        if isValid(switcher):
            switcher.close()
    window.close()
    # A pop-up raises itself and takes the keyboard, of which the offscreen platform says that it cannot.
    qt_messages[:] = [message for message in qt_messages if not message.startswith("This plugin does not support")]


Switch = Callable[[str], QuickSwitcher]


def rows(switcher: QuickSwitcher) -> list[str]:
    return [switcher.model.index(row).data() for row in range(switcher.model.rowCount())]


def chosen(switcher: QuickSwitcher, row: int = 0) -> Choice:
    choice: Choice = switcher.model.index(row).data(Qt.ItemDataRole.UserRole)
    return choice


def press(switcher: QuickSwitcher, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(switcher.field, Qt.Key.Key_Return, modifier)


def test_switcher_opens_and_creates(workspace: Workspace, switch: Switch, wait_until: Wait) -> None:
    press(switch("лек"))
    wait_until(lambda: workspace.current is not None)
    assert workspace.notebook.tree.head(workspace.current).title == "Лекция"
    switcher = switch("Совсем новая")
    assert rows(switcher) == ["Create “Совсем новая”"]
    before = workspace.current
    press(switcher)
    wait_until(lambda: workspace.current != before, 20.0)  # the first change of a process imports SQLModel
    assert workspace.notebook.tree.head(workspace.current).title == "Совсем новая"


def test_enter_before_the_rows_are_there_opens_what_was_typed(
    workspace: Workspace, switch: Switch, ids: dict[str, NoteId], wait_until: Wait
) -> None:
    switcher = switch("")
    switcher.field.setText("дайдж")
    press(switcher)
    assert workspace.current is None
    wait_until(lambda: workspace.current == ids["Дайджест"])


def test_the_notes_opened_last_stand_first_and_the_open_one_last(
    workspace: Workspace, switch: Switch, ids: dict[str, NoteId]
) -> None:
    workspace.open_note(ids["Дайджест"])
    assert rows(switch("")) == ["Лекция", "uni", "Дайджест"]  # though none was changed later
    for title in ("uni", "Лекция"):
        workspace.open_note(ids[title])
    assert rows(switch("")) == ["uni", "Дайджест", "Лекция"]
    workspace.open_note(ids["Дайджест"])
    assert rows(switch("")) == ["Лекция", "uni", "Дайджест"]


def test_opened_notes_survive_a_restart(
    workspace: Workspace, switch: Switch, ids: dict[str, NoteId], wait_until: Wait
) -> None:
    workspace.open_note(ids["uni"])
    workspace.open_note(ids["Лекция"])
    wait_until(lambda: workspace.notebook.values.get(KEY) == [ids["Лекция"], ids["uni"]])
    again = Workspace(workspace.notebook, workspace.tasks, Settings())
    assert opened_notes(again).ids == (ids["Лекция"], ids["uni"])
    assert opened_notes(again) is opened_notes(again)
    workspace.notebook.values.set(KEY, ["x", None, True, ids["uni"], ids["uni"], *range(1000, 1100)])
    strange = opened_notes(Workspace(workspace.notebook, workspace.tasks, Settings())).ids
    assert strange[:2] == (ids["uni"], 1000)
    assert len(strange) == MOST


def test_an_alias_says_what_it_stands_for(switch: Switch, ids: dict[str, NoteId]) -> None:
    switcher = switch("интр")
    assert rows(switcher) == ["Интро → Лекция", "Create “интр”"]
    choice = chosen(switcher)
    assert (choice.head.id, choice.marks, choice.place) == (ids["Лекция"], ((0, 4),), "uni")  # type: ignore[union-attr]
    assert rows(switch("интро")) == ["Интро → Лекция"]  # a note goes by this name: another is not offered


def test_control_enter_opens_a_tab_and_shift_enter_creates_though_something_matches(
    workspace: Workspace, switch: Switch, ids: dict[str, NoteId], wait_until: Wait
) -> None:
    tabs: list[object] = []
    workspace.tab_requested.connect(tabs.append)
    press(switch("лекц"), Qt.KeyboardModifier.ControlModifier)
    assert tabs == [ids["Лекция"]]
    switcher = switch("лекц")
    press(switcher, Qt.KeyboardModifier.ShiftModifier)
    wait_until(lambda: workspace.current != ids["Лекция"])
    assert workspace.notebook.tree.head(workspace.current).title == "лекц"  # type: ignore[arg-type]
    assert workspace.tree_undo.canUndo()
    switcher = switch("")
    press(switcher, Qt.KeyboardModifier.ShiftModifier)
    assert switcher.isVisible()  # there is no title to create with


def test_a_hash_lists_sections_and_opens_one(
    workspace: Workspace, switch: Switch, ids: dict[str, NoteId], wait_until: Wait
) -> None:
    places: list[object] = []
    workspace.place_requested.connect(places.append)
    assert rows(switch("лекция#")) == ["Лекция", "Команда", "Итоги 😀 команды"]
    switcher = switch("лек#ком")
    assert rows(switcher) == ["Команда", "Итоги 😀 команды"]
    assert chosen(switcher).place == "Лекция"
    press(switcher)
    assert workspace.current == ids["Лекция"]
    assert [(place.note_id, place.section) for place in places] == [(ids["Лекция"], 1)]  # type: ignore[attr-defined]
    assert rows(switch("#итог")) == ["Итоги 😀 команды"]  # of the open note
    workspace.notebook.tree.create("C# для начинающих")
    assert rows(switch("c#")) == ["C# для начинающих", "Create “c#”"]
    assert rows(switch("тема #1")) == ["Create “тема #1”"]


def test_the_pop_up_is_as_high_as_its_rows(switch: Switch, wait_until: Wait) -> None:
    switcher = switch("")
    tall = switcher.height()
    switcher.field.setText("лекц")
    wait_until(lambda: switcher.model.text == "лекц")
    assert switcher.height() == tall - ROW_HEIGHT  # three notes; then one, and the offer
    switcher.field.clear()
    wait_until(lambda: switcher.model.text == "")
    assert switcher.height() == tall
    switcher.field.setText("#нет")
    wait_until(lambda: switcher.model.text == "#нет")
    assert switcher.height() == tall - 2 * ROW_HEIGHT


def test_keys_move_and_the_mouse_chooses(workspace: Workspace, switch: Switch, ids: dict[str, NoteId]) -> None:
    switcher = switch("")
    QTest.keyClick(switcher.field, Qt.Key.Key_Down)
    QTest.keyClick(switcher.field, Qt.Key.Key_PageDown)
    assert switcher.list.currentIndex().row() == 2
    QTest.keyClick(switcher.field, Qt.Key.Key_Up)
    index = switcher.list.currentIndex()
    assert index.row() == 1
    QTest.mouseClick(
        switcher.list.viewport(), Qt.MouseButton.LeftButton, pos=switcher.list.visualRect(index).center()
    )
    assert workspace.current is not None


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_matched_letters_are_marked(switch: Switch, scheme: str) -> None:
    theme.apply(scheme)
    try:
        switcher = switch("лекц")
        image = switcher.list.grab().toImage()
        mark = theme.current().mark.rgb()
        marked = [x for x in range(image.width()) for y in range(36) if image.pixel(x, y) == mark]
        assert marked
        assert 30 < min(marked) < max(marked) < 75  # behind the four letters alone
    finally:
        theme.apply("light")


def test_names_for_assistive_tools(switch: Switch) -> None:
    switcher = switch("лекц")
    assert (switcher.field.accessibleName(), switcher.list.accessibleName()) == ("Note title", "Notes")
    assert switcher.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole) == "Лекция, uni"
    assert any("Shift+Enter" in label.text() for label in switcher.findChildren(QLabel))
    assert isinstance(switcher.focusWidget(), QLineEdit)
