"""The tree: every change, its notice, and the step that takes it back."""

from pathlib import Path

import pytest

from desktop.core.errors import NoteNotFound, TreeError
from desktop.core.notebook import Notebook
from desktop.core.records import NoteId, NoteKind


def titles(notebook: Notebook, parent_id: NoteId | None = None) -> list[str]:
    return [head.title for head in notebook.tree.children(parent_id)]


def make(notebook: Notebook, *names: str, under: NoteId | None = None) -> list[NoteId]:
    return [notebook.tree.create(name, parent_id=under).created[0] for name in names]


def test_create_tells_what_it_did_and_can_be_undone(notebook: Notebook) -> None:
    changes = notebook.tree.create("  Лекция \n 1 ", NoteKind.LECTURE, origin="test")
    head = notebook.tree.head(changes.created[0])
    assert (head.title, head.name, head.kind) == ("Лекция 1", "Лекция 1", NoteKind.LECTURE)
    assert changes.origin == "test"
    assert changes.parents == {None}
    assert changes.undo is not None
    undone = notebook.tree.apply(changes.undo)
    assert undone.trashed == {head.id}
    assert titles(notebook) == []
    assert undone.undo is not None
    notebook.tree.apply(undone.undo)
    assert titles(notebook) == ["Лекция 1"]


def test_names_are_unique_under_a_parent_when_case_is_ignored(notebook: Notebook) -> None:
    ids = make(notebook, "Ёлка", "елка", "ЁЛКА")
    assert [notebook.tree.head(n).name for n in ids] == ["Ёлка", "елка 2", "ЁЛКА 3"]
    inside = make(notebook, "ёлка", under=ids[0])[0]
    assert notebook.tree.head(inside).name == "ёлка"


def test_names_hold_nothing_that_links_or_paths_give_a_meaning(notebook: Notebook) -> None:
    note_id = make(notebook, "a/b [[c]] #d|e^f\\g")[0]
    assert notebook.tree.head(note_id).name == "a b c d e f g"
    assert notebook.tree.head(note_id).title == "a/b [[c]] #d|e^f\\g"


def test_position_on_create(notebook: Notebook) -> None:
    make(notebook, "a", "b")
    notebook.tree.create("first", position=0)
    assert titles(notebook) == ["first", "a", "b"]


@pytest.mark.parametrize(
    ("moved", "to", "expected"),
    [
        ([0], 3, "bcad"),
        ([3], 0, "dabc"),
        ([0, 1], None, "cdab"),
        ([1, 3], 0, "bdac"),
        ([0], 0, "abcd"),
        ([1], 2, "abcd"),
    ],
)
def test_move_among_siblings_and_back(notebook: Notebook, moved: list[int], to: int | None, expected: str) -> None:
    ids = make(notebook, "a", "b", "c", "d")
    changes = notebook.tree.move([ids[n] for n in moved], None, to)
    assert "".join(titles(notebook)) == expected
    assert changes.undo is not None
    back = notebook.tree.apply(changes.undo)
    assert "".join(titles(notebook)) == "abcd"
    assert back.undo is not None
    notebook.tree.apply(back.undo)
    assert "".join(titles(notebook)) == expected


def test_move_under_another_note_and_back(notebook: Notebook) -> None:
    a, b, _c = make(notebook, "a", "b", "c")
    inside = make(notebook, "B", under=a)[0]
    changes = notebook.tree.move([b], a)
    assert changes.parents == {None, a}
    assert [notebook.tree.head(n).name for n in (inside, b)] == ["B", "b 2"]
    assert changes.undo is not None
    notebook.tree.apply(changes.undo)
    assert titles(notebook) == ["a", "b", "c"]


def test_a_note_cannot_stand_under_itself(notebook: Notebook) -> None:
    a = make(notebook, "a")[0]
    b = make(notebook, "b", under=a)[0]
    for target in (a, b):
        with pytest.raises(TreeError, match="under itself"):
            notebook.tree.move([a], target)
    assert titles(notebook) == ["a"]


def test_trash_takes_everything_below_and_restore_brings_exactly_that_back(notebook: Notebook) -> None:
    a = make(notebook, "a")[0]
    b, c = make(notebook, "b", "c", under=a)
    make(notebook, "d", under=b)
    notebook.tree.trash_notes([c])
    gone = notebook.tree.trash_notes([a])
    assert len(gone.trashed) == 3
    assert titles(notebook) == []
    assert [head.title for head in notebook.tree.trash()] == ["a", "c"]
    notebook.tree.restore([a])
    assert titles(notebook, a) == ["b"]
    assert [head.title for head in notebook.tree.trash()] == ["c"]


def test_restore_goes_to_the_root_when_the_parent_is_in_the_trash(notebook: Notebook) -> None:
    a = make(notebook, "a")[0]
    b = make(notebook, "b", under=a)[0]
    notebook.tree.trash_notes([b])
    notebook.tree.trash_notes([a])
    notebook.tree.restore([b])
    assert titles(notebook) == ["b"]


