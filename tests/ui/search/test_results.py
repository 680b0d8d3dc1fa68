"""The list of results: rows that keep their place, sections, what was forgiven, and what there is besides."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtTest import QTest

from desktop.core.records import Hit, MatchKind, NoteId, NoteKind, SearchResult, Snippet
from desktop.ui.search.result_list import ResultList
from desktop.ui.search.results import around
from desktop.ui.search.rows import HitRow, MoreRow, SectionRow
from desktop.ui.workspace import Place
from tests.ui.search.conftest import LECTURE, Searching


def answer(*ids: int, exact: int | None = None, total: int = 0) -> SearchResult:
    """Return an answer that names notes and holds nothing of their texts, as searching returns it."""
    hits = tuple(Hit(NoteId(i), f"Note {i}", NoteKind.NOTE, 1.0) for i in ids)
    return SearchResult("q", hits, total or len(ids), exact=len(ids) if exact is None else exact)


def tops(view: ResultList) -> dict[int, int]:
    """Return where the rows of the notes begin."""
    return {
        row.hit.id: view.visualRect(view.results.index(number)).top()
        for number, row in enumerate(view.results.rows)
        if isinstance(row, HitRow)
    }


@pytest.fixture
def view(app: object) -> ResultList:
    made = ResultList()
    made.resize(300, 400)
    made.show()
    return made


def test_the_text_around_the_words_comes_without_moving_a_row(searching: Searching) -> None:
    panel = searching.panel
    asked: list[object] = []
    panel.list.rows_seen.disconnect()
    panel.list.rows_seen.connect(asked.append)
    search = searching.workspace.notebook.search
    result = search.typing("ошибки")
    panel.list.show_result(result, {}, final=False)
    before = tops(panel.list)
    searching.wait(lambda: bool(asked))
    panel.list.fill(search.passages(result, [hit.id for hit in result.hits]), sections=False)
    assert tops(panel.list) == before
    assert all(row.hit.snippet.text for row in panel.model.rows if isinstance(row, HitRow))


def test_a_note_that_stays_keeps_its_snippet_until_the_new_one_is_there(searching: Searching) -> None:
    panel = searching.panel
    searching.look_for("ошибк")
    before = {row.hit.id: row.hit.snippet for row in panel.model.rows if isinstance(row, HitRow)}
    panel.list.show_result(searching.workspace.notebook.search.typing("ошибки"), {}, final=False)
    rows = [row for row in panel.model.rows if isinstance(row, HitRow)]
    assert {row.hit.id: row.hit.snippet for row in rows} == before
    assert not any(panel.model.is_fresh(row.hit.id) for row in rows)


def test_the_chosen_row_stays_on_its_note_and_where_it_is_seen(view: ResultList) -> None:
    view.show_result(answer(*range(1, 31)), {})
    view.verticalScrollBar().setValue(900)
    view.choose(NoteId(13))
    top = tops(view)[13]
    view.show_result(answer(99, 98, 97, *range(1, 31)), {})
    row = view.current_row()
    assert isinstance(row, HitRow)
    assert row.hit.id == 13
    assert tops(view)[13] == top
    view.deleteLater()


def test_what_is_read_stays_while_nothing_is_chosen(view: ResultList) -> None:
    view.show_result(answer(*range(1, 31)), {})
    view.verticalScrollBar().setValue(700)
    before = tops(view)
    view.show_result(answer(99, *range(1, 31)), {})
    assert tops(view)[12] == before[12]
    row = view.current_row()
    assert isinstance(row, HitRow)
    assert row.hit.id == 99, "what was never gone to is not kept: Enter opens the best"
    view.deleteLater()


def test_an_answer_without_the_chosen_note_begins_at_the_top(view: ResultList) -> None:
    view.show_result(answer(*range(1, 31)), {})
    view.choose(NoteId(20))
    assert view.verticalScrollBar().value() > 0
    view.show_result(answer(*range(50, 70)), {})
    assert view.verticalScrollBar().value() == 0
    row = view.current_row()
    assert isinstance(row, HitRow)
    assert row.hit.id == 50
    view.deleteLater()


def test_rows_that_come_into_view_ask_for_their_text(searching: Searching) -> None:
    view, asked = searching.panel.list, []
    view.rows_seen.disconnect()
    view.rows_seen.connect(asked.append)
    view.show_result(answer(*range(1, 41)), {})
    searching.wait(lambda: len(asked) == 1)
    assert asked[0][0] == 1
    assert len(asked[0]) < 40
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    searching.wait(lambda: len(asked) == 2)
    assert asked[1][-1] == 40
    assert 1 not in asked[1]


def test_sections_are_results_too(searching: Searching) -> None:
    panel, workspace = searching.panel, searching.workspace
    placed: list[Place] = []
    workspace.place_requested.connect(placed.append)
    searching.look_for("ошибка")
    row = next(n for n, row in enumerate(panel.model.rows) if isinstance(row, SectionRow))
    section = panel.model.rows[row]
    assert isinstance(section, SectionRow)
    assert isinstance(panel.model.rows[row - 1], HitRow)
    assert panel.list.visualRect(panel.model.index(row)).height() < panel.list.visualRect(panel.model.index(0)).height()
    panel.list.setFocus()
    while panel.list.currentIndex().row() < row:
        QTest.keyClick(panel.list, Qt.Key.Key_Down)
    QTest.keyClick(panel.list, Qt.Key.Key_Return)
    assert workspace.current == section.hit.id == searching.ids["Лекция"]
    assert placed[-1].offset == section.passage.offset
    assert section.passage.section is not None
    assert LECTURE.index(f"## {section.passage.section.title}") < section.passage.offset
    QTest.mouseClick(
        panel.list.viewport(), Qt.MouseButton.LeftButton, pos=panel.list.visualRect(panel.model.index(row)).center()
    )
    assert placed[-1].offset == section.passage.offset


def test_up_and_down_go_through_all_rows_and_past_what_is_only_said(searching: Searching) -> None:
    panel = searching.panel
    searching.look_for("ghbdtn")
    assert searching.kinds[0] == "notice"
    QTest.keyClick(panel.field, Qt.Key.Key_Down)
    assert panel.list.hasFocus()
    assert panel.list.currentIndex().row() == 1
    for _step in searching.kinds[2:]:
        QTest.keyClick(panel.list, Qt.Key.Key_Down)
    assert panel.list.currentIndex().row() == len(searching.kinds) - 1
    for _step in searching.kinds[1:]:
        QTest.keyClick(panel.list, Qt.Key.Key_Up)
    assert panel.field.hasFocus()


def test_forgiven_results_stand_below_the_exact_ones(view: ResultList) -> None:
    view.show_result(answer(1, 2, 3, exact=1), {}, "Few notes hold it.")
    assert [type(row).__name__ for row in view.results.rows] == ["HitRow", "NoticeRow", "HitRow", "HitRow"]
    assert view.notice is not None
    assert view.notice.sentence.text() == "Few notes hold it."
    index = view.results.index(1)
    assert not index.flags() & Qt.ItemFlag.ItemIsSelectable
    assert view.visualRect(index).height() >= view.notice.sentence.heightForWidth(300 - 30)
    view.deleteLater()


def test_the_search_can_be_made_exact_and_forgiving_again(searching: Searching) -> None:
    panel = searching.panel
    searching.look_for("ghbdtn")
    assert searching.notes == ["Дайджест"]
    row = next(row for row in panel.model.rows if isinstance(row, HitRow))
    assert row.hit.match is MatchKind.LAYOUT
    assert panel.list.notice is not None
    assert "привет" in panel.list.notice.sentence.text()
    assert panel.list.notice.exactly.accessibleName() == "Search exactly"
    panel.list.notice.exactly.click()
    searching.settle()
    assert searching.notes == []
    assert panel.list.notice is None or not panel.list.notice.isVisible()
    again = next(button for button in panel.empty.offers if button.accessibleName() == "Search forgivingly")
    again.click()
    searching.settle()
    assert searching.notes == ["Дайджест"]


def test_the_setting_turns_forgiving_off(searching: Searching) -> None:
    searching.workspace.settings.forgiving_search = False
    searching.look_for("ghbdtn")
    assert searching.notes == []
    assert "just as they were typed" in searching.panel.empty.text


def test_more_notes_are_listed_when_they_are_asked_for(searching: Searching) -> None:
    workspace, panel = searching.workspace, searching.panel
    for number in range(45):
        workspace.notebook.tree.create(f"Много {number}", text="повторение")
    searching.look_for("повторение")
    assert len(searching.notes) == 40
    last = panel.model.rows[-1]
    assert isinstance(last, MoreRow)
    assert last.count == 5
    panel.opening.open(last)
    searching.wait(lambda: len(searching.notes) == 45)
    assert "more" not in searching.kinds


def test_what_is_read_aloud(searching: Searching) -> None:
    searching.look_for("аналитика")
    model = searching.panel.model
    said = str(model.index(0).data(Qt.ItemDataRole.AccessibleTextRole))
    assert said.startswith("Лекция. uni › # ")
    assert "аналитика" in said
    searching.look_for("uni")
    assert "Folder" in str(model.index(0).data(Qt.ItemDataRole.AccessibleTextRole))


@pytest.mark.parametrize("room", [120.0, 200.0, 400.0])
def test_a_line_begins_where_its_first_found_word_is_seen(app: object, room: float) -> None:
    text = "Слова, которых никто не искал, и ещё немного таких слов, а потом искомое слово и конец"
    start = text.index("искомое")
    shown, marks = around(Snippet(text, ((start, start + 7),)), QFont(), room)
    assert shown[marks[0][0] : marks[0][1]] == "искомое"
    assert QFontMetricsF(QFont()).horizontalAdvance(shown[: marks[0][1]]) < max(room, 190)
