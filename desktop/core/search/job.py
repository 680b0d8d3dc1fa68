"""One run of indexing: bring the index to the state of the library.

The outbox (IndexQueue) says which notes are waiting. What waits is appended in commits, each a segment of its own:
small ones after an edit, parts of some thousand notes after an import. Segments that are worn, many and small or
full of dead documents, are written anew in the same way.

Where there is no index to trust, the whole library goes into the outbox and a new index begins. It counts from its
first commit on: what is in the outbox is found by a search of the texts, so the two together are always whole, and
whenever the process is killed no more than the commit at work is lost.

A run begins with a look at what is there: every file has its digest, and the version of every note in the index is
the library's, so notes that slipped past the outbox are mended.

The job writes only the index. Who runs it changes the outbox.
"""

import errno
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

from desktop.core.errors import Cancelled, LibraryError, LibraryInUse
from desktop.core.records import NoteId, Progress
from desktop.core.search.generation import PARTS
from desktop.core.search.index import Generation, IndexBusy, IndexFolder, IndexLost, IndexWriter
from desktop.core.search.notes import analyse
from desktop.core.store.file_lock import FileLock
from desktop.core.store.notes import Notes
from desktop.core.store.queue import IndexQueue

BATCH = 30
MAX_BATCH = 500
BULK = 1_500  # more waiting notes than this are written in parts
PART = 6_000  # notes in a part, which stay in memory until its commit: some 20 KB each
PART_NOTE = 5_000  # characters: a part of longer notes than this on average has fewer of them
TURN = 100  # notes between two looks at how much a part holds
ALL = 1 << 40
BUSY_SECONDS = 5.0  # the process of a program that was killed sees it and ends well within this
BUSY_PAUSE_S = 0.1
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)

Pair = tuple[NoteId, int]


class Outbox(Protocol):
    """Where a job reports to."""

    def done(self, pairs: Sequence[Pair]) -> None:
        """Take these off the queue: they are in the index, on the disk."""
        ...

    def everything(self) -> None:
        """Put every note on the queue: a new index begins."""
        ...

    def progress(self, progress: Progress) -> None:
        """Tell how far the run is."""
        ...

    def cancelled(self) -> bool:
        """Tell whether the run shall stop."""
        ...


