"""Which note a link means, by what, and that every change of the library asks anew."""

import time
from pathlib import Path

import pytest

from desktop.core.notebook import Notebook
from desktop.core.records import LinkKind, NoteId, NoteKind, ResolvedBy
from desktop.core.store.derived import resolve_all_links, resolve_links
from desktop.core.store.links.resolver import Resolver


def make(
    notebook: Notebook, title: str, text: str = "", under: NoteId | None = None, kind: NoteKind = NoteKind.NOTE
) -> NoteId:
    return notebook.tree.create(title, kind, text=text, parent_id=under).created[0]


def shelf(notebook: Notebook, *paths: str) -> dict[str, NoteId]:
    """Make notes by their paths; a path that ends with a slash is a folder, and what is missing above one too."""
    ids: dict[str, NoteId] = {}
    for path in paths:
        parts = path.strip("/").split("/")
        for length in range(1, len(parts) + 1):
            part = "/".join(parts[:length])
            if part not in ids:
                kind = NoteKind.NOTE if length == len(parts) and not path.endswith("/") else NoteKind.FOLDER
                ids[part] = make(notebook, parts[length - 1], under=ids.get("/".join(parts[: length - 1])), kind=kind)
    return ids


@pytest.mark.parametrize(
    ("paths", "source", "target", "expected"),
    [
        (("a/N", "N", "a/S"), "a/S", "N", "N"),  # the path from the root before the own folder
        (("a/N", "b/N", "b/S"), "b/S", "N", "b/N"),  # the own folder before the others
        (("aaaa/N", "b/c/N", "S"), "S", "N", "b/c/N"),  # the shorter string, though it is deeper
        (("bb/N", "aa/N", "S"), "S", "N", "aa/N"),
        (("a b/N", "a/bN/N", "x/a/N", "S"), "S", "a/N", "x/a/N"),  # also where it stands deeper
        (("x/a/N", "yy/a/N", "yy/a/S"), "yy/a/S", "a/N", "yy/a/N"),
        (("x/a/N", "a/N", "x/a/S"), "x/a/S", "a/N", "a/N"),
        (("a/N/", "bb/cc/N", "S"), "S", "N", "bb/cc/N"),  # a note before a folder
        (("a/N/", "S"), "S", "N", "a/N"),
        (("a/N", "S"), "S", "A/n.MD", "a/N"),
        (("Б\u0438\u0306/N", "S"), "S", "бй/n", "Б\u0438\u0306/N"),
        (("два слова", "S"), "S", "Два\u00a0слова", "два слова"),
        (("два слова", "S"), "S", "Два\u202fслова", "два слова"),
        (("a/N", "b/S"), "b/S", "./N", None),
        (("a/N", "b/S"), "b/S", "../a/N", "a/N"),
        (("a/N", "b/S"), "b/S", "/a/N", "a/N"),
        (("x/a/N", "b/S"), "b/S", "/a/N", None),
        (("a/N", "S"), "S", "b/N", None),
    ],
)
def test_names(notebook: Notebook, paths: tuple[str, ...], source: str, target: str, expected: str | None) -> None:
    ids = shelf(notebook, *paths)
    assert notebook.links.resolve(target, ids[source]) == (ids[expected] if expected else None)


def test_a_markdown_link_is_a_path_from_its_folder_first(notebook: Notebook) -> None:
    ids = shelf(notebook, "index", "a/index", "a/b/other")
    source = make(notebook, "S", "[x](index.md) [[index]] [y](b/other.md) [z](other.md) [w](../index)", ids["a"])
    found = [link.target.id for link in notebook.links.outgoing(source) if link.target]
    assert found == [ids["a/index"], ids["index"], ids["a/b/other"], ids["a/b/other"], ids["index"]]
    assert notebook.links.resolve("index.md", source) == ids["a/index"]  # as it is written in that note
    assert notebook.links.resolve("index", source) == ids["index"]


