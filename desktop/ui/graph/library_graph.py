"""The graph of the whole library, in a window of its own.

The bar above says what is shown (`filter_bar.py`), the card in the corner what the colours mean (`legend.py`), a second
bar holds a chain between two notes (`path_bar.py`, `chain.py`). The window joins them with the view and reads the
library when it changed; what is kept is in `keeping.py`.
"""

from collections.abc import Callable
from dataclasses import replace
from time import monotonic
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QStackedLayout, QToolButton, QVBoxLayout, QWidget

from desktop.core.records import Changes, NoteId
from desktop.ui import icons, theme
from desktop.ui.awaited import Awaited
from desktop.ui.delays import BUILD_REST_MS, LINKS_DELAY_MS, LINKS_REST_MS, STATE_DELAY_MS
from desktop.ui.graph.camera import Camera
from desktop.ui.graph.chain import Chain
from desktop.ui.graph.exporting import export_picture
from desktop.ui.graph.filter_bar import FilterBar
from desktop.ui.graph.keeping import Keeping
from desktop.ui.graph.legend import Legend
from desktop.ui.graph.library_reading import Reading, Wish, read_library
from desktop.ui.graph.node_actions import activate, node_entries, node_of, show_menu, unpin_all
from desktop.ui.graph.path_bar import PathBar
from desktop.ui.graph.state import GraphState, narrows
from desktop.ui.graph.status_line import EmptyPage, StatusLine
from desktop.ui.graph.view import GraphView
from desktop.ui.sentences import in_users_language
from desktop.ui.workspace import Workspace

LAG_MS: Final = 1_500  # between looks whether the index that lags has caught up
READ_SHARE: Final = 4  # times as long as reading took is waited before reading again


