"""Indexing in a child process."""

import subprocess
import sys
import time
from collections.abc import Callable

from desktop.core.notebook import Notebook
from desktop.core.records import NoteId, Progress

Write = Callable[..., NoteId]


def wait_for(condition: Callable[[], bool], seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


def test_the_child_builds_and_then_follows(notebook: Notebook, write: Write) -> None:
    for number in range(8):
        write(f"Заметка {number}", f"модель номер {number}")
    seen: list[Progress] = []
    notebook.search.start_indexing(seen.append)
    wait_for(lambda: notebook.search.pending() == 0)
    wait_for(lambda: Progress(8, 8) in seen)  # told right after the commit
    assert notebook.search.query("модели").notice == ""
    assert notebook.search.query("модели").total == 8
    write("Ещё одна", "модель последняя")
    notebook.search.start_indexing(seen.append)
    wait_for(lambda: notebook.search.pending() == 0)
    assert notebook.search.query("модели").total == 9
    notebook.search.stop_indexing()
    wait_for(lambda: not notebook.search._indexer.running)


def test_stopping_before_anything_happened(notebook: Notebook, write: Write) -> None:
    write("Заметка", "модель")
    notebook.search.start_indexing(lambda _progress: None)
    notebook.search.stop_indexing()
    wait_for(lambda: not notebook.search._indexer.running)
    notebook.search.start_indexing(lambda _progress: None)
    wait_for(lambda: notebook.search.pending() == 0)


def test_the_child_needs_no_qt() -> None:
    code = (
        "import sys, desktop.core.search.indexer\n"
        "sys.exit(any(name.startswith(('PySide6', 'sqlmodel')) for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
