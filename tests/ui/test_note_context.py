"""What the library adds to the open note's page, and when it is told."""

import time
from collections.abc import Callable

import pytest

from desktop.core.notebook import Notebook
from desktop.core.page.page_context import PageContext
from desktop.core.records import NoteId
from desktop.core.store.links.embeds import block_text
from desktop.core.text.blocks import find_block
from desktop.core.text.dead_anchors import dead_in
from desktop.ui.note_context import NoteContext, names_in
from desktop.ui.workspace import LiveText, Workspace

Wait = Callable[..., None]
Library = tuple[Notebook, dict[str, NoteId]]
ADDRESS = "https://img.example/a_(1).png"
TEXT = f"![[Data]] [[Survey#Results|x]] [[Nowhere]] ![[scheme.png|300]] ![[Survey#Results]] ![i]({ADDRESS})\n"


@pytest.fixture
def told(workspace: Workspace) -> list[tuple[NoteId, PageContext]]:
    """Collect what is told; the context listens from now on."""
    found: list[tuple[NoteId, PageContext]] = []
    workspace.note_context.changed.connect(lambda note_id, context: found.append((note_id, context)))
    return found


def opened(workspace: Workspace, notes: Library, text: str) -> NoteId:
    """Make a note and open it."""
    note_id = notes[0].tree.create("Page", text=text).created[0]
    workspace.open_note(note_id)
    return note_id


def test_names_are_found_as_the_page_asks_for_them() -> None:
    names = names_in("a [[X|label]] ![[Y#s\\|300]] ![[p.png]] | [[#here]] ![i](https://x.example/a?b=1&amp;c).")
    assert names.targets == {"X", "Y"}
    assert names.embeds == {"Y#s"}
    assert "https://x.example/a?b=1&c" in names.addresses
    assert not names_in("https://x.example").addresses  # no images, so nobody asks


def test_an_opened_note_is_looked_up(
    workspace: Workspace, notes: Library, told: list[tuple[NoteId, PageContext]], wait_until: Wait
) -> None:
    notes[0].attachments.keep_copy(ADDRESS, "a.png", "image/png", b"x")
    note_id = opened(workspace, notes, TEXT)
    assert workspace.note_context.of(note_id).empty  # not known yet, and nobody waits
    wait_until(lambda: bool(told))
    context = workspace.note_context.of(note_id)
    assert told == [(note_id, context)]
    assert context.missing == {"Nowhere"}
    assert context.stored == {ADDRESS}
    assert context.embeds["Data"].text.strip() == "Plain text. Nothing to see."  # its heading is the frame's title
    assert context.embeds["Survey#Results"].title == "Survey › Results"
    assert "We cleaned" in context.embeds["Survey#Results"].text
    assert "## Results" not in context.embeds["Survey#Results"].text


