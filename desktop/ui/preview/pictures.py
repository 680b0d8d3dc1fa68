"""What a page may show as an image: formulas, our own icons, and the library's files; nothing else.

A stored file is read and decoded on a reader thread, to the very pixels that the screen will show; until it is here,
and where there is none, the page shows a calm stand-in. How wide a text wants an image stands in the image's address on
the page ("attachment:x.png#w=300"), so that the same file in two widths is two images.
"""

import re
from urllib.parse import unquote

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QImage

from desktop.core.notebook import Notebook
from desktop.core.page.math import MathImage
from desktop.core.records import Attachment, NoteId
from desktop.ui import theme
from desktop.ui.preview import drawings
from desktop.ui.preview.decoding import decode
from desktop.ui.workspace import Workspace

MAX_KEPT = 300
COLUMN = 740  # pixels
SCHEMES = ("attachment:", "stored:")  # of the library's files
_SIZED = re.compile(r'<img src="((?:attachment|stored):[^"#]*)"([^<>]{0,2000}?) width="(\d{1,5})"(?! height=)')


def is_stored(address: str) -> bool:
    """Tell whether an image on a page is one of the library's files."""
    return address.startswith(SCHEMES)


def with_widths(html: str) -> str:
    """Move the widths that a text asks for into its images' addresses: Qt would draw a scaled image coarsely."""
    if "width=" not in html or not any(f'src="{scheme}' in html for scheme in SCHEMES):
        return html
    return _SIZED.sub(r'<img src="\1#w=\3"\2', html)


def find_file(notebook: Notebook, address: str, note: NoteId | None) -> Attachment | None:
    """Return the stored file that an image of a note's page shows; on a reader thread."""
    path = address.partition("#")[0]
    if path.startswith("stored:"):
        return notebook.attachments.by_address(unquote(path.removeprefix("stored:")))
    return notebook.attachments.find(unquote(path.removeprefix("attachment:")), note)


class Pictures(QObject):
    """Images of one page by the address the page knows them by."""

    arrived = Signal(QUrl, QImage)  # a stored image that was asked for

    def __init__(self, workspace: Workspace, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._formulas: dict[str, MathImage] = {}
        self._images: dict[tuple[str, int, bool], QImage] = {}
        self._asked: set[tuple[str, int]] = set()
        self._widths: dict[str, int] = {}  # pixels that stored images would take with all the room there is
        self.note: NoteId | None = None
        self.column = COLUMN  # pixels an image may be wide
        self.ratio = 1.0  # device pixels in a pixel

    def forget(self, note: NoteId | None) -> None:
        """Begin anew for a note."""
        self.note = note
        self._images.clear()
        self._asked.clear()
        self._widths.clear()

    def learn(self, formulas: tuple[MathImage, ...]) -> None:
        """Remember a block's formulas."""
        for formula in formulas:
            self._formulas[formula.name] = formula

    def image(self, url: QUrl) -> QImage:
        """Return the image for an address; an empty one for anything that is not ours."""
        address = address_of(url)
        key = (address, round(self.ratio * 100), theme.current().dark)
        image = self._images.get(key)
        if image is None:
            image = self._make(url, address)
            if len(self._images) > MAX_KEPT:
                self._images.clear()
            self._images[key] = image
        return image

    def widen(self, column: int) -> None:
        """Ask anew for the images that a column of another width changes."""
        least, self.column = min(column, self.column), column
        for address, width in tuple(self._widths.items()):
            if width > least:
                self._ask(QUrl.fromEncoded(address.encode()), address)

    def _make(self, url: QUrl, address: str) -> QImage:
        scheme = url.scheme()
        if scheme == "math":
            formula = self._formulas.get(address)
            return QImage() if formula is None else drawings.formula(formula, self.ratio)
        if scheme == "icon":
            return drawings.icon(address.removeprefix("icon:"), self.ratio)
        if is_stored(address):
            self._ask(url, address)
            return drawings.blank(1, 1, self.ratio)
        return QImage()

    def _ask(self, url: QUrl, address: str) -> None:
        if (address, self.column) in self._asked:
            return
        self._asked.add((address, self.column))
        note, column, ratio, notebook = self.note, self.column, self.ratio, self._workspace.notebook
        asked_width = re.search(r"#w=(\d+)$", address)
        wanted = int(asked_width[1]) if asked_width else 0

        def read() -> tuple[QImage, int] | str:
            attachment = find_file(notebook, address, note)
            return "missing" if attachment is None else decode(attachment.data, column, wanted, ratio)

        def show(found: tuple[QImage, int] | str) -> None:
            if note != self.note:
                return
            if column != self.column:  # it is another by now
                self._ask(url, address)
                return
            if isinstance(found, str):
                image = drawings.stand_in(self._said(address, found), column, ratio)
            else:
                image, self._widths[address] = found
            self._images[(address, round(self.ratio * 100), theme.current().dark)] = image
            self.arrived.emit(url, image)

        self._workspace.read(read, show)

    def _said(self, address: str, problem: str) -> str:
        name = unquote(address.partition("#")[0].partition(":")[2].rpartition("/")[2])
        if problem == "large":
            return self.tr("{0} is too large to be shown").format(name)
        return self.tr("{0} cannot be shown").format(name) if problem == "unreadable" else name


def address_of(url: QUrl) -> str:
    """Return an address as the page writes it."""
    return url.toString(QUrl.ComponentFormattingOption.FullyEncoded)
