"""How the rows of the result list look.

A note's row has the title with the found words on a tint, a muted line saying where it stands, and two lines for the
text around the words; it is as high while that text is on its way as it is with it. A further section stands indented
under its note, in two smaller lines.
"""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.core.records import Snippet
from desktop.ui import theme
from desktop.ui.search.rows import (
    MOST_TITLE,
    HitRow,
    Index,
    Marks,
    MoreRow,
    NoticeRow,
    ResultRole,
    Row,
    SectionRow,
    kind_name,
    place_of,
    section_title,
    shown_title,
)

LEFT: Final = 16.0
RIGHT: Final = 14.0
INDENT: Final = 14.0  # of everything, past the dot in the kind's colour
STEP: Final = 12.0  # of a section, past its note
TOP: Final = 7.0
SECTION_TOP: Final = 3.0
SNIPPET_LINES: Final = 2
SNIPPET_LINE: Final = 17.0
SMALL_LINE: Final = 16.0
MORE_HEIGHT: Final = 34.0
DOT: Final = 3.4
TITLE_WEIGHT: Final = 600
TWO_LINES: Final = 1.7  # times the width is what surely fits into two lines, broken between words
LEAD: Final = 12  # characters kept before the words where a line begins late


class ResultDelegate(QStyledItemDelegate):
    """Paints the rows; the row of a notice is a widget of the list, which says how high it is."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self.notice_height = 0
        self.set_fonts()

    def set_fonts(self) -> None:
        """Take the view's font."""
        self._title = QFont(self._view.font())
        self._title.setVariableAxis(QFont.Tag("wght"), TITLE_WEIGHT)  # of the variable file Qt knows no bold one
        self._small, self._smaller = QFont(self._view.font()), QFont(self._view.font())
        self._small.setPixelSize(12)
        self._smaller.setPixelSize(11)
        self._title_height = QFontMetricsF(self._title).height() + 1.0
        self._place_height = QFontMetricsF(self._smaller).height() + 2.0

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a row, which depends on nothing but what it stands for."""
        row: Row = index.data(ResultRole.ROW)
        if isinstance(row, HitRow):
            height = 2 * TOP + self._title_height + self._place_height + 2.0 + SNIPPET_LINES * SNIPPET_LINE
        elif isinstance(row, SectionRow):
            height = 2 * SECTION_TOP + 2 * SMALL_LINE
        elif isinstance(row, NoticeRow):
            height = self.notice_height
        else:
            height = MORE_HEIGHT
        return QSize(120, int(height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the ground, then the parts of the row."""
        row: Row = index.data(ResultRole.ROW)
        if isinstance(row, NoticeRow):
            return
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, rect, option.state)
        if isinstance(row, HitRow):
            self._paint_hit(painter, rect, row)
        elif isinstance(row, SectionRow):
            self._paint_section(painter, rect, row)
        else:
            self._paint_more(painter, rect, row)
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

    def _paint_hit(self, painter: QPainter, rect: QRectF, row: HitRow) -> None:
        colours, hit = theme.current(), row.hit
        left, width = rect.left() + LEFT + INDENT, rect.width() - LEFT - INDENT - RIGHT
        top = rect.top() + TOP
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(getattr(colours, hit.kind.value))
        painter.drawEllipse(QPointF(rect.left() + LEFT + 1.0, top + self._title_height / 2), DOT, DOT)
        painter.setPen(colours.text)
        _line(painter, hit.title[:MOST_TITLE], row.title_marks, self._title, QPointF(left, top), width)
        top += self._title_height
        painter.setFont(self._smaller)
        painter.setPen(colours.muted)
        place = place_of(hit) or kind_name(hit.kind)
        shown = QFontMetricsF(self._smaller).elidedText(place, Qt.TextElideMode.ElideMiddle, width)
        area = QRectF(left, top, width, self._place_height)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        top += self._place_height + 2.0
        if hit.snippet.text:
            painter.setPen(_between(colours.text, colours.muted))
            text, marks = around(hit.snippet, self._small, TWO_LINES * width)
            _paragraph(text, marks, self._small, width).draw(painter, QPointF(left, top))
        elif row.filled:
            painter.setFont(self._small)
            painter.setPen(colours.faint)
            painter.drawText(QPointF(left, top + SNIPPET_LINE * 0.75), self.tr("No text of its own"))

    def _paint_section(self, painter: QPainter, rect: QRectF, row: SectionRow) -> None:
        colours = theme.current()
        left = rect.left() + LEFT + INDENT + STEP
        width = rect.right() - left - RIGHT
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.border)
        top, bottom = rect.top() + (3.0 if row.place == 0 else 0.0), rect.bottom()
        painter.drawRect(QRectF(left - STEP + 1.0, top, 2.0, bottom - top))
        top = rect.top() + SECTION_TOP
        painter.setPen(colours.text)
        _line(painter, section_title(row.passage)[:MOST_TITLE], (), self._small, QPointF(left, top), width)
        painter.setPen(colours.muted)
        text, marks = around(row.passage.snippet, self._smaller, width)
        _line(painter, text, marks, self._smaller, QPointF(left, top + SMALL_LINE), width)

    def _paint_more(self, painter: QPainter, rect: QRectF, row: MoreRow) -> None:
        painter.setFont(self._small)
        painter.setPen(theme.current().link)
        area = rect.adjusted(LEFT + INDENT, 0, -RIGHT, 0)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown_title(row))


