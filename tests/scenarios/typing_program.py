"""The real program, typing and importing without end, until somebody kills it.

    python -m tests.scenarios.typing_program LIBRARY SEED

Prints `saved NOTE N` after the window said "saved" for a text that ends with the word wN, and `imported RUN` after an
import of three files was acknowledged.
"""

import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest

from desktop.core.records import Changes
from desktop.ui.main_window import MainWindow
from desktop.ui.start import open_window

KEYS_EVERY_MS = 4
SAVE_EVERY = 9  # words
IMPORT_EVERY = 60


def say(*words: object) -> None:
    """Print one line at once."""
    print(*words, flush=True)


class Typist:
    """Types numbered words into one note."""

    def __init__(self, window: MainWindow, seed: int) -> None:
        self.window = window
        self.seed = seed
        self.number = 0
        self.imports = 0
        self.resting = False  # as a person does: until the window says "saved"
        self.note_id = window.workspace.notebook.notes.find("typed")
        window.workspace.open_note(self.note_id)
        window.editor.save_state_changed.connect(self.told)
        window.workspace.changed.connect(self.changed)
        self.timer = QTimer(window, interval=KEYS_EVERY_MS)
        self.timer.timeout.connect(self.type)
        self.timer.start()

    def type(self) -> None:
        """Type one word; now and then save or import."""
        if self.window.workspace.current != self.note_id:  # an import opens what it brought
            self.window.workspace.open_note(self.note_id)
        if self.resting:
            return
        self.number += 1
        QTest.keyClicks(self.window.editor.edit, f" w{self.seed}-{self.number}")
        if self.number % SAVE_EVERY == 0:
            self.resting = True
            self.window.editor.save_now()
        if self.number % IMPORT_EVERY == 0:
            self.start_import()

    def told(self, state: str, _detail: str) -> None:
        """Acknowledge what the window calls saved."""
        if state == "saved" and self.number and self.window.workspace.current == self.note_id:
            say("saved", self.seed, self.number)
            self.resting = False

    def start_import(self) -> None:
        """Import three files of one run."""
        self.imports += 1
        run = f"run-{self.seed}-{self.imports}"
        folder = Path(tempfile.mkdtemp()) / run
        folder.mkdir()
        for part in "abc":
            (folder / f"{run}-{part}.md").write_text(f"# {run} {part}\n", encoding="utf-8")
        self.window.runners.exchange.import_paths([folder])

    def changed(self, changes: Changes) -> None:
        """Acknowledge an import."""
        if changes.origin == "import" or changes.everything:
            say("imported", f"run-{self.seed}-{self.imports}")


def main() -> int:
    """Open the library and type."""
    typists: list[Typist] = []
    seed = int(sys.argv[2])
    return open_window(Path(sys.argv[1]), "light", lambda window: typists.append(Typist(window, seed)))


if __name__ == "__main__":
    sys.exit(main())
