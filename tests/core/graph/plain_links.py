"""A graph source over plain lists, which counts what it is asked."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from desktop.core.graph.library import Groups, read_groups, whole
from desktop.core.graph.links import Links
from desktop.core.graph.neighbourhood import NEIGHBOURHOOD_NODES, AskedLinks, KnownLinks, neighbourhood
from desktop.core.graph.selecting import nothing_asked
from desktop.core.graph.service import SURROUNDINGS
from desktop.core.graph.tree import Tree
from desktop.core.records import Graph, GraphFilter, NoteHead, NoteId, NoteKind


class PlainLinks:
    """Notes 1 to `notes`, all notes at the top unless `parents` says more; who is `trashed` lives no more."""

    def __init__(
        self,
        notes: int,
        edges: Iterable[tuple[int, int]],
        missing: Iterable[tuple[int, str]] = (),
        trashed: Sequence[int] = (),
        parents: Mapping[int, int] | None = None,
    ) -> None:
        self.parents = dict(parents or {})
        self._heads = {
            number: NoteHead(
                NoteId(number), f"u{number}", NoteKind.FOLDER if number in self.parents.values() else NoteKind.NOTE,
                f"n{number}", f"Note {number}", None, number, 1, 0, 0, trashed_at=1 if number in trashed else None,
            )
            for number in range(1, notes + 1)
        }  # fmt: skip
        self._edges, self._missing = list(edges), list(missing)
        self.held: set[int] = set()
        self.asked = 0

    def commits(self) -> str:
        return "1"

    def tree(self) -> tuple[list[int], list[int]]:
        living = [number for number, head in self._heads.items() if head.trashed_at is None]
        return living, [self.parents.get(number, 0) for number in living]

    def edges_between(self, low: int, high: int) -> tuple[list[int], list[int]]:
        self.asked += 1
        some = [edge for edge in self._edges if low <= edge[0] < high]
        return [a for a, _ in some], [b for _, b in some]

    def edges_of(self, note_ids: Sequence[int]) -> list[tuple[int, int]]:
        self.asked = max(self.asked, len(note_ids))
        wanted = set(note_ids)
        return [edge for edge in self._edges if edge[0] in wanted or edge[1] in wanted]

    def unresolved_of(self, note_ids: Sequence[int]) -> list[tuple[int, str]]:
        return [pair for pair in self._missing if pair[0] in set(note_ids)]

    def files_of(self, _note_ids: Sequence[int]) -> list[tuple[int, str]]:
        return []

    def files(self) -> list[tuple[int, str, str]]:
        return []

    def tags_of(self, _note_ids: Sequence[int]) -> list[tuple[int, str, str]]:
        return []

    def tagged(self, _tag: str) -> frozenset[int]:
        return frozenset()

    def matching(self, *_wanted: Any) -> frozenset[int]:
        return frozenset()

    def heads(self, note_ids: Sequence[int]) -> list[NoteHead]:
        return [self._heads[number] for number in note_ids if number in self._heads]

    def titles(self, note_ids: Sequence[int]) -> list[tuple[int, str, NoteKind]]:
        return [(int(head.id), head.title, head.kind) for head in self.heads(note_ids)]

    def beginning(self, _note_id: int) -> str:
        return ""

    def positions(self, _note_ids: Sequence[int] | None) -> dict[int, tuple[float, float]]:
        return {}

    def pinned(self) -> Collection[int]:
        return self.held

    def save_positions(self, *_places: Any) -> None:
        raise AssertionError("nobody asked for that")


def snapshot(source: PlainLinks) -> tuple[Links, Groups]:
    """Return all links and the top folders."""
    tree = Tree.read(source)
    return Links.read(source, tree, lambda: False), read_groups(source, tree)


def around(source: PlainLinks, note_id: int, depth: int = 1, limit: int = NEIGHBOURHOOD_NODES) -> Graph:
    """Return the surroundings of a note, which are the same whether asked for or found among all links."""
    links, groups = snapshot(source)
    source.asked = 0
    asked, known = (
        neighbourhood(source, near, links.tree, groups, note_id, depth, SURROUNDINGS, nothing_asked, limit)
        for near in (AskedLinks(source, 5_000), KnownLinks(links))
    )
    assert asked.edges == known.edges
    assert [node.id for node in asked.nodes] == [node.id for node in known.nodes]
    return asked


def all_of(source: PlainLinks, wanted: GraphFilter = GraphFilter(), **limits: Any) -> Graph:  # noqa: B008 -- frozen
    """Return the picture of everything."""
    links, groups = snapshot(source)
    return whole(source, links, groups, wanted, nothing_asked, **limits)
