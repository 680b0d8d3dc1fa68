"""The index folder: which generation of the index is to be trusted, opening it, and writing the next one.

    <folder>/stamp.json      what was committed last, by which versions of what, for which library
    <folder>/lock            held by the process that writes
    <folder>/<build>/        a Whoosh index and the facts file of each segment

The stamp is written after the commit, when every file it names is on the disk. Whoosh unpickles what it opens, so
nothing is opened that the stamp does not describe: other versions, another library, a missing file, a file of another
size, something that is no plain file all mean the same, *there is no index*, and the indexer begins a new build.
The stamp also holds a digest of every file: the indexer compares them all when it starts (1 ms a megabyte), a reader
only that of the table of contents.

Whatever the stamp does not name is junk of a commit that was cut short. Nothing is removed before the next stamp
stands, so the last generation outlives a kill or a full disk at any moment; then the junk is swept away.

A generation (see there) holds segments that never change, and for each the documents that are dead. Opening the next
one keeps the segments that both have, with all they remember.
"""

import json
import os
import stat
from array import array
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from desktop.core.search.analyzer import ANALYZER_VERSION
from desktop.core.search.facts import LEXICON_FIELDS, SUFFIX, Facts, Lexicon
from desktop.core.search.files import WritingStorage, digest_of, entries_of, read_plain, remove, sync_file, sync_folder
from desktop.core.search.generation import (
    FEW_SMALL,
    GROWTH,
    MANY_SMALL,
    TINY_SEGMENT,
    Generation,
    Mark,
    Part,
    Stamp,
    living_share,
    load_of,
    small_of,
)
from desktop.core.search.notes import AnalysedNote
from desktop.core.search.schema import (
    INDEX_NAME,
    SCHEMA_VERSION,
    WHOOSH_VERSION,
    MappedStorage,
    note_schema,
    whoosh,
)
from desktop.core.search.segments import INDEX_ERRORS, DiskSegment, IndexLost
from desktop.core.search.streams import SUFFIX as STREAM_SUFFIX, Streams, StreamWriter
from desktop.core.store.file_lock import FileLock, Held

STAMP = "stamp.json"
LOCK = "lock"
MAX_STAMP = 4_000_000  # bytes
BUILD_NAME = 32  # letters
_WHOOSH_LOCK = "_WRITELOCK"

class IndexBusy(Exception):
    """Another process writes this index."""


