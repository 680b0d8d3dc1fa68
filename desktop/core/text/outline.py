"""The headings of a text, and the ways in which a link names one.

Headings are written with hashes or underlined by a line of `=` or `-`; an underlined heading is one line long
(below a longer paragraph the line is a rule). A section reaches to the next heading of its own level or a
higher one.
"""

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import unquote

from desktop.core.records import Section
from desktop.core.text.masks import Masks, read_masks
from desktop.core.text.plain import plain_text

_NOT_IN_SLUG = re.compile(r"[^\w\- ]+")
_WORDS = re.compile(r"[^\W_]+")
_MAX_NUMBER = 6  # digits of an anchor that counts sections


def scan_sections(text: str, body_start: int = 0) -> tuple[Section, ...]:
    """Return the sections of a text in reading order; front matter, code and comments hold none."""
    return sections_of(read_masks(text, body_start))


def sections_of(masks: Masks) -> tuple[Section, ...]:
    """Return the sections of a text whose lines are read already."""
    headings, text = masks.headings, masks.text
    if not headings:
        return ()
    ends = [len(text)] * len(headings)
    open_headings: list[int] = []
    for index, heading in enumerate(headings):
        while open_headings and headings[open_headings[-1]].level >= heading.level:
            ends[open_headings.pop()] = heading.start
        open_headings.append(index)
    sections: list[Section] = []
    taken: dict[str, int] = {}
    for index, heading in enumerate(headings):
        title, slug = _named_by(text[heading.content_start : heading.content_end])
        slug = _unique(slug, taken)
        sections.append(Section(index, heading.level, title, slug, heading.start, ends[index]))
    return tuple(sections)


@lru_cache(maxsize=4096)  # a text that is being written is read again and again
def _named_by(content: str) -> tuple[str, str]:
    """Return the title and the slug of a heading."""
    title = plain_text(content)
    return title, slugify(title) or "section"


def _unique(slug: str, taken: dict[str, int]) -> str:
    """Number a slug that another heading has already."""
    if slug not in taken:
        taken[slug] = 0
        return slug
    number = taken[slug]
    candidate = slug
    while candidate in taken:
        number += 1
        candidate = f"{slug}-{number}"
    taken[slug] = number
    taken[candidate] = 0
    return candidate


def slugify(title: str) -> str:
    """Return the anchor of a heading as GitHub makes it: lower case, no punctuation, hyphens for blanks."""
    if not title.isascii():
        title = unicodedata.normalize("NFC", title)
    return _NOT_IN_SLUG.sub("", title.strip().lower()).replace(" ", "-")


def find_section(sections: Sequence[Section], anchor: str, label: str = "") -> Section | None:
    """Find the section that an anchor names, or None.

    In this order: the slug; the heading's words, whatever their case and punctuation; "H1#H2", the second
    below the first; the heading with the words of the link's label; the n-th section for "n".
    """
    anchor = anchor.strip().lstrip("#").strip()
    if "%" in anchor:
        anchor = unquote(anchor, errors="replace")
    if not anchor or not sections or anchor.startswith("^"):
        return None
    found = _named(sections, anchor)
    if found is None and "#" in anchor:
        return _nested(sections, anchor.split("#"))
    if found is None and label:
        words = _words(label)
        found = next((section for section in sections if words and _words(section.title) == words), None)
    if found is None and anchor.isdecimal() and len(anchor) <= _MAX_NUMBER:
        found = _numbered(sections, int(anchor))
    return found


def _named(sections: Sequence[Section], anchor: str) -> Section | None:
    slug = slugify(anchor)
    lower = anchor.lower()
    for section in sections:
        if section.slug in (lower, slug):
            return section
    words = _words(anchor)
    if not words:
        return None
    return next((section for section in sections if _words(section.title) == words), None)


def _nested(sections: Sequence[Section], names: Sequence[str]) -> Section | None:
    """Follow a chain of headings downwards."""
    within: Sequence[Section] = sections
    found: Section | None = None
    for name in names:
        if not name.strip():
            continue
        found = _named(within, name)
        if found is None:
            return None
        start, end = found.start, found.end
        within = [section for section in within if start < section.start < end]
    return found


def _numbered(sections: Sequence[Section], number: int) -> Section | None:
    """Return the n-th section of the highest level that more than one heading has."""
    counts = Counter(section.level for section in sections)
    several = [level for level, count in counts.items() if count > 1]
    level = min(several or counts)
    peers = [section for section in sections if section.level == level]
    return peers[number - 1] if 0 < number <= len(peers) else None


def _words(title: str) -> list[str]:
    """Return the words by which two headings are compared."""
    folded = unicodedata.normalize("NFC", title).casefold().replace("ё", "е")
    return _WORDS.findall(folded)


def section_at(sections: Sequence[Section], offset: int) -> Section | None:
    """Return the deepest section around an offset; None before the first heading."""
    index = bisect_right(sections, offset, key=lambda section: section.start)
    return sections[index - 1] if index else None
