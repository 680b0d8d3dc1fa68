"""Images on the page: put in when they come, redrawn when the column changes, and opened by a click."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, QTimer, QUrl
from PySide6.QtGui import QGuiApplication, QImage, QTextDocument

from desktop.core.records import Attachment, NoteId
from desktop.ui.preview.browser import Browser
from desktop.ui.preview.decoding import decode_whole, levels_of
from desktop.ui.preview.pictures import Pictures, find_file
from desktop.ui.preview.scrolling import Scrolling
from desktop.ui.workspace import Workspace

if TYPE_CHECKING:
    from desktop.ui.preview.zoom_window import ZoomWindow

GATHER_MS = 25  # images that arrive within this lay the page out once
COLUMN_REST_MS = 180  # after the window was drawn wider
Found = tuple[Attachment, list[QImage]]


class Illustrations(QObject):
    """Joins the images to the page's document."""

    def __init__(self, workspace: Workspace, browser: Browser, pictures: Pictures, scrolling: Scrolling) -> None:
        super().__init__(browser)
        self._workspace = workspace
        self._browser = browser
        self._pictures = pictures
        self._scrolling = scrolling
        self._arrived: dict[str, tuple[QUrl, QImage]] = {}
        self.window: ZoomWindow | None = None  # the one opened last
        self._gather = QTimer(self, singleShot=True, interval=GATHER_MS)
        self._gather.timeout.connect(self._show_arrived)
        self._resized = QTimer(self, singleShot=True, interval=COLUMN_REST_MS)
        self._resized.timeout.connect(lambda: pictures.widen(browser.column))
        pictures.arrived.connect(self._take)
        browser.column_changed.connect(self._resized.start)
        browser.image_activated.connect(self.open)
        browser.image_copied.connect(self.copy)
        browser.image_saved.connect(self.save)

    def begin(self, note: NoteId | None) -> None:
        """Forget the images of the note before, and those that were drawn for another screen or column."""
        self._arrived.clear()
        self._pictures.ratio = self._browser.devicePixelRatioF()
        self._pictures.column = self._browser.column
        self._pictures.forget(note)

    def open(self, address: str) -> None:
        """Show an image in a window of its own."""

        def show(found: Found | None) -> None:
            if found is None:
                self._workspace.tell("warning", self.tr("This image cannot be shown."))
                return
            from desktop.ui.preview.zoom_window import ZoomWindow  # late: only a click needs it

            attachment, levels = found
            self.window = ZoomWindow(levels, attachment.name, attachment.data, self._browser.window())
            self.window.show()

        self._read(address, show)

    def copy(self, address: str) -> None:
        """Put an image on the clipboard."""

        def put(found: Found | None) -> None:
            if found is not None:
                data = QMimeData()
                data.setImageData(found[1][0])
                QGuiApplication.clipboard().setMimeData(data)

        self._read(address, put)

    def save(self, address: str) -> None:
        """Ask for a place, and write the file there as it is stored."""

        def write(found: Found | None) -> None:
            if found is not None:
                from desktop.ui.preview.zoom_window import save_image  # late: only a click needs it

                save_image(found[0].name, found[0].data, self._browser)

        self._read(address, write)

    def _read(self, address: str, then: Callable[[Found | None], None]) -> None:
        note, notebook = self._pictures.note, self._workspace.notebook

        def read() -> Found | None:
            attachment = find_file(notebook, address, note)
            image = decode_whole(attachment.data) if attachment is not None else "missing"
            return None if attachment is None or isinstance(image, str) else (attachment, levels_of(image))

        self._workspace.read(read, then)

    def _take(self, url: QUrl, image: QImage) -> None:
        self._arrived[url.toString()] = url, image
        self._gather.start()

    def _show_arrived(self) -> None:
        document, top = self._browser.document(), self._scrolling.top()
        for url, image in self._arrived.values():
            document.addResource(QTextDocument.ResourceType.ImageResource.value, url, image)
        self._arrived.clear()
        document.markContentsDirty(0, document.characterCount())
        self._scrolling.hold(top)
