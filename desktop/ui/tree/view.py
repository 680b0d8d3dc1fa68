"""The tree itself: painting of whole rows, keys, the mouse, and reading on as the user scrolls."""

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QKeyCombination,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QApplication,
    QFrame,
    QLineEdit,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from desktop.ui import theme
from desktop.ui.tree.delegate import INDENTATION, RowDelegate, paint_ground, plain
from desktop.ui.tree.model import LibraryModel
from desktop.ui.tree.nodes import Node, Role
from desktop.ui.viewport import give_viewport

Index = QModelIndex | QPersistentModelIndex
_Mod = Qt.KeyboardModifier
_Key = Qt.Key

# What a key does while the tree has the focus; the window's own shortcuts of the same keys wait.
COMMANDS = {
    QKeyCombination(_Key.Key_Delete).toCombined(): "trash",
    QKeyCombination(_Mod.AltModifier, _Key.Key_Up).toCombined(): "up",
    QKeyCombination(_Mod.AltModifier, _Key.Key_Down).toCombined(): "down",
    QKeyCombination(_Mod.AltModifier | _Mod.ShiftModifier, _Key.Key_Left).toCombined(): "outdent",
    QKeyCombination(_Mod.AltModifier | _Mod.ShiftModifier, _Key.Key_Right).toCombined(): "indent",
    QKeyCombination(_Mod.ControlModifier, _Key.Key_Z).toCombined(): "undo",
    QKeyCombination(_Mod.ControlModifier | _Mod.ShiftModifier, _Key.Key_Z).toCombined(): "redo",
    QKeyCombination(_Mod.ControlModifier, _Key.Key_Y).toCombined(): "redo",
}


