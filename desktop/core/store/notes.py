"""Texts: reading a note, and storing what the user wrote in it.

A save names the version that its text was based on; when the note is at another version, nothing is written. The text,
what follows from it, and the outbox entry of the search index are one transaction.
"""

import codecs
import sqlite3
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass

from desktop.core.errors import AmbiguousNote, NoteNotFound, SaveConflict
from desktop.core.records import Changes, Note, NoteId, NoteKind, Section
from desktop.core.store import history
from desktop.core.store.database import Database, Transaction
from desktop.core.store.derived import clean, queue_for_index, resolve_links
from desktop.core.store.derived_edit import edit_derived
from desktop.core.store.links.resolver import Resolver
from desktop.core.store.name_paths import Paths
from desktop.core.store.rows import HEAD, checksum, chunks, head_of, kind_of, marks, now_ms
from desktop.core.store.title_following import follow_title, keys_below, names_of
from desktop.core.text.folding import fold_name

Heading = tuple[int, int, str, str, int, int]  # the fields of a Section, where few of many are made
MAX_PATH = 40  # titles shown of the notes above one


@dataclass(frozen=True, slots=True)
class IndexRow:
    """What the search index reads of a note; `removed` when it is trashed."""

    id: NoteId
    version: int
    kind: NoteKind
    name: str
    title: str
    text: str
    tags: tuple[str, ...]
    aliases: tuple[str, ...]
    path: tuple[NoteId, ...]  # the notes above it, root first
    updated: int
    date: str
    removed: bool
    addresses: tuple[str, ...] = ()  # web addresses that the text links to
    images: bool = False  # it shows pictures
    links: bool = False  # it links to anything


@dataclass(frozen=True, slots=True)
class Beginning:
    """The first part of a stored text, or the `whole` of it."""

    text: str
    whole: bool


@dataclass(frozen=True, slots=True)
class FoundNote:
    """What a list of search results shows of a note at once."""

    id: NoteId
    title: str
    kind: NoteKind
    path: str  # titles of the notes above it, joined by " / "


