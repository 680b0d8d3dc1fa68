"""Where words or a pattern stand in a text, and what a replacement makes of it. Pure, on any thread.

A pattern is a regular expression by the `regex` package: it stops at a deadline, and lets other threads run while it
looks (Python's own does neither: `(a|aa)+$` would hold the window for ever).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import regex

MOST = 100_000  # matches that are counted
LIMIT_S = 1.0  # for all of one search
LONGEST = 1_000  # characters of a pattern
BAD, SLOW = "bad", "slow"  # problems: the pattern is none; the deadline passed
_REFERENCE = r"\\(?:([1-9]\d?|0)|([nt\\$]))|\$(?:([1-9]\d?|0|&)|\{([^\W\d]\w{0,40}|\d{1,2})\}|(\$))"

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for, and how."""

    words: str = ""
    case: bool = False  # capitals count
    whole: bool = False  # whole words only, of any alphabet
    pattern: bool = False  # `words` is a regular expression


@dataclass(frozen=True, slots=True)
class Found:
    """Where it stands: ascending spans; `problem` says why there may be more or none."""

    spans: tuple[Span, ...] = ()
    problem: str = ""


@lru_cache(maxsize=8)
def compiled(query: Query) -> "regex.Pattern[str]":
    """Return the pattern of a query; regex.error where it is none."""
    import regex  # late: only a search needs it

    words = query.words if query.pattern else regex.escape(query.words)
    if query.pattern and len(words) > LONGEST:
        raise regex.error("too long")
    if query.whole:
        words = rf"(?<!\w)(?:{words})(?!\w)"
    flags = regex.MULTILINE | (0 if query.case else regex.IGNORECASE)
    return regex.compile(words, flags)


def find_spans(text: str, query: Query, within: Span | None = None) -> Found:
    """Return where a query's words stand, as offsets; in the part `within` of the text only."""
    import regex

    if not query.words:
        return Found()
    start, end = within or (0, len(text))
    spans: list[Span] = []
    deadline = monotonic() + LIMIT_S
    try:
        for match in compiled(query).finditer(text, start, end, concurrent=True, timeout=LIMIT_S):
            if match.end() > match.start():  # "a*" stands everywhere, and nowhere
                spans.append(match.span())
            if len(spans) == MOST:
                break
            if monotonic() > deadline:
                return Found(tuple(spans), SLOW)
    except regex.error:
        return Found(problem=BAD)
    except TimeoutError:
        return Found(tuple(spans), SLOW)
    return Found(tuple(spans))


def replacements(
    text: str, query: Query, template: str, within: Span | None = None
) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, new text) of every match; TimeoutError at the deadline."""
    found = find_spans(text, query, within)
    if found.problem:
        raise TimeoutError(found.problem)
    for start, end in found.spans:
        yield start, end, replacement(text, query, template, start, end)


def replacement(text: str, query: Query, template: str, start: int, end: int) -> str:
    """Return what replaces one match: the template, for patterns with $1, ${name}, $& or \\1 filled in."""
    import regex

    if not query.pattern or not ("$" in template or "\\" in template):
        return template
    match = compiled(query).match(text, start, concurrent=True, timeout=LIMIT_S)
    if match is None or match.end() != end:
        return template
    fixed = {"n": "\n", "t": "\t"}

    def fill(reference: "regex.Match[str]") -> str:
        number, escaped, dollar, name, _double = reference.groups()
        if escaped:
            return str(fixed.get(escaped, escaped))
        wanted = number or dollar or name
        if wanted is None:
            return "$"
        key = 0 if wanted == "&" else int(wanted) if wanted.isdigit() else wanted
        try:
            return str(match.group(key) or "")
        except IndexError:
            return str(reference.group())  # no such group: it stays as it was typed

    return str(regex.sub(_REFERENCE, fill, template))
