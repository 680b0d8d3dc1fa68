"""Files and folders of Markdown becoming notes.

Three steps: *scan* what lies at the chosen paths, *read* every page without touching the library, *store* all of it in
one transaction. A stop or a failure before the last one leaves the library as it was.

- A page that was imported before is skipped while its file is the same. A newer file updates its note, unless the
  user edited that note since: then the file's version is placed beside it under a new name.
- A lecture that names its collection stands under the note of that name, which is made when it is missing. Inside
  an imported folder the lecture keeps its place in the tree, since the folders are the user's own order, and the
  collection is only made sure to exist.
"""

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from desktop.core.errors import Cancelled, ImportRefused, NoteNotFound
from desktop.core.exchange.arrivals import Arrival, Shelf
from desktop.core.exchange.decoding import decode
from desktop.core.exchange.folder_scan import Found, FoundNote, is_attachment, note_file_name, scan_paths
from desktop.core.records import Changes, ImportResult, LinkKind, NoteId, Progress, ReportLine, TreeStep
from desktop.core.store.attachments import insert_attachment
from desktop.core.store.database import Database, Transaction
from desktop.core.store.drafts import Drafts, ImportedNote
from desktop.core.store.names import name_for
from desktop.core.store.notes import Notes
from desktop.core.store.rows import read_heads
from desktop.core.text.document import guess_kind, read_document

MAX_PAGE_BYTES = 20 << 20
MAX_ATTACHMENT_BYTES = 50 << 20
REPORT_EVERY = 50  # files between two notices of progress
MOST_SKIPPED_LINES = 100
FILE_LINKS = frozenset({LinkKind.IMAGE, LinkKind.EMBED, LinkKind.MARKDOWN})


@dataclass(slots=True)
class _Watch:
    """The caller's ear: told how far the import is, asked whether to go on."""

    progress: Callable[[Progress], None] | None
    cancelled: Callable[[], bool] | None

    def check(self) -> None:
        if self.cancelled is not None and self.cancelled():
            raise Cancelled("The import was stopped; nothing was imported.")

    def tell(self, done: int, total: int, label: str) -> None:
        self.check()
        if self.progress is not None:
            self.progress(Progress(done, total, label))


@dataclass(frozen=True, slots=True)
class _File:
    """An attachment, with the folders it lies in below its owner: a page's folder, or a chosen folder (`root`)."""

    file: Path
    folder: tuple[str, ...] = ()
    owner: Arrival | None = None
    root: str = ""


@dataclass(slots=True)
class _Reading:
    """What the pages gave before anything is stored."""

    arrivals: list[Arrival] = field(default_factory=list)
    attachments: list[_File] = field(default_factory=list)
    report: list[ReportLine] = field(default_factory=list)


