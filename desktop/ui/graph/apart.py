"""Heavy work on a big picture, beside the window's thread: its layout's steps and its images.

Two threads serve all graphs, or one where the processor has two cores, for the window needs the other. They do only
what a tick of a view asked for, some milliseconds at a time, so nothing goes on where nobody looks. Positions are read
while they are written: a frame may show some nodes a step ahead of others, by a fraction of a pixel.
"""

import os
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from typing import Final, TypeVar

from desktop.core.graph.layout import Simulation
from desktop.ui.graph.picture import Picture

BIG_NODES: Final = 1_500
BIG_EDGES: Final = 6_000
STEPS_S: Final = 0.03  # of layout for one tick

Result = TypeVar("Result")


def is_big(picture: Picture) -> bool:
    """Tell whether a picture's heavy work is done apart."""
    return len(picture) > BIG_NODES or len(picture.edges) > BIG_EDGES


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(2 if (os.cpu_count() or 1) > 2 else 1, thread_name_prefix="graph")


def submit(job: Callable[[], Result]) -> "Future[Result]":
    """Run a job on one of the threads."""
    return _threads().submit(job)


class Mover:
    """Moves a layout on."""

    def __init__(self) -> None:
        self._steps: Future[None] | None = None

    @property
    def busy(self) -> bool:
        """Tell whether nodes are being moved at this moment."""
        return self._steps is not None and not self._steps.done()

    def move(self, simulation: Simulation) -> bool:
        """Have the next steps done; return whether the layout goes on moving."""
        if self.busy:
            return True
        if self._steps is not None:
            self._steps.result()  # raises what went wrong there
            self._steps = None
        if not simulation.moving:
            return False
        self._steps = submit(lambda: _move(simulation))
        return True


def _move(simulation: Simulation) -> None:
    end = time.perf_counter() + STEPS_S
    while simulation.step() and time.perf_counter() < end:
        pass
