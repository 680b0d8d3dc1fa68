"""A list to choose from by typing a few letters: a folder, a tag, the end of a chain."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop.ui import theme
from desktop.ui.workspace import Workspace

Index = QModelIndex | QPersistentModelIndex
NOWHERE: Final = QModelIndex()
ROW_HEIGHT: Final = 28
ROWS: Final = 9
WIDTH: Final = 300


@dataclass(frozen=True, slots=True)
class Row:
    """One choice: what it stands for, its words, and a quiet word at the end."""

    key: Any
    title: str
    detail: str = ""
    role: str = ""  # of the theme: the colour of a dot before the words


Source = Callable[[str], Sequence[Row]]  # what was typed -> rows, on any thread


class Picker(QWidget):
    """A field over a list; Enter or a click chooses."""

    chosen = Signal(object)  # Row

    def __init__(
        self, workspace: Workspace, source: Source, name: str, none: str, parent: QWidget | None = None
    ) -> None:
        """`name` says what is chosen, `none` that nothing fits what was typed."""
        super().__init__(parent)
        self._workspace = workspace
        self._source = source
        self._asked = 0
        self._wanted = False  # Enter came before the rows
        self.field = QLineEdit()
        self.field.setPlaceholderText(name)
        self.field.setAccessibleName(name)
        self.field.setMaxLength(200)
        self.field.textChanged.connect(self._ask)
        self.field.installEventFilter(self)
        self.model = _Rows()
        self.list = QListView()
        self.list.setAccessibleName(name)
        self.list.setModel(self.model)
        self.list.setItemDelegate(_RowPainter(self.list))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.viewport().setAutoFillBackground(False)
        self.list.clicked.connect(self._choose)
        self._none = QLabel(none)
        self._none.setWordWrap(True)
        self._none.setMargin(8)
        self._none.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(7, 7, 7, 7)
        layout.setSpacing(5)
        layout.addWidget(self.field)
        layout.addWidget(self.list)
        layout.addWidget(self._none)
        self.setFixedWidth(WIDTH)
        self._fit(ROWS)
        self.setFocusProxy(self.field)

    def _fit(self, rows: int) -> None:
        """Be as high as the rows need."""
        self.list.setFixedHeight(max(1, min(ROWS, rows)) * ROW_HEIGHT)

    def begin(self) -> None:
        """Forget what was typed and show what there is."""
        self.field.clear()
        self._ask("")

    def _ask(self, text: str) -> None:
        self._asked += 1
        self._wanted = False
        asked, source = self._asked, self._source

        def show(rows: Sequence[Row]) -> None:
            if asked == self._asked:
                self._show(rows)

        self._workspace.answer(lambda: source(text) if asked == self._asked else (), show)

    def _show(self, rows: Sequence[Row]) -> None:
        self.model.show_rows(rows)
        self.list.setVisible(bool(rows))
        self._none.setVisible(not rows)
        self._fit(len(rows))
        self.list.setCurrentIndex(self.model.index(0))
        if self._wanted:
            self._choose(self.list.currentIndex())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move in the list and choose by the keys of the field."""
        if watched is self.field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            steps = {
                Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: ROWS, Qt.Key.Key_PageUp: -ROWS,
            }  # fmt: skip
            key = Qt.Key(event.key())
            if key in steps:
                last = self.model.rowCount() - 1
                row = max(0, min(last, self.list.currentIndex().row() + steps[key]))
                self.list.setCurrentIndex(self.model.index(row))
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._wanted = self.model.rowCount() == 0
                self._choose(self.list.currentIndex())
                return True
        return super().eventFilter(watched, event)

    def _choose(self, index: Index) -> None:
        row = self.model.row(index)
        if row is not None:
            self._asked += 1
            self.chosen.emit(row)


class _Rows(QAbstractListModel):
    """The choices for what was typed."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Row] = []

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def row(self, index: Index) -> Row | None:
        """Return what a row stands for."""
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a row shows."""
        row = self.row(index)
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.title}, {row.detail}" if row.detail else row.title
        if role == Qt.ItemDataRole.UserRole:
            return row
        return None


class _RowPainter(QStyledItemDelegate):
    """Paints a dot, the words, and the quiet word at the end."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the one height that all rows have."""
        return QSize(100, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        colours = theme.current()
        row: Row = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect: QRect = option.rect
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            selected = bool(option.state & QStyle.StateFlag.State_Selected)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.selection if selected else colours.hover)
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 5, 5)
        inner = rect.adjusted(9, 0, -9, 0)
        if row.role:
            dot: QColor = getattr(colours, row.role)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(dot)
            painter.drawEllipse(inner.left(), inner.center().y() - 3, 7, 7)
            inner.adjust(15, 0, 0, 0)
        metrics = painter.fontMetrics()
        middle = Qt.AlignmentFlag.AlignVCenter
        detail = metrics.elidedText(row.detail, Qt.TextElideMode.ElideLeft, inner.width() // 3)
        painter.setPen(colours.muted)
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignRight, detail)
        room = inner.width() - (metrics.horizontalAdvance(detail) + 10 if detail else 0)
        painter.setPen(colours.text)
        title = metrics.elidedText(row.title.replace("\n", " "), Qt.TextElideMode.ElideRight, room)
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignLeft, title)
        painter.restore()
