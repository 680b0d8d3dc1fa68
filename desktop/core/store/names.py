"""Names of notes: what links say and files are called.

A name holds nothing that a wiki link or a path gives a meaning to, nor what begins code or a comment in the text around
a link; and it is unique under its parent when case is ignored.
"""

import re
import sqlite3
import unicodedata

from desktop.core.records import NoteId
from desktop.core.text.folding import fold_name

MOST_CHARACTERS = 200
_MEANINGFUL = re.compile(r"[\[\]|#^/\\`\x00-\x1f\x7f\u2028\u2029]+")
_COMMENT = re.compile(r"%%+")


def name_for(title: str) -> str:
    """Return the name that a note of this title gets."""
    name = _COMMENT.sub("%", _MEANINGFUL.sub(" ", unicodedata.normalize("NFC", title)))
    name = " ".join(name.split())[:MOST_CHARACTERS].strip()
    return "Untitled" if name in ("", ".", "..") else name  # dots are the way to a folder


def unique_name(sql: sqlite3.Connection, name: str, parent_id: NoteId | None, but: NoteId | None = None) -> str:
    """Return `name`, with a number where a living sibling other than `but` has it."""
    siblings = "FROM note WHERE ifnull(parent_id, 0) = ? AND trashed_at IS NULL AND id IS NOT ? AND name_key"
    key = fold_name(name)
    if sql.execute(f"SELECT 1 {siblings} = ?", (parent_id or 0, but, key)).fetchone() is None:
        return name
    numbered = sql.execute(f"SELECT name_key {siblings} BETWEEN ? AND ?", (parent_id or 0, but, key, f"{key}!"))
    taken = {row[0] for row in numbered}
    number = 2
    while fold_name(f"{name} {number}") in taken:
        number += 1
    return f"{name} {number}"
