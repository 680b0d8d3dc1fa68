"""A text as it stands, as HTML: what is shown when rendering takes too long.

Imports nothing heavy: the window uses it.
"""

import html
from dataclasses import dataclass, field

from desktop.core.text.math import MathImage

LINES_AT_ONCE = 60


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


def plain_rendering(text: str, notice: str = "") -> Rendering:
    """Return a text as it stands, cut into blocks of some lines."""
    lines = text.split("\n")
    blocks = []
    for start in range(0, len(lines), LINES_AT_ONCE):
        piece = lines[start : start + LINES_AT_ONCE]
        body = plain_paragraph(piece)
        blocks.append(HtmlBlock(f"plain:{hash(body)}", start, start + len(piece) - 1, body))
    return Rendering(tuple(blocks), notice)
