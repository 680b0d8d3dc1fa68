"""What the page costs: from an edit to the patched page, and from a note that was never shown to its whole page.

CPU time of the window's process (all of it, and the share of its own thread) and of the render process, whose time
Linux tells in nanoseconds. A digest in the shape of a scraped one is written here, so the figures can be repeated.
"""

import json
import multiprocessing
import time
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench.figures import spread
from tests.bench.texts import Prose

EDITS = 25
LOOK_MS = 20
REST_S = 0.7  # between two edits: the save of the one before is not to be counted


def digest_text(size: int) -> str:
    """Return a digest of at least so many bytes: front matter, contents, sections of linked items."""
    prose = Prose(5)
    names = [f"Тема {number}" for number in range(1, 6)]
    parts = ["---\ntitle: Дайджест\ntags:\n  - digest\n  - ml\nurl: https://example.org/digest\n---\n"]
    parts += [f"- [{name}](#{number})\n" for number, name in enumerate(names, 1)]
    length, number = 0, 0
    while length < size:
        if number % 8 == 0:
            parts.append(f"\n{names[number // 8 % len(names)]}\n--------\n\n")
        words = prose.sentence("ru")
        item = (
            f"### [{prose.sentence('en')}](https://example.org/{number})\n\n{words} *{prose.sentence('ru')}* "
            f"{prose.sentence('en')}\n\n![{words[:20]}](https://img.example.org/{number}.png)\n\n"
        )
        parts.append(item)
        length += len(item.encode())
        number += 1
    return "".join(parts)


def prepare(folder: Path, size: str) -> dict[str, float]:
    """Put one digest of that size, and a short note, into a library of its own."""
    from desktop.core.notebook import Notebook

    notebook = Notebook.open(_library(folder, size))
    notebook.tree.create("Short", text="Short.\n")
    notebook.tree.create("Digest", text=digest_text(int(size)))
    notebook.close()
    return {}


def edit(folder: Path, size: str) -> None:
    """Type one letter after another into the middle of the digest, each seen on the page before the next."""
    from PySide6.QtCore import QEvent, Qt
    from PySide6.QtGui import QKeyEvent, QTextCursor
    from PySide6.QtWidgets import QApplication, QPlainTextEdit

    from tests.bench.probe import find, run_for, start_program

    def measure() -> None:
        panel = _open_digest()
        editor = find(QPlainTextEdit, "Editor")
        cursor = editor.textCursor()
        cursor.setPosition(editor.toPlainText().index("###", len(editor.toPlainText()) // 2) + 8)
        cursor.movePosition(QTextCursor.MoveOperation.Down)
        cursor.movePosition(QTextCursor.MoveOperation.Down)
        editor.setTextCursor(cursor)
        editor.setFocus()
        run_for(2.0)
        whole, own = [], []
        for _ in range(EDITS):
            shown, before, thread = panel.shown_revision, _cpu_ns(), time.thread_time_ns()
            QApplication.sendEvent(
                editor, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "а")
            )
            _wait_for_page(panel, shown)
            whole.append((_cpu_ns() - before) / 1e6)
            own.append((time.thread_time_ns() - thread) / 1e6)
            run_for(REST_S)
        print(json.dumps({"whole": spread(whole), "own": spread(own), "median": median(whole)}))

    start_program(_library(folder, size), measure)


def cold(folder: Path, size: str) -> None:
    """Open the digest for the first time in a window that has come to rest."""
    from tests.bench.probe import start_program

    def measure() -> None:
        _open_digest(figures := {})
        print(json.dumps(figures))

    start_program(_library(folder, size), measure)


def _library(folder: Path, size: str) -> Path:
    return folder / f"page-{size}.konspekt"


def _open_digest(figures: dict[str, float] | None = None) -> Any:
    """Open the second note of the tree, wait for its whole page, and return the preview panel."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QTreeView

    from tests.bench.probe import find, run_for, wait_for, wait_for_first_paint

    window: Any = wait_for_first_paint()
    run_for(2.0)
    tree = find(QTreeView, "Library")
    tree.setFocus()
    tree.setCurrentIndex(tree.model().index(0, 0))
    QTest.keyClick(tree, Qt.Key.Key_Return)
    assert wait_for(lambda: window.preview.shown_revision > 0), "no page was made"
    run_for(2.0)
    shown, before, thread = window.preview.shown_revision, _cpu_ns(), time.thread_time_ns()
    tree.setFocus()
    tree.setCurrentIndex(tree.model().index(1, 0))
    QTest.keyClick(tree, Qt.Key.Key_Return)
    _wait_for_page(window.preview, shown)
    if figures is not None:
        figures["whole"] = (_cpu_ns() - before) / 1e6
        figures["own"] = (time.thread_time_ns() - thread) / 1e6
    return window.preview


def _wait_for_page(panel: Any, shown: int) -> None:
    """Run Qt's events until a newer text stands whole on the page and is painted; little looks meanwhile."""
    from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer

    def stands() -> bool:
        return panel.shown_revision > shown and panel.page.complete

    class Watch(QObject):
        """Ends the loop with the page's first paint after all blocks are placed."""

        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
            """Let everything through."""
            if stands() and event.type() == QEvent.Type.Paint:
                loop.quit()
            return False

    loop, watch, look = QEventLoop(), Watch(), QTimer(interval=LOOK_MS)
    viewport = panel.browser.viewport()
    look.timeout.connect(lambda: viewport.update() if stands() else None)  # the last blocks may not be seen
    viewport.installEventFilter(watch)
    look.start()
    QTimer.singleShot(30_000, loop.quit)
    loop.exec()
    viewport.removeEventFilter(watch)
    assert panel.shown_revision > shown, "the page did not follow"
    assert panel.page.complete, "the page was not built"


def _cpu_ns() -> int:
    """Return the CPU time of this process and of the render process."""
    spent = time.process_time_ns()
    for child in multiprocessing.active_children():
        if child.name == "konspekt-render":
            for task in Path(f"/proc/{child.pid}/task").glob("*/schedstat"):
                spent += int(task.read_text().split()[0])
    return spent
