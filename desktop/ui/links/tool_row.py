"""The row above the lists: a field that filters them, their order, and folding all notes."""

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QWidget

from desktop.ui import theme
from desktop.ui.delays import SEARCH_DELAY_MS
from desktop.ui.icons import icon


class ToolRow(QWidget):
    """What acts on all lists of the panel."""

    filtered = Signal(str)
    order_chosen = Signal(bool)  # the newest first, instead of by title
    fold_chosen = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Filter links"))
        self.field.setAccessibleName(self.tr("Filter links"))
        self.field.setToolTip(self.tr("Shows the notes and sentences that hold these words"))
        self.field.setClearButtonEnabled(True)
        self._glass = QAction(self.field)
        self.field.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self.newest = self._button(self.tr("Newest first"), self.tr("Newest first, instead of by title"))
        self.fold = self._button(self.tr("Fold all notes"), self.tr("Shows the titles of the notes only"))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 4)
        row.setSpacing(2)
        row.addWidget(self.field, 1)
        row.addSpacing(4)
        row.addWidget(self.newest)
        row.addWidget(self.fold)
        self._timer = QTimer(self, interval=SEARCH_DELAY_MS * 4, singleShot=True)
        self._timer.timeout.connect(lambda: self.filtered.emit(self.field.text()))
        self.field.textChanged.connect(lambda _text: self._timer.start())
        self.newest.toggled.connect(self.order_chosen)
        self.fold.toggled.connect(self.fold_chosen)
        theme.notifier().changed.connect(self._paint)
        self._paint()

    def _button(self, name: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setCheckable(True)
        button.setAccessibleName(name)
        button.setToolTip(tip)
        button.setIconSize(QSize(17, 17))
        return button

    def _paint(self) -> None:
        self._glass.setIcon(icon("search"))
        self.newest.setIcon(icon("newest", "accent" if self.newest.isChecked() else "muted"))
        self.fold.setIcon(icon("fold", "accent" if self.fold.isChecked() else "muted"))

    def show_state(self, *, newest: bool, folded: bool) -> None:
        """Show what was chosen before, without telling of it."""
        for button, checked in ((self.newest, newest), (self.fold, folded)):
            button.blockSignals(True)
            button.setChecked(checked)
            button.blockSignals(False)
        self._paint()
