"""Every hostile family through the real window: `python3 dev.py hostile`.

Each text is put into the editor of an open note, as if it was pasted. Told are, in milliseconds: how long until the
page shows it, or until it is shown as it is written; the longest time for which the event loop stood still after the
paste; and the median from a key to its paint meanwhile. The last two stand beside those of a bare QPlainTextEdit with
the same text: what Qt itself needs to lay out a line of a megabyte is not ours. "over" is a page after more than
LONGEST_MS, or a stall above STALL_MS that is more than ROOM times that of the bare widget.
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
LONGEST_MS, STALL_MS, ROOM = 2_000, 50, 1.5
KEYS = 3
GIVE_UP_S = 15.0
REST_S, MOST_REST_S = 1.0, 5.0  # that the window is watched after the keys: what is begun by then goes on
FROZEN_S = 120  # Qt itself takes seconds for a key in a line of a megabyte
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


def measure_bare(text: str) -> tuple[float, float]:
    """Return the longest stall and the key to paint of a bare widget, which breaks a word too long for Qt anywhere."""
    from PySide6.QtGui import QTextOption
    from PySide6.QtWidgets import QPlainTextEdit

    bare = QPlainTextEdit()
    if max(map(len, text.split()), default=0) > LONG_WORD:
        bare.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)
    bare.resize(800, 800)
    bare.show()
    watch = Watch()
    watch.turn()
    bare.setPlainText(text)
    keys = key_to_paint(bare, watch)
    bare.close()
    bare.deleteLater()
    watch.turn()
    return watch.stall, keys


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
    rest = time.perf_counter() + REST_S
    while time.perf_counter() < rest or (not window.preview.page.complete and time.perf_counter() < rest + MOST_REST_S):
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
    bare_stall, bare_keys = (1000 * seconds for seconds in measure_bare(text))
    taken, stall, keys = (1000 * seconds for seconds in measure(window, editor, text))
    mark = "  over" if taken > LONGEST_MS or stall > max(STALL_MS, ROOM * bare_stall) else ""
    print(f"{name:45} {size:>9,} {taken:>7.0f} {stall:>7.0f} {bare_stall:>7.0f} {keys:>7.1f} {bare_keys:>7.1f}{mark}")


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
    print(f"{'family':45} {'size':>9} {'shown':>7} {'stall':>7} {'bare':>7} {'key':>7} {'bare':>7}", flush=True)
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
    print(f"{len(names)} families, {over} over: {LONGEST_MS} ms to the page, {STALL_MS} ms and {ROOM} x bare of stall")


if __name__ == "__main__":
    main(sys.argv[1:])
