"""Taking a change back gives every note the name, the title and the links that it had."""

from desktop.core.notebook import Notebook
from desktop.core.records import NoteId, TreeStep
from desktop.core.store.derived import resolve_all_links


def make(notebook: Notebook, title: str, text: str = "", under: NoteId | None = None) -> NoteId:
    return notebook.tree.create(title, text=text, parent_id=under).created[0]


def state(notebook: Notebook) -> list[tuple[object, ...]]:
    sql = notebook._database.read()
    notes = sql.execute("SELECT id, parent_id, name, title, text FROM note WHERE trashed_at IS NULL ORDER BY id")
    links = sql.execute("SELECT source_id, start, target, target_id FROM link ORDER BY source_id, start")
    return [*notes.fetchall(), *links.fetchall()]


def is_settled(notebook: Notebook) -> bool:
    """Tell whether the stored targets of links are those that a look at all of them finds."""
    before = state(notebook)
    with notebook._database.write() as transaction:
        resolve_all_links(transaction.sql)
    return state(notebook) == before


def test_a_note_that_was_numbered_where_it_went_gets_its_name_back(notebook: Notebook) -> None:
    note_id = make(notebook, "a")
    folder = make(notebook, "F")
    make(notebook, "a", "", folder)
    make(notebook, "s", "[w](../a.md) [[/a]] [[a]] [x](a.md)", make(notebook, "G"))
    before = state(notebook)
    changes = notebook.tree.move([note_id], folder)
    moved = state(notebook)
    assert notebook.tree.head(note_id).name == "a 2"
    assert changes.undo is not None
    back = notebook.tree.apply(changes.undo)
    assert state(notebook) == before
    assert back.undo is not None
    again = notebook.tree.apply(back.undo)
    assert state(notebook) == moved
    assert again.undo is not None
    notebook.tree.apply(again.undo)
    assert state(notebook) == before
    assert is_settled(notebook)


def test_a_name_that_the_user_gave_since_is_not_taken_back(notebook: Notebook) -> None:
    note_id, folder = make(notebook, "a"), make(notebook, "F")
    make(notebook, "a", "", folder)
    changes = notebook.tree.move([note_id], folder)
    notebook.tree.apply(TreeStep("names", (note_id,), title="New", name="New"))
    assert changes.undo is not None
    notebook.tree.apply(changes.undo)
    assert (notebook.tree.head(note_id).parent_id, notebook.tree.head(note_id).name) == (None, "New")


def test_notes_that_change_places_get_their_names_back(notebook: Notebook) -> None:
    one, two = make(notebook, "1"), make(notebook, "2")
    first, second = make(notebook, "a", "", one), make(notebook, "a", "", two)
    before = state(notebook)
    changes = notebook.tree.move([first, second], None)
    assert [notebook.tree.head(n).name for n in (first, second)] == ["a", "a 2"]
    assert changes.undo is not None
    notebook.tree.apply(changes.undo)
    assert state(notebook) == before


def test_the_children_of_a_merged_note_get_their_names_back(notebook: Notebook) -> None:
    source, into = make(notebook, "source"), make(notebook, "into")
    make(notebook, "index", "", into)
    make(notebook, "index", "[x](index.md) [[index]]", source)
    make(notebook, "s", "[x](source/index.md) [[source/index]] [[index]]")
    before = state(notebook)
    changes = notebook.passages.merge(source, into)
    assert changes.undo is not None
    notebook.tree.apply(changes.undo)
    assert state(notebook) == before
    assert is_settled(notebook)


def test_the_undo_of_a_heading_renames_no_note(notebook: Notebook) -> None:
    note_id = make(notebook, "T", "# A\n\n[[T]]")
    before = state(notebook)
    changes = notebook.tree.rename_heading(note_id, 0, "T")
    assert changes.undo is not None
    notebook.tree.apply(changes.undo)
    assert state(notebook) == before
