"""What stands in the place of results: nothing was found, too little was typed, the index is being built."""

from collections.abc import Callable

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from desktop.core.records import Progress
from desktop.ui import theme

SIDE, RIGHT = 16, 14
Offer = tuple[str, Callable[[], None]]


class LinkButton(QPushButton):
    """A button that looks like a link: small, without a frame."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.say(text)
        theme.notifier().changed.connect(self._dress)
        self._dress()

    def say(self, text: str) -> None:
        """Show another text."""
        self.setText(text)
        self.setAccessibleName(text)

    def _dress(self) -> None:
        colours = theme.current()
        self.setStyleSheet(
            f"QPushButton {{ color: {colours.link.name()}; background: transparent; border: none; padding: 2px 0;"
            " text-align: left; font-size: 12px; }"
            f"QPushButton:hover, QPushButton:focus {{ color: {colours.accent.name()}; text-decoration: underline; }}"
        )


class Sentence(QLabel):
    """A line or two of small print in one of the theme's colours."""

    def __init__(self, role: str = "muted", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._role = role
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        theme.notifier().changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        self.setStyleSheet(f"color: {getattr(theme.current(), self._role).name()}; font-size: 12px;")


class NoticeWidget(QWidget):
    """The row above results for something else than was typed, with the way to do without them."""

    exactly_wanted = Signal()

    def __init__(self, sentence: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sentence = Sentence()
        self.sentence.setText(sentence)
        self.exactly = LinkButton(self.tr("Search exactly"))
        self.exactly.clicked.connect(self.exactly_wanted)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(SIDE, 6, RIGHT, 4)
        column.setSpacing(1)
        column.addWidget(self.sentence)
        column.addWidget(self.exactly, 0, Qt.AlignmentFlag.AlignLeft)

    def height_at(self, width: int) -> int:
        """Return the height that the sentence needs."""
        return self._column.totalHeightForWidth(width) + 1


class EmptyState(QWidget):
    """Says what was looked for and offers what else can be done."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.headline = QLabel()
        self.headline.setWordWrap(True)
        self.headline.setTextFormat(Qt.TextFormat.PlainText)
        self.detail = Sentence()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(SIDE, 10, RIGHT, 10)
        self._column.setSpacing(6)
        self._column.addWidget(self.headline)
        self._column.addWidget(self.detail)
        self.offers: list[LinkButton] = []
        self.hide()

    @property
    def text(self) -> str:
        """Return all that is said."""
        return "\n".join(part for part in (self.headline.text(), self.detail.text()) if part)

    def say(self, headline: str, detail: str = "", offers: tuple[Offer, ...] = ()) -> None:
        """Show sentences and what can be done."""
        self.headline.setText(headline)
        self.detail.setText(detail)
        self.detail.setVisible(bool(detail))
        for button in self.offers:
            self._column.removeWidget(button)
            button.deleteLater()
        self.offers = []
        for text, act in offers:
            button = LinkButton(self._cut(text))
            button.setAccessibleName(text)
            button.clicked.connect(lambda _checked=False, act=act: act())
            self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            self.offers.append(button)
        self.show()

    def _cut(self, text: str) -> str:
        room = max(160, self.width() - SIDE - RIGHT - 10)
        return self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, room).replace("&", "&&")


class IndexLine(QWidget):
    """How far the search index is, while it is not whole."""

    cancelled = Signal()
    resumed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stopped = False
        self.label = Sentence()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress of the search index"))
        self.button = LinkButton()
        self.button.clicked.connect(self._press)
        line = QHBoxLayout()
        line.addWidget(self.label, 1)
        line.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(SIDE, 2, RIGHT, 8)
        column.setSpacing(4)
        column.addLayout(line)
        column.addWidget(self.bar)
        self.hide()

    def show_progress(self, progress: Progress) -> None:
        """Show how many notes are in the index; nothing when all are."""
        self._stopped = False
        self.setVisible(progress.done < progress.total)
        locale = QLocale()
        text = self.tr("Indexing: {0} of {1}")
        self.label.setText(text.format(locale.toString(progress.done), locale.toString(progress.total)))
        self.button.say(self.tr("Cancel"))
        self.bar.setRange(0, max(1, progress.total))
        self.bar.setValue(progress.done)
        self.bar.show()

    def show_stopped(self) -> None:
        """Say that the index was left unfinished."""
        self._stopped = True
        self.label.setText(self.tr("The search index is unfinished: everything is still found, only slower."))
        self.button.say(self.tr("Finish it"))
        self.bar.hide()
        self.show()

    def _press(self) -> None:
        (self.resumed if self._stopped else self.cancelled).emit()
