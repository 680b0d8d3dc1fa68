"""What the editor types for the user; `|` is the cursor, `‹` and `›` hold the selection."""

import pytest
from PySide6.QtCore import QEvent, QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QTextCursor

from desktop.ui.editor.fidelity import new_document, shown_text
from desktop.ui.editor.text_edit import MarkdownEdit

pytestmark = pytest.mark.usefixtures("app")

NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


def utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def editor(text: str) -> MarkdownEdit:
    edit = MarkdownEdit()
    document = new_document()
    if "‹" in text:
        anchor = utf16(text[: text.index("‹")])
        position = utf16(text[: text.index("›")]) - 1
    else:
        anchor = position = utf16(text[: text.index("|")])
    document.setPlainText(text.replace("‹", "").replace("›", "").replace("|", ""))
    edit.show_document(document)
    cursor = edit.textCursor()
    cursor.setPosition(anchor)
    cursor.setPosition(position, QTextCursor.MoveMode.KeepAnchor)
    edit.setTextCursor(cursor)
    return edit


def shown(edit: MarkdownEdit) -> str:
    raw = shown_text(edit.document()).encode("utf-16-le")
    cursor = edit.textCursor()
    start, end = 2 * cursor.selectionStart(), 2 * cursor.selectionEnd()
    parts = [part.decode("utf-16-le") for part in (raw[:start], raw[start:end], raw[end:])]
    return f"{parts[0]}‹{parts[1]}›{parts[2]}" if start != end else f"{parts[0]}|{parts[2]}"


def press(edit: MarkdownEdit, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE, text: str = "") -> None:
    edit.keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, key, modifiers, text))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- one|", "- one\n- |"),
        ("* one| two", "* one\n* | two"),
        ("  9. one|", "  9. one\n  10. |"),
        ("1) one|", "1) one\n2) |"),
        ("- [x] done 😀|", "- [x] done 😀\n- [ ] |"),
        ("> quote|", "> quote\n> |"),
        ("> - item|", "> - item\n> - |"),
        ("- one\n- |", "- one\n|"),
        ("- one\n  - |", "- one\n- |"),
        ("> quote\n> |", "> quote\n|"),
        ("> - |", "> |"),
        ("- [ ] |", "|"),
        ("text|", "text\n|"),
        ("  text|", "  text\n  |"),
        ("|- one", "\n|- one"),
        ("```\n- a|\n```", "```\n- a\n|\n```"),
        ("---|", "---\n|"),
        ("-5 degrees|", "-5 degrees\n|"),
    ],
)
def test_enter(before: str, after: str) -> None:
    edit = editor(before)
    press(edit, Qt.Key.Key_Return, text="\r")
    assert shown(edit) == after


def test_shift_enter_types_a_plain_line_end() -> None:
    edit = editor("- one|")
    press(edit, Qt.Key.Key_Return, SHIFT, "\r")
    assert shown(edit) == "- one\n|"


@pytest.mark.parametrize(
    ("before", "key", "after"),
    [
        ("- one|", Qt.Key.Key_Tab, "  - one|"),
        ("1. one|", Qt.Key.Key_Tab, "   1. one|"),
        ("  - one|", Qt.Key.Key_Backtab, "- one|"),
        ("- ‹one\n- two›", Qt.Key.Key_Tab, "  - ‹one\n  - two›"),
        ("\t- one|", Qt.Key.Key_Tab, "\t\t- one|"),
        ("text|", Qt.Key.Key_Tab, "text    |"),
        ("text|", Qt.Key.Key_Backtab, "text|"),
    ],
)
def test_tab(before: str, key: Qt.Key, after: str) -> None:
    edit = editor(before)
    press(edit, key)
    assert shown(edit) == after


