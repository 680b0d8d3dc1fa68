"""Focus: everything but the paragraph, or the sentence, under the cursor steps back behind a veil of the page's colour.

The veil is painted over the text, so no line is coloured anew, and a key inside the paragraph costs nothing.
"""

import re

from PySide6.QtCore import QObject, QRect, QRectF
from PySide6.QtGui import QColor, QPainter, QTextBlock
from PySide6.QtWidgets import QPlainTextEdit

from desktop.ui import theme
from desktop.ui.editor.fidelity import Utf16Map

MODES = ("", "paragraph", "sentence")
_VEIL = 175  # of 255
_MOST_LINES = 200  # of a paragraph, in each direction
_OPENS = re.compile(r"[ \t]*(?:[-*+][ \t]|\d{1,9}[.)][ \t]|#{1,6}[ \t]|\||```|~~~)")
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'»”)\]*_]{0,4}\s+(?=[\"'«“(\[*_]{0,4}[^\W_a-zа-яё])")


class FocusMode(QObject):
    """The veil of one page."""

    def __init__(self, page: QPlainTextEdit) -> None:
        super().__init__(page)
        self._page = page
        self._mode = ""
        self._here = (-1, -1, -1)  # first and last block of the paragraph, beginning of the sentence in its block
        self._end = -1
        page.cursorPositionChanged.connect(self._follow)

    @property
    def mode(self) -> str:
        """What stays clear: "" (everything), "paragraph" or "sentence"."""
        return self._mode

    def set_mode(self, mode: str) -> None:
        """Choose what stays clear; an unknown word is ""."""
        self._mode = mode if mode in MODES else ""
        self._here = (-1, -1, -1)
        self._follow()
        self._page.viewport().update()

    def _follow(self) -> None:
        if not self._mode:
            return
        cursor = self._page.textCursor()
        block = cursor.block()
        if self._mode == "paragraph":
            first, last = paragraph_around(block)
            here, self._end = (first.blockNumber(), last.blockNumber(), -1), -1
        else:
            start, self._end = sentence_around(block.text(), cursor.positionInBlock())
            here = (block.blockNumber(), block.blockNumber(), start)
        if here != self._here:
            self._here = here
            self._page.viewport().update()

    def paint(self, painter: QPainter, rect: QRect, first: QTextBlock, last_number: int) -> None:
        """Veil what is in `rect`, on a page that shows the blocks from `first` to about `last_number`."""
        veil = QColor(theme.current().base)
        veil.setAlpha(_VEIL)
        begin, end, start = self._here
        if end < first.blockNumber() or begin > last_number:
            painter.fillRect(rect, veil)
            return
        document, page = self._page.document(), self._page
        offset = page.contentOffset()
        width = page.viewport().width()
        top = 0.0
        if begin >= first.blockNumber():
            top = page.blockBoundingGeometry(document.findBlockByNumber(begin)).translated(offset).top()
        bottom = float(page.viewport().height())
        if end <= last_number:
            area = page.blockBoundingGeometry(document.findBlockByNumber(end)).translated(offset)
            bottom = area.bottom() if area.isValid() else bottom
        for veiled in (QRectF(0, 0, width, top), QRectF(0, bottom, width, page.viewport().height() - bottom)):
            if veiled.height() > 0:
                painter.fillRect(veiled.intersected(QRectF(rect)), veil)
        if start >= 0:
            self._veil_lines(painter, document.findBlockByNumber(begin), top, veil)

    def _veil_lines(self, painter: QPainter, block: QTextBlock, top: float, veil: QColor) -> None:
        """Veil the rest of the paragraph around the sentence."""
        layout, width = block.layout(), self._page.viewport().width()
        start, end = self._here[2], self._end
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            first, last = line.textStart(), line.textStart() + line.textLength()
            y, height = top + line.y(), line.height()
            if last <= start or first >= end:
                painter.fillRect(QRectF(0, y, width, height), veil)
                continue
            left = line.cursorToX(start)[0] if start > first else 0.0  # type: ignore[index]
            right = line.cursorToX(end)[0] if end < last else float(width)  # type: ignore[index]
            painter.fillRect(QRectF(0, y, left, height), veil)
            painter.fillRect(QRectF(right, y, width - right, height), veil)


def paragraph_around(block: QTextBlock) -> tuple[QTextBlock, QTextBlock]:
    """Return the first and the last line of the paragraph, list item or heading that holds a line."""
    first = last = block
    if not block.text().strip():
        return first, last
    for _ in range(_MOST_LINES):
        above = first.previous()
        if _OPENS.match(first.text()) or not above.isValid() or not above.text().strip() or _is_heading(above):
            break
        first = above
    for _ in range(_MOST_LINES):
        below = last.next()
        if not below.isValid() or not below.text().strip() or _OPENS.match(below.text()) or _is_heading(last):
            break
        last = below
    return first, last


def _is_heading(block: QTextBlock) -> bool:
    return block.text().startswith("#")


def sentence_around(line: str, position: int) -> tuple[int, int]:
    """Return the sentence of a line that holds a position, all in Qt's units; blanks after it belong to it."""
    utf16 = Utf16Map(line)
    at = utf16.from_qt(position)
    start = 0
    for match in _SENTENCE_END.finditer(line):
        if match.end() > at:
            return utf16.to_qt(start), utf16.to_qt(match.end())
        start = match.end()
    return utf16.to_qt(start), utf16.to_qt(len(line))
