"""The colours of a graph: what a node stands for, or the folder it stands in, as hues of one ring.

A **tint** is an index into `GraphColours.tints`. All hues have the same lightness and strength (`oklch.py`), so none
shouts; plain notes are nearly grey, as everywhere in the program. The hues of the ring stand in an order in which the
next one is far from the last, for people who see red and green alike too (checked with the matrices of Machado,
Oliveira and Fernandes, 2009). What a node is can also be told without colour: missing notes are hollow, tags are
diamonds, files are squares.
"""

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from desktop.core.records import Graph, NodeKind, NoteKind
from desktop.ui.graph.oklch import oklch
from desktop.ui.theme import Theme

KIND_HUES: Final = {NoteKind.LECTURE: 272.0, NoteKind.DIGEST: 178.0, NoteKind.FOLDER: 74.0}
RING_HUES: Final = (262.0, 70.0, 165.0, 305.0, 30.0, 215.0, 110.0, 350.0)
NOTE_HUE: Final = 262.0
NOTE_CHROMA: Final = 0.030
QUIET_CHROMA: Final = 0.055  # of tags and files, which only tell about notes
TAG_HUE: Final = 190.0
FILE_HUE: Final = 300.0


class Tint(IntEnum):
    """What a node is painted as, when not by its folder."""

    NOTE = 0
    LECTURE = 1
    DIGEST = 2
    FOLDER = 3
    UNRESOLVED = 4
    TAG = 5
    FILE = 6
    RING = 7  # the first of the folders' hues


class Shape(IntEnum):
    """What a node looks like without its colour."""

    DISC = 0
    HOLLOW = 1
    DIAMOND = 2
    SQUARE = 3


_TINT_OF_KIND: Final = {
    NoteKind.NOTE: Tint.NOTE,
    NoteKind.LECTURE: Tint.LECTURE,
    NoteKind.DIGEST: Tint.DIGEST,
    NoteKind.FOLDER: Tint.FOLDER,
}
_TINT_OF_NODE: Final = {
    NodeKind.UNRESOLVED: Tint.UNRESOLVED,
    NodeKind.TAG: Tint.TAG,
    NodeKind.ATTACHMENT: Tint.FILE,
}
_SHAPES: Final = {Tint.UNRESOLVED: Shape.HOLLOW, Tint.TAG: Shape.DIAMOND, Tint.FILE: Shape.SQUARE}


def shape_of(tint: int) -> Shape:
    """Return what nodes of a tint look like."""
    return _SHAPES.get(Tint(tint), Shape.DISC) if tint < Tint.RING else Shape.DISC


def blend(front: QColor, back: QColor, share: float) -> QColor:
    """Return `share` of the front colour on the back colour."""
    return QColor.fromRgbF(
        front.redF() * share + back.redF() * (1.0 - share),
        front.greenF() * share + back.greenF() * (1.0 - share),
        front.blueF() * share + back.blueF() * (1.0 - share),
    )


@dataclass(frozen=True, slots=True)
class GraphColours:
    """What a painted graph needs."""

    ground: QColor
    edge: QColor
    label: QColor
    quiet_label: QColor
    accent: QColor
    card: QColor
    card_border: QColor
    tints: tuple[QColor, ...]

    def of_kind(self, kind: NoteKind | None) -> QColor:
        """Return the colour of a kind of note; None is a note that nobody wrote yet."""
        return self.tints[Tint.UNRESOLVED if kind is None else _TINT_OF_KIND[kind]]

    def of_group(self, group: int) -> QColor:
        """Return the colour of a top folder by its number in `Graph.groups`; -1 is the root."""
        return self.tints[tint_of_group(group)]


def colours_of(theme: Theme) -> GraphColours:
    """Return a graph's colours in a scheme."""
    lightness, chroma = (0.745, 0.110) if theme.dark else (0.610, 0.125)
    kinds = [oklch(lightness, chroma, KIND_HUES[kind]) for kind in KIND_HUES]
    return GraphColours(
        ground=theme.base,
        edge=blend(theme.text, theme.base, 0.36 if theme.dark else 0.34),
        label=theme.text,
        quiet_label=blend(theme.text, theme.base, 0.86),
        accent=theme.accent,
        card=theme.raised,
        card_border=theme.border,
        tints=(
            oklch(lightness, NOTE_CHROMA, NOTE_HUE),
            *kinds,
            blend(theme.broken_link, theme.base, 0.85),
            oklch(lightness, QUIET_CHROMA, TAG_HUE),
            oklch(lightness, QUIET_CHROMA, FILE_HUE),
            *(oklch(lightness, chroma, hue) for hue in RING_HUES),
        ),
    )


def tint_of_group(group: int) -> int:
    """Return the tint of a top folder; what stands at the root is grey."""
    return int(Tint.NOTE) if group < 0 else int(Tint.RING) + group % len(RING_HUES)


def tints_of(graph: Graph, by_folder: bool) -> NDArray[np.intp]:
    """Return each node's tint."""
    tints: list[int] = []
    for node in graph.nodes:
        other = _TINT_OF_NODE.get(node.node_kind)
        if other is None and node.kind is None:
            other = Tint.UNRESOLVED
        if other is not None:
            tints.append(other)
        elif by_folder:
            tints.append(tint_of_group(node.group))
        else:
            tints.append(_TINT_OF_KIND[node.kind] if node.kind is not None else Tint.UNRESOLVED)
    return np.array(tints, dtype=np.intp)
