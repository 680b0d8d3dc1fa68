"""One run of indexing: bring the index to the state of the library.

The outbox (IndexQueue) says which notes are waiting. Where there is no index to trust, or so much waits that going
on would cost more, a new index is built from the library beside the old one and swapped in with one commit.
Otherwise batches are appended, each a segment of its own. A run also compares the version of every note in the index
with the library's, so notes that slipped past the outbox are mended.

The job writes only the index. Who runs it removes the finished pairs from the outbox.
"""

from collections.abc import Callable, Sequence
from typing import Protocol

from desktop.core.errors import Cancelled, LibraryError, LibraryInUse
from desktop.core.records import NoteId, Progress
from desktop.core.search.index import Generation, IndexBusy, IndexFolder, IndexLost
from desktop.core.search.notes import analyse
from desktop.core.store.notes import Notes
from desktop.core.store.queue import IndexQueue

BATCH = 30
MAX_BATCH = 500
BULK = 1_500  # waiting notes from which building anew is considered
ALL = 1 << 40
PROGRESS_EVERY = 50  # notes

Pair = tuple[NoteId, int]


class Outbox(Protocol):
    """Where a job reports to."""

    def done(self, pairs: Sequence[Pair]) -> None:
        """Take these off the queue: they are in the index, on the disk."""
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

    def run(self) -> None:
        """Index what waits; raise Cancelled, or LibraryInUse where another process writes the index."""
        try:
            self._run()
        except IndexBusy as error:
            raise LibraryInUse("The search index is being written by another Konspekt.") from error
        except OSError as error:
            raise LibraryError(f"The search index cannot be written: {error}.") from error

    def _run(self) -> None:
        try:
            generation = self._folder.open()
        except IndexLost:
            self._build()
            generation = self._folder.open()
        strays = self._strays(generation)
        waiting = self._queue.pending() + len(strays)
        if generation.is_worn() or (waiting > BULK and waiting * 2 > len(generation.versions())):
            self._build()
            generation = self._folder.open(generation)
            strays, waiting = [], self._queue.pending()
        finished = 0
        while True:
            size = min(MAX_BATCH, max(BATCH, waiting // 4))
            pairs = self._queue.take(size)
            ids = [note_id for note_id, _version in pairs] or strays[:size]
            if not ids:
                break
            if not pairs:
                strays = strays[size:]
            generation = self._append(generation, ids)
            self._outbox.done(pairs)
            finished += len(ids)
            self._outbox.progress(Progress(finished, max(waiting, finished)))
            if generation.is_worn():
                self._build()
                generation = self._folder.open(generation)
                strays = []

    def _strays(self, generation: Generation) -> list[NoteId]:
        """Return the notes whose version in the index is not the library's and which the queue does not name."""
        kept = self._notes.versions()
        indexed = generation.versions()
        waiting = {note_id for note_id, _version in self._queue.take(ALL)}
        wrong = {n for n, version in kept.items() if indexed.get(n) != version}
        wrong |= {NoteId(n) for n in indexed if n not in kept}
        return sorted(wrong - waiting)

    def _append(self, generation: Generation, ids: Sequence[NoteId]) -> Generation:
        writer = self._folder.append(generation)
        finished = False
        try:
            again = writer.absorb(len(ids))
            writer.remove(ids)
            for row in self._notes.texts({*ids, *map(NoteId, again)}):
                self._stop_if_cancelled()
                if not row.removed:
                    writer.add(analyse(row))
            writer.commit()
            finished = True
        finally:
            if not finished:
                writer.cancel()
        return self._folder.open(generation)

    def _build(self) -> None:
        """Write a new index of the whole library."""
        pairs = self._queue.take(ALL)
        ids = self._notes.living_ids()
        self._outbox.progress(Progress(0, len(ids)))
        writer = self._folder.create()
        finished = False
        try:
            for number, row in enumerate(self._notes.texts(ids), 1):
                self._stop_if_cancelled()
                if not row.removed:
                    writer.add(analyse(row))
                if number % PROGRESS_EVERY == 0:
                    self._outbox.progress(Progress(number, len(ids)))
            self._stop_if_cancelled()
            writer.commit()
            finished = True
        finally:
            if not finished:
                writer.cancel()
        self._outbox.done(pairs)
        self._outbox.progress(Progress(len(ids), len(ids)))

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

    def progress(self, progress: Progress) -> None:
        """Pass it on."""
        if self._progress is not None:
            self._progress(progress)

    def cancelled(self) -> bool:
        """Ask the caller."""
        return self._cancelled is not None and self._cancelled()
