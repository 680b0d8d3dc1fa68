"""The lazy model: what it reads, what it answers, and how it follows changes."""

import random

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from desktop.core.errors import TreeError
from desktop.core.notebook import Notebook
from desktop.core.records import Changes, NoteId, NoteKind
from desktop.core.store.tree import Tree
from desktop.ui.tree.model import LibraryModel
from desktop.ui.tree.nodes import PAGE, Role

from .conftest import Shelf, make


@pytest.fixture
def model(app: object, shelf: Shelf) -> LibraryModel:
    made = LibraryModel(shelf.notebook)
    made.tester = QAbstractItemModelTester(  # type: ignore[attr-defined]
        made, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    # It read everything just now; from here on it must not read while rows are being inserted.
    made.tester.setUseFetchMore(False)  # type: ignore[attr-defined]
    return made


def titles(model: LibraryModel, parent: QModelIndex | None = None) -> list[str]:
    """Return what the loaded rows under a parent show."""
    parent = parent or QModelIndex()
    return [model.index(row, 0, parent).data() for row in range(model.rowCount(parent))]


def opened(model: LibraryModel, note_id: int) -> QModelIndex:
    """Return a note's index with its first page read."""
    index = model.find(note_id)  # type: ignore[arg-type]
    while model.canFetchMore(index):
        model.fetchMore(index)
    return index


def test_only_the_first_level_is_read(app: object, shelf: Shelf) -> None:
    model = LibraryModel(shelf.notebook)
    model.fetchMore(QModelIndex())
    assert titles(model) == ["uni", "MLOps digest", "Diary"]
    uni = model.index(0, 0)
    assert model.hasChildren(uni)
    assert model.rowCount(uni) == 0
    assert model.canFetchMore(uni)
    assert not model.hasChildren(model.index(2, 0))


def test_sections_stand_before_child_notes_and_nest(model: LibraryModel, shelf: Shelf) -> None:
    child = make(shelf.notebook, "Child", parent_id=shelf.digest)
    model.apply(Changes(created=(child,), parents=frozenset({shelf.digest})))
    digest = opened(model, shelf.digest)
    assert titles(model, digest) == ["Theory", "Practice", "Child"]
    practice = model.index(1, 0, digest)
    assert titles(model, practice) == ["Tools"]
    assert practice.data(Role.SECTION) == 1
    assert practice.data(Role.NOTE_ID) == shelf.digest
    assert practice.data(Role.KIND) is None
    assert digest.data(Role.KIND) == NoteKind.DIGEST
    assert model.parent(model.index(0, 0, practice)) == practice


def test_a_heading_that_repeats_the_title_is_left_out(model: LibraryModel, shelf: Shelf) -> None:
    lecture = opened(model, shelf.streams)
    assert titles(model, lecture) == ["Зачем нужны потоки", "Окна и водяные знаки"]


def test_pages(app: object, notebook: Notebook) -> None:
    parent = make(notebook, "Big")
    for number in range(PAGE + 5):
        make(notebook, f"n{number}", parent_id=parent)
    model = LibraryModel(notebook)
    model.fetchMore(QModelIndex())
    big = model.index(0, 0)
    model.fetchMore(big)
    assert model.rowCount(big) == PAGE
    node = model.node(big)
    assert node is not None
    assert not node.complete
    model.read_on(node)
    assert model.rowCount(big) == PAGE + 5
    assert node.complete
    assert big.data(Role.COUNT) == PAGE + 5


def test_find_reads_what_lies_between(app: object, notebook: Notebook) -> None:
    parent = make(notebook, "Big")
    last = [make(notebook, f"n{number}", parent_id=parent) for number in range(PAGE + 5)][-1]
    model = LibraryModel(notebook)
    assert model.find(last).data() == f"n{PAGE + 4}"
    assert not model.find(10_000_000).isValid()  # type: ignore[arg-type]


def test_create_rename_move_trash_keep_other_rows(model: LibraryModel, shelf: Shelf) -> None:
    tree = shelf.notebook.tree
    diary = QPersistentModelIndex(model.loaded_index(shelf.diary))
    streams = QPersistentModelIndex(opened(model, shelf.streams))
    model.apply(tree.create("Новая", parent_id=None, position=0))
    assert titles(model) == ["Новая", "uni", "MLOps digest", "Diary"]
    model.apply(tree.rename(shelf.diary, "Дневник"))
    assert diary.data() == "Дневник"
    model.apply(tree.move([shelf.diary], shelf.uni, 0))
    assert titles(model, model.loaded_index(shelf.uni)) == [
        "Дневник",
        "Основы потоковой обработки",
        "Empty lecture",
    ]
    assert diary.isValid()
    assert diary.parent().data() == "uni"
    model.apply(tree.move([shelf.diary], shelf.uni, None))
    assert titles(model, model.loaded_index(shelf.uni))[-1] == "Дневник"
    assert diary.row() == 2
    model.apply(tree.trash_notes([shelf.uni]))
    assert titles(model) == ["Новая", "MLOps digest"]
    assert not diary.isValid()
    assert not streams.isValid()


def test_the_undo_of_each_change_is_followed(model: LibraryModel, shelf: Shelf) -> None:
    tree = shelf.notebook.tree
    before = titles(model)
    for change in (
        lambda: tree.rename(shelf.diary, "Other"),
        lambda: tree.move([shelf.diary], shelf.digest, None),
        lambda: tree.trash_notes([shelf.digest]),
    ):
        changes = change()
        model.apply(changes)
        assert changes.undo is not None
        back = tree.apply(changes.undo)
        model.apply(back)
        assert titles(model) == before


def test_notes_that_change_places_with_their_parent(model: LibraryModel, shelf: Shelf) -> None:
    tree = shelf.notebook.tree
    opened(model, shelf.uni)
    out = tree.move([shelf.streams], None, 0)
    into = tree.move([shelf.uni], shelf.streams, None)
    model.apply(Changes(moved=out.moved | into.moved, parents=out.parents | into.parents))
    assert titles(model) == ["Основы потоковой обработки", "MLOps digest", "Diary"]
    assert "uni" in titles(model, opened(model, shelf.streams))
    assert titles(model, opened(model, shelf.uni)) == ["Empty lecture"]


def test_a_move_into_a_note_that_is_closed(model: LibraryModel, shelf: Shelf) -> None:
    model.apply(shelf.notebook.tree.move([shelf.diary], shelf.uni, None))
    assert titles(model) == ["uni", "MLOps digest"]
    assert model.loaded_index(shelf.uni).data(Role.COUNT) == 3
    assert titles(model, opened(model, shelf.uni))[-1] == "Diary"


def test_edited_sections_keep_their_rows(model: LibraryModel, shelf: Shelf) -> None:
    digest = opened(model, shelf.digest)
    practice = QPersistentModelIndex(model.index(1, 0, digest))
    note = shelf.notebook.notes.read(shelf.digest)
    text = "## Preface\n\n## Theory!\n\n## Practice\n\n### Tools\n"
    model.apply(shelf.notebook.notes.save(shelf.digest, text, note.head.version))
    assert titles(model, digest) == ["Preface", "Theory!", "Practice"]
    assert practice.data() == "Practice"
    assert practice.data(Role.SECTION) == 2
    version = shelf.notebook.notes.read(shelf.digest).head.version
    model.apply(shelf.notebook.notes.save(shelf.digest, "no headings", version))
    assert titles(model, digest) == []
    assert not model.hasChildren(digest)


def test_sections_that_appear_in_a_plain_note(model: LibraryModel, shelf: Shelf) -> None:
    note = shelf.notebook.notes.read(shelf.diary)
    model.apply(shelf.notebook.notes.save(shelf.diary, "# One\n\n# Two\n", note.head.version))
    assert titles(model, model.loaded_index(shelf.diary)) == ["One", "Two"]


def test_drop_asks_for_a_move(model: LibraryModel, shelf: Shelf) -> None:
    asked: list[tuple[object, ...]] = []
    model.drop_requested.connect(lambda *what: asked.append(what))
    data = model.mimeData([model.loaded_index(shelf.diary)])
    uni = model.loaded_index(shelf.uni)
    move = Qt.DropAction.MoveAction
    assert model.dropMimeData(data, move, -1, -1, uni)
    assert model.dropMimeData(data, move, 1, 0, QModelIndex())
    assert asked == [([shelf.diary], shelf.uni, None), ([shelf.diary], None, 1)]


def test_no_drop_into_itself_onto_a_section_or_from_elsewhere(model: LibraryModel, shelf: Shelf) -> None:
    uni = model.loaded_index(shelf.uni)
    streams = opened(model, shelf.streams)
    data = model.mimeData([uni])
    move = Qt.DropAction.MoveAction
    assert not model.canDropMimeData(data, move, -1, -1, streams)
    assert not model.canDropMimeData(data, move, 0, 0, uni)
    section = model.index(0, 0, streams)
    assert not model.canDropMimeData(model.mimeData([streams]), move, -1, -1, section)
    data.setData(model.mimeTypes()[0], b'{"library": "other", "notes": [1]}')
    assert not model.canDropMimeData(data, move, -1, -1, QModelIndex())
    data.setData(model.mimeTypes()[0], b"[[[")
    assert not model.canDropMimeData(data, move, -1, -1, QModelIndex())


def test_a_dragged_subtree_is_one_thing(model: LibraryModel, shelf: Shelf) -> None:
    rows = [opened(model, shelf.diary), opened(model, shelf.streams), opened(model, shelf.uni)]
    assert model.outermost(rows) == [shelf.uni, shelf.diary]


def test_an_index_that_outlived_its_note_is_harmless(model: LibraryModel, shelf: Shelf) -> None:
    stale = model.loaded_index(shelf.diary)
    model.apply(shelf.notebook.tree.trash_notes([shelf.diary]))
    assert model.data(stale) is None
    assert not model.parent(stale).isValid()
    assert model.rowCount(stale) == 0


def test_random_changes_leave_the_rows_true(model: LibraryModel, shelf: Shelf) -> None:
    """After every change the loaded rows are what a new model would show."""
    chance = random.Random(7)
    tree = shelf.notebook.tree
    trashed: list[NoteId] = []
    for number in range(120):
        living = [head.id for head in tree.living()]
        what = chance.choice(["create", "create", "move", "move", "trash", "restore", "reorder"])
        parent = chance.choice([None, *living])
        try:
            if what == "create":
                changes = tree.create(f"n{number}", parent_id=parent)
            elif what == "move":
                ids = chance.sample(living, min(len(living), chance.randint(1, 3)))
                changes = tree.move(ids, parent, chance.choice([None, 0, 1, 2]))
            elif what == "reorder" and tree.count(parent) > 1:
                siblings = [head.id for head in tree.children(parent)]
                changes = tree.move(chance.sample(siblings, 2), parent, chance.randint(0, len(siblings)))
            elif what == "trash" and living:
                trashed.append(chance.choice(living))
                changes = tree.trash_notes(trashed[-1:])
            elif trashed:
                changes = tree.restore([trashed.pop()])
            else:
                continue
        except TreeError:
            continue
        model.apply(changes)
        assert _loaded_paths(model) == _stored_paths(tree, model), (number, what)


def _loaded_paths(model: LibraryModel) -> dict[int | None, list[str]]:
    nodes = [node for node in model.root.walk() if node.loaded and node.section is None]
    return {node.note_id: [child.head.title for child in node.notes if child.head] for node in nodes}


def _stored_paths(tree: Tree, model: LibraryModel) -> dict[int | None, list[str]]:
    return {note_id: [head.title for head in tree.children(note_id)] for note_id in _loaded_paths(model)}
