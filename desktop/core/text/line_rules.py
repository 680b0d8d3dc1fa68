"""How one line begins a block: the patterns and small tests by which the normaliser knows it, and what it makes.

A *chunk* is one block in canonical Markdown. What is no Markdown any more is *stashed*, and a token of noncharacters
stands for it.
"""

import re
from dataclasses import dataclass, field

MAX_DEPTH = 12  # lists and quotes in each other; deeper ones are text
MAX_COLUMNS = 64
MAX_CELLS = 1_200  # QTextDocument takes about a millisecond a cell; a larger table is shown as written
LOOK_AHEAD = 400  # lines searched for the end of something that may have none
NO_END = 1 << 60  # more lines than any text has
TOKEN_START, TOKEN_END = "\ufdd0", "\ufdd1"

Line = tuple[int, str]

FENCE = re.compile(r" *(`{3,}|~{3,})(.*)")
HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*))?$")
UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*$")
MARKER = re.compile(r"( *)([-+*]|\d{1,9}[.)])(?: +|$)")
QUOTE = re.compile(r" {0,3}>[ ]?(.*)")
HTML = re.compile(r" {0,3}</?([a-zA-Z][a-zA-Z0-9]*)(?=[\s/>]|$)")
CALLOUT = re.compile(r"\s*\[!([\w-]{1,40})\][+-]?[ \t]*(.*)")
REFERENCE = re.compile(r" {0,3}\[([^\]\[^][^\]\[]{0,300})\]:[ \t]*(\S+)[ \t]*(.*)$")
FOOTNOTE = re.compile(r" {0,3}\[\^([^\]\s\[]{1,100})\]:[ \t]*(.*)$")
TASK = re.compile(r"\[([ xX])\][ \t]+(?=\S)")
BLOCK_ID = re.compile(r"(?:^|[ \t])\^[A-Za-z0-9-]{1,64}[ \t]*$")
TABLE_CHARACTERS = frozenset("|:- \t")
HTML_BLOCKS = frozenset(
    "address article aside blockquote body caption center col colgroup dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend li link main "
    "menu nav noframes ol optgroup option p pre script search section style summary svg table tbody td template "
    "textarea tfoot th thead title tr track ul video audio canvas object embed math".split()
)
CLOSED_BY_TAG = frozenset(("table", "pre", "script", "style", "textarea", "svg", "iframe", "template", "object"))


@dataclass(frozen=True, slots=True)
class Stashed:
    """What a token stands for."""

    kind: str  # "code", "math", "callout", "footnote"
    text: str
    info: str = ""  # a code's language, a callout's kind


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


def closes_fence(text: str, opening: str) -> bool:
    """Tell whether a line ends the fence that `opening` began."""
    bare = text.strip()
    return len(bare) >= len(opening) and bare == opening[0] * len(bare)


def opens_list(text: str, in_paragraph: bool) -> re.Match[str] | None:
    """Match a list item; inside a paragraph only a bullet with words, or number 1, starts a list."""
    found = MARKER.match(text)
    if found is None:
        return None
    if in_paragraph and (not text[found.end() :].strip() or (found[2][0].isdigit() and found[2][:-1] != "1")):
        return None
    return found


def guard(text: str) -> str:
    """Escape what Python-Markdown would take for a block's start in the middle of a paragraph."""
    if not text:
        return text
    first = text[0]
    if first in "#>" or (first in "=-" and UNDERLINE.match(text)):
        return "\\" + text
    if first in "-+*" and text[1:2] in (" ", ""):
        return "\\" + text
    if first.isdigit():
        found = MARKER.match(text)
        if found is not None:
            return text[: found.end(2) - 1] + "\\" + text[found.end(2) - 1 :]
    return text


def heading_title(text: str) -> str:
    """Keep the last mark of a title like "C#", which Python-Markdown would take for a closing one."""
    return text[:-1] + "\\#" if text.endswith("#") and not text.endswith("\\#") else text
