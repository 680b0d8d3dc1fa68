"""The left side of the window: the library's tree, its saved searches, its tags and its trash."""

from functools import cached_property
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QHideEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.core.records import Changes, Note, NoteHead, NoteId, NoteKind, SavedSearch
from desktop.ui.delays import STATE_DELAY_MS
from desktop.ui.tree.commands import TreeCommands
from desktop.ui.tree.empty import EmptyLibrary
from desktop.ui.tree.expansion import Expansion
from desktop.ui.tree.menus import LibraryMenus
from desktop.ui.tree.model import LibraryModel
from desktop.ui.tree.nodes import PAGE, Role
from desktop.ui.tree.tags import Line, Rule, TagsView
from desktop.ui.tree.trash import TrashView
from desktop.ui.tree.view import LibraryView
from desktop.ui.workspace import Workspace

if TYPE_CHECKING:
    from desktop.ui.tree.saved_searches import SavedSearchesView

STATE_KEY = "tree.state"
FOOT_DELAY_MS = 120  # tags and trash are counted after the tree stands


class LibraryPanel(QWidget):
    """The library as a tree; everything it does goes through the workspace."""

    export_requested = Signal(object)  # list[ExportTarget]
    import_requested = Signal()
    tag_activated = Signal(str)
    search_below_requested = Signal(object)  # NoteId
    search_activated = Signal(str)  # the query of a saved search
    search_removed = Signal(object, int)  # the SavedSearch that the user took away here, and where it stood
    merge_requested = Signal(object, object)  # NoteId of the one that goes, NoteId of the one that stays
    trashed = Signal(object)  # list[NoteId], put in the trash by the user here
    writing_requested = Signal()  # the open note was chosen by key: the editor should have the focus

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._stale = False
        self._searches_open = True
        self._naming: NoteId | None = None  # a new note whose first title is being typed
        self._state_timer = QTimer(self, interval=STATE_DELAY_MS, singleShot=True)
        self._foot_timer = QTimer(self, interval=FOOT_DELAY_MS, singleShot=True)
        self.model = LibraryModel(workspace.notebook, self)
        self.view = LibraryView(self.model)
        self.commands = TreeCommands(workspace, self.model, self)
        self.menus = LibraryMenus(self)
        self.expansion = Expansion(self.view, self.model)
        self.empty = EmptyLibrary()
        self.tags = TagsView()
        self.trash_line = Line(self.tr("Trash"), "trash", opens=False)
        self.trash_line.setAccessibleName(self.tr("Open trash"))
        self.trash = TrashView(workspace)
        self._pages = QStackedWidget()
        self._middle = QStackedWidget()
        self._lay_out()
        self._connect()
        self._restore_state()
        self.model.load(self.model.root, PAGE)
        self._show_emptiness()

    # --- what the window asks for ------------------------------------------------------------------------

    def new_note(self, kind: NoteKind = NoteKind.NOTE, *, inside: bool | None = None, at_root: bool = False) -> None:
        """Make a note beside the current one, or inside it: folders take it in unless told otherwise."""
        head = None if at_root else self._current_head()
        parent_id: NoteId | None = None
        position: int | None = None
        if head is not None:
            within = head.kind is NoteKind.FOLDER if inside is None else inside
            parent_id = head.id if within else head.parent_id
            position = None if within else head.position + 1
        self.commands.create(kind, parent_id, position, self._name_new_note)

    def reveal(self, note_id: NoteId) -> None:
        """Select a note and scroll to it, reading what lies between."""
        index = self.model.find(note_id)
        if not index.isValid():
            return
        self.view.choose(index)
        self.view.scrollTo(index)

    def take_focus(self) -> None:
        """Put the focus in the tree, or on what can be done about an empty one."""
        (self.view if self.model.rowCount() else self.empty.write_button).setFocus()

    def rename_current(self) -> None:
        """Begin to type a new title for the current note."""
        if self._current_head() is not None:
            self._pages.setCurrentIndex(0)
            self.view.setFocus()
            self.view.edit(self.view.currentIndex())

    def export_selection(self) -> None:
        """Ask for the export of what is selected: notes with what is below them, sections by themselves."""
        from desktop.core.records import ExportTarget  # late: not before the first paint

        targets = [ExportTarget(note_id, subtree=True) for note_id in self.selected_notes()]
        targets += [
            ExportTarget(index.data(Role.NOTE_ID), section=index.data(Role.SECTION))
            for index in self.view.selected_sections()
        ]
        if targets:
            self.export_requested.emit(targets)

    def store_state(self) -> None:
        """Remember now which notes stand open."""
        self._state_timer.stop()
        values = self._workspace.notebook.values
        state = {
            "expanded": self.expansion.ids,
            "tags_open": self.tags.line.isChecked(),
            "searches_open": self._searches_open,
        }

        def job() -> Changes:
            values.set(STATE_KEY, state)
            return Changes()

        self._workspace.write(job)

    def selected_notes(self) -> list[NoteId]:
        """Return the selected notes in tree order, without those below another selected one."""
        return self.model.outermost(self.view.selected_rows())

    def run_command(self, command: str) -> None:
        """Do what a key of the tree stands for (see view.COMMANDS)."""
        notes = self.selected_notes()
        if command == "undo":
            self._workspace.undo_tree()
        elif command == "redo":
            self._workspace.redo_tree()
        elif command == "trash":
            self._trash(notes)
        elif command in ("up", "down"):
            self.commands.shift(notes, -1 if command == "up" else 1, self._after_move)
        elif command == "outdent":
            self.commands.outdent(notes, self._after_move)
        elif command == "indent":
            self.commands.indent(notes, self._after_move)

    # --- what happens in the tree ------------------------------------------------------------------------

    def open_row(self, index: QModelIndex, new_tab: bool = False, by_key: bool = False) -> None:
        """Open the note or the section of a row."""
        note_id = index.data(Role.NOTE_ID)
        if note_id is None:
            return
        if new_tab:
            self._workspace.open_note(note_id, section=index.data(Role.SECTION), new_tab=True)
        else:
            self._workspace.open_note(note_id, section=index.data(Role.SECTION))
        if by_key:
            self.writing_requested.emit()

    def _name_new_note(self, changes: Changes) -> None:
        note_id = changes.created[0]
        self._workspace.open_note(note_id)
        self._show_emptiness()
        self.reveal(note_id)
        self.view.setFocus()
        self._naming = note_id
        self.view.edit(self.view.currentIndex())

    def _on_title_entered(self) -> None:
        if self._naming is not None and self._naming == self._workspace.current:
            self.writing_requested.emit()
        self._naming = None

    def _trash(self, notes: list[NoteId]) -> None:
        if not notes:
            return
        nodes = [node for note_id in notes if (node := self.model.loaded_node(note_id)) is not None]
        next_note = None
        if nodes and nodes[-1].parent is not None:
            siblings = [node.note_id for node in nodes[-1].parent.notes]
            rest = [note_id for note_id in siblings if note_id not in notes]
            row = nodes[-1].row - nodes[-1].parent.lead
            after = [note_id for note_id in siblings[row:] if note_id not in notes]
            next_note = after[0] if after else (rest[-1] if rest else nodes[-1].parent.note_id)

        def select_next(_changes: Changes) -> None:
            self.trashed.emit(notes)
            if next_note is not None:
                self.reveal(next_note)

        self.commands.trash(notes, select_next)

    def _after_move(self, changes: Changes) -> None:
        """Show and select what was moved."""
        selection = self.view.selectionModel()
        for number, note_id in enumerate(sorted(changes.moved, key=lambda n: n != self._current_id())):
            index = self.model.find(note_id)
            if not index.isValid():
                continue
            if number == 0:
                self.view.choose(index)
                self.view.scrollTo(index)
            selection.select(index, QItemSelectionModel.SelectionFlag.Select)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show the menu of what is under the pointer, or selected."""
        if self._pages.currentIndex() != 0 or not self.view.underMouse():
            return
        at = self.view.viewport().mapFromGlobal(event.globalPos())
        index = self.view.indexAt(at)
        if index.isValid() and not self.view.selectionModel().isSelected(index):
            self.view.choose(index)
        self.menus.for_row(index).popup(self.view.viewport().mapToGlobal(at))

    # --- what happens elsewhere --------------------------------------------------------------------------

    def _on_changed(self, changes: Changes) -> None:
        if not self.isVisible():
            self._stale = True
            return
        self._follow(changes)

    def _follow(self, changes: Changes) -> None:
        if changes.everything:
            current = self._current_id() or self._workspace.current
            top = self.view.verticalScrollBar().value()
            self.model.reset()
            if current is not None:
                self.reveal(current)
            self.view.verticalScrollBar().setValue(top)
        else:
            self.model.apply(changes)
        self._show_emptiness()
        if (
            changes.everything
            or changes.trashed
            or changes.restored
            or changes.deleted
            or changes.edited
            or changes.created
            or changes.searches
        ):
            self._foot_timer.start()

    def _on_note_opened(self, note: Note) -> None:
        self.view.row_delegate.open_note = note.head.id
        self.view.viewport().update()
        if self.isVisible() and self._current_id() != note.head.id:
            self.reveal(note.head.id)

    def _on_note_closed(self) -> None:
        self.view.row_delegate.open_note = None
        self.view.viewport().update()

    def _read_foot(self) -> None:
        """Read the saved searches, and count the tags and the trash, on a reader."""
        tree, saved = self._workspace.notebook.tree, self._workspace.notebook.saved_searches
        self._workspace.read(lambda: (saved.list(), tree.tags(), tree.trash()), self._show_foot)

    def _show_foot(self, found: tuple[list[SavedSearch], list[tuple[str, int]], list[NoteHead]]) -> None:
        searches, tags, trashed = found
        if searches or "saved" in vars(self):
            self.saved.show_searches(searches)
        for line in (self.tags.line, self.trash_line):
            line.show_icon()
        self.tags.show_tags(tags)
        self.trash_line.show_number(len(trashed))
        self.trash.show_notes(trashed)

    @cached_property
    def saved(self) -> "SavedSearchesView":
        """The saved searches; made when there are any, after the first paint."""
        from desktop.ui.tree.saved_searches import SavedSearchesView

        view = SavedSearchesView(self._workspace)
        view.line.setChecked(self._searches_open)
        view.list.setVisible(self._searches_open)
        view.opened.connect(self._on_searches_opened)
        view.activated.connect(self.search_activated)
        view.removed.connect(self.search_removed)
        self._foot.insertWidget(self._foot.indexOf(self.tags), view)
        return view

    def _on_searches_opened(self, on: bool) -> None:
        self._searches_open = on
        self._state_timer.start()

    def _show_emptiness(self) -> None:
        self._middle.setCurrentIndex(0 if self.model.rowCount() else 1)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while this was hidden."""
        super().showEvent(event)
        self._foot_timer.start()
        if self._stale:
            self._stale = False
            self._follow(Changes(everything=True))

    def hideEvent(self, event: QHideEvent) -> None:
        """Store what waits to be remembered; count nothing for nobody."""
        self._foot_timer.stop()
        if self._state_timer.isActive():
            self.store_state()
        super().hideEvent(event)

    # --- building ----------------------------------------------------------------------------------------

    def _current_head(self) -> NoteHead | None:
        node = self.model.node(self.view.currentIndex())
        while node is not None and node.head is None:
            node = node.parent
        return node.head if node is not None else None

    def _current_id(self) -> NoteId | None:
        index = self.view.currentIndex()
        return index.data(Role.NOTE_ID) if index.isValid() else None

    def _restore_state(self) -> None:
        state: Any = self._workspace.notebook.values.get(STATE_KEY, {})
        if isinstance(state, dict):
            ids = state.get("expanded", [])
            self.expansion.restore(NoteId(i) for i in ids if isinstance(i, int))
            self.tags.line.setChecked(bool(state.get("tags_open")))
            self._searches_open = bool(state.get("searches_open", True))

    def _show_trash(self, shown: bool) -> None:
        self._pages.setCurrentIndex(1 if shown else 0)
        (self.trash.list if shown else self.view).setFocus()

    def _connect(self) -> None:
        self.view.open_requested.connect(self.open_row)
        self.view.command_requested.connect(self.run_command)
        self.view.title_entered.connect(self._on_title_entered)
        self.model.drop_requested.connect(
            lambda note_ids, parent_id, row: self.commands.move(note_ids, parent_id, row, self._after_move)
        )
        self.model.title_requested.connect(self.commands.rename)
        self.expansion.changed.connect(lambda: self._state_timer.start())
        self.tags.opened.connect(lambda: self._state_timer.start())
        self.tags.activated.connect(self.tag_activated)
        self.trash_line.clicked.connect(lambda: self._show_trash(True))
        self.trash.left.connect(lambda: self._show_trash(False))
        self.empty.new_note.connect(self.new_note)
        self.empty.import_files.connect(self.import_requested)
        self._state_timer.timeout.connect(self.store_state)
        self._foot_timer.timeout.connect(self._read_foot)
        self._workspace.changed.connect(self._on_changed)
        self._workspace.note_opened.connect(self._on_note_opened)
        self._workspace.note_closed.connect(self._on_note_closed)

    def _lay_out(self) -> None:
        self._middle.addWidget(self.view)
        self._middle.addWidget(self.empty)
        library = QWidget()
        self._foot = layout = QVBoxLayout(library)
        layout.setContentsMargins(4, 4, 4, 6)
        layout.setSpacing(2)
        layout.addWidget(self._middle, 1)
        layout.addWidget(Rule())
        layout.addWidget(self.tags)
        layout.addWidget(self.trash_line)
        self._pages.addWidget(library)
        self._pages.addWidget(self.trash)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pages)
        self.setMinimumWidth(240)
        self.setFocusProxy(self.view)
