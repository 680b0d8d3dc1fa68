"""The surroundings of one note.

They are found breadth first, ring by ring, with one question to the store for every 500 notes of a ring; where all
links of the library are at hand, or a hub makes them worth reading, among those. Links count in both directions. A ring
that would make the picture unreadable is cut to its best connected notes. An **unresolved** target, a link to a note
that nobody wrote yet, is a node too. Notes in the trash are not part of any picture.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import islice
from typing import Final, Protocol

import numpy as np

from desktop.core.graph.library import Groups
from desktop.core.graph.links import Links
from desktop.core.graph.namesakes import told_apart
from desktop.core.graph.nodes import CHUNK, chunks, read_extras
from desktop.core.graph.selecting import Ask, flags_of, select
from desktop.core.graph.source import Edge, GraphSource
from desktop.core.graph.tree import Indices, Tree
from desktop.core.records import Graph, GraphFilter, GraphNode, NodeKind, NoteHead

NEIGHBOURHOOD_NODES: Final = 300
MAX_DEPTH: Final = 3
MANY: Final = 700  # notes near some others; asking about so many takes as long as reading the links of 10,000


class Surroundings(Protocol):
    """Who is linked with whom, near some notes; all in ids."""

    def near(self, ring: Collection[int]) -> set[int]:
        """Return the notes that are linked with one of these; raise TooMany."""

    def degrees(self, note_ids: Collection[int]) -> Mapping[int, int]:
        """Return with how many others each of these is linked in the whole library."""

    def between(self, note_ids: Collection[int]) -> list[Edge]:
        """Return the links from one of these to another, ascending."""


class TooMany(Exception):
    """So many notes are near that it is quicker to read all links at once."""


class AskedLinks:
    """Surroundings by questions to the store about a few notes at a time."""

    def __init__(self, source: GraphSource, most: int = MANY) -> None:
        self._source = source
        self._most = most
        self._asked: set[int] = set()
        self._edges: set[Edge] = set()

    def near(self, ring: Collection[int]) -> set[int]:
        """Return the notes that are linked with one of these; raise TooMany."""
        self._ask(ring)
        inside = set(ring)
        found = {b if a in inside else a for a, b in self._edges if a in inside or b in inside}
        if len(found) > self._most:
            raise TooMany
        return found

    def degrees(self, note_ids: Collection[int]) -> Mapping[int, int]:
        """Return with how many others each of these is linked in the whole library."""
        self._ask(note_ids)
        pairs = {(a, b) if a < b else (b, a) for a, b in self._edges}
        return Counter(end for pair in pairs for end in pair)

    def between(self, note_ids: Collection[int]) -> list[Edge]:
        """Return the links from one of these to another, ascending."""
        self._ask(note_ids)
        inside = set(note_ids)
        return sorted(edge for edge in self._edges if edge[0] in inside and edge[1] in inside)

    def _ask(self, note_ids: Collection[int]) -> None:
        """Read the links of notes; one that links to itself says nothing here."""
        for part in chunks(set(note_ids) - self._asked):
            self._edges.update((a, b) for a, b in self._source.edges_of(part) if a != b)
        self._asked.update(note_ids)


class KnownLinks:
    """Surroundings within all links of the library."""

    def __init__(self, links: Links) -> None:
        self._links = links

    def near(self, ring: Collection[int]) -> set[int]:
        """Return the notes that are linked with one of these."""
        found, _whose = self._links.neighbours(self._indices(ring))
        return set(self._links.tree.ids[np.unique(found)].tolist())

    def degrees(self, note_ids: Collection[int]) -> Mapping[int, int]:
        """Return with how many others each of these is linked in the whole library."""
        found = self._indices(note_ids)
        return dict(zip(self._links.tree.ids[found].tolist(), self._links.degrees[found].tolist(), strict=True))

    def between(self, note_ids: Collection[int]) -> list[Edge]:
        """Return the links from one of these to another, ascending."""
        links, chosen = self._links, flags_of(self._links.tree, note_ids)
        inside = chosen[links.source] & chosen[links.target]
        ends = (links.tree.ids[links.source[inside]].tolist(), links.tree.ids[links.target[inside]].tolist())
        return sorted(zip(*ends, strict=True))

    def _indices(self, note_ids: Collection[int]) -> Indices:
        found = self._links.tree.indices(np.fromiter(note_ids, dtype=np.int64, count=len(note_ids)))
        return found[found >= 0]


def neighbourhood(
    source: GraphSource,
    surroundings: Surroundings,
    tree: Tree,
    groups: Groups,
    note_id: int,
    depth: int,
    wanted: GraphFilter,
    ask: Ask,
    limit: int = NEIGHBOURHOOD_NODES,
) -> Graph:
    """Return the notes at most `depth` links away from a note, itself first, then ring by ring; raise TooMany.

    Degrees are those in the whole library. The note itself is shown whatever the filter says, and only what fits is
    gone through. With more than `limit` nodes, the best connected of a ring are kept.
    """
    if not (heads := _heads(source, [note_id])):
        return Graph((), (), groups.titles, len(tree))
    ring, inner, problem = [note_id], set[int](), ""
    for _ in range(max(1, min(depth, MAX_DEPTH))):
        inner.update(ring)
        near, problem = _fitting(source, tree, surroundings.near(ring) - heads.keys(), wanted, ask)
        if not near or len(heads) >= limit:
            break
        degrees = surroundings.degrees(near)
        fitting = [number for number in near if not wanted.hubs_above or degrees.get(number, 0) <= wanted.hubs_above]
        fitting.sort(key=lambda number: (-degrees.get(number, 0), number))
        living = _first_living(source, fitting, limit - len(heads))
        heads.update(living)
        ring = list(living)
    degrees = surroundings.degrees(heads)
    numbers = _groups_of(tree, groups, heads)
    nodes = [
        GraphNode(number, head.title, head.kind, degrees.get(number, 0), NodeKind.NOTE, group)
        for (number, head), group in zip(heads.items(), numbers, strict=True)
    ]
    nodes = told_apart(source, nodes)
    extras = read_extras(source, heads, wanted)
    more = extras.nodes(limit - len(nodes), inner)
    edges = (*surroundings.between(heads), *extras.edges(more))
    return Graph((*nodes, *more), edges, groups.titles, len(tree), problem)


def _first_living(source: GraphSource, ordered: Sequence[int], most: int) -> dict[int, NoteHead]:
    """Return the heads of the first of these notes that live, in this order."""
    living: dict[int, NoteHead] = {}
    for start in range(0, len(ordered), CHUNK):
        some = ordered[start : start + CHUNK]
        heads = _heads(source, some)
        living.update((number, heads[number]) for number in some if number in heads)
        if len(living) >= most:
            break
    return dict(islice(living.items(), most))


def _fitting(
    source: GraphSource, tree: Tree, near: set[int], wanted: GraphFilter, ask: Ask
) -> tuple[set[int], str]:
    """Return which of some notes fit the filter."""
    if not near or not any((wanted.query, wanted.kinds, wanted.folder, wanted.tag, wanted.since, wanted.until)):
        return near, ""
    flags, problem = select(source, ask, wanted, tree, sorted(near))
    return set(tree.ids[flags].tolist()), problem


def _groups_of(tree: Tree, groups: Groups, ids: Iterable[int]) -> list[int]:
    indices = tree.indices(np.array(list(ids), dtype=np.int64)).tolist()
    return [int(groups.numbers[index]) if index >= 0 else -1 for index in indices]


def _heads(source: GraphSource, ids: Iterable[int]) -> dict[int, NoteHead]:
    found = (head for part in chunks(ids) for head in source.heads(part))
    return {int(head.id): head for head in found if head.trashed_at is None}
