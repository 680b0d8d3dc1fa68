"""From the name of an action to what runs it."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop.core.records import NoteKind
from desktop.ui.commands.exchange_commands import ExchangeCommands
from desktop.ui.commands.library_commands import LibraryCommands
from desktop.ui.commands.link_commands import LinkCommands
from desktop.ui.commands.link_menus import LinkMenus
from desktop.ui.commands.note_commands import NoteCommands
from desktop.ui.commands.offline_commands import OfflineCommands
from desktop.ui.commands.passage_commands import PassageCommands
from desktop.ui.commands.print_commands import PrintCommands
from desktop.ui.commands.rename_commands import RenameCommands
from desktop.ui.commands.view_commands import ViewCommands
from desktop.ui.commands.writing_commands import WritingCommands
from desktop.ui.taking_back import TakingBack

if TYPE_CHECKING:
    from desktop.ui.main_window import MainWindow

Run = Callable[[], None]


class Runners:
    """All that the actions of one window do."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        self.taking_back = TakingBack(window)
        self.notes = NoteCommands(window)
        self.renames = RenameCommands(window)
        self.printing = PrintCommands(window)
        self.exchange = ExchangeCommands(window, self.printing)
        self.library = LibraryCommands(window)
        self.view = ViewCommands(window)
        self.writing = WritingCommands(window)
        self.offline = OfflineCommands(window)
        self.links = LinkCommands(window)
        self.passages = PassageCommands(window, self.links)
        self.link_menus = LinkMenus(window, self.links, self.passages)

    def table(self) -> dict[str, Run]:
        """Return what runs each command of the action table."""
        return self._file() | self._edit() | self._text() | self._view() | self._writing() | self._go()

    def confirm_unsaved(self) -> bool:
        """Ask whether to close although a text is not on the disk."""
        from PySide6.QtWidgets import QMessageBox  # late: rarely

        text = QCoreApplication.translate(
            "runners", "A text could not be saved. Closing now would lose it. Close all the same?"
        )
        return QMessageBox.question(self._window, "Konspekt", text) == QMessageBox.StandardButton.Yes

    def _file(self) -> dict[str, Run]:
        return {
            "new_note": partial(self.notes.create, NoteKind.NOTE),
            "new_lecture": partial(self.notes.create, NoteKind.LECTURE),
            "new_digest": partial(self.notes.create, NoteKind.DIGEST),
            "new_folder": partial(self.notes.create, NoteKind.FOLDER),
            "new_tab": self.view.new_tab,
            "close_tab": lambda: self._window.tabs.close_tab(),
            "open_library": self.library.open_another,
            "import_files": self.exchange.import_files,
            "import_folder": self.exchange.import_folder,
            "export_note": self.exchange.export_note,
            "export_section": self.exchange.export_section,
            "export_subtree": self.exchange.export_subtree,
            "export_pdf": self.printing.export_pdf,
            "print_note": self.printing.print_note,
            "make_offline": self.offline.make_offline,
            "forget_images": self.offline.forget_images,
            "save_now": self._window.editor.save_now,
            "back_up": self.library.back_up,
            "check_library": self.library.check,
            "quit": lambda: (self._window.close(), None)[1],
        }

    def _edit(self) -> dict[str, Run]:
        workspace = self._window.workspace
        return {
            "undo_tree": workspace.undo_tree,
            "redo_tree": workspace.redo_tree,
            "rename_note": self.notes.rename,
            "rename_heading": self.renames.edit_heading,
            "trash_note": self.notes.trash,
            "extract_selection": self.passages.extract,
            "merge_notes": self.passages.merge_open,
            "copy_block_link": self.links.copy_block_link,
            "copy_heading_link": self.links.copy_heading_link,
            "copy_note_link": self.links.copy_note_link,
            "find_in_note": partial(self.view.find, replace=False),
            "replace_in_note": partial(self.view.find, replace=True),
            "find_next": partial(self.view.find_on, 1),
            "find_previous": partial(self.view.find_on, -1),
            "settings": self.view.settings,
        }

    def _text(self) -> dict[str, Run]:
        commands = self._window.editor.edit.commands
        table: dict[str, Run] = {
            name: getattr(commands, name)
            for name in (
                "toggle_bold", "toggle_italic", "toggle_code", "insert_link", "toggle_task", "toggle_ordered",
                "toggle_bullets", "toggle_quote", "delete_line", "move_line_up", "move_line_down", "duplicate_line",
                "duplicate_line_up", "insert_table", "table_add_row", "table_delete_row", "table_add_column",
                "table_delete_column", "paste_plain",
            )
        }  # fmt: skip
        return table | {f"heading_{level}": partial(commands.set_heading, level) for level in range(1, 7)}

    def _view(self) -> dict[str, Run]:
        view = self.view
        return {
            "cycle_view": view.cycle,
            "view_edit": partial(self._window.show_view, "edit"),
            "view_split": partial(self._window.show_view, "split"),
            "view_preview": partial(self._window.show_view, "preview"),
            "toggle_sidebar": lambda: self._window.show_left(self._window.left.isHidden()),
            "toggle_side_panels": lambda: self._window.show_side(self._window.side.isHidden()),
            "toggle_theme": view.toggle_theme,
            "library_graph": view.library_graph,
            "link_health": view.link_health,
            "text_larger": partial(view.change_text_size, 1),
            "text_smaller": partial(view.change_text_size, -1),
            "text_normal": partial(view.change_text_size, 0),
        }

    def _writing(self) -> dict[str, Run]:
        writing, folding = self.writing, self._window.editor.edit.folding
        return {
            "column_wider": partial(writing.change_column, 1),
            "column_narrower": partial(writing.change_column, -1),
            "column_full": partial(writing.change_column, 0),
            "focus_paragraph": partial(writing.focus_on, "paragraph"),
            "focus_sentence": partial(writing.focus_on, "sentence"),
            "typewriter": writing.toggle_typewriter,
            "zen": writing.toggle_zen,
            "fold": folding.fold,
            "unfold": folding.unfold,
            "fold_all": folding.fold_all,
            "unfold_all": folding.unfold_all,
        }

    def _go(self) -> dict[str, Run]:
        window, view = self._window, self.view
        return {
            "quick_switcher": view.quick_switcher,
            "command_palette": view.palette,
            "search_everywhere": view.search,
            "search_below": view.search_below,
            "search_help": view.search_help,
            "go_to_heading": self.writing.go_to_heading,
            "go_back": window.workspace.go_back,
            "go_forward": window.workspace.go_forward,
            "next_tab": lambda: window.tabs.step(1),
            "previous_tab": lambda: window.tabs.step(-1),
            "focus_library": view.focus_library,
            "focus_editor": window.focus_text,
            "focus_links": view.focus_links,
            "rebuild_index": window.index_keeper.rebuild,
            "forget_opened": self.library.forget_opened,
            "shortcuts": view.shortcuts,
            "about": self.library.about,
        }
