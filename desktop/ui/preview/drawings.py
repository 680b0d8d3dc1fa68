"""The small pictures that the page draws itself: formulas, icons, and the card for an image that is not there."""

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPainterPath, QPen

from desktop.core.page.math import MathImage
from desktop.ui import theme

CARD_HEIGHT = 40  # pixels
LEAST_CARD = 120


def blank(width: float, height: float, ratio: float) -> QImage:
    """Return a clear image of so many pixels."""
    size = QSize(max(1, round(width * ratio)), max(1, round(height * ratio)))
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor(0, 0, 0, 0))
    return image


def formula(drawn: MathImage, ratio: float) -> QImage:
    """Draw a formula."""
    from PySide6.QtSvg import QSvgRenderer  # only pages with formulas need it

    image = blank(drawn.width, drawn.height, ratio)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(drawn.svg.encode())).render(painter, QRectF(0, 0, drawn.width, drawn.height))
    painter.end()
    return image


def icon(name: str, ratio: float) -> QImage:
    """Draw an icon of the page by its name."""
    return _landscape(ratio)


def stand_in(name: str, column: int, ratio: float) -> QImage:
    """Draw a quiet card with a name."""
    colours = theme.current()
    font = theme.ui_font()
    width = max(LEAST_CARD, min(column, QFontMetricsF(font).horizontalAdvance(name) + 60))
    image = blank(width, CARD_HEIGHT, ratio)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.code_background)
    painter.drawRoundedRect(QRectF(0, 0, width, CARD_HEIGHT), 6, 6)
    painter.drawImage(QRectF(13, 11, 18, 18), _landscape(ratio))
    painter.setPen(colours.muted)
    painter.setFont(font)
    words = QFontMetricsF(font).elidedText(name, Qt.TextElideMode.ElideMiddle, width - 52)
    painter.drawText(QRectF(42, 0, width - 46, CARD_HEIGHT), Qt.AlignmentFlag.AlignVCenter, words)
    painter.end()
    return image


def _landscape(ratio: float) -> QImage:
    """Draw a framed landscape: the sign for an image that is not fetched."""
    image = blank(18, 18, ratio)
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
