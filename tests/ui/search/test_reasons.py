"""Why a note was found: the lines, the tooltip that waits for them, and the row's description."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QCursor, QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from desktop.core.records import Explanation, MatchKind, MatchReason, NoteId
from desktop.ui.search.reasons import lines_of, ways
from tests.ui.search.conftest import Searching


@pytest.fixture(autouse=True)
def tooltips(app: object, qt_messages: list[str]) -> Iterator[None]:
    """Let tooltips rise, of which the offscreen platform says that they cannot."""
    yield
    QToolTip.hideText()
    qt_messages[:] = [message for message in qt_messages if not message.startswith("This plugin does not support")]


def test_the_lines_say_how_each_word_matched_and_what_the_score_is_made_of() -> None:
    reasons = (
        MatchReason("цена", MatchKind.EXACT, ("цена", "цены"), 3.0, 0.5),
        MatchReason("ошибка", MatchKind.FORM, ("ошибок",), 0.0, 1.0),
        MatchReason("ghbdtn", MatchKind.LAYOUT, ("привет",), 0.0, 1.0),
    )
    parts = (("order", 0.0), ("recency", 0.2), ("opened", 0.3))
    assert lines_of(Explanation(NoteId(1), 6.0, reasons, parts)) == [
        "“цена” – exactly; also цены (in the title, in the text)",
        "“ошибка” – another form: ошибок (in the text)",
        "“ghbdtn” – the other keyboard layout: привет (in the text)",
        "Score 6.0: words 5.5, written lately +0.2, opened before +0.3",
    ]
    assert set(ways()) == set(MatchKind)


def test_a_tooltip_says_why(searching: Searching) -> None:
    panel = searching.panel
    searching.look_for("ошибка")
    view = panel.list.viewport()
    at = panel.list.visualRect(panel.model.index(0)).center()
    QCursor.setPos(view.mapToGlobal(at))
    QApplication.sendEvent(view, QHelpEvent(QEvent.Type.ToolTip, at, view.mapToGlobal(at)))
    searching.wait(lambda: "“ошибка”" in QToolTip.text())
    assert "Score" in QToolTip.text()
    described = str(panel.model.index(0).data(Qt.ItemDataRole.AccessibleDescriptionRole))
    assert "“ошибка”" in described
    assert "<" not in described


def test_a_tooltip_does_not_come_after_the_pointer_has_gone(searching: Searching) -> None:
    panel = searching.panel
    searching.look_for("ошибка")
    view = panel.list.viewport()
    at = panel.list.visualRect(panel.model.index(0)).center()
    QCursor.setPos(view.mapToGlobal(at))
    QApplication.sendEvent(view, QHelpEvent(QEvent.Type.ToolTip, at, view.mapToGlobal(at)))
    QCursor.setPos(view.mapToGlobal(at) * 3)
    searching.wait(lambda: bool(panel.model.index(0).data(Qt.ItemDataRole.AccessibleDescriptionRole)))
    assert QToolTip.text() == ""


def test_words_of_a_query_are_no_markup_in_the_tooltip(searching: Searching) -> None:
    panel = searching.panel
    searching.look_for("ошибка")
    row = panel.model.index(0)
    note_id = panel.model.rows[0].hit.id
    panel.reasons._known[panel.asking.revision, note_id] = ["“<img src=x>” – exactly"]
    at = panel.list.visualRect(row).center()
    place = panel.list.viewport().mapToGlobal(at)
    panel.reasons.show_tooltip(note_id, place, panel.list.viewport(), lambda: True)
    assert "&lt;img" in QToolTip.text()


def test_the_row_that_one_rests_on_is_described(searching: Searching) -> None:
    panel = searching.panel
    searching.look_for("ошибка")
    panel.list.choose(searching.ids["Прочее"])
    panel.list.row_reached.emit(searching.ids["Прочее"])
    row = panel.model.index(panel.model.row_of(searching.ids["Прочее"]))
    searching.wait(lambda: bool(row.data(Qt.ItemDataRole.AccessibleDescriptionRole)))
