"""Taking a part of a text out: what belongs to it, what the new note says, and what stays behind.

A part is widened so that no link, code or formula is cut in two. Definitions and footnotes that it names go with it, or
are copied where the rest names them as well; likewise those that the rest names stay, wherever they stood.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.core.records import Link, NoteId, TextEdit
from desktop.core.text.document import read_document
from desktop.core.text.folding import fold_name
from desktop.core.text.heading_levels import headings_within, level_edits
from desktop.core.text.inline import passed_spans
from desktop.core.text.masks import Masks, read_masks
from desktop.core.text.outline import section_at, sections_of
from desktop.core.text.patchwork import Patchwork, apart, shifted
from desktop.core.text.plain import plain_text
from desktop.core.text.references import (
    Definition,
    Use,
    footnote_uses,
    footnotes,
    link_definitions,
    link_uses,
    needed,
)

TITLE_WORDS, TITLE_CHARACTERS = 8, 70
_LINE_MARKS = re.compile(r"(?:[ \t>]|[-*+][ \t]|#{1,6}[ \t]|\d{1,9}[.)][ \t]|\[[ xX]\][ \t])*+")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a text that can be taken out, and the title that suits it."""

    start: int
    end: int
    title: str


def part_of(text: str, start: int, end: int) -> Part | None:
    """Return the part that a selection means; None where there is nothing in it."""
    document = read_document(text)
    masks = read_masks(text, document.front_matter.end)
    start, end = _trimmed(text, max(start, masks.start), end)
    if start >= end:
        return None
    start, end = _widened(masks, document.links, start, end)
    heading = next(iter(headings_within(masks, start, end)), None)
    title = plain_text(text[heading.content_start : heading.content_end]) if heading else ""
    return Part(start, end, title or _first_words(text[start:end]))


def section_part(text: str, offset: int) -> Part | None:
    """Return the section around an offset as a part; None before the first heading."""
    masks = read_masks(text)
    section = section_at(sections_of(masks), offset)
    return part_of(text, section.start, section.end) if section is not None else None


def taken_out(note_id: NoteId, text: str, part: Part, title: str, link: str) -> tuple[Patchwork, Patchwork]:
    """Return the text of the new note, and what the old one says with `link` in the part's place."""
    document = read_document(text)
    masks = read_masks(text, document.front_matter.end)
    newline = "\r\n" if "\r\n" in text else "\n"
    along, behind, moved, kept = _carried(masks, document.links, part)
    cuts = [TextEdit(d.start, min(d.end, part.end), "") for d in kept]
    new = _body(note_id, text, masks, part, title, newline, cuts)
    new = _with_definitions(new, note_id, text, along, newline)
    edits = [TextEdit(part.start, part.end, link), *(TextEdit(d.start, d.end, "") for d in moved)]
    old = Patchwork.whole(note_id, text).with_edits(apart(edits))
    return new, _with_definitions(old, note_id, text, behind, newline)


def _body(
    note_id: NoteId, text: str, masks: Masks, part: Part, title: str, newline: str, cuts: Sequence[TextEdit]
) -> Patchwork:
    """Return the part as a note of its own: under its own heading where that says the title, else under a new one."""
    headings = headings_within(masks, part.start, part.end)
    top = min((heading.level for heading in headings), default=1)
    first = headings[0] if headings and headings[0].start == part.start else None
    own = first is not None and first.level == top and fold_name(title) == fold_name(
        plain_text(text[first.content_start : first.content_end])
    )  # fmt: skip
    by = 1 - top if own else min(0, 2 - top)
    edits = apart([*level_edits(masks, headings, by), *cuts])
    within = [edit for edit in edits if edit.start >= part.start and edit.end <= part.end]
    body = Patchwork.copied(note_id, text, part.start, part.end).with_edits(shifted(within, -part.start))
    body = body if body.text.endswith("\n") else body.followed_by(newline)
    return body if own else Patchwork(()).followed_by(f"# {title}{newline}{newline}", body)


