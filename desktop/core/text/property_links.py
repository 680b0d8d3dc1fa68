"""Links in the front matter: a property, or an item of a list, that is `"[[Note]]"` in quotation marks and no more.

So Obsidian counts them; without the quotation marks YAML reads a list in a list. Tags, aliases and the names of styles
are no links whatever they look like.
"""

import re

from desktop.core.records import FrontMatter, Link, LinkKind
from desktop.core.text.frontmatter import unquoted
from desktop.core.text.inline import wiki_link

_QUOTED = re.compile(r"""(["'])(\[\[([^\[\]\n"]{1,500}+)\]\])\1""")
_INNER = re.compile(r"\[\[([^\[\]\n]{1,500}+)\]\]")
_KEY = re.compile(r"[^\s:#][^\n]{0,200}?:(?=[ \t]|$)")
_NO_LINKS = frozenset(("tags", "tag", "aliases", "alias", "cssclasses", "cssclass"))
_BEFORE, _AFTER = frozenset(":-[,"), frozenset(",]")


def property_links(text: str, front_matter: FrontMatter) -> list[Link]:
    """Return the links of a text's front matter, ascending."""
    block = text[: front_matter.end]
    if "[[" not in block:
        return []
    values = {
        value
        for key, written in front_matter.values.items()
        if key.partition(".")[0] not in _NO_LINKS
        for value in ((written,) if isinstance(written, str) else written)
    }
    found, key, position = [], "", 0
    for line in block.splitlines(keepends=True):
        if named := _KEY.match(line):
            key = unquoted(named[0][:-1].strip()).lower()
        if key not in _NO_LINKS and "[[" in line:
            for match in _QUOTED.finditer(block, position, position + len(line)):
                if unquoted(match[0]) in values and _is_whole(line, match.start() - position, match.end() - position):
                    found.append(_link(block, match))
        position += len(line)
    return [link for link in found if link.target]


def _is_whole(line: str, start: int, end: int) -> bool:
    """Tell whether nothing else stands in the value, or in the item of a list in brackets."""
    before, after = line[:start].rstrip()[-1:], line[end:].strip()
    if before in ("[", ",") or after[:1] in _AFTER:
        return before in ("", *_BEFORE) and (not after or after[0] in _AFTER)
    return before in ("", ":", "-") and (not after or after.startswith("#"))


def _link(text: str, match: re.Match[str]) -> Link:
    inner = _INNER.match(text, match.start(2))
    assert inner is not None  # the same words, one mark further
    link = wiki_link(inner, match.start(2), LinkKind.WIKI)
    mark = match[1]
    target, anchor, label = (unquoted(f"{mark}{part}{mark}") for part in (link.target, link.anchor, link.label))
    return Link(link.kind, target, anchor, label, link.start, link.end, link.target_start, link.target_end)
