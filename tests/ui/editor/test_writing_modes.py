"""Focus, typewriter, column, wheel: how the page looks while one writes."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.ui import theme
from desktop.ui.editor.fidelity import new_document
from desktop.ui.editor.focus_mode import paragraph_around, sentence_around
from desktop.ui.editor.text_edit import MarkdownEdit


@pytest.fixture
def edit(app: object) -> Iterator[MarkdownEdit]:
    theme.load_fonts()
    theme.apply("light")
    made = MarkdownEdit()
    made.resize(900, 600)
    made.show()
    yield made
    made.close()
    made.deleteLater()


def show(edit: MarkdownEdit, text: str, line: int = 0, column: int = 0) -> None:
    document = new_document(edit)
    document.setPlainText(text)
    edit.show_document(document)
    go(edit, line, column)


def go(edit: MarkdownEdit, line: int, column: int = 0) -> None:
    cursor = edit.textCursor()
    cursor.setPosition(edit.document().findBlockByNumber(line).position() + column)
    edit.setTextCursor(cursor)
    QApplication.processEvents()


def darkest(edit: MarkdownEdit, line: int) -> int:
    """Return how dark the darkest pixel of a line's row is, 0 for black."""
    picture: QImage = edit.viewport().grab().toImage()
    block = edit.document().findBlockByNumber(line)
    area = edit.blockBoundingGeometry(block).translated(edit.contentOffset()).toRect() & picture.rect()
    rows = range(area.top() + 2, area.bottom() - 2)
    return min(picture.pixelColor(x, y).lightness() for x in range(16, 200) for y in rows)


def lines_around(edit: MarkdownEdit, line: int) -> tuple[int, int]:
    first, last = paragraph_around(edit.document().findBlockByNumber(line))
    return first.blockNumber(), last.blockNumber()


def test_what_a_paragraph_is(edit: MarkdownEdit) -> None:
    show(edit, "# Head\none\ntwo\n\n- item\n  more\n- other\n\n> quote\n> on")
    assert lines_around(edit, 0) == (0, 0)
    assert lines_around(edit, 2) == (1, 2)
    assert lines_around(edit, 3) == (3, 3)
    assert lines_around(edit, 5) == (4, 5)
    assert lines_around(edit, 8) == (8, 9)


@pytest.mark.parametrize(
    ("line", "position", "expected"),
    [
        ("One. Two! Three", 6, "Two! "),
        ("Раз. Два? «Три» — да.", 5, "Два? "),
        ("😀 Раз. Два", 9, "Два"),
        ("т. е. без точки", 12, "т. е. без точки"),
        ("Only", 4, "Only"),
        ("", 0, ""),
    ],
)
def test_what_a_sentence_is(line: str, position: int, expected: str) -> None:
    start, end = sentence_around(line, position)
    assert line.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le") == expected


def test_all_but_the_paragraph_steps_back(edit: MarkdownEdit) -> None:
    show(edit, "first words\n\nsecond words\n\nthird words", 2)
    clear = darkest(edit, 0)
    edit.focus_mode.set_mode("paragraph")
    assert darkest(edit, 0) > clear + 80
    assert darkest(edit, 4) > clear + 80
    assert darkest(edit, 2) < clear + 20
    go(edit, 4)
    assert darkest(edit, 2) > clear + 80
    assert darkest(edit, 4) < clear + 20
    edit.focus_mode.set_mode("")
    assert darkest(edit, 0) < clear + 20


def test_all_but_the_sentence_steps_back(edit: MarkdownEdit) -> None:
    edit.set_column(50)
    show(edit, "Here is the first sentence of it. " + "And then a second one comes. " * 6, 0, 3)
    edit.focus_mode.set_mode("sentence")
    layout = edit.document().firstBlock().layout()
    picture = edit.viewport().grab().toImage()

    def dark(line: int, left: int, right: int) -> int:
        row = layout.lineAt(line)
        rows = range(int(16 + row.y()) + 2, int(16 + row.y() + row.height()) - 2)
        return min(picture.pixelColor(x, y).lightness() for x in range(left, right) for y in rows)

    end = int(16 + layout.lineAt(0).cursorToX(33)[0])
    assert dark(0, 20, end - 20) < 80
    assert dark(0, end + 10, end + 60) > 130
    assert dark(1, 20, 200) > 130


def test_a_key_in_the_paragraph_repaints_nothing_else(edit: MarkdownEdit) -> None:
    show(edit, "first words\n\nsecond words\n\nthird words", 2, 6)
    edit.focus_mode.set_mode("paragraph")
    QTest.qWait(20)
    edit.insertPlainText("x")
    assert darkest(edit, 0) > 100


def test_the_line_that_is_written_stays_in_the_middle(edit: MarkdownEdit) -> None:
    show(edit, "\n".join(f"line {number}" for number in range(200)), 100)
    edit.typewriter.set_on(True)
    middle = edit.viewport().height() / 2
    for line in (100, 101, 150, 199):
        go(edit, line)
        assert abs(edit.cursorRect().center().y() - middle) < 40
    edit.insertPlainText("\nmore")
    QApplication.processEvents()
    assert abs(edit.cursorRect().center().y() - middle) < 40
    edit.typewriter.set_on(False)
    go(edit, 198)
    assert abs(edit.cursorRect().center().y() - middle) > 40


def test_the_column_is_as_wide_as_asked(edit: MarkdownEdit) -> None:
    show(edit, "word " * 200)
    widths = []
    for characters in (50, 80, 0):
        edit.set_column(characters)
        QApplication.processEvents()
        widths.append(edit.viewport().width())
    assert widths[0] < widths[1] < widths[2]
    assert widths[2] > edit.width() - 40


def test_the_wheel_with_control_asks_for_another_size(edit: MarkdownEdit) -> None:
    told: list[int] = []
    edit.zoomed.connect(told.append)
    for delta in (120, -60, -60, -120):
        point = QPointF(100, 100)
        turn = QWheelEvent(
            point, point, QPoint(), QPoint(0, delta), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.ControlModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(edit.viewport(), turn)
    assert told == [1, -1, -1]
