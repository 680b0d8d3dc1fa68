"""What the quick switcher offers: reading the rows for what was typed, and how a row looks.

A row is a note, under the name that matched; a section of a note (`note#heading`); or the offer to create a note.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.core.notebook import Notebook
from desktop.core.records import MatchKind, NoteHead, NoteId, TitleMatch
from desktop.core.text.folding import fold_name
from desktop.ui import theme

ROW_HEIGHT = 36
LIMIT = 30
MOST_SECTIONS = 200
MOST_TITLE = 200  # characters
CLOSE = (MatchKind.EXACT, MatchKind.PREFIX, MatchKind.FORM)
Index = QModelIndex | QPersistentModelIndex
Marks = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A row; without a note, `label` is the offer to create one called `title`."""

    label: str  # what matched
    marks: Marks  # in the label
    title: str  # of the note
    place: str  # the notes above it
    head: NoteHead | None
    section: int | None = None  # ordinal

    @property
    def is_alias(self) -> bool:
        """Tell whether the note was found under another name than its title."""
        return self.head is not None and self.section is None and self.label != self.title

    @property
    def text(self) -> str:
        """Return the row as it is read aloud."""
        return f"{self.label} → {self.title}" if self.is_alias else self.label


def read_choices(notebook: Notebook, text: str, recent: Sequence[NoteId], current: NoteId | None) -> list[Choice]:
    """Return the rows for what was typed, without the offer; for nothing typed the open note stands last."""
    matches = notebook.titles.suggest(text, LIMIT, recent)
    if "#" in text and not any(match.how in CLOSE for match in matches):
        sections = _sections(notebook, text, recent, current)
        if sections is not None:
            return sections
    if not text.strip():
        matches.sort(key=lambda match: match.head.id == current)
    above = _places(notebook, [match.head for match in matches])
    return [
        Choice(_one_line(m.name), m.marks, _one_line(m.head.title), above[m.head.id], m.head) for m in matches
    ]


def is_named(choices: Iterable[Choice], title: str) -> bool:
    """Tell whether a note of these goes by a title, so that another would be mistaken for it."""
    key = fold_name(title)
    return any(
        c.section is not None or (c.head is not None and key in map(fold_name, (c.label, c.head.title, c.head.name)))
        for c in choices
    )


def _sections(
    notebook: Notebook, text: str, recent: Sequence[NoteId], current: NoteId | None
) -> list[Choice] | None:
    """Return the sections that `note#heading` means, of the open note for `#heading`; None where there are none."""
    name, _hash, heading = text.partition("#")
    matches: list[TitleMatch] = notebook.titles.suggest(name, 1, recent) if name.strip() else []
    head = matches[0].head if matches else None
    if not name.strip() and current is not None:
        head = notebook.tree.head(current)
    if head is None:
        return None
    words = fold_name(heading.strip("# ")).split()
    choices = []
    for section in notebook.notes.sections(head.id):
        title = _one_line(section.title)
        folded = fold_name(title)
        if all(word in folded for word in words):
            marks = tuple(sorted(_span(folded, title, word) for word in words))
            choices.append(Choice(title, marks, head.title, _one_line(head.title), head, section.ordinal))
    return choices[:MOST_SECTIONS] or None


def _span(folded: str, title: str, word: str) -> tuple[int, int]:
    start = folded.find(word)
    return (start, start + len(word)) if len(folded) == len(title) else (0, 0)


def _places(notebook: Notebook, heads: Sequence[NoteHead]) -> dict[NoteId, str]:
    """Return for each note the titles of those above it; a few reads for all of them, one for each level."""
    known = {head.id: head for head in heads}
    wanted = {head.parent_id for head in heads} - known.keys() - {None}
    while wanted:
        read = notebook.tree.heads([note_id for note_id in wanted if note_id is not None])
        known.update((head.id, head) for head in read)
        wanted = {head.parent_id for head in read} - known.keys() - {None}
    places = {}
    for head in heads:
        above: dict[NoteId, str] = {}
        parent = head.parent_id
        while parent is not None and parent in known and parent not in above:  # a damaged file may lead in a circle
            above[parent] = _one_line(known[parent].title)
            parent = known[parent].parent_id
        places[head.id] = " › ".join(reversed(above.values()))
    return places


def _one_line(text: str) -> str:
    return text.replace("\n", " ")