class Notes:
    """The notes' texts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def read(self, note_id: NoteId) -> Note:
        """Return a note with its text; raise NoteNotFound."""
        sql = self._database.read()
        row = sql.execute(f"SELECT {HEAD}, n.text FROM note n WHERE n.id = ?", (note_id,)).fetchone()
        if row is None:
            raise NoteNotFound("That note is not in the library any more.")
        return Note(head_of(row), row[13])

    def sections(self, note_id: NoteId, most: int = -1) -> tuple[Section, ...]:
        """Return the headings of the stored text, in reading order; with `most` that many of the first."""
        rows = self._database.read().execute(
            'SELECT ordinal, level, title, slug, start, "end" FROM section WHERE note_id = ? ORDER BY ordinal LIMIT ?',
            (note_id, most),
        )
        return tuple(Section(*row) for row in rows)

    def save(self, note_id: NoteId, text: str, base_version: int, origin: str = "") -> Changes:
        """Store a note's text; raise SaveConflict when it is not at `base_version` any more."""
        with self._database.write() as transaction:
            return store_text(transaction, note_id, text, base_version, origin)

    def find(self, reference: str) -> NoteId:
        """Return the note that goes by an id, uid, path of names, name, title or alias, in this order."""
        sql = self._database.read()
        wanted = reference.strip()
        if wanted.isascii() and wanted.isdigit() and len(wanted) < 18:
            row = sql.execute("SELECT id FROM note WHERE id = ? AND trashed_at IS NULL", (int(wanted),)).fetchone()
            if row:
                return NoteId(row[0])
        row = sql.execute("SELECT id FROM note WHERE uid = ? AND trashed_at IS NULL", (wanted,)).fetchone()
        if row:
            return NoteId(row[0])
        if "/" in wanted and (found := Resolver(sql).resolve(wanted, None)) is not None:
            return found
        key = fold_name(wanted)
        for statement in (
            "SELECT id FROM note WHERE name_key = ? AND trashed_at IS NULL",
            "SELECT id FROM note WHERE title_key = ? AND trashed_at IS NULL",
            "SELECT note_id FROM alias JOIN note ON note.id = note_id WHERE alias_key = ? AND trashed_at IS NULL",
        ):
            ids = [NoteId(row[0]) for row in sql.execute(f"{statement} LIMIT 21", (key,))]
            if len(ids) == 1:
                return ids[0]
            if ids:
                raise AmbiguousNote(reference, [f"{n} {self.path_text(n)}" for n in ids[:20]])
        raise NoteNotFound(f"There is no note “{reference}”; “konspekt list” shows what there is.")

    def path_text(self, note_id: NoteId) -> str:
        """Return the note's path: the chain of names from the root, joined by "/"."""
        return "/".join(Paths(self._database.read()).to(note_id))

    def texts(self, note_ids: Iterable[NoteId]) -> Iterator[IndexRow]:
        """Yield what the search index reads of those notes that exist, in the order of their ids."""
        sql = self._database.read()
        parents: dict[NoteId, NoteId | None] = {}

        def path(note_id: NoteId | None) -> tuple[NoteId, ...]:
            above: dict[NoteId, None] = {}
            while note_id is not None and note_id not in above:
                above[note_id] = None
                if note_id not in parents:
                    row = sql.execute("SELECT parent_id FROM note WHERE id = ?", (note_id,)).fetchone()
                    parents[note_id] = row[0] if row else None
                note_id = parents[note_id]
            return tuple(reversed(above))

        for chunk in chunks(sorted(note_ids)):
            tags, aliases, addresses, images, links = (_grouped(sql, statement, chunk) for statement in (
                "SELECT note_id, tag FROM tag WHERE note_id IN",
                "SELECT note_id, alias FROM alias WHERE note_id IN",
                "SELECT source_id, target FROM link WHERE target LIKE 'http%' AND source_id IN",
                "SELECT DISTINCT source_id, kind FROM link WHERE kind IN ('image', 'embed') AND source_id IN",
                "SELECT DISTINCT source_id, '' FROM link WHERE source_id IN",
            ))  # fmt: skip
            rows = sql.execute(
                "SELECT id, version, kind, name, title, text, parent_id, updated, date, trashed_at IS NOT NULL"
                f" FROM note WHERE id IN ({marks(chunk)}) ORDER BY id",
                chunk,
            )
            for note_id, version, kind, name, title, text, parent_id, updated, date, removed in rows:
                yield IndexRow(
                    note_id, version, kind_of(kind), name, title, text, tuple(tags.get(note_id, ())),
                    tuple(aliases.get(note_id, ())), path(parent_id), updated, date, bool(removed),
                    tuple(addresses.get(note_id, ())), note_id in images, note_id in links,
                )  # fmt: skip

    def found(
        self, note_ids: Iterable[NoteId], above: dict[NoteId, tuple[str, NoteId | None]]
    ) -> dict[NoteId, FoundNote]:
        """Return what a list of results shows of those notes that are living.

        `above` holds the title and parent of notes that are known to stand above others; what is read is added.
        """
        sql = self._database.read()
        ids = list(note_ids)
        rows: dict[NoteId, tuple[str, str, NoteId | None]] = {}
        for chunk in chunks(ids):
            statement = (
                "SELECT id, CAST(title AS TEXT), kind, parent_id FROM note"
                f" WHERE id IN ({marks(chunk)}) AND trashed_at IS NULL"
            )
            rows.update((row[0], row[1:]) for row in sql.execute(statement, chunk).fetchall())
        wanted = {parent for _title, _kind, parent in rows.values() if parent is not None} - above.keys()
        while wanted:
            for chunk in chunks(sorted(wanted)):
                statement = f"SELECT id, CAST(title AS TEXT), parent_id FROM note WHERE id IN ({marks(chunk)})"
                above.update((row[0], row[1:]) for row in sql.execute(statement, chunk).fetchall())
            # A damaged file may name a parent that is not there, or lead in a circle.
            further = (above[note_id][1] for note_id in wanted if note_id in above)
            wanted = {parent for parent in further if parent is not None} - above.keys()
        found = {}
        for note_id, (title, kind, parent) in rows.items():
            titles: list[str] = []
            while parent in above and len(titles) < MAX_PATH:
                name, parent = above[parent]
                titles.append(name)
            found[note_id] = FoundNote(note_id, title, kind_of(kind), " / ".join(reversed(titles)))
        return found

    def named(self, name: str) -> list[NoteId]:
        """Return the notes that go by a title or name, else those whose title begins so."""
        sql = self._database.read()
        key = fold_name(name)
        exact = sql.execute(
            "SELECT id FROM note WHERE (title_key = ?1 OR name_key = ?1) AND trashed_at IS NULL LIMIT 200", (key,)
        ).fetchall()
        rows = exact or sql.execute(
            "SELECT id FROM note WHERE title_key >= ?1 AND title_key < ?2 AND trashed_at IS NULL LIMIT 200",
            (key, key + "\U0010ffff"),
        )
        return [NoteId(row[0]) for row in rows]

    def raw_texts(self, note_ids: Sequence[NoteId]) -> list[tuple[NoteId, bytes]]:
        """Return title, name and text of living notes in one piece of UTF-8: looking through it needs no decoding."""
        sql = self._database.read()
        found: list[tuple[NoteId, bytes]] = []
        for chunk in chunks(list(note_ids)):
            found += sql.execute(
                "SELECT id, CAST(title || char(10) || name || char(10) || text AS BLOB) FROM note"
                f" WHERE id IN ({marks(chunk)}) AND trashed_at IS NULL",
                chunk,
            ).fetchall()
        return found

    def headings(self, note_ids: Iterable[NoteId], last: int) -> dict[NoteId, list[Heading]]:
        """Return the sections of several stored texts that begin at `last` or before, in reading order."""
        sql = self._database.read()
        found: dict[NoteId, list[Heading]] = {}
        for chunk in chunks(list(note_ids)):
            rows = sql.execute(
                'SELECT note_id, ordinal, level, title, slug, start, "end" FROM section'
                f" WHERE note_id IN ({marks(chunk)}) AND start <= ? ORDER BY note_id, ordinal",
                (*chunk, last),
            ).fetchall()
            for row in rows:
                found.setdefault(row[0], []).append(row[1:])
        return found

    def beginnings(self, note_ids: Iterable[NoteId], size: int) -> dict[NoteId, Beginning]:
        """Return the texts of living notes; of those longer than `size` bytes only so much of the beginning."""
        sql = self._database.read()
        found: dict[NoteId, Beginning] = {}
        for chunk in chunks(list(note_ids)):
            statement = f"SELECT id FROM note WHERE id IN ({marks(chunk)}) AND trashed_at IS NULL"
            for (note_id,) in sql.execute(statement, chunk).fetchall():
                try:
                    with sql.blobopen("note", "text", note_id, readonly=True) as blob:
                        data = blob.read(size)
                        whole = len(blob) <= size
                except sqlite3.DatabaseError:  # gone by now; or damaged, and reading it all says so in words
                    found.update((gone, Beginning(text, True)) for gone, text in self.bodies([note_id]).items())
                else:
                    found[note_id] = Beginning(data.decode("utf-8", "ignore"), whole)
        return found

    def rest(self, note_id: NoteId, beginning: Beginning, size: int) -> Generator[str, None, None]:
        """Yield what follows a beginning in a stored text, in parts of `size` bytes."""
        decoder = codecs.getincrementaldecoder("utf-8")("ignore")
        try:
            with self._database.read().blobopen("note", "text", note_id, readonly=True) as blob:
                blob.seek(min(len(blob), len(beginning.text.encode())))
                while data := blob.read(size):
                    yield decoder.decode(data)
        except sqlite3.DatabaseError:  # gone or damaged meanwhile: the beginning is all there is to show
            return

    def bodies(self, note_ids: Iterable[NoteId]) -> dict[NoteId, str]:
        """Return the texts of living notes."""
        sql = self._database.read()
        found: dict[NoteId, str] = {}
        for chunk in chunks(list(note_ids)):
            statement = f"SELECT id, text FROM note WHERE id IN ({marks(chunk)}) AND trashed_at IS NULL"
            found.update(sql.execute(statement, chunk).fetchall())
        return found

    def linked(self) -> frozenset[NoteId]:
        """Return the notes that another living note links to."""
        rows = self._database.read().execute(
            "SELECT DISTINCT target_id FROM link WHERE target_id IS NOT NULL AND target_id != source_id"
            " AND source_id NOT IN (SELECT id FROM note WHERE trashed_at IS NOT NULL)"
        )
        return frozenset(NoteId(row[0]) for row in rows)

    def living_ids(self) -> list[NoteId]:
        """Return all notes outside the trash, newest change first."""
        rows = self._database.read().execute("SELECT id FROM note WHERE trashed_at IS NULL ORDER BY updated DESC, id")
        return [NoteId(row[0]) for row in rows]

    def versions(self) -> dict[NoteId, int]:
        """Return the version of every note outside the trash."""
        return dict(self._database.read().execute("SELECT id, version FROM note WHERE trashed_at IS NULL"))


