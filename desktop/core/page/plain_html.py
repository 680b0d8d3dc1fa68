"""A text as it stands, as HTML: what is shown when rendering takes too long.

Imports nothing heavy: the window uses it.
"""

import html
from dataclasses import dataclass, field

from desktop.core.page.math import MathImage

LINES_AT_ONCE = 60
CHARACTERS_AT_ONCE = 4_000  # in one paragraph: a window lays it out in one go
MOST_OF_A_BLOCK = 6_000  # characters of one block that are shown as they are written


@dataclass(frozen=True, slots=True)
class HtmlBlock:
    """A block of finished HTML; lines count from 0 in the source. Equal keys show the same."""

    key: str
    first_line: int
    last_line: int
    html: str
    images: tuple[MathImage, ...] = field(default=())
    codes: tuple[str, ...] = ()  # what its links `do:copy/N` copy


@dataclass(frozen=True, slots=True)
class Rendering:
    """A whole text as blocks; `notice` is a sentence for the user when something is not shown as it should be."""

    blocks: tuple[HtmlBlock, ...]
    notice: str = ""


def plain_paragraph(lines: list[str]) -> str:
    """Return lines of source text as one paragraph of HTML."""
    return "<p>" + "<br>".join(html.escape(line, quote=False).replace("  ", " \u00a0") for line in lines) + "</p>"


def plain_excerpt(text: str) -> str:
    """Return the beginning of a block's source as one paragraph of HTML, with an ellipsis where it goes on."""
    shown = text if len(text) <= MOST_OF_A_BLOCK else text[:MOST_OF_A_BLOCK] + " …"
    return plain_paragraph(shown.split("\n"))


def plain_rendering(text: str, notice: str = "") -> Rendering:
    """Return a text as it stands, cut into blocks of some lines, and within lines that are very long."""
    blocks = []
    first, piece, length = 0, list[str](), 0
    for number, line in enumerate(text.split("\n")):
        for start in range(0, max(1, len(line)), CHARACTERS_AT_ONCE):
            part = line[start : start + CHARACTERS_AT_ONCE]
            if piece and (start or len(piece) == LINES_AT_ONCE or length + len(part) > CHARACTERS_AT_ONCE):
                blocks.append(_plain_block(piece, first, number - (0 if start else 1)))
                piece, length = [], 0
            if not piece:
                first = number
            piece.append(part)
            length += len(part)
    blocks.append(_plain_block(piece, first, text.count("\n")))
    return Rendering(tuple(blocks), notice)


def _plain_block(lines: list[str], first: int, last: int) -> HtmlBlock:
    body = plain_paragraph(lines)
    return HtmlBlock(f"plain:{hash(body)}", first, last, body)