class ChoiceModel(QAbstractListModel):
    """The rows for what was typed."""

    def __init__(self) -> None:
        super().__init__()
        self.text = "\0"  # what the rows are for; nothing yet
        self._choices: list[Choice] = []

    def show(self, text: str, choices: list[Choice]) -> None:
        """Show the rows for another text."""
        self.beginResetModel()
        self.text = text
        self._choices = choices
        self.endResetModel()

    def choice(self, index: Index) -> Choice | None:
        """Return the row's choice."""
        return self._choices[index.row()] if index.isValid() else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._choices)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a row shows."""
        if not index.isValid():
            return None
        choice = self._choices[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return choice.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{choice.text}, {choice.place}" if choice.place else choice.text
        if role == Qt.ItemDataRole.UserRole:
            return choice
        return None


class ChoiceDelegate(QStyledItemDelegate):
    """Paints the rows."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the one height that all rows have."""
        return QSize(100, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the ground, the sign of what the row is, the names, and where the note stands."""
        colours = theme.current()
        choice: Choice = index.data(Qt.ItemDataRole.UserRole)
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            selected = bool(option.state & QStyle.StateFlag.State_Selected)
            painter.setBrush(colours.selection if selected else colours.hover)
            painter.drawRoundedRect(rect.adjusted(2, 1, -2, -1), 5, 5)
        inner = rect.adjusted(32, 0, -14, 0)
        sign = rect.adjusted(10, 0, 0, 0)
        sign.setWidth(15)
        if choice.head is None:
            self._paint_sign(painter, sign, "+", colours.accent)
            painter.setPen(colours.accent)
            self._paint_text(painter, inner, choice.label, (), inner.width())
        else:
            if choice.section is not None:
                self._paint_sign(painter, sign, "#", colours.muted)
            else:
                painter.setBrush(getattr(colours, choice.head.kind.value))
                painter.drawEllipse(QPointF(sign.center()) + QPointF(0.5, 0.5), 3.5, 3.5)
            self._paint_names(painter, inner, choice)
        painter.restore()

    def _paint_sign(self, painter: QPainter, rect: QRect, sign: str, colour: QColor) -> None:
        painter.setPen(colour)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, sign)

    def _paint_names(self, painter: QPainter, rect: QRect, choice: Choice) -> None:
        """Paint what matched, the title that it stands for, and at the right what room there is of the place."""
        colours = theme.current()
        metrics = QFontMetricsF(painter.font())
        width = metrics.horizontalAdvance(choice.text[:MOST_TITLE])
        place_room = max(rect.width() - width - 24.0, rect.width() * 0.3)
        # Of a path the nearest note says most, of a title its beginning.
        side = Qt.TextElideMode.ElideLeft if choice.section is None else Qt.TextElideMode.ElideRight
        place = metrics.elidedText(choice.place, side, place_room)
        painter.setPen(colours.muted)
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, place)
        room = rect.width() - (metrics.horizontalAdvance(place) + 24.0 if place else 0.0)
        painter.setPen(colours.text)
        used = self._paint_text(painter, rect, choice.label, choice.marks, room)
        if choice.is_alias and room - used > 40.0:
            painter.setPen(colours.muted)
            rest = rect.adjusted(round(used), 0, 0, 0)
            self._paint_text(painter, rest, f" → {choice.title}", (), room - used)

    def _paint_text(self, painter: QPainter, rect: QRect, text: str, marks: Marks, room: float) -> float:
        """Paint one line of text with its marks; return its width."""
        shown = QFontMetricsF(painter.font()).elidedText(text[:MOST_TITLE], Qt.TextElideMode.ElideRight, room)
        kept = len(shown) if shown == text else len(shown) - 1
        layout = QTextLayout(shown, painter.font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        layout.setTextOption(option)
        layout.setFormats([_format(shown, start, min(end, kept)) for start, end in marks if start < kept])
        layout.beginLayout()
        line = layout.createLine()
        layout.endLayout()
        layout.draw(painter, QPointF(rect.left(), rect.center().y() + 1 - line.height() / 2))
        return float(line.naturalTextWidth())


def _format(text: str, start: int, end: int) -> QTextLayout.FormatRange:
    colours = theme.current()
    tint = QTextCharFormat()
    tint.setBackground(colours.mark)
    if colours.dark:
        tint.setForeground(QColor("#ffffff"))
    found = QTextLayout.FormatRange()
    # Qt counts UTF-16 units: a character beyond the BMP is two.
    found.start = len(text[:start].encode("utf-16-le")) // 2
    found.length = len(text[start:end].encode("utf-16-le")) // 2
    found.format = tint
    return found
