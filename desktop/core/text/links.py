"""The links and tags of a text, the names by which links find notes, and the sentence around a link.

A link's spans are offsets into the text as it was given. Its target is decoded; an address of the network is
kept whole, its fragment included, as there is nothing in it to rename. The target span of a reference link
`[a][b]` is in the definition, outside of the link itself, and several links may share it.
"""

import re

from desktop.core.records import FrontMatter, Link, LinkKind, Snippet
from desktop.core.text.folding import fold_name
from desktop.core.text.frontmatter import read_front_matter
from desktop.core.text.inline import scan_inline
from desktop.core.text.masks import Masks, read_masks
from desktop.core.text.plain import plain_text
from desktop.core.text.property_links import property_links

_COLLECTION_LINE = re.compile(r"(?:Page|Страница)[ \t]*+[•·][^\n\[]*+\[", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…]+[)»”\"']*[ \t\n]+")
_SHORT = re.compile(  # words that end with a dot within a sentence; so does an initial
    r"(?:^|[^\w.])(?:(?-i:[A-ZА-ЯЁ])|см|ср|рис|табл|стр|гл|разд|напр|т\.[ \u00a0]?[екн]|им|ред|изд|акад|проф|"
    r"e\.g|i\.e|cf|vs|fig|figs|eq|sec|ch|vol|pp|no|dr|mr|mrs|ms|prof|st)\.[ \t\n]\Z",
    re.IGNORECASE,
)
_LONGEST_SHORT = 12  # characters
_CELL_BAR = re.compile(r"(?<!\\)[ \t]*+\|[ \t]*+")
_LINE_START = re.compile(
    r"^(?:[ \t>]|[-*+][ \t]|#{1,6}[ \t]|\d{1,9}[.)][ \t]|\[[ xX]\][ \t])*+", re.MULTILINE
)
_TAG_DIVIDER = re.compile(r"[,;\s]+")
_LINE_BREAKS = re.compile(r"\n(?=\s*(?:\n|[-*+>#|]|\d{1,9}[.)]))")
_CONTEXT = 240  # characters on each side of a link


def scan_links(text: str, body_start: int = 0) -> tuple[Link, ...]:
    """Return the links of a text, ascending; code, formulas and comments hold none.

    Those of its front matter are among them unless `body_start` says where the body starts.
    """
    front_matter = FrontMatter(body_start) if body_start else read_front_matter(text)
    masks = read_masks(text, front_matter.end)
    return (*property_links(text, front_matter), *with_collection(masks, scan_inline(masks)[0]))


def scan_tags(text: str, front_matter: FrontMatter) -> tuple[str, ...]:
    """Return the tags of the front matter and of the text, each once, without the `#`."""
    inline = scan_inline(read_masks(text, front_matter.end))[1] if "#" in text else []
    return joined_tags(front_matter, inline)


def joined_tags(front_matter: FrontMatter, inline: list[str]) -> tuple[str, ...]:
    """Return the tags of both places in order; tags that differ in case only count as one."""
    found: dict[str, str] = {}
    properties = [tag for key in ("tags", "tag") for tag in tags_of(front_matter.values.get(key, ()))]
    for tag in (*properties, *inline):
        found.setdefault(fold_name(tag), tag)
    return tuple(found.values())


def tags_of(value: str | tuple[str, ...]) -> list[str]:
    """Return the tags that a property names: a list of them, or words with commas or blanks between."""
    written = _TAG_DIVIDER.split(value.strip("[]")) if isinstance(value, str) else value
    tags = (tag.strip().strip("'\"").lstrip("#").strip() for tag in written)
    return [tag for tag in tags if tag]


def with_collection(masks: Masks, links: list[Link]) -> tuple[Link, ...]:
    """Give the `[uni](#)` of the line "Page • 1 backlink • [uni](#)" its kind and its target.

    The line is the first or the second of a lecture that is not blank.
    """
    span = _collection_line(masks)
    if span is None:
        return tuple(links)
    return tuple(
        _collection(link)
        if span[0] <= link.start < span[1] and link.kind is LinkKind.ANCHOR and not link.anchor
        else link
        for link in links
    )


def _collection_line(masks: Masks) -> tuple[int, int] | None:
    text, position = masks.text, masks.start
    for _ in range(2):
        while position < len(text) and text[position].isspace():
            position += 1
        end = text.find("\n", position)
        end = end if end >= 0 else len(text)
        if _COLLECTION_LINE.match(text, position, end):
            return position, end
        position = end
    return None


def _collection(link: Link) -> Link:
    start = link.start + 1
    return Link(
        LinkKind.COLLECTION, link.label, "", link.label, link.start, link.end, start, start + len(link.label)
    )


def sentence_around(text: str, start: int, end: int) -> Snippet:
    """Return the sentence around a link as plain text, the link's visible words marked."""
    low, high = max(0, start - _CONTEXT), min(len(text), end + _CONTEXT)
    before, after = text[low:start].replace("\r", ""), text[end:high].replace("\r", "")
    cut_before, cut_after = low > 0, high < len(text)
    for pattern in (_LINE_BREAKS, _SENTENCE_END):
        ends = [match.end() for match in pattern.finditer(before) if not _is_short(before, match.end())]
        if ends:
            before, cut_before = before[ends[-1] :], False
        ends = [match.start() if pattern is _LINE_BREAKS else match.end() for match in pattern.finditer(after)
                if not _is_short(after, match.end())]  # fmt: skip
        if ends:
            after, cut_after = after[: ends[0]], False
    before, after = _without_bars(before, after)
    left = _words_of(before)
    right = _words_of(after)
    label = _visible(text[start:end])
    if cut_before and " " in left:
        left = "…" + left.partition(" ")[2]
    if cut_after and " " in right:
        right = right.rpartition(" ")[0] + "…"
    left += " " if left and before[-1:].isspace() else ""
    right = (" " if right and after[:1].isspace() else "") + right
    return Snippet(left + label + right, ((len(left), len(left) + len(label)),) if label else ())


def _is_short(text: str, end: int) -> bool:
    """Tell whether what looks like a sentence's end is a word cut short, as in `см. [[Note]]`."""
    return _SHORT.search(text[max(0, end - _LONGEST_SHORT) : end]) is not None


def _without_bars(before: str, after: str) -> tuple[str, str]:
    """Return what stands around a link in the row of a table, a dot between the cells."""
    line = before[before.rfind("\n") + 1 :]
    if not line.lstrip().startswith("|"):
        return before, after
    first = line.lstrip().removeprefix("|").lstrip()
    return _CELL_BAR.sub(" · ", first), _CELL_BAR.sub(" · ", after.rstrip().removesuffix("|").rstrip())


def _words_of(markup: str) -> str:
    """Return plain words; the marks at the start of lines and halves of emphasis go."""
    return plain_text(_LINE_START.sub("", markup)).strip("*_~=")


def _visible(written: str) -> str:
    """Return what a reader sees of a link."""
    if written.startswith("<") and written.endswith(">"):
        return written[1:-1]
    if written.startswith("http"):
        return written
    return plain_text(written)
