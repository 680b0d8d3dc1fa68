"""How targets of new links, and of links that are written anew, are spelled."""

import pytest

from desktop.core.notebook import Notebook
from desktop.core.records import Link, LinkKind, NoteId
from desktop.core.store.links.targets import TargetWriter
from desktop.core.text.link_writing import address_end, anchor_span
from desktop.core.text.links import scan_links
from desktop.core.text.target_writing import WrittenTarget, encode_anchor


def make(notebook: Notebook, name: str, under: NoteId | None = None) -> NoteId:
    return notebook.tree.create(name, parent_id=under).created[0]


def test_a_new_link_means_its_note_alone(notebook: Notebook) -> None:
    folder, other = make(notebook, "Папка 1"), make(notebook, "B")
    near, far, alone = make(notebook, "Тема", folder), make(notebook, "Тема", other), make(notebook, "Одна", folder)
    source = make(notebook, "S", other)
    writer = TargetWriter(notebook._database.read())
    assert writer.new(source, alone) == "Одна"
    assert writer.new(source, near) == "Папка 1/Тема"
    assert writer.new(source, far) == "B/Тема", "the name alone leads there, but fits another note as well"
    assert writer.new(source, far, LinkKind.MARKDOWN) == "Тема.md"
    assert writer.new(source, near, LinkKind.MARKDOWN) == "../Папка%201/Тема.md"
    assert writer.alone(source, near, LinkKind.WIKI) == "Папка 1/Тема"


def test_a_link_is_written_as_its_writer_wrote_it(notebook: Notebook) -> None:
    folder, other = make(notebook, "Папка 1"), make(notebook, "B")
    note, source = make(notebook, "Тема", folder), make(notebook, "S", other)
    writer = TargetWriter(notebook._database.read())
    for kind, written, expected in (
        (LinkKind.WIKI, "Old", "Тема"),
        (LinkKind.WIKI, "x/Old", "Папка 1/Тема"),
        (LinkKind.WIKI, "/x/Old.md", "/Папка 1/Тема.md"),
        (LinkKind.MARKDOWN, "./Old.md", "../Папка%201/Тема.md"),
        (LinkKind.MARKDOWN, "%D0%90.md", "%D0%A2%D0%B5%D0%BC%D0%B0.md"),
    ):
        assert writer.like(WrittenTarget(kind, written), source, note) == expected, written


@pytest.mark.parametrize(
    ("text", "address", "anchor"),
    [
        ("[[N#a b]]", "N#a b", "a b"), ("[[N # a |x]]", "N # a ", "a"), ("| [[N#a\\|x]] |", "N#a", "a"),
        ("[[N|x#y]]", "N", None),
        ("[x](N.md#a(b)c \"t\")", "N.md#a(b)c", "a(b)c"), ("[x](<N.md#a b>)", "N.md#a b", "a b"),
        ("[x](N.md#)", "N.md#", None),
        ("[x][r]\n\n[r]: N.md#a)b 't'\n", "N.md#a)b", "a)b"), ("[x](#a\\)b)", "#a\\)b", "a\\)b"),
    ],
)  # fmt: skip
def test_where_an_address_and_its_anchor_end(text: str, address: str, anchor: str | None) -> None:
    link: Link = scan_links(text)[0]
    assert text[link.target_start : address_end(text, link)] == address
    span = anchor_span(text, link)
    assert (text[slice(*span)] if span else None) == anchor


def test_how_anchors_are_written() -> None:
    assert encode_anchor("a b#c", LinkKind.WIKI) == "a b#c"
    assert encode_anchor("a|b", LinkKind.WIKI) is None
    assert encode_anchor("a b#c", LinkKind.MARKDOWN) == "a%20b#c"
    assert encode_anchor("^id", LinkKind.MARKDOWN) == encode_anchor("^id", LinkKind.WIKI) == "^id"
    assert encode_anchor("глава", LinkKind.MARKDOWN, "%D0%90") == "%D0%B3%D0%BB%D0%B0%D0%B2%D0%B0"
