"""The picture of the whole library: what fits a filter, and what of that can be drawn.

Up to `LIBRARY_NODES` notes everything that fits is shown. Above, only the biggest connected part is, and where that
is too big as well, its best linked notes; `Graph.left_out` says so. A folder that nobody links with is a drawer and no
note: it is not shown, nor counted, unless folders are asked for.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from desktop.core.errors import Cancelled
from desktop.core.graph.links import Links
from desktop.core.graph.namesakes import told_apart
from desktop.core.graph.nodes import CHUNK, read_extras
from desktop.core.graph.selecting import Ask, select
from desktop.core.graph.source import Edge, GraphSource
from desktop.core.graph.tree import Flags, Indices, Tree
from desktop.core.records import Graph, GraphFilter, GraphNode, NodeKind, NoteHead, NoteKind

LIBRARY_NODES: Final = 20_000
EDGES_AT_ONCE: Final = 5_000  # made into pairs before others have a turn


@dataclass(frozen=True, slots=True)
class Groups:
    """The top folders in the order of the tree: their titles, and for each note of the library its number or -1."""

    titles: tuple[str, ...]
    numbers: Indices


def read_groups(source: GraphSource, tree: Tree) -> Groups:
    """Return the top folders and what belongs to each."""
    tops = tree.groups()
    heads = {int(head.id): head for head in source.heads(tree.ids[tops].tolist())}
    known = [index for index in tops.tolist() if int(tree.ids[index]) in heads]
    # Folders of one folder stand beside each other, in the place of that folder.
    places = {index: _place(heads[int(tree.ids[index])], tree, index) for index in known}
    known.sort(key=places.__getitem__)
    titles = tuple(heads[int(tree.ids[index])].title for index in known)
    return Groups(titles, tree.labels(np.array(known, dtype=np.intp)))


def _place(head: NoteHead, tree: Tree, index: int) -> tuple[bool, int, int]:
    return (tree.parents[index] < 0, head.position, int(head.id))


def never() -> bool:
    """Answer for who cannot cancel."""
    return False


def whole(
    source: GraphSource,
    links: Links,
    groups: Groups,
    wanted: GraphFilter,
    ask: Ask,
    *,
    limit: int = LIBRARY_NODES,
    cancelled: Callable[[], bool] = never,
) -> Graph:
    """Return what fits the filter; raise Cancelled."""
    drawers = _drawers(source, links) if NoteKind.FOLDER not in wanted.kinds else np.zeros(len(links.tree), np.bool_)
    total = len(links.tree) - int(drawers.sum())
    chosen, problem = select(source, ask, wanted, links.tree)
    if problem:
        return Graph((), (), groups.titles, total, problem)
    chosen &= ~drawers
    if wanted.hubs_above:
        chosen &= links.degrees <= wanted.hubs_above
    if not wanted.orphans and not (wanted.unresolved or wanted.tags or wanted.attachments):
        chosen &= _linked(links, chosen)
    chosen, left_out = _cut(links, chosen, limit)
    nodes = _nodes(source, links, groups, chosen, cancelled)
    if NoteKind.FOLDER not in wanted.kinds:  # those that are empty too
        notes = [node for node in nodes if node.degree or node.kind is not NoteKind.FOLDER]
        nodes, total = notes, total - (len(nodes) - len(notes))
    edges = _edges(links, chosen, cancelled)
    extra = read_extras(source, [node.id for node in nodes] if len(nodes) < limit else (), wanted)
    more = extra.nodes(limit - len(nodes))
    edges += extra.edges(more)
    if not wanted.orphans and more:
        ends = {end for edge in edges for end in edge}
        nodes = [node for node in nodes if node.id in ends]
    nodes = told_apart(source, nodes)
    return Graph((*nodes, *more), tuple(edges), groups.titles, total, left_out)


def _drawers(source: GraphSource, links: Links) -> Flags:
    """Return the folders that nobody links with."""
    found = np.flatnonzero(links.tree.holding() & (links.degrees == 0))
    kinds = {
        note_id: kind
        for start in range(0, len(found), CHUNK)
        for note_id, _title, kind in source.titles(links.tree.ids[found[start : start + CHUNK]].tolist())
    }
    drawers = np.zeros(len(links.tree), dtype=np.bool_)
    drawers[[index for index in found.tolist() if kinds.get(int(links.tree.ids[index])) is NoteKind.FOLDER]] = True
    return drawers


def _linked(links: Links, chosen: Flags) -> Flags:
    """Return which of the chosen are linked with another of them."""
    inside = chosen[links.source] & chosen[links.target]
    flags = np.zeros(len(links.tree), dtype=np.bool_)
    flags[links.source[inside]] = flags[links.target[inside]] = True
    return flags


def _cut(links: Links, chosen: Flags, limit: int) -> tuple[Flags, str]:
    """Return what of the chosen can be drawn, and a sentence where that is not all."""
    fitting = int(chosen.sum())
    if fitting <= limit:
        return chosen, ""
    part = links.part(chosen)
    sizes = np.bincount(part[chosen], minlength=len(chosen))
    chosen = chosen & (part == sizes.argmax())
    together = int(chosen.sum())
    if together <= limit:
        return chosen, f"Of {fitting} notes the biggest connected part is shown: {together}."
    found = np.flatnonzero(chosen)
    best = found[np.lexsort((found, -links.degrees[found]))[:limit]]
    kept = np.zeros_like(chosen)
    kept[best] = True
    return kept, f"Of {fitting} notes the {limit} best linked are shown; a filter shows the others."


def _nodes(
    source: GraphSource, links: Links, groups: Groups, chosen: Flags, cancelled: Callable[[], bool]
) -> list[GraphNode]:
    """Return the chosen notes as nodes, ascending by id."""
    found, pinned = np.flatnonzero(chosen), source.pinned()
    nodes: list[GraphNode] = []
    for start in range(0, len(found), CHUNK):
        if cancelled():
            raise Cancelled("The graph was not drawn.")
        some = found[start : start + CHUNK]
        ids = links.tree.ids[some].tolist()
        titles = {note_id: (title, kind) for note_id, title, kind in source.titles(ids)}
        for note_id, degree, group in zip(
            ids, links.degrees[some].tolist(), groups.numbers[some].tolist(), strict=True
        ):
            if note_id in titles:  # it may have gone meanwhile
                title, kind = titles[note_id]
                nodes.append(GraphNode(note_id, title, kind, degree, NodeKind.NOTE, group, note_id in pinned))
    return nodes


def _edges(links: Links, chosen: Flags, cancelled: Callable[[], bool]) -> list[Edge]:
    """Return the links between the chosen notes as pairs of ids, ascending."""
    inside = np.flatnonzero(chosen[links.source] & chosen[links.target])
    source, target = links.tree.ids[links.source[inside]], links.tree.ids[links.target[inside]]
    order = np.argsort(source * (int(links.tree.ids[-1]) + 1) + target) if len(links.tree) else inside
    edges: list[Edge] = []
    for start in range(0, len(order), EDGES_AT_ONCE):
        if cancelled():
            raise Cancelled("The graph was not drawn.")
        some = order[start : start + EDGES_AT_ONCE]
        edges.extend(zip(source[some].tolist(), target[some].tolist(), strict=True))
    return edges
