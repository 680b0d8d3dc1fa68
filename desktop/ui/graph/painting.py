"""How a picture looks: edges, nodes, what is marked, and names, from back to front.

A small picture is painted by Qt every frame. A big one comes from `GraphLayer` as one image; only what is marked
(the hovered node with its neighbours, the selected and the open note) is painted over it.
"""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPen, QPixmap

from desktop.ui.graph.camera import Camera
from desktop.ui.graph.colours import GraphColours
from desktop.ui.graph.labels import HALO, LabelSprites, Occupancy, candidates
from desktop.ui.graph.layer import DIRECT_NODES, GraphLayer, paint_disc, screen_radii
from desktop.ui.graph.picture import Floats, Indices, Picture

DIRECT_PIXELS: Final = 14_000  # of edges
DIM: Final = 0.80  # how much steps back while a node is hovered
LABELS: Final = 60
HUBS: Final = 20  # the best connected: their names may cover other nodes; in a big picture all may
CROWDED: Final = 0.02  # share of a name's place that nodes may cover
OBSTACLE_RADIUS: Final = 2.5  # px: smaller discs may lie under a label
PLAN_FRAMES: Final = 12  # names keep their places so long while everything moves: calmer, and cheap
SMALLEST: Final = 16  # px: a widget in which nothing can be seen
SPRITES: Final = 2_000
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
        self._sprites: dict[tuple[float, int], QPixmap] = {}
        self._plan: list[tuple[int, int, bool]] = []  # (node, side, strong) of each name
        self._plan_key: tuple[object, ...] = ()
        self._plan_age, self._plan_camera, self._plan_moving = 0, Camera(), False
        self.layer.drop()

    def prepare(self, look: Look) -> None:
        """Spend a slice of time on the big picture's image; called once a tick."""
        if look.moving or min(look.width, look.height) < SMALLEST or self._is_small(look):
            return
        layer = self.layer
        # An image in the making is finished even for a camera that has moved on: a near one is better than none.
        if not layer.working and not layer.covers(look.camera, look.width, look.height):
            layer.start(look.picture, look.camera, look.width, look.height, look.ratio, self.colours)
        layer.work(SLICE_S)

    def wants_time(self, look: Look) -> bool:
        """Tell whether `prepare` has more to do."""
        if self._plan_is_stale(look):
            return True  # the names wait for their next frame
        if min(look.width, look.height) < SMALLEST or self._is_small(look):
            return False
        return self.layer.working or not self.layer.covers(look.camera, look.width, look.height)

    def paint(self, painter: QPainter, look: Look) -> None:
        """Paint one frame."""
        if min(look.width, look.height) < SMALLEST:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        places = (look.picture.positions - (look.camera.x, look.camera.y)) * look.camera.scale
        places += (look.width / 2.0, look.height / 2.0)
        radii = screen_radii(look.picture, look.camera.scale)
        marked = self._marked(look)
        painter.setOpacity(1.0 - DIM * look.dim)
        small = self._is_small(look)
        if small:
            self._paint_edges(painter, places, look.picture.edges)
        else:
            if look.moving:
                self.layer.render_live(
                    look.picture, look.camera, look.width, look.height, look.ratio, self.colours
                )
            self.layer.paint(painter, look.camera, look.width, look.height)
        if small or len(look.picture) <= DIRECT_NODES:
            self._paint_nodes(painter, _inside(places, radii, look), places, radii, look)
        painter.setOpacity(1.0)
        self._paint_marks(painter, marked, places, radii, look)
        self._paint_labels(painter, marked, places, radii, look)

    def _is_small(self, look: Look) -> bool:
        """Tell whether Qt can paint what is on the screen within a frame."""
        picture, camera = look.picture, look.camera
        reach = np.array((look.width, look.height)) / 2.0 / camera.scale
        offset = np.abs(picture.positions - (camera.x, camera.y))
        inside = np.logical_and(offset[:, 0] < reach[0], offset[:, 1] < reach[1])
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

    def _paint_edges(self, painter: QPainter, places: Floats, edges: Indices) -> None:
        if not len(edges):
            return
        painter.setPen(QPen(self.colours.edge, 1.1))
        painter.drawLines(_lines(places, edges))

    def _paint_nodes(self, painter: QPainter, nodes: Indices, places: Floats, radii: Floats, look: Look) -> None:
        kinds = look.picture.kinds
        chosen = nodes[np.argsort(radii[nodes], kind="stable")]
        for node, (x, y) in zip(chosen.tolist(), places[chosen].tolist(), strict=True):
            sprite = self._node_sprite(float(radii[node]), int(kinds[node]))
            half = sprite.width() / self.ratio / 2.0
            painter.drawPixmap(QPointF(x - half, y - half), sprite)

    def _node_sprite(self, radius: float, kind: int) -> QPixmap:
        """Return a painted node; a radius is rounded to a tenth of a pixel."""
        key = (round(radius, 1), kind)
        found = self._sprites.get(key)
        if found is None:
            if len(self._sprites) > SPRITES:
                self._sprites.clear()
            side = 2 * math.ceil((radius + 2.0) * self.ratio)
            found = QPixmap(side, side)
            found.setDevicePixelRatio(self.ratio)
            found.fill(Qt.GlobalColor.transparent)
            painter = QPainter(found)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_disc(painter, side / self.ratio / 2.0, side / self.ratio / 2.0, key[0], kind, self.colours)
            painter.end()
            self._sprites[key] = found
        return found

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
        """Name the nodes of the plan, which is made anew a few times a second at most."""
        key = (id(look.picture), look.width, look.height, look.hovered, look.selected)
        self._plan_age += 1
        if key != self._plan_key or (self._plan_age >= PLAN_FRAMES and self._plan_is_stale(look)):
            self._plan = self._plan_labels(marked, places, radii, look)
            self._plan_key, self._plan_age = key, 0
            self._plan_camera, self._plan_moving = look.camera, look.moving
        inside, ratio = set(marked.tolist()), look.ratio
        for node, side, strong in self._plan:
            title = look.picture.titles[node]
            size = self._labels.size(title, strong)
            place = candidates(float(places[node, 0]), float(places[node, 1]), float(radii[node]), *size)[side]
            left, top = place.left(), place.top()
            if strong:
                left = max(0.0, min(left, look.width - size[0]))
                top = max(0.0, min(top, look.height - size[1]))
            back = look.hovered is not None and node not in inside and not strong
            painter.setOpacity(1.0 - 0.9 * look.dim if back else 1.0)
            where = QPointF(round(left * ratio) / ratio, round(top * ratio) / ratio)
            painter.drawPixmap(where, self._labels.sprite(title, strong))
        painter.setOpacity(1.0)

    def _plan_is_stale(self, look: Look) -> bool:
        return look.moving or self._plan_moving or look.camera != self._plan_camera

    def _plan_labels(
        self, marked: Indices, places: Floats, radii: Floats, look: Look
    ) -> list[tuple[int, int, bool]]:
        """Choose which nodes are named and on which side: the marked ones, then the best connected with room."""
        picture = look.picture
        strong = [node for node in (look.hovered, look.selected, picture.open) if node is not None]
        near = _by_degree(picture, marked)
        seen = _inside(places, radii, look)
        resting = not look.moving or len(picture) <= DIRECT_NODES
        others = _by_degree(picture, seen)[: 2 * LABELS] if resting else []
        crowded = len(picture) > DIRECT_NODES
        hubs = {*near, *others[: len(others) if crowded else min(HUBS, len(others) // 8)]}
        taken = Occupancy(look.width, look.height)
        for node in seen[radii[seen] > OBSTACLE_RADIUS].tolist()[:2000]:
            taken.take_node(places[node, 0], places[node, 1], float(radii[node]) * 0.8)
        plan: list[tuple[int, int, bool]] = []
        for node in dict.fromkeys((*strong, *near, *others)):
            is_strong = node in strong
            size = self._labels.size(picture.titles[node], is_strong)
            options = candidates(float(places[node, 0]), float(places[node, 1]), float(radii[node]), *size)
            side = _best_side(options, taken, 1.1 if is_strong or node in hubs else CROWDED)
            if side is None and not is_strong:
                continue
            side = side or 0
            taken.take(options[side])
            plan.append((node, side, is_strong))
            if len(plan) >= LABELS:
                break
        return plan


def _best_side(options: list[QRectF], taken: Occupancy, least: float) -> int | None:
    """Return the side on which a name covers least of the nodes, under `least`; None where none is free."""
    chosen = None
    for side, place in enumerate(options):
        covered = taken.covered(place.adjusted(HALO - 1.0, HALO - 1.0, 1.0 - HALO, 1.0 - HALO))
        if covered is not None and covered < least:
            chosen, least = side, covered
            if covered == 0.0:
                break
    return chosen


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
