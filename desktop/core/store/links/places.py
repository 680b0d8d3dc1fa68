"""Places of links and mentions: in which notes they stand, the words around them, and how a link to a note is written.

A list of places is read in two steps. First which notes there are, in order, which touches no text; then, for the few
that are seen, the sentences: a piece of the text around each place, cut out by SQLite, and the heading above it, both
in one statement. Only a note with many places in it is read whole, once.
"""

import json
import re
import sqlite3
from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from desktop.core.records import Backlink, Link, LinkingNote, LinkKind, NoteHead, NoteId, Snippet
from desktop.core.store.database import Database
from desktop.core.store.links.link_rows import COLUMNS, link_of, read_links
from desktop.core.store.rows import chunks, last_id, marks, read_heads, read_sections, read_texts
from desktop.core.text.folding import fold_name

FEW = 3  # places in one note that are cut out one by one; with more of them its text is read once
AROUND = 241  # characters on each side of a place: one more than a sentence takes, so that it sees where it is cut
LONGEST = 2_000  # characters of a link that are looked at
PLACES_IN_STATEMENT = 100
ROWS_IN_PAGE = 16  # entries of an index that are read while one row of a note is found
_PROPERTY = re.compile(r"^([^\s#:\-][^:\n]{0,200}):", re.MULTILINE)
_BLOCK_END = re.compile(r"^(?:---|\.\.\.)[ \t\r]*$", re.MULTILINE)

Span = tuple[int, int]
Place = tuple[NoteId, Link]


@dataclass(frozen=True, slots=True)
class NamedText:
    """A living note's text with the spans of the links in it, ascending."""

    id: NoteId
    version: int
    text: str
    links: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class NoteNames:
    """What a note goes by."""

    name: str
    title: str
    aliases: tuple[str, ...]


