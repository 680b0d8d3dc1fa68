"""The real program, driven by keys alone: write, link, find, export, reopen.

    python -m tests.scenarios.keyboard_program LIBRARY FOLDER write|read

Prints one JSON line with what is on the screen at the end.
"""

import json
import os
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget

from desktop.ui.main_window import MainWindow
from desktop.ui.start import open_window

Step = Callable[[], object]
Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
PATIENCE_MS = 20_000
WINDOW = Qt.WindowType.Window


def focus() -> QWidget:
    """Return the widget that gets the keys."""
    popup = QApplication.activePopupWidget()
    windows = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, MainWindow)]
    widget = (popup.focusWidget() or popup) if popup else QApplication.focusWidget() or windows[0]
    assert widget is not None, "nothing has the focus"
    return widget


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press one key where the focus is."""
    QTest.keyClick(focus(), key, modifiers)


def type_text(text: str) -> None:
    """Type letters of any alphabet where the focus is."""
    for letter in text:
        if letter == "\n":
            press(Key.Key_Return)
            continue
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(focus(), QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))


def dialog() -> QDialog | None:
    """Return the dialog that is open."""
    shown = [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]
    return shown[0] if shown else None


def in_dialog() -> bool:
    """Tell whether the keys go to a field of an open dialog."""
    shown = dialog()
    return shown is not None and isinstance(focus(), QLineEdit) and shown.isAncestorOf(focus())


def write(window: MainWindow, folder: Path) -> Iterator[Step]:
    """Write two notes, link them, find the first, export it."""
    edit = window.editor.edit
    for title in ("Градиент", "Лекция о спуске"):
        window.focus_text()
        press(Key.Key_N, CONTROL)
        yield lambda: isinstance(focus(), QLineEdit) and window.library.isAncestorOf(focus())  # the title's editor
        press(Key.Key_A, CONTROL)
        type_text(title + "\n")
        yield lambda title=title: window.windowTitle().startswith(title)
        yield edit.hasFocus
    press(Key.Key_End, CONTROL)
    type_text("\n\nШаг против направления, см. [[град")
    yield lambda: window.editor.completion.list.isVisible()
    press(Key.Key_Return)
    yield lambda: "[[Градиент]]" in edit.toPlainText()
    type_text(" и далее.")
    press(Key.Key_S, CONTROL)
    yield lambda: bool(window.workspace.notebook.links.backlinks(window.workspace.notebook.notes.find("Градиент")))
    press(Key.Key_F, CONTROL | SHIFT)
    yield window.search.field.hasFocus
    type_text("направлениям")
    yield lambda: window.search.model.rowCount() == 1
    press(Key.Key_Down)
    press(Key.Key_Return)
    yield lambda: window.windowTitle().startswith("Лекция о спуске")
    window.focus_text()
    press(Key.Key_E, CONTROL | SHIFT)
    yield in_dialog
    press(Key.Key_A, CONTROL)
    type_text(str(folder))
    export = dialog()
    assert export is not None
    yield lambda: bool(getattr(export, "_plan", None)) and getattr(export, "_plan").folder == str(folder)  # noqa: B009
    press(Key.Key_Return)
    yield lambda: any(folder.glob("*.md"))
    yield lambda: dialog() is None


def read(window: MainWindow, _folder: Path) -> Iterator[Step]:
    """Find the note again and say what stands in it."""
    press(Key.Key_P, CONTROL)
    yield in_dialog
    type_text("спуске")
    yield lambda: dialog() is not None and focus() is not window.editor.edit
    QTest.qWait(400)
    press(Key.Key_Return)
    yield lambda: window.windowTitle().startswith("Лекция о спуске")
    yield lambda: "[[Градиент]]" in window.editor.edit.toPlainText()


class Strays(QObject):
    """Notes the widgets that appear as windows of their own although they are parts of one."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at every widget that is shown."""
        is_window = isinstance(watched, QWidget) and watched.windowType() == WINDOW
        if event.type() == QEvent.Type.Show and is_window and not isinstance(watched, MainWindow):
            self.seen.append(type(watched).__name__)
        return False


class Driver:
    """Runs steps: each yields the condition that must come true before the next."""

    def __init__(self, window: MainWindow, steps: Iterator[Step]) -> None:
        self.strays = Strays()
        application = QApplication.instance()
        assert application is not None
        application.installEventFilter(self.strays)
        self.window, self.steps = window, steps
        self.condition: Step = lambda: True
        self.waited_ms = 0
        self.failed = False
        self.timer = QTimer(window, interval=20)
        self.timer.timeout.connect(self.go_on)
        QTimer.singleShot(2_500, self.timer.start)  # what follows the first paint

    def go_on(self) -> None:
        """Take the next step when the condition holds."""
        try:
            if not self.condition():
                self.waited_ms += 20
                assert self.waited_ms < PATIENCE_MS, "waited in vain"
                return
            self.waited_ms = 0
            self.condition = next(self.steps)
        except StopIteration:
            self.end()
        except AssertionError:
            traceback.print_exc()
            frame = getattr(self.steps, "gi_frame", None)
            print("after line", frame.f_lineno if frame else "?", "focus:", QApplication.focusWidget(), file=sys.stderr)
            self.failed = True
            self.end()

    def end(self) -> None:
        """Say what is on the screen, and close."""
        self.timer.stop()
        text = self.window.editor.edit.toPlainText()
        answer = {"title": self.window.windowTitle(), "text": text, "failed": self.failed, "strays": self.strays.seen}
        print(json.dumps(answer), flush=True)
        for widget in QApplication.topLevelWidgets():
            widget.close()


def main() -> int:
    """Open the library and press keys."""
    library, folder, way = Path(sys.argv[1]), Path(sys.argv[2]), {"write": write, "read": read}[sys.argv[3]]
    drivers: list[Driver] = []
    return open_window(library, "light", lambda window: drivers.append(Driver(window, way(window, folder))))


if __name__ == "__main__":
    sys.exit(main())
