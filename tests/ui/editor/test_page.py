"""The page paints what changed, and all that moved with it."""

import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPaintEvent, QTextCursor, QTextOption
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.ui import theme
from desktop.ui.editor.fidelity import LONG_WORD, new_document
from desktop.ui.editor.page import PageEdit


class Watched(PageEdit):
    """Remembers what it painted."""

    painted: list[QRect]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint, and remember where."""
        self.painted.append(QRect(event.rect()))
        super().paintEvent(event)


@pytest.fixture
def page(app: object) -> Iterator[Watched]:
    theme.load_fonts()
    theme.apply("light")
    Watched.painted = []
    made = Watched()
    made.resize(400, 600)
    made.show()
    made.setFocus()
    yield made
    made.close()
    made.deleteLater()


def type_at(page: Watched, position: int, text: str) -> list[QRect]:
    """Put text at a position, and return what was painted for it."""
    cursor = QTextCursor(page.document())
    cursor.setPosition(position)
    page.setTextCursor(cursor)
    QTest.qWait(30)
    page.painted.clear()
    page.insertPlainText(text)
    QTest.qWait(30)
    return page.painted


@pytest.mark.parametrize(
    ("line", "text"),
    [("# Title", "Z"), ("Title", "# "), ("**bold** " + "word " * 8, "words that make other rows " * 3)],
)
def test_a_line_that_grows_or_shrinks_moves_what_is_below(page: Watched, line: str, text: str) -> None:
    page.setPlainText(f"{line}\n\nbelow\n\nlast")
    QTest.qWait(30)
    height = page.blockBoundingRect(page.document().firstBlock()).height()
    painted = type_at(page, 0, text)
    assert page.blockBoundingRect(page.document().firstBlock()).height() != height
    assert any(rect.top() <= 20 and rect.bottom() >= page.viewport().height() - 1 for rect in painted)


def test_a_line_as_high_as_before_is_painted_alone(page: Watched) -> None:
    page.setPlainText("**bold** words\n\nbelow\n\nlast")
    QTest.keyClick(page, Qt.Key.Key_Down)
    type_at(page, 3, "a")
    painted = type_at(page, 3, "b")
    assert painted
    assert all(rect.height() < page.viewport().height() / 2 for rect in painted)


def test_the_line_of_the_cursor_is_tinted_though_its_layout_was_thrown_away(page: Watched) -> None:
    page.setPlainText("one\ntwo [[three]]")
    page.moveCursor(QTextCursor.MoveOperation.End)
    QTest.qWait(30)
    page.textCursor().block().layout().clearLayout()  # as new colours do
    tint = page._line_under_cursor()
    assert tint.height() > 10
    shown = page.viewport().grab().toImage()
    assert shown.pixelColor(tint.right() - 20, tint.center().y()) == theme.current().current_line


def test_a_long_word_is_broken_anywhere_and_other_notes_between_words(page: Watched) -> None:
    anywhere, usual = QTextOption.WrapMode.WrapAnywhere, QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
    short, long = new_document(page), new_document(page)
    short.setPlainText("words " * LONG_WORD)
    page.show_document(short)
    assert short.defaultTextOption().wrapMode() == usual
    begin = time.process_time()
    page.show_document(long)
    page.insertPlainText("words " + "a" * 150_000)
    page.insertPlainText("b")
    page.show_document(short)
    page.show_document(long)
    assert time.process_time() - begin < 4  # broken between words it takes 10 s
    assert (short.defaultTextOption().wrapMode(), long.defaultTextOption().wrapMode()) == (usual, anywhere)
    page.selectAll()
    page.insertPlainText("words " * LONG_WORD)
    assert long.defaultTextOption().wrapMode() == usual


def test_a_scroll_bar_that_comes_does_not_narrow_the_column(page: Watched) -> None:
    page.setPlainText("short")
    QTest.qWait(30)
    before = page.viewport().geometry()
    page.setPlainText("long\n" * 500)
    QTest.qWait(30)
    assert page.verticalScrollBar().isVisible()
    assert page.viewport().geometry() == before


def test_colours_do_not_push_the_end_out_of_view(page: Watched) -> None:
    """A line over `---` becomes a large heading when it is seen: the last line must not leave the view for it."""
    page.setPlainText("words\n---\n" * 400)
    QApplication.processEvents()
    page.moveCursor(QTextCursor.MoveOperation.End)
    for letter in " end":
        for _ in range(4):
            QApplication.processEvents()
        assert page.cursorRect().bottom() <= page.viewport().height()
        QTest.keyClicks(page, letter)
