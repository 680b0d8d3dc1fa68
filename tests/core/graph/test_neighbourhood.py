"""Rings of notes around a note, what is cut, and what is missing."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from desktop.core.graph.neighbourhood import CHUNK, GraphService, chunks, neighbourhood, unresolved_id, whole
from desktop.core.notebook import Notebook
from desktop.core.records import NoteHead, NoteId, NoteKind


class Links:
    """A source over plain lists that counts what it is asked."""

    def __init__(
        self,
        notes: int,
        edges: Iterable[tuple[int, int]],
        missing: Iterable[tuple[int, str]] = (),
        trashed: Sequence[int] = (),
    ) -> None:
        self._heads = {
            number: NoteHead(
                NoteId(number), f"u{number}", NoteKind.NOTE, f"n{number}", f"Note {number}", None, 0, 1, 0, 0,
                trashed_at=1 if number in trashed else None,
            )
            for number in range(1, notes + 1)
        }  # fmt: skip
        self._edges, self._missing = list(edges), list(missing)
        self.places: dict[int, tuple[float, float]] = {}
        self.longest = 0

    def edges(self) -> list[tuple[int, int]]:
        return self._edges

    def edges_of(self, note_ids: Sequence[int]) -> list[tuple[int, int]]:
        self.longest = max(self.longest, len(note_ids))
        wanted = set(note_ids)
        return [edge for edge in self._edges if edge[0] in wanted or edge[1] in wanted]

    def unresolved_of(self, note_ids: Sequence[int]) -> list[tuple[int, str]]:
        return [pair for pair in self._missing if pair[0] in set(note_ids)]

    def heads(self, note_ids: Sequence[int]) -> list[NoteHead]:
        return [self._heads[number] for number in note_ids if number in self._heads]

    def all_heads(self) -> list[NoteHead]:
        return list(self._heads.values())

    def positions(self, note_ids: Sequence[int] | None) -> Mapping[int, tuple[float, float]]:
        return {key: place for key, place in self.places.items() if note_ids is None or key in note_ids}

    def save_positions(self, positions: Mapping[int, tuple[float, float]]) -> None:
        self.places.update(positions)


CHAIN = [(1, 2), (2, 3), (4, 3), (4, 5)]


def ids(graph: object) -> list[int]:
    return [node.id for node in graph.nodes]  # type: ignore[attr-defined]


def test_rings_go_both_ways_and_come_in_order() -> None:
    source = Links(6, CHAIN)
    assert ids(neighbourhood(source, 1, 1)) == [1, 2]
    assert ids(neighbourhood(source, 1, 2)) == [1, 2, 3]
    assert ids(neighbourhood(source, 3, 1)) == [3, 2, 4]
    assert ids(neighbourhood(source, 3, 2)) == [3, 2, 4, 1, 5]
    assert neighbourhood(source, 1, 3).edges == ((1, 2), (2, 3), (4, 3))


def test_edges_between_neighbours_are_shown_and_loops_are_not() -> None:
    graph = neighbourhood(Links(3, [(1, 2), (1, 3), (3, 2), (1, 1)]), 1)
    assert graph.edges == ((1, 2), (1, 3), (3, 2))
    assert [node.degree for node in graph.nodes] == [2, 2, 2]


def test_a_note_that_is_gone_has_no_graph() -> None:
    assert neighbourhood(Links(2, []), 9).nodes == ()
    assert neighbourhood(Links(2, [], trashed=[1]), 1).nodes == ()


def test_the_trash_is_no_neighbour() -> None:
    assert ids(neighbourhood(Links(3, [(1, 2), (3, 1)], trashed=[2]), 1)) == [1, 3]


def test_a_hub_keeps_its_best_connected_neighbours_and_asks_in_chunks() -> None:
    star = [(1, number) for number in range(2, 2_001)]
    source = Links(2_000, [*star, (1_500, 2), (1_500, 3), (1_500, 4)])
    graph = neighbourhood(source, 1, 1, limit=10)
    assert len(graph.nodes) == 10
    assert ids(graph)[:5] == [1, 1_500, 2, 3, 4]
    assert source.longest <= CHUNK
    assert graph.nodes[0].degree == 1_999


def test_unresolved_targets_are_nodes_without_a_kind() -> None:
    source = Links(3, [(1, 2)], [(1, "Later"), (2, "later"), (2, "Elsewhere"), (1, " ")])
    graph = neighbourhood(source, 1, 1)
    missing = [node for node in graph.nodes if node.kind is None]
    assert [node.title for node in missing] == ["Later"]
    assert missing[0].id < 0
    assert missing[0].degree == 2
    assert {edge for edge in graph.edges if edge[1] < 0} == {(1, missing[0].id), (2, missing[0].id)}
    assert neighbourhood(source, 1, 1) == graph


def test_ids_of_unresolved_targets_do_not_collide() -> None:
    first = unresolved_id("Later", {})
    assert unresolved_id(" LATER", {first: "later"}) == first
    assert unresolved_id("Later", {first: "another"}) == first - 1


def test_the_whole_library_has_its_loose_notes_and_a_limit() -> None:
    source = Links(6, CHAIN, [(6, "Nobody")])
    assert ids(whole(source)) == [1, 2, 3, 4, 5, 6]
    assert len(whole(source).edges) == 4
    assert ids(whole(source, limit=3)) == [2, 3, 4]
    assert whole(source, limit=3).edges == ((2, 3), (4, 3))
    assert whole(source, unresolved=True).nodes[-1].title == "Nobody"


def test_chunks_hold_every_id_once() -> None:
    parts = list(chunks(range(1_234)))
    assert [len(part) for part in parts] == [500, 500, 234]
    assert sorted(number for part in parts for number in part) == list(range(1_234))


def test_the_service_answers_from_a_real_library(tmp_path: Path) -> None:
    notebook = Notebook.open(tmp_path / "library.konspekt")
    first = notebook.tree.create("First", text="See [[Second]] and [[Nowhere]].").created[0]
    second = notebook.tree.create("Second", text="Back to [[First]].").created[0]
    service = notebook.graph
    assert isinstance(service, GraphService)
    graph = service.neighbourhood(first)
    assert [node.title for node in graph.nodes] == ["First", "Second", "Nowhere"]
    assert set(graph.edges[:2]) == {(first, second), (second, first)}
    service.save_positions({first: (1.0, 2.0), second: (3.0, 4.5), graph.nodes[-1].id: (9.0, 9.0)})
    assert service.positions() == {first: (1.0, 2.0), second: (3.0, 4.5)}
    assert service.positions([second]) == {second: (3.0, 4.5)}
    notebook.close()
