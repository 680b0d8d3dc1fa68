"""How a picture looks: edges, nodes, what is marked, and names, from back to front.

Edges come from `GraphLayer` as one image, with the nodes of a big picture on it; up to some hundred nodes are painted
by Qt every frame. What stands out is painted over it: directly, or from a second layer where it is much. While the
camera only shifts, nothing is computed for all nodes.
"""

from typing import Final

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPen

from desktop.ui.graph.apart import is_big
from desktop.ui.graph.colours import GraphColours, Shape, blend, shape_of
from desktop.ui.graph.drawing import DIRECT_NODES, Shot, screen_radii
from desktop.ui.graph.emphasis import Emphasis
from desktop.ui.graph.layer import GraphLayer
from desktop.ui.graph.look import Look
from desktop.ui.graph.names import Names
from desktop.ui.graph.picture import Floats, Indices
from desktop.ui.graph.shapes import NodeSprites

CHEAP_EDGES: Final = 700  # up to here every frame of a zoom is drawn anew
DIM: Final = 0.84  # how much steps back while something stands out
DIRECT_MARKS: Final = 12  # edges that Qt draws every frame; more have a layer of their own
LIVE_MARKS: Final = 300  # of them while the layout moves
SMALLEST: Final = 16  # px: a widget in which nothing can be seen
SLICE_S: Final = 0.006
SHORT_SLICE_S: Final = 0.003  # while the camera is on its way


