"""A generation of the index: its stamp, its segments with their dead documents, and when some are put together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from desktop.core.search.analyzer import ANALYZER_VERSION
from desktop.core.search.schema import SCHEMA_VERSION, WHOOSH_VERSION
from desktop.core.search.segments import DiskSegment

# Segments are measured in notes of an ordinary length (see `load_of`). One is small with so many, or such a share of
# all, unless it is half a part of a bulk build. Every one costs each search a little, so there
# shall be few; putting them together costs the index process an analysis of their notes: some 17 a commit when notes
# are saved one by one for long, with three small segments in the middle.
SMALL_SEGMENT = 64
SMALL_SHARE = 0.1
HALF_A_PART = 3_000
PARTS = 8  # a large library is built in so many larger parts
ORDINARY_NOTE = 800  # tokens
TINY_SEGMENT = 16  # is always taken in
GROWTH = 2  # a segment is taken in by a commit that brings at least 1 / GROWTH of it anyway
FEW_SMALL = 2  # from here on a commit takes small segments in
MANY_SMALL = 3  # over this all of them are written anew, as one
DEAD_SHARE = 0.2  # of all documents; over this the segments with the most dead ones are written anew
WORN_FROM = 500  # documents; what has fewer never is

Mark = tuple[int, str]  # a file's size and digest


@dataclass(frozen=True, slots=True)
class Stamp:
    """What was committed last."""

    build: str
    generation: int
    segments: tuple[str, ...]
    files: Mapping[str, Mark]  # of everything that belongs to the generation
    library: str
    schema: int = SCHEMA_VERSION
    analyzer: int = ANALYZER_VERSION
    whoosh: str = WHOOSH_VERSION


@dataclass(slots=True)
class Part:
    """A segment in a generation, with its dead documents."""

    name: str
    segment: DiskSegment
    dead: frozenset[int]


class Generation:
    """One committed state of the index, open for reading."""

    def __init__(self, stamp: Stamp, parts: Sequence[Part]) -> None:
        self.stamp = stamp
        self.parts = tuple(parts)

    def versions(self) -> dict[int, int]:
        """Return the version in which each note stands in the index."""
        found: dict[int, int] = {}
        for part in self.parts:
            facts = part.segment.facts
            for number, note_id in enumerate(facts.ids):
                if number not in part.dead:
                    found[note_id] = facts.versions[number]
        return found

    def forget_words(self) -> None:
        """Let go of the lexicons, which only a search needs."""
        for part in self.parts:
            part.segment.facts.lexicons = {}

    def is_worn(self) -> bool:
        """Tell whether segments should be written anew."""
        total = sum(len(part.segment.facts.ids) for part in self.parts)
        dead = sum(len(part.dead) for part in self.parts)
        return len(small_of(self.parts)) > MANY_SMALL or (total > WORN_FROM and dead > DEAD_SHARE * total)


def load_of(part: Part) -> int:
    """Return how much a segment holds: its documents, or what would be as much text in ordinary ones."""
    facts = part.segment.facts
    return max(len(facts.ids), facts.body_total // ORDINARY_NOTE)


def small_of(parts: Iterable[Part]) -> list[Part]:
    """Return the small segments, the smallest first."""
    loads = sorted(((load_of(part), part) for part in parts), key=lambda pair: pair[0])
    documents = sum(len(part.segment.facts.ids) for _load, part in loads)
    share = SMALL_SHARE * sum(load for load, _part in loads)
    most = max(SMALL_SEGMENT, min(share, max(HALF_A_PART, documents / PARTS / 2)))
    return [part for load, part in loads if load <= most]


def living_share(part: Part) -> float:
    """Return how much of a segment is not dead."""
    return 1 - len(part.dead) / max(1, len(part.segment.facts.ids))
