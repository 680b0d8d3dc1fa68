"""Commands on the library as a whole."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop import __version__
from desktop.core.paths import LIBRARY_SUFFIX
from desktop.core.records import Changes, CheckReport, SavedSearch

if TYPE_CHECKING:
    from desktop.ui.main_window import MainWindow


class LibraryCommands(QObject):
    """Backing up, checking, opening another."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._workspace = window.workspace

    def open_another(self) -> None:
        """Open another library, or make one, in a window of its own."""
        from PySide6.QtWidgets import QFileDialog  # late, with its enumerations: not before the first paint

        start = str(self._workspace.notebook.path.parent)
        file, _filter = QFileDialog.getSaveFileName(
            self._window,
            self.tr("Open or make a library"),
            start,
            f"Konspekt (*{LIBRARY_SUFFIX})",
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if not file:
            return
        import subprocess  # late: not before the first paint

        path = Path(file) if Path(file).suffix else Path(file + LIBRARY_SUFFIX)
        program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "desktop"]
        subprocess.Popen([*program, "--library", str(path)], start_new_session=True)

    def back_up(self) -> None:
        """Make a verified copy beside the library."""
        self._window.editor.flush(wait=True)
        safety = self._workspace.notebook.safety
        self._workspace.read(
            safety.backup, lambda path: self._workspace.tell("info", self.tr("Backed up to {0}.").format(path))
        )

    def check(self) -> None:
        """Check every text and every link of the library."""
        self._workspace.tell("info", self.tr("Checking the library…"))
        self._workspace.read(self._workspace.notebook.safety.check, self._checked)

    def forget_opened(self) -> None:
        """Let opened results weigh no more in later searches."""

        def job() -> Changes:
            self._workspace.notebook.search.forget_opened()
            return Changes()

        self._workspace.write(
            job, lambda _changes: self._workspace.tell("info", self.tr("Which results were opened is forgotten."))
        )

    def offer_search_back(self, search: SavedSearch, position: int) -> None:
        """Say that a saved search was removed, and offer to put it back in its place."""
        saved = self._workspace.notebook.saved_searches

        def bring_back() -> None:
            self._workspace.write(lambda: saved.add(search.title, search.query, position))

        sentence = self.tr("The saved search “{0}” was removed.").format(search.title)
        self._window.offer(sentence, self.tr("Undo"), bring_back, stays=False)

    def about(self) -> None:
        """Say what this program is."""
        from PySide6.QtWidgets import QMessageBox

        text = self.tr("Konspekt {0}: an offline home for lectures and digests.\n\nThis library: {1}").format(
            __version__, self._workspace.notebook.path
        )
        QMessageBox.about(self._window, self.tr("About Konspekt"), text)

    def _checked(self, report: CheckReport) -> None:
        counted = self.tr("%n note(s)", "", report.notes) + ", " + self.tr("%n revision(s)", "", report.revisions)
        if not report.problems:
            self._workspace.tell("info", self.tr("The library is sound: {0} checked.").format(counted))
            return
        sentence = self.tr("%n problem(s) found; “konspekt check --repair” mends what can be mended.", "",
                           len(report.problems))  # fmt: skip
        self._window.notices.tell(
            "warning",
            sentence,
            self.tr("Show"),
            lambda: self._show_report(sentence, report),
        )

    def _show_report(self, sentence: str, report: CheckReport) -> None:
        from desktop.ui.dialogs.report_dialog import ReportDialog  # late: not before the first paint

        ReportDialog(self.tr("Check"), sentence, report.problems, self._window).open()
