"""Told by its bytes: which images are let in, and which drawings are no drawings."""

import time

import pytest
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage

from desktop.ui.offline.image_check import check_bytes
from desktop.ui.offline.refusals import ImageRefused
from tests.ui.offline.conftest import SVG

BADGE = b"""<?xml version="1.0" encoding="UTF-8"?><!-- made by hand -->
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
 xmlns:tool="http://tool.example/" width="90" height="20" tool:version="1">
<metadata><tool:script>words of another vocabulary</tool:script></metadata><title>ready: green</title>
<defs><linearGradient id="s" x2="0" y2="100%"><stop offset="0" stop-color="#bbb"/></linearGradient>
<linearGradient id="t" xlink:href="#s"/></defs><style>.w { fill: url(#s) }</style>
<clipPath id="r"><rect width="90" height="20" rx="3"/></clipPath>
<a href="https://leads.example/"><g clip-path="url(#r)"><rect width="90" height="20" fill="url(#t)"/></g></a>
<path d="M0 0 L10.5 10" stroke-dasharray="3 2"/><text x="9" y="14">ready \xd1\x91</text></svg>"""


def encoded(kind: str) -> bytes:
    """Return a small picture in a format that Qt writes."""
    image = QImage(5, 3, QImage.Format.Format_RGB32)
    image.fill(0x336699)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, kind)  # type: ignore[call-overload]
    return bytes(buffer.data().data())


@pytest.mark.parametrize(
    ("kind", "mime"),
    [
        ("PNG", "image/png"),
        ("JPG", "image/jpeg"),
        ("WEBP", "image/webp"),
        ("BMP", "image/bmp"),
        ("ICO", "image/x-icon"),
    ],
)
def test_every_usual_kind_is_recognised(app: object, kind: str, mime: str) -> None:
    found = check_bytes(encoded(kind))
    assert (found.mime, found.width, found.height) == (mime, 5, 3)


def test_a_usual_drawing_is_let_in(app: object) -> None:
    assert (check_bytes(BADGE).width, check_bytes(b"\xef\xbb\xbf" + SVG).mime) == (90, "image/svg+xml")


@pytest.mark.parametrize(
    "inside",
    [
        "<script>x</script>",
        "<rect onload='x()' width='1' height='1'/>",
        "<image href='file:///etc/passwd' width='9' height='9'/>",
        "<image xmlns:x='http://www.w3.org/1999/xlink' x:href='http://elsewhere.example/x.png'/>",
        "<use href='#a'/>",
        "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>",
        "<rect fill='url(http://elsewhere.example/#a)'/>",
        "<rect fill='url( &quot;http://elsewhere.example/#a&quot;)'/>",
        "<style>@import 'http://elsewhere.example/x.css';</style>",
        "<style>rect { fill: url(//elsewhere.example) }</style>",
        "<a href='javascript:x()'><rect/></a>",
        "<linearGradient id='a' href='other.svg#a'/>",
        "<rect style='fill:url(data:x)'/>",
        "<animate attributeName='x'/>",
        "<filter id='f'><feGaussianBlur stdDeviation='9999'/></filter>",
        "<path d='M0 0 L9e9 9e9' stroke-dasharray='1'/>",
        "<path d='M0 0 L99999999 0'/>",
        "<path d='M0 0 L9 9' stroke-dasharray='0.001'/>",
        "<g>" * 120 + "</g>" * 120,
        "<g/>" * 20_001,
    ],
)
def test_a_drawing_with_more_than_shapes_is_refused(app: object, inside: str) -> None:
    with pytest.raises(ImageRefused, match="more than shapes"):
        check_bytes(SVG.replace(b"</svg>", inside.encode() + b"</svg>"))


@pytest.mark.parametrize(
    "head",
    ["<!DOCTYPE svg [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]>", "<?xml-stylesheet href='x.css'?>"],
)
def test_a_drawing_that_multiplies_or_is_styled_from_elsewhere_is_refused(app: object, head: str) -> None:
    with pytest.raises(ImageRefused):
        check_bytes(b"<?xml version='1.0'?>" + head.encode() + SVG)


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"<svg ", b"RIFF\0\0\0\0WEBPVP8 ", b"MZ\0\0"])
def test_a_head_alone_is_no_image(app: object, data: bytes) -> None:
    with pytest.raises(ImageRefused):
        check_bytes(data)


@pytest.mark.parametrize("piece", [b"<!--", b"<!-- -->", b" ", b"<!DOCTYPE svg>", b"<svg "])
def test_hostile_bytes_cost_linear_time(app: object, piece: bytes) -> None:
    start = time.process_time()
    with pytest.raises(ImageRefused):
        check_bytes(piece * (2_000_000 // len(piece)))
    assert time.process_time() - start < 1
