"""Notes as Markdown files: planned whole, looked at by the user, then written.

- A note goes out byte for byte, except for the links that would lead nowhere outside the library: those to exported
  notes become relative links, those to anything else become plain text. Addresses, anchors within a whole note and
  the collection line of a lecture stay as they are, so importing the file again gives the same note.
- A section goes out as its heading with all below it, and with the footnotes and link definitions it uses.
- In a single file of several pieces the first note keeps its front matter at the top; of the others it becomes a code
  block, since a line of dashes in the middle of a text means something else.
- Stored images and documents go into the folder `attachments/`.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from desktop.core.errors import Cancelled, ExportRefused, NoteNotFound
from desktop.core.exchange.export_layout import (
    ATTACHMENT_FOLDER,
    BETWEEN,
    Layout,
    OutFile,
    Piece,
    Source,
    heading_for,
    many_files,
    one_file,
    piece_of,
)
from desktop.core.exchange.export_writing import exists
from desktop.core.exchange.file_names import name_key, safe_name, unique_name
from desktop.core.exchange.link_rewriting import (
    Edit,
    apply_edits,
    destination,
    encode_path,
    image_edits,
    link_edits,
    plain_edits,
    relative_path,
)
from desktop.core.records import (
    Attachment,
    ExportPlan,
    ExportTarget,
    Link,
    LinkKind,
    NoteHead,
    NoteId,
    PlannedFile,
    ReportLine,
)
from desktop.core.store.attachments import Attachments
from desktop.core.store.database import Database
from desktop.core.store.links.resolver import Resolver
from desktop.core.store.notes import Notes
from desktop.core.store.rows import read_heads, subtree
from desktop.core.text.anchors import section_named
from desktop.core.text.document import read_document

ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
REFERENCE = re.compile(r"\[([^\[\]\n]{1,200})\]")
DEFINITION = re.compile(r" {0,3}\[([^\[\]\n]{1,200})\]:")
PRELOAD_FROM = 50  # notes; below that, single look-ups are cheaper than reading every name


def plan_export(
    database: Database,
    targets: Sequence[ExportTarget],
    folder: Path,
    *,
    single_file: str | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> ExportPlan:
    """Return everything that an export would write; writes nothing. Raises NoteNotFound, ExportRefused."""
    wanted, sources, children = chosen(database, targets, cancelled)
    if single_file is None:
        files = many_files(wanted, sources, children)
    else:
        files = one_file(single_file, pieces_of(wanted, sources, children))
    if not files:
        raise ExportRefused("There is nothing to export: the folder holds no text.")
    writer = _Writer(database, Layout(files), len(sources))
    written = []
    for file in files:
        if cancelled():
            raise Cancelled("The export was stopped; nothing was written.")
        written.append((file, writer.write(file)))
    absolute = folder.absolute()
    planned = [
        PlannedFile(file.path, text.encode("utf-8"), exists(absolute, file.path), file.pieces[0].source.head.id)
        for file, text in written
    ]
    planned += [
        PlannedFile(path, attachment.data, exists(absolute, path)) for path, attachment in writer.attachments()
    ]
    return ExportPlan(str(absolute), tuple(planned), tuple(writer.report))


def chosen(
    database: Database, targets: Sequence[ExportTarget], cancelled: Callable[[], bool]
) -> tuple[list[ExportTarget], dict[NoteId, Source], dict[NoteId, list[NoteId]]]:
    """Return each target once, with the notes that take part and the children of each. Raises NoteNotFound."""
    wanted = list(dict.fromkeys(targets))
    if not wanted:
        raise ExportRefused("Nothing was chosen to export.")
    sources, children = _read_sources(database, wanted, cancelled)
    below = {child for target in wanted if target.subtree for child in _below(target.note_id, children)}
    wanted = [target for target in wanted if target.section is not None or target.note_id not in below]
    return wanted, sources, children


def _read_sources(
    database: Database, targets: Sequence[ExportTarget], cancelled: Callable[[], bool]
) -> tuple[dict[NoteId, Source], dict[NoteId, list[NoteId]]]:
    """Return the notes that take part, and the children of each in the order of the tree."""
    sql = database.read()
    ids = dict.fromkeys(target.note_id for target in targets)
    ids.update(dict.fromkeys(subtree(sql, [target.note_id for target in targets if target.subtree])))
    heads = read_heads(sql, ids)
    for target in targets:
        if target.note_id not in heads:
            raise NoteNotFound("A note that was to be exported is not in the library any more.")
    sources: dict[NoteId, Source] = {}
    for row in Notes(database).texts(ids):
        if cancelled():
            raise Cancelled("The export was stopped; nothing was written.")
        sources[row.id] = Source(heads[row.id], row.text, read_document(row.text))
    children: dict[NoteId, list[NoteId]] = {}
    for head in sorted(heads.values(), key=_tree_order):
        if head.parent_id is not None:
            children.setdefault(head.parent_id, []).append(head.id)
    return sources, children


def _tree_order(head: NoteHead) -> tuple[int, int]:
    return head.position, head.id


def _below(note_id: NoteId, children: dict[NoteId, list[NoteId]]) -> list[NoteId]:
    """Return the notes below one, each before its own children, in the order of the tree."""
    found: list[NoteId] = []
    waiting = list(reversed(children.get(note_id, ())))
    while waiting:
        found.append(waiting.pop())
        waiting += reversed(children.get(found[-1], ()))
    return found


def pieces_of(
    targets: Sequence[ExportTarget], sources: dict[NoteId, Source], children: dict[NoteId, list[NoteId]]
) -> list[Piece]:
    """Return what goes into one file, in the order of the targets and of the tree below each."""
    pieces: list[Piece] = []
    for target in targets:
        pieces.append(piece_of(sources[target.note_id], target))
        if target.subtree and target.section is None:
            pieces += [Piece(sources[note_id]) for note_id in _below(target.note_id, children)]
    return pieces


@dataclass(slots=True)
class _Counts:
    """What one file's links became."""

    plain: int = 0
    missing: list[str] = field(default_factory=list)


