"""The door of the room: asking and indexing.

`query` gives the full answer: word forms, ranking, snippets, phrases checked in the texts, and what may have been
meant when nothing is found. `typing` gives the quick answer for a query that is still being typed: its last word may
go on, titles first, then the newest. Both may be called from any thread.

No failure of the index reaches the caller: while there is none to trust, the texts themselves are looked through.
"""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from desktop.core.errors import LibraryError
from desktop.core.records import Hit, NoteId, Progress, SearchResult, Snippet
from desktop.core.search.analyzer import word_stem, word_stems
from desktop.core.search.forgiving import guesses
from desktop.core.search.index import Generation, IndexFolder, IndexLost
from desktop.core.search.indexer import Indexer
from desktop.core.search.job import IndexJob, LocalOutbox
from desktop.core.search.overlay import NO_NOTES, OVERLAY_NOTES, Fresh, Overlay
from desktop.core.search.phrases import PhraseCheck
from desktop.core.search.query import All, Any, Filter, Node, Not, Phrase, Word, parse_query, words_of
from desktop.core.search.ranking import Matcher, Ranked
from desktop.core.search.snippets import (
    Wanted,
    best_place,
    body_start,
    find_marks,
    fold_text,
    holds_exactly,
    make_snippet,
    marks_from,
    patterns,
)
from desktop.core.search.view import Terms, View
from desktop.core.store.database import Database
from desktop.core.store.notes import IndexRow, Notes
from desktop.core.store.queue import IndexQueue
from desktop.core.store.tree import Tree
from desktop.core.text.folding import fold_name
from desktop.core.text.outline import section_at

FORM_WEIGHT = 0.85  # of another form of the word, against the typed one
EXACT_IN_TITLE = 1.5
EXACT_IN_BODY = 0.6
PHRASE_SECONDS = 1.0
PHRASE_CANDIDATES = 1_000
QUICK_SNIPPETS = 12  # rows that are seen at once; while typing the rest show their title only


@dataclass(frozen=True, slots=True)
class _Question:
    """A query with everything that answering needs."""

    text: str
    node: Node
    limit: int
    quick: bool


class Search:
    """Finding notes by words."""

    def __init__(self, database: Database, folder: Path) -> None:
        self._read_only = database.read_only
        self._notes = Notes(database)
        self._tree = Tree(database)
        self._queue = IndexQueue(database)
        self._folder = IndexFolder(folder, database.meta("uuid"))
        self._overlay = Overlay(self._notes, self._queue)
        self._indexer = Indexer(self._queue, database.path, self._folder)
        self._lock = threading.Lock()
        self._generation: Generation | None = None
        self._seen: tuple[int, int] | None = None

    # --- asking ------------------------------------------------------------------------------------------

    def query(self, text: str, limit: int = 50, *, unfinished: bool = False) -> SearchResult:
        """Return the best notes for a query; raise QueryError with a sentence.

        `unfinished`: the user may still be typing, so the last word also stands for words that begin so.
        """
        node = parse_query(text)
        if node is None:
            return SearchResult(text, (), 0)
        if unfinished and _goes_on(text):
            node = _open_last(node)
        return self._answer(_Question(text, node, limit, quick=False))

    def typing(self, text: str, limit: int = 50) -> SearchResult:
        """Return notes for a query that is being typed, quickly; raise QueryError."""
        node = parse_query(text)
        if node is None:
            return SearchResult(text, (), 0)
        if _goes_on(text):
            node = _open_last(node)
        return self._answer(_Question(text, node, limit, quick=True))

    def _answer(self, question: _Question) -> SearchResult:
        try:
            return self._ask(question, self._open())
        except IndexLost:
            self._lose_index()
            return self._ask(question, None)

    def _ask(self, question: _Question, generation: Generation | None) -> SearchResult:
        # The queue is read before the index: a note that has left the queue by now is in the index that follows.
        node = question.node
        notice = ""
        waiting = self._overlay.waiting()
        if generation is not None:
            generation = self._open()
        if generation is None or len(waiting) > OVERLAY_NOTES:
            ids = self._notes.living_ids()
            if generation is not None:
                pending = set(waiting)
                ids = [note_id for note_id in ids if note_id in pending]
            fresh = self._overlay.scan(ids, node, _wanted(node, _plain_terms))
            notice = _scan_notice(fresh, complete=generation is None)
        else:
            fresh = self._overlay.fresh(waiting)
        view = View.over(generation, waiting, fresh.segment if fresh else NO_NOTES)
        result = self._search(question, node, view, notice)
        if result.hits or question.quick:
            return result
        for guess in guesses(question.text, node, view):
            found = self._search(question, guess.node, view, guess.notice)
            if found.hits:
                return found
        return result

    def _search(self, question: _Question, node: Node, view: View, notice: str) -> SearchResult:
        def terms_of(word: Word) -> Terms:
            if word.prefix:
                found = dict(view.prefix_terms(word))
                if not question.quick:
                    for term, weight in _plain_terms(word):
                        found[term] = max(weight, found.get(term, 0.0))
                return tuple(found.items()) or ((word_stem(word.text), 1.0),)
            return ((word_stem(word.text), 1.0),) if question.quick else _plain_terms(word)

        matcher = Matcher(view, terms_of, self._folders(node))
        wanted = _wanted(node, matcher.terms)
        phrased = any(isinstance(word, Phrase) for word in words_of(node, negative=True))
        count = PHRASE_CANDIDATES if phrased else question.limit
        ranked, total = matcher.newest(node, count) if question.quick else matcher.best(node, count)
        rows = self._rows(ranked, question.limit)
        if phrased:
            check = PhraseCheck(node, matcher)
            kept = list(islice((pair for pair in rows if check.allows(pair[1])), question.limit))
            total = len(kept) if len(kept) < question.limit else total
        else:
            kept = list(islice(rows, question.limit))
        if not question.quick:
            kept = _reward_exact(kept, node)
        hits = self._hits(kept, wanted, QUICK_SNIPPETS if question.quick else len(kept))
        return SearchResult(question.text, hits, max(total, len(hits)), notice, patterns(wanted))

    def _rows(self, ranked: Sequence[Ranked], step: int) -> Iterator[tuple[Ranked, IndexRow]]:
        """Yield the living notes in the order of their rank, reading the texts as they are asked for."""
        end = time.monotonic() + PHRASE_SECONDS
        for start in range(0, len(ranked), max(1, step)):
            chunk = ranked[start : start + max(1, step)]
            rows = {row.id: row for row in self._notes.texts(NoteId(found.id) for found in chunk)}
            for found in chunk:
                row = rows.get(NoteId(found.id))
                if row is not None and not row.removed:
                    yield found, row
            if time.monotonic() > end:
                return

    def _hits(
        self, kept: Sequence[tuple[Ranked, IndexRow]], wanted: Sequence[Wanted], snippets: int
    ) -> tuple[Hit, ...]:
        above = {note_id for _found, row in kept for note_id in row.path}
        titles = {head.id: head.title for head in self._tree.heads(sorted(above))}
        hits = []
        for place, (found, row) in enumerate(kept):
            path = " / ".join(titles[note_id] for note_id in row.path if note_id in titles)
            if place >= snippets:
                hits.append(Hit(row.id, row.title, row.kind, found.score, Snippet(""), path=path))
                continue
            marks = marks_from(find_marks(row.text, wanted), body_start(row.text))
            offset = marks[best_place(marks)].start if marks else None
            section = section_at(self._notes.sections(row.id), offset) if offset is not None else None
            snippet = make_snippet(row.text, marks, wanted)
            hits.append(Hit(row.id, row.title, row.kind, found.score, snippet, section, offset, path))
        return tuple(hits)

    def _folders(self, node: Node) -> dict[str, tuple[int, ...]]:
        """Return for each `in:` the notes that go by its name, or begin so."""
        found: dict[str, tuple[int, ...]] = {}
        for value in _folder_names(node):
            key = fold_name(value)
            heads = self._notes.suggest(value, 200)
            exact = [head.id for head in heads if key in (fold_name(head.title), fold_name(head.name))]
            begin = [head.id for head in heads if fold_name(head.title).startswith(key)]
            found[value] = tuple(exact or begin)
        return found

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

    def close(self) -> None:
        """Stop what runs."""
        self._indexer.stop()