class LibraryGraph(QWidget):
    """Shows all notes and their links; where they stand is remembered."""

    def __init__(self, workspace: Workspace, owner: QWidget | None = None) -> None:
        """Make the window; it closes with `owner`, but is no pop-up above it."""
        super().__init__(owner, Qt.WindowType.Window)
        self.setWindowTitle(self.tr("Graph of the library"))
        self.setAccessibleName(self.tr("Graph of the library"))
        self.setMinimumSize(560, 380)
        self.resize(1180, 800)
        self._workspace = workspace
        self._keeping = Keeping(workspace)
        self._reading: Reading | None = None
        self.highlighted: frozenset[int] | None = None  # ids; None: all alike
        self._wanted: NoteId | None = None  # to be selected as soon as it is in the picture
        self._state = GraphState()
        self.awaited = Awaited(self, self._read, LINKS_DELAY_MS, READ_SHARE)
        self._state_timer = QTimer(self)
        self._state_timer.setSingleShot(True)
        self._state_timer.setInterval(STATE_DELAY_MS)
        self._state_timer.timeout.connect(self.store_state)
        self._lag_timer = QTimer(self)
        self._lag_timer.setSingleShot(True)
        self._lag_timer.setInterval(LAG_MS)
        self._lag_timer.timeout.connect(self._look_at_index)
        self._make_parts()
        self._make_buttons()
        self._lay_out()
        self._connect()
        self._restore()
        if owner is not None:
            owner.window().installEventFilter(self)

    # --- making ------------------------------------------------------------------------------------------

    def _make_parts(self) -> None:
        workspace = self._workspace
        self.bar = FilterBar(workspace)
        self.problem = QLabel()
        self.problem.setTextFormat(Qt.TextFormat.PlainText)
        self.problem.setObjectName("problem")
        self.problem.setWordWrap(True)
        self.problem.setContentsMargins(16, 0, 16, 6)
        self.problem.hide()
        self.path_bar = PathBar(workspace)
        self.view = GraphView()
        self.view.rests = lambda: monotonic() - workspace.edited_at < BUILD_REST_MS / 1000
        self.chain = Chain(workspace, self.path_bar, self.view)
        self.legend = Legend(self.view)
        self.empty = EmptyPage()
        self.status = StatusLine()

    def _make_buttons(self) -> None:
        self.chain_button, self.fit_button, self.more_button = QToolButton(), QToolButton(), QToolButton()
        self.chain_button.setText(self.tr("Chain"))
        self.chain_button.setAccessibleName(self.tr("Chain between two notes"))
        self.chain_button.setToolTip(
            self.tr("The shortest chain of links between two notes; Shift+click on a note ends it there")
        )
        self.fit_button.setText(self.tr("Fit"))
        self.fit_button.setAccessibleName(self.tr("Fit graph"))
        self.fit_button.setToolTip(self.tr("Show the whole graph (0)"))
        self.more_button.setAccessibleName(self.tr("More"))
        self.more_button.setToolTip(self.tr("Export the picture, unpin notes"))
        self.more_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        for button in (self.chain_button, self.fit_button, self.more_button):
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        menu = QMenu(self.more_button)
        self.export_png = menu.addAction(self.tr("Export as PNG…"))
        self.export_svg = menu.addAction(self.tr("Export as SVG…"))
        menu.addSeparator()
        self.unpin = menu.addAction(self.tr("Unpin all"))
        self.more_button.setMenu(menu)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(10, 7, 8, 7)
        top.setSpacing(4)
        top.addWidget(self.bar, 1)
        for button in (self.chain_button, self.fit_button, self.more_button):
            top.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        page = QWidget()
        self._stack = QStackedLayout(page)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        for widget in (self.problem, self.path_bar):
            column.addWidget(widget)
        column.addWidget(page, 1)
        column.addWidget(self.status)
        self.empty.say(self.tr("Drawing the graph…"), button=False)

    def _connect(self) -> None:
        workspace, view = self._workspace, self.view
        workspace.changed.connect(self._take_changes)
        workspace.note_opened.connect(self._mark_open)
        workspace.note_closed.connect(self._mark_open)
        view.activated.connect(self._activate)
        view.rested.connect(self._store_places)
        view.pinned_changed.connect(self._store_places)
        view.context_requested.connect(self._show_menu)
        view.set_hover_source(self._tell_first_line)
        view.installEventFilter(self)
        self.bar.changed.connect(self._change_filter)
        self.empty.pressed.connect(self.bar.clear_filter)
        self.legend.colouring_chosen.connect(self._change_colours)
        self.legend.chosen.connect(self._highlight)
        self.legend.folded.connect(self._state_timer.start)
        self.path_bar.ends_chosen.connect(self.legend.hide)  # a chain may end where it stands
        self.path_bar.closed.connect(self.legend.show)
        self.path_bar.whole_wanted.connect(self.bar.clear_filter)
        self.chain_button.clicked.connect(lambda: self.chain.begin())
        self.fit_button.clicked.connect(view.fit)
        self.export_png.triggered.connect(lambda: self.export("png"))
        self.export_svg.triggered.connect(lambda: self.export("svg"))
        self.unpin.triggered.connect(lambda: unpin_all(view))
        theme.notifier().changed.connect(self._dress)
        QShortcut(QKeySequence("Ctrl+F"), self, self.bar.field.setFocus)
        for keys in ("Ctrl+W", "Ctrl+Shift+G"):
            QShortcut(QKeySequence(keys), self, self.close)
        self._dress()

    def _dress(self) -> None:
        self.more_button.setIcon(icons.icon("more"))

    def _restore(self) -> None:
        """Take up where the user left; what is stored and makes no sense is ignored."""
        self._keeping.restore_window(self)
        self._state = state = self._keeping.state()
        shown, folder_title = state.filter, ""
        if shown.folder is not None:
            tree = self._workspace.notebook.tree
            if tree.exists(shown.folder):
                folder_title = tree.head(shown.folder).title
            else:
                shown = replace(shown, folder=None)
        self.bar.show_filter(shown, state.only_matches, folder_title)
        self.view.set_colour_by(state.colour_by)
        self.legend.set_colouring(state.colour_by)
        self.legend.set_unfolded(state.legend)

    # --- reading and showing -----------------------------------------------------------------------------

    def show_window(self) -> None:
        """Show the window, in front."""
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()

    def show_note(self, note_id: NoteId | None) -> None:
        """Select a note as soon as it is in the picture."""
        self._wanted = note_id
        if self._reading is not None and not self.awaited.stale:
            self._select_wanted()

    def _take_changes(self, changes: Changes) -> None:
        shown = self.bar.filter
        lists = (changes.relinked, changes.renamed, changes.moved, changes.trashed, changes.restored, changes.deleted)
        if changes.everything or changes.created or any(lists):
            self.awaited.ask()
        elif changes.edited and (narrows(shown) or shown.tags or shown.attachments):
            self.awaited.ask(LINKS_REST_MS)

    def _read(self) -> None:
        wish = Wish(self.bar.filter, self.bar.only_matches, self._workspace.current, self._reading)
        notebook, outdated = self._workspace.notebook, self.awaited.outdated()
        self._workspace.read(lambda: read_library(notebook, wish, outdated), self.awaited.if_current(self._show))

    def _show(self, reading: Reading) -> None:
        before, self._reading = self._reading, reading
        picture, view = reading.picture, self.view
        if view.picture is not picture:
            view.show_picture(picture, keep_camera=before is not None)
            if before is None and self._state.look is not None and not narrows(reading.filter):
                view.flight.fits = False
                view.flight.jump(Camera(*self._state.look))
            elif before is not None and before.filter != reading.filter:
                view.fit()
            self._show_entries()
        self._mark_open()
        self._highlight()
        self.chain.show_again()
        self.problem.setText(in_users_language(reading.problem))
        self.problem.setVisible(bool(reading.problem))
        self.status.show_reading(reading)
        if reading.lags:
            self._lag_timer.start()
        if len(picture):
            self._stack.setCurrentWidget(view)
            if before is None and not self.bar.isAncestorOf(self.focusWidget() or self):
                view.setFocus()
        elif not picture.graph.total:
            self.empty.say(self.tr("The library has no notes yet."), button=False)
            self._stack.setCurrentWidget(self.empty)
        else:
            self.empty.say(self.tr("No note fits this filter."), button=True)
            self._stack.setCurrentWidget(self.empty)
        self._select_wanted()

    def _look_at_index(self) -> None:
        """Read again as soon as the index has caught up."""

        def go_on(lags: bool) -> None:
            if self._reading is not None and self._reading.lags and self.isVisible():
                if lags:
                    self._lag_timer.start()
                else:
                    self.awaited.ask()

        self._workspace.answer(self._workspace.notebook.search.lags, go_on)

    def _show_entries(self) -> None:
        if self._reading is not None:
            colour_by = self._state.colour_by
            self.legend.show_entries(self._reading.entries[colour_by], colour_by == "folder")

    def _highlight(self) -> None:
        """Let stand out what the query or the legend asks for; both together, what both do."""
        chosen = self.legend.chosen_ids()
        matches = self._reading.matches if self._reading is not None else None
        ids = matches if chosen is None else chosen if matches is None else chosen & matches
        self.highlighted = ids
        self.view.highlight(ids)

    def _select_wanted(self) -> None:
        picture = self.view.picture
        if self._wanted is not None and picture is not None:
            if self._wanted in picture.index:
                self.view.select(picture.index[self._wanted])
            self._wanted = None

    def _mark_open(self) -> None:
        picture, current = self.view.picture, self._workspace.current
        if picture is not None:
            picture.open = picture.index.get(current) if current is not None else None
            self.view.update()

    def _tell_first_line(self, node_id: int, then: Callable[[str], None]) -> None:
        notebook = self._workspace.notebook
        self._workspace.answer(lambda: notebook.graph.first_line(node_id), then)

    # --- what the user does ------------------------------------------------------------------------------

    def _change_filter(self) -> None:
        self._state_timer.start()
        self.awaited.read_now()

    def _change_colours(self, colour_by: str) -> None:
        self._state = replace(self._state, colour_by=colour_by)
        self.view.set_colour_by(colour_by)
        self._show_entries()
        self._highlight()
        self._state_timer.start()

    def _activate(self, node_id: int, in_tab: bool) -> None:
        if not self.chain.takes(node_id):
            activate(self._workspace, self.view.picture, node_id, in_tab, self.bar.filter_tag)

    def _show_menu(self, node_id: int | None, place: QPoint) -> None:
        node = node_of(self.view.picture, node_id) if node_id is not None else None
        menu = self.more_button.menu()
        if node is not None:
            chain, tag = self.chain, self.bar.filter_tag
            show_menu(self, place, node_entries(self._workspace, self.view, node, tag, chain.begin, chain.between))
        elif menu is not None:
            menu.popup(place)

    def export(self, kind: str) -> None:
        """Write the picture to a file that the user chooses: "png" or "svg"."""
        export_picture(self, self._workspace, self.view, kind)

    # --- what is kept ------------------------------------------------------------------------------------

    def _store_places(self) -> None:
        if self._reading is not None and self._reading.picture is self.view.picture:
            self._keeping.store_places(self._reading)

    def store_state(self) -> None:
        """Store the choices and the window's place."""
        self._state_timer.stop()
        look, flight = self._state.look, self.view.flight
        if self._reading is not None and not self._reading.narrowed:
            look = None if flight.fits else (flight.goal.scale, flight.goal.x, flight.goal.y)
        self._state = GraphState(
            self.bar.filter, self.bar.only_matches, self._state.colour_by, self.legend.fold.isChecked(), look
        )
        self._keeping.store(self._state, self)

    # --- events ------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Be a window like any other: not always above the one that opened it."""
        super().showEvent(event)
        handle = self.windowHandle()
        if handle is not None:
            handle.setTransientParent(None)  # type: ignore[arg-type]  # Qt takes none
        (self._stack.currentWidget() or self).setFocus()
        if self.awaited.stale:
            self.awaited.read_now()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep what was set up; what is still being read is for nobody."""
        self.store_state()
        self.awaited.drop()
        self.awaited.stale = True
        super().closeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take back by Esc what was set up last, then close."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.bar.field.hasFocus():
            if self.bar.field.text():
                self.bar.field.clear()
            else:
                self.view.setFocus()
        elif self.path_bar.isVisible():
            self.path_bar.close_bar()
        elif self.legend.chosen_ids() is not None:
            self.legend.choose_none()
            self._highlight()
        else:
            self.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the legend in its corner, and close with the window that opened this one."""
        if watched is self.view:
            if event.type() == QEvent.Type.Resize:
                self.legend.keep_in_place()
        elif event.type() == QEvent.Type.Hide and not event.spontaneous():
            self.close()
        return super().eventFilter(watched, event)