def test_by_what_a_link_is_found(notebook: Notebook) -> None:
    make(notebook, "Имя")
    make(notebook, "T", "---\ntitle: Мой титул\naliases: [Прозвище, Ещё одно]\n---\n")
    notebook.tree.rename(make(notebook, "t2"), "Еще")
    source = make(notebook, "S", "[[Имя]] [[T]] [[Прозвище]] [[Ещё одно]] [[Еще одно]] [[Ещё]] [[нет]] [u](https://a.b)")
    found = {link.link.target: (link.target is not None, link.how) for link in notebook.links.outgoing(source)}
    assert found == {
        "Имя": (True, ResolvedBy.NAME),
        "T": (True, ResolvedBy.NAME),
        "Прозвище": (True, ResolvedBy.ALIAS),
        "Ещё одно": (True, ResolvedBy.ALIAS),
        "Еще одно": (True, ResolvedBy.LOOSE),
        "Ещё": (True, ResolvedBy.LOOSE),
        "нет": (False, ResolvedBy.NAME),
        "https://a.b": (False, ResolvedBy.NAME),
    }


def test_yo_counts_last_of_all(notebook: Notebook) -> None:
    name = make(notebook, "Елка")
    assert notebook.links.resolve("ёлка") == name
    alias = make(notebook, "дерево", "---\naliases: Ёлка\n---\n")
    assert notebook.links.resolve("ёлка") == alias, "an alias that is spelled so before a name that is not"
    assert notebook.links.resolve("елка") == name
    assert notebook.links.resolve("Е\u0308лка") == alias


def test_how_many_others_a_target_names(notebook: Notebook) -> None:
    ids = shelf(notebook, "index", "a/index", "a/c/index", "b/c/index", "b/S")
    notebook.notes.save(ids["b/S"], "[[index]] [[c/index]] [[a/index]] [[/index]] [[./c/index]] [x](../index.md)", 1)
    found = [(link.target.id if link.target else None, link.others) for link in notebook.links.outgoing(ids["b/S"])]
    assert found == [
        (ids["index"], 3), (ids["a/c/index"], 1), (ids["a/index"], 0), (ids["index"], 0), (ids["b/c/index"], 0),
        (ids["index"], 0),
    ]  # fmt: skip


def test_imported_folders_are_worlds_of_their_own(notebook: Notebook, tmp_path: Path) -> None:
    for vault in ("one", "two two"):
        for path in ("index.md", "deep/index.md", "deep/Only.md", "deep/er/Note.md"):
            file = tmp_path / vault / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(f"# {vault}\n\n[[index]] [[Note]] [t](/index.md)\n", encoding="utf-8")
    notebook.exchange.import_paths([tmp_path / "two two", tmp_path / "one"])
    for head in notebook.tree.living():
        for link in notebook.links.outgoing(head.id):
            assert link.target is not None
            top = next(h.name for h in notebook.tree.path(head.id))
            there = "/".join(h.name for h in notebook.tree.path(link.target.id))
            assert there == f"{top}/{'deep/er/Note' if link.link.target == 'Note' else 'index'}"
            assert link.others == (0 if link.link.target in ("Note", "/index.md") else 1)


class Led:
    """Where the links of one note lead now."""

    def __init__(self, notebook: Notebook, text: str, under: NoteId | None = None) -> None:
        self._notebook = notebook
        self.source = make(notebook, "Source", text, under)

    def __call__(self) -> list[NoteId | None]:
        return [link.target.id if link.target else None for link in self._notebook.links.outgoing(self.source)]


def test_a_note_that_fits_better_takes_the_link(notebook: Notebook) -> None:
    folder = make(notebook, "f", kind=NoteKind.FOLDER)
    led = Led(notebook, "[[Цель]] [[Цель#A|b]]", folder)
    assert led() == [None, None]
    alias = make(notebook, "x", "---\naliases: Цель\n---\n")
    assert led() == [alias] * 2
    deep = make(notebook, "Цель", under=make(notebook, "g", kind=NoteKind.FOLDER))
    assert led() == [deep] * 2
    own = make(notebook, "Цель", under=folder)
    assert led() == [own] * 2
    root = make(notebook, "Цель")
    assert led() == [root] * 2
    notebook.tree.trash_notes([root])
    assert led() == [own] * 2
    notebook.tree.restore([root])
    assert led() == [root] * 2
    notebook.tree.trash_notes([root, own])
    assert led() == [deep] * 2
    notebook.notes.save(alias, "---\naliases: Другая\n---\n", 1)
    notebook.tree.trash_notes([deep])
    assert led() == [None, None]
    notebook.notes.save(alias, "---\naliases: ЦЕЛЬ\n---\n", 2)
    assert led() == [alias] * 2


