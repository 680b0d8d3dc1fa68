"""Who points at whom."""

from dataclasses import dataclass
from enum import StrEnum

from desktop.core.records.notes import NoteId, NoteKind


class NodeKind(StrEnum):
    """What a node of the graph stands for."""

    NOTE = "note"
    UNRESOLVED = "unresolved"  # a note that links name and nobody wrote yet
    TAG = "tag"
    ATTACHMENT = "attachment"


@dataclass(frozen=True, slots=True)
class GraphNode:
    """A note, a tag or a file in the graph; only a note has a positive id and a kind."""

    id: int
    title: str
    kind: NoteKind | None
    degree: int
    node_kind: NodeKind = NodeKind.NOTE
    group: int = -1  # number of the top folder it stands in, as in `Graph.groups`; -1 at the root
    pinned: bool = False
    addition: str = ""  # tells it from other notes of its title in the same picture

    @property
    def label(self) -> str:
        """What names it in the picture."""
        return f"{self.title} – {self.addition}" if self.addition else self.title


@dataclass(frozen=True, slots=True)
class GraphFilter:
    """Which notes belong to a picture; a filter of nothing shows every note."""

    query: str = ""  # in the search syntax
    kinds: frozenset[NoteKind] = frozenset()  # none: all of them
    folder: NoteId | None = None  # only what stands below it
    tag: str = ""
    since: str = ""  # ISO day or ""
    until: str = ""
    hubs_above: int = 0  # notes with more links are left out; 0: none are
    orphans: bool = True
    unresolved: bool = False
    tags: bool = False
    attachments: bool = False


@dataclass(frozen=True, slots=True)
class Graph:
    """Notes and the links between them; edges are (source id, target id), each pair once."""

    nodes: tuple[GraphNode, ...]
    edges: tuple[tuple[int, int], ...]
    groups: tuple[str, ...] = ()  # titles of the top folders
    total: int = 0  # notes of the whole library
    left_out: str = ""  # one sentence where not everything that fits the filter is shown
