"""The window: which panel stands where, and what is told to whom. It lays out and joins; the panels do the work.

Left the search field over the tree (or the results), in the middle the open note as text and as page, on the right its
outline, its links and its surroundings in the graph. The first paint shows the tree and the text; the page, the
results and the side panels have empty places then, and are made right after it, or when they are asked for before.
"""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QFocusEvent, QPaintEvent, QPalette, QShowEvent
from PySide6.QtWidgets import QMainWindow, QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop.core.records import Changes, Note
from desktop.ui.actions import COMMANDS, MENUS, make_actions, menu_title
from desktop.ui.commands.runners import Runners
from desktop.ui.editor.editor_panel import EditorPanel
from desktop.ui.header import VIEWS, Header
from desktop.ui.indexing import IndexKeeper
from desktop.ui.layout_state import LayoutState
from desktop.ui.narrow_window import NarrowWindow
from desktop.ui.notice_bar import NoticeBar
from desktop.ui.opened_notes import keep_opened_notes
from desktop.ui.search.field import SearchField
from desktop.ui.side_panels import SidePanels
from desktop.ui.status_bar import StatusBar
from desktop.ui.tabs import NoteTabs
from desktop.ui.tree.panel import LibraryPanel
from desktop.ui.workspace import LiveText, Workspace

if TYPE_CHECKING:
    from desktop.ui.editor.spelling.spell_marks import SpellMarks
    from desktop.ui.preview.preview_panel import PreviewPanel
    from desktop.ui.search.search_panel import SearchPanel

LEFT_WIDTH, LEFT_LEAST = 290, 240  # pixels
RIGHT_WIDTH, RIGHT_LEAST = 300, 220
LATEST_START_MS = 1_000  # after which the rest is made though nothing was painted: a window may be covered


