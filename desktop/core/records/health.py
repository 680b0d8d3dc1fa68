"""What is amiss with the links of a library."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from desktop.core.records.notes import Link, NoteHead


class Fault(StrEnum):
    """What a broken link does not find."""

    NOTE = "note"
    HEADING = "heading"
    BLOCK = "block"
    FILE = "file"


class Likeness(StrEnum):
    """Why something is suggested in the place of a broken target, the surest first."""

    MOVED = "moved"  # the same name in another folder
    FORMER = "former"  # a title that it had before
    MARKS = "marks"  # the same words with other punctuation, or written together
    NUMBER = "number"  # the same words without the number they begin with
    LAYOUT = "layout"  # the same keys in the other layout
    FORMS = "forms"  # other forms of the same words
    TYPO = "typo"  # one letter
    WORDS = "words"  # most of the words


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a broken link may have meant."""

    name: str  # what a person reads: a note's title, a heading, a file's path
    written: str  # the target, or the anchor, to be written in the link
    like: Likeness
    sure: bool  # near enough, and nothing else as near: it may be used without a look
    note: NoteHead | None = None


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """A link that leads nowhere."""

    source: NoteHead
    link: Link
    fault: Fault
    suggestion: Suggestion | None = None
    target: NoteHead | None = None  # the note that lacks the heading or the block
    trashed: NoteHead | None = None  # the note that it meant, where that lies in the trash


@dataclass(frozen=True, slots=True)
class AmbiguousLink:
    """A link whose target several notes go by equally."""

    source: NoteHead
    link: Link
    target: NoteHead  # the one that it leads to
    others: int
    written: str  # the target that says which, "" where none can


@dataclass(frozen=True, slots=True)
class OrphanFile:
    """A stored file that no note shows or links to."""

    name: str
    path: str
    size: int


@dataclass(frozen=True, slots=True)
class DuplicateAddress:
    """An address that stands in several notes, one of them a digest."""

    address: str  # as it is written first
    places: tuple[tuple[NoteHead, Link], ...]


@dataclass(frozen=True, slots=True)
class HealthReport:
    """Everything that is amiss; long lists are cut, `left_out` says by how much."""

    notes: int  # looked at
    links: int
    broken: tuple[BrokenLink, ...] = ()
    ambiguous: tuple[AmbiguousLink, ...] = ()
    orphans: tuple[NoteHead, ...] = ()
    files: tuple[OrphanFile, ...] = ()
    addresses: tuple[DuplicateAddress, ...] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)  # name of the list -> entries that are not in it
