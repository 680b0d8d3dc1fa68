"""Folding hides lines and loses none."""

import random
import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.ui.editor.fidelity import new_document, shown_text
from desktop.ui.editor.folding.fold_ranges import ranges
from desktop.ui.editor.text_edit import MarkdownEdit

TEXT = """---
title: T
---
# One

alpha
## Inner

beta 😀

```python
# no heading
b
c
d
e
f
g
```

# Two

gamma
"""


@pytest.fixture
def edit(app: object) -> Iterator[MarkdownEdit]:
    made = MarkdownEdit()
    made.resize(500, 700)
    show(made, TEXT)
    made.show()
    made.setFocus()
    QApplication.processEvents()
    yield made
    made.close()
    made.deleteLater()


def show(edit: MarkdownEdit, text: str) -> None:
    document = new_document(edit)
    document.setPlainText(text)
    edit.show_document(document)


def go(edit: MarkdownEdit, line: int, column: int = 0) -> None:
    cursor = edit.textCursor()
    cursor.setPosition(edit.document().findBlockByNumber(line).position() + column)
    edit.setTextCursor(cursor)


def shown(edit: MarkdownEdit) -> list[str]:
    lines, block = [], edit.document().firstBlock()
    while block.isValid():
        if block.isVisible():
            lines.append(block.text())
        block = block.next()
    return lines


def press(edit: MarkdownEdit, key: Qt.Key, text: str = "") -> None:
    QApplication.sendEvent(edit, QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, text))


def test_what_can_be_folded() -> None:
    found = dict(ranges(TEXT.split("\n"), front=True))
    assert found == {0: 2, 3: 18, 6: 18, 10: 18, 20: 22}
    assert dict(ranges(["Title", "=====", "", "words", "", "Next", "---", "x"], front=True)) == {0: 7, 5: 7}
    assert dict(ranges(["```", "# a", "```", "# empty", "", "# b"], front=False)) == {}
    assert dict(ranges(["- item", "---", "text"], front=False)) == {}


def test_a_section_folds_and_opens_and_the_text_stays(edit: MarkdownEdit) -> None:
    whole = shown(edit)
    go(edit, 5)
    edit.folding.fold()
    assert shown(edit) == ["---", "title: T", "---", "# One", "", "# Two", "", "gamma", ""]
    assert edit.textCursor().block().text() == "# One"
    assert shown_text(edit.document()) == TEXT
    assert not edit.document().isUndoAvailable()
    QApplication.processEvents()
    below = edit.document().findBlockByNumber(20)
    assert edit.blockBoundingGeometry(below).top() < edit.viewport().height() / 2
    edit.folding.unfold()
    assert shown(edit) == whole


def test_folding_goes_outwards_and_inner_folds_stay(edit: MarkdownEdit) -> None:
    go(edit, 8)
    edit.folding.fold()
    assert edit.textCursor().block().text() == "## Inner"
    edit.folding.fold()
    assert edit.textCursor().block().text() == "# One"
    edit.folding.unfold()
    assert shown(edit)[3:8] == ["# One", "", "alpha", "## Inner", ""]
    assert "```python" not in shown(edit)


def test_all_at_once(edit: MarkdownEdit) -> None:
    whole = shown(edit)
    go(edit, 22)
    edit.folding.fold_all()
    assert shown(edit) == ["---", "# One", "", "# Two", ""]
    assert edit.textCursor().block().text() == "# Two"
    edit.folding.unfold_all()
    assert shown(edit) == whole
    assert not edit.folding.active


def test_a_rule_at_the_head_hides_nothing(edit: MarkdownEdit) -> None:
    show(edit, "---\n\n# One\n\nalpha\n")
    QApplication.processEvents()
    edit.folding.fold_all()
    assert shown(edit) == ["---", "", "# One", ""]


def test_what_is_gone_to_is_opened(edit: MarkdownEdit) -> None:
    edit.folding.fold_all()
    go(edit, 8)
    assert edit.textCursor().block().isVisible()
    assert "# no heading" not in shown(edit)  # the fence inside stays folded
    go(edit, 14)
    assert edit.textCursor().block().isVisible()


