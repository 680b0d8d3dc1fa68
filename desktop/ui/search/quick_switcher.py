"""The quick switcher: a few letters of a title, name or alias, and Enter. A note that is not there can be made.

`note#heading` goes to a section; `#heading` to one of the open note.
"""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLabel, QLayout, QLineEdit, QListView, QWidget

from desktop.core.records import Changes
from desktop.ui import theme
from desktop.ui.opened_notes import opened_notes
from desktop.ui.popup import lay_out_popup
from desktop.ui.search.choices import (
    MOST_TITLE,
    ROW_HEIGHT,
    Choice,
    ChoiceDelegate,
    ChoiceModel,
    Index,
    is_named,
    read_choices,
)
from desktop.ui.workspace import Workspace

WIDTH, ROWS = 620, 10


class QuickSwitcher(QDialog):
    """A pop-up over the window; the chosen note is opened and the pop-up is gone."""

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Go to note"))
        self._workspace = workspace
        self._asked = 0
        self._closed = False
        self._wanted: tuple[str, bool] | None = None  # Enter was pressed before the rows for this text were there
        self._opened = opened_notes(workspace)
        self.model = ChoiceModel()
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Go to a note, or name a new one"))
        self.field.setAccessibleName(self.tr("Note title"))
        self.field.setMaxLength(MOST_TITLE)
        self.field.textChanged.connect(self._ask)
        self.field.installEventFilter(self)
        self.list = QListView()
        self.list.setAccessibleName(self.tr("Notes"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(ChoiceDelegate(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(lambda index: self._choose(index, new_tab=False))
        self._lay_out(parent)
        self._ask("")
        self.field.setFocus()

    def _lay_out(self, parent: QWidget) -> None:
        lay_out_popup(self, self.field, self.list, parent, WIDTH, ROWS * ROW_HEIGHT)
        self.hint = QLabel(self.tr("Enter opens, Ctrl+Enter in a new tab; Shift+Enter creates; # goes to a heading"))
        self.hint.setStyleSheet(f"color: {theme.current().muted.name()}; font-size: 11px; padding: 0 6px 2px 6px;")
        self.hint.setWordWrap(True)
        frame = self.list.parentWidget()
        assert frame is not None
        inner, outer = frame.layout(), self.layout()
        assert inner is not None
        assert outer is not None
        inner.addWidget(self.hint)
        frame.setFixedWidth(self.width())
        outer.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)
        self._layouts = (inner, outer)

    def _ask(self, text: str) -> None:
        self._asked += 1
        asked, current, recent = self._asked, self._workspace.current, self._opened.others
        notebook = self._workspace.notebook

        def read() -> list[Choice]:
            # On a reader thread: a text that is no longer there needs no answer.
            return read_choices(notebook, text, recent, current) if asked == self._asked else []

        def show(choices: list[Choice]) -> None:
            if self._closed or asked != self._asked:
                return
            self._show(text, choices)

        self._workspace.answer(read, show)

    def _fit(self, rows: int) -> None:
        """Be as high as the rows need."""
        self.list.setFixedHeight(max(1, min(ROWS, rows)) * ROW_HEIGHT + 2 * self.list.frameWidth())
        for layout in self._layouts:
            layout.invalidate()
        for layout in self._layouts:
            layout.activate()  # at once: else the pop-up is as high as the rows before

    def _show(self, text: str, choices: list[Choice]) -> None:
        title = _title_in(text)
        if title and not is_named(choices, title):
            offer = self.tr("Create “{0}”").format(title)
            choices = [*choices, Choice(offer, (), title, "", None)]
        self._show_rows(text, choices)

    def _show_rows(self, text: str, choices: list[Choice]) -> None:
        self.model.show(text, choices)
        self._fit(len(choices))
        self.list.setCurrentIndex(self.model.index(0))
        if self._wanted is not None and self._wanted[0] == text:
            self._choose(self.list.currentIndex(), self._wanted[1])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move in the list and choose by the keys of the field."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            steps = {
                Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: ROWS, Qt.Key.Key_PageUp: -ROWS,
            }  # fmt: skip
            if event.key() in steps:
                self._move(steps[Qt.Key(event.key())])
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                new_tab = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
                if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                    self._create(_title_in(self.field.text()), new_tab)
                elif self.model.text == self.field.text():
                    self._choose(self.list.currentIndex(), new_tab)
                else:
                    self._wanted = (self.field.text(), new_tab)
                return True
        return super().eventFilter(watched, event)

    def _move(self, by: int) -> None:
        count = self.model.rowCount()
        if count:
            row = max(0, min(count - 1, self.list.currentIndex().row() + by))
            self.list.setCurrentIndex(self.model.index(row))

    def _choose(self, index: Index, new_tab: bool) -> None:
        choice = self.model.choice(index)
        if choice is None or self._closed:
            return
        if choice.head is None:
            self._create(choice.title, new_tab)
            return
        workspace = self._workspace
        self.close()
        workspace.open_note(choice.head.id, section=choice.section, new_tab=new_tab)

    def _create(self, title: str, new_tab: bool) -> None:
        if not title or self._closed:
            return
        workspace = self._workspace
        self.close()

        def opened(changes: Changes) -> None:
            workspace.open_note(changes.created[0], new_tab=new_tab)

        workspace.change_tree(self.tr("New note"), lambda: workspace.notebook.tree.create(title), opened)

    def done(self, result: int) -> None:
        """Take no more answers."""
        self._closed = True
        super().done(result)


def _title_in(text: str) -> str:
    return " ".join(text.split())
