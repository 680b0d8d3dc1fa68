"""Counting what the open note and its selection hold, at rest, on a reader thread."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.ui.editor.sessions import EditSession
from desktop.ui.editor.text_edit import MarkdownEdit
from desktop.ui.editor.word_count import Counts, WordCount, count
from desktop.ui.workspace import Workspace

_DELAY_MS = 300  # of rest before words are counted


class Counting(QObject):
    """Tells the length of the open note after each rest."""

    counted = Signal(object)  # Counts

    def __init__(
        self, workspace: Workspace, edit: MarkdownEdit, session: Callable[[], EditSession | None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._edit = edit
        self._session = session
        self._asked = 0  # the count that was asked for last
        self._selecting = False
        self._words = WordCount()
        self._timer = QTimer(self, singleShot=True, interval=_DELAY_MS)
        self._timer.timeout.connect(self._count)
        edit.selectionChanged.connect(self._on_selection)

    def later(self) -> None:
        """Count after a rest."""
        self._timer.start()

    def stop(self) -> None:
        """Count nothing: no note is open."""
        self._timer.stop()
        self._asked += 1

    def _on_selection(self) -> None:
        # Told for every move of the cursor: only what begins, changes or ends a selection asks for a count.
        selecting = self._edit.textCursor().hasSelection()
        if selecting or self._selecting:
            self._timer.start()
        self._selecting = selecting

    def _count(self) -> None:
        session = self._session()
        if session is None:
            return
        text = session.shown()
        cursor = self._edit.textCursor()
        selected = ""
        if cursor.hasSelection():
            from_qt = session.utf16().from_qt
            selected = text[from_qt(cursor.selectionStart()) : from_qt(cursor.selectionEnd())]
        self._asked += 1
        asked = self._asked

        def job() -> Counts:
            whole = self._words.of(text)
            part = count(selected) if selected else None
            return Counts(whole.words, whole.characters, whole.solid, part)

        self._workspace.read(job, lambda counts: self._tell(asked, counts))

    def _tell(self, asked: int, counts: Counts) -> None:
        if asked == self._asked and self._session() is not None:
            self.counted.emit(counts)
