"""What the Whoosh index holds, and the few pieces of Whoosh that are replaced for speed.

A document is a note: title and body as stems with their frequency, tags, kind and folders as exact terms. There is
no stored text and there are no positions: snippets and phrases read SQLite. What a search needs of every document
at once (note id, lengths, dates) and the sorted lexicon lie beside each segment in its facts file (see `facts`).

Three replacements, all at seams Whoosh offers:
- `TermPool` in place of the posting pool, filled with terms already counted. Whoosh makes an object per token and
  sorts one tuple per posting (some 200 bytes, spilled to disk); two machine words per posting in an array per term,
  documents ascending by construction, need no sorting.
- `TermCodec`: the same file format, written list by list instead of posting by posting, in large blocks, and its
  numbers as bytes where they fit: steps between documents and frequencies seldom need more (2 bytes a posting
  instead of 6, and reading them back costs a copy instead of an object each).
- `MappedStorage`: files as memory maps, which several threads can read at once.
"""

from __future__ import annotations  # array takes parameters only from Python 3.12 on

import mmap
import os
import pickle
import struct
import warnings
import zlib
from array import array
from collections.abc import Iterable, Iterator, Mapping
from operator import sub
from pathlib import Path
from typing import Any

with warnings.catch_warnings():
    # Whoosh 2.7.4 predates Python 3.6: unraw regular expressions and `is` with a literal. The compiler says so once,
    # when no cached bytecode is there.
    warnings.filterwarnings("ignore", r"invalid escape sequence|.*is invalid as an escape", DeprecationWarning)
    warnings.filterwarnings("ignore", r"invalid escape sequence|.*is invalid|\"is( not)?\" with", SyntaxWarning)
    import whoosh.index
    import whoosh.reading
    import whoosh.writing
    from whoosh import __version__ as _whoosh_version
    from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC, W3Codec, W3FieldWriter, W3TermInfo
    from whoosh.fields import FieldType, Schema
    from whoosh.filedb.filestore import FileStorage
    from whoosh.filedb.structfile import BufferFile
    from whoosh.formats import Frequency

SCHEMA_VERSION = 3  # a change of the fields, the codec or the facts file needs another number
WHOOSH_VERSION = ".".join(map(str, _whoosh_version))
INDEX_NAME = "MAIN"

TITLE = "title"
BODY = "body"
TAG = "tag"  # folded; `a/b` also stands under `a`
KIND = "kind"
FOLDER = "folder"  # the id of every note above this one
HAS = "has"  # image, link, task, code, table, math
HOST = "host"  # of the addresses it links to: blog.example.org also stands under example.org

BLOCK_POSTINGS = 8_192  # lists are always read whole, so a block is only a unit of unpickling
COMPRESSION = 1
WORTH_COMPRESSING = 400  # bytes; most lists are far shorter, and zlib takes 40 µs for any
_FIELD_NUMBER = struct.Struct("!H")
_BLOCK_SIZE = struct.Struct("!i")
_PICKLE = 4  # the first protocol with bytes as they are

Lists = tuple["array[int]", "array[float]"]  # documents ascending, frequencies


class Terms(FieldType):  # type: ignore[misc]  # Whoosh has no types
    """A field of terms with their frequency, counted by the analyzer of this room."""

    def __init__(self) -> None:
        self.format = Frequency()
        self.analyzer = None
        self.scorable = False  # lengths lie in the facts file, exact and in one read
        self.stored = False
        self.unique = False
        self.indexed = True
        self.vector = None
        self.spelling = False
        self.column_type = None

    def to_bytes(self, value: str | bytes) -> bytes:
        """Return a term as it lies in the index."""
        return value if isinstance(value, bytes) else value.encode()

    def from_bytes(self, data: bytes) -> str:
        """Return a term as text."""
        return data.decode()


def note_schema() -> Schema:
    """Return the fields of a note."""
    return Schema(**{name: Terms() for name in (TITLE, BODY, TAG, KIND, FOLDER, HAS, HOST)})


class TermPool:
    """The postings of one segment while it is written: for each term its documents and frequencies."""

    def __init__(self) -> None:
        self._lists: dict[str, dict[str, Lists]] = {}

    def add(self, document: int, terms: Mapping[str, Mapping[str, int]]) -> None:
        """Take the terms of one document, by field; documents come in ascending order."""
        for field, counts in terms.items():
            lists = self._lists.setdefault(field, {})
            get = lists.get
            for term, frequency in counts.items():
                found = get(term)
                if found is None:
                    lists[term] = (array("I", (document,)), array("f", (frequency,)))
                else:
                    found[0].append(document)
                    found[1].append(frequency)

    def counts(self, field: str) -> dict[str, int]:
        """Return how many documents hold each term of a field."""
        return {term: len(documents) for term, (documents, _weights) in self._lists.get(field, {}).items()}

    def iter_postings(self) -> Iterator[tuple[str, bytes, Lists]]:
        """Yield every list in the order of the index, and forget it; only `TermFieldWriter` reads this."""
        for field in sorted(self._lists):
            lists = self._lists.pop(field)
            for term in sorted(lists):
                yield field, term.encode(), lists.pop(term)

    def cleanup(self) -> None:
        """Forget everything."""
        self._lists.clear()


