"""The search field: what it offers while it is typed into, recent searches, help; and that it never gets in the way."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from desktop.core.notebook import Notebook
from desktop.core.paths import Places
from desktop.core.records import Changes, NoteKind
from desktop.core.search import completion
from desktop.core.settings import Settings
from desktop.ui import theme
from desktop.ui.search import operator_completion
from desktop.ui.search.field_popup import Kind
from desktop.ui.search.help_card import HelpButton, HelpCard
from desktop.ui.search.operator_completion import FieldCompletion
from desktop.ui.search.recent_searches import MOST, VALUE, RecentSearches
from desktop.ui.search.search_panel import SearchPanel
from desktop.ui.tasks import Tasks
from desktop.ui.workspace import Workspace

Wait = Callable[..., None]
Key = Qt.Key
Mod = Qt.KeyboardModifier


@pytest.fixture
def workspace(app: object, tmp_path: Path) -> Iterator[Workspace]:
    """Return a workspace over a library with tags, whose index is made."""
    places = Places(tmp_path / "data", tmp_path / "cache", tmp_path / "config")
    notebook = Notebook.open(tmp_path / "library.konspekt", places=places)
    notebook.tree.create("Лекция", NoteKind.LECTURE, text="---\ntags: [ml, mlops]\n---\nМодель и цена ошибки.")
    notebook.tree.create("Дайджест", NoteKind.DIGEST, text="---\ntags: [ml, два слова]\n---\nМодель, привет.")
    notebook.search.index_now()
    tasks = Tasks()
    made = Workspace(notebook, tasks, Settings())
    bugs: list[BaseException] = []
    made.bug_found.connect(bugs.append)
    yield made
    tasks.close()
    notebook.close()
    assert not bugs


@pytest.fixture
def panel(workspace: Workspace, wait_until: Wait) -> Iterator[SearchPanel]:
    """Return the results, under their field, beside another field."""
    window = QWidget()
    layout = QVBoxLayout(window)
    made = SearchPanel(workspace)
    elsewhere = QLineEdit()
    elsewhere.setObjectName("elsewhere")
    for widget in (elsewhere, made.field_row, made):
        layout.addWidget(widget)
    window.resize(400, 600)
    window.show()
    window.activateWindow()
    elsewhere.setFocus()
    wait_until(elsewhere.hasFocus)
    yield made
    window.close()
    window.deleteLater()


@pytest.fixture
def offering(panel: SearchPanel, workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> FieldCompletion:
    """Return what watches the field, with the focus in it."""
    monkeypatch.setattr(operator_completion, "RECENT_REST_MS", 150)
    made = FieldCompletion(panel.field, panel, workspace)
    panel.field.setFocus(Qt.FocusReason.OtherFocusReason)
    return made


def type_in(field: QLineEdit, text: str) -> None:
    """Type as a keyboard does; QTest itself aborts at letters that are not ASCII."""
    for letter in text:
        QApplication.sendEvent(field, QKeyEvent(QEvent.Type.KeyPress, 0, Mod.NoModifier, letter))


def labels(offering: FieldCompletion) -> list[str]:
    """Return what is offered now."""
    return [offer.label for offer in offering.popup.offers] if offering.shown else []


def elsewhere(panel: SearchPanel) -> QLineEdit:
    return panel.window().findChild(QLineEdit, "elsewhere")


# --- operators and their values --------------------------------------------------------------------------


def test_an_operator_and_its_value_are_written_by_keys(
    panel: SearchPanel, offering: FieldCompletion, wait_until: Wait
) -> None:
    type_in(panel.field, "модель ta")
    wait_until(lambda: labels(offering) == ["tag:"])
    QTest.keyClick(panel.field, Key.Key_Down)
    assert panel.field.hasFocus()
    QTest.keyClick(panel.field, Key.Key_Return)
    assert panel.field.text() == "модель tag:"
    wait_until(lambda: labels(offering) == ["ml", "mlops", "два слова"])  # the values come at once
    QTest.keyClick(panel.field, Key.Key_Down)
    QTest.keyClick(panel.field, Key.Key_Down)
    QTest.keyClick(panel.field, Key.Key_Down)
    QTest.keyClick(panel.field, Key.Key_Tab)
    assert panel.field.text() == 'модель tag:"два слова" '
    assert not offering.shown
    assert panel.field.cursorPosition() == len(panel.field.text())
    panel.field.undo()
    assert panel.field.text() == "модель tag:"


def test_tab_takes_the_first_and_a_click_any(panel: SearchPanel, offering: FieldCompletion, wait_until: Wait) -> None:
    type_in(panel.field, "kind:")
    wait_until(lambda: len(labels(offering)) == 4)
    QTest.keyClick(panel.field, Key.Key_Tab)
    assert panel.field.text() == "kind:lecture "
    panel.field.clear()
    type_in(panel.field, "kind:")
    wait_until(lambda: len(labels(offering)) == 4)
    view = offering.popup.list
    at = view.visualRect(offering.popup.model.index(1)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert panel.field.text() == "kind:digest "
    assert panel.field.hasFocus()


def test_enter_without_a_choice_goes_to_the_results(
    panel: SearchPanel, offering: FieldCompletion, workspace: Workspace, wait_until: Wait
) -> None:
    type_in(panel.field, "tag:ml")
    wait_until(lambda: labels(offering) == ["mlops"])
    wait_until(lambda: panel.model.rowCount() > 0)
    QTest.keyClick(panel.field, Key.Key_Return)
    wait_until(lambda: workspace.current is not None)
    assert panel.field.text() == "tag:ml"
    assert not offering.shown


def test_escape_closes_the_list_and_then_leaves(
    panel: SearchPanel, offering: FieldCompletion, wait_until: Wait
) -> None:
    elsewhere(panel).setFocus()
    panel.begin()
    type_in(panel.field, "kind:")
    wait_until(lambda: offering.shown)
    QTest.keyClick(panel.field, Key.Key_Escape)
    assert not offering.shown
    assert panel.field.text() == "kind:"
    QTest.keyClick(panel.field, Key.Key_Escape)
    assert panel.field.text() == ""
    assert elsewhere(panel).hasFocus()


def test_down_beyond_the_last_row_leads_into_the_results(
    panel: SearchPanel, offering: FieldCompletion, wait_until: Wait
) -> None:
    type_in(panel.field, "tag:ml")
    wait_until(lambda: labels(offering) == ["mlops"] and panel.model.rowCount() > 0)
    QTest.keyClick(panel.field, Key.Key_Down)
    assert panel.field.hasFocus()
    QTest.keyClick(panel.field, Key.Key_Up)
    assert offering.shown
    assert offering.popup.current() is None
    QTest.keyClick(panel.field, Key.Key_Down)
    QTest.keyClick(panel.field, Key.Key_Down)
    assert not offering.shown
    wait_until(panel.list.hasFocus)


def test_plain_words_are_left_alone(panel: SearchPanel, offering: FieldCompletion) -> None:
    for text in ("модель", "vector", '"tag', "a:b", "http://x"):
        panel.field.clear()
        type_in(panel.field, text)
        QTest.qWait(350)
        assert not offering.shown, text


def test_operators_wait_until_the_typing_rests(
    panel: SearchPanel, offering: FieldCompletion, monkeypatch: pytest.MonkeyPatch, wait_until: Wait
) -> None:
    asked: list[str] = []
    search = offering._workspace.notebook.search
    real = search.complete
    monkeypatch.setattr(search, "complete", lambda text, cursor: asked.append(text) or real(text, cursor))
    type_in(panel.field, "titl")
    wait_until(lambda: labels(offering) == ["title:"])
    assert asked == ["titl"]


def test_a_stale_answer_is_dropped(panel: SearchPanel, offering: FieldCompletion, workspace: Workspace) -> None:
    answers: list[Callable[[], None]] = []
    workspace.answer = lambda job, then, failed=None: answers.append(lambda: then(job()))  # type: ignore[method-assign]
    type_in(panel.field, "kind:")
    late = list(answers)
    type_in(panel.field, "x")
    for answer in [*answers[len(late) :], *late]:
        answer()
    assert labels(offering) == []


def test_moving_the_cursor_or_the_program_closes_the_list(
    panel: SearchPanel, offering: FieldCompletion, wait_until: Wait
) -> None:
    type_in(panel.field, "kind:")
    wait_until(lambda: offering.shown)
    QTest.keyClick(panel.field, Key.Key_Left)
    assert not offering.shown
    panel.field.clear()
    type_in(panel.field, "kind:")
    wait_until(lambda: offering.shown)
    panel.field.setText("kind:lecture модель")
    assert not offering.shown
    panel.field.clear()
    type_in(panel.field, "kind:")
    wait_until(lambda: offering.shown)
    elsewhere(panel).setFocus()
    assert not offering.shown


def test_all_operators_by_key(panel: SearchPanel, offering: FieldCompletion, wait_until: Wait) -> None:
    QTest.keyClick(panel.field, Key.Key_Space, Mod.ControlModifier)
    wait_until(lambda: offering.shown)
    assert {"tag:", "kind:", "in:", "title:", "date:", "is:", "has:", "link:"} <= set(labels(offering))
    assert panel.field.text() == ""
    row = labels(offering).index('"…"')
    offering.accept(offering.popup.offers[row])
    assert panel.field.text() == '"'


def test_letters_beyond_the_first_plane_count_as_one(
    panel: SearchPanel, offering: FieldCompletion, wait_until: Wait
) -> None:
    panel.field.setText("\U0001f332 ")
    type_in(panel.field, "kind:")
    wait_until(lambda: len(labels(offering)) == 4)
    QTest.keyClick(panel.field, Key.Key_Tab)
    assert panel.field.text() == "\U0001f332 kind:lecture "


def test_every_word_of_the_core_can_be_translated() -> None:
    assert set(completion.DETAILS) == set(operator_completion.DETAILS)


def test_the_list_stays_in_the_window(panel: SearchPanel, offering: FieldCompletion, wait_until: Wait) -> None:
    QTest.keyClick(panel.field, Key.Key_Space, Mod.ControlModifier)
    wait_until(lambda: offering.shown)
    assert panel.window().rect().contains(offering.popup.geometry())
    panel.window().resize(420, 500)
    wait_until(lambda: not offering.shown)


# --- recent searches -------------------------------------------------------------------------------------


def test_what_was_opened_is_a_recent_search(
    panel: SearchPanel, offering: FieldCompletion, workspace: Workspace, wait_until: Wait
) -> None:
    offering._rest.setInterval(60_000)
    type_in(panel.field, "цена ошибки")
    wait_until(lambda: panel.model.rowCount() > 0)
    QTest.keyClick(panel.field, Key.Key_Return)
    wait_until(lambda: offering.recent.queries == ("цена ошибки",))
    wait_until(lambda: workspace.notebook.values.get(VALUE) == ["цена ошибки"])


def test_what_is_opened_elsewhere_is_not(panel: SearchPanel, offering: FieldCompletion, workspace: Workspace) -> None:
    offering._rest.setInterval(60_000)
    type_in(panel.field, "цена")
    elsewhere(panel).setFocus()
    workspace.open_note(workspace.notebook.tree.children(None)[0].id)
    assert offering.recent.queries == ()


def test_a_rest_with_hits_records_and_a_longer_query_takes_its_place(
    panel: SearchPanel, offering: FieldCompletion, wait_until: Wait
) -> None:
    assert offering._rest.interval() == 150
    type_in(panel.field, "модел")
    wait_until(lambda: offering.recent.queries == ("модел",))
    type_in(panel.field, "ь")
    wait_until(lambda: offering.recent.queries == ("модель",))
    panel.field.setText("ъуъмцщ")  # finds nothing
    QTest.qWait(400)
    assert offering.recent.queries == ("модель",)
    panel.field.clear()
    type_in(panel.field, "модель привет")
    wait_until(lambda: offering.recent.queries == ("модель привет", "модель"))  # another search, not a longer one


def test_recent_searches_are_offered_by_key_and_looked_for(
    panel: SearchPanel, offering: FieldCompletion, wait_until: Wait
) -> None:
    assert not offering.show_recent()
    for query in ("один", "модель"):
        offering.recent.record(query)
    QTest.keyClick(panel.field, Key.Key_Down)
    assert labels(offering) == ["Recent searches", "модель", "один", "Clear recent searches"]
    assert offering.popup.current().label == "модель"  # type: ignore[union-attr]
    QTest.keyClick(panel.field, Key.Key_Return)
    assert panel.field.text() == "модель"
    wait_until(lambda: panel.model.rowCount() > 0)


def test_going_to_the_empty_field_offers_them_and_one_escape_still_leaves(
    panel: SearchPanel, offering: FieldCompletion, wait_until: Wait
) -> None:
    offering.recent.record("модель")
    elsewhere(panel).setFocus()
    panel.begin()
    wait_until(lambda: offering.shown)
    assert offering.popup.current() is None
    QTest.keyClick(panel.field, Key.Key_Escape)
    assert not offering.shown
    assert elsewhere(panel).hasFocus()
    panel.begin()
    wait_until(lambda: offering.shown)
    type_in(panel.field, "м")
    assert not offering.shown


def test_recent_searches_are_forgotten_one_by_one_or_all(
    panel: SearchPanel, offering: FieldCompletion, workspace: Workspace, wait_until: Wait
) -> None:
    for query in ("раз", "два", "три"):
        offering.recent.record(query)
    QTest.keyClick(panel.field, Key.Key_Down)
    QTest.keyClick(panel.field, Key.Key_Delete)
    assert offering.recent.queries == ("два", "раз")
    assert offering.popup.current().label == "два"  # type: ignore[union-attr]
    view = offering.popup.list
    row = view.visualRect(offering.popup.model.index(2))
    at = QPoint(view.viewport().width() - 10, row.center().y())
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert offering.recent.queries == ("два",)
    assert offering.shown
    assert panel.field.text() == ""
    offering.accept(offering.popup.offers[-1])
    assert offering.recent.queries == ()
    assert not offering.shown
    wait_until(lambda: workspace.notebook.values.get(VALUE) == [])


def test_only_the_latest_twenty_are_kept_each_once(workspace: Workspace) -> None:
    recent = RecentSearches(workspace)
    for number in range(30):
        recent.record(f"запрос {number}")
    recent.record("запрос  25")
    assert len(recent.queries) == MOST
    assert recent.queries[:2] == ("запрос 25", "запрос 29")
    recent.record("x")
    recent.record("y" * 301)
    assert recent.queries[0] == "запрос 25"


@pytest.mark.parametrize("stored", [None, 7, {"a": 1}, ["good", 3, None, "", "good", "x" * 100_000]])
def test_stored_recent_searches_may_be_anything(workspace: Workspace, stored: object) -> None:
    workspace.notebook.values.set(VALUE, stored)
    queries = RecentSearches(workspace).queries
    assert queries[:1] in ((), ("good",))
    assert all(len(query) <= 300 for query in queries)


def test_another_state_of_the_library_has_its_own(workspace: Workspace) -> None:
    recent = RecentSearches(workspace)
    workspace.notebook.values.set(VALUE, ["из копии"])
    workspace.publish(Changes(everything=True))
    assert recent.queries == ("из копии",)


# --- help ------------------------------------------------------------------------------------------------


@pytest.fixture
def card(panel: SearchPanel, workspace: Workspace, qt_messages: list[str]) -> Iterator[HelpCard]:
    """Return the open help card."""
    panel.field.setFocus(Qt.FocusReason.OtherFocusReason)
    button = HelpButton(panel.field, workspace)
    assert button.button.accessibleName() == "Search help"
    QTest.keyClick(panel.field, Key.Key_F1, Mod.ShiftModifier)
    assert button.card is not None
    yield button.card
    if button.card is not None:
        button.card.close()
    forgive_the_offscreen_plugin(qt_messages)


def forgive_the_offscreen_plugin(messages: list[str]) -> None:
    """Take out what this platform says of every pop-up."""
    messages[:] = [message for message in messages if not message.startswith("This plugin does not support")]


def queries(card: HelpCard) -> list[str]:
    return [str(example.property("query")) for example in card.examples]


def test_the_card_explains_every_operator_with_what_the_library_has(card: HelpCard, wait_until: Wait) -> None:
    assert card.isVisible()
    written = " ".join(queries(card))
    for row in completion.OPERATORS:
        assert row[0] in written
    wait_until(lambda: "tag:ml" in queries(card) and any("date:20" in query for query in queries(card)))
    assert all(example.accessibleName() and example.accessibleDescription() for example in card.examples)


def test_examples_are_understood(card: HelpCard) -> None:
    from desktop.core.search.query import read_query

    for query in queries(card):
        assert not read_query(query).problem, query


def test_an_example_is_tried_by_a_click_or_by_keys(card: HelpCard, panel: SearchPanel, wait_until: Wait) -> None:
    assert card.focusWidget() is card.examples[0]
    QTest.keyClick(card.examples[0], Key.Key_Down)
    assert card.focusWidget() is card.examples[1]
    QTest.keyClick(card.examples[1], Key.Key_Up)
    assert card.focusWidget() is card.examples[0]
    wanted = queries(card)[6]
    card.examples[6].click()
    assert panel.field.text() == wanted
    assert panel.field.hasFocus()
    wait_until(lambda: panel.model.rowCount() > 0)


def test_escape_closes_the_card(card: HelpCard, panel: SearchPanel, wait_until: Wait) -> None:
    QTest.keyClick(card, Key.Key_Escape)
    assert not card.isVisible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_card_and_list_are_painted(
    panel: SearchPanel, workspace: Workspace, offering: FieldCompletion, qt_messages: list[str], scheme: str
) -> None:
    theme.apply(scheme)
    try:
        offering.recent.record("модель")
        QTest.keyClick(panel.field, Key.Key_Down)
        assert offering.popup.offers[0].kind is Kind.HEADING
        image = offering.popup.grab().toImage()
        colours = theme.current()
        found = {image.pixelColor(x, 20).rgb() for x in range(image.width())}
        assert colours.raised.rgb() in found
        button = HelpButton(panel.field, workspace)
        button.open()
        assert button.card is not None
        shown = button.card.grab().toImage()
        assert shown.pixelColor(shown.width() // 2, 6).rgb() == colours.raised.rgb()
        button.card.close()
    finally:
        theme.apply("light")
        forgive_the_offscreen_plugin(qt_messages)
