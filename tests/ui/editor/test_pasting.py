"""Pasting and dropping: addresses, HTML, pictures and files, with a real library behind."""

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage

from desktop.core.notebook import Notebook
from desktop.ui.editor import media
from desktop.ui.editor.editor_panel import EditorPanel
from desktop.ui.workspace import Workspace
from tests.ui.editor.typist import CTRL, SHIFT, press, type_text

Wait = Callable[..., None]


def opened(panel: EditorPanel, workspace: Workspace, notebook: Notebook, text: str) -> EditorPanel:
    note_id = notebook.tree.create("Note", text=text).created[0]
    workspace.open_note(note_id)
    panel.edit.moveCursor(panel.edit.textCursor().MoveOperation.End)
    return panel


def text_of(panel: EditorPanel) -> str:
    assert panel.session is not None
    return panel.session.shown()


def html(markup: str, words: str) -> QMimeData:
    data = QMimeData()
    data.setHtml(markup)
    data.setText(words)
    return data


def test_html_becomes_markdown_in_one_step(
    panel: EditorPanel, workspace: Workspace, notebook: Notebook, wait_until: Wait
) -> None:
    opened(panel, workspace, notebook, "Начало 😀 ")
    panel.edit.insertFromMimeData(html("<b>жирно</b> и <a href='https://e.org'>e</a>", "жирно и e"))
    type_text(panel.edit, "!")  # typed before it is there: it stays behind it
    wait_until(lambda: "**" in text_of(panel))
    assert text_of(panel) == "Начало 😀 **жирно** и [e](https://e.org)!"
    panel.edit.undo()
    assert text_of(panel) == "Начало 😀 !"


def test_html_that_says_nothing_is_pasted_as_words(
    panel: EditorPanel, workspace: Workspace, notebook: Notebook, wait_until: Wait
) -> None:
    opened(panel, workspace, notebook, "")
    panel.edit.insertFromMimeData(html("<span style='color:red'>a  b</span>", "a  b"))
    wait_until(lambda: text_of(panel) != "")
    assert text_of(panel) == "a  b"


def test_in_code_words_are_pasted_as_they_are(panel: EditorPanel, workspace: Workspace, notebook: Notebook) -> None:
    opened(panel, workspace, notebook, "```\n")
    panel.edit.insertFromMimeData(html("<b>x</b>", "x"))
    assert text_of(panel) == "```\nx"


def test_an_address_over_words_is_a_link_whatever_else_the_clipboard_has(
    panel: EditorPanel, workspace: Workspace, notebook: Notebook
) -> None:
    opened(panel, workspace, notebook, "слово")
    panel.edit.selectAll()
    panel.edit.insertFromMimeData(html("<a href='https://e.org/'>https://e.org/</a>", "https://e.org/"))
    assert text_of(panel) == "[слово](https://e.org/)"


def test_plain_text_is_pasted_on_demand(panel: EditorPanel, workspace: Workspace, notebook: Notebook) -> None:
    opened(panel, workspace, notebook, "")
    QGuiApplication.clipboard().setMimeData(html("<b>x</b>", "x"))
    press(panel.edit, Qt.Key.Key_V, CTRL | SHIFT)
    assert text_of(panel) == "x"
    QGuiApplication.clipboard().clear()


def test_a_great_paste_never_holds_the_window(
    panel: EditorPanel, workspace: Workspace, notebook: Notebook, wait_until: Wait
) -> None:
    opened(panel, workspace, notebook, "")
    markup = "<p style='color:rgb(1,2,3);font-size:16px;font-weight:400'>слова <b>и</b> слова</p>" * 24_000
    data = html(markup, "words")
    started = time.thread_time()
    panel.edit.insertFromMimeData(data)
    taken = time.thread_time() - started
    wait_until(lambda: text_of(panel) == "words", 20)
    assert taken < 0.05


def test_several_files_are_dropped_where_they_are_let_go(
    panel: EditorPanel, workspace: Workspace, notebook: Notebook, wait_until: Wait, tmp_path: Path
) -> None:
    names = ["мой график.png", "a [1]#x.png", "empty.txt"]
    for name in names:
        (tmp_path / name).write_bytes(name.encode())
    opened(panel, workspace, notebook, "first\n\nsecond")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / name)) for name in names])
    cursor = panel.edit.textCursor()
    cursor.setPosition(6)
    place = panel.edit.cursorRect(cursor).center()
    how = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QCoreApplication.sendEvent(panel.edit.viewport(), QDragEnterEvent(place, *how))
    QCoreApplication.sendEvent(panel.edit.viewport(), QDropEvent(QPointF(place), *how))
    wait_until(lambda: "![[" in text_of(panel))
    assert text_of(panel) == "first\n![[мой график.png]]\n![[a 1 x.png]]\n![[empty.txt]]\nsecond"
    for name, stored in zip(names, ("мой график.png", "a 1 x.png", "empty.txt"), strict=True):
        found = notebook.attachments.find(stored)
        assert found is not None
        assert found.data == name.encode()
    panel.edit.undo()
    assert text_of(panel) == "first\n\nsecond"


def test_a_picture_is_stored_and_what_is_too_great_refused(
    panel: EditorPanel, workspace: Workspace, notebook: Notebook, wait_until: Wait, tmp_path: Path
) -> None:
    opened(panel, workspace, notebook, "")
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    data = QMimeData()
    data.setImageData(image)
    panel.edit.insertFromMimeData(data)
    wait_until(lambda: "![[" in text_of(panel))
    found = notebook.attachments.find(text_of(panel)[3:-2])
    assert found is not None
    assert QImage.fromData(found.data).width() == 40
    told: list[str] = []
    workspace.notice.connect(lambda _level, sentence: told.append(sentence))
    huge = tmp_path / "huge.bin"
    with huge.open("wb") as file:
        file.truncate(media.LARGEST_BYTES + 1)
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(huge)), QUrl.fromLocalFile(str(tmp_path))])
    panel.edit.insertFromMimeData(files)
    assert len(told) == 2
    assert "huge.bin" in told[0]
