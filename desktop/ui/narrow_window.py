"""A narrow window shows the text first: the side panels step back below a width, and come again above it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject

if TYPE_CHECKING:
    from desktop.ui.main_window import MainWindow

NARROW = 1_180  # pixels: below, text and page would have less than 300 each


class NarrowWindow(QObject):
    """Decides whether the side panels are shown; what the user wants is in the settings."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._was_narrow = False
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at each new width."""
        if event.type() == QEvent.Type.Resize and watched is self._window:
            narrow = self._window.width() < NARROW
            if narrow != self._was_narrow and not self._window.runners.writing.in_zen():
                self._was_narrow = narrow
                self._window.side.setVisible(self._window.workspace.settings.side_panels and not narrow)
        return False
