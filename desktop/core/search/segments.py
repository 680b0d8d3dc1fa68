"""Segments: parts of the index that never change, on the disk or in memory, seen alike.

A segment answers three questions: which documents hold a term (with frequencies), which terms there are, and what
the facts of its documents are. Posting lists are read whole, past Whoosh's matchers, and remembered.

PRIVATE: `DiskSegment._read` leans on three private members of Whoosh 2.7.4's W3 codec (`SegmentReader._terms`,
`W3TermsReader._postfile`, and the block layout of W3PostingsWriter); `slow_postings` is the same through Whoosh's
public interface, and a test holds that both agree.
"""

from __future__ import annotations  # array takes parameters only from Python 3.12 on

import io
import pickle
import struct
import threading
import zlib
from array import array
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Any, Protocol

from desktop.core.search.bitmaps import bitmap_of, numbers_of, union_of
from desktop.core.search.facts import Facts, FactsDamaged, Lexicon
from desktop.core.search.notes import AnalysedNote
from desktop.core.search.schema import BODY, TITLE, whoosh
from desktop.core.search.streams import Codes, Streams, encode

Postings = tuple[Sequence[int], Sequence[float]]  # document numbers ascending, frequencies
NOTHING: Postings = ((), ())
REMEMBERED_LISTS = 2_000
REMEMBERED_POSTINGS = 3_000_000  # in all of them, some 15 MB
MANY_TERMS = 6  # from here on one pass over all lists is quicker than a set of each
_MAGIC_SIZE = 4
_LENGTH = struct.Struct("!i")
_DOCUMENT = 0xFFFF_FFFF


# What reading a damaged or foreign index may raise: Whoosh 2.7.4 checks little of what it reads.
INDEX_ERRORS = (
    OSError, ValueError, KeyError, IndexError, TypeError, AttributeError, EOFError, NameError, AssertionError,
    ImportError, OverflowError, MemoryError, RecursionError, struct.error, zlib.error, pickle.UnpicklingError,
    FactsDamaged, whoosh.index.IndexError, whoosh.reading.ReaderClosed, whoosh.reading.TermNotFound,
    whoosh.filedb.filetables.FileFormatError,
)  # fmt: skip


class IndexLost(Exception):
    """There is no index that can be trusted; it has to be built anew."""


class Segment(Protocol):
    """A part of the index."""

    facts: Facts

    def postings(self, field: str, term: str) -> Postings:
        """Return the documents that hold a term, deleted ones included."""
        ...

    def documents(self, field: str, term: str) -> int:
        """Return the same as a set (see `bitmaps`)."""
        ...

    def holding(self, terms: Sequence[tuple[str, str]]) -> int:
        """Return the documents that hold any of the (field, term)."""
        ...

    def lexicon(self, field: str) -> Lexicon:
        """Return the terms of a field."""
        ...

    def number_of(self, note_id: int) -> int | None:
        """Return the document number of a note, or None."""
        ...

    def in_order(self, documents: int, terms: Sequence[str], *, title_only: bool = False) -> int:
        """Return which of the documents hold the terms one after another."""
        ...

    def counts(self, documents: Sequence[int], readings: Iterable[Sequence[str]]) -> list[int]:
        """Return how often in the text of each document the terms of one of the readings stand one after another."""
        ...


class _Lists:
    """The posting lists read last, within a number of postings, each with its documents as a set once asked for."""

    def __init__(self) -> None:
        self._lists: OrderedDict[tuple[str, str], Postings] = OrderedDict()
        self._sets: dict[tuple[str, str], int] = {}
        self._postings = 0
        self._lock = threading.Lock()

    def get(self, key: tuple[str, str]) -> Postings | None:
        """Return a list, or None."""
        with self._lock:
            found = self._lists.get(key)
            if found is not None:
                self._lists.move_to_end(key)
            return found

    def put(self, key: tuple[str, str], postings: Postings) -> None:
        """Remember a list; the ones unused for longest go."""
        with self._lock:
            if key not in self._lists:
                self._lists[key] = postings
                self._postings += len(postings[0])
            while len(self._lists) > 1 and (
                self._postings > REMEMBERED_POSTINGS or len(self._lists) > REMEMBERED_LISTS
            ):
                old, (numbers, _weights) = self._lists.popitem(last=False)
                self._sets.pop(old, None)
                self._postings -= len(numbers)

    def set_of(self, key: tuple[str, str]) -> int | None:
        """Return the documents of a list, or None."""
        return self._sets.get(key)

    def put_set(self, key: tuple[str, str], documents: int) -> None:
        """Remember the documents of a list, as long as the list."""
        with self._lock:
            if key in self._lists:
                self._sets[key] = documents


