"""What one does on the page: boxes, folds, copying, links by keyboard, finding."""

from urllib.parse import quote

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.ui import theme
from desktop.ui.workspace import LiveText, Workspace
from tests.ui.preview.conftest import TEXT, Reader, Wait

DOING = """# Doing

before

- [ ] first
- [x] second
  - [ ] inner

```py
x = 1
if x:   # two  spaces
    y
```

> [!note]- Folded
> inside it

![](https://img.example.org/a%20b.png?x=1&y=2)

See [[Other]] and [here](#doing), then[^1].

| a | b |
|---|---|
| 1 | **2** |

[^1]: The words of the note below.
"""


def clipboard() -> str:
    """Return what was copied."""
    return QGuiApplication.clipboard().text()


def test_a_click_on_a_box_tells_its_line(reader: Reader) -> None:
    reader.open(DOING)
    lines: list[int] = []
    reader.panel.task_toggled.connect(lines.append)
    for number in range(3):
        reader.click(f"do:task/{number}")
        assert not reader.panel.browser.textCursor().hasSelection(), "no stain lies over the box"
    assert [DOING.split("\n")[line].strip()[:6] for line in lines] == ["- [ ] ", "- [x] ", "- [ ] "]
    assert lines == [4, 5, 6]


def test_a_box_of_a_text_that_has_gone_on_is_not_told(reader: Reader) -> None:
    """Its line may be that of another task by now."""
    reader.open(DOING)
    lines: list[int] = []
    reader.panel.task_toggled.connect(lines.append)
    later = "- [ ] one more\n\n" + DOING
    reader.workspace.text_edited.emit(LiveText(reader.note, 1_000, later))
    reader.click("do:task/0")
    assert lines == []
    reader.workspace.text_edited.emit(LiveText(reader.note, 1_001, DOING.replace("[ ] first", "[x] first")))
    reader.click("do:task/0")
    assert lines == [4], "boxes can be ticked one after another"


