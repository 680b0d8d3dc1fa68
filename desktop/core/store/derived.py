"""What follows from texts: sections, links, tags, aliases, link targets, and the outbox of the search index.

Replaced, never patched, in the transaction that stores the text; all of it can be made again from the texts.
"""

import sqlite3
from collections.abc import Iterable, Sequence

from desktop.core.records import Document, LinkKind, NoteId
from desktop.core.store.resolver import Resolver, target_key
from desktop.core.store.rows import chunks, marks
from desktop.core.text.links import fold_name

TABLES = ("section", "link", "tag", "alias")


def replace_derived(sql: sqlite3.Connection, note_id: NoteId, document: Document) -> None:
    """Store anew what follows from one note's text; its links are not resolved yet."""
    for table in TABLES:
        owner = "source_id" if table == "link" else "note_id"
        sql.execute(f"DELETE FROM {table} WHERE {owner} = ?", (note_id,))
    insert_derived(sql, [(note_id, document)])


def insert_derived(sql: sqlite3.Connection, pairs: Sequence[tuple[NoteId, Document]]) -> None:
    """Store what follows from the texts of notes that have no derived rows yet."""
    sql.executemany(
        'INSERT INTO section (note_id, ordinal, level, title, slug, start, "end") VALUES (?, ?, ?, ?, ?, ?, ?)',
        [(n, s.ordinal, s.level, clean(s.title), clean(s.slug), s.start, s.end) for n, d in pairs for s in d.sections],
    )
    sql.executemany(
        'INSERT INTO link (source_id, kind, target, anchor, label, start, "end", target_start, target_end, target_key)'
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (n, k.kind, clean(k.target), clean(k.anchor), clean(k.label), k.start, k.end, k.target_start, k.target_end,
             clean(target_key(k)))
            for n, d in pairs for k in d.links
        ],
    )  # fmt: skip
    sql.executemany(
        "INSERT OR IGNORE INTO tag (note_id, tag, tag_key) VALUES (?, ?, ?)",
        [(n, clean(tag), clean(fold_name(tag))) for n, d in pairs for tag in d.tags],
    )
    sql.executemany(
        "INSERT OR IGNORE INTO alias (note_id, alias, alias_key) VALUES (?, ?, ?)",
        [(n, clean(alias), clean(fold_name(alias))) for n, d in pairs for alias in d.aliases],
    )


def resolve_links(
    sql: sqlite3.Connection, *, sources: Iterable[NoteId] = (), keys: Iterable[str] = ()
) -> set[NoteId]:
    """Find again the targets of the links in `sources` and of those that go by one of `keys`.

    Return the notes whose links out, or links in, are others now.
    """
    rows: dict[int, tuple[NoteId, str, str, NoteId | None]] = {}
    for column, values in (("source_id", list(sources)), ("target_key", [key for key in keys if key])):
        for chunk in chunks(values):
            found = sql.execute(
                f"SELECT id, source_id, kind, target, target_id FROM link WHERE {column} IN ({marks(chunk)})"
                " AND target_key != ''",
                chunk,
            )
            rows.update({row[0]: row[1:] for row in found})
    return _store_targets(sql, Resolver(sql), rows)


def resolve_all_links(sql: sqlite3.Connection) -> set[NoteId]:
    """Find again the target of every link of the library; return the notes concerned."""
    found = sql.execute("SELECT id, source_id, kind, target, target_id FROM link WHERE target_key != ''").fetchall()
    return _store_targets(sql, Resolver(sql, preload=True), {row[0]: row[1:] for row in found})


def _store_targets(
    sql: sqlite3.Connection, resolver: Resolver, rows: dict[int, tuple[NoteId, str, str, NoteId | None]]
) -> set[NoteId]:
    concerned: set[NoteId] = set()
    updates = []
    for link_id, (source_id, kind, target, before) in rows.items():
        after = resolver.resolve(target, source_id, LinkKind(kind))
        if after != before:
            updates.append((after, link_id))
            concerned.update(n for n in (source_id, before, after) if n is not None)
    sql.executemany("UPDATE link SET target_id = ? WHERE id = ?", updates)
    return concerned


def queue_for_index(sql: sqlite3.Connection, note_ids: Iterable[NoteId]) -> None:
    """Put notes in the outbox of the search index: changed, moved, trashed or deleted."""
    sql.executemany(
        "INSERT OR REPLACE INTO index_queue (note_id, ticket) SELECT ?, ifnull(max(ticket), 0) + 1 FROM index_queue",
        [(note_id,) for note_id in note_ids],
    )


def clean(text: str) -> str:
    """Return the text with lone surrogates, which no file can hold, replaced by U+FFFD."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
    return text
