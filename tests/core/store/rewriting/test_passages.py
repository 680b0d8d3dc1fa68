"""Words that move between notes: every link leads where it led, and undo brings back every byte."""

import os
import re
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from desktop.core.errors import SaveConflict, TreeError
from desktop.core.notebook import Notebook
from desktop.core.paths import Places
from desktop.core.records import Changes, Extraction, LinkKind, NoteId, NoteKind, Section
from desktop.core.text.document import read_document
from desktop.core.text.extraction import part_of

OLD = """---
tags: [a]
---
# Old

Intro [[#Deep]] and [g][1] and note[^1].

## Part

Words [[#Old]] [[#Deep]] [x](#deep) here[^1] [g][1] and [only][2][^own] ^blk

### Deep

More [[Other#Sub]] text.

## Last

Tail [[Old#Deep]] [[#^blk]] [t](#part)

[1]: https://example.org
[2]: https://example.com/two
[^1]: A foot.
[^own]: Of this part alone, as [g][1] says.
"""
OTHER = "# Other\n\n## Sub\n\n[[Old#Deep]] [[Old#^blk]] [m](Old.md#deep) [[Old]] ![[Old#Part]] [[Old#Last|l]]\n"


def make(notebook: Notebook, title: str, text: str = "", under: NoteId | None = None) -> NoteId:
    return notebook.tree.create(title, text=text, parent_id=under).created[0]


def text_of(notebook: Notebook, note_id: NoteId) -> str:
    return notebook.notes.read(note_id).text


def take_out(
    notebook: Notebook, note_id: NoteId, begin: str, end: str, title: str, under: NoteId | None = None, **more: bool
) -> Changes:
    text = text_of(notebook, note_id)
    start = text.index(begin)
    stop = text.index(end, start) if end else len(text)
    return notebook.passages.extract(Extraction(note_id, text, start, stop, title, under, **more))


def everything(notebook: Notebook) -> list[tuple[object, ...]]:
    """Return all that undo has to bring back."""
    return [
        (head.id, head.name, head.title, head.parent_id, notebook.tree.row(head.id), text_of(notebook, head.id))
        for head in notebook.tree.living()
    ]


def taken_back(notebook: Notebook, changes: Changes) -> Changes:
    assert changes.undo is not None
    return notebook.tree.apply(changes.undo)


def test_a_section_becomes_a_note(notebook: Notebook) -> None:
    old, other = make(notebook, "Old", OLD), make(notebook, "Other", OTHER)
    before = everything(notebook)
    changes = take_out(notebook, old, "## Part", "## Last", "Part")
    new = changes.created[0]
    assert text_of(notebook, new) == (
        "# Part\n\nWords [[Old#Old]] [[#Deep]] [x](#deep) here[^1] [g][1] and [only][2][^own] ^blk\n\n"
        "## Deep\n\nMore [[Other#Sub]] text.\n\n"
        "[1]: https://example.org\n[2]: https://example.com/two\n"
        "[^1]: A foot.\n[^own]: Of this part alone, as [g][1] says.\n"
    )
    assert text_of(notebook, old) == (
        "---\ntags: [a]\n---\n# Old\n\nIntro [[Part#Deep]] and [g][1] and note[^1].\n\n[[Part]]\n\n"
        "## Last\n\nTail [[Part#Deep]] [[Part#^blk]] [t](Part.md)\n\n"
        "[1]: https://example.org\n[^1]: A foot.\n"
    )
    assert text_of(notebook, other) == (
        "# Other\n\n## Sub\n\n[[Part#Deep]] [[Part#^blk]] [m](Part.md#deep) [[Old]] ![[Part]] [[Old#Last|l]]\n"
    )
    assert notebook.tree.row(new) == 1, "right behind the note it came from"
    after = everything(notebook)
    back = taken_back(notebook, changes)
    assert everything(notebook) == before
    assert notebook.tree.head(new).trashed_at is not None
    taken_back(notebook, back)
    assert everything(notebook) == after


def test_words_within_a_line_become_a_note(notebook: Notebook) -> None:
    old = make(notebook, "Old", "# Old\n\n- one\n- two three [[Else]] four\n")
    new = take_out(notebook, old, "three", "[Else", "Three things").created[0]
    assert text_of(notebook, new) == "# Three things\n\nthree [[Else]]\n", "no link is cut in two"
    assert text_of(notebook, old) == "# Old\n\n- one\n- two [[Three things]] four\n"


