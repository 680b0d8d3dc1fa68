"""What one text says of itself: title, kind, date, aliases, tags, sections and links, read in one go.

A *lecture* says so in its front matter or in a line "Page • 1 backlink • [uni](#)" below its heading, which
also names its collection. A *digest* says so in its front matter, or shows it: by the keys of a saved page
(`src_link`), by a row of numbered jumps (`[Theory](#1)`), or by headings that are themselves links.
"""

import re
from collections.abc import Sequence
from datetime import date

from desktop.core.records import Document, FrontMatter, Link, LinkKind, NoteKind
from desktop.core.text.folding import fold_name
from desktop.core.text.frontmatter import read_front_matter
from desktop.core.text.inline import scan_inline
from desktop.core.text.links import joined_tags, with_collection
from desktop.core.text.masks import Masks, read_masks
from desktop.core.text.outline import sections_of
from desktop.core.text.plain import plain_text
from desktop.core.text.property_links import property_links

_KINDS = {
    "лекция": NoteKind.LECTURE, "лекции": NoteKind.LECTURE, "конспект": NoteKind.LECTURE,
    "конспекты": NoteKind.LECTURE, "lecture": NoteKind.LECTURE, "lectures": NoteKind.LECTURE,
    "дайджест": NoteKind.DIGEST, "дайджесты": NoteKind.DIGEST, "digest": NoteKind.DIGEST,
    "digests": NoteKind.DIGEST, "newsletter": NoteKind.DIGEST, "newsletters": NoteKind.DIGEST,
    "заметка": NoteKind.NOTE, "заметки": NoteKind.NOTE, "note": NoteKind.NOTE, "notes": NoteKind.NOTE,
}  # fmt: skip
_DIGEST_KEYS = ("src_link", "source_link", "gold_link")
_DATE_KEYS = ("date", "published", "created", "src_date")
_ISO_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_RUSSIAN_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?!\d)")
_SITE = re.compile(
    r"\s+[/|•·—–-]\s+(?:Хабр|Habr|Medium|vc\.ru|DEV Community|Wikipedia|Википедия|YouTube|GitHub)\s*$",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[^\W\d_]+")
_MANY_LINKED_HEADINGS = 3
_MANY_JUMPS = 2
_MAX_TITLE = 500


def read_document(text: str) -> Document:
    """Read everything that a text says of itself."""
    return document_of(text, read_masks(text, read_front_matter(text).end))


def document_of(text: str, masks: Masks) -> Document:
    """Return everything that a text says of itself whose lines are read already."""
    front_matter = read_front_matter(text)
    sections = sections_of(masks)
    found, inline_tags = scan_inline(masks)
    links = (*property_links(text, front_matter), *with_collection(masks, found))
    title = _title(front_matter) or (sections[0].title if sections else "")
    return Document(
        title=title[:_MAX_TITLE],
        kind=_kind(front_matter, masks, links),
        date=_date(front_matter),
        aliases=_aliases(front_matter),
        tags=joined_tags(front_matter, inline_tags),
        collection=next((link.target for link in links if link.kind is LinkKind.COLLECTION), ""),
        front_matter=front_matter,
        sections=sections,
        links=links,
    )


def read_title(text: str) -> str:
    """Return the title that `read_document` finds, without reading further than the first heading."""
    front_matter = read_front_matter(text)
    title = _title(front_matter)
    if not title:
        sections = sections_of(read_masks(text, front_matter.end, headings=1))
        title = sections[0].title if sections else ""
    return title[:_MAX_TITLE]


def guess_kind(document: Document, path_parts: Sequence[str] = ()) -> NoteKind:
    """Return the kind that the text says, else the one that a folder on its path says, else a note."""
    if document.kind is not None:
        return document.kind
    for part in reversed(path_parts):
        for word in _WORDS.findall(fold_name(part)):
            kind = _KINDS.get(word)
            if kind in (NoteKind.LECTURE, NoteKind.DIGEST):
                return kind
    return NoteKind.NOTE


def _value(front_matter: FrontMatter, key: str) -> str:
    """Return a value as one string."""
    value = front_matter.values.get(key, "")
    return value if isinstance(value, str) else ", ".join(value)


def _title(front_matter: FrontMatter) -> str:
    """Return the title of the front matter without the name of the site it was saved from."""
    title = " ".join(_value(front_matter, "title").split(" ")).strip()
    if not title:
        return ""
    title = title[: 2 * _MAX_TITLE].replace("\n", " ")
    return _SITE.sub("", title) or title


def _date(front_matter: FrontMatter) -> str:
    """Return the first day that the front matter names, as YYYY-MM-DD."""
    for key in _DATE_KEYS:
        value = _value(front_matter, key).strip()
        if match := _ISO_DAY.match(value):
            parts = (int(match[1]), int(match[2]), int(match[3]))
        elif match := _RUSSIAN_DAY.match(value):
            parts = (int(match[3]), int(match[2]), int(match[1]))
        else:
            continue
        try:
            return date(*parts).isoformat()
        except ValueError:
            continue
    return ""


def _aliases(front_matter: FrontMatter) -> tuple[str, ...]:
    """Return the other names that the front matter gives, each once."""
    found: dict[str, str] = {}
    for key in ("aliases", "alias"):
        value = front_matter.values.get(key, ())
        written = value.strip("[]").split(",") if isinstance(value, str) else value
        for alias in written:
            alias = " ".join(alias.split())
            if alias:
                found.setdefault(fold_name(alias), alias)
    return tuple(found.values())


def _kind(front_matter: FrontMatter, masks: Masks, links: Sequence[Link]) -> NoteKind | None:
    for key in ("kind", "type"):
        kind = _KINDS.get(fold_name(_value(front_matter, key)))
        if kind is not None:
            return kind
    if any(link.kind is LinkKind.COLLECTION for link in links):
        return NoteKind.LECTURE
    if any(key in front_matter.values for key in _DIGEST_KEYS):
        return NoteKind.DIGEST
    jumps = sum(1 for link in links if link.kind is LinkKind.ANCHOR and link.anchor.isdecimal())
    if jumps >= _MANY_JUMPS or _linked_headings(masks, links) >= _MANY_LINKED_HEADINGS:
        return NoteKind.DIGEST
    return None


def _linked_headings(masks: Masks, links: Sequence[Link]) -> int:
    """Count the headings that are a link to the network and nothing else."""
    spans = {link.start: link.end for link in links if link.kind is LinkKind.URL}
    count = 0
    for heading in masks.headings:
        end = spans.get(heading.content_start)
        if end is not None and not plain_text(masks.text[end : heading.content_end]):
            count += 1
    return count
