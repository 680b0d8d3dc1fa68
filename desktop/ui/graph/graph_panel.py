"""The graph of the open note: what it is linked with, and what that is linked with."""

from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSlider,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.core.records import Changes, GraphFilter, Note, NoteId
from desktop.ui import icons, theme
from desktop.ui.awaited import Awaited
from desktop.ui.delays import BUILD_REST_MS, LINKS_DELAY_MS, LINKS_REST_MS
from desktop.ui.graph.cards import ExtrasCard
from desktop.ui.graph.drop import IconDrop
from desktop.ui.graph.fitting_label import FittingLabel
from desktop.ui.graph.places import key_of, read_pins, read_places, write_places
from desktop.ui.graph.state import LOCAL_KEY, read_local, write_local
from desktop.ui.workspace import Workspace

if TYPE_CHECKING:  # these import numpy, which waits until a graph is on the screen
    from desktop.ui.graph.picture import Picture
    from desktop.ui.graph.view import GraphView

DEPTH_KEY: Final = "graph.depth"
FIRST_STEPS: Final = 70  # of a new picture, before it is shown: it settles, it does not explode
COLD: Final = 0.5  # heat of a layout that begins anew, too few of its nodes having a place
BUTTON: Final = 28  # pixels: all of them fit in a narrow column
LIVE_HEAT: Final = 0.08  # after a link came or went
Shown = tuple[NoteId, int, GraphFilter]  # note, depth, what else is a node


