"""What a look at all links of a library needs, read as streams; and the one way to write other targets into them.

Only living notes count. A stream holds no more than a row at a time, so that a library of any size can be looked at.
The table of notes is left alone: each row lies on a page of its own before its text, so that asking all of them whether
they live reads as much as the texts. Names come from their indexes, and who is in the trash is a small set.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from desktop.core.errors import SaveConflict
from desktop.core.records import Changes, Link, NoteHead, NoteId, NoteKind, OrphanFile, Section, TextEdit
from desktop.core.store.database import Database
from desktop.core.store.links.link_rows import COLUMNS, LIVING, link_of
from desktop.core.store.links.targets import TargetWriter
from desktop.core.store.rows import chunks, marks, read_heads, read_sections
from desktop.core.text.folding import fold_name
from desktop.core.text.link_writing import address_end

_ADDRESS = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*+:|//")
_FILE_SUFFIX = re.compile(r"\.(?:png|jpe?g|gif|webp|svg|pdf)(?![^\W_])", re.IGNORECASE)
_NAME_BREAK = re.compile(r"[/\\\"'()<>\[\]|=:!\s]")
_LONGEST_NAME = 160  # characters before a suffix among which a file's name is looked for
_TEMPLATES = """WITH RECURSIVE template(id) AS (
 SELECT id FROM note WHERE name_key LIKE '%template%' OR name_key LIKE '%шаблон%'
 UNION SELECT c.id FROM note c JOIN template ON c.parent_id = template.id AND c.trashed_at IS NULL)
 SELECT id FROM template"""

Placed = tuple[NoteId, Link]  # a link with the note that holds it


@dataclass(frozen=True, slots=True)
class Replacement:
    """What to write in a link in the place of its target or its anchor; None leaves it."""

    source_id: NoteId
    link: Link
    target: str | None = None
    anchor: str | None = None


class LinkFacts:
    """Everything that links say, of one library."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def totals(self) -> tuple[int, int]:
        """Return the number of living notes and of all links."""
        sql = self._database.read()
        (notes,) = sql.execute("SELECT count(*) FROM note WHERE trashed_at IS NULL").fetchone()
        (links,) = sql.execute("SELECT count(*) FROM link").fetchone()
        return notes, links

    def gone(self) -> set[NoteId]:
        """Return the notes in the trash."""
        rows = self._database.read().execute("SELECT id FROM note WHERE trashed_at IS NOT NULL")
        return {NoteId(note_id) for (note_id,) in rows}

    def unresolved(self) -> Iterator[Placed]:
        """Yield the links to notes and files that are not there, those of one note together."""
        sql, gone = self._database.read(), self.gone()
        files = {key for (key,) in sql.execute("SELECT DISTINCT name_key FROM attachment WHERE path_key != source_url")}
        rows = sql.execute(
            f"SELECT {COLUMNS}, l.source_id, l.target_key FROM link l WHERE l.target_id IS NULL"
            " AND (l.target_key != '' OR l.kind = 'image' AND l.target != '') ORDER BY l.source_id, l.start"
        )
        for row in rows:
            link = link_of(row)
            if row[8] in gone or (not row[9] and _ADDRESS.match(link.target)):
                continue
            if (row[9] or fold_name(link.target.replace("\\", "/").rpartition("/")[2])) not in files:
                yield NoteId(row[8]), link

    def anchored(self) -> Iterator[tuple[NoteId, NoteId, Link]]:
        """Yield (note that should have the place, note with the link, link), those of one note together.

        The many links that name a heading letter by letter are left out by SQLite: there is nothing amiss with them.
        """
        gone = self.gone()
        rows = self._database.read().execute(
            f"SELECT {COLUMNS}, l.source_id, coalesce(l.target_id, l.source_id) FROM link l"
            " WHERE l.anchor != '' AND (l.target_id IS NOT NULL"
            " OR l.target = '' AND l.kind IN ('wiki', 'embed', 'anchor')) AND NOT EXISTS (SELECT 1 FROM section s"
            " WHERE s.note_id = coalesce(l.target_id, l.source_id) AND s.title = l.anchor)"
            " ORDER BY 10, l.source_id, l.start"
        )
        for row in rows:
            if row[8] not in gone:
                yield NoteId(row[9]), NoteId(row[8]), link_of(row)

    def sections(self, note_id: NoteId) -> list[Section]:
        """Return a note's headings."""
        return list(read_sections(self._database.read(), note_id))

    def text(self, note_id: NoteId) -> str:
        """Return a note's text, "" where there is none."""
        row = self._database.read().execute("SELECT text FROM note WHERE id = ?", (note_id,)).fetchone()
        return str(row[0]) if row else ""

    def shared_names(self) -> Iterator[tuple[NoteId, NoteId, Link]]:
        """Yield (source, target, link) of the links whose last name more than one note may go by."""
        gone = self.gone()
        tables = (("name_key", "note"), ("title_key", "note"), ("alias_key", "alias"))
        keys = " UNION ".join(
            f"SELECT {column} FROM {table} GROUP BY {column} HAVING count(*) > 1" for column, table in tables
        )
        rows = self._database.read().execute(
            f"SELECT {COLUMNS}, l.source_id, l.target_id FROM link l WHERE l.target_id IS NOT NULL"
            f" AND l.kind != 'collection' AND l.target_key IN ({keys}) ORDER BY l.source_id, l.start"
        )
        for row in rows:
            if row[8] not in gone:
                yield NoteId(row[8]), NoteId(row[9]), link_of(row)

    def orphans(self) -> list[NoteHead]:
        """Return the notes with no link to or from another, by title; folders and what lies among templates apart."""
        sql, gone = self._database.read(), self.gone()
        linked: set[int] = set()
        for pair in sql.execute("SELECT source_id, target_id FROM link WHERE target_id IS NOT NULL"):
            if pair[0] != pair[1] and pair[0] not in gone:
                linked.update(pair)
        ids = sql.execute("SELECT id FROM note INDEXED BY ix_note_title_key ORDER BY title_key, id")
        alone = [NoteId(note_id) for (note_id,) in ids if note_id not in linked and note_id not in gone]
        templates = {note_id for (note_id,) in sql.execute(_TEMPLATES)} if alone else set()
        heads = self.heads([note_id for note_id in alone if note_id not in templates])
        return [head for head in heads.values() if head.kind is not NoteKind.FOLDER]

    def addresses(self) -> Iterator[Placed]:
        """Yield the links to the network, those of one note together."""
        gone = self.gone()
        rows = self._database.read().execute(
            f"SELECT {COLUMNS}, l.source_id FROM link l WHERE l.kind = 'url' ORDER BY l.source_id, l.start"
        )
        for row in rows:
            if row[8] not in gone:
                yield NoteId(row[8]), link_of(row)

    def names(self) -> Iterator[tuple[NoteId, str, bool]]:
        """Yield (note, a folded name that it goes by, whether it did so before): names, titles, aliases, former titles.

        Names and titles are read from their indexes: a note's own row lies on a page of its own, behind its text.
        """
        sql = self._database.read()
        gone = self.gone()
        known: dict[int, int] = {}
        for note_id, key in sql.execute("SELECT id, name_key FROM note INDEXED BY ix_note_name_key"):
            if note_id not in gone:
                known[note_id] = hash(key)
                yield NoteId(note_id), key, False
        for note_id, key in sql.execute("SELECT id, title_key FROM note INDEXED BY ix_note_title_key"):
            if note_id not in gone and known[note_id] != hash(key):
                yield NoteId(note_id), key, False
        for note_id, alias in sql.execute("SELECT note_id, alias FROM alias"):
            if note_id not in gone:
                yield NoteId(note_id), alias, False
        for note_id, title in sql.execute("SELECT DISTINCT note_id, title FROM revision"):
            if note_id not in gone:
                yield NoteId(note_id), title, True

    def trashed(self, keys: Sequence[str]) -> dict[str, NoteHead]:
        """Return the notes in the trash that go by folded names."""
        found: dict[str, NoteId] = {}
        sql = self._database.read()
        for chunk in chunks(keys):
            for column in ("title_key", "name_key"):
                rows = sql.execute(
                    f"SELECT {column}, id FROM note WHERE trashed_at IS NOT NULL AND {column} IN ({marks(chunk)})"
                    " ORDER BY trashed_at",
                    chunk,
                )
                found.update((key, NoteId(note_id)) for key, note_id in rows)
        heads = self.heads(list(found.values()))
        return {key: heads[note_id] for key, note_id in found.items()}

    def heads(self, note_ids: Sequence[NoteId]) -> dict[NoteId, NoteHead]:
        """Return the heads of those notes that exist, in their order."""
        found = read_heads(self._database.read(), dict.fromkeys(note_ids))
        return {note_id: found[note_id] for note_id in note_ids if note_id in found}

    # --- files -------------------------------------------------------------------------------------------

    def files(self) -> list[tuple[str, OrphanFile]]:
        """Return the stored files with their folded names; copies of what is elsewhere are none of them."""
        rows = self._database.read().execute(
            "SELECT name_key, name, path_key, size FROM attachment WHERE source_url = '' ORDER BY name_key, path_key"
        )
        return [(key, OrphanFile(name, path, size)) for key, name, path, size in rows]

    def linked_files(self) -> Iterator[str]:
        """Yield the folded last names of what links show or lead to."""
        gone = self.gone()
        rows = self._database.read().execute(
            "SELECT source_id, target FROM link WHERE kind != 'url' AND target LIKE '%.%'"
        )
        for source_id, target in rows:
            if source_id in gone:
                continue
            for written in (target, unquote(target)):
                yield fold_name(written.replace("\\", "/").rpartition("/")[2])

    def texts_naming_files(self) -> Iterator[str]:
        """Yield the texts in which a suffix of a file stands, with or without a link: HTML shows files too."""
        for (text,) in self._database.read().execute("SELECT text FROM note WHERE trashed_at IS NULL"):
            if isinstance(text, str) and _FILE_SUFFIX.search(text):
                yield text

    # --- writing -----------------------------------------------------------------------------------------

    def writer(self) -> TargetWriter:
        """Return what knows how links to notes are written."""
        return TargetWriter(self._database.read())

    def replace(self, replacements: Sequence[Replacement], origin: str = "") -> tuple[Changes, int]:
        """Write other targets into links, in one transaction; return the changes and how many links were left out.

        A link is left out where the text does not hold it any more as it was. Raise SaveConflict when none is left.
        """
        from desktop.core.store.rewriting.text_edits import apply_edits  # late: only writing needs it

        edits: dict[NoteId, list[TextEdit]] = {}
        left_out = 0
        with self._database.write() as transaction:
            for replacement in replacements:
                row = transaction.sql.execute(
                    f"SELECT {COLUMNS}, n.text FROM link l {LIVING} WHERE l.source_id = ? AND l.start = ?",
                    (replacement.source_id, replacement.link.start),
                ).fetchone()
                if row is None or link_of(row) != replacement.link:
                    left_out += 1
                    continue
                places = edits.setdefault(replacement.source_id, [])
                places += [edit for edit in _edits(row[8], replacement) if edit not in places]
            if replacements and left_out == len(replacements):
                raise SaveConflict("The text was changed meanwhile; look again and choose anew.")
            ordered = {note_id: sorted(places, key=lambda edit: edit.start) for note_id, places in edits.items()}
            return apply_edits(transaction, ordered, origin), left_out


def _edits(text: str, replacement: Replacement) -> list[TextEdit]:
    """Return what to change in a text; a reference link's target stands in its definition."""
    link, edits = replacement.link, []
    if replacement.target is not None:
        edits.append(TextEdit(link.target_start, link.target_end, replacement.target))
    if replacement.anchor is not None:
        end = address_end(text, link)
        if end > link.target_end:
            edits.append(TextEdit(link.target_end, end, f"#{replacement.anchor}" if replacement.anchor else ""))
    return edits


def names_of_files(text: str, wanted: set[str]) -> set[str]:
    """Return those of the folded file names that stand in a text; linear in the text."""
    found = set()
    for match in _FILE_SUFFIX.finditer(text):
        low = max(0, match.start() - _LONGEST_NAME)
        before = text[low : match.end()]
        for piece in {before, unquote(before)} if "%" in before else {before}:
            starts = [0, *(found_break.end() for found_break in _NAME_BREAK.finditer(piece))]
            found.update({fold_name(piece[start:]) for start in starts} & wanted)
    return found
