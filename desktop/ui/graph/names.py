"""The names of a picture on the screen: planned now and then, painted where their nodes are in every frame.

While the camera shifts a little, one plan holds. A big picture's plan is made in slices of time, and so are its labels.
"""

import time
from collections.abc import Generator
from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QPainter, QPixmap

from desktop.ui.graph.apart import is_big
from desktop.ui.graph.camera import Camera
from desktop.ui.graph.colours import GraphColours
from desktop.ui.graph.drawing import DIRECT_NODES
from desktop.ui.graph.label_plan import CROWD, LabelRequest, Placed, ShownLabels, corner_of, plan_labels
from desktop.ui.graph.labels import LabelSprites
from desktop.ui.graph.look import Look
from desktop.ui.graph.picture import Floats

PLAN_MS: Final = 320.0  # names keep their places so long while everything moves: calmer, and cheap
BIG_PLAN_MS: Final = 450.0
PLANNED_ZOOM: Final = 1.4  # through which one zooms with the names of one plan
PLANNED_SHIFT: Final = 0.22  # of the widget's size, through which one pans with the names of one plan
STILL_MS: Final = 180.0  # of a camera that stands, before names that it cut off find other places
PLAN_SLICE_S: Final = 0.0015  # of finding places for the names of a big picture
PAINT_SLICE_S: Final = 0.002
MOST_KEPT: Final = 400  # pictures of names by node


