"""Every command of the window, in one table: menus, toolbar, palette and the shortcut sheet are made from it.

A command is data; what it does is a method of the same name that the window looks up in its panels.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
    """Mark a string of the table for translation; lupdate finds it by this name."""
    return text


FILE, EDIT, TEXT, VIEW, GO, HELP = "File", "Edit", "Text", "View", "Go", "Help"
MENUS = (
    QT_TRANSLATE_NOOP("actions", "File"),
    QT_TRANSLATE_NOOP("actions", "Edit"),
    QT_TRANSLATE_NOOP("actions", "Text"),
    QT_TRANSLATE_NOOP("actions", "View"),
    QT_TRANSLATE_NOOP("actions", "Go"),
    QT_TRANSLATE_NOOP("actions", "Help"),
)


@dataclass(frozen=True, slots=True)
class Command:
    """One command: `name` is the method that runs it; a title that starts with "-" follows a separator."""

    name: str
    menu: str
    title: str
    keys: tuple[str, ...] = ()
    separated: bool = False
    checkable: bool = False
    everywhere: bool = True  # its keys work wherever the focus is; else only inside its own panel




COMMANDS: tuple[Command, ...] = (
    Command("new_note", FILE, QT_TRANSLATE_NOOP("actions", "New note"), ("Ctrl+N",)),
    Command("new_lecture", FILE, QT_TRANSLATE_NOOP("actions", "New lecture")),
    Command("new_digest", FILE, QT_TRANSLATE_NOOP("actions", "New digest")),
    Command("new_folder", FILE, QT_TRANSLATE_NOOP("actions", "New folder")),
    Command("new_tab", FILE, QT_TRANSLATE_NOOP("actions", "New tab…"), ("Ctrl+T",), separated=True),
    Command("close_tab", FILE, QT_TRANSLATE_NOOP("actions", "Close tab"), ("Ctrl+W",)),
    Command("open_library", FILE, QT_TRANSLATE_NOOP("actions", "Open another library…"), separated=True),
    Command("import_files", FILE, QT_TRANSLATE_NOOP("actions", "Import files…"), ("Ctrl+Shift+I",), separated=True),
    Command("import_folder", FILE, QT_TRANSLATE_NOOP("actions", "Import a folder…")),
    Command("export_note", FILE, QT_TRANSLATE_NOOP("actions", "Export this note…"), ("Ctrl+Shift+E",)),
    Command("export_section", FILE, QT_TRANSLATE_NOOP("actions", "Export this section…")),
    Command("export_subtree", FILE, QT_TRANSLATE_NOOP("actions", "Export with everything below…")),
    Command("export_pdf", FILE, QT_TRANSLATE_NOOP("actions", "Export as PDF…")),
    Command("print_note", FILE, QT_TRANSLATE_NOOP("actions", "Print…"), ("Ctrl+Alt+P",)),
    Command("make_offline", FILE, QT_TRANSLATE_NOOP("actions", "Make this note offline"), separated=True),
    Command("forget_images", FILE, QT_TRANSLATE_NOOP("actions", "Remove this note's fetched images")),
    Command("save_now", FILE, QT_TRANSLATE_NOOP("actions", "Save now"), ("Ctrl+S",), separated=True),
    Command("back_up", FILE, QT_TRANSLATE_NOOP("actions", "Back up now")),
    Command("check_library", FILE, QT_TRANSLATE_NOOP("actions", "Check the library")),
    Command("quit", FILE, QT_TRANSLATE_NOOP("actions", "Quit"), ("Ctrl+Q",), separated=True),
    Command("undo_tree", EDIT, QT_TRANSLATE_NOOP("actions", "Undo the last change of the tree"), ("Ctrl+Alt+Z",)),
    Command("redo_tree", EDIT, QT_TRANSLATE_NOOP("actions", "Redo it"), ("Ctrl+Alt+Shift+Z",)),
    Command("rename_note", EDIT, QT_TRANSLATE_NOOP("actions", "Rename…"), ("F2",), separated=True),
    Command("rename_heading", EDIT, QT_TRANSLATE_NOOP("actions", "Rename heading…")),
    Command("trash_note", EDIT, QT_TRANSLATE_NOOP("actions", "Move to trash")),
    Command(
        "extract_selection", EDIT, QT_TRANSLATE_NOOP("actions", "Extract to a new note…"), ("Ctrl+Shift+X",),
        separated=True,
    ),
    Command("merge_notes", EDIT, QT_TRANSLATE_NOOP("actions", "Merge into another note…")),
    Command(
        "copy_block_link", EDIT, QT_TRANSLATE_NOOP("actions", "Copy link to this paragraph"), ("Ctrl+Shift+C",),
        separated=True,
    ),
    Command("copy_heading_link", EDIT, QT_TRANSLATE_NOOP("actions", "Copy link to this heading")),
    Command("copy_note_link", EDIT, QT_TRANSLATE_NOOP("actions", "Copy link to this note")),
    Command(
        "paste_plain", EDIT, QT_TRANSLATE_NOOP("actions", "Paste as plain text"), ("Ctrl+Shift+V",),
        separated=True, everywhere=False,
    ),
    Command("find_in_note", EDIT, QT_TRANSLATE_NOOP("actions", "Find in note"), ("Ctrl+F",), separated=True),
    Command("replace_in_note", EDIT, QT_TRANSLATE_NOOP("actions", "Replace in note"), ("Ctrl+H",)),
    Command("find_next", EDIT, QT_TRANSLATE_NOOP("actions", "Find next"), ("F3",)),
    Command("find_previous", EDIT, QT_TRANSLATE_NOOP("actions", "Find previous"), ("Shift+F3",)),
    Command("settings", EDIT, QT_TRANSLATE_NOOP("actions", "Settings…"), ("Ctrl+,",), separated=True),
    Command("toggle_bold", TEXT, QT_TRANSLATE_NOOP("actions", "Bold"), ("Ctrl+B",)),
    Command("toggle_italic", TEXT, QT_TRANSLATE_NOOP("actions", "Italic"), ("Ctrl+I",)),
    Command("toggle_code", TEXT, QT_TRANSLATE_NOOP("actions", "Inline code"), ("Ctrl+`",)),
    Command("insert_link", TEXT, QT_TRANSLATE_NOOP("actions", "Link"), ("Ctrl+K",)),
    Command("toggle_task", TEXT, QT_TRANSLATE_NOOP("actions", "Check box"), ("Ctrl+L",)),
    Command("toggle_ordered", TEXT, QT_TRANSLATE_NOOP("actions", "Numbered list"), ("Ctrl+Shift+7",)),
    Command("toggle_bullets", TEXT, QT_TRANSLATE_NOOP("actions", "List"), ("Ctrl+Shift+8",)),
    Command("toggle_quote", TEXT, QT_TRANSLATE_NOOP("actions", "Quote"), ("Ctrl+Shift+9",)),
    *(
        Command(
            f"heading_{level}",
            TEXT,
            QT_TRANSLATE_NOOP("actions", "Heading {0}"),
            (f"Ctrl+{level}",),
            separated=level == 1,
        )
        for level in range(1, 7)
    ),
    Command("delete_line", TEXT, QT_TRANSLATE_NOOP("actions", "Delete line"), ("Ctrl+Shift+K",), separated=True),
    Command("move_line_up", TEXT, QT_TRANSLATE_NOOP("actions", "Move line up"), ("Alt+Up",), everywhere=False),
    Command("move_line_down", TEXT, QT_TRANSLATE_NOOP("actions", "Move line down"), ("Alt+Down",), everywhere=False),
    Command(
        "duplicate_line", TEXT, QT_TRANSLATE_NOOP("actions", "Duplicate line"), ("Shift+Alt+Down",), everywhere=False,
    ),
    Command(
        "duplicate_line_up", TEXT, QT_TRANSLATE_NOOP("actions", "Duplicate line above"), ("Shift+Alt+Up",),
        everywhere=False,
    ),
    Command("insert_table", TEXT, QT_TRANSLATE_NOOP("actions", "Insert table"), separated=True),
    Command("table_add_row", TEXT, QT_TRANSLATE_NOOP("actions", "Table: new row below")),
    Command("table_delete_row", TEXT, QT_TRANSLATE_NOOP("actions", "Table: delete row")),
    Command("table_add_column", TEXT, QT_TRANSLATE_NOOP("actions", "Table: new column to the right")),
    Command("table_delete_column", TEXT, QT_TRANSLATE_NOOP("actions", "Table: delete column")),
    Command("cycle_view", VIEW, QT_TRANSLATE_NOOP("actions", "Editor, both, preview"), ("Ctrl+E",)),
    Command("view_edit", VIEW, QT_TRANSLATE_NOOP("actions", "Editor")),
    Command("view_split", VIEW, QT_TRANSLATE_NOOP("actions", "Editor and preview")),
    Command("view_preview", VIEW, QT_TRANSLATE_NOOP("actions", "Preview")),
    Command("toggle_sidebar", VIEW, QT_TRANSLATE_NOOP("actions", "Sidebar"), ("F9",), separated=True, checkable=True),
    Command(
        "toggle_side_panels",
        VIEW,
        QT_TRANSLATE_NOOP("actions", "Outline, links and graph"),
        ("Shift+F9",),
        checkable=True,
    ),
    Command("toggle_theme", VIEW, QT_TRANSLATE_NOOP("actions", "Light or dark"), ("Ctrl+Shift+L",)),
    Command("library_graph", VIEW, QT_TRANSLATE_NOOP("actions", "Graph of the library"), ("Ctrl+Shift+G",)),
    Command("link_health", VIEW, QT_TRANSLATE_NOOP("actions", "Link health")),
    Command("text_larger", VIEW, QT_TRANSLATE_NOOP("actions", "Larger text"), ("Ctrl++", "Ctrl+="), separated=True),
    Command("text_smaller", VIEW, QT_TRANSLATE_NOOP("actions", "Smaller text"), ("Ctrl+-",)),
    Command("text_normal", VIEW, QT_TRANSLATE_NOOP("actions", "Normal text size"), ("Ctrl+0",)),
    Command("column_wider", VIEW, QT_TRANSLATE_NOOP("actions", "Wider column"), ("Ctrl+Alt++", "Ctrl+Alt+=")),
    Command("column_narrower", VIEW, QT_TRANSLATE_NOOP("actions", "Narrower column"), ("Ctrl+Alt+-",)),
    Command("column_full", VIEW, QT_TRANSLATE_NOOP("actions", "Text over the whole width"), checkable=True),
    Command(
        "focus_paragraph",
        VIEW,
        QT_TRANSLATE_NOOP("actions", "Focus on the paragraph"),
        ("Ctrl+Alt+F",),
        separated=True,
        checkable=True,
    ),
    Command("focus_sentence", VIEW, QT_TRANSLATE_NOOP("actions", "Focus on the sentence"), checkable=True),
    Command("typewriter", VIEW, QT_TRANSLATE_NOOP("actions", "Typewriter"), ("Ctrl+Alt+Y",), checkable=True),
    Command("zen", VIEW, QT_TRANSLATE_NOOP("actions", "Only the note"), ("F11",), checkable=True),
    Command("fold", VIEW, QT_TRANSLATE_NOOP("actions", "Fold"), ("Ctrl+Shift+[",), separated=True),
    Command("unfold", VIEW, QT_TRANSLATE_NOOP("actions", "Unfold"), ("Ctrl+Shift+]",)),
    Command("fold_all", VIEW, QT_TRANSLATE_NOOP("actions", "Fold everything")),
    Command("unfold_all", VIEW, QT_TRANSLATE_NOOP("actions", "Unfold everything")),
    Command("quick_switcher", GO, QT_TRANSLATE_NOOP("actions", "Go to note…"), ("Ctrl+P", "Ctrl+O")),
    Command("command_palette", GO, QT_TRANSLATE_NOOP("actions", "All commands…"), ("Ctrl+Shift+P",)),
    Command("search_everywhere", GO, QT_TRANSLATE_NOOP("actions", "Search everywhere"), ("Ctrl+Shift+F",)),
    Command("search_below", GO, QT_TRANSLATE_NOOP("actions", "Search below this note")),
    Command("go_to_heading", GO, QT_TRANSLATE_NOOP("actions", "Go to heading"), ("Ctrl+Shift+O",)),
    Command("go_back", GO, QT_TRANSLATE_NOOP("actions", "Back"), ("Alt+Left",), separated=True),
    Command("go_forward", GO, QT_TRANSLATE_NOOP("actions", "Forward"), ("Alt+Right",)),
    Command("next_tab", GO, QT_TRANSLATE_NOOP("actions", "Next tab"), ("Ctrl+Tab",)),
    Command("previous_tab", GO, QT_TRANSLATE_NOOP("actions", "Previous tab"), ("Ctrl+Shift+Tab",)),
    Command("focus_library", GO, QT_TRANSLATE_NOOP("actions", "To the tree"), ("Ctrl+Alt+1",), separated=True),
    Command("focus_editor", GO, QT_TRANSLATE_NOOP("actions", "To the editor"), ("Ctrl+Alt+2",)),
    Command("focus_links", GO, QT_TRANSLATE_NOOP("actions", "To the backlinks"), ("Ctrl+Alt+3",)),
    Command("rebuild_index", HELP, QT_TRANSLATE_NOOP("actions", "Rebuild the search index")),
    Command("forget_opened", HELP, QT_TRANSLATE_NOOP("actions", "Forget which results were opened")),
    Command("search_help", HELP, QT_TRANSLATE_NOOP("actions", "How to search"), ("Shift+F1",)),
    Command("shortcuts", HELP, QT_TRANSLATE_NOOP("actions", "Keyboard shortcuts"), ("F1",)),
    Command("about", HELP, QT_TRANSLATE_NOOP("actions", "About Konspekt")),
)


def title_of(command: Command) -> str:
    """Return the command's title in the user's language."""
    text = QCoreApplication.translate("actions", command.title)
    return text.format(command.name[-1]) if command.name.startswith("heading_") else text


def menu_title(menu: str) -> str:
    """Return a menu's title in the user's language."""
    return QCoreApplication.translate("actions", menu)


def make_actions(owner: QObject, runners: Mapping[str, Callable[[], None]]) -> dict[str, QAction]:
    """Return a QAction for every command, by name; a command without a runner is our bug (KeyError)."""
    actions: dict[str, QAction] = {}
    for command in COMMANDS:
        action = QAction(title_of(command), owner)
        action.setObjectName(command.name)
        action.setCheckable(command.checkable)
        action.setShortcuts([QKeySequence(keys) for keys in command.keys])
        if not command.everywhere:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda _checked=False, run=runners[command.name]: run())
        actions[command.name] = action
    return actions
