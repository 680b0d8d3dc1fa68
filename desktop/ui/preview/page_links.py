"""The links of a page's document: where they stand, and what they say."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtGui import QTextBlock, QTextDocument


@dataclass(frozen=True, slots=True)
class LinkSpan:
    """A link in a document, from `start` to before `end`."""

    address: str
    start: int
    end: int


def links_of(block: QTextBlock) -> Iterator[LinkSpan]:
    """Yield a paragraph's links; pieces of one address that touch are one link."""
    address, start, end = "", 0, 0
    pieces = block.begin()
    while not pieces.atEnd():
        piece = pieces.fragment()
        here = piece.charFormat().anchorHref()
        if here != address:
            if address:
                yield LinkSpan(address, start, end)
            address, start = here, piece.position()
        end = piece.position() + piece.length()
        pieces += 1
    if address:
        yield LinkSpan(address, start, end)


def link_after(document: QTextDocument, position: int, forward: bool) -> LinkSpan | None:
    """Return the next link from a position on, or the one before it."""
    block = document.findBlock(position)
    while block.isValid():
        links = list(links_of(block))
        for link in links if forward else reversed(links):
            if (link.start >= position) if forward else (link.end <= position):
                return link
        block = block.next() if forward else block.previous()
    return None


def words_around(document: QTextDocument, position: int, address: str) -> str:
    """Return the whole words of the link with that address at a position."""
    for link in links_of(document.findBlock(position)):
        if link.address == address and link.start <= position <= link.end:
            start = document.findBlock(position).position()
            return document.findBlock(position).text().encode("utf-16-le")[
                2 * (link.start - start) : 2 * (link.end - start)
            ].decode("utf-16-le", "replace")
    return ""
