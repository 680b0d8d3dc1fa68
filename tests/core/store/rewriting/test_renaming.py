"""Renames and moves: every link that led somewhere leads there still, and nothing else is another."""

from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from desktop.core.errors import LibraryError, NoteNotFound, TreeError
from desktop.core.notebook import Notebook
from desktop.core.records import LinkKind, NoteId, TreeStep
from desktop.core.store.rewriting import bulk_storing
from desktop.core.text.anchors import Headings, find_section
from desktop.core.text.folding import fold_name


def make(notebook: Notebook, title: str, text: str = "", under: NoteId | None = None) -> NoteId:
    return notebook.tree.create(title, text=text, parent_id=under).created[0]


def text_of(notebook: Notebook, note_id: NoteId) -> str:
    return notebook.notes.read(note_id).text


def called(notebook: Notebook, name: str, title: str, text: str, under: NoteId | None = None) -> NoteId:
    """Make a note whose name is not its title, as an import does."""
    note_id = make(notebook, name, "", under)
    notebook.notes.save(note_id, text, 1)
    with notebook._database.write() as transaction:
        transaction.sql.execute(
            "UPDATE note SET title = ?, title_key = ?, name = ?, name_key = ? WHERE id = ?",
            (title, fold_name(title), name, fold_name(name), note_id),
        )
    return note_id


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("[[Old]] [[Old|text]] ![[Old]] [[Old#H]]", "[[New]] [[New|text]] ![[New]] [[New#H]]"),
        ("[[Old#^b1|x]] [[Old#^b1]]", "[[New#^b1|x]] [[New#^b1]]"),
        ("[[old]] [[OLD]] [[Old.md]] [[ Old ]]", "[[new]] [[NEW]] [[New.md]] [[ New ]]"),
        ("[[f/Old]] [[F/old.md|t]] [[/f/Old]]", "[[f/New]] [[F/new.md|t]] [[/f/New]]"),
        ("[t](f/Old.md) [t](f/Old.md#h \"T\") [t](<f/Old.md>)", "[t](f/New.md) [t](f/New.md#h \"T\") [t](<f/New.md>)"),
        ("[t][r] and [r]\r\n\r\n[r]: f/Old.md 'T'\r\n", "[t][r] and [r]\r\n\r\n[r]: f/New.md 'T'\r\n"),
        ("`[[Old]]` $[[Old]]$ %%[[Old]]%% Old", "`[[Old]]` $[[Old]]$ %%[[Old]]%% Old"),
        ("| a |\n|--|\n| [[Old\\|x]] |\n", "| a |\n|--|\n| [[New\\|x]] |\n"),
        ("\ufeff---\r\nx: 1\r\n---\r\n[[Old]]\r\nй", "\ufeff---\r\nx: 1\r\n---\r\n[[New]]\r\nй"),
    ],
)  # fmt: skip
def test_each_kind_of_link_follows_in_the_style_of_its_writer(notebook: Notebook, written: str, expected: str) -> None:
    folder = make(notebook, "f")
    note_id = make(notebook, "Old", "# Old\n\n## H\n\nx ^b1\n", folder)
    source = make(notebook, "source", written)
    changes = notebook.tree.rename(note_id, "New")
    assert text_of(notebook, source) == expected
    assert {link.target.id for link in notebook.links.outgoing(source) if link.target} <= {note_id}
    assert changes.undo is not None
    notebook.tree.apply(changes.undo)
    assert text_of(notebook, source) == written


def test_percent_signs_stay_or_come_as_the_writer_wrote(notebook: Notebook) -> None:
    note_id = make(notebook, "Моя модель")
    source = make(
        notebook,
        "s",
        "[a](Моя%20модель.md) [b](%D0%9C%D0%BE%D1%8F%20%D0%BC%D0%BE%D0%B4%D0%B5%D0%BB%D1%8C.md) [c](<Моя модель.md>)",
    )
    notebook.tree.rename(note_id, "Это: 100% (новая) #1")
    assert notebook.tree.head(note_id).name == "Это: 100% (новая) 1"
    assert text_of(notebook, source) == (
        "[a](Это:%20100%25%20(новая)%201.md)"
        " [b](%D0%AD%D1%82%D0%BE%3A%20100%25%20%28%D0%BD%D0%BE%D0%B2%D0%B0%D1%8F%29%201.md)"
        " [c](<Это: 100%25 (новая) 1.md>)"
    )
    assert [link.target.id for link in notebook.links.outgoing(source) if link.target] == [note_id] * 3


