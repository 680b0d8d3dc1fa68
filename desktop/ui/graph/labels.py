"""Names beside the nodes: painted once each, placed where nothing else is.

A label is a small pixmap with a halo in the ground's colour, at most two lines high. An **occupancy grid** of
4 x 4 pixels says what is taken, so placing a label costs the same however many there are.
"""

import math
from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPixmap

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
        self._metrics = tuple(QFontMetricsF(font) for font in self._fonts)
        self._lines: dict[tuple[str, bool], list[str]] = {}
        self._known: dict[tuple[str, bool], QPixmap] = {}

    def size(self, title: str, strong: bool) -> tuple[float, float]:
        """Return a label's width and height without painting it: most find no room."""
        metrics = self._metrics[strong]
        lines = self._broken(title, strong)
        width = max((metrics.horizontalAdvance(line) for line in lines), default=0.0)
        return width + 2 * HALO, len(lines) * metrics.height() + 2 * HALO

    def _broken(self, title: str, strong: bool) -> list[str]:
        key = (title, strong)
        if key not in self._lines:
            if len(self._lines) >= 10 * CACHED:
                self._lines.clear()
            self._lines[key] = two_lines(title, self._metrics[strong])
        return self._lines[key]

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
        metrics = self._metrics[strong]
        width, height = self.size(title, strong)
        pixmap = QPixmap(math.ceil(width * self._ratio) + 1, math.ceil(height * self._ratio) + 1)
        pixmap.setDevicePixelRatio(self._ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setFont(self._fonts[strong])
        # Sixteen shifted copies: a stroked outline looks the same and takes thirty times as long.
        around = [(math.cos(turn * math.tau / 16), math.sin(turn * math.tau / 16)) for turn in range(16)]
        for colour, shifts in ((self._ground, around), (self._colour, [(0.0, 0.0)])):
            painter.setPen(colour)
            for row, line in enumerate(self._broken(title, strong)):
                left = (width - metrics.horizontalAdvance(line)) / 2.0
                base = HALO + row * metrics.height() + metrics.ascent()
                for dx, dy in shifts:
                    painter.drawText(QPointF(left + 2.0 * dx, base + 2.0 * dy), line)
        painter.end()
        return pixmap


class Occupancy:
    """Which parts of the widget are taken by names, and which by nodes."""

    def __init__(self, width: float, height: float) -> None:
        shape = (math.ceil(height / CELL) + 1, math.ceil(width / CELL) + 1)
        self._names = np.zeros(shape, dtype=bool)
        self._nodes = np.zeros(shape, dtype=bool)
        self._width, self._height = width, height

    def _window(self, rect: QRectF) -> tuple[slice, slice]:
        left, top, right, bottom = rect.left(), rect.top(), rect.right(), rect.bottom()
        return (
            slice(max(0, int(top / CELL)), max(0, math.ceil(bottom / CELL))),
            slice(max(0, int(left / CELL)), max(0, math.ceil(right / CELL))),
        )

    def covered(self, rect: QRectF) -> float | None:
        """Return which share of a place nodes cover, or None where a name stands or the widget ends."""
        left, top, right, bottom = rect.left(), rect.top(), rect.right(), rect.bottom()
        if left < 0 or top < 0 or right > self._width or bottom > self._height:
            return None
        window = self._window(rect)
        if self._names[window].any():
            return None
        return float(self._nodes[window].mean())

    def take(self, rect: QRectF) -> None:
        """Mark where a name stands."""
        self._names[self._window(rect)] = True

    def take_node(self, x: float, y: float, radius: float) -> None:
        """Mark where a node stands."""
        self._nodes[self._window(QRectF(x - radius, y - radius, 2 * radius, 2 * radius))] = True


def candidates(x: float, y: float, radius: float, width: float, height: float) -> list[QRectF]:
    """Return the places for a label beside a node, the best first: below, above, right, left."""
    gap = radius + 1.0
    return [
        QRectF(x - width / 2.0, y + gap, width, height),
        QRectF(x - width / 2.0, y - gap - height, width, height),
        QRectF(x + gap, y - height / 2.0, width, height),
        QRectF(x - gap - width, y - height / 2.0, width, height),
    ]