class LibraryView(QTreeView):
    """Shows the library; says what the user wants, does nothing to the library itself."""

    open_requested = Signal(QModelIndex, bool, bool)  # the row, in a new tab, by key
    command_requested = Signal(str)  # a value of COMMANDS
    title_entered = Signal()  # a title was finished with Enter

    def __init__(self, model: LibraryModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._hovered = QPersistentModelIndex()
        give_viewport(self)
        self.row_delegate = RowDelegate(self, grounds=False)
        self.setModel(model)
        self.setItemDelegate(self.row_delegate)
        self.setAccessibleName(self.tr("Library"))
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setIndentation(INDENTATION)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)  # a click opens, and only opens
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setAutoExpandDelay(600)
        self.setMouseTracking(True)
        self._reader = QTimer(self, interval=0, singleShot=True)
        self._reader.timeout.connect(self._read_what_is_in_sight)
        self.verticalScrollBar().valueChanged.connect(self._look_again)
        self.expanded.connect(self._look_again)
        model.rowsInserted.connect(self._look_again)
        self.clicked.connect(self._on_clicked)
        theme.notifier().changed.connect(self._repaint)

    def _repaint(self) -> None:
        self.viewport().update()

    # --- painting ----------------------------------------------------------------------------------------

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the ground over the whole width, then the arrow and the row."""
        index = plain(index)
        rect: QRect = option.rect
        selected = self.selectionModel().isSelected(index)
        current = self.hasFocus() and index == self.currentIndex()
        paint_ground(painter, rect, selected, QPersistentModelIndex(index) == self._hovered, current)
        row = self.visualRect(index)
        self.drawBranches(painter, QRect(rect.left(), row.top(), row.left() - rect.left(), row.height()), index)
        inner = QStyleOptionViewItem(option)
        inner.rect = row
        self.row_delegate.paint(painter, inner, index)

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Paint an arrow before what can be opened, and no lines."""
        if not self._model.hasChildren(index):
            return
        x, y = rect.right() - INDENTATION / 2 + 1, rect.center().y() + 0.5
        if self.isExpanded(plain(index)):
            points = [QPointF(x - 3.5, y - 2), QPointF(x, y + 2), QPointF(x + 3.5, y - 2)]
        else:
            points = [QPointF(x - 1.5, y - 3.5), QPointF(x + 2, y), QPointF(x - 1.5, y + 3.5)]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.current().muted, 1.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPolyline(QPolygonF(points))
        painter.restore()

    # --- keys --------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Claim the tree's own keys before the window's shortcuts get them."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.keyCombination().toCombined() in COMMANDS
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter, act on the tree's own keys, leave the rest to Qt."""
        command = COMMANDS.get(event.keyCombination().toCombined())
        if self.state() == QAbstractItemView.State.EditingState:
            event.ignore()  # Enter in a title passes through here, and must not open the note
        elif command is not None:
            self.command_requested.emit(command)
        elif event.key() in (_Key.Key_Return, _Key.Key_Enter) and self.currentIndex().isValid():
            new_tab = bool(event.modifiers() & _Mod.ControlModifier)
            self.open_requested.emit(self.currentIndex(), new_tab, True)
        elif event.key() == _Key.Key_Asterisk:  # Qt would read and open the whole library below
            self.expand(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Tell when a title was finished with Enter."""
        entered = hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache
        super().closeEditor(editor, hint)
        if entered and isinstance(editor, QLineEdit):
            self.title_entered.emit()

    # --- mouse -------------------------------------------------------------------------------------------

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Have a current row whenever keys go to the tree."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.choose(self._model.index(0, 0))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tint the row under the pointer."""
        self._hover(self.indexAt(event.position().toPoint()))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Tint no row."""
        self._hover(QModelIndex())
        super().leaveEvent(event)

    def _hover(self, index: QModelIndex) -> None:
        if self._hovered == QPersistentModelIndex(index):
            return
        self._hovered = QPersistentModelIndex(index)
        self.viewport().update()

    def _on_clicked(self, index: QModelIndex) -> None:
        modifiers = QApplication.keyboardModifiers()
        if modifiers & (_Mod.ShiftModifier | _Mod.ControlModifier):
            return
        self.open_requested.emit(index, False, False)

    # --- reading on --------------------------------------------------------------------------------------

    def resizeEvent(self, event: object) -> None:
        """Look whether more rows are in sight."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._look_again()

    def _look_again(self, *_: object) -> None:
        self._reader.start()

    def _read_what_is_in_sight(self) -> None:
        """Read on in every list whose last (or first) loaded row is in sight."""
        index = top = self.indexAt(self.viewport().rect().topLeft())
        bottom = self.viewport().rect().bottom()
        after: list[Node] = []
        before: list[Node] = []
        while index.isValid() and self.visualRect(index).top() <= bottom:
            node = self._model.node(index.parent())
            if node is not None and not node.complete and index.row() == len(node.children) - 1:
                after.append(node)
            if node is not None and node.skip and index.row() == node.lead:
                before.append(node)
            index = self.indexBelow(index)
        for node in after:
            self._model.read_on(node)
        if before:
            self._read_before(before, top)

    def _read_before(self, nodes: list[Node], top: QModelIndex) -> None:
        """Read the pages before what is in sight, and keep in its place what is."""
        held, height = QPersistentModelIndex(top), self.visualRect(top).top()
        for node in nodes:
            self._model.read_before(node)
        self.executeDelayedItemsLayout()
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self.visualRect(plain(held)).top() - height)

    def choose(self, index: QModelIndex) -> None:
        """Select one row alone; Qt's own setCurrentIndex would add it to the selection while Ctrl is held."""
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def selected_rows(self) -> list[QModelIndex]:
        """Return the selected rows, the current one where none is selected."""
        rows = self.selectionModel().selectedIndexes()
        if not rows and self.currentIndex().isValid():
            rows = [self.currentIndex()]
        return rows

    def selected_sections(self) -> list[QModelIndex]:
        """Return the selected rows that are sections."""
        return [index for index in self.selected_rows() if index.data(Role.SECTION) is not None]