class _Writer:
    """Makes the texts of an export and gathers the attachments that they show."""

    def __init__(self, database: Database, layout: Layout, sources: int) -> None:
        self.report: list[ReportLine] = []
        self._layout = layout
        self._resolver = Resolver(database.read(), preload=sources >= PRELOAD_FROM)
        self._stored = Attachments(database)
        self._paths: dict[str, tuple[str, Attachment]] = {}  # sha256 -> path, attachment
        self._found: dict[tuple[str, NoteId | None], Attachment | None] = {}
        self._taken: set[str] = set()

    def attachments(self) -> list[tuple[str, Attachment]]:
        """Return what the texts written so far need, with its path."""
        return list(self._paths.values())

    def write(self, file: OutFile) -> str:
        """Return the text of one file."""
        counts = _Counts()
        alone = len(file.pieces) == 1
        texts = [self._piece(file, piece, alone, index == 0, counts) for index, piece in enumerate(file.pieces)]
        if counts.plain:
            message = f"Links that became plain text, because what they lead to is not exported: {counts.plain}."
            self.report.append(ReportLine(file.path, "info", message))
        for name in dict.fromkeys(counts.missing):
            self.report.append(ReportLine(file.path, "warning", f"The image “{name}” is not in the library."))
        return BETWEEN.join(text if alone else text.rstrip("\n") for text in texts) + ("" if alone else "\n")

    def _piece(self, file: OutFile, piece: Piece, alone: bool, first: bool, counts: _Counts) -> str:
        source = piece.source
        edits: list[Edit] = []
        for link in source.document.links:
            if piece.start <= link.start and link.end <= piece.end:
                edits += self._edits(file, piece, link, counts)
        body = 0 if piece.section else source.document.front_matter.end
        text = apply_edits(source.text, max(piece.start, body), piece.end, edits)
        if piece.section is not None:
            return text + definitions_of(source.text, piece, text)
        front = source.text[:body]
        if not front or alone or first:
            return front + heading_for(piece, alone) + text
        fenced = front.strip("\ufeff\r\n").strip("-.").strip("\r\n")
        return f"{heading_for(piece, alone)}```yaml\n{fenced}\n```{BETWEEN}{text.lstrip(chr(10))}"

    def _edits(self, file: OutFile, piece: Piece, link: Link, counts: _Counts) -> list[Edit]:
        text = piece.source.text
        if link.kind in (LinkKind.URL, LinkKind.COLLECTION) or ADDRESS.match(link.target):
            return []
        if link.kind is LinkKind.IMAGE:
            return self._image(file, piece, link, counts)
        note_id: NoteId | None = piece.source.head.id
        target: Source | None = piece.source
        if link.target:
            note_id = self._resolver.resolve(link.target, piece.source.head.id, link.kind)
            target = self._exported(note_id)
            if note_id is None and (stored := self._find(link, piece)) is not None:
                path = encode_path(relative_path(self._attachment_path(stored), file.path))
                return (image_edits if link.kind is LinkKind.EMBED else link_edits)(text, link, path)
        elif link.kind is LinkKind.ANCHOR and file.is_exact():
            return []
        section = None
        if target is not None and link.anchor:
            section = section_named(target.text, target.document.sections, link.anchor, link.label)
        if not link.target and section is None:
            return [] if link.kind is LinkKind.ANCHOR else plain_edits(text, link)
        spot = self._layout.spot(note_id, section) if note_id is not None else None
        if spot is None or (spot.file is file and not spot.slug and not file.is_exact()):
            counts.plain += 1
            return plain_edits(text, link)
        path = "" if spot.file is file and spot.slug else relative_path(spot.file.path, file.path)
        return link_edits(text, link, destination(path, spot.slug))

    def _exported(self, note_id: NoteId | None) -> Source | None:
        return None if note_id is None else self._layout.source(note_id)

    def _image(self, file: OutFile, piece: Piece, link: Link, counts: _Counts) -> list[Edit]:
        stored = self._find(link, piece)
        if stored is None:
            counts.missing.append(link.target)
            return []
        path = encode_path(relative_path(self._attachment_path(stored), file.path))
        return image_edits(piece.source.text, link, path)

    def _find(self, link: Link, piece: Piece) -> Attachment | None:
        place = (link.target, piece.source.head.parent_id)
        if place not in self._found:
            self._found[place] = self._stored.find(link.target, piece.source.head.id) if link.target else None
        return self._found[place]

    def _attachment_path(self, stored: Attachment) -> str:
        if stored.sha256 not in self._paths:
            stem, dot, suffix = stored.name.rpartition(".")
            suffix = safe_name(suffix) if dot else ""
            name = unique_name(stem or suffix, self._taken, f".{suffix}" if dot and stem else "")
            self._taken.add(name_key(name))
            self._paths[stored.sha256] = (f"{ATTACHMENT_FOLDER}/{name}", stored)
        return self._paths[stored.sha256][0]


def definitions_of(text: str, piece: Piece, written: str) -> str:
    """Return the footnotes and link definitions that a section uses and that stand elsewhere in its note."""
    names = set(REFERENCE.findall(written))
    used: list[str] = []
    inside = False
    offset = 0
    for line in text.splitlines(keepends=True):
        outside = not piece.start <= offset < piece.end
        offset += len(line)
        found = DEFINITION.match(line)
        inside = outside and (found[1] in names if found else inside and line.startswith(("    ", "\t")))
        if inside:
            used.append(line if line.endswith("\n") else line + "\n")
    if not used:
        return ""
    return ("\n" if written.endswith("\n") else "\n\n") + "".join(used)
