"""The command palette: every action of the window, found by typing."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.core.text.folding import fold_name
from desktop.ui import theme
from desktop.ui.popup import lay_out_popup

WIDTH, ROWS, ROW_HEIGHT = 560, 11, 34
Index = QModelIndex | QPersistentModelIndex


class Palette(QDialog):
    """Lists actions; the chosen one is triggered after the palette has closed."""

    def __init__(self, actions: Sequence[QAction], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("All commands"))
        self._model = _ActionList([a for a in actions if a.isEnabled()])
        self._field = QLineEdit()
        self._field.setPlaceholderText(self.tr("Type a command"))
        self._field.setAccessibleName(self.tr("Command"))
        self._list = QListView()
        self._list.setAccessibleName(self.tr("Commands"))
        self._list.setModel(self._model)
        self._list.setItemDelegate(_ActionDelegate(self._list))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setUniformItemSizes(True)
        lay_out_popup(self, self._field, self._list, parent, WIDTH, ROWS * ROW_HEIGHT)
        self._field.textChanged.connect(self._filter)
        self._field.installEventFilter(self)
        self._list.clicked.connect(lambda _index: self._run())
        self._filter("")
        self._field.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move in the list and choose by the keys of the field."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            steps = {
                Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: ROWS, Qt.Key.Key_PageUp: -ROWS,
            }  # fmt: skip
            if event.key() in steps:
                self._move(steps[Qt.Key(event.key())])
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._run()
                return True
        return super().eventFilter(watched, event)

    def _filter(self, text: str) -> None:
        self._model.filter(text)
        self._list.setCurrentIndex(self._model.index(0))

    def _move(self, by: int) -> None:
        count = self._model.rowCount()
        if count:
            row = max(0, min(count - 1, self._list.currentIndex().row() + by))
            self._list.setCurrentIndex(self._model.index(row))

    def _run(self) -> None:
        action = self._model.action(self._list.currentIndex())
        self.close()
        if action is not None:
            action.trigger()


class _ActionList(QAbstractListModel):
    def __init__(self, actions: Sequence[QAction]) -> None:
        super().__init__()
        self._all = list(actions)
        self._shown = self._all

    def filter(self, text: str) -> None:
        words = fold_name(text).split()

        def rank(action: QAction) -> tuple[bool, str]:
            title = fold_name(action.text())
            return not title.startswith(words[0]), title

        self.beginResetModel()
        if words:
            fitting = [a for a in self._all if all(word in fold_name(a.text()) for word in words)]
            self._shown = sorted(fitting, key=rank)
        else:
            self._shown = self._all
        self.endResetModel()

    def action(self, index: Index) -> QAction | None:
        return self._shown[index.row()] if index.isValid() else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        action = self._shown[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return action.text()
        if role == Qt.ItemDataRole.UserRole:
            return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        return None


class _ActionDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        colours = theme.current()
        rect: QRect = option.rect
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.setBrush(colours.selection)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(rect.adjusted(2, 1, -2, -1), 5, 5)
        inner = rect.adjusted(14, 0, -14, 0)
        keys = index.data(Qt.ItemDataRole.UserRole)
        painter.setPen(colours.muted)
        painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, keys)
        painter.setPen(colours.text)
        room = inner.width() - painter.fontMetrics().horizontalAdvance(keys) - 20
        title = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideRight, room)
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, title)
        painter.restore()
