"""Keeping links at their notes while names and places change.

The tree changes first, inside the transaction; the link table still says where every link led. Each link that would
lead elsewhere now, and each that says the old name of the renamed note, gets a target that leads where it led, in the
style of its writer: `links.targets` writes it.
"""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from desktop.core.records import LinkKind, NoteId
from desktop.core.store.links.link_rows import StoredLink, read_links
from desktop.core.store.links.targets import TargetWriter, style_of
from desktop.core.store.name_paths import Called
from desktop.core.store.rows import read_texts
from desktop.core.text.folding import fold_name
from desktop.core.text.target_writing import WrittenTarget


@dataclass(frozen=True, slots=True)
class LinkEdit:
    """What to write at a place of a text on behalf of a link."""

    link: StoredLink
    start: int
    end: int
    text: str


class Retargeting:
    """One change of the tree as the links see it: made, but not yet resolved anew."""

    def __init__(self, sql: sqlite3.Connection, before: Mapping[NoteId, Called], renamed: NoteId | None = None) -> None:
        self._sql = sql
        self._before = before
        self._renamed = renamed
        self._writer = TargetWriter(sql, before)
        self.lost = 0  # links in which nothing can be written that leads where they led

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
            assert link.target_id is not None
            new = self._writer.like(style_of(text, link), link.source_id, link.target_id)
            if new is None:
                self.lost += self._writer.leads(link.target, link.source_id, link.kind) != link.target_id
            elif new != text[link.target_start : link.target_end]:
                found[link.source_id, link.target_start] = LinkEdit(link, link.target_start, link.target_end, new)
        return list(found.values())

    def _leads_astray(self, link: StoredLink) -> bool:
        if link.target_id is None or self._writer.leads(link.target, link.source_id, link.kind) != link.target_id:
            return True
        writer, said = self._writer, WrittenTarget(LinkKind.WIKI, link.target).names
        if said.count("..") > len(writer.paths.to(link.source_id)) - 1:
            return True  # out of the library: in a folder of files it leads away
        # By its name the note may be found all the same; as a file it would not be.
        ends = link.source_id, link.target_id
        is_file = link.kind is LinkKind.MARKDOWN and said[0] != ""
        return is_file and writer.reaches(writer.paths_before, *ends, said) and not (
            writer.reaches(writer.paths, *ends, said)
        )  # fmt: skip

    def _says_old(self, link: StoredLink) -> bool:
        """Tell whether a link names the renamed note by what it was called."""
        if link.target_id != self._renamed or self._renamed is None:
            return False
        before = self._before[self._renamed]
        said = WrittenTarget(LinkKind.WIKI, link.target).names[-1]
        key = fold_name(said)
        if key not in (fold_name(before.name), fold_name(before.title)):
            return False
        now = self._writer.paths.to(self._renamed)[-1], self._writer.title(self._renamed)
        return key not in map(fold_name, now) or (said in (before.name, before.title) and said not in now)
