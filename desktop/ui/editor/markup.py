"""What stands in one line of Markdown, for colouring: pure, in linear time, knowing only the state before it.

A **state** is what the line before left open: nothing, front matter, a comment (`<!-- -->` or `%% %%`), display math or
a fence (with its character and length, since only a fence as long closes it). A **piece** is (start, end, ink): which
characters of the line are of what sort. Later pieces lie over earlier ones.
"""

import re
from enum import IntEnum


class Ink(IntEnum):
    """The sorts of characters that look different."""

    MARKUP = 1  # characters that only say how others look
    HEADING = 2  # HEADING + level - 1 is the heading of that level
    BOLD = 8
    ITALIC = 9
    STRIKE = 10
    CODE = 11
    LINK = 12
    ADDRESS = 13  # the target of a link, not its label
    TAG = 14
    QUOTE = 15
    BULLET = 16
    TASK = 17
    DONE = 18
    META = 19  # front matter
    KEY = 20  # a key of the front matter
    MATH = 21
    COMMENT = 22
    MARKED = 23
    TABLE = 24
    CALLOUT = 25  # the kind of a callout, `[!note]`
    BROKEN = 26  # a link to a note that is not there; the highlighter knows which


Piece = tuple[int, int, int]

NORMAL, FRONT, COMMENT, MATH, HIDDEN = 0, 1, 2, 3, 4
FENCE = 8  # FENCE + 2 * length + (1 for "~")
LONGEST_INLINE = 8_000  # characters of one line; above it only the line's beginning is read

_FENCE = re.compile(r"(?:[ \t]|>){0,12}(`{3,}|~{3,})([^\n]*)")
_HEADING = re.compile(r" {0,3}(#{1,6})(?=[ \t]|$)")
_MARKER = re.compile(
    r"((?:[ \t]{0,40}>){0,20})([ \t]{0,60}(?:[-*+]|\d{1,9}[.)])(?=[ \t]|$))?([ \t]{0,8}\[[ xX]\](?=[ \t]|$))?"
)
_CALLOUT = re.compile(r"[ \t]*(\[![^\[\]\s]{1,40}\][-+]?)")
_FOOTNOTE = re.compile(r" {0,3}(\[\^[^\]\s]{1,100}\]:)")
_SETEXT = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_KEY = re.compile(r"[ \t]*(?:- )?([^\s:#][^:]{0,200}):(?=\s|$)")
_HINT = re.compile(r"[`*_~=\[<#$\\|]|https?:|%%")
_INLINE = re.compile(
    r"(?=[`*_~=\[<#$\\|!h%])(?:"  # nearly every letter is refused here, before a dozen alternatives are tried
    r"(?P<escape>\\[!-/:-@\[-`{-~])"
    r"|(?P<code>(?<!`)(?P<ticks>`+)(?!`).{1,2000}?(?<!`)(?P=ticks)(?!`))"
    r"|(?P<math>\$\$[^$]{1,800}\$\$|\$(?=\S)[^$]{1,400}(?<=\S)\$(?!\w))"
    r"|(?P<comment><!--.{0,2000}?-->)"
    r"|(?P<wiki>!?\[\[[^\[\]]{1,400}\]\])"
    r"|(?P<note>\[\^[^\]\s]{1,100}\])"
    r"|(?P<link>!?\[(?P<label>(?:[^\[\]\\]|\\.){0,600})\]\((?:[^()]|\([^()]{0,200}\)){0,800}\))"
    r"|(?P<url><(?:https?://|mailto:)[^<>\s]{1,1500}>|https?://[^\s<>()\[\]\"`|]{1,1500})"
    r"|(?P<html></?[A-Za-z][^<>]{0,300}>)"
    r"|(?P<bold>\*\*(?=\S)(?:[^*]|\*(?!\*)){1,400}(?<=\S)\*\*|(?<!\w)__(?=\S)[^_]{1,400}(?<=\S)__(?!\w))"
    r"|(?P<italic>\*(?=[^\s*])[^*]{1,400}(?<=\S)\*(?!\*)|(?<!\w)_(?=[^\s_])[^_]{1,400}(?<=\S)_(?!\w))"
    r"|(?P<strike>~~(?=\S)[^~]{1,400}~~)"
    r"|(?P<marked>==(?=\S)[^=]{1,400}(?<=\S)==)"
    r"|(?P<tag>(?<![\w#/&])#[^\W\d_][\w/\-]{0,100})"
    r"|(?P<hidden>%%(?=[^%\n]).{0,2000}?%%)"
    r"|(?P<bar>\|))"
)
MARKS = ("```", "~~~", "<!--", "-->", "$$", "%%")  # one stands in every line that ends in another state
_WIDTHS = {"bold": 2, "italic": 1, "strike": 2, "marked": 2}
_INKS = {"bold": Ink.BOLD, "italic": Ink.ITALIC, "strike": Ink.STRIKE, "marked": Ink.MARKED}


