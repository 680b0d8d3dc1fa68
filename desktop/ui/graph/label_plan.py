"""Which nodes are named, and on which side: names cover neither each other nor nodes.

An **occupancy grid** of small cells says what is taken, so placing a name costs the same however many there are. A
plan reaches beyond the widget as the image of the edges does: while one pans, it is only shifted. Names that come and
go with a new plan fade, and one that stays keeps its side.
"""

import math
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from desktop.ui.graph.camera import Camera, eased
from desktop.ui.graph.labels import HALO, LabelSprites, LabelStyle
from desktop.ui.graph.picture import Floats, Indices, Picture

MOST_LABELS: Final = 60  # on the screen
AREA_OF_LABEL: Final = 4_200.0  # px² of the widget for each name
REACH: Final = 0.3  # of the widget's size on each side, planned beforehand
CELL: Final = 2.0
COARSE_CELL: Final = 3.0  # in a crowd
NAMES_AT_ONCE: Final = 12  # looked at in one slice
OBSTACLE_RADIUS: Final = 1.6  # px: smaller discs may lie under a name
CROWD: Final = 400  # nodes: from here names stand apart
AIR: Final = 9.0  # px around a name in a crowd
LEAF_SCALE: Final = 0.42  # in a crowd, nodes with few links are named from this nearness on
HUB_SHARE: Final = 0.06  # of the nodes, the best connected ones
HUB_DEGREE: Final = 6
FEW_LINKS: Final = 2
FEW_NODES: Final = 12  # among so few all names are of one size
SIDES: Final = range(8)
DISC: Final = ((1.0, 0.5), (0.76, 0.76), (0.5, 1.0))  # half widths and heights of what nearly makes a disc
FADE: Final = 0.22  # of the way, per tick


Box = tuple[float, float, float, float]  # left, top, width, height


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
    covered: tuple[Box, ...] = ()  # parts of the widget under cards
    in_haste: bool = False  # the nodes move: what is planned now holds for a few frames


@dataclass(frozen=True, slots=True)
class Placed:
    """A name in a plan."""

    node: int
    side: int
    style: LabelStyle


class Occupancy:
    """Which parts of an area are taken by names and nodes: rows of bits, each a Python number."""

    def __init__(self, area: Box, cell: float = CELL) -> None:
        self._cell = cell
        self._left, self._top = area[0], area[1]
        self._rows, self._columns = math.ceil(area[3] / self._cell) + 2, math.ceil(area[2] / self._cell) + 2
        self._taken = [0] * self._rows
        self._dust = [0] * self._rows

    def _window(self, box: Box, shrunk: float) -> tuple[int, int, int]:
        """Return the first and the last (not included) row that a place touches, and its columns as bits."""
        left, top, width, height = box
        first = max(0, int((top + shrunk - self._top) / self._cell))
        last = min(self._rows, int((top + height - shrunk - self._top) / self._cell) + 1)
        start = max(0, int((left + shrunk - self._left) / self._cell))
        end = min(self._columns, int((left + width - shrunk - self._left) / self._cell) + 1)
        return first, last, ((1 << max(0, end - start)) - 1) << start

    def take_nodes(self, x: Floats, y: Floats, radii: Floats) -> None:
        """Mark where nodes stand."""
        self._taken = [row | more for row, more in zip(self._taken, self._bits(x, y, radii), strict=True)]

    def take_dust(self, x: Floats, y: Floats, radii: Floats) -> None:
        """Mark where nodes stand that a name may cover, though better not."""
        self._dust = self._bits(x, y, radii)

    def _bits(self, x: Floats, y: Floats, radii: Floats) -> list[int]:
        """Return the cells of all discs at once: three rectangles each, their corners summed up twice."""
        rows, columns = self._rows, self._columns
        marks = np.zeros((rows + 1, columns + 1), dtype=np.int16)
        radii = np.maximum(radii - 1.0, 1.0)  # cells are rounded outwards: a name may stand close to its own node
        for wide, high in DISC:
            top, bottom = ((y - self._top + way * high * radii) / self._cell for way in (-1.0, 1.0))
            left, right = ((x - self._left + way * wide * radii) / self._cell for way in (-1.0, 1.0))
            first, last = (np.clip(edge.astype(np.intp), 0, rows) for edge in (top, np.ceil(bottom)))
            start, end = (np.clip(edge.astype(np.intp), 0, columns) for edge in (left, np.ceil(right)))
            for row, column, way in ((first, start, 1), (last, end, 1), (first, end, -1), (last, start, -1)):
                np.add.at(marks, (row, column), way)
        np.cumsum(marks, axis=0, out=marks)
        taken = np.cumsum(marks, axis=1, out=marks)[:rows, :columns] > 0
        packed = np.packbits(taken, axis=1, bitorder="little")
        return [int.from_bytes(row.tobytes(), "little") for row in packed]

    def dust(self, box: Box) -> int | None:
        """Return how many cells of a place have dust in them, or None where a name or a node stands."""
        first, last, bits = self._window(box, HALO - 1.0)
        for row in self._taken[first:last]:
            if row & bits:
                return None
        return sum((row & bits).bit_count() for row in self._dust[first:last] if row & bits)

    def overlap(self, box: Box) -> int:
        """Return how many cells of a place are taken by names and nodes."""
        first, last, bits = self._window(box, HALO - 1.0)
        return sum((row & bits).bit_count() for row in self._taken[first:last])

    def take(self, box: Box) -> None:
        """Mark where a name stands."""
        first, last, bits = self._window(box, 0.0)
        for row in range(first, last):
            self._taken[row] |= bits


