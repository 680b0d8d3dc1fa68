"""Importing, starting, typing, and the tree: one measurement a function (see `run_part`)."""

import json
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.bench.figures import cpu_s, percentile, resident_mb

KEYS = 250


def library_of(folder: Path) -> Path:
    """Return the library that `import_notes` makes."""
    return folder / "bench.konspekt"


def import_notes(folder: Path, notes: str) -> dict[str, float]:
    """Import the generated folder into a new library."""
    from desktop.core.notebook import Notebook

    notebook = Notebook.open(library_of(folder))
    started, cpu = time.perf_counter(), cpu_s()
    result = notebook.exchange.import_paths([folder / "notes"])
    wall, cpu = time.perf_counter() - started, cpu_s() - cpu
    notebook.close()
    return {"imported": result.imported, "per_s": result.imported / wall, "cpu": cpu, "asked": int(notes)}


def index_notes(folder: Path) -> dict[str, float]:
    """Index the whole library in this process."""
    from desktop.core.notebook import Notebook

    notebook = Notebook.open(library_of(folder))
    total = notebook.search.pending()
    started, cpu = time.perf_counter(), cpu_s()
    notebook.search.index_now(lambda _progress: None, lambda: False)
    wall, cpu = time.perf_counter() - started, cpu_s() - cpu
    notebook.close()
    return {"notes": total, "per_s": total / wall, "cpu": cpu}


def search(folder: Path) -> dict[str, float]:
    """Type words letter by letter, then ask for them in full, alone and in pairs."""
    from desktop.core.notebook import Notebook
    from tests.bench.texts import Prose

    notebook = Notebook.open(library_of(folder))
    words = Prose(1).queries(160)
    started = time.perf_counter()
    notebook.search.typing(words[0])
    first = time.perf_counter() - started
    keys = [word[:length] for word in words for length in range(2, len(word) + 1)]
    pairs = [f"{a} {b}" for a, b in zip(words[::2], words[1::2], strict=True)]
    for word in words[:20]:
        notebook.search.query(word)

    def times(ask: Callable[[str], Any], queries: list[str]) -> list[float]:
        taken = []
        for query in queries:
            before = time.process_time()
            ask(query)
            taken.append((time.process_time() - before) * 1e3)
        return taken

    typed, full = times(notebook.search.typing, keys), times(notebook.search.query, words + pairs)
    notebook.close()
    return {
        "first": first * 1e3,
        "typing_p50": percentile(typed, 0.5),
        "typing_p99": percentile(typed, 0.99),
        "full_p50": percentile(full, 0.5),
        "full_p99": percentile(full, 0.99),
    }


def prepare_start(folder: Path) -> dict[str, str]:
    """Make a small library where the import has made none."""
    from desktop.core.notebook import Notebook
    from tests.bench.texts import Prose

    notebook = Notebook.open(library_of(folder))
    if not notebook.tree.total():
        for number in range(40):
            notebook.tree.create(f"Note {number}", text=Prose(number).note(number, 40))
    notebook.close()
    return {}


def bare_first_paint(folder: Path) -> dict[str, float]:
    """Start the bare window and measure at its first paint."""
    from PySide6.QtWidgets import QApplication

    from tests.bench.bare_window import build_window
    from tests.bench.probe import wait_for_first_paint

    application = QApplication(["bare", "-style", "Fusion"])
    window = build_window(application, library_of(folder))
    window.show()
    wait_for_first_paint()
    figures = {"cpu": time.process_time(), "rss": resident_mb()}
    window.close()
    application.quit()
    return figures


def our_first_paint(folder: Path) -> None:
    """Start the program and measure at its first paint."""
    import desktop.core.notebook  # noqa: F401 -- before Qt, as the program does it
    from tests.bench.probe import start_program, wait_for_first_paint

    def measure() -> None:
        wait_for_first_paint()
        print(json.dumps({"cpu": time.process_time(), "rss": resident_mb()}))

    start_program(library_of(folder), measure)


def prepare_typing(folder: Path, size: str) -> dict[str, str]:
    """Put one note of that size into a library of its own."""
    from desktop.core.notebook import Notebook
    from tests.bench.texts import Prose

    notebook = Notebook.open(folder / f"typing-{size}.konspekt")
    notebook.tree.create("Long", text=Prose(2).long_text(int(size)))
    notebook.close()
    return {}


