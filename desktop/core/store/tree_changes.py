"""Changes of the tree within an open transaction: what stands under what, in which order; the trash; the way back.

A trashed note keeps its parent, and everything below it carries the same `trashed_at`, so that a restore brings back
exactly what went.
"""

import sqlite3
from collections.abc import Callable, Sequence

from desktop.core.errors import TreeError
from desktop.core.records import Changes, NoteHead, NoteId, NoteKind, TreeStep
from desktop.core.store.database import Transaction
from desktop.core.store.derived import clean, queue_for_index, replace_derived, resolve_links
from desktop.core.store.names import name_for, unique_name
from desktop.core.store.rows import checksum, chunks, marks, now_ms, read_head, read_heads, subtree
from desktop.core.text.folding import fold_name

Placed = Callable[[], object]  # called when the tree is changed and the link table still says where all links led


def create_note(
    transaction: Transaction,
    title: str,
    kind: NoteKind = NoteKind.NOTE,
    parent_id: NoteId | None = None,
    position: int | None = None,
    text: str = "",
    origin: str = "",
) -> Changes:
    """Make a note under a parent, last or before the sibling at `position`."""
    import uuid  # late: reading the first screen needs no Markdown, and no names for notes

    from desktop.core.text.document import read_document

    sql = transaction.sql
    title = clean(" ".join(title.split())) or "Untitled"
    text = clean(text)
    document = read_document(text)
    now = now_ms()
    if parent_id is not None and read_head(sql, parent_id).trashed_at is not None:
        raise TreeError("The note above is in the trash; restore it first.")
    name = unique_name(sql, name_for(title), parent_id)
    cursor = sql.execute(
        "INSERT INTO note (uid, kind, name, title, parent_id, position, version, created, updated, checksum,"
        " name_key, title_key, date, text) VALUES (?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?)",
        (uuid.uuid4().hex, kind, name, title, parent_id, make_room(sql, parent_id, position), now, now,
         checksum(text), fold_name(name), fold_name(title), document.date, text),
    )  # fmt: skip
    note_id = NoteId(cursor.lastrowid or 0)
    replace_derived(sql, note_id, document)
    relinked = resolve_links(sql, sources=[note_id], keys=all_keys(sql, [note_id]))
    queue_for_index(sql, [note_id])
    return Changes(
        origin=origin,
        created=(note_id,),
        relinked=frozenset(relinked),
        parents=frozenset({parent_id}),
        undo=TreeStep("trash", (note_id,)),
    )


def set_kind(transaction: Transaction, note_id: NoteId, kind: NoteKind, origin: str = "") -> Changes:
    """Say what a note is for."""
    sql = transaction.sql
    before = read_head(sql, note_id)
    sql.execute("UPDATE note SET kind = ? WHERE id = ?", (kind, note_id))
    concerned = [note_id]  # a folder's name counts less, and one that was imported is a root for what is in it
    if sql.execute("SELECT 1 FROM import_source WHERE note_id = ?", (note_id,)).fetchone():
        concerned = subtree(sql, [note_id], living=False)
    relinked = resolve_links(sql, sources=concerned[1:], keys=all_keys(sql, concerned))
    queue_for_index(sql, [note_id])
    return Changes(
        origin=origin,
        renamed=frozenset({note_id}),
        relinked=frozenset(relinked),
        parents=frozenset({before.parent_id}),
        undo=TreeStep("kind", (note_id,), title=before.kind),
    )


def set_names(
    transaction: Transaction,
    note_id: NoteId,
    title: str,
    name: str,
    origin: str = "",
    placed: Placed = lambda: None,
) -> Changes:
    """Give a note a title and a name; no text changes."""
    sql = transaction.sql
    before = read_head(sql, note_id)
    name = unique_name(sql, name, before.parent_id, but=note_id)
    below = subtree(sql, [note_id], living=False) if name != before.name else [note_id]
    keys = all_keys(sql, below)
    sql.execute(
        "UPDATE note SET title = ?, title_key = ?, name = ?, name_key = ? WHERE id = ?",
        (title, fold_name(title), name, fold_name(name), note_id),
    )
    placed()
    relinked = resolve_links(sql, sources=below, keys=keys | all_keys(sql, below)) | {note_id}
    queue_for_index(sql, [note_id])
    return Changes(
        origin=origin,
        renamed=frozenset({note_id}),
        relinked=frozenset(relinked),
        parents=frozenset({before.parent_id}),
        undo=TreeStep("names", (note_id,), title=before.title, name=before.name),
    )


