"""The notes that were opened last, kept in the library: they stand first where a note is to be chosen."""

from PySide6.QtCore import QObject, QTimer

from desktop.core.records import Changes, Note, NoteId
from desktop.ui.delays import STATE_DELAY_MS
from desktop.ui.workspace import Workspace

KEY = "opened_notes"
MOST = 50


class OpenedNotes(QObject):
    """Listens to a workspace and remembers; `ids` has the last opened note first."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._workspace = workspace
        self._ids: list[NoteId] | None = None  # None: not read yet
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(STATE_DELAY_MS)
        self._timer.timeout.connect(self.store)
        workspace.note_opened.connect(self._remember)

    @property
    def ids(self) -> tuple[NoteId, ...]:
        """Return the notes, whether they are still there or not."""
        return tuple(self._known())

    @property
    def others(self) -> tuple[NoteId, ...]:
        """Return them without the one that is open now: nobody looks for the note before their eyes."""
        return tuple(note_id for note_id in self._known() if note_id != self._workspace.current)

    def store(self) -> None:
        """Write them into the library now."""
        self._timer.stop()
        notebook, ids = self._workspace.notebook, self.ids
        if notebook.read_only or self._workspace.tasks.closed:
            return

        def job() -> Changes:
            notebook.values.set(KEY, ids)
            return Changes()

        self._workspace.write(job)

    def finish(self) -> None:
        """Write now what waits for its turn."""
        if self._timer.isActive():
            self.store()

    def _known(self) -> list[NoteId]:
        if self._ids is None:
            stored = self._workspace.notebook.values.get(KEY, [])
            ids = stored if isinstance(stored, list) else []
            self._ids = [NoteId(i) for i in dict.fromkeys(i for i in ids if type(i) is int)][:MOST]
        return self._ids

    def _remember(self, note: Note) -> None:
        known = self._known()
        if known[:1] == [note.head.id]:
            return
        self._ids = [note.head.id, *(i for i in known if i != note.head.id)][:MOST]
        self._timer.start()


def opened_notes(workspace: Workspace) -> OpenedNotes:
    """Return the one memory of a workspace; it remembers from the first call on."""
    return workspace.findChild(OpenedNotes) or OpenedNotes(workspace)


def keep_opened_notes(workspace: Workspace) -> None:
    """Write the memory of a workspace into the library before that is closed, if there is one."""
    opened = workspace.findChild(OpenedNotes)
    if opened is not None:
        opened.finish()
