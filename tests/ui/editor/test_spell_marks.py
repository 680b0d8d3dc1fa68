"""Waves stand where slips are seen, move with the text, and never cost a key anything."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtTest import QTest

from desktop.core.records import NoteId
from desktop.ui.editor.editor_panel import EditorPanel
from desktop.ui.editor.spelling import spell_marks
from desktop.ui.editor.spelling.own_words import MOST, OwnWords
from desktop.ui.editor.spelling.spell_marks import SpellMarks
from desktop.ui.workspace import LiveText, Workspace

Wait = Callable[..., None]
TEXT = """---
title: comparsion
---
# Заголовок с иснтрументом

Обычный текст и колличество, а ещё `rebuid`, [label of a foward](https://stucture.example/activly) и [[replecate]].

```
dependancies
```

🙂🙂 the **wrold** and $colums$ and #currated <!-- imagge -->
"""


@pytest.fixture
def panel(workspace: Workspace) -> Iterator[EditorPanel]:
    panel = EditorPanel(workspace)
    panel.resize(900, 700)
    panel.show()
    yield panel
    panel.flush(wait=True)
    panel.deleteLater()


@pytest.fixture
def marks(panel: EditorPanel, workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> SpellMarks:
    monkeypatch.setattr(spell_marks, "SPELLING_REST_MS", 40)
    texts: list[LiveText] = []
    workspace.text_edited.connect(texts.append)
    return SpellMarks(panel.edit, panel.marks, workspace, lambda: texts[-1].text if texts else "")


def open_text(workspace: Workspace, text: str) -> NoteId:
    note_id = workspace.notebook.tree.create("Spelt", text=text).created[0]
    workspace.open_note(note_id)
    return note_id


def underlined(panel: EditorPanel) -> list[str]:
    wave = QTextCharFormat.UnderlineStyle.WaveUnderline
    selections = [s for s in panel.edit.extraSelections() if s.format.underlineStyle() == wave]
    return [selection.cursor.selectedText() for selection in selections]


def test_waves_stand_under_slips_of_the_prose_alone(
    workspace: Workspace, panel: EditorPanel, marks: SpellMarks, wait_until: Wait
) -> None:
    open_text(workspace, TEXT)
    wait_until(lambda: bool(marks.slips), 20)
    assert underlined(panel) == ["иснтрументом", "колличество", "foward", "wrold"]
    text = panel.edit.toPlainText().replace("🙂", "xx")  # positions count UTF-16
    assert [text[place : place + len(word)] for place, word in marks.slips] == [word for _place, word in marks.slips]


def test_places_beyond_the_bmp_are_right(
    workspace: Workspace, panel: EditorPanel, marks: SpellMarks, wait_until: Wait
) -> None:
    open_text(workspace, "🙂🙂 the **wrold** here, _neede_ too")
    wait_until(lambda: bool(marks.slips), 20)
    assert underlined(panel) == ["wrold", "neede"]


def test_the_menu_offers_what_was_meant_and_one_undo_takes_it_back(
    workspace: Workspace, panel: EditorPanel, marks: SpellMarks, wait_until: Wait
) -> None:
    open_text(workspace, "the wrold and a comparsion\n")
    wait_until(lambda: len(marks.slips) == 2, 20)
    menu = panel.edit.createStandardContextMenu()
    count = len(menu.actions())
    panel.edit.menu_opening.emit(menu, 30)
    assert len(menu.actions()) == count  # nothing is wrong there
    panel.edit.menu_opening.emit(menu, 6)
    actions = {action.text(): action for action in menu.actions()}
    assert next(iter(actions)) == "world"
    assert "Add “wrold” to my words" in actions
    actions["world"].trigger()
    assert panel.edit.toPlainText() == "the world and a comparsion\n"
    wait_until(lambda: underlined(panel) == ["comparsion"])
    panel.edit.undo()
    assert panel.edit.toPlainText() == "the wrold and a comparsion\n"
    menu.deleteLater()


def test_a_word_of_ones_own_is_kept_in_a_file_and_right_everywhere(
    workspace: Workspace, panel: EditorPanel, wait_until: Wait, tmp_path: Path
) -> None:
    workspace.settings.file = tmp_path / "config" / "settings.json"
    marks = SpellMarks(panel.edit, panel.marks, workspace, lambda: "")
    open_text(workspace, "a wrold, the wrold\n")
    wait_until(lambda: len(marks.slips) == 2, 20)
    menu = panel.edit.createStandardContextMenu()
    panel.edit.menu_opening.emit(menu, 3)
    next(action for action in menu.actions() if "my words" in action.text()).trigger()
    assert marks.slips == []
    assert (tmp_path / "config" / "words.txt").read_text(encoding="utf-8") == "wrold\n"
    assert OwnWords(tmp_path / "config").all() == {"wrold"}
    menu.deleteLater()


def test_a_strange_file_of_words_does_no_harm(tmp_path: Path) -> None:
    lines = b"\xff\xfe\n" + b"Word\r\n" + "Слово\n".encode() + b"x\n" * (MOST + 10) + b"late"
    (tmp_path / "words.txt").write_bytes(lines)
    words = OwnWords(tmp_path).all()
    assert {"word", "слово"} <= words
    assert "late" not in words
    assert OwnWords(tmp_path / "words.txt").all() == frozenset()  # no folder


def test_the_word_that_is_being_written_waits(
    workspace: Workspace, panel: EditorPanel, marks: SpellMarks, wait_until: Wait
) -> None:
    open_text(workspace, "a comparsion ")
    wait_until(lambda: bool(marks.slips), 20)  # the dictionaries are there
    panel.edit.moveCursor(QTextCursor.MoveOperation.End)
    asked = []
    marks._rest.timeout.connect(lambda: asked.append(1))
    QTest.keyClicks(panel.edit, "wrold")
    wait_until(lambda: bool(asked) and marks._asked is None)
    assert underlined(panel) == ["comparsion"]
    QTest.keyClicks(panel.edit, " and")
    wait_until(lambda: underlined(panel) == ["comparsion", "wrold"], 20)


def test_nothing_is_asked_while_keys_come_nor_when_it_is_off(
    workspace: Workspace, panel: EditorPanel, marks: SpellMarks, wait_until: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace.settings.spelling = False
    open_text(workspace, "the wrold\n")
    QTest.qWait(150)
    assert marks.slips == []
    workspace.settings.spelling = True
    marks.restart()
    wait_until(lambda: bool(marks.slips), 20)
    monkeypatch.setattr(SpellMarks, "_seen_lines", lambda _self: pytest.fail("asked in the middle of typing"))
    QTest.keyClicks(panel.edit, "quick keys")
    workspace.settings.spelling = False
    marks.restart()
    assert marks.slips == []
    assert underlined(panel) == []


def test_a_text_that_comes_into_sight_is_checked(
    workspace: Workspace, panel: EditorPanel, marks: SpellMarks, wait_until: Wait
) -> None:
    panel.hide()
    open_text(workspace, "the wrold\n")
    QTest.qWait(120)
    assert marks.slips == []
    panel.show()
    wait_until(lambda: bool(marks.slips), 20)


def test_another_note_takes_the_waves_away_and_found_words_do_not(
    workspace: Workspace, panel: EditorPanel, marks: SpellMarks, wait_until: Wait
) -> None:
    open_text(workspace, "the wrold\n")
    wait_until(lambda: bool(marks.slips), 20)
    panel.marks.set([(0, 3)])
    assert underlined(panel) == ["wrold"]
    assert len(panel.edit.extraSelections()) == 2
    panel.marks.set([])
    assert underlined(panel) == ["wrold"]
    workspace.open_note(workspace.notebook.tree.create("Other", text="All is well.").created[0])
    assert underlined(panel) == []
