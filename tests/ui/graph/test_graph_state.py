"""What the graph of a library remembers, and what it makes of nonsense."""

import pytest

from desktop.core.records import GraphFilter, NoteId, NoteKind
from desktop.ui.graph.dates import day_of
from desktop.ui.graph.places import read_pins, read_places, write_places
from desktop.ui.graph.state import GraphState, narrows, read_local, read_state, write_local, write_state

FULL = GraphState(
    GraphFilter(
        query="model -draft",
        kinds=frozenset((NoteKind.LECTURE, NoteKind.NOTE)),
        folder=NoteId(7),
        tag="ml",
        since="2024-01-01",
        until="2024-12-31",
        hubs_above=40,
        orphans=False,
        unresolved=True,
        tags=True,
        attachments=True,
    ),
    only_matches=False,
    colour_by="folder",
    legend=False,
    look=(0.5, -12.0, 3.25),
)


def test_a_state_comes_back_as_it_was() -> None:
    assert read_state(write_state(FULL)) == FULL
    assert read_state(write_state(GraphState())) == GraphState()


@pytest.mark.parametrize(
    "nonsense",
    [
        None,
        3,
        "x",
        [],
        {"query": 4, "kinds": "lecture", "folder": True, "tag": [], "since": "soon", "until": 5, "hubs_above": -1},
        {"kinds": [["note"]], "folder": 2**70, "hubs_above": 10**9, "since": "2024-13-01"},
        {"orphans": "no", "colour_by": ["kind"], "look": [1, 2], "only_matches": 0},
        {"look": [0.0, 1.0, 1.0]},
        {"look": [float("nan"), 1.0, 1.0]},
        {"look": [1.0, float("inf"), "x"]},
    ],
)
def test_a_broken_state_is_ignored(nonsense: object) -> None:
    assert read_state(nonsense) == GraphState()


def test_one_broken_part_does_not_spoil_the_rest() -> None:
    stored = write_state(FULL) | {"folder": "7", "look": None}
    read = read_state(stored)
    assert read.filter.folder is None
    assert read.filter.query == "model -draft"
    assert read.look is None
    assert read.colour_by == "folder"


def test_what_else_is_a_node_does_not_narrow() -> None:
    assert not narrows(GraphFilter(unresolved=True, tags=True, attachments=True, orphans=False))
    day = "2024-01-01"
    for shown in (GraphFilter(query="a"), GraphFilter(tag="a"), GraphFilter(hubs_above=3), GraphFilter(since=day)):
        assert narrows(shown)


def test_the_small_graph_shows_unwritten_notes_unless_told_otherwise() -> None:
    assert read_local(None) == GraphFilter(unresolved=True)
    chosen = GraphFilter(unresolved=False, tags=True)
    assert read_local(write_local(chosen)) == chosen


def test_places_and_pins_survive_json_and_nonsense() -> None:
    places = {4: (1.5, -2.0), -77: (0.0, 3.0)}
    assert read_places(write_places(places, {-77})) == places
    assert read_pins(write_places(places, {-77})) == {-77}
    for nonsense in (None, 3, [], {"a": [1, 2, True]}, {"1": [1]}, {"1": ["x", 2]}, {"1": 4}):
        assert read_places(nonsense) == {}
        assert read_pins(nonsense) == frozenset()


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("", "", ""),
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        (" 2023.10.5 ", "2023-10-05", "2023-10-05"),
        ("2023-02-30", None, None),
        ("2023-13", None, None),
        ("0000", None, None),
        ("20", None, None),
        ("soon", None, None),
    ],
)
def test_a_date_stands_for_all_its_days(typed: str, first: str | None, last: str | None) -> None:
    assert (day_of(typed, last=False), day_of(typed, last=True)) == (first, last)
