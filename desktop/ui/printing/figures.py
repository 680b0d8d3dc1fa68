"""What a printed page shows among its words: pictures fitted to the sheet, formulas as drawings, sharp at any size."""

import html
import re
from collections.abc import Iterable, Mapping
from urllib.parse import unquote

from PySide6.QtCore import QByteArray, QObject, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPyTextObject, QTextDocument, QTextFormat

from desktop.core.page.math import MathImage
from desktop.core.page.palette import PRINT
from desktop.core.page.plain_html import HtmlBlock
from desktop.core.records import Attachment, NoteId
from desktop.ui.preview.decoding import decode
from desktop.ui.workspace import Workspace

REMOTE = "icon:image"  # what the page calls the sign for a picture that is elsewhere
_REMOTE_SIGN = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 18 18"><g fill="none" stroke="{0}" stroke-width="1.3">'
    '<rect x="1.5" y="3" width="15" height="12" rx="2.2"/><path d="M2.5 13.2l4.1-4.4 3 3.1 2.3-2.2 3.7 3.5"/></g>'
    '<circle cx="12.4" cy="6.4" r="1.2" fill="{0}"/></svg>'
)
SHARPNESS = (3.0, 1.0, 0.3)  # pixels of a picture in one of the page (288 to the inch); less for one that is too large
STAND_IN = QSizeF(260, 34)  # pixels: the name of a picture that cannot be shown
TALLEST = 0.9  # of a sheet's column
_SOURCE = re.compile(r'<img[^>]{0,2000}?src="((?:attachment|stored):[^"]{1,4000})"')

STORED = ("attachment:", "stored:")

Image = tuple[QImage, float]  # and the pixels it takes in a wide column


def addresses(blocks: Iterable[HtmlBlock]) -> list[str]:
    """Return the addresses of the stored pictures that blocks show."""
    return list(dict.fromkeys(html.unescape(found) for block in blocks for found in _SOURCE.findall(block.html)))


def read_pictures(workspace: Workspace, note: NoteId, wanted: Iterable[str], column: int) -> dict[str, Image]:
    """Return the pictures by address; to be called on a reader thread."""
    pictures = {}
    for address in wanted:
        stored = _attachment(workspace, note, address)
        if stored is None:
            continue
        for sharpness in SHARPNESS:
            decoded = decode(stored.data, column, 0, sharpness)
            if not isinstance(decoded, str):
                pictures[address] = (decoded[0], float(decoded[1]))
                break
    return pictures


def _attachment(workspace: Workspace, note: NoteId, address: str) -> Attachment | None:
    kind, _, name = address.partition(":")
    attachments = workspace.notebook.attachments
    return attachments.by_address(unquote(name)) if kind == "stored" else attachments.find(unquote(name), note)


class Figures(QPyTextObject):
    """Draws the images of a document."""

    def __init__(self, column: float, room: float, parent: QObject) -> None:
        super().__init__(parent)
        self._column = column
        self._tallest = room * TALLEST
        self._pictures: dict[str, Image] = {}
        self._formulas: dict[str, MathImage] = {}

    def learn(self, blocks: Iterable[HtmlBlock], pictures: Mapping[str, Image]) -> None:
        """Remember the formulas of blocks, and the pictures they show."""
        self._pictures.update(pictures)
        self._formulas.update((formula.name, formula) for block in blocks for formula in block.images)

    def intrinsicSize(self, document: QTextDocument, _position: int, form: QTextFormat) -> QSizeF:
        """Return the size that an image takes on the sheet."""
        image = form.toImageFormat()
        width, height = image.width(), image.height()
        name = image.name()
        if name in self._pictures:
            picture, whole = self._pictures[name]
            width = width or whole
            height = width * picture.height() / max(1, picture.width())
        elif name in self._formulas:
            width, height = self._formulas[name].width, self._formulas[name].height
        elif name.startswith(STORED):
            return STAND_IN
        elif not width or not height:
            return QSizeF(1, 1)
        scale = min(1.0, self._column / max(width, 1), self._tallest / max(height, 1))
        return QSizeF(width * scale, height * scale)

    def drawObject(
        self, painter: QPainter, rect: QRectF | QRect, document: QTextDocument, _position: int, form: QTextFormat
    ) -> None:
        """Draw an image."""
        name = form.toImageFormat().name()
        if name in self._pictures:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            picture = self._pictures[name][0]
            painter.drawImage(rect, picture, QRectF(picture.rect()))
        elif name in self._formulas:
            _draw_svg(painter, rect, self._formulas[name].svg)
        elif name == REMOTE:
            _draw_svg(painter, rect, _REMOTE_SIGN.format(PRINT.faint))
        elif name.startswith(STORED):
            _draw_name(painter, QRectF(rect), unquote(name.partition(":")[2]).rpartition("/")[2])


def _draw_name(painter: QPainter, rect: QRectF, name: str) -> None:
    """Draw what a picture is called, where it cannot be shown."""
    painter.save()
    painter.fillRect(rect, QColor(PRINT.card))
    _draw_svg(painter, QRectF(rect.left() + 10, rect.center().y() - 9, 18, 18), _REMOTE_SIGN.format(PRINT.faint))
    painter.setPen(QColor(PRINT.muted))
    box = rect.adjusted(38, 0, -10, 0)
    words = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, int(box.width()))
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, words)
    painter.restore()


def _draw_svg(painter: QPainter, rect: QRectF | QRect, svg: str) -> None:
    from PySide6.QtSvg import QSvgRenderer  # only pages with formulas need it

    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(rect))
