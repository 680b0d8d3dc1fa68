"""How far the fetching of images is, in the status bar, with the one thing to do about it: stop."""

from PySide6.QtCore import QCoreApplication, QLocale, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QToolButton, QWidget

from desktop.ui.offline.fetching import MB
from desktop.ui.offline.offline_images import Run

BAR_WIDTH = 110  # as the other bars of the status bar


class FetchProgress(QWidget):
    """Counts images and bytes; hidden while nothing is fetched."""

    stopped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = QLabel()
        self.label.setAccessibleName(self.tr("Images that are being fetched"))
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(BAR_WIDTH)
        self._bar.setAccessibleName(self.tr("Fetching images"))
        self.stop_button = QToolButton()
        self.stop_button.setText(self.tr("Stop"))
        self.stop_button.setAccessibleName(self.tr("Stop fetching images"))
        self.stop_button.setToolTip(self.tr("Fetch no more images; those that are stored stay"))
        self.stop_button.clicked.connect(self.stopped)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for widget in (self.label, self._bar, self.stop_button):
            row.addWidget(widget)
        self.hide()

    def show_run(self, run: Run) -> None:
        """Show how far a run is."""
        locale = QLocale()
        counted = self.tr("Fetching images: {0} of {1}").format(locale.toString(run.done), locale.toString(run.total))
        self.label.setText(f"{counted} · {size_in_words(run.bytes_came)}")
        self._bar.setRange(0, max(1, run.total))
        self._bar.setValue(run.done)
        self.show()


def size_in_words(count: int) -> str:
    """Return a number of bytes as people read it, in the user's language."""
    if count < MB:
        return QCoreApplication.translate("offline", "{0} kB").format(QLocale().toString(-(-count // 1_000)))
    return QCoreApplication.translate("offline", "{0} MB").format(QLocale().toString(count / MB, "f", 1))
