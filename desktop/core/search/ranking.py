"""Which documents match a query, and in what order.

Matching is set algebra on document numbers, layer by layer; phrases are asked of the segment's streams. Scoring is
BM25 (k1 1.2, b 0.75; Robertson and Zaragoza 2009), term by term over posting lists read whole, and only for documents
that match; a title counts three times. The alternatives of one word (its lexeme's stems, its expansions) count as one
term with added frequencies. Small bonuses go to what is recent, and to what the user opened from results before.
"""

import heapq
import math
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import islice, product
from operator import itemgetter
from typing import Protocol

from desktop.core.search.bitmaps import bitmap_of, holds, numbers_of
from desktop.core.search.query import All, Any, Filter, Node, Not, Phrase, Word, words_of
from desktop.core.search.schema import BODY, FOLDER, HAS, HOST, KIND, TAG, TITLE
from desktop.core.search.view import K1, B, Layer, Terms, View

TITLE_WEIGHT = 3.0
RECENCY = 0.25  # the newest note gains this much, one of a year ago nothing
OPENED = 0.4  # the most that having been opened from results adds
IN_ORDER = 2.5  # words that stand one after another as in the query: mostly they are one thing
REORDERED = 100  # so many of the best are asked whether they hold the words in order
YEAR_MS = 365 * 86_400_000.0
MAX_HOSTS = 1_000  # that one `link:` may stand for
MAX_READINGS = 32  # of a phrase: each word may stand for several terms
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
        """Return the index terms that a word stands for, those that stand anywhere."""
        found = self._terms.get(word)
        if found is None:
            all_terms = self._terms_of(word)
            count = self._view.count
            there = tuple(pair for pair in all_terms if count(pair[0], title_only=word.title_only))
            found = self._terms[word] = there or all_terms[:1]
        return found

    def matches(self, node: Node, layer: Layer) -> int:
        """Return the matching documents of a layer, as a set (see `bitmaps`)."""
        return self._matches(node, layer) & ~layer.dead

    # --- order -------------------------------------------------------------------------------------------

    def best(self, node: Node, limit: int) -> tuple[list[Ranked], int]:
        """Return the `limit` best matches by score, and how many there are."""
        words = score_words(node)
        scoring = Scoring(self, self._view, words, self._library.opened(words))
        found: list[tuple[float, int, Layer, int]] = []
        total = 0
        for layer in self._view.layers:
            documents = self.matches(node, layer)
            total += documents.bit_count()
            ids = layer.segment.facts.ids
            scores = scoring.score(documents, layer)
            chosen = heapq.nlargest(max(limit, REORDERED), numbers_of(documents), key=scores.__getitem__)
            found += [(scores[number], -ids[number], layer, number) for number in chosen]
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
            total += documents.bit_count()
            titled = documents if words else 0
            for word in words:
                titled = titled & self._holding(word, layer, (TITLE,))
            facts = layer.segment.facts
            updated, ids = facts.updated, facts.ids
            found += [(True, updated[n], -ids[n]) for n in facts.newest_of(titled, limit)]
            if titled.bit_count() < limit:
                found += [(False, updated[n], -ids[n]) for n in facts.newest_of(documents & ~titled, limit)]
        best = heapq.nlargest(limit, found)
        return [Ranked(-note_id, float(titled)) for titled, _updated, note_id in best], total

    def by_day(self, node: Node, limit: int) -> tuple[list[Ranked], int]:
        """Return matches by their own date, the latest first."""
        found: list[tuple[int, int, int]] = []
        total = 0
        for layer in self._view.layers:
            documents = self.matches(node, layer)
            total += documents.bit_count()
            facts = layer.segment.facts
            days, updated, ids = facts.days, facts.updated, facts.ids
            latest = heapq.nlargest(limit, numbers_of(documents), key=lambda n: (days[n], updated[n], -ids[n]))
            found += [(days[n], updated[n], -ids[n]) for n in latest]
        return [Ranked(-note_id, 0.0) for _day, _updated, note_id in heapq.nlargest(limit, found)], total

    def _reward_order(
        self, found: list[tuple[float, int, Layer, int]], words: Sequence[Word]
    ) -> list[tuple[float, int, Layer, int]]:
        ordered: dict[int, int] = {}
        for layer in self._view.layers:
            numbers = bitmap_of([n for _s, _i, at, n in found if at is layer], len(layer.segment.facts.ids))
            ordered[id(layer)] = self.in_order(words, numbers, layer) if numbers else 0
        rewarded = [
            (score + (IN_ORDER if holds(ordered[id(layer)], number) else 0.0), note_id, layer, number)
            for score, note_id, layer, number in found
        ]
        return sorted(rewarded, key=itemgetter(0, 1), reverse=True)

    def in_order(self, words: Sequence[Word], documents: int, layer: Layer) -> int:
        """Return which of the documents hold forms of the words one after another."""
        segment = layer.segment
        title_only = any(word.title_only for word in words)
        found = 0
        readings = product(*([term for term, _weight in self.terms(word)] for word in words))
        for _number, reading in zip(range(MAX_READINGS), readings, strict=False):
            left = documents & ~found
            for term in reading:
                left &= segment.documents(BODY, term) | segment.documents(TITLE, term)
            if left:
                found |= segment.in_order(left, reading, title_only=title_only)
        return found

    def most_places(self, words: Sequence[Word], documents: Sequence[int], layer: Layer) -> list[int]:
        """Return how often at most forms of the words stand one after another in the text of each document."""
        if len(words) > 1:
            readings = product(*([term for term, _weight in self.terms(word)] for word in words))
            return layer.segment.counts(documents, islice(readings, MAX_READINGS))
        wanted = bitmap_of(documents, len(layer.segment.facts.ids))
        counts = dict.fromkeys(documents, 0.0)
        for term, _weight in self.terms(words[0]):
            for number, frequency in zip(*_postings(layer, BODY, term, wanted), strict=True):
                if number in counts:
                    counts[number] += frequency
        return [int(counts[number]) for number in documents]

    # --- matching ----------------------------------------------------------------------------------------

    def _matches(self, node: Node, layer: Layer) -> int:
        if isinstance(node, Word):
            return self._holding(node, layer, (TITLE,) if node.title_only else (TITLE, BODY))
        if isinstance(node, Phrase):
            return self._matches(All((node,)), layer)
        if isinstance(node, Filter):
            return self._filtered(node, layer)
        if isinstance(node, Not):
            return layer.living() & ~self._matches(node.part, layer)
        if isinstance(node, Any):
            return _union(self._matches(part, layer) for part in node.parts)
        found = layer.living()
        for part in node.parts:
            if not isinstance(part, Not | Phrase) and found:
                found &= self._matches(part, layer)
        for part in node.parts:  # late: they are asked only of what is left
            if isinstance(part, Phrase) and found:
                words = phrase_words(part)
                found &= self._matches(All(words), layer)
                found = self.in_order(words, found, layer)
            elif isinstance(part, Not) and found:
                found &= ~self._matches(part.part, layer)
        return found

    def _holding(self, word: Word, layer: Layer, fields: tuple[str, ...]) -> int:
        return layer.segment.holding([(field, term) for term, _weight in self.terms(word) for field in fields])

    def _filtered(self, node: Filter, layer: Layer) -> int:
        segment = layer.segment
        facts = segment.facts
        size = len(facts.ids)
        if node.name == "date":
            first, last = node.first, node.last
            return bitmap_of([n for n, day in enumerate(facts.days) if first <= day <= last], size)
        if node.name == "in":
            return _union(segment.documents(FOLDER, str(note_id)) for note_id in self._library.folders(node.value))
        if node.name == "within":
            own = segment.number_of(int(node.value))
            return segment.documents(FOLDER, node.value) | (0 if own is None else 1 << own)
        if node.name == "is" and node.value == "unlinked":
            linked = self._library.linked()
            return bitmap_of([number for number, note_id in enumerate(facts.ids) if note_id not in linked], size)
        if node.name == "is":
            tagged = _union(segment.documents(TAG, term) for term in segment.lexicon(TAG).terms)
            return tagged if node.value == "tagged" else layer.living() & ~tagged
        if node.name == "link":
            lexicon = segment.lexicon(HOST)
            hosts = [node.value] if "." in node.value else [lexicon.term(n) for n in lexicon.range_of(node.value)]
            return _union(segment.documents(HOST, host) for host in hosts[:MAX_HOSTS])
        return segment.documents({"kind": KIND, "has": HAS}.get(node.name, TAG), node.value)


