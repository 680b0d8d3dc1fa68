"""Who links to whom: stored links, their targets, and the sentences that backlinks show."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from desktop.core.records import Backlink, Link, LinkKind, NoteHead, NoteId, ResolvedLink, Section
from desktop.core.store.database import Database
from desktop.core.store.links.link_rows import COLUMNS, LIVING, link_of
from desktop.core.store.links.resolver import Resolver
from desktop.core.store.rows import read_heads, read_sections
from desktop.core.text.folding import fold_name

if TYPE_CHECKING:
    from desktop.core.page.page_context import Embedded
    from desktop.core.text.blocks import Block


class Links:
    """The links between notes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def resolve(self, target: str, source_id: NoteId | None = None) -> NoteId | None:
        """Return the note that a target, without its anchor, means when written in `source_id`."""
        sql = self._database.read()
        resolver = Resolver(sql)
        written = sql.execute(
            "SELECT DISTINCT kind FROM link WHERE source_id = ? AND target = ? AND target_key != '' ORDER BY kind DESC",
            (source_id, target),
        )
        kinds = [LinkKind(row[0]) for row in written] or [LinkKind.WIKI, LinkKind.MARKDOWN]
        found = (resolver.resolve(target, source_id, kind) for kind in kinds)
        return next((note_id for note_id in found if note_id is not None), None)

    def named_alike(self, target: str, source_id: NoteId, most: int = 50) -> list[NoteHead]:
        """Return the notes that a target fits as well as the one it leads to, when written in `source_id`."""
        sql = self._database.read()
        row = sql.execute(
            "SELECT kind FROM link WHERE source_id = ? AND target = ? AND target_key != '' ORDER BY kind DESC LIMIT 1",
            (source_id, target),
        ).fetchone()
        found = Resolver(sql).find(target, source_id, LinkKind(row[0]) if row else LinkKind.WIKI)
        ids = [note_id for note_id in found.fitting if note_id != found.note_id][:most] if found is not None else []
        heads = read_heads(sql, ids)
        return [heads[note_id] for note_id in ids if note_id in heads]

    def missing(self, note_id: NoteId, targets: Iterable[str]) -> frozenset[str]:
        """Return those targets, as they are written before `|` and `#`, that mean neither a note nor a stored file."""
        sql = self._database.read()
        resolver = Resolver(sql)
        wanted = set(targets)
        resolver.prepare(wanted)
        found = set()
        for target in wanted:
            kinds = (LinkKind.WIKI, LinkKind.MARKDOWN)
            if any(resolver.resolve(target, note_id, kind) is not None for kind in kinds):
                continue
            name = fold_name(target.replace("\\", "/").rpartition("/")[2])
            if not sql.execute("SELECT 1 FROM attachment WHERE name_key = ?", (name,)).fetchone():
                found.add(target)
        return frozenset(found)

    def dead_targets(self, note_id: NoteId, targets: Iterable[str]) -> frozenset[str]:
        """Return those targets, `Note#Heading` as in `[[...]]`, whose note has no such section or block."""
        from desktop.core.store.links.places import dead_targets  # late: the first screen follows no link

        return dead_targets(self._database.read(), note_id, targets)

    def place(self, note_id: NoteId, anchor: str, label: str = "") -> "Section | Block | None":
        """Return the section or the block that an anchor names in a note; `label` is what the link says."""
        from desktop.core.text.anchors import find_place  # late: the first screen follows no link

        sql = self._database.read()
        text = ""
        if anchor.lstrip("# ").startswith(("^", "%5E", "%5e")):
            row = sql.execute("SELECT text FROM note WHERE id = ?", (note_id,)).fetchone()
            text = row[0] if row else ""
        return find_place(text, read_sections(sql, note_id), anchor, label)

    def embedded(self, note_id: NoteId, targets: Iterable[str]) -> "dict[str, Embedded]":
        """Return the texts that stand behind the targets of `![[...]]` in a note."""
        from desktop.core.store.links.embeds import read_embeds  # late: the first screen embeds nothing

        return read_embeds(self._database.read(), note_id, targets)

    def outgoing(self, note_id: NoteId) -> list[ResolvedLink]:
        """Return the note's links in the order of its text, images and addresses included."""
        sql = self._database.read()
        rows = sql.execute(
            f"SELECT {COLUMNS}, l.target_id FROM link l WHERE l.source_id = ? ORDER BY l.start", (note_id,)
        ).fetchall()
        heads = read_heads(sql, {row[8] for row in rows if row[8] is not None})
        resolver = Resolver(sql)
        resolver.prepare(row[1] for row in rows if row[8] is not None)
        links = []
        for row in rows:
            link, target = link_of(row), heads.get(row[8])
            found = resolver.find(link.target, note_id, link.kind) if target is not None else None
            links.append(ResolvedLink(link, target, found.how, found.others) if found else ResolvedLink(link, target))
        return links

    def backlinks(self, note_id: NoteId, limit: int = 200) -> list[Backlink]:
        """Return the places in other living notes that link here, by the linking note's title, then by place."""
        sql = self._database.read()
        rows = sql.execute(
            f"SELECT {COLUMNS}, l.source_id FROM link l {LIVING} WHERE l.target_id = ? AND l.source_id != ?"
            " ORDER BY n.title_key, n.id, l.start LIMIT ?",
            (note_id, note_id, limit),
        ).fetchall()
        return self.with_context([(NoteId(row[8]), link_of(row)) for row in rows])

    def backlink_count(self, note_id: NoteId) -> int:
        """Return how many places in other living notes link here."""
        row = self._database.read().execute(
            f"SELECT count(*) FROM link l {LIVING} WHERE l.target_id = ? AND l.source_id != ?", (note_id, note_id)
        )
        return int(row.fetchone()[0])

    def with_context(self, places: Sequence[tuple[NoteId, Link]]) -> list[Backlink]:
        """Return places with their note, the sentence and the heading around them, in the order given."""
        from desktop.core.store.links.places import with_context  # late: the first screen shows no links

        return with_context(self._database.read(), places)

    def unresolved(self, note_id: NoteId | None = None) -> list[tuple[NoteId, Link]]:
        """Return the links to notes that do not exist: of one note, or of the whole library."""
        one = "" if note_id is None else " AND l.source_id = ?"  # not "? IS NULL OR ...", which reads all of them
        rows = self._database.read().execute(
            f"SELECT {COLUMNS}, l.source_id FROM link l {LIVING} WHERE l.target_id IS NULL AND l.target_key != ''{one}"
            " AND NOT EXISTS (SELECT 1 FROM attachment a WHERE a.name_key = l.target_key)"
            " ORDER BY n.title_key, l.source_id, l.start",
            () if note_id is None else (note_id,),
        )
        return [(NoteId(row[8]), link_of(row)) for row in rows]
