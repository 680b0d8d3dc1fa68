"""What the lists of link health show, as rows, and the words on them.

A row has a first line (what is amiss) and a second (where), and perhaps a button. The sentence around a link is read
when its row is first seen: `Row.place` says what to ask for.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QT_TRANSLATE_NOOP,
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)

from desktop.core.records import (
    AmbiguousLink,
    BrokenLink,
    DuplicateAddress,
    Fault,
    HealthReport,
    Likeness,
    Link,
    NoteHead,
    NoteId,
    NoteKind,
    OrphanFile,
    Snippet,
)
from desktop.ui.counted import Counted
from desktop.ui.plain_tips import plain_tip

translate = QCoreApplication.translate  # by this name lupdate knows it

Index = QModelIndex | QPersistentModelIndex
Place = tuple[NoteId, Link]
KB, MB = 1_000, 1_000_000

LIKENESS = {
    Likeness.MOVED: QT_TRANSLATE_NOOP("health", "the same name in another folder"),
    Likeness.FORMER: QT_TRANSLATE_NOOP("health", "it was called so before"),
    Likeness.MARKS: QT_TRANSLATE_NOOP("health", "the same words"),
    Likeness.NUMBER: QT_TRANSLATE_NOOP("health", "the same but for the number"),
    Likeness.LAYOUT: QT_TRANSLATE_NOOP("health", "written in the other keyboard layout"),
    Likeness.FORMS: QT_TRANSLATE_NOOP("health", "other forms of the words"),
    Likeness.TYPO: QT_TRANSLATE_NOOP("health", "one letter is another"),
    Likeness.WORDS: QT_TRANSLATE_NOOP("health", "most of the words"),
}


class Section(IntEnum):
    """The lists, as they stand on the left."""

    BROKEN = 0
    AMBIGUOUS = 1
    ORPHANS = 2
    FILES = 3
    ADDRESSES = 4


class HealthRole(IntEnum):
    """What a row's index is asked for."""

    ROW = Qt.ItemDataRole.UserRole
    CONTEXT = Qt.ItemDataRole.UserRole + 1  # Snippet, or None while it is not known


@dataclass(frozen=True, slots=True)
class Row:
    """One entry of a list."""

    key: Hashable  # stays the same when the list is read again
    first: str
    detail: str  # behind the first line, quieter
    second: str  # before the sentence, or instead of it
    entry: BrokenLink | AmbiguousLink | NoteHead | OrphanFile | DuplicateAddress | None
    place: Place | None = None  # where a click leads
    kind: NoteKind | None = None  # of the note that the row is about
    button: str = ""  # what its button says
    hint: str = ""  # why it says so
    amiss: bool = False  # the first line leads nowhere
    below: bool = False  # it belongs to the row above


def words(text: object, *gaps: object) -> str:
    """Return a sentence of this room in the user's language."""
    return translate("health", str(text)).format(*gaps)


def rows_of(report: HealthReport, section: Section, path: Callable[[NoteHead], str]) -> list[Row]:
    """Return the rows of one list."""
    if section is Section.BROKEN:
        return [_broken(entry) for entry in report.broken]
    if section is Section.AMBIGUOUS:
        return [_ambiguous(entry, path) for entry in report.ambiguous]
    if section is Section.ORPHANS:
        return [Row(head.id, _title(head), "", path(head), head, kind=head.kind) for head in report.orphans]
    if section is Section.FILES:
        return [Row(file.path, file.name, size_of(file.size), _folder(file), file) for file in report.files]
    return [row for entry in report.addresses for row in _duplicate(entry)]


def counts_of(report: HealthReport) -> dict[Section, int]:
    """Return how many entries each list has, those that were left out included."""
    cut = report.left_out
    return {
        Section.BROKEN: len(report.broken) + cut.get("broken", 0) + cut.get("places", 0),
        Section.AMBIGUOUS: len(report.ambiguous) + cut.get("ambiguous", 0),
        Section.ORPHANS: len(report.orphans) + cut.get("orphans", 0),
        Section.FILES: len(report.files) + cut.get("files", 0),
        Section.ADDRESSES: len(report.addresses) + cut.get("addresses", 0),
    }


def sure_ones(report: HealthReport) -> list[BrokenLink]:
    """Return the broken links whose suggestion leaves no doubt."""
    return [entry for entry in report.broken if entry.suggestion is not None and entry.suggestion.sure]


def written_target(link: Link) -> str:
    """Return a link's target with its anchor, as a person reads it."""
    return f"{link.target}#{link.anchor}" if link.anchor else link.target


def size_of(size: int) -> str:
    """Return a size in the unit that suits it."""
    if size >= MB:
        return words(QT_TRANSLATE_NOOP("health", "{0} MB"), f"{size / MB:.1f}")
    return words(QT_TRANSLATE_NOOP("health", "{0} KB"), max(1, round(size / KB)))


