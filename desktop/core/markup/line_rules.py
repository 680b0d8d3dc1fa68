"""How one line begins a block: the patterns and small tests by which the normaliser knows it, and what it makes.

A *chunk* is one block in canonical Markdown. What is no Markdown any more is *stashed*, and a token of noncharacters
stands for it.
"""

import re
from dataclasses import dataclass, field

from desktop.core.text.blocks import is_block_id

MAX_DEPTH = 12  # lists and quotes in each other; deeper ones are text
MAX_COLUMNS = 64
LIST_AT_ONCE = 1_000  # items: a longer list is read as several, each of which an edit may concern alone
MAX_CELLS = 1_200  # QTextDocument takes about a millisecond a cell; a larger table is shown as written
LOOK_AHEAD = 400  # lines searched for the end of something that may have none
NO_END = 1 << 60  # more lines than any text has
HTML_AHEAD = 800  # lines within which an HTML tag must be closed for Markdown to stand inside it
MAX_DEFINITION = 12  # lines of a link definition
TOKEN_START, TOKEN_END = "\ufdd0", "\ufdd1"
GUARD = "\ufdd2"  # begins a line that begins no block
TIGHT = "\ufdd3"  # begins a paragraph of a list without blank lines
EMPTY = "\ufdd4"  # a paragraph that is none: it keeps blocks apart

Line = tuple[int, str]

FENCE = re.compile(r" *(`{3,}|~{3,})(.*)")
HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*))?$")
UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*$")
MARKER = re.compile(r"( *)([-+*]|\d{1,9}[.)])(?: +|$)")
QUOTE = re.compile(r" {0,3}>[ ]?(.*)")
HTML = re.compile(r" {0,3}</?([a-zA-Z][a-zA-Z0-9]*)(?=[\s/>]|$)")
CALLOUT = re.compile(r"\s*\[!([\w-]{1,40})\]([+-]?)[ \t]*(.*)")
FOOTNOTE = re.compile(r" {0,3}\[\^([^\]\s\[]{1,100})\]:[ \t]*(.*)$")
MEANING = re.compile(r" {0,3}:(?: {1,4})(?=\S)")  # a definition list's
TASK = re.compile(r"\[([ xX])\][ \t]+(?=\S)")
_BLOCK_ID = re.compile(r"(?:^|[ \t])\^([A-Za-z0-9-]{1,64})[ \t]*$")
_BEGINNINGS = frozenset("#>-+*=_0123456789:|")
TABLE_CHARACTERS = frozenset("|:- \t")
HTML_AROUND = frozenset(
    "address article aside blockquote center del details dialog dir div dl fieldset figure footer form header ins main "
    "menu nav ol section ul".split()
)  # Markdown may stand inside these


@dataclass(frozen=True, slots=True)
class Stashed:
    """What a token stands for."""

    kind: str  # "code", "math", "callout", "footnote", "task", "html"
    text: str
    info: str = ""  # a code's language, a callout's kind and fold mark, a task's line within its block


@dataclass(frozen=True, slots=True)
class Chunk:
    """One block in canonical Markdown, with the source lines it covers."""

    kind: str
    lines: list[Line]
    first: int
    last: int


@dataclass(slots=True)
class Definitions:
    """What one block says and others use; the stash belongs to the block that is being read."""

    references: dict[str, tuple[str, str]] = field(default_factory=dict)
    footnotes: dict[str, list[Line]] = field(default_factory=dict)
    stash: list[Stashed] = field(default_factory=list)

    def keep(self, stashed: Stashed) -> str:
        """Put something aside and return the token for it."""
        self.stash.append(stashed)
        return f"{TOKEN_START}{len(self.stash) - 1}{TOKEN_END}"


def indent_of(text: str) -> int:
    """Return the number of blanks that a line starts with."""
    return len(text) - len(text.lstrip(" "))


def is_rule(text: str) -> bool:
    """Tell whether a line is a thematic break."""
    packed = text.replace(" ", "").replace("\t", "")
    return len(packed) >= 3 and packed[0] in "-*_" and packed == packed[0] * len(packed) and indent_of(text) < 4


def is_table_rule(text: str) -> bool:
    """Tell whether a line divides a table's head from its rows."""
    return "|" in text and "-" in text and TABLE_CHARACTERS.issuperset(text)


def opens_fence(text: str) -> re.Match[str] | None:
    """Match the first line of fenced code."""
    found = FENCE.match(text)
    return None if found is None or (found[1][0] == "`" and "`" in found[2]) else found


def closes_fence(text: str, opening: str, margin: int = 0) -> bool:
    """Tell whether a line ends the fence that `opening` began, so many blanks deep."""
    bare = text.strip()
    return len(bare) >= len(opening) and bare == opening[0] * len(bare) and indent_of(text) < margin + 4


def opens_list(text: str, in_paragraph: bool) -> re.Match[str] | None:
    """Match a list item; inside a paragraph only a bullet with words, or number 1, starts a list."""
    found = MARKER.match(text)
    if found is None:
        return None
    if in_paragraph and (not text[found.end() :].strip() or (found[2][0].isdigit() and found[2][:-1] != "1")):
        return None
    return found


def guard(text: str) -> str:
    """Mark a line of a paragraph that Python-Markdown would take for a block's start."""
    return GUARD + text if text and (text[0] in _BEGINNINGS or is_rule(text)) else text


def without_block_id(text: str) -> str:
    """Leave out the mark at a line's end by which links find a block; `x ^2` stays."""
    found = _BLOCK_ID.search(text) if "^" in text else None
    return text[: found.start()] if found and is_block_id(found[1]) else text


def heading_title(text: str) -> str:
    """Keep the last mark of a title like "C#", which Python-Markdown would take for a closing one."""
    return text + GUARD if text.endswith(("#", "\\")) else text


def join(chunks: list[Chunk], tight: bool = False) -> list[Line]:
    """Put chunks under each other with the blank lines that Python-Markdown needs."""
    lines: list[Line] = []
    before = ""
    for chunk in chunks:
        if lines:
            lines.append((chunk.first, ""))
            if before == chunk.kind and before in ("list", "quote"):
                lines.extend(((chunk.first, EMPTY), (chunk.first, "")))
        if tight and chunk.kind == "paragraph":
            number, text = chunk.lines[0]
            lines.append((number, TIGHT + text))
            lines.extend(chunk.lines[1:])
        else:
            lines.extend(chunk.lines)
        before = chunk.kind
    return lines
