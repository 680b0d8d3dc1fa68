"""The page a text stands on: a centred column, coloured Markdown, a tint under the cursor's line and under code.

Folds, the veil of the focus mode and the typewriter are objects of their own, which the page asks to paint.
"""

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextCursor,
    QTextDocument,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from desktop.ui import theme
from desktop.ui.editor import markup
from desktop.ui.editor.blocks import next_shown, shown_above
from desktop.ui.editor.fidelity import PAGE_MARGIN, new_document
from desktop.ui.editor.focus_mode import FocusMode
from desktop.ui.editor.folding.fold_marks import FoldMarks
from desktop.ui.editor.folding.folding import Folding
from desktop.ui.editor.highlighter import Highlighter, make_inks
from desktop.ui.editor.page_font import page_font
from desktop.ui.editor.typewriter import Typewriter
from desktop.ui.viewport import give_viewport

COLUMN_CHARACTERS = 80
_NOTCH = 120  # of a wheel, in the eighths of a degree that Qt counts
_SAMPLE = "Съешь же ещё этих мягких булок, да выпей чаю. The quick brown fox jumps over it. "
_LEAST_MARGIN = 8  # beside the column


class PageEdit(QPlainTextEdit):
    """QPlainTextEdit as a page."""

    zoomed = Signal(int)  # 1 or -1: the wheel was turned with Ctrl

    def __init__(self, parent: QWidget | None = None, text_size: int = 16) -> None:
        super().__init__(parent)
        give_viewport(self).setCursor(Qt.CursorShape.IBeamCursor)
        self._nothing = new_document(self)  # the first one would paint on the viewport that is gone
        self.setDocument(self._nothing)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setBackgroundRole(self.palette().ColorRole.Base)
        self.setAutoFillBackground(True)
        self.setCursorWidth(2)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._text_size = text_size
        self._column = COLUMN_CHARACTERS
        self.folding = Folding(self)
        self.fold_marks = FoldMarks(self, self.folding)
        self.focus_mode = FocusMode(self)
        self.typewriter = Typewriter(self)
        self.viewport().setMouseTracking(True)  # for the marks of folds
        self._wheel = 0
        self._line_rect = QRect()  # where the tint was painted last
        self._row = (-1, -1)  # of the cursor: its block, its line in it
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
        anywhere, usual = QTextOption.WrapMode.WrapAnywhere, QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
        mode = anywhere if document.defaultTextOption().wrapMode() == anywhere else usual
        if mode != self.wordWrapMode():
            # The widget imposes its mode on the document it shows, and on a long word (see PageLayout) for minutes.
            self.setDocument(self._nothing)
            self.setWordWrapMode(mode)
        self.setDocument(document)
        if document not in self._highlighters:
            self._highlighters[document] = Highlighter(document, self._inks, document)
            document.documentLayout().updateBlock.connect(self._on_block_updated)
            document.destroyed.connect(lambda: self._highlighters.pop(document, None))
        self._highlighters[document].set_inks(self._inks)
        self.folding.follow(document)
        self.fold_marks.hover(None)
        self.setTabStopDistance(4 * self.fontMetrics().horizontalAdvance(" "))

    def set_text_size(self, pixels: int) -> None:
        """Set the size of the text."""
        self._text_size = pixels
        self.apply_theme()

    def set_column(self, characters: int) -> None:
        """Set the width of the column; 0 takes all there is."""
        self._column = characters
        self._place_column()

    def set_missing(self, document: QTextDocument, missing: frozenset[str]) -> None:
        """Show links of a document to these targets as broken."""
        highlighter = self._highlighters.get(document)
        if highlighter is not None and highlighter.set_missing(missing) and document is self.document():
            self.viewport().update()

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
        if not self._column:
            return self.width()
        metrics = self.fontMetrics()
        return round(metrics.horizontalAdvance(_SAMPLE) / len(_SAMPLE) * self._column) + 2 * PAGE_MARGIN

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the column in the middle."""
        self._place_column()
        size = self.viewport().size()
        # Margins set while a page is not shown yet make an event whose two sizes are the same; Qt would not lay out.
        old = QSize(size.width(), event.oldSize().height()) if size.width() == self._laid_out_width else QSize(-1, -1)
        self._laid_out_width = size.width()
        super().resizeEvent(QResizeEvent(size, old))

    def _place_column(self) -> None:
        bar = self.verticalScrollBar()
        width = bar.sizeHint().width()
        beside = max(_LEAST_MARGIN, (self.width() - width - self.column_width()) // 2)
        # A bar that comes takes its room from the margin: a narrower column would lay a megabyte out a second time.
        right = beside + (width if bar.minimum() == bar.maximum() else 0)
        margins = self.viewportMargins()
        if (margins.left(), margins.right()) != (beside, right):
            self.setViewportMargins(beside, 0, right, 0)

    def first_visible_line(self) -> int:
        """Return the number of the line at the top, from 0."""
        return self.firstVisibleBlock().blockNumber()

    def top_line(self) -> float:
        """Return the line at the top, from 0, with the share of it that is above the edge.

        A row of the scroll bar is no place: a document that comes back is laid out anew, only as far as it is seen.
        """
        block = self.firstVisibleBlock()
        rows = self.verticalScrollBar().value() - block.firstLineNumber()
        share = (rows + 0.5) / block.lineCount() if 0 < rows < block.lineCount() else 0.0
        return block.blockNumber() + share

    def show_line_at_top(self, line: float) -> None:
        """Scroll so that a line, with the share of it that is above the edge, is at the top; nothing is unfolded."""
        document = self.document()
        number = max(0, min(int(line), document.blockCount() - 1))
        block = document.findBlockByNumber(number)
        shown = shown_above(block)
        if not shown.isValid():
            return
        rows = 0
        if shown == block and line > number:
            self.blockBoundingRect(block)  # lays it out: only then its rows are known
            rows = int((line - number) * block.lineCount())
        self.verticalScrollBar().setValue(shown.firstLineNumber() + rows)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Colour what is about to be seen, paint the tints, then the text, then what lies over it."""
        first = self.firstVisibleBlock()
        rows = self.viewport().height() // self._line_height + 1
        last = first.blockNumber() + rows
        if self.folding.active:
            shown = self.document().findBlockByLineNumber(first.firstLineNumber() + rows)
            last = max(last, shown.blockNumber() if shown.isValid() else self.document().blockCount())
        near_end = last >= self.blockCount() - 1
        seen = near_end and self.cursorRect().bottom() <= self.viewport().height()
        if self._highlighters[self.document()].show(first, last) and near_end:
            QTimer.singleShot(0, self, lambda: self._reach_end(seen))
        top = self.blockBoundingGeometry(first).translated(self.contentOffset()).top()
        self._paint_tints(event.rect(), first, last, top)
        super().paintEvent(event)
        if self.focus_mode.mode or self.fold_marks.any:
            painter = QPainter(self.viewport())
            if self.focus_mode.mode:
                self.focus_mode.paint(painter, event.rect(), first, last)
            self.fold_marks.paint(painter, event.rect(), first, top)
            painter.end()

    def _reach_end(self, keep_cursor: bool) -> None:
        """Let the scroll bar reach the end again when colours made the last lines higher, which Qt does not notice."""
        layout = self.document().documentLayout()
        layout.documentSizeChanged.emit(layout.documentSize())
        if keep_cursor and self.hasFocus() and self.cursorRect().bottom() > self.viewport().height():
            self.ensureCursorVisible()

    def _on_block_updated(self, block: QTextBlock) -> None:
        """Paint what is below too when a block became higher or lower.

        Qt compares the heights before and after an edit, but the colours of the line have thrown the old layout away
        by then, so it takes the two for the same and paints the block alone.
        """
        if self._heights.get(block.blockNumber()) != self.blockBoundingRect(block).height():
            top = max(0, int(self.blockBoundingGeometry(block).translated(self.contentOffset()).top()))
            self.viewport().update(0, top, self.viewport().width(), self.viewport().height() - top)

    def _paint_tints(self, rect: QRect, first: QTextBlock, last: int, top: float) -> None:
        painter = QPainter(self.viewport())
        self._line_rect = line = self._line_under_cursor()
        if self.hasFocus() and line.intersects(rect):
            painter.fillRect(line, theme.current().current_line)
        width, bottom = self.viewport().width(), rect.bottom()
        code, fence = theme.current().code_background, markup.FENCE
        block, heights = first, self._heights
        if rect.top() > 0:  # a key paints one line: what stands above it is not looked at
            block = self.cursorForPosition(rect.topLeft()).block()
            top = self.blockBoundingGeometry(block).translated(self.contentOffset()).top()
        elif bottom >= self.viewport().height() - 1:
            heights.clear()
        while block.isValid() and top <= bottom and (number := block.blockNumber()) <= last:
            height = heights[number] = self.blockBoundingRect(block).height()
            state = block.userState()
            entry = (state >> 8) & 0xFF
            tinted = state >= 0 and (state & 0xFF >= fence or entry >= fence or entry == markup.FRONT)
            if tinted and top + height >= rect.top():
                foot = 0 if block.next().isValid() else PAGE_MARGIN  # Qt counts it to the last block
                painter.fillRect(QRectF(0, top, width, height - foot), code)
            top += height
            block = next_shown(block)
        painter.end()

    def _line_under_cursor(self) -> QRect:
        """Return the whole row of the column that the cursor is in."""
        cursor = self.textCursor()
        block = cursor.block()
        if not block.isVisible():
            return QRect()
        top = self.blockBoundingGeometry(block).translated(self.contentOffset()).top()  # lays it out, were it not
        line = block.layout().lineForTextPosition(cursor.positionInBlock())
        if not line.isValid():
            return QRect()
        return QRectF(0, top + line.y(), self.viewport().width(), line.height()).toRect()

    def _move_line_tint(self) -> None:
        cursor = self.textCursor()
        line = cursor.block().layout().lineForTextPosition(cursor.positionInBlock())
        row = (cursor.blockNumber(), line.lineNumber() if line.isValid() else -1)
        if row != self._row:
            self._row = row
            self.viewport().update(self._line_rect)
            self.viewport().update(self._line_under_cursor())

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

    # --- mouse -------------------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what can be folded under the mouse."""
        if event.buttons() == Qt.MouseButton.NoButton:
            clickable = self.fold_marks.hover(event.position())
            shape = Qt.CursorShape.PointingHandCursor if clickable else Qt.CursorShape.IBeamCursor
            if self.viewport().cursor().shape() != shape:
                self.viewport().setCursor(shape)
        super().mouseMoveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Fold and open by their marks; else place the cursor."""
        if event.button() == Qt.MouseButton.LeftButton and self.fold_marks.press(event.position()):
            event.accept()
            return
        super().mousePressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Take the mark of the line under the mouse away."""
        self.fold_marks.hover(None)
        super().leaveEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ask for another size of the text where Ctrl is held."""
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        self._wheel += event.angleDelta().y()
        while abs(self._wheel) >= _NOTCH:  # a touchpad tells many small turns
            step = 1 if self._wheel > 0 else -1
            self._wheel -= step * _NOTCH
            self.zoomed.emit(step)
        event.accept()
