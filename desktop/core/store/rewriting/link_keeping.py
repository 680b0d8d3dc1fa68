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
from desktop.core.store.links.link_rows import StoredLink, read_links
from desktop.core.store.links.targets import TargetWriter, style_of
from desktop.core.store.rows import read_texts
from desktop.core.text.anchors import Headings, anchor_of, naming_words
from desktop.core.text.blocks import Block, find_block, scan_blocks
from desktop.core.text.link_writing import POINTED, anchor_span, pointed_at
from desktop.core.text.patchwork import Patchwork, apart
from desktop.core.text.read_text import ReadText
from desktop.core.text.target_writing import WrittenTarget, encode_anchor

_OF_THE_LIVING = "AND l.source_id NOT IN (SELECT id FROM note WHERE trashed_at IS NOT NULL)"
_ID = re.compile(r"\^([A-Za-z0-9-]{1,64})")


@dataclass(frozen=True, slots=True)
class Home:
    """Where something stands: a note, and the place of a heading's words or of a block's `^` in its text."""

    note_id: NoteId
    at: int | None = None


class PlacedText(ReadText):
    """A text with its headings and blocks by where they stand."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._anchors: dict[int, str] = {}

    @cached_property
    def _contents(self) -> list[int]:
        return [heading.content_start for heading in self.masks.headings]

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

    def place(self, link: Link) -> int | None:
        """Return the place of what a link's anchor names, None for nothing."""
        written = link.anchor.strip().lstrip("#").strip()
        if written.startswith("^"):
            block = self._blocks.get(written[1:].casefold()) or find_block(self.text, written[1:])
            return None if block is None else block.mark_end - len(block.id) - 1
        section = self._headings.find(link.anchor, naming_words(link))
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
        self._links: dict[NoteId, dict[int, StoredLink]] = {}
        concerned = [*texts, *moving]
        for column, values in (("source_id", concerned), ("target_id", concerned), ("target_key", filter(None, keys))):
            for link in read_links(sql, column, values, _OF_THE_LIVING):
                self._links.setdefault(link.source_id, {})[link.start] = link

    def read(self, note_id: NoteId) -> ReadText:
        """Return a note's text as it was."""
        return self._before[note_id]

    def block_ids(self, note_id: NoteId) -> set[str]:
        """Return the ids of a note's blocks that links lead to."""
        return {
            link.anchor.strip().removeprefix("^")
            for source, links in self._links.items()
            for link in links.values()
            if link.anchor.strip().startswith("^")
            and (link.target_id == note_id or (not link.target and source == note_id))
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
                if known and link.kind in POINTED and (home := judge.lost(note_id, link, known)):
                    edits += judge.edit(text.text, note_id, link, known, home)
            done[note_id] = work.with_edits(apart(edits))
        others: dict[NoteId, list[TextEdit]] = {}
        astray: dict[NoteId, list[tuple[StoredLink, Home]]] = {}
        for source_id, links in self._links.items():
            for link in links.values() if source_id not in self._before else ():
                if link.kind in POINTED and (home := judge.lost(source_id, link, link)):
                    astray.setdefault(source_id, []).append((link, home))
        texts = read_texts(self._sql, astray)
        for source_id, lost in astray.items():
            edits = [edit for link, home in lost for edit in judge.edit(texts[source_id], source_id, link, link, home)]
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
        self._writer = TargetWriter(sql)
        self.texts = {note_id: PlacedText(work.text) for note_id, work in works.items()}
        self._homes_of: dict[tuple[NoteId, str, str], Home] = {}

    def lost(self, source_id: NoteId, link: Link, known: StoredLink) -> Home | None:
        """Return where a link of a source should lead, `known` as it was before; None where it leads there."""
        target = known.target_id
        if target is None and not known.target and known.kind is not LinkKind.COLLECTION:
            target = known.source_id
        if target is None:
            return None
        home = self._home(target, known)
        return None if self._leads_to(source_id, link, home) else home

    def edit(self, text: str, source_id: NoteId, link: Link, known: StoredLink, home: Home) -> list[TextEdit]:
        """Return the edit that lets a link of a text lead home; none where no such link can be written."""
        anchor = known.anchor
        if home.at is not None and home.note_id in self.texts:
            there = self.texts[home.note_id]
            whole = home.note_id not in self._before and home.note_id != source_id and there.is_whole(home.at)
            anchor = "" if whole else there.anchor(home.at, link.kind)
        span = anchor_span(text, link)
        like = text[slice(*span)] if span else ""
        written = like if anchor == link.anchor else encode_anchor(anchor, link.kind, like)
        here = home.note_id == source_id and home.at is not None and bool(anchor)
        target = "" if here else self._target(text, source_id, link, known, home.note_id)
        if target is None or written is None:
            return []
        return [pointed_at(text, link, target, written, keep_words=not known.anchor)]

    def _home(self, target: NoteId, known: StoredLink) -> Home:
        """Return where what a link meant stands now."""
        if target not in self._before:
            return Home(target)
        asked = target, known.anchor, "" if known.anchor else known.kind.value
        if asked not in self._homes_of:
            self._homes_of[asked] = self._find_home(target, known)
        return self._homes_of[asked]

    def _find_home(self, target: NoteId, known: StoredLink) -> Home:
        at = self._before[target].place(known) if known.anchor else None
        if at is None:
            home = self._homes.get(target, Home(target))
            whole = known.kind is not LinkKind.COLLECTION and not known.anchor
            return home if whole else Home(home.note_id)
        for note_id, work in self._works.items():
            now = work.place_of(target, at)
            if now is not None:
                return Home(note_id, now)
        return self._homes.get(target, Home(target))

    def _leads_to(self, source_id: NoteId, link: Link, home: Home) -> bool:
        if link.target or link.kind is LinkKind.COLLECTION:
            found = self._writer.leads(link.target, source_id, link.kind)
        else:
            found = source_id
        if found != home.note_id:
            return False
        if home.at is None or home.note_id not in self.texts:
            return True
        return self.texts[home.note_id].place(link) == home.at

    def _target(self, text: str, source_id: NoteId, link: Link, known: StoredLink, note_id: NoteId) -> str | None:
        if link.target and self._writer.leads(link.target, source_id, link.kind) == note_id:
            return text[link.target_start : link.target_end]
        style = WrittenTarget(LinkKind.MARKDOWN, "") if link.kind is LinkKind.ANCHOR else style_of(text, link)
        return self._writer.like(style, source_id, note_id, known.source_id, known.target_id)
