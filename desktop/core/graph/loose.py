"""What is linked with nothing, or only with a few: a block beside the picture instead of dust over it.

A **loose** part is a connected part that is small, and small against the biggest one. Parts of several notes are laid
out by themselves and set into columns, the biggest first; single notes follow as a grid in the order of the notes, so
that one more comes last and moves no other. The block stands to the right: windows are wide.
"""

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from desktop.core.graph.mesh import Floats

Indices = NDArray[np.intp]
Flags = NDArray[np.bool_]
LayOut = Callable[[int, Indices], Floats]  # nodes and edges to places

LARGE: Final = 40  # nodes of a part that is never loose
LARGE_SHARE: Final = 0.05  # of the biggest part, the same
LEAST: Final = 5
GAP: Final = 34.0  # between the parts, and before the block
PITCH: Final = (22.0, 60.0)  # of the grid of single notes: the larger the picture, the wider, or it is seen as a line
ROWS: Final = 130.0  # of that grid in the height of the picture, about
TALL: Final = 2.4  # height of the grid against its width
HEIGHT: Final = 0.8  # of the block, against the picture


def loose_nodes(part: Indices) -> Flags:
    """Return which nodes are loose, given for each the number of its connected part."""
    sizes = np.bincount(part, minlength=len(part))
    if not len(part):
        return np.zeros(0, dtype=np.bool_)
    biggest = int(sizes.max())
    if biggest == 1:
        return np.full(len(part), len(part) > 1)
    free = np.minimum(max(LEAST, LARGE_SHARE * biggest), LARGE)
    loose: Flags = (sizes[part] < free) & (part != sizes.argmax())
    return loose


def berths(part: Indices, loose: Flags, edges: Indices, height: float, lay_out: LayOut) -> Floats:
    """Return for each loose node its place in the block, (0, 0) being the middle of the block's left side.

    `height`: of the picture that the block stands beside, 0 where there is none. Other rows are not a number.
    """
    places = np.full((len(part), 2), np.nan)
    nodes = np.flatnonzero(loose)
    sizes = np.bincount(part[nodes], minlength=len(part))
    singles = nodes[sizes[part[nodes]] == 1]
    numbers = np.flatnonzero(sizes > 1)
    numbers = numbers[np.lexsort((numbers, -sizes[numbers]))]
    pitch = float(np.clip(height / ROWS, *PITCH))
    blocks = [(number, _laid_out(np.flatnonzero(part == number), edges, lay_out)) for number in numbers.tolist()]
    extents = [block.max(axis=0) + GAP for _number, block in blocks]
    if not height:
        height = 1.1 * float(np.sqrt(sum(float(e[0] * e[1]) for e in extents) + len(singles) * pitch**2)) / HEIGHT
    left = _set_columns(places, part, blocks, extents, height * HEIGHT)
    columns = max(1, round(np.sqrt(len(singles) / TALL)), int(np.ceil(len(singles) * pitch / max(height, 1.0))))
    order = np.arange(len(singles))
    row, column = order // columns, order % columns
    middle = (len(singles) - 1) // columns / 2.0
    places[singles, 0] = left + (column + (0.5 * (row % 2) if columns > 1 else 0.0)) * pitch
    places[singles, 1] = (row - middle) * pitch * np.sqrt(0.75)
    return places


def _laid_out(nodes: Indices, edges: Indices, lay_out: LayOut) -> Floats:
    """Return the places of one part's nodes from (0, 0) on, to the right and down."""
    inside = np.isin(edges[:, 0], nodes)
    block = lay_out(len(nodes), np.searchsorted(nodes, edges[inside]))
    result: Floats = block - block.min(axis=0)
    return result


def _set_columns(
    places: Floats, part: Indices, blocks: list[tuple[int, Floats]], extents: list[Floats], height: float
) -> float:
    """Set parts into columns, top to bottom; return where the next column begins."""
    left, first = 0.0, 0
    while first < len(blocks):
        last, used = first, 0.0
        while last < len(blocks) and (last == first or used + extents[last][1] <= height):
            used += float(extents[last][1])
            last += 1
        top = -(used - GAP) / 2.0
        for (number, block), extent in zip(blocks[first:last], extents[first:last], strict=True):
            places[part == number] = block + np.array((left, top))
            top += float(extent[1])
        left += float(max(extent[0] for extent in extents[first:last]))
        first = last
    return left