class Scoring:
    """Scores the matching documents of one query."""

    def __init__(self, matcher: Matcher, view: View, words: Sequence[Word], opened: Mapping[int, float]) -> None:
        self._matcher = matcher
        self._view = view
        self._words = words
        self._opened = opened
        self._rarities = {word: self._rarity(word) for word in words}
        self._newest = max((layer.segment.facts.newest_change() for layer in view.layers), default=0)

    def score(self, documents: int, layer: Layer) -> list[float]:
        """Return the scores by document number; they count only for these documents."""
        scores = list(self._recency(layer))
        for word in self._words:
            for field in (TITLE,) if word.title_only else (TITLE, BODY):
                self.add_word(scores, documents, word, field, layer)
        for note_id, share in self._opened.items():
            number = layer.segment.number_of(note_id)
            if number is not None:
                scores[number] += OPENED * share
        return scores

    def recency(self, layer: Layer, number: int) -> float:
        """Return what a document gains for being new."""
        return self._recency(layer)[number]

    def opened(self, note_id: int) -> float:
        """Return what a note gains for having been opened before."""
        return OPENED * self._opened.get(note_id, 0.0)

    def add_word(self, scores: list[float], documents: int, word: Word, field: str, layer: Layer) -> None:
        """Add what a word gives in one field, at least to these documents."""
        terms = self._matcher.terms(word)
        title = field == TITLE
        factor = self._rarities[word] * (TITLE_WEIGHT if title else 1.0) * (K1 + 1.0)
        average = self._view.title_average if title else self._view.body_average
        lengths = "title_lengths" if title else "body_lengths"
        norms = layer.segment.facts.norms(lengths, average, K1 * (1.0 - B), K1 * B)
        lists = [(*_postings(layer, field, term, documents), weight) for term, weight in terms]
        lists = [found for found in lists if found[0]]
        if not lists:
            return
        if len(lists) == 1 and lists[0][2] == 1.0:
            pairs: Iterable[tuple[int, float]] = zip(*lists[0][:2], strict=True)
        else:
            pairs = _added(lists).items()
        for number, frequency in pairs:
            scores[number] += factor * frequency / (frequency + norms[number])

    def _recency(self, layer: Layer) -> Sequence[float]:
        return layer.segment.facts.recency(self._newest, YEAR_MS, RECENCY)

    def _rarity(self, word: Word) -> float:
        """Return the inverse document frequency of a word's terms taken together."""
        terms = self._matcher.terms(word)
        count = sum(self._view.count(term, title_only=word.title_only) for term, _weight in terms)
        size = self._view.size
        return math.log(1.0 + (size - min(count, size) + 0.5) / (count + 0.5))


