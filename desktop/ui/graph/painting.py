"""How a picture looks: edges, nodes, what is marked, and names, from back to front.

Edges come from `GraphLayer` as one image, with the nodes of a big picture on it; up to some hundred nodes are painted
by Qt every frame. What stands out is painted over it: directly, or from a second layer where it is much. While the
camera only shifts, nothing is computed for all nodes.
"""

import time
from collections.abc import Generator
from dataclasses import dataclass
from typing import Final

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPen

from desktop.ui.graph.apart import is_big
from desktop.ui.graph.camera import Camera
from desktop.ui.graph.colours import GraphColours, Shape, blend, shape_of
from desktop.ui.graph.drawing import DIRECT_NODES, Shot, screen_radii
from desktop.ui.graph.emphasis import Emphasis
from desktop.ui.graph.label_plan import CROWD, Box, LabelRequest, Placed, ShownLabels, candidates, plan_labels
from desktop.ui.graph.labels import LabelSprites
from desktop.ui.graph.layer import GraphLayer
from desktop.ui.graph.picture import Floats, Indices, Picture
from desktop.ui.graph.shapes import NodeSprites

CHEAP_EDGES: Final = 700  # up to here every frame of a zoom is drawn anew
DIM: Final = 0.84  # how much steps back while something stands out
DIRECT_MARKS: Final = 12  # edges that Qt draws every frame; more have a layer of their own
LIVE_MARKS: Final = 300  # of them while the layout moves
PLAN_MS: Final = 320.0  # names keep their places so long while everything moves: calmer, and cheap
BIG_PLAN_MS: Final = 450.0
PLANNED_ZOOM: Final = 1.4  # through which one zooms with the names of one plan
PLANNED_SHIFT: Final = 0.22  # of the widget's size, through which one pans with the names of one plan
STILL_MS: Final = 180.0  # of a camera that stands, before names that it cut off find other places
SMALLEST: Final = 16  # px: a widget in which nothing can be seen
SLICE_S: Final = 0.006
PLAN_SLICE_S: Final = 0.005  # of finding places for the names of a big picture
SHORT_SLICE_S: Final = 0.003  # while the camera is on its way


@dataclass(frozen=True, slots=True)
class Look:
    """Everything that one frame depends on."""

    picture: Picture
    camera: Camera
    width: float
    height: float
    ratio: float
    emphasis: Emphasis | None = None
    hovered: int | None = None
    selected: int | None = None
    dim: float = 0.0  # 0 to 1: how far the rest has stepped back
    moving: bool = False  # the nodes are
    travelling: bool = False  # the camera is
    births: Floats | None = None  # 0 to 1: how far nodes that are new have grown
    without_label: int | None = None  # a card shows it
    covered: tuple[Box, ...] = ()  # parts of the widget under cards

    @property
    def strong(self) -> tuple[int, ...]:
        """The nodes that are named in any case."""
        nodes = (self.hovered, self.selected, self.picture.open)
        chain = self.emphasis.named if self.emphasis is not None and self.emphasis.is_path else ()
        return tuple(dict.fromkeys(node for node in (*nodes, *chain) if node is not None))


