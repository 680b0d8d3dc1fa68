"""The Qt binding itself: a fault that ends the program after a few thousand calls must not slip in.

PySide6 6.12.0 gives back one reference to None too many on every call without a result under Python 3.11 and
older; the interpreter aborts when the count of None reaches zero. Newer Pythons have an immortal None, where
the count stands still by itself.
"""

import sys

CALLS = 1_000
NOISE = 50  # references that come and go elsewhere in the process meanwhile


def test_calls_without_a_result_keep_the_count_of_none(app: object) -> None:
    from PySide6.QtWidgets import QWidget

    widget = QWidget()
    before = sys.getrefcount(None)
    for number in range(CALLS):
        widget.setToolTip("")
        widget.move(number % 2, 0)
        widget.update()
    assert abs(sys.getrefcount(None) - before) < NOISE


def test_signals_without_a_result_keep_the_count_of_none(app: object) -> None:
    from PySide6.QtCore import QObject, Signal

    class Bell(QObject):
        rang = Signal(int)

    bell = Bell()
    heard: list[int] = []
    bell.rang.connect(heard.append)
    before = sys.getrefcount(None)
    for number in range(CALLS):
        bell.rang.emit(number)
    assert len(heard) == CALLS
    assert abs(sys.getrefcount(None) - before) < NOISE
