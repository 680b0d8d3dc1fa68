"""Sheets on a printer or in a PDF: the column, a quiet line above it with the title, and the page's number below."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPagedPaintDevice, QPainter

from desktop.core.page.palette import PRINT
from desktop.ui import theme
from desktop.ui.printing.paper import DPI, Paper
from desktop.ui.printing.pdf_finishing import Bookmark, Facts, Goal
from desktop.ui.printing.sheets import LIGATURES, Sheets, Spot

SMALL = 11  # pixels: 8 points
ABOVE = 6  # pixels that stay free above what a link leads to


@dataclass(frozen=True, slots=True)
class Chapter:
    """A note, ready to be drawn."""

    title: str
    language: str
    sheets: Sheets


def page_count(chapters: Sequence[Chapter]) -> int:
    """Return how many sheets there are."""
    return sum(len(chapter.sheets.sheets) for chapter in chapters)


def facts_of(title: str, chapters: Sequence[Chapter]) -> Facts:
    """Return what a PDF says: the headings of a note as its outline, of several notes each note's below its title."""
    marks: list[Bookmark] = []
    goals: dict[str, Goal] = {}
    first = 0
    for chapter in chapters:
        above = chapter.sheets.paper.top - ABOVE

        def goal(spot: Spot, first: int = first, above: float = above) -> Goal:
            return Goal(first + spot.sheet, above + spot.top)

        if len(chapters) > 1:
            marks.append(Bookmark(0, chapter.title, Goal(first, 0.0)))
        marks += [Bookmark(h.level, h.title or "…", goal(h.spot)) for h in chapter.sheets.headings]
        goals.update((name, goal(spot)) for name, spot in chapter.sheets.targets.items())
        first += len(chapter.sheets.sheets)
    return Facts(title, chapters[0].language, marks, goals)


def draw(device: QPagedPaintDevice, chapters: Sequence[Chapter], pages: Sequence[int] = ()) -> Iterator[int]:
    """Draw all sheets, or those of some numbers from 0; yields how many are drawn after each."""
    every = [(chapter, index) for chapter in chapters for index in range(len(chapter.sheets.sheets))]
    wanted = list(pages) or list(range(len(every)))
    painter = QPainter(device)
    try:
        scale = device.logicalDpiX() / DPI
        for count, number in enumerate(wanted):
            if count:
                device.newPage()
            chapter, index = every[number]
            painter.save()
            painter.scale(scale, scale)
            paper = chapter.sheets.paper
            painter.save()
            painter.translate(paper.left, paper.top)
            chapter.sheets.draw(painter, index)
            painter.restore()
            if index:
                _draw_head(painter, paper, chapter.title)
            if len(every) > 1:
                _draw_number(painter, paper, number + 1, len(every))
            painter.restore()
            yield count + 1
    finally:
        painter.end()


def _draw_head(painter: QPainter, paper: Paper, title: str) -> None:
    font = _small_font()
    box = QRectF(paper.left, paper.top * 0.36, paper.column, paper.top * 0.34)
    words = QFontMetricsF(font).elidedText(" ".join(title.split()), Qt.TextElideMode.ElideRight, paper.column)
    _write(painter, font, box, Qt.AlignmentFlag.AlignLeft, words)


def _draw_number(painter: QPainter, paper: Paper, number: int, count: int) -> None:
    box = QRectF(paper.left, paper.height - paper.foot * 0.7, paper.column, paper.foot * 0.34)
    _write(painter, _small_font(), box, Qt.AlignmentFlag.AlignRight, f"{number} / {count}")


def _write(painter: QPainter, font: QFont, box: QRectF, side: Qt.AlignmentFlag, words: str) -> None:
    painter.setFont(font)
    painter.setPen(QColor(PRINT.faint))
    painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, words)


def _small_font() -> QFont:
    font = theme.text_font(SMALL)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    for name in LIGATURES:
        font.setFeature(QFont.Tag(name), 0)
    return font
