"""Where notes stand in the tree, as arrays: what is below a note, and to which top folder each belongs.

A **group** is a top folder: a note at the top that holds others. Where one of them holds nearly everything, as after
the import of one folder, its own folders are the groups instead.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from desktop.core.graph.source import GraphSource

Ids = NDArray[np.int64]
Indices = NDArray[np.intp]
Flags = NDArray[np.bool_]

NEARLY_ALL: Final = 0.8  # share of all notes from which a folder is opened to its own folders
DEEPEST: Final = 200  # a damaged library may lead in a circle


class Tree:
    """The living notes, ascending by id, each with the index of its parent, -1 at the top."""

    def __init__(self, ids: Ids, parents: Ids) -> None:
        order = np.argsort(ids)
        self.ids: Ids = ids[order]
        self.parents: Indices = self.indices(parents[order])

    @classmethod
    def read(cls, source: GraphSource) -> "Tree":
        """Read all of it."""
        ids, parents = source.tree()
        return cls(np.array(ids, dtype=np.int64), np.array(parents, dtype=np.int64))

    def __len__(self) -> int:
        return len(self.ids)

    def indices(self, ids: Ids) -> Indices:
        """Return the index of each note, -1 for what is not living."""
        if not len(self.ids):
            return np.full(len(ids), -1, dtype=np.intp)
        found = np.minimum(np.searchsorted(self.ids, ids), len(self.ids) - 1)
        return np.where(self.ids[found] == ids, found, -1)

    def flags(self, ids: Ids) -> Flags:
        """Return which notes are among these."""
        chosen = np.zeros(len(self.ids), dtype=np.bool_)
        found = self.indices(ids)
        chosen[found[found >= 0]] = True
        return chosen

    def holding(self) -> Flags:
        """Return which notes hold others."""
        flags = np.zeros(len(self.ids), dtype=np.bool_)
        flags[self.parents[self.parents >= 0]] = True
        return flags

    def labels(self, chosen: Indices) -> Indices:
        """Return for each note the place in `chosen` of the nearest of these at or above it, -1 for none."""
        number = np.full(len(self.ids) + 1, -1, dtype=np.intp)
        number[chosen] = np.arange(len(chosen))
        stops = number[:-1] >= 0
        here = np.arange(len(self.ids), dtype=np.intp)
        for _ in range(DEEPEST):
            climbs = ~stops[here] & (here >= 0)
            if not climbs.any():
                break
            here[climbs] = self.parents[here[climbs]]
            if not (here >= 0).any():
                break
        return number[here]  # at -1 stands the last one, which is no note's

    def below(self, note_id: int) -> Flags:
        """Return which notes stand at or below a note."""
        found = self.indices(np.array([note_id], dtype=np.int64))
        return self.labels(found[found >= 0]) >= 0

    def groups(self) -> Indices:
        """Return the indices of the top folders, in no order."""
        holding = self.holding()
        tops = np.flatnonzero(holding & (self.parents < 0))
        for _ in range(DEEPEST):
            sizes = np.bincount(self.labels(tops) + 1, minlength=len(tops) + 1)[1:]
            if not len(sizes) or sizes.max() < NEARLY_ALL * len(self.ids):
                break
            biggest = tops[sizes.argmax()]
            inner = np.flatnonzero(holding & (self.parents == biggest))
            if not len(inner):
                break
            tops = np.concatenate((tops[tops != biggest], inner))
        return tops
