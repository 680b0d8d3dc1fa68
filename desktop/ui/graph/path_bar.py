"""The shortest chain of links between two notes, as a line of titles to click."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from desktop.core.records import NoteId
from desktop.ui import icons, theme
from desktop.ui.graph.drop import DropButton
from desktop.ui.graph.picker import Picker, Row
from desktop.ui.graph.sources import note_rows
from desktop.ui.plain_tips import plain_tip
from desktop.ui.workspace import Workspace

LEAST_TITLE: Final = 44  # pixels of a title
PADDING: Final = 22  # of a title's button
MOST_STEPS: Final = 24  # titles on the line; of a longer chain the ends


@dataclass(frozen=True, slots=True)
class Step:
    """A note of the chain; `shown`: it is in the picture."""

    id: int
    title: str
    shown: bool = True


class PathBar(QFrame):
    """Two buttons for the ends, and what lies between."""

    ends_chosen = Signal(object, object)  # NoteIds, when both are chosen
    step_chosen = Signal(object, bool)  # NoteId; in a tab of its own
    whole_wanted = Signal()  # notes of the chain are outside the picture
    closed = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pathBar")
        self.setAccessibleName(self.tr("Chain between two notes"))
        self._workspace = workspace
        self.ends: list[Row | None] = [None, None]
        self.buttons: list[DropButton] = []
        self.pickers: list[Picker] = []
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 4, 8, 4)
        line.setSpacing(4)
        for number, name in enumerate((self.tr("From"), self.tr("To"))):
            picker = Picker(
                workspace,
                lambda typed: note_rows(workspace.notebook, typed),
                self.tr("Name of a note"),
                self.tr("There is no such note."),
            )
            button = DropButton(name, picker)
            button.opened.connect(picker.begin)
            picker.chosen.connect(lambda row, number=number: self._choose(number, row))
            self.pickers.append(picker)
            self.buttons.append(button)
            line.addWidget(button)
        self._rule = QFrame()
        self._rule.setObjectName("pathRule")
        self._rule.setFixedWidth(1)
        line.addSpacing(6)
        line.addWidget(self._rule)
        line.addSpacing(6)
        self.crumbs = Crumbs()
        self.crumbs.step_chosen.connect(self.step_chosen)
        line.addWidget(self.crumbs, 1)
        self.words = QLabel()
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        line.addWidget(self.words, 1)
        self.outside = QToolButton()
        self.outside.setToolTip(self.tr("Clear the filter, so that the whole chain is in the picture"))
        self.outside.setAccessibleName(self.tr("Show the whole chain"))
        self.outside.clicked.connect(self.whole_wanted)
        self.outside.hide()
        line.addWidget(self.outside)
        self.cross = QToolButton()
        self.cross.setAccessibleName(self.tr("Close the chain"))
        self.cross.setToolTip(self.tr("Close the chain"))
        self.cross.clicked.connect(self.close_bar)
        line.addWidget(self.cross)
        theme.notifier().changed.connect(self._dress)
        self._dress()
        self.hide()

    @property
    def both(self) -> tuple[NoteId, NoteId] | None:
        """The two ends, once both are chosen."""
        first, last = self.ends
        return (NoteId(first.key), NoteId(last.key)) if first is not None and last is not None else None

    def begin(self, first: Row | None, last: Row | None = None) -> None:
        """Show the bar with what is known of the ends; a click on a node gives the one that is missing."""
        self.ends = [first, last]
        self._show_ends()
        self.show()
        self._tell()

    def take_node(self, row: Row) -> None:
        """Take a note as the end that is missing, else as another last one."""
        self._choose(0 if self.ends[0] is None else 1, row)

    def show_chain(self, steps: Sequence[Step]) -> None:
        """Show a chain that was found; an empty one is none."""
        first, last = self.ends
        if first is None or last is None:
            return
        outside = sum(not step.shown for step in steps)
        self.outside.setText(self.tr("%Ln note(s) outside the picture: show", "", outside))
        self.outside.setVisible(bool(outside))
        if steps:
            self.crumbs.show_steps(steps)
            self._show_words("")
        else:
            self._show_words(self.tr("No chain of links leads from “{0}” to “{1}”.").format(first.title, last.title))

    def close_bar(self) -> None:
        """Forget the chain."""
        self.ends = [None, None]
        self.hide()
        self.closed.emit()

    def _choose(self, number: int, row: Row) -> None:
        if self.buttons[number].card.isVisible():
            self.buttons[number].close_card()
        self.ends[number] = row
        self._show_ends()
        self._tell()

    def _show_ends(self) -> None:
        for button, row in zip(self.buttons, self.ends, strict=True):
            button.show_value(row.title.replace("\n", " ") if row is not None else "")

    def _tell(self) -> None:
        both = self.both
        self.outside.hide()
        if both is None:
            one = self.tr("Choose the other note: here, or by a click in the graph.")
            self._show_words(one if any(self.ends) else self.tr("Choose two notes: here, or by clicks in the graph."))
        elif both[0] == both[1]:
            self._show_words(self.tr("Both ends are the same note."))
        else:
            self._show_words(self.tr("Looking for the chain…"))
            self.ends_chosen.emit(*both)

    def _show_words(self, words: str) -> None:
        self.words.setText(words)
        self.words.setToolTip(plain_tip(words))
        self.words.setVisible(bool(words))
        self.crumbs.setVisible(not words)

    def _dress(self) -> None:
        self.cross.setIcon(icons.icon("close"))


class Crumbs(QWidget):
    """Titles in a line, each a button; they share the width."""

    step_chosen = Signal(object, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.steps: tuple[Step, ...] = ()
        self.buttons: list[QToolButton] = []
        self._parts: list[QWidget] = []
        self._shown: list[Step] = []
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(0)
        self._line.addStretch(1)

    def show_steps(self, steps: Sequence[Step]) -> None:
        """Show a chain; the same one again changes only what is said of it."""
        same = [(step.id, step.title) for step in steps] == [(step.id, step.title) for step in self.steps]
        if same and self.buttons:
            self.steps = tuple(steps)
            self._tell_places()
            return
        for part in self._parts:
            self._line.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts, self.buttons, self._shown = [], [], []
        self.steps = tuple(steps)
        half = MOST_STEPS // 2
        shown = [*steps[:half], *steps[-half:]] if len(steps) > MOST_STEPS else list(steps)
        for number, step in enumerate(shown):
            if number:
                self._add(QLabel("  …  " if len(steps) > MOST_STEPS and number == half else "›", self))
            button = QToolButton(self)
            button.setAccessibleName(step.title)
            button.setProperty("step", number)
            button.clicked.connect(lambda _checked=False, step=step: self._choose(step))
            self.buttons.append(button)
            self._add(button)
        self._shown = shown
        self._tell_places()
        self._share()

    def _tell_places(self) -> None:
        """Say of each note whether it is in the picture."""
        seen = {step.id for step in self.steps if step.shown}
        for step, button in zip(self._shown, self.buttons, strict=True):
            outside = self.tr("{0} – not in this picture").format(step.title)
            button.setToolTip(plain_tip(step.title) if step.id in seen else outside)

    def _add(self, part: QWidget) -> None:
        self._line.insertWidget(self._line.count() - 1, part)
        self._parts.append(part)
        part.show()

    def _choose(self, step: Step) -> None:
        in_tab = bool(QApplication.keyboardModifiers() & Qt.KeyboardModifier.ControlModifier)
        self.step_chosen.emit(step.id, in_tab)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width."""
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        """Give each title its words or a fair part of the width, short ones leaving theirs to the long."""
        if not self.buttons or len(self.buttons) != len(self._shown):  # Qt lays out while they are being made
            return
        metrics = self.fontMetrics()
        wanted = sorted((metrics.horizontalAdvance(step.title[:200]), place) for place, step in enumerate(self._shown))
        free = float(self.width() - len(wanted) * (PADDING + metrics.horizontalAdvance("›")))
        for done, (width, place) in enumerate(wanted):
            part = max(float(LEAST_TITLE), min(width + 2.0, free / (len(wanted) - done)))
            free -= part
            title = self._shown[place].title.replace("\n", " ")[:200]
            text = metrics.elidedText(title, Qt.TextElideMode.ElideRight, int(part))
            self.buttons[place].setText(text.replace("&", "&&"))