def test_the_title_and_the_kind_and_what_stands_in_the_place(notebook: Notebook) -> None:
    old = notebook.tree.create("Lecture", NoteKind.LECTURE, text="# Lecture\r\n\r\nwords\r\n").created[0]
    twin = make(notebook, "A: B", "")
    changes = take_out(notebook, old, "words", "", "A: B", embed=True)
    head = notebook.tree.head(changes.created[0])
    assert (head.kind, head.title, head.name) == (NoteKind.LECTURE, "A: B", "A: B 2")
    assert text_of(notebook, head.id) == "# A: B\r\n\r\nwords\r\n"
    assert text_of(notebook, old) == "# Lecture\r\n\r\n![[A: B 2]]\r\n"
    assert notebook.links.resolve("A: B") == twin


def test_a_new_name_takes_no_link_away_from_another_note(notebook: Notebook) -> None:
    shelf = make(notebook, "Shelf")
    there = make(notebook, "Deep thought", "---\naliases: [Idea]\n---\n", shelf)
    old = make(notebook, "Old", "# Old\n\nSome words.\n")
    source = make(notebook, "Source", "[[Idea]] and [[Nothing yet]]\n")
    take_out(notebook, old, "Some", "", "Idea")
    assert text_of(notebook, source) == "[[Deep thought|Idea]] and [[Nothing yet]]\n"
    assert notebook.links.outgoing(source)[0].target == notebook.tree.head(there)


def test_the_first_heading_may_go_without_the_title(notebook: Notebook) -> None:
    old = make(notebook, "Old", "# Old\n\nwords\n\n# Second\n\nmore\n")
    before = everything(notebook)
    changes = take_out(notebook, old, "# Old", "# Second", "Elsewhere")
    assert notebook.tree.head(old).title == "Old"
    taken_back(notebook, changes)
    assert everything(notebook) == before


def test_underlined_headings_rise_too(notebook: Notebook) -> None:
    old = make(notebook, "Old", "Old\n===\n\nPart\n----\n\nwords\n\n### Deep\n")
    new = take_out(notebook, old, "Part", "", "Part").created[0]
    assert text_of(notebook, new) == "Part\n====\n\nwords\n\n## Deep\n"


@pytest.mark.parametrize(
    ("text", "begin", "end", "expected"),
    [
        ("yy `[[B]]` zz", "[B", "zz", "`[[B]]` zz"), ("yy $x y$ zz", "y$", "zz", "$x y$ zz"),
        ("`[[/C (1)]]` [w](/B#h)", "/C", "1)", "`[[/C (1)]]`"), ("a <b title='x y'> c", "x", "y", "<b title='x y'>"),
        ("a \\(x y\\) c", "x", "c", "\\(x y\\) c"), ("[a `b` c `d` e](f) g", "e]", "g", "[a `b` c `d` e](f) g"),
        ("a `b` c", "c", "c", "c"),
    ],
)  # fmt: skip
def test_a_part_cuts_no_code_and_no_formula_in_two(text: str, begin: str, end: str, expected: str) -> None:
    whole = f"# A\n\n{text}\n"
    part = part_of(whole, whole.index(begin), whole.rindex(end) + len(end))
    assert part is not None
    assert whole[part.start : part.end] == expected


def test_what_cannot_be_taken_out_is_told(notebook: Notebook) -> None:
    old = make(notebook, "Old", "# Old\n\nwords\n")
    with pytest.raises(TreeError):
        notebook.passages.extract(Extraction(old, "# Old\n\nwords\n", 5, 7, "x", None))
    with pytest.raises(SaveConflict):
        notebook.passages.extract(Extraction(old, "# Old\n\nother\n", 7, 12, "x", None))
    assert [head.title for head in notebook.tree.living()] == ["Old"]


