"""Rings of notes around a note, what is cut, and what is missing."""

import pytest

from desktop.core.graph.neighbourhood import AskedLinks, TooMany
from desktop.core.graph.nodes import CHUNK, chunks
from desktop.core.graph.service import GraphService
from desktop.core.records import Graph, NodeKind
from tests.core.graph.plain_links import PlainLinks, around

CHAIN = [(1, 2), (2, 3), (4, 3), (4, 5)]


def ids(graph: Graph) -> list[int]:
    return [node.id for node in graph.nodes]


def test_rings_go_both_ways_and_come_in_order() -> None:
    source = PlainLinks(6, CHAIN)
    assert ids(around(source, 1)) == [1, 2]
    assert ids(around(source, 1, 2)) == [1, 2, 3]
    assert ids(around(source, 3)) == [3, 2, 4]
    assert ids(around(source, 3, 2)) == [3, 2, 4, 1, 5]
    assert around(source, 1, 3).edges == ((1, 2), (2, 3), (4, 3))


def test_edges_between_neighbours_are_shown_and_loops_are_not() -> None:
    graph = around(PlainLinks(3, [(1, 2), (1, 3), (3, 2), (1, 1)]), 1)
    assert graph.edges == ((1, 2), (1, 3), (3, 2))
    assert [node.degree for node in graph.nodes] == [2, 2, 2]


def test_a_note_that_is_gone_has_no_graph() -> None:
    assert around(PlainLinks(2, []), 9).nodes == ()
    assert around(PlainLinks(2, [], trashed=[1]), 1).nodes == ()


def test_the_trash_is_no_neighbour() -> None:
    assert ids(around(PlainLinks(3, [(1, 2), (3, 1)], trashed=[2]), 1)) == [1, 3]


def test_a_hub_keeps_its_best_connected_neighbours_and_asks_in_chunks() -> None:
    star = [(1, number) for number in range(2, 2_001)]
    source = PlainLinks(2_000, [*star, (1_500, 2), (1_500, 3), (1_500, 4)])
    graph = around(source, 1, 1, limit=10)
    assert len(graph.nodes) == 10
    assert ids(graph)[:5] == [1, 1_500, 2, 3, 4]
    assert source.asked <= CHUNK
    assert graph.nodes[0].degree == 1_999


def test_unresolved_targets_are_nodes_of_their_own() -> None:
    source = PlainLinks(3, [(1, 2)], [(1, "Later"), (2, "later"), (2, "Elsewhere"), (1, " ")])
    graph = around(source, 1)
    missing = [node for node in graph.nodes if node.node_kind is NodeKind.UNRESOLVED]
    assert [(node.title, node.kind, node.degree) for node in missing] == [("Later", None, 2)]
    assert {edge for edge in graph.edges if edge[1] < 0} == {(1, missing[0].id), (2, missing[0].id)}
    assert around(source, 1) == graph


def test_chunks_hold_every_id_once() -> None:
    parts = list(chunks(range(1_234)))
    assert [len(part) for part in parts] == [500, 500, 234]
    assert sorted(number for part in parts for number in part) == list(range(1_234))


def test_a_crowd_is_looked_for_among_all_links() -> None:
    source = PlainLinks(900, [(1, number) for number in range(2, 901)])
    service = GraphService(source)
    assert len(service.neighbourhood(1).nodes) == 300
    assert source.asked  # once, in slices
    with pytest.raises(TooMany):
        AskedLinks(source).near([1])
