"""Indexing in a process of its own, so that neither the window nor a search waits for it.

The child is spawned (a fork of a process with Qt threads is not safe), runs at low priority, imports no Qt and opens
the library read-only. What it has committed it reports through a pipe; a thread of the parent takes it off the queue,
in a short transaction, and answers. The child then waits a while for more to do and ends by itself.

    child  -> parent   ("progress", done, total)  ("done", pairs)  ("everything",)  ("idle",)  ("failed", sentence)
    parent -> child    "ok" (to "done" and "everything")  "go"  "stop"

A child that dies at work is followed by another, a few times; what the index had at its last commit stays.
"""

import gc
import os
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.core.errors import Cancelled, KonspektError
from desktop.core.records import NoteId, Progress
from desktop.core.search.index import IndexFolder
from desktop.core.search.job import IndexJob, Pair
from desktop.core.store.database import Database
from desktop.core.store.notes import Notes
from desktop.core.store.queue import IndexQueue

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

KEEP_ALIVE_S = 90.0  # an idle child stays this long: starting one costs half a second of CPU
STOP_S = 3.0  # after being asked to stop it is ended
MOST_DEATHS = 3  # in a row: something in the notes or the machine kills it
NICENESS = 10

OnProgress = Callable[[Progress], None]


def serve(library: str, folder: str, uuid: str, pipe: "Connection[Any, Any]") -> None:
    """Run in the child: index, wait, until told to stop or the parent is gone."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in the terminal is the parent's
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    gc.set_threshold(100_000, 50, 100)  # a build makes millions of small objects and no cycles
    outbox = _PipeOutbox(pipe)
    try:
        database = Database(Path(library), read_only=True)
        job = IndexJob(Notes(database), IndexQueue(database), IndexFolder(Path(folder), uuid), outbox)
        while True:
            job.run()
            outbox.tell("idle")
            if not outbox.wait_for_work():
                break
        database.close()
    except Cancelled:
        pass  # the parent is gone, or wants no more
    except KonspektError as error:
        try:
            pipe.send(("failed", str(error)))
        except OSError:
            pass  # nobody listens any more


class _PipeOutbox:
    """Reports through the pipe."""

    def __init__(self, pipe: "Connection[Any, Any]") -> None:
        self._pipe = pipe
        self._stopped = False
        self._wanted = False

    def done(self, pairs: Sequence[Pair]) -> None:
        """Report finished notes and wait until they are off the queue."""
        self.tell("done", list(pairs))
        self._wait_for_answer()

    def everything(self) -> None:
        """Ask for every note to be put on the queue."""
        self.tell("everything")
        self._wait_for_answer()

    def progress(self, progress: Progress) -> None:
        """Report progress."""
        self.tell("progress", progress.done, progress.total)

    def tell(self, *message: object) -> None:
        """Send a message; raise Cancelled when the parent is gone."""
        try:
            self._pipe.send(message)
        except OSError as error:
            raise Cancelled("Nobody waits for the index any more.") from error

    def cancelled(self) -> bool:
        """Tell whether the parent said stop."""
        while not self._stopped and self._pipe.poll():
            self._receive()
        return self._stopped

    def wait_for_work(self) -> bool:
        """Wait until there is more to do; False when it is time to end."""
        if not self._wanted and self._pipe.poll(KEEP_ALIVE_S):
            self._receive()
        wanted, self._wanted = self._wanted, False
        return wanted and not self._stopped

    def _wait_for_answer(self) -> None:
        while self._receive() != "ok":
            if self._stopped:
                raise Cancelled("Indexing was stopped.")

    def _receive(self) -> object:
        try:
            message = self._pipe.recv()
        except (EOFError, OSError):
            message = "stop"  # the parent is gone
        self._stopped = self._stopped or message == "stop"
        self._wanted = self._wanted or message == "go"
        return message


class Indexer:
    """The parent's side: starts the child, passes on what it reports."""

    def __init__(self, queue: IndexQueue, library: Path, folder: IndexFolder) -> None:
        self._queue = queue
        self._arguments = (str(library), str(folder.folder), folder.library)
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._pipe: Connection[Any, Any] | None = None
        self._again = False
        self._stopped = False
        self._at_work = False  # the child: it has neither finished nor failed
        self._on_progress: OnProgress = lambda _progress: None

    def start(self, on_progress: OnProgress) -> None:
        """Let the child index what waits; returns at once. `on_progress` is called on another thread."""
        with self._lock:
            self._on_progress = on_progress
            self._again = True
            self._stopped = False
            self._at_work = True
            if self._pipe is not None:
                try:
                    self._pipe.send("go")
                    return
                except OSError:
                    return  # it has just ended; its thread sees `_again` and starts another
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._serve, name="indexer", daemon=True)
                self._thread.start()

    def stop(self, *, wait: bool = True) -> None:
        """Stop the child, and wait for its end; what it has committed stays."""
        with self._lock:
            self._again = False
            self._stopped = True
            thread = self._thread
            if self._pipe is not None:
                try:
                    self._pipe.send("stop")
                except OSError:
                    pass  # it has ended by itself
        if wait and thread is not None:
            thread.join(2 * STOP_S)

    @property
    def running(self) -> bool:
        """Tell whether a child is there, at work or waiting."""
        return self._pipe is not None

    def _serve(self) -> None:
        import multiprocessing  # not for the first answer of a search: 10 ms

        deaths = 0
        while True:
            with self._lock:
                if not self._again:
                    self._thread = None
                    return
                self._again = False
                self._at_work = True
                context = multiprocessing.get_context("spawn")
                ours, theirs = context.Pipe()
                process = context.Process(target=serve, args=(*self._arguments, theirs), name="indexer", daemon=True)
                self._pipe = ours
            try:
                process.start()
                theirs.close()
                self._listen(ours)
            except (EOFError, OSError):
                pass  # it has ended, or could not begin
            except KonspektError as error:  # the library, not the index: the queue cannot be written
                self._fail(str(error))
            with self._lock:
                self._pipe = None
                died = self._at_work and not self._stopped
                deaths = deaths + 1 if died else 0
                self._again = self._again or (died and deaths < MOST_DEATHS)
            if deaths == MOST_DEATHS:
                self._fail("The search index process ended by itself again and again; search reads the texts instead.")
            theirs.close()
            ours.close()
            if process.pid is not None:
                process.join(STOP_S)
                if process.is_alive():
                    process.terminate()
                    process.join(STOP_S)
            process.close()

    def _listen(self, pipe: "Connection[Any, Any]") -> None:
        while True:
            kind, *values = pipe.recv()
            if kind == "done":
                self._queue.done([(NoteId(note_id), version) for note_id, version in values[0]])
                pipe.send("ok")
            elif kind == "progress":
                self._on_progress(Progress(values[0], values[1]))
            elif kind == "failed":
                self._fail(values[0])
            elif kind == "everything":
                self._queue.enqueue_all()
                pipe.send("ok")
            else:
                with self._lock:
                    self._again = self._at_work = False
                if self._queue.pending():  # saved between its last look and now
                    pipe.send("go")
                else:
                    self._on_progress(Progress(1, 1))

    def _fail(self, sentence: str) -> None:
        with self._lock:
            self._again = self._at_work = False
        self._on_progress(Progress(0, 0, sentence))