def test_arrows_step_over_a_fold(edit: MarkdownEdit) -> None:
    go(edit, 3, 5)
    edit.folding.fold()
    press(edit, Qt.Key.Key_Right)
    assert edit.textCursor().blockNumber() == 19
    press(edit, Qt.Key.Key_Left)
    assert edit.textCursor().blockNumber() == 3
    assert edit.textCursor().atBlockEnd()
    press(edit, Qt.Key.Key_Down)
    assert edit.textCursor().blockNumber() == 19
    assert edit.folding.active


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Delete])
def test_editing_at_the_edge_of_a_fold_opens_it(edit: MarkdownEdit, key: Qt.Key) -> None:
    go(edit, 3, 5)
    edit.folding.fold()
    before = len(shown_text(edit.document()))
    press(edit, key, "\r" if key == Qt.Key.Key_Return else "")
    assert not edit.folding.active
    assert len(shown_text(edit.document())) - before == (1 if key == Qt.Key.Key_Return else -1)
    assert len(shown(edit)) == edit.document().blockCount()


def test_backspace_below_a_fold_opens_it(edit: MarkdownEdit) -> None:
    go(edit, 3)
    edit.folding.fold()
    go(edit, 19)
    press(edit, Qt.Key.Key_Backspace)
    assert not edit.folding.active
    assert len(shown(edit)) == edit.document().blockCount()


def test_typing_in_a_folded_heading_keeps_it_folded_while_it_is_one(edit: MarkdownEdit) -> None:
    go(edit, 3, 3)
    edit.folding.fold()
    go(edit, 3, 3)
    press(edit, Qt.Key.Key_X, "x")
    assert edit.folding.active
    go(edit, 3, 0)
    press(edit, Qt.Key.Key_X, "x")  # "x# Oxne" is no heading
    assert not edit.folding.active
    assert len(shown(edit)) == edit.document().blockCount()


@pytest.mark.parametrize("seed", range(25))
def test_no_edit_leaves_lines_hidden_without_a_head(edit: MarkdownEdit, seed: int) -> None:
    dice = random.Random(seed)
    show(edit, TEXT)
    document = edit.document()
    kept = TEXT
    for _ in range(20):
        step = dice.random()
        if step < 0.4:
            go(edit, dice.randrange(document.blockCount()))
            dice.choice([edit.folding.fold, edit.folding.fold_all, edit.folding.unfold])()
        elif step < 0.5:
            document.undo()
            kept = shown_text(document)
        else:
            cursor = QTextCursor(document)
            start = dice.randint(0, len(kept.encode("utf-16-le")) // 2 - 1)
            cursor.setPosition(start)
            if dice.random() < 0.5:
                cursor.setPosition(min(document.characterCount() - 1, start + dice.choice([1, 9, 60])),
                                   QTextCursor.MoveMode.KeepAnchor)  # fmt: skip
            cursor.insertText(dice.choice(["", "x", "\n", "# new\n\nwords\n", "```\n"]))
            kept = shown_text(document)
        assert shown_text(document) == kept
        QApplication.processEvents()
        block = document.firstBlock()
        assert block.isVisible()
        while block.isValid():
            if edit.folding.is_folded(block):
                assert any(head.block() == block for head in edit.folding._heads[document]), block.text()
            assert (block.lineCount() > 0) == block.isVisible()
            block = block.next()
    edit.folding.unfold_all()
    assert len(shown(edit)) == document.blockCount()


def test_folds_stay_with_their_document(edit: MarkdownEdit) -> None:
    first = edit.document()
    go(edit, 3)
    edit.folding.fold()
    show(edit, "# Other\n\ntext\n")
    assert not edit.folding.active
    edit.show_document(first)
    assert edit.folding.active
    assert "alpha" not in shown(edit)


def test_a_click_in_the_margin_folds_and_on_the_dots_opens(edit: MarkdownEdit) -> None:
    top = round(edit.blockBoundingGeometry(edit.document().findBlockByNumber(3)).translated(edit.contentOffset()).top())
    place = QPoint(8, top + 10)
    QTest.mouseMove(edit.viewport(), place)
    QTest.mouseClick(edit.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert edit.folding.active
    edit.viewport().grab()
    dots, line = edit.fold_marks._more[0]
    assert line == 3
    QTest.mouseClick(edit.viewport(), Qt.MouseButton.LeftButton, pos=dots.center().toPoint())
    assert not edit.folding.active
    QTest.mouseClick(edit.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(8, top + 60))  # beside plain text
    assert not edit.folding.active


def test_a_long_text_folds_at_once_and_paints_only_what_is_seen(edit: MarkdownEdit) -> None:
    show(edit, "# Whole\n\n" + "## Part\n\nwords and words\n\n" * 15_000)
    QApplication.processEvents()
    start = time.process_time()
    edit.folding.fold_all()
    QApplication.processEvents()
    assert time.process_time() - start < 3.0
    go(edit, 0)
    start = time.process_time()
    edit.viewport().repaint()
    assert time.process_time() - start < 0.1
    assert len(shown(edit)) < 5