class DiskSegment:
    """A committed segment; safe for use by several threads."""

    def __init__(self, storage: Any, segment: Any, facts: Facts, streams: Streams) -> None:
        self.facts = facts
        self._streams = streams
        self._reader = whoosh.reading.SegmentReader(storage, None, segment)
        self._lists = _Lists()
        self._numbers: dict[int, int] | None = None

    def close(self) -> None:
        """Let go of the files."""
        self._reader.close()

    def postings(self, field: str, term: str) -> Postings:
        """Return the documents that hold a term, deleted ones included."""
        key = (field, term)
        found = self._lists.get(key)
        if found is None:
            found = self._read(field, term)
            if found is not NOTHING:
                self._lists.put(key, found)
        return found

    def documents(self, field: str, term: str) -> int:
        """Return the same as a set."""
        key = (field, term)
        found = self._lists.set_of(key)
        if found is None:
            found = bitmap_of(self.postings(field, term)[0], len(self.facts.ids))
            self._lists.put_set(key, found)
        return found

    def holding(self, terms: Sequence[tuple[str, str]]) -> int:
        """Return the documents that hold any of the (field, term)."""
        if len(terms) > MANY_TERMS:
            return union_of((self.postings(*term)[0] for term in terms), len(self.facts.ids))
        found = 0
        for term in terms:
            found |= self.documents(*term)
        return found

    def lexicon(self, field: str) -> Lexicon:
        """Return the terms of a field."""
        return self.facts.lexicons[field]

    def number_of(self, note_id: int) -> int | None:
        """Return the document number of a note, or None."""
        if self._numbers is None:
            self._numbers = {note: number for number, note in enumerate(self.facts.ids)}
        return self._numbers.get(note_id)

    def slow_postings(self, field: str, term: str) -> Postings:
        """Return the postings through Whoosh's public interface."""
        try:
            matcher = self._reader._terms.matcher(field, term.encode(), whoosh_format())
        except whoosh.reading.TermNotFound:
            return NOTHING
        numbers, weights = [], []
        while matcher.is_active():
            numbers.append(matcher.id())
            weights.append(matcher.weight())
            matcher.next()
        return numbers, weights

    def in_order(self, documents: int, terms: Sequence[str], *, title_only: bool = False) -> int:
        """Return which of the documents hold the terms one after another."""
        return _in_order(self, self._streams, documents, terms, title_only)

    def counts(self, documents: Sequence[int], readings: Iterable[Sequence[str]]) -> list[int]:
        """Return how often in the text of each document the terms of one of the readings stand one after another."""
        return self._streams.counts(documents, list(filter(None, (_codes(self, terms) for terms in readings))))

    def _read(self, field: str, term: str) -> Postings:
        try:
            lexicon = self.facts.lexicons.get(field)
            extent = lexicon.extent(term) if lexicon is not None else self._extent(field, term)
            if extent is None:
                return NOTHING
            offset, length = extent
            postings = self._read_blocks(offset, length) if length else ((offset & _DOCUMENT,), (offset >> 32,))
            if postings[0][-1] >= len(self.facts.ids):  # they ascend
                raise ValueError("a document that is not there")
            return postings
        except INDEX_ERRORS as error:
            raise IndexLost(f"{field}:{term}: {type(error).__name__}: {error}") from error

    def _extent(self, field: str, term: str) -> tuple[int, int] | None:
        """Return where a list lies, of a field whose lexicon is not in the facts."""
        try:
            info = self._reader._terms.term_info(field, term.encode())
        except whoosh.reading.TermNotFound:
            return None
        if info.is_inlined():
            (document,), (frequency,), _values = info.inlined_postings()
            return document | int(frequency) << 32, 0
        offset, length = info.extent()
        return offset, length[0] if isinstance(length, tuple) else length  # from_bytes forgets to take it out

    def _read_blocks(self, offset: int, length: int) -> Postings:
        data = self._reader._terms._postfile.get(offset, length)
        place = _MAGIC_SIZE
        numbers = array("I")
        weights: Sequence[float] = b""
        last = False
        while not last:
            (size,) = _LENGTH.unpack_from(data, place)
            last = size < 0
            end = place + _LENGTH.size + abs(size)
            head = io.BytesIO(data[place + _LENGTH.size : end])
            count, _max_id, _max_weight, compressed, *_lengths = pickle.load(head)
            block = head.read()
            steps, block_weights, _values = pickle.loads(zlib.decompress(block) if compressed else block)
            frequencies = bytes([1]) * count if block_weights is None else block_weights
            if len(frequencies) != len(steps):
                raise ValueError("not a frequency for each document")
            weights = frequencies if not numbers else array("I", (*weights, *frequencies))
            numbers.extend(accumulate(steps))
            place = end
        return numbers, weights


