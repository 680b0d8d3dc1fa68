"""When it is our fault: what happened, that the text is safe, and a report that can be copied."""

import platform
import sys
import traceback

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from desktop import __version__


def report_of(error: BaseException) -> str:
    """Return what a developer needs: versions and the traceback, no text of the user's."""
    head = f"Konspekt {__version__}, Python {platform.python_version()}, Qt {qVersion()}, {platform.platform()}"
    return head + "\n\n" + "".join(traceback.format_exception(error))


class CrashDialog(QDialog):
    """Shows one report."""

    def __init__(self, error: BaseException, saved: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("A fault in Konspekt"))
        self._report = report_of(error)
        print(self._report, file=sys.stderr)
        safe = self.tr("Your text is saved.") if saved else self.tr("Copy your text before you close the window.")
        text = QLabel(self.tr("Something went wrong that should not.") + " " + safe)
        text.setWordWrap(True)
        view = QPlainTextEdit(self._report)
        view.setReadOnly(True)
        view.setAccessibleName(self.tr("Report"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton(self.tr("Copy the report"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._report))
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 14)
        layout.setSpacing(12)
        for widget in (text, view, buttons):
            layout.addWidget(widget)
        self.resize(640, 380)
