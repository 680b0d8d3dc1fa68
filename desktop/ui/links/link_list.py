"""A heading with a count and, below it, a list that is as high as its rows."""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QHBoxLayout,
    QListView,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.ui import theme
from desktop.ui.links.delegate import INDENT, LEFT, LinkDelegate
from desktop.ui.links.rows import GroupRow, LinkModel, LinkRole, MoreRow, NoteRow, PlaceRow, Row, WordsRow

HEADER_HEIGHT: Final = 30
BELOW: Final = 6  # pixels under the last row


class Header(QAbstractButton):
    """The heading of a list: a title, a count, an arrow that folds the list, and perhaps a button for all its rows."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self._count = ""
        self._edge: Qt.Edge | None = None
        self.setCheckable(True)
        self.setChecked(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(HEADER_HEIGHT)
        self.action = QPushButton(self)
        self.action.setObjectName("linkAll")
        self.action.setFlat(True)
        self.action.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 32, 0)
        row.addStretch(1)
        row.addWidget(self.action)
        theme.notifier().changed.connect(self._paint_action)
        self._paint_action()
        self.show_count("")

    def show_count(self, count: str) -> None:
        """Show how many there are; "" while that is not known."""
        self._count = count
        self.setText(f"{self._title} {count}".strip())
        self.setAccessibleName(self.tr("{0}, fold or unfold").format(self.text()))
        self.update()

    def show_edge(self, edge: Qt.Edge | None) -> None:
        """Draw a line at the side where rows disappear below the heading."""
        if edge != self._edge:
            self._edge = edge
            self.update()

    def sizeHint(self) -> QSize:
        """Be one line high."""
        return QSize(120, HEADER_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the title like the headings of the other panels, the count after it."""
        colours = theme.current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), colours.window)  # rows are scrolled below it
        if self._edge is not None:
            at = 0 if self._edge == Qt.Edge.TopEdge else self.height() - 1
            painter.fillRect(0, at, self.width(), 1, colours.border)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(colours.text if self.underMouse() else colours.muted)
        middle = Qt.AlignmentFlag.AlignVCenter
        box = self.rect().adjusted(int(LEFT) - 2, 2, -34, 0)
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

    def _paint_action(self) -> None:
        colours = theme.current()
        self.action.setStyleSheet(
            f"QPushButton {{ background: transparent; border: 1px solid transparent; color: {colours.link.name()};"
            f" padding: 2px 7px; border-radius: 5px; }} QPushButton:hover {{ background: {colours.hover.name()}; }}"
            f" QPushButton:focus {{ border-color: {colours.accent.name()}; }}"
        )
        self.update()


