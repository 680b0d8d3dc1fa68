"""Rows that follow from an edited text are those that follow from the text."""

import random
import sqlite3

from desktop.core.notebook import Notebook
from desktop.core.records import NoteId

PARTS = (
    "# Один\n", "## Два\n", "## Два\n", "[[a]] ", "[[b|c]] ", "[d](e.md#x) ", "[r][s] ", "\n[s]: https://x.example\n",
    "#tag ", "#other ", "word ", "\n\n", "![[pic.png]] ", "https://y.example ", "[[a]]", "`[[a]]`",
    "Page • 1 backlink • [uni](#)\n",
    "---\n", "aliases: [q]\n",
)  # fmt: skip
QUERIES = (
    'SELECT ordinal, level, title, slug, start, "end" FROM section WHERE note_id = ? ORDER BY ordinal',
    'SELECT kind, target, anchor, label, start, "end", target_start, target_end, target_key, target_id FROM link'
    " WHERE source_id = ? ORDER BY start, kind, target, target_start",
    "SELECT tag_key, tag FROM tag WHERE note_id = ? ORDER BY tag_key",
    "SELECT alias_key, alias FROM alias WHERE note_id = ? ORDER BY alias_key",
)


def rows(notebook: Notebook, note_id: NoteId) -> list[list[tuple[object, ...]]]:
    connection = sqlite3.connect(notebook.path)
    try:
        return [connection.execute(query, (note_id,)).fetchall() for query in QUERIES]
    finally:
        connection.close()


def test_edits_leave_what_a_new_note_would_have(notebook: Notebook) -> None:
    notebook.tree.create("a", text="x")
    for seed in range(12):
        draw = random.Random(seed)
        text = "".join(draw.choice(PARTS) for _ in range(30))
        note_id = notebook.tree.create(f"Edited {seed}", text=text).created[0]
        version = 1
        for _ in range(10):
            start = draw.randint(0, len(text))
            inserted = "".join(draw.choice(PARTS) for _ in range(draw.choice((0, 1, 1, 3))))
            text = text[:start] + inserted + text[start + draw.choice((0, 0, 1, 12)) :]
            changes = notebook.notes.save(note_id, text, version)
            version = changes.versions[note_id]
            new = notebook.tree.create("New", text=text)
            expected = rows(notebook, new.created[0])
            notebook.tree.trash_notes(list(new.created))
            notebook.tree.delete_forever(list(new.created))
            assert rows(notebook, note_id) == expected, (seed, text)


def test_a_key_relinks_nothing(notebook: Notebook) -> None:
    target = notebook.tree.create("b", text="y").created[0]
    note_id = notebook.tree.create("Long", text="[[b]] word [[c]]").created[0]
    assert not notebook.notes.save(note_id, "[[b]] words [[c]]", 1).relinked
    assert notebook.notes.save(note_id, "words [[c]]", 2).relinked == {note_id, target}
    assert notebook.notes.save(note_id, "words [[c]] [[b]]", 3).relinked == {note_id, target}
