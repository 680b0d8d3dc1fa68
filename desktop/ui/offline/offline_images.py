"""A run: the images that the user asked for, each fetched, checked and stored, or refused with a sentence.

An image takes one way: download (this thread, by Qt's events), check (a reader thread), storing (the writer thread,
one transaction each). At most `Limits.at_once` are on it; what is asked for meanwhile joins the run. Stopped, a run
keeps what is stored and lets what is being stored end; nothing is half stored.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import unquote, urlsplit

from PySide6.QtCore import QCoreApplication, QObject, Signal

from desktop.core.errors import KonspektError
from desktop.core.records import Changes, ReportLine
from desktop.ui.offline import refusals
from desktop.ui.offline.fetching import MB, Fetcher, Limits
from desktop.ui.offline.image_check import CheckedImage, check_bytes
from desktop.ui.offline.refusals import ImageRefused, refusal
from desktop.ui.sentences import in_users_language
from desktop.ui.workspace import Workspace

ORIGIN = "offline"
LONGEST_NAME = 120
_NO_NAME = str.maketrans(dict.fromkeys('/\\:*?"<>|', "_"))


@dataclass(slots=True)
class Run:
    """How far it is, and at its end what came of it."""

    total: int = 0
    stored: int = 0
    bytes_came: int = 0
    bytes_stored: int = 0
    refused: list[ReportLine] = field(default_factory=list)
    stopped: bool = False

    @property
    def done(self) -> int:
        """Return how many images are settled."""
        return self.stored + len(self.refused)


class OfflineImages(QObject):
    """Fetches images into the workspace's library; one run at a time."""

    progressed = Signal(object)  # Run
    finished = Signal(object)  # Run

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.limits = Limits()
        self._workspace = workspace
        self._fetcher = Fetcher(self)
        self._fetcher.received.connect(self._check)
        self._fetcher.refused.connect(self._refuse)
        self._fetcher.progressed.connect(self._count)
        self._run = Run()
        self._asked: set[str] = set()
        self._waiting: list[str] = []  # the next one last
        self._loading: set[str] = set()
        self._settling: set[str] = set()  # being checked or stored: cannot be stopped any more
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.stop)

    @property
    def running(self) -> bool:
        """Tell whether images are on their way."""
        return bool(self._waiting or self._loading or self._settling)

    def fetch(self, addresses: Iterable[str]) -> None:
        """Fetch images, those that are asked for already left out; join the run that is under way."""
        if not self.running:
            self._run, self._asked = Run(), set()
        new = [address for address in dict.fromkeys(addresses) if address not in self._asked]
        self._asked.update(new)
        self._waiting = [*reversed(new), *self._waiting]
        self._run.total += len(new)
        self._run.stopped = False
        self._go_on()

    def stop(self) -> None:
        """Fetch nothing more."""
        if not self.running:
            return
        self._run.stopped = True
        self._fetcher.stop()
        self._waiting.clear()
        self._loading.clear()
        self._go_on()

    def _go_on(self) -> None:
        run = self._run
        while self._waiting and len(self._loading) + len(self._settling) < self.limits.at_once:
            address = self._waiting.pop()
            if run.bytes_came >= self.limits.run_bytes:
                problem = refusal(refusals.RUN_TOO_LARGE, self.limits.run_bytes // MB)
                run.refused.append(ReportLine(address, "warning", str(problem)))
                continue
            self._loading.add(address)
            self._fetcher.fetch(address, self.limits)
        if self.running:
            self.progressed.emit(run)
        else:
            self.finished.emit(run)

    def _count(self, count: int) -> None:
        self._run.bytes_came += count
        self.progressed.emit(self._run)

    def _check(self, address: str, data: bytes) -> None:
        self._loading.discard(address)
        self._settling.add(address)
        self._workspace.read(
            lambda: check_bytes(data), partial(self._store, address, data), partial(self._refuse, address)
        )

    def _store(self, address: str, data: bytes, image: CheckedImage) -> None:
        name = file_name(address, image.suffixes)
        attachments = self._workspace.notebook.attachments

        def job() -> Changes:
            return attachments.keep_copy(address, name, image.mime, data)

        self._workspace.write(job, partial(self._stored, address, len(data)), partial(self._refuse, address))

    def _stored(self, address: str, size: int, _changes: Changes) -> None:
        self._run.stored += 1
        self._run.bytes_stored += size
        self._settling.discard(address)
        self._go_on()

    def _refuse(self, address: str, problem: BaseException) -> None:
        if not isinstance(problem, KonspektError):
            self._workspace.bug_found.emit(problem)
            problem = refusal(refusals.DAMAGED)
        sentence = str(problem) if isinstance(problem, ImageRefused) else in_users_language(str(problem))
        self._run.refused.append(ReportLine(address, "warning", sentence))
        self._loading.discard(address)
        self._settling.discard(address)
        self._go_on()


def file_name(address: str, suffixes: tuple[str, ...]) -> str:
    """Return a name for a copy: the last part of its address, with a suffix that says what it is."""
    path = unquote(urlsplit(address).path).rstrip("/")
    name = "".join(c for c in path.rpartition("/")[2].translate(_NO_NAME) if c.isprintable()).strip(" .")
    name = name[-LONGEST_NAME:] or "image"
    return name if name.lower().endswith(suffixes) else name + suffixes[0]
