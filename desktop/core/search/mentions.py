"""Mentions: places that name a note, by its title, name or an alias, without linking to it.

The index says which notes may hold the words; their texts say where. Inflected forms count, and what stands in code,
math, comments or a link does not.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from desktop.core.records import Backlink, Link, LinkKind, NoteId
from desktop.core.search.analyzer import word_stems
from desktop.core.search.search import Search
from desktop.core.search.snippets import Wanted, find_phrase
from desktop.core.store.links import Links
from desktop.core.store.notes import IndexRow, Notes
from desktop.core.text.links import scan_links
from desktop.core.text.masks import Masks, code_spans, read_masks
from desktop.core.text.words import tokens

SHORTEST = 3  # letters: shorter names are words that stand everywhere
MOST_WORDS = 8  # longer names are sentences: no text repeats them
NOTES_READ = 40  # for each name
PLACES_IN_NOTE = 5
_FORMULA = re.compile(r"\$[^$\n]{1,500}\$")

Span = tuple[int, int]


def find_mentions(notes: Notes, links: Links, search: Search, note_id: NoteId, limit: int) -> list[Backlink]:
    """Return mentions of a note in other notes, best note first, each with its sentence."""
    own = next(iter(notes.texts([note_id])), None)
    if own is None:
        return []
    places: list[tuple[NoteId, Link]] = []
    seen: set[tuple[NoteId, int]] = set()
    for name in _names(own):
        words = [Wanted(word, frozenset(word_stems(word))) for word in tokens(name)]
        hits = search.query('"' + " ".join(tokens(name)) + '"', NOTES_READ + 1, forgiving=False).hits
        for row in notes.texts(hit.id for hit in hits if hit.id != note_id):
            for start, end in _places(row, words):
                if (row.id, start) not in seen:
                    seen.add((row.id, start))
                    label = row.text[start:end]
                    places.append((row.id, Link(LinkKind.WIKI, own.name, "", label, start, end, start, end)))
    return links.with_context(places[:limit])


def _names(row: IndexRow) -> list[str]:
    folded: dict[str, str] = {}
    # A file's name such as "index" or "lecture" is a word that stands everywhere: it counts where it is the title too.
    for name in (row.title, *row.aliases, *([row.name] if len(tokens(row.name)) > 1 else [])):
        words = tokens(name)
        if "://" not in name and 0 < len(words) <= MOST_WORDS and len("".join(words)) >= SHORTEST:
            folded.setdefault(" ".join(words), name)
    return list(folded.values())


def _places(row: IndexRow, words: Sequence[Wanted]) -> Iterator[Span]:
    """Yield the first places in the text where the words stand in order, outside links and code."""
    masks = read_masks(row.text)
    links = [(link.start, link.end) for link in scan_links(row.text)]
    blocked = sorted([*masks.spans, *links, *_inline_code(masks)])
    starts = [start for start, _end in blocked]
    at, found = masks.start, 0
    while found < PLACES_IN_NOTE:
        span = find_phrase(row.text[at:], words)
        if span is None:
            return
        start, end = span[0] + at, span[1] + at
        before = bisect_right(starts, start) - 1
        inside = before >= 0 and blocked[before][1] > start
        overlaps = before + 1 < len(starts) and starts[before + 1] < end
        if not inside and not overlaps:
            yield start, end
            found += 1
        at = max(end, blocked[before][1]) if inside else end


def _inline_code(masks: Masks) -> list[Span]:
    """Return the code and formulas within paragraphs."""
    spans = [match.span() for match in _FORMULA.finditer(masks.text, masks.start)] if "$" in masks.text else []
    if "`" in masks.text:
        edges = [masks.start, *masks.breaks, len(masks.text)]
        for start, end in pairwise(edges):
            spans += code_spans(masks.text, start, end)
    return spans
