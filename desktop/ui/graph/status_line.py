"""The line below the graph of the library: how much is shown, and of what; and the words in the place of a picture."""

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.ui.graph.library_reading import Reading
from desktop.ui.plain_tips import plain_tip
from desktop.ui.sentences import in_users_language


class StatusLine(QWidget):
    """Counts at the left, what is left out after them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("graphStatus")
        self.counts = QLabel()
        self.left_out = QLabel()
        self.left_out.setTextFormat(Qt.TextFormat.PlainText)
        self.left_out.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        line = QHBoxLayout(self)
        line.setContentsMargins(14, 4, 14, 6)
        line.setSpacing(16)
        line.addWidget(self.counts)
        line.addWidget(self.left_out, 1)

    def show_reading(self, reading: Reading) -> None:
        """Say how much a picture shows."""
        graph = reading.picture.graph
        links = self.tr("%Ln link(s)", "", reading.links)
        if reading.notes < graph.total:
            total = QLocale().toString(graph.total)
            notes = self.tr("%Ln of {0} note(s)", "", reading.notes).format(total)
        else:
            notes = self.tr("%Ln note(s)", "", reading.notes)
        words = [notes, links]
        if reading.matches is not None:
            found = len(reading.matches & reading.picture.index.keys())
            words.append(self.tr("%Ln match(es)", "", found))
        self.counts.setText(", ".join(words))
        sentence = in_users_language(graph.left_out) if graph.left_out and graph.nodes else ""
        if reading.lags:
            warning = self.tr("The search index is still being built: some matches may be missing.")
            sentence = f"{warning} {sentence}".strip()
        self.left_out.setText(sentence)
        self.left_out.setToolTip(plain_tip(sentence))


class EmptyPage(QWidget):
    """A sentence where there is no picture, and a button where something can be done about it."""

    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setBackgroundRole(self.palette().ColorRole.Base)
        self.setAutoFillBackground(True)
        self.words = QLabel()
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words.setWordWrap(True)
        self.words.setForegroundRole(self.palette().ColorRole.PlaceholderText)
        self.button = QPushButton(self.tr("Clear the filter"))
        self.button.clicked.connect(self.pressed)
        column = QVBoxLayout(self)
        column.setContentsMargins(40, 20, 40, 20)
        column.setSpacing(14)
        column.addStretch(1)
        column.addWidget(self.words)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)

    def say(self, words: str, button: bool) -> None:
        """Show a sentence, with or without the button."""
        self.words.setText(words)
        self.button.setVisible(button)
