"""F3 across the results: through the open note's places, on to the next note, and back; marked in the text."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.core.records import NoteId
from desktop.ui import theme
from desktop.ui.editor.editor_panel import EditorPanel
from tests.ui.search.conftest import LECTURE, Searching

WORD = "ошибк"


@pytest.fixture
def editor(searching: Searching) -> Iterator[EditorPanel]:
    """Show the text of what is opened."""
    made = EditorPanel(searching.workspace)
    made.resize(500, 400)
    made.show()
    yield made
    made.flush(wait=True)
    made.close()


@pytest.fixture
def told(searching: Searching) -> list[str]:
    sentences: list[str] = []
    searching.panel.walk.told.connect(sentences.append)
    return sentences


def here(searching: Searching) -> tuple[NoteId | None, int | None]:
    place = searching.workspace.place_now()
    return searching.workspace.current, place.offset if place is not None else None


def open_title(searching: Searching, title: str) -> None:
    panel = searching.panel
    panel.list.choose(searching.ids[title])
    panel.list.setFocus()
    QTest.keyClick(panel.list, Qt.Key.Key_Return)


def places(text: str) -> list[int]:
    found, at = [], text.lower().find(WORD)
    while at >= 0:
        found.append(at)
        at = text.lower().find(WORD, at + 1)
    return found


def test_the_words_are_marked_and_the_one_gone_to_stands_out(searching: Searching, editor: EditorPanel) -> None:
    searching.look_for("ошибка")
    open_title(searching, "Лекция")
    marks = editor.edit.extraSelections()
    strong = [mark for mark in marks if mark.format.background().color() == theme.current().accent]
    assert len(marks) == len(places(LECTURE)) == 4
    assert [mark.cursor.selectionStart() for mark in strong] == [here(searching)[1]]


def test_f3_goes_through_the_note_and_then_on(searching: Searching, editor: EditorPanel, told: list[str]) -> None:
    panel = searching.panel
    searching.look_for("ошибка")
    order = searching.notes
    open_title(searching, "Лекция")
    lecture = searching.ids["Лекция"]
    number = order.index("Лекция") + 1
    first = here(searching)[1]
    assert first in places(LECTURE)
    assert told[-1] == f"{places(LECTURE).index(first) + 1} of 4 · note {number} of 3"
    for place in places(LECTURE)[places(LECTURE).index(first) + 1 :]:
        assert panel.step(1)
        assert here(searching) == (lecture, place)
    assert panel.step(1)
    following = order[number % 3]
    text = searching.workspace.notebook.notes.read(searching.ids[following]).text
    assert here(searching) == (searching.ids[following], places(text)[0])
    assert told[-1] == f"1 of {len(places(text))} · note {number % 3 + 1} of 3"
    row = panel.list.current_row()
    assert row is not None
    assert row.hit.id == searching.ids[following], "the list goes along"
    assert panel.step(-1)
    assert here(searching) == (lecture, places(LECTURE)[-1])
    assert panel.step(-1)
    assert here(searching) == (lecture, places(LECTURE)[-2])


def test_f3_follows_what_was_written_meanwhile(searching: Searching, editor: EditorPanel) -> None:
    searching.look_for("ошибка")
    open_title(searching, "Прочее")
    cursor = editor.edit.textCursor()
    cursor.setPosition(0)
    cursor.insertText("Ещё одна ошибка. ")
    editor.edit.setTextCursor(cursor)
    editor.telling.text_now()
    text = editor.edit.toPlainText()
    assert searching.panel.step(1)
    assert here(searching)[1] == next(place for place in places(text) if place > cursor.position())


def test_f3_passes_over_a_note_that_is_gone(searching: Searching, editor: EditorPanel) -> None:
    panel, tree = searching.panel, searching.workspace.notebook.tree
    searching.look_for("ошибка")
    order = [searching.ids[title] for title in searching.notes]
    panel.list.opened.emit(panel.model.rows[0], False)
    tree.trash_notes([order[1]])
    while here(searching)[0] == order[0]:
        assert panel.step(1)
    assert here(searching)[0] == order[2]


def test_f3_is_not_ours_in_another_note(searching: Searching, editor: EditorPanel, told: list[str]) -> None:
    panel = searching.panel
    searching.look_for("ошибка")
    open_title(searching, "Лекция")
    panel.clear()
    assert panel.step(1), "the words are still marked"
    searching.workspace.open_note(searching.ids["uni"])
    assert told[-1] == ""
    assert not panel.step(1)


def test_f3_opens_the_first_result_when_none_is_open_yet(searching: Searching, editor: EditorPanel) -> None:
    assert not searching.panel.step(1)
    searching.look_for("привет")
    assert searching.panel.step(1)
    assert searching.workspace.current == searching.ids["Дайджест"]


def test_what_is_opened_from_the_results_is_remembered_for_its_query(
    searching: Searching, editor: EditorPanel
) -> None:
    search, remembered = searching.workspace.notebook.search, []
    told = search.opened
    search.opened = lambda result, note_id: (remembered.append((result.query, note_id)), told(result, note_id))[1]  # type: ignore[method-assign]
    searching.look_for("ошибка")
    before = {hit.id: hit.score for hit in search.query("ошибка").hits}
    open_title(searching, "Прочее")
    searching.wait(lambda: bool(remembered))
    assert remembered == [("ошибка", searching.ids["Прочее"])]
    searching.workspace.tasks.write(lambda: None, lambda _: remembered.append("written"), lambda _: None)
    searching.wait(lambda: remembered[-1] == "written")
    after = {hit.id: hit.score for hit in search.query("ошибка").hits}
    assert after[searching.ids["Прочее"]] > before[searching.ids["Прочее"]]
