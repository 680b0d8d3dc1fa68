"""Which documents match a query, and in what order.

Matching is set algebra on document numbers, layer by layer. Scoring is BM25 (k1 1.2, b 0.75; Robertson and Zaragoza
2009), term by term over posting lists read whole, and only for documents that match; a title counts three times.
The alternatives of one word (its lexeme's stems, its expansions) count as one term with added frequencies.
"""

import heapq
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter

from desktop.core.search.query import All, Any, Filter, Node, Not, Phrase, Word, words_of
from desktop.core.search.schema import BODY, FOLDER, KIND, TAG, TITLE
from desktop.core.search.view import K1, B, Layer, Terms, View

TITLE_WEIGHT = 3.0
RECENCY = 0.25  # the newest note gains this much, one of a year ago nothing
YEAR_MS = 365 * 86_400_000.0

TermsOf = Callable[[Word], Terms]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A matching note with its score."""

    id: int
    score: float


class Matcher:
    """Finds and orders the documents of one query in one view."""

    def __init__(self, view: View, terms_of: TermsOf, folders: Mapping[str, tuple[int, ...]]) -> None:
        """`folders` gives for each `in:` value the notes it may mean."""
        self._view = view
        self._terms_of = terms_of
        self._folders = folders
        self._terms: dict[Word, Terms] = {}

    def terms(self, word: Word) -> Terms:
        """Return the index terms that a word stands for."""
        found = self._terms.get(word)
        if found is None:
            found = self._terms[word] = self._terms_of(word)
        return found

    def matches(self, node: Node, layer: Layer) -> frozenset[int]:
        """Return the matching documents of a layer; phrases match where all their words stand."""
        return self._matches(node, layer) - layer.dead

    def best(self, node: Node, limit: int) -> tuple[list[Ranked], int]:
        """Return the `limit` best matches by score, and how many there are."""
        words = _score_words(node)
        weights = {word: self._rarity(word) for word in words}
        scored: list[tuple[float, int]] = []
        total = 0
        newest = max((max(layer.segment.facts.updated, default=0) for layer in self._view.layers), default=0)
        for layer in self._view.layers:
            documents = self.matches(node, layer)
            total += len(documents)
            facts = layer.segment.facts
            if not words:
                scored += [(facts.updated[number] / YEAR_MS, -facts.ids[number]) for number in documents]
                continue
            scores = dict.fromkeys(documents, 0.0)
            for word in words:
                self._add_scores(scores, word, weights[word], layer)
            for number, score in heapq.nlargest(limit * 2, scores.items(), key=itemgetter(1)):
                fresh = max(0.0, 1.0 - (newest - facts.updated[number]) / YEAR_MS)
                scored.append((score + RECENCY * fresh, -facts.ids[number]))
        return [Ranked(-note_id, score) for score, note_id in heapq.nlargest(limit, scored)], total

    def newest(self, node: Node, limit: int) -> tuple[list[Ranked], int]:
        """Return matches for someone who is typing: those with every word in the title first, then the newest."""
        words = _score_words(node)
        found: list[tuple[bool, int, int]] = []
        total = 0
        for layer in self._view.layers:
            documents = self.matches(node, layer)
            total += len(documents)
            titled = documents if words else frozenset()
            for word in words:
                titled = titled & self._holding(word, layer, (TITLE,))
            facts = layer.segment.facts
            updated, ids, order = facts.updated, facts.ids, facts.newest()
            if titled:
                chosen = islice((number for number in order if number in titled), limit)
                found += [(True, updated[number], -ids[number]) for number in chosen]
            others = documents - titled if titled else documents
            chosen = islice((number for number in order if number in others), limit)
            found += [(False, updated[number], -ids[number]) for number in chosen]
        best = heapq.nlargest(limit, found)
        return [Ranked(-note_id, float(titled)) for titled, _updated, note_id in best], total

    def _matches(self, node: Node, layer: Layer) -> frozenset[int]:
        if isinstance(node, Word):
            return self._holding(node, layer, (TITLE,) if node.title_only else (TITLE, BODY))
        if isinstance(node, Phrase):
            return self._matches(phrase_words(node), layer)
        if isinstance(node, Filter):
            return self._filtered(node, layer)
        if isinstance(node, Not):
            if any(isinstance(word, Phrase) for word in words_of(node.part, negative=True)):
                return layer.living()  # the index cannot tell; the text will
            return layer.living() - self._matches(node.part, layer)
        if isinstance(node, Any):
            return frozenset().union(*(self._matches(part, layer) for part in node.parts))
        positive = [self._matches(part, layer) for part in node.parts if not isinstance(part, Not)]
        positive.sort(key=len)
        found = positive[0] if positive else layer.living()
        for documents in positive[1:]:
            found &= documents
        for part in node.parts:
            if isinstance(part, Not) and found:
                found &= self._matches(part, layer)
        return found

    def _holding(self, word: Word, layer: Layer, fields: tuple[str, ...]) -> frozenset[int]:
        sets = [layer.segment.documents(field, term) for term, _weight in self.terms(word) for field in fields]
        sets = [documents for documents in sets if documents]
        if len(sets) == 1:
            return sets[0]
        return frozenset().union(*sets)

    def _filtered(self, node: Filter, layer: Layer) -> frozenset[int]:
        segment = layer.segment
        if node.name == "date":
            days = segment.facts.days
            return frozenset(n for n, day in enumerate(days) if node.first <= day <= node.last)
        if node.name == "in":
            above = self._folders.get(node.value, ())
            return frozenset().union(*(segment.documents(FOLDER, str(note_id)) for note_id in above))
        if node.name == "is":
            terms = segment.lexicon(TAG).terms
            tagged: frozenset[int] = frozenset().union(*(segment.documents(TAG, term) for term in terms))
            return tagged if node.value == "tagged" else layer.living() - tagged
        return segment.documents(KIND if node.name == "kind" else TAG, node.value)

    def _rarity(self, word: Word) -> float:
        """Return the inverse document frequency of a word's terms taken together."""
        count = sum(self._view.count(term, title_only=word.title_only) for term, _weight in self.terms(word))
        return math.log(1.0 + (self._view.size - min(count, self._view.size) + 0.5) / (count + 0.5))

    def _add_scores(self, scores: dict[int, float], word: Word, rarity: float, layer: Layer) -> None:
        terms = self.terms(word)
        facts = layer.segment.facts
        fields = [(TITLE, TITLE_WEIGHT, "title_lengths", self._view.title_average)]
        if not word.title_only:
            fields.append((BODY, 1.0, "body_lengths", self._view.body_average))
        for field, field_weight, lengths, average in fields:
            factor = rarity * field_weight * (K1 + 1.0)
            norms = facts.norms(lengths, average, K1 * (1.0 - B), K1 * B)
            if len(terms) == 1:
                for number, frequency in zip(*layer.segment.postings(field, terms[0][0]), strict=True):
                    if number in scores:
                        scores[number] += factor * frequency / (frequency + norms[number])
                continue
            frequencies: dict[int, float] = {}
            for term, weight in terms:
                for number, frequency in zip(*layer.segment.postings(field, term), strict=True):
                    if number in scores:
                        frequencies[number] = frequencies.get(number, 0.0) + weight * frequency
            for number, frequency in frequencies.items():
                scores[number] += factor * frequency / (frequency + norms[number])


def phrase_words(phrase: Phrase) -> Node:
    """Return a phrase as words in any order."""
    return All(tuple(Word(text, title_only=phrase.title_only) for text in phrase.words))


def _score_words(node: Node) -> list[Word]:
    words: dict[Word, None] = {}
    for part in words_of(node):
        for word in words_of(phrase_words(part)) if isinstance(part, Phrase) else (part,):
            assert isinstance(word, Word)
            words[word] = None
    return list(words)
