"""What follows from an edited text, stored where it is another.

A key moves every link and heading behind it, and changes none. So the rows of the text before are compared with what
the new text says: those alike at the head stay, those alike at the tail are moved by one statement, the rows between
are exchanged. What cannot be told so is replaced whole. The rows come out as `replace_derived` writes them.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Any

from desktop.core.records import Document, Link, NoteId, Reheaded, Section
from desktop.core.store.derived import clean, insert_links, insert_names, insert_sections, names_of, resolved
from desktop.core.store.links.resolver import Resolver
from desktop.core.store.rows import chunks, marks

_COLUMNS = attrgetter("kind", "target", "anchor", "label", "start", "end", "target_start", "target_end")
MOST_REHEADED = 5  # headings at once that were reworded; above it they are others


@dataclass(frozen=True, slots=True)
class LinkEdit:
    """The links that came and are not resolved, by the ids of their rows, and the notes concerned."""

    came: tuple[int, ...]
    went_to: frozenset[NoteId]  # by the links that went
    changed: bool
    leads_to: frozenset[NoteId] = frozenset()  # by the links that came and are resolved
    reheaded: tuple[Reheaded, ...] = ()


def edit_derived(
    sql: sqlite3.Connection, note_id: NoteId, document: Document, resolver: Resolver | None = None
) -> LinkEdit:
    """Bring a note's derived rows up to its new text; links that came are resolved where there is a resolver.

    It must have read nothing yet: the note's aliases are stored first.
    """
    reheaded = _edit_sections(sql, note_id, document.sections)
    for table in ("tag", "alias"):
        stored = sql.execute(f"SELECT {table}_key, {table} FROM {table} WHERE note_id = ?", (note_id,)).fetchall()
        names = names_of(document.tags if table == "tag" else document.aliases)
        if dict(stored) != names:
            sql.execute(f"DELETE FROM {table} WHERE note_id = ?", (note_id,))
            insert_names(sql, table, note_id, names)
    return replace(_edit_links(sql, note_id, document.links, resolver), reheaded=reheaded)


def _edit_links(
    sql: sqlite3.Connection, note_id: NoteId, links: Sequence[Link], resolver: Resolver | None
) -> LinkEdit:
    old = sql.execute(
        'SELECT kind, target, anchor, label, start, "end", target_start, target_end, id, target_id FROM link'
        " WHERE source_id = ? ORDER BY start, id",
        (note_id,),
    ).fetchall()
    new = list(map(_COLUMNS, links))
    most = min(len(old), len(new))
    head = 0
    while head < most and old[head][:8] == new[head]:
        head += 1
    moved = new[-1][4] - old[-1][4] if most else 0
    tail = 0
    while tail < most - head and _is_moved(old[-1 - tail], new[-1 - tail], moved):
        tail += 1
    while 0 < tail < len(old) and old[-1 - tail][4] == old[-tail][4]:
        tail -= 1  # two that begin at one place cannot be told apart by it
    gone = old[head : len(old) - tail]
    for chunk in chunks([row[8] for row in gone]):
        sql.execute(f"DELETE FROM link WHERE id IN ({marks(chunk)})", chunk)
    if moved and tail:
        sql.execute(
            'UPDATE link SET start = start + ?1, "end" = "end" + ?1, target_start = target_start + ?1,'
            " target_end = target_end + ?1 WHERE source_id = ?2 AND start >= ?3",
            (moved, note_id, old[-tail][4]),
        )
    last = sql.execute("SELECT ifnull(max(id), 0) FROM link").fetchone()[0]
    came = links[head : len(links) - tail]
    went_to = frozenset(NoteId(row[9]) for row in gone if row[9] is not None)
    changed = bool(gone or came)
    if resolver is not None:
        targets = resolved(resolver, note_id, came)
        insert_links(sql, [(note_id, link) for link in came], targets)
        return LinkEdit((), went_to, changed, frozenset(found for found in targets if found is not None))
    insert_links(sql, [(note_id, link) for link in came])
    ids = sql.execute("SELECT id FROM link WHERE source_id = ? AND id > ?", (note_id, last)) if came else ()
    return LinkEdit(tuple(row[0] for row in ids), went_to, changed)


def _is_moved(old: Sequence[Any], new: Sequence[Any], by: int) -> bool:
    return (
        old[4] + by == new[4]
        and old[5] + by == new[5]
        and old[6] + by == new[6]
        and old[7] + by == new[7]
        and old[:4] == new[:4]
    )


def _edit_sections(sql: sqlite3.Connection, note_id: NoteId, sections: Sequence[Section]) -> tuple[Reheaded, ...]:
    """Store the headings where they are others; return those of which only the words are."""
    old = sql.execute(
        'SELECT level, title, slug, start, "end" FROM section WHERE note_id = ? ORDER BY ordinal', (note_id,)
    ).fetchall()
    new = [(s.level, clean(s.title), clean(s.slug), s.start, s.end) for s in sections]
    if old == new:
        return ()
    if len(old) == len(new) and all(a[:3] == b[:3] for a, b in zip(old, new, strict=True)):
        starts = _step([(a[3], b[3]) for a, b in zip(old, new, strict=True)])
        ends = _step([(a[4], b[4]) for a, b in zip(old, new, strict=True)])
        if starts is not None and ends is not None:
            for column, (place, by) in (("start", starts), ('"end"', ends)):
                if by:
                    sql.execute(
                        f"UPDATE section SET {column} = {column} + ? WHERE note_id = ? AND {column} >= ?",
                        (by, note_id, place),
                    )
            return ()
    sql.execute("DELETE FROM section WHERE note_id = ?", (note_id,))
    insert_sections(sql, [(note_id, section) for section in sections])
    if [row[0] for row in old] != [row[0] for row in new]:
        return ()
    others = [(a[1], b[1]) for a, b in zip(old, new, strict=True) if a[1] != b[1]]
    return tuple(Reheaded(note_id, *pair) for pair in others) if len(others) <= MOST_REHEADED else ()


def _step(pairs: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """Return (place, by) where all numbers from a place on grew by the same, those before stayed; None otherwise."""
    grown = {after - before for before, after in pairs} - {0}
    if not grown:
        return 0, 0
    if len(grown) > 1:
        return None
    place = min(before for before, after in pairs if before != after)
    if any(before >= place and before == after for before, after in pairs):
        return None
    return place, grown.pop()
