"""One sentence above the text, where the user looks: what went wrong, what was done, and at most one offer."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from desktop.ui import theme
from desktop.ui.delays import NOTICE_MS


class NoticeBar(QFrame):
    """Shows the latest notice; a notice that asks for nothing leaves by itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self._level = "info"
        self._action: Callable[[], None] | None = None
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._text.setAccessibleName(self.tr("Notice"))
        self._button = QPushButton()
        self._close = QToolButton()
        self._close.setText("✕")
        self._close.setAccessibleName(self.tr("Close the notice"))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(NOTICE_MS)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 10, 8)
        row.setSpacing(12)
        row.addWidget(self._text, 1)
        row.addWidget(self._button)
        row.addWidget(self._close)
        self._button.clicked.connect(self._run)
        self._close.clicked.connect(self._leave)
        self._timer.timeout.connect(self._leave)
        theme.notifier().changed.connect(self._paint)
        self.hide()

    @property
    def text(self) -> str:
        """Return the sentence that is shown."""
        return self._text.text()

    def tell(
        self,
        level: str,
        sentence: str,
        label: str = "",
        action: Callable[[], None] | None = None,
        stays: bool = True,
    ) -> None:
        """Show a sentence; `label` and `action` make the one button, which `stays` until it is answered."""
        self._level, self._action = level, action
        self._text.setText(sentence)
        self._button.setText(label)
        self._button.setVisible(action is not None)
        self._paint()
        self.show()
        if level == "info" and (action is None or not stays):
            self._timer.start()
        else:
            self._timer.stop()

    def withdraw(self, sentence: str) -> None:
        """Hide a notice whose offer means nothing any more, if it is the one that is shown."""
        if self._text.text() == sentence:
            self._action = None
            self._leave()

    def _leave(self) -> None:
        self.hide()

    def _run(self) -> None:
        action, self._action = self._action, None
        self.hide()
        if action is not None:
            action()

    def _paint(self) -> None:
        colours = theme.current()
        bar = {"error": colours.error, "warning": colours.warning}.get(self._level, colours.accent)
        self.setStyleSheet(
            f"#notice {{ background: {colours.raised.name()}; border: none; border-left: 3px solid {bar.name()};"
            f" border-bottom: 1px solid {colours.border.name()}; }}"
        )
