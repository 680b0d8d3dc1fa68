"""The page a text stands on: a centred column, coloured Markdown, a tint under the cursor's line and under code."""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QResizeEvent, QTextBlock, QTextCursor, QTextDocument
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from desktop.ui import theme
from desktop.ui.editor import markup
from desktop.ui.editor.fidelity import PAGE_MARGIN, new_document
from desktop.ui.editor.highlighter import Highlighter, make_inks
from desktop.ui.editor.page_font import page_font
from desktop.ui.viewport import give_viewport

COLUMN_CHARACTERS = 80
_SAMPLE = "Съешь же ещё этих мягких булок, да выпей чаю. The quick brown fox jumps over it. "
_LEAST_MARGIN = 8  # beside the column


class PageEdit(QPlainTextEdit):
    """QPlainTextEdit as a page."""

    def __init__(self, parent: QWidget | None = None, text_size: int = 16) -> None:
        super().__init__(parent)
        give_viewport(self).setCursor(Qt.CursorShape.IBeamCursor)
        self.setDocument(new_document(self))  # the first one would paint on the viewport that is gone
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setBackgroundRole(self.palette().ColorRole.Base)
        self.setAutoFillBackground(True)
        self.setCursorWidth(2)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._text_size = text_size
        self._line_rect = QRect()
        self._laid_out_width = -1
        self._heights: dict[int, float] = {}  # of the blocks that were painted last, by number
        self._highlighters: dict[QTextDocument, Highlighter] = {}
        self.cursorPositionChanged.connect(self._move_line_tint)
        theme.notifier().changed.connect(self.apply_theme)
        self.apply_theme()
        self.show_document(self.document())

    # --- the document ------------------------------------------------------------------------------------

    def show_document(self, document: QTextDocument) -> None:
        """Show a document; its undo, and what is known of its colours, stay with it."""
        font = self.font()
        if document.defaultFont() != font:
            document.setDefaultFont(font)
        self.setDocument(document)
        if document not in self._highlighters:
            self._highlighters[document] = Highlighter(document, self._inks, document)
            document.documentLayout().updateBlock.connect(self._on_block_updated)
            document.destroyed.connect(lambda: self._highlighters.pop(document, None))
        self._highlighters[document].set_inks(self._inks)
        self.setTabStopDistance(4 * self.fontMetrics().horizontalAdvance(" "))

    def set_text_size(self, pixels: int) -> None:
        """Set the size of the text."""
        self._text_size = pixels
        self.apply_theme()

    def apply_theme(self) -> None:
        """Take fonts and colours from the theme."""
        colours = theme.current()
        font = page_font(theme.text_font(self._text_size))
        self._inks = make_inks(colours, font, theme.mono_font(round(self._text_size * 0.9)))
        self.setFont(font)
        self.document().setDefaultFont(font)
        for highlighter in self._highlighters.values():
            highlighter.set_inks(self._inks)
        self._line_height = max(8, self.fontMetrics().height() * 3 // 4)
        self._place_column()
        self.viewport().update()

    def in_code(self) -> bool:
        """Say whether the cursor is in a fence."""
        return self._highlighters[self.document()].in_code(self.textCursor().block())

    # --- the page ----------------------------------------------------------------------------------------

    def column_width(self) -> int:
        """Return the width of the text column, in pixels."""
        metrics = self.fontMetrics()
        return round(metrics.horizontalAdvance(_SAMPLE) / len(_SAMPLE) * COLUMN_CHARACTERS) + 2 * PAGE_MARGIN

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the column in the middle."""
        self._place_column()
        size = self.viewport().size()
        # Margins set while a page is not shown yet make an event whose two sizes are the same; Qt would not lay out.
        old = event.oldSize() if size.width() == self._laid_out_width else QSize(-1, -1)
        self._laid_out_width = size.width()
        super().resizeEvent(QResizeEvent(size, old))

    def _place_column(self) -> None:
        bar = self.verticalScrollBar().sizeHint().width()
        beside = max(_LEAST_MARGIN, (self.width() - bar - self.column_width()) // 2)
        margins = self.viewportMargins()
        if margins.left() != beside:
            self.setViewportMargins(beside, 0, beside, 0)

    def first_visible_line(self) -> int:
        """Return the number of the line at the top, from 0."""
        return self.firstVisibleBlock().blockNumber()

    def show_line_at_top(self, line: int) -> None:
        """Scroll so that a line is at the top."""
        block = self.document().findBlockByNumber(max(0, line))
        if block.isValid():
            self.verticalScrollBar().setValue(block.firstLineNumber())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Colour what is about to be seen, paint the tints, then the text."""
        first = self.firstVisibleBlock()
        last = first.blockNumber() + self.viewport().height() // self._line_height + 1
        self._highlighters[self.document()].show(first, last)
        self._paint_tints(event.rect(), first, last)
        super().paintEvent(event)

    def _on_block_updated(self, block: QTextBlock) -> None:
        """Paint what is below too when a block became higher or lower.

        Qt compares the heights before and after an edit, but the colours of the line have thrown the old layout away
        by then, so it takes the two for the same and paints the block alone.
        """
        if self._heights.get(block.blockNumber()) != self.blockBoundingRect(block).height():
            self.viewport().update()

    def _paint_tints(self, rect: QRect, first: QTextBlock, last: int) -> None:
        painter = QPainter(self.viewport())
        line = self._line_under_cursor()
        if self.hasFocus() and line.intersects(rect):
            painter.fillRect(line, theme.current().current_line)
        top = self.blockBoundingGeometry(first).translated(self.contentOffset()).top()
        width = self.viewport().width()
        block = first
        self._heights.clear()
        while block.isValid() and block.blockNumber() <= last and top <= rect.bottom():
            height = self._heights[block.blockNumber()] = self.blockBoundingRect(block).height()
            state = block.userState()
            fenced = state >= 0 and ((state >> 8) & 0xFF >= markup.FENCE or state & 0xFF >= markup.FENCE)
            if fenced and top + height >= rect.top():
                painter.fillRect(QRectF(0, top, width, height), theme.current().code_background)
            top += height
            block = block.next()
        painter.end()

    def _line_under_cursor(self) -> QRect:
        """Return the whole row of the column that the cursor is in."""
        cursor = self.textCursor()
        block = cursor.block()
        line = block.layout().lineForTextPosition(cursor.positionInBlock())
        if not line.isValid():
            return QRect()
        top = self.blockBoundingGeometry(block).translated(self.contentOffset()).top() + line.y()
        return QRectF(0, top, self.viewport().width(), line.height()).toRect()

    def _move_line_tint(self) -> None:
        rect = self._line_under_cursor()
        if rect != self._line_rect:
            self.viewport().update(self._line_rect)
            self.viewport().update(rect)
            self._line_rect = rect

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the line of the cursor."""
        super().focusInEvent(event)
        self.viewport().update(self._line_under_cursor())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show the line of the cursor as any other."""
        super().focusOutEvent(event)
        self.viewport().update(self._line_under_cursor())

    def popup_place(self, position: int) -> QPoint:
        """Return where a pop-up for that position belongs, below its line, in the editor's coordinates."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(position)
        return self.viewport().mapTo(self, self.cursorRect(cursor).bottomLeft()) + QPoint(0, 4)
