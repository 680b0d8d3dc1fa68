"""Slips of the finger: the word of the library that someone meant who typed one that is not there.

One edit: two neighbouring letters exchanged, a letter too many, too few, or another one. The shorter the word, the
more of a slip it must look like (a neighbouring key, letters that sound alike, a doubled letter), for one edit makes
half the dictionary out of five letters.

Most edits of a long word are never made: after the beginning that an edit leaves as it is, few letters go on to any
term, and behind a whole term stands only a short inflection.
"""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from desktop.core.search.analyzer import word_stem
from desktop.core.search.schema import BODY, TITLE
from desktop.core.search.view import View

MIN_LENGTH = 4  # in shorter words one edit makes anything of anything
MAX_LENGTH = 24
SHORTEST_PAIR = 7  # letters of two words in one
LONG = 7  # letters, from which on any edit is believed
_SHORTEST_STEM = 4
_LIKELY = 1.5
_TIMES_MORE = 10  # a word that is found at all is a slip only for one so much more frequent
_RUSSIAN_ENDING = 4  # letters that the stemmer takes off, in which an edit goes unnoticed by the lexicon
_ENGLISH_ENDING = 7
_MANY = 2_000  # terms that begin alike: any letter may follow
_RUSSIAN = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
_ENGLISH = "abcdefghijklmnopqrstuvwxyz"
# An edit behind the stem must make one of these: the stemmer takes off more than people write (powerli).
_RUSSIAN_ENDINGS = frozenset(
    "а я ы и у ю е о ь й ой ей ою ею ом ем ам ям ами ями ах ях ов ев ий ый ия ие ию ии ией ием иям иях иями ая яя ое ее"
    " ые ого его ому ему ым им ых их ыми ими ую юю ость ости остью ать ять еть ить уть ал ял ел ил ала ила ели или али"
    " ет ит ют ят ут ат ешь ишь ем им ете ите ся ться лся лась лось лись ется ится ются ятся ан ен ана ена ано ено ены"
    " ание ения ение ению ением ания анию анием".split()
)
_ENGLISH_ENDINGS = frozenset(
    "e y s es ed er ers ing ings ly al ally ion ions ation ations ative ator ators ment ments ness able ably ible ity"
    " ities ive ives ize izes ized izing izer izers ization ies ied ic ical ically ance ances ence ences ant ent ful"
    " less ous ism ist ists ate ates ated ating".split()
)
_REWRITTEN = "yie"  # the stemmer writes library as librari
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю")
_ALIKE = "оа ие еэ ыи тд пб сз гк вф шщ жш йи ea ei ou iy ck sc sz".split()


class _Edit(NamedTuple):
    word: str
    place: int  # from here on the word is another
    how: str  # exchanged, dropped, replaced, added
    old: str
    new: str


def best_fix(word: str, view: View, *, instead_of: int = 0) -> str:
    """Return the most frequent word of the library at one believable edit, "" where there is none.

    `instead_of`: so many notes hold the word as it is; then a less frequent one was not meant.
    """
    if not MIN_LENGTH <= len(word) <= MAX_LENGTH or not word.isalpha():
        return ""
    ending = _ENGLISH_ENDING if word.isascii() else _RUSSIAN_ENDING
    endings = _ENGLISH_ENDINGS if word.isascii() else _RUSSIAN_ENDINGS
    own = word_stem(word)
    tried, following = _letters_at(word, view)
    counts: dict[str, int] = {}
    scores: dict[str, float] = {}
    for edit in _edits(word, tried):
        likely = _likelihood(word, edit)
        if not likely:
            continue
        stem = word_stem(edit.word)
        if stem == own or (edit.place >= len(stem) and edit.word[len(stem) :] not in endings):
            continue
        shortest = _SHORTEST_STEM - (edit.how == "exchanged") + (likely <= _LIKELY)
        if len(stem) < shortest or len(edit.word) - len(stem) > ending:
            continue
        letters = following[edit.place]
        if letters is not None and len(stem) > edit.place and stem[edit.place] not in letters:
            continue
        if stem not in counts:
            counts[stem] = view.count(stem)
        sure = edit.how == "exchanged" or (edit.how == "added" and likely > _LIKELY)
        if counts[stem] >= max(1, instead_of if sure else instead_of * _TIMES_MORE):
            scores[edit.word] = counts[stem] * likely
    if not scores:
        return ""
    return max(scores, key=lambda other: (scores[other], -abs(len(other) - len(word)), other))


def joined_pair(word: str, view: View) -> tuple[str, str] | None:
    """Return the two words of the library that were written as one, None where that cannot be."""
    if not SHORTEST_PAIR <= len(word) <= MAX_LENGTH or not word.isalpha():
        return None
    least = 2 if word.isascii() else 3  # Power BI; a Russian word begins with a preposition far too often
    pairs = {}
    for place in range(least, len(word) - least + 1):
        count = view.count(word_stem(word[:place]))
        if count and (count := min(count, view.count(word_stem(word[place:])))):
            pairs[word[:place], word[place:]] = count
    return max(pairs, key=lambda pair: (pairs[pair], pair)) if pairs else None


