"""Only the note: everything around it goes, on the whole screen, and comes back as it was."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.ui.main_window import MainWindow


class Zen(QObject):
    """Hides what is not the note; the settings never hear of it."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._hidden: list[QWidget] = []
        self._state = Qt.WindowState.WindowNoState
        self.active = False

    def toggle(self) -> None:
        """Hide everything, or bring it back."""
        (self.leave if self.active else self.enter)()

    def enter(self) -> None:
        """Hide what was shown around the text, and fill the screen."""
        window = self._window
        if self.active:
            return
        window.layout_state.save()  # what is remembered is the window as it was
        self.active = True
        self._state = window.windowState()
        around = (window.left, window.side, window.tabs, window.header, window.menuBar(), window.status)
        self._hidden = [widget for widget in around if not widget.isHidden()]
        for widget in self._hidden:
            widget.hide()
        window.setWindowState(self._state | Qt.WindowState.WindowFullScreen)
        window.focus_text()
        window.offer(self._sentence(), self.tr("Back"), self.leave, stays=False)

    def leave(self) -> None:
        """Bring back what was hidden."""
        if not self.active:
            return
        self.active = False
        for widget in self._hidden:
            widget.show()
        self._hidden = []
        self._window.setWindowState(self._state)
        if self._window.notices.text == self._sentence():
            self._window.notices.hide()
        self._window.actions_by_name["zen"].setChecked(False)
        self._window.focus_text()

    def _sentence(self) -> str:
        return self.tr("Only the note: F11 brings the rest back.")
