"""Reading the graph of a library on a reader thread: the picture, what stands out in it, and what its colours mean.

A picture that is **narrowed** by a filter is laid out by itself, from the places of the whole picture, and its places
are not kept. All others share the places that the library remembers.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from desktop.core.notebook import Notebook
from desktop.core.records import Graph, GraphFilter, NoteId
from desktop.ui.graph.legend import Entry, entries_of
from desktop.ui.graph.picture import Picture
from desktop.ui.graph.places import Places
from desktop.ui.graph.state import COLOURINGS, narrows

FIRST_STEPS: Final = 25  # of a big picture that was never drawn, before it is shown
SMALL: Final = 1_500  # nodes of a picture that is shown when it is nearly at rest
SMALL_STEPS: Final = 270
COLD: Final = 0.5  # heat of a layout that begins anew, too few of its nodes having a place
NARROW_HEAT: Final = 0.6
LIVE_HEAT: Final = 0.03

Entries = dict[str, tuple[Entry, ...]]  # by colouring


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be shown, and what is shown now."""

    filter: GraphFilter
    only_matches: bool
    open_id: NoteId | None = None
    old: "Reading | None" = None

    @property
    def shown(self) -> GraphFilter:
        """The filter of the picture: without the query where that only lets something stand out."""
        return self.filter if self.only_matches else replace(self.filter, query="")


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read for a wish."""

    filter: GraphFilter  # of the picture
    picture: Picture
    entries: Entries
    matches: frozenset[int] | None = None  # what stands out, None for all alike
    problem: str = ""  # why the query could not be followed; the picture is the one before
    notes: int = 0
    links: int = 0
    lags: bool = False  # the index is being built: the query may match more

    @property
    def narrowed(self) -> bool:
        """Tell whether the picture stands by itself."""
        return narrows(self.filter)


def read_library(notebook: Notebook, wish: Wish, cancelled: Callable[[], bool]) -> Reading:
    """Return the picture that is wished for; raise Cancelled."""
    old, query = wish.old, wish.filter.query.strip()
    found, problem = notebook.search.matching(query) if query else (None, "")
    lags = bool(query) and notebook.search.lags()
    if problem and old is not None:
        return replace(old, problem=problem, matches=None, lags=False)
    shown = replace(wish.shown, query="") if problem else wish.shown
    graph = notebook.graph.whole(shown, cancelled)
    matches = frozenset(map(int, found)) if found is not None and not wish.only_matches and not problem else None
    if old is not None and old.picture.graph == graph:
        return replace(old, filter=shown, matches=matches, problem=problem, lags=lags)
    picture = _lay_out(notebook, graph, shown, wish)
    entries = {colouring: entries_of(graph, colouring == "folder") for colouring in COLOURINGS}
    notes = sum(number > 0 for number in picture.ids)
    links = sum(source > 0 and target > 0 for source, target in graph.edges)
    return Reading(shown, picture, entries, matches, problem, notes, links, lags)


def _lay_out(notebook: Notebook, graph: Graph, shown: GraphFilter, wish: Wish) -> Picture:
    """Give the nodes their places."""
    old = wish.old
    if old is not None and old.filter == shown:  # the same picture after a change of the library
        picture = Picture(graph, old.picture.places(), wish.open_id)
        picture.merge(old.picture)
        picture.simulation.reheat(LIVE_HEAT)
        return picture
    stored = notebook.graph.positions()
    if narrows(shown):
        return _lay_out_apart(graph, stored, wish)
    places = {**stored, **old.picture.places()} if old is not None and not old.narrowed else stored
    picture = Picture(graph, places, wish.open_id, notebook.graph.pinned())
    if picture.simulation.alpha > COLD:
        picture.simulation.settle(SMALL_STEPS if len(picture) <= SMALL else FIRST_STEPS)
    return picture


def _lay_out_apart(graph: Graph, stored: Places, wish: Wish) -> Picture:
    """Let what a filter shows come together, each note on the side where it stands in the bigger picture."""
    ids, places = [node.id for node in graph.nodes], stored
    if wish.old is not None:
        before = wish.old.picture.places()
        places = before if before.keys() >= set(ids) else {**stored, **before}
    # So many nodes on an area that is to theirs as the numbers are: the simulation has little left to do.
    share = math.sqrt(len(ids) / max(len(places), len(ids), 1))
    near = {number: (places[number][0] * share, places[number][1] * share) for number in ids if number in places}
    picture = Picture(graph, near, wish.open_id)
    simulation = picture.simulation
    for node in simulation.pinned:
        simulation.unpin(node)
    simulation.reheat(NARROW_HEAT)
    simulation.settle(SMALL_STEPS if len(picture) <= SMALL else FIRST_STEPS)
    return picture
