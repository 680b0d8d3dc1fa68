"""Keeps the search index behind the notes: asks for it after changes, shows how far it is, lets the user stop it."""

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.core.records import Changes, Progress
from desktop.ui.delays import INDEX_DELAY_MS
from desktop.ui.workspace import Workspace


class IndexKeeper(QObject):
    """Starts the index process when notes wait for it."""

    progressed = Signal(object)  # Progress; done == total when it rests

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
        """Stop until the next start of the program or a rebuild; notes stay findable by a scan."""
        self._paused = True
        self._workspace.notebook.search.stop_indexing()
        self.progressed.emit(Progress(0, 0))

    def rebuild(self) -> None:
        """Build the whole index anew."""
        self._paused = False

        def job() -> Changes:
            self._workspace.notebook.search.rebuild()
            return Changes()

        self._workspace.write(job, lambda _changes: self.start())

    def _on_changed(self, changes: Changes) -> None:
        if changes and not self._paused:
            self._timer.start()

    def _on_progress(self, progress: Progress) -> None:
        """Called on the index's own thread."""
        self._workspace.tasks.on_main_thread(lambda: self.progressed.emit(progress))
