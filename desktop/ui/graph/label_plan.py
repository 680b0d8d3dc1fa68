"""Which nodes are named, and on which side: names cover neither each other nor nodes.

An **occupancy grid** of small cells says what is taken, so placing a name costs the same however many there are. A
plan reaches beyond the widget as the image of the edges does: while one pans, it is only shifted. Names that come and
go with a new plan fade, and one that stays keeps its side.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
from PySide6.QtCore import QRectF

from desktop.ui.graph.camera import Camera, eased
from desktop.ui.graph.labels import HALO, LabelSprites, LabelStyle
from desktop.ui.graph.picture import Floats, Indices, Picture

MOST_LABELS: Final = 60  # on the screen
AREA_OF_LABEL: Final = 4_200.0  # px² of the widget for each name
REACH: Final = 0.3  # of the widget's size on each side, planned beforehand
CELL: Final = 4.0
OBSTACLE_RADIUS: Final = 2.4  # px: smaller discs may lie under a name
CROWD: Final = 400  # nodes: from here names stand apart, and those of hubs may lie over dots
AIR: Final = 9.0  # px around a name in a crowd
LEAF_SCALE: Final = 0.42  # in a crowd, nodes with few links are named from this nearness on
HUB_SHARE: Final = 0.06  # of the nodes, the best connected ones
HUB_DEGREE: Final = 6
FEW_LINKS: Final = 2
FEW_NODES: Final = 12  # among so few all names are of one size
FADE: Final = 0.22  # of the way, per tick


@dataclass(frozen=True, slots=True)
class LabelRequest:
    """What a plan depends on."""

    picture: Picture
    camera: Camera
    width: float
    height: float
    radii: Floats  # on the screen
    strong: tuple[int, ...]  # named in any case
    first: tuple[int, ...]  # named before others, where there is room


@dataclass(frozen=True, slots=True)
class Placed:
    """A name in a plan."""

    node: int
    side: int
    style: LabelStyle


class Occupancy:
    """Which parts of an area are taken by names, and which by nodes."""

    def __init__(self, left: float, top: float, width: float, height: float) -> None:
        self._left, self._top = left, top
        self._shape = (math.ceil(height / CELL) + 2, math.ceil(width / CELL) + 2)
        self._names = np.zeros(self._shape, dtype=bool)
        self._sums = np.zeros((self._shape[0] + 1, self._shape[1] + 1), dtype=np.int32)

    def _window(self, rect: QRectF) -> tuple[int, int, int, int]:
        """Return the first and the last (not included) row and column of the cells that a place touches."""
        rows, columns = self._shape
        return (
            min(rows, max(0, int((rect.top() - self._top) / CELL))),
            min(rows, max(0, math.ceil((rect.bottom() - self._top) / CELL))),
            min(columns, max(0, int((rect.left() - self._left) / CELL))),
            min(columns, max(0, math.ceil((rect.right() - self._left) / CELL))),
        )

    def take_nodes(self, x: Floats, y: Floats, radii: Floats) -> None:
        """Mark where nodes stand, all at once: corners of squares, summed up twice."""
        rows, columns = self._shape
        marks = np.zeros((rows + 1, columns + 1), dtype=np.int32)
        top, bottom = ((y - self._top + way * radii) / CELL for way in (-1.0, 1.0))
        left, right = ((x - self._left + way * radii) / CELL for way in (-1.0, 1.0))
        first, last = (np.clip(edge.astype(np.intp), 0, rows) for edge in (top, np.ceil(bottom)))
        start, end = (np.clip(edge.astype(np.intp), 0, columns) for edge in (left, np.ceil(right)))
        for row, column, way in ((first, start, 1), (last, end, 1), (first, end, -1), (last, start, -1)):
            np.add.at(marks, (row, column), way)
        taken = marks.cumsum(axis=0).cumsum(axis=1)[:rows, :columns] > 0
        self._sums[1:, 1:] = taken.cumsum(axis=0).cumsum(axis=1)

    def covered(self, rect: QRectF) -> int | None:
        """Return how many cells of a place have nodes in them, or None where a name stands."""
        first, last, start, end = self._window(rect)
        if self._names[first:last, start:end].any():
            return None
        sums = self._sums
        return int(sums[last, end] - sums[first, end] - sums[last, start] + sums[first, start])

    def take(self, rect: QRectF) -> None:
        """Mark where a name stands."""
        first, last, start, end = self._window(rect)
        self._names[first:last, start:end] = True


def candidates(x: float, y: float, radius: float, width: float, height: float) -> list[QRectF]:
    """Return the places for a label beside a node, the best first: below, above, right, left."""
    gap = radius - HALO + 3.5
    return [
        QRectF(x - width / 2.0, y + gap, width, height),
        QRectF(x - width / 2.0, y - gap - height, width, height),
        QRectF(x + gap + 1.0, y - height / 2.0, width, height),
        QRectF(x - gap - 1.0 - width, y - height / 2.0, width, height),
    ]


def style_of(picture: Picture, node: int) -> LabelStyle:
    """Return how a node's name is written: by its rank among all."""
    degree = int(picture.degrees[node])
    hubs = max(1, int(len(picture) * HUB_SHARE))
    least = max(HUB_DEGREE, int(picture.degrees[picture.by_degree[min(hubs, len(picture) - 1)]]))
    if degree >= least:
        return LabelStyle.HUB
    return LabelStyle.LEAF if degree <= FEW_LINKS and len(picture) > FEW_NODES else LabelStyle.USUAL


