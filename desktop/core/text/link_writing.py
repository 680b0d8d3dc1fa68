"""Pointing a link at another place: the edit that writes another target and anchor, and leaves all else as it is."""

import re

from desktop.core.records import Link, LinkKind, TextEdit

_SETEXT = re.compile(r"[ \t]*(?:=+|-+)[ \t]*\r?$")
_POINTED_END = re.compile(r"[>\n]")
WIKI_KINDS = (LinkKind.WIKI, LinkKind.EMBED)
POINTED = frozenset({*WIKI_KINDS, LinkKind.MARKDOWN, LinkKind.ANCHOR, LinkKind.COLLECTION})


def pointed_at(text: str, link: Link, target: str, anchor: str, *, keep_words: bool = False) -> TextEdit:
    """Return the edit that lets a link of a text lead to a target, "" for the same note, and an anchor in it.

    Both come as they are written in such a link, see `target_writing`. With `keep_words` a link that says what it
    names, and nothing else, keeps saying that; so does one in a heading, whose words other links may name.
    """
    if link.kind is LinkKind.COLLECTION:
        return TextEdit(link.target_start, link.target_end, target)
    end = address_end(text, link)
    written = f"{target}#{anchor}" if anchor else target
    is_shown = link.kind is LinkKind.WIKI and text.find("|", end, link.end) < 0
    if is_shown and (keep_words or in_heading(text, link.start)):
        in_table = text[text.rfind("\n", 0, link.start) + 1 : link.start].lstrip().startswith("|")
        written += ("\\|" if in_table else "|") + link.label
    return TextEdit(link.target_start, end, written)


def address_end(text: str, link: Link) -> int:
    """Return where a link's address ends, its anchor included: before the bar, the title or the closing bracket."""
    start = end = link.target_end
    while link.kind in WIKI_KINDS and text[start : start + 1] in (" ", "\t"):
        start += 1
    if text[start : start + 1] != "#":
        return end
    if link.kind in WIKI_KINDS:
        end = start
        while end < len(text) and text[end] not in "|]\n":
            end += 1
        return end - 1 if text[end : end + 1] == "|" and text[end - 1] == "\\" else end
    if link.target_start and text[link.target_start - 1] == "<":
        found = _POINTED_END.search(text, end)
        return found.start() if found else len(text)
    depth = 0
    while end < len(text) and not text[end].isspace():
        if text[end] == "\\":
            end += 1
        elif text[end] == "(":
            depth += 1
        elif text[end] == ")":
            if not depth and link.start <= link.target_start <= link.end:
                break
            depth -= 1
        end += 1
    return min(end, len(text))


def anchor_span(text: str, link: Link) -> tuple[int, int] | None:
    """Return where the anchor of a link stands, without its `#` and the blanks around; None where there is none."""
    limit = address_end(text, link)
    start = text.find("#", link.target_end, limit) + 1
    said = text[start:limit].strip() if start else ""
    if not said:
        return None
    start = text.index(said, start)
    return start, start + len(said)


def in_heading(text: str, offset: int) -> bool:
    """Tell whether a place may stand in a heading's line."""
    start = text.rfind("\n", 0, offset) + 1
    if text[start : start + 4].lstrip(" ").startswith("#"):
        return True
    end = text.find("\n", offset)
    if end < 0:
        return False
    below = text.find("\n", end + 1)
    return _SETEXT.match(text, end + 1, len(text) if below < 0 else below) is not None
