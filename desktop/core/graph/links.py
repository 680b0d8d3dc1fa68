"""All links between living notes as arrays, the same for every picture until the library changes.

Read in slices, between which the thread lets others run and sees whether it is still wanted.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Final

import numpy as np

from desktop.core.errors import Cancelled
from desktop.core.graph.source import GraphSource
from desktop.core.graph.tree import Flags, Ids, Indices, Tree

SLICE: Final = 3_000  # ids whose links are read at once: some 5 ms


class Links:
    """Pairs of linked notes, as indices into the tree, each direction of a pair once."""

    def __init__(self, tree: Tree, source: Indices, target: Indices) -> None:
        self.tree = tree
        self.source, self.target = source, target

    @classmethod
    def read(cls, source: GraphSource, tree: Tree, cancelled: Callable[[], bool]) -> "Links":
        """Read every link of the library; raise Cancelled."""
        sources, targets = [np.empty(0, dtype=np.int64)], [np.empty(0, dtype=np.int64)]
        last = int(tree.ids[-1]) if len(tree) else 0
        for low in range(0, last + 1, SLICE):
            if cancelled():
                raise Cancelled("The graph was not drawn.")
            some = source.edges_between(low, low + SLICE)
            sources.append(np.array(some[0], dtype=np.int64))
            targets.append(np.array(some[1], dtype=np.int64))
        return cls(tree, *_known(tree, np.concatenate(sources), np.concatenate(targets)))

    @cached_property
    def degrees(self) -> Indices:
        """With how many others each note is linked, whatever the direction."""
        pairs = self.pairs()
        return np.bincount(np.concatenate(pairs), minlength=len(self.tree))

    def pairs(self) -> tuple[Indices, Indices]:
        """Return every pair once, the lower index first."""
        low, high = np.minimum(self.source, self.target), np.maximum(self.source, self.target)
        both = distinct(low.astype(np.int64) * len(self.tree) + high)
        return both // max(1, len(self.tree)), both % max(1, len(self.tree))

    @cached_property
    def _adjacency(self) -> tuple[Indices, Indices]:
        """Each note's neighbours in one array, ascending, and where those of each begin."""
        low, high = self.pairs()
        ends, others = np.concatenate((low, high)), np.concatenate((high, low))
        order = np.argsort(ends * len(self.tree) + others)  # unlike lexsort it lets other threads run meanwhile
        return others[order], np.searchsorted(ends[order], np.arange(len(self.tree) + 1))

    def neighbours(self, notes: Indices) -> tuple[Indices, Indices]:
        """Return the neighbours of some notes, and beside each the note whose neighbour it is."""
        others, starts = self._adjacency
        counts = starts[notes + 1] - starts[notes]
        # Where a note's slice begins in the answer is taken off, where it begins in the array is put on.
        shift = np.repeat(starts[notes] - np.concatenate(([0], np.cumsum(counts)[:-1])), counts)
        return others[np.arange(int(counts.sum())) + shift], np.repeat(notes, counts)

    def part(self, among: Flags) -> Indices:
        """Return for each note the number of its connected part within `among`; notes outside are alone."""
        inside = among[self.source] & among[self.target]
        return parts(len(self.tree), self.source[inside], self.target[inside])


def distinct(numbers: Ids) -> Ids:
    """Return the numbers ascending, each once; unlike numpy's own it lets other threads run meanwhile."""
    ordered = np.sort(numbers)
    return ordered[np.concatenate(([True], ordered[1:] != ordered[:-1]))] if len(ordered) else ordered


def parts(count: int, source: Indices, target: Indices) -> Indices:
    """Return for each of `count` nodes the lowest number of those that it is connected with."""
    part = np.arange(count)
    while True:
        smaller = part.copy()
        np.minimum.at(smaller, source, part[target])
        np.minimum.at(smaller, target, part[source])
        smaller = smaller[smaller]  # its number's own number: long chains are walked in leaps
        if np.array_equal(smaller, part):
            return part
        part = smaller


def _known(tree: Tree, sources: Ids, targets: Ids) -> tuple[Indices, Indices]:
    source, target = tree.indices(sources), tree.indices(targets)
    living = (source >= 0) & (target >= 0) & (source != target)
    return source[living], target[living]
