"""What follows from texts: sections, links, tags, aliases, link targets, and the outbox of the search index.

Stored in the transaction that stores the text; all of it can be made again from the texts.
"""

import sqlite3
import time
from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest

from desktop.core.records import Document, Link, LinkKind, NoteId, Section
from desktop.core.store.links.resolver import NOTE_KINDS, Resolver, target_key
from desktop.core.store.rows import chunks, marks
from desktop.core.text.folding import fold_name

TABLES = ("section", "link", "tag", "alias")


def replace_derived(sql: sqlite3.Connection, note_id: NoteId, document: Document) -> None:
    """Store anew what follows from one note's text; its links are not resolved yet."""
    for table in TABLES:
        owner = "source_id" if table == "link" else "note_id"
        sql.execute(f"DELETE FROM {table} WHERE {owner} = ?", (note_id,))
    insert_derived(sql, [(note_id, document)])


def insert_derived(sql: sqlite3.Connection, pairs: Sequence[tuple[NoteId, Document]]) -> None:
    """Store what follows from the texts of notes that have no derived rows yet."""
    insert_sections(sql, [(note_id, section) for note_id, document in pairs for section in document.sections])
    insert_links(sql, [(note_id, link) for note_id, document in pairs for link in document.links])
    for note_id, document in pairs:
        insert_names(sql, "tag", note_id, names_of(document.tags))
        insert_names(sql, "alias", note_id, names_of(document.aliases))


def insert_sections(sql: sqlite3.Connection, pairs: Iterable[tuple[NoteId, Section]]) -> None:
    """Store headings."""
    sql.executemany(
        'INSERT INTO section (note_id, ordinal, level, title, slug, start, "end") VALUES (?, ?, ?, ?, ?, ?, ?)',
        [(n, s.ordinal, s.level, clean(s.title), clean(s.slug), s.start, s.end) for n, s in pairs],
    )


def insert_links(
    sql: sqlite3.Connection, pairs: Iterable[tuple[NoteId, Link]], targets: Iterable[NoteId | None] = ()
) -> None:
    """Store links, with the notes that they lead to where these are known already."""
    sql.executemany(
        'INSERT INTO link (source_id, kind, target, anchor, label, start, "end", target_start, target_end, target_key,'
        " target_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (n, k.kind.value, clean(k.target), clean(k.anchor), clean(k.label), k.start, k.end, k.target_start,
             k.target_end, clean(target_key(k)), target)
            for (n, k), target in zip_longest(pairs, targets)
        ],
    )  # fmt: skip


def resolved(resolver: Resolver, source_id: NoteId, links: Sequence[Link]) -> list[NoteId | None]:
    """Return the notes that links of one note lead to."""
    with_key = {link.target for link in links if link.kind in NOTE_KINDS}
    resolver.prepare(with_key)
    found: dict[tuple[str, LinkKind], NoteId | None] = {}
    for link in links:
        if link.kind in NOTE_KINDS and link.target and (link.target, link.kind) not in found:
            found[link.target, link.kind] = resolver.resolve(link.target, source_id, link.kind)
    return [found.get((link.target, link.kind)) for link in links]


def names_of(written: Iterable[str]) -> dict[str, str]:
    """Return tags or aliases by their keys, the first of each."""
    names: dict[str, str] = {}
    for name in written:
        names.setdefault(clean(fold_name(name)), clean(name))
    return names


def insert_names(sql: sqlite3.Connection, table: str, note_id: NoteId, names: Mapping[str, str]) -> None:
    """Store tags or aliases; `table` is "tag" or "alias"."""
    sql.executemany(
        f"INSERT INTO {table} (note_id, {table}_key, {table}) VALUES (?, ?, ?)",
        [(note_id, key, name) for key, name in names.items()],
    )


def resolve_links(
    sql: sqlite3.Connection,
    *,
    sources: Iterable[NoteId] = (),
    keys: Iterable[str] = (),
    links: Iterable[int] = (),
) -> set[NoteId]:
    """Find again the targets of the links in `sources`, of those that go by one of `keys`, and of `links` by id.

    Return the notes whose links out, or links in, are others now.
    """
    rows: dict[int, tuple[NoteId, str, str, NoteId | None]] = {}
    asked: tuple[tuple[str, Sequence[object]], ...] = (
        ("source_id", list(sources)),
        ("target_key", [key for key in keys if key]),
        ("id", list(links)),
    )
    for column, values in asked:
        for chunk in chunks(values):
            found = sql.execute(
                f"SELECT id, source_id, kind, target, target_id FROM link WHERE {column} IN ({marks(chunk)})"
                " AND target_key != ''",
                chunk,
            )
            rows.update({row[0]: row[1:] for row in found})
    resolver = Resolver(sql)
    resolver.prepare(target for _source, _kind, target, _before in rows.values())
    return _store_targets(sql, resolver, rows)


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
    """Put notes in the outbox of the search index: changed, moved, trashed or deleted.

    A ticket never comes twice, also when the outbox was empty between: who knows a ticket knows the note's state.
    """
    last = sql.execute("SELECT max(ticket) FROM index_queue").fetchone()[0] or 0  # once: asked per note it is O(n²)
    last = max(last, time.time_ns() // 1_000)
    sql.executemany(
        "INSERT OR REPLACE INTO index_queue (note_id, ticket) VALUES (?, ?)",
        [(note_id, ticket) for ticket, note_id in enumerate(note_ids, last + 1)],
    )


def clean(text: str) -> str:
    """Return the text with lone surrogates, which no file can hold, replaced by U+FFFD."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
    return text
