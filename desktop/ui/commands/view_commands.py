"""How things are shown, and where the focus goes. The dialogs are imported when they are asked for."""

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.ui import theme
from desktop.ui.actions import COMMANDS
from desktop.ui.header import VIEWS

if TYPE_CHECKING:
    from desktop.core.records import NoteId
    from desktop.ui.graph.library_graph import LibraryGraph
    from desktop.ui.main_window import MainWindow

NORMAL_TEXT_SIZE = 16  # pixels


def _import_graph() -> None:
    import desktop.ui.graph.library_graph  # noqa: F401


class ViewCommands(QObject):
    """Commands that change nothing but what is seen."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._settings = window.workspace.settings
        self._graph: LibraryGraph | None = None

    def cycle(self) -> None:
        """Go from the text to both to the page."""
        at = VIEWS.index(self._settings.view) if self._settings.view in VIEWS else 0
        self._window.show_view(VIEWS[(at + 1) % len(VIEWS)])

    def toggle_theme(self) -> None:
        """Change between light and dark."""
        self._settings.theme = "light" if theme.current().dark else "dark"
        self._settings.save()
        theme.apply(self._settings.theme)

    def change_text_size(self, by: int) -> None:
        """Make the text larger or smaller by some pixels; 0 gives the normal size."""
        from desktop.ui.dialogs.settings_dialog import LARGEST, SMALLEST

        size = self._settings.text_size + by if by else NORMAL_TEXT_SIZE
        self._settings.text_size = max(SMALLEST, min(LARGEST, size))
        self._settings.save()
        self._apply("text_size")

    def settings(self) -> None:
        """Open the settings."""
        from desktop.ui.dialogs.settings_dialog import SettingsDialog

        dialog = SettingsDialog(self._settings, str(self._window.workspace.notebook.path), self._window)
        dialog.changed.connect(self._apply)
        dialog.open()

    def shortcuts(self) -> None:
        """Show all keys."""
        from desktop.ui.dialogs.shortcuts import ShortcutSheet

        ShortcutSheet(self._window.actions_by_name, self._window).open()

    def palette(self) -> None:
        """Show all commands, to be found by typing."""
        from desktop.ui.dialogs.palette import Palette

        actions = [self._window.actions_by_name[c.name] for c in COMMANDS if c.name != "command_palette"]
        Palette(actions, self._window).show()

    def quick_switcher(self) -> None:
        """Show the notes, to be found by typing."""
        self._window.search.open_switcher(self._window)

    def new_tab(self) -> None:
        """Choose a note for a tab of its own."""
        self._window.tabs.expect_new()
        self.quick_switcher()

    def search(self) -> None:
        """Go to the search field, with what is selected in the text."""
        self._window.show_left(True)
        self._window.search.begin(self._window.editor.edit.textCursor().selectedText())

    def search_below(self) -> None:
        """Go to the search field, to search below the open note."""
        self._window.show_left(True)
        self._window.search.begin_below()

    def find_on(self, by: int) -> None:
        """Go to the next match (1) or the one before (-1): of the find bar while it is shown, else of the search."""
        editor = self._window.editor
        if self._on_page() and self._window.preview.find_bar.isVisible():
            bar = self._window.preview.find_bar
            (bar.find_next if by > 0 else bar.find_previous)()
            return
        if editor.finding or not self._window.search.step(by):
            (editor.find_next if by > 0 else editor.find_previous)()

    def search_help(self) -> None:
        """Explain how to search, under the search field."""
        self._window.show_left(True)
        self._window.search.field.setFocus()
        self._window.search_help.open()

    def find(self, *, replace: bool) -> None:
        """Open the find bar, of the page where that is read; to replace, show the text where only the page is shown."""
        self._window.search.walk.end()
        if not replace and self._on_page():
            self._window.preview.find_bar.open_bar()
            return
        if self._settings.view == "preview":
            self._window.show_view("split")
        if replace:
            self._window.editor.open_replace()
        else:
            self._window.editor.open_find()

    def _on_page(self) -> bool:
        """Tell whether the user reads the page and not the text."""
        preview = self._window.preview
        return self._settings.view == "preview" or preview.isAncestorOf(self._window.focusWidget() or self._window)

    def focus_library(self) -> None:
        """Put the focus in the tree."""
        self._window.show_left(True)
        self._window.search.clear()
        self._window.library.take_focus()

    def focus_links(self) -> None:
        """Put the focus in the backlinks."""
        self._window.show_side(True)
        self._window.side.links.setFocus()

    def library_graph(self, note_id: "NoteId | None" = None, chain_to: "NoteId | None" = None) -> None:
        """Show the whole library as a graph: with a note selected, or with the chain from it to another."""
        if "desktop.ui.graph.library_graph" not in sys.modules:  # numpy takes 0.2 s, for which the window need not wait
            self._window.workspace.read(_import_graph, lambda _none: self.library_graph(note_id, chain_to))
            return
        from desktop.ui.graph.library_graph import LibraryGraph

        if self._graph is None:
            self._graph = LibraryGraph(self._window.workspace, self._window)
        self._graph.show_window()
        if note_id is not None and chain_to is not None:
            self._graph.chain.between(note_id, chain_to)
        elif note_id is not None:
            self._graph.show_note(note_id)

    def link_health(self) -> None:
        """Show what is amiss with the links of the library."""
        from desktop.ui.health.health_window import HealthWindow  # late: not before the first paint

        window = next(iter(self._window.findChildren(HealthWindow)), None)
        if window is None:
            window = HealthWindow(self._window.workspace, self._window.runners.links.create_linked, self._window)
        window.show()
        window.raise_()
        window.activateWindow()

    def _apply(self, name: str) -> None:
        if name == "theme":
            theme.apply(self._settings.theme)
        elif name == "text_size":
            self._window.editor.edit.set_text_size(self._settings.text_size)
            self._window.preview.restyle()
        elif name == "spelling":
            self._window.spelling.restart()
        else:
            self._window.runners.writing.apply(name)