def test_a_note_that_moves_takes_the_link_along_or_leaves_it(notebook: Notebook) -> None:
    ids = shelf(notebook, "a/N", "bbb/N", "bbb/S")
    led = Led(notebook, "[[N]]", ids["a"])
    other = Led(notebook, "see nothing", ids["bbb"])
    assert led() == [ids["a/N"]]
    assert other() == []
    notebook.tree.trash_notes([ids["a/N"]])
    assert led() == [ids["bbb/N"]]
    notebook.tree.set_kind(ids["bbb/N"], NoteKind.FOLDER)
    page = make(notebook, "N", under=make(notebook, "a very long name", kind=NoteKind.FOLDER))
    assert led() == [page], "a note before a folder"
    notebook.tree.set_kind(ids["bbb/N"], NoteKind.NOTE)
    assert led() == [ids["bbb/N"]]
    notebook.tree.trash_notes([page])
    second = make(notebook, "N", under=make(notebook, "dd", kind=NoteKind.FOLDER))
    assert led() == [second]
    deeper = make(notebook, "deeper", under=ids["bbb"], kind=NoteKind.FOLDER)
    notebook.tree.set_kind(second, NoteKind.FOLDER)
    assert led() == [ids["bbb/N"]]
    notebook.tree.set_kind(second, NoteKind.NOTE)
    changes = notebook.tree.move([second], deeper)
    assert second in changes.moved
    assert led() == [second], "the link was written anew"
    notebook.notes.save(led.source, "[[N]] again", notebook.tree.head(led.source).version)
    assert led() == [ids["bbb/N"]]
    notebook.tree.move([second], ids["a"])
    assert notebook.links.resolve("N", led.source) == second, "it stands in the source's own folder now"
    assert led() == [ids["bbb/N"]]
    assert notebook.notes.read(led.source).text == "[[bbb/N]] again"


def test_a_change_of_yo_alone_asks_anew(notebook: Notebook) -> None:
    led = Led(notebook, "[[Ёж]]")
    first, second = make(notebook, "a", "---\naliases: Еж\n---\n"), make(notebook, "b", "---\naliases: Ежи\n---\n")
    assert led() == [first]
    notebook.notes.save(second, "---\naliases: Ёж\n---\n", 1)
    assert led() == [second]
    notebook.notes.save(second, "---\naliases: Еж\n---\n", 2)
    notebook.notes.save(first, "---\naliases: Ёж\n---\n", 1)
    assert led() == [first]
    named = make(notebook, "Ёж")
    assert led() == [named]
    notebook.tree.trash_notes([named])
    assert led() == [first]


def test_a_saved_text_is_resolved_as_all_links_are(notebook: Notebook) -> None:
    ids = shelf(notebook, "a/N", "b/N", "a/M", "b/S")
    text = "---\naliases: Own\n---\n[[N]] [[a/N]] [x](N.md) [[Own]] [[b]] ![[M]] [[gone]]"
    notebook.notes.save(ids["b/S"], text, 1)
    before = [link.target and link.target.id for link in notebook.links.outgoing(ids["b/S"])]
    assert before == [ids["b/N"], ids["a/N"], ids["b/N"], ids["b/S"], ids["b"], ids["a/M"], None]
    with notebook.links._database.write() as transaction:
        assert resolve_all_links(transaction.sql) == set()
        assert resolve_links(transaction.sql, sources=list(ids.values())) == set()


def test_both_ways_of_reading_names_agree(notebook: Notebook) -> None:
    ids = shelf(notebook, "a/N", "b/N", "b/c/N", "b/S", "Ёж", "q/Еж", "a/index", "b/index")
    sql = notebook.links._database.read()
    quick, slow = Resolver(sql, preload=True), Resolver(sql)
    prepared = Resolver(sql)
    targets = ("N", "c/N", "Еж", "ёж", "index", "b/index", "./N", "../a/N", "/a/N", "none", "", ".", "a/")
    prepared.prepare(targets)
    for target in targets:
        for source in (None, *ids.values()):
            for kind in (LinkKind.WIKI, LinkKind.MARKDOWN, LinkKind.COLLECTION):
                found = quick.find(target, source, kind)
                assert found == slow.find(target, source, kind) == prepared.find(target, source, kind)


