"""The simulation comes to rest, repeats itself, and keeps what stands."""

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from desktop.core.graph.forces import closeness
from desktop.core.graph.layout import EXACT_NODES, LINK_LENGTH, STEPS, Simulation, phyllotaxis
from desktop.core.graph.mesh import ParticleMesh
from desktop.core.graph.overlaps import part_overlapping


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


def apart(positions: np.ndarray, radii: float | np.ndarray) -> np.ndarray:
    """Return for each pair of nodes how much ground lies between their rims."""
    distance = np.linalg.norm(positions[:, np.newaxis] - positions[np.newaxis], axis=2)
    reach = np.broadcast_to(radii, len(positions))
    between = distance - reach[:, np.newaxis] - reach[np.newaxis]
    found: np.ndarray = between[~np.eye(len(positions), dtype=bool)]
    return found


def test_no_node_of_a_small_graph_stands_on_another() -> None:
    edges = [(0, number) for number in range(1, 60)] + [(number, number + 1) for number in range(1, 30)]
    degree = np.bincount(np.ravel(edges))
    radii = np.minimum(3.6 + 1.5 * np.sqrt(degree), 15.0)
    simulation = Simulation(60, edges, radii=radii)
    simulation.settle()
    assert apart(simulation.positions, radii).min() > 0.0


def test_the_leaves_of_a_hub_stand_beside_each_other() -> None:
    edges = [(0, number) for number in range(1, 500)] + [(number, 499) for number in range(500, 700)]
    simulation = settled(700, edges)
    assert np.mean(apart(simulation.positions, 5.0) < 0.0) < 2e-4


def test_parts_stand_apart() -> None:
    one = tree_edges(300)
    two = [(a + 300, b + 300) for a, b in tree_edges(200)]
    positions = settled(500, one + two).positions
    first, second = positions[:300], positions[300:]
    spread = sum(np.linalg.norm(part - part.mean(axis=0), axis=1).mean() for part in (first, second))
    assert np.linalg.norm(first.mean(axis=0) - second.mean(axis=0)) > spread
    assert np.linalg.norm(first[:, np.newaxis] - second[np.newaxis], axis=2).min() > LINK_LENGTH


def test_loose_notes_stand_in_a_block_beside_the_picture() -> None:
    edges = [*tree_edges(300), (300, 301), (302, 303), (302, 304)]
    simulation = settled(360, edges)
    assert simulation.loose.nonzero()[0].tolist() == list(range(300, 360))
    linked, loose = simulation.positions[:300], simulation.positions[300:]
    assert loose[:, 0].min() > linked[:, 0].max() + LINK_LENGTH
    assert np.ptp(loose[:, 1]) <= np.ptp(linked[:, 1])
    assert apart(loose, 5.0).min() > 0.0
    again = Simulation(361, edges, np.vstack((linked, np.full((61, 2), np.nan))))
    assert not again.moving  # the block follows from the rest: only that has to be stored
    assert np.abs(again.positions[:360] - simulation.positions).max() < 11.0  # a new row: the others move by half


def test_what_is_linked_at_last_comes_to_its_neighbours_and_the_rest_stays() -> None:
    old = settled(340, tree_edges(300))
    old.pin(7, *old.positions[7])
    same = np.arange(340)
    new = Simulation(341, [*tree_edges(300), (339, 5)])
    new.take(old, same, same)
    assert np.linalg.norm(new.positions[339] - new.positions[5]) < LINK_LENGTH
    assert np.array_equal(new.positions[:300], old.positions[:300])
    assert new.pinned == {7}
    steps = new.settle()
    assert steps <= 45
    radius = np.linalg.norm(old.positions[:300], axis=1).max()
    assert np.median(np.linalg.norm(new.positions[:339] - old.positions[:339], axis=1)) < 0.01 * radius


def test_overlapping_pairs_are_found_in_neighbouring_cells() -> None:
    places = np.repeat(phyllotaxis(200, 40.0), 2, axis=0) + phyllotaxis(400, 0.1)
    before = np.count_nonzero(apart(places, 3.0) < 1.0) // 2
    assert part_overlapping(places, np.full(400, 3.0), 1.0, 0.5) == before >= 200
    for _ in range(30):
        part_overlapping(places, np.full(400, 3.0), 1.0, 0.5)
    assert apart(places, 3.0).min() > 0.0
    heap = np.zeros((30, 2))
    part_overlapping(heap, np.full(30, 3.0), 1.0, 0.5)
    assert len(np.unique(heap.round(6), axis=0)) > 15


def test_links_inside_a_cluster_are_closer_than_those_between() -> None:
    inside = [(a, b) for a in range(5) for b in range(a)]
    edges = np.array([*inside, *((a + 5, b + 5) for a, b in inside), (0, 5)])
    weights = closeness(10, edges[:, 0], edges[:, 1])
    assert weights[-1] < 0.5 * weights[:-1].min()
    assert weights.mean() == pytest.approx(1.0)
