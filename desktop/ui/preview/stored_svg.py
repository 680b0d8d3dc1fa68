"""Is a stored SVG safe to draw? Qt reads files that a drawing names, and repeats what it refers to without end.

What is stored came with an import and may be anybody's. The drawing is read by the parser that Qt draws with, so both
see the same: an encoding, an entity or a nested drawing hides nothing. It may hold shapes, words and pictures of pixels
within itself, and refer to its own parts; what all references together come to is counted before anything is drawn.
"""

import re
from dataclasses import dataclass, field
from math import inf

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QXmlStreamReader

MAX_DEPTH = 200
MAX_DRAWN = 100_000  # elements, those that references repeat counted each time
_GRADIENTS = frozenset(("linearGradient", "radialGradient"))
_REFERENCE = re.compile(r"url\(\s*+[\"']?+\s*+#([^\"')\s]{1,200})")
# Qt takes what follows the last "base64," and looks at its bytes alone: these are the beginnings of pictures of pixels.
_PIXELS = re.compile(
    r"\s*+data:image/(?:png|jpe?g|gif|webp);base64,\s*+(?:iVBORw0KGgo|/9j/|R0lGOD|UklGR)[A-Za-z0-9+/=\s]*+\Z"
)


@dataclass(slots=True)
class _Part:
    """An element that can be referred to: how many elements it holds, and which of the references."""

    tag: str
    elements: tuple[int, int]
    references: tuple[int, int] = (0, 0)


@dataclass(slots=True)
class _Reading:
    count: int = 0
    references: list[str] = field(default_factory=list)
    styled: list[str] = field(default_factory=list)  # references that rules make, from wherever they apply
    parts: dict[str, list[_Part]] = field(default_factory=dict)  # of one name there may be several
    opened: list[_Part | None] = field(default_factory=list)
    in_style: bool = False


def is_safe(data: bytes) -> bool:
    """Tell whether a drawing names nothing outside of itself and is drawn in a bearable time."""
    held = QByteArray(data)
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader, kinds = QXmlStreamReader(buffer), QXmlStreamReader.TokenType
    reading = _Reading()
    while not reader.atEnd():
        kind = reader.readNext()
        if kind == kinds.StartElement:
            if not _open(reader, reading) or reading.count > MAX_DRAWN or len(reading.opened) > MAX_DEPTH:
                return False
        elif kind == kinds.EndElement:
            _close(reading)
        elif kind == kinds.Characters and reading.in_style:
            reading.styled += _REFERENCE.findall(reader.text())
        elif kind == kinds.ProcessingInstruction and reader.processingInstructionTarget() == "xml-stylesheet":
            return False  # Qt would read that file
        elif kind == kinds.EntityReference or (kind == kinds.DTD and reader.entityDeclarations()):
            return False
    return _drawn(reading) <= MAX_DRAWN


def _open(reader: QXmlStreamReader, reading: _Reading) -> bool:
    """Take in an element; False where it names something outside."""
    tag, name = reader.name(), ""
    first = len(reading.references)
    attributes = reader.attributes()
    for number in range(attributes.count()):
        attribute = attributes.at(number)
        key, value = attribute.name(), attribute.value()
        if key in ("href", "src"):
            target = value.strip()
            if target.startswith("#"):
                if tag not in _GRADIENTS:  # which only borrow colours
                    reading.references.append(target[1:])
            elif target and not _PIXELS.match(value):
                return False
        elif key == "id":
            name = value
        elif "url(" in value:
            reading.references += _REFERENCE.findall(value)
    part = _Part(tag, (reading.count, 0), (first, 0)) if name else None
    if part is not None:
        reading.parts.setdefault(name, []).append(part)
    reading.count += 1
    reading.opened.append(part)
    reading.in_style = tag == "style"
    return True


def _close(reading: _Reading) -> None:
    reading.in_style = False
    part = reading.opened.pop()
    if part is not None:
        part.elements = (part.elements[0], reading.count)
        part.references = (part.references[0], len(reading.references))


def _drawn(reading: _Reading) -> float:
    """Return how many elements are drawn at most; endlessly many where parts hold themselves."""
    known: dict[str, float] = {}

    def cost(name: str, depth: int) -> float:
        if name not in reading.parts:
            return 0
        if depth > MAX_DEPTH:
            return inf
        if name not in known:
            known[name] = inf  # for whoever comes here again from inside
            whole = 0.0
            for part in reading.parts[name]:
                whole += part.elements[1] - part.elements[0]
                whole += sum(cost(other, depth + 1) for other in reading.references[slice(*part.references)])
            known[name] = whole
        return known[name]

    if any(part.tag not in _GRADIENTS for name in reading.styled for part in reading.parts.get(name, ())):
        return inf  # nobody knows how often rules apply
    return reading.count + sum(cost(name, 0) for name in reading.references)
