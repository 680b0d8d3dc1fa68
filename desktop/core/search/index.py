"""The index folder: which generation of the index is to be trusted, opening it, and writing the next one.

    <folder>/stamp.json      what was committed last, by which versions of what, for which library
    <folder>/<build>/        a Whoosh index and the facts file of each segment

The stamp is written after the commit and through to the disk. Whoosh unpickles what it opens, so nothing is opened
that the stamp does not describe: other versions, another library, a missing file, a file of another size all mean
the same, *there is no index*, and the indexer builds a new one in a new folder and swaps the stamp.

A generation holds segments that never change, and for each the documents that are dead. Opening the next generation
keeps the segments that both have, with all they remember.
"""

import json
import os
import shutil
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.core.search.analyzer import ANALYZER_VERSION
from desktop.core.search.facts import LEXICON_FIELDS, SUFFIX, Facts, Lexicon
from desktop.core.search.notes import AnalysedNote
from desktop.core.search.schema import (
    INDEX_NAME,
    SCHEMA_VERSION,
    WHOOSH_VERSION,
    MappedStorage,
    note_schema,
    open_writer,
    whoosh,
)
from desktop.core.search.segments import INDEX_ERRORS, DiskSegment, IndexLost
from desktop.core.search.streams import SUFFIX as STREAM_SUFFIX
from desktop.core.search.streams import Streams, StreamWriter

STAMP = "stamp.json"
FEW_SEGMENTS = 10  # from here on a commit takes small segments in
MANY_SEGMENTS = 16  # over this the index is built anew
DEAD_SHARE = 0.2  # likewise
SMALL_SEGMENT = 64  # documents

class IndexBusy(Exception):
    """Another process writes this index."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What was committed last."""

    build: str
    generation: int
    segments: tuple[str, ...]
    files: dict[str, int]  # name -> size, of everything that belongs to the generation
    library: str
    schema: int = SCHEMA_VERSION
    analyzer: int = ANALYZER_VERSION
    whoosh: str = WHOOSH_VERSION


@dataclass(slots=True)
class Part:
    """A segment in a generation, with its dead documents."""

    name: str
    segment: DiskSegment
    dead: frozenset[int]


class Generation:
    """One committed state of the index, open for reading."""

    def __init__(self, stamp: Stamp, parts: Sequence[Part]) -> None:
        self.stamp = stamp
        self.parts = tuple(parts)

    def versions(self) -> dict[int, int]:
        """Return the version in which each note stands in the index."""
        found: dict[int, int] = {}
        for part in self.parts:
            facts = part.segment.facts
            for number, note_id in enumerate(facts.ids):
                if number not in part.dead:
                    found[note_id] = facts.versions[number]
        return found

    def is_worn(self) -> bool:
        """Tell whether building anew is better than going on."""
        total = sum(len(part.segment.facts.ids) for part in self.parts)
        dead = sum(len(part.dead) for part in self.parts)
        return len(self.parts) > MANY_SEGMENTS or (total > 500 and dead > DEAD_SHARE * total)


