"""Where a long page is cut into sheets; numbers only.

A *span* is a stretch of the page, from top to bottom in pixels, through which no cut goes: a line, a row of a table, a
heading with the lines below it. *Firm* spans are never cut while they fit a sheet; the others give way where keeping
them whole would leave a sheet half empty. A *head* is the first row of a table, which every sheet of it begins with.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

LEAST_FILLED = 0.6  # of a sheet
MOST_HEAD = 0.25  # of a sheet: a taller first row is not repeated
_NEAR = 0.05  # pixels


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the page."""

    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Head:
    """A table's first row, and where the table ends."""

    row: Span
    end: float


def cut(
    end: float, height: float, firm: Sequence[Span], soft: Sequence[Span] = (), heads: Sequence[Head] = ()
) -> list[tuple[Span, ...]]:
    """Return the sheets of a page that ends at `end`, each as the strips that stand on it one below the other."""
    choices = [_merged([*firm, *soft]), _merged(firm)]
    sheets: list[tuple[Span, ...]] = []
    start = 0.0
    while start < end - _NEAR:
        head = next((h.row for h in heads if h.row.bottom <= start + _NEAR and start < h.end - _NEAR), None)
        if head is not None and head.bottom - head.top > MOST_HEAD * height:
            head = None
        room = height - (head.bottom - head.top if head else 0)
        stop, following = _next_cut(start, end, room, choices)
        strip = Span(start, stop)
        sheets.append((head, strip) if head else (strip,))
        start = following
    return sheets


def _next_cut(start: float, end: float, room: float, choices: Sequence[Sequence[Span]]) -> tuple[float, float]:
    """Return where this sheet's strip stops and where the next one starts."""
    limit = start + room
    if end <= limit + _NEAR:
        return end, end
    for spans, filled in zip(choices, (LEAST_FILLED, 0.0), strict=True):
        index = bisect_right(spans, limit + _NEAR, key=lambda span: span.bottom) - 1
        if index >= 0 and spans[index].bottom > start + max(_NEAR, filled * room):
            following = spans[index + 1].top if index + 1 < len(spans) else end
            return spans[index].bottom, max(following, spans[index].bottom)
    return limit, limit  # something taller than a sheet


def _merged(spans: Sequence[Span]) -> list[Span]:
    """Return the spans with those that overlap made one, in order."""
    merged: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.top, span.bottom)):
        if merged and span.top < merged[-1].bottom - _NEAR:
            if span.bottom > merged[-1].bottom:
                merged[-1] = Span(merged[-1].top, span.bottom)
        else:
            merged.append(span)
    return merged
