"""Renaming a heading, with the links that name it: `[[Note#Heading]]`, `[[#Heading]]`, `[text](note.md#slug)`.

Each link whose anchor would lead elsewhere in the note, or nowhere, gets one that leads where it led, in the way in
which it was written: words, a chain of headings, or a slug.
"""

import sqlite3
from collections.abc import Sequence

from desktop.core.errors import TreeError
from desktop.core.records import LinkKind, NoteId, Section
from desktop.core.store.links.link_rows import StoredLink, read_links
from desktop.core.store.links.resolver import target_parts
from desktop.core.store.links.targets import TargetWriter, style_of
from desktop.core.store.name_paths import Called
from desktop.core.store.rewriting.retargeting import LinkEdit
from desktop.core.store.rows import read_head, read_texts
from desktop.core.text.anchors import naming_words
from desktop.core.text.folding import fold_name
from desktop.core.text.heading_writing import Reanchoring, as_it_was, heading_edit, one_line
from desktop.core.text.link_writing import anchor_span
from desktop.core.text.outline import scan_sections
from desktop.core.text.surviving import keeps_links, surviving
from desktop.core.text.target_writing import decode

KINDS = (LinkKind.WIKI, LinkKind.EMBED, LinkKind.MARKDOWN, LinkKind.ANCHOR)


def rewording(sql: sqlite3.Connection, note_id: NoteId, ordinal: int, title: str) -> list[LinkEdit]:
    """Return what to write so that a heading says `title` and all links to headings of the note lead where they led.

    The heading's own edit is the first; raise TreeError where no heading would come of the words, or a link in the
    heading or behind it would go.
    """
    text = read_texts(sql, [note_id]).get(note_id, "")
    title = one_line(title)
    edit = heading_edit(text, ordinal, title) if title else None
    if edit is None:
        raise TreeError("These words cannot be a heading there; write the heading in the text.")
    within = read_links(sql, "source_id", [note_id], f'AND l.start < {edit.end} AND l."end" > {edit.start}')
    targets = [(link.target_start, link.target_end) for link in within]
    if (
        any(start < edit.end and edit.start < end for start, end in targets)
        or (within and not keeps_links(text, [edit]))
        or not surviving(text, [edit])
    ):
        raise TreeError("These words would take a link out of the note; write the heading in the text.")
    before = scan_sections(text)
    after = scan_sections(text[: edit.start] + edit.text + text[edit.end :])
    own = StoredLink(LinkKind.ANCHOR, "", "", "", edit.start, edit.end, edit.start, edit.end, note_id, note_id)
    heading = [LinkEdit(own, edit.start, edit.end, edit.text)] if text[edit.start : edit.end] != edit.text else []
    return [*heading, *reanchored(sql, note_id, before, after)]


def reanchored(
    sql: sqlite3.Connection, note_id: NoteId, before: Sequence[Section], after: Sequence[Section]
) -> list[LinkEdit]:
    """Return the edits of links that name headings of a note, which are as many as before."""
    links = links_to_headings(sql, note_id)
    texts = read_texts(sql, dict.fromkeys(link.source_id for link in links))
    anchors = Reanchoring(before, after)
    found: dict[tuple[NoteId, int], LinkEdit] = {}
    for link in links:
        text = texts[link.source_id]
        span = anchor_span(text, link)
        if span is None:
            continue
        written = text[span[0] : span[1]]
        said = decode(written, link.kind).strip()
        if said.startswith("^"):
            continue
        new = anchors.anchor(said, naming_words(link), link.kind, written)
        if new is not None:
            found[link.source_id, span[0]] = LinkEdit(link, *span, new)
    return list(found.values())


def follow_heading(sql: sqlite3.Connection, note_id: NoteId, before: str, after: str) -> list[LinkEdit]:
    """Return the edits that bring links to the heading that said `before` to the one that says `after` now."""
    text = read_texts(sql, [note_id]).get(note_id, "")
    sections = scan_sections(text)
    now = [section for section in sections if section.title == after]
    if len(now) != 1 or any(section.title == before for section in sections):
        return []  # of several nobody can tell which one it was
    by_title = links_by_title(sql, note_id, before) if now[0].ordinal == 0 else []
    return [*by_title, *reanchored(sql, note_id, as_it_was(sections, now[0].ordinal, before), sections)]


def links_by_title(sql: sqlite3.Connection, note_id: NoteId, before: str) -> list[LinkEdit]:
    """Return the edits that bring links to a note by its title, which was `before`; nobody goes by that any more."""
    head = read_head(sql, note_id)
    links = read_links(sql, "target_key", [fold_name(before)], "AND l.target_id IS NULL AND l.kind != 'collection'")
    links = [link for link in links if len(target_parts(link.target)) == 1]
    if not links or fold_name(head.title) == fold_name(before):
        return []
    writer = TargetWriter(sql, {note_id: Called(head.parent_id, head.name, before)})
    texts = read_texts(sql, dict.fromkeys(link.source_id for link in links))
    found: dict[tuple[NoteId, int], LinkEdit] = {}
    for link in links:
        written = writer.like(style_of(texts[link.source_id], link), link.source_id, note_id)
        if written is not None:
            found[link.source_id, link.target_start] = LinkEdit(link, link.target_start, link.target_end, written)
    return list(found.values())


def links_to_headings(sql: sqlite3.Connection, note_id: NoteId) -> list[StoredLink]:
    """Return the links with an anchor into a note: those of others, and its own `[[#Heading]]` and `[text](#slug)`."""
    links = read_links(sql, "target_id", [note_id], "AND anchor != ''")
    links += read_links(sql, "source_id", [note_id], "AND anchor != '' AND target = ''")
    return [link for link in links if link.kind in KINDS]
