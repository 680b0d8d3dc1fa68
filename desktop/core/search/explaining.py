"""Why a note was found: how each word of the query matched, and what it adds to the score."""

from desktop.core.records import Explanation, MatchKind, MatchReason, NoteId
from desktop.core.search.asking import Asking, exact_bonuses, plain_terms
from desktop.core.search.bitmaps import holds
from desktop.core.search.library_facts import StoreFacts
from desktop.core.search.query import Node, Word
from desktop.core.search.ranking import IN_ORDER, Matcher, Scoring, score_words
from desktop.core.search.schema import BODY, TITLE
from desktop.core.search.snippets import Wanted, find_marks
from desktop.core.search.view import Layer, View
from desktop.core.store.notes import Notes
from desktop.core.text.words import compose, fold_word

MOST_FOUND = 5  # different words of the text that are named
_LOOKED_THROUGH = 300_000  # characters of a text


def explain(note_id: NoteId, asking: Asking, view: View, notes: Notes, facts: StoreFacts) -> Explanation | None:
    """Return why a note answers a query, also where only another reading of it does; None where neither does."""
    layer = view.layer_of(note_id)
    number = layer.segment.number_of(note_id) if layer is not None else None
    note = facts.found([note_id]).get(note_id)
    if layer is None or number is None or note is None:
        return None
    matcher = asking.matcher()
    reading = _reading(asking.node, number, layer, asking, matcher, view)
    if reading is None:
        return None
    node, other = reading
    words = score_words(node)
    scoring = Scoring(matcher, view, words, facts.opened(words))
    text = f"{note.title}\n{notes.bodies([note_id]).get(note_id, '')[:_LOOKED_THROUGH]}"
    reasons = []
    for word in words:
        gained = []
        for field in (TITLE, BODY):
            scores = [0.0] * len(layer.segment.facts.ids)
            if field == TITLE or not word.title_only:
                scoring.add_word(scores, 1 << number, word, field, layer)
            gained.append(scores[number])
        found = _forms(text, Wanted(word.text, frozenset(term for term, _weight in matcher.terms(word)), word.prefix))
        how = _how(word, found, other) if found or any(gained) else other or MatchKind.SOME
        reasons.append(MatchReason(word.text, how, found, *gained))
    ordered = len(words) > 1 and bool(matcher.in_order(words, 1 << number, layer))
    parts = {
        "exact": exact_bonuses(notes, view, [note], words).get(note_id, 0.0) if words else 0.0,
        "order": IN_ORDER if ordered else 0.0,
        "recency": scoring.recency(layer, number),
        "opened": scoring.opened(note_id),
    }
    score = sum(reason.title + reason.body for reason in reasons) + sum(parts.values())
    return Explanation(note_id, score, tuple(reasons), tuple((name, part) for name, part in parts.items() if part))


def _reading(
    node: Node, number: int, layer: Layer, asking: Asking, matcher: Matcher, view: View
) -> tuple[Node, MatchKind | None] | None:
    """Return the reading of the query that the note answers, and what kind of guess it is."""
    if holds(matcher.matches(node, layer), number):
        return node, None
    found = sum(matcher.matches(node, each).bit_count() for each in view.layers)
    for guess in asking.guesses(found):  # which guesses there are depends on it
        if holds(matcher.matches(guess.node, layer), number):
            return guess.node, guess.kind
    return None


def _how(word: Word, found: tuple[str, ...], other: MatchKind | None) -> MatchKind:
    if other is not None and other is not MatchKind.SOME:
        return other
    if word.text in found:
        return MatchKind.EXACT
    stems = frozenset(term for term, _weight in plain_terms(word))
    plain = Wanted(word.text, stems)
    if any(plain.is_meant(form) for form in found):
        return MatchKind.FORM
    return MatchKind.PREFIX if found else MatchKind.FORM


def _forms(text: str, wanted: Wanted) -> tuple[str, ...]:
    """Return the different words of a text that are meant, folded, the typed one first."""
    marks = find_marks(text, [wanted], limit=200)
    forms = dict.fromkeys(fold_word(compose(text[mark.start : mark.end])) for mark in marks)
    return tuple(sorted(forms, key=lambda form: form != wanted.text))[:MOST_FOUND]