def test_undo_on_the_page_is_for_the_text(reader: Reader) -> None:
    reader.open(DOING)
    wanted: list[bool] = []
    reader.panel.undo_wanted.connect(wanted.append)
    QTest.keyClick(reader.panel.browser, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(
        reader.panel.browser, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    assert wanted == [False, True]


def test_the_code_is_copied_as_it_is_written(reader: Reader) -> None:
    reader.open(DOING)
    reader.click("do:copy/0")
    assert clipboard() == "x = 1\nif x:   # two  spaces\n    y"
    assert reader.panel.browser.viewport().rect().contains(reader.panel._following.copied.geometry())


def test_a_fold_is_turned_and_stays_turned_for_its_note(reader: Reader, workspace: Workspace, wait_until: Wait) -> None:
    reader.open(TEXT + DOING)
    assert "inside it" not in reader.words
    link = reader.link("do:fold/")
    browser = reader.panel.browser
    browser.verticalScrollBar().setValue(browser.verticalScrollBar().value() + reader.place_of(link.start).y() - 200)
    before = browser.verticalScrollBar().value()
    reader.click("do:fold/")
    wait_until(lambda: "inside it" in reader.words, 20)
    assert browser.verticalScrollBar().value() == before
    other = workspace.notebook.tree.create("Second", text="x").created[0]
    reader.open(DOING.replace("Folded", "Here too"), other)
    assert "inside it" not in reader.words
    reader.open(TEXT + DOING)
    assert "inside it" in reader.words
    reader.click("do:fold/")
    wait_until(lambda: "inside it" not in reader.words, 20)


def test_a_fold_keeps_the_focus_that_turned_it(reader: Reader, wait_until: Wait) -> None:
    reader.open(DOING)
    browser = reader.panel.browser
    browser.setFocus()
    wait_until(browser.hasFocus)
    browser.select_link(reader.link("do:fold/"))
    for expected in (True, False):
        QTest.keyClick(browser, Qt.Key.Key_Return)
        wait_until(lambda expected=expected: ("inside it" in reader.words) is expected, 20)
        assert "Folded" in browser.textCursor().selectedText()


def test_a_remote_image_is_asked_for(reader: Reader) -> None:
    reader.open(DOING)
    wanted: list[str] = []
    reader.panel.fetch_requested.connect(wanted.append)
    reader.click("do:fetch/")
    assert wanted == ["https://img.example.org/a%20b.png?x=1&y=2"]


@pytest.mark.parametrize("address", ["do:task/99999999999999999999", "do:copy/7", "do:task/x", "do:other/1", "do:"])
def test_an_action_that_makes_no_sense_does_nothing(reader: Reader, address: str) -> None:
    reader.open(DOING)
    QGuiApplication.clipboard().setText("as before")
    reader.panel.browser.acted.emit(address, 0)
    assert clipboard() == "as before"


def test_tab_goes_through_the_links_and_enter_follows(reader: Reader, workspace: Workspace, wait_until: Wait) -> None:
    reader.open(DOING.replace("before", "[[One]]"))
    browser = reader.panel.browser
    browser.setFocus()
    wait_until(browser.hasFocus)
    seen = []
    for _ in range(30):
        QTest.keyClick(browser, Qt.Key.Key_Tab)
        if not browser.textCursor().hasSelection():
            break
        seen.append(browser.textCursor().charFormat().anchorHref())
        assert browser.viewport().rect().contains(browser.cursorRect().center())
    kinds = [address.partition("/")[0] for address in seen]
    assert kinds == [
        "note:One", "do:task", "do:task", "do:task", "do:copy", "do:fold", "do:fetch", "https:", "note:Other", "#doing",
        "#fn-1", "#fnref-1",
    ]  # fmt: skip
    missing: list[str] = []
    workspace.missing_note.connect(lambda _source, title: missing.append(title))
    browser.select_link(reader.link("note:Other"))
    QTest.keyClick(browser, Qt.Key.Key_Backtab)
    QTest.keyClick(browser, Qt.Key.Key_Tab)
    QTest.keyClick(browser, Qt.Key.Key_Return)
    assert missing == ["Other"]


def test_tab_begins_at_what_is_seen(reader: Reader) -> None:
    reader.open(TEXT + DOING)
    browser = reader.panel.browser
    browser.verticalScrollBar().setValue(browser.verticalScrollBar().maximum())
    at = browser.cursorForPosition(QPoint(0, 0)).position()
    told: list[float] = []
    reader.panel.first_line_changed.connect(told.append)
    browser.focusNextPrevChild(True)
    assert browser.textCursor().selectionStart() >= at
    browser.select_link(reader.link("#1"))
    assert told[-1] < 3


def test_what_is_selected_is_copied_without_marks(reader: Reader) -> None:
    reader.open(DOING)
    browser = reader.panel.browser
    browser.setFocus()
    QTest.keyClick(browser, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(browser, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    words = clipboard()
    for line in ("☐ first", "☑ second", "x = 1", "if x:   # two  spaces", "See Other and here, then1."):
        assert line in words.split("\n"), words
    for mark in ("Copy", "Python", "[", "**", "\ufffc", "\u200b", "↑"):
        assert mark not in words, mark


def test_blocks_are_copied_as_markdown(reader: Reader) -> None:
    reader.open(DOING)
    browser = reader.panel.browser
    cursor = browser.textCursor()
    cursor.setPosition(reader.link("do:task/0").start + 2)
    cursor.setPosition(reader.link("do:fold/").start - 3, cursor.MoveMode.KeepAnchor)
    browser.setTextCursor(cursor)
    menu = browser.menu_at(QPoint(1, 1))
    next(entry for entry in menu.actions() if entry.text() == "Copy as Markdown").trigger()
    assert clipboard() == DOING[DOING.index("- [ ] first") : DOING.index("> [!note]")].rstrip() + "\n"


def test_words_are_found_on_the_page(reader: Reader) -> None:
    reader.open(TEXT.replace("Words of part 7.", "**Wo**rds of [part](x) 7."))
    bar, browser = reader.panel.find_bar, reader.panel.browser
    bar.open_bar()
    QTest.keyClicks(bar.field, "words of part")
    assert bar.count_label.text() == "1 of 30"
    assert len(browser.extraSelections()) == 30
    for _ in range(6):
        QTest.keyClick(bar.field, Qt.Key.Key_Return)
    assert bar.count_label.text() == "7 of 30"
    assert browser.textCursor().block().text() == "Words of part 7."
    strong = [mark for mark in browser.extraSelections() if mark.format.background().color() == theme.current().accent]
    assert [mark.cursor.block().text() for mark in strong] == ["Words of part 7."]
    assert browser.viewport().rect().contains(browser.cursorRect().center())
    QTest.keyClick(bar.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert bar.count_label.text() == "6 of 30"
    bar.case_box.click()
    assert bar.count_label.text() == "No matches"
    bar.case_box.click()
    bar.field.setText("part 1")
    assert bar.count_label.text().endswith("of 22")  # titles and words of 1 and 10 to 19
    bar.whole_box.click()
    assert bar.count_label.text().endswith("of 2")
    QTest.keyClick(bar.field, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert not browser.extraSelections()


def test_an_open_find_bar_follows_what_is_written(reader: Reader) -> None:
    reader.open(TEXT)
    bar = reader.panel.find_bar
    bar.open_bar()
    bar.field.setText("brand new")
    assert bar.count_label.text() == "No matches"
    reader.write(TEXT + "\n\nA brand new word\n")
    assert bar.count_label.text() == "1 found"


def test_a_broken_long_word_is_found(reader: Reader) -> None:
    address = "https://example.org/a/very/long/address/that/is/broken/into/lines"
    reader.open(f"See {address} there")
    bar = reader.panel.find_bar
    bar.open_bar()
    bar.field.setText("address/that/is/broken")
    assert bar.count_label.text() == "1 of 1"


def test_nothing_of_the_panel_takes_the_mouse_cursor_for_good(reader: Reader) -> None:
    reader.open(DOING)
    reader.point(QPoint(5, 5))
    assert QApplication.overrideCursor() is None


def test_the_card_of_a_remote_image_says_what_a_click_would_do(reader: Reader, workspace: Workspace) -> None:
    reader.open(DOING)
    wanted: list[str] = []
    reader.panel.fetch_requested.connect(wanted.append)
    told: list[str] = []
    workspace.link_hovered.connect(told.append)
    place = reader.place_of(reader.link("do:fetch").start) + QPoint(4, 0)
    entries = {entry.text(): entry for entry in reader.panel.browser.menu_at(place).actions()}
    entries["Fetch image"].trigger()
    entries["Copy image address"].trigger()
    address = "https://img.example.org/a%20b.png?x=1&y=2"
    assert wanted == [address]
    assert clipboard() == address
    reader.panel.browser.highlighted.emit(QUrl("do:fetch/" + quote(address, safe="")))
    assert told == [address], "the bottom line names the place"
