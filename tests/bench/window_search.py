"""The window while its index is built: how late a timer of 10 ms comes, in the real program, offscreen."""

import json
import time
from pathlib import Path

from tests.bench.figures import spread
from tests.bench.workload import library_of

TICK_MS = 10
LIMIT_S = 900.0


def building(folder: Path, rest_s: str = "4") -> None:
    """Open the program, let it rest, then rebuild the index; print the lateness of both times in milliseconds."""
    import desktop.core.notebook  # noqa: F401 -- before Qt, as the program does it
    from tests.bench.probe import start_program

    start_program(library_of(folder), lambda: _measure(float(rest_s)))


def _measure(rest_s: float) -> None:
    from PySide6.QtCore import Qt, QTimer

    from tests.bench.probe import run_for, wait_for_first_paint

    window = wait_for_first_paint()
    finished: list[float] = []
    keeper = window.index_keeper  # type: ignore[attr-defined]
    run_for(rest_s)  # what follows the first paint
    late: list[float] = []
    last = [time.perf_counter()]

    def tick() -> None:
        now = time.perf_counter()
        late.append(max(0.0, (now - last[0]) * 1e3 - TICK_MS))
        last[0] = now

    def progressed(progress: object) -> None:
        done, total = progress.done, progress.total  # type: ignore[attr-defined]
        if total and done >= total:
            finished.append(time.perf_counter())

    timer = QTimer(window)
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.setInterval(TICK_MS)
    timer.timeout.connect(tick)
    timer.start()
    _wait(rest_s, [])
    idle, late[:] = spread(late), []
    keeper.progressed.connect(progressed)
    started = time.perf_counter()
    keeper.rebuild()
    _wait(LIMIT_S, finished)
    figures = {"idle": idle, "building": spread(late), "seconds": time.perf_counter() - started, "done": bool(finished)}
    print(json.dumps(figures))


def _wait(seconds: float, finished: list[float]) -> None:
    """Let Qt run as it does in its own loop: it sleeps until the next event."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    watch = QTimer()
    watch.setInterval(100)
    watch.timeout.connect(lambda: loop.quit() if finished else None)
    watch.start()
    QTimer.singleShot(int(seconds * 1e3), loop.quit)
    loop.exec()