class IndexJob:
    """Runs until nothing waits."""

    def __init__(self, notes: Notes, queue: IndexQueue, folder: IndexFolder, outbox: Outbox) -> None:
        self._notes = notes
        self._queue = queue
        self._folder = folder
        self._outbox = outbox
        self._verified = False
        self._finished = 0  # of this run's notes
        self._total = 0
        self._part = PART  # notes

    def run(self) -> None:
        """Index what waits; raise Cancelled, or LibraryError with a sentence."""
        try:
            lock = self._lock()
            try:
                self._run()
            finally:
                lock.release()
        except IndexBusy as error:
            raise LibraryInUse("The search index is being written by another Konspekt.") from error
        except OSError as error:
            if error.errno in _NO_ROOM:
                raise LibraryError("The disk has no room for the search index; free some, then it goes on.") from error
            raise LibraryError(f"The search index cannot be written: {error}.") from error

    def _lock(self) -> FileLock:
        """Keep others from writing the index; wait a moment for a process that is about to end."""
        end = time.monotonic() + BUSY_SECONDS
        while True:
            try:
                return self._folder.lock()
            except IndexBusy:
                if time.monotonic() > end:
                    raise
                self._stop_if_cancelled()
                time.sleep(BUSY_PAUSE_S)

    def _run(self) -> None:
        for _attempt in (1, 2):
            try:
                self._catch_up(self._begin())
                return
            except IndexLost:  # damaged under our hands
                self._folder.forget()
        raise LibraryError("The search index was written but could not be read back; the disk may be failing.")

    def _begin(self) -> Generation | None:
        """Return the last generation, free of junk; None where there is none to trust, and all notes wait."""
        try:
            stamp = self._folder.stamp()
            if not self._verified:
                self._folder.verify(stamp)
                self._verified = True
            generation = self._open()
            self._folder.sweep(generation.stamp)
            return generation
        except IndexLost:
            self._folder.forget()  # a search of the texts is right meanwhile
            self._folder.sweep(None)
            self._outbox.everything()
            return None

    def _catch_up(self, generation: Generation | None) -> None:
        strays = self._strays(generation) if generation else []
        self._finished, self._total = 0, self._queue.pending() + len(strays)
        self._part = max(PART, len(self._notes.versions()) // PARTS)
        small = min(MAX_BATCH, max(BATCH, self._total // 4))
        if generation is None or self._total > BULK:
            self._outbox.progress(Progress(0, self._total))
        while True:
            bulk = generation is None or self._queue.pending() + len(strays) > BULK
            pairs = self._queue.take(self._part if bulk else small)
            ids = [note_id for note_id, _version in pairs] or strays[: self._part if bulk else small]
            if not ids and generation is not None:
                break
            written = self._append(generation, ids)
            generation = self._open(generation)
            self._outbox.done([pair for pair in pairs if pair[0] in written])
            strays = [note_id for note_id in strays if note_id not in written]
            self._finished += len(written)
            self._report(0)
            generation = self._renew(generation)
        self._renew(generation)

    def _strays(self, generation: Generation) -> list[NoteId]:
        """Return the notes whose version in the index is not the library's and which the queue does not name."""
        kept = self._notes.versions()
        indexed = generation.versions()
        waiting = {note_id for note_id, _version in self._queue.take(ALL)}
        wrong = {n for n, version in kept.items() if indexed.get(n) != version}
        wrong |= {NoteId(n) for n in indexed if n not in kept}
        return sorted(wrong - waiting)

    def _append(self, generation: Generation | None, ids: Sequence[NoteId]) -> set[NoteId]:
        """Commit the present state of as many of these notes as a part takes; return which."""
        writer = self._folder.append(generation) if generation else self._folder.create()
        with self._committed(writer):
            again = set(writer.absorb(len(ids), self._part)).difference(ids)
            self._add(writer, sorted(map(NoteId, again)), whole=True)
            written = self._add(writer, sorted(ids), whole=False)
            writer.remove(written)
        return written

    def _renew(self, generation: Generation) -> Generation:
        """Write worn segments anew until none is."""
        while generation.is_worn():
            writer = self._folder.append(generation)
            with self._committed(writer):
                self._add(writer, sorted(map(NoteId, writer.renew(self._part))), whole=True)
            del writer  # it still holds a part
            generation = self._open(generation)
        return generation

    def _open(self, before: Generation | None = None) -> Generation:
        """Open the last generation, for writing on."""
        generation = self._folder.open(before)
        generation.forget_words()
        return generation

    @contextmanager
    def _committed(self, writer: IndexWriter) -> Iterator[None]:
        finished = False
        try:
            yield
            self._stop_if_cancelled()
            writer.commit()
            finished = True
        finally:
            if not finished:
                writer.cancel()

    def _add(self, writer: IndexWriter, ids: Sequence[NoteId], *, whole: bool) -> set[NoteId]:
        """Put notes in, all or as many as a part takes; return which."""
        size = 0
        for start in range(0, len(ids), TURN):
            for row in self._notes.texts(ids[start : start + TURN]):
                self._stop_if_cancelled()
                if not row.removed:
                    writer.add(analyse(row))
                    size += len(row.text)
            if not whole:
                self._report(min(start + TURN, len(ids)))
                if size > self._part * PART_NOTE:
                    return set(ids[: start + TURN])
        return set(ids)

    def _report(self, more: int) -> None:
        self._outbox.progress(Progress(min(self._finished + more, self._total), self._total))

    def _stop_if_cancelled(self) -> None:
        if self._outbox.cancelled():
            raise Cancelled("Indexing was stopped; it goes on the next time.")


class LocalOutbox:
    """Reports within this process."""

    def __init__(
        self,
        queue: IndexQueue,
        progress: Callable[[Progress], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> None:
        self._queue = queue
        self._progress = progress
        self._cancelled = cancelled

    def done(self, pairs: Sequence[Pair]) -> None:
        """Take finished notes off the queue."""
        self._queue.done(pairs)

    def everything(self) -> None:
        """Put every note on the queue."""
        self._queue.enqueue_all()

    def progress(self, progress: Progress) -> None:
        """Pass it on."""
        if self._progress is not None:
            self._progress(progress)

    def cancelled(self) -> bool:
        """Ask the caller."""
        return self._cancelled is not None and self._cancelled()
