"""What the lists of links hold: a line for each note, below it one for each place in it, and lines above groups."""

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.core.records import Backlink, Link, LinkKind, NoteHead, NoteId, NoteKind, ResolvedBy, Snippet
from desktop.ui.plain_tips import plain_tip

LONGEST_SENTENCE = 260  # characters: what three lines could hold
BEFORE_MARK = 90  # of them before what is marked

Index = QModelIndex | QPersistentModelIndex


class LinkRole(IntEnum):
    """Where a list keeps the row itself."""

    ROW = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note; activating it opens it at the first place."""

    title: str
    kind: NoteKind
    note_id: NoteId
    offset: int | None = None
    count: int = 0  # of places, shown when there are several
    folded: bool | None = None  # None: nothing is below it
    link: Link | None = None  # an outgoing link, which may lead to a section
    how: ResolvedBy = ResolvedBy.NAME  # of an outgoing link
    others: int = 0  # notes that it fits as well
    lost: bool = False  # the section or block that it names is not there


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A sentence in a note, with what is meant marked."""

    note_id: NoteId
    offset: int
    heading: str
    snippet: Snippet
    property: str = ""  # of the front matter that holds the place
    words: str = ""  # of a mention, as they stand in the text


@dataclass(frozen=True, slots=True)
class MissingRow:
    """A link to a note that nobody wrote yet."""

    title: str
    link: Link
    count: int = 0


@dataclass(frozen=True, slots=True)
class FileRow:
    """A link to a stored file, or to a place in the open note that is not there; activating it goes to the link."""

    title: str
    offset: int
    count: int = 0
    lost: bool = False


