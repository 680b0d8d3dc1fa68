"""Searching from the keyboard: field, results, opening, and what is said."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop.core.notebook import Notebook
from desktop.core.paths import Places
from desktop.core.records import NoteKind
from desktop.core.settings import Settings
from desktop.ui import theme
from desktop.ui.search.rows import ResultRole, place_of
from desktop.ui.search.search_panel import SearchPanel
from desktop.ui.sentences import in_users_language
from desktop.ui.tasks import Tasks
from desktop.ui.workspace import Workspace

Wait = Callable[..., None]


@pytest.fixture
def workspace(app: object, tmp_path: Path) -> Iterator[Workspace]:
    places = Places(tmp_path / "data", tmp_path / "cache", tmp_path / "config")
    notebook = Notebook.open(tmp_path / "library.konspekt", places=places)
    uni = notebook.tree.create("uni", NoteKind.FOLDER).created[0]
    text = "# Лекция\n\nВажна цена ошибки.\n\n## Команда\n\nВ команде два аналитика.\n"
    notebook.tree.create("Лекция", NoteKind.LECTURE, uni, text=text)
    notebook.tree.create("Дайджест", NoteKind.DIGEST, text="Привет! Модель и ошибки.")
    notebook.search.index_now()
    tasks = Tasks()
    made = Workspace(notebook, tasks, Settings())
    yield made
    tasks.close()
    notebook.close()


@pytest.fixture
def panel(workspace: Workspace, wait_until: Wait) -> Iterator[SearchPanel]:
    window = QWidget()
    layout = QVBoxLayout(window)
    made = SearchPanel(workspace)
    elsewhere = QLineEdit()
    elsewhere.setObjectName("elsewhere")
    for widget in (elsewhere, made.field_row, made):
        layout.addWidget(widget)
    window.resize(320, 600)
    window.show()
    window.activateWindow()
    elsewhere.setFocus()
    wait_until(elsewhere.hasFocus)
    yield made
    window.close()
    window.deleteLater()


def type_in(field: QLineEdit, text: str) -> None:
    """Type into a field; QTest itself aborts at letters that are not ASCII."""
    for letter in text:
        field.insert(letter)


def titles(panel: SearchPanel) -> list[str]:
    return [hit.title for hit in panel.model.result.hits]


def test_results_come_while_typing_and_enter_opens_the_place(
    panel: SearchPanel, workspace: Workspace, wait_until: Wait
) -> None:
    told: list[str] = []
    places: list[object] = []
    panel.activated.connect(lambda: told.append("activated"))
    panel.cleared.connect(lambda: told.append("cleared"))
    workspace.place_requested.connect(places.append)
    panel.begin()
    type_in(panel.field, "аналитик")
    wait_until(lambda: titles(panel) == ["Лекция"])
    assert "activated" in told
    wait_until(lambda: panel.asking.settled)
    hit = panel.model.index(0).data(ResultRole.HIT)
    assert place_of(hit) == "uni › # Команда"
    QTest.keyClick(panel.field, Qt.Key.Key_Down)
    wait_until(panel.list.hasFocus)
    QTest.keyClick(panel.list, Qt.Key.Key_Return)
    assert workspace.current == hit.id
    (place,) = places
    assert place.offset == hit.offset
    assert place.words
    QTest.keyClick(panel.list, Qt.Key.Key_Up)
    assert panel.field.hasFocus()
    QTest.keyClick(panel.field, Qt.Key.Key_Escape)
    assert told[-1] == "cleared"
    assert panel.field.text() == ""
    assert titles(panel) == []
    elsewhere = panel.window().findChild(QLineEdit, "elsewhere")
    assert elsewhere.hasFocus()


def test_what_was_meant_is_said(panel: SearchPanel, wait_until: Wait) -> None:
    panel.begin("ghbdtn")
    wait_until(lambda: titles(panel) == ["Дайджест"])
    assert panel.list.notice is not None
    assert "привет" in panel.list.notice.sentence.text()
    assert panel.list.notice.isVisible()
    panel.field.setText("ошибки")
    wait_until(lambda: len(titles(panel)) == 2)
    assert panel.list.notice is None


def test_nothing_found_and_a_wrong_query(panel: SearchPanel, workspace: Workspace, wait_until: Wait) -> None:
    panel.begin("ъуъмцщ")
    wait_until(panel.empty.isVisible)
    assert "ъуъмцщ" in panel.empty.text
    assert [button.accessibleName() for button in panel.empty.offers] == ["Create note “ъуъмцщ”"]
    panel.field.setText("ошибки date:вчера")
    wait_until(panel.problem.isVisible)
    assert "вчера" in panel.problem.text()
    assert len(titles(panel)) == 2, "the rest of the query is answered all the same"
    assert not panel.empty.isVisible()
    panel.clear()
    assert not panel.problem.isVisible()
    panel.field.setText("ъуъмцщ")
    wait_until(panel.empty.isVisible)
    panel.empty.offers[0].click()
    wait_until(lambda: workspace.current is not None)
    assert workspace.notebook.tree.head(workspace.current).title == "ъуъмцщ"


def test_one_letter_is_not_called_a_failure(panel: SearchPanel, wait_until: Wait) -> None:
    panel.begin("ъ")
    wait_until(panel.empty.isVisible)
    assert panel.empty.text == "Type one more letter."
    assert not panel.empty.offers


def test_enter_before_the_answer_opens_what_was_typed_and_not_what_was_listed(
    panel: SearchPanel, workspace: Workspace, wait_until: Wait
) -> None:
    panel.begin("аналитик")
    wait_until(lambda: titles(panel) == ["Лекция"] and panel.asking.settled)
    panel.field.setText("привет")
    QTest.keyClick(panel.field, Qt.Key.Key_Return)
    assert workspace.current is None
    wait_until(lambda: workspace.current is not None)
    assert workspace.notebook.tree.head(workspace.current).title == "Дайджест"


def test_a_stale_answer_is_dropped(panel: SearchPanel, workspace: Workspace, wait_until: Wait) -> None:
    answers: list[Callable[[], None]] = []
    workspace.answer = lambda job, then, failed=None: answers.append(lambda: then(job()))  # type: ignore[method-assign]
    panel.field.setText("ошибки")
    wait_until(lambda: len(answers) == 2)
    panel.field.setText("привет")
    for answer in answers[:2]:
        answer()
    assert titles(panel) == []
    wait_until(lambda: len(answers) >= 3)
    for answer in answers[2:]:
        answer()
    assert titles(panel) == ["Дайджест"]


def test_a_full_answer_that_comes_soon_takes_the_place_of_the_quick_one(panel: SearchPanel, wait_until: Wait) -> None:
    kinds: list[bool] = []
    panel.begin("ошибк")
    wait_until(lambda: panel.asking.settled)
    panel.asking.answered.connect(lambda answer: kinds.append(answer.final))
    panel.asking._cost = 0.0
    panel.field.setText("ошибки")
    wait_until(lambda: panel.asking.settled)
    QTest.qWait(200)  # longer than the rest after which the full answer comes at the latest
    assert kinds == [True], "the rows are laid out once"
    panel.asking._cost = 1.0
    panel.field.setText("ошибк")
    wait_until(lambda: panel.asking.settled)
    assert kinds == [True, False, True]


def test_nothing_is_said_of_an_unfinished_word_until_the_typing_rests(panel: SearchPanel, wait_until: Wait) -> None:
    panel.begin("ошибки")
    wait_until(lambda: panel.asking.settled)
    before = titles(panel)
    panel.asking._cost = 0.0
    panel.asking._full_timer.setInterval(500)
    panel.field.setText("ошибкэщ")
    wait_until(lambda: panel.asking._held is not None)
    assert titles(panel) == before
    assert panel.list.notice is None
    assert panel.empty.isHidden()
    wait_until(lambda: panel.asking.settled)
    assert panel.list.notice is not None or not panel.empty.isHidden()


def test_results_follow_changes(panel: SearchPanel, workspace: Workspace, wait_until: Wait) -> None:
    panel.begin("ошибки")
    wait_until(lambda: len(titles(panel)) == 2)
    workspace.write(lambda: workspace.notebook.tree.create("Третья", text="ещё ошибка"))
    wait_until(lambda: len(titles(panel)) == 3)


def test_a_letter_typed_in_the_list_goes_to_the_field(panel: SearchPanel, wait_until: Wait) -> None:
    panel.begin("ошибк")
    wait_until(lambda: len(titles(panel)) == 2)
    QTest.keyClick(panel.field, Qt.Key.Key_Down)
    QTest.keyClicks(panel.list, "z")
    assert panel.field.text() == "ошибкz"
    assert panel.field.hasFocus()


def test_a_tag_is_searched(panel: SearchPanel, wait_until: Wait) -> None:
    panel.search_tag("два слова")
    assert panel.field.text() == 'tag:"два слова"'
    wait_until(panel.empty.isVisible)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_rows_are_painted(panel: SearchPanel, wait_until: Wait, scheme: str) -> None:
    theme.apply(scheme)
    try:
        panel.begin("ошибки")
        wait_until(lambda: len(titles(panel)) == 2 and panel.asking.settled)
        heights = [panel.list.sizeHintForRow(row) for row in range(2)]
        assert all(30 < height < 110 for height in heights)
        pixmap: QPixmap = panel.list.grab()
        mark = theme.current().mark.rgb()
        image = pixmap.toImage()
        assert any(image.pixel(x, y) == mark for x in range(0, image.width(), 2) for y in range(image.height()))
    finally:
        theme.apply("light")


def test_names_for_assistive_tools(panel: SearchPanel) -> None:
    assert panel.field.accessibleName() == "Search"
    assert panel.list.accessibleName() == "Search results"


def test_sentences_are_known() -> None:
    for sentence in (
        "Nothing was found for “a”; these are the results for “b”.",
        "“вчера” is not a date: write 2023, 2023-10, 2023-10-30 or 2023..2024.",
        "Something else.",
    ):
        assert in_users_language(sentence) == sentence


def test_a_search_that_takes_long_is_said_to_be_under_way(
    panel: SearchPanel, workspace: Workspace, wait_until: Wait
) -> None:
    answers: list[Callable[[], None]] = []
    workspace.answer = lambda job, then, failed=None: answers.append(lambda: then(job()))  # type: ignore[method-assign]
    panel.field.setText("привет")
    wait_until(panel.empty.isVisible)
    assert panel.empty.text == "Searching…"
    for answer in answers:
        answer()
    assert titles(panel) == ["Дайджест"]
    assert not panel.empty.isVisible()
