"""The headings of a text, and the slugs by which pages and links name them.

Headings are written with hashes or underlined by a line of `=` or `-`; an underlined heading is one line long
(below a longer paragraph the line is a rule). A section reaches to the next heading of its own level or a
higher one.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache

from desktop.core.records import Section
from desktop.core.text.blocks import BLOCK_ID, is_block_id
from desktop.core.text.masks import Masks, read_masks
from desktop.core.text.plain import plain_text

_NOT_IN_SLUG = re.compile(r"[^\w\- ]+")


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
        slug = unique_slug(slug, taken)
        sections.append(Section(index, heading.level, title, slug, heading.start, ends[index]))
    return tuple(sections)


@lru_cache(maxsize=4096)  # a text that is being written is read again and again
def _named_by(content: str) -> tuple[str, str]:
    """Return the title and the slug of a heading."""
    title = plain_text(without_block_id(content))
    return title, slugify(title) or "section"


def without_block_id(content: str) -> str:
    """Return what a heading says before the ` ^id` that may end it."""
    mark = BLOCK_ID.search(content) if "^" in content else None
    return content[: mark.start()] if mark and is_block_id(mark[1]) else content


def unique_slug(slug: str, taken: dict[str, int]) -> str:
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


def section_at(sections: Sequence[Section], offset: int) -> Section | None:
    """Return the deepest section around an offset; None before the first heading."""
    index = bisect_right(sections, offset, key=lambda section: section.start)
    return sections[index - 1] if index else None
