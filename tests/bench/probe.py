"""Measuring from inside a window: the program is started as it is, and taken over where its event loop begins.

`start_program` replaces `QApplication.exec`, so that everything before it (arguments, library, window, show) is the
program's own way; widgets are found by their accessible names.
"""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

Found = TypeVar("Found", bound=QWidget)


class Paints(QObject):
    """Counts the paint events of one widget."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Count, and let everything through."""
        if event.type() == QEvent.Type.Paint:
            self.count += 1
        return False


def process_events(limit_ms: int = 10) -> None:
    """Run what Qt has to do now."""
    QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, limit_ms)


def run_for(seconds: float) -> None:
    """Run Qt's events for a while."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        process_events()
        time.sleep(0.001)


def wait_for(predicate: Callable[[], bool], seconds: float = 30.0) -> bool:
    """Run Qt's events until the predicate holds; False when it never did."""
    end = time.monotonic() + seconds
    while not predicate():
        if time.monotonic() > end:
            return False
        process_events()
        time.sleep(0.001)
    return True


def wait_for_first_paint() -> QMainWindow:
    """Run Qt's events until the main window is painted, and return it."""
    window = next(widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QMainWindow))
    paints = Paints(window)
    while not paints.count:
        process_events()
    return window


def find(kind: type[Found], name: str) -> Found:
    """Return the widget with that accessible name."""
    return next(w for w in QApplication.allWidgets() if isinstance(w, kind) and w.accessibleName() == name)


def start_program(library: Path, measure: Callable[[], Any]) -> None:
    """Open the program's window on a library and call `measure` in the place of its event loop."""
    from desktop.app import main

    def take_over(*_arguments: object) -> NoReturn:
        measure()
        leave()

    QApplication.exec = take_over  # type: ignore[method-assign]
    main(["--library", str(library)])


def leave() -> NoReturn:
    """End the process at once, with its children."""
    import multiprocessing  # late: it would count as part of the start

    sys.stdout.flush()
    for child in multiprocessing.active_children():
        child.kill()
    os._exit(0)