def candidates(x: float, y: float, radius: float, width: float, height: float) -> tuple[Box, ...]:
    """Return the places for a label beside a node, the best first: below, above, right, left, then the corners."""
    gap = radius - HALO + 4.0
    middle_x, middle_y = x - width / 2.0, y - height / 2.0
    below, above, right, left = y + gap, y - gap - height, x + gap + 1.0, x - gap - 1.0 - width
    corner = gap * 0.7 - 1.0
    to_left, to_top = x - corner - width, y - corner - height
    return (
        (middle_x, below, width, height),
        (middle_x, above, width, height),
        (right, middle_y, width, height),
        (left, middle_y, width, height),
        (x + corner, y + corner, width, height),
        (x + corner, to_top, width, height),
        (to_left, y + corner, width, height),
        (to_left, to_top, width, height),
    )


def corner_of(side: int, x: float, y: float, radius: float, width: float, height: float) -> tuple[float, float]:
    """Return the left and the top of one of the `candidates`."""
    gap = radius - HALO + 4.0
    if side < 2:
        return x - width / 2.0, y + gap if side == 0 else y - gap - height
    if side < 4:
        return x + gap + 1.0 if side == 2 else x - gap - 1.0 - width, y - height / 2.0
    corner = gap * 0.7 - 1.0
    return x + corner if side < 6 else x - corner - width, y + corner if side % 2 == 0 else y - corner - height


def hub_degree(picture: Picture) -> int:
    """Return from how many links on a node is one of the best connected."""
    rank = min(max(1, int(len(picture) * HUB_SHARE)), len(picture) - 1)
    return max(HUB_DEGREE, int(picture.degrees[picture.by_degree[rank]]))


