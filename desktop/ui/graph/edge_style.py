"""How strong and in which colour a link is drawn.

A link is a quiet line in a mixture of its ends' colours. The more links there are, the fainter each; a long one is
fainter than a short one, since long lines cross everything and tell least: so groups stand out of a tangle.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from PySide6.QtGui import QColor

from desktop.ui.graph.colours import GraphColours, Tint, blend
from desktop.ui.graph.picture import Floats, Indices, Picture

TINTED_EDGES: Final = 4_000  # above, all lines have one colour: there is nothing to follow in a bundle of hues
FAINTEST: Final = 0.16
USUAL_LENGTH: Final = 45.0  # scene units
TINTED: Final = 0.50  # share of the ends' colours in a line


def line_opacity(edges: int) -> float:
    """Return how strong one line is, the fainter the more there are."""
    return float(min(0.62, max(0.10, 0.62 * (160.0 / max(edges, 1)) ** 0.34)))


def hot_opacity(edges: int) -> float:
    """Return how strong a line is that stands out, among so many that do."""
    return float(min(0.75, max(0.30, 0.75 * (40.0 / max(edges, 1)) ** 0.3)))


def strengths(picture: Picture, edges: Indices | None = None) -> Floats:
    """Return the weight of each line, or of some, from its length: the usual ones have 1."""
    pairs = picture.edges if edges is None else picture.edges[edges]
    difference = picture.positions[pairs[:, 0]] - picture.positions[pairs[:, 1]]
    length: Floats = np.sqrt((difference * difference).sum(axis=1))
    if not len(length):
        return length
    usual = max(USUAL_LENGTH, float(np.median(length)))
    weights: Floats = np.clip((usual / np.maximum(length, 1e-6)) ** 1.1, FAINTEST, 1.0)
    return weights


@dataclass(frozen=True, slots=True)
class Batch:
    """Lines of one colour."""

    colour: QColor
    edges: Indices


def batches(picture: Picture, tints: Indices, colours: GraphColours) -> list[Batch]:
    """Return the lines by colour; a big picture's are all of one."""
    every = np.arange(len(picture.edges), dtype=np.intp)
    if len(picture.edges) > TINTED_EDGES or not len(picture.edges):
        return [Batch(colours.edge, every)]
    ends = np.sort(tints[picture.edges], axis=1)
    keys = ends[:, 0] * 64 + ends[:, 1]
    return [
        Batch(_mixed(int(key) // 64, int(key) % 64, colours), every[keys == key]) for key in np.unique(keys).tolist()
    ]


def _mixed(first: int, second: int, colours: GraphColours) -> QColor:
    """Return the colour between two nodes; what is missing gives none of its warning red."""
    known = [tint for tint in (first, second) if tint != Tint.UNRESOLVED]
    if not known:
        return colours.edge
    both = colours.tints[known[0]] if len(known) == 1 else blend(colours.tints[first], colours.tints[second], 0.5)
    return blend(both, colours.edge, TINTED)
