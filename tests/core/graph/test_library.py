"""What of a library its picture shows, chains between notes, and what the library keeps of it."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from desktop.core.errors import Cancelled
from desktop.core.graph.chain import shortest_chain
from desktop.core.graph.library import whole
from desktop.core.graph.nodes import NUMBERS, names_a_file, node_id
from desktop.core.graph.selecting import nothing_asked
from desktop.core.notebook import Notebook
from desktop.core.paths import Places
from desktop.core.records import Graph, GraphFilter, NodeKind, NoteId, NoteKind
from tests.core.conftest import open_notebook
from tests.core.graph.plain_links import PlainLinks, all_of, around, snapshot

CHAIN = [(1, 2), (2, 3), (4, 3), (4, 5)]


def ids(graph: Graph) -> list[int]:
    return [node.id for node in graph.nodes]


# --- the whole library -----------------------------------------------------------------------------------


def test_the_whole_library_has_its_loose_notes_and_its_missing_ones() -> None:
    source = PlainLinks(6, CHAIN, [(6, "Nobody")])
    graph = all_of(source)
    assert (ids(graph), len(graph.edges), graph.total, graph.left_out) == ([1, 2, 3, 4, 5, 6], 4, 6, "")
    assert all_of(source, GraphFilter(unresolved=True)).nodes[-1].title == "Nobody"
    assert ids(all_of(source, GraphFilter(orphans=False))) == [1, 2, 3, 4, 5]
    linked = all_of(source, GraphFilter(orphans=False, unresolved=True))
    assert ids(linked)[:6] == [1, 2, 3, 4, 5, 6]  # what names a missing note is not alone
    assert ids(all_of(source, GraphFilter(hubs_above=1))) == [1, 5, 6]


def test_too_many_notes_are_cut_to_the_biggest_part_and_a_sentence_says_so() -> None:
    source = PlainLinks(9, [*CHAIN, (6, 7)])
    graph = all_of(source, limit=6)
    assert ids(graph) == [1, 2, 3, 4, 5]
    assert graph.left_out == "Of 9 notes the biggest connected part is shown: 5."
    graph = all_of(source, limit=3)
    assert (ids(graph), graph.edges) == ([2, 3, 4], ((2, 3), (4, 3)))
    assert graph.left_out == "Of 9 notes the 3 best linked are shown; a filter shows the others."


def test_who_is_not_wanted_any_more_stops() -> None:
    source = PlainLinks(6, CHAIN)
    links, groups = snapshot(source)
    with pytest.raises(Cancelled):
        whole(source, links, groups, GraphFilter(), nothing_asked, cancelled=lambda: True)


def test_folders_are_groups_and_no_notes_unless_someone_links_them() -> None:
    parents = {2: 1, 3: 1, 5: 4, 6: 5}
    source = PlainLinks(8, [(2, 3), (7, 4)], parents=parents)
    graph = all_of(source)
    assert graph.groups == ("Note 1", "Note 4")
    assert {node.id: node.group for node in graph.nodes} == {2: 0, 3: 0, 4: 1, 6: 1, 7: -1, 8: -1}
    assert graph.total == 6
    assert around(source, 2).nodes[1].group == 0


def test_a_folder_that_holds_nearly_all_gives_way_to_its_own() -> None:
    parents = {2: 1, 3: 1, 4: 2, 5: 2, 6: 3, 7: 3}
    assert all_of(PlainLinks(8, [], parents=parents)).groups == ("Note 2", "Note 3")


# --- chains ----------------------------------------------------------------------------------------------


def chain(source: PlainLinks, first: int, last: int) -> list[int]:
    links, _groups = snapshot(source)
    return [index + 1 for index in shortest_chain(links, first - 1, last - 1)]


def test_a_chain_goes_either_way_and_round_hubs() -> None:
    assert chain(PlainLinks(6, CHAIN), 1, 5) == [1, 2, 3, 4, 5]
    assert chain(PlainLinks(6, CHAIN), 1, 6) == []
    assert chain(PlainLinks(6, CHAIN), 3, 3) == [3]
    hub = [(9, number) for number in range(1, 9)]
    assert chain(PlainLinks(9, [*hub, (1, 4), (4, 2)]), 1, 2) == [1, 4, 2]  # not over the index that names all


@given(st.lists(st.tuples(st.integers(1, 12), st.integers(1, 12)), max_size=30))
@settings(max_examples=60, deadline=None)
def test_no_chain_is_shorter(edges: list[tuple[int, int]]) -> None:
    near = {n: {b for a, b in edges if a == n} | {a for a, b in edges if b == n} for n in range(1, 13)}
    reached, ring, distance = {1}, {1}, 0
    while 12 not in reached and ring:
        ring = set().union(*(near[n] for n in ring)) - reached
        reached |= ring
        distance += 1
    found = chain(PlainLinks(12, edges), 1, 12)
    assert len(found) == (distance + 1 if 12 in reached else 0)
    assert all(b in near[a] for a, b in pairwise(found))


# --- ids -------------------------------------------------------------------------------------------------


def test_ids_of_what_is_no_note_never_meet() -> None:
    kinds = list(NUMBERS)
    found = [node_id(kind, key) for kind in kinds for key in ("a", "b", "рис", 1, 2, 3)]
    assert len(set(found)) == len(found)
    assert all(-(2**63) < number < 0 for number in found)
    assert node_id(NodeKind.TAG, "a") == node_id(NodeKind.TAG, "a")


def test_files_are_told_from_notes() -> None:
    assert names_a_file("img/scheme.PNG ")
    assert not any(names_a_file(name) for name in ("Node.js", "v2.0", "png", "Т.е. так"))


# --- a real library --------------------------------------------------------------------------------------


@pytest.fixture
def library(tmp_path: Path, places: Places) -> Notebook:
    """Return a library with a folder, tags, files and days."""
    notebook = open_notebook(tmp_path, places)
    folder = notebook.tree.create("Курс", kind=NoteKind.FOLDER).created[0]
    text = "---\ndate: 2023-10-30\n---\n# First\n\nSee [[Second]], [[Nowhere]].\n"
    text += "![[scheme.png]] ![](img/photo%201.jpg) ![[lost.png]]\n\n#ml/rag"
    notebook.tree.create("First", parent_id=folder, text=text)
    notebook.tree.create("Second", text="#ml\n\nBack to [[First]] and [[Third]].")
    notebook.tree.create("Third", text="#mlops")
    notebook.tree.create("Fourth", text="alone")
    notebook.tree.create("Empty", kind=NoteKind.FOLDER)
    notebook.attachments.add("scheme.png", b"1")
    notebook.attachments.add("photo 1.jpg", b"2", folder="img")
    return notebook


def titles(notebook: Notebook, **wanted: object) -> list[str]:
    return [node.title for node in notebook.graph.whole(GraphFilter(**wanted)).nodes]  # type: ignore[arg-type]


def test_filters_over_a_real_library(library: Notebook) -> None:
    folder = library.tree.children(None)[0].id
    assert titles(library) == ["First", "Second", "Third", "Fourth"]
    assert titles(library, orphans=False) == ["First", "Second", "Third"]
    assert titles(library, folder=folder) == ["First"]
    assert titles(library, tag="#ml") == ["First", "Second"]
    assert titles(library, since="2023-10-01", until="2023-10") == ["First"]
    assert titles(library, until="2022") == []
    assert titles(library, kinds=frozenset({NoteKind.FOLDER})) == ["Курс", "Empty"]
    assert titles(library, query="back") == ["Second"]
    assert titles(library, query="tag:ml kind:note") == ["First", "Second"]
    assert titles(library, query=" ") == titles(library)
    wrong = library.graph.whole(GraphFilter(query="date:never"))
    assert wrong.nodes == ()
    assert "not a date" in wrong.left_out


def test_tags_files_and_missing_notes_are_nodes_on_demand(library: Notebook) -> None:
    assert titles(library, unresolved=True)[4:] == ["Nowhere"]  # a file is no unwritten note, lost or not
    assert titles(library, tags=True)[4:] == ["#ml", "#ml/rag", "#mlops"]
    assert titles(library, attachments=True)[4:] == ["photo 1.jpg", "scheme.png"]
    both = titles(library, attachments=True, unresolved=True)[4:]
    assert both == ["Nowhere", "lost.png", "photo 1.jpg", "scheme.png"]
    graph = library.graph.whole(GraphFilter(attachments=True))
    assert [node.node_kind for node in graph.nodes[4:]] == [NodeKind.ATTACHMENT] * 2
    assert (graph.nodes[0].id, graph.nodes[4].id) in graph.edges
    around_first = library.graph.neighbourhood(graph.nodes[0].id)
    assert [node.title for node in around_first.nodes] == ["First", "Second", "Nowhere"]


def test_a_neighbourhood_goes_only_through_what_fits(library: Notebook) -> None:
    first = library.graph.whole().nodes[0].id
    assert [node.title for node in library.graph.neighbourhood(first, 2, GraphFilter()).nodes] == [
        "First", "Second", "Third",
    ]  # fmt: skip
    assert [node.title for node in library.graph.neighbourhood(first, 2, GraphFilter(query="alone")).nodes] == ["First"]


def test_a_chain_and_the_first_line_follow_the_library(library: Notebook) -> None:
    first, second, third, fourth = (node.id for node in library.graph.whole().nodes)
    assert library.graph.path(first, third) == (first, second, third)
    assert library.graph.path(first, fourth) == ()
    assert library.graph.path(first, 999) == ()
    library.tree.trash_notes([NoteId(second)])
    assert library.graph.path(first, third) == ()
    assert library.graph.first_line(first).startswith("See Second, Nowhere.")
    assert library.graph.first_line(second) == ""
    assert library.graph.groups() == ("Курс",)


def test_places_and_pins_are_kept_and_only_what_moved_is_written(library: Notebook) -> None:
    graph = library.graph
    first, second, third, _fourth = (node.id for node in graph.whole().nodes)
    graph.save_positions({first: (1.0, 2.0), second: (3.0, 4.5), node_id(NodeKind.TAG, "a"): (9.0, 9.0)}, {second})
    assert graph.positions() == {first: (1.0, 2.0), second: (3.0, 4.5)}
    assert graph.positions([second, third]) == {second: (3.0, 4.5)}
    assert graph.pinned() == {second}
    assert [node.pinned for node in graph.whole().nodes] == [False, True, False, False]
    before = library._database._writer.total_changes
    graph.save_positions({first: (1.01, 2.0), second: (3.0, 4.5)}, {second})
    assert library._database._writer.total_changes == before
    graph.save_positions({first: (1.5, 2.0), second: (3.0, 4.5), third: (0.0, 0.0)})  # without a word about pins
    assert library._database._writer.total_changes - before == 2
    assert graph.pinned() == {second}
    graph.save_positions({second: (3.0, 4.5)}, ())
    assert graph.pinned() == frozenset()
    assert np.isfinite(list(graph.positions().values())).all()


def test_notes_of_one_title_are_told_apart(tmp_path: Path, places: Places) -> None:
    notebook = open_notebook(tmp_path, places)
    first, second = (notebook.tree.create(name, kind=NoteKind.FOLDER).created[0] for name in ("Физика", "Химия"))
    one = notebook.tree.create("Введение", parent_id=first, text="[[Alone]]").created[0]
    other = notebook.tree.create("Введение", parent_id=second, text="[[Alone]]").created[0]
    alone = notebook.tree.create("Alone").created[0]
    labels = {node.id: node.label for node in notebook.graph.whole().nodes}
    assert labels[alone] == "Alone"
    assert labels[one] != labels[other]
    assert labels[one].startswith("Введение – ")
    near = {node.id: node.label for node in notebook.graph.neighbourhood(alone, 1).nodes}
    assert near[one] == labels[one]
    notebook.close()