def move_notes(
    transaction: Transaction,
    note_ids: Sequence[NoteId],
    parent_id: NoteId | None,
    position: int | None = None,
    origin: str = "",
    placed: Placed = lambda: None,
) -> Changes:
    """Put notes, in this order, under a parent: last, or before the sibling now at row `position`; no text changes."""
    sql = transaction.sql
    before = _child_at(sql, parent_id, position, note_ids)
    places = tuple(_place(sql, n) for n in note_ids)
    _refuse_loops(sql, note_ids, parent_id)
    heads = [read_head(sql, n) for n in note_ids]
    old_parents = {head.parent_id for head in heads}
    keys = all_keys(sql, note_ids)  # a name that is taken there gets a number
    for note_id in note_ids:
        at = None if before is None else read_head(sql, before).position
        _put(sql, note_id, parent_id, make_room(sql, parent_id, at))
    placed()
    undo = TreeStep("move", tuple(note_ids), places=places, names=_names_back(sql, heads))
    relinked = _after_move(sql, note_ids, keys)
    return Changes(
        origin=origin,
        moved=frozenset(note_ids),
        relinked=frozenset(relinked),
        parents=frozenset(old_parents | {parent_id}),
        undo=undo,
    )


def move_back(transaction: Transaction, step: TreeStep, origin: str = "") -> Changes:
    """Put notes where a move took them from, and call them as they were called there."""
    sql = transaction.sql
    places = tuple(_place(sql, n) for n in step.note_ids)
    heads = [read_head(sql, n) for n in step.note_ids]
    parents: set[NoteId | None] = {parent for parent, _row in step.places}
    moves = sorted(zip(step.note_ids, step.places, strict=True), key=lambda move: move[1][1])
    keys = all_keys(sql, step.note_ids)
    waiting = [note_id for note_id, _place_ in moves]  # rows are counted without those not yet in place
    for note_id, (parent_id, row) in moves:
        _refuse_loops(sql, [note_id], parent_id)
        parents.add(read_head(sql, note_id).parent_id)
        before = _child_at(sql, parent_id, row, waiting, without=waiting)
        at = None if before is None else read_head(sql, before).position
        _put(sql, note_id, parent_id, make_room(sql, parent_id, at))
        waiting.remove(note_id)
    for head, (name, now) in zip(heads, step.names, strict=False):  # once all are in their places
        if head.name == now:
            _call(sql, head.id, unique_name(sql, name, read_head(sql, head.id).parent_id, but=head.id))
    undo = TreeStep("move", step.note_ids, places=places, names=_names_back(sql, heads))
    relinked = _after_move(sql, step.note_ids, keys)
    return Changes(
        origin=origin,
        moved=frozenset(step.note_ids),
        relinked=frozenset(relinked),
        parents=frozenset(parents),
        undo=undo,
    )


def trash_notes(transaction: Transaction, note_ids: Sequence[NoteId], origin: str = "") -> Changes:
    """Put notes and everything below them in the trash."""
    sql = transaction.sql
    tops = [n for n in dict.fromkeys(note_ids) if read_head(sql, n).trashed_at is None]
    gone = subtree(sql, tops)
    parents = {read_head(sql, n).parent_id for n in tops}
    _set_trashed(sql, gone, now_ms())
    queue_for_index(sql, gone)
    relinked = resolve_links(sql, keys=all_keys(sql, gone)) | set(gone)
    return Changes(
        origin=origin,
        trashed=frozenset(gone),
        relinked=frozenset(relinked),
        parents=frozenset(parents),
        undo=TreeStep("restore", tuple(tops)) if tops else None,
    )


def restore_notes(transaction: Transaction, note_ids: Sequence[NoteId], origin: str = "") -> Changes:
    """Bring notes back from the trash with what went with them; to the root where their parent is gone."""
    sql = transaction.sql
    back: list[NoteId] = []
    parents: set[NoteId | None] = set()
    for note_id in note_ids:
        top = read_head(sql, note_id)
        if top.trashed_at is None:
            continue
        with_it = [h.id for h in read_heads(sql, subtree(sql, [note_id], living=False)).values()
                   if h.trashed_at == top.trashed_at]  # fmt: skip
        parent_id = top.parent_id
        if parent_id is not None and read_head(sql, parent_id).trashed_at is not None:
            parent_id = None
        name = unique_name(sql, top.name, parent_id)
        sql.execute(
            "UPDATE note SET name = ?, name_key = ?, parent_id = ? WHERE id = ?",
            (name, fold_name(name), parent_id, note_id),
        )
        _set_trashed(sql, with_it, None)
        back += with_it
        parents.add(parent_id)
    queue_for_index(sql, back)
    relinked = resolve_links(sql, sources=back, keys=all_keys(sql, back)) | set(back)
    return Changes(
        origin=origin,
        restored=frozenset(back),
        relinked=frozenset(relinked),
        parents=frozenset(parents),
        undo=TreeStep("trash", tuple(note_ids)) if back else None,
    )


def delete_notes(transaction: Transaction, note_ids: Sequence[NoteId], origin: str = "") -> Changes:
    """Delete trashed notes for good, with their history; raise TreeError for a living one."""
    sql = transaction.sql
    gone = subtree(sql, note_ids, living=False)
    if any(h.trashed_at is None for h in read_heads(sql, gone).values()):
        raise TreeError("Only notes in the trash can be deleted for good.")
    queue_for_index(sql, gone)
    sql.execute("PRAGMA defer_foreign_keys = ON")  # until the commit: a parent may go before its children
    sql.executemany("DELETE FROM note WHERE id = ?", [(note_id,) for note_id in gone])
    sql.execute("DELETE FROM blob WHERE sha256 NOT IN (SELECT sha256 FROM attachment)")
    return Changes(origin=origin, deleted=frozenset(gone))


