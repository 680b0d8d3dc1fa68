"""A sentence broken into a few lines, with what is meant marked in it."""

from typing import Final

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QFontMetricsF, QTextCharFormat, QTextLayout, QTextOption

from desktop.core.records import Snippet
from desktop.ui import theme

LINES: Final = 3
LINE_HEIGHT: Final = 1.28

Marks = tuple[tuple[int, int], ...]


class Sentence:
    """The layout of a snippet at one width: three lines at most, what is left over elided."""

    def __init__(self, snippet: Snippet, font: QFont, width: float, marks: str) -> None:
        """Mark as `marks` says: "link" in the colour of links, "word" on a tint."""
        self._font = font
        self._marks = marks
        self._line_height = round(QFontMetricsF(font).ascent() * LINE_HEIGHT + 4.0)
        text = snippet.text
        self.layout, used = self._broken(text, snippet.marks, width)
        if used < len(text):
            text = text[: max(0, used - 2)].rstrip() + "…"
            self.layout, _ = self._broken(text, snippet.marks, width)

    @property
    def height(self) -> float:
        """Return the height of all lines."""
        return self.layout.lineCount() * self._line_height

    def _broken(self, text: str, marks: Marks, width: float) -> tuple[QTextLayout, int]:
        layout = QTextLayout(text, self._font)
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
            line.setPosition(QPointF(0.0, number * self._line_height))
            used = points_of(text, line.textStart() + line.textLength())
        layout.endLayout()
        return layout, used

    def _formats(self, text: str, marks: Marks) -> list[QTextLayout.FormatRange]:
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
            span.start = units_of(text, start)
            span.length = units_of(text, end) - span.start
            span.format = look
            if span.length > 0:
                found.append(span)
        return found


def units_of(text: str, points: int) -> int:
    """Return an offset in UTF-16, as Qt counts, for one in characters."""
    return len(text[:points].encode("utf-16-le", "surrogatepass")) // 2


def points_of(text: str, units: int) -> int:
    """Return an offset in characters for one in UTF-16."""
    part = text.encode("utf-16-le", "surrogatepass")[: units * 2]
    return len(part.decode("utf-16-le", "ignore"))