def import_paths(
    database: Database,
    paths: Sequence[Path],
    into: str = "",
    *,
    progress: Callable[[Progress], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    origin: str = "",
    before_storing: Callable[[], object] | None = None,
) -> ImportResult:
    """Store what lies at `paths` under the note `into` (a title makes a new one); all of it or nothing.

    `before_storing` is called once it is known that the library will change, unless there is nothing in it yet.
    Raises ImportRefused for a path that is not there, AmbiguousNote for `into`, Cancelled.
    """
    watch = _Watch(progress, cancelled)
    watch.tell(0, 0, "Looking for files")
    found = scan_paths(paths, watch.check)
    notes = Notes(database)
    parent_id = _find_parent(notes, into)
    drafts = Drafts(database)
    reading = _read(found, drafts.imported_from(_sources(found.notes)), watch)
    reading.report[:0] = found.report
    if not reading.arrivals and not reading.attachments:
        return ImportResult(0, 0, 0, (), tuple(reading.report), Changes(origin=origin))
    watch.tell(len(reading.arrivals), len(reading.arrivals), "Storing the notes")
    has_news = any(arrival.document is not None for arrival in reading.arrivals)
    if before_storing is not None and has_news and drafts.children_by_name():
        before_storing()
    with database.write() as transaction:
        shelf = Shelf(drafts, lambda note_id: notes.read(note_id).text, parent_id, "" if parent_id else into)
        shelf.place(reading.arrivals)
        ids = drafts.insert_many(transaction, shelf.drafts) if shelf.drafts else []
        for update in (*shelf.updates, *shelf.confirmed):
            version = drafts.replace_text(transaction, update.note_id, update.arrival.text)
            source = (update.note_id, update.arrival.source, update.arrival.checksum, version)
            drafts.remember_sources(transaction, [source])
        refused = _store_attachments(transaction, shelf, reading, watch)
        if ids or shelf.updates:
            drafts.resolve_all(transaction)
        watch.check()
        heads = read_heads(transaction.sql, [*ids, *(update.note_id for update in shelf.updates)])
    pages = [*shelf.pages(ids), *(update.note_id for update in shelf.updates)]
    skipped = _shortened([line for line in shelf.report if line.level == "info"])
    report = [*reading.report, *refused, *(line for line in shelf.report if line.level != "info"), *skipped]
    return ImportResult(
        imported=len(pages) - len(shelf.updates),
        updated=len(shelf.updates),
        skipped=shelf.skipped,
        notes=tuple(heads[note_id] for note_id in pages),
        report=tuple(report),
        changes=_changes(shelf, ids, origin),
    )


def _find_parent(notes: Notes, into: str) -> NoteId | None:
    if not into.strip():
        return None
    try:
        return notes.find(into)
    except NoteNotFound:
        return None  # made by the import


def _sources(notes: Sequence[FoundNote]) -> list[str]:
    """Return the files of all pages."""
    found: list[str] = []
    waiting = list(notes)
    while waiting:
        note = waiting.pop()
        waiting += note.children
        if note.page is not None:
            found.append(str(note.page))
    return found


def _read(found: Found, known: Mapping[str, ImportedNote], watch: _Watch) -> _Reading:
    """Read every page that is not `known` as it is; what cannot be read is reported and left out."""
    reading = _Reading()
    total = sum(_count(note) for note in found.notes)
    seen: set[Path] = set()
    roots: dict[str, Arrival] = {}
    for done, (note, parent, path) in enumerate(_walk(found.notes, reading)):
        if done % REPORT_EVERY == 0:
            watch.tell(done, total, "Reading")
        arrival = _arrival(note, parent, path, known, reading.report)
        reading.arrivals.append(arrival)
        if arrival.folder and not path:
            roots[arrival.folder] = arrival
        if note.page is not None and arrival.document is not None and not path:
            for file in _referenced(note.page, arrival):
                if file not in seen:
                    seen.add(file)
                    folder = file.relative_to(note.page.parent).parent.parts
                    reading.attachments.append(_File(file, folder, arrival))
    for root, file in found.attachments:
        if file in seen:
            continue
        if root is None:
            reading.attachments.append(_File(file))
        else:
            folder = file.relative_to(root).parent.parts
            reading.attachments.append(_File(file, folder, roots.get(str(root)), root.name))
    return reading


def _walk(
    notes: Sequence[FoundNote], reading: _Reading
) -> Iterator[tuple[FoundNote, Arrival | None, tuple[str, ...]]]:
    """Yield each note with its parent's arrival and the names above it, parents first.

    The parent's arrival is the one that the caller has put into `reading` meanwhile.
    """
    waiting: list[tuple[FoundNote, int, tuple[str, ...]]] = [(note, -1, ()) for note in reversed(notes)]
    while waiting:
        note, parent, path = waiting.pop()
        yield note, reading.arrivals[parent] if parent >= 0 else None, path
        own = len(reading.arrivals) - 1
        waiting += [(child, own, (*path, note.name)) for child in reversed(note.children)]


def _arrival(
    note: FoundNote,
    parent: Arrival | None,
    path: tuple[str, ...],
    known: Mapping[str, ImportedNote],
    report: list[ReportLine],
) -> Arrival:
    """Return a note on its way in; one whose page is refused stays as the folder that it also is, or as nothing."""
    folder = str(note.folder) if note.folder is not None else ""
    arrival = Arrival(note.name, parent, str(note.page or folder), folder, depth=len(path))
    if note.page is None:
        return arrival
    try:
        data = _bytes_of(note.page, MAX_PAGE_BYTES)
        arrival.checksum = hashlib.blake2b(data, digest_size=16).digest()
        before = known.get(arrival.source)
        if before is not None and before.source_checksum == arrival.checksum:
            arrival.unchanged = True  # reading it again would be most of the work
            return arrival
        decoded = decode(data)
    except ImportRefused as refusal:
        report.append(ReportLine(str(note.page), "error", str(refusal)))
        arrival.source = folder
        return arrival
    if decoded.message:
        report.append(ReportLine(str(note.page), "warning", decoded.message))
    arrival.text = decoded.text
    arrival.document = read_document(decoded.text)
    arrival.kind = guess_kind(arrival.document, (*path, note.name))
    arrival.created = _last_change_ms(note.page)
    return arrival


def _last_change_ms(file: Path) -> int:
    try:
        return max(0, file.stat().st_mtime_ns // 1_000_000)
    except OSError:
        return 0  # gone since it was read: its text is here


def _bytes_of(file: Path, limit: int) -> bytes:
    try:
        if file.stat().st_size > limit:
            raise ImportRefused(f"The file is larger than {limit >> 20} MB.")
        with file.open("rb") as stream:
            data = stream.read(limit + 1)
    except OSError as error:
        raise ImportRefused(f"The file cannot be read: {error.strerror}.") from error
    if len(data) > limit:
        raise ImportRefused(f"The file is larger than {limit >> 20} MB.")
    return data


def _referenced(page: Path, arrival: Arrival) -> Iterator[Path]:
    """Yield the files that a page shows or links to and that lie in its folder or below."""
    assert arrival.document is not None
    root = os.path.realpath(page.parent)
    for link in arrival.document.links:
        if link.kind not in FILE_LINKS or not is_attachment(Path(link.target)) or "\0" in link.target:
            continue
        file = Path(os.path.normpath(page.parent / link.target))
        real = Path(os.path.realpath(file))
        if real.is_relative_to(root) and file.is_relative_to(page.parent) and is_attachment(real):
            try:
                if real.is_file():
                    yield file
            except OSError:
                continue  # a target longer than any file name


def _store_attachments(
    transaction: Transaction, shelf: Shelf, reading: _Reading, watch: _Watch
) -> list[ReportLine]:
    """Store the files that go along, each under the path that it has beside its notes."""
    refused = []
    for attachment in reading.attachments:
        watch.check()
        try:
            data = _bytes_of(attachment.file, MAX_ATTACHMENT_BYTES)
        except ImportRefused as refusal:
            refused.append(ReportLine(str(attachment.file), "error", str(refusal)))
            continue
        names = [*shelf.names_above(attachment.owner, attachment.root), *map(name_for, attachment.folder)]
        insert_attachment(transaction.sql, note_file_name(attachment.file.name), data, "/".join(names))
    return refused


def _shortened(lines: list[ReportLine]) -> list[ReportLine]:
    if len(lines) <= MOST_SKIPPED_LINES:
        return lines
    more = len(lines) - MOST_SKIPPED_LINES
    return [*lines[:MOST_SKIPPED_LINES], ReportLine("", "info", f"{more} more files are unchanged.")]


def _count(note: FoundNote) -> int:
    return 1 + sum(_count(child) for child in note.children)


def _changes(shelf: Shelf, ids: Sequence[NoteId], origin: str) -> Changes:
    if not ids and not shelf.updates:
        return Changes(origin=origin)
    tops = tuple(
        note_id for note_id, draft in zip(ids, shelf.drafts, strict=True) if draft.parent_draft is None
    )
    return Changes(
        origin=origin,
        created=tuple(ids),
        edited=frozenset(update.note_id for update in shelf.updates),
        everything=True,
        undo=TreeStep("trash", tops) if tops and not shelf.updates else None,
    )
