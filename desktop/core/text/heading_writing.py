"""A heading's words exchanged for others, its marks kept; and the anchors of links that name headings."""

import re
from collections.abc import Sequence
from dataclasses import replace

from desktop.core.records import LinkKind, Section, TextEdit
from desktop.core.text.anchors import Headings, anchor_of
from desktop.core.text.masks import read_masks
from desktop.core.text.outline import scan_sections, slugify, unique_slug, without_block_id
from desktop.core.text.target_writing import decode, encode_anchor

MOST_CHARACTERS = 500
_LINKED = re.compile(r"(\[)((?:[^\[\]\\]++|\\.)*+)(\](?:\([^()\s]*+\)|\[[^\[\]\n]*+\]))\Z")
_MARKS = re.compile(r"(?:\*\*\*|\*\*|\*|___|__|_|~~|==|`)")
_LEADING = re.compile(r"[#>*+=~|\[-]")
_NUMBER = re.compile(r"^(\d{1,9})([.)])")


def one_line(title: str) -> str:
    """Return a typed title as a heading may hold it."""
    return " ".join(title.split())[:MOST_CHARACTERS]


def heading_edit(text: str, ordinal: int, title: str) -> TextEdit | None:
    """Return the edit that gives a heading other words; None where no heading would come of it."""
    headings = read_masks(text).headings
    if ordinal >= len(headings):
        return None
    sections = scan_sections(text)
    heading = headings[ordinal]
    content = text[heading.content_start : heading.content_end]
    old = sections[ordinal].title
    start, end = _words(without_block_id(content), old)
    possible: list[TextEdit] = []
    for written in (title, _escaped(title), "\\" + title):
        edit = TextEdit(heading.content_start + start, heading.content_start + end, written)
        after = scan_sections(text[: edit.start] + edit.text + text[edit.end :])
        if _alike(sections, after, ordinal) and after[ordinal].title not in ("", old):
            if title in after[ordinal].title:
                return edit
            possible.append(edit)
    return possible[0] if possible else None


def _alike(before: Sequence[Section], after: Sequence[Section], but: int) -> bool:
    """Tell whether a text has the headings it had; one of them may say something else."""
    return len(before) == len(after) and all(
        a.level == b.level and (a.title == b.title or a.ordinal == but) for a, b in zip(before, after, strict=True)
    )


def _words(content: str, old: str) -> tuple[int, int]:
    """Return where in a heading's content its words stand: within a link or emphasis around all of it, else all."""
    start, end = len(content) - len(content.lstrip()), len(content.rstrip())
    while start < end:
        inner = content[start:end]
        if inner == old:
            break
        linked = _LINKED.match(inner)
        marks = _MARKS.match(inner)
        if linked is not None:
            start, end = start + linked.start(2), start + linked.end(2)
        elif marks and inner.endswith(marks[0]) and len(inner) > 2 * len(marks[0]) and (
            marks[0] not in inner[len(marks[0]) : -len(marks[0])]
        ):  # fmt: skip
            start, end = start + len(marks[0]), end - len(marks[0])
        else:
            at = inner.find(old) if old else -1
            if at >= 0 and inner.find(old, at + 1) < 0:
                return start + at, start + at + len(old)
            break
    return start, end


def _escaped(title: str) -> str:
    """Return a title whose first character, or last one, makes nothing else of the line."""
    if title.endswith("#"):
        title = title[:-1] + "\\#"
    if title[:1].isdigit():
        return _NUMBER.sub(r"\1\\\2", title)
    return "\\" + title if _LEADING.match(title) else title


def as_it_was(sections: Sequence[Section], ordinal: int, title: str) -> list[Section]:
    """Return the sections of a note as they stood when one heading still said `title`."""
    taken: dict[str, int] = {}
    found = []
    for section in sections:
        said = title if section.ordinal == ordinal else section.title
        slug = unique_slug(slugify(said) or "section", taken)
        found.append(replace(section, title=said, slug=slug))
    return found


class Reanchoring:
    """The anchors of links into one note, whose headings say other words than before."""

    def __init__(self, before: Sequence[Section], after: Sequence[Section]) -> None:
        self._before, self._after = before, after
        self._was, self._is = Headings(before), Headings(after)
        self._known: dict[tuple[str, str, LinkKind, str], str | None] = {}

    def anchor(self, said: str, label: str, kind: LinkKind, written: str) -> str | None:
        """Return how a link's anchor is written now so that it leads where it led; None where it may stay."""
        key = (said, label, kind, written)
        if key not in self._known:
            self._known[key] = self._anchor(said, label, kind, written)
        return self._known[key]

    def _anchor(self, said: str, label: str, kind: LinkKind, written: str) -> str | None:
        old = self._was.find(said, label)
        if old is None or old.ordinal >= len(self._after):
            return None
        new = self._after[old.ordinal]
        says_old = said in (old.title, old.slug) and said not in (new.title, new.slug)
        if self._is.find(said, label) == new and not says_old:
            return None
        for candidate in self._candidates(said, kind, old, new):
            encoded = encode_anchor(candidate, kind, written)
            if encoded is not None and self._is.find(decode(encoded, kind), label) == new:
                return encoded if encoded != written else None
        return None

    def _candidates(self, said: str, kind: LinkKind, old: Section, new: Section) -> list[str]:
        """Return what an anchor may say, in the writer's own way first: a chain, a slug, or words."""
        shortest = anchor_of(self._after, new)
        parts = said.split("#")
        found = []
        if len(parts) > 1:
            chain = [self._link_of_chain(parts, index) for index in range(len(parts))]
            found.append("#".join(chain))
        is_markdown = kind in (LinkKind.MARKDOWN, LinkKind.ANCHOR)
        by_slug = said.lower() == old.slug and (is_markdown or said != old.title)
        if is_markdown and said.isdecimal():
            by_slug = True
        return [*found, *((new.slug, shortest) if by_slug else (shortest, new.slug))]

    def _link_of_chain(self, parts: Sequence[str], index: int) -> str:
        """Return what one name of a chain `H1#H2` says now."""
        old = self._was.find("#".join(parts[: index + 1]))
        if old is None or old.ordinal >= len(self._after):
            return parts[index]
        new = self._after[old.ordinal]
        if old.title == new.title:
            return parts[index]
        if parts[index].lower() == old.slug and parts[index] != old.title:
            return new.slug
        return anchor_of([new], new)