def test_a_title_with_what_links_give_a_meaning_is_named_by_its_name(notebook: Notebook) -> None:
    note_id = make(notebook, "Old")
    source = make(notebook, "s", "[[Old]]")
    notebook.tree.rename(note_id, "C# [x] a|b ^c")
    assert text_of(notebook, source) == "[[C x a b c]]"
    assert notebook.links.backlink_count(note_id) == 1


def test_links_by_title_follow_the_title_and_links_by_name_or_alias_stay(notebook: Notebook) -> None:
    note_id = called(notebook, "index", "Старый", "---\naliases: [Псевдоним]\n---\n# Старый\n")
    source = make(notebook, "s", "[[Старый]] [[index]] [[Псевдоним]] [[старый|x]]")
    assert notebook.links.backlink_count(note_id) == 4
    notebook.tree.rename(note_id, "Новый")
    assert text_of(notebook, source) == "[[Новый]] [[index]] [[Псевдоним]] [[новый|x]]"
    assert notebook.tree.head(note_id).name == "index"
    assert notebook.links.backlink_count(note_id) == 4


def test_links_that_still_lead_there_say_the_new_name_too(notebook: Notebook) -> None:
    note_id = make(notebook, "Old", "---\naliases: [Old]\n---\n")
    source = make(notebook, "s", "[[Old]] [[old]]")
    notebook.tree.rename(note_id, "OLD")
    assert text_of(notebook, source) == "[[OLD]] [[old]]"
    notebook.tree.rename(note_id, "New")
    assert text_of(notebook, source) == "[[New]] [[new]]"


def test_links_in_properties_follow(notebook: Notebook) -> None:
    note_id = make(notebook, "Old")
    text = "---\nup: \"[[Old]]\"\nmore:\n  - '[[Old|x]]'\n---\n[[Old]]\n"
    source = make(notebook, "s", text)
    assert notebook.links.backlink_count(note_id) == 3
    notebook.tree.rename(note_id, "New")
    assert text_of(notebook, source) == text.replace("Old", "New")
    assert notebook.links.backlink_count(note_id) == 3


def test_a_name_that_another_note_has_is_written_as_a_path(notebook: Notebook) -> None:
    a, b = make(notebook, "a"), make(notebook, "b")
    note_id = make(notebook, "Old", "", a)
    other = make(notebook, "New", "", b)
    source = make(notebook, "s", "[[Old]] [[New]]")
    notebook.tree.rename(note_id, "New")
    assert text_of(notebook, source) == "[[a/New]] [[b/New]]"
    assert [link.target.id for link in notebook.links.outgoing(source) if link.target] == [note_id, other]


def test_a_link_that_another_note_would_take_keeps_its_note(notebook: Notebook) -> None:
    deep = make(notebook, "New", "", make(notebook, "deep"))
    note_id = make(notebook, "Old")
    source = make(notebook, "s", "[[New]] [[Waiting]]")
    notebook.tree.rename(note_id, "New")
    assert text_of(notebook, source) == "[[deep/New]] [[Waiting]]"
    assert notebook.links.backlink_count(deep) == 1
    notebook.tree.rename(note_id, "Waiting")
    assert notebook.links.backlink_count(note_id) == 1, "a link to nothing finds the note that comes"


def test_the_renaming_of_a_folder_follows_in_paths(notebook: Notebook) -> None:
    folder = make(notebook, "Old folder")
    note_id = make(notebook, "Note", "[up](../s.md) [[x]]", folder)
    make(notebook, "x", "", folder)
    make(notebook, "x")
    source = make(notebook, "s", "[[Old folder/Note]] [m](Old%20folder/Note.md) [[Note]]")
    notebook.tree.rename(folder, "New")
    assert text_of(notebook, source) == "[[New/Note]] [m](New/Note.md) [[Note]]"
    assert text_of(notebook, note_id) == "[up](../s.md) [[x]]"


