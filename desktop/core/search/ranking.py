"""Which documents match a query, and in what order.

Matching is set algebra on document numbers, layer by layer; phrases are asked of the segment's streams. Scoring is
BM25 (k1 1.2, b 0.75; Robertson and Zaragoza 2009), term by term over posting lists read whole, and only for documents
that match; a title counts three times. The alternatives of one word (its lexeme's stems, its expansions) count as one
term with added frequencies. Small bonuses go to what is recent, and to what the user opened from results before.
"""

import heapq
import math
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import product
from operator import itemgetter
from typing import Protocol

from desktop.core.search.query import All, Any, Filter, Node, Not, Phrase, Word, words_of
from desktop.core.search.schema import BODY, FOLDER, HAS, HOST, KIND, TAG, TITLE
from desktop.core.search.view import K1, B, Layer, Terms, View

TITLE_WEIGHT = 3.0
RECENCY = 0.25  # the newest note gains this much, one of a year ago nothing
OPENED = 0.4  # the most that having been opened from results adds
IN_ORDER = 0.5  # words that stand one after another as in the query
REORDERED = 100  # so many of the best are asked whether they hold the words in order
YEAR_MS = 365 * 86_400_000.0
MAX_READINGS = 64  # of a phrase: each word may stand for several terms
_FEW = 8  # times fewer matches than postings: each is looked up instead of reading the list

