"""A word at the end of a bar that is never cut: where the room is short, a shorter one stands in for it."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


class FittingLabel(QLabel):
    """Shows the first of its texts that fits its width, or nothing; the whole one is its tool tip and its name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def say(self, *texts: str) -> None:
        """Show one of these, the longest first."""
        self._texts = texts
        whole = texts[0] if texts else ""
        self.setToolTip(whole)
        self.setAccessibleName(whole)
        self._choose()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose again for another width."""
        super().resizeEvent(event)
        self._choose()

    def _choose(self) -> None:
        metrics, room = self.fontMetrics(), self.contentsRect().width()
        self.setText(next((text for text in self._texts if metrics.horizontalAdvance(text) <= room), ""))
