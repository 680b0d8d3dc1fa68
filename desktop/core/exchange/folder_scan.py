"""What lies at the chosen paths: notes in their tree and the files that go along, nothing read yet.

On disk a note with children is `Page.md` beside the folder `Page/`; both become one note. A folder without such a
page becomes a note of kind folder; one in which no page lies is left out. Hidden files and folders are passed over,
and so is everything that a symbolic link would bring in from outside the chosen folder.
"""

import os
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from desktop.core.errors import ImportRefused
from desktop.core.exchange.file_names import name_key
from desktop.core.records import ReportLine

TEXT_SUFFIXES = (".md", ".markdown", ".mdx", ".txt")  # the first wins where two pages share a name
ATTACHMENT_SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".pdf")
MAX_DEPTH = 60
NUMBERS = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class FoundNote:
    """A note to be: a page, a folder, or a page with its folder."""

    name: str
    page: Path | None
    folder: Path | None
    children: tuple["FoundNote", ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """Everything that lies at the chosen paths, in the order of the tree."""

    notes: tuple[FoundNote, ...]
    attachments: tuple[tuple[Path | None, Path], ...]  # (chosen folder, file); None: chosen by itself
    report: tuple[ReportLine, ...]


@dataclass(slots=True)
class _Scan:
    """What a walk through one chosen folder gathers on its way."""

    root: Path
    check: Callable[[], None]
    attachments: list[Path] = field(default_factory=list)
    report: list[ReportLine] = field(default_factory=list)


def scan_paths(paths: Sequence[Path], check: Callable[[], None] = lambda: None) -> Found:
    """Return what lies at `paths`; `check` is called often and may raise to stop. Raises ImportRefused."""
    notes: list[FoundNote] = []
    attachments: dict[Path, Path | None] = {}
    report: list[ReportLine] = []
    for absolute in dict.fromkeys(Path(os.path.abspath(path)) for path in paths):
        if not _is_there(absolute):
            raise ImportRefused(f"There is no file or folder {absolute}.")
        if absolute.is_dir():
            scan = _Scan(Path(os.path.realpath(absolute)), check)
            children = _read_folder(absolute, 0, scan)
            if children:
                notes.append(FoundNote(note_file_name(absolute.name) or "Import", None, absolute, children))
            elif not scan.attachments:
                scan.report.append(ReportLine(str(absolute), "info", "There is nothing to import in this folder."))
            attachments.update((file, absolute) for file in scan.attachments if file not in attachments)
            report += scan.report
        elif not absolute.is_file():
            report.append(ReportLine(str(absolute), "error", "This is neither a file nor a folder."))
        elif is_attachment(absolute):
            attachments.setdefault(absolute, None)
        elif not is_page(absolute):
            report.append(
                ReportLine(str(absolute), "error", "Only Markdown and plain text files can become notes.")
            )
        else:
            notes.append(FoundNote(note_file_name(absolute.stem) or absolute.name, absolute, None))
    return Found(_merged(notes), tuple((root, file) for file, root in attachments.items()), tuple(report))


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError) as error:  # too long a name, a folder that may not be entered
        raise ImportRefused(f"{str(path)[:200]} cannot be read: {error}.") from error


def is_page(path: Path) -> bool:
    """Say whether a file's name is that of a text that can become a note."""
    return path.suffix.lower() in TEXT_SUFFIXES


def is_attachment(path: Path) -> bool:
    """Say whether a file's name is that of an image or a document that notes show or link to."""
    return path.suffix.lower() in ATTACHMENT_SUFFIXES


def _read_folder(folder: Path, depth: int, scan: _Scan) -> tuple[FoundNote, ...]:
    scan.check()
    if depth > MAX_DEPTH:
        scan.report.append(ReportLine(str(folder), "warning", "Too deep: what lies in here was not imported."))
        return ()
    notes: list[FoundNote] = []
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        scan.report.append(ReportLine(str(folder), "error", f"The folder cannot be read: {error.strerror}."))
        return ()
    for entry in entries:
        path = folder / entry.name
        if entry.name.startswith(".") or not _stays_inside(entry, scan):
            continue
        if entry.is_dir():
            children = _read_folder(path, depth + 1, scan)
            if children:
                notes.append(FoundNote(note_file_name(entry.name), None, path, children))
        elif not entry.is_file():
            continue  # a pipe or a device: opening it could wait for ever
        elif is_page(path):
            notes.append(FoundNote(note_file_name(path.stem), path, None))
        elif is_attachment(path):
            scan.attachments.append(path)
    return _merged(notes)


def _stays_inside(entry: os.DirEntry[str], scan: _Scan) -> bool:
    """Say whether an entry is no link, or a link to a file within the chosen folder."""
    if not entry.is_symlink():
        return True
    target = Path(os.path.realpath(entry.path))
    if target.is_relative_to(scan.root) and target.is_file():
        return True
    scan.report.append(ReportLine(entry.path, "warning", "A link to another place is not followed."))
    return False


def _merged(notes: list[FoundNote]) -> tuple[FoundNote, ...]:
    """Join each folder with the page of its name, and put all into the order that people expect."""
    pages: dict[tuple[Path, str], FoundNote] = {}
    for note in sorted((note for note in notes if note.page), key=_page_rank):
        pages.setdefault(_place(note), note)
    result: list[FoundNote] = []
    joined: set[int] = set()
    for note in notes:
        if note.folder is None or _place(note) not in pages:
            result.append(note)
            continue
        page = pages.pop(_place(note))
        joined.add(id(page))
        result.append(FoundNote(page.name, page.page, note.folder, note.children))
    return tuple(sorted((note for note in result if id(note) not in joined), key=_natural_order))


def _place(note: FoundNote) -> tuple[Path, str]:
    path = note.folder or note.page or Path()
    return path.parent, name_key(note.name)


def _page_rank(note: FoundNote) -> tuple[int, str]:
    suffix = note.page.suffix.lower() if note.page else ""
    return TEXT_SUFFIXES.index(suffix), note.name


def _natural_order(note: FoundNote) -> list[tuple[int, int, str]]:
    """Order "2 Trees" before "10 Graphs"."""
    pieces = NUMBERS.split(name_key(note.name))
    return [
        (0, int(piece[:18]), piece) if index % 2 and piece.isascii() else (1, 0, piece)
        for index, piece in enumerate(pieces)
    ]


def note_file_name(name: str) -> str:
    """Return a file's name as a note's: normal form C, undecodable bytes replaced."""
    return unicodedata.normalize("NFC", os.fsencode(name).decode("utf-8", "replace")).strip()
