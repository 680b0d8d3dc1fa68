"""Renaming a note, with the links that name it.

The title changes; the name follows where it was alike; a first heading that said the same is rewritten, and so is every
link that named the note by its old name or title. Outside those places every text stays as it was.
"""

import re
import sqlite3
from urllib.parse import quote

from desktop.core.records import Changes, LinkKind, NoteId, TreeStep
from desktop.core.store.database import Transaction
from desktop.core.store.derived import clean, queue_for_index, resolve_links
from desktop.core.store.names import name_for, unique_name
from desktop.core.store.notes import store_text
from desktop.core.store.resolver import SUFFIXES
from desktop.core.store.rows import read_head
from desktop.core.text.folding import fold_name


def rename(transaction: Transaction, note_id: NoteId, title: str, origin: str = "", *, name: str = "") -> Changes:
    """Rename a note within an open transaction; `name` is given only when a rename is taken back."""
    sql = transaction.sql
    before = read_head(sql, note_id)
    title = clean(" ".join(title.split())) or before.title
    if title == before.title and name in ("", before.name):
        return Changes(origin=origin)
    follows = before.name == name_for(before.title) or fold_name(before.name) == fold_name(before.title)
    wanted = name or (name_for(title) if follows else before.name)
    new_name = before.name if wanted == before.name else unique_name(sql, wanted, before.parent_id, but=note_id)
    renames = {fold_name(before.title): new_name}
    if new_name != before.name:
        renames[fold_name(before.name)] = new_name
    edits = _link_edits(sql, note_id, renames if new_name != before.name or title != before.title else {})
    sql.execute(
        "UPDATE note SET title = ?, title_key = ?, name = ?, name_key = ? WHERE id = ?",
        (title, fold_name(title), new_name, fold_name(new_name), note_id),
    )
    edits.setdefault(note_id, [])
    versions: dict[NoteId, int] = {}
    relinked: set[NoteId] = {note_id}
    for source_id, places in edits.items():
        text = str(sql.execute("SELECT text FROM note WHERE id = ?", (source_id,)).fetchone()[0])
        changed = _replace(text, places)
        if source_id == note_id:
            changed = _retitle_heading(changed, before.title, title)
        if changed != text:
            stored = store_text(transaction, source_id, changed, 0, origin, force=True)
            versions.update(stored.versions)
            relinked |= stored.relinked
    # The text's own heading must not have moved title or name away from what was asked for.
    sql.execute(
        "UPDATE note SET title = ?, title_key = ?, name = ?, name_key = ? WHERE id = ?",
        (title, fold_name(title), new_name, fold_name(new_name), note_id),
    )
    keys = {fold_name(text) for text in (before.title, before.name, title, new_name)}
    relinked |= resolve_links(sql, keys=keys)
    queue_for_index(sql, [note_id])
    return Changes(
        origin=origin,
        renamed=frozenset({note_id}),
        edited=frozenset(versions),
        relinked=frozenset(relinked),
        parents=frozenset({before.parent_id}),
        versions=versions,
        undo=TreeStep("rename", (note_id,), title=before.title, name=before.name),
    )


def _link_edits(
    sql: sqlite3.Connection, note_id: NoteId, renames: dict[str, str]
) -> dict[NoteId, list[tuple[int, int, str]]]:
    """Return, by note, the places whose link names the note by a key of `renames`, with what to write there."""
    edits: dict[NoteId, list[tuple[int, int, str]]] = {}
    rows = sql.execute(
        "SELECT l.source_id, l.kind, l.target_start, l.target_end, l.target_key,"
        " substr(n.text, l.target_start + 1, l.target_end - l.target_start)"
        " FROM link l JOIN note n ON n.id = l.source_id WHERE l.target_id = ? AND n.trashed_at IS NULL",
        (note_id,),
    )
    for source_id, kind, start, end, key, written in rows:
        new = renames.get(key)
        if new is not None and (replacement := _new_target(written, new, LinkKind(kind))) != written:
            edits.setdefault(NoteId(source_id), []).append((start, end, replacement))
    return edits


def _new_target(written: str, name: str, kind: LinkKind) -> str:
    folder, slash, last = written.rpartition("/")
    suffix = next((s for s in SUFFIXES if last.lower().endswith(s)), "")
    kept = last[len(last) - len(suffix) :] if suffix else ""
    if kind is LinkKind.MARKDOWN:
        name = quote(name, safe="") if re.search(r"[\s()<>%]", name) or "%" in last else name
    return f"{folder}{slash}{name}{kept}"


def _replace(text: str, places: list[tuple[int, int, str]]) -> str:
    for start, end, replacement in sorted(set(places), reverse=True):  # reference links share their definition
        text = text[:start] + replacement + text[end:]
    return text


def _retitle_heading(text: str, old: str, new: str) -> str:
    from desktop.core.text.outline import scan_sections  # late: reading the first screen needs no Markdown

    sections = scan_sections(text)
    if not sections or sections[0].title.strip() != old.strip():
        return text
    start = sections[0].start
    end = text.find("\n", start)
    line = text[start : len(text) if end < 0 else end]
    at = line.find(old.strip())
    if at < 0:
        return text  # the heading carries markup: its words are the user's to change
    return text[: start + at] + new + text[start + at + len(old.strip()) :]