def test_a_move_keeps_relative_links_and_own_folders(notebook: Notebook) -> None:
    a, b = make(notebook, "a"), make(notebook, "b")
    near = make(notebook, "x", "", a)
    far = make(notebook, "x", "", b)
    note_id = make(notebook, "n", "[[x]] [m](x.md) [u](../b/x.md) [[./x]] [[b/x]] [[n]]", a)
    source = make(notebook, "s", "[[a/n]] [m](a/n.md) [[n]] [[a/n|t]]")
    plan = notebook.tree.plan_move([note_id], b)
    assert notebook.tree.head(note_id).parent_id == a
    changes = notebook.tree.move([note_id], b)
    assert text_of(notebook, note_id) == "[[a/x]] [m](../a/x.md) [u](../b/x.md) [[../a/x]] [[b/x]] [[n]]"
    assert text_of(notebook, source) == "[[b/n]] [m](b/n.md) [[n]] [[b/n|t]]"
    led = [link.target.id for link in notebook.links.outgoing(note_id) if link.target]
    assert led == [near, near, far, near, far, note_id]
    assert [change.after for change in plan] == [
        "[[a/x]]", "[m](../a/x.md)", "[[../a/x]]", "[[b/n]]", "[m](b/n.md)", "[[b/n|t]]",
    ]  # fmt: skip
    assert changes.undo is not None
    notebook.tree.apply(changes.undo)
    assert text_of(notebook, note_id).startswith("[[x]] [m](x.md)")
    assert text_of(notebook, source) == "[[a/n]] [m](a/n.md) [[n]] [[a/n|t]]"


def test_a_markdown_link_stays_right_as_a_path_of_files(notebook: Notebook) -> None:
    folder = make(notebook, "f")
    note_id = make(notebook, "n", "[s](s.md) [[s]]")
    source = make(notebook, "s", "[n](n.md) [n](./n.md) [[n]]")
    notebook.tree.move([note_id], folder)
    assert text_of(notebook, source) == "[n](f/n.md) [n](./f/n.md) [[n]]"
    assert text_of(notebook, note_id) == "[s](../s.md) [[s]]"


def test_a_subtree_moves_with_its_links(notebook: Notebook) -> None:
    top, other = make(notebook, "top"), make(notebook, "other")
    sub = make(notebook, "sub", "", top)
    one = make(notebook, "one", "[two](two.md) [out](../../root.md) [[sub/two]]", sub)
    two = make(notebook, "two", "", sub)
    root = make(notebook, "root", "[[top/sub/two]] [x](top/sub/two.md)")
    notebook.tree.move([sub], other)
    assert text_of(notebook, one) == "[two](two.md) [out](../../root.md) [[sub/two]]"
    assert text_of(notebook, root) == "[[other/sub/two]] [x](other/sub/two.md)"
    notebook.tree.move([sub], None)
    assert text_of(notebook, one) == "[two](two.md) [out](../root.md) [[sub/two]]"
    assert notebook.links.backlink_count(two) == 4


def test_the_first_heading_that_says_the_title_follows_with_its_anchors(notebook: Notebook) -> None:
    note_id = make(notebook, "Old", "Old\r\n===\r\n\r\n[top](#old) [[#Old]]\r\n\r\n## Part\r\n")
    source = make(notebook, "s", "[[Old#Old]] [[Old#Old#Part]] [t](Old.md#old) [[Old#Part]]")
    changes = notebook.tree.rename(note_id, "New one")
    assert text_of(notebook, note_id) == "New one\r\n===\r\n\r\n[top](#new-one) [[#New one]]\r\n\r\n## Part\r\n"
    assert text_of(notebook, source) == (
        "[[New one#New one]] [[New one#New one#Part]] [t](New%20one.md#new-one) [[New one#Part]]"
    )
    assert changes.undo is not None
    notebook.tree.apply(changes.undo)
    assert text_of(notebook, source) == "[[Old#Old]] [[Old#Old#Part]] [t](Old.md#old) [[Old#Part]]"


