"""What a query asks of the library itself, because no segment of the index can know it: it changes with other notes."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop.core.records import NoteId
from desktop.core.search.analyzer import word_stem
from desktop.core.search.query import Word
from desktop.core.store.database import Database
from desktop.core.store.notes import FoundNote, Notes
from desktop.core.store.opened_hits import OpenedHits

_REMEMBERED = 2_000  # notes
_OFTEN = 15  # times a result was opened for a word: more makes no difference


@dataclass(frozen=True, slots=True)
class _Found:
    """What was read after so many commits; `notes` are None where they are gone, `above` are parents."""

    commits: str
    notes: dict[NoteId, FoundNote | None]
    above: dict[NoteId, tuple[str, NoteId | None]]


class StoreFacts:
    """Answers from the store; what was read is kept until the next commit."""

    def __init__(self, database: Database, notes: Notes, opened_hits: OpenedHits) -> None:
        self._database = database
        self._notes = notes
        self._opened_hits = opened_hits
        self._linked: tuple[str, frozenset[NoteId]] = ("", frozenset())
        self._found = _Found("", {}, {})

    def found(self, note_ids: Sequence[NoteId]) -> dict[NoteId, FoundNote]:
        """Return what a list of results shows of the living among these notes."""
        commits = self._database.meta("commits")
        kept = self._found
        if kept.commits != commits or len(kept.notes) >= _REMEMBERED:
            kept = _Found(commits, {}, {})
        missing = [note_id for note_id in note_ids if note_id not in kept.notes]
        if missing:
            # New dictionaries, for another thread may be reading the old ones.
            above = dict(kept.above)
            read = self._notes.found(missing, above)
            notes = {**kept.notes, **{note_id: read.get(note_id) for note_id in missing}}
            self._found = kept = _Found(commits, notes, above)
        return {note_id: note for note_id in note_ids if (note := kept.notes.get(note_id)) is not None}

    def folders(self, name: str) -> Sequence[int]:
        """Return the notes that go by a name, else those whose title begins so."""
        return self._notes.named(name)

    def linked(self) -> frozenset[int]:
        """Return the notes that another note links to."""
        commits = self._database.meta("commits")
        if self._linked[0] != commits:
            self._linked = (commits, self._notes.linked())
        return frozenset(self._linked[1])

    def opened(self, words: Sequence[Word]) -> Mapping[int, float]:
        """Return how much (0 to 1) notes were opened from results for these words."""
        if not words:
            return {}
        shares = {
            note_id: sum(math.log2(1 + min(times, _OFTEN)) / math.log2(1 + _OFTEN) for times in found.values())
            for note_id, found in self._opened_hits.times(word_stem(word.text) for word in words).items()
        }
        return {note_id: min(1.0, share / len(words)) for note_id, share in shares.items()}
