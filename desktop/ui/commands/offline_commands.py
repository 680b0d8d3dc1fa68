"""Bringing a note's remote images into the library, and letting them go again; only ever because the user asked."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.core.records import NoteId, ReportLine

if TYPE_CHECKING:
    from desktop.ui.main_window import MainWindow
    from desktop.ui.offline.offline_images import OfflineImages, Run
    from desktop.ui.offline.progress import FetchProgress


class OfflineCommands(QObject):
    """Starts runs, shows how far they are and what came of them. What knows the network is imported on demand."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._workspace = window.workspace
        self._clicked = False  # one image on the page was asked for: it shows by itself that it came

    def make_offline(self) -> None:
        """Fetch the open note's remote images of which the library holds no copy."""
        self._with_images(self._fetch_missing)

    def fetch_image(self, address: str) -> None:
        """Fetch one image, whether or not there is a copy of it."""
        self._fetch([address], clicked=True)

    def forget_images(self) -> None:
        """Remove the stored copies of the open note's images."""
        self._with_images(self._forget)

    @cached_property
    def images(self) -> "OfflineImages":
        """What fetches."""
        from desktop.ui.offline.offline_images import OfflineImages

        images = OfflineImages(self._workspace, self)
        images.progressed.connect(self.progress.show_run)
        images.finished.connect(self._finished)
        self.progress.stopped.connect(images.stop)
        return images

    @cached_property
    def progress(self) -> "FetchProgress":
        """How far it is, in the status bar."""
        from desktop.ui.offline.progress import FetchProgress

        progress = FetchProgress()
        self._window.status.addWidget(progress)  # after the link, so that nothing right of it moves
        progress.hide()  # the status bar shows what it is given
        return progress

    # --- what the note shows -----------------------------------------------------------------------------

    def _with_images(self, then: Callable[[list[str], frozenset[str]], None]) -> None:
        """Read which remote images the open note shows, and of which there is a copy."""
        note_id = self._workspace.current
        if note_id is None:
            self._workspace.tell("warning", self.tr("Open a note first."))
            return
        self._window.editor.flush(wait=True)

        def show(found: tuple[list[str], frozenset[str]]) -> None:
            if found[0]:
                then(*found)
            else:
                self._workspace.tell("info", self.tr("This note shows no images from elsewhere."))

        self._workspace.read(lambda: self._read_images(note_id), show)

    def _read_images(self, note_id: NoteId) -> tuple[list[str], frozenset[str]]:
        from desktop.core.markup.remote_images import remote_images  # late: not before the first paint

        notebook = self._workspace.notebook
        addresses = list(remote_images(notebook.notes.read(note_id).text))
        return addresses, notebook.attachments.stored(addresses)

    def _fetch_missing(self, addresses: list[str], stored: frozenset[str]) -> None:
        missing = [address for address in addresses if address not in stored]
        if missing:
            self._fetch(missing)
            return
        self._window.offer(
            self.tr("%n image(s) of this note are in the library already.", "", len(addresses)),
            self.tr("Fetch again"),
            lambda: self._fetch(addresses),
            stays=False,
        )

    def _fetch(self, addresses: Sequence[str], clicked: bool = False) -> None:
        if self._workspace.notebook.read_only:
            self._workspace.tell(
                "error", "The library was opened for reading only; close the other Konspekt and try again."
            )
            return
        from desktop.ui.offline.fetching import MB, Limits  # late: most sessions never reach for the network

        self.images.limits = Limits(image_bytes=max(1, self._workspace.settings.image_limit) * MB)
        self._clicked = clicked
        self.images.fetch(addresses)

    def _forget(self, addresses: list[str], stored: frozenset[str]) -> None:
        if not stored:
            self._workspace.tell("info", self.tr("The library holds no copies of this note's images."))
            return
        held = [address for address in addresses if address in stored]
        self._workspace.write(
            lambda: self._workspace.notebook.attachments.forget_copies(held),
            lambda _changes: self._window.offer(
                self.tr("%n stored image(s) removed.", "", len(held)),
                self.tr("Fetch again"),
                lambda: self._fetch(held),
                stays=False,
            ),
        )

    # --- what came of it ---------------------------------------------------------------------------------

    def _finished(self, run: "Run") -> None:
        self.progress.hide()
        if run.total == 1 and run.refused:
            line = run.refused[0]
            told = self.tr("The image was not fetched: {0}").format(line.message)
            again = self.tr("Try again")
            self._window.notices.tell("warning", told, again, lambda: self._fetch([line.path], clicked=True), False)
            return
        if run.total == 1 and self._clicked and not run.stopped:
            return
        sentence = self._sentence(run)
        if run.refused:
            lines = tuple(run.refused)
            self._window.notices.tell("warning", sentence, self.tr("Show"), lambda: self._show_report(sentence, lines))
        else:
            self._workspace.tell("info", sentence)

    def _sentence(self, run: "Run") -> str:
        from desktop.ui.offline.progress import size_in_words

        parts = []
        if run.stopped:
            parts.append(self.tr("Fetching was stopped."))
        if run.stored:
            size = size_in_words(run.bytes_stored)
            parts.append(self.tr("%n image(s) stored ({0}).", "", run.stored).format(size))
        elif not run.refused:
            parts.append(self.tr("No image was stored."))
        if run.refused:
            parts.append(self.tr("%n image(s) could not be fetched.", "", len(run.refused)))
        return " ".join(parts)

    def _show_report(self, sentence: str, lines: Sequence[ReportLine]) -> None:
        from desktop.ui.dialogs.report_dialog import ReportDialog  # late: not before the first paint

        ReportDialog(self.tr("Images"), sentence, lines, self._window).open()
