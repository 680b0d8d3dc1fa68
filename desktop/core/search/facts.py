"""The facts file beside a segment: what a search needs of all its documents at once.

Note ids, versions, lengths, dates, and the sorted lexicon of each field with document frequencies. Whoosh would
give the same through one call per document or term (1.5 s for a lexicon that loads here in 1 ms). A facts file is
written before its segment is committed and never changes; it ends with its own checksum. It is plain text and
numbers: reading one runs nothing.

A lexicon stays packed, as its words in one string of UTF-8, until somebody asks for all of them: a term is looked up
among the first words of blocks, then in its block (100,000 words are 20 ms and 8 MB as a list).
"""

from __future__ import annotations  # array takes parameters only from Python 3.12 on

import heapq
import json
import os
import sys
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate, islice
from pathlib import Path
from zlib import crc32

from desktop.core.search.bitmaps import flags_of, numbers_of

SUFFIX = "facts"  # after "MAIN_xxx.": Whoosh removes it together with the segment's other files
_CHECKSUM = 4  # bytes
_ARRAYS = ("ids", "versions", "updated", "days", "title_lengths", "body_lengths", "stream_ends", "by_age", "ranks")
LEXICON_FIELDS = ("title", "body", "tag", "host")
_BLOCK = 64  # words
_LARGE = 256  # words; what is smaller is unpacked at once
_REMEMBERED_PREFIXES = 2_000
_LAST = "\U0010ffff"


class FactsDamaged(Exception):
    """A facts file that is not what this program wrote."""


