"""Work off the main thread: one writer thread, a few readers, two that answer; results come back on the main thread.

The writer runs jobs in the order they were asked for, so a save cannot overtake another. Readers run side by side,
each with its own read-only connection. A job that raises is reported by `failed`, on the main thread, with the
exception: a KonspektError is a sentence for the user, anything else is a bug and goes to the crash dialog.
"""

import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

READERS = 2
ANSWERERS = 2  # for what someone types and waits for: no long reading may stand before it
SWITCH_S = 0.0005  # Python lets a thread run for 5 ms, and a key takes the turn from it a dozen times

Job = Callable[[], Any]
Then = Callable[[Any], None]
Failed = Callable[[BaseException], None]


class Tasks(QObject):
    """Runs jobs on the writer and the readers."""

    _finished = Signal(object)  # a callable to run on the main thread
    busy = Signal(bool)  # the writer has work

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        sys.setswitchinterval(SWITCH_S)
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="writer")
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="reader")
        self._answerers = ThreadPoolExecutor(ANSWERERS, thread_name_prefix="answerer")
        self._waiting = 0
        self._closed = False
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def write(self, job: Job, then: Then, failed: Failed) -> "Future[Any]":
        """Run `job` on the writer thread, after all that was asked for before it."""
        self._waiting += 1
        if self._waiting == 1:
            self.busy.emit(True)

        def done() -> None:
            self._waiting -= 1
            if self._waiting == 0:
                self.busy.emit(False)

        return self._start(self._writer, job, then, failed, done)

    def read(self, job: Job, then: Then, failed: Failed) -> "Future[Any]":
        """Run `job` on a reader thread."""
        return self._start(self._readers, job, then, failed, None)

    def answer(self, job: Job, then: Then, failed: Failed) -> "Future[Any]":
        """Run a short `job` that somebody waits for while typing, on a thread kept for such."""
        return self._start(self._answerers, job, then, failed, None)

    @property
    def closed(self) -> bool:
        """Tell whether no more jobs are taken."""
        return self._closed

    def on_main_thread(self, call: Callable[[], None]) -> None:
        """Run `call` on the main thread soon; from any thread."""
        if not self._closed:
            self._finished.emit(call)

    def close(self) -> None:
        """Wait for the writer's jobs, drop the readers'."""
        self._answerers.shutdown(wait=True, cancel_futures=True)
        self._readers.shutdown(wait=True, cancel_futures=True)
        self._writer.shutdown(wait=True)
        self._closed = True

    def _start(
        self, pool: ThreadPoolExecutor, job: Job, then: Then, failed: Failed, done: Callable[[], None] | None
    ) -> "Future[Any]":
        if self._closed and pool is not self._writer:  # a timer that was late: nobody is there to see an answer
            dropped: Future[Any] = Future()
            dropped.cancel()
            return dropped
        future = pool.submit(job)

        def deliver() -> None:
            if done is not None:
                done()
            if future.cancelled():
                return
            error = future.exception()
            if error is None:
                then(future.result())
            else:
                failed(error)

        future.add_done_callback(lambda _future: self.on_main_thread(deliver))
        return future

    def _deliver(self, call: Callable[[], None]) -> None:
        assert threading.current_thread() is threading.main_thread()
        call()
