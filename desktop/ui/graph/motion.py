"""What changes by itself: the layout, the camera, what steps back, what is new. At rest nothing runs.

One timer does everything that takes time. Where the system asks for no animations, everything is at its goal at once,
and the layout is shown when it stands.
"""

import time
from collections.abc import Callable
from typing import Final

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QStyle

from desktop.ui.graph.apart import Mover, is_big
from desktop.ui.graph.camera import Flight, eased
from desktop.ui.graph.picture import Floats, Picture

TICK_MS: Final = 16
LONGEST_TICK_MS: Final = 64.0  # after a pause things go on where they were, and do not leap
DIM_EASE: Final = 0.22
BIRTH_EASE: Final = 0.16
STEPS_S: Final = 0.012  # of layout in a tick that shows nothing


def is_calm() -> bool:
    """Tell whether the system asks for no animations."""
    style = QApplication.style()
    return not style.styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration)


class Motion(QObject):
    """The clock of one view."""

    ticked = Signal(float)  # milliseconds that passed
    rested = Signal()  # the layout stands after it moved

    def __init__(self, parent: QObject, flight: Flight) -> None:
        super().__init__(parent)
        self.flight = flight
        self.picture: Picture | None = None
        self.dim = 0.0
        self.dim_goal = 0.0
        self.births: Floats | None = None  # of nodes that are new: 0 to 1
        self.restless = False  # the layout moved and has not been told to stand
        self.held = False  # a hand is on a node
        self.travelling = False  # the camera moved in the last tick
        self.rests: Callable[[], bool] = lambda: False  # whether something more urgent than movement goes on
        self.refit: Callable[[], None] = lambda: None
        self.wants_time: Callable[[], bool] = lambda: False
        self.calm = is_calm()
        self._last = 0.0
        self._mover = Mover()
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)

    @property
    def running(self) -> bool:
        """Tell whether the timer runs."""
        return self._timer.isActive()

    @property
    def moving(self) -> bool:
        """Tell whether nodes are on their way."""
        return self._mover.busy or (self.picture is not None and self.picture.simulation.moving)

    @property
    def easing(self) -> bool:
        """Tell whether something comes forward, steps back or grows."""
        return self.dim != self.dim_goal or self.births is not None

    def start(self) -> None:
        """Go on."""
        if not self._timer.isActive():
            self.calm = is_calm()
            self._last = time.monotonic() - TICK_MS / 1000.0
            self._timer.start()

    def stop(self) -> None:
        """Stop: nobody looks, or nothing moves."""
        self._timer.stop()

    def take_picture(self, picture: Picture | None, known: frozenset[int] | None) -> None:
        """Follow another picture; of one that goes on, nodes that are not `known` (ids) grow."""
        self.picture, self.births = picture, None
        self.restless = picture is not None and picture.simulation.moving
        if picture is None or known is None or self.calm:
            return
        births = np.array([1.0 if number in known else 0.0 for number in picture.ids])
        if not births.all():
            self.births = births

    def reheat(self, alpha: float) -> None:
        """Let the layout move again."""
        if self.picture is not None:
            self.picture.simulation.reheat(alpha)
            self.restless = True

    def _tick(self) -> None:
        """Do a little of everything that takes time; stop when nothing does."""
        picture, now = self.picture, time.monotonic()
        if picture is None or not len(picture):
            self._timer.stop()
            return
        if self.rests():
            self._last = now
            return
        passed = min(LONGEST_TICK_MS, max(1.0, (now - self._last) * 1000.0))
        self._last = now
        moving = self._step(picture)
        if self.flight.fits and (moving or self.restless):
            self.refit()
        self.travelling = self.flight.advance(passed, self.calm)
        self._ease(passed)
        self.ticked.emit(passed)
        if moving:
            return
        if self.restless and not self.held:
            self.restless = False
            self.rested.emit()
        eases = self.easing or self.travelling
        if self.flight.standing and not eases and not self.wants_time():
            self._timer.stop()

    def _step(self, picture: Picture) -> bool:
        """Move the layout on; return whether it goes on moving."""
        if is_big(picture):
            return self._mover.move(picture.simulation)
        moving = picture.simulation.step()
        end = time.perf_counter() + STEPS_S
        while self.calm and moving and time.perf_counter() < end:
            moving = picture.simulation.step()
        return moving

    def _ease(self, passed: float) -> None:
        share = 1.0 if self.calm else eased(DIM_EASE, passed)
        self.dim += (self.dim_goal - self.dim) * share
        if abs(self.dim_goal - self.dim) < 0.02:
            self.dim = self.dim_goal
        if self.births is not None:
            self.births += (1.0 - self.births) * eased(BIRTH_EASE, passed)
            if self.births.min() > 0.98:
                self.births = None