def _carried(
    masks: Masks, links: Sequence[Link], part: Part
) -> tuple[list[Definition], list[Definition], list[Definition], list[Definition]]:
    """Return the definitions that go along, those that must stay behind, and of them those taken from either side."""
    notes, note_uses = footnotes(masks), footnote_uses(masks)
    addresses, address_uses = link_definitions(masks), link_uses(masks, links)
    size = len(masks.text)
    inside, outside = [(part.start, part.end)], [(masks.start, part.start), (part.end, size)]
    with_it: list[tuple[int, int]] = []  # footnotes that go along, and those that stay: what they name follows them
    with_rest: list[tuple[int, int]] = []
    along: list[Definition] = []
    behind: list[Definition] = []
    moved: list[Definition] = []
    kept: list[Definition] = []
    for definitions, uses in ((notes, note_uses), (addresses, address_uses)):
        bodies = [(d.start, d.end) for d in definitions]
        here = needed(uses, definitions, [*_without(inside, bodies), *with_it])
        there = needed(uses, definitions, [*_without(outside, bodies), *with_rest])
        for definition in definitions:
            is_inside = part.start <= definition.start and definition.end <= part.end + 2
            if not is_inside and definition.label in here:
                along.append(definition)
                if definition.label not in there:
                    moved.append(definition)
            elif is_inside and definition.label in there:
                behind.append(definition)
                if definition.label not in here:
                    kept.append(definition)
        with_it = [(d.start, d.end) for d in along]
        with_rest = [(d.start, d.end) for d in behind]
    return along, behind, moved, kept


def _without(spans: Sequence[tuple[int, int]], holes: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans without the holes in them, which are apart from one another."""
    found = []
    for start, end in spans:
        position = start
        for low, high in holes:
            if low >= position and low < end:
                found.append((position, low))
                position = min(high, end)
        found.append((position, end))
    return found


def _with_definitions(
    body: Patchwork, note_id: NoteId, text: str, definitions: Sequence[Definition], newline: str
) -> Patchwork:
    """Put definitions at the end of a text, an empty line before them."""
    if not definitions:
        return body
    ending = body.text[-8:].replace("\r", "")
    gap = "" if ending.endswith("\n\n") else newline if ending.endswith("\n") else newline * 2
    pieces: list[Patchwork | str] = [gap]
    for definition in sorted(definitions, key=lambda d: d.start):
        pieces.append(Patchwork.copied(note_id, text, definition.start, definition.end))
        if not text[definition.start : definition.end].endswith("\n"):
            pieces.append(newline)
    return body.followed_by(*pieces)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out blank lines and blanks at both ends; the indentation of a first line that is selected whole stays."""
    piece = text[start:end]
    end = start + len(piece.rstrip())
    first = start + len(piece) - len(piece.lstrip())
    line = text.rfind("\n", 0, first) + 1
    return (line if start <= line < end else first), end


def _widened(masks: Masks, links: Sequence[Link], start: int, end: int) -> tuple[int, int]:
    """Return the span with all of the links, code, formulas and comments that it holds a part of."""
    whole: list[tuple[int, int]] = []  # what is not cut, ascending and apart
    for low, high in sorted([*masks.spans, *passed_spans(masks), *((link.start, link.end) for link in links)]):
        if whole and low < whole[-1][1]:
            low, high = whole[-1][0], max(high, whole.pop()[1])
        whole.append((low, high))
    begins = [low for low, _high in whole]
    around = [whole[index] for index in (bisect_right(begins, start) - 1, bisect_right(begins, end) - 1) if index >= 0]
    for low, high in around:
        start = low if low < start < high else start
        end = high if low < end < high else end
    return start, end


def _first_words(piece: str) -> str:
    """Return the first few words of a piece as a title."""
    line = next((line for line in piece.split("\n") if plain_text(_LINE_MARKS.sub("", line, count=1)).strip()), "")
    words = plain_text(_LINE_MARKS.sub("", line, count=1)).split()
    title = ""
    for word in words[:TITLE_WORDS]:
        if title and len(title) + len(word) >= TITLE_CHARACTERS:
            break
        title = f"{title} {word}".strip()
        if word[-1] in ".!?…":
            break
    return title[:TITLE_CHARACTERS].strip(" .,;:!?…")


__all__ = ["Part", "Use", "part_of", "section_part", "taken_out"]
