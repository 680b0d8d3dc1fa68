"""Nodes of a big graph that stand on each other, found by a grid and pushed apart.

The grid's cells are as large as two ordinary nodes together, so only neighbouring cells hold what can overlap; of the
few larger nodes most are found too. Nodes are sorted by cell; the candidates of one are slices of that order.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from desktop.core.graph.mesh import Floats

Indices = NDArray[np.intp]

ORDINARY: Final = 0.9  # share of the nodes that are no larger
MOST_IN_A_CELL: Final = 40  # in a crowd the others' turn comes when these have gone


def part_overlapping(positions: Floats, radii: Floats, padding: float, share: float) -> int:
    """Move each overlapping pair apart by a share of its overlap, in place; return how many there were."""
    if len(positions) < 2:
        return 0
    first, second = _near(positions, 2.0 * float(np.quantile(radii, ORDINARY)) + padding)
    difference = positions[first] - positions[second]
    distance = np.sqrt((difference * difference).sum(axis=1))
    reach = radii[first] + radii[second] + padding
    close = distance < reach
    first, second, difference, distance, reach = (
        part[close] for part in (first, second, difference, distance, reach)
    )
    # Two in one place part along a line that their numbers choose: the same each time.
    same = distance < 1e-6
    turn = second[same] * 2.4
    difference[same] = np.stack((np.cos(turn), np.sin(turn)), axis=1)
    distance[same] = 1.0
    push = difference * ((reach - np.where(same, 0.0, distance)) / distance * (0.5 * share))[:, np.newaxis]
    for axis in (0, 1):
        positions[:, axis] += np.bincount(first, push[:, axis], len(positions))
        positions[:, axis] -= np.bincount(second, push[:, axis], len(positions))
    return len(first)


def _near(positions: Floats, cell: float) -> tuple[Indices, Indices]:
    """Return pairs of nodes in the same or in neighbouring cells, each once."""
    columns, rows = np.floor((positions - positions.min(axis=0)) / cell).astype(np.int64).T
    width = int(columns.max()) + 3
    keys = rows * width + columns
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    firsts, seconds = [], []
    for offset in (0, 1, width - 1, width, width + 1):
        begin = np.searchsorted(ordered, ordered + offset) if offset else np.arange(1, len(order) + 1)
        count = np.clip(np.searchsorted(ordered, ordered + offset, "right") - begin, 0, MOST_IN_A_CELL)
        shift = np.repeat(begin - np.concatenate(([0], np.cumsum(count)[:-1])), count)
        firsts.append(np.repeat(order, count))
        seconds.append(order[np.arange(int(count.sum())) + shift])
    return np.concatenate(firsts), np.concatenate(seconds)
