"""Where the notes of a graph stand: a force simulation in numpy, one step at a time.

`forces.py` says what moves a node. **Alpha**, the temperature, scales all forces and cools from 1 to 0.001 in 300
steps; then the picture is at rest. What is linked with nothing, or only with a few, takes no part in it: it stands in
a block beside the picture (`loose.py`).

A node without a place starts on a phyllotaxis (a sunflower: Vogel, Mathematical Biosciences 44, 1979), which is even
and needs no random numbers: the same graph always gives the same picture. Where most nodes have a place already,
those stay and a new one starts amid its neighbours (a warm start, 40 cool steps).

Chosen by eye and by two measures over a real vault of 162 notes and 9,000 notes in 60 clusters: the share of a note's
neighbours among the notes nearest to it, and the stress (how far distances in the picture are from those in the graph).
More charge (30 -> 75) and links that grow with shared neighbours raise the first from 0.21 to 0.26 and from 0.033 to
0.042 at the same stress; longer links at hubs, and charge by degree, lower it or change nothing.

Units: positions are scene units, in which a link is `LINK_LENGTH` long.
"""

from collections.abc import Sequence
from threading import Lock
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from desktop.core.graph.forces import EXACT_NODES, LINK_LENGTH, Forces, Indices
from desktop.core.graph.links import parts
from desktop.core.graph.loose import GAP, berths, loose_nodes
from desktop.core.graph.mesh import Floats

__all__ = ["EXACT_NODES", "LINK_LENGTH", "STEPS", "Simulation", "phyllotaxis"]

VELOCITY_KEPT: Final = 0.6  # per step
ALPHA_MIN: Final = 0.001
STEPS: Final = 300  # from alpha 1 to ALPHA_MIN
WARM_ALPHA: Final = 0.05
WARM_STEPS: Final = 40
OWN_STEPS: Final = 80  # of a small loose part
MOST_PARTS: Final = 60  # that are laid out by forces; more of them stand as sunflowers
PARTING_ALPHA: Final = 0.05  # below it nodes of a big graph that overlap are parted, which takes 10 ms for 10,000
PARTING_EVERY: Final = 20  # steps
LAST_PARTINGS: Final = 6
MOSTLY_NEW: Final = 0.5  # share of nodes without a place from which a warm start makes no sense
ORDINARY_RADIUS: Final = 5.0
SPREAD: Final = 36.0  # radius of a picture at rest, times the root of its nodes, about
EASE: Final = 0.25  # of the way of a loose node to its berth, a step
GOLDEN_ANGLE: Final = np.pi * (3.0 - np.sqrt(5.0))


def phyllotaxis(count: int, spacing: float = LINK_LENGTH) -> Floats:
    """Return `count` places on a sunflower around (0, 0), innermost first, shape (count, 2)."""
    order = np.arange(count, dtype=np.float64)
    radius = spacing / 3.0 * np.sqrt(order + 0.5)
    angle = order * GOLDEN_ANGLE
    return np.stack((radius * np.cos(angle), radius * np.sin(angle)), axis=1)


