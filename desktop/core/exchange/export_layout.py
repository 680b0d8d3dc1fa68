"""Which text goes into which file of an export, and where a link to it leads.

A *piece* is a whole note or one of its sections. A *file* holds one piece, or several of them when one single file is
asked for. Notes keep their tree: what lies below `Page.md` goes into the folder `Page/`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from desktop.core.errors import ExportRefused
from desktop.core.exchange.file_names import name_key, safe_name
from desktop.core.records import Document, ExportTarget, NoteHead, NoteId, NoteKind, Section
from desktop.core.text.folding import fold_name
from desktop.core.text.outline import scan_sections

SUFFIX = ".md"
ATTACHMENT_FOLDER = "attachments"
BETWEEN = "\n\n"
LONGEST_FOLDER = 3_000  # characters: no system opens a path of more than 4,096 bytes


@dataclass(frozen=True, slots=True)
class Source:
    """A note whose text takes part in an export."""

    head: NoteHead
    text: str
    document: Document


@dataclass(frozen=True, slots=True)
class Piece:
    """A whole note, or one section of it."""

    source: Source
    section: Section | None = None

    @property
    def start(self) -> int:
        return self.section.start if self.section else 0

    @property
    def end(self) -> int:
        return self.section.end if self.section else len(self.source.text)

    def holds(self, section: Section) -> bool:
        """Say whether a section of the same note lies within this piece."""
        return self.start <= section.start and section.end <= self.end


@dataclass(slots=True)
class OutFile:
    """A file to write: its path from the chosen folder, its pieces, and the anchors that its headings will have."""

    path: str
    pieces: list[Piece]
    slugs: dict[tuple[NoteId, int], str] = field(default_factory=dict)  # (note, ordinal) -> anchor

    def is_exact(self) -> bool:
        """Say whether the file is one whole note, so that its own anchors stay right as they are."""
        return len(self.pieces) == 1 and self.pieces[0].section is None


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a link leads within an export."""

    file: OutFile
    slug: str  # "" for the file's beginning


class Layout:
    """All files of an export, and the way to every exported note and section."""

    def __init__(self, files: Sequence[OutFile]) -> None:
        self.files = files
        self._places: dict[NoteId, list[tuple[OutFile, Piece]]] = {}
        for file in files:
            file.slugs.update(_slugs(file))
            for piece in file.pieces:
                self._places.setdefault(piece.source.head.id, []).append((file, piece))

    def source(self, note_id: NoteId) -> Source | None:
        """Return a note that is exported whole or in part."""
        places = self._places.get(note_id)
        return places[0][1].source if places else None

    def spot(self, note_id: NoteId, section: Section | None) -> Spot | None:
        """Return where a note, or one of its sections, went; None when it is not exported."""
        places = self._places.get(note_id, ())
        if section is not None:
            for file, piece in sorted(places, key=lambda place: place[1].section is not None):
                if piece.holds(section):
                    return Spot(file, file.slugs.get((note_id, section.ordinal), ""))
            return None
        for file, piece in places:
            if piece.section is None:
                return Spot(file, "" if len(file.pieces) == 1 else _first_slug(file, piece))
        return None


def one_file(name: str, pieces: Sequence[Piece]) -> list[OutFile]:
    """Put all pieces into a single file called `name`."""
    stem = name[: -len(SUFFIX)] if name.lower().endswith(SUFFIX) else name
    written = [piece for piece in pieces if piece.source.text or piece.source.head.kind is not NoteKind.FOLDER]
    return [OutFile(safe_name(stem, SUFFIX), written)] if written else []


def many_files(
    targets: Sequence[ExportTarget], sources: Mapping[NoteId, Source], children: Mapping[NoteId, Sequence[NoteId]]
) -> list[OutFile]:
    """Give every piece a file of its own; notes below a target go into a folder of its name."""
    files: list[OutFile] = []
    taken: dict[str, set[str]] = {"": {name_key(ATTACHMENT_FOLDER)}}
    waiting: list[tuple[str, Piece, bool]] = [
        ("", piece_of(sources[target.note_id], target), target.subtree) for target in reversed(targets)
    ]
    while waiting:
        folder, piece, below = waiting.pop()
        head = piece.source.head
        if len(folder) > LONGEST_FOLDER:
            raise ExportRefused(f"“{head.title[:80]}” lies too deep for a folder on a disk; export it by itself.")
        stem = _free_stem(piece.section.title if piece.section else head.name, taken.setdefault(folder, set()))
        if piece.source.text or head.kind is not NoteKind.FOLDER:
            files.append(OutFile(f"{folder}{stem}{SUFFIX}", [piece]))
        if below and piece.section is None:
            waiting += [
                (f"{folder}{stem}/", Piece(sources[child]), True) for child in reversed(children.get(head.id, ()))
            ]
    return files


def piece_of(source: Source, target: ExportTarget) -> Piece:
    """Return what a target names; raises ExportRefused for a section that the note has not."""
    if target.section is None:
        return Piece(source)
    for section in source.document.sections:
        if section.ordinal == target.section:
            return Piece(source, section)
    raise ExportRefused(f"“{source.head.title}” has no such section any more; nothing was written.")


def heading_for(piece: Piece, alone: bool) -> str:
    """Return the heading that a whole note needs among others, when its text does not begin with its title."""
    if alone or piece.section is not None:
        return ""
    source = piece.source
    first = source.document.sections[0] if source.document.sections else None
    wanted = fold_name(source.head.title)
    if first is not None and (first.level == 1 or fold_name(first.title) == wanted):
        return ""
    title = source.head.title.replace("\n", " ")
    return "# " + "".join(f"\\{c}" if c in "\\`*_[]<>#" else c for c in title) + BETWEEN


def _slugs(file: OutFile) -> Iterable[tuple[tuple[NoteId, int], str]]:
    """Pair the sections of a file's pieces with the anchors they get there."""
    if file.is_exact():
        source = file.pieces[0].source
        return [((source.head.id, section.ordinal), section.slug) for section in source.document.sections]
    owners: list[tuple[NoteId, int]] = []
    texts: list[str] = []
    for piece in file.pieces:
        note_id = piece.source.head.id
        heading = heading_for(piece, len(file.pieces) == 1)
        if heading:
            owners.append((note_id, -1))
        body = piece.section.start if piece.section else piece.source.document.front_matter.end
        texts.append(heading + piece.source.text[body : piece.end])
        owners += [(note_id, s.ordinal) for s in piece.source.document.sections if piece.holds(s)]
    found = scan_sections(BETWEEN.join(texts))
    if len(found) != len(owners):
        return []  # an unclosed fence or comment swallowed what follows it: no anchor is better than a wrong one
    return zip(owners, (section.slug for section in found), strict=True)


def _first_slug(file: OutFile, piece: Piece) -> str:
    note_id = piece.source.head.id
    first = piece.source.document.sections[0].ordinal if piece.source.document.sections else -1
    return file.slugs.get((note_id, -1)) or file.slugs.get((note_id, first), "")


def _free_stem(name: str, taken: set[str]) -> str:
    """Return a stem under which neither a page nor a folder is planned yet."""
    stem = safe_name(name, SUFFIX)[: -len(SUFFIX)]
    number = 1
    while True:
        keys = {name_key(stem), name_key(stem + SUFFIX)}
        if not keys & taken:
            taken |= keys
            return stem
        number += 1
        room = f" {number}{SUFFIX}"
        stem = safe_name(name, room)[: -len(SUFFIX)]
