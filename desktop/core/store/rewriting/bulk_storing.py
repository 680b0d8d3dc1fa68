"""Many texts stored at once, as `notes.store_text` stores one: by rows, and with one look for the targets of all links.

A thousand texts of three kilobytes take about 2 s so, most of it reading what they say, and through objects four; where
only addresses of links are others, and nothing has to be read, it is one.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop.core.records import Changes, NoteId, Reheaded, TextEdit
from desktop.core.store import history
from desktop.core.store.database import Transaction
from desktop.core.store.derived import clean, queue_for_index, resolve_links
from desktop.core.store.derived_edit import edit_derived
from desktop.core.store.rewriting.quiet_edits import edit_quietly
from desktop.core.store.rows import checksum, chunks, marks, now_ms
from desktop.core.store.title_following import follow_title, keys_below, names_of


@dataclass(slots=True)
class StoredNote:
    """A note's row, as far as another text may change it."""

    id: NoteId
    text: str
    version: int
    title: str
    title_key: str
    name: str
    name_key: str
    parent_id: NoteId | None


def read_notes(transaction: Transaction, note_ids: list[NoteId]) -> dict[NoteId, StoredNote]:
    """Return the rows of those notes that exist, in the order asked for."""
    found: dict[NoteId, StoredNote] = {}
    for chunk in chunks(note_ids):
        rows = transaction.sql.execute(
            "SELECT id, text, version, title, title_key, name, name_key, parent_id FROM note"
            f" WHERE id IN ({marks(chunk)})",
            chunk,
        )
        found.update((row[0], StoredNote(*row)) for row in rows)
    return {note_id: found[note_id] for note_id in note_ids if note_id in found}


def store_texts(
    transaction: Transaction,
    notes: Mapping[NoteId, StoredNote],
    texts: Mapping[NoteId, str],
    edits: Mapping[NoteId, Sequence[TextEdit]],
    origin: str = "",
    *,
    follow: bool = True,
) -> Changes:
    """Store other texts of notes, whatever version they are at, and what follows from them; `edits` made them.

    With `follow` off, titles and names stay whatever the headings say.
    """
    storing = _Storing(transaction.sql, follow)
    for note_id, text in texts.items():
        note, text = notes[note_id], clean(text)
        if text != note.text:
            storing.store(note, text, edits[note_id])
    return storing.finish(origin)


class _Storing:
    """What is stored so far, and what is to be looked up once for all texts."""

    def __init__(self, sql: sqlite3.Connection, follow: bool) -> None:
        self._sql = sql
        self._follow = follow
        self._now = now_ms()
        self._versions: dict[NoteId, int] = {}
        self._renamed: set[NoteId] = set()
        self._relinked: set[NoteId] = set()
        self._sources: list[NoteId] = []  # which go by another name now: all their links are looked up
        self._links: list[int] = []
        self._keys: set[str] = set()
        self._reheaded: list[Reheaded] = []

    def store(self, note: StoredNote, text: str, edits: Sequence[TextEdit]) -> None:
        """Store another text of a note."""
        history.keep(self._sql, note.id, note.version, note.title, note.text, text, self._now)
        quiet = edit_quietly(self._sql, note.id, note.text, edits)
        if quiet is None:
            self._read_whole(note, text)
        else:
            self._links += quiet.links
            self._relinked |= quiet.went_to | {note.id}
        note.text = text
        note.version += 1
        self._versions[note.id] = note.version
        self._sql.execute(
            "UPDATE note SET text = ?, checksum = ?, version = ?, updated = ? WHERE id = ?",
            (text, checksum(text), note.version, self._now, note.id),
        )

    def _read_whole(self, note: StoredNote, text: str) -> None:
        from desktop.core.text.document import read_document  # late: reading the first screen needs no Markdown

        sql, document = self._sql, read_document(text)
        before, name = set(names_of(sql, note.id)), note.name
        if self._follow and follow_title(sql, note, document.title):
            self._renamed.add(note.id)
        sql.execute(
            "UPDATE note SET date = ?, title = ?, title_key = ?, name = ?, name_key = ? WHERE id = ?",
            (document.date, note.title, note.title_key, note.name, note.name_key, note.id),
        )
        edit = edit_derived(sql, note.id, document)
        changed = {key for _what, key, _exact in before.symmetric_difference(names_of(sql, note.id))}
        changed |= keys_below(sql, note.id) if note.name != name else set()
        self._links += edit.came
        self._reheaded += edit.reheaded
        self._relinked |= edit.went_to
        if changed:
            self._sources.append(note.id)
            self._keys |= changed
        if edit.changed or changed:
            self._relinked.add(note.id)

    def finish(self, origin: str) -> Changes:
        """Look up where the links lead now, and return what changed."""
        self._relinked |= resolve_links(self._sql, sources=self._sources, keys=self._keys, links=self._links)
        queue_for_index(self._sql, self._versions)
        return Changes(
            origin=origin,
            edited=frozenset(self._versions),
            renamed=frozenset(self._renamed),
            relinked=frozenset(self._relinked),
            versions=self._versions,
            reheaded=tuple(self._reheaded),
        )
