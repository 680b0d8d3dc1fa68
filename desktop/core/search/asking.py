"""Asking one view of the library one question: what matches, in which order, and what else may have been meant.

What answers the query as typed always stands first. Where that is little, the likeliest other reading of the query
follows, marked as such.
"""

from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from desktop.core.records import Hit, MatchKind, NoteId, SearchResult, SoughtWord
from desktop.core.search.analyzer import loaded, word_stem, word_stems
from desktop.core.search.bitmaps import numbers_of
from desktop.core.search.library_facts import StoreFacts
from desktop.core.search.query import All, Any, Filter, Node, ParsedQuery, Phrase, Word, goes_on, read_query, words_of
from desktop.core.search.ranking import Matcher, Ranked, score_words
from desktop.core.search.snippets import Wanted, fold_text, holds_exactly, patterns
from desktop.core.search.view import Terms, View
from desktop.core.store.notes import FoundNote, Notes
from desktop.core.text.words import CJK

if TYPE_CHECKING:
    from desktop.core.search.forgiving import Guess

FORM_WEIGHT = 0.85  # of another form of the word, against the typed one
EXACT_IN_TITLE = 1.5
EXACT_IN_BODY = 0.6
EXACT_READ = 20  # so many of the best are asked for the typed form; it takes their texts
EXACT_TOKENS = 20_000  # longer texts are not read for that
FEW = 3  # with fewer hits than this, other readings of the query follow


@dataclass(frozen=True, slots=True)
class Question:
    """A query with everything that answering needs."""

    text: str
    parsed: ParsedQuery
    node: Node
    typed: Node  # the same with its last word as it stands, also where that may go on
    limit: int
    quick: bool = False
    forgiving: bool = True

    @classmethod
    def read(
        cls, text: str, limit: int, *, within: NoteId | None, unfinished: bool, quick: bool, forgiving: bool
    ) -> "tuple[ParsedQuery, Question | None]":
        """Return what was understood of a query, and the question, None where there is nothing to look for."""
        parsed = read_query(text)
        typed = parsed.node
        if typed is None:
            return parsed, None
        opened = typed
        if unfinished and goes_on(text):
            before = _without_last(typed) if _is_a_letter(typed) else None
            # One letter begins anything: the notes of the words before must not vanish for it.
            opened = _open_last(typed) if before is None else before
        return parsed, cls(text, parsed, _below(within, opened), _below(within, typed), limit, quick, forgiving)


class Asking:
    """One question in one view."""

    def __init__(self, notes: Notes, facts: StoreFacts, view: View, question: Question) -> None:
        self._notes = notes
        self._facts = facts
        self._view = view
        self._question = question

    @cached_property
    def node(self) -> Node:
        """The query as it is looked for: compounds in both spellings, its last word perhaps not finished."""
        question = self._question
        if question.quick:
            return question.node
        from desktop.core.search.joined import with_joined  # late: the first letters do without

        joined = with_joined(question.typed, self._view)
        if question.node == question.typed:
            return joined
        return question.node if joined == question.typed else Any((question.node, joined))

    def answer(self, notice: str = "") -> SearchResult:
        """Return the hits, without snippets."""
        question = self._question
        hits, total, sought = self._find(self.node, MatchKind.EXACT)
        exact = len(hits)
        # With a notice only some texts were looked through: nobody can say what else is there.
        if exact < FEW and question.forgiving and not question.quick and not notice:
            seen = {hit.id for hit in hits}
            for guess in self.guesses(exact):
                more, more_total, more_sought = self._find(guess.node, guess.kind, seen)
                if more:
                    hits, total, notice = [*hits, *more], total or more_total, guess.notice
                    sought = more_sought if not exact else _joined(sought, more_sought)
                    break
        return SearchResult(
            question.text, tuple(hits), max(total, exact), notice, patterns(map(wanted_of, sought)),
            question.parsed.problem, exact, sought,
        )  # fmt: skip

    def every(self) -> frozenset[NoteId]:
        """Return all notes that match, in no order."""
        matcher, found = self.matcher(), set[NoteId]()
        for layer in self._view.layers:
            ids = layer.segment.facts.ids
            found.update(NoteId(ids[number]) for number in numbers_of(matcher.matches(self.node, layer)))
        return frozenset(found)

    def guesses(self, found: int) -> "Iterator[Guess]":
        """Yield what else may have been meant, the likeliest first."""
        from desktop.core.search.forgiving import guesses  # late: most queries find what they ask for

        return guesses(self._question.text, self._question.typed, self._view, found=found)

    def matcher(self) -> Matcher:
        """Return what finds and orders documents for a node."""
        quick = self._question.quick and not loaded()

        def terms_of(word: Word) -> Terms:
            if word.prefix:
                found = dict(self._view.prefix_terms(word))
                if not quick:
                    for term, weight in plain_terms(word):
                        found[term] = max(weight, found.get(term, 0.0))
                return tuple(found.items()) or ((word_stem(word.text), 1.0),)
            return ((word_stem(word.text), 1.0),) if quick else plain_terms(word)

        return Matcher(self._view, terms_of, self._facts)

    def _find(
        self, node: Node, kind: MatchKind, seen: Set[NoteId] = frozenset()
    ) -> tuple[list[Hit], int, tuple[SoughtWord, ...]]:
        question = self._question
        matcher = self.matcher()
        limit = question.limit + len(seen)
        if question.parsed.newest_first:
            ranked, total = matcher.by_day(node, limit)
        elif question.quick:
            ranked, total = matcher.newest(node, limit, titles_first=True)
        else:
            ranked, total = matcher.best(node, limit)
        found = self._facts.found([NoteId(hit.id) for hit in ranked])
        if not question.quick and not question.parsed.newest_first:
            ranked = self._reward_exact(ranked, found, score_words(node))
        hits = [
            Hit(note.id, note.title, note.kind, hit.score, path=note.path, match=kind)
            for hit in ranked
            if (note := found.get(NoteId(hit.id))) is not None and note.id not in seen
        ]
        return list(islice(hits, question.limit)), total, sought_words(node, matcher.terms)

    def _reward_exact(
        self, ranked: list[Ranked], found: dict[NoteId, FoundNote], words: Sequence[Word]
    ) -> list[Ranked]:
        """Put the best notes that hold a word in just the typed form before those that hold another form of it."""
        if not words:
            return ranked
        best = [hit for hit in ranked[:EXACT_READ] if NoteId(hit.id) in found]
        bonuses = exact_bonuses(self._notes, self._view, [found[NoteId(hit.id)] for hit in best], words)
        rewarded = [Ranked(hit.id, hit.score + bonuses.get(hit.id, 0.0)) for hit in best]
        rewarded.sort(key=lambda hit: (-hit.score, hit.id))
        return rewarded + ranked[EXACT_READ:]


