"""Many texts stored at once, as `notes.store_text` stores one: by rows, and with one look for the targets of all links.

A thousand texts of three kilobytes take about 2 s so, most of it reading what they say, and through objects four; where
only targets of links are others, and nothing has to be read, it is one.
"""

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
    from desktop.core.text.document import read_document  # late: reading the first screen needs no Markdown

    sql, now = transaction.sql, now_ms()
    versions: dict[NoteId, int] = {}
    renamed: set[NoteId] = set()
    relinked: set[NoteId] = set()
    sources: list[NoteId] = []
    links: list[int] = []
    keys: set[str] = set()
    reheaded: list[Reheaded] = []
    for note_id, text in texts.items():
        note, text = notes[note_id], clean(text)
        if text == note.text:
            continue
        history.keep(sql, note_id, note.version, note.title, note.text, text, now)
        if (quiet := edit_quietly(sql, note_id, note.text, edits[note_id])) is not None:
            versions[note_id] = note.version = note.version + 1
            sql.execute(
                "UPDATE note SET text = ?, checksum = ?, version = ?, updated = ? WHERE id = ?",
                (text, checksum(text), note.version, now, note_id),
            )
            links += quiet.links
            relinked |= quiet.went_to | {note_id}
            continue
        document = read_document(text)
        before, name = set(names_of(sql, note_id)), note.name
        if follow and follow_title(sql, note, document.title):
            renamed.add(note_id)
        note.text = text
        note.version += 1
        sql.execute(
            "UPDATE note SET text = ?, checksum = ?, version = ?, updated = ?, date = ?, title = ?, title_key = ?,"
            " name = ?, name_key = ? WHERE id = ?",
            (text, checksum(text), note.version, now, document.date, note.title, note.title_key, note.name,
             note.name_key, note_id),
        )  # fmt: skip
        edit = edit_derived(sql, note_id, document)
        changed = {key for _what, key, _exact in before.symmetric_difference(names_of(sql, note_id))}
        changed |= keys_below(sql, note_id) if note.name != name else set()
        versions[note_id] = note.version
        links += edit.came
        reheaded += edit.reheaded
        relinked |= edit.went_to
        if changed:
            sources.append(note_id)
            keys |= changed
        if edit.changed or changed:
            relinked.add(note_id)
    relinked |= resolve_links(sql, sources=sources, keys=keys, links=links)
    queue_for_index(sql, versions)
    return Changes(
        origin=origin,
        edited=frozenset(versions),
        renamed=frozenset(renamed),
        relinked=frozenset(relinked),
        versions=versions,
        reheaded=tuple(reheaded),
    )