def _title(head: NoteHead) -> str:
    return head.title or head.name


def _folder(file: OrphanFile) -> str:
    return file.path.rpartition("/")[0]


def _broken(entry: BrokenLink) -> Row:
    target = _title(entry.target) if entry.target is not None else ""
    if entry.fault is Fault.FILE:
        detail = words(QT_TRANSLATE_NOOP("health", "no such file in the library"))
    elif entry.fault is Fault.HEADING:
        detail = words(QT_TRANSLATE_NOOP("health", "“{0}” has no such heading"), target)
    elif entry.fault is Fault.BLOCK:
        detail = words(QT_TRANSLATE_NOOP("health", "“{0}” has no such paragraph"), target)
    elif entry.trashed is not None:
        detail = words(QT_TRANSLATE_NOOP("health", "“{0}” is in the trash"), _title(entry.trashed))
    else:
        detail = words(QT_TRANSLATE_NOOP("health", "no note goes by this name"))
    button = hint = ""
    if entry.suggestion is not None and entry.fault in (Fault.NOTE, Fault.FILE):
        detail = words(LIKENESS[entry.suggestion.like])
    if entry.suggestion is not None:
        button = words(QT_TRANSLATE_NOOP("health", "Use “{0}”"), entry.suggestion.name)
        hint = words(LIKENESS[entry.suggestion.like])
    elif entry.trashed is not None:
        button = words(QT_TRANSLATE_NOOP("health", "Restore"))
    elif entry.fault is Fault.NOTE:
        button = words(QT_TRANSLATE_NOOP("health", "Create note"))
    place = (entry.source.id, entry.link)
    return Row(
        _key(place), written_target(entry.link), detail, _title(entry.source), entry, place, entry.source.kind,
        button, hint, amiss=True,
    )  # fmt: skip


def _ambiguous(entry: AmbiguousLink, path: Callable[[NoteHead], str]) -> Row:
    others = Counted().namesakes(entry.others)
    leads = words(QT_TRANSLATE_NOOP("health", "leads to {0}"), path(entry.target))
    button = words(QT_TRANSLATE_NOOP("health", "Write “{0}”"), entry.written) if entry.written else ""
    place = (entry.source.id, entry.link)
    return Row(
        _key(place), written_target(entry.link), f"{leads}; {others}", _title(entry.source), entry, place,
        entry.source.kind, button, words(QT_TRANSLATE_NOOP("health", "the path says which note is meant")),
    )  # fmt: skip


def _duplicate(entry: DuplicateAddress) -> list[Row]:
    counted = Counted().in_notes(len(entry.places))
    first = Row(entry.address, entry.address, counted, "", entry, (entry.places[0][0].id, entry.places[0][1]))
    below = [
        Row((entry.address, head.id), _title(head), "", "", None, (head.id, link), head.kind, below=True)
        for head, link in entry.places
    ]
    return [first, *below]


def _key(place: Place) -> Hashable:
    note_id, link = place
    return note_id, link.kind, link.target, link.anchor, link.start


class HealthModel(QAbstractListModel):
    """The rows of one list, with the sentences that were read so far."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Row] = []
        self._contexts: dict[Hashable, Snippet] = {}

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's own signature
        """Return the number of rows; a list has no levels."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the row, its sentence, or what an assistive tool reads out."""
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == HealthRole.ROW:
            return row
        if role == HealthRole.CONTEXT:
            return self._contexts.get(row.key)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            context = self._contexts.get(row.key)
            parts = (row.first, row.detail, row.second, context.text if context else "", row.button)
            return ". ".join(part for part in parts if part)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip("\n".join(part for part in (row.first, row.hint) if part))
        return None

    def show_rows(self, rows: list[Row]) -> None:
        """Show other rows; sentences of places that are still there stay."""
        self.beginResetModel()
        self.rows = rows
        kept = {row.key for row in rows}
        self._contexts = {key: context for key, context in self._contexts.items() if key in kept}
        self.endResetModel()

    def unread(self, first: int, last: int) -> list[Row]:
        """Return those of the rows whose sentence is still to be read."""
        seen = self.rows[max(0, first) : last + 1]
        return [row for row in seen if row.place and row.key not in self._contexts and isinstance(row.key, tuple)]

    def take_contexts(self, contexts: dict[Hashable, Snippet]) -> None:
        """Show sentences."""
        self._contexts.update(contexts)
        if self.rows:
            self.dataChanged.emit(self.index(0), self.index(len(self.rows) - 1), [HealthRole.CONTEXT])

    def row_of(self, key: Hashable) -> int:
        """Return the number of the row with a key, -1 where there is none."""
        return next((number for number, row in enumerate(self.rows) if row.key == key), -1)
