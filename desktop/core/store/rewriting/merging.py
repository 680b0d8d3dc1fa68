"""Two notes become one: the text of one goes to the end of the other, with its children and all links to it."""

import sqlite3
from collections.abc import Iterable

from desktop.core.errors import TreeError
from desktop.core.records import Changes, MergePlan, NoteId
from desktop.core.store.database import Transaction
from desktop.core.store.rewriting.link_keeping import Home, LinkKeeper
from desktop.core.store.rewriting.text_edits import apply_edits, join_changes
from desktop.core.store.rows import read_head, subtree
from desktop.core.store.tree_changes import all_keys, move_notes, set_names, trash_notes
from desktop.core.text.merging import Written, merged


def merge(transaction: Transaction, note_id: NoteId, into_id: NoteId, origin: str = "") -> Changes:
    """Merge a note into another within an open transaction; the note goes to the trash as it was."""
    sql = transaction.sql
    head, into = read_head(sql, note_id), read_head(sql, into_id)
    if note_id == into_id:
        raise TreeError("A note cannot be merged into itself.")
    if head.trashed_at is not None or into.trashed_at is not None:
        raise TreeError("A note in the trash cannot be merged; put it back first.")
    texts = {NoteId(row[0]): str(row[1]) for row in sql.execute(
        "SELECT id, text FROM note WHERE id IN (?, ?)", (note_id, into_id)
    )}  # fmt: skip
    below = subtree(sql, [note_id])[1:]
    moving = [n for n in {*below, *subtree(sql, [into_id])} if n not in texts] if into_id in below else below
    concerned = [note_id, into_id, *moving]
    keeper = LinkKeeper(sql, texts, moving, all_keys(sql, concerned))
    coming = Written(note_id, head.title, head.name, keeper.read(note_id))
    work, at = merged(coming, Written(into_id, into.title, into.name, keeper.read(into_id)), keeper.block_ids(note_id))
    parts = [_move_out(transaction, note_id, into_id, origin)] if into_id in below else []
    children = _children(transaction, note_id)
    if children:
        parts.append(move_notes(transaction, children, into_id, None, origin))
    parts.append(trash_notes(transaction, [note_id], origin))
    works, edits = keeper.keep({into_id: work}, {note_id: Home(into_id, at)})
    edits[into_id] = list(works[into_id].edits_of(len(texts[into_id])))
    parts.append(apply_edits(transaction, edits, origin))
    if into_id in parts[-1].renamed:  # its own heading is still the first one, but may have come with the other text
        parts.append(set_names(transaction, into_id, into.title, into.name, origin))
    return join_changes(*parts)


def plan_merge(sql: sqlite3.Connection, note_id: NoteId, into_id: NoteId) -> MergePlan:
    """Return what a merge would do."""
    links, sources = sql.execute(
        "SELECT count(*), count(DISTINCT l.source_id) FROM link l"
        " JOIN note n ON n.id = l.source_id AND n.trashed_at IS NULL WHERE l.target_id = ?1 AND l.source_id != ?1",
        (note_id,),
    ).fetchone()
    head = read_head(sql, note_id)
    return MergePlan(head, read_head(sql, into_id), links, sources, head.children)


def _children(transaction: Transaction, note_id: NoteId) -> list[NoteId]:
    rows: Iterable[tuple[int]] = transaction.sql.execute(
        "SELECT id FROM note WHERE parent_id = ? AND trashed_at IS NULL ORDER BY position, id", (note_id,)
    )
    return [NoteId(row[0]) for row in rows]


def _move_out(transaction: Transaction, note_id: NoteId, into_id: NoteId, origin: str) -> Changes:
    """Put the note that stays, which stands below the one that goes, where that one stands."""
    sql = transaction.sql
    head = read_head(sql, note_id)
    row = sql.execute(
        "SELECT count(*) FROM note WHERE parent_id IS ? AND trashed_at IS NULL AND (position, id) <= (?, ?)",
        (head.parent_id, head.position, note_id),
    ).fetchone()[0]
    return move_notes(transaction, [into_id], head.parent_id, int(row), origin)