@pytest.mark.parametrize(
    ("action", "before", "after"),
    [
        ("toggle_bold", "a ‹word› b", "a **‹word›** b"),
        ("toggle_bold", "a **‹word›** b", "a ‹word› b"),
        ("toggle_bold", "a ‹**word**› b", "a ‹word› b"),
        ("toggle_bold", "сло|во", "**‹слово›**"),
        ("toggle_bold", "😀 ‹x › y", "😀 **‹x›**  y"),
        ("toggle_bold", "a | b", "a **|** b"),
        ("toggle_bold", "a **|** b", "a | b"),
        ("toggle_italic", "**‹word›**", "***‹word›***"),
        ("toggle_italic", "***‹word›***", "**‹word›**"),
        ("toggle_code", "‹x = 1›", "`‹x = 1›`"),
        ("toggle_task", "buy|", "- [ ] buy|"),
        ("toggle_task", "- buy|", "- [ ] buy|"),
        ("toggle_task", "- [ ] buy|", "- [x] buy|"),
        ("toggle_task", "- [x] buy|", "- [ ] buy|"),
        ("delete_line", "one\ntw|o\nthree", "one\n|three"),
        ("delete_line", "one\ntw|o", "one|"),
        ("delete_line", "on|e", "|"),
        ("move_line_down", "o|ne\ntwo\nthree", "two\no|ne\nthree"),
        ("move_line_up", "one\n😀t‹wo\nthr›ee", "😀t‹wo\nthr›ee\none"),
        ("move_line_up", "o|ne\ntwo", "o|ne\ntwo"),
        ("move_line_down", "one\ntw|o", "one\ntw|o"),
        ("duplicate_line", "on|e\ntwo", "one\non|e\ntwo"),
    ],
)
def test_actions(action: str, before: str, after: str) -> None:
    edit = editor(before)
    text = shown_text(edit.document())
    getattr(edit, action)()
    assert shown(edit) == after
    if shown_text(edit.document()) != text:
        edit.undo()
        assert shown_text(edit.document()) == text, "one step of undo takes it back"


def test_headings() -> None:
    edit = editor("title|")
    edit.set_heading(2)
    assert shown(edit) == "## title|"
    edit.set_heading(3)
    assert shown(edit) == "### title|"
    edit.set_heading(3)
    assert shown(edit) == "title|"


def test_links() -> None:
    QGuiApplication.clipboard().clear()
    edit = editor("see ‹this› now")
    edit.insert_link()
    assert shown(edit) == "see [this](|) now"
    edit = editor("‹https://a.b›")
    edit.insert_link()
    assert shown(edit) == "[|](https://a.b)"


def test_an_address_pasted_over_words_makes_a_link() -> None:
    edit = editor("see ‹this› now")
    data = QMimeData()
    data.setText("https://example.org/путь")
    edit.insertFromMimeData(data)
    assert shown_text(edit.document()) == "see [this](https://example.org/путь) now"


def test_copying_keeps_no_break_spaces() -> None:
    edit = editor("‹a\u00a0b\nc›")
    assert edit.createMimeDataFromSelection().text() == "a\u00a0b\nc"


def test_keys_reach_the_actions() -> None:
    edit = editor("wo|rd")
    press(edit, Qt.Key.Key_B, CTRL)
    assert shown(edit) == "**‹word›**"
    press(edit, Qt.Key.Key_1, CTRL)
    assert shown_text(edit.document()) == "# **word**"
    press(edit, Qt.Key.Key_Down, SHIFT | ALT)
    assert shown_text(edit.document()) == "# **word**\n# **word**"
    override = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_K, CTRL)
    edit.event(override)
    assert not override.isAccepted(), "Ctrl+K is a link, not Qt's deletion to the line's end"


def test_the_column_is_centred_and_no_wider_than_one_reads() -> None:
    edit = editor("|")
    edit.resize(1600, 600)
    edit.show()
    margins = edit.viewportMargins()
    assert margins.left() == margins.right() > 200
    assert edit.viewport().width() <= edit.column_width() + 20
    assert edit.accessibleName() == "Editor"
    edit.close()