def _goes_on(text: str) -> bool:
    return bool(text) and (text[-1].isalnum() or text[-1] == "_")


def _open_last(node: Node) -> Node:
    """Let the last word of a query stand for the words that begin so."""
    if isinstance(node, Word) and len(node.text) > 1:
        return replace(node, prefix=True)
    if isinstance(node, Phrase):  # the quotation mark is not closed yet
        return node
    if isinstance(node, All | Any):
        return type(node)((*node.parts[:-1], _open_last(node.parts[-1])))
    return node


def _plain_terms(word: Word) -> Terms:
    own, *others = word_stems(word.text)
    return ((own, 1.0), *((term, FORM_WEIGHT) for term in others))


def _wanted(node: Node, terms_of: Callable[[Word], Terms]) -> tuple[Wanted, ...]:
    """Return the words to look for in texts, in the order of the query."""
    found: dict[str, Wanted] = {}
    for part in words_of(node):
        words = [Word(text) for text in part.words] if isinstance(part, Phrase) else [part]
        for word in words:
            terms = frozenset(term for term, _weight in terms_of(word))
            found.setdefault(word.text, Wanted(word.text, terms, word.prefix))
    return tuple(found.values())


def _folder_names(node: Node) -> Iterator[str]:
    if isinstance(node, Filter) and node.name == "in":
        yield node.value
    elif isinstance(node, All | Any):
        for part in node.parts:
            yield from _folder_names(part)
    elif isinstance(node, Not):
        yield from _folder_names(node.part)


def _reward_exact(kept: list[tuple[Ranked, IndexRow]], node: Node) -> list[tuple[Ranked, IndexRow]]:
    """Put notes that hold a word in just the typed form before those that hold another form of it."""
    words = [word for part in words_of(node) for word in (part.words if isinstance(part, Phrase) else (part.text,))]
    if not words:
        return kept
    rewarded = []
    for found, row in kept:
        title, body = fold_text(row.title), fold_text(row.text)
        bonus = sum(
            EXACT_IN_TITLE if holds_exactly(title, word) else EXACT_IN_BODY if holds_exactly(body, word) else 0.0
            for word in words
        )
        rewarded.append((replace(found, score=found.score + bonus / len(words)), row))
    return sorted(rewarded, key=lambda pair: (-pair[0].score, pair[0].id))


def _scan_notice(fresh: Fresh, *, complete: bool) -> str:
    if fresh.searched < len(fresh.waiting):
        return f"The index is being built: the newest {fresh.searched} notes were looked through so far."
    return "The index is being built: the texts were looked through instead." if complete else ""



