"""Lists and quotes while typing: they go on, end, nest and keep their numbers; each key is one step of undo."""

import pytest
from PySide6.QtCore import Qt

from tests.ui.editor.typist import CTRL, NONE, SHIFT, editor, press, shown, text_of, type_text

pytestmark = pytest.mark.usefixtures("app")

ENTER, BACKSPACE, TAB, BACKTAB = "\n", "\b", "\t", "backtab"


@pytest.mark.parametrize(
    ("before", "key", "after"),
    [
        ("- one| two", ENTER, "- one\n- |two"),
        ("- 😀 Привет,| мир", ENTER, "- 😀 Привет,\n- |мир"),
        ("- |one", ENTER, "- \n- |one"),
        ("- o‹n›e", ENTER, "- o\n- |e"),
        ("1. a|\n2. b\n3. c", ENTER, "1. a\n2. |\n3. b\n4. c"),
        ("9) a|\n10) b", ENTER, "9) a\n10) |\n11) b"),
        ("1. a|\n1. b", ENTER, "1. a\n1. |\n1. b"),
        ("1. a\n1. b|\n1. c", ENTER, "1. a\n1. b\n1. |\n1. c"),
        ("1. a|\n\n   text\n\n2. b\n\nend\n\n2. other", ENTER, "1. a\n2. |\n\n   text\n\n3. b\n\nend\n\n2. other"),
        ("1. a|\n   ```\n   5. code\n   ```\n2. b", ENTER, "1. a\n2. |\n   ```\n   5. code\n   ```\n3. b"),
        ("> 1. a|\n> 2. b\n1. c", ENTER, "> 1. a\n> 2. |\n> 3. b\n1. c"),
        ("> > - [x] a|", ENTER, "> > - [x] a\n> > - [ ] |"),
        ("1. a\n   - |", ENTER, "1. a\n2. |"),
        ("1. a\n   - b\n   - |\n2. c", ENTER, "1. a\n   - b\n2. |\n3. c"),
        ("1. a\n2. |\n3. c", ENTER, "1. a\n\n|\n2. c"),
        ("- - -|", ENTER, "- - -\n|"),
        ("* * *|", ENTER, "* * *\n|"),
        ("tags:\n- one|", ENTER, "tags:\n- one\n- |"),
        ("---\ntags:\n  - one|\n---\n", ENTER, "---\ntags:\n  - one\n  - |\n---\n"),
        ("$$\n- a|\n$$", ENTER, "$$\n- a\n|\n$$"),
        ("- |one", BACKSPACE, "|one"),
        ("- [ ] |one", BACKSPACE, "- |one"),
        ("  - |one", BACKSPACE, "  |one"),
        ("1. a\n2. |b\n3. c", BACKSPACE, "1. a\n|b\n2. c"),
        ("> |one", BACKSPACE, "|one"),
        ("> > |one", BACKSPACE, "> |one"),
        ("> - |one", BACKSPACE, "> |one"),
        ("- o|ne", BACKSPACE, "- |ne"),
        ("```\n- |a\n```", BACKSPACE, "```\n-|a\n```"),
        ("1. a\n|2. b\n3. c", BACKSPACE, "1. a|2. b\n2. c"),
        ("1. a\n2. ‹b\n3. c\n4.› d\n5. e", BACKSPACE, "1. a\n2. | d\n3. e"),
        ("```\n1. a\n|\n5. b\n```", BACKSPACE, "```\n1. a|\n5. b\n```"),
        ("- a\n- b|", TAB, "- a\n  - b|"),
        ("1. a\n2. b|\n3. c", TAB, "1. a\n   1. b|\n2. c"),
        ("10. a\n11. b|", TAB, "10. a\n    1. b|"),
        ("1. a\n2. b|\n   - under\n\n   text\n3. c", TAB, "1. a\n   1. b|\n      - under\n\n      text\n2. c"),
        ("1. a\n   1. x\n2. b|\n3. c", TAB, "1. a\n   1. x\n   2. b|\n2. c"),
        ("- a\n\t- x\n- b|", TAB, "- a\n\t- x\n\t- b|"),
        ("> - a\n> - b|", TAB, "> - a\n>   - b|"),
        ("- a\n‹- b\n- c›\n- d", TAB, "- a\n  ‹- b\n  - c›\n- d"),
        ("- [ ] a\n- [ ] b|", TAB, "- [ ] a\n  - [ ] b|"),
        ("- 😀\n- д|", TAB, "- 😀\n  - д|"),
        ("1. a\n   1. b|\n   2. c\n2. d", BACKTAB, "1. a\n2. b|\n   1. c\n3. d"),
        ("- a\n    - b|", BACKTAB, "- a\n- b|"),
        ("- a\n  1. x\n- b|", TAB, "- a\n  1. x\n  2. b|"),
        ("1. a\n   - b|\n2. c", BACKTAB, "1. a\n2. b|\n3. c"),
        ("- a\n  ‹- b\n    - c›", BACKTAB, "- a\n‹- b\n  - c›"),
        ("‹one\n\ntwo›", TAB, "    ‹one\n\n    two›"),
        ("    ‹one\n  two›", BACKTAB, "‹one\ntwo›"),
    ],
)  # fmt: skip
def test_a_key_in_a_list(before: str, key: str, after: str) -> None:
    edit = editor(before)
    text = text_of(edit)
    if key == BACKTAB:
        press(edit, Qt.Key.Key_Backtab, SHIFT)
    else:
        type_text(edit, key)
    assert shown(edit) == after
    edit.undo()
    assert text_of(edit) == text, "one step of undo takes it back"


