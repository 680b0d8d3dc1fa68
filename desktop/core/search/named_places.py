"""Where in a text a note is named without a link.

The words are found by their stems, in order, with a blank between them, or a line break, or what stands there in the
name. What the text itself calls a link is known from the library. Whether a place left over is prose is asked of the
scanner of links: each place is put between double brackets, and where the scanner sees a link then, one may be
written. So code, formulas, comments, HTML and addresses need no second set of rules here. One pass for each step:
linear in the text, whatever it holds.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from desktop.core.records import LinkKind
from desktop.core.search.naming import Name
from desktop.core.search.snippets import fold_text
from desktop.core.text.inline import scan_inline
from desktop.core.text.masks import Masks, read_from, read_masks
from desktop.core.text.words import CJK, TOKEN, compose

MOST_PLACES = 50_000  # in one text, of each name
LONGEST_GAP = 12  # characters
LONGEST_WORD = 96
LOOKED_BACK = 160  # characters, for the beginning of what stands without a blank before a place
_GAP = re.compile(r"[ \t\u00a0\u2009\u202f]+|[ \t]*\r?\n[ \t]*|[-\u2010-\u2013]")
_CLUSTER = re.compile("[\\s\\S][\u0300-\u036f\u00ad]*")
_GLUED_BEFORE = frozenset("/\\@_&$=[^#")
_GLUED_AFTER = frozenset("/\\@_=]")
_SENTENCE_MARKS = frozenset(".!?…:;•|>#*-–—«»\"'()[]")

_CLOSED_LATER = ("%%", "<!--", "$$", "<pre", "<script", "<style", "<textarea", "<PRE", "<SCRIPT", "<STYLE", "<TEXTAREA")
_FENCE = re.compile(r"^((?:[ \t>]|[-*+][ \t]|\d{1,9}[.)][ \t])*+)(`{3,}|~{3,})([^\n]*)", re.MULTILINE)
_IN_LIST = frozenset("-*+0123456789")  # what follows may belong to a list that began before

Span = tuple[int, int]


def unlinked_places(text: str, names: Sequence[Name], links: Sequence[Span]) -> list[Span]:
    """Return the spans, ascending and apart, where one of the names stands in prose and not in one of the links."""
    composed, offsets = _composed(text)
    folded = fold_text(composed)
    spans = _apart([span for name in names for span in _spans_of(composed, folded, name)])
    if not spans:
        return []
    if offsets is not None:
        spans = [(offsets[start], offsets[end]) for start, end in spans]
    ends_before = [start for start, _end in links]
    free = []
    for start, end in spans:
        at = bisect_right(ends_before, end - 1) - 1  # the last link that begins before the end of the place
        if at < 0 or links[at][1] <= start:
            free.append((start, end))
    free = [span for span in free if not _is_glued(text, *span)]
    return in_prose(text, free) if free else []


def in_prose(text: str, spans: Sequence[Span]) -> list[Span]:
    """Return those of the spans, ascending and apart, where the scanner sees a link once they stand in brackets."""
    begin, end = _start_of_paragraph(text, spans[0][0]), _end_of_paragraph(text, spans[-1][1])
    pieces: list[str] = []
    starts: list[int] = []
    position, length = begin, 0
    for start, stop in spans:
        before = text[position:start]
        inner = " ".join(text[start:stop].split())
        pieces += (before, "[[", inner, "]]")
        starts.append(length + len(before))
        length = starts[-1] + len(inner) + 4
        position = stop
    pieces.append(text[position:end])
    probe = "".join(pieces)
    masks = read_from(probe, 0).masks if begin else read_masks(probe)
    seen = _links_around(masks, starts)
    return [span for span, start in zip(spans, starts, strict=True) if start >= masks.start and start in seen]


def _links_around(masks: Masks, places: Sequence[int]) -> set[int]:
    """Return where wiki links begin in the paragraphs that hold the places; nothing reaches over a break."""
    breaks = [*masks.breaks, len(masks.text)]
    ends_of_masks = [stop for _start, stop in masks.spans]
    seen: set[int] = set()
    end = -1
    for place in places:
        if place < end:
            continue
        at = bisect_right(breaks, place)
        start, end = max(masks.start, breaks[at - 1] if at else 0), breaks[at] if at < len(breaks) else len(masks.text)
        first, last = bisect_right(ends_of_masks, start), bisect_left(ends_of_masks, end)
        spans = [(max(0, a - start), b - start) for a, b in masks.spans[first : last + 1] if a < end]
        links, _tags = scan_inline(Masks(masks.text[start:end], 0, spans))
        seen.update(link.start + start for link in links if link.kind is LinkKind.WIKI)
    return seen


def _start_of_paragraph(text: str, offset: int) -> int:
    """Return from where a text can be read to know what stands at `offset`; 0 where only the whole of it tells."""
    begin = text.rfind("\n\n", 0, offset) + 2
    if begin < 2 or text[begin : begin + 1].isspace() or text[begin] in _IN_LIST or _holds(text, _CLOSED_LATER, begin):
        return 0
    if text.startswith(("---", "\ufeff---")) and text.find("\n---", 3, begin) < 0:
        return 0
    return 0 if _holds(text, ("```", "~~~"), begin) and _may_be_code(text, begin) else begin


def _may_be_code(text: str, offset: int) -> bool:
    """Tell whether an offset may lie in a fence; where only the scanner can say, it may."""
    opened = ""
    for match in _FENCE.finditer(text, 0, offset):
        if match[1]:  # in a quote, a list, or indented: no fence, perhaps
            return True
        if not opened:
            opened = match[2]
        elif match[2][0] == opened[0] and len(match[2]) >= len(opened) and not match[3].strip():
            opened = ""
    return bool(opened)


def _end_of_paragraph(text: str, offset: int) -> int:
    """Return where a text can end without anything before `offset` being read otherwise."""
    end = text.find("\n\n", offset)
    return len(text) if end < 0 or _holds(text, _CLOSED_LATER, end) else end


def _holds(text: str, signs: Sequence[str], end: int) -> bool:
    return any(text.find(sign, 0, end) >= 0 for sign in signs)


def _spans_of(text: str, folded: str, name: Name) -> list[Span]:
    first = name.words[0]
    spans: list[Span] = []
    for start, end, _word in first.places(text, folded, first.heads, 0, MOST_PLACES):
        end = _end_of(text, end, name)
        if end and (not name.everyday or _is_written_as_name(text, start, end, name.text)):
            spans.append((start, end))
    return spans


def _composed(text: str) -> tuple[str, list[int] | None]:
    """Return a text in NFC without stress marks, and where each of its characters stands in the text itself."""
    if text.isascii() or (unicodedata.is_normalized("NFC", text) and "\u0301" not in text and "\u00ad" not in text):
        return text, None
    pieces: list[str] = []
    offsets: list[int] = []
    for match in _CLUSTER.finditer(text):
        piece = compose(match[0])
        pieces.append(piece)
        offsets += [match.start()] * len(piece)
    offsets.append(len(text))
    return "".join(pieces), offsets


def _end_of(text: str, end: int, name: Name) -> int:
    """Return where the name ends whose first word ends at `end`, 0 where the other words do not follow."""
    for word, sign in zip(name.words[1:], name.gaps, strict=True):
        if CJK.match(word.text) and text.startswith(word.text, end):
            end += len(word.text)
            continue
        match = TOKEN.search(text, end, end + LONGEST_GAP + LONGEST_WORD)
        if match is None or match.start() - end > LONGEST_GAP:
            return 0
        gap = text[end : match.start()]
        if not (_GAP.fullmatch(gap) or (sign and "".join(gap.split()) == sign and gap.count("\n") < 2)):
            return 0
        if not word.is_meant(compose(match[0])):
            return 0
        end = match.end()
    return end


def _apart(spans: list[Span]) -> list[Span]:
    """Return spans ascending without those that lie over another: of two the earlier, of these the longer."""
    found: list[Span] = []
    last = -1
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= last:
            found.append((start, end))
            last = end
    return found


def _is_glued(text: str, start: int, end: int) -> bool:
    """Tell whether a place is part of something else: a path, an address, a tag, a bracket."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    if before in _GLUED_BEFORE or after in _GLUED_AFTER:
        return True
    if (before == "." or after == ".") and text[end + 1 : end + 2].isalnum() and not text[end + 1].isupper():
        return True  # model.py
    if before.isspace():
        return False
    run = text[max(0, start - LOOKED_BACK) : start].rsplit(None, 1)
    return bool(run) and ("#" in run[-1] or "://" in run[-1] or "@" in run[-1])


def _is_written_as_name(text: str, start: int, end: int, name: str) -> bool:
    """Tell whether an everyday word stands here as a name: with its capitals, and not only where a sentence begins."""
    written = text[start:end]
    if name[1:] != name[1:].lower():  # README, HowTo
        return written == name
    if not written[:1].isupper() or written[1:] != written[1:].lower():
        return False
    before = start - 1
    while before >= 0 and text[before] in " \t\u00a0*_":
        before -= 1
    return before >= 0 and text[before] != "\n" and text[before] not in _SENTENCE_MARKS
