"""Moving words from one note to another."""

from dataclasses import dataclass

from desktop.core.records.notes import NoteHead, NoteId


@dataclass(frozen=True, slots=True)
class Extraction:
    """A part of a note's `text` that is to become a note of its own, and what is to stand in its place."""

    note_id: NoteId
    text: str  # the whole text that the offsets are of: nothing is done when another one is stored
    start: int
    end: int
    title: str
    parent_id: NoteId | None
    embed: bool = False  # show the new note in the old one's place, instead of a link to it


@dataclass(frozen=True, slots=True)
class MergePlan:
    """What merging a note into another would do."""

    note: NoteHead
    into: NoteHead
    links: int  # that lead to the note, and would lead to the other one
    sources: int  # notes they stand in
    children: int  # that would move below the other one