class Names:
    """Plans and paints them."""

    def __init__(self, font: QFont, colours: GraphColours, ratio: float) -> None:
        self.shown = ShownLabels()
        self.frames: dict[int, QRectF] = {}  # where names stand in the last frame, by node
        self.waits = True  # for what slices of time make
        self.set_colours(font, colours, ratio)
        self.clear()

    def set_colours(self, font: QFont, colours: GraphColours, ratio: float) -> None:
        """Take another scheme or screen."""
        self._painted: dict[int, tuple[Placed, float, float, QPixmap]] = {}
        self.labels = LabelSprites(font, (colours.label, colours.quiet_label), colours.ground, ratio)

    def clear(self) -> None:
        """Forget all: another picture."""
        self.shown.clear()
        self._painted.clear()
        self._key: tuple[object, ...] = ()
        self._planning: Generator[None, None, list[Placed]] | None = None
        self._fades = False
        self._camera, self._age_ms, self._planned_moving = Camera(), 0.0, False
        self._last_camera, self._still_ms = Camera(), 0.0

    def prepare(self, look: Look, radii: Floats, passed_ms: float, at_once: bool) -> None:
        """Spend a slice of time on them, once a tick."""
        self._age_ms += passed_ms
        self._still_ms = self._still_ms + passed_ms if look.camera == self._last_camera else 0.0
        self._last_camera = look.camera
        self.plan(look, radii, at_once)
        self.shown.advance(passed_ms)
        if is_big(look.picture):
            self._paint_some(look)

    def wants_time(self, look: Look) -> bool:
        """Tell whether `prepare` has more to do."""
        if self._planning is not None or self.shown.fading:
            return True
        return self._is_stale(look) or look.camera != self._camera

    def plan(self, look: Look, radii: Floats, at_once: bool) -> None:
        """Find the names' places: of a big picture in slices, while those of the plan before are shown."""
        key = (id(look.picture), look.width, look.height, look.strong, look.emphasis, look.covered)
        if key == self._key and self._planning is not None:
            self._go_on(False)
            return
        if key == self._key and not self._is_stale(look):
            return
        pause = PLAN_MS if len(look.picture) <= DIRECT_NODES else BIG_PLAN_MS
        if key == self._key and self._age_ms < pause and (look.moving or look.travelling):
            return
        first = look.emphasis.named if look.emphasis is not None else ()
        request = LabelRequest(
            look.picture, look.camera, look.width, look.height, radii, look.strong, first, look.covered, look.moving
        )
        another = not self._key or key[:3] != self._key[:3]
        self._planning = plan_labels(request, self.labels, self.shown.sides())
        self._fades = not at_once and (not another or is_big(look.picture))
        self._key, self._camera, self._age_ms = key, look.camera, 0.0
        self._planned_moving = look.moving
        self._go_on(not (self.waits and is_big(look.picture)))

    def _go_on(self, whole: bool) -> None:
        end = time.perf_counter() + PLAN_SLICE_S
        while self._planning is not None:
            try:
                next(self._planning)
            except StopIteration as planned:
                self._planning = None
                self.shown.take(planned.value, at_once=not self._fades)
            if not whole and time.perf_counter() >= end:
                return

    def _paint_some(self, look: Look) -> None:
        """Paint names of a big picture that are not on the screen yet, some in each slice of time."""
        end, titles = time.perf_counter() + PAINT_SLICE_S, look.picture.titles
        for node, placed in self.shown.placed.items():
            if time.perf_counter() >= end:
                return
            if not self.labels.has(titles[node], placed.style):
                self.labels.sprite(titles[node], placed.style)

    def _is_stale(self, look: Look) -> bool:
        """Tell whether names stand where they no longer fit; a shift within the planned area keeps them."""
        if not self._key or look.moving or self._planned_moving:
            return True
        old, new = self._camera, look.camera
        shift = max(abs(new.x - old.x) / look.width, abs(new.y - old.y) / look.height) * new.scale
        factor = new.scale / old.scale
        if shift > PLANNED_SHIFT or not 1.0 / PLANNED_ZOOM < factor < PLANNED_ZOOM:
            return True
        return (factor != 1.0 and not look.travelling) or (shift > 0.002 and self._still_ms > STILL_MS)

    def paint(self, painter: QPainter, radii: Floats, look: Look) -> None:
        """Paint the names of the plan where their nodes are now."""
        self.frames = {}
        nodes = [node for node in self.shown.placed if node != look.without_label]
        if not nodes:
            return
        front = set(look.emphasis.nodes.tolist()) if look.emphasis is not None else set()
        strong, ratio = look.strong, look.ratio
        clear = 0.0 if len(look.picture) > CROWD else 0.12
        many = np.array(nodes)
        for node, (x, y), radius in zip(nodes, look.places(many).tolist(), radii[many].tolist(), strict=True):
            label = self._label(node, look)
            if label is None:
                continue  # its turn to be painted comes
            placed, width, height, sprite = label
            left, top = corner_of(placed.side, x, y, radius, width, height)
            if node in strong and 0.0 <= x <= look.width and 0.0 <= y <= look.height:
                left = max(0.0, min(left, look.width - width))
                top = max(0.0, min(top, look.height - height))
            if left > look.width or top > look.height or left + width < 0.0 or top + height < 0.0:
                continue
            back = node not in front and node not in strong
            opacity = self.shown.opacity[node] * (1.0 - (1.0 - clear) * look.dim if back else 1.0)
            if opacity > 0.02:
                painter.setOpacity(opacity)
                where = QPointF(round(left * ratio) / ratio, round(top * ratio) / ratio)
                self.frames[node] = QRectF(where.x(), where.y(), width, height)
                painter.drawPixmap(where, sprite)
        painter.setOpacity(1.0)

    def _label(self, node: int, look: Look) -> tuple[Placed, float, float, QPixmap] | None:
        """Return a name's place in the plan, its size and its picture; None: others paint first."""
        placed = self.shown.placed[node]
        known = self._painted.get(node)
        if known is not None and known[0] is placed:
            return known
        title = look.picture.titles[node]
        if self.waits and is_big(look.picture) and not self.labels.has(title, placed.style):
            return None
        if len(self._painted) > MOST_KEPT:
            self._painted.clear()
        width, height = self.labels.size(title, placed.style)
        self._painted[node] = painted = (placed, width, height, self.labels.sprite(title, placed.style))
        return painted
