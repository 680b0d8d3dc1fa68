"""The simulation comes to rest, repeats itself, and keeps what stands."""

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from desktop.core.graph.layout import EXACT_NODES, LINK_LENGTH, STEPS, Simulation, phyllotaxis
from desktop.core.graph.mesh import ParticleMesh


def tree_edges(nodes: int) -> list[tuple[int, int]]:
    return [(number, number // 3) for number in range(1, nodes)]


def settled(nodes: int, edges: list[tuple[int, int]], positions: object = None) -> Simulation:
    simulation = Simulation(nodes, edges, positions)  # type: ignore[arg-type]
    while simulation.step():
        pass
    return simulation


@pytest.mark.parametrize("nodes", [0, 1, 2, 40, EXACT_NODES, EXACT_NODES + 1, 700])
def test_it_comes_to_rest_with_finite_places(nodes: int) -> None:
    simulation = Simulation(nodes, tree_edges(nodes))
    assert simulation.settle(STEPS + 5) <= STEPS + 1
    assert not simulation.moving
    assert simulation.positions.shape == (nodes, 2)
    assert np.isfinite(simulation.positions).all()


def test_the_same_graph_gives_the_same_picture() -> None:
    for nodes in (50, 300):
        first, second = settled(nodes, tree_edges(nodes)), settled(nodes, tree_edges(nodes))
        assert np.array_equal(first.positions, second.positions)


def test_two_linked_notes_stand_about_a_link_apart() -> None:
    positions = settled(2, [(0, 1)]).positions
    assert LINK_LENGTH * 0.8 < np.linalg.norm(positions[0] - positions[1]) < LINK_LENGTH * 2.0


def test_neighbours_stand_nearer_than_strangers() -> None:
    edges = tree_edges(200)
    positions = settled(200, edges).positions
    linked = np.array([np.linalg.norm(positions[a] - positions[b]) for a, b in edges])
    every = np.linalg.norm(positions[:, np.newaxis] - positions[np.newaxis], axis=2)
    assert np.median(linked) < np.median(every) / 3


def test_loose_notes_stay_beside_the_rest() -> None:
    edges = tree_edges(300)
    positions = settled(340, edges).positions
    radius = np.linalg.norm(positions[:300], axis=1).max()
    assert np.linalg.norm(positions[300:], axis=1).max() < 2.0 * radius


def test_a_picture_whose_notes_all_have_places_is_at_rest() -> None:
    first = settled(60, tree_edges(60))
    again = Simulation(60, tree_edges(60), first.positions)
    assert not again.moving
    assert np.array_equal(again.positions, first.positions)


@pytest.mark.parametrize("nodes", [100, 600])
def test_a_new_note_comes_amid_its_neighbours_and_hardly_moves_the_others(nodes: int) -> None:
    first = settled(nodes, tree_edges(nodes)).positions
    edges = [*tree_edges(nodes), (nodes, 5), (nodes, 6)]
    warm = Simulation(nodes + 1, edges, np.vstack((first, [[np.nan, np.nan]])))
    middle = first[[5, 6]].mean(axis=0)
    assert np.linalg.norm(warm.positions[-1] - middle) < LINK_LENGTH
    steps = warm.settle()
    radius = np.linalg.norm(first, axis=1).max()
    assert steps <= 45
    assert np.median(np.linalg.norm(warm.positions[:-1] - first, axis=1)) < 0.01 * radius


def test_a_pinned_note_stays_until_it_is_let_go() -> None:
    simulation = Simulation(10, tree_edges(10))
    simulation.pin(3, 200.0, -100.0)
    simulation.settle()
    assert simulation.positions[3].tolist() == [200.0, -100.0]
    assert simulation.pinned == {3}
    simulation.unpin(3)
    simulation.reheat()
    simulation.settle()
    assert np.linalg.norm(simulation.positions[3]) < 200.0


def test_notes_in_one_place_come_apart() -> None:
    simulation = Simulation(20, [], np.zeros((20, 2)))
    simulation.reheat(1.0)
    simulation.settle()
    distances = np.linalg.norm(simulation.positions[:, np.newaxis] - simulation.positions[np.newaxis], axis=2)
    assert distances[~np.eye(20, dtype=bool)].min() > 1.0


def test_the_mesh_agrees_with_the_exact_sum() -> None:
    places = phyllotaxis(2_000) * np.array((1.0, 0.6))
    difference = places[:, np.newaxis] - places[np.newaxis]
    squared = (difference**2).sum(axis=2)
    np.fill_diagonal(squared, 1.0)
    exact = (difference / squared[:, :, np.newaxis]).sum(axis=1)
    found = ParticleMesh(64).field_at(places)
    error = np.linalg.norm(found - exact, axis=1) / np.linalg.norm(exact, axis=1).mean()
    assert np.median(error) < 0.05


def test_a_lonely_charge_does_not_push_itself() -> None:
    assert np.abs(ParticleMesh(64).field_at(np.array([[3.0, 4.0]]))).max() < 1e-3


@given(
    st.integers(1, 30).flatmap(
        lambda n: st.tuples(
            st.just(n), st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=60)
        )
    )
)
@settings(max_examples=40, deadline=None)
def test_any_graph_stays_finite(graph: tuple[int, list[tuple[int, int]]]) -> None:
    nodes, edges = graph
    simulation = Simulation(nodes, edges)
    simulation.settle(30)
    assert np.isfinite(simulation.positions).all()
