"""Names with what means something in a text: no rename takes a link out of it, and one that must go is told."""

import time

import pytest

from desktop.core.errors import TreeError
from desktop.core.notebook import Notebook
from desktop.core.records import NoteId
from desktop.core.text.heading_writing import as_it_was
from desktop.core.text.outline import scan_sections


def make(notebook: Notebook, title: str, text: str = "", under: NoteId | None = None) -> NoteId:
    return notebook.tree.create(title, text=text, parent_id=under).created[0]


def text_of(notebook: Notebook, note_id: NoteId) -> str:
    return notebook.notes.read(note_id).text


def led(notebook: Notebook, note_id: NoteId) -> list[NoteId | None]:
    return [link.target and link.target.id for link in notebook.links.outgoing(note_id)]


@pytest.mark.parametrize(
    "title",
    ["a`b", "`", "p%%q", "%% x %%", "a&amp;b", "&#35;", "R&D", "..", ".", "it's", "50 % <b>", "<!-- x", "x $y$", "$",
     "{{x}}", "a \\( b \\)", "http://x.example/y", "C:\\x"],
)  # fmt: skip
@pytest.mark.parametrize(
    "text",
    [
        "lone ` here [[Old]] end", "| a ` | [[Old]] |\n|--|--|\n| x | [[Old\\|y]] |\n", "![[Old/a]] [w](10%%20off#h)",
        "[w](Old.md) [v](<Old.md>) [v](<Old.md#a b>) [r][q]\n\n[q]: Old.md\n", "%%  [[Old]]", "costs $5 [[Old]] $",
        "a < b [[Old]] and > more [[Old]]", "---\nb: '[[Old|x]]'\na: \"[[Old]]\"\n---\n[[Old]]",
    ],
)  # fmt: skip
def test_no_title_takes_a_link_away(notebook: Notebook, title: str, text: str) -> None:
    note_id = make(notebook, "Old", "# Old\n\n[[#Old]] [[Old]]\n")
    make(notebook, "a", "", note_id)
    source = make(notebook, "s", text)
    before, places = led(notebook, source), len(notebook.links.outgoing(source))
    changes = notebook.tree.rename(note_id, title)
    after = led(notebook, source)
    assert len(after) == places
    if changes.remark:
        lost = [link for link in after if link is None]
        assert changes.remark.endswith(f" {len(lost) - before.count(None)}.")
    else:
        assert after == before
    assert led(notebook, note_id)[-2:] == [None, note_id]
    assert changes.undo is not None
    notebook.tree.apply(changes.undo)
    assert text_of(notebook, source) == text
    assert led(notebook, source) == before


def test_what_cannot_be_written_is_told_and_left(notebook: Notebook) -> None:
    note_id = make(notebook, "Old")
    source = make(notebook, "s", "costs $x and [[Old]] here, [[Old|too]]")
    other = make(notebook, "t", "[[Old]]")
    assert len(notebook.tree.plan_rename(note_id, "y$ z")) == 1
    changes = notebook.tree.rename(note_id, "y$ z")
    assert text_of(notebook, source) == "costs $x and [[Old]] here, [[Old|too]]"
    assert text_of(notebook, other) == "[[y$ z]]"
    assert changes.remark == "Links that could not be written anew and lead nowhere now: 2."


def test_a_quotation_mark_in_a_quoted_property_is_doubled_and_read_again(notebook: Notebook) -> None:
    note_id = make(notebook, "Old")
    source = make(notebook, "s", "---\nb: '[[Old|x]]'\na: \"[[Old]]\"\n---\n")
    changes = notebook.tree.rename(note_id, "b'c")
    assert text_of(notebook, source) == "---\nb: '[[b''c|x]]'\na: \"[[b'c]]\"\n---\n"
    assert led(notebook, source) == [note_id, note_id]
    assert not changes.remark
    told = notebook.tree.rename(note_id, 'd "e" f')
    assert text_of(notebook, source) == "---\nb: '[[d \"e\" f|x]]'\na: \"[[b'c]]\"\n---\n"
    assert told.remark


def test_a_heading_keeps_the_link_in_it(notebook: Notebook) -> None:
    other = make(notebook, "p")
    note_id = make(notebook, "Big p", "# Big [[p]]\n")
    changes = notebook.tree.rename(note_id, "New")
    assert text_of(notebook, note_id) == "# Big [[p]]\n"
    assert led(notebook, note_id) == [other]
    assert notebook.tree.head(note_id).title == "New"
    assert changes.undo is not None
    notebook.tree.apply(changes.undo)
    assert notebook.tree.head(note_id).title == "Big p"


@pytest.mark.parametrize("heading", ["## [[Note A|Note]] A", "## [[Note A]]", "## x [w](NoteA.md)"])
def test_the_words_of_a_heading_are_no_target_of_a_link_in_it(notebook: Notebook, heading: str) -> None:
    other = make(notebook, "Note A")
    make(notebook, "NoteA")
    note_id = make(notebook, "n", f"# n\n\n{heading}\n")
    before = led(notebook, note_id)
    with pytest.raises(TreeError):
        notebook.tree.rename_heading(note_id, 1, "X")
    assert text_of(notebook, note_id) == f"# n\n\n{heading}\n"
    assert led(notebook, note_id) == before
    assert notebook.tree.head(other).title == "Note A"


def test_the_words_before_a_block_id_are_replaced_and_the_id_stays(notebook: Notebook) -> None:
    note_id = make(notebook, "n", "## *The* thing ^bid\n\n[[#^bid]]\n")
    notebook.tree.rename_heading(note_id, 0, "X y")
    assert text_of(notebook, note_id) == "## X y ^bid\n\n[[#^bid]]\n"


def test_many_headings_of_the_same_words_are_numbered_at_once() -> None:
    sections = scan_sections("# Old\n\n" + "## a\n\n" * 15_000)
    started = time.process_time()
    slugs = [section.slug for section in as_it_was(sections, 0, "a")]
    assert time.process_time() - started < 1
    assert slugs[:3] + slugs[-1:] == ["a", "a-1", "a-2", "a-15000"]


def test_a_move_tells_of_links_that_it_cannot_write(notebook: Notebook) -> None:
    other = make(notebook, "x", "", make(notebook, "a$ b"))
    note_id = make(notebook, "x")
    source = make(notebook, "s", "costs $y and [[x]] here")
    assert led(notebook, source) == [note_id]
    make(notebook, "x", "", make(notebook, "0"))
    changes = notebook.tree.move([note_id], notebook.notes.find("a$ b"))
    assert notebook.tree.head(other).name == "x"
    assert changes.remark or led(notebook, source) == [note_id]
    assert len(notebook.links.outgoing(source)) == 1
    assert changes.undo is not None
    notebook.tree.apply(changes.undo)
    assert led(notebook, source) == [note_id]
