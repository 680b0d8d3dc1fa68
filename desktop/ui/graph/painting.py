"""How a picture looks: edges, nodes, what is marked, and names, from back to front.

A small picture is painted by Qt every frame. A big one comes from `GraphLayer` as one image; only what is marked
(the hovered node with its neighbours, the selected and the open note) is painted over it.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPen

from desktop.ui.graph.camera import Camera
from desktop.ui.graph.colours import GraphColours
from desktop.ui.graph.labels import HALO, LabelSprites, Occupancy, candidates
from desktop.ui.graph.layer import GraphLayer, paint_disc, screen_radii
from desktop.ui.graph.picture import Floats, Indices, Picture

DIRECT_NODES: Final = 400  # more on the screen: one image
DIRECT_PIXELS: Final = 14_000  # of edges
DIM: Final = 0.80  # how much steps back while a node is hovered
LABELS: Final = 60
OBSTACLE_RADIUS: Final = 2.5  # px: smaller discs may lie under a label
SLICE_S: Final = 0.006


@dataclass(frozen=True, slots=True)
class Look:
    """Everything that one frame depends on."""

    picture: Picture
    camera: Camera
    width: float
    height: float
    ratio: float
    hovered: int | None
    selected: int | None
    dim: float  # 0 to 1: how far the rest has stepped back
    moving: bool


class GraphPainter:
    """Paints frames and keeps what can be used again."""

    def __init__(self, colours: GraphColours, font: QFont, ratio: float) -> None:
        self.layer = GraphLayer()
        self.set_colours(colours, font, ratio)

    def set_colours(self, colours: GraphColours, font: QFont, ratio: float) -> None:
        """Take another scheme or screen; everything is painted anew."""
        self.colours, self.ratio = colours, ratio
        self._labels = LabelSprites(font, colours.label, colours.ground, ratio)
        self.layer.drop()

    def prepare(self, look: Look) -> None:
        """Spend a slice of time on the big picture's image; called once a tick."""
        if look.moving or self._is_small(look):
            return
        layer = self.layer
        if not layer.covers(look.camera, look.width, look.height) and layer.wanted != look.camera:
            layer.start(look.picture, look.camera, look.width, look.height, look.ratio, self.colours)
        layer.work(SLICE_S)

    def wants_time(self, look: Look) -> bool:
        """Tell whether `prepare` has more to do."""
        if self._is_small(look):
            return False
        return self.layer.working or (
            not self.layer.covers(look.camera, look.width, look.height) and self.layer.wanted != look.camera
        )

    def paint(self, painter: QPainter, look: Look) -> None:
        """Paint one frame."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        places = (look.picture.positions - (look.camera.x, look.camera.y)) * look.camera.scale
        places += (look.width / 2.0, look.height / 2.0)
        radii = screen_radii(look.picture, look.camera.scale)
        marked = self._marked(look)
        painter.setOpacity(1.0 - DIM * look.dim)
        if self._is_small(look):
            seen = _inside(places, radii, look)
            self._paint_edges(painter, places, look.picture.edges, look)
            self._paint_nodes(painter, seen, places, radii, look)
        else:
            if look.moving:
                self.layer.render_live(
                    look.picture, look.camera, look.width, look.height, look.ratio, self.colours
                )
            self.layer.paint(painter, look.camera, look.width, look.height)
        painter.setOpacity(1.0)
        self._paint_marks(painter, marked, places, radii, look)
        self._paint_labels(painter, marked, places, radii, look)

    def _is_small(self, look: Look) -> bool:
        """Tell whether Qt can paint what is on the screen within a frame."""
        picture, camera = look.picture, look.camera
        reach = np.array((look.width, look.height)) / 2.0 / camera.scale
        offset = np.abs(picture.positions - (camera.x, camera.y))
        inside = (offset < reach).all(axis=1)
        if int(inside.sum()) > DIRECT_NODES:
            return False
        edges = picture.edges[inside[picture.edges].any(axis=1)]
        if len(edges) > DIRECT_PIXELS // 10:
            return False
        difference = picture.positions[edges[:, 0]] - picture.positions[edges[:, 1]]
        lengths = np.minimum(np.abs(difference).sum(axis=1) * camera.scale, look.width)
        # An edge whose ends are both outside may still cross the screen: only a picture seen whole has none.
        return bool(lengths.sum() < DIRECT_PIXELS and (len(picture) <= DIRECT_NODES or inside.all()))

    def _marked(self, look: Look) -> Indices:
        """Return the hovered node and its neighbours."""
        if look.hovered is None:
            return np.zeros(0, dtype=np.intp)
        return np.concatenate((look.picture.neighbours(look.hovered), (look.hovered,)))

    def _paint_edges(self, painter: QPainter, places: Floats, edges: Indices, look: Look) -> None:
        if not len(edges):
            return
        painter.setPen(QPen(self.colours.edge, 1.1))
        painter.drawLines(_lines(places, edges))

    def _paint_nodes(self, painter: QPainter, nodes: Indices, places: Floats, radii: Floats, look: Look) -> None:
        kinds = look.picture.kinds
        for node in nodes[np.argsort(radii[nodes], kind="stable")].tolist():
            x, y = places[node]
            paint_disc(painter, x, y, float(radii[node]), int(kinds[node]), self.colours)

    def _paint_marks(
        self, painter: QPainter, marked: Indices, places: Floats, radii: Floats, look: Look
    ) -> None:
        """Paint what steps forward: the hovered node's edges and neighbours, the open, selected and held nodes."""
        picture = look.picture
        if look.hovered is not None:
            edges = picture.edges[picture.edges_at(look.hovered)]
            painter.setOpacity(look.dim)
            painter.setPen(QPen(self.colours.hot_edge, 1.5))
            painter.drawLines(_lines(places, edges))
            painter.setOpacity(1.0)
            self._paint_nodes(painter, marked, places, radii, look)
        if picture.open is not None:
            self._paint_nodes(painter, np.array([picture.open]), places, radii, look)
            self._ring(painter, picture.open, places, radii, 2.0, 3.5)
        for node in picture.simulation.pinned:
            x, y = places[node]
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.colours.ground)
            painter.drawEllipse(QPointF(x, y), 1.8, 1.8)
        if look.selected is not None:
            self._ring(painter, look.selected, places, radii, 1.5, 6.5)

    def _ring(
        self, painter: QPainter, node: int, places: Floats, radii: Floats, stroke: float, gap: float
    ) -> None:
        radius = float(radii[node]) + gap
        painter.setPen(QPen(self.colours.accent, stroke))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(places[node, 0], places[node, 1]), radius, radius)

    def _paint_labels(
        self, painter: QPainter, marked: Indices, places: Floats, radii: Floats, look: Look
    ) -> None:
        """Name the marked nodes, then the best connected ones, as far as there is room."""
        picture = look.picture
        first = [node for node in (look.hovered, look.selected, picture.open) if node is not None]
        near = _by_degree(picture, marked)
        seen = _inside(places, radii, look)
        resting = not look.moving or len(picture) <= DIRECT_NODES
        others = _by_degree(picture, seen)[: 4 * LABELS] if resting else []
        taken = Occupancy(look.width, look.height)
        for node in seen[radii[seen] > OBSTACLE_RADIUS].tolist()[:2000]:
            x, y, radius = places[node, 0], places[node, 1], float(radii[node]) * 0.8
            taken.take(QRectF(x - radius, y - radius, 2 * radius, 2 * radius))
        inside = set(marked.tolist())
        strong = set(first)
        left = LABELS
        for node in dict.fromkeys((*first, *near, *others)):
            back = look.hovered is not None and node not in inside and node not in strong
            if self._paint_label(painter, node, places, radii, look, taken, node in strong, back):
                left -= 1
            if left <= 0:
                break
        painter.setOpacity(1.0)

    def _paint_label(
        self,
        painter: QPainter,
        node: int,
        places: Floats,
        radii: Floats,
        look: Look,
        taken: Occupancy,
        strong: bool,
        back: bool,
    ) -> bool:
        """Paint one name where there is room, a strong one in any case; return whether it was painted."""
        sprite = self._labels.sprite(look.picture.titles[node], strong)
        width, height = sprite.width() / look.ratio, sprite.height() / look.ratio
        options = candidates(float(places[node, 0]), float(places[node, 1]), float(radii[node]), width, height)
        inner = HALO - 1.0
        chosen = next((place for place in options if taken.is_free(place.adjusted(inner, inner, -inner, -inner))), None)
        if chosen is None and strong:
            chosen = options[0]
            chosen.moveLeft(max(0.0, min(chosen.left(), look.width - width)))
            chosen.moveTop(max(0.0, min(chosen.top(), look.height - height)))
        if chosen is None:
            return False
        taken.take(chosen)
        painter.setOpacity(1.0 - 0.9 * look.dim if back else 1.0)
        ratio = look.ratio
        painter.drawPixmap(QPointF(round(chosen.left() * ratio) / ratio, round(chosen.top() * ratio) / ratio), sprite)
        return True


def _lines(places: Floats, edges: Indices) -> list[QLineF]:
    ends = np.concatenate((places[edges[:, 0]], places[edges[:, 1]]), axis=1).tolist()
    return [QLineF(*end) for end in ends]


def _inside(places: Floats, radii: Floats, look: Look) -> Indices:
    """Return the nodes that can be seen."""
    x, y = places[:, 0], places[:, 1]
    seen = (x > -radii) & (y > -radii) & (x < look.width + radii) & (y < look.height + radii)
    return np.flatnonzero(seen)


def _by_degree(picture: Picture, nodes: Indices) -> list[int]:
    order = np.lexsort((nodes, -picture.degrees[nodes]))
    chosen: list[int] = nodes[order].tolist()
    return chosen