class TermFieldWriter(W3FieldWriter):  # type: ignore[misc]
    """Writes whole posting lists, in the format of Whoosh's own writer, which takes them posting by posting.

    `extents` are then the (offset, length) of the lists of each field, in the order of its terms; of a term that
    stands in one note (document + frequency * 2**32, 0).
    """

    def __init__(self, codec: W3Codec, storage: Any, segment: Any) -> None:
        super().__init__(codec, storage, segment)
        self.extents: dict[str, list[tuple[int, int]]] = {}

    def add_postings(self, schema: Schema, _lengths: object, items: Iterable[tuple[str, bytes, Lists]]) -> None:
        """Write all lists of a pool."""
        current = ""
        end = self._postfile.tell()
        for field, term, (documents, weights) in items:
            if field != current:
                if current:
                    self.finish_field()
                self.start_field(field, schema[field])
                current = field
            info = W3TermInfo(
                weight=sum(weights), df=len(documents), maxweight=max(weights), minid=documents[0], maxid=documents[-1]
            )
            if len(documents) == 1:  # most terms of a library stand in one note: no list of their own
                info.set_inlined(documents, weights, (b"",))
                extent = (documents[0] | int(weights[0]) << 32, 0)
            else:
                extent = (end, self._write_list(documents, weights))
                end += extent[1]
                info.set_extent(*extent)
            self.extents.setdefault(field, []).append(extent)
            self._tindex.add(_FIELD_NUMBER.pack(self._fieldid) + term, info.to_bytes())
        if current:
            self.finish_field()

    def _write_list(self, documents: array[int], weights: array[float]) -> int:
        pieces = [WHOOSH3_HEADER_MAGIC]
        for start in range(0, len(documents), BLOCK_POSTINGS):
            numbers = documents[start : start + BLOCK_POSTINGS]
            some = weights[start : start + BLOCK_POSTINGS]
            steps = _small((numbers[0], *map(sub, numbers[1:], numbers)))
            frequencies = None if some.count(1.0) == len(some) else _small(tuple(map(int, some)))
            packed = pickle.dumps((steps, frequencies, b""), _PICKLE)
            small = len(packed) < WORTH_COMPRESSING
            if not small:
                packed = zlib.compress(packed, COMPRESSION)
            head = pickle.dumps((len(numbers), numbers[-1], max(some), 0 if small else COMPRESSION, 0, 0), _PICKLE)
            size = len(head) + len(packed)
            last = start + BLOCK_POSTINGS >= len(documents)
            pieces += [_BLOCK_SIZE.pack(-size if last else size), head, packed]
        data = b"".join(pieces)
        self._postfile.write(data)
        return len(data)


def _small(numbers: tuple[int, ...]) -> bytes | tuple[int, ...]:
    """Return numbers as bytes where each fits into one; Whoosh reads either, for it only iterates and indexes."""
    return bytes(numbers) if max(numbers) < 256 else numbers


class TermCodec(W3Codec):  # type: ignore[misc]
    """Whoosh's codec without lengths and with the writer above."""

    length_stats = False

    def field_writer(self, storage: Any, segment: Any) -> TermFieldWriter:
        """Return the writer of posting lists for a segment."""
        return TermFieldWriter(self, storage, segment)


class MappedStorage(FileStorage):  # type: ignore[misc]
    """A folder whose files are read through a memory map: by offset, so by any thread."""

    def open_file(self, name: str, *_arguments: object, **_options: object) -> BufferFile:
        """Return a file for reading."""
        with open(Path(self.folder) / name, "rb") as file:
            if not os.fstat(file.fileno()).st_size:
                return BufferFile(memoryview(b""), name=name)
            return BufferFile(memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)), name=name)


def open_writer(index: whoosh.index.FileIndex) -> whoosh.writing.SegmentWriter:
    """Return a writer that uses the pieces above; raises whoosh's LockError where another process writes."""
    # No compound files: assembling one copies every byte and would swallow the facts file.
    writer = whoosh.writing.SegmentWriter(index, codec=TermCodec(), compound=False)
    writer.pool.cleanup()
    writer.pool = TermPool()
    return writer


__all__ = [
    "BODY",
    "FOLDER",
    "HAS",
    "HOST",
    "INDEX_NAME",
    "KIND",
    "SCHEMA_VERSION",
    "TAG",
    "TITLE",
    "WHOOSH_VERSION",
    "MappedStorage",
    "TermPool",
    "note_schema",
    "open_writer",
    "whoosh",
]
