"""A heading with a count and, below it, a list that is as high as its rows."""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QListView,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.ui import theme
from desktop.ui.links.delegate import LEFT, LinkDelegate
from desktop.ui.links.rows import Index, LinkModel, LinkRole, Row, WordsRow

HEADER_HEIGHT: Final = 30


class Header(QAbstractButton):
    """The heading of a list: a title, a count, and an arrow that folds the list."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self._count = ""
        self.setCheckable(True)
        self.setChecked(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.notifier().changed.connect(self.update)
        self.show_count("")

    def show_count(self, count: str) -> None:
        """Show how many there are; "" while that is not known."""
        self._count = count
        self.setText(f"{self._title} {count}".strip())
        self.setAccessibleName(self.tr("{0}, fold or unfold").format(self.text()))
        self.update()

    def sizeHint(self) -> QSize:
        """Be one line high."""
        return QSize(120, HEADER_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the title like the headings of the other panels, the count after it."""
        colours = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(colours.text if self.underMouse() else colours.muted)
        middle = Qt.AlignmentFlag.AlignVCenter
        box = self.rect().adjusted(int(LEFT), 2, -34, 0)
        painter.drawText(box, middle, self._title)
        left = painter.fontMetrics().horizontalAdvance(self._title) + 8
        painter.setFont(self.font())
        painter.setPen(colours.muted)
        painter.drawText(box.adjusted(left, 0, 0, 0), middle, self._count)
        self._paint_arrow(painter)
        if self.hasFocus():
            painter.setPen(colours.accent)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(6, 2, -7, -2), 5, 5)
        painter.end()

    def _paint_arrow(self, painter: QPainter) -> None:
        x, y = self.width() - 20.0, self.height() / 2.0 + 1.0
        painter.setPen(QPen(theme.current().muted, 1.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.isChecked():
            points = [QPointF(x - 3.5, y - 2.0), QPointF(x, y + 1.8), QPointF(x + 3.5, y - 2.0)]
        else:
            points = [QPointF(x - 1.8, y - 3.5), QPointF(x + 2.0, y), QPointF(x - 1.8, y + 3.5)]
        painter.drawPolyline(QPolygonF(points))


class Rows(QListView):
    """A list without a scroll bar of its own: it stands in a panel that scrolls."""

    chosen = Signal(object, bool)  # Row; in a tab of its own
    left_up = Signal()  # the arrow key left the list at its start
    left_down = Signal()

    def __init__(self, name: str, sentence_marks: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.rows = LinkModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(LinkDelegate(self, sentence_marks=sentence_marks))
        self.setMouseTracking(True)
        self.setUniformItemSizes(False)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._click)
        theme.notifier().changed.connect(self.viewport().update)
        self._width = -1
        # The height follows the width one turn of the event loop later: in the resize itself Qt would resize again.
        self._fit_timer = QTimer(self, interval=0, singleShot=True)
        self._fit_timer.timeout.connect(self.fit_height)

    def set_rows(self, rows: Iterable[Row]) -> None:
        """Show other rows and grow or shrink to them."""
        if self.rows.set_rows(rows):
            self.fit_height()

    def fit_height(self) -> None:
        """Be as high as all rows together."""
        total = sum(self.sizeHintForRow(row) for row in range(self.rows.rowCount()))
        self.setFixedHeight(total + 6)
        self.scheduleDelayedItemsLayout()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the sentences anew."""
        super().resizeEvent(event)
        if self.width() != self._width:
            self._width = self.width()
            self._fit_timer.start()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the panel."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open by Enter; leave the list by the arrows at its ends."""
        key, index = event.key(), self.currentIndex()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self.chosen.emit(index.data(LinkRole.ROW), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
            return
        if key == Qt.Key.Key_Up and index.row() <= 0:
            self.left_up.emit()
            return
        if key == Qt.Key.Key_Down and index.row() >= self.rows.rowCount() - 1:
            self.left_down.emit()
            return
        super().keyPressEvent(event)

    def _click(self, index: Index) -> None:
        modifiers = QApplication.keyboardModifiers()
        self.chosen.emit(index.data(LinkRole.ROW), bool(modifiers & Qt.KeyboardModifier.ControlModifier))


class LinkList(QWidget):
    """A heading with its list."""

    folded = Signal()

    def __init__(self, title: str, empty: str, sentence_marks: str = "link", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._empty = empty
        self.header = Header(title)
        self.view = Rows(title, sentence_marks)
        self.header.toggled.connect(self._fold)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addWidget(self.view)

    def show_rows(self, rows: list[Row], count: str) -> None:
        """Show rows with their count, or the calm line that there are none."""
        self.header.show_count(count)
        self.view.set_rows(rows or [WordsRow(self._empty)])

    def clear(self) -> None:
        """Show nothing, not even that there is nothing."""
        self.header.show_count("")
        self.view.set_rows([])

    def _fold(self, opened: bool) -> None:
        self.view.setVisible(opened)
        self.header.update()
        self.folded.emit()
