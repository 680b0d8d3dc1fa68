"""The list of search results: its model and how a row looks.

A row has the note's title with the found words on a tint, a muted line saying where it stands, and up to two lines of
the text around the words.
"""

import re
from enum import IntEnum
from typing import Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.core.records import Hit, SearchResult
from desktop.ui import theme

Index = QModelIndex | QPersistentModelIndex
Marks = tuple[tuple[int, int], ...]

LEFT: Final = 16.0
RIGHT: Final = 14.0
INDENT: Final = 14.0  # of everything, past the dot in the kind's colour
TOP: Final = 7.0
SNIPPET_LINES: Final = 2
SNIPPET_LINE: Final = 17.0
DOT: Final = 3.4
MOST_TITLE: Final = 300  # characters


class ResultRole(IntEnum):
    """What a row knows."""

    HIT = Qt.ItemDataRole.UserRole
    TITLE_MARKS = Qt.ItemDataRole.UserRole + 1


class ResultModel(QAbstractListModel):
    """The hits of one answer."""

    def __init__(self) -> None:
        super().__init__()
        self.result = SearchResult("", (), 0)
        self._marks: list[Marks] = []

    def show(self, result: SearchResult) -> None:
        """Show another answer."""
        self.beginResetModel()
        self.result = result
        self._marks = _title_marks(result)
        self.endResetModel()

    def row_of(self, note_id: int) -> int:
        """Return the row of a note, -1 where it is not among the hits."""
        return next((row for row, hit in enumerate(self.result.hits) if hit.id == note_id), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return the number of hits."""
        return 0 if parent.isValid() else len(self.result.hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a row shows, and what is read aloud."""
        if not index.isValid():
            return None
        hit = self.result.hits[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return hit.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ". ".join(part for part in (hit.title, place_of(hit), hit.snippet.text) if part)
        if role == ResultRole.HIT:
            return hit
        if role == ResultRole.TITLE_MARKS:
            return self._marks[index.row()]
        return None


def place_of(hit: Hit) -> str:
    """Return where a hit stands: the notes above it, and the section unless it is called like the note."""
    section = hit.section.title if hit.section is not None and hit.section.title != hit.title else ""
    return " › ".join(part for part in (hit.path.replace(" / ", " › "), f"# {section}" if section else "") if part)


def _title_marks(result: SearchResult) -> list[Marks]:
    if not result.words:
        return [()] * len(result.hits)
    pattern = re.compile("|".join(result.words), re.IGNORECASE)
    return [tuple(match.span() for match in pattern.finditer(hit.title[:MOST_TITLE])) for hit in result.hits]


class ResultDelegate(QStyledItemDelegate):
    """Paints the rows of the result list."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height that title, place and snippet need."""
        hit: Hit = index.data(ResultRole.HIT)
        height = 2 * TOP + self._title_height()
        if place_of(hit):
            height += self._place_height()
        if hit.snippet.text:
            width = self._view.viewport().width() - LEFT - INDENT - RIGHT
            height += 2.0 + SNIPPET_LINE * _break(hit.snippet.text, (), self._small_font(), width)[1]
        return QSize(120, int(height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the ground, then the three parts."""
        hit: Hit = index.data(ResultRole.HIT)
        colours = theme.current()
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, rect, option.state)
        left, width = rect.left() + LEFT + INDENT, rect.width() - LEFT - INDENT - RIGHT
        top = rect.top() + TOP
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(getattr(colours, hit.kind.value))
        painter.drawEllipse(QPointF(rect.left() + LEFT + 1.0, top + self._title_height() / 2), DOT, DOT)
        painter.setPen(colours.text)
        title = QFontMetricsF(self._title_font()).elidedText(
            hit.title[:MOST_TITLE].replace("\n", " "), Qt.TextElideMode.ElideRight, width
        )
        marks: Marks = index.data(ResultRole.TITLE_MARKS)
        _break(title, marks, self._title_font(), width + 1.0, lines=1)[0].draw(painter, QPointF(left, top))
        top += self._title_height()
        place = place_of(hit)
        if place:
            painter.setFont(self._place_font())
            painter.setPen(colours.muted)
            shown = QFontMetricsF(self._place_font()).elidedText(place, Qt.TextElideMode.ElideMiddle, width)
            area = QRectF(left, top, width, self._place_height())
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
            top += self._place_height()
        if hit.snippet.text:
            painter.setPen(_between(colours.text, colours.muted))
            layout, _lines = _break(hit.snippet.text, hit.snippet.marks, self._small_font(), width)
            layout.draw(painter, QPointF(left, top + 2.0))
        painter.restore()

    def _paint_ground(self, painter: QPainter, rect: QRectF, state: QStyle.StateFlag) -> None:
        colours = theme.current()
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if not selected and not state & QStyle.StateFlag.State_MouseOver:
            return
        focused = selected and self._view.hasFocus()
        painter.setPen(QPen(colours.accent) if focused else Qt.PenStyle.NoPen)
        painter.setBrush(colours.selection if selected else colours.hover)
        painter.drawRoundedRect(rect.adjusted(6.5, 0.5, -6.5, -0.5), 6, 6)

    def _title_font(self) -> QFont:
        font = QFont(self._view.font())
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def _small_font(self) -> QFont:
        font = QFont(self._view.font())
        font.setPixelSize(12)
        return font

    def _place_font(self) -> QFont:
        font = QFont(self._view.font())
        font.setPixelSize(11)
        return font

    def _title_height(self) -> float:
        return QFontMetricsF(self._title_font()).height() + 1.0

    def _place_height(self) -> float:
        return QFontMetricsF(self._place_font()).height() + 2.0


def _break(
    text: str, marks: Marks, font: QFont, width: float, lines: int = SNIPPET_LINES
) -> tuple[QTextLayout, int]:
    """Return the text broken into a few lines, its words marked, and how many lines there are."""
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setFormats(_formats(text, marks))
    layout.beginLayout()
    used = 0
    for number in range(lines):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(max(40.0, width))
        line.setPosition(QPointF(0.0, number * SNIPPET_LINE))
        used += 1
    layout.endLayout()
    return layout, used


def _formats(text: str, marks: Marks) -> list[QTextLayout.FormatRange]:
    tint = QTextCharFormat()
    tint.setBackground(theme.current().mark)
    if theme.current().dark:
        tint.setForeground(QColor("#ffffff"))
    formats = []
    for start, end in marks:
        if end > len(text):
            continue
        found = QTextLayout.FormatRange()
        # Qt counts UTF-16 units: a character beyond the BMP is two.
        found.start = len(text[:start].encode("utf-16-le")) // 2
        found.length = len(text[start:end].encode("utf-16-le")) // 2
        found.format = tint
        formats.append(found)
    return formats


def _between(one: QColor, other: QColor) -> QColor:
    return QColor(
        (one.red() * 2 + other.red()) // 3, (one.green() * 2 + other.green()) // 3, (one.blue() * 2 + other.blue()) // 3
    )
