"""Looking at the links on a reader's thread, again and again while they change, with a rest between."""

import time
from dataclasses import dataclass
from threading import Event
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.core.errors import Cancelled, KonspektError
from desktop.core.notebook import Notebook
from desktop.core.records import Changes, HealthReport, NoteHead, NoteId, Progress
from desktop.ui.delays import HEALTH_REST_MS
from desktop.ui.health.rows import Row, Section, rows_of
from desktop.ui.workspace import Workspace

REST_SHARE: Final = 4  # times as long as a look takes is waited before the next


@dataclass(frozen=True, slots=True)
class Looked:
    """What one look found, and the rows of every list."""

    report: HealthReport
    rows: dict[Section, list[Row]]
    took_s: float


class Looking(QObject):
    """Looks at all links when it is asked to, and after a change while it is `awake`."""

    found = Signal(object)  # Looked
    progressed = Signal(object)  # Progress
    ended = Signal()  # without having found anything

    def __init__(self, workspace: Workspace, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._request = 0
        self._stop = Event()
        self._took_s = 0.0
        self._stale = True
        self._awake = False
        self.busy = False
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.look)
        workspace.changed.connect(self._take_changes)

    def wake(self) -> None:
        """Look now if something changed since the last look, and after each change from now on."""
        self._awake = True
        if self._stale:
            self.look()

    def sleep(self) -> None:
        """Look no more, for nobody is there to see it."""
        self._awake = False
        self._timer.stop()
        self.stop()

    def stop(self) -> None:
        """End a look that is going on."""
        if self.busy:
            self._stale = True
            self._request += 1
            self.busy = False
            self._stop.set()
            self.ended.emit()

    def look(self) -> None:
        """Look at all links; a look that is going on ends."""
        self._stop.set()
        self._request += 1
        self._stale = False
        self.busy = True
        self._stop = stop = Event()
        request, notebook, tasks = self._request, self._workspace.notebook, self._workspace.tasks

        def tell(progress: Progress) -> None:
            tasks.on_main_thread(lambda: self._progress(request, progress))

        def job() -> Looked:
            began = time.monotonic()
            report = notebook.health.report(tell, stop.is_set)
            path = _Paths(notebook)
            rows = {section: rows_of(report, section, path.of) for section in Section}
            return Looked(report, rows, time.monotonic() - began)

        self._workspace.read(job, lambda looked: self._show(request, looked), lambda error: self._fail(request, error))

    def _progress(self, request: int, progress: Progress) -> None:
        if request == self._request:
            self.progressed.emit(progress)

    def _show(self, request: int, looked: Looked) -> None:
        if request == self._request:
            self.busy = False
            self._took_s = looked.took_s
            self.found.emit(looked)

    def _fail(self, request: int, error: BaseException) -> None:
        if request == self._request:
            self.busy = False
            self.ended.emit()
        if isinstance(error, Cancelled):
            return
        if isinstance(error, KonspektError):
            self._workspace.tell("error", str(error))
        else:
            self._workspace.bug_found.emit(error)

    def _take_changes(self, changes: Changes) -> None:
        """Look again soon after links, names, notes or files changed."""
        if changes == Changes(origin=changes.origin, searches=changes.searches):
            return
        self._stale = True
        if self._awake:
            self._timer.start(max(HEALTH_REST_MS, int(self._took_s * 1000 * REST_SHARE)))


class _Paths:
    """The paths of notes, as people read them; folders are asked for once."""

    def __init__(self, notebook: Notebook) -> None:
        self._tree = notebook.tree
        self._above: dict[NoteId, str] = {}

    def of(self, head: NoteHead) -> str:
        """Return the names above a note and its own."""
        parent = head.parent_id
        if parent is None:
            return head.name
        if parent not in self._above:
            self._above[parent] = "/".join(above.name for above in self._tree.path(parent))
        return f"{self._above[parent]}/{head.name}"