TermsOf = Callable[[Word], Terms]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A matching note with its score."""

    id: int
    score: float


class LibraryFacts(Protocol):
    """What a query asks that no segment knows, because it changes with other notes."""

    def folders(self, name: str) -> Sequence[int]:
        """Return the notes that `in:` may mean by a name."""
        ...

    def linked(self) -> Set[int]:
        """Return the notes that another note links to."""
        ...

    def opened(self, words: Sequence[Word]) -> Mapping[int, float]:
        """Return how much (0 to 1) notes were opened from results for these words."""
        ...


class Matcher:
    """Finds and orders the documents of one query in one view."""

    def __init__(self, view: View, terms_of: TermsOf, library: LibraryFacts) -> None:
        self._view = view
        self._terms_of = terms_of
        self._library = library
        self._terms: dict[Word, Terms] = {}

    def terms(self, word: Word) -> Terms:
        """Return the index terms that a word stands for."""
        found = self._terms.get(word)
        if found is None:
            found = self._terms[word] = self._terms_of(word)
        return found

    def matches(self, node: Node, layer: Layer) -> frozenset[int]:
        """Return the matching documents of a layer."""
        found = self._matches(node, layer)
        return found - layer.dead if layer.dead else found

    # --- order -------------------------------------------------------------------------------------------

    def best(self, node: Node, limit: int) -> tuple[list[Ranked], int]:
        """Return the `limit` best matches by score, and how many there are."""
        words = score_words(node)
        scoring = Scoring(self, self._view, words, self._library.opened(words))
        found: list[tuple[float, int, Layer, int]] = []
        total = 0
        for layer in self._view.layers:
            documents = self.matches(node, layer)
            total += len(documents)
            ids = layer.segment.facts.ids
            if words:
                scores = scoring.score(documents, layer)
                chosen = heapq.nlargest(max(limit, REORDERED), scores.items(), key=itemgetter(1))
                found += [(score, -ids[number], layer, number) for number, score in chosen]
            else:
                numbers = layer.segment.facts.newest_of(documents, limit)
                found += [(scoring.recency(layer, number), -ids[number], layer, number) for number in numbers]
        found.sort(key=itemgetter(0, 1), reverse=True)
        if len(words) > 1:
            found[:REORDERED] = self._reward_order(found[:REORDERED], words)
        return [Ranked(-note_id, score) for score, note_id, _layer, _number in found[:limit]], total

    def newest(self, node: Node, limit: int, *, titles_first: bool) -> tuple[list[Ranked], int]:
        """Return matches by the time of their last change; `titles_first`: those with every word in the title."""
        words = score_words(node) if titles_first else []
        found: list[tuple[bool, int, int]] = []
        total = 0
        for layer in self._view.layers:
            documents = self.matches(node, layer)
            total += len(documents)
            titled = documents if words else frozenset()
            for word in words:
                titled = titled & self._holding(word, layer, (TITLE,))
            facts = layer.segment.facts
            updated, ids = facts.updated, facts.ids
            found += [(True, updated[n], -ids[n]) for n in facts.newest_of(titled, limit)]
            if len(titled) < limit:
                others = documents - titled if titled else documents
                found += [(False, updated[n], -ids[n]) for n in facts.newest_of(others, limit)]
        best = heapq.nlargest(limit, found)
        return [Ranked(-note_id, float(titled)) for titled, _updated, note_id in best], total

    def by_day(self, node: Node, limit: int) -> tuple[list[Ranked], int]:
        """Return matches by their own date, the latest first."""
        found: list[tuple[int, int, int]] = []
        total = 0
        for layer in self._view.layers:
            documents = self.matches(node, layer)
            total += len(documents)
            facts = layer.segment.facts
            days, updated, ids = facts.days, facts.updated, facts.ids
            latest = heapq.nlargest(limit, documents, key=lambda n: (days[n], updated[n], -ids[n]))
            found += [(days[n], updated[n], -ids[n]) for n in latest]
        return [Ranked(-note_id, 0.0) for _day, _updated, note_id in heapq.nlargest(limit, found)], total

    def _reward_order(
        self, found: list[tuple[float, int, Layer, int]], words: Sequence[Word]
    ) -> list[tuple[float, int, Layer, int]]:
        ordered: dict[int, set[int]] = {}
        for layer in self._view.layers:
            numbers = frozenset(number for _score, _id, at, number in found if at is layer)
            ordered[id(layer)] = self.in_order(words, numbers, layer) if numbers else set()
        rewarded = [
            (score + (IN_ORDER if number in ordered[id(layer)] else 0.0), note_id, layer, number)
            for score, note_id, layer, number in found
        ]
        return sorted(rewarded, key=itemgetter(0, 1), reverse=True)

    def in_order(self, words: Sequence[Word], documents: Set[int], layer: Layer) -> set[int]:
        """Return which of the documents hold forms of the words one after another."""
        segment = layer.segment
        title_only = any(word.title_only for word in words)
        found: set[int] = set()
        readings = product(*([term for term, _weight in self.terms(word)] for word in words))
        for _number, reading in zip(range(MAX_READINGS), readings, strict=False):
            left = documents - found
            for term in reading:
                left &= segment.documents(BODY, term) | segment.documents(TITLE, term)
                if not left:
                    break
            else:
                found |= segment.in_order(left, reading, title_only=title_only)
        return found

    # --- matching ----------------------------------------------------------------------------------------

    def _matches(self, node: Node, layer: Layer) -> frozenset[int]:
        if isinstance(node, Word):
            return self._holding(node, layer, (TITLE,) if node.title_only else (TITLE, BODY))
        if isinstance(node, Phrase):
            parts = phrase_words(node)
            return frozenset(self.in_order(parts, self._matches(All(parts), layer), layer))
        if isinstance(node, Filter):
            return self._filtered(node, layer)
        if isinstance(node, Not):
            return layer.living() - self._matches(node.part, layer)
        if isinstance(node, Any):
            return frozenset().union(*(self._matches(part, layer) for part in node.parts))
        # Phrases last: they are asked only of what is left.
        positive = [part for part in node.parts if not isinstance(part, Not | Phrase)]
        sets = sorted((self._matches(part, layer) for part in positive), key=len)
        found = sets[0] if sets else None
        for documents in sets[1:]:
            found = found & documents if found is not None else documents
        for part in node.parts:
            if isinstance(part, Phrase) and found != frozenset():
                holding = self._matches(All(phrase_words(part)), layer)
                left = holding if found is None else found & holding
                found = frozenset(self.in_order(phrase_words(part), left, layer))
        for part in node.parts:
            if isinstance(part, Not) and found != frozenset():
                without = self._matches(part.part, layer)
                found = (layer.living() if found is None else found) - without
        return found if found is not None else layer.living()

    def _holding(self, word: Word, layer: Layer, fields: tuple[str, ...]) -> frozenset[int]:
        sets = [layer.segment.documents(field, term) for term, _weight in self.terms(word) for field in fields]
        sets = sorted((documents for documents in sets if documents), key=len)
        if not sets:
            return frozenset()
        largest = sets.pop()
        rest = frozenset().union(*sets)
        # The title's words mostly stand in the text too: copying the large set would cost more than asking.
        return largest if rest <= largest else largest | rest

    def _filtered(self, node: Filter, layer: Layer) -> frozenset[int]:
        segment = layer.segment
        facts = segment.facts
        if node.name == "date":
            days = facts.days
            return frozenset(n for n, day in enumerate(days) if node.first <= day <= node.last)
        if node.name in ("in", "within"):
            above = self._library.folders(node.value) if node.name == "in" else (int(node.value),)
            below = frozenset().union(*(segment.documents(FOLDER, str(note_id)) for note_id in above))
            own = segment.number_of(above[0]) if node.name == "within" else None
            return below if own is None else below | {own}
        if node.name == "is" and node.value == "unlinked":
            linked = self._library.linked()
            return frozenset(number for number, note_id in enumerate(facts.ids) if note_id not in linked)
        if node.name == "is":
            terms = segment.lexicon(TAG).terms
            tagged: frozenset[int] = frozenset().union(*(segment.documents(TAG, term) for term in terms))
            return tagged if node.value == "tagged" else layer.living() - tagged
        if node.name == "link":
            lexicon = segment.lexicon(HOST)
            hosts = [node.value] if "." in node.value else [lexicon.terms[n] for n in lexicon.range_of(node.value)]
            return frozenset().union(*(segment.documents(HOST, host) for host in hosts[:1_000]))
        return segment.documents({"kind": KIND, "has": HAS}.get(node.name, TAG), node.value)


class Scoring:
    """Scores the matching documents of one query."""

    def __init__(self, matcher: Matcher, view: View, words: Sequence[Word], opened: Mapping[int, float]) -> None:
        self._matcher = matcher
        self._view = view
        self._words = words
        self._opened = opened
        self._rarities = {word: self._rarity(word) for word in words}
        self._newest = max((max(layer.segment.facts.updated, default=0) for layer in view.layers), default=0)

    def score(self, documents: Set[int], layer: Layer) -> dict[int, float]:
        """Return the score of each document."""
        facts = layer.segment.facts
        newest, updated = self._newest, facts.updated
        scores = {n: RECENCY * max(0.0, 1.0 - (newest - updated[n]) / YEAR_MS) for n in documents}
        for word in self._words:
            for field in (TITLE,) if word.title_only else (TITLE, BODY):
                self.add_word(scores, word, field, layer)
        for note_id, share in self._opened.items():
            number = layer.segment.number_of(note_id)
            if number in scores:
                scores[number] += OPENED * share
        return scores

    def recency(self, layer: Layer, number: int) -> float:
        """Return what a document gains for being new."""
        return RECENCY * max(0.0, 1.0 - (self._newest - layer.segment.facts.updated[number]) / YEAR_MS)

    def opened(self, note_id: int) -> float:
        """Return what a note gains for having been opened before."""
        return OPENED * self._opened.get(note_id, 0.0)

    def add_word(self, scores: dict[int, float], word: Word, field: str, layer: Layer) -> None:
        """Add what a word gives in one field to the documents in `scores`."""
        terms = self._matcher.terms(word)
        title = field == TITLE
        factor = self._rarities[word] * (TITLE_WEIGHT if title else 1.0) * (K1 + 1.0)
        average = self._view.title_average if title else self._view.body_average
        lengths = "title_lengths" if title else "body_lengths"
        norms = layer.segment.facts.norms(lengths, average, K1 * (1.0 - B), K1 * B)
        if len(terms) == 1:
            numbers, weights = _postings(layer, field, terms[0][0], scores)
            for number, frequency in zip(numbers, weights, strict=True):
                if number in scores:
                    scores[number] += factor * frequency / (frequency + norms[number])
            return
        frequencies: dict[int, float] = {}
        for term, weight in terms:
            numbers, weights = _postings(layer, field, term, scores)
            for number, frequency in zip(numbers, weights, strict=True):
                if number in scores:
                    frequencies[number] = frequencies.get(number, 0.0) + weight * frequency
        for number, frequency in frequencies.items():
            scores[number] += factor * frequency / (frequency + norms[number])

    def _rarity(self, word: Word) -> float:
        """Return the inverse document frequency of a word's terms taken together."""
        terms = self._matcher.terms(word)
        count = sum(self._view.count(term, title_only=word.title_only) for term, _weight in terms)
        size = self._view.size
        return math.log(1.0 + (size - min(count, size) + 0.5) / (count + 0.5))


def _postings(
    layer: Layer, field: str, term: str, wanted: Mapping[int, float]
) -> tuple[Sequence[int], Sequence[float]]:
    """Return a term's postings, only those of the wanted documents where they are few."""
    numbers, weights = layer.segment.postings(field, term)
    if len(wanted) * _FEW >= len(numbers):
        return numbers, weights
    places = []
    for number in wanted:
        place = bisect_left(numbers, number)
        if place < len(numbers) and numbers[place] == number:
            places.append(place)
    return [numbers[place] for place in places], [weights[place] for place in places]


def phrase_words(phrase: Phrase) -> tuple[Word, ...]:
    """Return the words of a phrase, one by one."""
    return tuple(Word(text, title_only=phrase.title_only) for text in phrase.words)


def score_words(node: Node) -> list[Word]:
    """Return the words that give a match its score, each once."""
    words: dict[Word, None] = {}
    for part in words_of(node):
        words.update(dict.fromkeys(phrase_words(part) if isinstance(part, Phrase) else (part,)))
    return list(words)
