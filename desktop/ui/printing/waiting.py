"""Word of a print job that takes longer than a moment, with a way to stop it."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QProgressDialog, QWidget

from desktop.ui.printing.job import PrintJob

SHOWN_AFTER_MS = 900
WHOLE = 1_000


class Waiting(QProgressDialog):
    """Shows how far a job is once it takes long; the window stays usable."""

    def __init__(self, job: PrintJob, label: str, stopped: Callable[[], None], window: QWidget) -> None:
        super().__init__(label, "", 0, WHOLE, window)
        self.setCancelButtonText(self.tr("Cancel"))
        self.setWindowTitle("Konspekt")
        self.setAutoReset(False)
        self.setAutoClose(False)
        self.setMinimumDuration(1 << 30)  # by our own clock: Qt's would show it at once for a slow first step
        self._timer = QTimer(self, singleShot=True, interval=SHOWN_AFTER_MS)
        self._timer.timeout.connect(self.show)
        self._timer.start()
        job.progressed.connect(self._show_share)
        self.canceled.connect(stopped)

    def _show_share(self, share: float) -> None:
        if self.isVisible():
            self.setValue(round(share * WHOLE))

    def end(self) -> None:
        """Go away."""
        self._timer.stop()
        self.hide()
        self.deleteLater()
