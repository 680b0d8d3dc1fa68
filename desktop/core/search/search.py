"""The door of the room: asking and indexing.

`query` gives the full answer: word forms, ranking, and what may have been meant when little is found. `typing` gives
the quick answer for a query that is still being typed: its last word may go on, titles first, then the newest. Both
answer with titles; `passages` adds, for the rows that are seen, where the words stand. Any thread may call.

No failure of the index reaches the caller: while there is none to trust, the texts themselves are looked through.
"""

import threading
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from desktop.core.errors import LibraryError
from desktop.core.records import Completion, Explanation, FacetCount, Hit, NoteId, Progress, SearchResult
from desktop.core.search.analyzer import word_stem
from desktop.core.search.asking import Asking, Question, plain_terms, sought_words, wanted_of
from desktop.core.search.index import Generation, IndexFolder, IndexLost
from desktop.core.search.indexer import Indexer
from desktop.core.search.job import IndexJob, LocalOutbox
from desktop.core.search.library_facts import StoreFacts
from desktop.core.search.overlay import (
    OVERLAY_NOTES,
    SCAN_SECONDS,
    SCAN_SECONDS_TYPING,
    Fresh,
    Overlay,
)
from desktop.core.search.ranking import Matcher
from desktop.core.search.view import View
from desktop.core.store.database import Database
from desktop.core.store.notes import Notes
from desktop.core.store.opened_hits import OpenedHits
from desktop.core.store.queue import IndexQueue
from desktop.core.store.tree import Tree

if TYPE_CHECKING:
    from desktop.core.search.completion import Completions

T = TypeVar("T")
LOOKED_AT = 30  # waiting notes that `look` analyses: some 30 ms when none of them is analysed yet