class IndexFolder:
    """The folder of one library's index."""

    def __init__(self, folder: Path, library: str) -> None:
        self.folder = folder
        self.library = library

    def stamp(self) -> Stamp:
        """Return what was committed last; raise IndexLost when there is nothing to trust."""
        try:
            values = json.loads((self.folder / STAMP).read_text("utf-8"))
            stamp = Stamp(**{**values, "segments": tuple(values["segments"])})
            fitting = isinstance(stamp.build, str) and isinstance(stamp.generation, int)
            names = [*stamp.segments, *stamp.files]
        except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
            raise IndexLost("no stamp") from error
        if not (fitting and isinstance(stamp.files, dict) and all(isinstance(name, str) for name in names)):
            raise IndexLost("not a stamp of ours")
        fresh = (SCHEMA_VERSION, ANALYZER_VERSION, WHOOSH_VERSION, self.library)
        if (stamp.schema, stamp.analyzer, stamp.whoosh, stamp.library) != fresh:
            raise IndexLost("written by another version or for another library")
        if not stamp.build.isalnum():
            raise IndexLost("not a folder of ours")
        return stamp

    def changed(self) -> tuple[int, int]:
        """Return what differs between one stamp and the next, cheaply; (0, 0) without a stamp."""
        try:
            found = (self.folder / STAMP).stat()
        except OSError:
            return (0, 0)
        return (found.st_mtime_ns, found.st_ino)

    def open(self, before: Generation | None = None) -> Generation:
        """Open the last generation, taking over what `before` has of it; raise IndexLost."""
        for attempt in (1, 2, 3):
            stamp = self.stamp()
            try:
                return self._open(stamp, before)
            except INDEX_ERRORS as error:
                if attempt == 3 or stamp == self.stamp():  # otherwise a writer went on meanwhile
                    raise IndexLost(f"{type(error).__name__}: {error}") from error
        raise IndexLost("changes faster than it can be read")

    def _open(self, stamp: Stamp, before: Generation | None) -> Generation:
        folder = self.folder / stamp.build
        for name, size in stamp.files.items():
            if (folder / name).stat().st_size != size:
                raise ValueError(f"{name} has another size")
        storage = _storage(folder)
        toc = whoosh.index.TOC.read(storage, INDEX_NAME, gen=stamp.generation, schema=note_schema())
        known = {part.name: part.segment for part in before.parts} if before else {}
        parts = []
        for segment in toc.segments:
            name = segment.segment_id()
            if name not in stamp.segments:
                raise ValueError(f"{name} is not in the stamp")
            opened = known.get(name)
            if opened is None:
                facts = Facts.read(folder / f"{name}.{SUFFIX}")
                if len(facts.ids) != segment.doc_count_all():
                    raise ValueError(f"{name} has another number of documents")
                streams = Streams.open(folder / f"{name}.{STREAM_SUFFIX}", facts.stream_ends)
                opened = DiskSegment(storage, segment, facts, streams)
            parts.append(Part(name, opened, frozenset(segment.deleted_docs())))
        return Generation(stamp, parts)

    def create(self) -> "IndexWriter":
        """Begin a new build, beside the present one until it is committed."""
        build = uuid.uuid4().hex
        folder = self.folder / build
        folder.mkdir(parents=True)
        whoosh.index.FileIndex.create(_storage(folder), note_schema(), INDEX_NAME)
        return IndexWriter(self, build, ())

    def append(self, generation: Generation) -> "IndexWriter":
        """Begin a commit on top of `generation`; raise IndexLost when it is not the last one."""
        writer = IndexWriter(self, generation.stamp.build, generation.parts)
        if writer.generation != generation.stamp.generation + 1:
            writer.cancel()
            raise IndexLost("another process went on writing")
        return writer

    def write_stamp(self, stamp: Stamp) -> None:
        """Make `stamp` the one that counts, and remove builds that no stamp names."""
        values = {name: getattr(stamp, name) for name in Stamp.__slots__}
        beside = self.folder / f"{STAMP}.new"
        with beside.open("w", encoding="utf-8") as file:
            json.dump(values, file)
            file.flush()
            os.fsync(file.fileno())
        if (self.folder / STAMP).is_dir():
            self.forget()
        beside.replace(self.folder / STAMP)
        self.sweep(stamp.build)

    def sweep(self, keep: str) -> None:
        """Remove other builds; what a reader holds open stays until the next time on some systems."""
        for entry in self.folder.iterdir():
            if entry.is_dir() and entry.name != keep and len(entry.name) == 32:
                shutil.rmtree(entry, ignore_errors=True)

    def forget(self) -> None:
        """Make the index count as lost."""
        stamp = self.folder / STAMP
        try:
            stamp.unlink(missing_ok=True)
        except OSError:
            shutil.rmtree(stamp, ignore_errors=True)  # no file; or none that may be removed: a search goes on


