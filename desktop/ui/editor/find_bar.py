"""Find and replace in the open note."""

import re
from bisect import bisect_left

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QTextEdit,
    QToolButton,
    QWidget,
)

from desktop.ui import theme
from desktop.ui.editor.fidelity import Utf16Map, shown_text
from desktop.ui.editor.text_edit import MarkdownEdit

_DELAY_MS = 80  # after an edit before matches are looked for again
_FIELD_WIDTH = 110  # pixels at the least
_MOST = 100_000  # matches that are counted
_PAINTED = 1_000  # matches that are marked at once, around what is seen

Span = tuple[int, int]


def find_spans(text: str, words: str, case: bool, whole: bool) -> list[Span]:
    """Return where the words stand, as offsets; letters of either case unless `case`."""
    if not words:
        return []
    pattern = re.escape(words)
    if whole:
        pattern = rf"(?<!\w){pattern}(?!\w)"
    found = []
    for match in re.finditer(pattern, text, 0 if case else re.IGNORECASE):
        found.append(match.span())
        if len(found) == _MOST:
            break
    return found


class Marks(QObject):
    """Marks spans of the document; only those around what is seen are given to Qt."""

    def __init__(self, edit: MarkdownEdit) -> None:
        super().__init__(edit)
        self._edit = edit
        self._spans: list[Span] = []
        self._starts: list[int] = []
        self._current = -1
        edit.verticalScrollBar().valueChanged.connect(self.refresh)
        theme.notifier().changed.connect(self.refresh)

    def set(self, spans: list[Span], current: int = -1) -> None:
        """Mark these positions (ascending), and no others; the one that starts at `current` stands out."""
        if spans or self._spans:
            self._spans = spans
            self._current = current
            self._starts = [start for start, _end in spans]
            self.refresh()

    def refresh(self) -> None:
        """Mark what is seen."""
        if not self._spans:
            self._edit.setExtraSelections([])
            return
        top = self._edit.cursorForPosition(self._edit.viewport().rect().topLeft()).position()
        first = bisect_left(self._starts, top)
        style, strong = QTextCharFormat(), QTextCharFormat()
        style.setBackground(theme.current().mark)
        strong.setBackground(theme.current().accent)
        strong.setForeground(theme.current().on_accent)
        limit = self._edit.document().characterCount() - 1
        marks = []
        for start, end in self._spans[max(0, first - 50) : first + _PAINTED]:
            mark = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self._edit.document())
            cursor.setPosition(min(start, limit))
            cursor.setPosition(min(end, limit), QTextCursor.MoveMode.KeepAnchor)
            mark.cursor = cursor
            mark.format = strong if start == self._current else style
            marks.append(mark)
        self._edit.setExtraSelections(marks)


