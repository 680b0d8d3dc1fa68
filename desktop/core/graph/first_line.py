"""The first words of a note as a reader sees them: what stands under its title where it is pointed at."""

import re
from typing import Final

from desktop.core.text.frontmatter import read_front_matter
from desktop.core.text.plain import plain_text

MOST: Final = 220  # characters
ENOUGH: Final = 40  # a shorter paragraph is joined with the one after it
LINES: Final = 200  # that are looked at

_SKIPPED = re.compile(r"#{1,6}(?:\s|$)|[-*_=~ ]{3,}$|\||<|%%|\[\^?[^\]]{1,100}\]:|!\[|\$\$|\\\[|:::")
_LEADING = re.compile(r"(?:>\s?|[-+*]\s+(?:\[.\]\s+)?|\d{1,9}[.)]\s+)+")
_CALLOUT = re.compile(r"\[![\w-]{1,40}\][-+]?\s*")


def first_line(text: str) -> str:
    """Return the first paragraph in plain words, cut to a line or two; "" where a text has no prose."""
    fence, found = "", ""
    lines = text[read_front_matter(text).end :].splitlines()[:LINES]
    for number, raw in enumerate(lines):
        line = raw.strip()
        if fence:
            fence = "" if line.startswith(fence) else fence
            continue
        if line.startswith(("```", "~~~")):
            fence = line[:3]
            continue
        under = lines[number + 1].strip() if number + 1 < len(lines) else ""
        if line and under and (not under.strip("=") or (len(under) > 2 and not under.strip("-"))):
            continue  # a heading with a line under it
        words = "" if _SKIPPED.match(line) else plain_text(_CALLOUT.sub("", _LEADING.sub("", line[: 4 * MOST]), 1))
        if words:
            found = f"{found} {words}".strip()
        if len(found) >= MOST or (not line and len(found) >= ENOUGH):
            break
    return _cut(found)


def _cut(words: str) -> str:
    if len(words) <= MOST:
        return words
    return words[:MOST].rsplit(" ", 1)[0].rstrip(",;:–—- ") + "…"