def terms_from(prefix: str, view: View, most: int = 500) -> list[str]:
    """Return terms that begin with `prefix`, at most `most` of each list."""
    found: dict[str, None] = {}
    for layer in view.layers:
        for field in (TITLE, BODY):
            lexicon = layer.segment.lexicon(field)
            found.update((lexicon.term(place), None) for place in islice(lexicon.range_of(prefix), most))
    return list(found)


def _letters_at(word: str, view: View) -> tuple[list[str], list[frozenset[str] | None]]:
    """Return for each place of an edit the letters to try, and those that go on to a term (None: any)."""
    alphabet = _ENGLISH if word.isascii() else _RUSSIAN
    ending = _ENGLISH_ENDING if word.isascii() else _RUSSIAN_ENDING
    tried: list[str] = []
    following: list[frozenset[str] | None] = []
    for place in range(len(word) + 1):
        letters = _next_letters(word[:place], view) if place > 1 else None
        if letters is None or place >= len(word) - ending - 1:  # an inflection is in no lexicon
            tried.append(alphabet)
        elif letters:
            tried.append("".join(sorted({*letters, *_REWRITTEN} & set(alphabet))))
        else:
            break
        following.append(letters)
    return tried, following


def _next_letters(head: str, view: View) -> frozenset[str] | None:
    letters: set[str] = set()
    for layer in view.layers:
        for field in (TITLE, BODY):
            lexicon = layer.segment.lexicon(field)
            places = lexicon.range_of(head)
            if len(places) > _MANY:
                return None
            terms, size = lexicon.terms, len(head)
            letters.update(term[size] for place in places if len(term := terms[place]) > size)
    return frozenset(letters)


def _edits(word: str, letters: Sequence[str]) -> Iterator[_Edit]:
    for place, some in enumerate(letters):
        head, tail = word[:place], word[place:]
        if len(tail) > 1 and tail[0] != tail[1] and tail[1] in some:
            yield _Edit(head + tail[1] + tail[0] + tail[2:], place, "exchanged", tail[0], tail[1])
        if tail and tail[1:2] in some:
            yield _Edit(head + tail[1:], place, "dropped", tail[0], "")
        for letter in some if tail else "":
            if letter != tail[0]:
                yield _Edit(head + letter + tail[1:], place, "replaced", tail[0], letter)
        for letter in some:
            yield _Edit(head + letter + tail, place, "added", "", letter)


def _likelihood(word: str, edit: _Edit) -> float:
    """Return how much an edit looks like a slip, 0 where nobody would believe it."""
    if edit.how == "exchanged":
        return 6.0
    around = word[max(0, edit.place - 1) : edit.place] + word[edit.place + 1 : edit.place + 2]
    if edit.how == "dropped":
        doubled = edit.old in around
        near = doubled or any(other in _NEAR.get(edit.old, "") for other in around)
        believed = doubled or len(edit.word) >= (LONG - 2 if near else LONG - 1)
    elif edit.how == "added":
        near = edit.new in (word[edit.place - 1 : edit.place], word[edit.place : edit.place + 1])
        believed = near or len(word) >= LONG - 2
    else:
        near = edit.new in _NEAR.get(edit.old, "")
        believed = near or len(word) >= LONG
    if edit.place == 0 and (len(word) < LONG or (edit.how == "replaced" and not near)):  # people look at it
        return 0.0
    if not believed or (len(word) == MIN_LENGTH and not (near and edit.how == "added")):
        return 0.0
    return (3.0 if near else _LIKELY) * (0.5 if edit.place == 0 else 1.0)


def _near_letters() -> dict[str, str]:
    """Return for each letter the keys beside it and the letters that sound alike."""
    near: dict[str, set[str]] = {}
    for rows in (_ROWS[:3], _ROWS[3:]):
        for line, row in enumerate(rows):
            for place, letter in enumerate(row):
                beside = near.setdefault(letter, set())
                for other in rows[max(0, line - 1) : line + 2]:
                    # Each row stands half a key to the right of the one above it.
                    shift = line - rows.index(other)
                    first, last = (place - 1, place + 1) if not shift else (place, place + 1)
                    first, last = (first, last) if shift >= 0 else (place - 1, place)
                    beside.update(other[max(0, first) : last + 1])
                beside.discard(letter)
    for pair in _ALIKE:
        near.setdefault(pair[0], set()).add(pair[1])
        near.setdefault(pair[1], set()).add(pair[0])
    return {letter: "".join(sorted(others)) for letter, others in near.items()}


_NEAR = _near_letters()
