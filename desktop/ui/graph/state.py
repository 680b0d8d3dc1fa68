"""What the graph of a library remembers between openings: its filter, its colours, and where one looked.

It is one JSON object among the library's values. The library may be a stranger's and the object anything: what cannot
be understood is left out, never a reason not to open.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from desktop.core.records import GraphFilter, NoteId, NoteKind

LIBRARY_KEY: Final = "graph.library"
LOCAL_KEY: Final = "graph.local"
COLOURINGS: Final = ("kind", "folder")
LONGEST_QUERY: Final = 2_000  # characters
MOST_LINKS: Final = 100_000  # a degree above which no hub is looked for
Look = tuple[float, float, float]  # scale, x and y of a camera


@dataclass(frozen=True, slots=True)
class GraphState:
    """What the user set up."""

    filter: GraphFilter = field(default_factory=GraphFilter)
    only_matches: bool = True  # else what matches the query stands out among the rest
    colour_by: str = "kind"
    legend: bool = True  # the list of colours is unfolded
    look: Look | None = None  # None: the whole picture is in sight


def narrows(shown: GraphFilter) -> bool:
    """Tell whether a filter leaves out some of the linked notes, so that what it shows is laid out by itself."""
    return bool(
        shown.query.strip()
        or shown.kinds
        or shown.folder is not None
        or shown.tag
        or shown.since
        or shown.until
        or shown.hubs_above
    )


def write_state(state: GraphState) -> dict[str, Any]:
    """Return the state as JSON can hold it."""
    shown = state.filter
    return {
        "query": shown.query,
        "kinds": sorted(kind.value for kind in shown.kinds),
        "folder": shown.folder,
        "tag": shown.tag,
        "since": shown.since,
        "until": shown.until,
        "hubs_above": shown.hubs_above,
        "orphans": shown.orphans,
        "unresolved": shown.unresolved,
        "tags": shown.tags,
        "attachments": shown.attachments,
        "only_matches": state.only_matches,
        "colour_by": state.colour_by,
        "legend": state.legend,
        "look": list(state.look) if state.look is not None else None,
    }


def read_state(stored: Any) -> GraphState:
    """Return a stored state; each part that is not what it should be, as it is at first."""
    values: Mapping[str, Any] = stored if isinstance(stored, Mapping) else {}
    shown = GraphFilter(
        query=_text(values, "query", LONGEST_QUERY),
        kinds=_kinds(values.get("kinds")),
        folder=_note(values.get("folder")),
        tag=_text(values, "tag", 200),
        since=_day(values.get("since")),
        until=_day(values.get("until")),
        hubs_above=_count(values.get("hubs_above")),
        orphans=_flag(values, "orphans", True),
        unresolved=_flag(values, "unresolved", False),
        tags=_flag(values, "tags", False),
        attachments=_flag(values, "attachments", False),
    )
    colour_by = values.get("colour_by")
    return GraphState(
        shown,
        _flag(values, "only_matches", True),
        colour_by if isinstance(colour_by, str) and colour_by in COLOURINGS else COLOURINGS[0],
        _flag(values, "legend", True),
        _look(values.get("look")),
    )


def read_local(stored: Any) -> GraphFilter:
    """Return what a note's own graph shows besides notes; links to notes not written yet unless told otherwise."""
    values: Mapping[str, Any] = stored if isinstance(stored, Mapping) else {}
    return GraphFilter(
        unresolved=_flag(values, "unresolved", True),
        tags=_flag(values, "tags", False),
        attachments=_flag(values, "attachments", False),
    )


def write_local(shown: GraphFilter) -> dict[str, bool]:
    """Return what a note's own graph shows as JSON can hold it."""
    return {"unresolved": shown.unresolved, "tags": shown.tags, "attachments": shown.attachments}


def _flag(values: Mapping[str, Any], key: str, default: bool) -> bool:
    value = values.get(key, default)
    return value if isinstance(value, bool) else default


def _text(values: Mapping[str, Any], key: str, longest: int) -> str:
    value = values.get(key, "")
    return value[:longest] if isinstance(value, str) else ""


def _kinds(value: Any) -> frozenset[NoteKind]:
    known = {kind.value: kind for kind in NoteKind}
    return frozenset(known[name] for name in value if name in known) if _is_list_of(value, str) else frozenset()


def _is_list_of(value: Any, kind: type) -> bool:
    return isinstance(value, list) and all(isinstance(part, kind) for part in value)


def _note(value: Any) -> NoteId | None:
    return NoteId(value) if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**63 else None


def _count(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_LINKS else 0


def _day(value: Any) -> str:
    return _read(lambda: date.fromisoformat(value).isoformat()) if isinstance(value, str) else ""


def _read(read: Callable[[], str]) -> str:
    try:
        return read()
    except ValueError:
        return ""


def _look(value: Any) -> Look | None:
    if not isinstance(value, list) or len(value) != 3:
        return None
    if not all(isinstance(part, int | float) and abs(part) < 1e9 and math.isfinite(part) for part in value):
        return None
    scale, x, y = map(float, value)
    return (scale, x, y) if scale > 0.0 else None
