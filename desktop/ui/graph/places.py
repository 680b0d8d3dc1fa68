"""Where the nodes of a note's own graph stood last, kept as a fact of the library.

The picture of the whole library has places of its own (`notebook.graph.positions`): a note stands elsewhere there than
in the small graph of a neighbour, so each note's graph, at each depth, is remembered by itself.
"""

import math
from collections.abc import Collection, Mapping
from typing import Any

from desktop.core.records import NoteId

Places = dict[int, tuple[float, float]]


def key_of(note_id: NoteId, depth: int) -> str:
    """Return the name under which a note's graph is remembered."""
    return f"graph.{note_id}.{depth}"


def read_places(stored: Any) -> Places:
    """Return remembered places by id; what is not a place is left out."""
    if not isinstance(stored, Mapping):
        return {}
    places: Places = {}
    for key, place in stored.items():
        try:
            x, y = place[:2]
            number, x, y = int(key), float(x), float(y)
        except (TypeError, ValueError):
            continue
        if math.isfinite(x) and math.isfinite(y):
            places[number] = (x, y)
    return places


def read_pins(stored: Any) -> frozenset[int]:
    """Return which nodes are held at their remembered places."""
    if not isinstance(stored, Mapping):
        return frozenset()
    held = (key for key, place in stored.items() if isinstance(place, list) and len(place) == 3 and place[2] is True)
    return frozenset(int(key) for key in held if isinstance(key, str) and key.removeprefix("-").isdecimal())


def write_places(places: Places, pinned: Collection[int] = ()) -> dict[str, list[float | bool]]:
    """Return places as JSON can hold them; `true` stands after the place of a node that is held."""
    return {str(number): [x, y, True] if number in pinned else [x, y] for number, (x, y) in places.items()}