def next_state(line: str, state: int) -> int:
    """Return the state after a line; front matter begins only where the caller says so (it needs to look ahead)."""
    if state == NORMAL:
        special = "`" in line or "~" in line or "<!--" in line or "$$" in line or "%%" in line
        return _opened(line) if special else NORMAL
    if state >= FENCE:
        return NORMAL if _closes(line, state) else state
    if state == FRONT:
        return NORMAL if line.rstrip() in ("---", "...") else FRONT
    if state == COMMENT:
        return NORMAL if "-->" in line else COMMENT
    if state == HIDDEN:
        return NORMAL if "%%" in line else HIDDEN
    return NORMAL if "$$" in line else MATH


def pieces(line: str, state: int, after: str = "", *, fence_line: bool = False) -> list[Piece]:
    """Return the pieces of a line that begins in `state`; `after` is the line below it (for underlined headings)."""
    if not line:
        return []
    if state == NORMAL:
        return _normal(line, after)
    if state >= FENCE:
        code: list[Piece] = [(0, len(line), Ink.CODE)]
        return [*code, (0, len(line), Ink.MARKUP)] if fence_line else code
    if state == FRONT:
        found: list[Piece] = [(0, len(line), Ink.META)]
        key = _KEY.match(line[:400])
        if key:
            found.append((key.start(1), key.end(1) + 1, Ink.KEY))
        return found
    mark, ink = _OPEN.get(state, ("$$", Ink.MATH))
    end, width = line.find(mark), len(mark)
    if end < 0:
        return [(0, len(line), ink)]
    return [(0, end + width, ink), *_inline(line, end + width)]


def is_underline(line: str) -> int:
    """Return the level of the heading that such a line would make of the one above it, or 0."""
    match = _SETEXT.match(line[:400]) if line[:4].lstrip(" ")[:1] in ("=", "-") else None
    return 0 if match is None else 1 if match.group(1)[0] == "=" else 2


def _opened(line: str) -> int:
    fence = _FENCE.match(line)
    if fence and not (fence.group(1)[0] == "`" and "`" in fence.group(2)):
        return FENCE + 2 * min(len(fence.group(1)), 100) + (fence.group(1)[0] == "~")
    if line.rfind("<!--") > line.rfind("-->"):
        return COMMENT
    if line.lstrip().startswith("$$") and line.count("$$") == 1:
        return MATH
    if line.lstrip().startswith("%%") and line.count("%%") == 1:
        return HIDDEN
    return NORMAL


def _closes(line: str, state: int) -> bool:
    fence = _FENCE.match(line)
    if fence is None or fence.group(2).strip():
        return False
    length, tilde = divmod(state - FENCE, 2)
    return fence.group(1)[0] == "`~"[tilde] and len(fence.group(1)) >= length