class MemorySegment:
    """Analysed notes that no committed segment holds yet."""

    def __init__(self, notes: Iterable[AnalysedNote]) -> None:
        self.facts = Facts()
        self._lists: dict[tuple[str, str], tuple[list[int], list[float]]] = {}
        self._numbers: dict[int, int] = {}
        codes = Codes()
        streams = bytearray()
        for number, note in enumerate(notes):
            self._numbers[note.id] = number
            self.facts.add(note.id, note.version, note.updated, note.day, note.title_length, note.body_length)
            streams += encode(note.names, note.body, codes)
            self.facts.stream_ends.append(len(streams))
            for field, terms in note.terms.items():
                for term, frequency in terms.items():
                    numbers, weights = self._lists.setdefault((field, term), ([], []))
                    numbers.append(number)
                    weights.append(float(frequency))
        self._streams = Streams(bytes(streams), self.facts.stream_ends)
        counts: dict[str, dict[str, int]] = {}
        for (field, term), (numbers, _weights) in self._lists.items():
            counts.setdefault(field, {})[term] = len(numbers)
        self.facts.lexicons = {field: Lexicon.of(terms, codes) for field, terms in counts.items()}

    def postings(self, field: str, term: str) -> Postings:
        """Return the documents that hold a term."""
        return self._lists.get((field, term), NOTHING)

    def documents(self, field: str, term: str) -> int:
        """Return the same as a set."""
        return bitmap_of(self.postings(field, term)[0], len(self.facts.ids))

    def holding(self, terms: Sequence[tuple[str, str]]) -> int:
        """Return the documents that hold any of the (field, term)."""
        return union_of((self.postings(*term)[0] for term in terms), len(self.facts.ids))

    def lexicon(self, field: str) -> Lexicon:
        """Return the terms of a field."""
        return self.facts.lexicons.get(field) or Lexicon()

    def number_of(self, note_id: int) -> int | None:
        """Return the document number of a note, or None."""
        return self._numbers.get(note_id)

    def in_order(self, documents: int, terms: Sequence[str], *, title_only: bool = False) -> int:
        """Return which of the documents hold the terms one after another."""
        return _in_order(self, self._streams, documents, terms, title_only)

    def counts(self, documents: Sequence[int], readings: Iterable[Sequence[str]]) -> list[int]:
        """Return how often in the text of each document the terms of one of the readings stand one after another."""
        return self._streams.counts(documents, list(filter(None, (_codes(self, terms) for terms in readings))))


def _in_order(segment: Segment, streams: Streams, documents: int, terms: Sequence[str], title_only: bool) -> int:
    sequence = _codes(segment, terms)
    if not sequence:
        return 0
    found = streams.holding(numbers_of(documents), sequence, title_only=title_only)
    return bitmap_of(found, len(segment.facts.ids))


def _codes(segment: Segment, terms: Sequence[str]) -> str:
    """Return the terms as they stand in streams, "" where one stands nowhere."""
    lexicons = segment.lexicon(BODY), segment.lexicon(TITLE)
    codes = [lexicons[0].code(term) or lexicons[1].code(term) for term in terms]
    return "".join(codes) if all(codes) else ""


def whoosh_format() -> Any:
    """Return the posting format of every field."""
    from desktop.core.search.schema import note_schema

    return note_schema()["body"].format
