"""The quick switcher that chooses a note for something else than opening it."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.core.records import NoteHead, NoteId
from desktop.ui.search.choices import Choice, Index
from desktop.ui.search.quick_switcher import QuickSwitcher
from desktop.ui.workspace import Workspace


class NotePicker(QuickSwitcher):
    """Offers every note but one; what a choice would do is told below the list."""

    picked = Signal(object)  # NoteHead

    def __init__(
        self, workspace: Workspace, parent: QWidget, asking: str, without: NoteId, told: Callable[[NoteId], str]
    ) -> None:
        """Ask for a note; `told` says on a reader thread what choosing one would do."""
        self._without = without
        self._told = told
        self._telling = 0
        super().__init__(workspace, parent)
        self.setWindowTitle(asking)
        self.field.setPlaceholderText(asking)
        self.hint.setText("")

    def _show(self, text: str, choices: list[Choice]) -> None:
        kept = [c for c in choices if c.head is not None and c.section is None and c.head.id != self._without]
        self._show_rows(text, kept)
        self._tell()

    def _move(self, by: int) -> None:
        super()._move(by)
        self._tell()

    def _tell(self) -> None:
        """Say below the list what the row at hand would do."""
        choice = self.model.choice(self.list.currentIndex())
        self._telling += 1
        telling, told = self._telling, self._told
        if choice is None or choice.head is None:
            self._say(self.tr("No note fits.") if self.field.text().strip() else "")
            return
        note_id = choice.head.id

        def show(sentence: str) -> None:
            if telling == self._telling and not self._closed:
                self._say(sentence)

        self._workspace.answer(lambda: told(note_id), show)

    def _say(self, sentence: str) -> None:
        self.hint.setText(sentence)
        self._fit(self.model.rowCount())

    def _choose(self, index: Index, new_tab: bool) -> None:
        choice = self.model.choice(index)
        if choice is None or choice.head is None or self._closed:
            return
        head: NoteHead = choice.head
        self.close()
        self.picked.emit(head)

    def _create(self, title: str, new_tab: bool) -> None:
        """Make nothing: only a note that is there can be chosen."""
