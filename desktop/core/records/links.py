"""Links with the words around them."""

from dataclasses import dataclass

from desktop.core.records.notes import Link, NoteHead


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


@dataclass(frozen=True, slots=True)
class ResolvedLink:
    """An outgoing link with the note it leads to; None where no note goes by its target."""

    link: Link
    target: NoteHead | None