def test_a_list_is_written_without_a_thought() -> None:
    edit = editor("|")
    type_text(edit, "1. раз\nдва\n\tа\nб\n\n\nend")
    assert shown(edit) == "1. раз\n2. два\n   1. а\n   2. б\n\nend|"


def test_cutting_lines_puts_the_numbers_right() -> None:
    edit = editor("1. a\n‹2. b\n›3. c\n4. d")
    press(edit, Qt.Key.Key_X, CTRL, "\x18")
    assert shown(edit) == "1. a\n|2. c\n3. d"


def test_a_long_list_is_renumbered_in_bounded_time() -> None:
    edit = editor("|1. x\n" + "".join(f"{n}. строка\n" for n in range(2, 30_000)))
    cursor = edit.textCursor()
    cursor.movePosition(cursor.MoveOperation.EndOfBlock)
    edit.setTextCursor(cursor)
    before = edit.document().blockCount()
    type_text(edit, "\n")
    lines = text_of(edit).split("\n")
    assert edit.document().blockCount() == before + 1
    assert lines[1:3] == ["2. ", "3. строка"]
    assert lines[20_000] == "20000. строка", "what is far below waits for an edit nearer to it"


@pytest.mark.parametrize(
    ("before", "first", "second"),
    [
        ("- [ ] wo|rd", "- [ ] |word", "|- [ ] word"),
        ("> 1. 😀wo|rd", "> 1. |😀word", "|> 1. 😀word"),
        ("## wo|rd", "## |word", "|## word"),
        ("  wo|rd", "  |word", "|  word"),
        ("wo|rd", "|word", "|word"),
    ],
)
def test_home_goes_to_the_words_first(before: str, first: str, second: str) -> None:
    edit = editor(before)
    press(edit, Qt.Key.Key_Home)
    assert shown(edit) == first
    press(edit, Qt.Key.Key_Home)
    assert shown(edit) == second


def test_shift_home_selects() -> None:
    edit = editor("- word|")
    press(edit, Qt.Key.Key_Home, SHIFT)
    assert shown(edit) == "- ‹word›"


def test_ctrl_enter_checks_a_task_or_follows_a_link() -> None:
    edit = editor("- [ ] see [[Dat|a]]")
    followed: list[int] = []
    edit.link_clicked.connect(lambda position, _tab: followed.append(position))
    press(edit, Qt.Key.Key_Return, CTRL)
    assert followed
    assert text_of(edit) == "- [ ] see [[Data]]"
    press(edit, Qt.Key.Key_Home, NONE)
    press(edit, Qt.Key.Key_Return, CTRL)
    assert len(followed) == 1
    assert text_of(edit) == "- [x] see [[Data]]"


def test_a_word_is_a_step_of_undo() -> None:
    edit = editor("|")
    type_text(edit, "Привет, my 😀 world")
    seen = []
    for _ in range(4):
        edit.undo()
        seen.append(text_of(edit))
    assert seen == ["Привет, my 😀 ", "Привет, ", "", ""]
