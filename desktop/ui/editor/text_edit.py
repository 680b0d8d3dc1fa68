"""The editor: a page one types on, with help."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMetaMethod, QMimeData, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QInputMethodEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from desktop.ui.editor.page import PageEdit
from desktop.ui.editor.typing import typing_help
from desktop.ui.editor.typing.cursors import before
from desktop.ui.editor.typing.pairs import in_code_span
from desktop.ui.editor.typing.text_commands import TextCommands
from desktop.ui.editor.typing.typing_aid import TypingAid


class MarkdownEdit(PageEdit):
    """The editor of one text."""

    link_clicked = Signal(int, bool)  # position in the document; whether a new tab is asked for
    media_pasted = Signal(object)  # QMimeData with an image, files or HTML
    menu_opening = Signal(object, int)  # the QMenu that is about to be shown, and where in the document
    typed = Signal()  # the user typed a character or deleted one
    keys_taken: Callable[[QKeyEvent], bool] | None = None  # a pop-up over the text looks at keys first

    def __init__(self, parent: QWidget | None = None, text_size: int = 16) -> None:
        super().__init__(parent, text_size)
        self.setAccessibleName(self.tr("Editor"))
        self.aid = TypingAid(self)
        self.commands = TextCommands(self)
        self._keys = self.commands.keys()

    def follow_link(self) -> None:
        """Follow the link that the cursor stands in."""
        self.link_clicked.emit(self.textCursor().position(), False)

    # --- keys and mouse ----------------------------------------------------------------------------------

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
        if not self.aid.take(event):
            if self.aid.begins_word(event):
                cursor = self.textCursor()
                cursor.beginEditBlock()
                super().keyPressEvent(event)
                cursor.endEditBlock()
            else:
                super().keyPressEvent(event)
        if event.text() and event.key() != Qt.Key.Key_Escape:  # else it only went somewhere
            self.typed.emit()

    def type_plainly(self, event: QKeyEvent) -> None:
        """Let Qt do what a key means anywhere."""
        super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Take what an input method has composed as typed."""
        super().inputMethodEvent(event)
        if event.commitString():
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
        """Show the standard menu in the window's style, with our way of pasting."""
        menu = self.createStandardContextMenu(event.pos())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        pasting = next((action for action in menu.actions() if action.objectName() == "edit-paste"), None)
        if pasting is not None:
            plain = menu.addAction(self.tr("Paste as plain text"), self.commands.paste_plain)
            plain.setEnabled(pasting.isEnabled())
            following = menu.actions()[menu.actions().index(pasting) + 1]
            menu.insertAction(following, plain)
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        here = self.cursorForPosition(event.pos()) if by_mouse else self.textCursor()
        self.menu_opening.emit(menu, here.position())
        menu.popup(event.globalPos())

    def _click_beside(self, event: QMouseEvent) -> None:
        inside = self.viewport().mapFrom(self, event.position().toPoint())
        inside.setX(max(0, min(inside.x(), self.viewport().width() - 1)))
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.setTextCursor(self.cursorForPosition(inside))

    # --- clipboard ---------------------------------------------------------------------------------------

    def createMimeDataFromSelection(self) -> QMimeData:
        """Return the selection as it stands; Qt's own loses no-break spaces."""
        data = QMimeData()
        data.setText(self.textCursor().selectedText().replace("\u2029", "\n"))
        return data

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Say whether something can be pasted or dropped."""
        return source.hasImage() or source.hasText() or source.hasHtml() or source.hasUrls()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste text; an address over a selection makes a link; images, files and HTML are for the panel."""
        local = source.hasUrls() and all(url.isLocalFile() for url in source.urls())
        if local or (source.hasImage() and not source.hasText()):
            self.media_pasted.emit(source)
            return
        cursor = self.textCursor()
        selected = cursor.selectedText()
        label = selected and "\u2029" not in selected and not typing_help.is_address(selected)
        code = self.in_code() or in_code_span(before(cursor))
        if label and not code and typing_help.is_address(source.text().strip()):
            typing_help.insert_link(cursor, source.text().strip())
            self.ensureCursorVisible()
        elif source.hasHtml() and not code and self.isSignalConnected(QMetaMethod.fromSignal(self.media_pasted)):
            self.media_pasted.emit(source)
        else:
            self.paste_text(source.text())

    def paste_text(self, text: str) -> None:
        """Put words where the selection is, as they are."""
        self.textCursor().insertText(text)
        self.ensureCursorVisible()