def _refuse_loops(sql: sqlite3.Connection, note_ids: Sequence[NoteId], parent_id: NoteId | None) -> None:
    if parent_id is None:
        return
    if read_head(sql, parent_id).trashed_at is not None:
        raise TreeError("The note above is in the trash; restore it first.")
    if parent_id in subtree(sql, note_ids):
        raise TreeError("A note cannot stand under itself.")


def make_room(sql: sqlite3.Connection, parent_id: NoteId | None, position: int | None) -> int:
    """Return a free position under a parent: the last, or before the one that stands at `position` or after it.

    A gap before that one is taken, as a note leaves it that is moved away and back; else the ones behind make room.
    """
    if position is None:
        row = sql.execute(
            "SELECT max(position) FROM note WHERE parent_id IS ? AND trashed_at IS NULL", (parent_id,)
        ).fetchone()
        return 0 if row[0] is None else int(row[0]) + 1
    siblings = "FROM note WHERE parent_id IS ? AND trashed_at IS NULL AND position"
    if position > 0 and sql.execute(f"SELECT 1 {siblings} = ?", (parent_id, position - 1)).fetchone() is None:
        return position - 1
    sql.execute(
        "UPDATE note SET position = position + 1 WHERE parent_id IS ? AND position >= ? AND trashed_at IS NULL",
        (parent_id, position),
    )
    return position


def _child_at(
    sql: sqlite3.Connection,
    parent_id: NoteId | None,
    row: int | None,
    moving: Sequence[NoteId],
    without: Sequence[NoteId] = (),
) -> NoteId | None:
    """Return the first sibling at or after `row` that does not move itself; `without` are not counted as rows."""
    if row is None:
        return None
    rows = sql.execute(
        f"SELECT id FROM note WHERE parent_id IS ? AND trashed_at IS NULL AND id NOT IN ({marks(without)})"
        " ORDER BY position, id LIMIT -1 OFFSET ?",
        (parent_id, *without, row),
    )
    return next((NoteId(r[0]) for r in rows if r[0] not in moving), None)


def _place(sql: sqlite3.Connection, note_id: NoteId) -> tuple[NoteId | None, int]:
    head = read_head(sql, note_id)
    row = sql.execute(
        "SELECT count(*) FROM note WHERE parent_id IS ? AND trashed_at IS NULL AND (position, id) < (?, ?)",
        (head.parent_id, head.position, note_id),
    ).fetchone()[0]
    return head.parent_id, int(row)


def _put(sql: sqlite3.Connection, note_id: NoteId, parent_id: NoteId | None, position: int) -> None:
    head = read_head(sql, note_id)
    name = head.name if head.parent_id == parent_id else unique_name(sql, head.name, parent_id, but=note_id)
    sql.execute(
        "UPDATE note SET parent_id = ?, position = ?, name = ?, name_key = ? WHERE id = ?",
        (parent_id, position, name, fold_name(name), note_id),
    )


def _call(sql: sqlite3.Connection, note_id: NoteId, name: str) -> None:
    sql.execute("UPDATE note SET name = ?, name_key = ? WHERE id = ?", (name, fold_name(name), note_id))


def _names_back(sql: sqlite3.Connection, before: Sequence[NoteHead]) -> tuple[tuple[str, str], ...]:
    """Return for notes that were moved how they were called, and how they are called now."""
    return tuple((head.name, read_head(sql, head.id).name) for head in before)


def _after_move(sql: sqlite3.Connection, note_ids: Sequence[NoteId], keys: set[str]) -> set[NoteId]:
    below = subtree(sql, note_ids)
    queue_for_index(sql, below)
    return resolve_links(sql, sources=below, keys=keys | all_keys(sql, below))


def all_keys(sql: sqlite3.Connection, note_ids: Sequence[NoteId]) -> set[str]:
    """Return every key that notes go by: of their names, titles and aliases."""
    keys: set[str] = set()
    for chunk in chunks(note_ids):
        ids = marks(chunk)
        rows = sql.execute(
            f"SELECT name_key FROM note WHERE id IN ({ids}) UNION SELECT title_key FROM note WHERE id IN ({ids})"
            f" UNION SELECT alias_key FROM alias WHERE note_id IN ({ids})",
            [*chunk, *chunk, *chunk],
        )
        keys.update(row[0] for row in rows)
    return keys


def _set_trashed(sql: sqlite3.Connection, note_ids: Sequence[NoteId], stamp: int | None) -> None:
    sql.executemany("UPDATE note SET trashed_at = ? WHERE id = ?", [(stamp, n) for n in note_ids])
