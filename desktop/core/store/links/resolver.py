"""Which note a link means.

A target is looked for in this order, and what is found first is meant: an exact path from the root; a note of that
name in the source's own folder; the note with the shortest path, of two the first in the alphabet. A path in a target
must be the end of the note's path. Notes of that *name* come before folders, these before *titles*, and *aliases* last;
whoever needs ё for е, or е for ё, comes behind all these. `./` and `../` lead from the source's folder only. A Markdown
link is a path from the source's folder first, and a target like any other when nothing stands there.

An imported folder keeps its meaning whatever stands beside it: in it, its top is a root too, and of several notes the
ones in it come first.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from desktop.core.records import Link, LinkKind, NoteId, ResolvedBy
from desktop.core.store.rows import chunks, marks
from desktop.core.text.folding import file_suffix, fold_exact, fold_name

Chain = tuple[str, ...]  # folded names from the root to the note itself
NOTE_KINDS = frozenset({LinkKind.WIKI, LinkKind.EMBED, LinkKind.MARKDOWN, LinkKind.COLLECTION})
_WAYS = (ResolvedBy.NAME, ResolvedBy.NAME, ResolvedBy.TITLE, ResolvedBy.ALIAS)  # a note's name, a folder's, ...
_STATEMENTS = (
    "SELECT name_key, id, name, parent_id, kind FROM note WHERE trashed_at IS NULL",
    "SELECT title_key, id, title, parent_id, name_key FROM note WHERE trashed_at IS NULL",
    "SELECT a.alias_key, a.note_id, a.alias, n.parent_id, n.name_key FROM alias a JOIN note n ON n.id = a.note_id"
    " WHERE n.trashed_at IS NULL",
)
_IS_IMPORTED = (  # without a file there is no checksum: a folder, whatever the user says it is for
    "SELECT 1 FROM import_source i JOIN note n ON n.id = i.note_id"
    " WHERE i.note_id = ? AND (i.checksum = x'' OR n.kind = 'folder') LIMIT 1"
)
_KEYS = ("name_key", "title_key", "a.alias_key")


@dataclass(frozen=True, slots=True)
class Found:
    """The note that a target means, by what it was found, and the notes that the target fits equally."""

    note_id: NoteId
    how: ResolvedBy = ResolvedBy.NAME
    fitting: Sequence[NoteId] = ()  # itself among them; empty where the target means one note alone

    @property
    def others(self) -> int:
        """Return how many more notes the target fits as well."""
        return max(0, len(self.fitting) - 1)


@lru_cache(maxsize=8192)  # a note is saved, and its links shown, again and again
def _read_target(target: str) -> tuple[Chain, Chain]:
    """Return the parts of a target's path, the file suffix dropped, as written and folded; see target_parts."""
    parts = [part.strip() for part in target.replace("\\", "/").split("/")]
    parts[-1] = parts[-1].removesuffix(file_suffix(parts[-1]))
    return tuple(parts), tuple(part if part in ("", ".", "..") else fold_name(part) for part in parts)


def target_parts(target: str) -> list[str]:
    """Return the folded parts of a target's path, the file suffix dropped; a root slash gives a first ""."""
    return list(_read_target(target)[1])


def target_key(link: Link) -> str:
    """Return the key under which a link is stored, "" where no note can be meant."""
    if link.kind not in NOTE_KINDS or not link.target:
        return ""
    last = _read_target(link.target)[1][-1]
    return "" if last in (".", "..") else last