def plan_labels(request: LabelRequest, sprites: LabelSprites, old: dict[int, int]) -> list[Placed]:
    """Choose names and their sides: the strong ones, then the first, then the best connected with room.

    `old` holds the sides of the names that are shown now.
    """
    picture, radii = request.picture, request.radii
    view = QRectF(0.0, 0.0, request.width, request.height)
    reach = view.adjusted(
        -REACH * request.width, -REACH * request.height, REACH * request.width, REACH * request.height
    )
    places = (picture.positions - (request.camera.x, request.camera.y)) * request.camera.scale
    places += (request.width / 2.0, request.height / 2.0)
    x, y = places[:, 0], places[:, 1]
    seen = np.flatnonzero((x > reach.left()) & (x < reach.right()) & (y > reach.top()) & (y < reach.bottom()))
    crowded = len(seen) > CROWD
    taken = Occupancy(reach.left(), reach.top(), reach.width(), reach.height())
    solid = seen[radii[seen] > OBSTACLE_RADIUS]
    taken.take_nodes(x[solid], y[solid], radii[solid])
    most = int(min(MOST_LABELS, max(6.0, request.width * request.height / AREA_OF_LABEL)))
    hubs = set(request.first) | (set(picture.by_degree[: max(12, most)].tolist()) if crowded else set())
    plan: list[Placed] = []
    in_view = 0
    for node in dict.fromkeys((*request.strong, *request.first, *_by_degree(request, seen, crowded, 5 * most))):
        strong = node in request.strong
        place = (float(x[node]), float(y[node]))
        inside = view.contains(*place)
        if not strong and (in_view >= most if inside else len(plan) - in_view >= most):
            continue
        style = LabelStyle.STRONG if strong else style_of(picture, node)
        size = sprites.size(picture.titles[node], style)
        options = candidates(*place, float(radii[node]), *size)
        side = _best_side(options, taken, view if inside else reach, old.get(node), node in hubs)
        if side is None and not strong:
            continue
        side = side or 0
        air = AIR if crowded else 0.0
        taken.take(options[side].adjusted(-air, -air / 2.0, air, air / 2.0))
        plan.append(Placed(node, side, style))
        in_view += inside
    return plan


def _by_degree(request: LabelRequest, seen: Indices, crowded: bool, most: int) -> Iterable[int]:
    """Return the nodes that may be named, the best connected first."""
    degrees = request.picture.degrees
    if crowded and request.camera.scale < LEAF_SCALE:
        seen = seen[degrees[seen] > FEW_LINKS]
    chosen: list[int] = seen[np.lexsort((seen, -degrees[seen]))[:most]].tolist()
    return chosen


def _best_side(options: list[QRectF], taken: Occupancy, area: QRectF, old: int | None, may_cover: bool) -> int | None:
    """Return the side on which a name covers nothing, or the least of the nodes where it may; None: no side."""
    best, least = None, 1_000_000
    order = range(len(options)) if old is None else (old, *(side for side in range(len(options)) if side != old))
    for side in order:
        if not area.contains(options[side]):
            continue
        covered = taken.covered(options[side].adjusted(HALO - 1.0, HALO - 1.0, 1.0 - HALO, 1.0 - HALO))
        if covered is not None and covered < least and (may_cover or not covered):
            best, least = side, covered
            if not covered:
                break
    return best


class ShownLabels:
    """The names that are on the screen: those of the plan, and those that fade away."""

    def __init__(self) -> None:
        self.opacity: dict[int, float] = {}
        self.placed: dict[int, Placed] = {}
        self._wanted: set[int] = set()

    def clear(self) -> None:
        """Forget all: another picture."""
        self.opacity, self.placed, self._wanted = {}, {}, set()

    def take(self, plan: list[Placed], at_once: bool) -> None:
        """Go over to another plan."""
        self._wanted = {placed.node for placed in plan}
        for placed in plan:
            self.placed[placed.node] = placed
            self.opacity.setdefault(placed.node, 1.0 if at_once else 0.0)
        if at_once:
            self.placed = {placed.node: placed for placed in plan}
            self.opacity = dict.fromkeys(self._wanted, 1.0)

    def sides(self) -> dict[int, int]:
        """Return the sides of the names that are shown."""
        return {node: placed.side for node, placed in self.placed.items()}

    @property
    def fading(self) -> bool:
        """Tell whether a name comes or goes."""
        return len(self.placed) != len(self._wanted) or any(share < 1.0 for share in self.opacity.values())

    def advance(self, passed_ms: float) -> None:
        """Let names come and go for a while."""
        share = eased(FADE, passed_ms)
        for node in list(self.opacity):
            goal = 1.0 if node in self._wanted else 0.0
            opacity = self.opacity[node] + (goal - self.opacity[node]) * share
            if abs(goal - opacity) < 0.04:
                opacity = goal
            self.opacity[node] = opacity
            if opacity == 0.0:
                del self.opacity[node], self.placed[node]
