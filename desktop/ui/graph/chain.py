"""Finding the chain between two notes: the bar says which, the core finds it, the view shows it."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

from desktop.core.records import Changes, GraphNode, NoteId
from desktop.ui.graph.node_actions import node_of, row_of
from desktop.ui.graph.path_bar import PathBar, Step
from desktop.ui.graph.picker import Row
from desktop.ui.graph.view import GraphView
from desktop.ui.workspace import Workspace


class Chain(QObject):
    """Joins the bar with the view."""

    def __init__(self, workspace: Workspace, bar: PathBar, view: GraphView) -> None:
        super().__init__(view)
        self._workspace = workspace
        self._bar = bar
        self._view = view
        self._asked = 0
        self._ids: tuple[int, ...] = ()
        self._titles: dict[int, str] = {}
        self._fitted = False  # the whole picture was in sight before the chain
        self._selected: tuple[int | None, int | None] = (None, None)  # the node before, and the node now
        bar.ends_chosen.connect(self._find)
        bar.step_chosen.connect(self._open_step)
        bar.closed.connect(self._end)
        view.node_selected.connect(self._remember)
        workspace.changed.connect(self._take_changes)

    def begin(self, first: GraphNode | None = None, last: GraphNode | None = None) -> None:
        """Open the bar; without a first note it begins at the selected or the open one."""
        row = row_of(first) if first is not None else self._usual_first()
        self._bar.begin(row, row_of(last) if last is not None else None)
        missing = 0 if row is None else 1
        if self._bar.both is None:
            self._bar.buttons[missing].setFocus()

    def between(self, first: NoteId, last: NoteId) -> None:
        """Show the chain between two notes, whether they are in the picture or not."""
        heads = self._workspace.notebook.tree.heads([first, last])
        if len(heads) == 2:
            rows = [Row(head.id, head.title, "", head.kind.value) for head in heads]
            self._bar.begin(*rows)

    def takes(self, node_id: int) -> bool:
        """Take a clicked note as an end of the chain, when one is being chosen or Shift is held."""
        node = node_of(self._view.picture, node_id)
        shift = bool(QApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier)
        chooses = self._bar.isVisible() and self._bar.both is None
        if node is None or node_id < 0 or not (shift or chooses):
            return False
        if not self._bar.isVisible():
            before = node_of(self._view.picture, self._selected[0]) if self._selected[0] is not None else None
            usable = before is not None and before.id > 0 and before.id != node_id
            self._bar.begin(row_of(before) if usable and before is not None else self._open_note(but=node_id))
        self._bar.take_node(row_of(node))
        return True

    def show_again(self) -> None:
        """Show the chain in another picture."""
        if self._ids:
            self._show(self._ids, self._titles)

    def _remember(self, node_id: int) -> None:
        if node_id != self._selected[1]:
            self._selected = (self._selected[1], node_id)

    def _usual_first(self) -> Row | None:
        picture, selected = self._view.picture, self._view.selected_id()
        node = node_of(picture, selected) if selected is not None else None
        return row_of(node) if node is not None and node.id > 0 else self._open_note()

    def _open_note(self, but: int | None = None) -> Row | None:
        current = self._workspace.current
        if current is None or current == but:
            return None
        heads = self._workspace.notebook.tree.heads([current])
        return Row(heads[0].id, heads[0].title, "", heads[0].kind.value) if heads else None

    def _find(self, first: NoteId, last: NoteId) -> None:
        self._asked += 1
        asked, notebook = self._asked, self._workspace.notebook

        def job() -> tuple[tuple[int, ...], dict[int, str]]:
            ids = notebook.graph.path(first, last, lambda: asked != self._asked)
            return ids, {int(head.id): head.title for head in notebook.tree.heads([NoteId(number) for number in ids])}

        def show(found: tuple[tuple[int, ...], dict[int, str]]) -> None:
            if asked == self._asked and self._bar.both == (first, last):
                self._show(*found)

        self._workspace.read(job, show)

    def _show(self, ids: Sequence[int], titles: dict[int, str]) -> None:
        known = self._view.picture.index if self._view.picture is not None else {}
        self._fitted = self._view.flight.fits if not self._ids else self._fitted
        self._ids, self._titles = tuple(ids), titles
        self._bar.show_chain([Step(number, titles.get(number, ""), number in known) for number in ids])
        self._view.show_path(self._ids)

    def _take_changes(self, changes: Changes) -> None:
        """Look for the chain again after links came or went."""
        both = self._bar.both
        if both is not None and self._bar.isVisible():
            if changes.trashed & set(both) or changes.deleted & set(both):
                self._bar.close_bar()
            elif changes.relinked or changes.everything or changes.trashed or changes.restored or changes.renamed:
                self._find(*both)

    def _open_step(self, note_id: int, in_tab: bool) -> None:
        picture = self._view.picture
        if picture is not None and note_id in picture.index:
            self._view.select(picture.index[note_id])
        self._workspace.open_note(NoteId(note_id), new_tab=in_tab)

    def _end(self) -> None:
        self._asked += 1
        self._ids = ()
        self._view.show_path(())
        if self._fitted:
            self._fitted = False
            self._view.fit()
