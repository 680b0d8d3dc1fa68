"""Printing from the window, and notes as PDF."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths

from desktop.core import records
from desktop.core.errors import KonspektError

if TYPE_CHECKING:
    from desktop.core.records import ExportTarget
    from desktop.ui.main_window import MainWindow
    from desktop.ui.printing.job import PrintJob

Stop = Callable[[], None]


class PrintCommands(QObject):
    """Prints the open note, or makes a PDF of it."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._workspace = window.workspace

    def print_note(self) -> None:
        """Show the open note as it will be printed."""
        found = self._open_note()
        if found is None:
            return
        targets, title = found

        def show(job: "PrintJob") -> None:
            from desktop.ui.printing.printer import Printing  # late: Qt's printing is a library of its own

            Printing(job, title, self._window).preview()

        self._begin(targets, self.tr("Laying out “{0}”…").format(title), show, self._tell)

    def export_pdf(self) -> None:
        """Ask for a file and write the open note into it as a PDF."""
        found = self._open_note()
        if found is None:
            return
        from PySide6.QtWidgets import QFileDialog  # late, with its enumerations: not before the first paint

        targets, title = found
        folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation) or Path.home())
        try:
            name = self._workspace.notebook.exchange.plan_pdf(targets, folder, title).files[0].path
        except KonspektError as error:
            self._tell(error)
            return
        chosen, _filter = QFileDialog.getSaveFileName(
            self._window, self.tr("Export as PDF"), str(folder / name), "PDF (*.pdf)"
        )
        if chosen:
            self.write_pdf(targets, title, Path(chosen))

    def write_pdf(self, targets: "Sequence[ExportTarget]", title: str, file: Path) -> None:
        """Write notes as a PDF into the file that was chosen."""
        asked = file.suffix.lower() == ".pdf"  # else the dialog asked about another file than the one that is written
        path = file if asked else file.with_name(file.name + ".pdf")

        def write(data: bytes) -> None:
            plan = records.ExportPlan(str(path.parent), (records.PlannedFile(path.name, data, asked),), ())
            exchange = self._workspace.notebook.exchange
            self._workspace.read(lambda: exchange.write_export(plan, asked), lambda _: written(), self._tell)

        def written() -> None:
            self._workspace.tell("info", self.tr("Exported to {0}.").format(path))

        self.make_pdf(targets, title, write, self._tell)

    def make_pdf(
        self,
        targets: "Sequence[ExportTarget]",
        title: str,
        then: Callable[[bytes], None],
        failed: Callable[[BaseException], None],
    ) -> Stop:
        """Make a PDF of notes and hand its bytes on; what is returned stops it."""

        def draw(job: "PrintJob") -> None:
            job.made.connect(then)
            job.make_pdf(title)

        return self._begin(targets, self.tr("Making the PDF of “{0}”…").format(title), draw, failed, draws_on=True)

    def _begin(
        self,
        targets: "Sequence[ExportTarget]",
        label: str,
        laid_out: Callable[["PrintJob"], None],
        failed: Callable[[BaseException], None],
        draws_on: bool = False,
    ) -> Stop:
        """Bring notes to sheets, with word of it once that takes long; `draws_on`: they are drawn in the same go."""
        from desktop.ui.printing.job import PrintJob  # late: not before the first paint
        from desktop.ui.printing.waiting import Waiting

        job = PrintJob(self._workspace, targets, self._window)

        def stop() -> None:
            job.stop()
            waiting.end()
            job.deleteLater()

        def go_on() -> None:
            if not draws_on:
                waiting.end()
            if job.slow:
                sentence = self.tr("A part takes too long to draw and is printed as it is written.")
                self._workspace.tell("warning", sentence)
            laid_out(job)

        def fail(error: BaseException) -> None:
            stop()
            failed(error)

        waiting = Waiting(job, label, stop, self._window)
        job.laid_out.connect(go_on)
        job.made.connect(stop)
        job.failed.connect(fail)
        job.start()
        return stop

    def _open_note(self) -> "tuple[list[ExportTarget], str] | None":
        note_id = self._workspace.current
        if note_id is None:
            self._workspace.tell("warning", self.tr("Open a note first."))
            return None
        self._window.editor.flush(wait=True)
        return [records.ExportTarget(note_id)], self._workspace.notebook.tree.head(note_id).title

    def _tell(self, error: BaseException) -> None:
        if isinstance(error, KonspektError):
            self._workspace.tell("error", str(error))
        else:
            self._workspace.bug_found.emit(error)
