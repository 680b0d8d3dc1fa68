"""Finding a note by a few letters of its title, name or alias.

All names are read once and kept, folded, on a shelf. A change of the library is seen by its commit counter; the names
are then read again on a thread of their own, what changed goes on a second, small shelf, and meanwhile the answer comes
from the old ones: what a row shows is read from the library itself, so that a note that is gone is never offered.
"""

import threading
import time
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from desktop.core.errors import KonspektError
from desktop.core.records import MatchKind, NoteId, TitleMatch
from desktop.core.search.title_match import (
    STRICT,
    Closeness,
    Fit,
    Sought,
    fit,
    line_of,
    lines_of_keys,
    marks_in,
    sought_in_other_layout,
    test_of,
)
from desktop.core.search.title_shelf import Shelf
from desktop.core.store.title_keys import NamedHead, TitleKeys

AT_ONCE = 2_000  # notes whose names are read again before answering: 5 ms
REST = 8  # a reading of the names may be followed by another after so many times as long as it took
LINES_AT_ONCE = 4_000  # notes
MOST_CHANGED = 2_000  # notes on the second shelf, before all are put on the first anew
SPARE = 10  # candidates of one kind beyond the limit, among which those changed last stand first

_HOW = {
    Closeness.EXACT: MatchKind.EXACT,
    Closeness.FORM: MatchKind.FORM,
    Closeness.LAYOUT: MatchKind.LAYOUT,
    Closeness.TYPO: MatchKind.TYPO,
    Closeness.LETTERS: MatchKind.SOME,
}


@dataclass(frozen=True, slots=True)
class Stock:
    """All names at one state of the library."""

    commits: str
    shelves: tuple[Shelf, ...]  # the great one, and the one with what changed since it was filled
    stale: frozenset[int]  # notes on the great shelf of which it does not know the present names
    ids: "array[int]"  # the notes on the great shelf, and for each a digest of its names
    digests: "array[int]"

    def names_of(self, note_id: int) -> Iterable[str]:
        """Return the lines of a note's names."""
        for number, shelf in enumerate(self.shelves):
            if number or note_id not in self.stale:
                yield from (shelf.line(name) for name in shelf.names_of(note_id))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A note with the name of it that matches best."""

    note_id: int
    line: str
    sought: Sought
    how: Closeness  # what to mark, in the layout of `sought`
    rank: Fit


class Titles:
    """The names of one library's notes; to be asked from any thread."""

    def __init__(self, keys: TitleKeys) -> None:
        self._keys = keys
        self._lock = threading.Lock()  # over starting the thread
        self._busy = threading.Lock()  # over reading the names
        self._stock: Stock | None = None
        self._reading: threading.Thread | None = None
        self._rest_until = 0.0

    def suggest(self, text: str, limit: int = 30, recent: Sequence[NoteId] = ()) -> list[TitleMatch]:
        """Return the notes that what was typed may mean, the best first; of equal ones those in `recent`, in its order.

        Nothing typed: the recent notes, then those that were changed last.
        """
        stock = self._current(wait=bool(text.strip()))
        if not text.strip() or stock is None:
            return self._latest(limit, recent)
        sought = Sought(line_of(text))
        if not sought.line:
            return []
        found = _Search(stock, limit, recent).run(sought, sought_in_other_layout(text))
        return self._matches(found, limit, recent)

    def catch_up(self) -> None:
        """Wait until everything that was committed before is known."""
        self._read_names()

    def close(self) -> None:
        """Wait for the thread that reads."""
        reading = self._reading
        if reading is not None:
            reading.join()

    # --- answering ---------------------------------------------------------------------------------------

    def _latest(self, limit: int, recent: Sequence[NoteId]) -> list[TitleMatch]:
        order = list(dict.fromkeys((*recent, *self._keys.newest(limit + len(recent)))))
        named = self._keys.named(order[: limit + len(recent)])
        heads = [named[note_id].head for note_id in order if note_id in named]
        return [TitleMatch(head, head.title, (), MatchKind.EXACT) for head in heads[:limit]]

    def _matches(self, candidates: Iterable[Candidate], limit: int, recent: Sequence[NoteId]) -> list[TitleMatch]:
        kept = sorted(candidates, key=lambda candidate: candidate.rank)[: 2 * limit]
        named = self._keys.named([NoteId(candidate.note_id) for candidate in kept])
        place = {note_id: number for number, note_id in enumerate(recent)}
        rows = []
        for candidate in kept:
            note = named.get(NoteId(candidate.note_id))
            name = None if note is None else _written(note, candidate.line)
            if note is None or name is None:
                continue
            head = note.head
            order = (candidate.rank, place.get(head.id, len(place)), name != head.title, -head.updated, -head.id)
            rows.append((order, head, name, candidate))
        rows.sort(key=lambda row: row[0])
        return [
            TitleMatch(head, name, marks_in(name, found.sought, found.how), _HOW.get(found.rank[0], MatchKind.PREFIX))
            for _order, head, name, found in rows[:limit]
        ]

    # --- knowing the names -------------------------------------------------------------------------------

    def _current(self, *, wait: bool) -> Stock | None:
        """Return the names; when they are not the present ones, see to it that they are read."""
        stock = self._stock
        if stock is not None and stock.commits == self._keys.commits():
            return stock
        if stock is not None and len(stock.ids) <= AT_ONCE:
            return self._read_names()
        with self._lock:
            reading = self._reading
            if (reading is None or not reading.is_alive()) and time.monotonic() >= self._rest_until:
                reading = threading.Thread(target=self._read_quietly, name="titles", daemon=True)
                self._reading = reading
                reading.start()
        if stock is None and wait and reading is not None:
            reading.join()
            return self._stock or self._read_names()  # what the thread could not read is raised here
        return stock

    def _read_quietly(self) -> None:
        try:
            self._read_names()
        except KonspektError:
            return  # the library was closed, or is damaged: whoever asks next is told

    def _read_names(self) -> Stock:
        with self._busy:
            began = time.monotonic()
            commits = self._keys.commits()
            stock = self._stock
            if stock is None or stock.commits != commits:
                stock = self._stock = _restocked(stock, commits, *self._keys.all())
                self._rest_until = time.monotonic() + REST * (time.monotonic() - began)
            return stock


