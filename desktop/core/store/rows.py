"""From rows to records: the columns that a NoteHead needs, and small helpers every store module shares."""

import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from desktop.core.errors import NoteNotFound
from desktop.core.records import NoteHead, NoteId, NoteKind, Section

HEAD = """n.id, n.uid, n.kind, n.name, n.title, n.parent_id, n.position, n.version, n.created, n.updated, n.trashed_at,
 (SELECT count(*) FROM note c WHERE c.parent_id = n.id AND c.trashed_at IS NULL),
 (SELECT count(*) FROM section s WHERE s.note_id = n.id)"""
CHUNK = 500  # bound variables in one statement

Row = tuple[Any, ...]


def head_of(row: Sequence[Any]) -> NoteHead:
    """Return the record of a row that was selected with HEAD."""
    return NoteHead(
        NoteId(row[0]), row[1], kind_of(row[2]), row[3], row[4], row[5], *row[6:13]
    )


def kind_of(stored: object) -> NoteKind:
    """Return a stored kind; one that this program does not know counts as a note."""
    try:
        return NoteKind(stored)  # type: ignore[arg-type]  # whatever a stranger's file holds
    except ValueError:
        return NoteKind.NOTE


def read_head(sql: sqlite3.Connection, note_id: NoteId) -> NoteHead:
    """Return a note's head, trashed or not; raise NoteNotFound."""
    row = sql.execute(f"SELECT {HEAD} FROM note n WHERE n.id = ?", (note_id,)).fetchone()
    if row is None:
        raise NoteNotFound("That note is not in the library any more.")
    return head_of(row)


def read_heads(sql: sqlite3.Connection, note_ids: Iterable[NoteId]) -> dict[NoteId, NoteHead]:
    """Return the heads of those notes that exist."""
    heads: dict[NoteId, NoteHead] = {}
    for chunk in chunks(list(note_ids)):
        for row in sql.execute(f"SELECT {HEAD} FROM note n WHERE n.id IN ({marks(chunk)})", chunk):
            head = head_of(row)
            heads[head.id] = head
    return heads


def read_sections(sql: sqlite3.Connection, note_id: NoteId) -> tuple[Section, ...]:
    """Return the headings of a stored text, in reading order."""
    rows = sql.execute(
        'SELECT ordinal, level, title, slug, start, "end" FROM section WHERE note_id = ? ORDER BY ordinal', (note_id,)
    )
    return tuple(Section(*row) for row in rows)


def read_texts(sql: sqlite3.Connection, note_ids: Iterable[NoteId]) -> dict[NoteId, str]:
    """Return the texts of those notes that exist, trashed ones too."""
    texts: dict[NoteId, str] = {}
    for chunk in chunks(list(note_ids)):
        texts.update(sql.execute(f"SELECT id, text FROM note WHERE id IN ({marks(chunk)})", chunk))
    return texts


def chunks(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """Cut a list into pieces that fit one statement."""
    for start in range(0, len(values), CHUNK):
        yield values[start : start + CHUNK]


def marks(values: Sequence[Any]) -> str:
    """Return as many question marks as there are values."""
    return ",".join("?" * len(values))


def checksum(text: str) -> bytes:
    """Return the checksum of a text: blake2b, 16 bytes."""
    import hashlib  # late, with a library of ciphers: only writing needs it

    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def last_id(sql: sqlite3.Connection) -> int:
    """Return the greatest id that a note has ever had, 0 where there was none."""
    return int(sql.execute("SELECT max(seq) FROM sqlite_sequence WHERE name = 'note'").fetchone()[0] or 0)


def now_ms() -> int:
    """Return the time in milliseconds since 1970 UTC."""
    return time.time_ns() // 1_000_000


def subtree(sql: sqlite3.Connection, note_ids: Sequence[NoteId], *, living: bool = True) -> list[NoteId]:
    """Return the notes and everything below them, parents before children."""
    found: dict[NoteId, None] = {}
    condition = "AND n.trashed_at IS NULL" if living else ""
    for chunk in chunks(note_ids):
        rows = sql.execute(
            f"""WITH RECURSIVE below(id) AS (
                  SELECT n.id FROM note n WHERE n.id IN ({marks(chunk)}) {condition}
                  UNION SELECT n.id FROM note n JOIN below ON n.parent_id = below.id WHERE 1 {condition})
                SELECT id FROM below""",
            chunk,
        )
        found.update(dict.fromkeys(NoteId(row[0]) for row in rows))
    return list(found)