class Rows(QListView):
    """A list without a scroll bar of its own: it stands in a panel that scrolls."""

    chosen = Signal(object, bool)  # Row; in a tab of its own
    fold_wanted = Signal(object, bool)  # Row; folded
    action_wanted = Signal(object)  # Row
    others_wanted = Signal(object, QPoint)  # NoteRow of an ambiguous link; where, on the screen
    menu_wanted = Signal(object, QPoint)  # Row; where, on the screen
    resized = Signal()
    left_up = Signal()  # the arrow key left the list at its start
    left_down = Signal()

    def __init__(self, name: str, sentence_marks: str, action: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.rows = LinkModel(self)
        self.setModel(self.rows)
        self.look = LinkDelegate(self, sentence_marks=sentence_marks, action=action)
        self.setItemDelegate(self.look)
        self.setMouseTracking(True)
        self.setUniformItemSizes(False)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.notifier().changed.connect(self.viewport().update)
        self._width = -1
        self._pressed: QPoint | None = None
        # The height follows the width one turn of the event loop later: in the resize itself Qt would resize again.
        self._fit_timer = QTimer(self, interval=0, singleShot=True)
        self._fit_timer.timeout.connect(self.fit_height)

    def set_rows(self, rows: Iterable[Row]) -> None:
        """Show other rows and grow or shrink to them."""
        if self.rows.set_rows(rows):
            self.fit_height()

    def fit_height(self) -> None:
        """Be as high as all rows together."""
        total = sum(map(self.look.height_of, self.rows.rows))
        if total + BELOW != self.height():
            self.setFixedHeight(total + BELOW)
            self.resized.emit()
        self.scheduleDelayedItemsLayout()

    def more_row(self) -> int:
        """Return the row that stands for notes which are not read, -1 where there is none."""
        rows = self.rows.rows
        last = rows[-1] if rows else None
        return len(rows) - 1 if isinstance(last, MoreRow) and last.note_id is None else -1

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the sentences anew."""
        super().resizeEvent(event)
        if self.width() != self._width:
            self._width = self.width()
            self._fit_timer.start()

    def changeEvent(self, event: QEvent) -> None:
        """Lay the rows out anew in another font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and "look" in self.__dict__:
            self.look.forget()
            self._fit_timer.start()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the panel."""
        event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where, for the release."""
        self._pressed = event.position().toPoint() if event.button() == Qt.MouseButton.LeftButton else None
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Do what stands where the button was pressed."""
        super().mouseReleaseEvent(event)
        place, pressed = event.position().toPoint(), self._pressed
        self._pressed = None
        index = self.indexAt(place)
        if pressed is None or event.button() != Qt.MouseButton.LeftButton or index != self.indexAt(pressed):
            return
        if not index.isValid():
            return
        row: Row = index.data(LinkRole.ROW)
        rect = self.visualRect(index)
        if self.look.has_pill(row) and self.look.pill_rect(row, rect).contains(place):
            self.action_wanted.emit(row)
        elif isinstance(row, NoteRow) and self.look.others_rect(row, rect).contains(place):
            self.others_wanted.emit(row, event.globalPosition().toPoint())
        elif isinstance(row, NoteRow) and row.folded is not None and place.x() < LEFT + INDENT - 4:
            self.fold_wanted.emit(row, not row.folded)
        else:
            self._choose(row, bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show where a click does something of its own."""
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        row: Row | None = index.data(LinkRole.ROW) if index.isValid() else None
        known = row is not None and not isinstance(row, WordsRow)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if known else Qt.CursorShape.ArrowCursor)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the row under the pointer, or of the chosen one."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if index.isValid():
            place = self.visualRect(index).bottomLeft() + QPoint(int(LEFT), 0) if by_key else event.pos()
            self.menu_wanted.emit(index.data(LinkRole.ROW), self.viewport().mapToGlobal(place))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open by Enter, link by Shift+Enter, fold by Left and Right; leave the list by the arrows at its ends."""
        key, index = event.key(), self.currentIndex()
        row: Row | None = index.data(LinkRole.ROW) if index.isValid() else None
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row is not None:
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                if self.look.has_pill(row):
                    self.action_wanted.emit(row)
                return
            self._choose(row, bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        elif key == Qt.Key.Key_Up and index.row() <= 0:
            self.left_up.emit()
        elif key == Qt.Key.Key_Down and index.row() >= self.rows.rowCount() - 1:
            self.left_down.emit()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and row is not None:
            self._fold(row, key == Qt.Key.Key_Left)
        else:
            super().keyPressEvent(event)

    def _fold(self, row: Row, folded: bool) -> None:
        if isinstance(row, GroupRow | NoteRow) and row.folded is not None and row.folded != folded:
            self.fold_wanted.emit(row, folded)
        elif isinstance(row, PlaceRow) and folded:  # to the note above
            rows = self.rows.rows
            above = next(n for n in range(self.currentIndex().row(), -1, -1) if isinstance(rows[n], NoteRow))
            self.setCurrentIndex(self.rows.index(above))

    def _choose(self, row: Row, in_tab: bool) -> None:
        if isinstance(row, GroupRow):
            self.fold_wanted.emit(row, not row.folded)
        elif not isinstance(row, WordsRow):
            self.chosen.emit(row, in_tab)


class LinkList(QWidget):
    """A list with room for its heading above; the heading itself is laid over by the panel, which keeps it in sight."""

    folded = Signal()

    def __init__(
        self, title: str, empty: str, sentence_marks: str = "link", action: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._empty = empty
        self.header = Header(title)
        self.view = Rows(title, sentence_marks, action)
        self.header.toggled.connect(self._fold)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, HEADER_HEIGHT, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.view)

    def show_rows(self, rows: list[Row], count: str, empty: str = "") -> None:
        """Show rows with their count, or the calm line that there are none."""
        self.header.show_count(count)
        self.view.set_rows(rows or [WordsRow(empty or self._empty)])

    def clear(self) -> None:
        """Show nothing, not even that there is nothing."""
        self.header.show_count("")
        self.view.set_rows([])

    def _fold(self, opened: bool) -> None:
        self.view.setVisible(opened)
        self.header.update()
        self.folded.emit()
