"""Writing a segment: the posting lists in Whoosh's own file format, several times quicker than it writes them.

- `TermPool` in place of the posting pool, filled with terms already counted. Whoosh makes an object per token and
  sorts one tuple per posting (some 200 bytes, spilled to disk); one machine word per posting in an array per term,
  documents ascending by construction, needs no sorting.
- `TermFieldWriter`: lists written as wholes instead of posting by posting, in large blocks, and their numbers as
  bytes where they fit: steps between documents and frequencies seldom need more (2 bytes a posting instead of 6, and
  reading them back costs a copy instead of an object each).
- `TermTable`: the table of terms with CRC-32 in the place of MD5 and arrays in the place of tuples.

The lists of the format are pickles. Those of two bytes objects and of six numbers are put together here by hand,
opcode by opcode, for a segment has a hundred thousand of them.
"""

from __future__ import annotations  # array takes parameters only from Python 3.12 on

import pickle
import struct
import sys
import zlib
from array import array
from collections.abc import Iterable, Iterator, Mapping
from operator import sub
from typing import Any

import whoosh.writing
from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC, W3Codec, W3FieldWriter, W3TermInfo
from whoosh.fields import Schema
from whoosh.filedb.filetables import HashWriter, OrderedHashWriter
from whoosh.util.numlists import GrowableArray

from desktop.core.search.schema import TermCodec

BLOCK_POSTINGS = 8_192  # lists are always read whole, so a block is only a unit of unpickling
COMPRESSION = 1
WORTH_COMPRESSING = 400  # bytes; most lists are far shorter, and zlib takes 40 µs for any
_FIELD_NUMBER = struct.Struct("!H")
_BLOCK_SIZE = struct.Struct("!i")
_EXTENT = struct.Struct("!qi")
_SIZES = struct.Struct("!ii")
_SLOT = struct.Struct("!Iq")
_TERM_INFO: struct.Struct = W3TermInfo._struct
_CRC = 1  # Whoosh's number for it
_BUCKETS = 256
_PICKLE = 3  # the first protocol with bytes as they are
_NUMBER = struct.Struct("<i")
_HEAD = struct.Struct("<4sisisi2s")
_ONE_POSTING = struct.Struct("<3si2si")
_DOCUMENT = 0xFFFF_FFFF
_LOW, _HIGH = (0, 1) if sys.byteorder == "little" else (1, 0)  # halves of a machine word


class TermPool:
    """The postings of one segment while it is written: for each term its documents and frequencies."""

    def __init__(self) -> None:
        # document + frequency * 2**32: as a number for the first, for most terms of a library stand in one note
        self._lists: dict[str, dict[str, int | array[int]]] = {}

    def add(self, document: int, terms: Mapping[str, Mapping[str, int]]) -> None:
        """Take the terms of one document, by field; documents come in ascending order."""
        once = document | 1 << 32
        for field, counts in terms.items():
            lists = self._lists.setdefault(field, {})
            get = lists.get
            for term, frequency in counts.items():
                posting = once if frequency == 1 else document | frequency << 32
                found = get(term)
                if found is None:
                    lists[term] = posting
                elif isinstance(found, int):
                    lists[term] = array("Q", (found, posting))
                else:
                    found.append(posting)

    def counts(self, field: str) -> dict[str, int]:
        """Return how many documents hold each term of a field."""
        lists = self._lists.get(field, {})
        return {term: 1 if isinstance(found, int) else len(found) for term, found in lists.items()}

    def iter_postings(self) -> Iterator[tuple[str, bytes, int | array[int]]]:
        """Yield every list in the order of the index, and forget it; only `TermFieldWriter` reads this."""
        for field in sorted(self._lists):
            lists = self._lists.pop(field)
            for term in sorted(lists):
                yield field, term.encode(), lists.pop(term)

    def cleanup(self) -> None:
        """Forget everything."""
        self._lists.clear()


class TermTable(OrderedHashWriter):  # type: ignore[misc]  # Whoosh has no types
    """Whoosh's table of terms on the disk, which holds what it has to remember of each in 16 bytes."""

    def __init__(self, file: Any) -> None:
        HashWriter.__init__(self, file, hashtype=_CRC)
        self._place = file.tell()
        self._places = array("Q")
        self._hashes = array("I")
        self._ordinals = [array("I") for _ in range(_BUCKETS)]

    def add(self, key: bytes, value: bytes) -> None:
        """Add a term; they come in order."""
        self.dbfile.file.write(_SIZES.pack(len(key), len(value)) + key + value)
        number = zlib.crc32(key)
        self._ordinals[number & _BUCKETS - 1].append(len(self._hashes))
        self._hashes.append(number)
        self._places.append(self._place)
        self._place += _SIZES.size + len(key) + len(value)

    def _write_hashes(self) -> None:
        hashes, places = self._hashes, self._places
        for ordinals in self._ordinals:
            slots = 2 * len(ordinals)
            self.directory.append((self._place, slots))
            table = bytearray(slots * _SLOT.size)
            taken = bytearray(slots)
            for ordinal in ordinals:
                slot = (hashes[ordinal] >> 8) % slots
                while taken[slot]:
                    slot = (slot + 1) % slots
                taken[slot] = 1
                _SLOT.pack_into(table, slot * _SLOT.size, hashes[ordinal], places[ordinal])
            self.dbfile.file.write(table)
            self._place += len(table)
        self.index = GrowableArray("i" if self._place < 1 << 31 else "q")
        self.index.array.extend(array(self.index.typecode, places))