def plan_labels(
    request: LabelRequest, sprites: LabelSprites, old: dict[int, int]
) -> Generator[None, None, list[Placed]]:
    """Choose names and their sides: the strong ones, then the first, then the best connected with room.

    `old` holds the sides of the names that are shown now. Yields after each slice of a millisecond or two.
    """
    picture, radii, width, height = request.picture, request.radii, request.width, request.height
    view = (0.0, 0.0, width, height)
    beyond = 0.0 if request.in_haste else REACH
    reach = (-beyond * width, -beyond * height, width * (1.0 + 2.0 * beyond), height * (1.0 + 2.0 * beyond))
    places = (picture.positions - (request.camera.x, request.camera.y)) * request.camera.scale
    places += (width / 2.0, height / 2.0)
    inside = ((places > reach[:2]) & (places < (reach[0] + reach[2], reach[1] + reach[3]))).all(axis=1)
    seen: Indices = np.flatnonzero(inside)
    crowded = len(seen) > CROWD
    taken = Occupancy(reach, COARSE_CELL if crowded else CELL)
    most = _most(request)
    yield from _take_discs(taken, seen, places, radii, most, picture if crowded else None)
    for box in request.covered:
        taken.take(box)
    hubs = hub_degree(picture)
    plan: list[Placed] = []
    in_view = 0
    others = _by_degree(request, seen, crowded, (2 if request.in_haste else 4) * most)
    for number, node in enumerate(dict.fromkeys((*request.strong, *request.first, *others))):
        if number % NAMES_AT_ONCE == 0:
            yield
        strong = node in request.strong
        x, y = places[node].tolist()
        is_inside = 0.0 <= x <= width and 0.0 <= y <= height
        if not strong and (in_view >= most if is_inside else len(plan) - in_view >= most):
            continue
        style = LabelStyle.STRONG if strong else _style(int(picture.degrees[node]), hubs, len(picture))
        options = candidates(x, y, float(radii[node]), *sprites.size(picture.titles[node], style))
        side = _best_side(options, taken, view if is_inside else reach, old.get(node))
        if side is None and not strong:
            continue
        if side is None:
            side = min(SIDES, key=lambda number: taken.overlap(options[number]))
        left, top, wide, high = options[side]
        air = AIR if crowded else 0.0
        taken.take((left - air, top - air / 2.0, wide + 2.0 * air, high + air))
        plan.append(Placed(node, side, style))
        in_view += is_inside
    return plan


def _most(request: LabelRequest) -> int:
    """Return how many names the widget has room for."""
    return int(min(MOST_LABELS, max(6.0, request.width * request.height / AREA_OF_LABEL)))


def _take_discs(
    taken: Occupancy, seen: Indices, places: Floats, radii: Floats, most: int, crowd: Picture | None
) -> Iterator[None]:
    """Mark the discs that names keep clear of: all of them; in a crowd those of hubs, and the others if it can be."""
    solid = seen[radii[seen] > OBSTACLE_RADIUS]
    if crowd is not None:
        ranks = np.argsort(-crowd.degrees[solid], kind="stable")
        solid, dust = solid[ranks[:most]], solid[ranks[most:]]
        yield
        taken.take_dust(places[dust, 0], places[dust, 1], radii[dust])
        yield
    taken.take_nodes(places[solid, 0], places[solid, 1], radii[solid])


def _style(degree: int, hubs: int, nodes: int) -> LabelStyle:
    """Return how a node's name is written: by its rank among all."""
    if degree >= hubs:
        return LabelStyle.HUB
    return LabelStyle.LEAF if degree <= FEW_LINKS and nodes > FEW_NODES else LabelStyle.USUAL


def _by_degree(request: LabelRequest, seen: Indices, crowded: bool, most: int) -> Iterable[int]:
    """Return the nodes that may be named, the best connected first."""
    degrees = request.picture.degrees
    if crowded and request.camera.scale < LEAF_SCALE:
        seen = seen[degrees[seen] > FEW_LINKS]
    chosen: list[int] = seen[np.lexsort((seen, -degrees[seen]))[:most]].tolist()
    return chosen


def _best_side(options: tuple[Box, ...], taken: Occupancy, area: Box, old: int | None) -> int | None:
    """Return the side on which a name has room and covers least, the one it had before others; None: no side."""
    best, least = None, 1_000_000
    order = SIDES if old is None else (old, *(side for side in SIDES if side != old))
    right, bottom = area[0] + area[2], area[1] + area[3]
    for side in order:
        left, top, width, height = options[side]
        if left < area[0] or top < area[1] or left + width > right or top + height > bottom:
            continue
        dust = taken.dust(options[side])
        if dust is not None and dust < least:
            best, least = side, dust
            if not dust:
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