class Simulation:
    """The nodes 0 to `nodes` - 1 with their links, moving until they are at rest."""

    def __init__(
        self,
        nodes: int,
        edges: Sequence[tuple[int, int]] | NDArray[np.intp],
        positions: ArrayLike | None = None,
        radii: ArrayLike | None = None,
    ) -> None:
        """Place the nodes; a row of `positions` (shape (nodes, 2)) that is not finite has no place yet."""
        self.count = nodes
        pairs = np.asarray(edges, dtype=np.intp).reshape(-1, 2)
        self._edges = pairs[pairs[:, 0] != pairs[:, 1]]
        self._part = parts(nodes, self._edges[:, 0], self._edges[:, 1])
        self.loose = loose_nodes(self._part)
        self._free: Indices = np.flatnonzero(~self.loose)
        self._docked: Indices = np.flatnonzero(self.loose)
        self._forces = self._make_forces(radii)
        self._jitter = phyllotaxis(len(self._free), 1e-3)
        self._velocity = np.zeros((nodes, 2))
        self._pinned: dict[int, tuple[float, float]] = {}
        self._steps = 0
        self._heating = Lock()
        self.alpha, self._cooling = 1.0, ALPHA_MIN ** (1.0 / STEPS)
        self.centre = np.zeros(2)
        self._berths: Floats | None = None
        self._growing = False  # the picture finds its size: the loose ones keep beside it
        self.positions: Floats = self._start(positions)

    def _make_forces(self, radii: ArrayLike | None) -> Forces:
        """Return the forces between what is not loose."""
        number = np.cumsum(~self.loose) - 1
        inner = number[self._edges[~self.loose[self._edges[:, 0]]]] if len(self._edges) else self._edges
        part = self._part[self._free]
        biggest = np.bincount(part).argmax() if len(part) else 0
        sizes = np.full(self.count, ORDINARY_RADIUS) if radii is None else np.asarray(radii, dtype=np.float64)
        return Forces(len(part), inner[:, 0].copy(), inner[:, 1].copy(), sizes[self._free], part == biggest)

    # --- where they start --------------------------------------------------------------------------------

    def _start(self, given: ArrayLike | None) -> Floats:
        """Return the first positions and set how warm the simulation begins."""
        nothing = np.full((self.count, 2), np.nan)
        positions = nothing if given is None else np.array(given, dtype=np.float64, order="C").reshape(self.count, 2)
        placed: NDArray[np.bool_] = np.isfinite(positions[:, 0]) & np.isfinite(positions[:, 1])
        missing = ~placed & ~self.loose
        free = max(1, len(self._free))
        if int(missing.sum()) >= MOSTLY_NEW * free:
            self._growing = bool(len(self._free))
            self._set_heat(1.0, STEPS)
            self.centre = np.zeros(2)
            kept = positions[self._free]
            positions[self._free] = np.where(np.isfinite(kept), kept, _sunflowers(self._part[self._free]))
            placed[self._free] = True
        else:
            self.centre = positions[placed & ~self.loose].mean(axis=0) if len(self._free) else np.zeros(2)
            self._set_heat(WARM_ALPHA, WARM_STEPS)
            if not missing.any():
                self.alpha = 0.0
            self._amid_neighbours(positions, placed)
        self._dock(positions, placed)
        return positions

    def _amid_neighbours(self, positions: Floats, placed: NDArray[np.bool_]) -> None:
        """Give every node without a place the middle of its placed neighbours, ring by ring; the rest go outside."""
        offsets = phyllotaxis(self.count, LINK_LENGTH / 2.0 / max(1.0, np.sqrt(self.count)))
        while not placed[self._free].all():
            ends, others = np.concatenate((self._edges, self._edges[:, ::-1])).T
            useful = ~placed[ends] & placed[others] & ~self.loose[ends]
            if not useful.any():
                break
            ends, others = ends[useful], others[useful]
            weight = np.bincount(ends, minlength=self.count)
            reached = weight > 0
            total = np.stack([np.bincount(ends, positions[others, axis], self.count) for axis in (0, 1)], axis=1)
            positions[reached] = total[reached] / weight[reached, np.newaxis] + offsets[reached]
            placed |= reached
        far = ~placed & ~self.loose
        if far.any():  # a part of its own that is new
            radius = np.linalg.norm(positions[placed & ~self.loose] - self.centre, axis=1).max() + LINK_LENGTH
            around = phyllotaxis(int(far.sum()))
            positions[far] = self.centre + np.array((radius + np.abs(around).max(), 0.0)) + around
            placed |= far

    def _dock(self, positions: Floats, placed: NDArray[np.bool_]) -> None:
        """Find the loose nodes' berths; who has a place already goes there step by step."""
        if not self.loose.any():
            return
        height = 2.0 * SPREAD * np.sqrt(len(self._free)) if self._growing else 0.0
        if len(self._free) and not self._growing:
            height = float(np.ptp(positions[self._free, 1]))
        several = len(np.unique(self._part[self.loose & self._in_edges()]))
        self._berths = berths(
            self._part, self.loose, self._edges, height, _own_picture if several <= MOST_PARTS else _sunflower
        )
        goals = self._goals(positions)
        if not self._growing:  # a note that is dragged about does not drag the block along
            self._berths = goals
        new = self.loose & ~placed
        positions[new] = goals[new]
        if not len(self._free):  # nothing but loose nodes: they are where they belong
            self.alpha = 0.0
        if self.alpha < ALPHA_MIN and np.abs(goals - positions)[self.loose].max() > 1.0:
            self._set_heat(WARM_ALPHA / 10.0, WARM_STEPS // 2)

    def _in_edges(self) -> NDArray[np.bool_]:
        flags = np.zeros(self.count, dtype=np.bool_)
        flags[self._edges.ravel()] = True
        return flags

    def _goals(self, positions: Floats) -> Floats:
        """Return the berths where they are now, to the right of the picture."""
        assert self._berths is not None
        goals: Floats = self._berths + self._offset(positions)
        return goals

    def _offset(self, positions: Floats) -> Floats:
        """Return where the block's left side has its middle."""
        if not len(self._free):
            return np.zeros(2)
        x, y = _rows(positions, self._free).T
        return np.array((x.max() + 2.0 * GAP, (y.max() + y.min()) / 2.0))

    def take(self, old: "Simulation", ours: Indices, theirs: Indices) -> None:
        """Go on where another simulation is: its nodes `theirs` are our nodes `ours`; the rest come amid them.

        Who was loose and is so no more comes amid its neighbours too.
        """
        came = old.loose[theirs] & ~self.loose[ours]
        came &= np.array([node not in old._pinned for node in theirs.tolist()], dtype=np.bool_)
        ours, theirs = ours[~came], theirs[~came]
        positions = np.full((self.count, 2), np.nan)
        positions[ours] = old.positions[theirs]
        self._growing = False
        self.positions = self._start(positions)
        self._velocity[ours] = old._velocity[theirs]
        same = dict(zip(theirs.tolist(), ours.tolist(), strict=True))
        self._pinned = {same[node]: place for node, place in old._pinned.items() if node in same}
        if old.moving and old.alpha > self.alpha:
            self.alpha, self._cooling, self._growing = old.alpha, old._cooling, old._growing

    # --- heat and pins -----------------------------------------------------------------------------------

    @property
    def moving(self) -> bool:
        """Tell whether the picture is not yet at rest."""
        return bool(self.count) and self.alpha >= ALPHA_MIN

    def reheat(self, alpha: float = 0.3) -> None:
        """Let everything move again; a hotter simulation stays as it is."""
        if alpha > self.alpha:
            self._set_heat(alpha, STEPS // 2)

    def cool(self) -> None:
        """Stop here: what stands, stands."""
        self.alpha = 0.0

    def _set_heat(self, alpha: float, steps: int) -> None:
        with self._heating:  # a step may be under way on another thread
            self.alpha, self._cooling = alpha, (ALPHA_MIN / alpha) ** (1.0 / steps)

    def pin(self, node: int, x: float, y: float) -> None:
        """Hold a node at a place until it is unpinned; others still feel it."""
        self._pinned = {**self._pinned, node: (x, y)}  # another dict: a step may be going through the old one
        self.positions[node] = (x, y)
        self._velocity[node] = 0.0

    def unpin(self, node: int) -> None:
        """Let a node go."""
        self._pinned = {other: place for other, place in self._pinned.items() if other != node}

    @property
    def pinned(self) -> frozenset[int]:
        """The nodes that are held."""
        return frozenset(self._pinned)

    # --- time --------------------------------------------------------------------------------------------

    def step(self) -> bool:
        """Move everything by one step of time and cool down; return whether there is more to come."""
        if not self.moving:
            return False
        with self._heating:
            self.alpha *= self._cooling
        self._steps += 1
        if len(self._free):
            self._move()
        if self._berths is not None:
            ease = EASE if self._growing or self.alpha >= ALPHA_MIN else 1.0
            offset = self._offset(self.positions) if self._growing else np.zeros(2)
            docked = self._docked
            self.positions[docked] += (self._berths[docked] + offset - self.positions[docked]) * ease
        for node, place in self._pinned.items():
            self.positions[node] = place
        if not self.moving and self._growing:
            self._growing = False
            if self._berths is not None:
                self._berths = self._goals(self.positions)
        return self.moving

    def _move(self) -> None:
        everything = len(self._free) == self.count
        positions = self.positions if everything else _rows(self.positions, self._free)
        velocity = self._velocity if everything else _rows(self._velocity, self._free)
        self._forces.add_to(velocity, positions + self._jitter, self.centre, self.alpha)
        velocity *= VELOCITY_KEPT
        positions += velocity
        if not self._forces.exact and self.alpha < PARTING_ALPHA:
            for _ in range(LAST_PARTINGS if not self.moving else self._steps % PARTING_EVERY == 0):
                self._forces.part(positions)
        if not everything:
            for whole, part in ((self.positions, positions), (self._velocity, velocity)):
                _pairs(whole)[self._free] = _pairs(part)
        if self._pinned:
            self._velocity[list(self._pinned)] = 0.0

    def settle(self, steps: int = STEPS) -> int:
        """Run at most so many steps at once and return how many were taken."""
        taken = 0
        while taken < steps and self.moving:
            self.step()
            taken += 1
        return taken


def _pairs(rows: Floats) -> NDArray[np.complex128]:
    """Return pairs of numbers as one number each, of the same memory: taking such is five times as quick."""
    return rows.view(np.complex128)[:, 0]


def _rows(rows: Floats, indices: Indices) -> Floats:
    """Return some rows of an array of pairs."""
    return _pairs(rows).take(indices).view(np.float64).reshape(-1, 2)


def _sunflowers(part: Indices) -> Floats:
    """Return a sunflower for each part, beside each other: forces would not disentangle them."""
    places = np.empty((len(part), 2))
    sizes = np.bincount(part)
    numbers = np.flatnonzero(sizes)
    discs = np.empty((0, 3))  # x, y, radius
    angles = np.arange(24) * GOLDEN_ANGLE
    for number in numbers[np.lexsort((numbers, -sizes[numbers]))].tolist():
        radius = LINK_LENGTH / 3.0 * (np.sqrt(sizes[number]) + 2.0)
        centre, distance = np.zeros(2), 0.0
        while len(discs):
            tried = distance * np.stack((np.cos(angles), 0.7 * np.sin(angles)), axis=1)
            between = np.linalg.norm(tried[:, np.newaxis] - discs[np.newaxis, :, :2], axis=2)
            fits = (between >= discs[:, 2] + radius).all(axis=1)
            if fits.any():
                centre = tried[int(fits.argmax())]
                break
            distance += radius / 2.0
        discs = np.vstack((discs, (*centre, radius)))
        places[part == number] = centre + phyllotaxis(int(sizes[number]))
    return places


def _own_picture(nodes: int, edges: Indices) -> Floats:
    """Lay a small part out by itself."""
    simulation = Simulation(nodes, edges)
    simulation.settle(OWN_STEPS)
    return simulation.positions


def _sunflower(nodes: int, _edges: Indices) -> Floats:
    """Lay a small part out without a look at its links."""
    return phyllotaxis(nodes, 2.0 * LINK_LENGTH)