class IndexFolder:
    """The folder of one library's index."""

    def __init__(self, folder: Path, library: str) -> None:
        self.folder = folder
        self.library = library

    def stamp(self) -> Stamp:
        """Return what was committed last; raise IndexLost when there is nothing to trust."""
        try:
            values = json.loads(read_plain(self.folder / STAMP, MAX_STAMP))
            files = {name: (size, digest) for name, (size, digest) in values["files"].items()}
            stamp = Stamp(**{**values, "segments": tuple(values["segments"]), "files": files})
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise IndexLost("no stamp") from error
        if type(stamp.generation) is not int or not all(_is_name(name) for name in (*stamp.segments, *stamp.files)):
            raise IndexLost("not a stamp of ours")
        fresh = (SCHEMA_VERSION, ANALYZER_VERSION, WHOOSH_VERSION, self.library)
        if (stamp.schema, stamp.analyzer, stamp.whoosh, stamp.library) != fresh:
            raise IndexLost("written by another version or for another library")
        if not _is_build(stamp.build):
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
        folder = self._plain_build(stamp)
        toc_name = _toc_name(stamp.generation)
        if digest_of(folder / toc_name) != stamp.files[toc_name][1]:  # it is going to be unpickled
            raise ValueError(f"{toc_name} has another content")
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

    def verify(self, stamp: Stamp) -> None:
        """Compare every file with its digest; raise IndexLost."""
        try:
            folder = self._plain_build(stamp)
            for name, (_size, digest) in stamp.files.items():
                if digest_of(folder / name) != digest:
                    raise ValueError(f"{name} has another content")
        except INDEX_ERRORS as error:
            raise IndexLost(f"{type(error).__name__}: {error}") from error

    def _plain_build(self, stamp: Stamp) -> Path:
        """Return the folder of the stamp's build, all of whose files are there, plain and of their size."""
        folder = self.folder / stamp.build
        if not stat.S_ISDIR(folder.lstat().st_mode):
            raise ValueError(f"{folder.name} is no folder")
        for name, (size, _digest) in stamp.files.items():
            found = (folder / name).lstat()
            if not stat.S_ISREG(found.st_mode) or found.st_size != size:
                raise ValueError(f"{name} is not the file that was written")
        return folder

    def lock(self) -> FileLock:
        """Return a held lock that keeps other processes from writing; raise IndexBusy where one does."""
        self.folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self.folder / LOCK)
        try:
            lock.acquire()
        except Held as error:
            raise IndexBusy("another process writes this index") from error
        return lock

    def create(self) -> "IndexWriter":
        """Begin a new build."""
        build = os.urandom(BUILD_NAME // 2).hex()
        folder = self.folder / build
        folder.mkdir()
        storage, writer = WritingStorage(str(folder)), None
        try:
            whoosh.index.TOC.create(storage, note_schema(), INDEX_NAME)
            writer = IndexWriter(self, build, (), None)
            return writer
        finally:
            storage.close_files()
            if writer is None:
                self.sweep(None)

    def append(self, generation: Generation) -> "IndexWriter":
        """Begin a commit on top of `generation`; raise IndexLost when it is not the last one."""
        writer = IndexWriter(self, generation.stamp.build, generation.parts, generation.stamp)
        if writer.generation != generation.stamp.generation + 1:
            writer.cancel()
            raise IndexLost("another process went on writing")
        return writer

    def write_stamp(self, stamp: Stamp, base: Stamp | None) -> None:
        """Make `stamp` the one that counts in the place of `base`, and sweep; raise IndexLost when that is gone."""
        if base is not None and self.stamp() != base:
            raise IndexLost("a reader found the index damaged")
        values = {name: getattr(stamp, name) for name in Stamp.__slots__}
        beside = self.folder / f"{STAMP}.new"
        remove(beside)
        with beside.open("x", encoding="utf-8") as file:
            json.dump(values, file)
            file.flush()
            os.fsync(file.fileno())
        if (self.folder / STAMP).is_dir():
            self.forget()
        beside.replace(self.folder / STAMP)
        sync_folder(self.folder)
        self.sweep(stamp)

    def sweep(self, keep: Stamp | None) -> None:
        """Remove what `keep` does not name; what a reader holds open stays until the next time on some systems."""
        remove(self.folder / f"{STAMP}.new")
        for entry in entries_of(self.folder):
            if _is_build(entry.name) and (keep is None or entry.name != keep.build):
                remove(entry)
        if keep is not None:
            for entry in entries_of(self.folder / keep.build):
                if entry.name not in keep.files and not entry.name.endswith(_WHOOSH_LOCK):
                    remove(entry)

    def forget(self) -> None:
        """Make the index count as lost."""
        remove(self.folder / STAMP)


class IndexWriter:
    """One commit: notes go in, older versions of them go out."""

    def __init__(self, home: IndexFolder, build: str, parts: Sequence[Part], base: Stamp | None) -> None:
        self._home = home
        self._build = build
        self._folder = home.folder / build
        self._parts = parts
        self._base = base
        from desktop.core.search.writing import open_writer  # a search does without it

        self._storage = WritingStorage(str(self._folder))
        self._writer: Any = None
        try:
            self._writer = open_writer(whoosh.index.FileIndex(self._storage, note_schema(), INDEX_NAME))
        except whoosh.index.LockError as error:
            raise IndexBusy("another process writes this index") from error
        finally:
            if self._writer is None:
                self._storage.close_files()
        self.generation: int = self._writer.generation
        self._facts = Facts()
        self._streams = StreamWriter(self._folder / f"{self._name()}.{STREAM_SUFFIX}")
        self._absorbed: set[str] = set()

    def absorb(self, coming: int, most: int) -> list[int]:
        """Choose small segments to give up into this commit, up to `most` notes; return the living ones to add again.

        `coming` is the number of notes that this commit adds anyway. Sizes grow geometrically, so a note is
        written again only a few times on its way into a large segment.
        """
        small = small_of(self._parts)
        if len(small) < FEW_SMALL:
            return []
        taken, size = 0, coming
        for number, part in enumerate(small, 1):
            own = load_of(part)
            if own <= max(TINY_SEGMENT, GROWTH * size) and (size + own <= most or own <= TINY_SEGMENT):
                taken = number
            size += own
        return [note_id for part in small[:taken] for note_id in self._give_up(part)]

    def renew(self, most: int) -> list[int]:
        """Choose worn segments to give up into this commit, up to `most` living notes; return those to add again."""
        small = small_of(self._parts)
        if len(small) > MANY_SMALL:
            least = 2  # of one alone nothing would be gained
            parts = small
        else:
            least = 1
            parts = sorted((part for part in self._parts if part.dead), key=living_share)
        notes: list[int] = []
        load = 0.0
        for number, part in enumerate(parts):
            load += load_of(part) * living_share(part)
            if number >= least and load > most:
                break
            notes += self._give_up(part)
        return notes

    def _give_up(self, part: Part) -> list[int]:
        self._absorbed.add(part.name)
        return [n for number, n in enumerate(part.segment.facts.ids) if number not in part.dead]

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
            self._streams.codes.clear()
        keep = [part.name for part in self._parts if part.name not in self._absorbed]
        self._writer.commit(mergetype=lambda _writer, segments: [s for s in segments if s.segment_id() in keep])
        if added:
            for field, lexicon in self._facts.lexicons.items():
                lexicon.offsets, lexicon.lengths = self._writer.fieldwriter.extents.get(field, (array("Q"), array("I")))
            self._facts.write(self._folder / f"{name}.{SUFFIX}")
        names = tuple([*keep, name] if added else keep)
        stamp = Stamp(self._build, self.generation, names, self._files(names), self._home.library)
        self._home.write_stamp(stamp, self._base)
        return stamp

    def cancel(self) -> None:
        """Give up; the last generation stays what it was."""
        # Not through Whoosh's own cancel: on a full disk it fails half way, and keeps its files and its lock.
        self._storage.close_files()
        try:
            self._streams.discard()
        except OSError:
            pass  # likewise
        lock = self._writer.writelock
        if lock.fd is not None:
            lock.release()
        self._home.sweep(self._base)

    def _name(self) -> str:
        return str(self._writer.newsegment.segment_id())

    def _files(self, names: Sequence[str]) -> dict[str, Mark]:
        """Return the marks of this generation's files, all of them on the disk."""
        known = self._base.files if self._base else {}
        starts = tuple(f"{name}." for name in names)
        marks: dict[str, Mark] = {}
        for entry in self._folder.iterdir():
            if entry.name.startswith(starts) and entry.name in known:
                marks[entry.name] = known[entry.name]
            elif entry.name == _toc_name(self.generation) or entry.name.startswith(starts):
                sync_file(entry)
                marks[entry.name] = (entry.stat().st_size, digest_of(entry))
        sync_folder(self._folder)
        return marks


def _storage(folder: Path) -> MappedStorage:
    return MappedStorage(str(folder))


def _toc_name(generation: int) -> str:
    return f"_{INDEX_NAME}_{generation}.toc"


def _is_name(value: object) -> bool:
    """Tell whether a name of the stamp leads nowhere but into its build."""
    return isinstance(value, str) and value.replace(".", "").replace("_", "").isalnum() and ".." not in value


def _is_build(value: object) -> bool:
    return isinstance(value, str) and len(value) == BUILD_NAME and value.isascii() and value.isalnum()


__all__ = ["Generation", "IndexBusy", "IndexFolder", "IndexLost", "IndexWriter", "Part", "Stamp"]
