"""The graph of the open note: what it is linked with, and what that is linked with."""

from time import monotonic
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QStackedLayout, QToolButton, QVBoxLayout, QWidget

from desktop.core.records import Changes, Note, NoteId
from desktop.ui.delays import BUILD_REST_MS, LINKS_DELAY_MS
from desktop.ui.graph.places import key_of, read_places, write_places
from desktop.ui.workspace import Workspace

if TYPE_CHECKING:  # these import numpy, which waits until a graph is on the screen
    from desktop.ui.graph.picture import Picture
    from desktop.ui.graph.view import GraphView

DEPTH_KEY: Final = "graph.depth"
FIRST_STEPS: Final = 70  # of a new picture, before it is shown: it settles, it does not explode
LIVE_HEAT: Final = 0.08  # after a link came or went


class GraphPanel(QWidget):
    """Shows the neighbourhood of the open note and keeps it up to date."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Graph"))
        self._workspace = workspace
        self._note_id: NoteId | None = workspace.current
        self._stale = True
        self._request = 0  # a result for an older one is dropped
        self._shown: tuple[NoteId, int] | None = None  # note and depth of the picture
        self.view: GraphView | None = None
        self._build()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LINKS_DELAY_MS)
        self._timer.timeout.connect(self.refresh)
        workspace.note_opened.connect(self._take_note)
        workspace.note_closed.connect(self._close_note)
        workspace.changed.connect(self._take_changes)

    def _build(self) -> None:
        self._message = QLabel(self.tr("Open a note to see what it is linked with."), self)  # a stack shows its pages
        self._message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._message.setWordWrap(True)
        self._message.setForegroundRole(self.palette().ColorRole.PlaceholderText)
        self._message.setMargin(16)
        self._stack = QStackedLayout()
        self._stack.addWidget(self._message)
        self.depth_slider = QSlider(Qt.Orientation.Horizontal)
        self.depth_slider.setRange(1, 3)
        self.depth_slider.setPageStep(1)
        self.depth_slider.setFixedWidth(56)
        self.depth_slider.setValue(self._stored_depth())
        self.depth_slider.setAccessibleName(self.tr("Graph depth"))
        self.depth_slider.setToolTip(self.tr("How many links away from the open note"))
        self.depth_slider.valueChanged.connect(self._change_depth)
        self._depth_label = QLabel()
        self._count = QLabel()
        self._count.setForegroundRole(self.palette().ColorRole.PlaceholderText)
        fit = QToolButton()
        fit.setText(self.tr("Fit"))
        fit.setAccessibleName(self.tr("Fit graph"))
        fit.setToolTip(self.tr("Show the whole graph (0)"))
        fit.clicked.connect(self._fit)
        bar = QHBoxLayout()
        bar.setContentsMargins(14, 3, 6, 5)
        bar.setSpacing(8)
        for widget in (self._depth_label, self.depth_slider, self._count):
            bar.addWidget(widget)
        bar.addStretch(1)
        bar.addWidget(fit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._stack, 1)
        layout.addLayout(bar)
        self._tell_depth()

    def _stored_depth(self) -> int:
        stored = self._workspace.notebook.values.get(DEPTH_KEY, 1)
        return stored if isinstance(stored, int) and 1 <= stored <= 3 else 1

    def _tell_depth(self) -> None:
        self._depth_label.setText(self.tr("Depth {0}").format(self.depth_slider.value()))

    # --- when to read ------------------------------------------------------------------------------------

    def _take_note(self, note: Note) -> None:
        if note.head.id != self._note_id:
            self._note_id = note.head.id
            self._ask()
        elif self._shown is None:
            self._ask()

    def _close_note(self) -> None:
        self._note_id = None
        self._ask()

    def _take_changes(self, changes: Changes) -> None:
        touched = changes.relinked | changes.renamed | changes.trashed | changes.restored | changes.deleted
        known = self._ids_shown()
        if changes.everything or changes.created or self._note_id in touched or touched & known:
            self._ask()

    def _ids_shown(self) -> frozenset[int]:
        if self.view is None or self.view.picture is None:
            return frozenset()
        return frozenset(self.view.picture.ids)

    def _ask(self) -> None:
        self._stale = True
        if self.isVisible():
            self._timer.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while nobody looked."""
        super().showEvent(event)
        if self._stale:
            self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Read nothing for nobody."""
        super().hideEvent(event)
        self._timer.stop()

    def _change_depth(self) -> None:
        self._tell_depth()
        depth = self.depth_slider.value()
        self._write_fact(DEPTH_KEY, depth)
        self._stale = True
        self.refresh()

    def _rests(self) -> bool:
        return monotonic() - self._workspace.edited_at < BUILD_REST_MS / 1000

    # --- reading and showing -----------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the open note's neighbourhood on a reader thread and show it."""
        self._request += 1
        self._stale = False
        note_id, depth, request = self._note_id, self.depth_slider.value(), self._request
        if note_id is None:
            self._show_nothing()
            return
        same = self._shown == (note_id, depth) and self.view is not None
        old = self.view.picture if same and self.view is not None else None
        notebook = self._workspace.notebook

        def job() -> "Picture | None":
            from desktop.ui.graph.picture import Picture  # late: numpy

            graph = notebook.graph.neighbourhood(note_id, depth)
            if old is not None and old.graph == graph:
                return old
            if old is not None:
                picture = Picture(graph, old.places(), note_id)
                picture.simulation.reheat(LIVE_HEAT)
                return picture
            places = read_places(notebook.values.get(key_of(note_id, depth)))
            picture = Picture(graph, places, note_id)
            if len(picture) and len(places.keys() & picture.index.keys()) < len(picture) / 2:
                picture.simulation.settle(FIRST_STEPS)
            return picture

        def show(picture: "Picture | None") -> None:
            if request == self._request and picture is not None and note_id == self._note_id:
                self._show(picture, (note_id, depth))

        self._workspace.read(job, show)

    def _show(self, picture: "Picture", what: tuple[NoteId, int]) -> None:
        if not len(picture):
            self._show_nothing()
            return
        view = self._the_view()
        if view.picture is not picture:
            view.show_picture(picture, keep_camera=self._shown == what)
        self._shown = what
        self._stack.setCurrentWidget(view)
        self._count.setText(self._count_words(picture, what[1]))

    def _count_words(self, picture: "Picture", depth: int) -> str:
        """Say how many notes are around the open one, and when not all of them are shown."""
        others = len(picture) - 1
        linked = int(picture.degrees[0])
        if not others:
            return self.tr("no links yet")
        if depth == 1 and linked > others:
            return self.tr("around: {0} of {1}").format(others, linked)
        return self.tr("around: {0}").format(others)

    def _show_nothing(self) -> None:
        self._shown = None
        self._count.clear()
        if self.view is not None:
            self.view.show_picture(None)
        self._stack.setCurrentWidget(self._message)

    def _the_view(self) -> "GraphView":
        """Return the view, made when a graph is first shown."""
        if self.view is None:
            from desktop.ui.graph.view import GraphView

            self.view = GraphView()
            self.view.rests = self._rests
            self.view.activated.connect(self._activate)
            self.view.rested.connect(self._store_places)
            self._stack.addWidget(self.view)
            self.setFocusProxy(self.view)
        return self.view

    def _fit(self) -> None:
        if self.view is not None:
            self.view.fit()

    # --- what the user does ------------------------------------------------------------------------------

    def _activate(self, node_id: int, in_tab: bool) -> None:
        """Open a note, or offer to write the one that is missing."""
        assert self.view is not None
        picture = self.view.picture
        if node_id > 0:
            self._workspace.open_note(NoteId(node_id), new_tab=in_tab)
        elif picture is not None and node_id in picture.index:
            node = picture.index[node_id]
            source = next((picture.ids[near] for near in picture.neighbours(node).tolist()), 0)
            self._workspace.missing_note.emit(NoteId(source), picture.titles[node])

    def _store_places(self) -> None:
        if self._shown is not None and self.view is not None and self.view.picture is not None:
            self._write_fact(key_of(*self._shown), write_places(self.view.picture.places()))

    def _write_fact(self, key: str, value: object) -> None:
        """Keep a fact in the library; no notice, and nothing at all in one that is only read."""
        notebook = self._workspace.notebook
        if notebook.read_only:
            return

        def job() -> Changes:
            notebook.values.set(key, value)
            return Changes()

        self._workspace.write(job)