class IndexWriter:
    """One commit: notes go in, older versions of them go out."""

    def __init__(self, home: IndexFolder, build: str, parts: Sequence[Part]) -> None:
        self._home = home
        self._build = build
        self._folder = home.folder / build
        self._parts = parts
        index = whoosh.index.FileIndex(_storage(self._folder), note_schema(), INDEX_NAME)
        try:
            self._writer = open_writer(index)
        except whoosh.index.LockError as error:
            raise IndexBusy("another process writes this index") from error
        self.generation: int = self._writer.generation
        self._facts = Facts()
        self._streams = StreamWriter(self._folder / f"{self._name()}.{STREAM_SUFFIX}")
        self._absorbed: set[str] = set()

    def absorb(self, coming: int) -> list[int]:
        """Choose small segments to give up into this commit; return the living notes to add again.

        `coming` is the number of notes that this commit adds anyway. Sizes grow geometrically, so a note is
        written again only a few times on its way into a large segment.
        """
        if len(self._parts) < FEW_SEGMENTS:
            return []
        notes: list[int] = []
        for part in sorted(self._parts, key=lambda part: len(part.segment.facts.ids)):
            size = len(part.segment.facts.ids)
            if size > max(SMALL_SEGMENT, 2 * (coming + len(notes))):
                break
            self._absorbed.add(part.name)
            notes += [n for number, n in enumerate(part.segment.facts.ids) if number not in part.dead]
        return notes

    def remove(self, note_ids: Iterable[int]) -> None:
        """Take notes out of the segments written before."""
        base = 0
        wanted = list(note_ids)
        for part in self._parts:
            for note_id in wanted:
                number = part.segment.number_of(note_id)
                if number is not None:
                    self._writer.delete_document(base + number)
            base += len(part.segment.facts.ids)

    def add(self, note: AnalysedNote) -> None:
        """Put a note in."""
        self._writer.pool.add(self._writer.docnum, note.terms)
        self._writer.add_document()  # its terms are in the pool already
        self._facts.add(note.id, note.version, note.updated, note.day, note.title_length, note.body_length)
        self._streams.add(note.names, note.body)

    def commit(self) -> Stamp:
        """Make it the last generation, on the disk, and return its stamp."""
        name = self._name()
        added = len(self._facts.ids) > 0
        if added:
            self._streams.close()
            self._facts.stream_ends = self._streams.ends
            counts = self._writer.pool.counts
            self._facts.lexicons = {field: Lexicon.of(counts(field), self._streams.codes) for field in LEXICON_FIELDS}
            self._facts.write(self._folder / f"{name}.{SUFFIX}")
        keep = [part.name for part in self._parts if part.name not in self._absorbed]
        self._writer.commit(mergetype=lambda _writer, segments: [s for s in segments if s.segment_id() in keep])
        names = tuple([*keep, name] if added else keep)
        stamp = Stamp(self._build, self.generation, names, self._files(names), self._home.library)
        self._home.write_stamp(stamp)
        return stamp

    def cancel(self) -> None:
        """Give up; the last generation stays what it was."""
        self._streams.discard()
        try:
            self._writer.cancel()
        except whoosh.writing.IndexingError:
            pass  # it failed in its commit, and has closed itself
        if not self._parts:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _name(self) -> str:
        return str(self._writer.newsegment.segment_id())

    def _files(self, names: Sequence[str]) -> dict[str, int]:
        toc = f"_{INDEX_NAME}_{self.generation}.toc"
        starts = tuple(f"{name}." for name in names)
        return {
            entry.name: entry.stat().st_size
            for entry in self._folder.iterdir()
            if entry.name == toc or entry.name.startswith(starts)
        }


def _storage(folder: Path) -> MappedStorage:
    return MappedStorage(str(folder))


__all__ = ["Generation", "IndexBusy", "IndexFolder", "IndexLost", "IndexWriter", "Part", "Stamp"]
