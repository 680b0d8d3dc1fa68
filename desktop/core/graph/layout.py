"""Where the notes of a graph stand: a force simulation in numpy, one step at a time.

The model is that of d3-force (Bostock, https://d3js.org/d3-force), as arrays instead of loops:

- a **link** pulls its two ends to a fixed length, with a strength of 1 / min(degree), and moves the end with fewer
  links more; so hubs stand still and leaves come to them;
- every node **repels** every other with a force of 1/r: the exact sum for a small graph, a particle mesh
  (`mesh.py`) above;
- **gravity** draws everything softly to the middle, and what is not linked with the biggest part more strongly, so
  that loose notes stay in sight and the picture is not made small by them;
- **alpha**, the temperature, scales all forces and cools from 1 to 0.001 in 300 steps; then the picture is at rest.

A node without a place starts on a phyllotaxis (a sunflower: Vogel, Mathematical Biosciences 44, 1979), which is even
and needs no random numbers: the same graph always gives the same picture. Where most nodes have a place already,
those stay and a new one starts amid its neighbours (a warm start, 40 cool steps).

Units: positions are scene units, in which a link is `LINK_LENGTH` long.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from desktop.core.graph.mesh import Floats, ParticleMesh

LINK_LENGTH: Final = 30.0
CHARGE: Final = 30.0  # at a distance of 1, per node
GRAVITY: Final = 0.02
LOOSE_GRAVITY: Final = 0.18  # of what is not linked with the biggest part: it stays beside it
VELOCITY_KEPT: Final = 0.6  # per step
ALPHA_MIN: Final = 0.001
STEPS: Final = 300  # from alpha 1 to ALPHA_MIN
WARM_ALPHA: Final = 0.05
WARM_STEPS: Final = 40
EXACT_NODES: Final = 150  # up to here every pair is summed
SMALL_MESH_NODES: Final = 3_000
MOSTLY_NEW: Final = 0.5  # share of nodes without a place from which a warm start makes no sense
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
        self, nodes: int, edges: Sequence[tuple[int, int]] | NDArray[np.intp], positions: ArrayLike | None = None
    ) -> None:
        """Place the nodes; a row of `positions` (shape (nodes, 2)) that is not finite has no place yet."""
        self.count = nodes
        pairs = np.asarray(edges, dtype=np.intp).reshape(-1, 2)
        pairs = pairs[pairs[:, 0] != pairs[:, 1]]
        self._source, self._target = pairs[:, 0].copy(), pairs[:, 1].copy()
        degree = np.bincount(pairs.ravel(), minlength=nodes).astype(np.float64)
        self._prepare_links(degree)
        self._gravity = np.where(self._in_biggest_part(), GRAVITY, LOOSE_GRAVITY)[:, np.newaxis]
        self._jitter = phyllotaxis(nodes, 1e-3)
        self._velocity = np.zeros((nodes, 2))
        self._pinned: dict[int, tuple[float, float]] = {}
        self._mesh = self._choose_mesh(nodes)
        self.alpha, self._cooling = 1.0, ALPHA_MIN ** (1.0 / STEPS)
        self.centre = np.zeros(2)
        self.positions: Floats = self._start(positions)

    @staticmethod
    def _choose_mesh(nodes: int) -> ParticleMesh | None:
        if nodes <= EXACT_NODES:
            return None
        return ParticleMesh(64 if nodes < SMALL_MESH_NODES else 128)

    def _prepare_links(self, degree: Floats) -> None:
        """Compute each link's strength and how it is shared between its ends."""
        source, target = degree[self._source], degree[self._target]
        strength = 1.0 / np.minimum(source, target) if len(source) else source
        bias = source / np.maximum(source + target, 1.0)
        self._pull_on_target = strength * bias
        self._pull_on_source = strength * (1.0 - bias)

    def _in_biggest_part(self) -> NDArray[np.bool_]:
        """Tell for each node whether it belongs to the biggest connected part."""
        part = np.arange(self.count)
        while True:
            # Every node takes the smallest number among itself and its neighbours, then that number's own.
            smaller = part.copy()
            np.minimum.at(smaller, self._source, part[self._target])
            np.minimum.at(smaller, self._target, part[self._source])
            smaller = smaller[smaller]
            if np.array_equal(smaller, part):
                break
            part = smaller
        sizes = np.bincount(part, minlength=self.count)
        biggest = int(sizes.argmax()) if self.count else 0
        belongs: NDArray[np.bool_] = part == biggest
        return belongs

    def _start(self, given: ArrayLike | None) -> Floats:
        """Return the first positions and set how warm the simulation begins."""
        if given is None or not self.count:
            return phyllotaxis(self.count)
        positions = np.array(given, dtype=np.float64).reshape(self.count, 2)
        placed: NDArray[np.bool_] = np.logical_and(np.isfinite(positions[:, 0]), np.isfinite(positions[:, 1]))
        if not placed.any():
            return phyllotaxis(self.count)
        self.centre = positions[placed].mean(axis=0)
        missing = int(self.count - placed.sum())
        if missing == 0:
            self.alpha = 0.0
        elif missing < MOSTLY_NEW * self.count:
            self._set_heat(WARM_ALPHA, WARM_STEPS)
        return self._amid_neighbours(positions, placed)

    def _amid_neighbours(self, positions: Floats, placed: NDArray[np.bool_]) -> Floats:
        """Give every node without a place the middle of its placed neighbours, ring by ring; the rest go outside."""
        offsets = phyllotaxis(self.count, LINK_LENGTH / 2.0 / max(1.0, np.sqrt(self.count)))
        while not placed.all():
            ends = np.concatenate((self._source, self._target))
            others = np.concatenate((self._target, self._source))
            useful = ~placed[ends] & placed[others]
            if not useful.any():
                break
            ends, others = ends[useful], others[useful]
            weight = np.bincount(ends, minlength=self.count)
            reached = weight > 0
            total = np.stack([np.bincount(ends, positions[others, axis], self.count) for axis in (0, 1)], axis=1)
            positions[reached] = total[reached] / weight[reached, np.newaxis] + offsets[reached]
            placed = placed | reached
        loose = ~placed
        if loose.any():
            radius = np.linalg.norm(positions[placed] - self.centre, axis=1).max() + LINK_LENGTH
            angle = np.arange(int(loose.sum())) * GOLDEN_ANGLE
            positions[loose] = self.centre + radius * np.stack((np.cos(angle), np.sin(angle)), axis=1)
        return positions

    def take(self, old: "Simulation", ours: NDArray[np.intp], theirs: NDArray[np.intp]) -> None:
        """Go on where another simulation is: its nodes `theirs` are our nodes `ours`; the rest come amid them."""
        positions = np.full((self.count, 2), np.nan)
        positions[ours] = old.positions[theirs]
        self.positions = self._start(positions)
        self._velocity[ours] = old._velocity[theirs]
        same = dict(zip(theirs.tolist(), ours.tolist(), strict=True))
        self._pinned = {same[node]: place for node, place in old._pinned.items() if node in same}
        if old.moving and old.alpha > self.alpha:
            self.alpha, self._cooling = old.alpha, old._cooling

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
        self.alpha, self._cooling = alpha, (ALPHA_MIN / alpha) ** (1.0 / steps)

    def pin(self, node: int, x: float, y: float) -> None:
        """Hold a node at a place until it is unpinned; others still feel it."""
        self._pinned[node] = (x, y)
        self.positions[node] = (x, y)
        self._velocity[node] = 0.0

    def unpin(self, node: int) -> None:
        """Let a node go."""
        self._pinned.pop(node, None)

    @property
    def pinned(self) -> frozenset[int]:
        """The nodes that are held."""
        return frozenset(self._pinned)

    def step(self) -> bool:
        """Move everything by one step of time and cool down; return whether there is more to come."""
        if not self.moving:
            return False
        self.alpha *= self._cooling
        velocity = self._velocity
        self._pull_links(velocity)
        velocity += self._repulsion() * (CHARGE * self.alpha)
        velocity += (self.centre - self.positions) * (self._gravity * self.alpha)
        velocity *= VELOCITY_KEPT
        if self._pinned:
            velocity[list(self._pinned)] = 0.0
        self.positions += velocity
        return self.moving

    def settle(self, steps: int = STEPS) -> int:
        """Run at most so many steps at once and return how many were taken."""
        taken = 0
        while taken < steps and self.moving:
            self.step()
            taken += 1
        return taken

    def _pull_links(self, velocity: Floats) -> None:
        """Add each link's pull on its two ends, looking ahead by the velocity as d3 does."""
        if not len(self._source):
            return
        ahead = self.positions + velocity
        x, y = ahead[:, 0].copy(), ahead[:, 1].copy()
        dx, dy = x.take(self._target), y.take(self._target)
        dx -= x.take(self._source)
        dy -= y.take(self._source)
        length = np.sqrt(dx * dx + dy * dy)
        pull = (length - LINK_LENGTH) / np.maximum(length, 1e-6) * self.alpha
        on_source, on_target = pull * self._pull_on_source, pull * self._pull_on_target
        for axis, difference in ((0, dx), (1, dy)):
            velocity[:, axis] += np.bincount(self._source, difference * on_source, self.count)
            velocity[:, axis] -= np.bincount(self._target, difference * on_target, self.count)

    def _repulsion(self) -> Floats:
        """Return the sum of r/|r|² over all other nodes for each; the jitter parts nodes in one place."""
        positions = self.positions + self._jitter
        if self._mesh is not None:
            return self._mesh.field_at(positions)
        difference = positions[:, np.newaxis, :] - positions[np.newaxis, :, :]
        squared = (difference * difference).sum(axis=2)
        np.fill_diagonal(squared, 1.0)
        # Nearer than 1 unit the force would throw nodes out of the picture (distanceMin in d3).
        squared = np.sqrt(np.maximum(squared, 1e-12)) * np.maximum(np.sqrt(squared), 1.0)
        total: Floats = (difference / squared[:, :, np.newaxis]).sum(axis=1)
        return total
