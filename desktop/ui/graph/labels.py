"""The names beside the nodes, painted once each.

A label is a small pixmap with a halo in the ground's colour, at most two lines high; of a very long title the middle
is left out, since titles of a series differ at their ends.
"""

import math
import unicodedata
from enum import IntEnum
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPixmap

WIDEST: Final = 138.0
HALO: Final = 3.0
CACHED: Final = 600
LONGEST_TITLE: Final = 160  # characters: what two lines could ever hold, and a bound for hostile titles
HALO_STEPS: Final = 16


class LabelStyle(IntEnum):
    """How much a name has to say: by the node's links, or because the user points at it."""

    LEAF = 0
    USUAL = 1
    HUB = 2
    STRONG = 3


_FONTS: Final = {
    LabelStyle.LEAF: (11.0, QFont.Weight.Normal),
    LabelStyle.USUAL: (12.0, QFont.Weight.Normal),
    LabelStyle.HUB: (13.0, QFont.Weight.Medium),
    LabelStyle.STRONG: (13.0, QFont.Weight.DemiBold),
}


@lru_cache(maxsize=4096)
def shown_title(title: str) -> str:
    """Return a title as one line of what can be seen: no control characters, no turned directions."""
    short = title[: 4 * LONGEST_TITLE]
    kept = "".join(letter if unicodedata.category(letter) not in ("Cc", "Cf", "Cs") else " " for letter in short)
    return " ".join(kept.split())


def two_lines(title: str, metrics: QFontMetricsF, widest: float = WIDEST) -> list[str]:
    """Break a title into at most two lines; what does not fit is left out of the middle."""
    words = shown_title(title)
    if len(words) > LONGEST_TITLE:
        words = f"{words[: LONGEST_TITLE // 2]}…{words[-LONGEST_TITLE // 2 :]}"
    rest = words.split()
    line = ""
    while rest and metrics.horizontalAdvance(f"{line} {rest[0]}".strip()) <= widest:
        line = f"{line} {rest.pop(0)}".strip()
    if not rest:
        return [line] if line else []
    last = metrics.elidedText(" ".join(rest), Qt.TextElideMode.ElideMiddle, widest)
    return [line, last] if line else [last]


class LabelSprites:
    """Painted labels by title, the oldest forgotten first."""

    def __init__(self, font: QFont, colours: tuple[QColor, QColor], ground: QColor, ratio: float) -> None:
        """Take the font's family, and the colours of names and of those that step back."""
        self._fonts = {}
        for style, (size, weight) in _FONTS.items():
            self._fonts[style] = QFont(font)
            self._fonts[style].setPixelSize(round(size))
            self._fonts[style].setWeight(weight)
        self._colours, self._ground, self._ratio = colours, ground, ratio
        self._metrics = {style: QFontMetricsF(font) for style, font in self._fonts.items()}
        self._lines: dict[tuple[str, LabelStyle], tuple[list[str], float, float]] = {}
        self._known: dict[tuple[str, LabelStyle], QPixmap] = {}

    def size(self, title: str, style: LabelStyle) -> tuple[float, float]:
        """Return a label's width and height without painting it: most find no room."""
        return self._broken(title, style)[1:]

    def lines(self, title: str, style: LabelStyle) -> list[str]:
        """Return what is written."""
        return self._broken(title, style)[0]

    def font(self, style: LabelStyle) -> QFont:
        """Return what it is written in."""
        return self._fonts[style]

    def metrics(self, style: LabelStyle) -> QFontMetricsF:
        """Return the measures of a style's font."""
        return self._metrics[style]

    def _broken(self, title: str, style: LabelStyle) -> tuple[list[str], float, float]:
        key = (title, style)
        found = self._lines.get(key)
        if found is None:
            if len(self._lines) >= 10 * CACHED:
                self._lines.clear()
            metrics = self._metrics[style]
            lines = two_lines(title, metrics)
            width = max((metrics.horizontalAdvance(line) for line in lines), default=0.0)
            found = self._lines[key] = (lines, width + 2 * HALO, len(lines) * metrics.height() + 2 * HALO)
        return found

    def has(self, title: str, style: LabelStyle) -> bool:
        """Tell whether a label is painted."""
        return (title, style) in self._known

    def sprite(self, title: str, style: LabelStyle) -> QPixmap:
        """Return the painted label."""
        key = (title, style)
        found = self._known.pop(key, None)
        if found is None:
            found = self._paint(title, style)
            if len(self._known) >= CACHED:
                self._known.pop(next(iter(self._known)))
        self._known[key] = found
        return found

    def _paint(self, title: str, style: LabelStyle) -> QPixmap:
        metrics = self._metrics[style]
        lines, width, height = self._broken(title, style)
        pixmap = QPixmap(math.ceil(width * self._ratio) + 1, math.ceil(height * self._ratio) + 1)
        pixmap.setDevicePixelRatio(self._ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setFont(self._fonts[style])
        # Shifted copies: a stroked outline looks the same and takes thirty times as long.
        turns = (turn * math.tau / HALO_STEPS for turn in range(HALO_STEPS))
        around = [(2.0 * math.cos(turn), 2.0 * math.sin(turn)) for turn in turns]
        colour = self._colours[style is LabelStyle.LEAF]
        for shade, shifts in ((self._ground, around), (colour, [(0.0, 0.0)])):
            painter.setPen(shade)
            for row, line in enumerate(lines):
                left = (width - metrics.horizontalAdvance(line)) / 2.0
                base = HALO + row * metrics.height() + metrics.ascent()
                for dx, dy in shifts:
                    painter.drawText(QPointF(left + dx, base + dy), line)
        painter.end()
        return pixmap
