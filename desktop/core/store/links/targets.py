"""How a target is written so that a link leads to a note from where the link stands.

A link that stood before is written as its writer wrote it: a bare name stays bare as long as one note has it, a path
stays a path of as many parts, `../` stays relative, `.md` and percent signs stay. A new one gets the shortest name that
means its note alone; in Markdown the way from its source's folder, as on a web site of these files. Whether a target
leads there is asked of the Resolver, never guessed. While the tree is being changed, the writer also knows how the
changed notes were called before, for that is what their links say.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from desktop.core.records import Link, LinkKind, NoteId
from desktop.core.store.links.resolver import Found, Resolver
from desktop.core.store.name_paths import Called, Names, Paths
from desktop.core.text.folding import fold_name
from desktop.core.text.target_writing import WrittenTarget, decode

MOST_PARTS = 60  # of a path that is tried


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is to be written: a target in a source that leads to a note, and how such a one was written."""

    source_id: NoteId
    note_id: NoteId
    style: WrittenTarget
    from_id: NoteId  # the note in which it was written so
    led_to: NoteId  # where it led there

    @property
    def is_new(self) -> bool:
        return not self.style.written


class TargetWriter:
    """Writes targets; remembers what it found out."""

    def __init__(self, sql: sqlite3.Connection, before: Mapping[NoteId, Called] | None = None) -> None:
        self._sql = sql
        self._before = before or {}
        self.paths = Paths(sql)  # as the tree is now
        self.paths_before = Paths(sql, before) if before else self.paths
        self._resolver = Resolver(sql)
        self._found: dict[tuple[Names, LinkKind, str], Found | None] = {}
        self._written: dict[tuple[object, ...], str | None] = {}
        self._titles: dict[NoteId, str] = {}

    def find(self, target: str, source_id: NoteId, kind: LinkKind = LinkKind.WIKI) -> Found | None:
        """Return what a target means in a source, as the tree is now."""
        place = self.paths.to(source_id)
        near = place if kind is LinkKind.COLLECTION else place[:-1]
        key = (near, kind, target)
        if key not in self._found:
            self._found[key] = self._resolver.find(target, source_id, kind)
        return self._found[key]

    def leads(self, target: str, source_id: NoteId, kind: LinkKind = LinkKind.WIKI) -> NoteId | None:
        """Return the note that a target means in a source, as the tree is now."""
        found = self.find(target, source_id, kind)
        return None if found is None else found.note_id

    def title(self, note_id: NoteId) -> str:
        """Return a note's title."""
        if note_id not in self._titles:
            row = self._sql.execute("SELECT title FROM note WHERE id = ?", (note_id,)).fetchone()
            self._titles[note_id] = row[0] if row else ""
        return self._titles[note_id]

    def new(self, source_id: NoteId, note_id: NoteId, kind: LinkKind = LinkKind.WIKI) -> str | None:
        """Return what to write in a new link; None where nothing that can be written leads there."""
        return self.like(WrittenTarget(kind, ""), source_id, note_id)

    def alone(self, source_id: NoteId, note_id: NoteId, kind: LinkKind) -> str | None:
        """Return what to write in a new link so that it fits no other note as well; None where nothing does."""
        written = self.new(source_id, note_id, kind)
        found = self.find(_said(written, kind), source_id, kind) if written is not None else None
        return written if found is not None and not found.others else None

    def like(
        self,
        style: WrittenTarget,
        source_id: NoteId,
        note_id: NoteId,
        from_id: NoteId | None = None,
        led_to: NoteId | None = None,
    ) -> str | None:
        """Return the first way of writing, in the style of what stood there, that leads to a note; None for no way.

        `from_id` and `led_to` say in which note the target stood and where it led, if that is another by now.
        """
        wanted = _Wanted(source_id, note_id, style, from_id or source_id, led_to or note_id)
        place = self.paths.to(source_id)
        near = place if style.kind is LinkKind.COLLECTION else place[:-1]
        key = (near, self.paths_before.to(wanted.from_id)[:-1], style, note_id, wanted.led_to)
        if key not in self._written:
            self._written[key] = next(self._ways(wanted), None)
        return self._written[key]

    def reaches(self, paths: Paths, source_id: NoteId, note_id: NoteId, names: Sequence[str]) -> bool:
        """Tell whether names lead from a source's folder to a note, as they do in a folder of files."""
        way = list(paths.to(source_id)[:-1])
        for part in names:
            if part == "..":
                del way[-1:]
            elif part != ".":
                way.append(part)
        return _folded(way) == _folded(paths.to(note_id))

    def _ways(self, wanted: _Wanted) -> Iterator[str]:
        style, note_id = wanted.style, wanted.note_id
        names, title = self.paths.to(note_id), self.title(note_id)
        old_name = self.paths_before.to(note_id)[-1]
        old_title = self._before[note_id].title if note_id in self._before else title
        said = fold_name(style.names[-1])
        lasts = [(names[-1], old_name)]
        if said != fold_name(old_name) and said == fold_name(old_title) and not {"/", "\\"} & set(title):
            lasts.insert(0, (title, old_title))
        is_new_file = wanted.is_new and style.kind is LinkKind.MARKDOWN
        shared: list[str] = []  # by several notes: better than nothing
        for suffix in (".md", "") if is_new_file else dict.fromkeys((style.suffix, ".md")):
            for last, old_last in lasts:
                for path in self._paths((*names[:-1], last), wanted):
                    written = style.write(path, suffix, old_last)
                    if written is None:
                        continue
                    said_now = _said(style.unquoted(written), style.kind)
                    found = self.find(said_now, wanted.source_id, style.kind)
                    if found is None or found.note_id != note_id:
                        continue
                    if found.others and len(path) < len(names):
                        shared.append(written)
                    else:
                        yield written
        yield from shared

    def _paths(self, names: Names, wanted: _Wanted) -> Iterator[Sequence[str]]:
        """Yield paths to a note, those in the style of its writer first."""
        if len(names) > MOST_PARTS:
            return
        said, is_file = wanted.style.names, wanted.style.kind is LinkKind.MARKDOWN
        way = _way(self.paths.to(wanted.source_id)[:-1], names)
        before = self.paths_before
        if "." in said or ".." in said:
            yield way if way[0] == ".." else (".", *way)
        elif said[0] == "" and len(said) > 1:
            yield ("", *names)
        elif is_file and (wanted.is_new or self.reaches(before, wanted.from_id, wanted.led_to, said)):
            yield way
        elif len(said) > 1 and _folded(said) == _folded(before.to(wanted.led_to)):
            yield names
        first = min(len([part for part in said if part not in ("", ".", "..")]) or 1, len(names))
        for length in range(first, len(names) + 1):
            yield names[-length:]
        if is_file:
            yield way
        yield ("", *names)


