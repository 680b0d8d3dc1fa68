"""Links keep leading where they led, whatever is moved between notes.

Before anything changes, a **keeper** takes down which links there are and where they lead: to a note, and to a heading
or a block in it. When the texts are put together anew and the tree is as it will be, each of these links is asked where
it leads now. Where that is another place than the one the words went to, the link is written anew.
"""

import re
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from desktop.core.records import Link, LinkKind, NoteId, TextEdit
from desktop.core.store.links.targets import target_from
from desktop.core.store.links.resolver import Resolver
from desktop.core.store.rows import chunks, marks
from desktop.core.text.anchors import Headings, anchor_of
from desktop.core.text.blocks import Block, find_block, scan_blocks
from desktop.core.text.document import read_document
from desktop.core.text.link_writing import POINTED, pointed_at
from desktop.core.text.masks import read_masks
from desktop.core.text.patchwork import Patchwork, apart
from desktop.core.text.references import is_reference

_ID = re.compile(r"\^([A-Za-z0-9-]{1,64})")
_COLUMNS = 'l.kind, l.target, l.anchor, l.label, l.start, l."end", l.target_start, l.target_end'


@dataclass(frozen=True, slots=True)
class Home:
    """Where something stands: a note, and the place of a heading's words or of a block's `^` in its text."""

    note_id: NoteId
    at: int | None = None


class PlacedText:
    """A text with its headings and blocks by where they stand."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.document = read_document(text)
        self._anchors: dict[int, str] = {}

    @cached_property
    def _contents(self) -> list[int]:
        return [heading.content_start for heading in read_masks(self.text, self.document.front_matter.end).headings]

    @cached_property
    def _headings(self) -> Headings:
        return Headings(self.document.sections)

    @cached_property
    def _blocks(self) -> dict[str, Block]:
        found: dict[str, Block] = {}
        for block in scan_blocks(self.text):
            found.setdefault(block.id.casefold(), block)
        return found

    @cached_property
    def _by_content(self) -> dict[int, int]:
        return {start: index for index, start in enumerate(self._contents)}

    def place(self, anchor: str, label: str) -> int | None:
        """Return the place of what an anchor names, None for nothing."""
        written = anchor.strip().lstrip("#").strip()
        if written.startswith("^"):
            block = self._blocks.get(written[1:].casefold()) or find_block(self.text, written[1:])
            return None if block is None else block.mark_end - len(block.id) - 1
        section = self._headings.find(anchor, label)
        return None if section is None else self._contents[section.ordinal]

    def is_whole(self, at: int) -> bool:
        """Tell whether the heading at a place holds the whole text, so that the note itself is what it names."""
        sections = self.document.sections
        return (
            self._by_content.get(at) == 0
            and sections[0].end == len(self.text)
            and not self.text[: sections[0].start].strip()
        )

    def anchor(self, at: int, kind: LinkKind) -> str:
        """Return what leads to the heading or the block at a place; "" where nothing does."""
        index = self._by_content.get(at)
        if index is not None:
            section = self.document.sections[index]
            in_markdown = kind in (LinkKind.MARKDOWN, LinkKind.ANCHOR)
            if in_markdown:
                return section.slug
            if index not in self._anchors:
                self._anchors[index] = anchor_of(self.document.sections, section, self._headings)
            return self._anchors[index]
        found = _ID.match(self.text, at)
        return f"^{found[1]}" if found else ""


class LinkKeeper:
    """Where links led before a change."""

    def __init__(
        self,
        sql: sqlite3.Connection,
        texts: Mapping[NoteId, str],
        moving: Iterable[NoteId] = (),
        keys: Iterable[str] = (),
    ) -> None:
        """Take the links down: of notes whose `texts` will be others, of notes `moving` in the tree, and by key."""
        self._sql = sql
        self._before = {note_id: PlacedText(text) for note_id, text in texts.items()}
        self._links: dict[NoteId, dict[int, tuple[Link, NoteId | None]]] = {}
        concerned = [*texts, *moving]
        for column, values in (("source_id", concerned), ("target_id", concerned), ("target_key", [*keys])):
            for chunk in chunks([value for value in values if value != ""]):
                rows = sql.execute(
                    f"SELECT {_COLUMNS}, l.source_id, l.target_id FROM link l"
                    f" JOIN note n ON n.id = l.source_id AND n.trashed_at IS NULL WHERE l.{column} IN ({marks(chunk)})",
                    chunk,
                )
                for row in rows.fetchall():
                    link = Link(LinkKind(row[0]), *row[1:8])
                    self._links.setdefault(row[8], {})[link.start] = (link, row[9])

    def block_ids(self, note_id: NoteId) -> set[str]:
        """Return the ids of a note's blocks that links lead to."""
        return {
            link.anchor.strip().removeprefix("^")
            for source, links in self._links.items()
            for link, target in links.values()
            if link.anchor.strip().startswith("^") and (target == note_id or (not link.target and source == note_id))
        }

    def keep(
        self, works: Mapping[NoteId, Patchwork], homes: Mapping[NoteId, Home]
    ) -> tuple[dict[NoteId, Patchwork], dict[NoteId, list[TextEdit]]]:
        """Return the new texts with their links set right, and the edits that other notes need.

        `homes` tells where to find what links meant by naming the whole of a note that is no more.
        """
        judge = _Judge(self._sql, self._before, works, homes)
        done: dict[NoteId, Patchwork] = {}
        for note_id, work in works.items():
            text = judge.texts[note_id]
            edits = []
            for link in text.document.links:
                origin = work.origin(link.start)
                known = self._links.get(origin[0], {}).get(origin[1]) if origin else None
                if origin and known and link.kind in POINTED:
                    edit = judge.edit(text.text, note_id, link, origin[0], known)
                    edits += [edit] if edit else []
            done[note_id] = work.with_edits(apart(edits))
        others: dict[NoteId, list[TextEdit]] = {}
        for source_id, links in self._links.items():
            if source_id in self._before:
                continue
            text_of: list[str] = []
            edits = []
            for link, target in links.values():
                if link.kind in POINTED and judge.leads_astray(source_id, link, source_id, (link, target)):
                    if not text_of:
                        row = self._sql.execute("SELECT text FROM note WHERE id = ?", (source_id,)).fetchone()
                        text_of.append(row[0])
                    edit = judge.edit(text_of[0], source_id, link, source_id, (link, target))
                    edits += [edit] if edit else []
            if edits:
                others[source_id] = apart(edits)
        return done, others


