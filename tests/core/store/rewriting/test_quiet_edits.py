"""Edits of targets leave the rows that reading the whole text would give."""

import random

import pytest

from desktop.core.notebook import Notebook
from desktop.core.records import NoteId, TextEdit
from desktop.core.store.rewriting.quiet_edits import edit_quietly
from desktop.core.store.rewriting.text_edits import apply_edits
from desktop.core.text.link_writing import POINTED, pointed_at
from desktop.core.text.patchwork import apart
from tests.core.store.test_derived_edit import rows

PARTS = (
    "# Один [[Old]]\n", "## Два\n", "[[Old]] ", "[[Old|c]] ", "[d](Old.md#x) ", "[r][s] ", "\n[s]: Old.md\n",
    "Under\n===\n", "#tag ", "слово ", "\n\n", "![[Old#x]] ", "https://y.example ", "[[Old#Два]]", "`[[Old]]`",
    "\n> [[Old]] \n- [[ Old ]]\n", "| [[Old\\|x]] | b |\n|--|--|\n", "Page • 1 backlink • [Old](#)\n",
    "---\na: \"[[Old]]\"\n---\n", "`", "$", "[", "[t](<Old.md>) ", "[![[Old]]](Old.md) ", "\r\n", "[[Old]][[Old]]",
    "<b ", "%%", "[x [[Old]] y](https://z.example) ",
)  # fmt: skip


def test_edits_of_targets_leave_what_a_new_note_would_have(notebook: Notebook) -> None:
    notebook.tree.create("Old")
    names = ("New", "Новое имя", "a/b c", "x_y (2)", "q`q", "100%", "$5", "N")
    quiet = 0
    for seed in range(150):
        draw = random.Random(seed)
        text = "".join(draw.choice(PARTS) for _ in range(14))
        note_id = notebook.tree.create(f"Edited {seed}", text=text).created[0]
        links = [link.link for link in notebook.links.outgoing(note_id) if link.link.target == "Old"]
        spans = sorted({(link.target_start, link.target_end) for link in links})
        if not spans:
            continue
        name = draw.choice(names)
        edits = [TextEdit(start, end, name) for start, end in spans if draw.random() < 0.7]
        with notebook._database.write() as transaction:
            quiet += edit_is_quiet(notebook, transaction.sql, note_id, text, edits)
        with notebook._database.write() as transaction:
            apply_edits(transaction, {note_id: edits})
        new = notebook.tree.create("Fresh", text=notebook.notes.read(note_id).text)
        expected = rows(notebook, new.created[0])
        notebook.tree.trash_notes(list(new.created))
        notebook.tree.delete_forever(list(new.created))
        assert rows(notebook, note_id) == expected, (seed, text, edits)
    assert quiet > 20, "hardly any text took the short way: the test shows nothing"


def edit_is_quiet(notebook: Notebook, sql: object, note_id: NoteId, text: str, edits: list[TextEdit]) -> bool:
    """Tell whether the short way is taken, and leave the rows as they were."""
    sql.execute("SAVEPOINT asked")  # type: ignore[attr-defined]
    found = bool(edits) and edit_quietly(sql, note_id, text, edits) is not None  # type: ignore[arg-type]
    sql.execute("ROLLBACK TO asked")  # type: ignore[attr-defined]
    return found


def test_a_note_with_a_thousand_links_is_read(notebook: Notebook) -> None:
    text = "[[Old]] " * 1000
    note_id = notebook.tree.create("Many", text=text).created[0]
    with notebook._database.write() as transaction:
        assert edit_quietly(transaction.sql, note_id, text, [TextEdit(2, 5, "New")]) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("[[p%%q]] x y [[Z]] [[p%%q]]\n", "Old"), ("[[p%%q]] x y [[Z]] %%", "Old"),
        ("[[Old]] x y [[Z]] %%", "a%%b"), ("[[Old]] x [w](%Old%) [[Z]] %%", ""),
    ],
)  # fmt: skip
def test_the_marks_of_a_comment_are_read(notebook: Notebook, text: str, name: str) -> None:
    notebook.tree.create("Z")
    note_id = notebook.tree.create("s", text=text).created[0]
    link = next(link.link for link in notebook.links.outgoing(note_id))
    if not name:
        link = list(notebook.links.outgoing(note_id))[1].link
    edits = [TextEdit(link.target_start + (not name), link.target_end - (not name), name)]
    with notebook._database.write() as transaction:
        apply_edits(transaction, {note_id: edits})
    fresh = notebook.tree.create("Fresh", text=notebook.notes.read(note_id).text).created[0]
    assert rows(notebook, note_id) == rows(notebook, fresh)


def test_edits_of_anchors_and_words_leave_what_a_new_note_would_have(notebook: Notebook) -> None:
    notebook.tree.create("Old")
    notebook.tree.create("New", text="# New\n\n## Глава: первая!\n\n## b-c\n")
    anchors = ("", "Глава: первая!", "b-c", "^a1b2c3", "x%%y", "100%", "a`b", "«П» — 5")
    quiet = 0
    for seed in range(150):
        draw = random.Random(seed)
        text = "".join(draw.choice(PARTS) for _ in range(14))
        note_id = notebook.tree.create(f"Edited {seed}", text=text).created[0]
        edits = []
        for link in sorted((found.link for found in notebook.links.outgoing(note_id)), key=lambda link: link.start):
            if link.kind in POINTED and link.target == "Old" and draw.random() < 0.7:
                edits.append(pointed_at(text, link, "New", draw.choice(anchors), keep_words=draw.random() < 0.5))
        edits = apart(edits)
        with notebook._database.write() as transaction:
            quiet += edit_is_quiet(notebook, transaction.sql, note_id, text, edits)
        with notebook._database.write() as transaction:
            apply_edits(transaction, {note_id: edits})
        new = notebook.tree.create("Fresh", text=notebook.notes.read(note_id).text)
        expected = rows(notebook, new.created[0])
        notebook.tree.trash_notes(list(new.created))
        notebook.tree.delete_forever(list(new.created))
        assert rows(notebook, note_id) == expected, (seed, text, edits)
    assert quiet > 15, "hardly any text took the short way: the test shows nothing"