def _normal(line: str, after: str) -> list[Piece]:
    heading = _HEADING.match(line)
    if heading:
        level = len(heading.group(1))
        start = Ink.HEADING + level - 1
        return [(0, len(line), start), (heading.start(1), heading.end(1), Ink.MARKUP), *_inline(line, heading.end())]
    opened = _opened(line) if "`" in line or "~" in line or "$$" in line or "%%" in line else NORMAL
    if opened >= FENCE:
        return [(0, len(line), Ink.CODE), (0, len(line), Ink.MARKUP)]
    if opened in (MATH, HIDDEN):
        return [(0, len(line), _OPEN[opened][1])]
    if _is_rule(line):
        return [(0, len(line), Ink.MARKUP)]
    level = is_underline(after) if after and line.strip() else 0
    found: list[Piece] = []
    marker = _MARKER.match(line)
    start = marker.end() if marker else 0
    if marker and marker.group(1):
        found += [(0, len(line), Ink.QUOTE), (0, marker.end(1), Ink.MARKUP)]
        callout = _CALLOUT.match(line, marker.end(1))
        if callout:
            found.append((callout.start(1), callout.end(1), Ink.CALLOUT))
            found.append((callout.end(1), len(line), Ink.BOLD))
            start = callout.end(1)
    if marker and marker.group(2):
        found.append((marker.start(2), marker.end(2), Ink.BULLET))
        if marker.group(3):
            done = marker.group(3).rstrip("]")[-1] != " "
            found.append((marker.start(3), marker.end(3), Ink.TASK))
            if done:
                found.append((marker.end(3), len(line), Ink.DONE))
    elif level and not (marker and marker.group(1)):
        found.append((0, len(line), Ink.HEADING + level - 1))
    note = _FOOTNOTE.match(line)
    if note:
        found.append((note.start(1), note.end(1), Ink.LINK))
        start = max(start, note.end(1))
    found += _inline(line, start)
    if line.rfind("<!--") > line.rfind("-->"):
        found.append((line.rfind("<!--"), len(line), Ink.COMMENT))
    return found


def _is_rule(line: str) -> bool:
    stripped = line[:400].strip()
    if len(stripped) < 3 or stripped[0] not in "-*_=" or len(line) > 400:
        return False
    return not stripped.replace(" ", "").strip(stripped[0])


def _inline(line: str, start: int) -> list[Piece]:
    """Return the pieces of running text from `start`."""
    if _HINT.search(line, start) is None:
        return []
    found: list[Piece] = []
    table = line.count("|") > 1 and line.lstrip(" >")[:1] == "|"
    if table:
        found.append((0, len(line), Ink.TABLE))
        if not line.strip("|-: >"):
            found.append((0, len(line), Ink.MARKUP))
    _scan(line, start, min(len(line), LONGEST_INLINE), table, 0, found)
    return found


def _scan(line: str, start: int, end: int, table: bool, depth: int, found: list[Piece]) -> None:
    for match in _INLINE.finditer(line, start, end):
        kind = match.lastgroup or ""
        if match.group("code"):
            kind = "code"
        elif match.group("link"):
            kind = "link"
        first, last = match.span()
        if kind in _WIDTHS:
            width = 2 if match.group().startswith("__") else _WIDTHS[kind]
            found += [(first, last, _INKS[kind]), (first, first + width, Ink.MARKUP), (last - width, last, Ink.MARKUP)]
            if depth < 3:
                _scan(line, first + width, last - width, False, depth + 1, found)
        elif kind == "code":
            width = len(match.group("ticks"))
            found += [(first, last, Ink.CODE), (first, first + width, Ink.MARKUP), (last - width, last, Ink.MARKUP)]
        elif kind == "wiki":
            inner = first + (3 if line[first] == "!" else 2)
            bar = line.find("|", inner, last - 2)
            found += [(first, inner, Ink.MARKUP), (inner, last - 2, Ink.LINK), (last - 2, last, Ink.MARKUP)]
            if bar >= 0:
                found.append((inner, bar + 1, Ink.ADDRESS))
        elif kind == "link":
            label, label_end = match.span("label")
            found += [(first, label, Ink.MARKUP), (label, label_end, Ink.LINK), (label_end, last, Ink.ADDRESS)]
        elif kind == "bar":
            if table:
                found.append((first, last, Ink.MARKUP))
        else:
            found.append((first, first + 1 if kind == "escape" else last, _SIMPLE[kind]))


_OPEN = {COMMENT: ("-->", Ink.COMMENT), MATH: ("$$", Ink.MATH), HIDDEN: ("%%", Ink.COMMENT)}  # what closes a state
_SIMPLE = {
    "escape": Ink.MARKUP,
    "math": Ink.MATH,
    "comment": Ink.COMMENT,
    "hidden": Ink.COMMENT,
    "note": Ink.LINK,
    "url": Ink.LINK,
    "html": Ink.MARKUP,
    "tag": Ink.TAG,
}
