"""Pointing a link at another place: the edit that writes another target and anchor, and leaves all else as it is."""

import re

from desktop.core.records import Link, LinkKind, TextEdit

_MEANINGFUL = re.compile(r"[\x00-\x20%()<>#?\[\]\\\"`|*^{}]")  # ends or changes a Markdown address
_IN_ANCHOR = re.compile(r"[\x00-\x20%()<>\[\]\\\"`|]")
_SETEXT = re.compile(r"[ \t]*(?:=+|-+)[ \t]*\r?$")
_WIKI = (LinkKind.WIKI, LinkKind.EMBED)
POINTED = frozenset({*_WIKI, LinkKind.MARKDOWN, LinkKind.ANCHOR, LinkKind.COLLECTION})


def pointed_at(text: str, link: Link, target: str, anchor: str, *, keep_words: bool = False) -> TextEdit:
    """Return the edit that lets a link of a text lead to a target, "" for the same note, and an anchor in it.

    With `keep_words` a link that says what it names, and nothing else, keeps saying that; so does one in a heading,
    whose words other links may name.
    """
    if link.kind in _WIKI:
        return _wiki(text, link, target, anchor, keep_words)
    if link.kind is LinkKind.COLLECTION:
        return TextEdit(link.target_start, link.target_end, target)
    path = _encoded(_MEANINGFUL, target)
    written = f"{path}#{_encoded(_IN_ANCHOR, anchor)}" if anchor else path
    return TextEdit(link.target_start, address_end(text, link), written)


def _wiki(text: str, link: Link, target: str, anchor: str, keep_words: bool) -> TextEdit:
    closing = link.end - 2
    bar = text.find("|", link.target_start, closing)
    end = bar if bar >= 0 else closing
    if bar >= 0 and text[bar - 1] == "\\":
        end -= 1
    written = f"{target}#{anchor}" if anchor else target
    is_shown = link.kind is LinkKind.WIKI and bar < 0
    if is_shown and (keep_words or in_heading(text, link.start)):
        in_table = text[text.rfind("\n", 0, link.start) + 1 : link.start].lstrip().startswith("|")
        written += ("\\|" if in_table else "|") + link.label
    return TextEdit(link.target_start, end, written)


def address_end(text: str, link: Link) -> int:
    """Return where a Markdown link's address ends, its anchor included."""
    end = link.target_end
    if end >= len(text) or text[end] != "#":
        return end
    if link.target_start and text[link.target_start - 1] == "<":
        found = re.compile(r"[>\n]").search(text, end)
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


def _encoded(meaningful: re.Pattern[str], written: str) -> str:
    """Percent-encode what would end or change an address; letters of every script stay readable."""
    return meaningful.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), written)
