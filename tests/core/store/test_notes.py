"""Saving: to the right note, at the right version, with everything that follows from the text."""

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from desktop.core.errors import AmbiguousNote, NoteNotFound, SaveConflict
from desktop.core.notebook import Notebook
from desktop.core.records import NoteId
from desktop.core.store.derived import resolve_all_links


def make(notebook: Notebook, title: str, text: str = "", parent_id: NoteId | None = None) -> NoteId:
    return notebook.tree.create(title, text=text, parent_id=parent_id).created[0]


def write(notebook: Notebook, note_id: NoteId, text: str) -> int:
    return notebook.notes.save(note_id, text, notebook.notes.read(note_id).head.version).versions[note_id]


def test_save_is_compare_and_swap(notebook: Notebook) -> None:
    note_id = make(notebook, "a", "one")
    changes = notebook.notes.save(note_id, "two", 1, origin="editor")
    assert changes.versions == {note_id: 2}
    assert changes.edited == {note_id}
    with pytest.raises(SaveConflict):
        notebook.notes.save(note_id, "three", 1)
    assert notebook.notes.read(note_id).text == "two"


def test_saving_the_same_text_changes_nothing(notebook: Notebook) -> None:
    note_id = make(notebook, "a", "one")
    changes = notebook.notes.save(note_id, "one", 1)
    assert not changes
    assert changes.versions == {note_id: 1}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_any_text_comes_back_as_it_was(notebook: Notebook, text: str) -> None:
    note_id = make(notebook, "x")
    notebook.notes.save(note_id, text, 1)
    assert notebook.notes.read(note_id).text == text


def test_lone_surrogates_cannot_be_kept_and_lose_nothing_else(notebook: Notebook) -> None:
    note_id = make(notebook, "x")
    notebook.notes.save(note_id, "до \ud800 после", 1)
    assert notebook.notes.read(note_id).text == "до \ufffd после"


def test_sections_links_and_tags_follow_the_text(notebook: Notebook) -> None:
    target = make(notebook, "Модель")
    note_id = make(notebook, "a")
    write(notebook, note_id, "# a\n\n## Б\n\n[[модель]] #тег\n")
    assert [section.title for section in notebook.notes.sections(note_id)] == ["a", "Б"]
    assert [link.source.id for link in notebook.links.backlinks(target)] == [note_id]
    write(notebook, note_id, "пусто")
    assert notebook.notes.sections(note_id) == ()
    assert notebook.links.backlinks(target) == []
    assert notebook.tree.tags() == []


def test_title_follows_the_heading_while_both_are_alike(notebook: Notebook) -> None:
    note_id = make(notebook, "Тема", "# Тема\n")
    changes = notebook.notes.save(note_id, "# Тема 2\n", 1)
    assert changes.renamed == {note_id}
    head = notebook.tree.head(note_id)
    assert (head.title, head.name) == ("Тема 2", "Тема 2")
    notebook.tree.rename(note_id, "Моё")
    write(notebook, note_id, "# Совсем другое\n")
    assert notebook.tree.head(note_id).title == "Совсем другое"


def test_title_of_its_own_stays(notebook: Notebook) -> None:
    note_id = make(notebook, "Своё", "# Заголовок\n")
    write(notebook, note_id, "# Заголовок новый\n")
    assert notebook.tree.head(note_id).title == "Своё"


def test_name_stays_while_links_use_it(notebook: Notebook) -> None:
    note_id = make(notebook, "Тема", "# Тема\n")
    other = make(notebook, "b", "[[Тема]]")
    write(notebook, note_id, "# Тема новая\n")
    assert notebook.tree.head(note_id).name == "Тема"
    assert notebook.links.outgoing(other)[0].target is not None


def test_links_resolve_when_their_note_appears_and_goes(notebook: Notebook) -> None:
    note_id = make(notebook, "a", "[[Позже]] и [[Псевдоним]]")
    assert len(notebook.links.unresolved(note_id)) == 2
    later = notebook.tree.create("Позже", text="---\naliases: [Псевдоним]\n---\n")
    assert note_id in later.relinked
    assert notebook.links.unresolved(note_id) == []
    notebook.tree.trash_notes([later.created[0]])
    assert len(notebook.links.unresolved(note_id)) == 2


def test_older_text_is_kept_before_much_is_lost(notebook: Notebook) -> None:
    note_id = make(notebook, "a", "слово " * 100)
    write(notebook, note_id, "слово " * 101)
    write(notebook, note_id, "")
    texts = [notebook.history.text(revision.id) for revision in notebook.history.revisions(note_id)]
    assert texts == ["слово " * 101, "слово " * 100]


def test_find_by_every_kind_of_reference(notebook: Notebook) -> None:
    folder = make(notebook, "Курс")
    note_id = make(notebook, "Лекция: введение", "---\naliases: Интро\n---\n", folder)
    head = notebook.tree.head(note_id)
    for reference in (str(note_id), head.uid, f"курс/{head.name}", head.name.upper(), head.title, "интро"):
        assert notebook.notes.find(reference) == note_id
    with pytest.raises(NoteNotFound, match="no note"):
        notebook.notes.find("нет такой")


def test_ambiguous_reference_lists_the_candidates(notebook: Notebook) -> None:
    one, two = make(notebook, "A"), make(notebook, "B")
    make(notebook, "index", parent_id=one)
    make(notebook, "index", parent_id=two)
    with pytest.raises(AmbiguousNote) as caught:
        notebook.notes.find("index")
    assert {candidate.split(" ", 1)[1] for candidate in caught.value.candidates} == {"A/index", "B/index"}


def test_the_name_stays_while_a_path_that_a_link_says_runs_through_it(notebook: Notebook) -> None:
    parent = make(notebook, "P", "# P\n")
    child = make(notebook, "C", parent_id=parent)
    other = make(notebook, "C", parent_id=make(notebook, "Q"))
    source = make(notebook, "s", "[[P/C]] [[Q/C]] [x](P/C.md)")
    notebook.notes.save(parent, "# P2\n", 1)
    assert (notebook.tree.head(parent).title, notebook.tree.head(parent).name) == ("P2", "P")
    assert [link.target.id for link in notebook.links.outgoing(source) if link.target] == [child, other, child]
    with notebook._database.write() as transaction:
        assert not resolve_all_links(transaction.sql)


def test_the_name_stays_while_a_link_finds_a_note_below_by_the_order_of_the_alphabet(notebook: Notebook) -> None:
    parent = make(notebook, "P", "# P\n")
    child = make(notebook, "C", parent_id=parent)
    make(notebook, "C", parent_id=make(notebook, "Q"))
    source = make(notebook, "s", "[[C]]")
    notebook.notes.save(parent, "# R\n", 1)
    assert notebook.tree.head(parent).name == "P"
    assert notebook.links.resolve("C", source) == child


def test_links_to_what_stands_below_a_name_are_resolved_when_it_follows(notebook: Notebook) -> None:
    parent = make(notebook, "P", "# P\n")
    child = make(notebook, "C", parent_id=parent)
    source = make(notebook, "s", "[[New/C]] [[C]]")
    changes = notebook.notes.save(parent, "# New\n", 1)
    assert notebook.tree.head(parent).name == "New"
    assert source in changes.relinked
    assert [link.target.id for link in notebook.links.outgoing(source) if link.target] == [child, child]
