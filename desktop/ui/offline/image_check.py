"""Is this an image, and one that can be shown without harm? Told by its bytes, never by what a server calls it.

Runs off the GUI thread. An image is decoded once, whole, before it may come into the library: what is kept can be
shown. How much that may cost is known from the head of the file before a pixel is made.
"""

import re
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImageReader

from desktop.ui.offline import refusals
from desktop.ui.offline.refusals import refusal
from desktop.ui.offline.svg_check import check_svg

MAX_PIXELS = 40_000_000  # as many as the page decodes
MAX_SIDE = 30_000
_WEB_PAGE = re.compile(
    rb"\s*+(?:<!--(?:[^-]++|-(?!->))*+-->\s*+)*+<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE
)
_SVG = re.compile(rb"\s*+(?:<\?xml[^>]*+>\s*+)?(?:<!--(?:[^-]++|-(?!->))*+-->\s*+|<!DOCTYPE[^>\[]*+>\s*+)*+<svg[\s>]")


@dataclass(frozen=True, slots=True)
class CheckedImage:
    """An image that can be shown."""

    mime: str
    suffixes: tuple[str, ...]  # of a file's name, the usual one first
    width: int
    height: int


_KINDS: tuple[tuple[re.Pattern[bytes], str, bytes, tuple[str, ...]], ...] = (
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "image/png", b"png", (".png",)),
    (re.compile(rb"\xff\xd8\xff"), "image/jpeg", b"jpeg", (".jpg", ".jpeg", ".jpe", ".jfif")),
    (re.compile(rb"GIF8[79]a"), "image/gif", b"gif", (".gif",)),
    (re.compile(rb"RIFF....WEBPVP8", re.DOTALL), "image/webp", b"webp", (".webp",)),
    (re.compile(rb"BM.{4}\x00{4}", re.DOTALL), "image/bmp", b"bmp", (".bmp",)),
    (re.compile(rb"\x00\x00\x01\x00[^\x00]\x00"), "image/x-icon", b"ico", (".ico",)),
    (_SVG, "image/svg+xml", b"svg", (".svg",)),
)


def check_bytes(data: bytes) -> CheckedImage:
    """Return what kind of image some bytes are; raise ImageRefused where they are none that can be shown."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    for pattern, mime, qt_format, suffixes in _KINDS:
        if pattern.match(data):
            if mime == "image/svg+xml":
                check_svg(data)
            width, height = _decoded_size(data, qt_format)
            return CheckedImage(mime, suffixes, width, height)
    raise refusal(refusals.WEB_PAGE if _WEB_PAGE.match(data) else refusals.NO_IMAGE)


def _decoded_size(data: bytes, qt_format: bytes) -> tuple[int, int]:
    """Decode the first picture of a file whose head promises a bearable one; return its size."""
    held = QByteArray(data)
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(qt_format))
    reader.setAutoDetectImageFormat(False)
    size = reader.size()
    if not size.isValid() or size.isEmpty():
        raise refusal(refusals.DAMAGED)
    if size.width() * size.height() > MAX_PIXELS or max(size.width(), size.height()) > MAX_SIDE:
        raise refusal(refusals.TOO_MANY_PIXELS, size.width(), size.height())
    image = reader.read()
    if image.isNull():
        raise refusal(refusals.DAMAGED)
    return image.width(), image.height()
