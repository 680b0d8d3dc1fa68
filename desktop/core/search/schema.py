"""What the Whoosh index holds, and how it is read.

A document is a note: title and body as stems with their frequency, tags, kind and folders as exact terms. There is
no stored text and there are no positions: snippets read SQLite, phrases the order of words in a file beside each
segment (see `streams`). What a search needs of every document at once (note id, lengths, dates) and the sorted
lexicon lie there too, in the facts file (see `facts`).

A few pieces of Whoosh are replaced for speed, all at seams it offers: those that write are in `writing`;
`MappedStorage` gives it files as memory maps, which several threads can read at once.
"""

import mmap
import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any


@contextmanager
def _without_network() -> Iterator[None]:
    """Keep the import of Whoosh from loading HTTP, TLS and e-mail.

    WORKAROUND: whoosh.compat 2.7.4 takes the name `urlretrieve` from urllib.request, which nothing here calls. That
    would be 50 modules and an eighth of a second before the first answer.
    """
    name = "urllib.request"
    if name in sys.modules:
        yield
        return
    stand_in = ModuleType(name)
    stand_in.__dict__["urlretrieve"] = None
    sys.modules[name] = stand_in
    try:
        yield
    finally:
        if sys.modules.get(name) is stand_in:
            del sys.modules[name]


with warnings.catch_warnings():
    # Whoosh 2.7.4 predates Python 3.6: unraw regular expressions and `is` with a literal. The compiler says so once,
    # when no cached bytecode is there.
    warnings.filterwarnings("ignore", r"invalid escape sequence|.*is invalid as an escape", DeprecationWarning)
    warnings.filterwarnings("ignore", r"invalid escape sequence|.*is invalid|\"is( not)?\" with", SyntaxWarning)
    with _without_network():
        import whoosh.compat
    import whoosh.index
    import whoosh.reading
    from whoosh import __version__ as _whoosh_version
    from whoosh.codec.whoosh3 import W3Codec
    from whoosh.fields import FieldType, Schema
    from whoosh.filedb.filestore import FileStorage
    from whoosh.filedb.structfile import BufferFile
    from whoosh.formats import Frequency

if TYPE_CHECKING:
    from desktop.core.search.writing import TermFieldWriter

SCHEMA_VERSION = 4  # a change of the fields, the codec or the facts file needs another number
WHOOSH_VERSION = ".".join(map(str, _whoosh_version))
INDEX_NAME = "MAIN"

TITLE = "title"
BODY = "body"
TAG = "tag"  # folded; `a/b` also stands under `a`
KIND = "kind"
FOLDER = "folder"  # the id of every note above this one
HAS = "has"  # image, link, task, code, table, math
HOST = "host"  # of the addresses it links to: blog.example.org also stands under example.org


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


class TermCodec(W3Codec):  # type: ignore[misc]
    """Whoosh's codec without lengths and with the writer of this room."""

    length_stats = False

    def field_writer(self, storage: Any, segment: Any) -> "TermFieldWriter":
        """Return the writer of posting lists for a segment."""
        from desktop.core.search.writing import TermFieldWriter  # a search does without it

        return TermFieldWriter(self, storage, segment)


class MappedFile(BufferFile):  # type: ignore[misc]
    """A file for reading, through a memory map; what is read by offset may be read by several threads at once."""

    def __init__(self, name: str, content: mmap.mmap) -> None:
        # Not through BufferFile, which would copy all of it (20 MB and 40 ms in an index of 10,000 notes).
        self._name = name
        self._buf = self.file = content
        self.onclose = None
        self.is_real = self.is_closed = False


class MappedStorage(FileStorage):  # type: ignore[misc]
    """A folder whose files are read through memory maps."""

    def open_file(self, name: str, *_arguments: object, **_options: object) -> BufferFile:
        """Return a file for reading."""
        with open(Path(self.folder) / name, "rb") as file:
            if not os.fstat(file.fileno()).st_size:
                return BufferFile(memoryview(b""), name=name)
            return MappedFile(name, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))


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
    "TermCodec",
    "note_schema",
    "whoosh",
]
