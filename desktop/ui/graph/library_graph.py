"""The graph of the whole library, in a window of its own."""

from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from desktop.core.records import Changes, NoteId
from desktop.ui.delays import LINKS_DELAY_MS
from desktop.ui.graph.picture import Picture
from desktop.ui.graph.view import GraphView
from desktop.ui.workspace import Workspace

FIRST_STEPS: Final = 25  # of a picture that was never drawn, before it is shown
LIVE_HEAT: Final = 0.03


class LibraryGraph(QDialog):
    """Shows all notes and their links; where they stand is remembered."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Graph of the library"))
        self.setAccessibleName(self.tr("Graph of the library"))
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(1080, 780)
        self._workspace = workspace
        self._request = 0
        self._stale = True
        self.view = GraphView()
        self.view.activated.connect(self._activate)
        self.view.rested.connect(self._store_places)
        self._words = QLabel(self.tr("Drawing the graph…"))
        self.unresolved = QCheckBox(self.tr("Links to notes not written yet"))
        self.unresolved.toggled.connect(self.refresh)
        fit = QToolButton()
        fit.setText(self.tr("Fit"))
        fit.setAccessibleName(self.tr("Fit graph"))
        fit.clicked.connect(self.view.fit)
        bar = QHBoxLayout()
        bar.setContentsMargins(14, 6, 10, 8)
        bar.setSpacing(16)
        bar.addWidget(self._words)
        bar.addStretch(1)
        bar.addWidget(self.unresolved)
        bar.addWidget(fit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.view, 1)
        layout.addLayout(bar)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LINKS_DELAY_MS)
        self._timer.timeout.connect(self.refresh)
        workspace.changed.connect(self._take_changes)
        workspace.note_opened.connect(self._mark_open)

    def showEvent(self, event: QShowEvent) -> None:
        """Read the library when it is first shown, and after it changed unseen."""
        super().showEvent(event)
        self.view.setFocus()
        if self._stale:
            self.refresh()

    def done(self, result: int) -> None:
        """Close; what is still being read is for nobody."""
        self._request += 1
        self.view.show_picture(None)
        super().done(result)

    def _take_changes(self, changes: Changes) -> None:
        if changes.everything or changes.created or changes.relinked or changes.renamed or changes.trashed:
            self._stale = True
            if self.isVisible():
                self._timer.start()

    def _mark_open(self) -> None:
        picture, current = self.view.picture, self._workspace.current
        if picture is not None:
            picture.open = picture.index.get(current) if current is not None else None
            self.view.update()

    def refresh(self) -> None:
        """Read all links on a reader thread and show them."""
        self._request += 1
        self._stale = False
        request, old = self._request, self.view.picture
        notebook, current, unresolved = self._workspace.notebook, self._workspace.current, self.unresolved.isChecked()

        def job() -> tuple[Picture, int]:
            graph = notebook.graph.whole(unresolved)
            total = notebook.tree.total()
            if old is not None and old.graph == graph:
                return old, total
            stored = notebook.graph.positions()
            picture = Picture(graph, {**stored, **(old.places() if old is not None else {})}, current)
            placed = len(stored.keys() & picture.index.keys())
            if old is not None:
                picture.simulation.reheat(LIVE_HEAT)
            elif placed < len(picture) / 2:
                picture.simulation.settle(FIRST_STEPS)
            return picture, total

        def show(result: tuple[Picture, int]) -> None:
            if request == self._request:
                self._show(*result)

        self._workspace.read(job, show)

    def _show(self, picture: Picture, total: int) -> None:
        if picture is not self.view.picture:
            self.view.show_picture(picture, keep_camera=self.view.picture is not None)
        notes, links = sum(number > 0 for number in picture.ids), len(picture.edges)
        if not notes:
            self._words.setText(self.tr("The library has no notes yet."))
        elif notes < total:
            self._words.setText(self.tr("The {0} best linked of {1} notes, {2} links").format(notes, total, links))
        else:
            self._words.setText(self.tr("Notes: {0}, links: {1}").format(notes, links))

    def _activate(self, node_id: int, in_tab: bool) -> None:
        picture = self.view.picture
        if node_id > 0:
            self._workspace.open_note(NoteId(node_id), new_tab=in_tab)
        elif picture is not None and node_id in picture.index:
            node = picture.index[node_id]
            source = next((picture.ids[near] for near in picture.neighbours(node).tolist()), 0)
            self._workspace.missing_note.emit(NoteId(source), picture.titles[node])

    def _store_places(self) -> None:
        notebook, picture = self._workspace.notebook, self.view.picture
        if notebook.read_only or picture is None:
            return
        places = picture.places()

        def job() -> Changes:
            notebook.graph.save_positions(places)
            return Changes()

        self._workspace.write(job)
