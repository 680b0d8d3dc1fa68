"""The exchange as the notebook offers it: importing, and exporting in two steps."""

from collections.abc import Callable, Sequence
from pathlib import Path

from desktop.core.exchange import export_texts, export_writing, markdown_export, markdown_import
from desktop.core.records import ExportPlan, ExportTarget, ExportText, ImportResult, Progress
from desktop.core.store.database import Database


class Exchange:
    """What comes into a library and what goes out of it."""

    def __init__(self, database: Database, backup: Callable[[], Path]) -> None:
        """`backup` makes a verified copy of the library; it is called before an import stores anything."""
        self._database = database
        self._backup = backup

    def import_paths(
        self,
        paths: Sequence[Path],
        into: str = "",
        progress: Callable[[Progress], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
        origin: str = "",
    ) -> ImportResult:
        """Store the pages, folders and images at `paths` as notes; all of it or nothing.

        They go under the note that `into` names; a title that nothing goes by makes a new note at the root.
        """
        return markdown_import.import_paths(
            self._database,
            paths,
            into,
            progress=progress,
            cancelled=cancelled,
            origin=origin,
            before_storing=self._backup,
        )

    def plan_export(
        self, targets: Sequence[ExportTarget], folder: Path, *, single_file: str | None = None
    ) -> ExportPlan:
        """Return every file that an export to Markdown would write into `folder`; writes nothing.

        `single_file` names the one file that all targets go into; without it each note gets its own.
        """
        return markdown_export.plan_export(self._database, targets, folder, single_file=single_file)

    def plan_html(
        self,
        targets: Sequence[ExportTarget],
        folder: Path,
        *,
        name: str = "",
        cancelled: Callable[[], bool] = lambda: False,
    ) -> ExportPlan:
        """Return the one HTML file, with all that it shows inside, that all targets go into; writes nothing."""
        from desktop.core.exchange.html_export import plan_html  # late: the converter's modules are many

        return plan_html(self._database, targets, folder, name=name, cancelled=cancelled)

    def shown_texts(self, targets: Sequence[ExportTarget]) -> tuple[ExportText, ...]:
        """Return what the targets say, a note or a section at a time, to be printed; raises as `plan_html` does."""
        return export_texts.shown_texts(self._database, targets)

    def plan_pdf(self, targets: Sequence[ExportTarget], folder: Path, name: str) -> ExportPlan:
        """Return the one file of a PDF, still empty, since the window draws it; raises as `plan_html` does."""
        return export_texts.plan_pdf(self._database, targets, folder, name)

    def write_export(self, plan: ExportPlan, overwrite: bool = False) -> tuple[str, ...]:
        """Write a plan and return the absolute paths; raises ExportRefused, having written nothing."""
        return export_writing.write_plan(plan, overwrite)
