"""The blocks of a text that is being written: only those around a change are read again.

A *record* is what one turn of the scanner made: a block (a long list: several), with the blank lines and definitions
before it. It says how many lines it **covers** and how many it **looked at**. A change of a line concerns every record
that looked at it; reading begins at the first of these, and ends where it comes, behind the change, to a line at which
a record of the text before began. Between two records the scanner remembers nothing but its line.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from desktop.core.markup.containers import Scanner
from desktop.core.markup.line_rules import Definitions, Line
from desktop.core.markup.normalise import NormalBlock, Normalised, blocks_of, prepared_lines
from desktop.core.text.span import changed_span

_AHEAD = 1_000  # lines behind a change that are handed to the scanner at first


@dataclass(slots=True)
class Record:
    """One turn of the scanner; the lines of its blocks are those of the text it was made from."""

    blocks: list[NormalBlock]
    covers: int
    looked_at: int
    definitions: Definitions
    made_at: int  # the line of the source where it began then
    finished: object = None  # what the blocks were turned into, for whoever does that


def _go_on() -> None:
    """Do nothing between two steps."""


class LivePage:
    """Reads one text after another, each of which may be an edit of the one before."""

    def __init__(self) -> None:
        self._records: list[Record] = []
        self._text = ""
        self._start = -1  # of the body; -1 when nothing can be built upon
        self._skipped = 0  # lines before the body
        self._lines: list[str] = []
        self._step: Callable[[], None] = _go_on

    def read(self, text: str, start: int, step: Callable[[], None] = _go_on) -> None:
        """Bring the records up to a text with its body at an offset, as `normalise` reads it.

        `step` is called again and again, and may raise to stop.
        """
        plain = "\r" not in text
        span = changed_span(self._text, text)
        known, self._start, self._step = self._start, -1, step
        if plain and start == known and span[0] >= start:
            if text != self._text:
                self._read_span(text, span, start)
        else:
            self._skipped = text.count("\n", 0, start)
            self._lines = prepared_lines(text, start)
            self._records, _ = self._scan(0, len(self._lines), {})
        self._text = text
        self._start = start if plain else -1

    def page(self) -> Normalised:
        """Return the blocks, and what they share; the lines of blocks are those of `placed`, less the shift."""
        shared = Definitions()
        blocks: list[NormalBlock] = []
        for record, shift in self.placed():
            blocks.extend(record.blocks)
            for label, reference in record.definitions.references.items():
                shared.references.setdefault(label, reference)
            for name, lines in record.definitions.footnotes.items():
                shared.footnotes.setdefault(name, [(number + shift, line) for number, line in lines])
        return Normalised(tuple(blocks), shared.references, shared.footnotes)

    def defines(self) -> bool:
        """Tell whether there is any footnote or reference."""
        return any(record.definitions.references or record.definitions.footnotes for record in self._records)

    def placed(self) -> Iterator[tuple[Record, int]]:
        """Yield the records with what to add to their blocks' lines."""
        line = self._skipped
        for record in self._records:
            yield record, line - record.made_at
            line += record.covers

    def _read_span(self, text: str, span: tuple[int, int, int], start: int) -> None:
        changed, old_end, new_end = span
        first = text.count("\n", start, changed)
        old_last = first + self._text.count("\n", changed, old_end)
        new_last = first + text.count("\n", changed, new_end)
        line_start = max(start, text.rfind("\n", 0, changed) + 1)
        line_end = text.find("\n", new_end)
        changed_lines = text[line_start : line_end if line_end >= 0 else len(text)]
        self._lines[first : old_last + 1] = prepared_lines(changed_lines)
        begin, head, known = self._place(first, new_last, new_last - old_last)
        window = min(len(self._lines), new_last + _AHEAD)
        found, joined = self._scan(begin, window, known)
        if joined is None:
            found, joined = self._scan(begin, len(self._lines), known)
        self._records[head:joined] = found

    def _place(self, first: int, new_last: int, moved: int) -> tuple[int, int, dict[int, int]]:
        """Return the line to begin at, its record, and the records behind the change by the line they begin at now."""
        line = begin = 0
        head = -1
        known: dict[int, int] = {}
        for index, record in enumerate(self._records):
            if head < 0 and line + record.looked_at > first:
                head, begin = index, line
            if line + moved > new_last:
                known[line + moved] = index
            line += record.covers
        return begin, max(0, head), known

    def _scan(self, begin: int, end: int, known: Mapping[int, int]) -> tuple[list[Record], int | None]:
        """Read lines; return the records and the index of the known one at which reading ended.

        None when more lines are needed than those before `end`.
        """
        lines: list[Line] = list(enumerate(self._lines[begin:end], begin + self._skipped))
        scanner = Scanner(lines, Definitions())
        records: list[Record] = []
        while (at := scanner.at) < len(lines):
            if begin + at in known:
                return records, known[begin + at]
            self._step()
            scanner.looked_at = at
            definitions = Definitions()
            scanner.definitions = definitions
            chunk = scanner.next()
            if scanner.looked_at >= len(lines) and end < len(self._lines):
                return [], None
            blocks = blocks_of(chunk, definitions.stash) if chunk is not None else []
            made_at = begin + self._skipped + at
            records.append(Record(blocks, scanner.at - at, scanner.looked_at - at, definitions, made_at))
        return records, len(self._records)
