"""Keeps the search index behind the notes: asks for it after changes, shows how far it is, lets the user stop it."""

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.core.records import Changes, Progress
from desktop.ui.delays import INDEX_DELAY_MS
from desktop.ui.workspace import Workspace


class IndexKeeper(QObject):
    """Starts the index process when notes wait for it."""

    progressed = Signal(object)  # Progress; done == total when it rests
    stopped = Signal()  # by the user, the index unfinished

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._paused = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(INDEX_DELAY_MS)
        self._timer.timeout.connect(self.start)
        workspace.changed.connect(self._on_changed)

    def start(self) -> None:
        """Let the index catch up, if notes wait for it."""
        if self._paused:
            return
        search = self._workspace.notebook.search
        search.start_indexing(self._on_progress)

    def stop(self) -> None:
        """Stop until `resume`, a rebuild or the next start of the program; notes stay findable by a scan."""
        self._paused = True
        self._timer.stop()
        self._workspace.notebook.search.stop_indexing()
        self.progressed.emit(Progress(0, 0))
        self.stopped.emit()

    def resume(self) -> None:
        """Go on after a stop."""
        self._paused = False
        self.start()

    def rebuild(self) -> None:
        """Build the whole index anew; the notes are found meanwhile, by a scan."""
        self._paused = False
        notebook = self._workspace.notebook
        self.progressed.emit(Progress(0, notebook.tree.total()))  # at once: the process takes a moment to start
        # On a reader: it waits for the old process to end, and the writer has texts to save.
        self._workspace.read(notebook.search.rebuild, lambda _none: self.start())

    def _on_changed(self, changes: Changes) -> None:
        if changes and not self._paused:
            self._timer.start()

    def _on_progress(self, progress: Progress) -> None:
        """Called on the index's own thread."""
        self._workspace.tasks.on_main_thread(lambda: self._tell(progress))

    def _tell(self, progress: Progress) -> None:
        if self._paused:  # said before it heard that it shall stop
            return
        if progress.label:  # it could not go on
            self._workspace.tell("warning", progress.label)
        self.progressed.emit(progress)
