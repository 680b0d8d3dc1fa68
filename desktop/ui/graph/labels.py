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
JOINERS: Final = "\u200c\u200d"  # within words of some scripts, and within pictures
VARIATIONS: Final = frozenset(map(chr, range(0xFE00, 0xFE10)))
PICTURES: Final = 0x2000  # code point from which signs may be pictures


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
    kept = "".join(
        letter if letter in JOINERS or unicodedata.category(letter) not in ("Cc", "Cf", "Cs") else " "
        for letter in short
    )
    return " ".join(kept.split())


def writable(text: str, metrics: QFontMetricsF) -> str:
    """Return a text without the pictures that no font of this system has: a row of boxes says nothing."""
    if text.isascii():
        return text
    kept: list[str] = []
    dropped = False
    for letter in text:
        if letter in JOINERS or letter in VARIATIONS:  # goes with what it joins
            dropped = dropped or not kept
        else:
            dropped = _is_picture(letter) and not metrics.inFontUcs4(ord(letter))
        if not dropped:
            kept.append(letter)
    return " ".join("".join(kept).split()) or text


def _is_picture(letter: str) -> bool:
    return ord(letter) >= PICTURES and unicodedata.category(letter) in ("So", "Sk")


def two_lines(title: str, metrics: QFontMetricsF, widest: float = WIDEST) -> list[str]:
    """Break a title into at most two lines; what does not fit is left out of the middle."""
    words = writable(shown_title(title), metrics)
    if len(words) > LONGEST_TITLE:
        words = f"{words[: LONGEST_TITLE // 2]}…{words[-LONGEST_TITLE // 2 :]}"
    rest = words.split()
    line = ""
    while rest and metrics.horizontalAdvance(f"{line} {rest[0]}".strip()) <= widest:
        line = f"{line} {rest.pop(0)}".strip()
    if not rest:
        return [line] if line else []
    last = _shortened(rest, metrics, widest)
    return [line, last] if line else [last]


def _shortened(words: list[str], metrics: QFontMetricsF, widest: float) -> str:
    """Return words in one line: the first ones and the last, or where even these are too long, their letters."""
    whole = " ".join(words)
    if metrics.horizontalAdvance(whole) <= widest:
        return whole
    for first in range(len(words) - 1, 0, -1):
        short = f"{' '.join(words[:first])} … {words[-1]}"
        if first < len(words) - 1 and metrics.horizontalAdvance(short) <= widest:
            return short
    if len(words) > 1 and metrics.horizontalAdvance(f"… {words[-1]}") <= widest:
        return f"… {words[-1]}"
    return metrics.elidedText(whole, Qt.TextElideMode.ElideMiddle, widest)


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
