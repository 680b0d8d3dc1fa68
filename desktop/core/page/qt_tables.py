"""A table as HTML for QTextDocument: as wide as its words want, no wider than its place.

QTextDocument makes a column at least as wide as its longest word. Where these would not fit side by side beside the
text, they may be broken, and where there are many the table is written smaller too.
"""

from collections.abc import Callable
from dataclasses import replace

from desktop.core.markup.sanitize import Element
from desktop.core.page.image_cards import COLUMN
from desktop.core.page.line_breaks import longest_run
from desktop.core.page.palette import Palette
from desktop.core.page.qt_words import BLOCK_TAGS, TABLE_EDGE, Place

LETTER = 0.57  # of the words' size: a letter's width in Inter, both languages
BESIDE = 300  # pixels of a page that stands beside its text in a small window
SQUEEZED = 400  # pixels that a table wants, from which on it may have to be squeezed
NARROW = 600  # pixels that a table in full size takes at most
SHORTEST = 5  # letters that are never broken
MOST_ROWS = 200  # that are looked at for long words


def write_table(
    node: Element, palette: Palette, place: Place, margins: str, flow: Callable[[list[Element | str], Place], str]
) -> str:
    """Return a table; `flow` writes what stands in a cell, "" for a table without rows."""
    rows = rows_of(node)
    size, padding, longest = _fit(rows, palette.size, place.room)
    scale = size / palette.size
    inside = replace(place, tables=place.tables + 1, lists=0, below=0, longest=longest)
    inside = replace(inside, outer=COLUMN - max(80, place.room // max(len(row) for row in rows) - TABLE_EDGE))
    font = f"font-size:{size}px;" if scale != 1.0 else ""
    lines = []
    for row in rows:
        cells = "".join(_cell(cell, inside, padding, font, palette, flow) for cell in row)
        lines.append(f"<tr>{cells}</tr>")
    # WORKAROUND: a table that is squeezed into the column comes out a pixel too wide, unless its width is said.
    width = ' width="99.8%"' if _natural(rows, size) > SQUEEZED else ""
    return (
        f'<table{width} border="1" cellspacing="0" cellpadding="0" '
        f'style="border-collapse:collapse;border-style:solid;border-color:{palette.border};{margins}">'
        f"{''.join(lines)}</table>"
    )


def rows_of(table: Element) -> list[list[Element]]:
    """Return a table's cells row by row, wherever its rows stand."""
    rows: list[list[Element]] = []
    for child in table.children:
        if not isinstance(child, Element):
            continue
        if child.tag == "tr":
            cells = [c for c in child.children if isinstance(c, Element) and c.tag in ("td", "th")]
            if cells:
                rows.append(cells)
        elif child.tag in ("thead", "tbody", "tfoot"):
            rows.extend(rows_of(child))
    return rows


def _cell(
    cell: Element,
    place: Place,
    padding: str,
    font: str,
    palette: Palette,
    flow: Callable[[list[Element | str], Place], str],
) -> str:
    written = "".join(
        f' {key}="{cell.attributes[key]}"' for key in ("align", "colspan", "rowspan") if key in cell.attributes
    )
    children = cell.children
    if cell.tag == "th":
        children = [Element("b", {}, children)]
        written += f' bgcolor="{palette.card}"'
    body = flow(children, place) or "&nbsp;"
    return f'<td{written} style="{font}padding:{padding}">{body}</td>'


def has_blocks(children: list[Element | str]) -> bool:
    """Tell whether a cell holds more than words."""
    return any(isinstance(child, Element) and child.tag in BLOCK_TAGS for child in children)


def _fit(rows: list[list[Element]], size: int, room: int) -> tuple[int, str, int]:
    """Return the size of words, a cell's padding, and the letters above which a word is broken (0: the usual)."""
    longest = [0] * max(len(row) for row in rows)
    for row in rows[:MOST_ROWS]:
        if len(row) == len(longest):
            for column, cell in enumerate(row):
                longest[column] = max(longest[column], longest_run(cell.text()))
    padding, beside = "7px 11px 7px 11px", 23
    if _width(longest, size, beside) > min(NARROW, room):
        size, padding, beside = max(8, size - 2), "5px 7px 5px 7px", 15
    for wanted in (min(BESIDE, room), min(NARROW, room), room):
        for most in range(max(SHORTEST, *longest), SHORTEST - 1, -1):
            if _width([min(most, run) for run in longest], size, beside) <= wanted:
                return size, padding, most if most < max(longest) else 0
    return size, padding, SHORTEST


def _natural(rows: list[list[Element]], size: int) -> float:
    """Return about how wide the table is when no line of it is broken."""
    lengths = [0] * max(len(row) for row in rows)
    for row in rows[:MOST_ROWS]:
        for column, cell in enumerate(row):
            lengths[column] = max(lengths[column], len(cell.text()))
    return _width(lengths, size, 20)


def _width(longest: list[int], size: int, beside: int) -> float:
    return sum(max(1, run) * size * LETTER + beside for run in longest)