def test_a_heading_that_holds_the_link_takes_the_links_to_it_along(notebook: Notebook) -> None:
    note_id = make(notebook, "Old")
    middle = make(notebook, "m", "# m\n\n## About [[Old]]\n")
    source = make(notebook, "s", "[[m#About Old]]")
    notebook.tree.rename(note_id, "New")
    assert text_of(notebook, middle) == "# m\n\n## About [[New]]\n"
    assert text_of(notebook, source) == "[[m#About New]]"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Old\n", "---\naliases:\n  - Old\n---\n\n# New\n"),
        ("---\nx: y # c\naliases: [A]\n---\n# Old\n", "---\nx: y # c\naliases: [A, Old]\n---\n# New\n"),
        ("---\r\naliases:\r\n- A\r\n---\r\n# Old\r\n", "---\r\naliases:\r\n- A\r\n- Old\r\n---\r\n# New\r\n"),
        ("---\naliases: [old]\n---\n# Old\n", "---\naliases: [old]\n---\n# New\n"),
    ],
)
def test_the_old_name_is_kept_as_an_alias(notebook: Notebook, text: str, expected: str) -> None:
    note_id = make(notebook, "Old", text)
    source = make(notebook, "s", "[[Old]]")
    changes = notebook.tree.rename(note_id, "New", keep_alias=True)
    assert text_of(notebook, note_id) == expected
    assert text_of(notebook, source) == "[[New]]"
    assert notebook.links.resolve("Old") == note_id
    assert not changes.remark
    assert changes.undo is not None
    notebook.tree.apply(changes.undo)
    assert text_of(notebook, note_id) == text


def test_a_front_matter_that_cannot_be_read_is_left_and_told(notebook: Notebook) -> None:
    text = "---\naliases: {a: [b\n---\nx\n"
    note_id = make(notebook, "Old", text)
    changes = notebook.tree.rename(note_id, "New", keep_alias=True)
    assert notebook.tree.head(note_id).title == "New"
    if text_of(notebook, note_id) == text:
        assert changes.remark == "The front matter cannot be read there, so the old name was not kept as an alias."
    else:
        assert notebook.links.resolve("Old") == note_id


def test_a_plan_stores_nothing_and_says_what_the_rename_writes(notebook: Notebook) -> None:
    note_id = make(notebook, "Old", "# Old\n\n[[#Old]]")
    one = make(notebook, "One", "See [[Old|x]] and [t][r].\n\n[r]: Old.md")
    commits = notebook._database.meta("commits")
    plan = notebook.tree.plan_rename(note_id, "New")
    assert notebook.tree.head(note_id).title == "Old"
    assert notebook._database.meta("commits") == commits
    assert [(change.note_id, change.before, change.after) for change in plan] == [
        (note_id, "[[#Old]]", "[[#New]]"), (one, "[[Old|x]]", "[[New|x]]"), (one, "[r]: Old.md", "[r]: New.md"),
    ]  # fmt: skip
    notebook.tree.rename(note_id, "New")
    assert text_of(notebook, one) == "See [[New|x]] and [t][r].\n\n[r]: New.md"


def test_a_failure_on_the_way_leaves_everything_as_it_was(notebook: Notebook, monkeypatch: pytest.MonkeyPatch) -> None:
    note_id = make(notebook, "Old", "# Old\n")
    sources = [make(notebook, f"s{n}", "[[Old]]") for n in range(5)]
    before = state(notebook)
    keep = bulk_storing.history.keep
    for failing in range(6):
        calls = iter(range(100))

        def keep_or_fail(*values: object, fail: int = failing, calls: object = calls) -> None:
            if next(calls) == fail:  # type: ignore[call-overload]
                raise LibraryError("The disk is full.")
            keep(*values)  # type: ignore[arg-type]

        monkeypatch.setattr(bulk_storing.history, "keep", keep_or_fail)
        with pytest.raises(LibraryError):
            notebook.tree.rename(note_id, "New")
        monkeypatch.undo()
        assert state(notebook) == before
    notebook.tree.rename(note_id, "New")
    assert {text_of(notebook, source) for source in sources} == {"[[New]]"}
    assert not notebook.safety.check().problems


