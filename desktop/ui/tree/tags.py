"""The library's tags below the tree: one line that opens to a list."""

from PySide6.QtCore import QModelIndex, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.ui import icons, theme
from desktop.ui.tree.delegate import ICON_SIZE, MARGIN, ROW_HEIGHT, paint_ground
from desktop.ui.tree.lists import Row, RowList, RowModel

ROWS_SHOWN = 6  # before the list scrolls


class Line(QAbstractButton):
    """A full-width row to press: icon, words, a number, and an arrow where it opens something below."""

    def __init__(self, text: str, icon: str, opens: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setCheckable(opens)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._icon_name = icon
        self._icons_ready = False
        self._number = 0
        theme.notifier().changed.connect(self._repaint)

    def _repaint(self) -> None:
        self.update()

    def sizeHint(self) -> QSize:
        """Be as high as a row of the tree."""
        return QSize(120, ROW_HEIGHT)

    def show_number(self, number: int) -> None:
        """Show a number at the end; 0 shows none."""
        self._number = number
        self.update()

    def show_icon(self) -> None:
        """Paint the icon from now on; before the first paint none is asked for."""
        self._icons_ready = True
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint like a row of the tree."""
        painter = QPainter(self)
        colours = theme.current()
        rect = self.rect()
        paint_ground(painter, rect, False, self.underMouse(), self.hasFocus())
        left = MARGIN + 4
        if self._icons_ready:
            icon_rect = rect.adjusted(left, 0, 0, 0)
            icon_rect.setTop(rect.center().y() - ICON_SIZE // 2 + 1)
            icon_rect.setSize(QSize(ICON_SIZE, ICON_SIZE))
            icons.icon(self._icon_name).paint(painter, icon_rect)
        painter.setFont(self.font())
        painter.setPen(colours.text)
        align = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(rect.adjusted(left + ICON_SIZE + 6, 0, -40, 0), align, self.text())
        right = MARGIN + 4
        if self.isCheckable():
            self._paint_arrow(painter, rect.right() - right - 3)
            right += 16
        if self._number:
            painter.setPen(colours.muted)
            painter.drawText(rect.adjusted(0, 0, -right, 0), align | Qt.AlignmentFlag.AlignRight, str(self._number))
        painter.end()

    def _paint_arrow(self, painter: QPainter, x: float) -> None:
        y = self.rect().center().y() + 0.5
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.current().muted, 1.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        up = -2 if self.isChecked() else 2
        painter.drawPolyline(QPolygonF([QPointF(x - 3.5, y - up), QPointF(x, y + up), QPointF(x + 3.5, y - up)]))


class Rule(QWidget):
    """A thin line across, in the border's colour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(5)
        theme.notifier().changed.connect(self._repaint)

    def _repaint(self) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line in the middle of its room."""
        painter = QPainter(self)
        painter.setPen(theme.current().border)  # a rectangle would have PySide make all of QGradient first
        painter.drawLine(MARGIN, 2, self.width() - MARGIN - 1, 2)
        painter.end()


class TagsView(QWidget):
    """All tags with how many notes bear them, folded away until asked for."""

    activated = Signal(str)
    opened = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = Line(self.tr("Tags"), "tag", opens=True)
        self.line.setAccessibleName(self.tr("Show tags"))
        self.rows = RowModel(self)
        self.list = RowList(self.rows, indentation=ICON_SIZE + 6)
        self.list.setAccessibleName(self.tr("Tags"))
        self.list.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.line)
        layout.addWidget(self.list)
        self.line.toggled.connect(self._on_toggled)
        self.list.clicked.connect(self._on_clicked)

    def show_tags(self, tags: list[tuple[str, int]]) -> None:
        """Show these tags with their numbers."""
        self.rows.show_rows([Row(tag, tag, count=number, depth=1) for tag, number in tags])
        self.line.show_number(len(tags))
        self.setVisible(bool(tags))
        self.list.setFixedHeight(min(len(tags), ROWS_SHOWN) * ROW_HEIGHT + 4)

    def _on_toggled(self, on: bool) -> None:
        self.list.setVisible(on)
        self.opened.emit(on)

    def _on_clicked(self, index: QModelIndex) -> None:
        self.activated.emit(self.rows.rows[index.row()].key)
