"""What the editor types for the user; `|` is the cursor, `‹` and `›` hold the selection."""

import pytest
from PySide6.QtCore import QEvent, QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent

from tests.ui.editor.typist import ALT, CTRL, SHIFT, editor, press, shown, text_of

pytestmark = pytest.mark.usefixtures("app")

@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- one|", "- one\n- |"),
        ("* one| two", "* one\n* |two"),
        ("  9. one|", "  9. one\n  10. |"),
        ("1) one|", "1) one\n2) |"),
        ("- [x] done 😀|", "- [x] done 😀\n- [ ] |"),
        ("> quote|", "> quote\n> |"),
        ("> - item|", "> - item\n> - |"),
        ("- one\n- |", "- one\n\n|"),
        ("- one\n  - |", "- one\n- |"),
        ("> quote\n> |", "> quote\n\n|"),
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
        ("move_line_up", "1. a\n2. b\n3. c|", "1. a\n2. c|\n3. b"),
        ("move_line_down", "1. ‹a\n2. b›\n3. c\n\ntext", "1. c\n2. ‹a\n3. b›\n\ntext"),
        ("delete_line", "3. a|\n4. b\n5. c", "|3. b\n4. c"),
        ("delete_line", "```\n1. a|\n5. b\n```", "```\n|5. b\n```"),
        ("duplicate_line", "on|e\ntwo", "one\non|e\ntwo"),
        ("duplicate_line", "1. 😀on|e\n2. two", "1. 😀one\n2. 😀on|e\n3. two"),
        ("duplicate_line_up", "on|e\ntwo", "on|e\none\ntwo"),
        ("toggle_bullets", "‹one\n\ntwo›", "- ‹one\n\n- two›"),
        ("toggle_bullets", "- ‹one\n- two›", "‹one\ntwo›"),
        ("toggle_ordered", "‹- [x] one\n  - in\n- two›", "‹1. [x] one\n  1. in\n2. two›"),
        ("toggle_quote", "‹one\n\ntwo›", "> ‹one\n>\n> two›"),
        ("toggle_quote", "> ‹one\n>\n> two›", "‹one\n\ntwo›"),
    ],
)
def test_actions(action: str, before: str, after: str) -> None:
    edit = editor(before)
    text = text_of(edit)
    getattr(edit.commands, action)()
    assert shown(edit) == after
    if text_of(edit) != text:
        edit.undo()
        assert text_of(edit) == text, "one step of undo takes it back"


def test_headings() -> None:
    edit = editor("title|")
    edit.commands.set_heading(2)
    assert shown(edit) == "## title|"
    edit.commands.set_heading(3)
    assert shown(edit) == "### title|"
    edit.commands.set_heading(3)
    assert shown(edit) == "title|"


def test_links() -> None:
    QGuiApplication.clipboard().clear()
    edit = editor("see ‹this› now")
    edit.commands.insert_link()
    assert shown(edit) == "see [this](|) now"
    edit = editor("‹https://a.b›")
    edit.commands.insert_link()
    assert shown(edit) == "[|](https://a.b)"


def test_an_address_pasted_over_words_makes_a_link() -> None:
    edit = editor("see ‹this› now")
    data = QMimeData()
    data.setText("https://example.org/путь")
    edit.insertFromMimeData(data)
    assert text_of(edit) == "see [this](https://example.org/путь) now"


def test_copying_keeps_no_break_spaces() -> None:
    edit = editor("‹a\u00a0b\nc›")
    assert edit.createMimeDataFromSelection().text() == "a\u00a0b\nc"


def test_keys_reach_the_actions() -> None:
    edit = editor("wo|rd")
    press(edit, Qt.Key.Key_B, CTRL)
    assert shown(edit) == "**‹word›**"
    press(edit, Qt.Key.Key_1, CTRL)
    assert text_of(edit) == "# **word**"
    press(edit, Qt.Key.Key_Down, SHIFT | ALT)
    assert text_of(edit) == "# **word**\n# **word**"
    override = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_K, CTRL)
    edit.event(override)
    assert not override.isAccepted(), "Ctrl+K is a link, not Qt's deletion to the line's end"


def test_the_column_is_centred_and_no_wider_than_one_reads() -> None:
    edit = editor("|")
    edit.resize(1600, 600)
    edit.show()
    margins = edit.viewportMargins()
    bar = edit.verticalScrollBar().sizeHint().width()  # its room is kept while it is not there
    assert margins.left() == margins.right() - bar > 200
    assert edit.viewport().width() <= edit.column_width() + 20
    assert edit.accessibleName() == "Editor"
    edit.close()
