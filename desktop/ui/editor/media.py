"""Pictures and files that are pasted or dropped: stored in the library, embedded where the cursor was."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QDateTime, QIODevice, QMimeData, QObject
from PySide6.QtGui import QImage, QTextCursor

from desktop.core.records import Attachment, Changes
from desktop.ui.sentences import in_users_language
from desktop.ui.workspace import Workspace

LARGEST_BYTES = 64 * 1024 * 1024
_ORIGIN = "editor"


class MediaPaste(QObject):
    """Stores what was pasted and writes the embed into the text, wherever its place has moved by then."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace

    def paste(self, source: QMimeData, cursor: QTextCursor) -> None:
        """Store the image or the local files of `source`, and embed them at `cursor`."""
        place = QTextCursor(cursor)
        files = [Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile()] if source.hasUrls() else []
        if files:
            for file in files:
                self._store(file.name, file.read_bytes, place, self._too_large(file))
        elif source.hasImage():
            data = _png(QImage(source.imageData()))
            name = QDateTime.currentDateTime().toString("'image' yyyy-MM-dd HH-mm-ss") + ".png"
            self._store(name, lambda: data, place, len(data) > LARGEST_BYTES)

    def _too_large(self, file: Path) -> bool:
        try:
            return not file.is_file() or file.stat().st_size > LARGEST_BYTES
        except OSError:
            return True

    def _store(self, name: str, read: Callable[[], bytes], place: QTextCursor, refused: bool) -> None:
        if refused:
            self._workspace.tell("error", self.tr("“{0}” is not a file of at most 64 MB.").format(name))
            return
        attachments = self._workspace.notebook.attachments
        stored: list[Attachment] = []

        def job() -> Changes:
            stored.append(attachments.add(attachments.unique_name(name), read()))
            return Changes(origin=_ORIGIN)

        def failed(error: BaseException) -> None:
            reason = in_users_language(str(error))
            self._workspace.tell("error", self.tr("“{0}” could not be stored: {1}").format(name, reason))

        self._workspace.write(job, lambda _changes: place.insertText(f"![[{stored[0].name}]]"), failed)


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the binding takes str, its stub says bytes
    return bytes(buffer.data().data())
