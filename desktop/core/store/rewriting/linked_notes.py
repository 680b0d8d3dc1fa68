"""Making the note that a link names, where the link says it stands, so that the link leads there."""

import sqlite3

from desktop.core.errors import TreeError
from desktop.core.records import Changes, NoteId, NoteKind
from desktop.core.store.database import Transaction
from desktop.core.store.links.resolver import Resolver
from desktop.core.store.rewriting.text_edits import join_changes
from desktop.core.store.rows import read_head
from desktop.core.store.tree_changes import create_note
from desktop.core.text.folding import file_suffix, fold_name

MOST_FOLDERS = 20  # that one link may name
_DEEPEST = 6


def create_linked(
    transaction: Transaction, source_id: NoteId, target: str, anchor: str = "", origin: str = ""
) -> Changes:
    """Make the note that `target` names when written in `source_id`, with the headings that the anchor names.

    A path leads from the root where it begins with a slash, from the source's folder where it has dots, else from the
    folder that its first parts mean; what is missing of the path is made as folders. The last one created is the note.
    Raise TreeError where the link would not lead there all the same.
    """
    sql = transaction.sql
    parts = [part.strip() for part in target.replace("\\", "/").split("/")]
    while len(parts) > 1 and not parts[-1]:
        parts.pop()
    title = parts[-1].removesuffix(file_suffix(parts[-1]))
    parent_id, missing = _folder(sql, source_id, parts[:-1][:MOST_FOLDERS])
    made: list[Changes] = []
    for name in missing:
        made.append(create_note(transaction, name, NoteKind.FOLDER, parent_id, origin=origin))
        parent_id = made[-1].created[0]
    made.append(create_note(transaction, title, NoteKind.NOTE, parent_id, text=_text(title, anchor), origin=origin))
    if Resolver(sql).resolve(target, source_id) is None:
        raise TreeError("No note can have the name that this link says; write another name into it.")
    return join_changes(*made)


def _folder(sql: sqlite3.Connection, source_id: NoteId, parts: list[str]) -> tuple[NoteId | None, list[str]]:
    """Return the note that a path of names leads to, as far as there is one, and the names that are missing."""
    beside = read_head(sql, source_id).parent_id
    if not parts:
        return beside, []
    if parts[0] == "" or any(part in (".", "..") for part in parts):
        current = None if parts[0] == "" else beside
        while parts and parts[0] in ("", ".", ".."):
            if parts[0] == ".." and current is not None:
                current = read_head(sql, current).parent_id
            parts = parts[1:]
        return _down(sql, current, [part for part in parts if part not in ("", ".", "..")])
    parts = [part for part in parts if part]
    found, rest = _down(sql, beside, parts)
    if found != beside:
        return found, rest
    resolver = Resolver(sql)
    for length in range(len(parts), 0, -1):
        meant = resolver.resolve("/".join(parts[:length]), source_id)
        if meant is not None:
            return meant, parts[length:]
    return beside, parts


def _down(sql: sqlite3.Connection, current: NoteId | None, parts: list[str]) -> tuple[NoteId | None, list[str]]:
    for index, part in enumerate(parts):
        row = sql.execute(
            "SELECT id FROM note WHERE parent_id IS ? AND name_key = ? AND trashed_at IS NULL",
            (current, fold_name(part)),
        ).fetchone()
        if row is None:
            return current, parts[index:]
        current = NoteId(row[0])
    return current, []


def _text(title: str, anchor: str) -> str:
    lines = [f"# {title}", ""]
    names = [name.strip() for name in anchor.split("#")]
    for level, name in enumerate((name for name in names if name and not name.startswith("^")), 2):
        lines += [f"{'#' * min(level, _DEEPEST)} {name}", ""]
    return "\n".join(lines) + "\n"
