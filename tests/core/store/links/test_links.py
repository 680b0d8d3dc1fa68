"""Which note a link means, and renames that keep links."""

from pathlib import Path

import pytest

from desktop.core.notebook import Notebook
from desktop.core.records import NoteId


def make(notebook: Notebook, title: str, text: str = "", under: NoteId | None = None) -> NoteId:
    return notebook.tree.create(title, text=text, parent_id=under).created[0]


@pytest.fixture
def shelves(notebook: Notebook) -> dict[str, NoteId]:
    """Return notes of one name in several places, by path."""
    ids: dict[str, NoteId] = {}
    for path in ("A", "A/index", "A/Тема", "B", "B/index", "B/C", "B/C/Тема", "B/C/index"):
        folder, _slash, name = path.rpartition("/")
        ids[path] = make(notebook, name, under=ids.get(folder))
    return ids


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("A/Тема", "index", "A/index"),  # the source's own folder
        ("B/C/Тема", "index", "B/C/index"),
        ("A", "index", "A/index"),  # the shortest path, then the alphabet
        ("A/Тема", "B/index", "B/index"),
        ("A/Тема", "C/index", "B/C/index"),  # the end of a path
        ("A/Тема", "/B/index", "B/index"),
        ("A/Тема", "../B/index.md", "B/index"),
        ("B/C/Тема", "./index", "B/C/index"),
        ("A/Тема", "ТЕМА", "A/Тема"),
        ("B", "тема.md", "A/Тема"),
        ("A/Тема", "X/index", None),
        ("A/Тема", "../../../index", None),
        ("A/Тема", "", None),
    ],
)
def test_resolution(
    notebook: Notebook, shelves: dict[str, NoteId], source: str, target: str, expected: str | None
) -> None:
    found = notebook.links.resolve(target, shelves[source])
    assert found == (shelves[expected] if expected else None)


def test_name_before_title_before_alias(notebook: Notebook) -> None:
    alias = make(notebook, "one", "---\naliases: Цель\n---\n")
    assert notebook.links.resolve("цель") == alias
    title = make(notebook, "Цель/")
    assert notebook.tree.head(title).name == "Цель"
    assert notebook.links.resolve("цель") == title


def test_rename_rewrites_the_links_that_name_the_note_and_nothing_else(notebook: Notebook) -> None:
    note_id = make(notebook, "Старое имя", "# Старое имя\n\nСтарое имя в тексте.\n")
    source = make(
        notebook,
        "Ссылки",
        "[[Старое имя]] [[старое имя|метка]] [[Старое имя#Часть]] ![[Старое имя]] `[[Старое имя]]`\n"
        "[md](Старое%20имя.md#x) Старое имя\n",
    )
    changes = notebook.tree.rename(note_id, "Новое (имя)")
    assert notebook.notes.read(note_id).text == "# Новое (имя)\n\nСтарое имя в тексте.\n"
    assert notebook.notes.read(source).text == (
        "[[Новое (имя)]] [[новое (имя)|метка]] [[Новое (имя)#Часть]] ![[Новое (имя)]] `[[Старое имя]]`\n"
        "[md](Новое%20(имя).md#x) Старое имя\n"
    )
    assert {source, note_id} <= changes.edited
    assert [link.target.id for link in notebook.links.outgoing(source) if link.target] == [note_id] * 5
    assert changes.undo is not None
    notebook.tree.apply(changes.undo)
    assert notebook.notes.read(source).text.startswith("[[Старое имя]] [[старое имя|метка]]")
    assert notebook.tree.head(note_id).name == "Старое имя"


def test_rename_of_a_collection_rewrites_the_lectures_line(notebook: Notebook) -> None:
    uni = make(notebook, "uni")
    lecture = make(notebook, "Л", "# Л\n\nPage • 1 backlink • [uni](#)\n\nтекст\n", uni)
    notebook.tree.rename(uni, "Университет")
    assert "[Университет](#)" in notebook.notes.read(lecture).text
    assert len(notebook.links.backlinks(uni)) == 1


def test_backlinks_show_the_sentence_and_its_heading(notebook: Notebook) -> None:
    target = make(notebook, "Цель")
    make(notebook, "a", "# a\n\n## Часть\n\nПервое. Смотри [[Цель|туда]] скорее! Третье.\n")
    (backlink,) = notebook.links.backlinks(target)
    assert backlink.heading == "Часть"
    (start, end) = backlink.context.marks[0]
    assert backlink.context.text[start:end] == "туда"
    assert "Третье" not in backlink.context.text


def test_mentions_find_other_forms_outside_links_and_code(notebook: Notebook) -> None:
    target = make(notebook, "Модель")
    make(notebook, "a", "Обучение модели. `модель` [[Модель]] $модель$\n")
    notebook.search.index_now()
    found = notebook.links.mentions(target)
    assert [(m.source.title, m.link.label) for m in found] == [("a", "модели")]


def test_attachments_are_no_unresolved_links(notebook: Notebook, tmp_path: Path) -> None:
    notebook.attachments.add("рис.png", b"\x89PNG")
    note_id = make(notebook, "a", "![[рис.png|300]] ![[нет.png]]\n")
    assert [link.target for _note, link in notebook.links.unresolved(note_id)] == ["нет.png"]
    found = notebook.attachments.find("РИС.png", note_id)
    assert found is not None
    assert found.data == b"\x89PNG"
