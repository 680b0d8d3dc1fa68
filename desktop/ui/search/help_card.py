"""The card that explains how to search, with examples to be tried by a click, and the button in the field for it.

Where the library has tags, folders, dates and links, the examples are about these: each finds something.
"""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QIcon, QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.ui import icons, theme
from desktop.ui.workspace import Workspace

WIDTH = 520  # pixels
LONGEST = 26  # characters of an example
MARGIN = 8  # to the window's edges


class HelpCard(QDialog):
    """A pop-up with the query language on it; Tab and the arrows go from example to example."""

    tried = Signal(str)  # an example

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("How to search"))
        self.setAccessibleName(self.windowTitle())
        self._closed = False
        self.examples: list[QPushButton] = []
        self._span = self.tr("date:")  # the operator that is shown with two values
        self._real: dict[str, QPushButton] = {}  # by the operator whose first value it should show
        self._page = QWidget()
        self._page.setObjectName("helpPage")
        self._grid = QGridLayout(self._page)
        self._grid.setContentsMargins(14, 12, 14, 12)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(1)
        self._grid.setColumnStretch(1, 1)
        self._fill()
        area = QScrollArea()
        area.setWidget(self._page)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setAccessibleName(self.windowTitle())
        frame = QFrame()
        frame.setObjectName("helpCard")
        frame.setStyleSheet(_style())
        inner = QVBoxLayout(frame)
        inner.setContentsMargins(1, 1, 1, 1)
        inner.addWidget(area)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        self.examples[0].setFocus()
        self._show_real(workspace)

    def show_under(self, field: QWidget) -> None:
        """Show the card below a field, inside its window."""
        window = field.window()
        corner = field.mapTo(window, field.rect().bottomLeft())
        width = min(WIDTH, window.width() - corner.x() - MARGIN)
        room = window.height() - corner.y() - 4 - MARGIN
        self._page.setFixedWidth(width - 2)
        self.resize(width, min(self._grid.totalHeightForWidth(width - 2) + 4, room))
        below = field.mapToGlobal(field.rect().bottomLeft())
        self.move(below.x(), below.y() + 4)
        self.show()

    def done(self, result: int) -> None:
        """Take no more answers."""
        self._closed = True
        super().done(result)

    # --- what stands on it -------------------------------------------------------------------------------

    def _fill(self) -> None:
        self._heading(self.tr("Words"))
        self._example(self.tr("model error"), self.tr("all of these words, in any form"))
        self._example(self.tr('"vector database"'), self.tr("these words in this order"))
        self._example(self.tr("model -image"), self.tr("the one without the other"))
        self._example(self.tr("sql OR postgres"), self.tr("the one or the other"))
        self._example(self.tr("data*"), self.tr("words that begin so"))
        self._example(self.tr("title:lecture"), self.tr("words of the title"))
        self._heading(self.tr("Notes"))
        self._example(self.tr("kind:lecture"), self.tr("also digest, note, folder"))
        self._example(self.tr("tag:ml"), self.tr("with a tag, or one below it"), self.tr("tag:"))
        self._example(self.tr("in:uni"), self.tr("below another note"), self.tr("in:"))
        self._example(self.tr("date:2023-10..2023-12"), self.tr("a day, month, year or a span"), self._span)
        self._example(self.tr("has:image"), self.tr("also link, task, code, table, math"))
        self._example(self.tr("link:habr.com"), self.tr("with a link to that site"), self.tr("link:"))
        self._example(self.tr("is:unlinked"), self.tr("no other note links to it; also tagged, untagged"))
        self._example(self.tr("model sort:date"), self.tr("the newest first"))
        text = self.tr(
            "Everything goes together: kind:lecture tag:ml -draft. While you type an operator, the list below the field"
            " shows what it can be; Ctrl+Space shows all of them."
        )
        self._note(text)
        self._grid.setRowStretch(self._grid.rowCount(), 1)

    def _heading(self, text: str) -> None:
        label = QLabel(text)
        label.setObjectName("helpHeading")
        self._grid.addWidget(label, self._grid.rowCount(), 0, 1, 2)

    def _note(self, text: str) -> None:
        label = QLabel(text)
        label.setWordWrap(True)
        label.setObjectName("helpNote")
        self._grid.addWidget(label, self._grid.rowCount(), 0, 1, 2)

    def _example(self, query: str, meaning: str, operator: str = "") -> None:
        button = QPushButton(query.replace("&", "&&"))
        button.setProperty("query", query)
        button.setAccessibleName(query)
        button.setAccessibleDescription(meaning)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self._try(button))
        label = QLabel(meaning)
        label.setWordWrap(True)
        row = self._grid.rowCount()
        self._grid.addWidget(button, row, 0, Qt.AlignmentFlag.AlignLeft)
        self._grid.addWidget(label, row, 1)
        self.examples.append(button)
        if operator:
            self._real[operator] = button

    def _try(self, button: QPushButton) -> None:
        query = str(button.property("query"))
        self.close()
        self.tried.emit(query)

    def _show_real(self, workspace: Workspace) -> None:
        """Let the examples be about what this library has."""
        search, operators = workspace.notebook.search, list(self._real)

        def read() -> dict[str, str]:
            found = {operator: search.complete(operator, len(operator)) for operator in operators}
            real = {operator: values[0].text for operator, values in found.items() if values}
            years = found[self._span]
            if len(years) > 1:
                real[self._span] = f"{years[1].text}..{years[0].label}"
            return real

        def show(values: Mapping[str, str]) -> None:
            if self._closed:
                return
            for operator, query in values.items():
                if len(query) <= LONGEST:
                    button = self._real[operator]
                    button.setText(query.replace("&", "&&"))
                    button.setProperty("query", query)
                    button.setAccessibleName(query)

        workspace.read(read, show)


