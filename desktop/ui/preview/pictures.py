"""What a page may show as an image: formulas, our own icons, and the library's attachments; nothing else.

An attachment is read on a reader thread; until it is here, and where there is none, the page shows a calm stand-in.
"""

from collections.abc import Callable
from urllib.parse import unquote

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt, QUrl
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPainterPath, QPen

from desktop.core.records import Attachment, NoteId
from desktop.core.text.math import MathImage
from desktop.ui import theme
from desktop.ui.workspace import Workspace

MAX_PIXELS = 40_000_000  # of a decoded image: more is not decoded at all
MAX_KEPT = 300


class Pictures:
    """Images of one page by the address the page knows them by."""

    def __init__(self, workspace: Workspace, arrived: Callable[[QUrl, QImage], None]) -> None:
        self._workspace = workspace
        self._arrived = arrived
        self._formulas: dict[str, MathImage] = {}
        self._images: dict[tuple[str, int, bool], QImage] = {}
        self._asked: set[str] = set()
        self._note: NoteId | None = None
        self.column = 740  # pixels an image may be wide
        self.ratio = 1.0  # device pixels in a pixel

    def forget(self, note: NoteId | None) -> None:
        """Begin anew for a note."""
        self._note = note
        self._images.clear()
        self._asked.clear()

    def learn(self, formulas: tuple[MathImage, ...]) -> None:
        """Remember a block's formulas."""
        for formula in formulas:
            self._formulas[formula.name] = formula

    def image(self, url: QUrl) -> QImage:
        """Return the image for an address; an empty one for anything that is not ours."""
        address = url.toString(QUrl.ComponentFormattingOption.FullyEncoded)
        key = (address, round(self.ratio * 100), theme.current().dark)
        image = self._images.get(key)
        if image is None:
            image = self._make(url, address)
            if len(self._images) > MAX_KEPT:
                self._images.clear()
            self._images[key] = image
        return image

    def _make(self, url: QUrl, address: str) -> QImage:
        scheme = url.scheme()
        if scheme == "math":
            formula = self._formulas.get(address)
            return QImage() if formula is None else self._drawn_formula(formula)
        if scheme == "icon":
            return self._icon()
        if scheme == "attachment":
            self._ask(url, unquote(address.removeprefix("attachment:")))
            return self._stand_in("")
        return QImage()

    def _blank(self, width: float, height: float) -> QImage:
        size = QSize(max(1, round(width * self.ratio)), max(1, round(height * self.ratio)))
        image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(self.ratio)
        image.fill(QColor(0, 0, 0, 0))
        return image

    def _drawn_formula(self, formula: MathImage) -> QImage:
        from PySide6.QtSvg import QSvgRenderer  # only pages with formulas need it

        image = self._blank(formula.width, formula.height)
        painter = QPainter(image)
        QSvgRenderer(QByteArray(formula.svg.encode())).render(painter, QRectF(0, 0, formula.width, formula.height))
        painter.end()
        return image

    def _icon(self) -> QImage:
        """Draw a framed landscape: the sign for an image that is not fetched."""
        image = self._blank(18, 18)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.current().faint, 1.3))
        painter.drawRoundedRect(QRectF(1.5, 3, 15, 12), 2.2, 2.2)
        hills = QPainterPath()
        hills.moveTo(2.5, 13.2)
        hills.lineTo(6.6, 8.8)
        hills.lineTo(9.6, 11.9)
        hills.lineTo(11.9, 9.7)
        hills.lineTo(15.6, 13.2)
        painter.drawPath(hills)
        painter.setBrush(theme.current().faint)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(QRectF(11.2, 5.2, 2.4, 2.4))
        painter.end()
        return image

    def _stand_in(self, name: str) -> QImage:
        """Draw a quiet card with a name, or an empty line while the image is on its way."""
        if not name:
            return self._blank(1, 1)
        colours = theme.current()
        font = theme.ui_font()
        width = min(self.column, QFontMetricsF(font).horizontalAdvance(name) + 60)
        image = self._blank(width, 40)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.code_background)
        painter.drawRoundedRect(QRectF(0, 0, width, 40), 6, 6)
        painter.drawImage(QRectF(13, 11, 18, 18), self._icon())
        painter.setPen(colours.muted)
        painter.setFont(font)
        words = QFontMetricsF(font).elidedText(name, Qt.TextElideMode.ElideMiddle, width - 52)
        painter.drawText(QRectF(42, 0, width - 46, 40), Qt.AlignmentFlag.AlignVCenter, words)
        painter.end()
        return image

    # --- attachments -------------------------------------------------------------------------------------

    def _ask(self, url: QUrl, path: str) -> None:
        if path in self._asked:
            return
        self._asked.add(path)
        note, column, ratio = self._note, self.column, self.ratio

        def read() -> QImage | None:
            attachment = self._workspace.notebook.attachments.find(path, note)
            return None if attachment is None else decode(attachment, column, ratio)

        def show(image: QImage | None) -> None:
            if note != self._note:
                return
            if image is None or image.isNull():
                image = self._stand_in(path.rpartition("/")[2])
            address = url.toString(QUrl.ComponentFormattingOption.FullyEncoded)
            self._images[(address, round(self.ratio * 100), theme.current().dark)] = image
            self._arrived(url, image)

        self._workspace.read(read, show)


def decode(attachment: Attachment, column: int, ratio: float) -> QImage | None:
    """Decode an image, scaled smoothly to the column where it is wider; None where it cannot be shown."""
    from PySide6.QtCore import QBuffer, QIODevice
    from PySide6.QtGui import QImageReader

    bytes_ = QByteArray(attachment.data)
    buffer = QBuffer(bytes_)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid() or size.width() * size.height() > MAX_PIXELS:
        return None
    image = reader.read()
    if image.isNull():
        return None
    if image.width() > column * ratio:
        image = image.scaledToWidth(round(column * ratio), Qt.TransformationMode.SmoothTransformation)
        image.setDevicePixelRatio(ratio)
    return image
