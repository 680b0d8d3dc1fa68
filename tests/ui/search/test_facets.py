"""Narrowing the results: facets and order in the query's text, the note searched below, and the star."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.core.records import Changes
from desktop.ui.search import query_text
from tests.ui.search.conftest import Searching


@pytest.mark.parametrize(
    ("before", "facet", "term", "after"),
    [
        ("модель", "kind", "kind:lecture", "kind:lecture модель"),
        ("kind:digest модель ", "kind", "kind:lecture", "kind:lecture модель "),
        ("модель вид:дайджест", "kind", "kind:lecture", "kind:lecture модель"),
        ("", "tag", "tag:ml", "tag:ml "),
        ("a OR b", "tag", "tag:ml", "tag:ml (a OR b)"),
        ("(a OR b)", "tag", "tag:ml", "tag:ml (a OR b)"),
        ("(a) OR (b)", "tag", "tag:ml", "tag:ml ((a) OR (b))"),
        ('"цена  ошибки" date:2023', "year", "date:2024", 'date:2024 "цена  ошибки"'),
        ('in:"Первый курс" x', "folder", 'in:"Второй курс"', 'in:"Второй курс" x'),
    ],
)
def test_a_term_comes_into_the_query_in_the_place_of_its_like(before: str, facet: str, term: str, after: str) -> None:
    assert query_text.with_term(before, facet, term) == after
    value = term.partition(":")[2].strip('"')
    assert query_text.chosen(after, facet) == value
    assert query_text.chosen(query_text.without(after, facet), facet) == ""


def test_what_is_no_filter_stays_as_it_is_written() -> None:
    text = 'цена:"10  руб" -tag:ml  http://a.b'
    for facet in query_text.FACETS:
        assert query_text.without(text, facet) == text
    assert query_text.chosen(text, "tag") == "", "what is kept out is not what is chosen"
    title = query_text.plain_words('(цена OR "двух слов") -без tag:ml title:курс систем*')
    assert title == "цена двух слов курс систем"


def actions(searching: Searching, facet: str) -> list[QAction]:
    """Open the menu of a facet and return its lines."""
    menu = searching.panel.filters.buttons[facet].menu()
    menu.aboutToShow.emit()
    return [action for action in menu.actions() if not action.isSeparator()]


def counted(searching: Searching) -> None:
    searching.settle()
    searching.wait(lambda: searching.panel.filters.buttons["kind"].isEnabled())


def test_counts_filter_by_a_click(searching: Searching) -> None:
    panel = searching.panel
    assert not panel.filters.buttons["kind"].isEnabled(), "there is nothing to choose from"
    searching.look_for("ошибка")
    counted(searching)
    assert sorted(action.text() for action in actions(searching, "kind")) == ["Digest\t1", "Lecture\t1", "Note\t1"]
    assert [action.text() for action in actions(searching, "tag")] == ["course\t2", "risk\t1"]
    assert {action.text() for action in actions(searching, "year")} >= {"2023\t1", "2024\t1"}
    assert any(action.text().startswith("uni\t1") for action in actions(searching, "folder"))
    next(action for action in actions(searching, "kind") if action.text().startswith("Lecture")).trigger()
    assert panel.field.text() == "kind:lecture ошибка"
    counted(searching)
    assert searching.notes == ["Лекция"]


def test_a_chosen_facet_shows_what_else_could_be_and_can_be_taken_back(searching: Searching) -> None:
    panel, chip = searching.panel, searching.panel.filters.facets["kind"]
    searching.look_for("kind:lecture ошибка")
    searching.wait(lambda: len(actions(searching, "kind")) == 4)
    assert chip.active
    assert chip.button.text() == "Lecture"
    assert chip.button.accessibleName() == "Kind: Lecture"
    assert panel.filters.buttons["kind"].accessibleName() == "Kind: Lecture"
    assert chip.cross.isVisible()
    assert chip.cross.accessibleName() == "Remove the filter “Kind”"
    assert [action.text() for action in actions(searching, "kind") if action.isChecked()] == ["Lecture\t1"]
    next(action for action in actions(searching, "kind") if action.text().startswith("Digest")).trigger()
    assert panel.field.text() == "kind:digest ошибка"
    searching.settle()
    assert searching.notes == ["Дайджест"]
    QTest.mouseClick(chip.cross, Qt.MouseButton.LeftButton)
    assert panel.field.text() == "ошибка"
    assert not chip.active
    searching.settle()
    assert len(searching.notes) == 3


def test_newest_first_is_a_part_of_the_query(searching: Searching) -> None:
    panel = searching.panel
    searching.look_for("ошибка")
    QTest.mouseClick(panel.filters.newest, Qt.MouseButton.LeftButton)
    assert panel.field.text() == "sort:date ошибка"
    assert panel.filters.newest.isChecked()
    searching.settle()
    assert len(searching.notes) == 3
    panel.field.setText("ошибка sort:date")
    assert panel.filters.newest.isChecked()
    QTest.mouseClick(panel.filters.newest, Qt.MouseButton.LeftButton)
    assert panel.field.text() == "ошибка"


def test_all_of_it_is_reached_by_key_and_has_a_name(searching: Searching) -> None:
    filters = searching.panel.filters
    searching.look_for("ошибка")
    counted(searching)
    buttons = [*filters.buttons.values(), filters.newest, filters.star]
    assert [button.accessibleName() for button in buttons] == [
        "Kind", "Folder", "Tag", "Year", "Newest first", "Save this search",
    ]  # fmt: skip
    assert all(button.focusPolicy() & Qt.FocusPolicy.TabFocus for button in buttons)
    filters.buttons["kind"].setFocus()
    QTest.keyClick(filters.buttons["kind"], Qt.Key.Key_Tab)
    assert filters.buttons["folder"].hasFocus()


def test_searching_below_the_open_note(searching: Searching) -> None:
    panel, workspace, chip = searching.panel, searching.workspace, searching.panel.filters.scope
    offer = panel.filters.scope_button
    searching.look_for("ошибка")
    workspace.open_note(searching.ids["Дайджест"])
    assert not offer.isVisible(), "it has nothing below it"
    workspace.open_note(searching.ids["uni"])
    assert offer.isVisible()
    assert offer.toolTip() == offer.accessibleName() == "Search only in “uni”"
    assert not chip.isVisible()
    QTest.mouseClick(offer, Qt.MouseButton.LeftButton)
    searching.settle()
    assert searching.notes == ["Лекция"]
    assert chip.active
    assert chip.button.text() == "In “uni”"
    assert not offer.isVisible()
    searching.wait(lambda: [a.text() for a in actions(searching, "kind")] == ["Lecture\t1"])
    workspace.open_note(searching.ids["Дайджест"])
    assert chip.isVisible(), "it stays until it is given up"
    panel.field.setText("привет")
    searching.settle()
    assert searching.notes == []
    assert "uni" in panel.empty.headline.text()
    next(button for button in panel.empty.offers if button.accessibleName() == "Search everywhere").click()
    searching.settle()
    assert searching.notes == ["Дайджест"]
    assert not chip.isVisible()


def test_a_scope_can_be_chosen_before_anything_is_typed(searching: Searching) -> None:
    panel, told = searching.panel, []
    panel.activated.connect(lambda: told.append("activated"))
    panel.cleared.connect(lambda: told.append("cleared"))
    panel.begin_below(searching.ids["uni"])
    assert panel.field.hasFocus()
    assert told == ["activated"]
    assert "uni" in panel.empty.text
    panel.field.setText("ошибка")
    searching.settle()
    assert searching.notes == ["Лекция"]
    panel.begin("ошибка")
    searching.settle()
    assert len(searching.notes) == 3, "searching everywhere is just that"


def test_a_scope_goes_with_its_note(searching: Searching) -> None:
    panel, workspace = searching.panel, searching.workspace
    panel.begin_below(searching.ids["uni"])
    panel.field.setText("ошибка")
    searching.settle()
    workspace.write(lambda: workspace.notebook.tree.trash_notes([searching.ids["uni"]]))
    searching.wait(lambda: panel.scope.chosen is None)
    searching.wait(lambda: sorted(searching.notes) == ["Дайджест", "Прочее"])


def test_nothing_below_the_open_note_is_said(searching: Searching) -> None:
    told: list[str] = []
    searching.workspace.notice.connect(lambda _level, sentence: told.append(sentence))
    searching.panel.begin_below()
    assert told == ["The open note has no notes below it."]


def test_the_star_keeps_the_search_and_forgets_it(searching: Searching, wait_until: Callable[..., None]) -> None:
    panel, store = searching.panel, searching.workspace.notebook.saved_searches
    changes: list[Changes] = []
    searching.workspace.changed.connect(changes.append)
    assert not panel.filters.star.isEnabled()
    searching.look_for("ошибка  tag:course ")
    panel.filters.star.click()
    wait_until(lambda: panel.filters.star.accessibleName() == "Forget this search")
    panel.filters.star.click()  # too soon: it is on its way already
    wait_until(lambda: bool(changes) and changes[-1].searches)
    assert [search.query for search in store.list()] == ["ошибка tag:course"]
    wait_until(lambda: "ошибка tag:course" in panel.star._saved)
    panel.field.setText("другое")
    assert panel.filters.star.accessibleName() == "Save this search"
    panel.field.setText("ошибка tag:course")
    assert panel.filters.star.accessibleName() == "Forget this search"
    panel.filters.star.click()
    wait_until(lambda: panel.filters.star.accessibleName() == "Save this search")
    wait_until(lambda: not store.list())


def test_a_saved_search_keeps_its_scope(searching: Searching, wait_until: Callable[..., None]) -> None:
    panel, store = searching.panel, searching.workspace.notebook.saved_searches
    panel.begin_below(searching.ids["uni"])
    panel.field.setText("ошибка")
    searching.settle()
    panel.filters.star.click()
    wait_until(lambda: bool(store.list()))
    assert [search.query for search in store.list()] == ['in:"uni" ошибка']


@pytest.mark.parametrize("width", [262, 312, 440])
def test_the_filters_stand_on_one_line_and_what_narrows_on_lines_below(searching: Searching, width: int) -> None:
    filters = searching.panel.filters
    searching.workspace.open_note(searching.ids["uni"])
    searching.look_for("ошибка")
    counted(searching)
    assert not filters.chips.isVisible(), "a line that says nothing takes no room"
    filters.window().resize(width, 640)
    QTest.qWait(20)
    line = [*filters.buttons.values(), filters.scope_button, filters.newest, filters.star]
    before = [button.geometry() for button in line]
    assert len({rect.top() for rect in before}) == 1
    assert all(filters.rect().contains(rect) for rect in before)
    assert not any(a.intersects(b) for n, a in enumerate(before) for b in before[n + 1 :])
    searching.look_for("kind:lecture tag:course date:2023 ошибка")
    assert filters.chips.isVisible()
    filters.window().resize(width, 640)
    QTest.qWait(20)
    assert [button.geometry() for button in line] == before, "a choice moves no button"
    chips = [chip.geometry() for chip in filters.facets.values() if chip.isVisible()]
    assert len(chips) == 3
    assert all(filters.chips.rect().contains(rect) for rect in chips)
    assert not any(a.intersects(b) for n, a in enumerate(chips) for b in chips[n + 1 :])


def test_a_filter_that_is_being_typed_becomes_a_chip_when_the_typing_rests(searching: Searching) -> None:
    panel, chip = searching.panel, searching.panel.filters.facets["tag"]
    searching.look_for("ошибка")
    panel.field.deselect()
    panel.field.end(False)
    shown = []
    for letter in " tag:course":
        QTest.keyClicks(panel.field, letter)
        shown.append(chip.button.text() if chip.active else "")
    assert set(shown) == {""}
    searching.settle()
    assert chip.active
    assert chip.button.text() == "course"


def test_tab_goes_from_the_field_through_the_filters_into_the_list(searching: Searching) -> None:
    panel = searching.panel
    searching.look_for("ошибка")
    counted(searching)
    panel.field.setFocus()
    names = []
    for _ in range(8):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        names.append(QApplication.focusWidget().accessibleName())
        if panel.list.hasFocus():
            break
    assert names == ["Kind", "Folder", "Tag", "Year", "Newest first", "Save this search", "Search results"]