class Resolver:
    """Finds notes by what links call them, over one connection; remembers what it read."""

    def __init__(self, sql: sqlite3.Connection, *, preload: bool = False) -> None:
        self._sql = sql
        self._places: dict[NoteId, tuple[NoteId | None, str]] = {}  # note -> (parent, name key)
        self._named: tuple[dict[str, list[_Named]], ...] = ({}, {}, {}, {})  # by key; see _WAYS
        self._groups: dict[tuple[int, str, str], _Group] = {}
        self._fitting: dict[tuple[int, Chain, str, NoteId | None], list[NoteId]] = {}
        self._tops: dict[NoteId, NoteId | None] = {}  # note -> the top of the imported folder that it stands in
        self._preloaded = preload
        if preload:
            self._read(None)

    def resolve(self, target: str, source_id: NoteId | None, kind: LinkKind = LinkKind.WIKI) -> NoteId | None:
        """Return the note that `target` (without its anchor) means when written in `source_id`."""
        found = self.find(target, source_id, kind)
        return None if found is None else found.note_id

    def find(self, target: str, source_id: NoteId | None, kind: LinkKind = LinkKind.WIKI) -> Found | None:
        """Return the note that `target` (without its anchor) means when written in `source_id`, and why it does."""
        written, parts = _read_target(target)
        if not parts[-1] or parts[-1] in (".", ".."):
            return None
        folder = self._parent(source_id)
        if "." in parts or ".." in parts:
            return self._at(folder, parts, written[-1])
        if parts[0] == "":
            return self._at(None, parts, written[-1]) or self._at(self._top(folder), parts, written[-1])
        wanted = tuple(part for part in parts if part)
        if kind is LinkKind.MARKDOWN and (found := self._at(folder, parts, written[-1])) is not None:
            return found
        spelled = fold_exact(written[-1]) if _is_loose(wanted[-1]) else ""
        for exactly in (spelled, "") if spelled else ("",):
            if kind is LinkKind.COLLECTION and (near := self._above(source_id, wanted, exactly)) is not None:
                return near
            for way, how in enumerate(_WAYS):
                found = self._among(way, wanted, exactly, folder)
                if found is not None:
                    loose = spelled and not exactly
                    return Found(found.note_id, ResolvedBy.LOOSE if loose else how, found.fitting)
        return None

    def prepare(self, targets: Iterable[str]) -> None:
        """Read what is known of many targets at once."""
        if not self._preloaded:
            keys = {_read_target(target)[1][-1] for target in targets}
            self._read(sorted(key for key in keys if key and key not in self._named[0]))

    # --- paths -----------------------------------------------------------------------------------------------

    def _at(self, folder: NoteId | None, parts: Sequence[str], last: str) -> Found | None:
        """Follow a path from a folder; "" and "." stay, ".." leads to the folder above and no higher than the root."""
        for part in parts[:-1]:
            if part == "..":
                folder = self._parent(folder)
            elif part not in ("", "."):
                folder = self._child(folder, part)
                if folder is None:
                    return None
        note_id = self._child(folder, parts[-1])
        if note_id is None:
            return None
        is_exact = not _is_loose(parts[-1]) or self._child(folder, parts[-1], fold_exact(last)) == note_id
        return Found(note_id, ResolvedBy.NAME if is_exact else ResolvedBy.LOOSE)

    def _child(self, folder: NoteId | None, key: str, exactly: str = "") -> NoteId | None:
        for way in (0, 1):
            found = self._group(way, key, exactly).in_folder.get(folder)
            if found is not None:
                return found
        return None

    def _above(self, source_id: NoteId | None, wanted: Chain, exactly: str) -> Found | None:
        """Return the nearest note above the source that goes by a name: the collection of a lecture."""
        if len(wanted) > 1:
            return None
        names = {named.note_id for named in self._names(wanted[0]) if not exactly or named.spelled == exactly}
        seen: set[NoteId] = set()
        note_id = self._parent(source_id)
        while note_id is not None and note_id not in seen:
            if note_id in names:
                return Found(note_id)
            seen.add(note_id)
            note_id = self._parent(note_id)
        return None

    def _among(self, way: int, wanted: Chain, exactly: str, folder: NoteId | None) -> Found | None:
        """Return the best of the notes that go by the last of the names and stand where the others say."""
        group = self._group(way, wanted[-1], exactly)
        if not group.in_folder:
            return None
        top, short = self._top(folder), len(wanted) == 1
        if short and len(group.members) == 1:
            return Found(group.members[0])
        for root in dict.fromkeys((top, None, folder) if top is None else (top, None)):
            if short and (best := group.in_folder.get(root)) is not None:  # often: no path is needed
                fitting = group.members if top is None else self._fit(way, wanted, exactly, top)
                return Found(best, fitting=fitting)
        fitting = self._fit(way, wanted, exactly, top)
        if not fitting:
            return None
        best = fitting[0]
        if not short and len(self._chain(best)) - len(self._chain(top)) == len(wanted):
            return Found(best)  # the path from the root is the shortest, if there is one
        near = group.in_folder.get(folder)
        if near is not None and (short or self._chain(near)[-len(wanted) : -1] == wanted[:-1]):
            best = near
        return Found(best, fitting=fitting)

    def _fit(self, way: int, wanted: Chain, exactly: str, top: NoteId | None) -> list[NoteId]:
        """Return the notes whose path ends as a target says, the shortest path first; those below `top`, if any are."""
        asked = (way, wanted, exactly, top)
        found = self._fitting.get(asked)
        if found is None and top is not None:
            everywhere = self._fit(way, wanted, exactly, None)
            found = [note_id for note_id in everywhere if self._top(self._parent(note_id)) == top] or everywhere
        elif found is None:
            group = self._group(way, wanted[-1], exactly)
            found = self._sorted(group)
            if len(wanted) > 1:
                near = group.below.get(wanted[-2], ())
                found = [note_id for note_id in near if self._chain(note_id)[-len(wanted) : -1] == wanted[:-1]]
        self._fitting[asked] = found
        return found

    # --- what is known -----------------------------------------------------------------------------------------

    def _group(self, way: int, key: str, exactly: str) -> "_Group":
        asked = (way, key, exactly)
        group = self._groups.get(asked)
        if group is None:
            if key not in self._named[0] and not self._preloaded:
                self._read([key])
            named = self._named[way].get(key, ())
            members = [n.note_id for n in named if not exactly or n.spelled == exactly]
            group = self._groups[asked] = _Group(list(dict.fromkeys(members)), {}, {})
            for note_id in group.members:
                parent, name = self._places[note_id]
                before = group.in_folder.get(parent)  # of one name there is one note in a folder, of a title several
                if before is None or (len(name), name) < (len(self._places[before][1]), self._places[before][1]):
                    group.in_folder[parent] = note_id
        return group

    def _names(self, key: str) -> Iterator["_Named"]:
        self._group(0, key, "")
        yield from self._named[0].get(key, ())
        yield from self._named[1].get(key, ())

    def _sorted(self, group: "_Group") -> list[NoteId]:
        """Return a group's notes by the length of their paths as they are written with slashes, then by these."""
        if not group.is_sorted:
            self._learn_parents(group.members)
            paths = {note_id: "/".join(self._chain(note_id)) for note_id in group.members}
            group.members.sort(key=lambda note_id: (len(paths[note_id]), paths[note_id], note_id))
            group.is_sorted = True
            for note_id in group.members:
                if (parent := self._places[note_id][0]) in self._places:
                    group.below.setdefault(self._places[parent][1], []).append(note_id)
        return group.members

    def _parent(self, note_id: NoteId | None) -> NoteId | None:
        if note_id is None:
            return None
        place = self._places.get(note_id)
        if place is None:
            self._learn_parents([note_id])
            place = self._places.get(note_id, (None, ""))
        return place[0]

    def _chain(self, note_id: NoteId | None) -> Chain:
        names: dict[NoteId, str] = {}
        while note_id is not None and note_id not in names:  # a damaged file may lead in a circle
            parent = self._parent(note_id)
            names[note_id] = self._places.get(note_id, (None, ""))[1]
            note_id = parent
        return tuple(reversed(names.values()))

    def _top(self, folder: NoteId | None) -> NoteId | None:
        """Return the highest of a note and those above it that an import made of a folder."""
        if folder is None:
            return None
        if folder not in self._tops:
            self._learn_parents([folder])
            path = [folder]
            while (parent := self._parent(path[-1])) is not None and parent not in self._tops and parent not in path:
                path.append(parent)
            above = self._tops.get(parent) if parent is not None else None
            for note_id in reversed(path):
                if above is None and self._sql.execute(_IS_IMPORTED, (note_id,)).fetchone():
                    above = note_id
                self._tops[note_id] = above
        return self._tops[folder]

    def _learn_parents(self, note_ids: Iterable[NoteId]) -> None:
        """Read where notes stand, and all notes above them."""
        wanted = {note_id for note_id in note_ids if note_id not in self._places}
        above = {self._places[n][0] for n in note_ids if n in self._places}
        wanted |= {parent for parent in above if parent is not None and parent not in self._places}
        while wanted:
            for chunk in chunks(list(wanted)):
                statement = f"SELECT id, parent_id, name_key FROM note WHERE id IN ({marks(chunk)})"
                rows = self._sql.execute(statement, chunk).fetchall()
                self._places.update((row[0], (row[1], row[2])) for row in rows)
            parents = {self._places[note_id][0] for note_id in wanted if note_id in self._places}
            wanted = {parent for parent in parents if parent is not None and parent not in self._places}

    def _read(self, keys: Sequence[str] | None) -> None:
        """Read which notes go by some keys, or by any."""
        if keys is not None:
            for key in keys:
                self._named[0][key] = []
        for number, (statement, column) in enumerate(zip(_STATEMENTS, _KEYS, strict=True)):
            for chunk in [None] if keys is None else chunks(keys):
                more = "" if chunk is None else f" AND {column} IN ({marks(chunk)})"
                for key, note_id, written, parent_id, other in self._sql.execute(statement + more, chunk or ()):
                    way = number + 1 if number else int(other == "folder")
                    self._places[note_id] = (parent_id, other if number else key)
                    spelled = fold_exact(written) if _is_loose(key) else key
                    self._named[way].setdefault(key, []).append(_Named(note_id, spelled))


def _is_loose(key: str) -> bool:
    """Tell whether two names that are spelled with ё and with е can have a key."""
    return "е" in key


@dataclass(frozen=True, slots=True)
class _Named:
    """A note that goes by a key, and the name itself in which ё is no е."""

    note_id: NoteId
    spelled: str


@dataclass(slots=True)
class _Group:
    """All notes that go by one name."""

    members: list[NoteId]  # once sorted, the shortest path first
    in_folder: dict[NoteId | None, NoteId]  # by the note that they stand under
    below: dict[str, list[NoteId]]  # by its name's key, once sorted
    is_sorted: bool = False