class LinkingNotes:
    """Which notes link to one, in the order wanted; what was read is kept until the next commit."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._ranks: tuple[str, dict[NoteId, int]] = ("", {})  # of every living note, by title
        self._counts: tuple[str, NoteId | None, dict[NoteId, int]] = ("", None, {})

    def of(self, note_id: NoteId, *, newest: bool) -> tuple[LinkingNote, ...]:
        """Return the other living notes that link to one: by title, or the one changed last first."""
        counts = self.counts(note_id)
        return tuple([LinkingNote(source, counts[source]) for source in self.in_order(counts, newest=newest)])

    def counts(self, note_id: NoteId) -> Mapping[NoteId, int]:
        """Return the other notes that link to one, those in the trash included, with how many links."""
        commits = self._database.meta("commits")
        kept = self._counts
        if kept[:2] != (commits, note_id):
            rows = self._database.read().execute(
                "SELECT source_id, count(*) FROM link WHERE target_id = ?1 AND source_id != ?1 GROUP BY source_id",
                (note_id,),
            )
            self._counts = kept = (commits, note_id, dict(rows.fetchall()))
        return kept[2]

    def in_order(self, note_ids: Collection[NoteId], *, newest: bool) -> list[NoteId]:
        """Return those of the notes that live: by title, or the one changed last first."""
        sql = self._database.read()
        commits = self._database.meta("commits")
        # A note's row lies on a page of its own: to ask many of them takes longer than to read the index of titles.
        if not newest and (self._ranks[0] == commits or len(note_ids) * ROWS_IN_PAGE > last_id(sql)):
            if self._ranks[0] != commits:
                self._ranks = (commits, _ranks(sql))
            ranks = self._ranks[1]
            return sorted([note_id for note_id in note_ids if note_id in ranks], key=ranks.__getitem__)
        order = "n.updated DESC, n.id DESC" if newest else "n.title_key, n.id"
        rows = sql.execute(
            "SELECT n.id FROM json_each(?) j JOIN note n ON n.id = j.value AND n.trashed_at IS NULL"
            f" ORDER BY {order}",
            (json.dumps(list(note_ids)),),
        )
        return [row[0] for row in rows.fetchall()]


def _ranks(sql: sqlite3.Connection) -> dict[NoteId, int]:
    """Return the place of each living note among all, by title."""
    (ids,) = sql.execute("SELECT json_group_array(id) FROM (SELECT id FROM note ORDER BY title_key, id)").fetchone()
    ranks = {note_id: rank for rank, note_id in enumerate(json.loads(ids))}
    for (note_id,) in sql.execute("SELECT id FROM note WHERE trashed_at IS NOT NULL").fetchall():
        ranks.pop(note_id, None)
    return ranks


def with_context(sql: sqlite3.Connection, places: Sequence[Place]) -> list[Backlink]:
    """Return places with their note, the sentence and the heading around them, in the order given."""
    by_note: dict[NoteId, list[int]] = {}
    for number, (note_id, _link) in enumerate(places):
        by_note.setdefault(note_id, []).append(number)
    heads = read_heads(sql, by_note)
    found: dict[int, Backlink] = {}
    few = [number for numbers in by_note.values() if len(numbers) <= FEW for number in numbers]
    for chunk in chunks(few):
        for start in range(0, len(chunk), PLACES_IN_STATEMENT):
            found.update(_cut_out(sql, places, chunk[start : start + PLACES_IN_STATEMENT], heads))
    for note_id, numbers in by_note.items():
        if len(numbers) > FEW:
            found.update(_read_whole(sql, places, note_id, numbers, heads))
    return [found[number] for number in range(len(places)) if number in found]


def _cut_out(
    sql: sqlite3.Connection, places: Sequence[Place], numbers: Sequence[int], heads: Mapping[NoteId, NoteHead]
) -> dict[int, Backlink]:
    wanted: list[int] = []
    for number in numbers:
        note_id, link = places[number]
        low = max(0, link.start - AROUND)
        wanted += (number, note_id, link.start, low + 1, _length(link) + link.start - low + AROUND)
    rows = sql.execute(
        f"WITH w(number, id, start, low, size) AS (VALUES {','.join(['(?, ?, ?, ?, ?)'] * len(numbers))})"
        " SELECT w.number, substr(n.text, w.low, w.size),"
        " (SELECT s.title FROM section s WHERE s.note_id = w.id AND s.start <= w.start ORDER BY s.ordinal DESC LIMIT 1)"
        " FROM w JOIN note n ON n.id = w.id",
        wanted,
    )
    found = {}
    for number, piece, heading in rows.fetchall():
        note_id, link = places[number]
        before = min(link.start, AROUND)
        # SQLite ends a text at a NUL, and the text may be another by now. Without a heading it may be a property.
        if len(piece) < before + _length(link) or heading is None:
            found.update(_read_whole(sql, places, note_id, [number], heads))
        else:
            found[number] = _backlink(heads[note_id], link, piece, before, heading)
    return found


def _read_whole(
    sql: sqlite3.Connection,
    places: Sequence[Place],
    note_id: NoteId,
    numbers: Sequence[int],
    heads: Mapping[NoteId, NoteHead],
) -> dict[int, Backlink]:
    row = sql.execute("SELECT text FROM note WHERE id = ?", (note_id,)).fetchone()
    if row is None or note_id not in heads:
        return {}
    text: str = row[0]
    sections = sql.execute("SELECT start, title FROM section WHERE note_id = ? ORDER BY ordinal", (note_id,)).fetchall()
    starts = [start for start, _title in sections]
    found = {}
    for number in numbers:
        link = places[number][1]
        above = bisect_right(starts, link.start) - 1  # the last heading before a place is the deepest around it
        low = max(0, link.start - AROUND)
        piece = text[low : link.start + _length(link) + AROUND]
        heading = sections[above][1] if above >= 0 else ""
        name = property_at(text, link.start) if above < 0 else ""
        found[number] = _backlink(heads[note_id], link, piece, link.start - low, heading, name)
    return found


def _length(link: Link) -> int:
    return min(link.end - link.start, LONGEST)


def _backlink(head: NoteHead, link: Link, piece: str, before: int, heading: str, name: str = "") -> Backlink:
    from desktop.core.text.links import sentence_around  # late: reading the first screen needs no Markdown

    if name:
        words = link.label or link.target
        return Backlink(head, link, Snippet(words, ((0, len(words)),) if words else ()), "", name)
    return Backlink(head, link, sentence_around(piece, before, before + _length(link)), heading)


def property_at(text: str, offset: int) -> str:
    """Return the property of the front matter in whose value an offset lies, "" where it is in none."""
    if not text.lstrip("\ufeff").startswith("---"):
        return ""
    block = text[: min(offset, 65_536)]
    first = block.find("\n") + 1
    if offset > len(block) or _BLOCK_END.search(block, first):
        return ""
    found = _PROPERTY.findall(block, first)
    return found[-1].strip().strip("\"'") if found else ""


def backlinks_from(
    sql: sqlite3.Connection, note_id: NoteId, sources: Sequence[NoteId], most: int
) -> list[Place]:
    """Return the first `most` links to a note in each of the sources, in the order of these."""
    found: dict[NoteId, list[Link]] = {source: [] for source in sources}
    for chunk in chunks(sources):  # the plus: a few notes hold fewer links than lead to one that many link to
        rows = sql.execute(
            f"SELECT {COLUMNS}, l.source_id FROM link l WHERE +l.target_id = ? AND l.source_id IN ({marks(chunk)})"
            " ORDER BY l.source_id, l.start",
            (note_id, *chunk),
        )
        for row in rows.fetchall():
            if len(found[row[8]]) < most:
                found[row[8]].append(link_of(row))
    return [(source, link) for source, links in found.items() for link in links]


def names_of_note(sql: sqlite3.Connection, note_id: NoteId) -> NoteNames | None:
    """Return what a note goes by, None where it is gone."""
    row = sql.execute("SELECT name, title FROM note WHERE id = ?", (note_id,)).fetchone()
    if row is None:
        return None
    aliases = sql.execute("SELECT alias FROM alias WHERE note_id = ? ORDER BY alias_key", (note_id,)).fetchall()
    return NoteNames(row[0], row[1], tuple(alias for (alias,) in aliases))


def others_named(sql: sqlite3.Connection, note_id: NoteId, key: str, most: int = 50) -> int:
    """Return how many other living notes go by a folded name, title or alias; no more than `most` are counted."""
    rows = sql.execute(
        "SELECT count(*) FROM (SELECT id FROM note WHERE name_key = ?1 AND trashed_at IS NULL"
        " UNION SELECT id FROM note WHERE title_key = ?1 AND trashed_at IS NULL"
        " UNION SELECT a.note_id FROM alias a JOIN note n ON n.id = a.note_id"
        " WHERE a.alias_key = ?1 AND n.trashed_at IS NULL LIMIT ?3) WHERE id != ?2",
        (key, note_id, most),
    )
    return int(rows.fetchone()[0])


def plain_links(sql: sqlite3.Connection, note_id: NoteId, keys: Collection[str]) -> dict[NoteId, int]:
    """Return the notes with links to one that are written `[[name]]`, the name being one of those, and how many.

    A target that is written otherwise than it is read (`%20`), or with a folder, does not count.
    """
    rows = sql.execute(
        "SELECT source_id, target, count(*) FROM link WHERE target_id = ? AND kind IN (?, ?)"
        " AND target_end - target_start = length(target) GROUP BY source_id, target",
        (note_id, LinkKind.WIKI.value, LinkKind.EMBED.value),
    )
    known: dict[str, bool] = {}
    found: dict[NoteId, int] = {}
    for source, target, count in rows.fetchall():
        if target not in known:
            known[target] = fold_name(target) in keys
        if known[target]:
            found[source] = found.get(source, 0) + count
    return found


def named_texts(sql: sqlite3.Connection, note_ids: Sequence[NoteId]) -> list[NamedText]:
    """Return the texts of living notes with the spans of their links, in the order given."""
    found: dict[NoteId, NamedText] = {}
    for chunk in chunks(note_ids):
        spans: dict[NoteId, list[Span]] = {}
        rows = sql.execute(
            f'SELECT source_id, start, "end" FROM link WHERE source_id IN ({marks(chunk)}) ORDER BY source_id, start',
            chunk,
        )
        for source, start, end in rows.fetchall():
            spans.setdefault(source, []).append((start, end))
        texts = sql.execute(
            f"SELECT id, version, text FROM note WHERE id IN ({marks(chunk)}) AND trashed_at IS NULL", chunk
        )
        for note_id, version, text in texts.fetchall():
            found[note_id] = NamedText(note_id, version, text, tuple(spans.get(note_id, ())))
    return [found[note_id] for note_id in note_ids if note_id in found]


def lost_places(sql: sqlite3.Connection, note_id: NoteId) -> frozenset[int]:
    """Return where those links of a note begin that name a section or block which their note has not got."""
    from desktop.core.text.anchors import Headings, naming_words  # late, like all that reads texts
    from desktop.core.text.blocks import find_block

    lost: set[int] = set()
    known: dict[NoteId, Headings] = {}
    texts: dict[NoteId, str] = {}
    for link in read_links(sql, "source_id", [note_id], "AND anchor != ''"):
        in_itself = not link.target and link.kind in (LinkKind.ANCHOR, LinkKind.WIKI, LinkKind.EMBED)
        place = note_id if in_itself else link.target_id
        if place is None:
            continue
        if link.anchor.startswith("^"):
            if place not in texts:
                texts.update(read_texts(sql, [place]))
            if find_block(texts[place], link.anchor[1:]) is None:
                lost.add(link.start)
            continue
        if place not in known:
            known[place] = Headings(read_sections(sql, place))
        if known[place].find(link.anchor, naming_words(link)) is None:
            lost.add(link.start)
    return frozenset(lost)


def dead_targets(sql: sqlite3.Connection, source_id: NoteId, targets: Iterable[str]) -> frozenset[str]:
    """Return those targets of `[[Note#Heading]]` whose note is there and has no such section or block.

    A target is written `Note#Heading`, or `#Heading` for the source itself, without blanks at its ends and its `#`.
    """
    from desktop.core.store.links.resolver import Resolver
    from desktop.core.text.dead_anchors import dead_anchors

    by_name: dict[str, set[str]] = {}
    for target in targets:
        name, _, anchor = target.partition("#")
        if anchor:
            by_name.setdefault(name, set()).add(anchor)
    resolver = Resolver(sql)
    resolver.prepare([name for name in by_name if name])
    names_of: dict[NoteId, list[str]] = {}
    for name in by_name:
        place = resolver.resolve(name, source_id) if name else source_id
        if place is not None:
            names_of.setdefault(place, []).append(name)
    dead: set[str] = set()
    for place, names in names_of.items():
        anchors = {anchor for name in names for anchor in by_name[name]}
        found = dead_anchors(anchors, partial(_text_of, sql, place), partial(read_sections, sql, place))
        dead.update(f"{name}#{anchor}" for name in names for anchor in by_name[name] & found)
    return frozenset(dead)


def _text_of(sql: sqlite3.Connection, note_id: NoteId) -> str:
    return read_texts(sql, [note_id]).get(note_id, "")