class _Judge:
    """Tells where links lead now, and where they should."""

    def __init__(
        self,
        sql: sqlite3.Connection,
        before: Mapping[NoteId, PlacedText],
        works: Mapping[NoteId, Patchwork],
        homes: Mapping[NoteId, Home],
    ) -> None:
        self._sql = sql
        self._before = before
        self._works = works
        self._homes = homes
        self._resolver = Resolver(sql)
        self.texts = {note_id: PlacedText(work.text) for note_id, work in works.items()}
        self._names: dict[tuple[NoteId, NoteId, LinkKind, str], str] = {}

    def leads_astray(
        self, source_id: NoteId, link: Link, old_source: NoteId, known: tuple[Link, NoteId | None]
    ) -> bool:
        """Tell whether a link leads elsewhere than it should."""
        wanted = self._wanted(old_source, known)
        return wanted is not None and not self._leads_to(source_id, link, wanted)

    def edit(
        self, text: str, source_id: NoteId, link: Link, old_source: NoteId, known: tuple[Link, NoteId | None]
    ) -> TextEdit | None:
        """Return the edit that lets a link of a text lead where it should; None where it does."""
        wanted = self._wanted(old_source, known)
        if wanted is None or self._leads_to(source_id, link, wanted):
            return None
        old = known[0]
        anchor = old.anchor
        if wanted.at is not None and wanted.note_id in self.texts:
            there = self.texts[wanted.note_id]
            whole = wanted.note_id not in self._before and wanted.note_id != source_id and there.is_whole(wanted.at)
            anchor = "" if whole else there.anchor(wanted.at, link.kind)
        here = wanted.note_id == source_id and wanted.at is not None and bool(anchor)
        target = "" if here else self._target(source_id, link, wanted.note_id)
        return pointed_at(text, link, target, anchor, keep_words=not old.anchor)

    def _wanted(self, old_source: NoteId, known: tuple[Link, NoteId | None]) -> Home | None:
        """Return where what the link meant stands now; None where it meant nothing."""
        link, target = known
        if target is None and not link.target and link.kind is not LinkKind.COLLECTION:
            target = old_source
        if target is None:
            return None
        if target not in self._before:
            return Home(target)
        at = self._before[target].place(link.anchor, link.label) if link.anchor else None
        if at is None:
            home = self._homes.get(target, Home(target))
            whole = link.kind is not LinkKind.COLLECTION and not link.anchor
            return home if whole else Home(home.note_id)
        for note_id, work in self._works.items():
            now = work.place_of(target, at)
            if now is not None:
                return Home(note_id, now)
        return self._homes.get(target, Home(target))

    def _leads_to(self, source_id: NoteId, link: Link, wanted: Home) -> bool:
        if link.target or link.kind is LinkKind.COLLECTION:
            found = self._resolver.resolve(link.target, source_id, link.kind)
        else:
            found = source_id
        if found != wanted.note_id:
            return False
        if wanted.at is None or wanted.note_id not in self.texts:
            return True
        return self.texts[wanted.note_id].place(link.anchor, link.label) == wanted.at

    def _target(self, source_id: NoteId, link: Link, note_id: NoteId) -> str:
        if link.target and self._resolver.resolve(link.target, source_id, link.kind) == note_id:
            return link.target
        suffix = ""
        kind = LinkKind.MARKDOWN if link.kind is LinkKind.ANCHOR else link.kind
        if kind is LinkKind.MARKDOWN:
            dotted = link.target.lower().endswith((".md", ".markdown"))
            suffix = ".md" if dotted or not link.target or is_reference(link) else ""
        key = source_id, note_id, kind, suffix
        if key not in self._names:
            self._names[key] = target_from(self._sql, self._resolver, note_id, source_id, kind, suffix)
        return self._names[key]