def test_restore_finds_a_free_name(notebook: Notebook) -> None:
    a = make(notebook, "a")[0]
    notebook.tree.trash_notes([a])
    make(notebook, "A")
    notebook.tree.restore([a])
    assert notebook.tree.head(a).name == "a 2"


def test_only_trash_is_deleted_for_good(notebook: Notebook) -> None:
    a = make(notebook, "a")[0]
    b = make(notebook, "b", under=a)[0]
    with pytest.raises(TreeError, match="trash"):
        notebook.tree.delete_forever([a])
    notebook.tree.trash_notes([a])
    assert notebook.tree.delete_forever([a]).deleted == {a, b}
    with pytest.raises(NoteNotFound):
        notebook.tree.head(b)


def test_kind_can_be_changed_and_taken_back(notebook: Notebook) -> None:
    a = make(notebook, "a")[0]
    changes = notebook.tree.set_kind(a, NoteKind.DIGEST)
    assert notebook.tree.head(a).kind is NoteKind.DIGEST
    assert changes.undo is not None
    notebook.tree.apply(changes.undo)
    assert notebook.tree.head(a).kind is NoteKind.NOTE


def test_pages_rows_and_counts(notebook: Notebook) -> None:
    ids = make(notebook, *(f"n{number:03}" for number in range(25)))
    assert [head.id for head in notebook.tree.children(None, 10, 5)] == ids[10:15]
    assert notebook.tree.row(ids[17]) == 17
    assert notebook.tree.count(None) == notebook.tree.total() == 25
    assert [head.title for head in notebook.tree.filter("N01")] == [f"n01{n}" for n in range(10)]


def test_tags_are_counted_over_living_notes(notebook: Notebook) -> None:
    a = notebook.tree.create("a", text="#Тег и #ml/rag\n").created[0]
    notebook.tree.create("b", text="---\ntags: [тег]\n---\nx\n")
    assert notebook.tree.tags() == [("ml/rag", 1), ("Тег", 2)]
    notebook.tree.trash_notes([a])
    assert notebook.tree.tags() == [("тег", 1)]


def test_the_id_of_a_deleted_note_never_comes_again(notebook: Notebook, tmp_path: Path) -> None:
    gone = notebook.tree.create("gone").created[0]
    notebook.tree.trash_notes([gone])
    notebook.tree.delete_forever([gone])
    (tmp_path / "new.md").write_text("# New\n", encoding="utf-8")
    ids = [notebook.exchange.import_paths([tmp_path / "new.md"]).notes[0].id, notebook.tree.create("new").created[0]]
    assert gone not in ids
    with pytest.raises(NoteNotFound):  # a late save of the deleted note must not meet another
        notebook.notes.save(gone, "late", 1)


def test_a_full_trash_is_emptied_in_any_order(notebook: Notebook) -> None:
    top = notebook.tree.create("top").created[0]
    below = notebook.tree.create("below", parent_id=top).created[0]
    others = [notebook.tree.create(f"n{number}").created[0] for number in range(501)]
    notebook.tree.trash_notes([top, *others])
    assert len(notebook.tree.delete_forever([below, *others, top]).deleted) == 503
    assert notebook.safety.check().problems == ()


def test_many_namesakes_are_numbered_at_once(notebook: Notebook) -> None:
    names = []
    for _ in range(12):
        names.append(notebook.tree.head(notebook.tree.create("Имя").created[0]).name)
    notebook.tree.create("Имя! 13")
    assert names == ["Имя", *(f"Имя {number}" for number in range(2, 13))]


def test_filter_takes_every_character_as_it_is(notebook: Notebook) -> None:
    make(notebook, "100% sure", "snake_case", "Straße", "ЁЖИК", "İstanbul", "it's")
    found = {text: [head.title for head in notebook.tree.filter(text)] for text in ("%", "_", "STRASSE", "ежик", "'")}
    assert found == {
        "%": ["100% sure"], "_": ["snake_case"], "STRASSE": ["Straße"], "ежик": ["ЁЖИК"], "'": ["it's"],
    }  # fmt: skip
    assert [head.title for head in notebook.tree.filter("İSTANBUL")] == ["İstanbul"]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        (".", "Untitled"), (" .. ", "Untitled"), ("...", "..."), ("`a` b`c", "a b c"),
        ("p%%q %%%", "p%q %"),
        ("5 %", "5 %"),
    ],
)
def test_no_name_is_the_way_to_a_folder_or_begins_code_or_a_comment(
    notebook: Notebook, title: str, name: str
) -> None:
    assert notebook.tree.head(make(notebook, title)[0]).name == name


def test_a_note_that_is_moved_away_and_back_leaves_all_positions_as_they_were(notebook: Notebook) -> None:
    ids = [notebook.tree.create(name).created[0] for name in "abc"]
    positions = [notebook.tree.head(note_id).position for note_id in ids]
    for moving, parent in ((0, 1), (1, 2), (2, 0)):
        undo = notebook.tree.move([ids[moving]], ids[parent]).undo
        assert undo is not None
        notebook.tree.apply(undo)
        assert [notebook.tree.head(note_id).position for note_id in ids] == positions
