"""Typewriter: the line that is written stays in the middle, and the page moves."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit


class Typewriter(QObject):
    """Keeps the cursor's line of one page in the middle while it is on; a click moves nothing under the mouse."""

    def __init__(self, page: QPlainTextEdit) -> None:
        super().__init__(page)
        self._page = page
        self._on = False
        self._line = (-1, -1)  # of the cursor: block, row in it
        page.cursorPositionChanged.connect(self._follow)

    @property
    def on(self) -> bool:
        """Whether the mode is on."""
        return self._on

    def set_on(self, on: bool) -> None:
        """Turn the mode on or off."""
        self._on = on
        self._page.setCenterOnScroll(on)  # lets the last line come to the middle too
        self._line = (-1, -1)
        self._follow()

    def _follow(self) -> None:
        if not self._on:
            return
        cursor = self._page.textCursor()
        row = cursor.block().layout().lineForTextPosition(cursor.positionInBlock())
        line = (cursor.blockNumber(), row.lineNumber() if row.isValid() else -1)
        if line == self._line or QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
            return
        self._line = line
        self._page.centerCursor()
