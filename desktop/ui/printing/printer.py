"""Printing on a real printer: the sheets as they will come, and the system's own dialog for the rest."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication, QPageLayout
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog
from PySide6.QtWidgets import QWidget

from desktop.ui.printing.drawing import Chapter, draw, page_count
from desktop.ui.printing.job import PrintJob, lay_out


class Printing(QObject):
    """Shows the sheets of a job, lays them out anew for other paper, and prints them."""

    def __init__(self, job: PrintJob, title: str, window: QWidget) -> None:
        super().__init__(window)
        self._job = job
        self._title = title
        self._window = window
        self._page = job.page
        self._chapters = job.chapters
        self.printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        self.printer.setFullPage(True)  # the margins are ours
        self.printer.setPageLayout(job.page)
        self.printer.setDocName(title)
        self.printer.setCreator("Konspekt")

    def preview(self) -> QPrintPreviewDialog:
        """Open the dialog that shows the sheets."""
        dialog = QPrintPreviewDialog(self.printer, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(self.tr("Print “{0}”").format(self._title))
        dialog.paintRequested.connect(self.paint)
        dialog.finished.connect(self._done)
        dialog.resize(980, 820)
        dialog.open()
        return dialog

    def paint(self, printer: QPrinter) -> None:
        """Draw the wanted sheets; laid out anew where the paper is another."""
        QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            self._fit(printer.pageLayout())
            for _ in draw(printer, self._chapters, self._pages(printer)):
                pass
        finally:
            QGuiApplication.restoreOverrideCursor()

    def _fit(self, page: QPageLayout) -> None:
        unit = QPageLayout.Unit.Point
        if page.fullRect(unit).size() == self._page.fullRect(unit).size():
            return
        self._page = page
        chapters: list[Chapter] = []
        for _ in lay_out(self._job.manuscripts, page, chapters, self):
            pass
        self._chapters = chapters

    def _pages(self, printer: QPrinter) -> list[int]:
        """Return the numbers of the sheets that are wanted, from 0; none for all."""
        if printer.printRange() is not QPrinter.PrintRange.PageRange or not printer.fromPage():
            return []
        last = min(printer.toPage() or printer.fromPage(), page_count(self._chapters))
        return list(range(printer.fromPage() - 1, last))

    def _done(self) -> None:
        self._job.deleteLater()
        self.deleteLater()