class Search:
    """Finding notes by words."""

    def __init__(self, database: Database, folder: Path) -> None:
        self._read_only = database.read_only
        self._notes = Notes(database)
        self._tree = Tree(database)
        self._queue = IndexQueue(database)
        self._opened_hits = OpenedHits(database)
        self._facts = StoreFacts(database, self._notes, self._opened_hits)
        self._database = database
        self._folder = IndexFolder(folder, database.meta("uuid"))
        self._overlay = Overlay(self._notes, self._queue)
        self._indexer = Indexer(self._queue, database.path, self._folder)
        self._lock = threading.Lock()
        self._generation: Generation | None = None
        self._seen: tuple[int, int] | None = None

    # --- asking ------------------------------------------------------------------------------------------

    def query(
        self,
        text: str,
        limit: int = 50,
        *,
        unfinished: bool = False,
        within: NoteId | None = None,
        forgiving: bool = True,
    ) -> SearchResult:
        """Return the best notes for a query, without snippets.

        `unfinished`: the user may still be typing, so the last word also stands for words that begin so. `within`:
        only that note and what is below it. `forgiving`: where little is found, also what may have been meant.
        """
        parsed, question = Question.read(
            text, limit, within=within, unfinished=unfinished, quick=False, forgiving=forgiving
        )
        if question is None:
            return SearchResult(text, (), 0, problem=parsed.problem)
        return self._in_view(question, lambda asking, _view, notice: asking.answer(notice))

    def typing(self, text: str, limit: int = 50, *, within: NoteId | None = None) -> SearchResult:
        """Return notes for a query that is being typed, quickly and without snippets."""
        parsed, question = Question.read(text, limit, within=within, unfinished=True, quick=True, forgiving=False)
        if question is None:
            return SearchResult(text, (), 0, problem=parsed.problem)
        return self._in_view(question, lambda asking, _view, notice: asking.answer(notice))

    def matching(self, text: str) -> tuple[frozenset[NoteId] | None, str]:
        """Return all notes that fit a query, None where it asks for nothing, and what cannot be understood in it."""
        parsed, question = Question.read(text, 1, within=None, unfinished=True, quick=False, forgiving=False)
        if question is None:
            return None, parsed.problem
        return self._in_view(question, lambda asking, _view, _notice: asking.every()), parsed.problem

    def passages(self, result: SearchResult, ids: Sequence[NoteId]) -> dict[NoteId, Hit]:
        """Return these hits of a result with their snippet, section, place and further passages."""
        from desktop.core.search.passages import fill_hits  # late, like all that the first letters do without

        wanted = set(ids)
        hits = [hit for hit in result.hits if hit.id in wanted]
        return fill_hits(self._notes, hits, [wanted_of(word) for word in result.sought])

    def facets(self, text: str, *, within: NoteId | None = None) -> tuple[FacetCount, ...]:
        """Return how many of all matching notes have which kind, top folder, tag and year."""
        from desktop.core.search.facets import count_facets

        _parsed, question = Question.read(text, 1, within=within, unfinished=True, quick=False, forgiving=False)
        if question is None:
            return ()
        return self._in_view(
            question, lambda asking, view, _notice: count_facets(asking.node, asking.matcher(), view, self._tree)
        )

    def explain(
        self, text: str, note_id: NoteId, *, within: NoteId | None = None, unfinished: bool = False
    ) -> Explanation | None:
        """Return why a query finds a note and where its score comes from; None where it does not."""
        from desktop.core.search.explaining import explain

        _parsed, question = Question.read(
            text, 1, within=within, unfinished=unfinished, quick=False, forgiving=True
        )
        if question is None:
            return None
        return self._in_view(
            question,
            lambda asking, view, _notice: explain(note_id, asking, view, self._notes, self._facts),
        )

    def opened(self, result: SearchResult, note_id: NoteId) -> None:
        """Remember that the user opened a note from the results of a query: a small bonus later."""
        if not self._read_only:
            # Of what was really looked for: also where the query was forgiven, and the next one will be.
            self._opened_hits.add(note_id, [word_stem(word.text) for word in result.sought])

    def forget_opened(self) -> None:
        """Forget which results were opened."""
        self._opened_hits.forget()

    def complete(self, text: str, cursor: int) -> list[Completion]:
        """Return what may stand at the cursor of a query: operators and their values."""
        return self._completions.complete(text, cursor)

    def look(self, ask: Callable[[View, Matcher, tuple[NoteId, ...]], T]) -> T:
        """Return what `ask` makes of all that the index knows, and of the living notes that it does not know yet.

        These come the newest first; while they are few they are analysed, and known.
        """
        try:
            view, unknown = self._known(self._open())
            return ask(view, Matcher(view, plain_terms, self._facts), unknown)
        except IndexLost:
            self._lose_index()
            view, unknown = self._known(None)
            return ask(view, Matcher(view, plain_terms, self._facts), unknown)

    def _known(self, generation: Generation | None) -> tuple[View, tuple[NoteId, ...]]:
        waiting = self._overlay.waiting()  # before the index, as in `_view`
        if generation is None:
            return View(()), tuple(self._notes.living_ids())
        generation = self._open()
        pending = [note_id for note_id, _ticket in waiting]
        if len(waiting) > LOOKED_AT:
            among = set(pending)
            unknown = tuple(note_id for note_id in self._notes.living_ids() if note_id in among)
            return View.over(generation, pending, ()), unknown
        return View.over(generation, pending, self._overlay.fresh(waiting).layers), ()

    def _in_view(self, question: Question, ask: Callable[[Asking, View, str], T]) -> T:
        try:
            view, notice = self._view(question, self._open())
            return ask(Asking(self._notes, self._facts, view, question), view, notice)
        except IndexLost:
            self._lose_index()
            view, notice = self._view(question, None)
            return ask(Asking(self._notes, self._facts, view, question), view, notice)

    def _view(self, question: Question, generation: Generation | None) -> tuple[View, str]:
        # The queue is read before the index: a note that has left the queue by now is in the index that follows.
        waiting = self._overlay.waiting()
        if generation is not None:
            generation = self._open()
        pending = [note_id for note_id, _ticket in waiting]
        notice = ""
        if generation is None or len(waiting) > OVERLAY_NOTES:
            ids = self._notes.living_ids()
            if generation is not None:
                among = set(pending)
                ids = [note_id for note_id in ids if note_id in among]
            wanted = [wanted_of(word) for word in sought_words(question.node, plain_terms)]
            seconds = SCAN_SECONDS_TYPING if question.quick else SCAN_SECONDS
            fresh = self._overlay.scan(ids, question.node, wanted, seconds)
            notice = _scan_notice(fresh, complete=generation is None)
        else:
            fresh = self._overlay.fresh(waiting)
        return View.over(generation, pending, fresh.layers), notice

    def _open(self) -> Generation | None:
        """Return the last generation of the index, None where there is none to trust."""
        seen = self._folder.changed()
        with self._lock:
            if seen != self._seen:
                self._seen = seen
                try:
                    self._generation = self._folder.open(self._generation)
                except IndexLost:
                    self._generation = None
            return self._generation

    def _lose_index(self) -> None:
        with self._lock:
            self._generation = None
            if not self._read_only:
                self._folder.forget()

    @cached_property
    def _completions(self) -> "Completions":
        from desktop.core.search.completion import Completions

        return Completions(self._database)

    # --- indexing ----------------------------------------------------------------------------------------

    def start_indexing(self, on_progress: Callable[[Progress], None]) -> None:
        """Let the index process catch up; returns at once. `on_progress` is called on a thread of its own."""
        if self._read_only:
            return
        self._indexer.start(on_progress)

    def stop_indexing(self) -> None:
        """Tell the index process to stop; returns at once, and what it has committed stays."""
        self._indexer.stop(wait=False)

    def index_now(
        self,
        progress: Callable[[Progress], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> None:
        """Index what waits in this process; raise Cancelled."""
        if self._read_only:
            raise LibraryError("The library was opened for reading only, so its index cannot be brought up to date.")
        self._indexer.stop()
        IndexJob(self._notes, self._queue, self._folder, LocalOutbox(self._queue, progress, cancelled)).run()

    def rebuild(self) -> None:
        """Throw the index away; the next run of indexing builds it anew."""
        self._indexer.stop()
        self._lose_index()

    def pending(self) -> int:
        """Return how many notes the index has not got in their newest state."""
        return self._queue.pending() if self._open() is not None else self._tree.total()

    def lags(self) -> bool:
        """Tell whether so many notes wait for the index that a query may miss some."""
        return self.pending() > OVERLAY_NOTES

    def close(self) -> None:
        """Stop what runs."""
        self._indexer.stop()


def _scan_notice(fresh: Fresh, *, complete: bool) -> str:
    if fresh.searched < len(fresh.waiting):
        return f"The index is being built: the newest {fresh.searched} notes were looked through so far."
    if complete:
        return "The index is being built: the texts were looked through instead."
    return "Many notes are new to the index: in these only the words as typed were looked for."
