"""Which SVG drawings are let in: shapes, words and colours, and nothing that runs, points elsewhere or multiplies.

An allow-list: an element or an address that is not known here refuses the whole drawing. Qt's SVG reader opens files
that an `<image>` names and repeats whole trees for a `<use>`, so neither is let in.
"""

import re

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QXmlStreamReader

from desktop.ui.offline import refusals
from desktop.ui.offline.refusals import refusal

MAX_BYTES = 2_000_000
MAX_ELEMENTS = 20_000
MAX_DEPTH = 100

ELEMENTS = frozenset(
    "svg g a defs symbol title desc metadata style switch path rect circle ellipse line polyline polygon text tspan "
    "linearGradient radialGradient stop clipPath".split()
)
SVG_NAMESPACES = ("http://www.w3.org/2000/svg", "")
_GEOMETRY = frozenset("d points width height viewBox transform x y x1 y1 x2 y2 r rx ry cx cy font-size dx dy".split())
_ELSEWHERE = re.compile(r"url\s*+\(\s*+[\"']?+\s*+(?!#)|@import|expression\s*+\(|javascript:|data:", re.IGNORECASE)
_INERT_LINK = re.compile(r"\s*+(?:#|https?://)", re.IGNORECASE)
_HUGE_NUMBER = re.compile(r"(?<![\d.])\d{7}|e\+?\d", re.IGNORECASE)
_FINE_DASHES = re.compile(r"stroke-dasharray", re.IGNORECASE)
_SMALL_NUMBER = re.compile(r"(?<![\d.])0*\.\d|e-", re.IGNORECASE)


def check_svg(data: bytes) -> None:
    """Raise ImageRefused unless a drawing holds only what is known to be harmless."""
    if len(data) > MAX_BYTES:
        raise refusal(refusals.ACTIVE_SVG)
    held = QByteArray(data)
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QXmlStreamReader(buffer)
    kinds = QXmlStreamReader.TokenType
    count = depth = foreign = 0  # foreign: depth inside of metadata in another vocabulary, which Qt passes over
    in_style = False
    while not reader.atEnd():
        kind = reader.readNext()
        if kind in (kinds.DTD, kinds.EntityReference, kinds.ProcessingInstruction):
            if kind != kinds.DTD or reader.dtdName() != "svg" or reader.entityDeclarations():
                raise refusal(refusals.ACTIVE_SVG)
        elif kind == kinds.StartElement:
            count, depth = count + 1, depth + 1
            if count > MAX_ELEMENTS or depth > MAX_DEPTH:
                raise refusal(refusals.ACTIVE_SVG)
            if foreign or reader.namespaceUri() not in SVG_NAMESPACES:
                foreign += 1
                continue
            in_style = reader.name() == "style"
            if reader.name() not in ELEMENTS or not _harmless(reader):
                raise refusal(refusals.ACTIVE_SVG)
        elif kind == kinds.EndElement:
            depth -= 1
            foreign -= bool(foreign)
            in_style = False
        elif kind == kinds.Characters and in_style and not _harmless_value("style", reader.text()):
            raise refusal(refusals.ACTIVE_SVG)
    if reader.hasError():
        raise refusal(refusals.DAMAGED)


def _harmless(reader: QXmlStreamReader) -> bool:
    attributes = reader.attributes()
    for number in range(attributes.count()):
        attribute = attributes.at(number)
        name, value = attribute.name(), attribute.value()
        if name.lower().startswith("on"):
            return False
        inert = _INERT_LINK.match(value) if reader.name() == "a" else value.strip().startswith("#")
        if name == "href" and not inert:  # a picture's <a> leads nowhere when it is drawn
            return False
        if name != "href" and not attribute.namespaceUri() and not _harmless_value(name, value):
            return False
    return True


def _harmless_value(name: str, value: str) -> bool:
    if _ELSEWHERE.search(value):
        return False
    if name in _GEOMETRY and _HUGE_NUMBER.search(value):
        return False
    dashes = name == "stroke-dasharray" or (name == "style" and _FINE_DASHES.search(value))
    return not (dashes and _SMALL_NUMBER.search(value))
