"""From text to index terms, and from a typed word to the terms that stand for it.

Both sides take the same way: tokens, their stems, the parts of camelCase words and of letter/digit mixtures, and
pairs of neighbouring characters for scripts that write no blanks (CJK). There are no stop words. A token with a sign
(C++, .NET, A/B, 1.21.3) is a term of its own, and its parts are too. Only the query side knows inflection: Snowball
alone joins about four fifths of the Russian form pairs (ошибка and ошибок, день and дня have different stems), so a
known Russian word stands for the stems of its whole lexeme, and an irregular English one for those of its forms.

Counting goes by distinct raw tokens, each analysed once and remembered: the same few ten thousand words make up any
library, and one dictionary look-up per distinct word of a note is all that is left to do.
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from desktop.core.text.irregular import base_stems, irregular_stems
from desktop.core.text.morphology import morphology
from desktop.core.text.words import CJK, MAX_TOKEN, TOKEN, compose, fold_word, stem, tokens

if TYPE_CHECKING:
    import pymorphy3

ANALYZER_VERSION = 2  # a change of what this module returns needs another number: the index is then built anew

_PART = re.compile(r"[A-ZА-ЯЁ]+(?![a-zа-яё])|[A-ZА-ЯЁ]?[a-zа-яё]+|\d+|[^\W\d_A-Za-zА-Яа-яЁё]+")
_RUSSIAN = re.compile("[а-я]{2,}")
_MIXED = re.compile(r"[a-zа-яё][A-ZА-ЯЁ]|[A-ZА-ЯЁ]{2}[a-zа-яё]|\d[^\W\d_]|[^\W\d_]\d")
_MAX_PARTS = 6  # more borders than that is a hash or an id, whose pieces nobody searches
_REMEMBERED = 60_000  # distinct raw tokens, some 15 MB; then the memory starts anew
_MIN_SHARE = 0.2  # of all readings of a word: rarer ones (три: to rub!) only bring strangers
_EVERYWHERE = ("быть", "дать")  # суть and данные are words of their own, not only forms of these
_MAX_FORMS = 24  # stems one word may stand for
_LETTERS = "abcdefghijklmnopqrstuvwxyzабвгдежзийклмнопрстуфхцчшщъыьэюя"
_VOWELS = "аеиоуыэюяйьъ"
_ENDINGS = ("я", "ю", "и", "е", "ей", "ем", "ям", "ях", "ями")  # of день, пень
_CHANGES = {
    "ш": "с х", "с": "ш", "ж": "з г д", "з": "ж", "г": "ж", "ч": "к т", "к": "ч", "щ": "т ст ск", "т": "ч щ",
}  # fmt: skip
_SUPPLETIVE = {  # stem -> stems of the same word that share no beginning
    "человек": "люд людьм", "люд": "человек", "людьм": "человек", "ребенок": "дет детьм", "ребенк": "дет детьм",
    "дет": "ребенок ребенк", "детьм": "ребенок ребенк", "год": "лет летн", "лет": "год", "идт": "шел шла шли ид",
    "шел": "идт ид", "шли": "идт ид", "я": "мен мне мной", "пойт": "пошел пошл", "пошел": "пойт пойд",
    "хорош": "лучш", "плох": "хуж",
}  # fmt: skip

_known: dict[str, tuple[str, ...]] = {}
_own: dict[str, str] = {}  # the first of them


def count_terms(text: str) -> tuple[dict[str, int], list[str]]:
    """Return the terms of `text` with their frequency, and its tokens in reading order, in their own case."""
    found_tokens = TOKEN.findall(compose(text))
    counts = Counter(found_tokens)
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
    return terms, found_tokens


def sequence(found_tokens: list[str]) -> list[str]:
    """Return the terms of tokens in reading order: of each its own, of CJK runs the pairs that a query asks for."""
    try:
        return list(map(_own.__getitem__, found_tokens))
    except KeyError:
        pass
    if len(_own) > _REMEMBERED:
        _own.clear()
    for token in set(found_tokens).difference(_own):
        if token.isascii() or not CJK.search(token):
            _own[token] = token_terms(token)[0]
    get = _own.get
    terms: list[str] = []
    for token in found_tokens:
        own = get(token)
        if own is not None:
            terms.append(own)
        else:
            terms.extend(map(word_stem, query_words(token)))
    return terms


def token_terms(token: str) -> tuple[str, ...]:
    """Return the index terms of one composed token in its own case."""
    if not token.isascii() and CJK.search(token):
        return tuple(dict.fromkeys(_cjk_terms(token)))
    if not token.isalnum():
        return tuple(dict.fromkeys(_signed_terms(token[:MAX_TOKEN])))
    folded = fold_word(token[:MAX_TOKEN])
    terms = [stem(folded), *base_stems(folded)]
    if not (token.isalpha() and token[1:].islower()) and _MIXED.search(token):
        parts = _PART.findall(token[:MAX_TOKEN])
        if 1 < len(parts) <= _MAX_PARTS:
            terms.extend(stem(fold_word(part)) for part in parts)
    return tuple(dict.fromkeys(terms))


def _signed_terms(token: str) -> Iterator[str]:
    """Yield a token that holds a sign, whole, and what it is found by besides."""
    folded = fold_word(token)
    yield folded
    if folded[0] == ".":
        yield from token_terms(token[1:])
    elif "/" in folded:
        yield from (stem(folded[0]), stem(folded[-1]))
    elif folded[-1] in "+#":
        yield stem(folded.rstrip("+#"))
    else:  # every run of the numbers in v1.21.3
        numbers = [number for number in folded.lstrip(_LETTERS).split(".") if number]
        for size in range(len(numbers), 1, -1):
            yield from (".".join(numbers[at : at + size]) for at in range(len(numbers) - size + 1))
        for number in token.split("."):
            yield from token_terms(number) if number else ()


def _cjk_terms(token: str) -> list[str]:
    """Return single characters and pairs of the CJK runs, and the terms of what stands between them."""
    terms: list[str] = []
    place = 0
    for run in CJK.finditer(token):
        if run.start() > place:
            terms.extend(_between(token[place : run.start()]))
        piece = run.group()
        terms.extend(piece)
        terms.extend(piece[i : i + 2] for i in range(len(piece) - 1))
        place = run.end()
    if place < len(token):
        terms.extend(_between(token[place:]))
    return terms


def _between(piece: str) -> Iterator[str]:
    for token in TOKEN.findall(piece):
        yield from token_terms(token)


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
                words.extend(TOKEN.findall(token[place : run.start()]))
            piece = run.group()
            words.extend([piece] if len(piece) == 1 else [piece[i : i + 2] for i in range(len(piece) - 1)])
            place = run.end()
        if place < len(token):
            words.extend(TOKEN.findall(token[place:]))
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
    if word.isascii():
        found = [own, *irregular_stems(word)] if word.isalpha() else [own, *_spoken(word)]
    elif word.isalpha() and _RUSSIAN.fullmatch(word):
        found = [own, *_lexeme_stems(word)]
    else:
        found = [own, *_spoken(word)]
    return tuple(dict.fromkeys(found))[:_MAX_FORMS]


def _spoken(word: str) -> Iterator[str]:
    """Yield how else people write a word with a sign: NET for .NET, 1.21 for v1.21."""
    if word[0] == ".":
        yield stem(word[1:])
    elif word[0] == "v" and "." in word:  # v1.21
        yield word[1:]


def _lexeme_stems(word: str) -> Iterator[str]:
    """Yield the stems of every form of a Russian word, in each of its likely readings."""
    readings: dict[tuple[str, str], list[pymorphy3.analyzer.Parse]] = {}
    if not morphology().word_is_known(word):  # guessing at one takes longer than the rest of a search
        return
    for reading in morphology().parse(word):
        if reading.is_known:
            readings.setdefault((reading.normal_form, str(reading.tag.POS)), []).append(reading)
    shares = {key: sum(reading.score for reading in some) for key, some in readings.items()}
    likely = _MIN_SHARE * sum(shares.values())
    for key, some in readings.items():
        if shares[key] < likely or (key[0] in _EVERYWHERE and len(readings) > 1):
            continue
        for form in _forms(some[0]):
            yield stem(fold_word(form))


def _forms(reading: "pymorphy3.analyzer.Parse") -> Iterator[str]:
    """Yield the forms of a word out of the dictionary's tables.

    `reading.lexeme` would make an object of each, 200 of a verb. Forms with a prefix (поумнее, наилучший) are left
    out: nobody searches by these.
    """
    _analyzer, word, number, place = reading.methods_stack[0][:4]
    dictionary = morphology().dictionary
    paradigm = dictionary.paradigms[number]
    root = dictionary.build_stem(paradigm, place, word)
    size = len(paradigm) // 3  # suffixes, tags, prefixes
    for suffix in {paradigm[n] for n in range(size) if paradigm[2 * size + n] == 0}:
        yield root + dictionary.suffixes[suffix]


def neighbour_stems(prefix: str) -> tuple[str, ...]:
    """Return stems that may belong to the word of which `prefix` is the beginning, though they begin otherwise.

    By rule and without the dictionary, so for use while typing: ошибо may become ошибок, and the text says ошибка.
    Most of them are no words: only the library's lexicon can tell.
    """
    if prefix.isascii():
        return irregular_stems(prefix) if prefix.isalpha() and len(prefix) > 2 else ()
    if len(prefix) < 3 or not _RUSSIAN.fullmatch(prefix):
        return ()
    found: dict[str, None] = dict.fromkeys(_SUPPLETIVE.get(stem(prefix), "").split())
    for base in dict.fromkeys((prefix, stem(prefix), prefix.rstrip(_VOWELS))):
        if len(base) > 1:
            for other in _alternants(base):
                found[other] = None
                if len(short := stem(other)) > 2:  # писем is found under пис
                    found[short] = None
    return tuple(term for term in found if not term.startswith(prefix))[:_MAX_FORMS]


def _alternants(base: str) -> Iterator[str]:
    """Yield what may become of the end of a Russian stem: a vowel comes or goes, a consonant changes."""
    head, last = base[:-1], base[-1]
    before = head[-1]
    if last in "ое" and before not in _VOWELS:  # ошибо, писе: half of ошибок, писем
        yield from (head + consonant for consonant in "кнлцрм")
        yield from (f"{head}ь{consonant}" for consonant in "мкбн")
    elif last not in _VOWELS:
        if before in "ое" and len(head) > 1:  # ошибок, писем, копеек, день
            yield from (head[:-1] + last, f"{head[:-1]}ь{last}", f"{head[:-1]}й{last}")
            if len(base) < 4:  # the stemmer leaves words of one syllable as they are
                yield from (head[:-1] + last + ending for ending in _ENDINGS)
        elif before in "ьй":
            yield f"{head[:-1]}е{last}"
        elif before not in _VOWELS:  # ошибк, дн
            yield from (f"{head}о{last}", f"{head}е{last}")
            if len(base) < 3:
                yield from (base + ending for ending in _ENDINGS)
        for other in _CHANGES.get(last, "").split():  # пиш: писать
            yield from (head + other, f"{head}{other}а")


def loaded() -> bool:
    """Tell whether the Russian dictionary is in memory."""
    return morphology.cache_info().currsize > 0


def load() -> None:
    """Bring the Russian dictionary into memory, so that the next query does not wait for it."""
    morphology()