def test_two_notes_become_one(notebook: Notebook) -> None:
    into_text = (
        "---\naliases:\n- Zed\n---\n\nHello[^1] [[Old]] [h][1] ^blk\n\n[^1]: other\n\n[1]: https://other.org\n"
    )
    old, other = make(notebook, "Old", OLD), make(notebook, "Other", OTHER)
    child = make(notebook, "Child", "[up](../Old.md) [[Old/Child#x]]\n", old)
    into = make(notebook, "Target", into_text)
    before = everything(notebook)
    plan = notebook.passages.plan_merge(old, into)
    assert (plan.links, plan.sources, plan.children) == (8, 3, 1)
    changes = notebook.passages.merge(old, into)
    text = text_of(notebook, into)
    block = text.partition("[^own] ^")[2][:6]
    assert text.startswith(
        "---\naliases:\n- Zed\n- Old\ntags:\n  - a\n---\n\nHello[^1] [[#Old|Old]] [h][1] ^blk\n\n[^1]: other\n\n"
        "[1]: https://other.org\n\n## Old\n\nIntro [[#Deep]] and [g][3]"
    ), "what comes is named anew"
    assert "### Part\n\nWords [[#Old]] [[#Deep]] [x](#deep) here[^2] [g][3] and [only][2][^own]" in text
    assert f"Tail [[#Deep]] [[#^{block}]] [t](#part)\n\n[3]: https://example.org" in text
    assert text_of(notebook, other) == (
        f"# Other\n\n## Sub\n\n[[Target#Deep]] [[Target#^{block}]] [m](Target.md#deep) [[Target#Old|Old]]"
        " ![[Target#Part]] [[Target#Last|l]]\n"
    )
    assert text_of(notebook, child) == "[up](../Target.md#old) [[Target/Child#x]]\n", "as it was written"
    assert notebook.tree.head(child).parent_id == into
    assert notebook.tree.head(old).trashed_at is not None
    assert text_of(notebook, old) == OLD, "as it was, in the trash"
    assert notebook.links.resolve("Old") == into, "by its alias"
    after = everything(notebook)
    back = taken_back(notebook, changes)
    assert everything(notebook) == before
    taken_back(notebook, back)
    assert everything(notebook) == after


@pytest.mark.parametrize(
    ("open_end", "closed"),
    [
        ("```\ncode never closed\n", "```\n"), ("~~~~ py\n```\ncode", "\n~~~~\n"), ("<!-- x\n", ""), ("$$\nx\n", ""),
        ("<pre>\nx\n", ""), ("- a\n  ```\n  x\n", "```\n"), ("words\n", ""), ("```\nx\n```\n", ""),
    ],
)  # fmt: skip
def test_what_ends_in_open_code_is_closed_before_the_other_comes(
    notebook: Notebook, open_end: str, closed: str
) -> None:
    there = make(notebook, "e0")
    into = make(notebook, "B", f"# B\n\n{open_end}")
    source = make(notebook, "A", "# A\n\nalpha [[e0]]\n")
    outside = make(notebook, "s", "[[A]]")
    changes = notebook.passages.merge(source, into)
    assert f"# B\n\n{open_end}{closed}\n## A\n" in text_of(notebook, into)
    assert [link.target.id for link in notebook.links.outgoing(into) if link.target] == [there]
    assert text_of(notebook, outside) == "[[B#A|A]]"
    taken_back(notebook, changes)


def test_tags_written_as_words_stay_tags_of_their_own(notebook: Notebook) -> None:
    into = make(notebook, "B", "---\ntags: x z\n---\nb\n")
    source = make(notebook, "A", "---\ntags: [n1, n2]\n---\na\n")
    notebook.passages.merge(source, into)
    assert read_document(text_of(notebook, into)).tags == ("x", "z", "n1", "n2")


def test_a_note_is_merged_into_one_below_it(notebook: Notebook) -> None:
    top = make(notebook, "Top", "# Top\n\n[[Low]] words\n")
    middle = make(notebook, "Middle", "[[Top]]\n", top)
    low = make(notebook, "Low", "# Low\n\n[[Top]]\n", middle)
    before = everything(notebook)
    changes = notebook.passages.merge(top, low)
    assert [head.id for head in notebook.tree.living()] == [low, middle]
    assert text_of(notebook, low).endswith("[[#Top|Top]]\n\n## Top\n\n[[Low]] words\n")
    taken_back(notebook, changes)
    assert everything(notebook) == before
    for refused in (lambda: notebook.passages.merge(top, top),):
        with pytest.raises(TreeError):
            refused()


def test_a_collection_keeps_its_lectures(notebook: Notebook) -> None:
    uni, school = make(notebook, "uni", "# uni\n"), make(notebook, "school", "# school\n")
    lecture = make(notebook, "One", "# One\n\nPage • 1 backlink • [uni](#)\n\nwords\n", uni)
    notebook.passages.merge(uni, school)
    assert text_of(notebook, lecture) == "# One\n\nPage • 1 backlink • [school](#)\n\nwords\n"
    assert notebook.links.outgoing(lecture)[0].target == notebook.tree.head(school)


