"""The forces between nodes, as arrays: links pull, nodes repel, everything is drawn to the middle.

The model is that of d3-force (Bostock, https://d3js.org/d3-force):

- a **link** pulls its two ends to a fixed length, with a strength of 1 / min(degree), and moves the end with fewer
  links more; so hubs stand still and leaves come to them. What two notes share in neighbours makes their link
  stronger, up to twice: links inside a cluster win against those between clusters;
- every node **repels** every other with a force of 1/r: the exact sum up to `EXACT_NODES`, a particle mesh
  (`mesh.py`) above;
- **gravity** draws everything softly to the middle, a little more from above and below: windows are wide;
- nodes that **overlap** are pushed apart: where every pair is looked at anyway at each step, else now and then
  (`overlaps.py`).
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from desktop.core.graph.links import distinct
from desktop.core.graph.mesh import Floats, ParticleMesh
from desktop.core.graph.overlaps import part_overlapping

Indices = NDArray[np.intp]

LINK_LENGTH: Final = 30.0
CHARGE: Final = 75.0  # at a distance of 1, per node
GRAVITY: Final = np.array((0.018, 0.023))
SIDE_GRAVITY: Final = 1.7  # times that: parts beside the biggest would stand too far off
SHARED: Final = 2.0  # how much a link gains whose ends share all neighbours
MOST_SHARED: Final = 2_000_000  # neighbours that are compared; in a denser graph all links are alike
EXACT_NODES: Final = 320  # up to here every pair is summed
SMALL_MESH_NODES: Final = 3_000
PADDING: Final = 3.0  # between the rims of two nodes
PARTING: Final = 0.35  # of an overlap, a step


class Forces:
    """What moves `count` nodes that are linked by `source` and `target`; `middle` marks the biggest part."""

    def __init__(self, count: int, source: Indices, target: Indices, radii: Floats, middle: NDArray[np.bool_]) -> None:
        self.count = count
        self._source, self._target = source, target
        self._radii = radii
        self._gravity = GRAVITY * np.where(middle, 1.0, SIDE_GRAVITY)[:, np.newaxis]
        self._mesh: ParticleMesh | None = None
        self._room: Floats | None = None  # for numbers of all pairs
        if count > EXACT_NODES:
            self._mesh = ParticleMesh(64 if count < SMALL_MESH_NODES else 128)
        else:
            self._reach = radii[:, np.newaxis] + radii[np.newaxis, :] + PADDING
        self._prepare_links()

    @property
    def exact(self) -> bool:
        """Tell whether every pair is looked at."""
        return self._mesh is None

    def _prepare_links(self) -> None:
        """Compute each link's strength and how it is shared between its ends."""
        degree = np.bincount(np.concatenate((self._source, self._target)), minlength=self.count).astype(np.float64)
        source, target = degree[self._source], degree[self._target]
        strength = 1.0 / np.maximum(np.minimum(source, target), 1.0)
        strength *= closeness(self.count, self._source, self._target)
        bias = source / np.maximum(source + target, 1.0)
        self._pull_on_target = strength * bias
        self._pull_on_source = strength * (1.0 - bias)

    def add_to(self, velocity: Floats, positions: Floats, centre: Floats, alpha: float) -> None:
        """Add what one step changes in the nodes' velocity."""
        self._pull_links(velocity, positions, alpha)
        velocity += (centre - positions) * (self._gravity * alpha)
        if self._mesh is not None:
            velocity += self._mesh.field_at(positions) * (CHARGE * alpha)
        else:
            self._push(velocity, positions, alpha)

    def part(self, positions: Floats) -> None:
        """Push overlapping nodes of a big graph apart, once."""
        part_overlapping(positions, self._radii, PADDING, PARTING)

    def _pull_links(self, velocity: Floats, positions: Floats, alpha: float) -> None:
        """Add each link's pull on its two ends, looking ahead by the velocity as d3 does."""
        if not len(self._source):
            return
        ahead = positions + velocity
        x, y = ahead[:, 0].copy(), ahead[:, 1].copy()
        dx, dy = x.take(self._target), y.take(self._target)
        dx -= x.take(self._source)
        dy -= y.take(self._source)
        length = np.sqrt(dx * dx + dy * dy)
        pull = (length - LINK_LENGTH) / np.maximum(length, 1e-6) * alpha
        on_source, on_target = pull * self._pull_on_source, pull * self._pull_on_target
        for axis, difference in ((0, dx), (1, dy)):
            velocity[:, axis] += np.bincount(self._source, difference * on_source, self.count)
            velocity[:, axis] -= np.bincount(self._target, difference * on_target, self.count)

    def _rooms(self) -> Floats:
        """Return room for numbers of all pairs, the same for every step: getting it is as slow as filling it."""
        if self._room is None:
            self._room = np.empty((4, self.count, self.count))
        return self._room

    def _push(self, velocity: Floats, positions: Floats, alpha: float) -> None:
        """Add the sum of r/|r|² over all other nodes for each, and part those that overlap."""
        x, y = positions[:, 0], positions[:, 1]
        dx, dy, squared, push = self._rooms()
        np.subtract(x[:, np.newaxis], x, out=dx)
        np.subtract(y[:, np.newaxis], y, out=dy)
        np.multiply(dx, dx, out=squared)
        squared += np.multiply(dy, dy, out=push)
        np.fill_diagonal(squared, np.inf)
        # Nearer than 1 unit the force would throw nodes out of the picture (distanceMin in d3).
        np.divide(CHARGE * alpha, np.maximum(squared, 1.0, out=push), out=push)
        close = squared < self._reach * self._reach
        if close.any():
            distance = np.sqrt(np.maximum(squared[close], 1e-6))
            push[close] += (self._reach[close] - distance) / distance * (0.5 * PARTING)
        velocity[:, 0] += np.einsum("ij,ij->i", dx, push)
        velocity[:, 1] += np.einsum("ij,ij->i", dy, push)


def closeness(count: int, source: Indices, target: Indices) -> Floats:
    """Return for each link about 1, and more the more neighbours its ends share: 1 + 2 × their share, by the mean.

    For each link the neighbours of the end that has fewer are looked up among the links of the other.
    """
    low, high = np.minimum(source, target).astype(np.int64), np.maximum(source, target).astype(np.int64)
    pairs = distinct(low * count + high)
    first, second = pairs // max(1, count), pairs % max(1, count)
    ends, others = np.concatenate((first, second)), np.concatenate((second, first))
    others = others[np.argsort(ends, kind="stable")]
    degree = np.bincount(ends, minlength=count)
    few = np.where(degree[first] <= degree[second], first, second)
    total = int(degree[few].sum())
    if not len(pairs) or total > MOST_SHARED:
        return np.ones(len(source))
    starts = np.concatenate(([0], np.cumsum(degree)[:-1]))
    link = np.repeat(np.arange(len(pairs)), degree[few])
    begin = np.concatenate(([0], np.cumsum(degree[few])[:-1]))
    third = others[np.arange(total) - begin[link] + starts[few][link]]
    many = (first + second - few)[link]
    wanted = np.minimum(third, many) * count + np.maximum(third, many)
    found = np.minimum(np.searchsorted(pairs, wanted), len(pairs) - 1)
    shared = np.bincount(link[pairs[found] == wanted], minlength=len(pairs))
    weight = 1.0 + SHARED * shared / np.maximum(degree[few] - 1, 1)
    weight = np.minimum(weight / weight.mean(), 2.0)
    result: Floats = weight[np.searchsorted(pairs, low * count + high)]
    return result
