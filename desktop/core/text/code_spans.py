"""Inline code: the pieces of a line or a paragraph between runs of as many ticks."""

import re

_TICKS = re.compile(r"`+")


def code_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the inline code between two offsets, ticks included, in linear time."""
    runs = [(m.start(), m.end()) for m in _TICKS.finditer(text, start, end)]
    later: dict[int, list[int]] = {}
    for index in range(len(runs) - 1, -1, -1):
        later.setdefault(runs[index][1] - runs[index][0], []).append(index)
    spans: list[tuple[int, int]] = []
    index = 0
    while index < len(runs):
        run_start, run_end = runs[index]
        candidates = later[run_end - run_start]
        while candidates and candidates[-1] <= index:
            candidates.pop()
        if candidates and not _escaped(text, run_start, start):
            index = candidates.pop()
            spans.append((run_start, runs[index][1]))
        index += 1
    return spans


def _escaped(text: str, position: int, start: int) -> bool:
    """Tell whether an odd number of backslashes stands before."""
    count = 0
    while position - count > start and text[position - count - 1] == "\\":
        count += 1
    return count % 2 == 1