def exact_bonuses(notes: Notes, view: View, found: Sequence[FoundNote], words: Sequence[Word]) -> dict[int, float]:
    """Return what each note gains for holding words in the typed form."""
    short = [note.id for note in found if view.tokens(note.id) <= EXACT_TOKENS]
    texts = notes.bodies(short)
    bonuses = {}
    for note in found:
        title, text = fold_text(note.title), texts.get(note.id, "")
        bonus = 0.0
        for word in words:
            if holds_exactly(title, word.text):
                bonus += EXACT_IN_TITLE
            elif holds_exactly(text, word.text):  # most words stand in lower case somewhere: no need to fold a text
                bonus += EXACT_IN_BODY
        bonuses[int(note.id)] = bonus / len(words)
    return bonuses


def plain_terms(word: Word) -> Terms:
    """Return the terms of a finished word: its own stem, then those of its other forms."""
    own, *others = word_stems(word.text)
    return ((own, 1.0), *((term, FORM_WEIGHT) for term in others))


def sought_words(node: Node, terms_of: Callable[[Word], Terms]) -> tuple[SoughtWord, ...]:
    """Return the words to look for in texts, in the order of the query."""
    found: dict[str, SoughtWord] = {}
    for part in words_of(node):
        words = [Word(text) for text in part.words] if isinstance(part, Phrase) else [part]
        for word in words:
            terms = frozenset(term for term, _weight in terms_of(word))
            found.setdefault(word.text, SoughtWord(word.text, terms, word.prefix))
    return tuple(found.values())


def wanted_of(word: SoughtWord) -> Wanted:
    """Return a sought word as what is looked for in texts."""
    return Wanted(word.text, word.terms, word.prefix)


def _joined(first: Sequence[SoughtWord], second: Sequence[SoughtWord]) -> tuple[SoughtWord, ...]:
    return tuple({word.text: word for word in (*second, *first)}.values())


def _below(within: NoteId | None, node: Node) -> Node:
    """Return a query for a note and what is below it; None is the whole library."""
    if within is None:
        return node
    return All((Filter("within", str(within)), *(node.parts if isinstance(node, All) else (node,))))


def _last_word(node: Node) -> Word | Phrase | None:
    """Return the word, or the phrase, at the end of a query."""
    while isinstance(node, All | Any):
        node = node.parts[-1]
    return node if isinstance(node, Word | Phrase) else None


def _is_a_letter(node: Node) -> bool:
    last = _last_word(node)
    text = last.words[-1] if isinstance(last, Phrase) else last.text if last is not None else ""
    return len(text) == 1 and not CJK.match(text)


def _open_last(node: Node) -> Node:
    """Let the last word of a query stand for the words that begin so."""
    if isinstance(node, Word) and len(node.text) > 1:
        return replace(node, prefix=True)
    if isinstance(node, Phrase):  # its quotation mark is not closed yet: the last word stands anywhere
        before, last = _without_last(node), Word(node.words[-1], len(node.words[-1]) > 1, node.title_only)
        return last if before is None else All((before, last))
    if isinstance(node, All | Any):
        return type(node)((*node.parts[:-1], _open_last(node.parts[-1])))
    return node


def _without_last(node: Node) -> Node | None:
    """Return a query without its last word; None where nothing is left."""
    if isinstance(node, Phrase):
        words = node.words[:-1]
        return Phrase(words, node.title_only) if len(words) > 1 else Word(words[0], False, node.title_only)
    if isinstance(node, All | Any):
        last = _without_last(node.parts[-1])
        parts = (*node.parts[:-1], last) if last is not None else node.parts[:-1]
        return None if not parts else parts[0] if len(parts) == 1 else type(node)(parts)
    return None
