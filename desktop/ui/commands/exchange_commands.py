"""Importing and exporting from the window."""

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.core import records
from desktop.core.errors import Cancelled, KonspektError
from desktop.core.records import Changes, NoteId, Progress
from desktop.ui.commands.print_commands import PrintCommands

if TYPE_CHECKING:
    from desktop.core.records import ExportTarget, ImportResult
    from desktop.ui.main_window import MainWindow

FILES = "Markdown (*.md *.markdown *.txt)"


class ExchangeCommands(QObject):
    """Asks for files and folders, and says what came of it."""

    def __init__(self, window: "MainWindow", printing: PrintCommands) -> None:
        super().__init__(window)
        self._printing = printing
        self._window = window
        self._workspace = window.workspace
        self._cancelled = threading.Event()

    # --- importing ---------------------------------------------------------------------------------------

    def import_files(self) -> None:
        """Ask for files and import them."""
        from PySide6.QtWidgets import QFileDialog  # late, with its enumerations: not before the first paint

        files, _filter = QFileDialog.getOpenFileNames(self._window, self.tr("Import files"), "", FILES)
        if files:
            self.import_paths([Path(file) for file in files])

    def import_folder(self) -> None:
        """Ask for a folder and import it as a tree."""
        from PySide6.QtWidgets import QFileDialog

        folder = QFileDialog.getExistingDirectory(self._window, self.tr("Import a folder"))
        if folder:
            self.import_paths([Path(folder)])

    def import_paths(self, paths: Sequence[Path]) -> None:
        """Import files and folders on the writer thread; the window stays usable."""
        self._window.editor.save_now()
        self._cancelled.clear()
        workspace = self._workspace
        results: list[ImportResult] = []

        def tell(progress: Progress) -> None:
            workspace.tasks.on_main_thread(lambda: self._window.status.show_import_progress(progress))

        def job() -> Changes:
            result = workspace.notebook.exchange.import_paths(
                paths, progress=tell, cancelled=self._cancelled.is_set, origin="import"
            )
            results.append(result)
            return result.changes

        self._window.status.show_import_progress(Progress(0, 1))
        workspace.write(job, lambda _changes: self._imported(results[0]), self._import_failed)

    def cancel_import(self) -> None:
        """Stop a running import; nothing of it is kept."""
        self._cancelled.set()

    def _imported(self, result: "ImportResult") -> None:
        self._window.status.show_import_progress(Progress(0, 0))
        parts = []
        if result.imported:
            parts.append(self.tr("%n note(s) imported", "", result.imported))
        if result.updated:
            parts.append(self.tr("%n updated", "", result.updated))
        if result.skipped:
            parts.append(self.tr("%n unchanged", "", result.skipped))
        sentence = (", ".join(parts) or self.tr("There was nothing to import")) + "."
        problems = [line for line in result.report if line.level != "info"]
        if problems:
            sentence += " " + self.tr("%n file(s) need a look.", "", len(problems))
            self._window.notices.tell(
                "warning", sentence, self.tr("Show"), lambda: self._show_report(sentence, result)
            )
        elif result.report:
            self._window.offer(sentence, self.tr("Show"), lambda: self._show_report(sentence, result))
        else:
            self._workspace.tell("info", sentence)
        if result.notes:
            self._workspace.open_note(self._to_show(result))

    def _to_show(self, result: "ImportResult") -> NoteId:
        """Return the note to open: the one that came, or the folder that many came under."""
        first = result.notes[0].id
        if len(result.notes) == 1:
            return first
        tree = self._workspace.notebook.tree
        top = tree.path(first)[0]
        return top.id if all(tree.path(note.id)[0].id == top.id for note in result.notes[:50]) else first

    def _import_failed(self, error: BaseException) -> None:
        self._window.status.show_import_progress(Progress(0, 0))
        if isinstance(error, Cancelled):
            self._workspace.tell("info", self.tr("The import was stopped; nothing was imported."))
        elif isinstance(error, KonspektError):
            self._workspace.tell("error", str(error))
        else:
            self._workspace.bug_found.emit(error)

    def _show_report(self, sentence: str, result: "ImportResult") -> None:
        from desktop.ui.dialogs.report_dialog import ReportDialog  # late: not before the first paint

        ReportDialog(self.tr("Import"), sentence, result.report, self._window).open()

    # --- exporting ---------------------------------------------------------------------------------------

    def export_note(self) -> None:
        """Export the open note."""
        if (note_id := self._note()) is not None:
            self.export([records.ExportTarget(note_id)])

    def export_subtree(self) -> None:
        """Export the open note and all below it."""
        if (note_id := self._note()) is not None:
            self.export([records.ExportTarget(note_id, subtree=True)])

    def export_section(self) -> None:
        """Export the section that the cursor is in."""
        note_id = self._note()
        if note_id is None:
            return
        from desktop.core.text.outline import section_at  # late: not before the first paint

        self._window.editor.flush(wait=True)
        place = self._window.editor.place()
        sections = self._workspace.notebook.notes.sections(note_id)
        section = section_at(sections, (place.offset if place else 0) or 0)
        if section is None:
            self._workspace.tell("warning", self.tr("The cursor is in no section; put it under a heading."))
            return
        self.export([records.ExportTarget(note_id, section=section.ordinal)])

    def export(self, targets: "Sequence[ExportTarget]") -> None:
        """Show what an export would write, and write it when told to."""
        if not targets:
            return
        from desktop.ui.dialogs.export_dialog import ExportDialog  # late: not before the first paint

        self._window.editor.flush(wait=True)
        first = targets[0]
        title = self._workspace.notebook.tree.head(first.note_id).title
        if first.section is not None:
            title = self._workspace.notebook.notes.sections(first.note_id)[first.section].title
        ExportDialog(self._workspace, targets, title, self._window, self._printing.make_pdf).open()

    def _note(self) -> NoteId | None:
        if self._workspace.current is None:
            self._workspace.tell("warning", self.tr("Open a note first."))
        return self._workspace.current
