"""The card beside a hovered node: its title, what it is, and the first line of its text.

The first line is asked for when the pointer rests on a node, and comes when it comes; an answer for a node that the
pointer has left meanwhile is dropped.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from PySide6.QtCore import QObject, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPixmap

from desktop.ui import theme
from desktop.ui.delays import NODE_CARD_MS
from desktop.ui.graph.colours import GraphColours
from desktop.ui.graph.labels import shown_title, writable

HoverSource = Callable[[int, Callable[[str], None]], None]

WIDTH: Final = 264.0
PADDING: Final = 12.0
SHADOW: Final = 10.0
GAP: Final = 10.0
NAME: Final = 0.7  # of a neighbour under the card: what its name under it costs
LONGEST: Final = 400  # characters of a first line


@dataclass(frozen=True, slots=True)
class CardPlace:
    """Where a card may stand: inside an area, beside a node, and if it can be not over its neighbours."""

    area: QRectF
    node: QPointF
    radius: float
    neighbours: list[tuple[float, float]]
    names: tuple[QRectF, ...] = ()  # of the neighbours

    def choose(self, width: float, height: float) -> QPointF:
        """Return the corner of the place that covers fewest neighbours and not the node itself."""
        x, y, gap = self.node.x(), self.node.y(), self.radius + GAP
        corners = (
            (x - width / 2.0, y + gap),
            (x - width / 2.0, y - gap - height),
            (x + gap, y - height / 2.0),
            (x - gap - width, y - height / 2.0),
            (x + gap, y + gap),
            (x - gap - width, y + gap),
            (x + gap, y - gap - height),
            (x - gap - width, y - gap - height),
        )
        near = np.array(self.neighbours, dtype=np.float64).reshape(-1, 2)  # a hub has thousands
        best, least = QPointF(), math.inf
        for left, top in corners:
            left = max(self.area.left() + 8.0, min(left, self.area.right() - 8.0 - width))
            top = max(self.area.top() + 6.0, min(top, self.area.bottom() - 6.0 - height))
            frame = QRectF(left, top, width, height).adjusted(-4.0, -4.0, 4.0, 4.0)
            covered = (near >= (frame.left(), frame.top())) & (near <= (frame.right(), frame.bottom()))
            cost = int(covered.all(axis=1).sum()) + 100.0 * frame.contains(self.node)
            cost += NAME * sum(frame.intersects(name) for name in self.names)
            if cost < least:
                best, least = QPointF(left, top), cost
        return best


class HoverCard(QObject):
    """What the card says and when; the view paints it."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.source: HoverSource | None = None
        self.node: int | None = None  # the id it is for
        self._words = ("", "", "")
        self._shown = False
        self._pixmap: QPixmap | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(NODE_CARD_MS)
        self._timer.timeout.connect(self._show)

    @property
    def is_shown(self) -> bool:
        """Tell whether there is a card to paint."""
        return self._shown

    @property
    def words(self) -> tuple[str, str, str]:
        """What the card says: title, what it is, first line."""
        return self._words

    def point_at(self, node: int | None, title: str = "", meta: str = "") -> None:
        """Take the node under the pointer; its card comes when the pointer rests."""
        self._timer.stop()
        self.node, self._shown, self._pixmap = node, False, None
        self._words = (shown_title(title), meta, "")
        if node is not None:
            self._timer.start()

    def forget_paint(self) -> None:
        """Paint the card anew: the colours are others."""
        self._pixmap = None

    def _show(self) -> None:
        node = self.node
        if node is None:
            return
        self._shown = True
        self.changed.emit()
        if self.source is not None:
            self.source(node, lambda text: self._take_line(node, text))

    def _take_line(self, node: int, text: str) -> None:
        if node != self.node or not self._shown or not text:
            return
        self._words = (self._words[0], self._words[1], shown_title(text[:LONGEST]))
        self._pixmap = None
        self.changed.emit()

    def paint(self, painter: QPainter, place: CardPlace, colours: GraphColours, ratio: float) -> None:
        """Paint the card beside its node."""
        if not self._shown:
            return
        if self._pixmap is None or self._pixmap.devicePixelRatio() != ratio:
            self._pixmap = self._paint(min(WIDTH, place.area.width() - 16.0), colours, ratio)
        width, height = (side / ratio - 2 * SHADOW for side in (self._pixmap.width(), self._pixmap.height()))
        corner = place.choose(width, height) - QPointF(SHADOW, SHADOW)
        where = QPointF(round(corner.x() * ratio) / ratio, round(corner.y() * ratio) / ratio)
        painter.drawPixmap(where, self._pixmap)

    def _paint(self, width: float, colours: GraphColours, ratio: float) -> QPixmap:
        rows = self._rows(width - 2 * PADDING)
        height = 2 * PADDING - 3.0 + sum(metrics.height() + gap for _font, metrics, gap, _line, _muted in rows)
        pixmap = QPixmap(math.ceil((width + 2 * SHADOW) * ratio), math.ceil((height + 2 * SHADOW) * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(SHADOW, SHADOW, width, height)
        self._paint_shadow(painter, frame)
        painter.setPen(QPen(colours.card_border, 1.0))
        painter.setBrush(colours.card)
        painter.drawRoundedRect(frame.adjusted(0.5, 0.5, -0.5, -0.5), 8.0, 8.0)
        top = SHADOW + PADDING - 2.0
        for font, metrics, gap, line, muted in rows:
            top += gap
            painter.setFont(font)
            painter.setPen(theme.current().muted if muted else colours.label)
            painter.drawText(QPointF(SHADOW + PADDING, top + metrics.ascent()), line)
            top += metrics.height()
        painter.end()
        return pixmap

    def _paint_shadow(self, painter: QPainter, frame: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        dark = theme.current().dark
        shade = QColor(0, 0, 0) if dark else QColor(theme.current().text)  # a copy: colours of a theme are shared
        shade.setAlphaF(0.05 if dark else 0.014)
        for reach in range(1, int(SHADOW) - 1):
            painter.setBrush(shade)
            painter.drawRoundedRect(frame.adjusted(-reach, 2.0 - reach, reach, 2.0 + reach), 8.0 + reach, 8.0 + reach)

    def _rows(self, width: float) -> list[tuple[QFont, QFontMetricsF, float, str, bool]]:
        """Return the lines of the card with their fonts and the gaps above them."""
        title, meta, line = self._words
        bold, small = theme.ui_font(), theme.ui_font()
        bold.setWeight(QFont.Weight.DemiBold)
        small.setPixelSize(12)
        rows: list[tuple[QFont, QFontMetricsF, float, str, bool]] = []
        for font, text, most, gap, muted in ((bold, title, 2, 0.0, False), (small, meta, 1, 3.0, True)):
            rows += _broken(font, text, most, gap, muted, width)
        rows += _broken(small, line, 3, 7.0, False, width)
        return rows


def _broken(
    font: QFont, text: str, most: int, gap: float, muted: bool, width: float
) -> list[tuple[QFont, QFontMetricsF, float, str, bool]]:
    """Break a text into at most so many lines, the last one elided."""
    metrics = QFontMetricsF(font)
    words = writable(text, metrics).split()
    rows: list[tuple[QFont, QFontMetricsF, float, str, bool]] = []
    while words and len(rows) < most:
        line = ""
        if len(rows) == most - 1:
            line, words = metrics.elidedText(" ".join(words), Qt.TextElideMode.ElideRight, width), []
        else:
            while words and metrics.horizontalAdvance(f"{line} {words[0]}".strip()) <= width:
                line = f"{line} {words.pop(0)}".strip()
            if not line:
                line, words = metrics.elidedText(" ".join(words), Qt.TextElideMode.ElideRight, width), []
        rows.append((font, metrics, gap if not rows else 0.0, line, muted))
    return rows