def _restocked(
    stock: Stock | None, commits: str, titles: Mapping[NoteId, str], others: Mapping[NoteId, Sequence[str]]
) -> Stock:
    """Return the stock for these names, with what can be kept of the former one."""
    digests = {note_id: hash(title) for note_id, title in titles.items()}
    for note_id, names in others.items():
        digests[note_id] = hash((digests[note_id], *names))
    if stock is not None:
        before = dict(zip(stock.ids, stock.digests, strict=True))
        changed = {note_id for note_id, digest in digests.items() if before.get(note_id) != digest}
        stale = frozenset(changed | (before.keys() - titles.keys()))
        if len(stale) <= MOST_CHANGED:
            fresh = Shelf(_lines(changed, titles, others))
            return Stock(commits, (stock.shelves[0], fresh), stale, stock.ids, stock.digests)
    shelf = Shelf(_lines(titles, titles, others))
    return Stock(commits, (shelf, Shelf(())), frozenset(), array("q", digests), array("q", digests.values()))


def _lines(
    note_ids: Iterable[NoteId], titles: Mapping[NoteId, str], others: Mapping[NoteId, Sequence[str]]
) -> Iterator[tuple[int, str]]:
    """Yield the notes, the newest first, with the line of each of their names."""
    order = sorted(note_ids, reverse=True)
    for start in range(0, len(order), LINES_AT_ONCE):
        pairs = [(n, name) for n in order[start : start + LINES_AT_ONCE] for name in (titles[n], *others.get(n, ()))]
        before: tuple[int, set[str]] = (-1, set())
        for (note_id, name), line in zip(pairs, lines_of_keys([name for _note, name in pairs]), strict=True):
            if note_id != before[0]:
                before = (note_id, set())
            if line and line not in before[1] and "://" not in name:  # an address is nobody's name
                before[1].add(line)
                yield note_id, line


def _written(note: NamedHead, line: str) -> str | None:
    """Return the name of a note that has this line; None when it goes by it no more."""
    names = (note.head.title, note.head.name, *note.aliases)
    return next((name for name in names if line_of(name) == line), None)


class _Search:
    """One question: gathers the best name of each note, from the closest way of matching to the loosest."""

    def __init__(self, stock: Stock, limit: int, recent: Sequence[NoteId]) -> None:
        self._stock = stock
        self._limit = limit
        self._recent = recent
        self._best: dict[int, Candidate] = {}

    def run(self, sought: Sought, swapped: Sought) -> list[Candidate]:
        """Return the candidates for what was typed; where there are none, those for what may have been meant."""
        self._look_strictly(sought, None)
        if not self._found_closely() and swapped.line and swapped.line != sought.line:
            self._look_strictly(swapped, Closeness.LAYOUT)
        for how in (Closeness.TYPO, Closeness.LETTERS):
            if not self._found_closely():
                self._look(sought, how, None)
        return list(self._best.values())

    def _found_closely(self) -> bool:
        """Tell whether there is something better than a piece of a word, or something was forgiven already."""
        return any(candidate.rank[0] != Closeness.INSIDE for candidate in self._best.values())

    def _look_strictly(self, sought: Sought, instead: Closeness | None) -> None:
        for note_id in self._recent:
            for line in self._stock.names_of(note_id):
                self._take(note_id, line, sought, fit(line, sought), instead)
        for how in STRICT:
            self._look(sought, how, instead)
            if sum(candidate.how <= how for candidate in self._best.values()) >= self._limit:
                return

    def _look(self, sought: Sought, how: Closeness, instead: Closeness | None) -> None:
        test = test_of(how)
        for number, shelf in enumerate(self._stock.shelves):
            taken: set[int] = set()
            for name in shelf.candidates(sought, how, self._limit):
                note_id = shelf.note(name)
                if not number and note_id in self._stock.stale:
                    continue
                line = shelf.line(name)
                found = test(line, sought)
                self._take(note_id, line, sought, found, instead)
                if found is not None and found[0] <= how:
                    taken.add(note_id)
                    if len(taken) >= self._limit + SPARE:
                        break

    def _take(
        self, note_id: int, line: str, sought: Sought, found: Fit | None, instead: Closeness | None
    ) -> None:
        if found is None:
            return
        rank = found if instead is None else (instead, found[0] * 100 + min(99, found[1]))
        known = self._best.get(note_id)
        if known is None or rank < known.rank:
            self._best[note_id] = Candidate(note_id, line, sought, found[0], rank)
