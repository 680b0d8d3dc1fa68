"""What is pasted or dropped beyond plain words: pictures and files, which the library stores, and HTML.

Bytes are packed, read and stored on the writer thread, HTML is turned into Markdown on a reader's. The place where it
all goes is a cursor, which moves with the text meanwhile.
"""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QDateTime, QIODevice, QMimeData, QObject
from PySide6.QtGui import QImage, QTextCursor

from desktop.core.records import Changes
from desktop.ui.sentences import in_users_language
from desktop.ui.workspace import Workspace

LARGEST_BYTES = 64 * 1024 * 1024
LARGEST_PIXELS = 100_000_000
_ORIGIN = "editor"
_MEANINGFUL = re.compile(r"[\[\]|#^<>\\/\x00-\x1f\x7f\u2028\u2029]+")  # what a wiki link or a path gives a meaning to


class MediaPaste(QObject):
    """Stores what was pasted and writes the embed into the text, wherever its place has moved by then."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace

    def paste(self, source: QMimeData, cursor: QTextCursor) -> None:
        """Store the image or the local files of `source` and embed them at `cursor`, or write its HTML there."""
        place = QTextCursor(cursor)
        place.removeSelectedText()
        place.setKeepPositionOnInsert(True)  # what is typed until then comes after it
        files = [Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile()] if source.hasUrls() else []
        if files:
            self._store([(file.name, file.read_bytes) for file in files if self._fits(file)], place)
        elif source.hasImage() and not source.hasText():
            self._store_image(QImage(source.imageData()), place)
        elif source.hasHtml():
            self._write_html(source.html(), source.text(), place)

    def _fits(self, file: Path) -> bool:
        try:
            fits = file.is_file() and file.stat().st_size <= LARGEST_BYTES
        except OSError:
            fits = False
        if not fits:
            self._refuse(file.name)
        return fits

    def _refuse(self, name: str) -> None:
        self._workspace.tell("error", self.tr("“{0}” is not a file of at most 64 MB.").format(name))

    def _store_image(self, image: QImage, place: QTextCursor) -> None:
        name = QDateTime.currentDateTime().toString("'image' yyyy-MM-dd HH-mm-ss") + ".png"
        if image.isNull() or image.width() * image.height() > LARGEST_PIXELS:
            self._refuse(name)
        else:
            self._store([(name, lambda: _png(image))], place)

    def _store(self, files: Sequence[tuple[str, Callable[[], bytes]]], place: QTextCursor) -> None:
        """Store the files in one go and embed those that could be stored, each on a line of its own."""
        attachments = self._workspace.notebook.attachments
        stored: list[str] = []
        failed: list[tuple[str, str]] = []

        def job() -> Changes:
            for name, read in files:
                try:
                    stored.append(attachments.add(attachments.unique_name(linkable(name)), read()).name)
                except OSError as error:
                    failed.append((name, error.strerror or str(error)))
            return Changes(origin=_ORIGIN)

        def embed(_changes: Changes) -> None:
            _insert(place, "\n".join(f"![[{name}]]" for name in stored))
            for name, reason in failed:
                self._tell_failure(name, reason)

        if files:
            names = ", ".join(name for name, _read in files)
            self._workspace.write(job, embed, lambda error: self._tell_failure(names, in_users_language(str(error))))

    def _tell_failure(self, name: str, reason: str) -> None:
        self._workspace.tell("error", self.tr("“{0}” could not be stored: {1}").format(name, reason))

    def _write_html(self, html: str, plain: str, place: QTextCursor) -> None:
        def convert() -> str:
            from desktop.core.markup.html_to_markdown import to_markdown  # late: Beautiful Soup, on a reader thread

            return to_markdown(html)

        def failed(error: BaseException) -> None:
            _insert(place, plain)  # whatever went wrong, the words are there
            self._workspace.bug_found.emit(error)

        self._workspace.read(convert, lambda markdown: _insert(place, markdown or plain), failed)


def linkable(name: str) -> str:
    """Return a file's name without what a wiki link gives a meaning to."""
    return " ".join(_MEANINGFUL.sub(" ", name).split()) or "file"


def _insert(place: QTextCursor, text: str) -> None:
    """Write at a place, as a step of undo of its own."""
    if text and not place.isNull():
        place.setKeepPositionOnInsert(False)
        place.clearSelection()  # only the position was kept, not the anchor
        place.beginEditBlock()
        place.insertText(text)
        place.endEditBlock()


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the binding takes str, its stub says bytes
    return bytes(buffer.data().data())