def _line(painter: QPainter, text: str, marks: Marks, font: QFont, at: QPointF, width: float) -> None:
    """Draw one line with its marks, cut with an ellipsis where it is too long."""
    shown = QFontMetricsF(font).elidedText(text.replace("\n", " "), Qt.TextElideMode.ElideRight, width)
    layout = QTextLayout(shown, font)
    layout.setFormats(_formats(shown, marks))
    layout.beginLayout()
    line = layout.createLine()
    if line.isValid():
        line.setLineWidth(10_000.0)  # it is cut already: what is a pixel too long is no reason to break it
    layout.endLayout()
    layout.draw(painter, at)


def around(snippet: Snippet, font: QFont, width: float) -> tuple[str, Marks]:
    """Return the part of a snippet that shows its first found word within a width."""
    text, marks = snippet.text, snippet.marks
    if not marks or QFontMetricsF(font).horizontalAdvance(text[: marks[0][1]] + "…") < width:
        return text, marks
    cut = text.rfind(" ", 0, max(0, marks[0][0] - LEAD)) + 1
    return f"…{text[cut:]}", tuple((start - cut + 1, end - cut + 1) for start, end in marks)


def _paragraph(text: str, marks: Marks, font: QFont, width: float) -> QTextLayout:
    """Return the text broken into at most two lines, its words marked, the last with an ellipsis where more follows."""
    layout = _broken(text, marks, font, width)
    if layout.lineCount() == SNIPPET_LINES:
        last = layout.lineAt(SNIPPET_LINES - 1)
        units = text.encode("utf-16-le")
        end = last.textStart() + last.textLength()
        if 2 * end < len(units):
            start = len(units[: 2 * last.textStart()].decode("utf-16-le", "replace"))
            metrics = QFontMetricsF(font)
            tail = metrics.elidedText(text[start:], Qt.TextElideMode.ElideRight, width - 1.0)
            layout = _broken(text[:start] + tail, marks, font, width)
    return layout


def _broken(text: str, marks: Marks, font: QFont, width: float) -> QTextLayout:
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setFormats(_formats(text, marks))
    layout.beginLayout()
    for number in range(SNIPPET_LINES):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(max(40.0, width))
        line.setPosition(QPointF(0.0, number * SNIPPET_LINE))
    layout.endLayout()
    return layout


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