def our_typing(folder: Path, size: str) -> None:
    """Type into the program's editor, in a note of that size."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QPlainTextEdit, QTreeView

    from tests.bench.probe import find, run_for, start_program, wait_for, wait_for_first_paint

    def measure() -> None:
        wait_for_first_paint()
        run_for(2.0)
        tree = find(QTreeView, "Library")
        tree.setFocus()
        tree.setCurrentIndex(tree.model().index(0, 0))
        QTest.keyClick(tree, Qt.Key.Key_Return)
        editor = find(QPlainTextEdit, "Editor")
        opened = wait_for(lambda: editor.document().characterCount() > int(size) // 4)
        assert opened, "the note did not open"
        run_for(3.0)
        print(json.dumps(type_into(editor)))

    start_program(folder / f"typing-{size}.konspekt", measure)


def bare_typing(_folder: Path, size: str) -> dict[str, float]:
    """Type the same into a bare QPlainTextEdit."""
    from PySide6.QtWidgets import QApplication, QPlainTextEdit

    from tests.bench.probe import process_events
    from tests.bench.texts import Prose

    QApplication(["bare"])
    editor = QPlainTextEdit()
    editor.resize(700, 800)
    editor.setPlainText(Prose(2).long_text(int(size)))
    editor.show()
    process_events(500)
    figures = type_into(editor)
    editor.close()
    return figures


def type_into(editor: Any) -> dict[str, float]:
    """Type in the middle of the shown text, 30 keys a second; return the time to the paint in ms."""
    from PySide6.QtCore import QEvent, Qt
    from PySide6.QtGui import QKeyEvent, QTextCursor
    from PySide6.QtWidgets import QApplication

    from tests.bench.probe import Paints, process_events, run_for

    editor.setFocus()
    cursor = editor.textCursor()
    cursor.setPosition(editor.document().findBlockByNumber(editor.document().blockCount() // 2).position())
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
    editor.setTextCursor(cursor)
    run_for(0.5)
    paints = Paints(editor.viewport())
    walls, cpus = [], []
    for number in range(KEYS):
        letter = "слово and word "[number % 15]
        seen, started, cpu = paints.count, time.perf_counter(), time.thread_time()
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, letter)
        QApplication.sendEvent(editor, event)
        while paints.count == seen and time.perf_counter() - started < 1:
            process_events()
        walls.append((time.perf_counter() - started) * 1e3)
        cpus.append((time.thread_time() - cpu) * 1e3)
        run_for(0.033)
    return {
        "p50": percentile(walls, 0.5),
        "p99": percentile(walls, 0.99),
        "cpu_p50": percentile(cpus, 0.5),
        "cpu_p99": percentile(cpus, 0.99),
    }


def open_tree(folder: Path, notes: str) -> dict[str, float]:
    """Show the tree of a library whose notes all stand at the top; only heads are stored."""
    from PySide6.QtWidgets import QApplication, QTreeView

    from desktop.core.notebook import Notebook
    from desktop.ui.tree.model import LibraryModel
    from tests.bench.probe import process_events

    library = folder / f"tree-{notes}.konspekt"
    Notebook.open(library).close()
    fill_heads(library, int(notes))
    QApplication(["tree"])
    view = QTreeView()
    view.resize(300, 800)
    view.show()
    process_events(100)
    notebook = Notebook.open(library)
    notebook.tree.children(None, 0, 1)
    memory, cpu = resident_mb(), time.process_time()
    model = LibraryModel(notebook)
    view.setModel(model)
    process_events(200)
    figures = {"cpu": (time.process_time() - cpu) * 1e3, "rss": resident_mb() - memory, "rows": model.rowCount()}
    view.setModel(None)
    notebook.close()
    return figures


def fill_heads(library: Path, notes: int) -> None:
    """Write heads straight into the file: importing 100,000 notes would take minutes and show nothing more."""
    columns = "uid kind name title position created updated checksum name_key title_key text".split()
    rows = (
        (f"{n:026d}", "note", f"Note {n}", f"Note {n}", n, 0, n, b"\0" * 16, f"note {n}", f"note {n}", "")
        for n in range(notes)
    )
    connection = sqlite3.connect(library)
    with connection:
        places = ", ".join("?" * len(columns))
        connection.executemany(f"INSERT INTO note ({', '.join(columns)}, version, date) VALUES ({places}, 1, '')", rows)
    connection.close()
