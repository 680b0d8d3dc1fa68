"""Which notes belong to a picture: one note with what is near it, or the whole library.

A **neighbourhood** is found breadth first, ring by ring, with one question to the store for every 500 notes of a
ring. Links count in both directions. A ring that would make the picture unreadable is cut to its best connected
notes. An **unresolved** target, a link to a note that nobody wrote yet, is a node with a negative id, which is the same
every time, and without a kind. Notes in the trash are not part of any picture.
"""

import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Protocol

from desktop.core.records import Graph, GraphNode, NoteHead, NoteId

CHUNK: Final = 500  # ids in one SQL statement
NEIGHBOURHOOD_NODES: Final = 300
LIBRARY_NODES: Final = 20_000
MAX_DEPTH: Final = 3

Edge = tuple[int, int]


class GraphSource(Protocol):
    """What the store answers about links; ids it does not know are left out."""

    def edges(self) -> Iterable[Edge]:
        """Return (source id, target id) of every resolved link between living notes."""

    def edges_of(self, note_ids: Sequence[int]) -> Iterable[Edge]:
        """Return the resolved links that start or end at one of at most 500 notes."""

    def unresolved_of(self, note_ids: Sequence[int]) -> Iterable[tuple[int, str]]:
        """Return (source id, target as written) of their links to notes that do not exist."""

    def heads(self, note_ids: Sequence[int]) -> Iterable[NoteHead]:
        """Return the heads of those notes, in any order."""

    def all_heads(self) -> Iterable[NoteHead]:
        """Return the heads of all living notes."""

    def positions(self, note_ids: Sequence[int] | None) -> Mapping[int, tuple[float, float]]:
        """Return the stored places of those notes, or of all."""

    def save_positions(self, positions: Mapping[int, tuple[float, float]]) -> None:
        """Store places in the picture of the whole library."""


def chunks(ids: Iterable[int], size: int = CHUNK) -> Iterable[list[int]]:
    """Yield the ids in ascending lists of at most `size`."""
    ordered = sorted(ids)
    for start in range(0, len(ordered), size):
        yield ordered[start : start + size]


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


def unresolved_id(target: str, taken: Mapping[int, str]) -> int:
    """Return the negative id of a target that no note goes by; `taken` maps used ids to their keys."""
    key = target.strip().casefold()
    number = -1 - zlib.crc32(key.encode("utf-8", "replace"))
    while taken.get(number, key) != key:
        number -= 1
    return number


def _unresolved(pairs: Iterable[tuple[int, str]]) -> tuple[dict[int, str], dict[int, set[int]]]:
    """Return the titles of unresolved targets by id, and the notes that name each."""
    titles: dict[int, str] = {}
    keys: dict[int, str] = {}
    namers: dict[int, set[int]] = {}
    for source_id, target in sorted(set(pairs), key=lambda pair: (pair[1].casefold(), pair[1], pair[0])):
        if not target.strip():
            continue
        number = unresolved_id(target, keys)
        keys[number] = target.strip().casefold()
        titles.setdefault(number, target.strip())
        namers.setdefault(number, set()).add(source_id)
    return titles, namers


def neighbourhood(
    source: GraphSource, note_id: int, depth: int = 1, limit: int = NEIGHBOURHOOD_NODES
) -> Graph:
    """Return the notes at most `depth` links away from a note, itself first, then ring by ring.

    Degrees are those in the whole library. With more than `limit` nodes, the best connected of a ring are kept.
    """
    centre = _heads(source, [note_id]).get(note_id)
    if centre is None:
        return Graph((), ())
    kept: dict[int, NoteHead] = {note_id: centre}
    edges = _edges_of(source, [note_id])
    ring = [note_id]
    inner: set[int] = set()
    for _ in range(max(1, min(depth, MAX_DEPTH))):
        inner.update(ring)
        inside = set(ring)
        near = {b if a in inside else a for a, b in edges if a in inside or b in inside} - kept.keys()
        if not near or len(kept) >= limit:
            break
        heads = _heads(source, near)
        edges |= _edges_of(source, heads)
        degrees = _degrees(edges)
        ring = sorted(heads, key=lambda number: (-degrees[number], number))[: limit - len(kept)]
        kept.update((number, heads[number]) for number in ring)
    degrees = _degrees(edges)
    nodes = [GraphNode(number, head.title, head.kind, degrees[number]) for number, head in kept.items()]
    inside = set(kept)
    shown = sorted(edge for edge in edges if edge[0] in inside and edge[1] in inside)
    extra_nodes, extra_edges = _unresolved_around(source, inside, inner, limit - len(nodes))
    return Graph((*nodes, *extra_nodes), (*shown, *extra_edges))


def _unresolved_around(
    source: GraphSource, kept: Iterable[int], inner: set[int], room: int
) -> tuple[list[GraphNode], list[Edge]]:
    """Return the unresolved targets that the inner notes name, the most named first, with all links to them."""
    pairs = [pair for part in chunks(kept) for pair in source.unresolved_of(part)]
    titles, namers = _unresolved(pairs)
    near = [number for number, notes in namers.items() if notes & inner]
    near.sort(key=lambda number: (-len(namers[number]), titles[number]))
    nodes = [GraphNode(number, titles[number], None, len(namers[number])) for number in near[: max(0, room)]]
    return nodes, sorted((note, node.id) for node in nodes for note in namers[node.id])


def whole(source: GraphSource, limit: int = LIBRARY_NODES, unresolved: bool = False) -> Graph:
    """Return all living notes with their links; above `limit`, the best connected ones."""
    heads = [head for head in source.all_heads() if head.trashed_at is None]
    ids = {int(head.id) for head in heads}
    edges = {(a, b) for a, b in source.edges() if a != b and a in ids and b in ids}
    degrees = _degrees(edges)
    if len(heads) > limit:
        heads.sort(key=lambda head: (-degrees[int(head.id)], head.id))
        heads = sorted(heads[:limit], key=lambda head: head.id)
        ids = {int(head.id) for head in heads}
        edges = {(a, b) for a, b in edges if a in ids and b in ids}
    nodes = [GraphNode(int(head.id), head.title, head.kind, degrees[int(head.id)]) for head in heads]
    links = sorted(edges)
    if unresolved:
        extra_nodes, extra_edges = _unresolved_around(source, ids, ids, limit - len(nodes))
        nodes, links = nodes + extra_nodes, links + extra_edges
    return Graph(tuple(nodes), tuple(links))


class GraphService:
    """The graph of one library (`notebook.graph`); safe to call from any thread that the source is safe for."""

    def __init__(self, source: GraphSource) -> None:
        self._source = source

    def neighbourhood(self, note_id: NoteId | int, depth: int = 1) -> Graph:
        """Return the notes at most `depth` (1 to 3) links away from a note; empty where it does not exist."""
        return neighbourhood(self._source, int(note_id), depth)

    def whole(self, unresolved: bool = False) -> Graph:
        """Return the whole library's graph."""
        return whole(self._source, unresolved=unresolved)

    def positions(self, note_ids: Iterable[int] | None = None) -> dict[int, tuple[float, float]]:
        """Return where notes stand in the picture of the whole library, as far as that is known."""
        if note_ids is None:
            return dict(self._source.positions(None))
        return {key: place for part in chunks(note_ids) for key, place in self._source.positions(part).items()}

    def save_positions(self, positions: Mapping[int, tuple[float, float]]) -> None:
        """Store where notes stand; unresolved targets have no place of their own and are left out."""
        self._source.save_positions({key: place for key, place in positions.items() if key > 0})
