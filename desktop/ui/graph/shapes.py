"""How one node looks: its shape and colour, painted once and laid down wherever it stands."""

import math
from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPixmap, QPolygonF

from desktop.ui.graph.colours import GraphColours, Shape, blend, shape_of
from desktop.ui.graph.splat import Bytes, Floats, Indices

SPRITES: Final = 2_000
GLOW: Final = -1  # instead of a tint
GLOW_REACH: Final = (9.0, 6.0)  # px beyond the node
GLOW_SHARE: Final = 0.11
DOT: Final = 2.1  # px of radius: what is smaller is a dot
RIM: Final = 1.6  # px of ground that part a node from the lines that end in it


def paint_node(
    painter: QPainter, centre: QPointF, radius: float, tint: int, colours: GraphColours, ratio: float = 1.0
) -> None:
    """Paint one node, parted from the edges by a rim of ground; `ratio` is of pixels that a sprite is painted in."""
    colour, shape = colours.tints[tint], shape_of(tint)
    if radius < DOT * ratio:  # a dust of rims and hollow dots would be noise
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(blend(colour, colours.ground, 0.55) if shape is Shape.HOLLOW else colour)
        painter.drawEllipse(centre, radius, radius)
        return
    rim = min(RIM, 0.28 * radius / ratio + 0.3) * ratio
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.ground)
    _outline(painter, centre, radius + rim, shape)
    painter.setBrush(colour)
    if shape is Shape.HOLLOW:
        stroke = min(1.5 * ratio, radius * 0.6)
        painter.setPen(QPen(colour, stroke))
        painter.setBrush(blend(colour, colours.ground, 0.10))
        _outline(painter, centre, radius - stroke / 2.0, shape)
        return
    _outline(painter, centre, radius, shape)


def _outline(painter: QPainter, centre: QPointF, radius: float, shape: Shape) -> None:
    if shape is Shape.DIAMOND:
        painter.drawPolygon(QPolygonF([centre + QPointF(x * radius, y * radius) for x, y in DIAMOND]))
    elif shape is Shape.SQUARE:
        half = radius * 0.84
        square = QRectF(centre.x() - half, centre.y() - half, 2 * half, 2 * half)
        painter.drawRoundedRect(square, half * 0.4, half * 0.4)
    else:
        painter.drawEllipse(centre, radius, radius)


DIAMOND: Final = ((0.0, -1.08), (1.08, 0.0), (0.0, 1.08), (-1.08, 0.0))


def stamped_sprite(radius: float, tint: int, colours: GraphColours, ratio: float) -> Bytes:
    """Return a node as premultiplied bytes of shape (side, side, 4); the radius is in the image's own pixels."""
    side = 2 * math.ceil(radius * 1.1 + 1.7 * ratio) + 1
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_node(painter, QPointF(side / 2.0, side / 2.0), radius, tint, colours, ratio)
    painter.end()
    return np.frombuffer(image.constBits(), np.uint8).reshape(side, side, 4).copy()


class NodeSprites:
    """Painted nodes by size and tint."""

    def __init__(self, colours: GraphColours, ratio: float) -> None:
        self._colours, self._ratio = colours, ratio
        self._known: dict[tuple[int, int], tuple[QPixmap, float]] = {}

    def sprite(self, radius: float, tint: int) -> tuple[QPixmap, float]:
        """Return a node's picture and half of its side; a radius is rounded to an eighth of a pixel."""
        key = (round(radius * 8.0), tint)
        found = self._known.get(key)
        if found is None:
            if len(self._known) > SPRITES:
                self._known.clear()
            found = self._known[key] = self._paint(key[0] / 8.0, tint)
        return found

    def sprites(self, radii: Floats, tints: Indices) -> list[tuple[QPixmap, float]]:
        """Return the pictures of many nodes, and half of the side of each."""
        known = self._known
        keys = zip(np.rint(radii * 8.0).astype(np.intp).tolist(), tints.tolist(), strict=True)
        return [known.get(key) or self.sprite(key[0] / 8.0, key[1]) for key in keys]

    def glow(self, radius: float) -> tuple[QPixmap, float]:
        """Return the glow of the open note, and half of its side."""
        key = (round(radius), GLOW)
        found = self._known.get(key)
        if found is None:
            reach = key[0] + GLOW_REACH[0]
            pixmap, half = self._blank(2 * math.ceil(reach * self._ratio))
            painter = QPainter(pixmap)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            colour = QColor(self._colours.accent)
            colour.setAlphaF(GLOW_SHARE)
            painter.setBrush(colour)
            for more in GLOW_REACH:
                painter.drawEllipse(QPointF(half, half), key[0] + more, key[0] + more)
            painter.end()
            found = self._known[key] = (pixmap, half)
        return found

    def _blank(self, side: int) -> tuple[QPixmap, float]:
        pixmap = QPixmap(side, side)
        pixmap.setDevicePixelRatio(self._ratio)
        pixmap.fill(QColor(0, 0, 0, 0))
        return pixmap, side / self._ratio / 2.0

    def _paint(self, radius: float, tint: int) -> tuple[QPixmap, float]:
        pixmap, half = self._blank(2 * math.ceil((radius * 1.1 + 2.0) * self._ratio))
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_node(painter, QPointF(half, half), radius, tint, self._colours)
        painter.end()
        return pixmap, half
