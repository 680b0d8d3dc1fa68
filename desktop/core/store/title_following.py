"""What a note is called while its text is written: the title follows the first heading, the name follows the title.

Both only as long as they said the same. A name is part of every path that runs through the note, so it follows only
while no link needs it: a save rewrites no text but its own.
"""

import sqlite3
from typing import TYPE_CHECKING

from desktop.core.records import LinkKind, NoteId
from desktop.core.store.derived import clean
from desktop.core.store.links.resolver import Resolver
from desktop.core.store.names import name_for, unique_name
from desktop.core.store.rows import chunks, marks, subtree
from desktop.core.text.folding import fold_exact, fold_name

if TYPE_CHECKING:
    from desktop.core.store.models import Note as Row
    from desktop.core.store.rewriting.bulk_storing import StoredNote

MOST_LINKS = 2_000  # to notes below one; with more of them its name stays, unasked

_Link = tuple[NoteId, str, str, NoteId]  # source, kind, target, the note that it leads to


def follow_title(sql: sqlite3.Connection, note: "Row | StoredNote", after: str) -> bool:
    """Let the title follow the text's own as long as both were alike; the name too while no link uses it."""
    if not after or after == note.title:
        return False
    from desktop.core.text.document import read_title  # late: reading the first screen needs no Markdown

    before = read_title(note.text)
    if after == before or note.title not in (before, ""):
        return False
    if note.name == name_for(note.title):
        note_id, parent = NoteId(note.id or 0), None if note.parent_id is None else NoteId(note.parent_id)
        name = unique_name(sql, name_for(after), parent, but=note_id)
        if name != note.name and _is_free(sql, note_id, name):
            note.name, note.name_key = name, fold_name(name)
    note.title = clean(after)
    note.title_key = fold_name(note.title)
    return True


def names_of(sql: sqlite3.Connection, note_id: NoteId) -> list[tuple[str, str, str]]:
    """Return what a note goes by: whether it is a name, a title or an alias; its key; the key with ё for ё."""
    rows = sql.execute(
        "SELECT 'name', name_key, name FROM note WHERE id = ?1 UNION ALL SELECT 'title', title_key, title FROM note"
        " WHERE id = ?1 UNION ALL SELECT 'alias', alias_key, alias FROM alias WHERE note_id = ?1",
        (note_id,),
    )
    return [(what, key, fold_exact(written)) for what, key, written in rows]


def keys_below(sql: sqlite3.Connection, note_id: NoteId) -> set[str]:
    """Return the names of the notes below one: paths to them run through it."""
    below = subtree(sql, [note_id], living=False)[1:]
    rows = (sql.execute(f"SELECT name_key FROM note WHERE id IN ({marks(ids)})", ids) for ids in chunks(below))
    return {row[0] for found in rows for row in found}


def _is_free(sql: sqlite3.Connection, note_id: NoteId, name: str) -> bool:
    """Tell whether all links to a note and to those below it lead there too when it has another name."""
    linked = "SELECT 1 FROM link WHERE target_id = ? AND source_id != target_id"
    if sql.execute(linked, (note_id,)).fetchone() is not None:
        return False
    links = _links_below(sql, note_id)
    if links is None or not links:
        return links is not None
    was = sql.execute("SELECT name, name_key FROM note WHERE id = ?", (note_id,)).fetchone()
    sql.execute("UPDATE note SET name = ?, name_key = ? WHERE id = ?", (name, fold_name(name), note_id))
    resolver = Resolver(sql)
    resolver.prepare(target for _source, _kind, target, _led in links)
    kept = all(resolver.resolve(target, source, LinkKind(kind)) == led for source, kind, target, led in links)
    sql.execute("UPDATE note SET name = ?, name_key = ? WHERE id = ?", (*was, note_id))
    return kept


def _links_below(sql: sqlite3.Connection, note_id: NoteId) -> list[_Link] | None:
    """Return the links to the notes below one; None where they are too many to ask for each."""
    found: list[_Link] = []
    for ids in chunks(subtree(sql, [note_id])[1:]):
        found += sql.execute(
            f"SELECT source_id, kind, target, target_id FROM link WHERE target_id IN ({marks(ids)}) LIMIT ?",
            (*ids, MOST_LINKS + 1),
        )
        if len(found) > MOST_LINKS:
            return None
    return found
