"""A key costs as much in a long note as in a short one; CPU time, so that a busy machine does not matter much."""

import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from desktop.ui import theme
from desktop.ui.editor.fidelity import new_document
from desktop.ui.editor.text_edit import MarkdownEdit

PAGE = (
    "# Заголовок\n\nОбычный **абзац** со ссылкой [сюда](https://example.org) и `кодом`.\n\n"
    "- пункт\n\n```\nкод\n```\n\n"
)


def key_to_paint(edit: QPlainTextEdit, times_typed: int = 3) -> float:
    """Return the median CPU time of a key with its painting, in ms."""
    edit.resize(800, 800)
    edit.show()
    cursor = edit.textCursor()
    cursor.setPosition(edit.document().characterCount() // 2)
    cursor.movePosition(cursor.MoveOperation.EndOfBlock)
    edit.setTextCursor(cursor)
    edit.centerCursor()
    QApplication.processEvents()
    times = []
    for character in "ещё несколько слов **жирно** и [[ссылка]] " * times_typed:
        start = time.thread_time()
        key = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, character)
        QApplication.sendEvent(edit, key)
        QApplication.processEvents()
        times.append(time.thread_time() - start)
    edit.close()
    return sorted(times)[len(times) // 2] * 1_000


def markdown_edit(text: str) -> MarkdownEdit:
    edit = MarkdownEdit()
    document = new_document()
    document.setPlainText(text)
    edit.show_document(document)
    return edit


@pytest.mark.usefixtures("app")
def test_a_key_in_a_megabyte_costs_as_much_as_in_a_page() -> None:
    theme.load_fonts()
    short = key_to_paint(markdown_edit(PAGE * (20_000 // len(PAGE))))
    long = key_to_paint(markdown_edit(PAGE * (1_000_000 // len(PAGE))))
    assert long <= 1.5 * short + 0.5, f"{long:.2f} ms against {short:.2f} ms"
    assert long < 16


def to_paint(make: Callable[[str], QPlainTextEdit], text: str) -> float:
    """Return the CPU time from a text to its first paint, in ms."""
    start = time.thread_time()
    edit = make(text)
    edit.resize(800, 800)
    edit.show()
    QApplication.processEvents()
    edit.viewport().repaint()
    taken = (time.thread_time() - start) * 1_000
    edit.close()
    edit.deleteLater()
    return taken


def bare_edit(text: str) -> QPlainTextEdit:
    edit = QPlainTextEdit()
    edit.setPlainText(text)
    return edit


@pytest.mark.usefixtures("app")
def test_a_megabyte_is_painted_nearly_as_soon_as_in_a_bare_widget() -> None:
    theme.load_fonts()
    text = PAGE * (1_000_000 // len(PAGE))
    to_paint(markdown_edit, PAGE)  # the typefaces are read once
    bare = min(to_paint(bare_edit, text) for _ in range(3))
    ours = min(to_paint(markdown_edit, text) for _ in range(3))
    assert ours <= 1.5 * bare + 15, f"{ours:.1f} ms against {bare:.1f} ms"


@pytest.mark.usefixtures("app")
def test_five_megabytes_open_and_a_key_costs_no_more() -> None:
    theme.load_fonts()
    short = key_to_paint(markdown_edit(PAGE * (20_000 // len(PAGE))))
    huge = key_to_paint(markdown_edit(PAGE * (5_000_000 // len(PAGE))), 1)
    assert huge <= 2 * short + 1, f"{huge:.2f} ms against {short:.2f} ms"
