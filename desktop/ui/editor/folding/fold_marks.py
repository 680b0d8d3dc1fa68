"""The marks of folds: an arrow beside a line that can be folded, three dots behind one that is."""

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF, QTextBlock
from PySide6.QtWidgets import QPlainTextEdit

from desktop.ui import theme
from desktop.ui.editor.blocks import next_shown
from desktop.ui.editor.fidelity import PAGE_MARGIN
from desktop.ui.editor.folding.folding import Folding


class FoldMarks(QObject):
    """Paints the marks of one page and takes the clicks on them."""

    def __init__(self, page: QPlainTextEdit, folding: Folding) -> None:
        super().__init__(page)
        self._page = page
        self._folding = folding
        self._hovered = -1  # the line under the mouse
        self._more: list[tuple[QRectF, int]] = []  # where the dots were painted, with the line of their head

    @property
    def any(self) -> bool:
        """Whether there is any mark to paint."""
        return self._hovered >= 0 or self._folding.active

    def hover(self, point: QPointF | None) -> bool:
        """Show the mark of the line under the mouse; say whether the mouse is on something to click."""
        line = -1
        block = QTextBlock()
        if point is not None:
            block = self._page.cursorForPosition(point.toPoint()).block()
            if self._folding.is_folded(block) or self._folding.can_fold(block):
                line = block.blockNumber()
        if line != self._hovered:
            self._hovered = line
            self._page.viewport().update(0, 0, PAGE_MARGIN, self._page.viewport().height())
        return point is not None and ((line >= 0 and point.x() < PAGE_MARGIN) or self._more_at(point) >= 0)

    def press(self, point: QPointF) -> bool:
        """Fold or open where a mark is clicked; False where there is none."""
        line = self._more_at(point)
        if line < 0 and point.x() < PAGE_MARGIN:
            line = self._page.cursorForPosition(point.toPoint()).blockNumber()
        if line < 0:
            return False
        block = self._page.document().findBlockByNumber(line)
        if not (self._folding.is_folded(block) or self._folding.can_fold(block)):
            return False
        self._folding.toggle(block)
        return True

    def _more_at(self, point: QPointF) -> int:
        if not self._folding.active:
            return -1  # what was painted last is gone
        return next((line for rect, line in self._more if rect.contains(point)), -1)

    def paint(self, painter: QPainter, rect: QRect, first: QTextBlock, top: float) -> None:
        """Paint the marks of the blocks from `first`, whose upper edge is at `top`."""
        self._more.clear()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        block = first
        while block.isValid() and top <= rect.bottom():
            height = self._page.blockBoundingRect(block).height()
            folded = self._folding.is_folded(block)
            if folded or block.blockNumber() == self._hovered:
                self._paint_mark(painter, block, top, folded)
            top += height
            block = next_shown(block)

    def _paint_mark(self, painter: QPainter, block: QTextBlock, top: float, folded: bool) -> None:
        layout = block.layout()
        colours = theme.current()
        if not layout.lineCount():
            return
        line = layout.lineAt(0)
        middle = top + line.y() + line.height() / 2
        hot = block.blockNumber() == self._hovered
        painter.setPen(QPen(colours.accent if hot else colours.faint, 1.6, c=Qt.PenCapStyle.RoundCap))
        x = PAGE_MARGIN / 2
        arrow = ((-2, -4), (2, 0), (-2, 4)) if folded else ((-4, -2), (0, 2), (4, -2))
        painter.drawPolyline(QPolygonF([QPointF(x + dx, middle + dy) for dx, dy in arrow]))
        if not folded:
            return
        end = layout.lineAt(layout.lineCount() - 1)
        place = QRectF(PAGE_MARGIN + end.naturalTextWidth() + 8, top + end.y() + end.height() / 2 - 8, 26, 16)
        place.moveLeft(min(place.left(), self._page.viewport().width() - place.width() - 4))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.hover)
        painter.drawRoundedRect(place, 5, 5)
        painter.setBrush(colours.muted)
        for step in (-6, 0, 6):
            painter.drawEllipse(place.center() + QPointF(step, 0), 1.4, 1.4)
        self._more.append((place, block.blockNumber()))
