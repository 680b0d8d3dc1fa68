"""Which note a link means.

A name matches by its folded key. Among several notes of that name: the exact path from the root, then the source's own
folder, then the shortest path, then the alphabet. A title counts where no name matches, an alias last. A path in a
target must be the end of the note's chain of names; `./` and `../` start from the source's folder.
"""

import sqlite3

from desktop.core.records import Link, LinkKind, NoteId
from desktop.core.text.folding import fold_name

Chain = tuple[str, ...]  # folded names from the root to the note itself
NOTE_KINDS = frozenset({LinkKind.WIKI, LinkKind.EMBED, LinkKind.MARKDOWN, LinkKind.COLLECTION})
SUFFIXES = (".md", ".markdown", ".txt")


def target_parts(target: str) -> list[str]:
    """Return the folded parts of a target's path, the file suffix dropped; a root slash gives a first ""."""
    parts = [part.strip() for part in target.replace("\\", "/").split("/")]
    for suffix in SUFFIXES:
        if parts[-1].lower().endswith(suffix) and len(parts[-1]) > len(suffix):
            parts[-1] = parts[-1][: -len(suffix)]
            break
    return [part if part in ("", ".", "..") else fold_name(part) for part in parts]


def target_key(link: Link) -> str:
    """Return the key under which a link is stored, "" where no note can be meant."""
    if link.kind not in NOTE_KINDS or not link.target:
        return ""
    last = target_parts(link.target)[-1]
    return "" if last in (".", "..") else last


class Resolver:
    """Finds notes by what links call them, over one connection; remembers what it read."""

    def __init__(self, sql: sqlite3.Connection, *, preload: bool = False) -> None:
        self._sql = sql
        self._places: dict[NoteId, tuple[NoteId | None, str]] = {}  # note -> (parent, name key)
        self._by_key: list[dict[str, list[NoteId]]] = [{}, {}, {}]  # by name, title, alias
        self._preloaded = preload
        if preload:
            self._read_all()

    def resolve(self, target: str, source_id: NoteId | None, kind: LinkKind = LinkKind.WIKI) -> NoteId | None:
        """Return the note that `target` (without its anchor) means when written in `source_id`."""
        parts = target_parts(target)
        if not parts[-1] or parts[-1] in (".", ".."):
            return None
        if len(parts) == 1 and len(only := self._candidates(0, parts[0])) == 1:
            return only[0]  # the usual case, and wherever it stands: no chain of names is needed
        folder = self._chain(source_id)[:-1] if source_id is not None else ()
        if any(part in (".", "..") for part in parts):
            return self._at(self._walk(folder, parts))
        if parts[0] == "":
            return self._at(tuple(part for part in parts if part))
        wanted = tuple(part for part in parts if part)
        if kind is LinkKind.MARKDOWN and (note_id := self._at((*folder, *wanted))) is not None:
            return note_id
        for which in range(len(self._by_key)):
            found = self._candidates(which, wanted[-1])
            chains = [(self._chain(note_id), note_id) for note_id in found]
            fitting = [
                (chain, note_id) for chain, note_id in chains
                if chain[-len(wanted) : -1] == wanted[:-1] or (len(wanted) == 1)
            ]  # fmt: skip
            if fitting:
                own = self._chain(source_id) if kind is LinkKind.COLLECTION and source_id is not None else ()
                return min(fitting, key=lambda pair: self._rank(pair[0], wanted, folder, own))[1]
        return None

    def _rank(self, chain: Chain, wanted: Chain, folder: Chain, own: Chain) -> tuple[bool, bool, bool, int, int, Chain]:
        is_ancestor = bool(own) and own[: len(chain)] == chain and len(chain) < len(own)
        return not is_ancestor, chain != wanted, chain[:-1] != folder, len(chain), sum(map(len, chain)), chain

    def _walk(self, folder: Chain, parts: list[str]) -> Chain:
        chain = list(folder)
        for part in parts:
            if part == "..":
                del chain[-1:]
            elif part not in ("", "."):
                chain.append(part)
        return tuple(chain)

    def _at(self, chain: Chain) -> NoteId | None:
        if not chain:
            return None
        return next((n for n in self._candidates(0, chain[-1]) if self._chain(n) == chain), None)

    def _candidates(self, which: int, key: str) -> list[NoteId]:
        found = self._by_key[which].get(key)
        if found is None:
            found = [] if self._preloaded else self._read_candidates(which, key)
            self._by_key[which][key] = found
        return found

    def _read_candidates(self, which: int, key: str) -> list[NoteId]:
        statement = (
            "SELECT id FROM note WHERE name_key = ? AND trashed_at IS NULL",
            "SELECT id FROM note WHERE title_key = ? AND trashed_at IS NULL",
            "SELECT a.note_id FROM alias a JOIN note n ON n.id = a.note_id"
            " WHERE a.alias_key = ? AND n.trashed_at IS NULL",
        )[which]
        return [NoteId(row[0]) for row in self._sql.execute(statement, (key,))]

    def _chain(self, note_id: NoteId | None) -> Chain:
        names: dict[NoteId, str] = {}
        while note_id is not None and note_id not in names:  # a damaged file may lead in a circle
            place = self._places.get(note_id)
            if place is None:
                row = self._sql.execute("SELECT parent_id, name_key FROM note WHERE id = ?", (note_id,)).fetchone()
                if row is None:
                    break
                place = self._places[note_id] = (row[0], row[1])
            names[note_id] = place[1]
            note_id = place[0]
        return tuple(reversed(names.values()))

    def _read_all(self) -> None:
        names, titles, aliases = self._by_key
        rows = self._sql.execute("SELECT id, parent_id, name_key, title_key FROM note WHERE trashed_at IS NULL")
        for note_id, parent_id, name_key, title_key in rows:
            self._places[note_id] = (parent_id, name_key)
            names.setdefault(name_key, []).append(note_id)
            titles.setdefault(title_key, []).append(note_id)
        rows = self._sql.execute(
            "SELECT a.note_id, a.alias_key FROM alias a JOIN note n ON n.id = a.note_id WHERE n.trashed_at IS NULL"
        )
        for note_id, alias_key in rows:
            aliases.setdefault(alias_key, []).append(note_id)