def test_many_notes_of_one_name_cost_their_number(notebook: Notebook) -> None:
    def cost(count: int) -> float:
        top = make(notebook, f"top {count}", kind=NoteKind.FOLDER)
        with notebook.links._database.write() as transaction:
            sql = transaction.sql
            first = sql.execute("SELECT max(id) FROM note").fetchone()[0] + 1
            columns = "(id, uid, kind, name, title, parent_id, position, version, created, updated, checksum, text"
            for n in range(count):
                folder = first + 2 * n
                for note_id, name, parent in ((folder, f"s{n}", top), (folder + 1, "index", folder)):
                    sql.execute(
                        f"INSERT INTO note {columns}, name_key, title_key, date) VALUES (?, ?, 'note', ?, ?, ?, 0, 1,"
                        " 0, 0, x'', '', ?, ?, '')",
                        (note_id, f"{count}-{note_id}", name, name, parent, name, name),
                    )
            resolver = Resolver(sql, preload=True)
            begin = time.process_time()
            for n in range(count):
                source = NoteId(first + 2 * n)
                for target in ("index", f"s{(n * 7) % count}/index", "./index", f"../top {count}/s{n}/index"):
                    resolver.find(target, source)
                    resolver.find(target, NoteId(source + 1), LinkKind.MARKDOWN)
            taken = time.process_time() - begin
            sql.execute("DELETE FROM note WHERE id >= ?", (top,))
        return taken

    cost(100)
    assert min(cost(800) for _ in range(2)) < 9 * max(cost(200), 0.02)


def test_places_that_are_not_there_are_told(notebook: Notebook) -> None:
    target = make(notebook, "T", "# A\n\nwords ^id1\n\nx ^2\n")
    text = (
        "# Own\n\n[[T#A]] [[T#B]] [[T#^id1]] [[T#^ID1]] [[T#^no]] [[T#^2]] [[#Own]] [[#no]] [x](#own) [A](T.md#no)"
        " [B](T.md#no) [[no#A]] [[T]] [[T#gone|A]]\n"
    )
    source = make(notebook, "S", text)
    links = notebook.links.outgoing(source)
    lost = notebook.links.lost_places(source)
    assert [text[link.link.start : link.link.end] for link in links if link.link.start in lost] == [
        "[[T#B]]", "[[T#^no]]", "[[#no]]", "[B](T.md#no)", "[[T#gone|A]]",
    ]  # fmt: skip
    assert notebook.links.place(target, "^2") is not None
    assert notebook.links.place(target, "^no") is None


@pytest.mark.parametrize("kind", [NoteKind.NOTE, NoteKind.LECTURE])
def test_an_imported_folder_stays_a_root_whatever_it_is_for(notebook: Notebook, tmp_path: Path, kind: NoteKind) -> None:
    (tmp_path / "vault/sub").mkdir(parents=True)
    (tmp_path / "vault/a.md").write_text("a")
    (tmp_path / "vault/sub/index.md").write_text("[[/a]]")
    (tmp_path / "vault/sub/page.md").write_text("[[/a]] [[a]]")
    notebook.exchange.import_paths([tmp_path / "vault"])
    vault = notebook.notes.find("vault")
    wanted = notebook.notes.find("vault/a")
    changes = notebook.tree.set_kind(vault, kind)
    for _there_and_back in range(2):
        for source in ("vault/sub", "vault/sub/page"):
            found = {link.target and link.target.id for link in notebook.links.outgoing(notebook.notes.find(source))}
            assert found <= {wanted}
        with notebook._database.write() as transaction:
            assert not resolve_all_links(transaction.sql)
        assert changes.undo is not None
        changes = notebook.tree.apply(changes.undo)


def test_a_page_that_becomes_a_folder_is_a_root_at_once(notebook: Notebook, tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text("x")
    notebook.exchange.import_paths([tmp_path / "page.md"])
    page = notebook.notes.find("page")
    inside = make(notebook, "a", under=page)
    source = make(notebook, "s", "[[/a]]", page)
    notebook.tree.set_kind(page, NoteKind.FOLDER)
    assert [link.target.id for link in notebook.links.outgoing(source) if link.target] == [inside]
    with notebook._database.write() as transaction:
        assert not resolve_all_links(transaction.sql)
