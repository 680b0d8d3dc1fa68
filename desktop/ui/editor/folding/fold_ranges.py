"""What can be folded in a text: a heading with its section, a long fence, front matter. Pure, in linear time.

A **range** is (head, last): the line that stays and the last line that goes, from 0. Blank lines at its end stay, so
that folded headings keep their distance.
"""

import re
from collections.abc import Iterable, Iterator

from desktop.ui.editor import markup

LEAST_CODE = 8  # lines of a fence that is worth folding
_HEADING = re.compile(r" {0,3}(#{1,6})(?=[ \t]|$)")
_NO_PARAGRAPH = re.compile(r"[ \t]*(?:>|[-*+][ \t]|\d{1,9}[.)][ \t])")


def heading_level(line: str, below: str) -> int:
    """Return the level of the heading that a line is, 0 for none; `below` is the line after it."""
    match = _HEADING.match(line)
    if match:
        return len(match.group(1))
    level = markup.is_underline(below) if below and line.strip() else 0
    return 0 if level and _NO_PARAGRAPH.match(line) else level


def opens_fence(line: str) -> bool:
    """Say whether a line of running text opens a fence."""
    return ("`" in line or "~" in line) and markup.next_state(line, markup.NORMAL) >= markup.FENCE


def is_long(lines: Iterable[str]) -> bool:
    """Say whether the fence that the first of some lines opens goes on for so long that it is worth folding."""
    state, count = markup.NORMAL, 0
    for count, line in enumerate(lines):
        state = markup.next_state(line, state)
        if state == markup.NORMAL:
            return count >= LEAST_CODE
    return count >= LEAST_CODE


def ranges(lines: Iterable[str], *, front: bool) -> Iterator[tuple[int, int]]:
    """Tell what can be folded, each range when its end is reached; `front`: the first line opens front matter."""
    headings: list[tuple[int, int]] = []  # (level, line) of the sections that are open
    state, opened, last_full = markup.NORMAL, 0, 0
    for number, (line, below) in enumerate(_with_below(lines)):
        if front and not number and line.rstrip() == "---":
            state = markup.FRONT
            continue
        if state == markup.NORMAL:
            level = heading_level(line, below)
            if level:
                yield from _closed(headings, level, last_full)
                headings.append((level, number))
            else:
                state = markup.next_state(line, state)
                opened = number
        else:
            ended, state = state, markup.next_state(line, state)
            if state == markup.NORMAL and ended == markup.FRONT:
                yield 0, number
            elif state == markup.NORMAL and ended >= markup.FENCE and number - opened >= LEAST_CODE:
                yield opened, number
        if line and not line.isspace():
            last_full = number
    yield from _closed(headings, 0, last_full)


def _closed(headings: list[tuple[int, int]], level: int, last: int) -> Iterator[tuple[int, int]]:
    while headings and headings[-1][0] >= level:
        _level, head = headings.pop()
        if last > head:
            yield head, last


def _with_below(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    before: str | None = None
    for line in lines:
        if before is not None:
            yield before, line
        before = line
    if before is not None:
        yield before, ""