# --- headings ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "title", "expected"),
    [
        ("## Old ##", "New", "## New ##"),
        ("Old\n---", "New", "New\n---"),
        ("## **Old**", "New", "## **New**"),
        ("### [Old](https://x.example/a_b)", "New", "### [New](https://x.example/a_b)"),
        ("## 1. Old *thing*", "New", "## New"),
        ("## Old", "C#", "## C#"),
        ("## Old", "x #", "## x \\#"),
        ("Old\n---", "# not", "\\# not\n---"),
        ("Old\n---", "- not", "\\- not\n---"),
        ("## Old", "a\n b", "## a b"),
    ],
)
def test_a_heading_gets_other_words_and_keeps_its_marks(
    notebook: Notebook, heading: str, title: str, expected: str
) -> None:
    note_id = make(notebook, "n", f"# n\n\n{heading}\n\nwords\n")
    notebook.tree.rename_heading(note_id, 1, title)
    assert text_of(notebook, note_id) == f"# n\n\n{expected}\n\nwords\n"


def test_links_to_a_heading_follow_in_the_way_they_were_written(notebook: Notebook) -> None:
    text = "# n\n\n[a](#старая-часть) [[#Старая часть]]\n\n## Старая часть\n\n### Sub\n\n## Other\n\n### Sub\n"
    note_id = make(notebook, "n", text)
    source = make(
        notebook,
        "s",
        "[[n#Старая часть]] [[n#старая часть|t]] [[n#Старая часть#Sub]] ![[n#Старая часть]] [b](n.md#старая-часть)"
        " [c](n.md#%D1%81%D1%82%D0%B0%D1%80%D0%B0%D1%8F-%D1%87%D0%B0%D1%81%D1%82%D1%8C) [[n#Other]] [[n#^старая]]",
    )
    plan = notebook.tree.plan_heading(note_id, 1, "New part")
    changes = notebook.tree.rename_heading(note_id, 1, "New part")
    assert text_of(notebook, note_id) == text.replace("старая-часть", "new-part").replace("Старая часть", "New part")
    assert text_of(notebook, source) == (
        "[[n#New part]] [[n#New part|t]] [[n#New part#Sub]] ![[n#New part]] [b](n.md#new-part)"
        " [c](n.md#new-part) [[n#Other]] [[n#^старая]]"
    )
    assert len(plan) == 8
    assert changes.undo is not None
    notebook.tree.apply(changes.undo)
    assert text_of(notebook, note_id) == text


def test_links_to_another_heading_of_the_same_words_stay_there(notebook: Notebook) -> None:
    note_id = make(notebook, "n", "# n\n\n## A\n\n## B\n")
    source = make(notebook, "s", "[[n#B]] [x](n.md#b)")
    notebook.tree.rename_heading(note_id, 1, "B")
    after = text_of(notebook, source)
    assert after != "[[n#B]] [x](n.md#b)"
    sections = notebook.notes.sections(note_id)
    places = [find_section(sections, link.link.anchor) for link in notebook.links.outgoing(source)]
    assert [place.ordinal for place in places if place] == [2, 2]


def test_the_heading_that_gives_the_title_renames_the_note(notebook: Notebook) -> None:
    note_id = called(notebook, "2024-01", "Дайджест", "# Дайджест\n")
    source = make(notebook, "s", "[[Дайджест]] [[2024-01#Дайджест]]")
    notebook.tree.rename_heading(note_id, 0, "Сводка")
    assert text_of(notebook, source) == "[[Сводка]] [[2024-01#Сводка]]"
    assert notebook.tree.head(note_id).title == "Сводка"


