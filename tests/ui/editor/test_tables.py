"""Tables while typing; `^` is the cursor here, `‹` and `›` hold the selection."""

import time

import pytest
from PySide6.QtCore import Qt

from desktop.ui.editor.typing.table_text import aligned, cells_of, width
from tests.ui.editor.typist import SHIFT, editor, press, shown, text_of, type_text

TAB, BACKTAB, ENTER = "\t", "backtab", "\n"


@pytest.mark.parametrize(
    ("text", "places"),
    [("abc", 3), ("слово", 5), ("日本", 4),
     ("😀", 2), ("❤️", 2), ("👨‍👩‍👧", 2), ("👍🏽", 2), ("e\u0301", 1), ("й\u200b", 1)],
)  # fmt: skip
def test_width(text: str, places: int) -> None:
    assert width(text) == places


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ("| a | b |", ["a", "b"]),
        ("a | b", ["a", "b"]),
        (r"| a \| b | c |", [r"a \| b", "c"]),
        ("| `x|y` | z |", ["`x|y`", "z"]),
        ("| ``x`|`y`` | z |", ["``x`|`y``", "z"]),
        ("| [[Note|alias]] | z |", ["[[Note|alias]]", "z"]),
        ("| ` | z |", ["`", "z"]),
        ("> | a || b |", ["a", "", "b"]),
        ("|  |", [""]),
    ],
)
def test_cells(row: str, cells: list[str]) -> None:
    assert [row[start:end] for start, end in cells_of(row)] == cells


def test_marks_of_alignment_are_kept() -> None:
    rows = ["a|bb|ccc|d", ":-|:-:|-:|-", "слово|日本語|😀|x"]
    assert aligned(rows) == [
        "| a     |   bb   | ccc | d   |",
        "| :---- | :----: | --: | --- |",
        "| слово | 日本語 |  😀 | x   |",
    ]


def test_a_hostile_row_is_read_in_linear_time() -> None:
    started = time.process_time()
    for row in ("`" * 20_000, "[[" * 10_000, "|" * 20_000, "".join("`" * n + "x" for n in range(1, 190))):
        aligned(["|" + row, "|-|", "|x|"])
    assert time.process_time() - started < 0.5


TABLE = "| a | b |\n|---|---|\n"
NEAT = "| a   | b   |\n| --- | --- |\n"


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize(
    ("before", "key", "after"),
    [
        ("| a^ | b |\n|---|---|\n| c | d |", TAB, "| a   | ‹b›   |\n| --- | --- |\n| c   | d   |"),
        ("| a | b^ |\n|---|---|\n| c | d |", TAB, "| a   | b   |\n| --- | --- |\n| ‹c›   | d   |"),
        (TABLE + "| слово 😀 | d^ |", TAB,
         "| a        | b   |\n| -------- | --- |\n| слово 😀 | d   |\n| ^         |     |"),
        (TABLE + "| ^c | d |", BACKTAB, "| a   | ‹b›   |\n| --- | --- |\n| c   | d   |"),
        ("| a^ | b |\n|---|---|", BACKTAB, "| ‹a›   | b   |\n| --- | --- |"),
        (TABLE + "| c | d^ |\n\ntext", ENTER, NEAT + "| c   | d   |\n| ^    |     |\n\ntext"),
        ("| a^ | b |\n|---|---|\n| c | d |", ENTER, NEAT + "| ^    |     |\n| c   | d   |"),
        (NEAT + "| c | d |\n| ^ | |", ENTER, NEAT + "| c | d |\n\n^"),
        (NEAT + "| c | d |\n| ^ | |\n| e | f |", ENTER,
         NEAT + "| c   | d   |\n|     |     |\n| ^    |     |\n| e   | f   |"),
        ("| a | b |^", ENTER, NEAT + "| ^    |     |"),
        ("> | a | b |^", TAB, "> | a   | b   |\n> | --- | --- |\n> | ^    |     |"),
        ("- x\n\n  | a | b |^", TAB, "- x\n\n  | a   | b   |\n  | --- | --- |\n  | ^    |     |"),
        ("^| a | b |\n|---|---|", ENTER, "\n^| a | b |\n|---|---|"),
        ("```\n| a^ | b |\n|---|---|\n```", TAB, "```\n| a    ^ | b |\n|---|---|\n```"),
        ("a | b^", TAB, "a | b    ^"),
        (TABLE + r"| x \| y^ | `a|b` |", TAB, "| a      | b     |\n| ------ | ----- |\n" + r"| x \| y | ‹`a|b`› |"),
    ],
)  # fmt: skip
def test_a_key_in_a_table(before: str, key: str, after: str) -> None:
    edit = editor(before, "^")
    text = text_of(edit)
    if key == BACKTAB:
        press(edit, Qt.Key.Key_Backtab, SHIFT)
    else:
        type_text(edit, key)
    assert shown(edit, "^") == after
    edit.undo()
    assert text_of(edit) == text or text == after.replace("‹", "").replace("›", "")


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize(
    ("action", "before", "after"),
    [
        ("table_add_row", TABLE + "| c^ | d |", NEAT + "| c   | d   |\n| ^    |     |"),
        ("table_delete_row", TABLE + "| c | d |\n| e^ | f |", NEAT + "| ‹c›   | d   |"),
        ("table_delete_row", "| a^ | b |\n|---|---|", "| a^ | b |\n|---|---|"),
        ("table_add_column", TABLE + "| c^ | d |", "| a   |     | b   |\n| --- | --- | --- |\n| c   | ^    | d   |"),
        ("table_delete_column", TABLE + "| c | d^ |", "| a   |\n| --- |\n| ‹c›   |"),
        ("table_add_row", "text^", "text^"),
        (
            "insert_table", "text^\nmore",
            "text\n\n| ‹Column 1› | Column 2 | Column 3 |\n| -------- | -------- | -------- |\n"
            "|          |          |          |\n\nmore",
        ),
    ],
)  # fmt: skip
def test_commands(action: str, before: str, after: str) -> None:
    edit = editor(before, "^")
    text = text_of(edit)
    getattr(edit.commands, action)()
    assert shown(edit, "^") == after
    if text_of(edit) != text:
        edit.undo()
        assert text_of(edit) == text


@pytest.mark.usefixtures("app")
def test_a_long_table_is_walked_through_but_not_aligned() -> None:
    rows = "".join(f"| {n} | x |\n" for n in range(5_000))
    edit = editor("| a | b |\n|---|---|\n" + rows.replace("| 2500 |", "| 2500^ |"), "^")
    started = time.process_time()
    type_text(edit, "\t\t")
    assert time.process_time() - started < 0.1
    assert edit.textCursor().selectedText() == "2501"
    assert "| 2500 | x |\n| 2501 | x |" in text_of(edit)