class GraphPanel(QWidget):
    """Shows the neighbourhood of the open note and keeps it up to date."""

    library_wanted = Signal(object, object)  # NoteId to begin at; NoteId to which a chain shall lead, or None
    tag_activated = Signal(str)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Graph"))
        self._workspace = workspace
        self._note_id: NoteId | None = workspace.current
        self._filter = read_local(workspace.notebook.values.get(LOCAL_KEY))
        self._shown: Shown | None = None  # what the picture is of
        self.view: GraphView | None = None
        self._build()
        self.awaited = Awaited(self, self._read, LINKS_DELAY_MS)
        workspace.note_opened.connect(self._take_note)
        workspace.note_closed.connect(self._close_note)
        workspace.changed.connect(self._take_changes)
        theme.notifier().changed.connect(self._dress)

    def _build(self) -> None:
        self._message = QLabel(self)  # a stack shows its pages
        self._message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._message.setWordWrap(True)
        self._message.setForegroundRole(self.palette().ColorRole.PlaceholderText)
        self._message.setMargin(16)
        self._stack = QStackedLayout()
        self._stack.addWidget(self._message)
        self.depth_slider = QSlider(Qt.Orientation.Horizontal)
        self.depth_slider.setRange(1, 3)
        self.depth_slider.setPageStep(1)
        self.depth_slider.setFixedWidth(48)
        self.depth_slider.setValue(self._stored_depth())
        self.depth_slider.setAccessibleName(self.tr("Graph depth"))
        self.depth_slider.setToolTip(self.tr("How many links away from the open note"))
        self.depth_slider.valueChanged.connect(self._change_depth)
        self._depth_label = QLabel()
        self._count = FittingLabel()
        self._count.setForegroundRole(self.palette().ColorRole.PlaceholderText)
        self.card = ExtrasCard()
        self.card.show_filter(self._filter)
        self.card.chosen.connect(self._change_filter)
        self.shown_button = IconDrop(self.tr("What the graph shows"), self.card)
        self.library_button = QToolButton()
        self.library_button.setAccessibleName(self.tr("Graph of the library"))
        self.library_button.setToolTip(self.tr("Show this note in the graph of the library"))
        self.library_button.setEnabled(self._note_id is not None)
        self.library_button.clicked.connect(lambda: self.library_wanted.emit(self._note_id, None))
        self.fit_button = QToolButton()
        self.fit_button.setAccessibleName(self.tr("Fit graph"))
        self.fit_button.setToolTip(self.tr("Show the whole graph (0)"))
        self.fit_button.clicked.connect(self._fit)
        bar = QHBoxLayout()
        bar.setContentsMargins(12, 3, 4, 5)
        bar.setSpacing(1)
        bar.addWidget(self._depth_label)
        bar.addSpacing(6)
        bar.addWidget(self.depth_slider)
        bar.addSpacing(6)
        bar.addWidget(self._count, 1)
        for button in (self.shown_button, self.library_button, self.fit_button):
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setFixedWidth(BUTTON)
            bar.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._stack, 1)
        layout.addLayout(bar)
        self._tell_depth()
        self._show_nothing()
        self._dress()

    def _dress(self) -> None:
        self.shown_button.setIcon(icons.icon("sliders"))
        self.library_button.setIcon(icons.icon("graph"))
        self.fit_button.setIcon(icons.icon("fit"))

    def _stored_depth(self) -> int:
        stored = self._workspace.notebook.values.get(DEPTH_KEY, 1)
        return stored if isinstance(stored, int) and 1 <= stored <= 3 else 1

    def _tell_depth(self) -> None:
        self._depth_label.setText(self.tr("Depth {0}").format(self.depth_slider.value()))

    # --- when to read ------------------------------------------------------------------------------------

    def _take_note(self, note: Note) -> None:
        if note.head.id != self._note_id:
            self._note_id = note.head.id
            self.library_button.setEnabled(True)
            self.awaited.ask()
        elif self._shown is None:
            self.awaited.ask()

    def _close_note(self) -> None:
        self._note_id = None
        self.library_button.setEnabled(False)
        self.awaited.ask()

    def _take_changes(self, changes: Changes) -> None:
        touched = changes.relinked | changes.renamed | changes.trashed | changes.restored | changes.deleted
        known = self._ids_shown()
        if changes.everything or changes.created or self._note_id in touched or touched & known:
            self.awaited.ask()
        elif (self._filter.tags or self._filter.attachments) and (changes.edited & known or changes.attachments):
            self.awaited.ask(LINKS_REST_MS)

    def _ids_shown(self) -> frozenset[int]:
        if self.view is None or self.view.picture is None:
            return frozenset()
        return frozenset(self.view.picture.ids)

    def _change_depth(self) -> None:
        self._tell_depth()
        self._write_fact(DEPTH_KEY, self.depth_slider.value())
        self.awaited.read_now()

    def _change_filter(self, shown: GraphFilter) -> None:
        self._filter = shown
        self._write_fact(LOCAL_KEY, write_local(shown))
        self.awaited.read_now()

    # --- reading and showing -----------------------------------------------------------------------------

    def _read(self) -> None:
        """Read the open note's neighbourhood on a reader thread and show it."""
        note_id, depth, extras = self._note_id, self.depth_slider.value(), self._filter
        if note_id is None:
            self._show_nothing()
            return
        what = (note_id, depth, extras)
        # The same note with more or fewer nodes goes on from where it stands.
        old = self.view.picture if self.view is not None and self._shown is not None else None
        old = old if self._shown is not None and self._shown[0] == note_id else None
        same = self._shown is not None and self._shown[:2] == what[:2]
        notebook = self._workspace.notebook

        def job() -> "Picture":
            from desktop.ui.graph.picture import Picture  # late: numpy

            graph = notebook.graph.neighbourhood(note_id, depth, extras)
            if old is not None and old.graph == graph:
                return old
            if old is not None and same:
                picture = Picture(graph, old.places(), note_id)
                picture.merge(old)
                picture.simulation.reheat(LIVE_HEAT)
                return picture
            stored = notebook.values.get(key_of(note_id, depth))
            places = read_places(stored)
            picture = Picture(graph, places, note_id, read_pins(stored))
            if picture.simulation.alpha > COLD:
                picture.simulation.settle(FIRST_STEPS)
            return picture

        def show(picture: "Picture") -> None:
            self._show(picture, what)

        self._workspace.read(job, self.awaited.if_current(show))

    def _show(self, picture: "Picture", what: Shown) -> None:
        if not len(picture):
            self._show_nothing()
            return
        view = self._the_view()
        if view.picture is not picture:
            same = self._shown is not None and self._shown[:2] == what[:2]
            view.show_picture(picture, keep_camera=same)
        self._shown = what
        self._stack.setCurrentWidget(view)
        self._count.say(*self._count_words(picture, what[1]))

    def _count_words(self, picture: "Picture", depth: int) -> tuple[str, ...]:
        """Say how many notes are around the open one, and when not all of them are shown; then the same in short."""
        others = sum(number > 0 for number in picture.ids) - 1
        linked = int(picture.degrees[0])
        if len(picture) == 1:
            return (self.tr("no links yet"), "0")
        if depth == 1 and linked > others:
            return self.tr("around: {0} of {1}").format(others, linked), f"{others}/{linked}"
        return self.tr("around: {0}").format(others), str(others)

    def _show_nothing(self) -> None:
        self._shown = None
        self._count.say()
        if self.view is not None:
            self.view.show_picture(None)
        self._message.setText(self.tr("Open a note to see what it is linked with."))
        self._stack.setCurrentWidget(self._message)

    def _the_view(self) -> "GraphView":
        """Return the view, made when a graph is first shown."""
        if self.view is None:
            from desktop.ui.graph.view import GraphView

            workspace = self._workspace
            self.view = view = GraphView()
            view.rests = lambda: monotonic() - workspace.edited_at < BUILD_REST_MS / 1000
            view.activated.connect(self._activate)
            view.rested.connect(self._store_places)
            view.pinned_changed.connect(self._store_places)
            view.context_requested.connect(self._show_menu)
            view.set_hover_source(self._tell_first_line)
            self._stack.addWidget(view)
            self.setFocusProxy(view)
        return self.view

    def _fit(self) -> None:
        if self.view is not None:
            self.view.fit()

    def _tell_first_line(self, node_id: int, then: Callable[[str], None]) -> None:
        notebook = self._workspace.notebook
        self._workspace.answer(lambda: notebook.graph.first_line(node_id), then)

    # --- what the user does ------------------------------------------------------------------------------

    def _activate(self, node_id: int, in_tab: bool) -> None:
        from desktop.ui.graph.node_actions import activate  # late: numpy

        assert self.view is not None
        activate(self._workspace, self.view.picture, node_id, in_tab, self.tag_activated.emit)

    def _show_menu(self, node_id: int | None, place: QPoint) -> None:
        from desktop.ui.graph.node_actions import node_entries, node_of, show_menu

        assert self.view is not None
        node = node_of(self.view.picture, node_id) if node_id is not None else None
        if node is None:
            return
        entries = node_entries(
            self._workspace,
            self.view,
            node,
            self.tag_activated.emit,
            lambda first: self.library_wanted.emit(NoteId(first.id), None),
            self.library_wanted.emit,
        )
        show_menu(self, place, entries)

    def _store_places(self) -> None:
        if self._shown is not None and self.view is not None and self.view.picture is not None:
            picture = self.view.picture
            self._write_fact(key_of(*self._shown[:2]), write_places(picture.places(), picture.pinned()))

    def _write_fact(self, key: str, value: object) -> None:
        """Keep a fact in the library; no notice, and nothing at all in one that is only read."""
        notebook = self._workspace.notebook
        if notebook.read_only:
            return

        def job() -> Changes:
            notebook.values.set(key, value)
            return Changes()

        self._workspace.write(job)
