"""What the menu "Text" does, each command one step of undo."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication, QKeySequence, QTextCursor

from desktop.ui.editor import markup
from desktop.ui.editor.markup import Ink
from desktop.ui.editor.typing import lists, tables, typing_help
from desktop.ui.editor.typing.cursors import MOST_AROUND, before, behind
from desktop.ui.editor.typing.list_lines import head_of

if TYPE_CHECKING:
    from desktop.ui.editor.text_edit import MarkdownEdit


class TextCommands(QObject):
    """The commands of one editor."""

    def __init__(self, edit: "MarkdownEdit") -> None:
        super().__init__(edit)
        self._edit = edit

    def keys(self) -> dict[int, Callable[[], None]]:
        """Return the editor's own keys; an action of the window with the same keys comes first."""
        headings = ((f"Ctrl+{level}", lambda level=level: self.set_heading(level)) for level in range(1, 7))
        table: tuple[tuple[str, Callable[[], None]], ...] = (
            ("Ctrl+B", self.toggle_bold),
            ("Ctrl+I", self.toggle_italic),
            ("Ctrl+K", self.insert_link),
            ("Ctrl+`", self.toggle_code),
            ("Ctrl+L", self.toggle_task),
            ("Ctrl+Shift+7", self.toggle_ordered),
            ("Ctrl+Shift+8", self.toggle_bullets),
            ("Ctrl+Shift+9", self.toggle_quote),
            ("Ctrl+Shift+K", self.delete_line),
            ("Alt+Up", self.move_line_up),
            ("Alt+Down", self.move_line_down),
            ("Shift+Alt+Down", self.duplicate_line),
            ("Shift+Alt+Up", self.duplicate_line_up),
            ("Ctrl+Shift+V", self.paste_plain),
            ("Ctrl+Return", self.follow_or_check),
            ("Ctrl+Enter", self.follow_or_check),
            *headings,
        )
        return {int(QKeySequence(keys)[0].toCombined()): action for keys, action in table}  # type: ignore[index]

    # --- words -------------------------------------------------------------------------------------------

    def toggle_bold(self) -> None:
        """Make the selection or word bold, or plain again."""
        self._show(typing_help.toggle_wrap(self._edit.textCursor(), "**"))

    def toggle_italic(self) -> None:
        """Make the selection or word italic, or plain again."""
        self._show(typing_help.toggle_wrap(self._edit.textCursor(), "*"))

    def toggle_code(self) -> None:
        """Make the selection or word inline code, or plain again."""
        self._show(typing_help.toggle_wrap(self._edit.textCursor(), "`"))

    def insert_link(self) -> None:
        """Make a link of the selection, with the address from the clipboard where there is one."""
        address = QGuiApplication.clipboard().text().strip()
        known = address if typing_help.is_address(address) else ""
        self._show(typing_help.insert_link(self._edit.textCursor(), known))

    def follow_or_check(self) -> None:
        """Follow the link that the cursor stands in; elsewhere in a task, check it."""
        cursor = self._edit.textCursor()
        left = before(cursor)
        found = markup.pieces(left + behind(cursor), markup.NORMAL)
        in_link = any(start <= len(left) <= end and ink in (Ink.LINK, Ink.ADDRESS) for start, end, ink in found)
        if not in_link and head_of(cursor.block().text()[:MOST_AROUND]).task:
            self.toggle_task()
        else:
            self._edit.link_clicked.emit(cursor.position(), False)

    # --- lines -------------------------------------------------------------------------------------------

    def set_heading(self, level: int) -> None:
        """Make the line a heading of that level (1 to 6), or text where it is one already."""
        typing_help.set_heading(self._edit.textCursor(), level)

    def toggle_task(self) -> None:
        """Check the line's box, or give it one."""
        typing_help.toggle_task(self._edit.textCursor())

    def toggle_bullets(self) -> None:
        """Make the lines a list, or text again."""
        lists.toggle_list(self._edit.textCursor(), ordered=False)

    def toggle_ordered(self) -> None:
        """Make the lines a numbered list, or text again."""
        lists.toggle_list(self._edit.textCursor(), ordered=True)

    def toggle_quote(self) -> None:
        """Make the lines a quote, or text again."""
        lists.toggle_quote(self._edit.textCursor())

    def delete_line(self) -> None:
        """Delete the line, or the lines of the selection."""
        typing_help.delete_lines(self._edit.textCursor(), numbers=not self._edit.in_code())

    def move_line_up(self) -> None:
        """Move the line, or the lines of the selection, up."""
        self._show(typing_help.move_lines(self._edit.textCursor(), down=False, numbers=not self._edit.in_code()))

    def move_line_down(self) -> None:
        """Move the line, or the lines of the selection, down."""
        self._show(typing_help.move_lines(self._edit.textCursor(), down=True, numbers=not self._edit.in_code()))

    def duplicate_line(self) -> None:
        """Repeat the line, or the lines of the selection, below."""
        self._show(typing_help.duplicate_lines(self._edit.textCursor(), numbers=not self._edit.in_code()))

    def duplicate_line_up(self) -> None:
        """Repeat the line, or the lines of the selection, and stay in the upper ones."""
        self._show(typing_help.duplicate_lines(self._edit.textCursor(), down=False, numbers=not self._edit.in_code()))

    # --- tables and pasting ------------------------------------------------------------------------------

    def insert_table(self) -> None:
        """Put a small table below the line."""
        cursor = self._edit.textCursor()
        tables.insert_table(cursor, (self.tr("Column 1"), self.tr("Column 2"), self.tr("Column 3")))
        self._show(cursor)

    def table_add_row(self) -> None:
        """Make a row below the cursor's."""
        self._in_table(tables.add_row)

    def table_delete_row(self) -> None:
        """Delete the cursor's row of the table."""
        self._in_table(tables.delete_row)

    def table_add_column(self) -> None:
        """Make a column to the right of the cursor's."""
        self._in_table(tables.add_column)

    def table_delete_column(self) -> None:
        """Delete the cursor's column of the table."""
        self._in_table(tables.delete_column)

    def paste_plain(self) -> None:
        """Paste the words of the clipboard as they are."""
        text = QGuiApplication.clipboard().text()
        if text:
            self._edit.paste_text(text)

    def _in_table(self, change: Callable[[QTextCursor], bool]) -> None:
        cursor = self._edit.textCursor()
        if not self._edit.in_code() and change(cursor):
            self._show(cursor)

    def _show(self, cursor: QTextCursor) -> None:
        self._edit.setTextCursor(cursor)
        self._edit.ensureCursorVisible()