def store_text(
    transaction: Transaction, note_id: NoteId, text: str, base_version: int, origin: str = "", *, force: bool = False
) -> Changes:
    """Store a text within an open transaction; see Notes.save. `force` takes whatever version is there."""
    from desktop.core.store import models  # late: SQLModel is not imported before the first paint
    from desktop.core.text.document import read_document

    sql = transaction.sql
    note = transaction.session.get(models.Note, note_id, populate_existing=True)
    if note is None:
        raise NoteNotFound("That note was deleted for good; copy your text into a new note.")
    if note.version != base_version and not force:
        raise SaveConflict("This note was changed elsewhere meanwhile; your text was not stored over it.")
    text = clean(text)
    if text == note.text:
        return Changes(origin=origin, versions={note_id: note.version})
    now = now_ms()
    document = read_document(text)
    history.keep(sql, note_id, note.version, note.title, note.text, text, now)
    names, name = set(names_of(sql, note_id)), note.name
    renamed = follow_title(sql, note, document.title)
    note.text, note.checksum = text, checksum(text)
    note.version += 1
    note.updated, note.date = now, document.date
    transaction.session.flush()
    edit = edit_derived(sql, note_id, document, Resolver(sql))
    keys = {key for _what, key, _exact in names.symmetric_difference(names_of(sql, note_id))}
    keys |= keys_below(sql, note_id) if note.name != name else set()
    # A collection's link prefers what lies near its source, so another name asks for all of them again.
    relinked = resolve_links(sql, sources=[note_id] if keys else (), keys=keys) | edit.went_to | edit.leads_to
    if edit.changed or keys:
        relinked.add(note_id)
    queue_for_index(sql, [note_id])
    return Changes(
        origin=origin,
        edited=frozenset({note_id}),
        renamed=frozenset({note_id} if renamed else ()),
        relinked=frozenset(relinked),
        versions={note_id: note.version},
        reheaded=edit.reheaded,
    )


def _grouped(sql: sqlite3.Connection, statement: str, ids: Sequence[NoteId]) -> dict[NoteId, list[str]]:
    groups: dict[NoteId, list[str]] = {}
    for note_id, value in sql.execute(f"{statement} ({marks(ids)})", ids):
        groups.setdefault(NoteId(note_id), []).append(value)
    return groups