class TermFieldWriter(W3FieldWriter):  # type: ignore[misc]
    """Writes whole posting lists, in the format of Whoosh's own writer, which takes them posting by posting.

    `extents` are then the (offset, length) of the lists of each field, in the order of its terms; of a term that
    stands in one note (document + frequency * 2**32, 0).
    """

    def __init__(self, codec: W3Codec, storage: Any, segment: Any) -> None:
        self._codec, self._storage, self._segment = codec, storage, segment
        self._infield = self.is_closed = False
        self._tindex = TermTable(self._create_file(W3Codec.TERMS_EXT))
        self._fieldmap: dict[str, int] = self._tindex.extras.setdefault("fieldmap", {})
        self._postfile = self._create_file(W3Codec.POSTS_EXT)
        self.extents: dict[str, tuple[array[int], array[int]]] = {}

    def add_postings(
        self, _schema: Schema, _lengths: object, items: Iterable[tuple[str, bytes, int | array[int]]]
    ) -> None:
        """Write all lists of a pool."""
        current = ""
        prefix = b""
        end = self._postfile.tell()
        for field, term, postings in items:
            if field != current:
                current = field
                prefix = _FIELD_NUMBER.pack(self._fieldmap.setdefault(field, len(self._fieldmap)))
                offsets, lengths = self.extents[field] = array("Q"), array("I")
            if isinstance(postings, int):
                document, frequency = postings & _DOCUMENT, postings >> 32
                offsets.append(postings)
                lengths.append(0)
                info = _TERM_INFO.pack(True, frequency, 1, 0, 0, frequency, document, document)
                self._tindex.add(prefix + term, info + _pickled_posting(document, frequency))
            else:
                halves = array("I", postings.tobytes())
                documents, frequencies = halves[_LOW::2], halves[_HIGH::2]
                length = self._write_list(documents, frequencies)
                offsets.append(end)
                lengths.append(length)
                total, most, last = sum(frequencies), max(frequencies), documents[-1]
                info = _TERM_INFO.pack(False, total, len(documents), 0, 0, most, documents[0], last)
                self._tindex.add(prefix + term, info + _EXTENT.pack(end, length))
                end += length

    def _write_list(self, documents: array[int], frequencies: array[int]) -> int:
        pieces = [WHOOSH3_HEADER_MAGIC]
        for start in range(0, len(documents), BLOCK_POSTINGS):
            numbers = documents[start : start + BLOCK_POSTINGS]
            some = frequencies[start : start + BLOCK_POSTINGS]
            most = max(some)
            packed = _pickled_block((numbers[0], *map(sub, numbers[1:], numbers)), None if most == 1 else some)
            small = len(packed) < WORTH_COMPRESSING
            if not small:
                packed = zlib.compress(packed, COMPRESSION)
            head = _pickled_head(len(numbers), numbers[-1], most, 0 if small else COMPRESSION)
            size = len(head) + len(packed)
            last = start + BLOCK_POSTINGS >= len(documents)
            pieces += [_BLOCK_SIZE.pack(-size if last else size), head, packed]
        data = b"".join(pieces)
        self._postfile.file.write(data)
        return len(data)


def _pickled_head(count: int, last: int, most: int, compression: int) -> bytes:
    """Return (count, last, most, compression, 0, 0) as a pickle."""
    return _HEAD.pack(b"\x80\x03(J", count, b"J", last, b"J", most, b"K" + bytes((compression,))) + b"K\0K\0t."


def _pickled_posting(document: int, frequency: int) -> bytes:
    """Return ((document,), (frequency,), (b"",)) as a pickle."""
    return _ONE_POSTING.pack(b"\x80\x03J", document, b"\x85J", frequency) + b"\x85C\0\x85\x87."


def _pickled_block(steps: tuple[int, ...], frequencies: array[int] | None) -> bytes:
    """Return (steps, frequencies, b"") as a pickle, numbers as bytes where each fits into one.

    Whoosh reads either, for it only iterates and indexes. None: every frequency is 1.
    """
    if max(steps) < 256 and (frequencies is None or max(frequencies) < 256):
        weights = b"N" if frequencies is None else _pickled_bytes(bytes(frequencies.tolist()))
        return b"".join((b"\x80\x03", _pickled_bytes(bytes(steps)), weights, b"C\0\x87."))
    weights_ = None if frequencies is None else _small(tuple(frequencies))
    return pickle.dumps((_small(steps), weights_, b""), _PICKLE)


def _pickled_bytes(data: bytes) -> bytes:
    size = len(data)
    return (b"C" + bytes((size,)) if size < 256 else b"B" + _NUMBER.pack(size)) + data


def _small(numbers: tuple[int, ...]) -> bytes | tuple[int, ...]:
    return bytes(numbers) if max(numbers) < 256 else numbers


def open_writer(index: whoosh.index.FileIndex) -> whoosh.writing.SegmentWriter:
    """Return a writer that uses the pieces above; raises whoosh's LockError where another process writes."""
    # No compound files: assembling one copies every byte and would swallow the facts file.
    writer = whoosh.writing.SegmentWriter(index, codec=TermCodec(), compound=False)
    writer.pool.cleanup()
    writer.pool = TermPool()
    return writer
