"""A small button that says what narrows the search, with a cross to take that back."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from desktop.ui import theme

WIDEST = 132  # pixels of the words
HEIGHT = 24


class Chip(QFrame):
    """A button, and beside it the cross."""

    clicked = Signal()
    removed = Signal()

    def __init__(self, title: str, removal: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chip")
        self._title = title
        self._active = False
        self.button = QToolButton()
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.clicked.connect(self.clicked)
        self.cross = QToolButton()
        self.cross.setText("✕")
        self.cross.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.cross.setAccessibleName(removal)
        self.cross.setToolTip(removal)
        self.cross.clicked.connect(self.removed)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.button)
        row.addWidget(self.cross)
        theme.notifier().changed.connect(self._dress)
        self.show_value("")

    @property
    def active(self) -> bool:
        """Tell whether the narrowing is in force."""
        return self._active

    def set_title(self, title: str) -> None:
        """Give the button another title."""
        self._title = title
        self.show_value(self._value, self._active)

    def show_value(self, value: str, active: bool | None = None) -> None:
        """Show what is in force: the value in the place of the title; "" is nothing, unless told otherwise."""
        self._value = value
        self._active = bool(value) if active is None else active
        shown = value or self._title
        text = self.button.fontMetrics().elidedText(shown, Qt.TextElideMode.ElideRight, WIDEST)
        self.button.setText(text)
        self.button.setAccessibleName(f"{self._title}: {value}" if value else self._title)
        self.button.setToolTip(shown if text != shown else "")
        self.cross.setVisible(self._active)
        self._dress()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Be as low as a line of small print."""
        return QSize(self._row.sizeHint().width(), HEIGHT)

    def _dress(self) -> None:
        colours = theme.current()
        ground = colours.selection.name() if self._active else "transparent"
        text = (colours.text if self._active else colours.muted).name()
        self.setStyleSheet(
            f"#chip {{ background: {ground}; border: none; border-radius: 6px; }}"
            f"#chip QToolButton {{ color: {text}; font-size: 12px; padding: 2px 1px; background: transparent; }}"
            f"#chip QToolButton:hover {{ color: {colours.accent.name()}; }}"
            f"#chip QToolButton:disabled {{ color: {colours.faint.name()}; }}"
            f"#chip QToolButton:focus {{ border-color: {colours.accent.name()}; }}"
        )
