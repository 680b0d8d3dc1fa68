"""The paper a note is printed on, in the pixels its page is laid out in (96 to the inch)."""

from dataclasses import dataclass

from PySide6.QtCore import QLocale, QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize

DPI = 96
TEXT_SIZE = 15  # pixels: 11 points
SIDE_MM, TOP_MM, BOTTOM_MM = 22, 21, 21
LEAST_MM = 12  # what printers leave white
_MM = DPI / 25.4
_LETTER = frozenset(
    QLocale.Country[name]
    for name in ("UnitedStates", "Canada", "Mexico", "Philippines", "Chile", "Colombia", "Venezuela", "Guatemala")
)


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet: its size, and the column that the words stand in."""

    width: float
    height: float
    left: float
    top: float
    column: float
    room: float  # the height of the column

    @property
    def foot(self) -> float:
        """Return how much stays free below the column."""
        return self.height - self.top - self.room


def page_layout() -> QPageLayout:
    """Return the sheet that people use where the user lives."""
    usual = QPageSize.PageSizeId.Letter if QLocale().territory() in _LETTER else QPageSize.PageSizeId.A4
    margins = QMarginsF(0, 0, 0, 0)  # our own: the head and foot of a sheet stand in them
    return QPageLayout(QPageSize(usual), QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter)


def paper_of(layout: QPageLayout) -> Paper:
    """Return a page's measures; our margins, or smaller ones on small paper."""
    whole = layout.fullRect(QPageLayout.Unit.Point)
    width, height = whole.width() * DPI / 72, whole.height() * DPI / 72
    side = max(LEAST_MM * _MM, min(SIDE_MM * _MM, width * 0.11))
    top = max(LEAST_MM * _MM, min(TOP_MM * _MM, height * 0.09))
    bottom = max(LEAST_MM * _MM, min(BOTTOM_MM * _MM, height * 0.09))
    return Paper(width, height, side, top, width - 2 * side, height - top - bottom)
