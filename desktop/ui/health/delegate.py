"""How a row looks: what is amiss, the place and its sentence below, and a button at the right."""

from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.core.records import DuplicateAddress, Snippet
from desktop.ui import theme
from desktop.ui.health.rows import HealthRole, Index, Row

LEFT: Final = 20.0
RIGHT: Final = 16.0
HEIGHT: Final = 52
LOW: Final = 30  # of a row that belongs to the one above
FIRST_LINE: Final = 17.0  # its middle
SECOND_LINE: Final = 36.0
BUTTON_HEIGHT: Final = 26.0
MOST_BUTTON: Final = 0.36  # of a row's width
GAP: Final = 10.0
DOT: Final = 3.6
MIDDLE: Final = Qt.AlignmentFlag.AlignVCenter


class HealthDelegate(QStyledItemDelegate):
    """Paints the rows of one list."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self.hovered_button: int = -1  # the row over whose button the pointer is

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Be two lines high; among addresses, one."""
        return QSize(200, LOW if _is_low(index.data(HealthRole.ROW)) else HEIGHT)

    def button_rect(self, row: Row, rect: QRect) -> QRectF:
        """Return where a row's button is; an empty rectangle where it has none."""
        if not row.button:
            return QRectF()
        wanted = QFontMetricsF(self._view.font()).horizontalAdvance(row.button) + 26.0
        width = min(wanted, rect.width() * MOST_BUTTON)
        top = rect.top() + (rect.height() - BUTTON_HEIGHT) / 2.0
        return QRectF(rect.right() - RIGHT - width, top, width, BUTTON_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the ground, the two lines, the button."""
        row: Row = index.data(HealthRole.ROW)
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, rect, option.state)
        button = self.button_rect(row, rect)
        right = button.left() - GAP if row.button else rect.right() - RIGHT
        if row.below:
            self._paint_note(painter, QRectF(rect.left() + LEFT + 16.0, rect.top(), right - rect.left() - LEFT - 16.0,
                                             rect.height()), row)  # fmt: skip
        else:
            left = rect.left() + LEFT
            middle = rect.height() / 2.0 if _is_low(row) else FIRST_LINE
            self._paint_first(painter, QRectF(left, rect.top() + middle - 10.0, right - left, 20.0), row)
            second = QRectF(left, rect.top() + SECOND_LINE - 10.0, right - left, 20.0)
            self._paint_second(painter, second, row, index.data(HealthRole.CONTEXT))
        if row.button:
            self._paint_button(painter, button, row, hovered=index.row() == self.hovered_button)
        painter.restore()

    def _paint_ground(self, painter: QPainter, rect: QRect, state: QStyle.StateFlag) -> None:
        colours = theme.current()
        selected = bool(state & QStyle.StateFlag.State_Selected)
        focused = selected and self._view.hasFocus()
        if not selected and not state & QStyle.StateFlag.State_MouseOver:
            return
        painter.setPen(QPen(colours.accent) if focused else Qt.PenStyle.NoPen)
        painter.setBrush(colours.selection if focused else colours.hover)
        painter.drawRoundedRect(QRectF(rect).adjusted(8.5, 1.5, -8.5, -1.5), 6, 6)

    def _paint_first(self, painter: QPainter, box: QRectF, row: Row) -> None:
        colours = theme.current()
        font = QFont(self._view.font())
        font.setWeight(QFont.Weight.Medium)
        if row.kind is not None and row.entry is not None and row.place is None:
            box = self._paint_dot(painter, box, getattr(colours, row.kind.value))
        metrics = QFontMetricsF(font)
        detail = QFontMetricsF(self._view.font())
        room = box.width()
        if row.detail:
            room -= min(detail.horizontalAdvance(row.detail), room * 0.45) + GAP
        mode = Qt.TextElideMode.ElideMiddle if "/" in row.first else Qt.TextElideMode.ElideRight
        first = metrics.elidedText(row.first[:400], mode, room)
        painter.setFont(font)
        painter.setPen(colours.broken_link if row.amiss else colours.text)
        painter.drawText(box, MIDDLE, first)
        used = metrics.horizontalAdvance(first) + GAP
        if row.detail and used < box.width():
            painter.setFont(self._view.font())
            painter.setPen(colours.muted)
            rest = box.adjusted(used, 0, 0, 0)
            painter.drawText(rest, MIDDLE, detail.elidedText(row.detail, Qt.TextElideMode.ElideRight, rest.width()))

    def _paint_second(self, painter: QPainter, box: QRectF, row: Row, context: Snippet | None) -> None:
        if _is_low(row):
            return
        colours = theme.current()
        font = self._view.font()
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        if row.place is None or row.kind is None:
            painter.setPen(colours.muted)
            painter.drawText(box, MIDDLE, metrics.elidedText(row.second, Qt.TextElideMode.ElideMiddle, box.width()))
            return
        box = self._paint_dot(painter, box, getattr(colours, row.kind.value))
        painter.setPen(colours.text)
        source = metrics.elidedText(row.second[:300], Qt.TextElideMode.ElideRight, box.width() * 0.4)
        painter.drawText(box, MIDDLE, source)
        box = box.adjusted(metrics.horizontalAdvance(source) + 8.0, 0, 0, 0)
        if context is None or box.width() < 40.0:
            return
        painter.setPen(colours.faint)
        painter.drawText(box, MIDDLE, "›")
        box = box.adjusted(metrics.horizontalAdvance("›") + 8.0, 0, 0, 0)
        self._paint_sentence(painter, box, context, colours.broken_link if row.amiss else colours.link)

    def _paint_sentence(self, painter: QPainter, box: QRectF, context: Snippet, colour: QColor) -> None:
        """Paint one line of the sentence in which its link is seen."""
        metrics = QFontMetricsF(painter.font())
        start, end = context.marks[0] if context.marks else (0, 0)
        text = " ".join(context.text[:start].split()), context.text[start:end], " ".join(context.text[end:].split())
        before, link, after = (f"{text[0]} " if context.text[:start][-1:].isspace() else text[0], *text[1:])
        after = f" {after}" if context.text[end : end + 1].isspace() else after
        muted = theme.current().muted
        link = metrics.elidedText(link, Qt.TextElideMode.ElideRight, box.width() * 0.7)
        room = max(0.0, box.width() - metrics.horizontalAdvance(link))
        lead = max(room / 2.0, room - metrics.horizontalAdvance(after))
        before = metrics.elidedText(before, Qt.TextElideMode.ElideLeft, min(room, lead))
        for piece, ink in ((before, muted), (link, colour), (after, muted)):
            shown = metrics.elidedText(piece, Qt.TextElideMode.ElideRight, box.width())
            painter.setPen(ink)
            painter.drawText(box, MIDDLE, shown)
            box = box.adjusted(metrics.horizontalAdvance(shown), 0, 0, 0)

    def _paint_note(self, painter: QPainter, box: QRectF, row: Row) -> None:
        colours = theme.current()
        if row.kind is not None:
            box = self._paint_dot(painter, box, getattr(colours, row.kind.value))
        painter.setPen(colours.text)
        title = QFontMetricsF(painter.font()).elidedText(row.first[:300], Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, MIDDLE, title)

    def _paint_dot(self, painter: QPainter, box: QRectF, colour: QColor) -> QRectF:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(QRectF(box.left(), box.center().y() - DOT + 0.5, 2 * DOT, 2 * DOT))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        return box.adjusted(2 * DOT + 8.0, 0, 0, 0)

    def _paint_button(self, painter: QPainter, rect: QRectF, row: Row, *, hovered: bool) -> None:
        colours = theme.current()
        painter.setFont(self._view.font())
        painter.setPen(QPen(colours.accent if hovered else colours.border))
        painter.setBrush(colours.accent if hovered else colours.raised)
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setPen(colours.on_accent if hovered else colours.accent)
        room = rect.width() - 20.0
        label = QFontMetricsF(painter.font()).elidedText(row.button, Qt.TextElideMode.ElideMiddle, room)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, label)


def _is_low(row: Row) -> bool:
    """Tell whether a row has one line: an address, and the notes below it."""
    return row.below or isinstance(row.entry, DuplicateAddress)
