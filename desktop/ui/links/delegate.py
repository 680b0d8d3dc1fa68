"""How a link's row looks: a note with a dot in its kind's colour; below it the sentence, wrapped, the link marked."""

from collections import OrderedDict
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.core.records import NoteKind, ResolvedBy
from desktop.ui import theme
from desktop.ui.links.rows import (
    AddressRow,
    FileRow,
    GroupRow,
    Index,
    LinkRole,
    MissingRow,
    MoreRow,
    NoteRow,
    PlaceRow,
    Row,
    WordsRow,
)
from desktop.ui.links.sentence import Sentence

LEFT: Final = 18.0
RIGHT: Final = 14.0
INDENT: Final = 16.0  # of what stands under a note's title
NOTE_HEIGHT: Final = 28.0
GAP: Final = 5.0
DOT: Final = 3.4
PILL_HEIGHT: Final = 20.0
SENTENCES: Final = 200  # laid out and kept


class LinkDelegate(QStyledItemDelegate):
    """Paints the rows of one list."""

    def __init__(self, view: QListView, *, sentence_marks: str, action: str = "") -> None:
        """Mark what is meant by `sentence_marks`: "link" in the colour of links, "word" on a tint.

        `action` is the word on the button that notes and places show under the pointer.
        """
        super().__init__(view)
        self._view = view
        self._marks = sentence_marks
        self.action = action
        self._small: tuple[QFont, float] | None = None
        self._sentences: OrderedDict[tuple[PlaceRow, int], Sentence] = OrderedDict()
        theme.notifier().changed.connect(self._sentences.clear)

    def forget(self) -> None:
        """Measure and lay out anew: the font is another."""
        self._sentences.clear()
        self._small = None

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height that the row's lines need at the list's width."""
        return QSize(120, self.height_of(index.data(LinkRole.ROW)))

    def height_of(self, row: Row) -> int:
        """Return the height of a row."""
        if isinstance(row, WordsRow):
            box = QRectF(0, 0, max(60.0, self._width() - LEFT - RIGHT), 10_000)
            words = QFontMetricsF(self._view.font()).boundingRect(box, Qt.TextFlag.TextWordWrap, row.words)
            return round(max(NOTE_HEIGHT, words.height() + 12.0))
        if not isinstance(row, PlaceRow):
            return round(NOTE_HEIGHT)
        above = self._small_height() if row.heading or row.property else 0.0
        return round(self._sentence(row).height + above + GAP + 3.0)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the ground, then the row."""
        row: Row = index.data(LinkRole.ROW)
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = self._paint_ground(painter, rect, option.state)
        if isinstance(row, PlaceRow):
            self._paint_place(painter, rect, row)
        elif isinstance(row, WordsRow):
            painter.setPen(theme.current().muted)
            box = rect.adjusted(LEFT, 4, -RIGHT, 0)
            painter.drawText(box, int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop), row.words)
        elif isinstance(row, MoreRow):
            self._paint_more(painter, rect, row)
        elif isinstance(row, GroupRow):
            self._paint_group(painter, rect, row)
        elif isinstance(row, AddressRow):
            self._paint_address(painter, rect, row)
        else:
            self._paint_line(painter, rect, row, with_pill=ground is not None and self.has_pill(row))
        if ground is not None:
            if isinstance(row, NoteRow) and row.folded is not None:
                self._paint_arrow(painter, QPointF(LEFT - 8.0, rect.center().y()), row.folded)
            if self.has_pill(row):
                self._paint_pill(painter, self.pill_rect(row, option.rect), ground)
        painter.restore()

    # --- where one can click -----------------------------------------------------------------------------

    def has_pill(self, row: Row) -> bool:
        """Tell whether a row has the list's action."""
        return bool(self.action) and (isinstance(row, NoteRow) or (isinstance(row, PlaceRow) and bool(row.words)))

    def pill_rect(self, row: Row, rect: QRect) -> QRectF:
        """Return where the action's button stands in a row."""
        width = QFontMetricsF(self._small_font()).horizontalAdvance(self.action) + 18.0
        top = rect.center().y() - PILL_HEIGHT / 2 + 0.5 if isinstance(row, NoteRow) else rect.top() + 1.5
        return QRectF(rect.right() - RIGHT - width + 6.0, top, width, PILL_HEIGHT)

    def others_rect(self, row: NoteRow, rect: QRect) -> QRectF:
        """Return where the mark of an ambiguous link stands in a row; empty where there is none."""
        if not row.others:
            return QRectF()
        right = rect.right() - RIGHT - self._count_width(row.count)
        width = QFontMetricsF(self._small_font()).horizontalAdvance(f"+{row.others}") + 12.0
        return QRectF(right - width, rect.center().y() - 8.5, width, 18.0)

    # --- rows --------------------------------------------------------------------------------------------

    def _paint_ground(self, painter: QPainter, rect: QRectF, state: QStyle.StateFlag) -> QColor | None:
        """Paint the ground of a chosen row, or of one under the pointer; return its colour."""
        colours = theme.current()
        selected = bool(state & QStyle.StateFlag.State_Selected)
        focused = selected and self._view.hasFocus()
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        if not (focused or hovered):
            return None
        ground = colours.selection if focused else colours.hover
        painter.setPen(QPen(colours.accent) if focused else Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(rect.adjusted(4.5, 0.5, -6.5, -0.5), 5, 5)
        return ground

    def _paint_line(
        self, painter: QPainter, rect: QRectF, row: NoteRow | MissingRow | FileRow, *, with_pill: bool
    ) -> None:
        """Paint a note, a missing one, or a file."""
        colours = theme.current()
        right = rect.right() - RIGHT
        middle = Qt.AlignmentFlag.AlignVCenter
        if with_pill:
            right = self.pill_rect(row, rect.toRect()).left() - 6.0
        elif row.count > 1:
            painter.setPen(colours.muted)
            box = QRectF(rect.left(), rect.top(), right - rect.left(), rect.height())
            painter.drawText(box, middle | Qt.AlignmentFlag.AlignRight, str(row.count))
            right -= self._count_width(row.count)
        lost = isinstance(row, MissingRow) or row.lost
        if isinstance(row, NoteRow):
            right = self._paint_marks(painter, rect, row, right)
        self._paint_dot(painter, QPointF(rect.left() + LEFT + DOT, rect.center().y() + 0.5), row, lost)
        font = QFont(self._view.font())
        if isinstance(row, NoteRow) and row.link is None:
            font.setWeight(QFont.Weight.Medium)
        painter.setFont(font)
        painter.setPen(colours.broken_link if lost and not isinstance(row, NoteRow) else colours.text)
        left = rect.left() + LEFT + INDENT
        metrics = QFontMetricsF(font)
        title, arrow, anchor = row.title[:300], "", ""
        if self._leads_below(row):
            title, arrow, anchor = title.rpartition(" › ")
        shown = metrics.elidedText(title, Qt.TextElideMode.ElideRight, right - left)
        painter.drawText(QRectF(left, rect.top(), right - left + 1.0, rect.height()), middle, shown)
        if arrow:
            left += metrics.horizontalAdvance(shown)
            painter.setPen(colours.broken_link if lost else colours.muted)
            rest = metrics.elidedText(arrow + anchor, Qt.TextElideMode.ElideRight, max(0.0, right - left))
            painter.drawText(QRectF(left, rect.top(), max(0.0, right - left) + 1.0, rect.height()), middle, rest)

    def _leads_below(self, row: NoteRow | MissingRow | FileRow) -> bool:
        return isinstance(row, NoteRow) and row.link is not None and bool(row.link.anchor) and " › " in row.title

    def _paint_marks(self, painter: QPainter, rect: QRectF, row: NoteRow, right: float) -> float:
        """Paint what is to be said of an outgoing link at its right; return where the title must end."""
        colours = theme.current()
        painter.setFont(self._small_font())
        metrics = QFontMetricsF(self._small_font())
        if row.others:
            box = self.others_rect(row, rect.toRect())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(_mixed(colours.window, colours.warning, 0.16))
            painter.drawRoundedRect(box, 9, 9)
            painter.setPen(colours.warning)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, f"+{row.others}")
            right = box.left() - 6.0
        if row.how in (ResolvedBy.ALIAS, ResolvedBy.LOOSE):
            words = self.tr("alias") if row.how is ResolvedBy.ALIAS else self.tr("е = ё")
            width = metrics.horizontalAdvance(words)
            painter.setPen(colours.muted)
            box = QRectF(right - width, rect.top(), width + 1.0, rect.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, words)
            right -= width + 8.0
        return right

    def _paint_dot(
        self, painter: QPainter, place: QPointF, row: NoteRow | MissingRow | FileRow, lost: bool
    ) -> None:
        colours = theme.current()
        if lost:
            painter.setPen(QPen(colours.broken_link, 1.3))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(place, DOT - 0.6, DOT - 0.6)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        if isinstance(row, NoteRow):
            painter.setBrush(kind_colour(row.kind))
            painter.drawEllipse(place, DOT, DOT)
        else:
            painter.setBrush(colours.faint)
            painter.drawRoundedRect(QRectF(place.x() - 2.8, place.y() - 3.6, 5.6, 7.2), 1.2, 1.2)

    def _paint_place(self, painter: QPainter, rect: QRectF, row: PlaceRow) -> None:
        """Paint the heading, small, and the sentence under it."""
        colours = theme.current()
        left, width = rect.left() + LEFT + INDENT, rect.width() - LEFT - INDENT - RIGHT
        top = rect.top() + 1.0
        above = self.tr("Property “{0}”").format(row.property) if row.property else row.heading
        if above:
            font = self._small_font()
            painter.setFont(font)
            painter.setPen(colours.muted)
            words = QFontMetricsF(font).elidedText(above[:200], Qt.TextElideMode.ElideRight, width)
            height = self._small_height()
            painter.drawText(QRectF(left, top, width, height), Qt.AlignmentFlag.AlignVCenter, words)
            top += height
        painter.setPen(_mixed(colours.text, colours.muted, 0.25))
        self._sentence(row).layout.draw(painter, QPointF(left, top + 1.0))

    def _paint_more(self, painter: QPainter, rect: QRectF, row: MoreRow) -> None:
        painter.setPen(theme.current().accent if row.note_id is not None else theme.current().muted)
        box = rect.adjusted(LEFT + INDENT, 0, -RIGHT, 0)
        words = painter.fontMetrics().elidedText(row.words, Qt.TextElideMode.ElideRight, int(box.width()))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, words)

    def _paint_group(self, painter: QPainter, rect: QRectF, row: GroupRow) -> None:
        colours = theme.current()
        self._paint_arrow(painter, QPointF(rect.left() + LEFT + DOT, rect.center().y() + 0.5), row.folded)
        painter.setPen(colours.muted)
        box = rect.adjusted(LEFT + INDENT, 0, -RIGHT, 0)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, str(row.count))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, row.title)

    def _paint_address(self, painter: QPainter, rect: QRectF, row: AddressRow) -> None:
        """Paint the words of a link, and the host it leads to."""
        colours = theme.current()
        metrics = QFontMetricsF(self._view.font())
        small = QFontMetricsF(self._small_font())
        box = rect.adjusted(LEFT + INDENT, 0, -RIGHT, 0)
        host = small.elidedText(row.host, Qt.TextElideMode.ElideRight, box.width() * 0.45)
        painter.setFont(self._small_font())
        painter.setPen(colours.muted)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, host)
        box.setRight(box.right() - small.horizontalAdvance(host) - 10.0)
        painter.setFont(self._view.font())
        painter.setPen(colours.text)
        title = metrics.elidedText(row.title[:300], Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, title)

    def _paint_arrow(self, painter: QPainter, place: QPointF, folded: bool) -> None:
        painter.setPen(QPen(theme.current().muted, 1.3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        x, y = place.x(), place.y()
        if folded:
            points = [QPointF(x - 1.5, y - 3.0), QPointF(x + 1.7, y), QPointF(x - 1.5, y + 3.0)]
        else:
            points = [QPointF(x - 3.0, y - 1.5), QPointF(x, y + 1.7), QPointF(x + 3.0, y - 1.5)]
        painter.drawPolyline(QPolygonF(points))

    def _paint_pill(self, painter: QPainter, box: QRectF, ground: QColor) -> None:
        colours = theme.current()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRect(box.adjusted(-8, 0, 0, 0))  # words below must not shine through
        painter.setPen(QPen(colours.accent))
        painter.setBrush(colours.raised)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 9.5, 9.5)
        painter.setFont(self._small_font())
        painter.setPen(colours.link)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.action)

    # --- measures ----------------------------------------------------------------------------------------

    def _width(self) -> int:
        return self._view.viewport().width()

    def _sentence(self, row: PlaceRow) -> Sentence:
        width = self._width()
        known = self._sentences.get((row, width))
        if known is None:
            known = Sentence(row.snippet, self._view.font(), width - LEFT - INDENT - RIGHT, self._marks)
            self._sentences[row, width] = known
            if len(self._sentences) > SENTENCES:
                self._sentences.popitem(last=False)
        return known

    def _count_width(self, count: int) -> float:
        return QFontMetricsF(self._view.font()).horizontalAdvance(str(count)) + 8.0 if count > 1 else 0.0

    def _small_font(self) -> QFont:
        return self._small_one()[0]

    def _small_height(self) -> float:
        return self._small_one()[1]

    def _small_one(self) -> tuple[QFont, float]:
        if self._small is None:
            font = QFont(self._view.font())
            font.setPixelSize(max(10, font.pixelSize() - 1 if font.pixelSize() > 0 else 12))
            self._small = font, QFontMetricsF(font).height() + 2.0
        return self._small


def kind_colour(kind: NoteKind) -> QColor:
    """Return the colour of a kind of note: the one it has in the graph."""
    colour: QColor = getattr(theme.current(), kind.value)
    return colour


def _mixed(front: QColor, back: QColor, share: float) -> QColor:
    """Return a colour between two, with this share of the second."""
    pairs = zip(front.getRgbF()[:3], back.getRgbF()[:3], strict=True)  # type: ignore[index]
    return QColor.fromRgbF(*(a * (1.0 - share) + b * share for a, b in pairs))
