"""Looks for rubbish on the main thread, and only there.

Python does it wherever an allocation happens to reach a number. On a worker's thread it may find a Qt object in a
cycle, whose timers must not be stopped from there: the program dies. So the automatic search is off (see `app`), and
a timer of the main thread looks instead, between events.
"""

import gc

from PySide6.QtCore import QObject, QTimer

INTERVAL_MS = 1_000
YOUNG = 5_000  # new objects, from which on looking among the young ones is worth it
OLD_AFTER = 40  # such looks, after which all are looked at


class GarbageSweep(QObject):
    """Collects cycles now and then."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        gc.freeze()  # what the start has made stays; looking through it would cost 40 ms each time
        self._looks = 0
        self._timer = QTimer(self, interval=INTERVAL_MS)
        self._timer.timeout.connect(self.sweep)
        self._timer.start()

    def sweep(self) -> None:
        """Look among the young objects when there are many, and among all after some such looks."""
        if gc.get_count()[0] < YOUNG:
            return
        self._looks += 1
        gc.collect(2 if self._looks % OLD_AFTER == 0 else 1)