class FindBar(QFrame):
    """A bar with a field, the count, and the replacement."""

    closed = Signal()

    def __init__(self, edit: MarkdownEdit, marks: Marks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edit = edit
        self._marks = marks
        self._spans: list[Span] = []  # positions in the document
        self.setObjectName("findBar")
        # Opening the bar never moves the splitter between the text and its preview.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._make_widgets()
        self._later = QTimer(self, singleShot=True, interval=_DELAY_MS)
        self._later.timeout.connect(self._look)
        edit.textChanged.connect(self._on_text_changed)
        self.hide()

    def _make_widgets(self) -> None:
        self.find_field = QLineEdit(placeholderText=self.tr("Find in note"), clearButtonEnabled=True)
        self.find_field.setAccessibleName(self.tr("Find in note"))
        self.replace_field = QLineEdit(placeholderText=self.tr("Replace with"))
        self.replace_field.setAccessibleName(self.tr("Replace with"))
        self.count_label = QLabel()
        self.count_label.setAccessibleName(self.tr("Matches"))
        self.count_label.setMinimumWidth(self.fontMetrics().horizontalAdvance("00 of 000 "))
        self.case_box = self._box(self.tr("Case"), self.tr("Match case"))
        self.whole_box = self._box(self.tr("Words"), self.tr("Whole words"))
        self.replace_button = QPushButton(self.tr("Replace"))
        self.replace_all_button = QPushButton(self.tr("Replace all"))
        for button in (self.replace_button, self.replace_all_button):
            button.setAccessibleName(button.text())
        previous = self._tool("‹", self.tr("Previous match"), self.find_previous)
        following = self._tool("›", self.tr("Next match"), self.find_next)
        close = self._tool("×", self.tr("Close find bar"), self.close_bar)
        top = QHBoxLayout()
        top.setSpacing(4)
        for widget in (self.count_label, previous, following, self.case_box, self.whole_box):
            top.addWidget(widget)
        top.addStretch(1)
        top.addWidget(close)
        self._replace_row = QWidget()
        bottom = QHBoxLayout(self._replace_row)
        bottom.setContentsMargins(0, 0, 0, 0)
        bottom.addWidget(self.replace_button)
        bottom.addWidget(self.replace_all_button)
        bottom.addStretch(1)
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 8, 8, 8)
        grid.addWidget(self.find_field, 0, 0)
        grid.addLayout(top, 0, 1)
        grid.addWidget(self.replace_field, 1, 0)
        grid.addWidget(self._replace_row, 1, 1)
        grid.setColumnMinimumWidth(0, _FIELD_WIDTH)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        self.find_field.textChanged.connect(self._on_words_changed)
        for box in (self.case_box, self.whole_box):
            box.toggled.connect(self._look)
        self.replace_button.clicked.connect(self.replace_one)
        self.replace_all_button.clicked.connect(self.replace_all)
        for field in (self.find_field, self.replace_field):
            field.installEventFilter(self)

    def _box(self, text: str, name: str) -> QCheckBox:
        """Return a check box with a short text: the bar must fit in half of a split view."""
        box = QCheckBox(text)
        box.setToolTip(name)
        box.setAccessibleName(name)
        return box

    def _tool(self, sign: str, name: str, action: object) -> QToolButton:
        button = QToolButton()
        button.setText(sign)
        button.setToolTip(name)
        button.setAccessibleName(name)
        button.clicked.connect(action)
        return button

    # --- what actions call -------------------------------------------------------------------------------

    def open_bar(self, replace: bool = False) -> None:
        """Show the bar with the selected words, ready to type."""
        selected = self._edit.textCursor().selectedText()
        if selected and "\u2029" not in selected and len(selected) < 200:
            self.find_field.setText(selected)
        self.replace_field.setVisible(replace)
        self._replace_row.setVisible(replace)
        self.show()
        self.find_field.setFocus()
        self.find_field.selectAll()
        self._look()

    def close_bar(self) -> None:
        """Hide the bar and go back to the text."""
        self.hide()
        self._marks.set([])
        self._edit.setFocus()
        self.closed.emit()

    def find_next(self) -> None:
        """Select the next match, from the top again after the last."""
        self._step(1)

    def find_previous(self) -> None:
        """Select the match before, from the end again before the first."""
        self._step(-1)

    def replace_one(self) -> None:
        """Replace the selected match, and select the next."""
        self._look()
        cursor = self._edit.textCursor()
        if (cursor.selectionStart(), cursor.selectionEnd()) in self._spans:
            cursor.insertText(self.replace_field.text())
            self._look()
        self.find_next()

    def replace_all(self) -> None:
        """Replace every match in one step of undo."""
        text = shown_text(self._edit.document())
        spans = find_spans(text, self.find_field.text(), self.case_box.isChecked(), self.whole_box.isChecked())
        if not spans:
            return
        new: list[str] = []
        done = spans[0][0]
        for start, end in spans:
            new += (text[done:start], self.replace_field.text())
            done = end
        to_qt = Utf16Map(text).to_qt
        cursor = QTextCursor(self._edit.document())
        cursor.setPosition(to_qt(spans[0][0]))
        cursor.setPosition(to_qt(spans[-1][1]), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText("".join(new))
        self._look()
        self.count_label.setText(self.tr("{0} replaced").format(len(spans)))

    # --- matches -----------------------------------------------------------------------------------------

    def _look(self) -> None:
        """Find all matches anew."""
        self._later.stop()
        if not self.isVisible() and not self.find_field.text():
            return
        text = shown_text(self._edit.document())
        to_qt = Utf16Map(text).to_qt
        spans = find_spans(text, self.find_field.text(), self.case_box.isChecked(), self.whole_box.isChecked())
        self._spans = [(to_qt(start), to_qt(end)) for start, end in spans]
        self._marks.set(self._spans if self.isVisible() else [])
        self._show_count()

    def _show_count(self) -> None:
        words, total = self.find_field.text(), len(self._spans)
        cursor = self._edit.textCursor()
        here = (cursor.selectionStart(), cursor.selectionEnd())
        at = bisect_left(self._spans, here)
        if not words:
            self.count_label.clear()
        elif not total:
            self.count_label.setText(self.tr("No matches"))
        elif at < total and self._spans[at] == here:
            self.count_label.setText(self.tr("{0} of {1}").format(at + 1, total))
        else:
            self.count_label.setText(self.tr("{0} found").format(total))

    def _on_words_changed(self) -> None:
        """Show the first match from where the cursor stands, as one types."""
        self._look()
        if self._spans:
            start = self._edit.textCursor().selectionStart()
            self._select(bisect_left(self._spans, (start, 0)) % len(self._spans))

    def _on_text_changed(self) -> None:
        if self.isVisible():
            self._later.start()

    def _step(self, step: int) -> None:
        self._look()
        if not self._spans:
            return
        cursor = self._edit.textCursor()
        if step > 0:
            at = bisect_left(self._spans, (cursor.selectionEnd(), -1))
        else:
            at = bisect_left(self._spans, (cursor.selectionStart(), -1)) - 1
        self._select(at % len(self._spans))

    def _select(self, index: int) -> None:
        start, end = self._spans[index]
        cursor = self._edit.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self._edit.setTextCursor(cursor)
        if not self._edit.viewport().rect().contains(self._edit.cursorRect()):
            self._edit.centerCursor()
        self._show_count()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter finds or replaces, Escape closes."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            if event.key() == Qt.Key.Key_Escape:
                self.close_bar()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if watched is self.replace_field:
                    self.replace_one()
                elif shifted:
                    self.find_previous()
                else:
                    self.find_next()
                return True
        return super().eventFilter(watched, event)
