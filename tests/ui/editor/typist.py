"""A typist for tests: `|` is the cursor, `‹` and `›` hold the selection."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor

from desktop.ui.editor.fidelity import new_document, shown_text
from desktop.ui.editor.text_edit import MarkdownEdit

NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
KEYS = {"\n": (Qt.Key.Key_Return, "\r"), "\t": (Qt.Key.Key_Tab, "\t"), "\b": (Qt.Key.Key_Backspace, "\b")}


def utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def editor(text: str, cursor_at: str = "|") -> MarkdownEdit:
    edit = MarkdownEdit()
    document = new_document()
    if "‹" in text:
        anchor = utf16(text[: text.index("‹")])
        position = utf16(text[: text.index("›")]) - 1
    else:
        anchor = position = utf16(text[: text.index(cursor_at)])
    document.setUndoRedoEnabled(False)
    document.setPlainText(text.replace("‹", "").replace("›", "").replace(cursor_at, ""))
    document.setUndoRedoEnabled(True)
    edit.show_document(document)
    cursor = edit.textCursor()
    cursor.setPosition(anchor)
    cursor.setPosition(position, QTextCursor.MoveMode.KeepAnchor)
    edit.setTextCursor(cursor)
    return edit


def text_of(edit: MarkdownEdit) -> str:
    return shown_text(edit.document())


def shown(edit: MarkdownEdit, cursor_at: str = "|") -> str:
    raw = text_of(edit).encode("utf-16-le")
    cursor = edit.textCursor()
    start, end = 2 * cursor.selectionStart(), 2 * cursor.selectionEnd()
    parts = [part.decode("utf-16-le") for part in (raw[:start], raw[start:end], raw[end:])]
    return f"{parts[0]}‹{parts[1]}›{parts[2]}" if start != end else f"{parts[0]}{cursor_at}{parts[2]}"


def press(edit: MarkdownEdit, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE, text: str = "") -> None:
    edit.keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, key, modifiers, text))


def type_text(edit: MarkdownEdit, text: str) -> None:
    """Press the key of each character; line end, tab and \\b are Enter, Tab and Backspace."""
    for character in text:
        key, typed = KEYS.get(character, (Qt.Key(0), character))
        press(edit, key, NONE, typed)


def undone(edit: MarkdownEdit) -> str:
    edit.undo()
    return text_of(edit)