class GraphPainter:
    """Paints frames and keeps what can be used again."""

    def __init__(self, colours: GraphColours, font: QFont, ratio: float) -> None:
        self.layer = GraphLayer()
        self._front = GraphLayer()  # what stands out, where that is much
        self._front_of: Emphasis | None = None
        self.shown = ShownLabels()
        self.named: dict[int, QRectF] = {}  # where names stand in the last frame
        self.tints: Indices = np.zeros(0, dtype=np.intp)
        self._waits = True  # for what slices of time make
        self.set_colours(colours, font, ratio)

    def set_colours(self, colours: GraphColours, font: QFont, ratio: float) -> None:
        """Take another scheme or screen; everything is painted anew."""
        self.colours, self.ratio = colours, ratio
        self.labels = LabelSprites(font, (colours.label, colours.quiet_label), colours.ground, ratio)
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
        self.shown.clear()
        self._plan_key: tuple[object, ...] = ()
        self._planning: Generator[None, None, list[Placed]] | None = None
        self._plan_fades = False
        self._plan_camera, self._plan_age_ms, self._planned_moving = Camera(), 0.0, False
        self._last_camera, self._still_ms = Camera(), 0.0
        self._radii_of: tuple[int, float] = (0, 0.0)
        self._radii: Floats = np.zeros(0)

    # --- between the frames ------------------------------------------------------------------------------

    def prepare(self, look: Look, passed_ms: float, at_once: bool) -> bool:
        """Spend a slice of time on images and names, once a tick; return whether the next frame may be another."""
        if min(look.width, look.height) < SMALLEST:
            return False
        self._plan_age_ms += passed_ms
        self._still_ms = self._still_ms + passed_ms if look.camera == self._last_camera else 0.0
        self._last_camera = look.camera
        self._plan(look, at_once)
        self.shown.advance(passed_ms)
        if is_big(look.picture):
            self._paint_sprites(look)
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
        if self._planning is not None or self.shown.fading:
            return True
        if self._plan_is_stale(look) or look.camera != self._plan_camera:
            return True
        return any(
            layer.working or self._lacks(layer, look)
            for layer in ([self.layer] + ([self._front] if self._front_of is not None else []))
        )

    def finish(self, look: Look) -> None:
        """Do everything at once: for a picture that goes into a file."""
        self._waits = False
        self._plan(look, True)
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
        self._paint_labels(painter, radii, look)

    def _radii_at(self, look: Look) -> Floats:
        """Return the radii on the screen, computed anew only where they may have changed."""
        key = (id(look.picture), look.camera.scale)
        if key != self._radii_of or look.moving or look.births is not None:
            self._radii, self._radii_of = screen_radii(look.picture, look.camera.scale), key
            if look.births is not None:
                self._radii = self._radii * look.births
                self._radii_of = (0, 0.0)
        return self._radii

    def _places(self, nodes: Indices, look: Look) -> Floats:
        places: Floats = (look.picture.positions[nodes] - (look.camera.x, look.camera.y)) * look.camera.scale
        places += (look.width / 2.0, look.height / 2.0)
        return places

    def _paint_nodes(self, painter: QPainter, nodes: Indices, radii: Floats, look: Look) -> None:
        """Paint nodes, the small ones first, so that none hides under a hub's rim."""
        chosen = nodes[np.argsort(radii[nodes], kind="stable")]
        sizes, tints = radii[chosen].tolist(), self.tints[chosen].tolist()
        for (x, y), radius, tint in zip(self._places(chosen, look).tolist(), sizes, tints, strict=True):
            if radius > 0.3 and -40.0 < x < look.width + 40.0 and -40.0 < y < look.height + 40.0:
                sprite, half = self._nodes.sprite(radius, tint)
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
        ends = np.concatenate((self._places(pairs[:, 0], look), self._places(pairs[:, 1], look)), axis=1)
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
            for node, (x, y) in zip(held, self._places(np.array(held), look).tolist(), strict=True):
                hollow = shape_of(int(self.tints[node])) is Shape.HOLLOW
                painter.setBrush(self.colours.tints[self.tints[node]] if hollow else self.colours.ground)
                size = max(1.2, min(2.4, float(radii[node]) * 0.34))
                painter.drawEllipse(QPointF(x, y), size, size)
        if look.selected is not None:
            self._ring(painter, look.selected, radii, look, 2.0, 5.5 if look.selected == look.picture.open else 3.2)

    def _paint_open(self, painter: QPainter, node: int, radii: Floats, look: Look) -> None:
        """Paint the open note: in a glow of the accent, with a ring."""
        (x, y), radius = self._places(np.array([node]), look)[0].tolist(), float(radii[node])
        glow, half = self._nodes.glow(radius)
        painter.drawPixmap(QPointF(x - half, y - half), glow)
        self._paint_nodes(painter, np.array([node]), np.maximum(radii, 3.0), look)
        self._ring(painter, node, np.maximum(radii, 3.0), look, 2.0, 2.6)

    def _ring(self, painter: QPainter, node: int, radii: Floats, look: Look, stroke: float, gap: float) -> None:
        x, y = self._places(np.array([node]), look)[0].tolist()
        radius = float(radii[node]) + gap
        painter.setPen(QPen(self.colours.accent, stroke))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(x, y), radius, radius)

    # --- names -------------------------------------------------------------------------------------------

    def _plan(self, look: Look, at_once: bool) -> None:
        """Find the names' places: of a big picture in slices, while those of the plan before are shown."""
        key = (id(look.picture), look.width, look.height, look.strong, look.emphasis, look.covered)
        if key == self._plan_key and self._planning is not None:
            self._go_on_planning(False)
            return
        if key == self._plan_key and not self._plan_is_stale(look):
            return
        pause = PLAN_MS if len(look.picture) <= DIRECT_NODES else BIG_PLAN_MS
        if key == self._plan_key and self._plan_age_ms < pause and (look.moving or look.travelling):
            return
        first = look.emphasis.named if look.emphasis is not None else ()
        radii = self._radii_at(look)
        request = LabelRequest(
            look.picture, look.camera, look.width, look.height, radii, look.strong, first, look.covered, look.moving
        )
        another = not self._plan_key or key[:3] != self._plan_key[:3]
        self._planning = plan_labels(request, self.labels, self.shown.sides())
        self._plan_fades = not at_once and (not another or is_big(look.picture))
        self._plan_key, self._plan_camera, self._plan_age_ms = key, look.camera, 0.0
        self._planned_moving = look.moving
        self._go_on_planning(not (self._waits and is_big(look.picture)))

    def _go_on_planning(self, whole: bool) -> None:
        end = time.perf_counter() + PLAN_SLICE_S
        while self._planning is not None:
            try:
                next(self._planning)
            except StopIteration as planned:
                self._planning = None
                self.shown.take(planned.value, at_once=not self._plan_fades)
            if not whole and time.perf_counter() >= end:
                return

    def _paint_sprites(self, look: Look) -> None:
        """Paint names of a big picture that are not on the screen yet, some in each slice of time."""
        end, titles = time.perf_counter() + SHORT_SLICE_S, look.picture.titles
        for node, placed in self.shown.placed.items():
            if time.perf_counter() >= end:
                return
            if not self.labels.has(titles[node], placed.style):
                self.labels.sprite(titles[node], placed.style)

    def _plan_is_stale(self, look: Look) -> bool:
        """Tell whether names stand where they no longer fit; a shift within the planned area keeps them."""
        if not self._plan_key or look.moving or self._planned_moving:
            return True
        old, new = self._plan_camera, look.camera
        shift = max(abs(new.x - old.x) / look.width, abs(new.y - old.y) / look.height) * new.scale
        factor = new.scale / old.scale
        if shift > PLANNED_SHIFT or not 1.0 / PLANNED_ZOOM < factor < PLANNED_ZOOM:
            return True
        return (factor != 1.0 and not look.travelling) or (shift > 0.002 and self._still_ms > STILL_MS)

    def _paint_labels(self, painter: QPainter, radii: Floats, look: Look) -> None:
        """Paint the names of the plan where their nodes are now."""
        self.named = {}
        nodes = [node for node in self.shown.placed if node != look.without_label]
        if not nodes:
            return
        front = set(look.emphasis.nodes.tolist()) if look.emphasis is not None else set()
        strong, ratio, titles = look.strong, look.ratio, look.picture.titles
        clear = 0.0 if len(look.picture) > CROWD else 0.12
        for node, (x, y) in zip(nodes, self._places(np.array(nodes), look).tolist(), strict=True):
            placed = self.shown.placed[node]
            width, height = self.labels.size(titles[node], placed.style)
            place = candidates(x, y, float(radii[node]), width, height)[placed.side]
            left, top = place[0], place[1]
            if node in strong and 0.0 <= x <= look.width and 0.0 <= y <= look.height:
                left = max(0.0, min(left, look.width - width))
                top = max(0.0, min(top, look.height - height))
            if left > look.width or top > look.height or left + width < 0.0 or top + height < 0.0:
                continue
            back = node not in front and node not in strong
            if self._waits and is_big(look.picture) and not self.labels.has(titles[node], placed.style):
                continue  # its turn to be painted comes
            opacity = self.shown.opacity[node] * (1.0 - (1.0 - clear) * look.dim if back else 1.0)
            if opacity > 0.02:
                painter.setOpacity(opacity)
                where = QPointF(round(left * ratio) / ratio, round(top * ratio) / ratio)
                self.named[node] = QRectF(where.x(), where.y(), width, height)
                painter.drawPixmap(where, self.labels.sprite(titles[node], placed.style))
        painter.setOpacity(1.0)
