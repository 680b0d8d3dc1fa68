"""Printing, step by step, so that the window stays alive: gathered, laid out, drawn; it can be stopped at any time."""

from collections.abc import Callable, Generator, Sequence
from time import perf_counter

from PySide6.QtCore import QBuffer, QCoreApplication, QIODevice, QObject, QTimer, Signal
from PySide6.QtGui import QPageLayout, QPdfWriter

from desktop.core.records import ExportTarget
from desktop.ui.printing.drawing import Chapter, draw, facts_of, page_count
from desktop.ui.printing.manuscript import Gathering, Manuscript
from desktop.ui.printing.paper import DPI, page_layout, paper_of
from desktop.ui.printing.pdf_finishing import finished
from desktop.ui.printing.sheets import Sheets
from desktop.ui.workspace import Workspace

BUDGET_S = 0.012  # of work before the window gets its turn
GATHERED, LAID_OUT = 0.3, 0.7  # of the whole


class Steps(QObject):
    """Runs an iterator of shares done, a little at a time."""

    done = Signal()
    progressed = Signal(float)

    def __init__(self, steps: Generator[float], parent: QObject) -> None:
        super().__init__(parent)
        self._steps = steps
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._run)
        self._timer.start()

    def stop(self) -> None:
        """Run no further, and let go of what is drawn on."""
        self._timer.stop()
        self._steps.close()

    def _run(self) -> None:
        end = perf_counter() + BUDGET_S
        share = 0.0
        while perf_counter() < end:
            try:
                share = next(self._steps)
            except StopIteration:
                self.stop()
                self.done.emit()
                return
        self.progressed.emit(share)


def lay_out(
    manuscripts: Sequence[Manuscript], page: QPageLayout, chapters: list[Chapter], owner: QObject
) -> Generator[float]:
    """Fill `chapters`, one for a manuscript; yields the share that is done."""
    paper = paper_of(page)
    for index, manuscript in enumerate(manuscripts):
        sheets = Sheets(paper, f"n{index + 1}", owner)
        for _ in sheets.prepare(manuscript.blocks, manuscript.pictures, manuscript.sections, manuscript.marks):
            yield index / len(manuscripts)
        chapters.append(Chapter(manuscript.title, manuscript.language, sheets))


class PrintJob(QObject):
    """Brings notes to sheets of paper, and these into a PDF."""

    laid_out = Signal(object)  # list[Chapter]
    made = Signal(bytes)  # a whole PDF
    failed = Signal(object)  # what was raised
    progressed = Signal(float)  # from 0 to 1

    def __init__(
        self, workspace: Workspace, targets: Sequence[ExportTarget], parent: QObject, page: QPageLayout | None = None
    ) -> None:
        super().__init__(parent)
        self.page = page or page_layout()
        self.manuscripts: list[Manuscript] = []
        self.chapters: list[Chapter] = []
        self._workspace = workspace
        self._steps: Steps | None = None
        self._stopped = False
        self._gathering = Gathering(workspace, targets, self)
        self._gathering.done.connect(self._gathered)
        self._gathering.failed.connect(self._fail)
        self._gathering.progressed.connect(lambda share: self.progressed.emit(share * GATHERED))
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.stop)

    @property
    def slow(self) -> bool:
        """Tell whether something took too long to draw and is shown as it is written."""
        return self._gathering.slow

    def start(self) -> None:
        """Begin; `laid_out` tells when there are sheets."""
        self._gathering.start()

    def stop(self) -> None:
        """Be done, whatever is still under way."""
        self._stopped = True
        self._gathering.stop()
        if self._steps is not None:
            self._steps.stop()

    def make_pdf(self, title: str) -> None:
        """Draw the sheets into a PDF; `made` tells when it is whole."""
        buffer = QBuffer(self)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(buffer)
        writer.setResolution(DPI)
        writer.setPageLayout(self.page)
        writer.setTitle(title)
        facts = facts_of(title, self.chapters)

        def finish() -> None:
            data = bytes(buffer.data().data())
            self._workspace.read(lambda: finished(data, facts), self._made, self._fail)

        self._run(self._drawing(writer), finish)

    def _gathered(self, manuscripts: list[Manuscript]) -> None:
        self.manuscripts = manuscripts
        steps = (GATHERED + share * (LAID_OUT - GATHERED) for share in self._laying_out())
        self._run(steps, lambda: self.laid_out.emit(self.chapters))

    def _laying_out(self) -> Generator[float]:
        return lay_out(self.manuscripts, self.page, self.chapters, self)

    def _drawing(self, writer: QPdfWriter) -> Generator[float]:
        count = max(1, page_count(self.chapters))
        return (LAID_OUT + (1 - LAID_OUT) * done / count for done in draw(writer, self.chapters))

    def _run(self, steps: Generator[float], then: Callable[[], None]) -> None:
        if self._stopped:
            return
        self._steps = Steps(steps, self)
        self._steps.progressed.connect(self.progressed)
        self._steps.done.connect(then)

    def _made(self, data: bytes) -> None:
        if not self._stopped:
            self.made.emit(data)

    def _fail(self, error: BaseException) -> None:
        if not self._stopped:
            self.stop()
            self.failed.emit(error)