def test_a_save_tells_the_headings_that_say_something_else(notebook: Notebook) -> None:
    note_id = make(notebook, "n", "# n\n\n## Old\n\ntext\n")
    source = make(notebook, "s", "[[n#Old]] [x](n.md#old) [[n#Gone]]")
    changes = notebook.notes.save(note_id, "# n\n\n## Newer\n\ntext\n", 1)
    assert [(said.before, said.after) for said in changes.reheaded] == [("Old", "Newer")]
    assert not notebook.notes.save(note_id, "# n\n\n## Newer\n\ntext and more\n", 2).reheaded
    plan = notebook.tree.plan_following(note_id, "Old", "Newer")
    assert [change.after for change in plan] == ["[[n#Newer]]", "[x](n.md#newer)"]
    followed = notebook.tree.follow_heading(note_id, "Old", "Newer")
    assert text_of(notebook, source) == "[[n#Newer]] [x](n.md#newer) [[n#Gone]]"
    assert followed.undo is not None
    notebook.tree.apply(followed.undo)
    assert text_of(notebook, source) == "[[n#Old]] [x](n.md#old) [[n#Gone]]"


def test_what_is_no_heading_is_refused(notebook: Notebook) -> None:
    note_id = make(notebook, "n", "# n\n\n## Old\n")
    with pytest.raises(NoteNotFound):
        notebook.tree.rename_heading(note_id, 7, "New")
    with pytest.raises(TreeError):
        notebook.tree.rename_heading(note_id, 1, "  ")
    assert text_of(notebook, note_id) == "# n\n\n## Old\n"


# --- promises over small libraries -------------------------------------------------------------------------------

NAMES = ("Alpha", "Бета", "gamma ray", "Дельта (4)", "index", "a.b")
FRESH = ("Novum", "Новое имя", "C++ (2)", "100 % да", "x.y-z")


@dataclass(frozen=True)
class Library:
    notes: tuple[tuple[str, int], ...]  # (name, index of the parent among those before, or -1)
    links: tuple[tuple[int, int, int], ...]  # (source, target, way of writing)


@st.composite
def libraries(draw: st.DrawFn, *, once: bool = False) -> Library:
    size = draw(st.integers(2, 6))
    names = draw(st.lists(st.sampled_from(NAMES), min_size=size, max_size=size, unique=once))
    notes = tuple((name, draw(st.integers(-1, index - 1))) for index, name in enumerate(names))
    place = st.integers(0, size - 1)
    return Library(notes, tuple(draw(st.lists(st.tuples(place, place, st.integers(0, 11)), max_size=10))))


def build(notebook: Notebook, library: Library) -> list[NoteId]:
    with notebook._database.write() as transaction:
        transaction.sql.execute("PRAGMA defer_foreign_keys = ON")
        transaction.sql.execute("DELETE FROM note")
    ids: list[NoteId] = []
    for name, parent in library.notes:
        ids.append(make(notebook, name, "", ids[parent] if parent >= 0 else None))
    paths = {note_id: [head.name for head in notebook.tree.path(note_id)] for note_id in ids}
    texts = {note_id: f"# {notebook.tree.head(note_id).title}\n\n## Part\n\n" for note_id in ids}
    for source, target, way in library.links:
        texts[ids[source]] += written(paths[ids[source]][:-1], paths[ids[target]], way) + "\r\n"
    for note_id in ids:
        notebook.notes.save(note_id, texts[note_id], notebook.tree.head(note_id).version)
    return ids


def written(folder: list[str], path: list[str], way: int) -> str:
    from posixpath import relpath
    from urllib.parse import quote

    whole, relative = "/".join(path), relpath("/".join(path), "/".join(folder) or ".")
    light = relative.replace("%", "%25").replace(" ", "%20")
    return (
        f"a [[{path[-1]}]] b", f"[[{path[-1]}|words]]", f"![[{path[-1]}#Part]]", f"[[{whole}]]",
        f"[[{'/'.join(path[-2:])}#{path[-1]}]]", f"[t]({light}.md)", f"[t](<{relative}.md#part>)",
        f"[t]({quote(relative)})", f"[[/{whole}]]", f"[r{way}]\n\n[r{way}]: {light}.md 'T'\n",
        f"[[{path[-1].lower()}.md]]", f"[[{relative if relative.startswith('.') else './' + relative}]]",
    )[way]  # fmt: skip


