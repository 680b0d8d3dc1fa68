"""From text to index terms, and from a typed word to the terms that stand for it.

Both sides take the same way: tokens, their stems, the parts of camelCase words and of letter/digit mixtures, and
pairs of neighbouring characters for scripts that write no blanks (CJK). There are no stop words. Only the query side
knows Russian inflection: Snowball alone joins about four fifths of the form pairs (ошибка and ошибок, день and дня
have different stems), so a known Russian word stands for the stems of its whole lexeme.

Counting goes by distinct raw tokens, each analysed once and remembered: the same few ten thousand words make up any
library, and one dictionary look-up per distinct word of a note is all that is left to do.
"""

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from desktop.core.text.words import CJK, MAX_TOKEN, TOKEN, compose, fold_word, stem, tokens

if TYPE_CHECKING:
    import pymorphy3

ANALYZER_VERSION = 1  # a change of what this module returns needs another number: the index is then built anew

_PART = re.compile(r"[A-ZА-ЯЁ]+(?![a-zа-яё])|[A-ZА-ЯЁ]?[a-zа-яё]+|\d+|[^\W\d_A-Za-zА-Яа-яЁё]+")
_MIXED = re.compile(r"[a-zа-яё][A-ZА-ЯЁ]|[A-ZА-ЯЁ]{2}[a-zа-яё]|\d[^\W\d_]|[^\W\d_]\d")
_MAX_PARTS = 6  # more borders than that is a hash or an id, whose pieces nobody searches
_REMEMBERED = 200_000  # distinct raw tokens, some 50 MB; then the memory starts anew
_MIN_SCORE = 0.05  # of a reading of a word: rarer ones only bring strangers
_MAX_FORMS = 24  # stems one word may stand for

_known: dict[str, tuple[str, ...]] = {}


def count_terms(text: str) -> tuple[dict[str, int], int]:
    """Return the terms of `text` with their frequency, and the number of its tokens."""
    counts = Counter(TOKEN.findall(compose(text)))
    terms: dict[str, int] = {}
    known = _known
    if len(known) > _REMEMBERED:
        known.clear()
    get = terms.get
    for token, frequency in counts.items():
        found = known.get(token)
        if found is None:
            found = known[token] = token_terms(token)
        for term in found:
            terms[term] = get(term, 0) + frequency
    return terms, counts.total()


def token_terms(token: str) -> tuple[str, ...]:
    """Return the index terms of one composed token in its own case."""
    if not token.isascii() and CJK.search(token):
        return tuple(dict.fromkeys(_cjk_terms(token)))
    folded = fold_word(token[:MAX_TOKEN])
    terms = [stem(folded)]
    if not (token.isalpha() and token[1:].islower()) and _MIXED.search(token):
        parts = _PART.findall(token[:MAX_TOKEN])
        if 1 < len(parts) <= _MAX_PARTS:
            terms.extend(stem(fold_word(part)) for part in parts)
    return tuple(dict.fromkeys(terms))


def _cjk_terms(token: str) -> list[str]:
    """Return single characters and pairs of the CJK runs, and the terms of what stands between them."""
    terms: list[str] = []
    place = 0
    for run in CJK.finditer(token):
        if run.start() > place:
            terms.extend(token_terms(token[place : run.start()]))
        piece = run.group()
        terms.extend(piece)
        terms.extend(piece[i : i + 2] for i in range(len(piece) - 1))
        place = run.end()
    if place < len(token):
        terms.extend(token_terms(token[place:]))
    return terms


def query_words(text: str) -> list[str]:
    """Return the words that a typed piece of text asks for: its tokens, CJK runs as pairs."""
    words: list[str] = []
    for token in tokens(text):
        if token.isascii() or not CJK.search(token):
            words.append(token[:MAX_TOKEN])
            continue
        place = 0
        for run in CJK.finditer(token):
            if run.start() > place:
                words.append(token[place : run.start()])
            piece = run.group()
            words.extend([piece] if len(piece) == 1 else [piece[i : i + 2] for i in range(len(piece) - 1)])
            place = run.end()
        if place < len(token):
            words.append(token[place:])
    return words


def word_stem(word: str) -> str:
    """Return the index term of one query word."""
    return word if CJK.match(word) else stem(word)


@lru_cache(maxsize=4_000)
def word_stems(word: str) -> tuple[str, ...]:
    """Return the terms that a query word stands for, its own first.

    The first Russian word loads the dictionary (some 15 MB, a few tenths of a second): not for use while typing.
    """
    own = word_stem(word)
    if not re.fullmatch("[а-я]{2,}", word):
        return (own,)
    found = {own: None}
    for reading in _morphology().parse(word)[:4]:
        if not reading.is_known or reading.score < _MIN_SCORE:
            continue
        for form in reading.lexeme:
            if "Cmp2" not in form.tag:  # поумнее: a prefix that nobody searches by
                found[stem(fold_word(form.word))] = None
    return tuple(found)[:_MAX_FORMS]


@lru_cache(maxsize=1)
def _morphology() -> "pymorphy3.MorphAnalyzer":
    # Late: the dictionary is the heaviest part of a search and English-only users never need it.
    import pymorphy3

    return pymorphy3.MorphAnalyzer()
