"""The door of the room: pictures of a note's surroundings and of the whole library, chains, and where nodes stand."""

import threading
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Final

from desktop.core.graph.first_line import first_line
from desktop.core.graph.neighbourhood import AskedLinks, KnownLinks, Surroundings, TooMany, neighbourhood
from desktop.core.graph.nodes import chunks
from desktop.core.graph.selecting import EVERYTHING, Ask, nothing_asked
from desktop.core.graph.source import GraphSource, Place
from desktop.core.records import Graph, GraphFilter, NoteId

if TYPE_CHECKING:
    from desktop.core.graph.library import Groups
    from desktop.core.graph.links import Links
    from desktop.core.graph.tree import Tree

SURROUNDINGS: Final = GraphFilter(unresolved=True)  # of one note: what it names and nobody wrote is part of them


def never() -> bool:
    """Answer for who cannot cancel."""
    return False


class GraphService:
    """The graph of one library (`notebook.graph`); may be called from any thread.

    `ask` finds the notes that fit a query. What is read of the whole library is kept until the library changes.
    """

    def __init__(self, source: GraphSource, ask: Ask = nothing_asked) -> None:
        self._source = source
        self._ask = ask
        self._lock = threading.Lock()
        self._tree: tuple[str, Tree, Groups] | None = None
        self._links: tuple[str, Links] | None = None

    # --- pictures ----------------------------------------------------------------------------------------

    def neighbourhood(
        self,
        note_id: NoteId | int,
        depth: int = 1,
        filter: GraphFilter = SURROUNDINGS,  # noqa: A002 -- what the window calls it
    ) -> Graph:
        """Return the notes at most `depth` (1 to 3) links away from a note; empty where it does not exist."""
        commits, kept = self._source.commits(), self._links
        known = kept[1] if kept is not None and kept[0] == commits else None
        try:
            near = AskedLinks(self._source) if known is None else KnownLinks(known)
            return self._around(near, note_id, depth, filter)
        except TooMany:
            return self._around(KnownLinks(self._linked(never)[0]), note_id, depth, filter)

    def _around(self, surroundings: Surroundings, note_id: int, depth: int, wanted: GraphFilter) -> Graph:
        tree, groups = self._standing()
        return neighbourhood(self._source, surroundings, tree, groups, int(note_id), depth, wanted, self._ask)

    def whole(
        self,
        filter: GraphFilter = EVERYTHING,  # noqa: A002
        cancelled: Callable[[], bool] = never,
    ) -> Graph:
        """Return the whole library's graph, as far as it fits the filter; raise Cancelled."""
        from desktop.core.graph.library import whole

        links, groups = self._linked(cancelled)
        return whole(self._source, links, groups, filter, self._ask, cancelled=cancelled)

    def groups(self) -> tuple[str, ...]:
        """Return the titles of the top folders, in the order of the tree."""
        return self._standing()[1].titles

    def path(self, first: int, last: int, cancelled: Callable[[], bool] = never) -> tuple[int, ...]:
        """Return the ids of a shortest chain of links between two notes, () where there is none; raise Cancelled."""
        import numpy as np

        from desktop.core.graph.chain import shortest_chain

        links, _groups = self._linked(cancelled)
        start, end = links.tree.indices(np.array((first, last), dtype=np.int64)).tolist()
        if start < 0 or end < 0:
            return ()
        return tuple(links.tree.ids[shortest_chain(links, start, end)].tolist())

    def first_line(self, note_id: NoteId | int) -> str:
        """Return a note's first words as a reader sees them, "" where it has none."""
        return first_line(self._source.beginning(int(note_id)))

    # --- places ------------------------------------------------------------------------------------------

    def positions(self, note_ids: Iterable[int] | None = None) -> dict[int, Place]:
        """Return where notes stand in the picture of the whole library, as far as that is known."""
        if note_ids is None:
            return dict(self._source.positions(None))
        return {key: place for part in chunks(note_ids) for key, place in self._source.positions(part).items()}

    def pinned(self) -> frozenset[int]:
        """Return the notes that are held in the picture of the whole library."""
        return frozenset(self._source.pinned())

    def save_positions(self, positions: Mapping[int, Place], pinned: Collection[int] | None = None) -> None:
        """Store where notes stand and, where given, which of them are held; only notes have a place of their own."""
        places = {key: place for key, place in positions.items() if key > 0}
        self._source.save_positions(places, pinned)

    # --- what is kept ------------------------------------------------------------------------------------

    def _standing(self) -> "tuple[Tree, Groups]":
        from desktop.core.graph.library import read_groups  # late: numpy
        from desktop.core.graph.tree import Tree

        commits, kept = self._source.commits(), self._tree
        if kept is None or kept[0] != commits:
            tree = Tree.read(self._source)
            kept = self._tree = (commits, tree, read_groups(self._source, tree))
        return kept[1], kept[2]

    def _linked(self, cancelled: Callable[[], bool]) -> "tuple[Links, Groups]":
        from desktop.core.graph.links import Links

        with self._lock:  # two readings of 100,000 notes at once would only wait for each other
            commits = self._source.commits()
            tree, groups = self._standing()
            kept = self._links
            if kept is None or kept[0] != commits or kept[1].tree is not tree:
                kept = self._links = (commits, Links.read(self._source, tree, cancelled))
            return kept[1], groups
