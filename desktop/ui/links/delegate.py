"""How a link's row looks: a note with a dot in its kind's colour; below it the sentence, wrapped, the link marked."""

from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.core.records import NoteKind, Snippet
from desktop.ui import theme
from desktop.ui.links.rows import Index, LinkRole, MissingRow, NoteRow, PlaceRow, Row, WordsRow

LEFT: Final = 16.0
RIGHT: Final = 14.0
INDENT: Final = 16.0  # of what stands under a note's title
NOTE_HEIGHT: Final = 27.0
GAP: Final = 4.0
LINES: Final = 3
LINE_HEIGHT: Final = 1.28
DOT: Final = 3.4


class LinkDelegate(QStyledItemDelegate):
    """Paints the rows of one list."""

    def __init__(self, view: QListView, *, sentence_marks: str) -> None:
        """Mark what is meant by `sentence_marks`: "link" in the colour of links, "word" on a tint."""
        super().__init__(view)
        self._view = view
        self._marks = sentence_marks

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height that the row's lines need at the list's width."""
        row: Row = index.data(LinkRole.ROW)
        width = self._view.viewport().width()
        if not isinstance(row, PlaceRow):
            return QSize(120, int(NOTE_HEIGHT))
        layout = self._layout(row.snippet, width - LEFT - INDENT - RIGHT)
        height = layout.lineCount() * self._line_height() + GAP + 3.0
        return QSize(120, int(height + (self._small_height() if row.heading else 0.0)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the ground, then the row."""
        row: Row = index.data(LinkRole.ROW)
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, rect, option.state)
        if isinstance(row, PlaceRow):
            self._paint_place(painter, QRectF(rect), row)
        elif isinstance(row, WordsRow):
            painter.setPen(theme.current().muted)
            painter.drawText(QRectF(rect).adjusted(LEFT, 0, -RIGHT, 0), Qt.AlignmentFlag.AlignVCenter, row.words)
        else:
            self._paint_line(painter, QRectF(rect), row)
        painter.restore()

    def _paint_ground(self, painter: QPainter, rect: QRect, state: QStyle.StateFlag) -> None:
        colours = theme.current()
        selected = bool(state & QStyle.StateFlag.State_Selected)
        focused = selected and self._view.hasFocus()
        if not selected and not state & QStyle.StateFlag.State_MouseOver:
            return
        painter.setPen(QPen(colours.accent) if focused else Qt.PenStyle.NoPen)
        painter.setBrush(colours.selection if focused else colours.hover)
        painter.drawRoundedRect(QRectF(rect).adjusted(6.5, 0.5, -6.5, -0.5), 5, 5)

    def _paint_line(self, painter: QPainter, rect: QRectF, row: NoteRow | MissingRow) -> None:
        """Paint a note, or a missing one."""
        colours = theme.current()
        right = rect.right() - RIGHT
        middle = Qt.AlignmentFlag.AlignVCenter
        font = QFont(self._view.font())
        if row.count > 1:
            painter.setPen(colours.muted)
            count = str(row.count)
            painter.drawText(QRectF(rect.left(), rect.top(), right - rect.left(), rect.height()),
                             middle | Qt.AlignmentFlag.AlignRight, count)  # fmt: skip
            right -= QFontMetricsF(font).horizontalAdvance(count) + 8.0
        missing = isinstance(row, MissingRow)
        self._paint_dot(painter, QPointF(rect.left() + LEFT + DOT, rect.center().y() + 0.5), row)
        if isinstance(row, NoteRow) and row.link is None:
            font.setWeight(QFont.Weight.Medium)
        painter.setFont(font)
        painter.setPen(colours.broken_link if missing else colours.text)
        left = rect.left() + LEFT + INDENT
        title = QFontMetricsF(font).elidedText(row.title[:300], Qt.TextElideMode.ElideRight, right - left)
        painter.drawText(QRectF(left, rect.top(), right - left + 1.0, rect.height()), middle, title)

    def _paint_dot(self, painter: QPainter, place: QPointF, row: NoteRow | MissingRow) -> None:
        if isinstance(row, MissingRow):
            painter.setPen(QPen(theme.current().broken_link, 1.3))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(place, DOT - 0.6, DOT - 0.6)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(kind_colour(row.kind))
        painter.drawEllipse(place, DOT, DOT)

    def _paint_place(self, painter: QPainter, rect: QRectF, row: PlaceRow) -> None:
        """Paint the heading, small, and the sentence under it."""
        colours = theme.current()
        left, width = rect.left() + LEFT + INDENT, rect.width() - LEFT - INDENT - RIGHT
        top = rect.top() + 1.0
        if row.heading:
            font = self._small_font()
            painter.setFont(font)
            painter.setPen(colours.muted)
            words = QFontMetricsF(font).elidedText(row.heading[:200], Qt.TextElideMode.ElideRight, width)
            height = self._small_height()
            painter.drawText(QRectF(left, top, width, height), Qt.AlignmentFlag.AlignVCenter, words)
            top += height
        painter.setPen(colours.text if not row.heading else _softer(colours.text, colours.muted))
        layout = self._layout(row.snippet, width)
        layout.draw(painter, QPointF(left, top + 1.0))

    def _layout(self, snippet: Snippet, width: float) -> QTextLayout:
        """Return the sentence broken into at most three lines, what is left over elided."""
        text, marks = snippet.text, snippet.marks
        layout, used = self._broken(text, marks, width)
        if used < len(text):
            text = text[: max(0, used - 2)].rstrip() + "…"
            layout, _ = self._broken(text, marks, width)
        return layout

    def _broken(self, text: str, marks: tuple[tuple[int, int], ...], width: float) -> tuple[QTextLayout, int]:
        layout = QTextLayout(text, self._view.font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setFormats(self._formats(text, marks))
        layout.beginLayout()
        used = 0
        for number in range(LINES):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(max(40.0, width))
            line.setPosition(QPointF(0.0, number * self._line_height()))
            used = _points(text, line.textStart() + line.textLength())
        layout.endLayout()
        return layout, used

    def _formats(self, text: str, marks: tuple[tuple[int, int], ...]) -> list[QTextLayout.FormatRange]:
        colours = theme.current()
        look = QTextCharFormat()
        if self._marks == "link":
            look.setForeground(colours.link)
            look.setFontWeight(QFont.Weight.Medium)
        else:
            look.setBackground(colours.mark)
        found = []
        for start, end in marks:
            span = QTextLayout.FormatRange()
            span.start, span.length = _units(text, start), _units(text, end) - _units(text, start)
            span.format = look
            if span.length > 0:
                found.append(span)
        return found

    def _line_height(self) -> float:
        return round(QFontMetricsF(self._view.font()).ascent() * LINE_HEIGHT + 4.0)

    def _small_font(self) -> QFont:
        font = QFont(self._view.font())
        font.setPixelSize(max(10, font.pixelSize() - 1 if font.pixelSize() > 0 else 12))
        return font

    def _small_height(self) -> float:
        return QFontMetricsF(self._small_font()).height() + 2.0


def kind_colour(kind: NoteKind) -> QColor:
    """Return the colour of a kind of note: the one it has in the graph."""
    colour: QColor = getattr(theme.current(), kind.value)
    return colour


def _softer(front: QColor, back: QColor) -> QColor:
    """Return a colour between two: a sentence below its heading is no title."""
    return QColor.fromRgbF(
        *((a * 2 + b) / 3 for a, b in zip(front.getRgbF()[:3], back.getRgbF()[:3], strict=True))  # type: ignore[index]
    )


def _units(text: str, points: int) -> int:
    """Return an offset in UTF-16, as Qt counts, for one in characters."""
    return len(text[:points].encode("utf-16-le", "surrogatepass")) // 2


def _points(text: str, units: int) -> int:
    """Return an offset in characters for one in UTF-16."""
    part = text.encode("utf-16-le", "surrogatepass")[: units * 2]
    return len(part.decode("utf-16-le", "ignore"))
