"""The facts file beside a segment: what a search needs of all its documents at once.

Note ids, versions, lengths, dates, and the sorted lexicon of each field with document frequencies. Whoosh would
give the same through one call per document or term (1.5 s for a lexicon that loads here in 20 ms). A facts file is
written before its segment is committed and never changes; it ends with its own checksum. It is plain text and
numbers: reading one runs nothing.
"""

from __future__ import annotations  # array takes parameters only from Python 3.12 on

import hashlib
import heapq
import json
import os
import sys
from array import array
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from desktop.core.search.bitmaps import flags_of, numbers_of

SUFFIX = "facts"  # after "MAIN_xxx.": Whoosh removes it together with the segment's other files
_DIGEST = 16
_ARRAYS = ("ids", "versions", "updated", "days", "title_lengths", "body_lengths", "stream_ends")
LEXICON_FIELDS = ("title", "body", "tag", "host")
_PIECES = 5  # of a lexicon: terms, counts, codes, offsets, lengths
_REMEMBERED_PREFIXES = 2_000


class FactsDamaged(Exception):
    """A facts file that is not what this program wrote."""


@dataclass(slots=True)
class Lexicon:
    """The terms of one field, sorted, with the number of documents that hold each."""

    terms: list[str] = field(default_factory=list)
    counts: array[int] = field(default_factory=lambda: array("I"))
    codes: array[int] = field(default_factory=lambda: array("I"))  # in the streams; 0: never stands alone there
    offsets: array[int] = field(default_factory=lambda: array("Q"))  # of the posting list, see `schema`
    lengths: array[int] = field(default_factory=lambda: array("I"))
    _frequent: dict[tuple[str, int], list[tuple[int, str]]] = field(default_factory=dict)

    def range_of(self, prefix: str) -> range:
        """Return the places of the terms that begin with `prefix`."""
        return range(bisect_left(self.terms, prefix), bisect_left(self.terms, prefix + "\U0010ffff"))

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
            counts, terms = self.counts, self.terms
            places = heapq.nlargest(most, self.range_of(prefix), key=counts.__getitem__)
            known = [(counts[place], terms[place]) for place in places]
            if len(self._frequent) > _REMEMBERED_PREFIXES:
                self._frequent.clear()
            self._frequent[prefix, most] = known
        return known

    def _place(self, term: str) -> int | None:
        place = bisect_left(self.terms, term)
        return place if place < len(self.terms) and self.terms[place] == term else None

    @classmethod
    def of(cls, counts: Mapping[str, int], codes: Mapping[str, str]) -> Lexicon:
        """Return the lexicon for {term: number of documents} and {term: character in the streams}."""
        terms = sorted(counts)
        numbers = array("I", (counts[term] for term in terms))
        # Not codes[term]: asking for a new one would give it a code.
        return cls(terms, numbers, array("I", (ord(codes.get(term, "\0")) for term in terms)))


@dataclass(slots=True)
class Facts:
    """The facts of one segment; every array is indexed by document number."""

    ids: array[int] = field(default_factory=lambda: array("q"))
    versions: array[int] = field(default_factory=lambda: array("q"))
    updated: array[int] = field(default_factory=lambda: array("q"))  # milliseconds since 1970 UTC
    days: array[int] = field(default_factory=lambda: array("I"))  # 20231030: the note's own date, else its last change
    title_lengths: array[int] = field(default_factory=lambda: array("I"))  # tokens
    body_lengths: array[int] = field(default_factory=lambda: array("I"))
    stream_ends: array[int] = field(default_factory=lambda: array("Q"))  # see `streams`
    lexicons: dict[str, Lexicon] = field(default_factory=dict)
    title_total: int = 0  # tokens in all titles
    body_total: int = 0
    _newest: array[int] | None = None
    _ranks: array[int] | None = None
    _recency: tuple[int, list[float]] | None = None
    _norms: dict[str, tuple[float, list[float]]] = field(default_factory=dict)

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
        if documents.bit_count() * 8 < len(self.ids):
            ranks = self._ranks_of_age()
            return sorted(numbers_of(documents), key=ranks.__getitem__)[:limit]
        flags = flags_of(documents).ljust(len(self.ids), b"\0")
        return list(islice((number for number in self._by_age() if flags[number]), limit))

    def _by_age(self) -> array[int]:
        if self._newest is None:
            updated, ids = self.updated, self.ids
            self._newest = array("I", sorted(range(len(ids)), key=lambda number: (-updated[number], ids[number])))
        return self._newest

    def _ranks_of_age(self) -> array[int]:
        if self._ranks is None:
            ranks = array("I", bytes(4 * len(self.ids)))
            for rank, number in enumerate(self._by_age()):
                ranks[number] = rank
            self._ranks = ranks
        return self._ranks

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
        by_age = self._by_age()
        return self.updated[by_age[0]] if by_age else 0

    def recency(self, newest: int, span: float, most: float) -> list[float]:
        """Return `most` for a note as new as `newest`, falling to 0 at an age of `span`; kept until that is another."""
        if self._recency is None or self._recency[0] != newest:
            self._recency = (newest, [most * max(0.0, 1.0 - (newest - updated) / span) for updated in self.updated])
        return self._recency[1]

    def write(self, path: Path) -> None:
        """Write the file through to the disk."""
        pieces: list[bytes] = [getattr(self, name).tobytes() for name in _ARRAYS]
        for name in LEXICON_FIELDS:
            lexicon = self.lexicons.get(name) or Lexicon()
            numbers = (lexicon.counts, lexicon.codes, lexicon.offsets, lexicon.lengths)
            pieces += ["\n".join(lexicon.terms).encode(), *(array_.tobytes() for array_ in numbers)]
        head = json.dumps({"order": sys.byteorder, "sizes": [len(piece) for piece in pieces]}).encode() + b"\n"
        data = head + b"".join(pieces)
        with path.open("wb") as file:
            file.write(data + hashlib.blake2b(data, digest_size=_DIGEST).digest())
            file.flush()
            os.fsync(file.fileno())

    @classmethod
    def read(cls, path: Path) -> Facts:
        """Read a file back; raise FactsDamaged or OSError."""
        data = path.read_bytes()
        if hashlib.blake2b(data[:-_DIGEST], digest_size=_DIGEST).digest() != data[-_DIGEST:]:
            raise FactsDamaged(f"{path.name}: wrong checksum")
        start = data.index(b"\n") + 1
        head = json.loads(data[:start])
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
            lexicon = Lexicon()
            words, counts, codes, offsets, lengths = pieces[len(_ARRAYS) + _PIECES * place :][:_PIECES]
            lexicon.terms = words.decode().split("\n") if words else []
            lexicon.counts.frombytes(counts)
            lexicon.codes.frombytes(codes)
            lexicon.offsets.frombytes(offsets)
            lexicon.lengths.frombytes(lengths)
            facts.lexicons[name] = lexicon
        return facts
