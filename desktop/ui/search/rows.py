"""What stands in the list of results: a row for a note, rows for its further sections, and what is said between them.

An answer names the notes at once; the text around the words (the snippet, the section, the further sections) is read
for the rows that are seen. A note that was in the answer before keeps what was read for it until the new is there, so
the rows do not flicker from key to key. `ResultModel.rows` are the rows of now; a row's *key* says what it stands for
in any answer.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Final

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QModelIndex, QPersistentModelIndex, Qt

from desktop.core.records import Hit, NoteId, NoteKind, Passage, SearchResult
from desktop.ui.counted import Counted

Index = QModelIndex | QPersistentModelIndex
Marks = tuple[tuple[int, int], ...]
Key = tuple[str, int, int]

MOST_TITLE: Final = 300  # characters
NOTHING: Final = SearchResult("", (), 0)
translate = QCoreApplication.translate  # by this name lupdate knows it


@dataclass(frozen=True, slots=True)
class HitRow:
    """A note; `filled` once the text around its words was read for some answer."""

    hit: Hit
    filled: bool
    title_marks: Marks

    @property
    def key(self) -> Key:
        """Return what the row stands for."""
        return "note", self.hit.id, -1


@dataclass(frozen=True, slots=True)
class SectionRow:
    """A further section of the note above."""

    hit: Hit
    passage: Passage
    place: int  # among the note's sections

    @property
    def key(self) -> Key:
        """Return what the row stands for."""
        section = self.passage.section
        return "section", self.hit.id, section.ordinal if section is not None else -1


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """What is said above results for something else than was typed."""

    sentence: str
    key: Key = ("notice", 0, -1)


@dataclass(frozen=True, slots=True)
class MoreRow:
    """How many notes match beyond those that are listed."""

    count: int
    key: Key = ("more", 0, -1)


Row = HitRow | SectionRow | NoticeRow | MoreRow


class ResultRole(IntEnum):
    """What a row knows."""

    HIT = Qt.ItemDataRole.UserRole
    ROW = Qt.ItemDataRole.UserRole + 1


class ResultModel(QAbstractListModel):
    """The rows of one answer."""

    def __init__(self) -> None:
        super().__init__()
        self.result = NOTHING
        self.rows: list[Row] = []
        self._read: dict[NoteId, Hit] = {}  # what was read for this answer, or kept from the one before
        self._fresh: set[NoteId] = set()  # notes for which it was read for this answer
        self._marks: dict[NoteId, Marks] = {}
        self._reasons: dict[NoteId, str] = {}
        self._sentence = ""

    # --- filling -----------------------------------------------------------------------------------------

    def show(self, result: SearchResult, read: Mapping[NoteId, Hit], sentence: str = "") -> bool:
        """Show another answer with what was read for it, and a sentence above the forgiven hits.

        Return whether rows came, went or moved.
        """
        kept = {hit.id: self._read[hit.id] for hit in result.hits if hit.id in self._read}
        self.result, self._sentence = result, sentence
        self._read = kept | dict(read)
        self._fresh = set(read)
        self._marks = _title_marks(result)
        self._reasons = {}
        return self._lay()

    def fill(self, read: Mapping[NoteId, Hit], *, sections: bool = True) -> bool:
        """Take what was read for this answer; return whether rows came, went or moved.

        Without `sections` a note keeps the section rows that it has.
        """
        for note_id, hit in read.items():
            before = self._read.get(note_id)
            if not sections:
                hit = replace(hit, passages=before.passages if before is not None else ())
            self._read[note_id] = hit
        self._fresh.update(read)
        return self._lay()

    def missing(self, first: int, last: int) -> list[NoteId]:
        """Return the notes of these rows for which nothing was read in this answer yet."""
        seen = [row.hit.id for row in self.rows[max(0, first) : last + 1] if isinstance(row, HitRow)]
        return [note_id for note_id in seen if note_id not in self._fresh]

    def is_fresh(self, note_id: NoteId) -> bool:
        """Tell whether the text around the words was read for this very answer."""
        return note_id in self._fresh

    def set_reason(self, note_id: NoteId, reason: str) -> None:
        """Keep why a note was found, as plain text, for who cannot see a tooltip."""
        self._reasons[note_id] = reason
        index = self.index(self.row_of(note_id))
        if index.isValid():
            self.dataChanged.emit(index, index, [Qt.ItemDataRole.AccessibleDescriptionRole])

    def _lay(self) -> bool:
        rows = list(self._rows_of(self.result))
        if [row.key for row in rows] == [row.key for row in self.rows]:
            self.rows = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return False
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()
        return True

    def _rows_of(self, result: SearchResult) -> Iterable[Row]:
        for place, hit in enumerate(result.hits):
            if place == result.exact:
                yield NoticeRow(self._sentence or translate("SearchResults", "Perhaps these were meant:"))
            read = self._read.get(hit.id)
            if read is not None:
                hit = replace(
                    hit, snippet=read.snippet, section=read.section, offset=read.offset, passages=read.passages
                )
            yield HitRow(hit, read is not None, self._marks.get(hit.id, ()))
            for number, passage in enumerate(hit.passages):
                yield SectionRow(hit, passage, number)
        if result.total > len(result.hits) > 0 and result.exact == len(result.hits):
            yield MoreRow(result.total - len(result.hits))

    # --- asking ------------------------------------------------------------------------------------------

    def row_of(self, note_id: int) -> int:
        """Return the row of a note, -1 where it is not among the hits."""
        return self.row_with(("note", note_id, -1))

    def row_with(self, key: Key | None) -> int:
        """Return the row with a key, -1 where there is none."""
        return next((number for number, row in enumerate(self.rows) if row.key == key), -1)

    def first_choice(self) -> int:
        """Return the first row that can be chosen, -1 where there is none."""
        return next((number for number, row in enumerate(self.rows) if isinstance(row, HitRow)), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let everything be chosen but what is only said."""
        if index.isValid() and isinstance(self.rows[index.row()], NoticeRow):
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a row shows, and what is read aloud."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == ResultRole.ROW:
            return row
        if role == ResultRole.HIT:
            return row.hit if isinstance(row, HitRow | SectionRow) else None
        if role == Qt.ItemDataRole.DisplayRole:
            return shown_title(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ". ".join(part for part in _said(row) if part)
        if role == Qt.ItemDataRole.AccessibleDescriptionRole and isinstance(row, HitRow | SectionRow):
            return self._reasons.get(row.hit.id, "")
        return None


def shown_title(row: Row) -> str:
    """Return the first line of a row."""
    if isinstance(row, HitRow):
        return row.hit.title
    if isinstance(row, SectionRow):
        return section_title(row.passage)
    if isinstance(row, NoticeRow):
        return row.sentence
    return Counted().more_notes(row.count)


def section_title(passage: Passage) -> str:
    """Return what a further place of a note is called."""
    return passage.section.title if passage.section is not None else translate("SearchResults", "At the beginning")


def place_of(hit: Hit) -> str:
    """Return where a hit stands: the notes above it, and the section unless it is called like the note."""
    section = hit.section.title if hit.section is not None and hit.section.title != hit.title else ""
    return " › ".join(part for part in (hit.path.replace(" / ", " › "), f"# {section}" if section else "") if part)


def kind_name(kind: NoteKind) -> str:
    """Return what a kind is called."""
    return {
        NoteKind.FOLDER: translate("SearchResults", "Folder"),
        NoteKind.LECTURE: translate("SearchResults", "Lecture"),
        NoteKind.DIGEST: translate("SearchResults", "Digest"),
        NoteKind.NOTE: translate("SearchResults", "Note"),
    }[kind]


def _said(row: Row) -> tuple[str, ...]:
    if isinstance(row, HitRow):
        return row.hit.title, place_of(row.hit) or kind_name(row.hit.kind), row.hit.snippet.text
    if isinstance(row, SectionRow):
        return section_title(row.passage), row.passage.snippet.text
    return (shown_title(row),)


def _title_marks(result: SearchResult) -> dict[NoteId, Marks]:
    if not result.words:
        return {}
    pattern = re.compile("|".join(f"(?:{word})" for word in result.words), re.IGNORECASE)
    return {
        hit.id: tuple(match.span() for match in pattern.finditer(hit.title[:MOST_TITLE])) for hit in result.hits
    }
