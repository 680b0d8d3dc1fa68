"""What was thrown away: a list to bring notes back from, or to delete them for ever after one question."""

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.core.records import NoteHead, NoteId
from desktop.ui import theme
from desktop.ui.tree.lists import Row, RowList, RowModel
from desktop.ui.tree.tags import Rule
from desktop.ui.workspace import Workspace


class TrashView(QWidget):
    """Shows the trash; deleting for ever is the only thing in the tree that asks first."""

    left = Signal()  # back to the library

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.rows = RowModel(self)
        self.list = RowList(self.rows)
        self.list.setAccessibleName(self.tr("Trash"))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.back = QToolButton()
        self.back.setText(self.tr("← Library"))
        self.back.setAccessibleName(self.tr("Back to the library"))
        self.back.setAutoRaise(True)
        self.empty = QLabel(self.tr("The trash is empty."))
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setEnabled(False)
        self.restore_button = QPushButton(self.tr("Restore"))
        self.delete_button = QPushButton(self.tr("Delete forever…"))
        self.question = QLabel()
        self.question.setWordWrap(True)
        self.question.setTextFormat(Qt.TextFormat.PlainText)
        self.confirm_button = QPushButton(self.tr("Delete forever"))
        self.keep_button = QPushButton(self.tr("Keep"))
        for button in (self.restore_button, self.delete_button, self.confirm_button, self.keep_button):
            button.setAccessibleName(button.text())
        self._asking = QFrame()
        self._choices = QWidget()
        self._lay_out()
        self.back.clicked.connect(self.left)
        self.restore_button.clicked.connect(self.restore)
        self.delete_button.clicked.connect(self.ask)
        self.confirm_button.clicked.connect(self._delete)
        self.keep_button.clicked.connect(self._stop_asking)
        self.list.selectionModel().selectionChanged.connect(self._stop_asking)
        theme.notifier().changed.connect(self._colour)
        self._colour()
        self._stop_asking()

    def show_notes(self, heads: list[NoteHead]) -> None:
        """Show these notes, the first of them selected so that keys have something to act on."""
        self.rows.show_rows([Row(head.id, head.title or head.name, head.kind.value) for head in heads])
        self.empty.setVisible(not heads)
        self.list.setVisible(bool(heads))
        if heads and not self.list.selectedIndexes():
            first = self.rows.index(0)
            self.list.selectionModel().setCurrentIndex(first, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._stop_asking()

    def restore(self) -> None:
        """Bring the selected notes back where they were."""
        ids = self._selected()
        if ids:
            tree = self._workspace.notebook.tree
            self.list.setFocus()  # the button is about to be disabled, and would hand the focus to anything
            self._workspace.change_tree(self.tr("Restore"), lambda: tree.restore(ids))

    def ask(self) -> None:
        """Ask whether to delete the selected notes for ever."""
        titles = [self.rows.rows[index.row()].title for index in self.list.selectedIndexes()]
        if not titles:
            return
        if len(titles) == 1:
            self.question.setText(self.tr("Delete “{0}” and everything under it forever?").format(titles[0][:80]))
        else:
            self.question.setText(self.tr("Delete %n note(s) and everything under them forever?", "", len(titles)))
        self._asking.show()
        self._choices.hide()
        self.keep_button.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ask with Delete; Escape goes one step back."""
        if event.key() == Qt.Key.Key_Delete:
            self.ask()
        elif event.key() == Qt.Key.Key_Escape and not self._asking.isHidden():
            self._stop_asking()
            self.list.setFocus()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _delete(self) -> None:
        ids = self._selected()
        if ids:
            tree = self._workspace.notebook.tree
            self._workspace.write(lambda: tree.delete_forever(ids))
        self._stop_asking()

    def _colour(self) -> None:
        colour = theme.current().error.name()
        self.confirm_button.setStyleSheet(f"QPushButton {{ color: {colour}; }}")

    def _stop_asking(self, *_: object) -> None:
        self._asking.hide()
        self._choices.show()
        chosen = bool(self.list.selectedIndexes())
        self.restore_button.setEnabled(chosen)
        self.delete_button.setEnabled(chosen)

    def _selected(self) -> list[NoteId]:
        keys = [self.rows.rows[index.row()].key for index in self.list.selectedIndexes()]
        return [NoteId(key) for key in keys if isinstance(key, int)]

    def _lay_out(self) -> None:
        buttons = QHBoxLayout(self._choices)
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.addWidget(self.restore_button)
        buttons.addWidget(self.delete_button)
        answers = QHBoxLayout()
        answers.addWidget(self.keep_button)
        answers.addWidget(self.confirm_button)
        asking = QVBoxLayout(self._asking)
        asking.setContentsMargins(0, 0, 0, 0)
        asking.addWidget(self.question)
        asking.addLayout(answers)
        below = QVBoxLayout()
        below.setContentsMargins(10, 6, 10, 10)
        below.setSpacing(8)
        below.addWidget(self._asking)
        below.addWidget(self._choices)
        title = QLabel(self.tr("Trash"))
        title.setEnabled(False)
        top = QHBoxLayout()
        top.setContentsMargins(4, 0, 12, 0)
        top.addWidget(self.back)
        top.addStretch(1)
        top.addWidget(title)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(top)
        layout.addWidget(Rule())
        layout.addWidget(self.empty, 1)
        layout.addWidget(self.list, 1)
        layout.addLayout(below)
