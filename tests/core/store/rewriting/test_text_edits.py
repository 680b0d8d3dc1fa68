"""Edits of several texts: one transaction, and back byte for byte, also in texts that were edited since."""

import pytest

from desktop.core.errors import NoteNotFound, SaveConflict
from desktop.core.notebook import Notebook
from desktop.core.records import Changes, NoteId, TextEdit, TreeStep
from desktop.core.store import tree_changes
from desktop.core.store.rewriting.text_edits import apply_edits, edited, join_changes

TEXT = "\ufeff# Модель\r\n\r\nОдно [[слово]] и ещё [[слово]].\r\n\r\nКонец\r\n"


def make(notebook: Notebook, title: str, text: str) -> NoteId:
    return notebook.tree.create(title, text=text).created[0]


def text_of(notebook: Notebook, note_id: NoteId) -> str:
    return notebook.notes.read(note_id).text


def edit(notebook: Notebook, edits: dict[NoteId, list[TextEdit]]) -> Changes:
    with notebook._database.write() as transaction:
        return apply_edits(transaction, edits, "test")


def at(text: str, words: str, new: str, after: int = 0) -> TextEdit:
    start = text.index(words, after)
    return TextEdit(start, start + len(words), new)


def test_edits_of_several_notes_are_one_change_and_go_back_byte_for_byte(notebook: Notebook) -> None:
    target = make(notebook, "Слово", "")
    other = make(notebook, "Другое", "")
    one, two = make(notebook, "one", TEXT), make(notebook, "two", "[[слово]]")
    first = at(TEXT, "слово", "Другое")
    changes = edit(notebook, {
        one: [first, at(TEXT, "слово", "Другое", first.end)], two: [TextEdit(2, 7, "Другое|x")],
    })  # fmt: skip
    assert changes.edited == {one, two}
    assert changes.origin == "test"
    assert text_of(notebook, one) == TEXT.replace("[[слово]]", "[[Другое]]")
    assert notebook.links.backlink_count(target) == 0
    assert notebook.links.backlink_count(other) == 3
    assert changes.undo is not None
    undone = notebook.tree.apply(changes.undo)
    assert (text_of(notebook, one), text_of(notebook, two)) == (TEXT, "[[слово]]")
    assert notebook.links.backlink_count(target) == 3
    assert undone.undo is not None
    notebook.tree.apply(undone.undo)
    assert text_of(notebook, two) == "[[Другое|x]]"


def test_a_place_is_found_again_in_a_text_that_was_edited_since(notebook: Notebook) -> None:
    text = "".join(f"Line {n} names [[old]] here.\n" for n in range(40))
    note_id = make(notebook, "n", text)
    places = [at(text, "old", "newer", text.index(f"Line {n} ")) for n in (3, 17, 30)]
    changes = edit(notebook, {note_id: places})
    now = text_of(notebook, note_id)
    since = "Ahead.\n" + now.replace("Line 10 names [[old]] here.\n", "").replace("Line 16 names", "Line 16 says")
    notebook.notes.save(note_id, since, changes.versions[note_id])
    assert changes.undo is not None
    notebook.tree.apply(changes.undo)
    assert text_of(notebook, note_id) == since.replace("newer", "old")


def test_what_cannot_be_found_again_changes_nothing_and_says_so(notebook: Notebook) -> None:
    one, two = make(notebook, "One", "a [[old]] b"), make(notebook, "Two", "c [[old]] d")
    changes = edit(notebook, {one: [TextEdit(4, 7, "new")], two: [TextEdit(4, 7, "new")]})
    notebook.notes.save(two, "all is another", changes.versions[two])
    assert changes.undo is not None
    with pytest.raises(SaveConflict, match="“Two” was changed there since"):
        notebook.tree.apply(changes.undo)
    assert text_of(notebook, one) == "a [[new]] b"
    assert text_of(notebook, two) == "all is another"


def test_a_title_that_followed_a_heading_goes_back_with_it(notebook: Notebook) -> None:
    note_id = make(notebook, "Old", "# Old\n\nwords")
    changes = edit(notebook, {note_id: [TextEdit(2, 5, "New")]})
    assert notebook.tree.head(note_id).title == "New"
    assert changes.undo is not None
    back = notebook.tree.apply(changes.undo)
    head = notebook.tree.head(note_id)
    assert (head.title, head.name, text_of(notebook, note_id)) == ("Old", "Old", "# Old\n\nwords")
    assert back.undo is not None
    notebook.tree.apply(back.undo)
    assert (notebook.tree.head(note_id).title, text_of(notebook, note_id)) == ("New", "# New\n\nwords")


def test_a_step_of_several_is_applied_as_one_or_not_at_all(notebook: Notebook) -> None:
    source = make(notebook, "source", "Keep. Take this out. Keep.")
    with notebook._database.write() as transaction:
        made = tree_changes.create_note(transaction, "Taken", text="Take this out.")
        cut = apply_edits(transaction, {source: [TextEdit(6, 20, "[[Taken]]")]})
        changes = join_changes(made, cut)
    assert changes.created == made.created
    assert changes.edited == {source}
    assert changes.undo is not None
    undone = notebook.tree.apply(changes.undo)
    assert text_of(notebook, source) == "Keep. Take this out. Keep."
    assert undone.trashed == set(made.created)
    assert undone.undo is not None
    notebook.tree.apply(undone.undo)
    assert text_of(notebook, source) == "Keep. [[Taken]] Keep."
    assert notebook.tree.head(made.created[0]).trashed_at is None
    bad = TreeStep("all", (source,), steps=(changes.undo, TreeStep("kind", (NoteId(999),), title="note")))
    with pytest.raises(NoteNotFound):
        notebook.tree.apply(bad)
    assert text_of(notebook, source) == "Keep. [[Taken]] Keep."


def test_a_part_without_a_way_back_leaves_the_whole_without_one() -> None:
    step = TreeStep("trash", (NoteId(1),))
    able, unable = Changes(created=(NoteId(1),), undo=step), Changes(edited=frozenset({NoteId(2)}))
    assert join_changes(able, Changes()).undo == step
    assert join_changes(able, unable).undo is None


def test_edits_that_meet_are_refused(notebook: Notebook) -> None:
    with pytest.raises(ValueError, match="ascending"):
        edited("abc", [TextEdit(1, 2, ""), TextEdit(0, 1, "")])
    with pytest.raises(ValueError, match="ascending"):
        edited("abc", [TextEdit(2, 4, "")])