class MainWindow(QMainWindow):
    """One library in one window."""

    first_painted = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.setWindowTitle("Konspekt")
        self.setAccessibleName("Konspekt")
        self.index_keeper = IndexKeeper(workspace, self)
        self._painted = False
        self._live: LiveText | None = None  # the open note's text, for the panels that are made later
        self._make_panels()
        self.runners = Runners(self)
        self.actions_by_name: dict[str, QAction] = make_actions(self, self.runners.table())
        self.header = Header(self.actions_by_name)
        self._lay_out()
        self._make_menus()
        self._connect()
        self.narrow_window = NarrowWindow(self)
        self.layout_state = LayoutState(self)
        self.layout_state.restore()
        self.runners.writing.show_choices()

    # --- making ------------------------------------------------------------------------------------------

    def _make_panels(self) -> None:
        self.search_field = SearchField()
        self.library = LibraryPanel(self.workspace)
        self.editor = EditorPanel(self.workspace)
        self.side = SidePanels(self.workspace)
        self.tabs = NoteTabs(self.workspace)
        self.notices = NoticeBar()
        self.status = StatusBar()

    def _lay_out(self) -> None:
        self.left = QWidget()
        self.left.setMinimumWidth(LEFT_LEAST)
        self.left_pages = QStackedWidget()
        self.left_pages.addWidget(self.library)
        _column(self.left, self.search_field, self.left_pages)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(1)
        self.split.addWidget(self.editor)
        self.page_place = _empty_page()  # the preview, as soon as it is made
        self.split.addWidget(self.page_place)
        self.split.setSizes([500, 500])
        middle = QWidget()
        _column(middle, self.tabs, self.header, self.notices, self.split)
        self.side.setMinimumWidth(RIGHT_LEAST)
        self.columns = QSplitter(Qt.Orientation.Horizontal)
        self.columns.setChildrenCollapsible(False)
        self.columns.setHandleWidth(1)
        for widget in (self.left, middle, self.side):
            self.columns.addWidget(widget)
        self.columns.setStretchFactor(1, 1)
        self.columns.setSizes([LEFT_WIDTH, 900, RIGHT_WIDTH])
        self.setCentralWidget(self.columns)
        self.setStatusBar(self.status)
        self.resize(1360, 860)
        self.setMinimumSize(720, 460)

    def _make_menus(self) -> None:
        self._menus: dict[str, QMenu] = {menu: self.menuBar().addMenu(menu_title(menu)) for menu in MENUS}
        self.addActions([self.actions_by_name[command.name] for command in COMMANDS if command.everywhere])

    def _connect(self) -> None:
        workspace = self.workspace
        workspace.note_opened.connect(self._on_opened)
        workspace.note_closed.connect(self._on_closed)
        workspace.text_edited.connect(self._keep_text)
        workspace.changed.connect(self._on_changed)
        workspace.notice.connect(lambda level, sentence: self.notices.tell(level, sentence))
        workspace.missing_note.connect(self.runners.links.meet_missing)
        workspace.link_followed.connect(self.runners.links.meet_ambiguous)
        workspace.link_hovered.connect(self.status.show_link)
        self.editor.save_state_changed.connect(self.status.show_save_state)
        self.editor.edit.zoomed.connect(self.runners.view.change_text_size)
        self.editor.counted.connect(self.status.show_counts)
        self.editor.cursor_moved.connect(self._on_cursor)
        self.header.view_requested.connect(self.show_view)
        self.header.note_requested.connect(workspace.open_note)
        self.library.export_requested.connect(self.runners.exchange.export)
        self.library.import_requested.connect(self.runners.exchange.import_files)
        self.library.writing_requested.connect(self.focus_text)
        self.library.trashed.connect(self.runners.notes.offer_back)
        self.library.merge_requested.connect(self.runners.passages.ask_merge)
        self.library.tag_activated.connect(lambda tag: self.search.search_tag(tag))
        self.library.search_below_requested.connect(lambda note_id: self.search.begin_below(note_id))
        self.library.search_activated.connect(self._search_for)
        self.library.search_removed.connect(self.runners.library.offer_search_back)
        self.index_keeper.progressed.connect(self.status.show_index_progress)
        self.status.index_cancelled.connect(self.index_keeper.stop)
        self.status.import_cancelled.connect(self.runners.exchange.cancel_import)
        self._update_history()

    # --- what is made after the first paint --------------------------------------------------------------

    def late_parts(self) -> tuple[Callable[[], object], ...]:
        """Return what makes the rest of the window, in small steps."""
        return (
            lambda: self.preview,
            lambda: self.side.outline,
            lambda: self.side.links,
            lambda: self.side.graph,
            self._join_side,
            self.editor.follow_context,
            lambda: self.editor.completion,
            lambda: self.search,
            self._fill_menus,
            self._watch_keys,
            lambda: self.spelling,
        )

    @cached_property
    def preview(self) -> "PreviewPanel":
        """The open note as a page."""
        from desktop.ui.preview.preview_panel import PreviewPanel
        from desktop.ui.reading_place import ReadingPlace

        panel = PreviewPanel(self.workspace)
        panel.fetch_requested.connect(self.runners.offline.fetch_image)
        self.runners.link_menus.watch_page(panel.browser)
        self.split.replaceWidget(1, panel)
        self.page_place.deleteLater()
        self.page_place = panel
        self.editor.first_line_changed.connect(panel.follow_line)
        panel.first_line_changed.connect(self.editor.follow_page)
        panel.task_toggled.connect(self.editor.toggle_task_at)
        panel.undo_wanted.connect(lambda redo: self.editor.edit.redo() if redo else self.editor.edit.undo())
        panel.size_wanted.connect(self.runners.view.change_text_size)
        ReadingPlace(self.workspace, self.editor, panel)
        self._tell_text_again()
        return panel

    @cached_property
    def search(self) -> "SearchPanel":
        """What is found."""
        from desktop.ui.search.help_card import HelpButton
        from desktop.ui.search.operator_completion import FieldCompletion
        from desktop.ui.search.search_panel import SearchPanel

        panel = SearchPanel(self.workspace, field_row=self.search_field)
        self.search_help = HelpButton(self.search_field.edit, self.workspace)
        self.search_completion = FieldCompletion(self.search_field.edit, panel, self.workspace)  # its keys come first
        self.left_pages.addWidget(panel)
        panel.activated.connect(lambda: self.left_pages.setCurrentWidget(panel))
        panel.cleared.connect(lambda: self.left_pages.setCurrentWidget(self.library))
        panel.walk.told.connect(self.status.show_walk)
        self.index_keeper.progressed.connect(panel.show_index_progress)
        self.index_keeper.stopped.connect(panel.index_line.show_stopped)
        panel.index_line.cancelled.connect(self.index_keeper.stop)
        panel.index_line.resumed.connect(self.index_keeper.resume)
        panel.search_typed()
        return panel

    @cached_property
    def spelling(self) -> "SpellMarks":
        """The waves under words that look misspelt."""
        from desktop.ui.editor.spelling.spell_marks import SpellMarks

        editor = self.editor
        return SpellMarks(editor.edit, editor.marks, self.workspace, lambda: self._live.text if self._live else "")

    def _fill_menus(self) -> None:
        for command in COMMANDS:
            if command.separated:
                self._menus[command.menu].addSeparator()
            self._menus[command.menu].addAction(self.actions_by_name[command.name])

    def _watch_keys(self) -> None:
        from desktop.ui.keyboard import PhysicalShortcuts

        self.physical_shortcuts = PhysicalShortcuts(self.actions_by_name, self)
        self.installEventFilter(self.physical_shortcuts)

    def _join_side(self) -> None:
        self.editor.cursor_moved.connect(self.side.outline.follow_offset)
        self.side.links.offered.connect(self.runners.taking_back.offer)
        self.editor.first_line_changed.connect(self._on_scrolled)
        self.preview.first_line_changed.connect(self.side.outline.follow_line)
        self.side.outline.rename_requested.connect(self.runners.renames.rename_heading)
        self.side.outline.link_wanted.connect(self.runners.links.copy_heading_link)
        self.side.graph.library_wanted.connect(self.runners.view.library_graph)
        self.side.graph.tag_activated.connect(lambda tag: self.search.search_tag(tag))
        self._tell_text_again()
        place = self.editor.place()
        if place is not None and place.offset is not None:
            self.side.outline.follow_offset(place.offset)

    def _on_scrolled(self, line: int) -> None:
        edit = self.editor.edit
        if not edit.viewport().rect().intersects(edit.cursorRect()):  # else the outline shows where one writes
            self.side.outline.follow_line(line)

    def _keep_text(self, live: LiveText) -> None:
        self._live = live

    def _tell_text_again(self) -> None:
        """Tell the open note's text to a panel that was not there when it was told."""
        if self._live is not None:
            self.workspace.text_edited.emit(self._live)

    # --- what is shown -----------------------------------------------------------------------------------

    def show_view(self, view: str) -> None:
        """Show the text, the page, or both."""
        view = view if view in VIEWS else "split"
        self.workspace.settings.view = view
        had_focus = self.split.isAncestorOf(self.focusWidget() or self)
        self.editor.setVisible(view != "preview")
        self.page_place.setVisible(view != "edit")
        self.header.show_view(view)
        if had_focus:
            self.focus_text()
        self.layout_state.changed()

    def focus_text(self) -> None:
        """Put the focus into the open note, or into the tree where none is open."""
        if self.workspace.current is None:
            self.library.take_focus()
            return
        target = self.preview if self.workspace.settings.view == "preview" else self.editor
        target.setFocus()

    def show_side(self, visible: bool) -> None:
        """Show or hide outline, links and graph."""
        self.workspace.settings.side_panels = visible
        self.side.setVisible(visible)
        self.actions_by_name["toggle_side_panels"].setChecked(visible)
        self.layout_state.changed()

    def show_left(self, visible: bool) -> None:
        """Show or hide search and tree."""
        self.left.setVisible(visible)
        self.actions_by_name["toggle_sidebar"].setChecked(visible)
        self.layout_state.changed()

    def offer(self, sentence: str, label: str, action: Callable[[], None], stays: bool = True) -> None:
        """Show a sentence with one button."""
        self.notices.tell("info", sentence, label, action, stays)

    def _on_opened(self, note: Note) -> None:
        self.setWindowTitle(f"{note.head.title} – Konspekt")
        self.header.show_path(self.workspace.notebook.tree.path(note.head.id))
        self.library.reveal(note.head.id)
        self._update_history()
        self.layout_state.changed()

    def _on_closed(self) -> None:
        self._live = None
        self.setWindowTitle("Konspekt")
        self.header.show_path(())
        self.status.show_save_state("", "")
        self.status.show_counts(None)
        self.status.show_position(0, 0)

    def _on_changed(self, changes: Changes) -> None:
        current = self.workspace.current
        if current is None or not (changes.renamed or changes.moved or changes.everything):
            return
        if self.workspace.notebook.tree.exists(current):
            path = self.workspace.notebook.tree.path(current)
            self.setWindowTitle(f"{path[-1].title} – Konspekt")
            self.header.show_path(path)

    def _on_cursor(self, _offset: int) -> None:
        cursor = self.editor.edit.textCursor()
        self.status.show_position(cursor.blockNumber() + 1, cursor.positionInBlock() + 1)

    def _update_history(self) -> None:
        self.actions_by_name["go_back"].setEnabled(self.workspace.history.can_go_back)
        self.actions_by_name["go_forward"].setEnabled(self.workspace.history.can_go_forward)

    def _search_for(self, query: str) -> None:
        self.search.begin()
        self.search_field.edit.setText(query)  # whole: what `begin` is given may be a selection, and is cut

    # --- events ------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """See to it that the rest is made even if nothing is painted."""
        super().showEvent(event)
        if not self._painted:
            QTimer.singleShot(LATEST_START_MS, self._on_painted)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Begin what was left for after the first paint."""
        super().paintEvent(event)
        if not self._painted:
            QTimer.singleShot(0, self._on_painted)

    def _on_painted(self) -> None:
        if not self._painted:
            self._painted = True
            self.first_painted.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the focus on to the text."""
        super().focusInEvent(event)
        self.focus_text()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close only when every text is on the disk, or the user says so."""
        if not self.editor.flush(wait=True) and not self.runners.confirm_unsaved():
            event.ignore()
            return
        if self.runners.writing.in_zen():
            self.runners.writing.zen.leave()
        self.layout_state.save()
        keep_opened_notes(self.workspace)
        super().closeEvent(event)


def _empty_page() -> QWidget:
    page = QWidget()
    page.setBackgroundRole(QPalette.ColorRole.Base)
    page.setAutoFillBackground(True)
    return page


def _column(owner: QWidget, *widgets: QWidget) -> None:
    layout = QVBoxLayout(owner)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    for number, widget in enumerate(widgets):
        layout.addWidget(widget, 1 if number == len(widgets) - 1 else 0)

