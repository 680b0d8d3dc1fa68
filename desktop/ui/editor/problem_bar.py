"""What the user is asked when a text could not be stored: one sentence and the ways out, above the text."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.ui import theme
from desktop.ui.editor.sessions import Problem


class ProblemBar(QFrame):
    """The sentence of a failed save with its answers."""

    retry = Signal()
    keep_mine = Signal()
    take_theirs = Signal()
    save_as_copy = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("problemBar")
        self.label = QLabel(wordWrap=True)
        self.label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._retry_button = self._button(self.tr("Retry"), self.retry)
        self._mine_button = self._button(self.tr("Keep mine"), self.keep_mine)
        self._theirs_button = self._button(self.tr("Take the other"), self.take_theirs)
        self._copy_button = self._button(self.tr("Save as a copy"), self.save_as_copy)
        row = QHBoxLayout()
        row.addStretch(1)
        for button in (self._retry_button, self._mine_button, self._theirs_button, self._copy_button):
            row.addWidget(button)
        column = QVBoxLayout(self)  # beside the sentence the answers would not fit in half of a split view
        column.setContentsMargins(14, 8, 10, 8)
        column.addWidget(self.label)
        column.addLayout(row)
        theme.notifier().changed.connect(self._apply_theme)
        self._apply_theme()
        self.hide()

    def show_problem(self, problem: Problem | None) -> None:
        """Show a problem, or nothing."""
        if problem is not None:
            self.label.setText(problem.sentence)
            self._mine_button.setVisible(problem.theirs is not None)
            self._theirs_button.setVisible(problem.theirs is not None)
            self._retry_button.setVisible(problem.theirs is None)
        self.setVisible(problem is not None)

    def _button(self, text: str, signal: object) -> QPushButton:
        button = QPushButton(text)
        button.setAccessibleName(text)
        button.clicked.connect(signal)
        return button

    def _apply_theme(self) -> None:
        colours = theme.current()
        self.setStyleSheet(
            f"QFrame#problemBar {{ background: {colours.raised.name()};"
            f" border-left: 3px solid {colours.error.name()}; border-bottom: 1px solid {colours.border.name()}; }}"
        )
