"""What may stand after `#` and inside `[[...]]` besides the notes: tags, stored files, headings, blocks.

Whole lists are read when they are first needed and kept while nothing changes; one that takes long to read is kept a
while longer. They are matched in the ways of title_match, the closest first.
"""

import re
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from desktop.core.records import Section
from desktop.core.search.title_match import (
    STRICT,
    Closeness,
    Marks,
    Sought,
    fit,
    line_of,
    marks_in,
    sought_in_other_layout,
    test_of,
)
from desktop.core.store.database import Database

KEPT_AT_LEAST = 50  # times as long as reading a list took
MOST_READ = 50_000  # tags, or files
MOST_TESTED = 5_000  # names that are looked at for slips of the finger
_BLOCK = re.compile(r"(?:^|[ \t])\^([A-Za-z0-9-]{1,60})[ \t]*$", re.MULTILINE)
_LONGEST_LINE = 160
MOST_CHARACTERS = 2_000_000  # of a text that is searched for blocks


@dataclass(frozen=True, slots=True)
class Target:
    """Something that may be linked or named."""

    name: str
    detail: str = ""
    marks: Marks = ()  # (start, end) within the name of what matched


class LinkTargets:
    """What a library and its texts hold; to be asked from any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._kept: dict[str, tuple[str, float, tuple[tuple[str, Target], ...]]] = {}

    def tags(self, typed: str, limit: int) -> list[Target]:
        """Return tags for what was typed, each with the number of its notes; the most used first."""
        rows = self._rows(
            "SELECT tag, count(*) AS number FROM tag"
            " WHERE note_id NOT IN (SELECT id FROM note WHERE trashed_at IS NOT NULL)"
            f" GROUP BY tag_key ORDER BY number DESC, tag_key LIMIT {MOST_READ}"
        )
        return best(rows, typed, limit)

    def files(self, typed: str, limit: int) -> list[Target]:
        """Return stored files for what was typed, the newest first."""
        return best(self._rows(
            "SELECT name, '' FROM attachment WHERE path_key != source_url GROUP BY name_key"
            f" ORDER BY max(id) DESC LIMIT {MOST_READ}"
        ), typed, limit)  # fmt: skip

    def headings(self, sections: Iterable[Section], typed: str, limit: int) -> list[Target]:
        """Return the headings for what was typed, in reading order where they match alike."""
        rows = [(line_of(section.title), Target(section.title, "#" * section.level)) for section in sections]
        return best(rows, typed, limit)

    def blocks(self, text: str, typed: str, limit: int) -> list[Target]:
        """Return the blocks of a text that have an id, with the beginning of their line."""
        found = []
        for match in _BLOCK.finditer(text, 0, MOST_CHARACTERS):
            start = max(text.rfind("\n", 0, match.start() + 1) + 1, match.start() - _LONGEST_LINE)
            line = " ".join(text[start : match.start()].split())
            found.append((f"{line_of(match[1])} {line_of(line)}", Target(match[1], line)))
        return best(found, typed, limit)

    def _rows(self, statement: str) -> Sequence[tuple[str, Target]]:
        commits = self._database.meta("commits")
        with self._lock:
            kept = self._kept.get(statement)
            if kept is not None and (kept[0] == commits or time.monotonic() < kept[1]):
                return kept[2]
            began = time.monotonic()
            rows = self._database.read().execute(statement).fetchall()
            read = tuple((line_of(name), Target(name, str(detail))) for name, detail in rows)
            until = time.monotonic() + KEPT_AT_LEAST * (time.monotonic() - began)
            self._kept[statement] = (commits, until, read)
            return read


def best(rows: Sequence[tuple[str, Target]], typed: str, limit: int) -> list[Target]:
    """Return those of the targets, given with their lines, that match what was typed, the closest first."""
    sought = Sought(line_of(typed))
    if not sought.line:
        return [] if typed.strip(" #/-_") else [target for _line, target in rows[:limit]]
    swapped = sought_in_other_layout(typed)
    ways: list[tuple[Sought, Sequence[tuple[str, Target]], Callable[[str, Sought], object | None]]] = [
        (sought, rows, fit),
        (swapped, rows, fit),
        (sought, rows[:MOST_TESTED], test_of(Closeness.TYPO)),
    ]
    for asked, among, test in ways:
        found = []
        for place, (line, target) in enumerate(among) if asked.line else ():
            rank = test(line, asked)
            if rank is not None:
                found.append((rank, place, target))
        if found:
            found.sort(key=lambda row: row[:2])
            return [_marked(target, asked, rank) for rank, _place, target in found[:limit]]
    return []


def _marked(target: Target, sought: Sought, rank: object) -> Target:
    how = rank[0] if isinstance(rank, tuple) else STRICT[0]
    return Target(target.name, target.detail, marks_in(target.name, sought, how))