class Lexicon:
    """The terms of one field, sorted, with the number of documents that hold each."""

    NUMBERS = ("counts", "codes", "offsets", "lengths")
    PIECES = 3 + len(NUMBERS)  # of a packed lexicon: words, first words of the blocks, their places; the numbers
    __slots__ = ("_blocks", "_frequent", "_heads", "_starts", "_terms", "_words", *NUMBERS)

    def __init__(self, terms: Sequence[str] = ()) -> None:
        self._terms: list[str] | None = list(terms)
        self._words = b""
        self._heads: list[str] = []  # the first word of each block
        self._starts: array[int] = array("I")  # where each block begins
        self._blocks: dict[int, list[str]] = {}
        self._frequent: dict[tuple[str, int], list[tuple[int, str]]] = {}
        self.counts: array[int] = array("I")
        self.codes: array[int] = array("I")  # in the streams; 0: never stands alone there
        self.offsets: array[int] = array("Q")  # of the posting list, see `schema`
        self.lengths: array[int] = array("I")

    @property
    def terms(self) -> list[str]:
        """Return all terms; they stay unpacked."""
        if self._terms is None:
            self._terms = self._words.decode().split("\n")
            self._blocks = {}
        return self._terms

    def term(self, place: int) -> str:
        """Return the term at a place."""
        if self._terms is not None:
            return self._terms[place]
        return self._block(place // _BLOCK)[place % _BLOCK]

    def range_of(self, prefix: str) -> range:
        """Return the places of the terms that begin with `prefix`."""
        return range(self._left(prefix), self._left(prefix + _LAST))

    def count(self, term: str) -> int:
        """Return how many documents hold `term`."""
        place = self._place(term)
        return 0 if place is None else self.counts[place]

    def extent(self, term: str) -> tuple[int, int] | None:
        """Return where the posting list of `term` lies, None where no document holds it."""
        place = self._place(term)
        return None if place is None else (self.offsets[place], self.lengths[place])

    def code(self, term: str) -> str:
        """Return the character that stands for `term` in the streams, "" where there is none."""
        place = self._place(term)
        return chr(self.codes[place]) if place is not None and self.codes and self.codes[place] else ""

    def frequent(self, prefix: str, most: int) -> list[tuple[int, str]]:
        """Return (documents, term) of the terms that begin with `prefix` and stand in most of them."""
        known = self._frequent.get((prefix, most))
        if known is None:
            counts = self.counts
            places = heapq.nlargest(most, self.range_of(prefix), key=counts.__getitem__)
            known = [(counts[place], self.term(place)) for place in places]
            if len(self._frequent) > _REMEMBERED_PREFIXES:
                self._frequent.clear()
            self._frequent[prefix, most] = known
        return known

    def _place(self, term: str) -> int | None:
        place = self._left(term)
        return place if place < len(self.counts) and self.term(place) == term else None

    def _left(self, term: str) -> int:
        """Return the place of the first term that is not less than this."""
        if self._terms is not None:
            return bisect_left(self._terms, term)
        block = bisect_right(self._heads, term) - 1
        return 0 if block < 0 else block * _BLOCK + bisect_left(self._block(block), term)

    def _block(self, number: int) -> list[str]:
        found = self._blocks.get(number)
        if found is None:
            start, *end = self._starts[number : number + 2]
            found = self._words[start : end[0] - 1 if end else None].decode().split("\n")
            self._blocks[number] = found
        return found

    def pack(self) -> list[bytes]:
        """Return the pieces that `unpack` takes."""
        words = [term.encode() for term in self.terms]
        starts = array("I", [0, *accumulate(len(word) + 1 for word in words)])[:-1:_BLOCK]
        pieces = [b"\n".join(words), b"\n".join(words[::_BLOCK]), starts.tobytes()]
        return pieces + [getattr(self, name).tobytes() for name in self.NUMBERS]

    @classmethod
    def unpack(cls, pieces: Sequence[memoryview]) -> Lexicon:
        """Return a lexicon whose words stay packed."""
        lexicon = cls()
        for name, piece in zip(cls.NUMBERS, pieces[3:], strict=True):
            getattr(lexicon, name).frombytes(piece)
        lexicon._words = bytes(pieces[0])
        if len(lexicon.counts) > _LARGE:
            lexicon._heads = str(pieces[1], "utf-8").split("\n")
            lexicon._starts.frombytes(pieces[2])
            lexicon._terms = None
        elif lexicon.counts:
            lexicon._terms = str(pieces[0], "utf-8").split("\n")
        return lexicon

    @classmethod
    def of(cls, counts: Mapping[str, int], codes: Mapping[str, str]) -> Lexicon:
        """Return the lexicon for {term: number of documents} and {term: character in the streams}."""
        lexicon = cls(sorted(counts))
        lexicon.counts = array("I", (counts[term] for term in lexicon.terms))
        # Not codes[term]: asking for a new one would give it a code.
        lexicon.codes = array("I", (ord(codes.get(term, "\0")) for term in lexicon.terms))
        return lexicon


class Facts:
    """The facts of one segment; every array is indexed by document number."""

    __slots__ = (*_ARRAYS, "lexicons", "title_total", "body_total", "_recency", "_norms")

    def __init__(self) -> None:
        self.ids: array[int] = array("q")
        self.versions: array[int] = array("q")
        self.updated: array[int] = array("q")  # milliseconds since 1970 UTC
        self.days: array[int] = array("I")  # 20231030: the note's own date, else its last change
        self.title_lengths: array[int] = array("I")  # tokens
        self.body_lengths: array[int] = array("I")
        self.stream_ends: array[int] = array("Q")  # see `streams`
        self.by_age: array[int] = array("I")  # the documents, the one changed last first; made when all are in
        self.ranks: array[int] = array("I")  # the place of each among them
        self.lexicons: dict[str, Lexicon] = {}
        self.title_total = 0  # tokens in all titles
        self.body_total = 0
        self._recency: tuple[int, list[float]] | None = None
        self._norms: dict[str, tuple[float, list[float]]] = {}

    def add(self, note_id: int, version: int, updated: int, day: int, title_length: int, body_length: int) -> None:
        """Append one document."""
        self.ids.append(note_id)
        self.versions.append(version)
        self.updated.append(updated)
        self.days.append(day)
        self.title_lengths.append(title_length)
        self.body_lengths.append(body_length)
        self.title_total += title_length
        self.body_total += body_length

    def newest_of(self, documents: int, limit: int) -> list[int]:
        """Return the `limit` members of a set that were changed last, the newest first."""
        self._order()
        if documents.bit_count() * 8 < len(self.ids):
            return sorted(numbers_of(documents), key=self.ranks.__getitem__)[:limit]
        flags = flags_of(documents).ljust(len(self.ids), b"\0")
        return list(islice((number for number in self.by_age if flags[number]), limit))

    def _order(self) -> None:
        if len(self.ranks) != len(self.ids):
            updated, ids = self.updated, self.ids
            by_age = array("I", sorted(range(len(ids)), key=lambda number: (-updated[number], ids[number])))
            ranks = array("I", bytes(by_age.itemsize * len(ids)))
            for rank, number in enumerate(by_age):
                ranks[number] = rank
            self.by_age, self.ranks = by_age, ranks

    def norms(self, name: str, average: float, base: float, share: float) -> list[float]:
        """Return base + share * length / average for each document; kept until the average is another."""
        known = self._norms.get(name)
        if known is None or known[0] != average:
            scale = share / average
            known = (average, [base + scale * length for length in getattr(self, name)])
            self._norms[name] = known
        return known[1]

    def newest_change(self) -> int:
        """Return when the note that was changed last was changed, 0 where there is none."""
        self._order()
        return self.updated[self.by_age[0]] if self.by_age else 0

    def recency(self, newest: int, span: float, most: float) -> list[float]:
        """Return `most` for a note as new as `newest`, falling to 0 at an age of `span`; kept until that is another."""
        if self._recency is None or self._recency[0] != newest:
            self._recency = (newest, [most * max(0.0, 1.0 - (newest - updated) / span) for updated in self.updated])
        return self._recency[1]

    def write(self, path: Path) -> None:
        """Write the file through to the disk."""
        self._order()
        pieces: list[bytes] = [getattr(self, name).tobytes() for name in _ARRAYS]
        for name in LEXICON_FIELDS:
            pieces += (self.lexicons.get(name) or Lexicon()).pack()
        head = json.dumps({"order": sys.byteorder, "sizes": [len(piece) for piece in pieces]}).encode() + b"\n"
        checksum = 0
        with path.open("wb") as file:
            for piece in (head, *pieces):
                file.write(piece)
                checksum = crc32(piece, checksum)
            file.write(checksum.to_bytes(_CHECKSUM))
            file.flush()
            os.fsync(file.fileno())

    @classmethod
    def read(cls, path: Path) -> Facts:
        """Read a file back; raise FactsDamaged or OSError."""
        content = path.read_bytes()
        data = memoryview(content)
        # Against accidents only, like the digest of a whole file elsewhere but four times as quick.
        if crc32(data[:-_CHECKSUM]).to_bytes(_CHECKSUM) != data[-_CHECKSUM:]:
            raise FactsDamaged(f"{path.name}: wrong checksum")
        start = content.index(b"\n") + 1
        head = json.loads(content[:start])
        if head["order"] != sys.byteorder:
            raise FactsDamaged(f"{path.name}: written on another kind of machine")
        pieces = []
        for size in head["sizes"]:
            pieces.append(data[start : start + size])
            start += size
        facts = cls()
        for name, piece in zip(_ARRAYS, pieces, strict=False):
            getattr(facts, name).frombytes(piece)
        facts.title_total, facts.body_total = sum(facts.title_lengths), sum(facts.body_lengths)
        for place, name in enumerate(LEXICON_FIELDS):
            first = len(_ARRAYS) + Lexicon.PIECES * place
            facts.lexicons[name] = Lexicon.unpack(pieces[first : first + Lexicon.PIECES])
        return facts
