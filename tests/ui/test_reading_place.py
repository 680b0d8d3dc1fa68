"""Text and page move together, and Back brings both to the pixel where they were."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.core.notebook import Notebook
from desktop.core.records import NoteId
from desktop.ui import theme
from desktop.ui.editor.editor_panel import EditorPanel
from desktop.ui.preview.preview_panel import PreviewPanel
from desktop.ui.reading_place import ReadingPlace
from desktop.ui.workspace import Workspace

Wait = Callable[..., None]
LONG = "# Long\n\n" + "".join(
    f"## Part {n}\n\nWords {n}.\n\n```\n{n}\n\ncode\n```\n\n- [ ] task {n}\n\n" for n in range(60)
)


@pytest.fixture
def panels(workspace: Workspace) -> Iterator[tuple[EditorPanel, PreviewPanel]]:
    """Show a text and its page, joined as the window joins them."""
    theme.load_fonts()
    theme.apply("light")
    editor, preview = EditorPanel(workspace), PreviewPanel(workspace)
    for panel in (editor, preview):
        panel.resize(700, 500)
        panel.show()
    editor.first_line_changed.connect(preview.follow_line)
    preview.first_line_changed.connect(editor.follow_page)
    preview.task_toggled.connect(editor.toggle_task_at)
    ReadingPlace(workspace, editor, preview)
    yield editor, preview
    preview.close_process()
    editor.flush(wait=True)
    for panel in (editor, preview):
        panel.hide()
        panel.deleteLater()


def test_back_returns_to_the_pixel_and_both_move_as_one(
    workspace: Workspace,
    panels: tuple[EditorPanel, PreviewPanel],
    notes: tuple[Notebook, dict[str, NoteId]],
    wait_until: Wait,
) -> None:
    editor, preview = panels
    note = notes[0].tree.create("Long", text=LONG).created[0]
    text, page = editor.edit.verticalScrollBar(), preview.browser.verticalScrollBar()

    def shown(words: str) -> None:
        wait_until(lambda: words in preview.browser.toPlainText() and preview.page.complete, 40)

    workspace.open_note(note)
    shown("Words 59.")
    text.setValue(200)  # the text leads
    line = editor.edit.first_visible_line()
    assert int(preview.top_line()) == line
    assert text.value() == 200  # and hears no echo
    preview.browser.setFocus()
    QTest.keyClick(preview.browser, Qt.Key.Key_PageDown)  # the page leads
    here = page.value()
    assert abs(editor.edit.first_visible_line() - preview.top_line()) <= 1
    page.setValue(here + 7)  # nobody's line begins at this pixel
    before = text.value(), page.value()
    cursor = editor.edit.textCursor()
    cursor.setPosition(40)
    workspace.open_note(notes[1]["Survey"])
    shown("We cleaned")
    workspace.open_note(notes[1]["Data"])
    shown("Plain text")
    workspace.go_back()
    shown("We cleaned")
    workspace.go_back()
    shown("Words 59.")
    assert (text.value(), page.value()) == before
    workspace.open_note(note, section=5)  # within the note
    assert page.value() != before[1]
    workspace.go_back()
    assert (text.value(), page.value()) == before
    task = LONG.split("\n").index("- [ ] task 3")
    preview.task_toggled.emit(task)
    shown("Words 59.")
    assert editor.edit.document().findBlockByNumber(task).text() == "- [x] task 3"


def test_a_text_whose_lines_wrap_comes_back_to_the_very_row(
    workspace: Workspace, panels: tuple[EditorPanel, PreviewPanel], notes: tuple[Notebook, dict[str, NoteId]]
) -> None:
    edit = panels[0].edit
    text = "\n\n".join(["many words in one line " * 30] * 60)
    note = notes[0].tree.create("Wrapped", text=text).created[0]
    workspace.open_note(note)
    for _ in range(9):  # what is above is laid out on the way
        QTest.keyClick(edit, Qt.Key.Key_PageDown)
    edit.verticalScrollBar().setValue(edit.verticalScrollBar().value() + 2)
    before = edit.first_visible_line(), edit.top_line()
    assert before[0] > 10
    assert before[1] > before[0]  # within a line
    workspace.open_note(notes[1]["Survey"])
    workspace.open_note(note)
    assert (edit.first_visible_line(), edit.top_line()) == before
    workspace.open_note(notes[1]["Survey"])
    workspace.go_back()
    assert (edit.first_visible_line(), edit.top_line()) == before


def test_a_page_that_comes_late_stands_where_the_text_does(
    workspace: Workspace,
    panels: tuple[EditorPanel, PreviewPanel],
    notes: tuple[Notebook, dict[str, NoteId]],
    wait_until: Wait,
) -> None:
    editor, preview = panels
    workspace.open_note(notes[0].tree.create("Late", text=LONG).created[0])
    editor.edit.verticalScrollBar().setValue(200)
    wait_until(lambda: "Words 59." in preview.browser.toPlainText() and preview.page.complete, 40)
    assert int(preview.top_line()) == editor.edit.first_visible_line()
