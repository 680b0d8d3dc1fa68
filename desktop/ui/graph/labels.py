"""Names beside the nodes: painted once each, placed where nothing else is.

A label is a small pixmap with a halo in the ground's colour, at most two lines wide. An **occupancy grid** of
4 x 4 pixels says what is taken, so placing a label costs the same however many there are.
"""

import math
from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap

WIDEST: Final = 132.0
HALO: Final = 3.0
CELL: Final = 4
CACHED: Final = 600
LONGEST_TITLE: Final = 160  # characters: what two lines could ever hold, and a bound for hostile titles


def two_lines(title: str, metrics: QFontMetricsF, widest: float = WIDEST) -> list[str]:
    """Break a title into at most two lines, the second one elided."""
    words = title[:LONGEST_TITLE].split()
    line = ""
    while words and metrics.horizontalAdvance(f"{line} {words[0]}".strip()) <= widest:
        line = f"{line} {words.pop(0)}".strip()
    if not words:
        return [line] if line else []
    if not line:
        return [metrics.elidedText(" ".join(words), Qt.TextElideMode.ElideRight, widest)]
    return [line, metrics.elidedText(" ".join(words), Qt.TextElideMode.ElideRight, widest)]


class LabelSprites:
    """Painted labels by title, the oldest forgotten first."""

    def __init__(self, font: QFont, colour: QColor, ground: QColor, ratio: float) -> None:
        self._fonts = (QFont(font), QFont(font))
        self._fonts[1].setWeight(QFont.Weight.DemiBold)
        self._colour, self._ground, self._ratio = colour, ground, ratio
        self._known: dict[tuple[str, bool], QPixmap] = {}

    def sprite(self, title: str, strong: bool) -> QPixmap:
        """Return the painted label."""
        key = (title, strong)
        found = self._known.pop(key, None)
        if found is None:
            found = self._paint(title, strong)
            if len(self._known) >= CACHED:
                self._known.pop(next(iter(self._known)))
        self._known[key] = found
        return found

    def _paint(self, title: str, strong: bool) -> QPixmap:
        font = self._fonts[strong]
        metrics = QFontMetricsF(font)
        lines = two_lines(title, metrics)
        width = max((metrics.horizontalAdvance(line) for line in lines), default=0.0) + 2 * HALO
        height = len(lines) * metrics.height() + 2 * HALO
        pixmap = QPixmap(math.ceil(width * self._ratio) + 1, math.ceil(height * self._ratio) + 1)
        pixmap.setDevicePixelRatio(self._ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        path = QPainterPath()
        for row, line in enumerate(lines):
            left = (width - metrics.horizontalAdvance(line)) / 2.0
            path.addText(QPointF(left, HALO + row * metrics.height() + metrics.ascent()), font, line)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        halo = QColor(self._ground)
        halo.setAlphaF(0.86)
        join, cap = Qt.PenJoinStyle.RoundJoin, Qt.PenCapStyle.RoundCap
        painter.strokePath(path, QPen(halo, 2 * HALO - 1.0, Qt.PenStyle.SolidLine, cap, join))
        painter.fillPath(path, self._colour)
        painter.end()
        return pixmap


class Occupancy:
    """Which parts of the widget are taken."""

    def __init__(self, width: float, height: float) -> None:
        self._cells = np.zeros((math.ceil(height / CELL) + 1, math.ceil(width / CELL) + 1), dtype=bool)
        self._area = QRectF(0.0, 0.0, width, height)

    def _window(self, rect: QRectF) -> tuple[slice, slice]:
        top, left = max(0, int(rect.top() / CELL)), max(0, int(rect.left() / CELL))
        return (
            slice(top, max(top, math.ceil(rect.bottom() / CELL))),
            slice(left, max(left, math.ceil(rect.right() / CELL))),
        )

    def is_free(self, rect: QRectF) -> bool:
        """Tell whether a label could stand there, wholly inside the widget."""
        return self._area.contains(rect) and not self._cells[self._window(rect)].any()

    def take(self, rect: QRectF) -> None:
        """Mark a part as taken."""
        if rect.intersects(self._area):
            self._cells[self._window(rect)] = True


def candidates(x: float, y: float, radius: float, width: float, height: float) -> list[QRectF]:
    """Return the places for a label beside a node, the best first: below, above, right, left."""
    gap = radius + 1.0
    return [
        QRectF(x - width / 2.0, y + gap, width, height),
        QRectF(x - width / 2.0, y - gap - height, width, height),
        QRectF(x + gap, y - height / 2.0, width, height),
        QRectF(x - gap - width, y - height / 2.0, width, height),
    ]
