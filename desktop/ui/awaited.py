"""Reading again a while after something changed, for a panel that may be hidden: nothing is read for nobody.

What is shown is **stale** from the moment it is asked for anew until it is read. While the panel is hidden the wish is
only remembered; it is fulfilled when the panel is seen again. Of several readings under way only the last one counts.
"""

from collections.abc import Callable
from time import monotonic
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

T = TypeVar("T")


class Awaited(QObject):
    """Calls `read` a while after the last wish for it, and only while the widget is seen."""

    def __init__(self, widget: QWidget, read: Callable[[], None], delay_ms: int, share: int = 0) -> None:
        """`share`: so many times as long as the last reading took is waited, where that is longer than the delay."""
        super().__init__(widget)
        self._widget = widget
        self._read = read
        self._delay_ms = delay_ms
        self._share = share
        self._request = 0
        self._began = 0.0
        self._took_ms = 0.0
        self.stale = True
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.read_now)
        widget.installEventFilter(self)

    def ask(self, delay_ms: int | None = None) -> None:
        """Read again after the delay, counted from the last asking; remember it while nobody looks."""
        self.stale = True
        if self._widget.isVisible():
            delay_ms = self._delay_ms if delay_ms is None else delay_ms
            self._timer.start(max(delay_ms, round(self._took_ms * self._share)))

    def read_now(self) -> None:
        """Read at once; what was under way before is for nobody."""
        self._timer.stop()
        self._request += 1
        self.stale = False
        self._began = monotonic()
        self._read()

    def drop(self) -> None:
        """Take no result of what is under way."""
        self._timer.stop()
        self._request += 1

    def outdated(self) -> Callable[[], bool]:
        """Return a test, for any thread, whether the reading of now is for nobody any more."""
        request = self._request
        return lambda: request != self._request

    def if_current(self, show: Callable[[T], object]) -> Callable[[T], None]:
        """Return `show` for the reading of now: once another has begun, its result is dropped."""
        request = self._request

        def show_if_current(result: T) -> None:
            if request == self._request:
                self._took_ms = (monotonic() - self._began) * 1e3
                show(result)

        return show_if_current

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Catch up when the widget is shown; stop when it is hidden."""
        if watched is self._widget:
            if event.type() == QEvent.Type.Show and self.stale:
                self._timer.start(self._delay_ms)
            elif event.type() == QEvent.Type.Hide:
                self._timer.stop()
        return super().eventFilter(watched, event)