# --- what a link names is made ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "target", "path"),
    [
        ("A/Note", "New", "A/New"),
        ("A/Note", "B/New", "B/New"),
        ("A/Note", "B/C/New.md", "B/C/New"),
        ("A/Note", "C/New", "B/C/New"),
        ("A/Note", "./New", "A/New"),
        ("A/Note", "../New", "New"),
        ("A/Note", "../B/X/New", "B/X/New"),
        ("A/Note", "/Y/New", "Y/New"),
        ("A/Note", "B/X/Y/New", "B/X/Y/New"),
        ("A/Note", "Nowhere/New", "A/Nowhere/New"),
    ],
)
def test_a_linked_note_is_made_where_the_link_says(notebook: Notebook, source: str, target: str, path: str) -> None:
    ids: dict[str, NoteId] = {}
    for known in ("A", "A/Note", "B", "B/C"):
        folder, _slash, name = known.rpartition("/")
        ids[known] = make(notebook, name, f"[[{target}#Heading]]\n" if name == "Note" else "", ids.get(folder))
    changes = notebook.passages.create_linked(ids[source], target, "Heading")
    made = changes.created[-1]
    assert notebook.notes.path_text(made) == path
    assert text_of(notebook, made) == "# New\n\n## Heading\n\n"
    assert notebook.links.resolve(target, ids[source]) == made
    taken_back(notebook, changes)
    assert [head.id for head in notebook.tree.living()] == [ids["A"], ids["A/Note"], ids["B"], ids["B/C"]]


@pytest.mark.parametrize("target", ["a/", "..", ".", "a/../b", "d/" * 30 + "n", "../"])
def test_no_note_is_made_that_the_link_would_not_lead_to(notebook: Notebook, target: str) -> None:
    source = make(notebook, "s", f"[[{target}]]")
    before = everything(notebook)
    with pytest.raises(TreeError):
        notebook.passages.create_linked(source, target)
    assert everything(notebook) == before


def test_names_for_links_from_anywhere(notebook: Notebook) -> None:
    one = make(notebook, "A")
    two = make(notebook, "index", under=one)
    three = make(notebook, "index")
    four = make(notebook, "index", under=make(notebook, "A", under=make(notebook, "B")))
    passages = notebook.passages
    assert passages.name_of(one) == "A"
    assert passages.name_of(three) == "index"
    assert passages.name_of(two) == "A/index"
    assert passages.name_of(four) == "B/A/index"
    for note_id in (one, two, three, four):
        for source in (None, one, two, three, four):
            assert notebook.links.resolve(passages.name_of(note_id), source) == note_id
    assert [head.id for head in notebook.links.named_alike("index", two)] == [two, four]
    assert notebook.links.named_alike("B/A/index", two) == []
    notebook.notes.save(two, "[x](index.md)", 1)
    assert notebook.links.named_alike("index.md", two) == [], "a path from the folder means one note"


# --- whatever is moved -----------------------------------------------------------------------------------

TITLES = ("One", "Two words", "One", "Три", "C#", "a|b", "2")


@st.composite
def library(draw: st.DrawFn) -> list[str]:
    """Return texts of three notes whose links are marked by numbers, and whose paragraphs are by others."""
    numbers = iter(range(10_000))
    targets = ["", "Note0", "Note1", "Note2", "Home/Note0", "Nothing"]
    texts = []
    for _note in range(3):
        pieces = [draw(st.sampled_from(["", "---\ntags: [x]\n---\n"]))]
        for _piece in range(draw(st.integers(0, 7))):
            kind = draw(st.sampled_from("hhspppl"))
            title = draw(st.sampled_from(TITLES))
            if kind == "h":
                pieces.append(f"{'#' * draw(st.integers(1, 6))} {title}\n\n¶{next(numbers)}\n\n")
            elif kind == "s":
                pieces.append(f"{title}\n{draw(st.sampled_from(['===', '---']))}\n\n¶{next(numbers)}\n\n")
            elif kind == "p":
                pieces.append(f"¶{next(numbers)} words{draw(st.sampled_from(['', ' ^one', ' ^two']))}\n\n")
            else:
                links = []
                for _link in range(draw(st.integers(1, 3))):
                    target = draw(st.sampled_from(targets))
                    anchor = draw(st.sampled_from(["", "#One", "#one-1", "#Две", "#Три", "#^one", "#2", "#Two words"]))
                    label = f"L{next(numbers)}"
                    if draw(st.booleans()) or not (target or anchor):
                        links.append(f"[[{target or 'Note1'}{anchor}|{label}]]")
                    else:
                        written = target.replace(" ", "%20") + ".md" if target else ""
                        links.append(f"[{label}]({written}{anchor.replace(' ', '%20')})")
                pieces.append(" ".join(links) + "\n\n")
        texts.append("".join(pieces))
    return texts


