"""The offer to take back what was just done.

A notice says what was done and has one button. The change itself lies on the library's undo stack too, so there are
two ways back, and they must not meet: whichever is gone first, the other is gone with it.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.core.records import Changes

if TYPE_CHECKING:
    from desktop.ui.main_window import MainWindow

Then = Callable[[], None]


class TakingBack(QObject):
    """Makes the notices of one window, and withdraws the one that is answered by the undo stack."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._workspace = window.workspace
        self._sentence = ""  # of the notice that is offered, "" when none
        self._above = 0  # index of the stack while the change lies on its top
        self._then: Then | None = None
        self._workspace.tree_undo.indexChanged.connect(self._on_index)

    def offer(self, sentence: str, otherwise: Callable[[], Changes], then: Then | None = None) -> None:
        """Tell of the change on top of the stack; `otherwise` takes it back once others lie on it, then `then` runs."""
        workspace, stack = self._workspace, self._workspace.tree_undo
        above = stack.index()
        self._sentence, self._above, self._then = sentence, above, then

        def take_back() -> None:
            workspace.before_leaving()
            if stack.index() == above:
                stack.undo()
            else:
                self._sentence = ""
                workspace.change_tree(self.tr("Undo"), otherwise, lambda _changes: then() if then else None)

        self._window.offer(sentence, self.tr("Undo"), take_back, stays=False)

    def _on_index(self, index: int) -> None:
        if not self._sentence or index >= self._above:
            return
        self._window.notices.withdraw(self._sentence)
        self._sentence = ""
        then = self._then
        if then is not None:
            self._workspace.write(Changes, lambda _changes: then())  # behind the undoing, on the one writer
