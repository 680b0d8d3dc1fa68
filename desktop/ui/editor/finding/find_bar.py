"""The bar under the text: what to find, how many there are, and what to put in its place."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QKeyEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from desktop.ui import theme
from desktop.ui.editor.finding.find import BAD, SLOW, Query
from desktop.ui.editor.finding.finder import Finder
from desktop.ui.editor.finding.marks import Marks
from desktop.ui.editor.text_edit import MarkdownEdit

_DELAY_MS = 80  # after an edit before matches are looked for again
_NARROW = 640  # pixels of the bar, below which the choices have a row of their own
_REMEMBERED = 30  # needles
_LONGEST_SELECTION = 200  # characters of a selection that is taken as what to find
_RUSSIAN = {"с": "C", "ц": "W", "к": "R", "ы": "S"}  # the same keys on a Russian keyboard


class FindBar(QFrame):
    """Shows what a Finder finds, and steps from match to match."""

    closed = Signal()

    def __init__(self, edit: MarkdownEdit, marks: Marks, finder: Finder, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edit = edit
        self._marks = marks
        self._finder = finder
        self._needles: list[str] = []  # newest last
        self._recalled = 0  # steps back into them
        self._replaced = -1
        self.setObjectName("findBar")
        # Opening the bar never moves the splitter between the text and its preview.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._make_widgets()
        self._lay_out()
        self._later = QTimer(self, singleShot=True, interval=_DELAY_MS)
        self._later.timeout.connect(self._look)
        self._settled = QTimer(self, singleShot=True, interval=0)
        self._settled.timeout.connect(self._come_into_view)
        edit.textChanged.connect(self._on_text_changed)
        finder.found.connect(self._on_found)
        theme.notifier().changed.connect(self._dress)
        self._dress()
        self.hide()

    def _make_widgets(self) -> None:
        self.find_field = QLineEdit(placeholderText=self.tr("Find in note"), clearButtonEnabled=True)
        self.find_field.setAccessibleName(self.tr("Find in note"))
        self.find_field.setToolTip(self.tr("Up and Down bring back what was looked for before"))
        self.replace_field = QLineEdit(placeholderText=self.tr("Replace with"))
        self.replace_field.setAccessibleName(self.tr("Replace with"))
        self.count_label = QLabel()
        self.count_label.setAccessibleName(self.tr("Matches"))
        self.count_label.setMinimumWidth(self.fontMetrics().horizontalAdvance("00 of 000 "))
        self.problem_label = QLabel(wordWrap=True)
        self.problem_label.hide()
        self.case_box = self._choice("Aa", self.tr("Match case"), "Alt+C")
        self.whole_box = self._choice("ab", self.tr("Whole words"), "Alt+W")
        font = QFont(self.whole_box.font())
        font.setUnderline(True)
        self.whole_box.setFont(font)
        self.pattern_box = self._choice(".*", self.tr("Regular expression"), "Alt+R")
        self.scope_box = self._choice("¶", self.tr("Only in the selection"), "Alt+S")
        self.replace_button = QPushButton(self.tr("Replace"))
        self.replace_button.setToolTip(self.tr("Replace this match (Enter)"))
        self.replace_all_button = QPushButton(self.tr("All"))
        self.replace_all_button.setToolTip(self.tr("Replace every match (Ctrl+Enter); one undo brings all back"))
        self.replace_button.setAccessibleName(self.tr("Replace"))
        self.replace_all_button.setAccessibleName(self.tr("Replace all"))
        self.find_field.textChanged.connect(self._on_words_changed)
        for box in (self.case_box, self.whole_box, self.pattern_box):
            box.toggled.connect(self._on_words_changed)
        self.scope_box.toggled.connect(self._on_scope_toggled)
        self.replace_button.clicked.connect(self.replace_one)
        self.replace_all_button.clicked.connect(self.replace_all)
        for widget in (self.find_field, self.replace_field, self.case_box, self.whole_box, self.pattern_box,
                       self.scope_box, self.replace_button, self.replace_all_button):  # fmt: skip
            widget.installEventFilter(self)

    def _lay_out(self) -> None:
        self._choices = _row(self.case_box, self.whole_box, self.pattern_box, self.scope_box)
        steps = _row(
            self.count_label,
            self._tool("‹", self.tr("Previous match") + " (Shift+F3)", self.find_previous),
            self._tool("›", self.tr("Next match") + " (F3)", self.find_next),
            self._tool("×", self.tr("Close find bar") + " (Esc)", self.close_bar),
        )
        self._replace_row = _row(self.replace_button, self.replace_all_button)
        self._grid = grid = QGridLayout(self)
        grid.setContentsMargins(12, 8, 8, 8)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.addWidget(self.find_field, 0, 0)
        grid.addWidget(self._choices, 0, 1)
        grid.addWidget(steps, 0, 2)
        grid.addWidget(self.replace_field, 1, 0)
        grid.addWidget(self._replace_row, 1, 1, 1, 2, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(self.problem_label, 2, 0, 1, 3)
        grid.setColumnStretch(0, 1)
        self._narrow = False

    def _choice(self, sign: str, name: str, keys: str) -> QToolButton:
        box = self._tool(sign, f"{name} ({keys})", None)
        box.setAccessibleName(name)
        box.setCheckable(True)
        return box

    def _tool(self, sign: str, name: str, action: object) -> QToolButton:
        button = QToolButton()
        button.setText(sign)
        button.setToolTip(name)
        button.setAccessibleName(name.partition(" (")[0])
        if action is not None:
            button.clicked.connect(action)
        return button

    def _dress(self) -> None:
        colours = theme.current()
        self.setStyleSheet(
            f"#findBar {{ background: {colours.window.name()}; border-top: 1px solid {colours.border.name()}; }}"
            "#findBar QToolButton { min-width: 16px; } #findBar QPushButton { padding: 5px 10px; }"
            f"#findBar QToolButton:checked {{ color: {colours.accent.name()};"
            f" background: {colours.selection.name()}; }}"
        )
        self.problem_label.setStyleSheet(f"color: {colours.error.name()}")
        self.count_label.setStyleSheet(f"color: {colours.muted.name()}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the choices a row of their own where there is little room."""
        narrow = self.width() < _NARROW
        if narrow != self._narrow:
            self._narrow = narrow
            self._grid.removeWidget(self._choices)
            self._grid.removeWidget(self.problem_label)
            if narrow:
                self._grid.addWidget(self._choices, 2, 0, 1, 3, Qt.AlignmentFlag.AlignLeft)
            else:
                self._grid.addWidget(self._choices, 0, 1)
            self._grid.addWidget(self.problem_label, 3, 0, 1, 3)
        super().resizeEvent(event)

    # --- what actions call -------------------------------------------------------------------------------

    def open_bar(self, replace: bool = False) -> None:
        """Show the bar with the selected words, ready to type; called from the bar it keeps what stands there."""
        cursor = self._edit.textCursor()
        typing_here = self.isVisible() and self.isAncestorOf(QApplication.focusWidget() or self._edit)
        selected = "" if typing_here else cursor.selectedText()
        if "\u2029" in selected or len(selected) > _LONGEST_SELECTION:
            if not self.isVisible():
                self.scope_box.setChecked(False)
                self.scope_box.setChecked(True)
        elif selected:
            self.find_field.setText(selected)
        self.replace_field.setVisible(replace)
        self._replace_row.setVisible(replace)
        self.show()
        self.find_field.setFocus()
        self.find_field.selectAll()
        self._look()

    def close_bar(self) -> None:
        """Hide the bar and go back to the text."""
        self._remember()
        self.hide()
        self.scope_box.setChecked(False)
        self._finder.forget()
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
        self._remember()

        def replace() -> None:
            self._finder.replace_current(self.replace_field.text())
            self.find_next()

        self._look(replace)

    def replace_all(self) -> None:
        """Replace every match in one step of undo."""
        self._remember()
        self._ask()
        self._finder.replace_all(self.replace_field.text(), self._on_replaced)

    # --- matches -----------------------------------------------------------------------------------------

    def _ask(self) -> None:
        self._finder.query = Query(
            self.find_field.text(),
            self.case_box.isChecked(),
            self.whole_box.isChecked(),
            self.pattern_box.isChecked(),
        )

    def _look(self, then: object = None) -> None:
        """Find all matches anew."""
        self._later.stop()
        self._replaced = -1
        if not self.isVisible() and not self.find_field.text():
            return
        self._ask()
        self._finder.look(then if callable(then) else None)

    def _on_found(self) -> None:
        current = self._finder.current()
        at = self._finder.spans[current][0] if current >= 0 else -1
        self._marks.set(self._finder.spans if self.isVisible() else [], at)
        self._show_count()

    def _show_count(self) -> None:
        total, current, problem = len(self._finder.spans), self._finder.current(), self._finder.problem
        if not self.find_field.text():
            text = ""
        elif self._replaced >= 0:
            text = self.tr("{0} replaced").format(self._replaced)
        elif not total:
            text = self.tr("No matches")
        elif current >= 0:
            text = self.tr("{0} of {1}").format(current + 1, total)
        else:
            text = self.tr("{0} found").format(total)
        self.count_label.setText(text)
        sentences = {
            BAD: self.tr("This is not a complete regular expression."),
            SLOW: self.tr("This expression takes too long; the search was stopped."),
        }
        self.problem_label.setText(sentences.get(problem, ""))
        self.problem_label.setVisible(bool(problem))

    def _on_words_changed(self) -> None:
        """Show the first match from where the cursor stands, as one types."""
        self._recalled = 0

        def show() -> None:
            start = self._edit.textCursor().selectionStart()
            self._select(self._finder.index_at(start, 1))

        self._look(show)

    def _on_scope_toggled(self, on: bool) -> None:
        cursor = self._edit.textCursor()
        self._finder.scope = QTextCursor(cursor) if on and cursor.hasSelection() else None
        if on and not cursor.hasSelection():
            self.scope_box.setChecked(False)
            return
        self._look()

    def _on_text_changed(self) -> None:
        if self.isVisible():
            self._later.start()

    def _on_replaced(self, count: int) -> None:
        self._look()
        if count >= 0:
            self._replaced = count
        self._show_count()

    def _step(self, step: int) -> None:
        self._remember()

        def go() -> None:
            cursor = self._edit.textCursor()
            here = cursor.selectionEnd() if step > 0 else cursor.selectionStart()
            self._select(self._finder.index_at(here, step))

        self._look(go)

    def _select(self, index: int) -> None:
        if index < 0:
            return
        start, end = self._finder.spans[index]
        cursor = self._edit.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self._edit.setTextCursor(cursor)
        self._come_into_view()
        self._settled.start()  # the bar that was just opened, or grew a row, takes room from the text
        self._on_found()

    def _come_into_view(self) -> None:
        if not self._edit.viewport().rect().contains(self._edit.cursorRect()):
            self._edit.centerCursor()

    # --- keys --------------------------------------------------------------------------------------------

    def _remember(self) -> None:
        words = self.find_field.text()
        if words and (not self._needles or self._needles[-1] != words):
            self._needles = [*(needle for needle in self._needles if needle != words), words][-_REMEMBERED:]
        self._recalled = 0

    def _recall(self, step: int) -> None:
        """Put an earlier needle into the field; 0 steps back is what stands there now."""
        wanted = self._recalled + step
        others = [needle for needle in self._needles if needle != self.find_field.text() or self._recalled]
        if 1 <= wanted <= len(others):
            self.find_field.setText(others[-wanted])
            self._recalled = wanted

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter finds or replaces, Escape closes, Alt with a letter chooses, the arrows bring needles back."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        key, modifiers = event.key(), event.modifiers()
        if key == Qt.Key.Key_Escape:
            self.close_bar()
        elif modifiers & Qt.KeyboardModifier.AltModifier and self._chosen(event) is not None:
            self._chosen(event).click()  # type: ignore[union-attr]
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(watched, QLineEdit):
            if watched is self.replace_field:
                control = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
                (self.replace_all if control else self.replace_one)()
            elif modifiers & Qt.KeyboardModifier.ShiftModifier:
                self.find_previous()
            else:
                self.find_next()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and watched is self.find_field:
            self._recall(1 if key == Qt.Key.Key_Up else -1)
        else:
            return super().eventFilter(watched, event)
        return True

    def _chosen(self, event: QKeyEvent) -> QToolButton | None:
        key = event.key()
        letter = chr(key).lower() if 0x20 < key < 0x500 else ""
        letter = _RUSSIAN.get(letter, letter.upper())
        boxes = {"C": self.case_box, "W": self.whole_box, "R": self.pattern_box, "S": self.scope_box}
        return boxes.get(letter)


def _row(*widgets: QWidget) -> QWidget:
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(2)
    for widget in widgets:
        layout.addWidget(widget)
    return row