def leads(notebook: Notebook, ids: list[NoteId]) -> dict[str, tuple[object, ...]]:
    """Return, by its label, what each link leads to: the paragraph's mark for a place in a note, else the note."""
    found: dict[str, tuple[object, ...]] = {}
    for source in ids:
        text = text_of(notebook, source)
        for link in read_document(text).links:
            if link.kind not in (LinkKind.WIKI, LinkKind.MARKDOWN, LinkKind.ANCHOR) or not link.label.startswith("L"):
                continue
            target = notebook.links.resolve(link.target, source) if link.target else source
            if target is None:
                continue
            if not link.anchor:
                found[link.label] = ("note", target)
            elif (place := notebook.links.place(target, link.anchor, link.label)) is not None:
                there = text_of(notebook, target)
                mark = there.find("¶", place.start)
                end = next((i for i in range(mark + 1, len(there)) if not there[i].isdigit()), len(there))
                found[link.label] = ("at", there[mark:end] if mark >= 0 else "", isinstance(place, Section))
            else:
                found[link.label] = ("broken", target)
    return found


def in_a_library(texts: list[str], job: Callable[[Notebook, list[NoteId]], None]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        notebook = Notebook.open(path / "l.konspekt", places=Places(path / "d", path / "c", path / "f"))
        try:
            home = make(notebook, "Home")
            ids = [
                make(notebook, f"Note{number}", text, home if number == 0 else None)
                for number, text in enumerate(texts)
            ]
            job(notebook, ids)
        finally:
            notebook.close()


EXAMPLES = int(os.environ.get("KONSPEKT_EXAMPLES", "12"))
STEADY = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@STEADY
@given(library(), st.integers(0, 400), st.integers(1, 400), st.sampled_from(["One", "Fresh", "Note2"]), st.booleans())
def test_links_lead_to_the_same_words_after_a_part_is_taken_out(
    texts: list[str], start: int, length: int, title: str, inside: bool
) -> None:
    def job(notebook: Notebook, ids: list[NoteId]) -> None:
        text = texts[0]
        begin = text.rfind("\n\n", 0, min(start, len(text))) + 2 if "\n\n" in text[:start] else 0
        end = text.find("\n\n", min(begin + length, len(text)))
        wanted = Extraction(ids[0], text, begin, end if end >= 0 else len(text), title, ids[0] if inside else None)
        before, led = everything(notebook), leads(notebook, ids)
        try:
            changes = notebook.passages.extract(wanted)
        except TreeError:
            return
        new = changes.created[0]
        now = leads(notebook, [*ids, new])
        first = re.search(r"¶\d+", text_of(notebook, new))
        for label, place in led.items():
            whole = now[label] == ("note", new) and first is not None and place[:2] == ("at", first[0])
            assert now[label] == place or whole, label
        taken_back(notebook, changes)
        assert everything(notebook) == before

    in_a_library(texts, job)


@STEADY
@given(library(), st.permutations(range(3)))
def test_links_lead_to_the_same_words_after_a_merge(texts: list[str], order: list[int]) -> None:
    def job(notebook: Notebook, ids: list[NoteId]) -> None:
        gone, into = ids[order[0]], ids[order[1]]
        before, led = everything(notebook), leads(notebook, ids)
        changes = notebook.passages.merge(gone, into)
        now = leads(notebook, [note_id for note_id in ids if note_id != gone])
        for label, place in led.items():
            if place[0] == "at":
                assert now[label] == place, label
            elif place == ("note", gone):
                assert notebook.tree.exists(into)
                assert label in now
            elif place[0] == "note":
                assert now[label] == place
        taken_back(notebook, changes)
        assert everything(notebook) == before

    in_a_library(texts, job)
