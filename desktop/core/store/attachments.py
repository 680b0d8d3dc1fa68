"""Stored files: images and whatever else notes show. Bytes are stored once, under as many paths as needed.

A *stored copy* is what was fetched from an address of the network because the user asked for it. Its path is the
address itself, which no path of names can be ("//"), so no embed of a name ever meets a copy.
"""

import sqlite3
from collections.abc import Iterable
from urllib.parse import unquote

from desktop.core.records import Attachment, Changes, NoteId
from desktop.core.store.database import Database
from desktop.core.store.rows import now_ms
from desktop.core.text.folding import fold_name

COLUMNS = "a.sha256, a.name, a.mime, a.size, a.source_url"
ASKED_AT_ONCE = 500  # addresses in one statement: SQLite takes 32,766 parameters, older ones 999


class Attachments:
    """The stored files."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, name: str, data: bytes, *, folder: str = "", source_url: str = "") -> Attachment:
        """Store a file; the same bytes under the same path are stored once. `folder` is a path of note names."""
        with self._database.write() as transaction:
            return insert_attachment(transaction.sql, name, data, folder, source_url)

    def find(self, target: str, note_id: NoteId | None = None) -> Attachment | None:
        """Return the file that a text means: by path from the note's folder, by the path's end, or by name."""
        sql = self._database.read()
        keys = _path_keys(target)
        if not keys:
            return None
        rows = sql.execute(
            f"SELECT {COLUMNS}, a.path_key FROM attachment a"
            " WHERE a.name_key = ? AND a.path_key != a.source_url ORDER BY length(a.path_key), a.id",
            (keys[-1],),
        ).fetchall()
        if not rows:
            return None
        wanted = "/".join(key for key in keys if key not in (".", ".."))
        folder = _folder_key(sql, note_id)
        here = "/".join(_walk(folder, keys))
        best = min(rows, key=lambda row: (row[5] != here, not f"/{row[5]}".endswith(f"/{wanted}"), len(row[5])))
        data = sql.execute("SELECT data FROM blob WHERE sha256 = ?", (best[0],)).fetchone()[0]
        return Attachment(best[0], best[1], best[2], best[3], best[4], data if isinstance(data, bytes) else b"")

    def list(self) -> list[Attachment]:
        """Return every stored file without its bytes, by name."""
        rows = self._database.read().execute(f"SELECT {COLUMNS} FROM attachment a ORDER BY a.name_key, a.id")
        return [Attachment(*row) for row in rows]

    def unique_name(self, name: str) -> str:
        """Return `name`, with a number before its suffix where a stored file has it."""
        stem, dot, suffix = name.rpartition(".")
        wanted, number = name, 1
        while self._database.read().execute(
            "SELECT 1 FROM attachment WHERE name_key = ?", (fold_name(wanted),)
        ).fetchone():
            number += 1
            wanted = f"{stem} {number}{dot}{suffix}" if dot else f"{name} {number}"
        return wanted

    # --- copies of what is elsewhere ---------------------------------------------------------------------

    def by_address(self, address: str) -> Attachment | None:
        """Return what the library holds of an address, the newest, with its bytes."""
        row = self._database.read().execute(
            f"SELECT {COLUMNS}, b.data FROM attachment a JOIN blob b ON b.sha256 = a.sha256"
            " WHERE a.source_url = ? AND a.source_url != '' ORDER BY a.id DESC LIMIT 1",
            (address,),
        ).fetchone()
        if row is None:
            return None
        return Attachment(row[0], row[1], row[2], row[3], row[4], row[5] if isinstance(row[5], bytes) else b"")

    def stored(self, addresses: Iterable[str]) -> frozenset[str]:
        """Return those of the addresses of which the library holds something."""
        asked = [address for address in dict.fromkeys(addresses) if address]
        sql, found = self._database.read(), set[str]()
        for start in range(0, len(asked), ASKED_AT_ONCE):
            some = asked[start : start + ASKED_AT_ONCE]
            marks = ", ".join("?" * len(some))
            found.update(
                row[0] for row in sql.execute(f"SELECT source_url FROM attachment WHERE source_url IN ({marks})", some)
            )
        return frozenset(found)

    def keep_copy(self, address: str, name: str, mime: str, data: bytes) -> Changes:
        """Store what was fetched from an address, in the place of an earlier copy of it."""
        with self._database.write() as transaction:
            _forget_copies(transaction.sql, [address])
            _insert(transaction.sql, (name, fold_name(name), address, mime, address), data)
        return Changes(attachments=True)

    def forget_copies(self, addresses: Iterable[str]) -> Changes:
        """Remove the stored copies of addresses; files that came another way stay."""
        with self._database.write() as transaction:
            forgotten = _forget_copies(transaction.sql, addresses)
        return Changes(attachments=bool(forgotten))


def insert_attachment(
    sql: sqlite3.Connection, name: str, data: bytes, folder: str = "", source_url: str = ""
) -> Attachment:
    """Store a file within an open transaction."""
    import mimetypes  # late: only writing needs it

    path_key = "/".join([*(fold_name(part) for part in folder.split("/") if part), fold_name(name)])
    mime = mimetypes.guess_type(name)[0] or "application/octet-stream"
    digest = _insert(sql, (name, fold_name(name), path_key, mime, source_url), data)
    return Attachment(digest, name, mime, len(data), source_url)


def _insert(sql: sqlite3.Connection, facts: tuple[str, str, str, str, str], data: bytes) -> str:
    """Store bytes under (name, name_key, path_key, mime, source_url); return their SHA-256."""
    import hashlib  # late: only writing needs it

    digest = hashlib.sha256(data).hexdigest()
    sql.execute("INSERT OR IGNORE INTO blob (sha256, data) VALUES (?, ?)", (digest, data))
    sql.execute(
        "INSERT OR IGNORE INTO attachment (name, name_key, path_key, mime, source_url, sha256, size, added)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (*facts, digest, len(data), now_ms()),
    )
    return digest


def _forget_copies(sql: sqlite3.Connection, addresses: Iterable[str]) -> int:
    """Remove copies, and the bytes that nothing needs any more; return how many there were."""
    forgotten = 0
    for address in addresses:
        where = "WHERE source_url = ? AND path_key = source_url"
        digests = sql.execute(f"SELECT sha256 FROM attachment {where}", (address,)).fetchall()
        forgotten += sql.execute(f"DELETE FROM attachment {where}", (address,)).rowcount
        sql.executemany(
            "DELETE FROM blob WHERE sha256 = ? AND NOT EXISTS"
            " (SELECT 1 FROM attachment WHERE attachment.sha256 = blob.sha256)",
            digests,
        )
    return forgotten


def _path_keys(target: str) -> list[str]:
    parts = [part.strip() for part in unquote(target).replace("\\", "/").split("/") if part.strip()]
    return [part if part in (".", "..") else fold_name(part) for part in parts]


def _folder_key(sql: sqlite3.Connection, note_id: NoteId | None) -> list[str]:
    keys: dict[int, str] = {}
    row = sql.execute("SELECT '', parent_id FROM note WHERE id = ?", (note_id,)).fetchone()
    while row is not None and row[1] is not None and row[1] not in keys:  # a damaged file may lead in a circle
        parent_id = row[1]
        row = sql.execute("SELECT name_key, parent_id FROM note WHERE id = ?", (parent_id,)).fetchone()
        if row is not None:
            keys[parent_id] = row[0]
    return list(keys.values())[::-1]


def _walk(folder: "list[str]", keys: "list[str]") -> "list[str]":
    chain = list(folder)
    for key in keys:
        if key == "..":
            del chain[-1:]
        elif key != ".":
            chain.append(key)
    return chain
