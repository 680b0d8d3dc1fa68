"""A graph as arrays: what the painting and the pointing need, with the simulation that moves it.

Nodes are counted from 0 in the order of `Graph.nodes`; an **index** is such a number, an **id** is the note's. This
module imports numpy and is therefore imported only when a graph is first on the screen.
"""

from collections.abc import Collection, Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from desktop.core.graph.layout import Simulation
from desktop.core.records import Graph, NoteKind

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]

KINDS: Final = (NoteKind.NOTE, NoteKind.LECTURE, NoteKind.DIGEST, NoteKind.FOLDER, None)  # None: unresolved
SMALLEST_RADIUS: Final = 3.6  # scene units
LARGEST_RADIUS: Final = 15.0
EDGES_AT_ONCE: Final = 5_000
CONE: Final = 0.35  # cosine: how far from an arrow key's direction a node may lie


class Picture:
    """A graph with the places of its nodes."""

    def __init__(
        self,
        graph: Graph,
        places: Mapping[int, tuple[float, float]] | None = None,
        open_id: int | None = None,
        pinned: Collection[int] = (),
    ) -> None:
        """Lay out `graph`; nodes in `places` (by id) start there, and those in `pinned` are held there."""
        self.graph = graph
        self.ids = [node.id for node in graph.nodes]
        self.titles = [node.label for node in graph.nodes]
        self.index = {number: place for place, number in enumerate(self.ids)}
        kinds = {kind: number for number, kind in enumerate(KINDS)}
        self.kinds = np.array([kinds[node.kind] for node in graph.nodes], dtype=np.intp)
        self.groups = np.array([node.group for node in graph.nodes], dtype=np.intp)  # as in `graph.groups`; -1: none
        self.degrees = np.array([node.degree for node in graph.nodes], dtype=np.intp)
        self.open = self.index.get(open_id) if open_id is not None else None
        self.edges: Indices = self._edges_of(graph)
        self.radii = self._radii()
        self.by_degree = np.lexsort((np.arange(len(self.ids)), -self.degrees))
        self._prepare_neighbours()
        self.simulation = Simulation(len(self.ids), self.edges, self._start(places), self.radii)
        self._pin(pinned, places or {})

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def positions(self) -> Floats:
        """Where the nodes are now, shape (n, 2), in scene units."""
        return self.simulation.positions

    def _edges_of(self, graph: Graph) -> Indices:
        """Return the edges as indices; in slices, for numpy reads pairs while no other thread may run."""
        slices = [graph.edges[first : first + EDGES_AT_ONCE] for first in range(0, len(graph.edges), EDGES_AT_ONCE)]
        pairs = [np.array(some, dtype=np.int64) for some in slices]
        ids = np.array(self.ids, dtype=np.int64)
        order = np.argsort(ids)
        ends = np.concatenate(pairs) if pairs else np.empty((0, 2), dtype=np.int64)
        found: Indices = order[np.searchsorted(ids, ends, sorter=order)] if len(ends) else ends.astype(np.intp)
        return found

    def _radii(self) -> Floats:
        """Return each node's radius: its area grows with its links, within bounds."""
        if not len(self.degrees):
            return np.zeros(0)
        return np.minimum(SMALLEST_RADIUS + 1.5 * np.sqrt(self.degrees), LARGEST_RADIUS)

    def _start(self, places: Mapping[int, tuple[float, float]] | None) -> Floats | None:
        if not places:
            return None
        unknown = (float("nan"), float("nan"))
        return np.array([places.get(number, unknown) for number in self.ids], dtype=np.float64).reshape(-1, 2)

    def _pin(self, pinned: Collection[int], places: Mapping[int, tuple[float, float]]) -> None:
        """Hold what is to be held and has a place."""
        held = [*pinned, *(node.id for node in self.graph.nodes if node.pinned)]
        for number in held:
            if number in self.index and number in places:
                self.simulation.pin(self.index[number], *places[number])

    def merge(self, old: "Picture") -> None:
        """Go on from where another picture is: what stays keeps its place, its speed and its pin."""
        both = [(index, old.index[number]) for number, index in self.index.items() if number in old.index]
        if both:
            ours, theirs = np.array(both, dtype=np.intp).T
            self.simulation.take(old.simulation, ours, theirs)

    def pinned(self) -> frozenset[int]:
        """Return the ids of the nodes that are held."""
        return frozenset(self.ids[node] for node in self.simulation.pinned)

    def _prepare_neighbours(self) -> None:
        """Sort the edges' ends once, so that a node's neighbours are one slice."""
        ends = np.concatenate((self.edges[:, 0], self.edges[:, 1]))
        order = np.argsort(ends, kind="stable")
        self._other_ends = np.concatenate((self.edges[:, 1], self.edges[:, 0]))[order]
        self._edge_numbers = np.concatenate((np.arange(len(self.edges)),) * 2)[order]
        self._slices = np.searchsorted(ends[order], np.arange(len(self.ids) + 1))

    def neighbours(self, node: int) -> Indices:
        """Return the nodes that a node is linked with."""
        found: Indices = np.unique(self._other_ends[self._slices[node] : self._slices[node + 1]])
        return found

    def edges_at(self, node: int) -> Indices:
        """Return the numbers of a node's edges."""
        return self._edge_numbers[self._slices[node] : self._slices[node + 1]]

    def bounds(self) -> tuple[float, float, float, float]:
        """Return left, top, right and bottom of all nodes with their radii."""
        if not len(self):
            return (0.0, 0.0, 0.0, 0.0)
        x, y, reach = self.positions[:, 0], self.positions[:, 1], self.radii
        return (
            float((x - reach).min()),
            float((y - reach).min()),
            float((x + reach).max()),
            float((y + reach).max()),
        )

    def area(self) -> float:
        """Return about how large an area the nodes stand on: that of an even disc with their spread."""
        return 4.0 * float(np.pi) * max(float(self.positions[:, 0].var()), float(self.positions[:, 1].var()))

    def node_at(self, x: float, y: float, reach: float, radii: Floats) -> int | None:
        """Return the node whose disc, `reach` larger than `radii`, holds a place; the nearest of several."""
        if not len(self):
            return None
        farthest = reach + float(radii.max())
        near = np.flatnonzero(np.abs(self.positions[:, 0] - x) <= farthest)
        near = near[np.abs(self.positions[near, 1] - y) <= farthest]
        if not len(near):
            return None
        difference = self.positions[near] - (x, y)
        distance = np.sqrt(difference[:, 0] ** 2 + difference[:, 1] ** 2) - radii[near]
        place = int(distance.argmin())
        return int(near[place]) if distance[place] <= reach else None

    def nearest(self, node: int, dx: float, dy: float) -> int | None:
        """Return the nearest node in a direction (a unit vector), or None where there is none."""
        difference = self.positions - self.positions[node]
        distance = np.sqrt((difference**2).sum(axis=1))
        distance[node] = np.inf
        cosine = (difference @ np.array((dx, dy))) / np.maximum(distance, 1e-9)
        # A node straight ahead is worth twice the way of one at the edge of the cone.
        cost = np.where((cosine > CONE) & np.isfinite(distance), distance * (2.0 - cosine), np.inf)
        best = int(cost.argmin())
        return best if np.isfinite(cost[best]) else None

    def places(self) -> dict[int, tuple[float, float]]:
        """Return the places by id, to a tenth of a unit: what is stored.

        Those of loose nodes follow from the rest, unless they are held; so a note that is linked one day comes amid
        its neighbours.
        """
        rounded = np.round(self.positions, 1).tolist()
        kept = ~self.simulation.loose
        kept[list(self.simulation.pinned)] = True
        return {self.ids[node]: (rounded[node][0], rounded[node][1]) for node in np.flatnonzero(kept).tolist()}
