"""The tree's context menus, made for what is selected."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QModelIndex, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from desktop.core.records import NoteHead, NoteKind
from desktop.ui.tree.nodes import Role

if TYPE_CHECKING:
    from desktop.ui.tree.panel import LibraryPanel

LONGEST = 24  # characters of a title in a menu
Act = Callable[[], object]
translate = QCoreApplication.translate  # by this name lupdate knows it


def kind_names() -> dict[NoteKind, str]:
    """Return what the kinds are called, in the order of the menus."""
    return {
        NoteKind.NOTE: translate("TreeMenu", "Note"),
        NoteKind.LECTURE: translate("TreeMenu", "Lecture"),
        NoteKind.DIGEST: translate("TreeMenu", "Digest"),
        NoteKind.FOLDER: translate("TreeMenu", "Folder"),
    }


def creation_names() -> dict[NoteKind, str]:
    """Return the words that make a new one of each kind."""
    return {
        NoteKind.NOTE: translate("TreeMenu", "New note"),
        NoteKind.LECTURE: translate("TreeMenu", "New lecture"),
        NoteKind.DIGEST: translate("TreeMenu", "New digest"),
        NoteKind.FOLDER: translate("TreeMenu", "New folder"),
    }


class TreeMenu(QMenu):
    """A menu that is filled line by line."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(translate("TreeMenu", "Library menu"))

    def line(self, text: str, act: Act, keys: str = "", *, enabled: bool = True) -> None:
        """Add one entry; `keys` are only shown, the tree itself listens for them."""
        action = self.addAction(text)
        # Shown beside the words by hand: a real shortcut would compete with the window's.
        if keys:
            action.setText(f"{text}\t{QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)}")
        action.setEnabled(enabled)
        action.triggered.connect(lambda _checked=False: act())

    def creations(self, create: Callable[[NoteKind], object]) -> None:
        """Add what makes new notes."""
        for kind, name in creation_names().items():
            self.line(name, partial(create, kind), "Ctrl+N" if kind is NoteKind.NOTE else "")

    def kinds(self, current: NoteKind | None, choose: Callable[[NoteKind], object]) -> None:
        """Add the submenu that says what a note is."""
        submenu = self.addMenu(translate("TreeMenu", "Kind"))
        for kind, name in kind_names().items():
            action = submenu.addAction(name)
            action.setCheckable(True)
            action.setChecked(kind == current)
            action.triggered.connect(partial(_choose, choose, kind))


class LibraryMenus:
    """Makes the context menus of one library panel."""

    def __init__(self, panel: "LibraryPanel") -> None:
        self._panel = panel

    def for_row(self, index: QModelIndex) -> TreeMenu:
        """Return the menu of a row and what is selected with it; of the library for an invalid row."""
        panel = self._panel
        menu = TreeMenu(panel)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        head: NoteHead | None = index.data(Role.HEAD) if index.isValid() else None
        if head is not None:
            self._fill_for_note(menu, index, head)
        elif index.isValid():
            self._fill_for_section(menu, index)
        else:
            menu.creations(lambda kind: panel.new_note(kind, at_root=True))
            menu.addSeparator()
            menu.line(translate("TreeMenu", "Import…"), panel.import_requested.emit)
        return menu

    def _fill_for_note(self, menu: TreeMenu, index: QModelIndex, head: NoteHead) -> None:
        panel = self._panel
        notes = panel.selected_notes()
        single = len(notes) <= 1
        if single:
            inside = menu.addMenu(translate("TreeMenu", "New inside"))
            submenu = TreeMenu(menu)
            submenu.creations(lambda kind: panel.new_note(kind, inside=True))
            inside.addActions(submenu.actions())
            menu.line(translate("TreeMenu", "Rename"), panel.rename_current, "F2")
        menu.kinds(head.kind, lambda kind: panel.commands.set_kind(notes, kind))
        menu.addSeparator()
        menu.line(translate("TreeMenu", "Move up"), lambda: panel.run_command("up"), "Alt+Up")
        menu.line(translate("TreeMenu", "Move down"), lambda: panel.run_command("down"), "Alt+Down")
        menu.addSeparator()
        if single:
            opening = translate("TreeMenu", "Open in a new tab")
            menu.line(opening, lambda: panel.open_row(index, new_tab=True), "Ctrl+Return")
            menu.line(translate("TreeMenu", "Copy link"), lambda: panel.commands.copy_link(head))
        if single and head.children:
            menu.line(translate("TreeMenu", "Search below it"), lambda: panel.search_below_requested.emit(head.id))
        if len(notes) == 2:
            nodes = [panel.model.loaded_node(note_id) for note_id in notes]
            self._merges(menu, [node.head for node in nodes if node is not None and node.head is not None])
        menu.line(translate("TreeMenu", "Export…"), panel.export_selection)
        menu.addSeparator()
        menu.line(translate("TreeMenu", "Move to trash"), lambda: panel.run_command("trash"), "Del")

    def _merges(self, menu: TreeMenu, heads: list[NoteHead]) -> None:
        """Add what makes one note of two, either way round."""
        for head, into in zip(heads, reversed(heads), strict=True):
            words = translate("TreeMenu", "Merge “{0}” into “{1}”…").format(_short(head.title), _short(into.title))
            menu.line(words, partial(self._panel.merge_requested.emit, head.id, into.id))

    def _fill_for_section(self, menu: TreeMenu, index: QModelIndex) -> None:
        panel = self._panel
        node = panel.model.loaded_node(index.data(Role.NOTE_ID))
        menu.line(translate("TreeMenu", "Open"), lambda: panel.open_row(index), "Return")
        if node is not None and node.head is not None:
            head, section = node.head, index.data(Role.SECTION)
            menu.line(translate("TreeMenu", "Copy link"), lambda: panel.commands.copy_link(head, section))
        menu.line(translate("TreeMenu", "Export section…"), panel.export_selection)


def _short(title: str) -> str:
    title = title if len(title) <= LONGEST else title[: LONGEST - 1] + "…"
    return title.replace("&", "&&")


def _choose(choose: Callable[[NoteKind], object], kind: NoteKind, _checked: bool = False) -> None:
    choose(kind)