def _union(sets: Iterable[int]) -> int:
    found = 0
    for documents in sets:
        found |= documents
    return found


def _postings(layer: Layer, field: str, term: str, wanted: int) -> tuple[Sequence[int], Sequence[float]]:
    """Return a term's postings, only those of the wanted documents where they are few."""
    numbers, weights = layer.segment.postings(field, term)
    if wanted.bit_count() * _FEW >= len(numbers):
        return numbers, weights
    both = numbers_of(wanted & layer.segment.documents(field, term))
    places = [bisect_left(numbers, number) for number in both]
    return both, [weights[place] for place in places]


def _added(lists: list[tuple[Sequence[int], Sequence[float], float]]) -> dict[int, float]:
    """Return the weighted sum of several posting lists."""
    lists.sort(key=lambda found: -len(found[0]))
    numbers, weights, weight = lists[0]
    frequencies = dict(zip(numbers, weights if weight == 1.0 else [weight * w for w in weights], strict=True))
    get = frequencies.get
    for numbers, weights, weight in lists[1:]:
        for number, frequency in zip(numbers, weights, strict=True):
            frequencies[number] = get(number, 0.0) + weight * frequency
    return frequencies


def phrase_words(phrase: Phrase) -> tuple[Word, ...]:
    """Return the words of a phrase, one by one."""
    return tuple(Word(text, title_only=phrase.title_only) for text in phrase.words)


def score_words(node: Node) -> list[Word]:
    """Return the words that give a match its score, each once."""
    words: dict[Word, None] = {}
    for part in words_of(node):
        words.update(dict.fromkeys(phrase_words(part) if isinstance(part, Phrase) else (part,)))
    return list(words)
