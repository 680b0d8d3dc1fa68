"""The elements that words become: links, pictures, HTML as it stands."""

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element

from desktop.core.markup.emphasis import fill

RAW = "raw"  # an element whose text is HTML as the note holds it
_MAX_NESTING = 50
_MAX_WORDS = 2_000  # of a picture's description: pictures in pictures would take the square
_SIZE = re.compile(r"(.*)\|[ ]*(\d{1,4})(?:x(\d{1,4}))?[ ]*")


def raw(source: str) -> Element:
    """Make an element that is written as the HTML it holds."""
    element = Element(RAW)
    element.text = source
    return element


def trimmed(text: str, start: int, end: int) -> int:
    """Return where an address without brackets ends: before stops, and before a parenthesis opened outside."""
    if text.count(")", start, end) > 20:  # nobody's address
        end = text.index(")", start, end)
    while end > start:
        last = text[end - 1]
        if last in ".,:;!?'\"*_~=" or (last == ")" and text.count("(", start, end) < text.count(")", start, end)):
            end -= 1
        else:
            break
    return end


def link_to(address: str, inside: str | Sequence[str | Element], title: str = "") -> Element:
    link = Element("a", {"href": address})
    if title:
        link.set("title", title)
    fill(link, [inside] if isinstance(inside, str) else list(inside))
    return link


def picture(address: str, title: str, inside: Sequence[str | Element]) -> Element:
    words = "".join(piece if isinstance(piece, str) else _shown(piece) for piece in inside)[:_MAX_WORDS]
    sized = _SIZE.fullmatch(words)
    image = Element("img", {"src": address, "alt": sized[1] if sized else words})
    if sized:
        image.set("width", sized[2])
        if sized[3]:
            image.set("height", sized[3])
    if title:
        image.set("title", title)
    return image


def _shown(element: Element, depth: int = 0) -> str:
    """Return the words in an element, a picture's description among them."""
    if element.tag == RAW:
        return ""
    if element.tag == "img":
        return element.get("alt") or ""
    if depth > _MAX_NESTING:
        return "".join(element.itertext())
    return (element.text or "") + "".join(_shown(child, depth + 1) + (child.tail or "") for child in element)
