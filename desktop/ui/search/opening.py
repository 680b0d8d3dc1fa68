"""What a row of the results does when it is chosen: a note is opened at its place, and that is remembered.

What was opened from the results of a query comes a little higher in later ones.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject

from desktop.core.errors import KonspektError
from desktop.core.records import Changes, NoteId, NoteKind, SearchResult
from desktop.ui.search.rows import HitRow, ResultModel, Row, SectionRow
from desktop.ui.search.walk import HitWalk
from desktop.ui.workspace import Workspace


class Opening(QObject):
    """Opens hits, and makes the note that was not found."""

    def __init__(
        self, workspace: Workspace, model: ResultModel, walk: HitWalk, more: Callable[[], None],
        parent: QObject | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._workspace = workspace
        self._model = model
        self._walk = walk
        self._more = more  # notes are wanted than are listed

    def open(self, row: Row, new_tab: bool = False) -> None:
        """Open what a row stands for."""
        if isinstance(row, SectionRow):
            self._go_to(self._model.result, row.hit.id, row.passage.offset, new_tab)
        elif isinstance(row, HitRow):
            if self._model.is_fresh(row.hit.id):
                self._go_to(self._model.result, row.hit.id, row.hit.offset, new_tab)
            else:
                self._read_and_go(row.hit.id, new_tab)
        else:
            self._more()

    def create(self, title: str, parent_id: NoteId | None) -> None:
        """Make a note of that title, and open it."""
        tree = self._workspace.notebook.tree
        self._workspace.change_tree(
            self.tr("New note"),
            lambda: tree.create(title, NoteKind.NOTE, parent_id),
            lambda changes: self._workspace.open_note(changes.created[0]),
        )

    def _read_and_go(self, note_id: NoteId, new_tab: bool) -> None:
        """Open a note whose place is not known yet."""
        search, result = self._workspace.notebook.search, self._model.result
        self._workspace.answer(
            lambda: search.passages(result, [note_id]),
            # Of the result that was chosen from: meanwhile another one may be listed.
            lambda read: self._go_to(result, note_id, read[note_id].offset if note_id in read else None, new_tab),
        )

    def _go_to(self, result: SearchResult, note_id: NoteId, offset: int | None, new_tab: bool) -> None:
        notebook = self._workspace.notebook
        self._walk.begin(result, note_id, offset, new_tab=new_tab)
        if notebook.read_only or self._workspace.current != note_id:
            return

        def job() -> Changes:
            notebook.search.opened(result, note_id)
            return Changes()

        self._workspace.write(job, failed=self._pass_over)

    def _pass_over(self, error: BaseException) -> None:
        """Say nothing of what could not be remembered: the note is open all the same."""
        if not isinstance(error, KonspektError):
            self._workspace.bug_found.emit(error)
