"""Links with the words around them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from desktop.core.records.notes import Changes, Link, NoteHead, NoteId


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of plain text with the places to mark in it."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()  # (start, end) within `text`, ascending


@dataclass(frozen=True, slots=True)
class Backlink:
    """A place in another note that links to, or names, this one."""

    source: NoteHead
    link: Link
    context: Snippet  # the sentence around it, the link's label marked
    heading: str  # of the section it stands in, or ""
    property: str = ""  # of the front matter that holds it, where it does not stand in the text


class LinkingNote(NamedTuple):
    """A note that links to another, or names it, and how often; a tuple, for there are thousands of them."""

    id: NoteId
    places: int


@dataclass(frozen=True, slots=True)
class LinkedMentions:
    """What became of mentions that were to be links."""

    changes: Changes
    linked: int
    skipped: int  # places that are others by now, or where no link can stand


class ResolvedBy(StrEnum):
    """By what a link found its note."""

    NAME = "name"
    TITLE = "title"
    ALIAS = "alias"
    LOOSE = "loose"  # by a name, title or alias in which ё stands for е, or the other way round


@dataclass(frozen=True, slots=True)
class ResolvedLink:
    """An outgoing link with the note it leads to; None where no note goes by its target."""

    link: Link
    target: NoteHead | None
    how: ResolvedBy = ResolvedBy.NAME
    others: int = 0  # notes that the target names as well as the one it leads to


@dataclass(frozen=True, slots=True)
class LinkChange:
    """A link that a rename or a move would rewrite: what stands there now, and what would."""

    note_id: NoteId
    title: str  # of the note that holds the link
    start: int  # of the whole link
    before: str
    after: str