def target_anywhere(sql: sqlite3.Connection, note_id: NoteId) -> str:
    """Return the shortest target that means the note wherever it is written."""
    paths = Paths(sql)
    path = paths.to(note_id)
    rows = sql.execute("SELECT id FROM note WHERE name_key = ? AND trashed_at IS NULL", (fold_name(path[-1]),))
    others = {NoteId(row[0]): _folded(paths.to(NoteId(row[0]))) for row in rows.fetchall() if row[0] != note_id}
    for length in range(1, len(path) + 1):
        wanted = _folded(path[-length:])
        if not any(other[-length:] == wanted for other in others.values()):
            return "/".join(path[-length:])
    whole, resolver = "/".join(path), Resolver(sql)
    if all(resolver.resolve(whole, other) == note_id for other in others):
        return whole  # the exact path from the root, which comes first
    return f"/{whole}"


def style_of(text: str, link: Link) -> WrittenTarget:
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


def _said(written: str, kind: LinkKind) -> str:
    return "/".join(decode(part, kind) for part in written.split("/"))


def _folded(path: Iterable[str]) -> Names:
    return tuple(fold_name(part) for part in path)


def _way(folder: Names, names: Names) -> Names:
    """Return the way from a folder to a note."""
    common = 0
    while common < min(len(folder), len(names) - 1) and folder[common] == names[common]:
        common += 1
    return (*[".."] * (len(folder) - common), *names[common:])
