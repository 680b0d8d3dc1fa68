"""What the Whoosh index holds, and the few pieces of Whoosh that are replaced for speed.

A document is a note: title and body as stems with their frequency, tags, kind and folders as exact terms. There is
no stored text and there are no positions: snippets and phrases read SQLite. What a search needs of every document
at once (note id, lengths, dates) and the sorted lexicon lie beside each segment in its facts file (see `facts`).

Three replacements, all at seams Whoosh offers:
- `Terms`, a field type that takes terms already counted. Whoosh's analyzers make an object per token.
- `TermPool` in place of the posting pool. Whoosh sorts one tuple per posting (some 200 bytes, spilled to disk);
  two machine words per posting in an array per term, documents ascending by construction, need no sorting.
- `TermCodec`: large blocks, light compression, and whole posting lists handed to the file at once.
"""

from __future__ import annotations  # array takes parameters only from Python 3.12 on

import warnings
from array import array
from collections.abc import Iterable, Iterator, Mapping
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
    from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3TermInfo
    from whoosh.fields import FieldType, Schema
    from whoosh.formats import Frequency

SCHEMA_VERSION = 1  # a change of the fields, the codec or the facts file needs another number
WHOOSH_VERSION = ".".join(map(str, _whoosh_version))
INDEX_NAME = "MAIN"

TITLE = "title"
BODY = "body"
TAG = "tag"  # folded; `a/b` also stands under `a`
KIND = "kind"
FOLDER = "folder"  # the folded title of every note above this one

BLOCK_POSTINGS = 8_192  # lists are always read whole, so a block is only a unit of unpickling
COMPRESSION = 1


class Terms(FieldType):  # type: ignore[misc]  # Whoosh has no types
    """A field given as {term: frequency}."""

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

    def index(self, value: Mapping[str, int], **_options: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield what Whoosh stores of each term."""
        for term, frequency in value.items():
            yield term.encode(), frequency, float(frequency), b""

    def to_bytes(self, value: str | bytes) -> bytes:
        """Return a term as it lies in the index."""
        return value if isinstance(value, bytes) else value.encode()

    def from_bytes(self, data: bytes) -> str:
        """Return a term as text."""
        return data.decode()


def note_schema() -> Schema:
    """Return the fields of a note."""
    return Schema(**{name: Terms() for name in (TITLE, BODY, TAG, KIND, FOLDER)})


class TermPool:
    """The postings of one segment while it is written: for each term its documents and frequencies."""

    def __init__(self) -> None:
        self._lists: dict[tuple[str, bytes], tuple[array[int], array[float]]] = {}

    def add(self, item: tuple[str, bytes, int, float, bytes]) -> None:
        """Take one posting; documents come in ascending order."""
        field, term, document, weight, _value = item
        lists = self._lists.get((field, term))
        if lists is None:
            lists = self._lists[field, term] = (array("I"), array("f"))
        lists[0].append(document)
        lists[1].append(weight)

    def iter_postings(self) -> Iterator[tuple[str, bytes, array[int], array[float]]]:
        """Yield (field, term, documents, weights) in the order of the index; only `TermFieldWriter` reads this."""
        for field, term in sorted(self._lists):
            documents, weights = self._lists.pop((field, term))
            yield field, term, documents, weights

    def cleanup(self) -> None:
        """Forget everything."""
        self._lists.clear()


class TermFieldWriter(W3FieldWriter):  # type: ignore[misc]
    """Writes whole posting lists, where Whoosh takes them posting by posting."""

    def add_postings(
        self, schema: Schema, _lengths: object, items: Iterable[tuple[str, bytes, array[int], array[float]]]
    ) -> None:
        """Write all lists of a pool."""
        current = ""
        for field, term, documents, weights in items:
            if field != current:
                if current:
                    self.finish_field()
                self.start_field(field, schema[field])
                current = field
            self.start_term(term)
            writer = self._postwriter
            for start in range(0, len(documents), BLOCK_POSTINGS):
                if start:
                    writer._write_block()
                writer._ids = documents[start : start + BLOCK_POSTINGS]
                writer._weights = weights[start : start + BLOCK_POSTINGS]
                writer._maxweight = max(writer._weights)
            self.finish_term()
        if current:
            self.finish_field()


class TermCodec(W3Codec):  # type: ignore[misc]
    """Whoosh's codec with large blocks and without lengths."""

    length_stats = False

    def __init__(self) -> None:
        super().__init__(blocklimit=BLOCK_POSTINGS, compression=COMPRESSION)

    def field_writer(self, storage: Any, segment: Any) -> TermFieldWriter:
        """Return the writer of posting lists for a segment."""
        return TermFieldWriter(self, storage, segment)


def open_writer(index: whoosh.index.FileIndex) -> whoosh.writing.SegmentWriter:
    """Return a writer that uses the pieces above; raises whoosh's LockError where another process writes."""
    writer = whoosh.writing.SegmentWriter(index, codec=TermCodec(), compound=False)
    writer.pool.cleanup()
    writer.pool = TermPool()
    return writer


__all__ = [
    "BODY",
    "FOLDER",
    "INDEX_NAME",
    "KIND",
    "SCHEMA_VERSION",
    "TAG",
    "TITLE",
    "WHOOSH_VERSION",
    "TermCodec",
    "TermPool",
    "Terms",
    "W3TermInfo",
    "note_schema",
    "open_writer",
    "whoosh",
]
