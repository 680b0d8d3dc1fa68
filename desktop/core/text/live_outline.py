"""The sections of a text that is being written: only the lines around a change are read again.

A *resting place* is the start of a line after a blank one, with no list open above: whoever begins to read there
finds the same headings as one who came from the top. Reading begins at the last such place before the change and ends
at the first one behind it that the text before had too. A mark that is never closed reaches to the end of the text;
while there is one, every change is read from the top.
"""

from bisect import bisect_left, bisect_right

from desktop.core.records import Section
from desktop.core.text.frontmatter import read_front_matter
from desktop.core.text.masks import Heading, Masks, read_from
from desktop.core.text.outline import sections_of
from desktop.core.text.span import changed_span


class LiveOutline:
    """Reads one text after another, each of which may be an edit of the one before."""

    def __init__(self) -> None:
        self._text = ""
        self._start = -1  # of the body; -1 when nothing can be built upon
        self._headings: list[Heading] = []
        self._resting: list[int] = []
        self._sections: tuple[Section, ...] = ()

    def read(self, text: str) -> tuple[Section, ...]:
        """Return the sections of a text, as `scan_sections` does."""
        if text == self._text and self._start >= 0:
            return self._sections
        start = read_front_matter(text).end
        plain = "\r" not in text and not text.startswith("\ufeff")
        span = changed_span(self._text, text)
        if plain and start == self._start and span[0] >= start:
            self._read_span(text, span)
        else:
            self._read_all(text, start)
        self._text = text
        if not plain:
            self._start = -1
        return self._sections

    def _read_all(self, text: str, start: int) -> None:
        found = read_from(text, start)
        self._keep(text, start, found.masks.headings, found.resting, found.endless)
        self._sections = sections_of(found.masks)

    def _read_span(self, text: str, span: tuple[int, int, int]) -> None:
        changed, old_end, new_end = span
        moved = new_end - old_end
        resting, headings = self._resting, self._headings
        first = bisect_right(resting, changed) - 1
        begin = resting[first] if first >= 0 else self._start

        def is_known(place: int) -> bool:
            index = bisect_left(resting, place - moved)
            return place >= new_end and index < len(resting) and resting[index] == place - moved

        found = read_from(text, begin, is_known)
        head = bisect_left(headings, begin, key=_start)
        tail, rest = len(headings), len(resting)
        if found.stopped >= 0:
            tail = bisect_left(headings, found.stopped - moved, key=_start)
            rest = bisect_left(resting, found.stopped - moved)
        behind = headings[tail:] if not moved else [
            Heading(h.level, h.start + moved, h.content_start + moved, h.content_end + moved) for h in headings[tail:]
        ]  # fmt: skip
        places = resting[rest:] if not moved else [place + moved for place in resting[rest:]]
        self._keep(
            text, self._start, [*headings[:head], *found.masks.headings, *behind],
            [*resting[: max(0, first)], *found.resting, *places], found.endless,
        )  # fmt: skip
        self._sections = sections_of(Masks(text, self._start, headings=self._headings))

    def _keep(self, text: str, start: int, headings: list[Heading], resting: list[int], endless: bool) -> None:
        self._start = -1 if endless else start
        self._headings, self._resting = headings, resting


def _start(heading: Heading) -> int:
    return heading.start