class HelpButton(QObject):
    """The question mark at the field's end, and Shift+F1, which open the card."""

    def __init__(self, field: QLineEdit, workspace: Workspace) -> None:
        super().__init__(field)
        self._field = field
        self._workspace = workspace
        self.card: HelpCard | None = None
        self.action = QAction(self.tr("Search help"), self)
        self.action.setToolTip(self.tr("Search help (Shift+F1)"))
        self.action.triggered.connect(self.open)
        field.addAction(self.action, QLineEdit.ActionPosition.TrailingPosition)
        self.button = next(b for b in field.findChildren(QToolButton) if b.defaultAction() is self.action)
        self.button.setAccessibleName(self.action.text())
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.installEventFilter(self)
        field.installEventFilter(self)
        theme.notifier().changed.connect(self._show_icon)
        self._show_icon()

    def open(self) -> None:
        """Show the card."""
        self.card = card = HelpCard(self._workspace, self._field.window())
        card.tried.connect(self._try)
        card.destroyed.connect(self._forget)
        card.show_under(self._field)

    def _try(self, query: str) -> None:
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._field.setText(query)

    def _forget(self) -> None:
        self.card = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Open by key, and show where the focus is: Qt paints these buttons without a frame."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            shift = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if (event.key() == Qt.Key.Key_F1 and shift) or (watched is self.button and enter):
                self.open()
                return True
        elif watched is self.button and event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._show_icon()
        return False

    def _show_icon(self) -> None:
        self.action.setIcon(QIcon(icons.icon("help", "accent" if self.button.hasFocus() else "muted")))


def _style() -> str:
    colours = theme.current()
    mono = theme.mono_font().family()
    return (
        f"#helpCard {{ background: {colours.raised.name()}; border: 1px solid {colours.border.name()}; }}"
        f"#helpPage, #helpCard QScrollArea {{ background: {colours.raised.name()}; }}"
        f"#helpCard QLabel {{ color: {colours.muted.name()}; }}"
        f"#helpCard #helpHeading {{ color: {colours.text.name()}; font-weight: 600; padding: 7px 8px 3px 8px; }}"
        f"#helpCard #helpNote {{ padding: 10px 8px 2px 8px; }}"
        f'#helpCard QPushButton {{ font-family: "{mono}"; font-size: 12px; color: {colours.link.name()};'
        f" background: transparent; border: 1px solid transparent; border-radius: 5px; padding: 3px 7px;"
        f" text-align: left; }}"
        f"#helpCard QPushButton:hover {{ background: {colours.hover.name()}; }}"
        f"#helpCard QPushButton:focus {{ border-color: {colours.accent.name()}; }}"
    )
