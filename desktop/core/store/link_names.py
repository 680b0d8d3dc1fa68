"""What to write in a link so that it leads to a note: the shortest name that does."""

import sqlite3
from collections.abc import Iterator

from desktop.core.records import LinkKind, NoteId
from desktop.core.store.resolver import Resolver, target_parts
from desktop.core.text.folding import fold_name


def name_chain(sql: sqlite3.Connection, note_id: NoteId) -> list[str]:
    """Return the names from the root to the note."""
    names: dict[NoteId, str] = {}
    current: NoteId | None = note_id
    while current is not None and current not in names:  # a damaged file may lead in a circle
        row = sql.execute("SELECT name, parent_id FROM note WHERE id = ?", (current,)).fetchone()
        if row is None:
            break
        names[current], current = row
    return list(reversed(names.values()))


def target_from(
    sql: sqlite3.Connection,
    resolver: Resolver,
    note_id: NoteId,
    source_id: NoteId | None,
    kind: LinkKind = LinkKind.WIKI,
    suffix: str = "",
) -> str:
    """Return the shortest target that means the note where it is written in `source_id`."""
    for target in _targets(name_chain(sql, note_id)):
        if resolver.resolve(target + suffix, source_id, kind) == note_id:
            return target + suffix
    return "/" + "/".join(name_chain(sql, note_id)) + suffix


def target_anywhere(sql: sqlite3.Connection, note_id: NoteId) -> str:
    """Return the shortest target that means the note wherever it is written."""
    chain = name_chain(sql, note_id)
    rows = sql.execute("SELECT id FROM note WHERE name_key = ? AND trashed_at IS NULL", (fold_name(chain[-1]),))
    others = {
        NoteId(row[0]): [fold_name(name) for name in name_chain(sql, NoteId(row[0]))]
        for row in rows.fetchall()
        if row[0] != note_id
    }
    for length in range(1, len(chain) + 1):
        wanted = [fold_name(name) for name in chain[-length:]]
        if not any(path[-length:] == wanted for path in others.values()):
            return "/".join(chain[-length:])
    whole, resolver = "/".join(chain), Resolver(sql)
    if all(resolver.resolve(whole, other) == note_id for other in others):
        return whole  # the exact path from the root, which comes first
    return f"/{whole}"


def targets_like(
    sql: sqlite3.Connection, target: str, source_id: NoteId, kind: LinkKind = LinkKind.WIKI, most: int = 50
) -> list[NoteId]:
    """Return the notes that a target fits as it is written besides the one it leads to."""
    found = Resolver(sql).find(target, source_id, kind)
    if found is None or not found.others:
        return []
    wanted = [part for part in target_parts(target) if part]
    fitting: list[NoteId] = []
    for column in ("name_key", "title_key"):
        rows = sql.execute(
            f"SELECT id FROM note WHERE {column} = ? AND trashed_at IS NULL AND id != ? LIMIT ?",
            (wanted[-1], found.note_id, 20 * most),
        )
        for row in rows.fetchall():
            above = [fold_name(name) for name in name_chain(sql, row[0])][-len(wanted) : -1]
            if len(wanted) == 1 or above == wanted[:-1]:
                fitting.append(NoteId(row[0]))
        if fitting:
            break
    return fitting[:most]


def _targets(chain: list[str]) -> Iterator[str]:
    for length in range(1, len(chain) + 1):
        yield "/".join(chain[-length:])
