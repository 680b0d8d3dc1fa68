"""The surroundings of one note.

They are found breadth first, ring by ring, with one question to the store for every 500 notes of a ring. Links count
in both directions. A ring that would make the picture unreadable is cut to its best connected notes. An **unresolved**
target, a link to a note that nobody wrote yet, is a node too. Notes in the trash are not part of any picture.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Final

import numpy as np

from desktop.core.graph.library import Groups
from desktop.core.graph.namesakes import told_apart
from desktop.core.graph.nodes import chunks, read_extras
from desktop.core.graph.selecting import Ask, select
from desktop.core.graph.source import Edge, GraphSource
from desktop.core.graph.tree import Tree
from desktop.core.records import Graph, GraphFilter, GraphNode, NodeKind, NoteHead

NEIGHBOURHOOD_NODES: Final = 300
MAX_DEPTH: Final = 3


def neighbourhood(
    source: GraphSource,
    tree: Tree,
    groups: Groups,
    note_id: int,
    depth: int,
    wanted: GraphFilter,
    ask: Ask,
    limit: int = NEIGHBOURHOOD_NODES,
) -> Graph:
    """Return the notes at most `depth` links away from a note, itself first, then ring by ring.

    Degrees are those in the whole library. The note itself is shown whatever the filter says, and only what fits is
    gone through. With more than `limit` nodes, the best connected of a ring are kept.
    """
    centre = _heads(source, [note_id]).get(note_id)
    if centre is None:
        return Graph((), (), groups.titles, len(tree))
    kept: dict[int, NoteHead] = {note_id: centre}
    edges = _edges_of(source, [note_id])
    ring = [note_id]
    inner: set[int] = set()
    problem = ""
    for _ in range(max(1, min(depth, MAX_DEPTH))):
        inner.update(ring)
        inside = set(ring)
        near = {b if a in inside else a for a, b in edges if a in inside or b in inside} - kept.keys()
        near, problem = _fitting(source, tree, near, wanted, ask)
        if not near or len(kept) >= limit:
            break
        heads = _heads(source, near)
        edges |= _edges_of(source, heads)
        degrees = _degrees(edges)
        fitting = [number for number in heads if not wanted.hubs_above or degrees[number] <= wanted.hubs_above]
        ring = sorted(fitting, key=lambda number: (-degrees[number], number))[: limit - len(kept)]
        kept.update((number, heads[number]) for number in ring)
    degrees = _degrees(edges)
    numbers = _groups_of(tree, groups, kept)
    nodes = [
        GraphNode(number, head.title, head.kind, degrees[number], NodeKind.NOTE, group)
        for (number, head), group in zip(kept.items(), numbers, strict=True)
    ]
    shown = sorted(edge for edge in edges if edge[0] in kept and edge[1] in kept)
    extras = read_extras(source, kept, wanted)
    more = extras.nodes(limit - len(nodes), inner)
    nodes = told_apart(source, nodes)
    return Graph((*nodes, *more), (*shown, *extras.edges(more)), groups.titles, len(tree), problem)


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


def _edges_of(source: GraphSource, ids: Iterable[int]) -> set[Edge]:
    """Ask for the links of any number of notes; a note that links to itself says nothing here."""
    return {(a, b) for part in chunks(ids) for a, b in source.edges_of(part) if a != b}


def _heads(source: GraphSource, ids: Iterable[int]) -> dict[int, NoteHead]:
    found = (head for part in chunks(ids) for head in source.heads(part))
    return {int(head.id): head for head in found if head.trashed_at is None}


def _degrees(edges: Iterable[Edge]) -> Counter[int]:
    """Count for each note with how many others it is linked, whatever the direction."""
    pairs = {(a, b) if a < b else (b, a) for a, b in edges}
    return Counter(end for pair in pairs for end in pair)
