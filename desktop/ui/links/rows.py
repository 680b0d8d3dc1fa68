"""What the lists of links hold: a line for each note, and below it a line for each place in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.core.records import Backlink, Link, LinkKind, NoteId, NoteKind, ResolvedLink, Snippet

LONGEST_SENTENCE = 260  # characters: what three lines could hold
BEFORE_MARK = 90  # of them before what is marked
OUTSIDE = (LinkKind.URL, LinkKind.IMAGE, LinkKind.ANCHOR)  # do not lead to a note

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
    link: Link | None = None  # an outgoing link, which may lead to a section


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A sentence in a note, with what is meant marked."""

    note_id: NoteId
    offset: int
    heading: str
    snippet: Snippet


@dataclass(frozen=True, slots=True)
class MissingRow:
    """A link to a note that nobody wrote yet."""

    title: str
    link: Link
    count: int = 0


@dataclass(frozen=True, slots=True)
class WordsRow:
    """A line that only says something."""

    words: str


Row = NoteRow | PlaceRow | MissingRow | WordsRow


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


def grouped(backlinks: Iterable[Backlink]) -> list[Row]:
    """Return the rows of backlinks or mentions: every note once, its places below it, in the order given."""
    by_note: dict[NoteId, list[Backlink]] = {}
    for backlink in backlinks:
        by_note.setdefault(backlink.source.id, []).append(backlink)
    rows: list[Row] = []
    for note_id, places in by_note.items():
        source = places[0].source
        rows.append(NoteRow(source.title, source.kind, note_id, places[0].link.start, len(places)))
        rows.extend(
            PlaceRow(note_id, place.link.start, place.heading, shortened(place.context)) for place in places
        )
    return rows


def outgoing_rows(links: Sequence[ResolvedLink], unresolved: Sequence[Link]) -> list[Row]:
    """Return the notes that are linked to, each once, then the missing ones; addresses and images are not notes."""
    found: dict[tuple[NoteId, str], NoteRow] = {}
    for resolved in links:
        link, target = resolved.link, resolved.target
        if target is None or link.kind in OUTSIDE:
            continue
        key = (target.id, link.anchor)
        count = found[key].count + 1 if key in found else 1
        title = f"{target.title} › {link.anchor}" if link.anchor else target.title
        first = found[key].link if key in found else link
        found[key] = NoteRow(title, target.kind, target.id, None, count, first)
    missing: dict[str, MissingRow] = {}
    for link in unresolved:
        if link.kind in OUTSIDE:
            continue
        key_ = link.target.strip().casefold()
        old = missing.get(key_)
        missing[key_] = MissingRow(old.title, old.link, old.count + 1) if old else MissingRow(link.target, link, 1)
    return [*found.values(), *missing.values()]


class LinkModel(QAbstractListModel):
    """Rows for a list; assistive tools read the words of each."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[Row, ...] = ()

    def set_rows(self, rows: Iterable[Row]) -> bool:
        """Show other rows; return whether they are others at all."""
        new = tuple(rows)
        if new == self.rows:
            return False
        self.beginResetModel()
        self.rows = new
        self.endResetModel()
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
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(row, NoteRow | MissingRow):
            return row.title[:300]
        return None

    def _words(self, row: Row) -> str:
        if isinstance(row, NoteRow):
            return row.title
        if isinstance(row, MissingRow):
            return self.tr("{0} (not written yet)").format(row.title)
        if isinstance(row, PlaceRow):
            return f"{row.heading}: {row.snippet.text}" if row.heading else row.snippet.text
        return row.words

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let everything be chosen but lines that only say something."""
        if index.isValid() and isinstance(self.rows[index.row()], WordsRow):
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