def state(notebook: Notebook) -> list[object]:
    """Return every text, name and link of the library."""
    sql = notebook._database.read()
    return [
        sql.execute("SELECT id, name, title, parent_id, text FROM note ORDER BY id").fetchall(),
        sql.execute("SELECT id FROM note ORDER BY parent_id, position, id").fetchall(),
        sql.execute(
            "SELECT source_id, kind, target, anchor, start, target_start, target_id FROM link"
            " ORDER BY source_id, start, target_start"
        ).fetchall(),
    ]


def led(notebook: Notebook) -> dict[tuple[NoteId, int], NoteId]:
    """Return where each link leads that leads to a note, by its note and its number there."""
    found = {}
    for head in notebook.tree.living():
        links = [link for link in notebook.links.outgoing(head.id) if link.link.kind is not LinkKind.URL]
        found.update({(head.id, n): link.target.id for n, link in enumerate(links) if link.target is not None})
    return found


SMALL = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@SMALL
@given(library=libraries(once=True), which=st.integers(0, 5), title=st.sampled_from(FRESH))
def test_a_rename_there_and_back_gives_the_identical_library(
    notebook: Notebook, library: Library, which: int, title: str
) -> None:
    ids = build(notebook, library)
    note_id = ids[which % len(ids)]
    before, old = state(notebook), notebook.tree.head(note_id).title
    notebook.tree.rename(note_id, title)
    notebook.tree.rename(note_id, old)
    assert state(notebook) == before


@SMALL
@given(
    library=libraries(), which=st.integers(0, 5), to=st.integers(-1, 5), title=st.sampled_from((*NAMES, *FRESH, "")),
)  # fmt: skip
def test_every_link_leads_where_it_led_and_undo_gives_every_byte_back(
    notebook: Notebook, library: Library, which: int, to: int, title: str
) -> None:
    ids = build(notebook, library)
    note_id = ids[which % len(ids)]
    before, places = state(notebook), led(notebook)
    if title:
        changes = notebook.tree.rename(note_id, title)
    else:
        parent = ids[to % len(ids)] if to >= 0 else None
        if parent is not None and parent in notebook.tree.below(note_id):
            return
        changes = notebook.tree.move([note_id], parent)
    after = led(notebook)
    assert {place: after.get(place) for place in places} == places
    if changes.undo is not None:
        notebook.tree.apply(changes.undo)
        assert state(notebook) == before


HEADINGS = ("Part", "Часть 1", "part", "A & B", "C#", "x/y: z", "1")


@SMALL
@given(
    headings=st.lists(st.tuples(st.integers(1, 3), st.sampled_from(HEADINGS)), min_size=1, max_size=5),
    anchors=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 5)), max_size=6),
    which=st.integers(0, 4),
    title=st.sampled_from((*HEADINGS, "Новое", "*bold* x", "- item")),
)
def test_every_anchor_leads_to_the_heading_it_led_to(
    notebook: Notebook, headings: list[tuple[int, str]], anchors: list[tuple[int, int]], which: int, title: str
) -> None:
    with notebook._database.write() as transaction:
        transaction.sql.execute("DELETE FROM note")
    text = "Words first.\n\n" + "".join(f"{'#' * level} {said}\n\nwords\n\n" for level, said in headings)
    note_id = make(notebook, "Note", text)
    sections = notebook.notes.sections(note_id)
    written = []
    for place, way in anchors:
        section = sections[place % len(sections)]
        written.append((
            f"[[Note#{section.title}]]", f"[[Note#{section.title.lower()}|x]]", f"[t](Note.md#{section.slug})",
            f"[[Note#{sections[0].title}#{section.title}]]", f"[{section.title}](Note.md#{place + 1})",
            f"![[Note#{section.slug}]]",
        )[way])  # fmt: skip
    source = make(notebook, "Source", "\n".join(written))
    before, places = state(notebook), anchored(notebook, source, note_id)
    try:
        changes = notebook.tree.rename_heading(note_id, which % len(sections), title)
    except TreeError:
        assert state(notebook) == before
        return
    assert len(notebook.notes.sections(note_id)) == len(sections)
    after = anchored(notebook, source, note_id)
    kept = [now for was, now in zip(places, after, strict=True) if was is not None]
    assert kept == [place for place in places if place is not None]
    if changes.undo is not None:
        notebook.tree.apply(changes.undo)
        assert state(notebook) == before


