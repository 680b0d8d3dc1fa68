"""Notes that the index has not got: read from the library and matched in memory.

Up to a few hundred waiting notes are analysed and kept, so a saved note is found at once and costs nothing at the
next key. More than that (an import, no index at all) is looked through anew for each query: first for the letters of
the words, which is quick, and only what holds them is analysed; the newest notes first, within a deadline.
"""

import threading
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from desktop.core.records import NoteId
from desktop.core.search.notes import AnalysedNote, analyse
from desktop.core.search.query import All, Any, Filter, Node, Phrase, Word
from desktop.core.search.segments import MemorySegment
from desktop.core.search.snippets import Wanted, fold_text
from desktop.core.store.notes import Notes
from desktop.core.store.queue import IndexQueue
from desktop.core.text.words import compose

OVERLAY_NOTES = 200
SCAN_SECONDS = 0.6
SCAN_SECONDS_TYPING = 0.25
SCAN_CHUNK = 100
EVERYTHING = 1 << 40
MOST_SHELVES = 6  # each costs every query a little
_MARKS = (b"\xcc", b"\xcd", b"\xc2\xad")  # combining marks, soft hyphens: such a text is folded to be sure

Pair = tuple[NoteId, int]  # a waiting note and its ticket, which is another one after each change


@dataclass(frozen=True, slots=True)
class Fresh:
    """The waiting notes and what they hold; `searched` of `waiting` were looked at."""

    waiting: tuple[NoteId, ...]
    layers: tuple[tuple[MemorySegment, int], ...]  # with the documents that are dead in each
    searched: int


@dataclass(slots=True)
class _Shelf:
    """Notes that were analysed together."""

    notes: dict[Pair, AnalysedNote | None]  # None: it is gone
    segment: MemorySegment

    @classmethod
    def of(cls, notes: dict[Pair, AnalysedNote | None]) -> "_Shelf":
        return cls(notes, MemorySegment(note for note in notes.values() if note is not None))

    def layer(self, waiting: Collection[Pair]) -> tuple[MemorySegment, int]:
        """Return the segment with the notes dead that wait no more, or in another state."""
        dead = 0
        for (note_id, ticket), note in self.notes.items():
            number = self.segment.number_of(note_id) if note is not None else None
            if number is not None and (note_id, ticket) not in waiting:
                dead |= 1 << number
        return self.segment, dead


class Overlay:
    """What lies over the index."""

    def __init__(self, notes: Notes, queue: IndexQueue) -> None:
        self._notes = notes
        self._queue = queue
        self._lock = threading.Lock()
        self._shelves: list[_Shelf] = []

    def waiting(self) -> list[Pair]:
        """Return the notes that wait for the index, the longest waiting first."""
        pairs = self._queue.take(OVERLAY_NOTES + 1)
        return self._queue.take(EVERYTHING) if len(pairs) > OVERLAY_NOTES else pairs

    def fresh(self, waiting: Sequence[Pair]) -> Fresh:
        """Return a few waiting notes, analysed; one whose ticket is known is neither read nor analysed again."""
        ids = tuple(note_id for note_id, _ticket in waiting)
        current = set(waiting)
        with self._lock:
            shelves = [shelf for shelf in self._shelves if not current.isdisjoint(shelf.notes)]
            new = current.difference(*(shelf.notes for shelf in shelves))
            if new:
                shelves.append(self._read(new))
            if len(shelves) > MOST_SHELVES:
                merged = {pair: note for shelf in shelves for pair, note in shelf.notes.items() if pair in current}
                shelves = [_Shelf.of(merged)]
            self._shelves = shelves
            return Fresh(ids, tuple(shelf.layer(current) for shelf in shelves), len(ids))

    def _read(self, pairs: Iterable[Pair]) -> _Shelf:
        tickets = dict(pairs)
        analysed: dict[Pair, AnalysedNote | None] = dict.fromkeys(tickets.items())
        for row in self._notes.texts(tickets):
            if not row.removed:
                analysed[row.id, tickets[row.id]] = analyse(row)
        return _Shelf.of(analysed)

    def scan(self, ids: Sequence[NoteId], node: Node, wanted: Iterable[Wanted], seconds: float) -> Fresh:
        """Return what of these notes may match a query, looking until the deadline."""
        test = LetterTest(node, wanted)
        end = time.monotonic() + seconds
        found: list[AnalysedNote] = []
        searched = 0
        for start in range(0, len(ids), SCAN_CHUNK):
            chunk = ids[start : start + SCAN_CHUNK]
            # In the order of `ids`, so that the newest are there when the time is over.
            passing = {note_id for note_id, data in self._notes.raw_texts(chunk) if test.passes(data)}
            for number, note_id in enumerate(chunk, 1):
                if note_id in passing:
                    for row in self._notes.texts([note_id]):
                        if not row.removed:
                            found.append(analyse(row if test.reads_texts else replace(row, text="")))
                    if time.monotonic() > end:
                        return Fresh(tuple(ids), ((MemorySegment(found), 0),), searched + number)
            searched += len(chunk)
            if time.monotonic() > end:
                break
        return Fresh(tuple(ids), ((MemorySegment(found), 0),), searched)


class LetterTest:
    """Tells from the letters alone which notes cannot match a query."""

    def __init__(self, node: Node, wanted: Iterable[Wanted]) -> None:
        heads = {word.text: word.heads for word in wanted}
        parts = node.parts if isinstance(node, All) else (node,)
        required = [
            heads[text]
            for part in parts
            if isinstance(part, Word | Phrase)
            for text in (part.words if isinstance(part, Phrase) else (part.text,))
            if text in heads
        ]
        any_of = tuple(head for group in heads.values() for head in group) if _needs_a_word(node) else ()
        self._folded = [*required, *([any_of] if any_of else [])]
        self._written = [[way.encode() for head in group for way in _ways_to_write(head)] for group in self._folded]
        self.reads_texts = any(map(_asks_the_text, parts))

    def passes(self, data: bytes) -> bool:
        """Tell whether a note with this title, name and text, in UTF-8, may match."""
        small = data.lower()  # of ASCII only, so it stays UTF-8; decoding and folding would cost ten times as much
        if all(any(way in small for way in group) for group in self._written):
            return True
        if not any(mark in data for mark in _MARKS):
            return False
        folded = fold_text(compose(data.decode("utf-8", "replace")))
        return all(any(head in folded for head in group) for group in self._folded)


def _ways_to_write(head: str) -> Iterator[str]:
    """Yield a word's beginning as it stands in texts: Russian small, with a capital, in capitals, е also as ё."""
    if head.isascii():
        yield head
        return
    forms = [head]
    forms += [f"{head[:place]}ё{head[place + 1 :]}" for place, letter in enumerate(head) if letter == "е"]
    for form in forms:
        yield from dict.fromkeys((form, form.capitalize(), form.upper()))


def _needs_a_word(node: Node) -> bool:
    """Tell whether whatever matches holds a word of the query; tag:ml OR модель is answered by a tag alone."""
    if isinstance(node, All | Any):
        return (any if isinstance(node, All) else all)(map(_needs_a_word, node.parts))
    return isinstance(node, Word | Phrase)


def _asks_the_text(node: Node) -> bool:
    if isinstance(node, Filter):
        return node.name == "has"
    if isinstance(node, All | Any):
        return any(map(_asks_the_text, node.parts))
    return True if isinstance(node, Word | Phrase) else _asks_the_text(node.part)
