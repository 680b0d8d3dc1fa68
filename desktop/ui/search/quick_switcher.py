"""The quick switcher: a few letters of a title, name or alias, and Enter. A note that is not there can be made."""

from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.core.records import Changes, NoteHead
from desktop.core.text.folding import fold_name
from desktop.ui import theme
from desktop.ui.popup import lay_out_popup
from desktop.ui.workspace import Workspace

WIDTH, ROWS, ROW_HEIGHT = 580, 10, 36
LIMIT = 30
MOST_TITLE = 200  # characters
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Choice:
    """A row: a note with where it stands, or, without a note, a title to create one with."""

    title: str
    place: str
    head: NoteHead | None


class QuickSwitcher(QDialog):
    """A pop-up over the window; the chosen note is opened and the pop-up is gone."""

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Go to note"))
        self._workspace = workspace
        self._asked = 0
        self._closed = False
        self._wanted: tuple[str, bool] | None = None  # Enter was pressed before the rows for this text were there
        self.model = ChoiceModel()
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Go to a note, or name a new one"))
        self.field.setAccessibleName(self.tr("Note title"))
        self.field.setMaxLength(MOST_TITLE)
        self.field.textChanged.connect(self._ask)
        self.field.installEventFilter(self)
        self.list = QListView()
        self.list.setAccessibleName(self.tr("Notes"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(_ChoiceDelegate(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(lambda index: self._choose(index, new_tab=False))
        lay_out_popup(self, self.field, self.list, parent, WIDTH, ROWS * ROW_HEIGHT)
        self._ask("")
        self.field.setFocus()

    def _ask(self, text: str) -> None:
        self._asked += 1
        asked, current = self._asked, self._workspace.current
        notebook = self._workspace.notebook

        def read() -> list[Choice]:
            heads = notebook.notes.suggest(text, LIMIT)
            if not text.strip():
                heads = [h for h in heads if h.id != current] + [h for h in heads if h.id == current]
            return [
                Choice(h.title, " › ".join(above.title for above in notebook.tree.path(h.id)[:-1]), h) for h in heads
            ]

        def show(choices: list[Choice]) -> None:
            if self._closed or asked != self._asked:
                return
            self._show(text, choices)

        self._workspace.read(read, show)

    def _show(self, text: str, choices: list[Choice]) -> None:
        title = " ".join(text.split())
        names = {fold_name(name) for c in choices if c.head for name in (c.head.title, c.head.name)}
        if title and fold_name(title) not in names:
            choices = [*choices, Choice(title, self.tr("Create “{0}”").format(title), None)]
        self.model.show(text, choices)
        self.list.setCurrentIndex(self.model.index(0))
        if self._wanted is not None and self._wanted[0] == text:
            self._choose(self.list.currentIndex(), self._wanted[1])

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
                new_tab = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
                if self.model.text == self.field.text():
                    self._choose(self.list.currentIndex(), new_tab)
                else:
                    self._wanted = (self.field.text(), new_tab)
                return True
        return super().eventFilter(watched, event)

    def _move(self, by: int) -> None:
        count = self.model.rowCount()
        if count:
            row = max(0, min(count - 1, self.list.currentIndex().row() + by))
            self.list.setCurrentIndex(self.model.index(row))

    def _choose(self, index: Index, new_tab: bool) -> None:
        choice = self.model.choice(index)
        if choice is None or self._closed:
            return
        workspace = self._workspace
        self.close()
        if choice.head is not None:
            workspace.open_note(choice.head.id, new_tab=new_tab)
            return

        def opened(changes: Changes) -> None:
            workspace.open_note(changes.created[0], new_tab=new_tab)

        workspace.change_tree(self.tr("New note"), lambda: workspace.notebook.tree.create(choice.title), opened)

    def done(self, result: int) -> None:
        """Take no more answers."""
        self._closed = True
        super().done(result)


class ChoiceModel(QAbstractListModel):
    """The rows for what was typed."""

    def __init__(self) -> None:
        super().__init__()
        self.text = "\0"  # what the rows are for; nothing yet
        self._choices: list[Choice] = []

    def show(self, text: str, choices: list[Choice]) -> None:
        """Show the rows for another text."""
        self.beginResetModel()
        self.text = text
        self._choices = choices
        self.endResetModel()

    def choice(self, index: Index) -> Choice | None:
        """Return the row's choice."""
        return self._choices[index.row()] if index.isValid() else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._choices)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a row shows."""
        if not index.isValid():
            return None
        choice = self._choices[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return choice.title if choice.head is not None else choice.place
        if role == Qt.ItemDataRole.UserRole:
            return choice
        return None


class _ChoiceDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        colours = theme.current()
        choice: Choice = index.data(Qt.ItemDataRole.UserRole)
        rect: QRect = option.rect
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painter.setBrush(colours.selection if state & QStyle.StateFlag.State_Selected else colours.hover)
            painter.drawRoundedRect(rect.adjusted(2, 1, -2, -1), 5, 5)
        inner = rect.adjusted(32, 0, -14, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        metrics: QFontMetrics = painter.fontMetrics()
        if choice.head is None:
            painter.setPen(colours.accent)
            painter.drawText(rect.adjusted(14, 0, -18, 0), middle | Qt.AlignmentFlag.AlignLeft, "+")
            offer = metrics.elidedText(choice.place, Qt.TextElideMode.ElideRight, inner.width())
            painter.drawText(inner, middle, offer)
            painter.restore()
            return
        painter.setBrush(getattr(colours, choice.head.kind.value))
        painter.drawEllipse(rect.left() + 14, rect.center().y() - 3, 7, 7)
        place = metrics.elidedText(choice.place, Qt.TextElideMode.ElideLeft, inner.width() // 2)
        painter.setPen(colours.muted)
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignRight, place)
        room = inner.width() - metrics.horizontalAdvance(place) - 18
        painter.setPen(colours.text)
        title = metrics.elidedText(choice.title[:MOST_TITLE], Qt.TextElideMode.ElideRight, room)
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignLeft, title)
        painter.restore()
