"""Two notes' texts as one: the second stands at the end of the first, under a heading with its title.

What both call alike, a footnote, a definition or a block, gets another name in the text that comes; its front matter
goes, but its tags and its names are kept in the other's.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from desktop.core.records import NoteId, TextEdit
from desktop.core.text.blocks import find_block, new_block_id, scan_blocks
from desktop.core.text.folding import fold_name
from desktop.core.text.front_matter_lists import with_values
from desktop.core.text.heading_levels import headings_within, level_edits
from desktop.core.text.links import joined_tags
from desktop.core.text.masks import Masks, read_masks
from desktop.core.text.patchwork import Patchwork, apart, shifted
from desktop.core.text.plain import plain_text
from desktop.core.text.read_text import ReadText
from desktop.core.text.references import footnote_uses, footnotes, link_definitions, link_uses
from desktop.core.text.span import changed_span

_MARKS = re.compile(r"\^([A-Za-z0-9-]{1,64})")
_FENCE = re.compile(r"`{3,}|~{3,}")
_LONGEST_FENCE = 200  # characters of a block of code in which its opening mark stands
_LEVEL = 2  # of the heading above what comes


@dataclass(frozen=True, slots=True)
class Written:
    """A note as it is known and as it is written."""

    note_id: NoteId
    title: str
    name: str
    read: ReadText


def merged(coming: Written, into: Written, linked_blocks: Iterable[str] = ()) -> tuple[Patchwork, int | None]:
    """Return the text of both, and where in it the heading's words of what came stand, None where nothing came.

    `linked_blocks` are ids in the coming text that links lead to, whether they look like ids or not.
    """
    document, masks, text = coming.read.document, coming.read.masks, coming.read.text
    front_matter = document.front_matter
    taken = {fold_name(into.title), fold_name(into.name)}
    names = [name for name in (coming.title, coming.name, *document.aliases) if fold_name(name) not in taken]
    head = with_values(into.read.text, {"aliases": names, "tags": joined_tags(front_matter, [])})
    start, old_end, new_end = changed_span(into.read.text, head)
    first = Patchwork.whole(into.note_id, into.read.text)
    if head != into.read.text:
        first = first.with_edits([TextEdit(start, old_end, head[start:new_end])])
    begin, end = _body(text, masks.start)
    if begin >= end:
        return first, None
    newline = "\r\n" if "\r\n" in into.read.text else "\n"
    first = first.followed_by(_closing(first.text, newline))
    headings = headings_within(masks, begin, end)
    top = min((heading.level for heading in headings), default=_LEVEL)
    title = headings[0] if headings and headings[0].start == begin and headings[0].level == top else None
    own = title is not None and fold_name(plain_text(text[title.content_start : title.content_end])) == fold_name(
        coming.title
    )
    by = _LEVEL - top if own else max(0, _LEVEL + 1 - top)
    renames = _renamed_references(coming.read, into.read.masks) + _renamed_blocks(into.read.text, text, linked_blocks)
    edits = apart(edit for edit in (*level_edits(masks, headings, by), *renames) if begin <= edit.start)
    body = Patchwork.copied(coming.note_id, text, begin, end).with_edits(shifted(edits, -begin))
    ending = first.text[-8:].replace("\r", "")
    gap = "" if not first.text or ending.endswith("\n\n") else newline if ending.endswith("\n") else newline * 2
    heading = "" if own else f"{'#' * _LEVEL} {coming.title}{newline}{newline}"
    whole = first.followed_by(gap, heading, body, newline)
    if own and title is not None:
        return whole, whole.place_of(coming.note_id, title.content_start)
    return whole, len(first.text) + len(gap) + _LEVEL + 1


def _closing(text: str, newline: str) -> str:
    """Return the line that closes the code which a text leaves open at its end: else it took what comes as well."""
    spans = read_masks(text).spans
    fence = _FENCE.search(text, spans[-1][0], spans[-1][0] + _LONGEST_FENCE) if spans else None
    before = f"{text}{newline * 2}"
    headings = read_masks(f"{before}# x").headings
    if fence is None or (headings and headings[-1].start == len(before)):
        return ""
    return f"{'' if text.endswith(newline) else newline}{fence[0]}{newline}"


def _body(text: str, start: int) -> tuple[int, int]:
    """Return the span of a text without blank lines at its ends; the first line keeps its indentation."""
    body = text[start:].rstrip()
    first = start + len(body) - len(body.lstrip())
    return max(start, text.rfind("\n", 0, first) + 1), start + len(body)


def _renamed_references(coming: ReadText, others: Masks) -> list[TextEdit]:
    """Return the edits that give footnotes and definitions other names where the other text has them too."""
    masks, text = coming.masks, coming.text
    edits: list[TextEdit] = []
    notes, uses = footnotes(masks), footnote_uses(masks)
    here = {note.label for note in notes} | {use.label for use in uses}
    there = {note.label for note in footnotes(others)} | {use.label for use in footnote_uses(others)}
    fresh = _fresh_names(here & there, here | there)
    for note in notes:
        if note.label in fresh:
            edits.append(TextEdit(note.label_start, note.label_end, fresh[note.label]))
    edits += (TextEdit(use.start, use.end, fresh[use.label]) for use in uses if use.label in fresh)
    same = {
        label for label, span in masks.definitions.items()
        if label in others.definitions and others.text[slice(*others.definitions[label])] != text[slice(*span)]
    }  # fmt: skip
    fresh = _fresh_names(same, set(masks.definitions) | set(others.definitions))
    for definition in link_definitions(masks):
        if definition.label in fresh:
            edits.append(TextEdit(definition.label_start, definition.label_end, fresh[definition.label]))
    for use in link_uses(masks, coming.document.links):
        if use.label not in fresh:
            continue
        bracket = text.rfind("[", use.start, use.end - 1)
        if bracket > use.start and text[bracket - 1] == "]":
            edits.append(TextEdit(bracket + 1, use.end - 1, fresh[use.label]))
        else:
            edits.append(TextEdit(use.end, use.end, f"[{fresh[use.label]}]"))
    return edits


def _fresh_names(colliding: set[str], taken: set[str]) -> dict[str, str]:
    """Return another name for each: the next free number for a number, else the name with one."""
    fresh: dict[str, str] = {}
    taken = set(taken)
    highest = max((int(name) for name in taken if name.isdecimal() and len(name) < 9), default=0)
    for name in sorted(colliding):
        if name.isdecimal():
            highest += 1
            fresh[name] = str(highest)
            continue
        number = 2
        while f"{name}-{number}" in taken:
            number += 1
        fresh[name] = f"{name}-{number}"
        taken.add(fresh[name])
    return fresh


def _renamed_blocks(into: str, text: str, linked: Iterable[str]) -> list[TextEdit]:
    """Return the edits that give blocks other ids where the other text has these too."""
    blocks = {block.mark_end: block for block in scan_blocks(text)}
    known_ids = {block.id.casefold() for block in blocks.values()}
    taken = {block.id.casefold() for block in scan_blocks(into)} if blocks else set()
    for name in linked:  # such as `^1`, which a scan takes for prose
        block = None if name.casefold() in known_ids else find_block(text, name)
        if block is not None and find_block(into, name) is not None:
            blocks[block.mark_end] = block
            taken.add(name.casefold())
    edits: list[TextEdit] = []
    known = {found.casefold() for found in _MARKS.findall(into) + _MARKS.findall(text)}
    for block in blocks.values():
        if block.id.casefold() in taken:
            fresh = new_block_id("")
            while fresh in known:
                fresh = new_block_id("")
            known.add(fresh)
            edits.append(TextEdit(block.mark_end - len(block.id), block.mark_end, fresh))
    return edits
