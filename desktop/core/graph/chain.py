"""The shortest chain of links between two notes.

Searched from both ends at once, ring by ring, the smaller ring first. Of several chains of the same length the one
whose notes between have the fewest links is taken: that two notes stand in the same index says the least. What is
still alike then is decided by the lower ids, so the answer is the same every time.
"""

import numpy as np

from desktop.core.graph.links import Links
from desktop.core.graph.tree import Indices

FAR = np.iinfo(np.int64).max // 4


def shortest_chain(links: Links, first: int, last: int) -> list[int]:
    """Return the indices of a shortest chain from one note to another, both with it; [] where there is none."""
    if first == last:
        return [first]
    count = len(links.tree)
    rings = [[np.array([first])], [np.array([last])]]
    depths = [np.full(count, -1), np.full(count, -1)]
    depths[0][first] = depths[1][last] = 0
    while rings[0][-1].size and rings[1][-1].size:
        side = 0 if rings[0][-1].size <= rings[1][-1].size else 1
        near, _whose = links.neighbours(rings[side][-1])
        ring = np.unique(near[depths[side][near] < 0])
        depths[side][ring] = len(rings[side])
        rings[side].append(ring)
        met = ring[depths[1 - side][ring] >= 0]
        if met.size:
            shortest = depths[1 - side][met].min()
            return _cheapest(links, rings, depths, met[depths[1 - side][met] == shortest])
    return []


def _cheapest(links: Links, rings: list[list[Indices]], depths: list[Indices], met: Indices) -> list[int]:
    """Return the chain over one of the notes in the middle whose notes have the fewest links together."""
    costs, befores = zip(*(_costs(links, side, depth) for side, depth in zip(rings, depths, strict=True)), strict=True)
    middle = int(met[np.lexsort((met, costs[0][met] + costs[1][met]))[0]])
    chain = [middle]
    while befores[0][chain[0]] >= 0:
        chain.insert(0, int(befores[0][chain[0]]))
    while befores[1][chain[-1]] >= 0:
        chain.append(int(befores[1][chain[-1]]))
    return chain


def _costs(links: Links, rings: list[Indices], depths: Indices) -> tuple[Indices, Indices]:
    """Return for each note of the rings the fewest links on the way to it, and the note before it on that way."""
    cost, before = np.full(len(links.tree), FAR), np.full(len(links.tree), -1)
    cost[rings[0]] = 0
    for number, ring in enumerate(rings[1:], 1):
        near, whose = links.neighbours(ring)
        inner = depths[near] == number - 1
        near, whose = near[inner], whose[inner]
        order = np.lexsort((near, cost[near], whose))
        near, whose = near[order], whose[order]
        firsts = np.flatnonzero(np.concatenate(([True], whose[1:] != whose[:-1])))
        cost[whose[firsts]] = cost[near[firsts]] + links.degrees[whose[firsts]]
        before[whose[firsts]] = near[firsts]
    return cost, before
