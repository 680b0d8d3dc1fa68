"""A long text in the editor beside a bare widget, by turns in one process: opened, and typed into. CPU time."""

import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench.figures import percentile

ROUNDS = 5
KEYS = 120  # in each round


def opening(folder: Path, size: str) -> dict[str, float]:
    """Measure from a text to its first paint, in ms; ours with all that an opened note has."""
    from PySide6.QtWidgets import QApplication, QPlainTextEdit

    from desktop.core.notebook import Notebook
    from desktop.ui.editor.sessions import EditSession
    from desktop.ui.editor.text_edit import MarkdownEdit
    from tests.bench.texts import Prose

    _start()
    text = Prose(2).long_text(int(size))
    notebook = Notebook.open(folder / f"long-{size}.konspekt")
    note = notebook.notes.read(notebook.tree.create("Long", text=text).created[0])
    notebook.close()
    sessions: list[EditSession] = []

    def bare(edit: QPlainTextEdit) -> None:
        edit.setPlainText(text)

    def ours(edit: MarkdownEdit) -> None:
        sessions.append(EditSession(note))
        edit.show_document(sessions[-1].document)

    def first_paint(edit: QPlainTextEdit, fill: Callable[[Any], None]) -> float:
        edit.resize(700, 800)
        edit.show()
        QApplication.processEvents()
        started = time.thread_time()
        fill(edit)
        edit.viewport().repaint()
        taken = time.thread_time() - started
        edit.hide()
        return taken * 1e3

    widgets = (QPlainTextEdit(), MarkdownEdit())
    first_paint(widgets[1], ours)  # the typefaces are read once
    rounds = [(first_paint(widgets[0], bare), first_paint(widgets[1], ours)) for _ in range(ROUNDS)]
    return {"bare": median(bare for bare, _ours in rounds), "ours": median(ours for _bare, ours in rounds)}


def keys(_folder: Path, size: str) -> dict[str, dict[str, float]]:
    """Measure from a key to its paint in a bare widget, in one with our typeface, and in our editor, in ms."""
    from PySide6.QtCore import QEvent, Qt
    from PySide6.QtGui import QKeyEvent, QTextCursor
    from PySide6.QtWidgets import QApplication, QPlainTextEdit

    from desktop.ui import theme
    from desktop.ui.editor.fidelity import new_document
    from desktop.ui.editor.page_font import page_font
    from desktop.ui.editor.text_edit import MarkdownEdit
    from tests.bench.texts import Prose

    _start()
    text = Prose(2).long_text(int(size))
    bare, same_face, ours = QPlainTextEdit(), QPlainTextEdit(), MarkdownEdit()
    same_face.setFont(page_font(theme.text_font()))
    document = new_document(ours)
    document.setPlainText(text)
    ours.show_document(document)
    widgets: dict[str, QPlainTextEdit] = {"bare": bare, "same_face": same_face, "ours": ours}
    times: dict[str, list[float]] = {name: [] for name in widgets}
    for name, edit in widgets.items():
        if name != "ours":
            edit.setPlainText(text)
        edit.resize(700, 800)
    for turn in range(ROUNDS):
        for name, edit in widgets.items():
            edit.show()
            edit.setFocus()
            cursor = edit.textCursor()
            middle = edit.document().blockCount() // 2 + 2 * turn
            cursor.setPosition(edit.document().findBlockByNumber(middle).position())
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
            edit.setTextCursor(cursor)
            edit.centerCursor()
            for _ in range(10):
                QApplication.processEvents()
            for number in range(KEYS):
                letter = "слово and word "[number % 15]
                started = time.thread_time()
                key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, letter)
                QApplication.sendEvent(edit, key)
                QApplication.processEvents()
                times[name].append((time.thread_time() - started) * 1e3)
            edit.hide()
    return {
        name: {"p50": percentile(taken, 0.5), "p99": percentile(taken, 0.99)} for name, taken in times.items()
    }


def _start() -> None:
    from PySide6.QtWidgets import QApplication

    from desktop.ui import theme

    QApplication(["long"]).setStyle("Fusion")
    theme.load_fonts()
    theme.apply("light")
