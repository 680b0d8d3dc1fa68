"""The editor: a page one types on, with help."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QWidget

from desktop.ui.editor import typing_help
from desktop.ui.editor.page import PageEdit


class MarkdownEdit(PageEdit):
    """The editor of one text."""

    link_clicked = Signal(int, bool)  # position in the document; whether a new tab is asked for
    media_pasted = Signal(object)  # QMimeData with an image or files
    typed = Signal()  # the user typed a character or deleted one
    keys_taken: Callable[[QKeyEvent], bool] | None = None  # a pop-up over the text looks at keys first

    def __init__(self, parent: QWidget | None = None, text_size: int = 16) -> None:
        super().__init__(parent, text_size)
        self.setAccessibleName(self.tr("Editor"))
        self._keys = {_combination(keys): action for keys, action in self._key_table()}

    def _key_table(self) -> tuple[tuple[str, Callable[[], None]], ...]:
        """Return the editor's own keys; an action of the window with the same keys comes first."""
        headings = tuple((f"Ctrl+{level}", lambda level=level: self.set_heading(level)) for level in range(1, 7))
        return (
            ("Ctrl+B", self.toggle_bold),
            ("Ctrl+I", self.toggle_italic),
            ("Ctrl+K", self.insert_link),
            ("Ctrl+`", self.toggle_code),
            ("Ctrl+L", self.toggle_task),
            ("Ctrl+Shift+K", self.delete_line),
            ("Alt+Up", self.move_line_up),
            ("Alt+Down", self.move_line_down),
            ("Shift+Alt+Down", self.duplicate_line),
            ("Ctrl+Return", self.follow_link),
            *headings,
        )

    # --- what actions call -------------------------------------------------------------------------------

    def toggle_bold(self) -> None:
        """Make the selection or word bold, or plain again."""
        self.setTextCursor(typing_help.toggle_wrap(self.textCursor(), "**"))

    def toggle_italic(self) -> None:
        """Make the selection or word italic, or plain again."""
        self.setTextCursor(typing_help.toggle_wrap(self.textCursor(), "*"))

    def toggle_code(self) -> None:
        """Make the selection or word inline code, or plain again."""
        self.setTextCursor(typing_help.toggle_wrap(self.textCursor(), "`"))

    def insert_link(self) -> None:
        """Make a link of the selection, with the address from the clipboard where there is one."""
        address = QGuiApplication.clipboard().text().strip()
        known = address if typing_help.is_address(address) else ""
        self.setTextCursor(typing_help.insert_link(self.textCursor(), known))

    def set_heading(self, level: int) -> None:
        """Make the line a heading of that level (1 to 6), or text where it is one already."""
        typing_help.set_heading(self.textCursor(), level)

    def toggle_task(self) -> None:
        """Check the line's box, or give it one."""
        typing_help.toggle_task(self.textCursor())

    def delete_line(self) -> None:
        """Delete the line, or the lines of the selection."""
        typing_help.delete_lines(self.textCursor())

    def move_line_up(self) -> None:
        """Move the line, or the lines of the selection, up."""
        self.setTextCursor(typing_help.move_lines(self.textCursor(), down=False))

    def move_line_down(self) -> None:
        """Move the line, or the lines of the selection, down."""
        self.setTextCursor(typing_help.move_lines(self.textCursor(), down=True))

    def duplicate_line(self) -> None:
        """Repeat the line, or the lines of the selection, below."""
        self.setTextCursor(typing_help.duplicate_lines(self.textCursor()))

    def follow_link(self) -> None:
        """Follow the link that the cursor stands in."""
        self.link_clicked.emit(self.textCursor().position(), False)

    # --- keys, mouse, clipboard --------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Leave our keys to the window's actions, and take clicks beside the column."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.keyCombination().toCombined() in self._keys:
                event.ignore()  # else Ctrl+K would be Qt's "delete to the end of the line"
                return False
        elif event.type() == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            self._click_beside(event)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type, with help."""
        if self.keys_taken is not None and self.keys_taken(event):
            return
        action = self._keys.get(event.keyCombination().toCombined())
        if action is not None:
            action()
            self.ensureCursorVisible()
            return
        key, modifiers = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and modifiers == Qt.KeyboardModifier.NoModifier:
            typing_help.break_line(self.textCursor(), self.in_code())
            self.ensureCursorVisible()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and modifiers == Qt.KeyboardModifier.ShiftModifier:
            self.textCursor().insertText("\n")  # Qt would type U+2028, which no other program shows as a line
            self.ensureCursorVisible()
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab) and not modifiers & Qt.KeyboardModifier.ControlModifier:
            typing_help.nest(self.textCursor(), key == Qt.Key.Key_Tab)
        else:
            super().keyPressEvent(event)
        self.typed.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Follow a link that is clicked with Ctrl."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if control and event.button() == Qt.MouseButton.LeftButton and not self.textCursor().hasSelection():
            position = self.cursorForPosition(event.position().toPoint()).position()
            self.link_clicked.emit(position, bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
            event.accept()
            return
        super().mouseReleaseEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show the standard menu in the window's style."""
        menu = self.createStandardContextMenu(event.pos())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def createMimeDataFromSelection(self) -> QMimeData:
        """Return the selection as it stands; Qt's own loses no-break spaces."""
        data = QMimeData()
        data.setText(self.textCursor().selectedText().replace("\u2029", "\n"))
        return data

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Say whether something can be pasted or dropped."""
        return source.hasImage() or source.hasText() or source.hasUrls()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste text; an address over a selection makes a link; images and files are for the panel."""
        local = source.hasUrls() and all(url.isLocalFile() for url in source.urls())
        if local or (source.hasImage() and not source.hasText()):
            self.media_pasted.emit(source)
            return
        cursor = self.textCursor()
        text = source.text()
        selected = cursor.selectedText()
        label = selected and "\u2029" not in selected and not typing_help.is_address(selected)
        if label and typing_help.is_address(text.strip()):
            typing_help.insert_link(cursor, text.strip())
        else:
            cursor.insertText(text)
        self.ensureCursorVisible()

    def _click_beside(self, event: QMouseEvent) -> None:
        inside = self.viewport().mapFrom(self, event.position().toPoint())
        inside.setX(max(0, min(inside.x(), self.viewport().width() - 1)))
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.setTextCursor(self.cursorForPosition(inside))


def _combination(keys: str) -> int:
    return int(QKeySequence(keys)[0].toCombined())  # type: ignore[index]