class GraphPainter:
    """Paints frames and keeps what can be used again."""

    def __init__(self, colours: GraphColours, font: QFont, ratio: float) -> None:
        self.layer = GraphLayer()
        self.names = Names(font, colours, ratio)
        self._front = GraphLayer()  # what stands out, where that is much
        self._front_of: Emphasis | None = None
        self.tints: Indices = np.zeros(0, dtype=np.intp)
        self.set_colours(colours, font, ratio)

    def set_colours(self, colours: GraphColours, font: QFont, ratio: float) -> None:
        """Take another scheme or screen; everything is painted anew."""
        self.colours, self.ratio = colours, ratio
        self.names.set_colours(font, colours, ratio)
        self._nodes = NodeSprites(colours, ratio)
        self.drop()

    def set_tints(self, tints: Indices) -> None:
        """Take the nodes' colours."""
        self.tints = tints
        self.layer.spoil()
        self._front.drop()

    def drop(self, shows_on: bool = False) -> None:
        """Forget what was painted: the picture is another. The image of a big one `shows_on` until a new one is."""
        self.layer.drop(shows_on)
        self._front.drop()
        self._front_of = None
        self.names.clear()
        self._radii_of: tuple[int, float] = (0, 0.0)
        self._radii: Floats = np.zeros(0)

    # --- between the frames ------------------------------------------------------------------------------

    def prepare(self, look: Look, passed_ms: float, at_once: bool) -> bool:
        """Spend a slice of time on images and names, once a tick; return whether the next frame may be another."""
        if min(look.width, look.height) < SMALLEST:
            return False
        self.names.prepare(look, self._radii_at(look), passed_ms, at_once)
        self._take_front(look)
        if look.moving:
            self.layer.stop()
            self._front.stop()
            return not is_big(look.picture) or self.layer.follow(self._shot(look)) or look.travelling
        budget = SHORT_SLICE_S if look.travelling else SLICE_S
        layers = [self.layer] + ([self._front] if self._front_of is not None else [])
        for layer in layers:
            # An image in the making is finished even for a camera that has moved on: a near one is better than none.
            if not layer.working and self._lacks(layer, look):
                emphasis = look.emphasis if layer is self._front else None
                layer.start(self._shot(look, emphasis))
            layer.work(budget)
        return True

    def _lacks(self, layer: GraphLayer, look: Look) -> bool:
        """Tell whether an image is to be made: at rest a sharp one, on the way one that fills the widget."""
        if look.travelling:
            return not self._is_cheap(look) and not layer.reaches(look.camera)
        return not layer.covers(look.camera, look.width, look.height)

    def wants_time(self, look: Look) -> bool:
        """Tell whether `prepare` has more to do."""
        if min(look.width, look.height) < SMALLEST:
            return False
        if self.names.wants_time(look):
            return True
        return any(
            layer.working or self._lacks(layer, look)
            for layer in ([self.layer] + ([self._front] if self._front_of is not None else []))
        )

    def finish(self, look: Look) -> None:
        """Do everything at once: for a picture that goes into a file."""
        self.names.waits = False
        self.names.plan(look, self._radii_at(look), True)
        self._take_front(look)
        for layer, emphasis in ((self.layer, None), (self._front, self._front_of)):
            if layer is self.layer or emphasis is not None:
                layer.start(self._shot(look, emphasis), 0.0, True)
                while layer.working:
                    layer.work(1.0)

    def _take_front(self, look: Look) -> None:
        """Give what stands out a layer, where it is too much for every frame."""
        emphasis = look.emphasis
        few = emphasis is not None and (emphasis.is_path or len(emphasis.edges) <= DIRECT_MARKS)
        if emphasis is not None and few and len(emphasis.nodes) <= DIRECT_NODES:
            emphasis = None
        if emphasis is not self._front_of:
            self._front_of = emphasis
            self._front.drop()

    def _shot(self, look: Look, emphasis: Emphasis | None = None) -> Shot:
        return Shot(
            look.picture,
            self.tints,
            look.camera,
            look.width,
            look.height,
            look.ratio,
            self.colours,
            None if emphasis is None else (emphasis.nodes, emphasis.edges),
        )

    def _is_cheap(self, look: Look) -> bool:
        return len(look.picture) <= DIRECT_NODES and len(look.picture.edges) <= CHEAP_EDGES

    # --- one frame ---------------------------------------------------------------------------------------

    def paint(self, painter: QPainter, look: Look) -> None:
        """Paint one frame."""
        if look.dim or not self.layer.covers(look.camera, look.width, look.height):
            painter.fillRect(QRectF(0.0, 0.0, look.width, look.height), self.colours.ground)
        if min(look.width, look.height) < SMALLEST:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # A smoothly scaled image of the whole widget takes longer than a frame: a sharp one is on its way.
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self._is_cheap(look))
        covered = self.layer.covers(look.camera, look.width, look.height)
        waits = is_big(look.picture)  # for an image that others make
        if not covered and not waits and (look.moving or self.layer.is_old or self._is_cheap(look)):
            self.layer.render_live(self._shot(look), len(look.picture) > DIRECT_NODES)
        painter.setOpacity(1.0 - DIM * look.dim)
        self.layer.paint(painter, look.camera, look.width, look.height)
        radii = self._radii_at(look)
        if not self.layer.has_nodes and not (waits and self.layer.is_old):
            near = self.layer.near if self.layer.near is not None else np.arange(len(look.picture))
            self._paint_nodes(painter, near, radii, look)
        painter.setOpacity(1.0)
        self._paint_emphasis(painter, radii, look)
        self._paint_marks(painter, radii, look)
        self.names.paint(painter, radii, look)

    def _radii_at(self, look: Look) -> Floats:
        """Return the radii on the screen, computed anew only where they may have changed."""
        key = (id(look.picture), look.camera.scale)
        if key != self._radii_of or look.moving or look.births is not None:
            self._radii, self._radii_of = screen_radii(look.picture, look.camera.scale), key
            if look.births is not None:
                self._radii = self._radii * look.births
                self._radii_of = (0, 0.0)
        return self._radii

    def _paint_nodes(self, painter: QPainter, nodes: Indices, radii: Floats, look: Look) -> None:
        """Paint nodes, the small ones first, so that none hides under a hub's rim."""
        places, sizes = look.places(nodes), radii[nodes]
        inside = ((places > -40.0) & (places < (look.width + 40.0, look.height + 40.0))).all(axis=1)
        order = np.argsort(sizes, kind="stable")
        order = order[(inside & (sizes > 0.3))[order]]
        sprites = self._nodes.sprites(sizes[order], self.tints[nodes[order]])
        for (x, y), (sprite, half) in zip(places[order].tolist(), sprites, strict=True):
            painter.drawPixmap(QPointF(x - half, y - half), sprite)

    def _paint_emphasis(self, painter: QPainter, radii: Floats, look: Look) -> None:
        """Paint what stands out, as far as the rest has stepped back."""
        emphasis = look.emphasis
        if emphasis is None:
            return
        painter.setOpacity(look.dim)
        if self._front_of is emphasis and not look.moving:
            self._front.paint(painter, look.camera, look.width, look.height)
        else:
            self._paint_hot_edges(painter, emphasis, look)
        painter.setOpacity(1.0)
        if self._front_of is not emphasis or not self._front.has_nodes:
            self._paint_nodes(painter, emphasis.nodes[:DIRECT_NODES], radii, look)
        painter.setOpacity(1.0)
        if emphasis.is_path:
            for node in emphasis.named:
                self._ring(painter, node, radii, look, 1.6, 2.6)

    def _paint_hot_edges(self, painter: QPainter, emphasis: Emphasis, look: Look) -> None:
        """Paint the lines that stand out; where they are many and move, as plainly as Qt can."""
        many = len(emphasis.edges) > DIRECT_MARKS and not emphasis.is_path
        pairs = look.picture.edges[emphasis.edges[:LIVE_MARKS] if many else emphasis.edges]
        ends = np.concatenate((look.places(pairs[:, 0]), look.places(pairs[:, 1])), axis=1)
        width = 2.4 if emphasis.is_path else 1.5
        colour = self.colours.accent if emphasis.is_path else blend(self.colours.accent, self.colours.ground, 0.8)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, not many)
        painter.setPen(QPen(colour, 0.0 if many else width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLines([QLineF(*end) for end in ends.tolist()])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def _paint_marks(self, painter: QPainter, radii: Floats, look: Look) -> None:
        """Paint the open, the selected and the held nodes."""
        held = sorted(look.picture.simulation.pinned)
        if look.picture.open is not None:
            self._paint_open(painter, look.picture.open, radii, look)
        if held:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.colours.ground)
            for node, (x, y) in zip(held, look.places(np.array(held)).tolist(), strict=True):
                hollow = shape_of(int(self.tints[node])) is Shape.HOLLOW
                painter.setBrush(self.colours.tints[self.tints[node]] if hollow else self.colours.ground)
                size = max(1.2, min(2.4, float(radii[node]) * 0.34))
                painter.drawEllipse(QPointF(x, y), size, size)
        if look.selected is not None:
            self._ring(painter, look.selected, radii, look, 2.0, 5.5 if look.selected == look.picture.open else 3.2)

    def _paint_open(self, painter: QPainter, node: int, radii: Floats, look: Look) -> None:
        """Paint the open note: in a glow of the accent, with a ring."""
        (x, y), radius = look.places(np.array([node]))[0].tolist(), float(radii[node])
        glow, half = self._nodes.glow(radius)
        painter.drawPixmap(QPointF(x - half, y - half), glow)
        self._paint_nodes(painter, np.array([node]), np.maximum(radii, 3.0), look)
        self._ring(painter, node, np.maximum(radii, 3.0), look, 2.0, 2.6)

    def _ring(self, painter: QPainter, node: int, radii: Floats, look: Look, stroke: float, gap: float) -> None:
        x, y = look.places(np.array([node]))[0].tolist()
        radius = float(radii[node]) + gap
        painter.setPen(QPen(self.colours.accent, stroke))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(x, y), radius, radius)
