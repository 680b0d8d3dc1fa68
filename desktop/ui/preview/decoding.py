"""Bytes of a stored image to the pixels that a screen shows; on a reader thread.

An image is decoded no larger than it is shown, so a photograph of fifty million pixels costs as much as the column is
wide. What an image file says of its size is believed only below a cap, and an SVG is drawn only where it is harmless
(`stored_svg`).
"""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageIOHandler, QImageReader

from desktop.ui.preview.stored_svg import is_safe

MAX_PIXELS = 40_000_000  # that are decoded at once
HALVES, LEAST_LEVEL = 4, 256
MAX_SOURCE_PIXELS = 400_000_000  # of a file that can be decoded smaller than it is
_SCALED_WHILE_READ = (b"jpeg", b"jpg", b"svg", b"svgz")


def decode(data: bytes, column: int, wanted: int, ratio: float) -> tuple[QImage, int] | str:
    """Decode an image for a column, `wanted` pixels wide (0: as it is), sharp where a pixel is `ratio` device pixels.

    Returns the image, and the pixels it would take in an endless column; "large" or "unreadable" where there is none.
    """
    reader, buffer = _reader(data)
    natural = _natural_size(reader)
    if natural is None:
        return "unreadable"
    whole = wanted or natural.width()
    width = min(whole, column)
    height = max(1, round(natural.height() * width / natural.width()))
    vector = bytes(reader.format().data()).startswith(b"svg")
    device = QSize(max(1, round(width * ratio)), max(1, round(height * ratio)))
    if device.width() * device.height() > MAX_PIXELS:
        return "large"
    sharper = not vector and device.width() > natural.width()  # than the file: the pixels there are, drawn smoothly
    image = _read(reader, device if not sharper else natural)
    buffer.close()
    if isinstance(image, str):
        return image
    if image.size() != device:
        image = image.scaled(device, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
    image.setDevicePixelRatio(image.width() / width)
    return image, whole


def decode_whole(data: bytes) -> QImage | str:
    """Decode an image as large as it is, or as large as the cap lets it be."""
    reader, buffer = _reader(data)
    natural = _natural_size(reader)
    if natural is None:
        return "unreadable"
    pixels = natural.width() * natural.height()
    size = natural if pixels <= MAX_PIXELS else natural * (MAX_PIXELS / pixels) ** 0.5
    if bytes(reader.format().data()).startswith(b"svg") and pixels < MAX_PIXELS / 16:
        size = natural * 4  # it has no pixels of its own: enough of them to look at it closely
    image = _read(reader, size)
    buffer.close()
    return image


def levels_of(image: QImage) -> list[QImage]:
    """Return an image and its halves of halves, for being drawn small and smooth."""
    levels = [image]
    while len(levels) <= HALVES and min(levels[-1].width(), levels[-1].height()) > LEAST_LEVEL:
        half = levels[-1].size() / 2
        levels.append(
            levels[-1].scaled(
                half, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
        )
    return levels


def _reader(data: bytes) -> tuple[QImageReader, QBuffer]:
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    if bytes(reader.format().data()).startswith(b"svg") and (data[:2] == b"\x1f\x8b" or not is_safe(data)):
        buffer.close()
        return QImageReader(), buffer
    return reader, buffer


def _natural_size(reader: QImageReader) -> QSize | None:
    """Return the size that the image is seen in, turned as the camera says."""
    size = reader.size()
    if not size.isValid() or size.isEmpty():
        return None
    turned = reader.transformation() & QImageIOHandler.Transformation.TransformationRotate90
    return size.transposed() if turned else size


def _read(reader: QImageReader, size: QSize) -> QImage | str:
    """Decode, as large as wanted where the format can do that while it reads."""
    own = reader.size()
    pixels = own.width() * own.height()
    if bytes(reader.format().data()) in _SCALED_WHILE_READ:
        if pixels > MAX_SOURCE_PIXELS:
            return "large"
        turned = reader.transformation() & QImageIOHandler.Transformation.TransformationRotate90
        reader.setScaledSize(size.transposed() if turned else size)
    elif pixels > MAX_PIXELS:
        return "large"
    image = reader.read()
    return "unreadable" if image.isNull() else image