@dataclass(frozen=True, slots=True)
class AddressRow:
    """A link to an address of the network."""

    title: str
    host: str
    address: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A line above others; activating it folds or unfolds them."""

    key: str
    title: str
    count: int
    folded: bool


@dataclass(frozen=True, slots=True)
class MoreRow:
    """What stands for rows that are not read yet: more notes, read when it is seen, or more places in one note."""

    words: str
    note_id: NoteId | None = None


@dataclass(frozen=True, slots=True)
class WordsRow:
    """A line that only says something."""

    words: str


Row = NoteRow | PlaceRow | MissingRow | FileRow | AddressRow | GroupRow | MoreRow | WordsRow


@dataclass(frozen=True, slots=True)
class Group:
    """A note with the places in it that were read, and how many there are in all."""

    source: NoteHead
    count: int
    places: tuple[Backlink, ...]


def shortened(snippet: Snippet) -> Snippet:
    """Return the part of a sentence around its first mark that a few lines can show."""
    text = snippet.text.replace("\n", " ").replace("\t", " ")
    start = 0
    if snippet.marks and snippet.marks[0][0] > BEFORE_MARK:
        blank = text.find(" ", snippet.marks[0][0] - BEFORE_MARK, snippet.marks[0][0])
        start = blank + 1 if blank >= 0 else snippet.marks[0][0] - BEFORE_MARK
    end = min(len(text), start + LONGEST_SENTENCE)
    head, tail = ("…" if start else ""), ("…" if end < len(text) else "")
    shift = len(head) - start
    marks = tuple((max(a, start) + shift, min(b, end) + shift) for a, b in snippet.marks if b > start and a < end)
    return Snippet(head + text[start:end] + tail, marks)


def grouped(places: Iterable[Backlink], counts: dict[NoteId, int] | None = None) -> list[Group]:
    """Return backlinks or mentions by note, in the order given; `counts` says how many a note has in all."""
    by_note: dict[NoteId, list[Backlink]] = {}
    for place in places:
        by_note.setdefault(place.source.id, []).append(place)
    counts = counts or {}
    return [
        Group(some[0].source, max(len(some), counts.get(note_id, 0)), tuple(some)) for note_id, some in by_note.items()
    ]


def rows_of(groups: Iterable[Group], folded: Set[NoteId], more_words: str) -> Iterator[Row]:
    """Yield a line for each note and, where it is not folded, for each place; `more_words` with {0} tells of others."""
    for group in groups:
        source, first = group.source, group.places[0]
        is_folded = source.id in folded
        yield NoteRow(source.title, source.kind, source.id, first.link.start, group.count, is_folded)
        if is_folded:
            continue
        for place in group.places:
            words = place.link.label if not place.link.target else ""
            heading = place.heading if place.heading != source.title else ""  # which stands above already
            yield PlaceRow(source.id, place.link.start, heading, shortened(place.context), place.property, words)
        if group.count > len(group.places):
            yield MoreRow(more_words.format(group.count - len(group.places)), source.id)


def _key(row: Row) -> object:
    """Return what a row is about: it may say another thing and be the same."""
    if isinstance(row, NoteRow):
        return row.note_id, row.link.start if row.link is not None else None
    if isinstance(row, PlaceRow):
        return row.note_id, row.offset, True
    return row.key if isinstance(row, GroupRow) else row


class LinkModel(QAbstractListModel):
    """Rows for a list; assistive tools read the words of each."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[Row, ...] = ()

    def set_rows(self, rows: Iterable[Row]) -> bool:
        """Show other rows, keeping those at the start that are about the same; return whether anything is another."""
        new, old = tuple(rows), self.rows
        if new == old:
            return False
        keys = zip(map(_key, old), map(_key, new), strict=False)
        same = next((n for n, (a, b) in enumerate(keys) if a != b), min(len(old), len(new)))
        if len(old) > same:
            self.beginRemoveRows(QModelIndex(), same, len(old) - 1)
            self.rows = old[:same]
            self.endRemoveRows()
        self.rows = new[:same]
        if len(new) > same:
            self.beginInsertRows(QModelIndex(), same, len(new) - 1)
            self.rows = new
            self.endInsertRows()
        if new[:same] != old[:same]:
            self.dataChanged.emit(self.index(0), self.index(same - 1))
        return True

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's own default
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the row, or its words."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == LinkRole.ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._words(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._tip(row))
        return None

    def _words(self, row: Row) -> str:
        if isinstance(row, NoteRow):
            return ", ".join([row.title, *self._marks(row), *([self.tr("folded")] if row.folded else [])])
        if isinstance(row, MissingRow):
            return self.tr("{0} (not written yet)").format(row.title)
        if isinstance(row, PlaceRow):
            above = self.tr("Property “{0}”").format(row.property) if row.property else row.heading
            return f"{above}: {row.snippet.text}" if above else row.snippet.text
        if isinstance(row, AddressRow):
            return f"{row.title}, {row.host}"
        if isinstance(row, FileRow):
            return f"{row.title}, {self.tr('There is no such section or block.')}" if row.lost else row.title
        if isinstance(row, GroupRow):
            return f"{row.title} {row.count}" + (f", {self.tr('folded')}" if row.folded else "")
        return row.words

    def _marks(self, row: NoteRow) -> list[str]:
        """Return what is to be said of an outgoing link."""
        found = []
        if row.how is ResolvedBy.ALIAS:
            found.append(self.tr("found by its alias"))
        elif row.how is ResolvedBy.LOOSE:
            found.append(self.tr("found with ё and е as one letter"))
        if row.others:
            found.append(self.tr("also fits %n other note(s)", "", row.others))
        if row.lost:
            found.append(self.tr("There is no such section or block."))
        return found

    def _tip(self, row: Row) -> str:
        if isinstance(row, NoteRow):
            return "\n".join([row.title[:300], *self._marks(row)])
        if isinstance(row, MissingRow):
            return self.tr("No note is called “{0}”; a click offers to create it.").format(row.title[:200])
        if isinstance(row, AddressRow):
            return row.address[:300]
        if isinstance(row, FileRow):
            return self._words(row)[:300]
        return ""

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let everything be chosen but lines that only say something."""
        if index.isValid() and isinstance(self.rows[index.row()], WordsRow):
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


def first_choosable(rows: Sequence[Row]) -> int:
    """Return the first row that can be chosen, -1 where there is none."""
    return next((number for number, row in enumerate(rows) if not isinstance(row, WordsRow)), -1)


def is_outside(link: Link) -> bool:
    """Tell whether a link leads out of the library."""
    return link.kind is LinkKind.URL or "://" in link.target or link.target.startswith(("mailto:", "//"))
