"""Copies of what is elsewhere: found by their address alone, their bytes kept once, nothing left behind."""

import sqlite3
from contextlib import closing

from desktop.core.notebook import Notebook
from desktop.core.records import Changes

FIRST, SECOND = "https://example.org/a/plot.png?x=1&y=2", "http://example.org/b/%D1%80%D0%B8%D1%81.png"
PNG = b"\x89PNG one"


def counts(notebook: Notebook) -> tuple[int, int]:
    """Return how many attachments and how many blobs the file holds."""
    with closing(sqlite3.connect(notebook.path)) as sql:
        return tuple(sql.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("attachment", "blob"))


def test_a_copy_is_found_by_its_address_and_told(notebook: Notebook) -> None:
    changes = notebook.attachments.keep_copy(FIRST, "plot.png", "image/png", PNG)
    assert changes == Changes(attachments=True)
    assert changes
    found = notebook.attachments.by_address(FIRST)
    assert found is not None
    assert (found.data, found.mime, found.name, found.source_url) == (PNG, "image/png", "plot.png", FIRST)
    assert notebook.attachments.by_address(FIRST + "#x") is None
    assert notebook.attachments.by_address("") is None


def test_the_same_bytes_under_two_addresses_are_kept_once(notebook: Notebook) -> None:
    notebook.attachments.keep_copy(FIRST, "plot.png", "image/png", PNG)
    notebook.attachments.keep_copy(SECOND, "рис.png", "image/png", PNG)
    assert counts(notebook) == (2, 1)
    assert notebook.attachments.stored([FIRST, SECOND, FIRST, "", "https://example.org/"]) == {FIRST, SECOND}
    notebook.attachments.forget_copies([FIRST])
    assert counts(notebook) == (1, 1)
    found = notebook.attachments.by_address(SECOND)
    assert found is not None
    assert found.data == PNG
    notebook.attachments.forget_copies([SECOND])
    assert counts(notebook) == (0, 0)


def test_fetched_again_the_newer_bytes_take_the_place(notebook: Notebook) -> None:
    notebook.attachments.keep_copy(FIRST, "plot.png", "image/png", PNG)
    notebook.attachments.keep_copy(FIRST, "plot.png", "image/png", b"\x89PNG two")
    assert counts(notebook) == (1, 1)
    found = notebook.attachments.by_address(FIRST)
    assert found is not None
    assert found.data == b"\x89PNG two"


def test_a_copy_never_stands_in_for_a_file_of_its_name(notebook: Notebook) -> None:
    """`![[plot.png]]` means a file of the user's, even where only a stranger's image has that name."""
    note = notebook.tree.create("Note").created[0]
    notebook.attachments.keep_copy(FIRST, "plot.png", "image/png", PNG)
    for target in ("plot.png", FIRST, "a/plot.png"):
        assert notebook.attachments.find(target, note) is None
    notebook.attachments.add("plot.png", b"mine")
    found = notebook.attachments.find("plot.png", note)
    assert found is not None
    assert found.data == b"mine"


def test_forgetting_leaves_what_came_another_way(notebook: Notebook) -> None:
    notebook.attachments.add("plot.png", PNG, source_url=FIRST)
    assert not notebook.attachments.forget_copies([FIRST, SECOND])
    notebook.attachments.keep_copy(FIRST, "plot.png", "image/png", PNG)
    assert notebook.attachments.forget_copies([FIRST])
    assert notebook.attachments.stored([FIRST]) == {FIRST}


def test_a_thousand_addresses_are_asked_for_by_an_index(notebook: Notebook) -> None:
    notebook.attachments.keep_copy(FIRST, "plot.png", "image/png", PNG)
    many = [f"https://example.org/{number}" for number in range(1_200)] + [FIRST]
    assert notebook.attachments.stored(many) == {FIRST}
    with closing(sqlite3.connect(notebook.path)) as sql:
        plan = sql.execute("EXPLAIN QUERY PLAN SELECT 1 FROM attachment WHERE source_url IN ('a', 'b')").fetchall()
    assert "USING" in plan[0][3]
    assert "source_url" in plan[0][3]