def anchored(notebook: Notebook, source: NoteId, note_id: NoteId) -> list[int | None]:
    """Return to which heading each link of a note leads."""
    headings = Headings(notebook.notes.sections(note_id))
    found = [headings.find(link.link.anchor, link.link.label) for link in notebook.links.outgoing(source)]
    return [section.ordinal if section is not None else None for section in found]


@pytest.mark.parametrize(
    ("front", "title", "expected"),
    [
        ("title: Old", "New name", "title: New name"),
        ("tags: [a]\ntitle:   Old  # why\nx: 1", "New", "tags: [a]\ntitle:   New  # why\nx: 1"),
        ('Title: "Old"', 'A "b": c', 'Title: "A \\"b\\": c"'),
        ("title: 'Old'", "It: is", "title: 'It: is'"),
        ("title: Old", "a: b # c", 'title: "a: b # c"'),
        ("title: Old", "yes", 'title: "yes"'),
        ("title: Old | Habr", "New", "title: Old | Habr"),
        ("title: >\n  Old", "New", "title: >\n  Old"),
    ],
)
def test_the_title_of_a_front_matter_follows_where_it_is_plain(
    notebook: Notebook, front: str, title: str, expected: str
) -> None:
    text = f"---\n{front}\n---\n\n# Old\n\nwords\n"
    note_id = notebook.tree.create("Old", text=text).created[0]
    changes = notebook.tree.rename(note_id, title)
    note = notebook.notes.read(note_id)
    assert note.text.partition("\n---\n")[0] == f"---\n{expected}"
    notebook.notes.save(note_id, f"{note.text}more\n", note.head.version)
    assert notebook.tree.head(note_id).title == title, "the next save must not turn it back"
    note = notebook.notes.read(note_id)
    notebook.notes.save(note_id, note.text.removesuffix("more\n"), note.head.version)
    assert changes.undo is not None
    notebook.tree.apply(changes.undo)
    assert (notebook.notes.read(note_id).text, notebook.tree.head(note_id).title) == (text, "Old")


def test_a_heading_keeps_its_block_id(notebook: Notebook) -> None:
    text = "# N\n\n## a ^a1b2c3\n\n## **Bold** ^q1w2e3\n\n[[#a]] [[#^a1b2c3]]\n"
    note_id = notebook.tree.create("N", text=text).created[0]
    notebook.tree.rename_heading(note_id, 1, "other")
    notebook.tree.rename_heading(note_id, 2, "Thick")
    expected = "# N\n\n## other ^a1b2c3\n\n## **Thick** ^q1w2e3\n\n[[#other]] [[#^a1b2c3]]\n"
    assert notebook.notes.read(note_id).text == expected


def test_links_by_a_title_follow_a_heading_that_was_typed_anew(notebook: Notebook) -> None:
    note_id = notebook.tree.create("index", text="# Old title\n\nwords\n").created[0]
    assert notebook.tree.head(note_id).title == "index"
    notebook.tree.rename(note_id, "Old title")
    notebook.tree.apply(TreeStep("names", (note_id,), title="Old title", name="index"))
    source = notebook.tree.create("S", text="[[old title]] [[Old title#x|x]] [a](Old%20title) [[x/Old title]]\n")
    note = notebook.notes.read(note_id)
    changes = notebook.notes.save(note_id, "# New title\n\nwords\n", note.head.version)
    assert notebook.tree.head(note_id).title == "New title"
    said = changes.reheaded[0]
    assert len(notebook.tree.plan_following(note_id, said.before, said.after)) == 3
    done = notebook.tree.follow_heading(note_id, said.before, said.after)
    text = notebook.notes.read(source.created[0]).text
    assert text == "[[new title]] [[New title#x|x]] [a](New%20title) [[x/Old title]]\n"
    assert done.undo is not None
