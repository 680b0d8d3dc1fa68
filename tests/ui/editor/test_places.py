"""The page leads, the page ticks a box, links that lead nowhere; each note keeps its own undo."""

from collections.abc import Callable

from PySide6.QtCore import QEvent
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication

from desktop.core.notebook import Notebook
from desktop.core.records import NoteId
from desktop.ui.editor.editor_panel import EditorPanel
from desktop.ui.editor.sessions import KEPT_SESSIONS
from desktop.ui.editor.word_count import Counts
from desktop.ui.workspace import Workspace

Wait = Callable[..., None]


def opened(workspace: Workspace, notebook: Notebook, text: str, title: str = "Open") -> NoteId:
    note_id = notebook.tree.create(title, text=text).created[0]
    workspace.open_note(note_id)
    return note_id


def test_a_box_is_ticked_by_its_line(panel: EditorPanel, workspace: Workspace, notebook: Notebook) -> None:
    text = "\ufeff# Head\r\n- [ ] 😀 one\r\n> 1. [x] two\r\nno [ ] box\r\n"
    opened(workspace, notebook, text)
    panel.edit.moveCursor(QTextCursor.MoveOperation.End)
    place = panel.edit.textCursor().position()
    for line in (1, 2, 3, 0, 99, -1):
        panel.toggle_task_at(line)
    assert panel.session is not None
    assert panel.session.text() == text.replace("[ ] 😀", "[x] 😀").replace("[x] two", "[ ] two")
    assert panel.edit.textCursor().position() == place
    panel.edit.undo()
    panel.edit.undo()
    assert panel.session.text() == text


def test_the_page_leads_without_an_echo(panel: EditorPanel, workspace: Workspace, notebook: Notebook) -> None:
    long = "word " * 300
    opened(workspace, notebook, "\n".join(f"{number} {long if number == 50 else ''}" for number in range(200)))
    QApplication.processEvents()
    told: list[int] = []
    panel.first_line_changed.connect(told.append)
    panel.follow_page(40.0)
    assert panel.edit.first_visible_line() == 40
    panel.follow_page(50.0)
    top = panel.edit.verticalScrollBar().value()
    panel.follow_page(50.5)
    assert panel.edit.first_visible_line() == 50
    rows = panel.edit.document().findBlockByNumber(50).lineCount()
    assert panel.edit.verticalScrollBar().value() - top == rows // 2 > 5
    panel.follow_page(1e9)
    assert told == []
    panel.edit.verticalScrollBar().setValue(10)
    assert told == [10]


def test_the_page_leads_over_folds(panel: EditorPanel, workspace: Workspace, notebook: Notebook) -> None:
    opened(workspace, notebook, "# One\n" + "a\n" * 80 + "# Two\n" + "b\n" * 80)
    panel.edit.folding.fold_all()
    panel.follow_page(40.0)
    assert panel.edit.first_visible_line() == 0
    assert panel.edit.folding.active
    panel.edit.folding.unfold_all()
    panel.follow_page(81.0)
    assert panel.edit.first_visible_line() == 81


def inks(panel: EditorPanel, words: str) -> str:
    """Return the colour of some words of the first line."""
    block = panel.edit.document().firstBlock()
    at = block.text().index(words)
    piece = [piece for piece in block.layout().formats() if piece.start <= at < piece.start + piece.length][-1]
    return str(piece.format.foreground().color().name())


def test_links_to_no_note_look_broken_until_there_is_one(
    panel: EditorPanel, workspace: Workspace, notebook: Notebook, wait_until: Wait
) -> None:
    notebook.tree.create("There", text="# There\n")
    panel.follow_context()
    opened(workspace, notebook, "see [[There|here]] and [[Gone#Part|that]]")
    panel.edit.viewport().grab()
    whole = inks(panel, "here]]")

    def look() -> str:
        panel.edit.viewport().grab()
        return inks(panel, "that]]")

    wait_until(lambda: look() != whole)
    assert inks(panel, "here]]") == whole
    workspace.write(lambda: notebook.tree.create("Gone", text="# Part\n"))
    wait_until(lambda: look() == whole)


def test_each_note_has_its_own_undo(panel: EditorPanel, workspace: Workspace, notebook: Notebook) -> None:
    ids = [opened(workspace, notebook, f"text {number}", f"Note {number}") for number in range(5)]
    for turn in range(100):
        workspace.open_note(ids[turn % 5])
        panel.edit.moveCursor(QTextCursor.MoveOperation.End)
        panel.edit.textCursor().insertText(f" {turn}")
    for number, note_id in enumerate(ids):
        workspace.open_note(note_id)
        turns = [str(turn) for turn in range(number, 100, 5)]
        whole = " ".join(["text", str(number), *turns])
        assert panel.edit.toPlainText() == whole
        while panel.edit.document().isUndoAvailable():
            panel.edit.undo()
        assert panel.edit.toPlainText() == f"text {number}"
        while panel.edit.document().isRedoAvailable():
            panel.edit.redo()
        assert panel.edit.toPlainText() == whole
    assert panel.flush()


def test_notes_that_were_opened_long_ago_are_let_go(
    panel: EditorPanel, workspace: Workspace, notebook: Notebook
) -> None:
    ids = [opened(workspace, notebook, "# Head\n\nwords\n", f"Note {number}") for number in range(KEPT_SESSIONS + 15)]
    panel.edit.folding.fold_all()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert len(list(panel.sessions)) == KEPT_SESSIONS
    assert panel.sessions.get(ids[0]) is None
    assert len(panel.edit._highlighters) <= KEPT_SESSIONS + 3
    assert len(panel.edit.folding._watched) <= KEPT_SESSIONS + 3


def test_folds_stay_while_another_note_is_shown(
    panel: EditorPanel, workspace: Workspace, notebook: Notebook
) -> None:
    first = opened(workspace, notebook, "# One\n\nhidden\n\n# Two\n", "First")
    panel.edit.folding.fold()
    opened(workspace, notebook, "# Other\n\nshown\n", "Second")
    assert not panel.edit.folding.active
    workspace.open_note(first)
    assert not panel.edit.document().findBlockByNumber(2).isVisible()
    panel.toggle_task_at(2)
    panel.edit.textCursor().insertText("x")
    assert panel.flush()
    assert notebook.notes.read(first).text == "x# One\n\nhidden\n\n# Two\n"


def test_what_is_selected_is_counted_too(
    panel: EditorPanel, workspace: Workspace, notebook: Notebook, wait_until: Wait
) -> None:
    told: list[Counts] = []
    panel.counted.connect(told.append)
    opened(workspace, notebook, "😀 one two\nthree")
    wait_until(lambda: bool(told))
    assert told[-1] == Counts(3, 14, 12)
    cursor = panel.edit.textCursor()
    cursor.setPosition(3)
    cursor.setPosition(10, QTextCursor.MoveMode.KeepAnchor)
    panel.edit.setTextCursor(cursor)
    wait_until(lambda: told[-1].selected is not None)
    assert told[-1].selected == Counts(2, 7, 6)
    cursor.clearSelection()
    panel.edit.setTextCursor(cursor)
    wait_until(lambda: told[-1].selected is None)
    assert Counts(words=900).minutes == 5
