"""From rows of the link table to records."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from desktop.core.records import Link, LinkKind, NoteId
from desktop.core.store.rows import chunks, marks

COLUMNS = 'l.kind, l.target, l.anchor, l.label, l.start, l."end", l.target_start, l.target_end'
LIVING = "JOIN note n ON n.id = l.source_id AND n.trashed_at IS NULL"  # the note that holds the link


@dataclass(frozen=True, slots=True)
class StoredLink(Link):
    """A link with the note that holds it, and the one that it leads to."""

    source_id: NoteId
    target_id: NoteId | None


def link_of(row: Sequence[Any]) -> Link:
    """Return the record of a row that was selected with COLUMNS."""
    return Link(LinkKind(row[0]), *row[1:8])


def read_links(sql: sqlite3.Connection, column: str, values: Iterable[object], more: str = "") -> list[StoredLink]:
    """Return the links, also of trashed notes, of which a column has one of the values."""
    found = []
    for chunk in chunks(list(values)):
        rows = sql.execute(
            f"SELECT {COLUMNS}, l.source_id, l.target_id FROM link l WHERE l.{column} IN ({marks(chunk)}) {more}", chunk
        )
        found += [StoredLink(LinkKind(row[0]), *row[1:]) for row in rows]
    return found
