"""Every hostile family through the real window: `python3 dev.py hostile`.

Each text is put into the editor of an open note, as if it was pasted. Told are, in milliseconds: how long until the
page shows it, or until it is shown as it is written; the longest time for which the event loop stood still after the
paste; and the median from a key to its paint meanwhile, beside that of a bare QPlainTextEdit with the same text.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

from tests.hostile.families import FAMILIES

SIZES = (10_000, 1_000_000)
LONGEST_MS, STALL_MS = 2_000, 50
KEYS = 5
GIVE_UP_S = 15.0
FROZEN_S = 60
LONG_WORD = 20_000  # characters: Qt breaks such a word in quadratic time where it looks for a better place first


class Watch:
    """Runs the event loop and knows the longest time it stood still."""

    def __init__(self) -> None:
        self.stall = 0.0

    def turn(self) -> None:
        from tests.bench.probe import process_events

        begin = time.perf_counter()
        process_events()
        self.stall = max(self.stall, time.perf_counter() - begin)
        time.sleep(0.001)


def key_to_paint(editor: Any, watch: Watch) -> float:
    """Type a letter at the text's end and return the median of the seconds until it is painted."""
    from PySide6.QtCore import QEvent, Qt
    from PySide6.QtGui import QKeyEvent, QTextCursor
    from PySide6.QtWidgets import QApplication

    from tests.bench.probe import Paints

    paints = Paints(editor.viewport())
    taken = []
    editor.moveCursor(QTextCursor.MoveOperation.End)
    watch.turn()
    for _ in range(KEYS):
        before, begin = paints.count, time.perf_counter()
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_X, Qt.KeyboardModifier.NoModifier, "x")
        QApplication.sendEvent(editor, event)
        while paints.count == before and time.perf_counter() - begin < GIVE_UP_S:
            watch.turn()
        taken.append(time.perf_counter() - begin)
    return median(taken)


def bare_key_to_paint(text: str) -> float:
    """Return the same of a bare widget, which breaks lines anywhere when a word is too long for Qt."""
    from PySide6.QtGui import QTextOption
    from PySide6.QtWidgets import QPlainTextEdit

    bare = QPlainTextEdit()
    if max(map(len, text.split()), default=0) > LONG_WORD:
        bare.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)
    bare.resize(800, 800)
    bare.setPlainText(text)
    bare.show()
    seconds = key_to_paint(bare, Watch())
    bare.deleteLater()
    return seconds


def measure(window: Any, editor: Any, text: str) -> tuple[float, float, float]:
    """Return the seconds to the page, of the longest stall, and from a key to its paint."""
    shown: list[float] = []
    revisions: list[int] = []

    def note(rendered: Any) -> None:
        revisions.append(rendered.revision)
        shown.append(time.perf_counter())

    source = window.preview.source
    editor.setPlainText(text)
    begin = time.perf_counter()
    source.rendered.connect(note)
    watch = Watch()
    while not shown and time.perf_counter() - begin < GIVE_UP_S:
        watch.turn()
    taken = (shown[0] if shown else time.perf_counter()) - begin
    keys = key_to_paint(editor, watch)
    rest = time.perf_counter() + 1.0
    while time.perf_counter() < rest or (not window.preview.page.complete and time.perf_counter() < rest + GIVE_UP_S):
        watch.turn()
    source.rendered.disconnect(note)
    return taken, watch.stall, keys


def measure_one(name: str, size: int) -> None:
    """Take over the program's window and print one line of the table."""
    from PySide6.QtWidgets import QPlainTextEdit

    from tests.bench.probe import find, run_for, wait_for, wait_for_first_paint

    window: Any = wait_for_first_paint()
    run_for(1.0)
    editor = find(QPlainTextEdit, "Editor")
    editor.setPlainText("A first page starts the render process.")
    wait_for(lambda: window.preview.shown_revision > 0)
    run_for(1.0)
    text = FAMILIES[name](size)
    taken, stall, keys = (1000 * seconds for seconds in measure(window, editor, text))
    bare = 1000 * bare_key_to_paint(text)
    bad = taken > LONGEST_MS or stall > max(STALL_MS, 3 * bare)
    mark = "  over" if bad else ""
    print(f"{name:45} {size:>9,} {taken:>8.0f} {stall:>8.0f} {keys:>8.1f} {bare:>9.1f}{mark}", flush=True)


def one(name: str, size: int) -> None:
    """Open a library with one note, and measure one family."""
    from desktop.core.notebook import Notebook
    from tests.bench.probe import start_program

    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "hostile.konspekt"
        notebook = Notebook.open(library)
        notebook.tree.create("Hostile", text="Text.\n")
        notebook.close()
        start_program(library, lambda: measure_one(name, size))


def main(arguments: list[str]) -> None:
    """Measure the families named, or all, each in a window of its own: one that freezes must not hide the next."""
    if arguments[:1] == ["--one"]:
        one(arguments[1], int(arguments[2]))
        return
    sizes = [int(argument) for argument in arguments if argument.isdigit()] or list(SIZES)
    names = [argument for argument in arguments if argument in FAMILIES] or list(FAMILIES)
    print(f"{'family':45} {'size':>9} {'shown':>8} {'stall':>8} {'key':>8} {'bare key':>9}", flush=True)
    over = 0
    for name in names:
        for size in sizes:
            command = [sys.executable, "-m", "tests.hostile.window", "--one", name, str(size)]
            try:
                line = subprocess.run(command, capture_output=True, text=True, timeout=FROZEN_S, check=False).stdout
            except subprocess.TimeoutExpired:
                line = ""
            line = line.strip() or f"{name:45} {size:>9,}   frozen for {FROZEN_S} s  over"
            over += line.endswith("over")
            print(line, flush=True)
    print(f"{len(names)} families, {over} figures over {LONGEST_MS} ms to the page or {STALL_MS} ms of stall")


if __name__ == "__main__":
    main(sys.argv[1:])
