"""What one query sees: the committed segments, and over them the notes that the index has not got yet.

A note that waits for the index is dead in every committed segment and stands, analysed, in a segment in memory. So
a note is found the moment it is saved, and never in the state it had before.
"""

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from desktop.core.search.analyzer import neighbour_stems, word_stem
from desktop.core.search.bitmaps import bitmap_of, everything, holds
from desktop.core.search.index import Generation
from desktop.core.search.query import Word
from desktop.core.search.schema import BODY, TITLE
from desktop.core.search.segments import MemorySegment, Segment
from desktop.core.search.unfinished import shorter_stems

K1 = 1.2
B = 0.75
MAX_EXPANSIONS = 24
MAX_EXPANSIONS_OF_TWO = 8  # of two letters in a large library: they begin too much for more to say more
LARGE_LIBRARY = 2_000  # notes
MAX_EXPANDED_POSTINGS = 6_000
EXPANDED_WEIGHT = 0.6  # of a term that only begins like the word, against the word's own

Terms = tuple[tuple[str, float], ...]  # index terms with their weight, the word's own first


@dataclass(slots=True)
class Layer:
    """A segment with the documents that are dead in it, as a set (see `bitmaps`)."""

    segment: Segment
    dead: int

    def living(self) -> int:
        """Return all documents that are not dead."""
        return everything(len(self.segment.facts.ids)) & ~self.dead


class View:
    """All layers of the index at one moment; cheap to make, used by one query or a few."""

    def __init__(self, parts: Sequence[tuple[Segment, int]]) -> None:
        facts = [segment.facts for segment, _dead in parts]
        self.size = max(1, sum(len(f.ids) for f in facts))
        self.title_average = max(1.0, sum(f.title_total for f in facts) / self.size)
        self.body_average = max(1.0, sum(f.body_total for f in facts) / self.size)
        self.layers = [Layer(segment, dead) for segment, dead in parts]

    @classmethod
    def over(
        cls, generation: Generation | None, pending: Iterable[int], fresh: Iterable[tuple[MemorySegment, int]]
    ) -> "View":
        """Return a generation with the pending notes masked and their fresh state laid over it."""
        waiting = list(pending)
        parts: list[tuple[Segment, int]] = []
        for part in generation.parts if generation else ():
            dead = _bitmap(part.dead, len(part.segment.facts.ids)) if part.dead else 0
            for note_id in waiting:
                number = part.segment.number_of(note_id)
                if number is not None:
                    dead |= 1 << number
            parts.append((part.segment, dead))
        return cls([*parts, *((segment, dead) for segment, dead in fresh if len(segment.facts.ids))])

    def layer_of(self, note_id: int) -> Layer | None:
        """Return where a note's newest state stands."""
        for layer in reversed(self.layers):
            number = layer.segment.number_of(note_id)
            if number is not None and not holds(layer.dead, number):
                return layer
        return None

    def tokens(self, note_id: int) -> int:
        """Return the length of a note's text in tokens."""
        layer = self.layer_of(note_id)
        number = layer.segment.number_of(note_id) if layer is not None else None
        return layer.segment.facts.body_lengths[number] if layer is not None and number is not None else 0

    def count(self, term: str, *, title_only: bool = False) -> int:
        """Return in how many documents a term stands, about."""
        fields = (TITLE,) if title_only else (TITLE, BODY)
        return sum(max(layer.segment.lexicon(field).count(term) for field in fields) for layer in self.layers)

    def begins(self, prefix: str, *, title_only: bool = False) -> list[str]:
        """Return the most frequent terms that begin with `prefix`, each segment naming its own favourites."""
        counts: dict[str, int] = {}
        most = MAX_EXPANSIONS if len(prefix) > 2 or self.size < LARGE_LIBRARY else MAX_EXPANSIONS_OF_TWO
        for layer in self.layers:
            for field in (TITLE,) if title_only else (TITLE, BODY):
                for count, term in layer.segment.lexicon(field).frequent(prefix, most):
                    counts[term] = counts.get(term, 0) + count
        chosen: list[str] = []
        budget = MAX_EXPANDED_POSTINGS
        for term in heapq.nlargest(most, counts, key=lambda term: (counts[term], term == prefix, term)):
            if counts[term] > budget and chosen:
                continue
            budget -= counts[term]
            chosen.append(term)
        return chosen

    def prefix_terms(self, word: Word) -> Terms:
        """Return the terms for a word that may go on: its own, those that begin so, and those that it has passed.

        Stems are shorter than words: someone typing стейкхолдерам is past стейкхолдер, and must not lose it; and
        someone typing ошибок must not lose the notes with ошибка.
        """
        own = word_stem(word.text)
        found = dict.fromkeys(self.begins(word.text, title_only=word.title_only), EXPANDED_WEIGHT)
        for term in (*neighbour_stems(word.text), *shorter_stems(word.text)):
            if self.count(term, title_only=word.title_only):
                found.setdefault(term, EXPANDED_WEIGHT)
        if self.count(own, title_only=word.title_only):
            found[own] = 1.0
        return tuple(sorted(found.items(), key=lambda item: -item[1]))


@lru_cache(maxsize=64)
def _bitmap(dead: frozenset[int], size: int) -> int:
    return bitmap_of(dead, size)