def test_a_key_that_names_nothing_new_asks_nothing(
    workspace: Workspace,
    notes: Library,
    told: list[tuple[NoteId, PageContext]],
    wait_until: Wait,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    note_id = opened(workspace, notes, "[[Nowhere]]\n")
    wait_until(lambda: bool(told))
    asked: list[object] = []
    missing = notes[0].links.missing
    monkeypatch.setattr(notes[0].links, "missing", lambda *names: asked.append(names) or missing(*names))
    workspace.text_edited.emit(LiveText(note_id, 2, "[[Nowhere]] words\n"))
    timer = workspace.note_context._timer
    wait_until(lambda: not timer.isActive())
    workspace.text_edited.emit(LiveText(note_id, 3, "[[Nowhere]] [[Data]] [[Lost]]\n"))
    wait_until(lambda: len(told) == 2)
    assert len(asked) == 1
    assert told[-1][1].missing == {"Nowhere", "Lost"}


def test_a_note_that_is_made_is_missing_no_more(
    workspace: Workspace, notes: Library, told: list[tuple[NoteId, PageContext]], wait_until: Wait
) -> None:
    opened(workspace, notes, "[[Nowhere]]\n")
    wait_until(lambda: bool(told))
    workspace.write(lambda: notes[0].tree.create("Nowhere", text="words"))
    wait_until(lambda: len(told) == 2)
    assert told[-1][1].missing == frozenset()


def test_places_that_are_not_there_are_missing_until_they_are(
    workspace: Workspace, notes: Library, told: list[tuple[NoteId, PageContext]], wait_until: Wait
) -> None:
    text = "# Page\n\n[[Survey#Results]] [[Survey # No such|x]] ![[Survey#^gone]] [[Nowhere#x]] [[#Page]] [[#Gone]]\n"
    note_id = opened(workspace, notes, text)
    wait_until(lambda: bool(told))
    assert told[-1][1].missing == {"Survey#No such", "Survey#^gone", "Nowhere", "#Gone"}

    survey = notes[0].notes.read(notes[1]["Survey"])
    more = f"{survey.text}\n## No such\n\nNow there is. ^gone\n"
    workspace.write(lambda: notes[0].notes.save(survey.head.id, more, survey.head.version))
    wait_until(lambda: told[-1][1].missing == {"Nowhere", "#Gone"})

    workspace.text_edited.emit(LiveText(note_id, 2, f"{text}\n## Gone\n"))  # not stored yet
    wait_until(lambda: told[-1][1].missing == {"Nowhere"})
    workspace.text_edited.emit(LiveText(note_id, 3, text))
    wait_until(lambda: told[-1][1].missing == {"Nowhere", "#Gone"})


def test_a_note_that_names_itself_learns_of_its_headings_when_it_is_saved(
    workspace: Workspace, notes: Library, told: list[tuple[NoteId, PageContext]], wait_until: Wait
) -> None:
    note_id = opened(workspace, notes, "[[Page#Later]]\n")
    wait_until(lambda: bool(told))
    assert told[-1][1].missing == {"Page#Later"}
    version = notes[0].tree.head(note_id).version
    workspace.write(lambda: notes[0].notes.save(note_id, "[[Page#Later]]\n\n# Later\n", version))
    wait_until(lambda: told[-1][1].missing == frozenset())


def test_many_dead_places_are_found_in_one_reading() -> None:
    text = "".join(f"## Part {number}\n\nWords. ^b{number}x\n\n" for number in range(3_000))
    alive = [f"Part {number}" for number in range(3_000)] + [f"^b{number}x" for number in range(3_000)]
    begun = time.process_time()
    assert dead_in(text, [*alive, "Part none", "^none", "^B7X", "Part 1#Part 2"]) == {
        "Part none", "^none", "Part 1#Part 2",
    }  # fmt: skip
    assert time.process_time() - begun < 3.0


def test_a_change_elsewhere_tells_nothing(
    workspace: Workspace,
    notes: Library,
    told: list[tuple[NoteId, PageContext]],
    wait_until: Wait,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened(workspace, notes, "[[Nowhere]]\n")
    wait_until(lambda: bool(told))
    answered: list[object] = []
    learn = NoteContext._learn
    monkeypatch.setattr(NoteContext, "_learn", lambda self, *of: (learn(self, *of), answered.append(of)))
    workspace.write(lambda: notes[0].tree.create("Unrelated", text="words"))
    wait_until(lambda: bool(answered))
    assert len(told) == 1


def test_an_edit_of_an_embedded_note_is_told(
    workspace: Workspace, notes: Library, told: list[tuple[NoteId, PageContext]], wait_until: Wait
) -> None:
    note_id = opened(workspace, notes, "![[Data]]\n")
    wait_until(lambda: bool(told))
    version = notes[0].tree.head(notes[1]["Data"]).version
    workspace.write(lambda: notes[0].notes.save(notes[1]["Data"], "# Data\n\nOther words.\n", version))
    wait_until(lambda: len(told) == 2)
    assert told[-1][0] == note_id
    assert "Other words" in told[-1][1].embeds["Data"].text


def test_what_cannot_be_embedded_says_so(workspace: Workspace, notes: Library) -> None:
    notes[0].attachments.add("paper.pdf", b"%PDF")
    note_id = opened(workspace, notes, "# Page\n\nwords ^b1\n")
    targets = ("Nowhere", "Page", "Data#None", "paper.pdf", "Page#^b1", "Page#^none")
    found = notes[0].links.embedded(note_id, targets)
    assert [bool(found[target].problem) for target in targets] == [True, True, True, False, False, True]
    assert found["Page#^b1"].text == "words"


def test_blocks_are_found_by_their_id() -> None:
    text = "a\nb ^one\n\n- x\n- y ^two\n\n| a |\n|---|\n| 1 |\n\n^three\n"
    found = {name: find_block(text, name) for name in ("one", "two", "three", "four")}
    shown = {name: block_text(text, block) for name, block in found.items() if block}
    assert shown == {"one": "a\nb", "two": "- y", "three": "| a |\n|---|\n| 1 |"}


def test_an_embedded_item_brings_what_stands_below_it() -> None:
    text = "- x\n  - y ^item-1\n    - z\n\n      more\n  - w\n"
    found = find_block(text, "item-1")
    assert found is not None
    assert block_text(text, found) == "- y\n  - z\n\n    more"


def test_the_context_is_made_once(workspace: Workspace) -> None:
    assert isinstance(workspace.note_context, NoteContext)
    assert workspace.note_context is workspace.note_context
