"""Find on the page: what is looked for is what one reads there, without the markup."""

import re
from bisect import bisect_left

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QToolButton

from desktop.core.page.line_breaks import BREAK, HYPHEN
from desktop.ui.preview.browser import Browser
from desktop.ui.preview.marking import Span, WordMarks, spans_of
from desktop.ui.preview.scrolling import Scrolling

MOST_WORDS = 200  # characters that are looked for
FIELD_WIDTH = 64  # pixels at the least


def pattern_for(words: str, case: bool, whole: bool) -> "re.Pattern[str]":
    """Return what finds the words on a page, where a long word may be broken and a space may be a fixed one."""
    letters = [r"[ \u00a0]" if letter in " \u00a0" else re.escape(letter) for letter in words[:MOST_WORDS]]
    pattern = f"[{BREAK}{HYPHEN}]?".join(letters)
    if whole:
        pattern = rf"(?<!\w){pattern}(?!\w)"
    return re.compile(pattern, 0 if case else re.IGNORECASE)


class PageFindBar(QFrame):
    """A bar under the page with a field and the count."""

    closed = Signal()

    def __init__(self, browser: Browser, marks: WordMarks, scrolling: Scrolling) -> None:
        super().__init__()
        self._browser = browser
        self._marks = marks
        self._scrolling = scrolling
        self._spans: list[Span] = []
        self._here: Span | None = None  # the match that was gone to
        self.setObjectName("findBar")
        # Opening the bar never moves the splitter between the text and its preview.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.field = QLineEdit(placeholderText=self.tr("Find in preview"))
        self.field.setAccessibleName(self.tr("Find in preview"))
        self.count_label = QLabel()
        self.count_label.setAccessibleName(self.tr("Matches"))
        self.count_label.setMinimumWidth(self.fontMetrics().horizontalAdvance("00 of 000 "))
        self.field.setMinimumWidth(FIELD_WIDTH)
        self.case_box = self._choice("Aa", self.tr("Match case"))
        self.whole_box = self._choice("ab", self.tr("Whole words"))
        font = QFont(self.whole_box.font())
        font.setUnderline(True)
        self.whole_box.setFont(font)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(2)
        row.addWidget(self.field, 1)  # the order is that of the editor's bar
        row.addSpacing(6)
        row.addWidget(self.case_box)
        row.addWidget(self.whole_box)
        row.addSpacing(6)
        row.addWidget(self.count_label)
        row.addWidget(self._tool("‹", self.tr("Previous match"), self.find_previous))
        row.addWidget(self._tool("›", self.tr("Next match"), self.find_next))
        row.addWidget(self._tool("×", self.tr("Close find bar"), self.close_bar))
        self.field.textChanged.connect(self._on_words_changed)
        for box in (self.case_box, self.whole_box):
            box.toggled.connect(self._on_words_changed)
        self.field.installEventFilter(self)
        self.hide()

    def open_bar(self) -> None:
        """Show the bar with the selected words, ready to type."""
        selected = self._browser.textCursor().selectedText().replace(BREAK, "").replace(HYPHEN, "")
        self.show()
        self._here = None
        if selected and "\u2029" not in selected and "\ufffc" not in selected and len(selected) < MOST_WORDS:
            self.field.setText(selected)
        self.field.setFocus()
        self.field.selectAll()
        self.refresh()

    def close_bar(self) -> None:
        """Hide the bar and go back to the page; the match that was gone to stays selected."""
        self.hide()
        self._marks.mark([])
        if self._here in self._spans:
            self._browser.setTextCursor(self._cursor(*self._here))
        self._here = None
        self._browser.setFocus()
        self.closed.emit()

    def find_next(self) -> None:
        """Go to the next match, from the top again after the last."""
        self._step(1)

    def find_previous(self) -> None:
        """Go to the match before, from the end again before the first."""
        self._step(-1)

    def refresh(self) -> None:
        """Look anew on a page that changed."""
        if self.isHidden():
            return
        words = self.field.text()
        self._spans = []
        if words:
            pattern = pattern_for(words, self.case_box.isChecked(), self.whole_box.isChecked())
            self._spans = spans_of(self._browser.document().toRawText(), pattern)
        self._show()

    def _show(self) -> None:
        at = bisect_left(self._spans, self._here) if self._here is not None else len(self._spans)
        current = at if at < len(self._spans) and self._spans[at] == self._here else -1
        self._marks.mark(self._spans, current)
        if not self.field.text():
            self.count_label.clear()
        elif not self._spans:
            self.count_label.setText(self.tr("No matches"))
        elif current >= 0:
            self.count_label.setText(self.tr("{0} of {1}").format(current + 1, len(self._spans)))
        else:
            self.count_label.setText(self.tr("{0} found").format(len(self._spans)))

    def _on_words_changed(self) -> None:
        """Show the first match from what is seen on, as one types."""
        self.refresh()
        if self._spans:
            cursor = self._browser.textCursor()
            start = self._here[0] if self._here is not None else cursor.selectionStart()
            cursor.setPosition(start)
            if not self._browser.viewport().rect().intersects(self._browser.cursorRect(cursor)):
                start = self._browser.cursorForPosition(self._browser.viewport().rect().topLeft()).position()
            self._go_to(bisect_left(self._spans, (start, 0)) % len(self._spans))

    def _step(self, step: int) -> None:
        self.refresh()
        if not self._spans:
            return
        cursor = self._browser.textCursor()
        here = self._here or (cursor.selectionStart(), cursor.selectionEnd())
        at = bisect_left(self._spans, (here[1], -1)) if step > 0 else bisect_left(self._spans, (here[0], -1)) - 1
        self._go_to(at % len(self._spans))

    def _go_to(self, index: int) -> None:
        start, _end = self._here = self._spans[index]
        before = self._browser.verticalScrollBar().value()
        self._marks.mark(self._spans, index)
        self._marks.show_current()  # first: Qt would scroll no further than to the edge
        self._browser.setTextCursor(self._cursor(start, start))  # a selection would hide the mark
        self._show()
        if self._browser.verticalScrollBar().value() != before:
            self._scrolling.tell()

    def _cursor(self, start: int, end: int) -> QTextCursor:
        cursor = QTextCursor(self._browser.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _choice(self, sign: str, name: str) -> QToolButton:
        """Return a button that stays down, with a sign for words: the bar must fit in half of a small window."""
        button = QToolButton()
        button.setText(sign)
        button.setStyleSheet("padding: 4px 5px;")
        button.setCheckable(True)
        button.setToolTip(name)
        button.setAccessibleName(name)
        return button

    def _tool(self, sign: str, name: str, action: object) -> QToolButton:
        button = QToolButton()
        button.setText(sign)
        button.setStyleSheet("padding: 4px 5px;")
        button.setToolTip(name)
        button.setAccessibleName(name)
        button.clicked.connect(action)
        return button

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter finds, Escape closes."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self.close_bar()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                (self.find_previous if shifted else self.find_next)()
                return True
        return super().eventFilter(watched, event)
