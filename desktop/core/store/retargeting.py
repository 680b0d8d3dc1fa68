"""Keeping links at their notes while names and places change.

The tree changes first, inside the transaction; the link table still says where every link led. Each link that would
lead elsewhere now, and each that says the old name of the renamed note, gets a target that leads where it led: asked of
the Resolver, not guessed. It is written as its writer wrote: a bare name stays bare as long as one note has it, a path
stays a path of as many parts, `../` stays relative, `.md` and percent signs stay.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from desktop.core.records import LinkKind, NoteId
from desktop.core.store.resolver import Found, Resolver
from desktop.core.store.rows import chunks, marks
from desktop.core.text.folding import fold_name
from desktop.core.text.target_writing import WrittenTarget, decode

MOST_PARTS = 60  # of a path that is tried

Names = tuple[str, ...]  # of the notes from the root to one, as they are written


@dataclass(frozen=True, slots=True)
class StoredLink:
    """A row of the link table."""

    source_id: NoteId
    kind: LinkKind
    target: str
    anchor: str
    label: str
    start: int
    end: int
    target_start: int
    target_end: int
    target_id: NoteId | None


@dataclass(frozen=True, slots=True)
class Called:
    """How a note was called and where it stood before the change."""

    parent_id: NoteId | None
    name: str
    title: str


@dataclass(frozen=True, slots=True)
class LinkEdit:
    """What to write at a place of a text on behalf of a link."""

    link: StoredLink
    start: int
    end: int
    text: str


def read_links(sql: sqlite3.Connection, column: str, values: Iterable[object], more: str = "") -> list[StoredLink]:
    """Return the links of which a column has one of the values."""
    found = []
    for chunk in chunks(list(values)):
        rows = sql.execute(
            'SELECT source_id, kind, target, anchor, label, start, "end", target_start, target_end, target_id'
            f" FROM link WHERE {column} IN ({marks(chunk)}) {more}",
            chunk,
        )
        found += [StoredLink(row[0], LinkKind(row[1]), *row[2:]) for row in rows]
    return found


def read_texts(sql: sqlite3.Connection, note_ids: Iterable[NoteId]) -> dict[NoteId, str]:
    """Return the texts of notes, trashed ones too."""
    texts: dict[NoteId, str] = {}
    for chunk in chunks(list(note_ids)):
        texts.update(sql.execute(f"SELECT id, text FROM note WHERE id IN ({marks(chunk)})", chunk))
    return texts


class Places:
    """Where notes stand, now or before the change."""

    def __init__(self, sql: sqlite3.Connection, before: dict[NoteId, Called] | None = None) -> None:
        self._sql = sql
        self._before = before or {}
        self._known: dict[NoteId, tuple[NoteId | None, str]] = {}
        self._chains: dict[NoteId, Names] = {}

    def chain(self, note_id: NoteId) -> Names:
        """Return the names from the root to a note."""
        known = self._chains.get(note_id)
        if known is None:
            names: dict[NoteId, str] = {}
            current: NoteId | None = note_id
            while current is not None and current not in names:  # a damaged file may lead in a circle
                parent_id, names[current] = self._place(current)
                current = parent_id
            known = self._chains[note_id] = tuple(reversed(names.values()))
        return known

    def _place(self, note_id: NoteId) -> tuple[NoteId | None, str]:
        if note_id in self._before:
            return self._before[note_id].parent_id, self._before[note_id].name
        if note_id not in self._known:
            row = self._sql.execute("SELECT parent_id, name FROM note WHERE id = ?", (note_id,)).fetchone()
            self._known[note_id] = (row[0], row[1]) if row else (None, "")
        return self._known[note_id]


class Retargeting:
    """One change of the tree as the links see it: made, but not yet resolved anew."""

    def __init__(self, sql: sqlite3.Connection, before: dict[NoteId, Called], renamed: NoteId | None = None) -> None:
        self._sql = sql
        self._before = before
        self._renamed = renamed
        self._was, self._is = Places(sql, before), Places(sql)
        self._resolver = Resolver(sql)
        self._found: dict[tuple[Names, LinkKind, str], Found | None] = {}
        self._spelled: dict[tuple[object, ...], str | None] = {}
        self._titles: dict[NoteId, str] = {}

    def edits(self, below: Sequence[NoteId], keys: Iterable[str]) -> list[LinkEdit]:
        """Return what to write, for the notes that changed with all below them and the keys they had or have."""
        links = {
            (link.source_id, link.start, link.target_start): link
            for column, values in (("source_id", below), ("target_id", below), ("target_key", [*filter(None, keys)]))
            for link in read_links(self._sql, column, values, "AND target_id IS NOT NULL AND target_key != ''")
        }
        wanted = [link for link in links.values() if self._leads_astray(link) or self._says_old(link)]
        texts = read_texts(self._sql, dict.fromkeys(link.source_id for link in wanted))
        found: dict[tuple[NoteId, int], LinkEdit] = {}  # links of one definition share their edit
        for link in wanted:
            text = texts[link.source_id]
            written = text[link.target_start : link.target_end]
            new = self._spell(link, _style(text, link))
            if new is not None and new != written:
                found[link.source_id, link.target_start] = LinkEdit(link, link.target_start, link.target_end, new)
        return list(found.values())

    def _leads_astray(self, link: StoredLink) -> bool:
        if self._resolve(link, link.target) != link.target_id:
            return True
        said = WrittenTarget(LinkKind.WIKI, link.target).names
        if said.count("..") > len(self._is.chain(link.source_id)) - 1:
            return True  # out of the library: in a folder of files it leads away
        # By its name the note may be found all the same; as a file it would not be.
        is_file = link.kind is LinkKind.MARKDOWN and said[0] != ""
        return is_file and self._reaches(self._was, link, said) and not self._reaches(self._is, link, said)

    def _resolve(self, link: StoredLink, target: str) -> NoteId | None:
        found = self._find(link, target)
        return None if found is None else found.note_id

    def _find(self, link: StoredLink, target: str) -> Found | None:
        place = self._is.chain(link.source_id)
        near = place if link.kind is LinkKind.COLLECTION else place[:-1]
        key = (near, link.kind, target)
        if key not in self._found:
            self._found[key] = self._resolver.find(target, link.source_id, link.kind)
        return self._found[key]

    def _says_old(self, link: StoredLink) -> bool:
        """Tell whether a link names the renamed note by what it was called."""
        if link.target_id != self._renamed or self._renamed is None:
            return False
        before = self._before[self._renamed]
        said = WrittenTarget(LinkKind.WIKI, link.target).names[-1]
        key = fold_name(said)
        if key not in (fold_name(before.name), fold_name(before.title)):
            return False
        now = self._is.chain(self._renamed)[-1], self._title(self._renamed)
        return key not in map(fold_name, now) or (said in (before.name, before.title) and said not in now)

    def _title(self, note_id: NoteId) -> str:
        if note_id not in self._titles:
            row = self._sql.execute("SELECT title FROM note WHERE id = ?", (note_id,)).fetchone()
            self._titles[note_id] = row[0] if row else ""
        return self._titles[note_id]

    def _spell(self, link: StoredLink, style: WrittenTarget) -> str | None:
        """Return the first way of writing that leads where the link led; None where there is none."""
        near = self._is.chain(link.source_id) if link.kind is LinkKind.COLLECTION else ()
        key = (self._is.chain(link.source_id)[:-1], self._was.chain(link.source_id)[:-1], near, style, link.target_id)
        if key not in self._spelled:
            self._spelled[key] = next(self._spellings(link, style), None)
        return self._spelled[key]

    def _spellings(self, link: StoredLink, style: WrittenTarget) -> Iterator[str]:
        assert link.target_id is not None
        names = self._is.chain(link.target_id)
        old_name = self._was.chain(link.target_id)[-1]
        title = self._title(link.target_id)
        called = self._before.get(link.target_id)
        old_title = called.title if called else title
        said = fold_name(style.names[-1])
        lasts = [(names[-1], old_name)]
        if said != fold_name(old_name) and said == fold_name(old_title) and not {"/", "\\"} & set(title):
            lasts.insert(0, (title, old_title))
        shared: list[str] = []  # by several notes: better than nothing
        for suffix in dict.fromkeys((style.suffix, ".md")):
            for last, old_last in lasts:
                for path in self._paths((*names[:-1], last), link, style):
                    written = style.write(path, suffix, old_last)
                    if written is None:
                        continue
                    target = "/".join(decode(part, style.kind) for part in written.split("/"))
                    found = self._find(link, target)
                    if found is None or found.note_id != link.target_id:
                        continue
                    if found.others and len(path) < len(names):
                        shared.append(written)
                    else:
                        yield written
        yield from shared

    def _paths(self, names: Names, link: StoredLink, style: WrittenTarget) -> Iterator[Sequence[str]]:
        """Yield paths to a note, those in the style of its writer first."""
        if len(names) > MOST_PARTS:
            return
        folder, said = self._is.chain(link.source_id)[:-1], style.names
        way = _way(folder, names)
        if "." in said or ".." in said:
            yield way if way[0] == ".." else (".", *way)
        elif said[0] == "" and len(said) > 1:
            yield ("", *names)
        elif link.kind is LinkKind.MARKDOWN and self._reaches(self._was, link, said):
            yield way
        elif len(said) > 1 and self._was_full(link, said):
            yield names
        first = min(len([part for part in said if part not in ("", ".", "..")]) or 1, len(names))
        for length in range(first, len(names) + 1):
            yield names[-length:]
        if link.kind is LinkKind.MARKDOWN:
            yield way
        yield ("", *names)

    def _reaches(self, places: Places, link: StoredLink, said: Sequence[str]) -> bool:
        """Tell whether a path leads to the link's note from its source's folder, as files do."""
        assert link.target_id is not None
        way = list(places.chain(link.source_id)[:-1])
        for part in said:
            if part == "..":
                del way[-1:]
            elif part != ".":
                way.append(part)
        return _folded(way) == _folded(places.chain(link.target_id))

    def _was_full(self, link: StoredLink, said: Sequence[str]) -> bool:
        assert link.target_id is not None
        return _folded(said) == _folded(self._was.chain(link.target_id))


def _folded(path: Iterable[str]) -> Names:
    return tuple(fold_name(part) for part in path)


def _way(folder: Names, names: Names) -> Names:
    """Return the way from a folder to a note."""
    common = 0
    while common < min(len(folder), len(names) - 1) and folder[common] == names[common]:
        common += 1
    return (*[".."] * (len(folder) - common), *names[common:])


def _style(text: str, link: StoredLink) -> WrittenTarget:
    """Read how a link's target is written."""
    before = text[link.target_start - 1 : link.target_start]
    quoted = text[link.start - 1 : link.start] if text.startswith(("---", "\ufeff---")) else ""
    return WrittenTarget(
        link.kind,
        text[link.target_start : link.target_end],
        pointed=link.kind is LinkKind.MARKDOWN and before == "<",
        quoted=quoted if quoted and quoted in "\"'" and _in_front_matter(text, link.start) else "",
    )


def _in_front_matter(text: str, offset: int) -> bool:
    from desktop.core.text.frontmatter import read_front_matter

    return offset < read_front_matter(text).end


def take_down(sql: sqlite3.Connection, note_ids: Iterable[NoteId]) -> dict[NoteId, Called]:
    """Return how notes are called and where they stand, to be compared once they are changed."""
    found = {}
    for chunk in chunks(list(note_ids)):
        rows = sql.execute(f"SELECT id, parent_id, name, title FROM note WHERE id IN ({marks(chunk)})", chunk)
        found.update({NoteId(row[0]): Called(*row[1:]) for row in rows})
    return found
