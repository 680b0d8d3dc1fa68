"""Who points at whom."""

from dataclasses import dataclass

from desktop.core.records.notes import NoteKind


@dataclass(frozen=True, slots=True)
class GraphNode:
    """A note in the graph; an unresolved target has a negative id and no kind."""

    id: int
    title: str
    kind: NoteKind | None
    degree: int


@dataclass(frozen=True, slots=True)
class Graph:
    """Notes and the links between them; edges are (source id, target id), each pair once."""

    nodes: tuple[GraphNode, ...]
    edges: tuple[tuple[int, int], ...]
