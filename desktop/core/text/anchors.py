"""The places in a note that a link names behind its `#`: a heading, a chain of headings, a number, a block.

A heading is named by its words (case and punctuation do not count), by its slug, or by the headings above it in order,
`H1#H2`. The jumps of a digest, `[Theory](#1)`, mean the heading that says what the jump says, else the n-th section.
A block is named by the `^id` that ends it (see `core.text.blocks`).
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import unquote

from desktop.core.records import Link, LinkKind, Section
from desktop.core.text.blocks import Block, find_block
from desktop.core.text.outline import section_at, slugify

_WORDS = re.compile(r"[^\W_]+")
_NO_WORDS = re.compile(r"[!\"#$%&()*+,.:;<=>?@^`{|}~/\[\]\\\s]+")
_NOT_WRITABLE = re.compile(r"[#|\[\]^\\`$<>%\x00-\x1f]+")  # in `[[Note#…]]`
_MAX_NUMBER = 6  # digits of an anchor that counts sections


def find_place(text: str, sections: Sequence[Section], anchor: str, label: str = "") -> Section | Block | None:
    """Find the section or the block of a text that an anchor names, or None."""
    anchor = _written(anchor)
    if anchor.startswith("^"):
        return find_block(text, anchor[1:])
    return Headings(sections).find(anchor, label)


def section_named(text: str, sections: Sequence[Section], anchor: str, label: str = "") -> Section | None:
    """Return the section that an anchor names, or in which the block stands that it names; None for no such place."""
    place = find_place(text, sections, anchor, label)
    return section_at(sections, place.start) if isinstance(place, Block) else place


def find_section(sections: Sequence[Section], anchor: str, label: str = "") -> Section | None:
    """Find the section that an anchor names, or None; see `Headings.find`."""
    return Headings(sections).find(anchor, label)


def naming_words(link: Link) -> str:
    """Return the words of a link that may name its heading: `[Theory](#1)`; in `[[Note#x|words]]` they are free."""
    return link.label if link.kind in (LinkKind.MARKDOWN, LinkKind.ANCHOR) else ""


def anchor_of(sections: Sequence[Section], section: Section, headings: "Headings | None" = None) -> str:
    """Return the shortest anchor that leads to a section and can be written in `[[Note#…]]`.

    Who asks for many anchors of one text gives its `headings`, made once.
    """
    headings = headings or Headings(sections)
    chain: list[str] = []
    level = 7
    for other in reversed(sections[: section.ordinal + 1]):
        if other.level >= level:
            continue
        level = other.level
        name = " ".join(_NOT_WRITABLE.sub(" ", other.title).split())
        if name:
            chain.insert(0, name)
        elif other is section or other.ordinal == section.ordinal:
            break
        if chain and headings.find("#".join(chain)) == section:
            return "#".join(chain)
    return section.slug


class Headings:
    """The headings of one note, by what links call them; for many anchors make one and ask it each time."""

    def __init__(self, sections: Sequence[Section]) -> None:
        self._sections = sections
        self._indices: list[dict[str, Section]] = []  # one for each way to compare, the strictest first
        self._names: list[frozenset[str]] = []  # of each section

    def find(self, anchor: str, label: str = "") -> Section | None:
        """Find the section that an anchor names, or None.

        In this order: the slug; the heading's words, the more alike the sooner; "H1#H2", the second below the first;
        the heading with the words of the link's label; the n-th section for "n".
        """
        anchor = _written(anchor)
        if not anchor or not self._sections or anchor.startswith("^"):
            return None
        found = self._named(anchor)
        if found is None and "#" in anchor:
            names = [name.strip() for name in anchor.split("#") if name.strip()]
            return self._chained(names) or self._in_order(names)
        if found is None and label:
            found = self._index()[-1].get(_word_key(label)) if _word_key(label) else None
        if found is None and anchor.isdecimal() and len(anchor) <= _MAX_NUMBER:
            found = _numbered(self._sections, int(anchor))
        return found

    def _index(self) -> list[dict[str, Section]]:
        if not self._indices:
            self._indices = [{} for _ in range(len(_KEYS) + 1)]
            for section in self._sections:
                keys = (section.slug, *_keys(section.title))
                self._names.append(frozenset(keys) - {""})
                for index, key in zip(self._indices, keys, strict=True):
                    if key:
                        index.setdefault(key, section)
        return self._indices

    def _named(self, anchor: str) -> Section | None:
        slugs, *by_words = self._index()
        found = slugs.get(anchor.lower())
        for index, key in zip(by_words, _keys(anchor), strict=True):
            found = found or (index.get(key) if key else None)
        return found or slugs.get(slugify(anchor))

    def _chained(self, chain: Sequence[str]) -> Section | None:
        """Return the first section of the last name below one of the name before it, and so on upwards."""
        keys = [_spellings(name) for name in chain]
        steps: list[tuple[int, int]] = []  # (level, names found so far) of the headings that are open
        for section, names in zip(self._sections, self._names, strict=True):
            while steps and steps[-1][0] >= section.level:
                steps.pop()
            found = steps[-1][1] if steps else 0
            if not names.isdisjoint(keys[found]):
                found += 1
                if found == len(keys):
                    return section
            steps.append((section.level, found))
        return None

    def _in_order(self, chain: Sequence[str]) -> Section | None:
        """Return the last of the names when the headings come in this order, each deeper than the one before."""
        keys = [_spellings(name) for name in chain]
        found, level = 0, 0
        for section, names in zip(self._sections, self._names, strict=True):
            if section.level > level and not names.isdisjoint(keys[found]):
                found, level = found + 1, section.level
                if found == len(keys):
                    return section
        return None


def _written(anchor: str) -> str:
    anchor = anchor.strip().lstrip("#").strip()
    return unquote(anchor, errors="replace") if "%" in anchor else anchor


def _spellings(name: str) -> frozenset[str]:
    return frozenset((name.lower(), slugify(name), *_keys(name))) - {""}


def _same_key(title: str) -> str:
    """Compare by every character but the case."""
    return " ".join(unicodedata.normalize("NFC", title).casefold().split())


def _plain_key(title: str) -> str:
    """Compare as Obsidian does: its punctuation counts as blanks."""
    return _NO_WORDS.sub(" ", _same_key(title)).strip()


def _word_key(title: str) -> str:
    """Compare by letters and digits alone; ё is е."""
    return " ".join(_WORDS.findall(_same_key(title).replace("ё", "е")))


_KEYS = (_same_key, _plain_key, _word_key)


@lru_cache(maxsize=4096)  # the same headings are asked for again and again
def _keys(title: str) -> tuple[str, ...]:
    return tuple(key(title) for key in _KEYS)


def _numbered(sections: Sequence[Section], number: int) -> Section | None:
    """Return the n-th section of the highest level that more than one heading has."""
    counts = Counter(section.level for section in sections)
    several = [level for level, count in counts.items() if count > 1]
    level = min(several or counts)
    peers = [section for section in sections if section.level == level]
    return peers[number - 1] if 0 < number <= len(peers) else None
