"""Texts as the index remembers their order: each note is a string whose characters are its terms.

The postings say which notes hold the words of a phrase; whether the words follow one another is asked here. Every
term of a segment has a code, a character; a note's stream is the characters of its terms in reading order, in UTF-8.
Terms met early are the frequent ones and have short codes, so a word takes about two bytes; and because no character
of UTF-8 begins within another, "do these terms stand in this order" is one search for bytes, which C does at
gigabytes a second.

The parts of a note (title, name, aliases, text) are kept apart by `BREAK`; the text begins after `BODY_BREAK`.
"""

import mmap
import os
from array import array
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

SUFFIX = "stream"  # after "MAIN_xxx.", like the facts file
BREAK = "\x01"
BODY_BREAK = "\x02"
_FIRST_CODE = 3
_UNKNOWN = "\x00"  # a term beyond the last code: no phrase is found across it
_SURROGATES = range(0xD800, 0xE000)
_LAST_CODE = 0x10FFFF


class Codes(dict[str, str]):
    """The characters of the terms, given out as terms come."""

    def __init__(self) -> None:
        super().__init__()
        self._next = _FIRST_CODE

    def __missing__(self, term: str) -> str:
        code = self._next
        if code > _LAST_CODE:
            return _UNKNOWN
        self._next = code + 1 if code + 1 not in _SURROGATES else _SURROGATES.stop
        found = self[term] = chr(code)
        return found


def encode(parts: Sequence[Sequence[str]], body: Sequence[str], codes: Codes) -> bytes:
    """Return a note's stream; the parts are what it goes by: title, name, aliases."""
    find = codes.__getitem__
    head = BREAK.join("".join(map(find, part)) for part in parts)
    return f"{head}{BODY_BREAK}{''.join(map(find, body))}".encode()


class StreamWriter:
    """Writes the streams of one segment, note by note."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: BinaryIO | None = None
        self.codes = Codes()
        self.ends = array("Q")  # where each note's stream ends
        self._end = 0

    def add(self, parts: Sequence[Sequence[str]], body: Sequence[str]) -> None:
        """Append a note."""
        if self._file is None:
            self._file = self._path.open("wb")
        data = encode(parts, body, self.codes)
        self._file.write(data)
        self._end += len(data)
        self.ends.append(self._end)

    def close(self) -> None:
        """Bring what was written through to the disk."""
        if self._file is not None:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            self._file = None

    def discard(self) -> None:
        """Give up."""
        if self._file is not None:
            self._file.close()
            self._file = None
        self._path.unlink(missing_ok=True)


class Streams:
    """The streams of a segment, open for reading; by offset, so by any thread."""

    def __init__(self, data: "bytes | mmap.mmap", ends: "array[int]") -> None:
        self._data = data
        self._ends = ends

    @classmethod
    def open(cls, path: Path, ends: "array[int]") -> "Streams":
        """Map a file; raise OSError, or ValueError when it is not as long as its notes say."""
        wanted = ends[-1] if len(ends) else 0
        if not wanted:
            return cls(b"", ends)
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_size != wanted:
                raise ValueError(f"{path.name}: another length")
            return cls(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ), ends)

    def holding(self, documents: Iterable[int], sequence: str, *, title_only: bool = False) -> list[int]:
        """Return which of the documents hold the characters of `sequence` one after another."""
        wanted = sequence.encode()
        if not wanted or _UNKNOWN in sequence:
            return []
        data, ends = self._data, self._ends
        if not title_only:  # bytes are searched with great steps, a map byte by byte: copying comes out cheaper
            return [n for n in documents if wanted in data[ends[n - 1] if n else 0 : ends[n]]]
        find = data.find
        found = []
        for number in documents:
            start = ends[number - 1] if number else 0
            body = find(BODY_BREAK.encode(), start, ends[number])
            if find(wanted, start, body) >= 0:
                found.append(number)
        return found

    def counts(self, documents: Iterable[int], sequences: Sequence[str]) -> list[int]:
        """Return how often, in the text of each of the documents, one of the sequences stands."""
        wanted = [sequence.encode() for sequence in sequences if sequence and _UNKNOWN not in sequence]
        data, ends, text_begins = self._data, self._ends, BODY_BREAK.encode()
        found = []
        for number in documents:
            piece = data[ends[number - 1] if number else 0 : ends[number]]
            begin = piece.find(text_begins)
            found.append(sum(piece.count(one, begin) for one in wanted))
        return found
