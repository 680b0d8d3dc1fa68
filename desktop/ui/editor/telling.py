"""What the editor tells the rest of the window after a rest: the text as it stands, and where the cursor is."""

from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.ui.delays import PREVIEW_DELAY_MS, TELLING_SHARE
from desktop.ui.editor.sessions import EditSession
from desktop.ui.editor.text_edit import MarkdownEdit
from desktop.ui.workspace import LiveText, Workspace

_CURSOR_DELAY_MS = 40  # of rest before the cursor's place is told


class Telling(QObject):
    """Tells the open note's text to the workspace, and the cursor's place to whoever listens."""

    cursor_moved = Signal(int)  # offset in the note's text

    def __init__(
        self, workspace: Workspace, edit: MarkdownEdit, session: Callable[[], EditSession | None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._edit = edit
        self._session = session
        self._revision = 0
        self._cost_ms = 0.0  # of telling the text last
        self._text = QTimer(self, singleShot=True, interval=PREVIEW_DELAY_MS)
        self._text.timeout.connect(self.text_now)
        self._cursor = QTimer(self, singleShot=True, interval=_CURSOR_DELAY_MS)
        self._cursor.timeout.connect(self._tell_cursor)
        edit.cursorPositionChanged.connect(self._cursor.start)

    def text_later(self) -> None:
        """Tell the text after a rest, a longer one where telling takes long."""
        self._text.start(max(PREVIEW_DELAY_MS, round(self._cost_ms * TELLING_SHARE)))

    def text_now(self) -> None:
        """Tell the text as it stands."""
        session = self._session()
        if session is None:
            return
        started = perf_counter()
        # One count for all notes: a panel drops what is older than what it has, whichever note that was.
        self._revision += 1
        self._workspace.text_edited.emit(LiveText(session.note_id, self._revision, session.text()))
        self._cost_ms = (perf_counter() - started) * 1e3

    def stop(self) -> None:
        """Tell nothing more: the note is being left."""
        self._text.stop()
        self._cursor.stop()

    def _tell_cursor(self) -> None:
        session = self._session()
        if session is not None:
            self.cursor_moved.emit(session.offset_of(self._edit.textCursor().position()))
