"""Which words of mixed Russian and English look like slips of the finger.

A word is told only when all of this holds: no dictionary knows it (Russian: OpenCorpora by pymorphy3, English:
pyspellchecker's list), neither does the user; one edit makes a known word of it; it is written in small letters of one
alphabet; and the text does not hold it three times. The last three rules are what keeps a text about computers quiet:
names, terms and jargon have no near neighbour or come again. Measured on the lectures and digests of the corpus, false
alarms fall from 16 (Russian) and 27 (English) to about 3 for 1,000 words, and one edit away is what fingers do.
"""

import re
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cached_property

from desktop.core.text.morphology import morphology
from desktop.core.text.slips import one_edit
from desktop.core.text.terms import TERMS

SHORTEST, LONGEST = 4, 24  # letters of a word that is judged
DELIBERATE = 3  # times in a text
OFFERED = 5
REMEMBERED = 20_000  # verdicts
_TOKEN = re.compile(r"[\w'’./\\@:+#&-]++")
_EDGES = "'’./\\@:+#&-_"
_NO_WORD = re.compile(r"[\d_./\\@:+#&]")  # a path, an address, a version, a name of a program
_RUSSIAN = re.compile(r"[а-яё]+$")
_ENGLISH = re.compile(r"[a-z]+(?:'[a-z]{1,2})?$")
_BRITISH = (("our", "or"), ("is", "iz"), ("ys", "yz"), ("ogue", "og"), ("ll", "l"), ("tre", "ter"))


@dataclass(frozen=True, slots=True)
class ProseLine:
    """A line, and the spans of it that are no prose (code, addresses, formulas), ascending."""

    text: str
    skipped: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Misspelling:
    """A word that looks like a slip; `start` and `end` are offsets in its line."""

    line: int  # index into what was asked about
    start: int
    end: int
    word: str
    suggestions: tuple[str, ...]  # the likeliest first


class Speller:
    """Judges words; the dictionaries are read when the first word of their language comes. For one thread at a time."""

    def __init__(self) -> None:
        self._verdicts: dict[str, tuple[str, ...]] = {}  # suggestions; none for a word that is right

    def check(self, lines: Sequence[ProseLine], text: str, own_words: Set[str]) -> list[Misspelling]:
        """Return what looks wrong in some lines of a text; `own_words` (in small letters) are right."""
        found = []
        for number, line in enumerate(lines):
            for start, word in _words(line):
                if word in own_words or word in TERMS:
                    continue
                near = self._near(word)
                if near and text.count(word) < DELIBERATE:
                    ordered = sorted(near, key=lambda other: -text.count(other))  # what stands there is what is meant
                    found.append(Misspelling(number, start, start + len(word), word, tuple(ordered[:OFFERED])))
        return found

    def _near(self, word: str) -> tuple[str, ...]:
        """Return known words that one edit makes of an unknown one; none for a known word."""
        verdict = self._verdicts.get(word)
        if verdict is None:
            if len(self._verdicts) > REMEMBERED:
                self._verdicts.clear()
            verdict = self._verdicts[word] = self._judge(word)
        return verdict

    def _judge(self, word: str) -> tuple[str, ...]:
        if _RUSSIAN.match(word):
            if _is_russian(word):
                return ()
            return _ranked(word, morphology().word_is_known, lambda _other: 0)
        if self._is_english(word):
            return ()
        return _ranked(word, self._english.__contains__, lambda other: -self._english[other])

    @cached_property
    def _english(self) -> "dict[str, int]":
        """How often English words stand in the subtitles of films."""
        from desktop.core.text.english_words import english_words  # late: Russian texts do without

        return english_words()

    def _is_english(self, word: str) -> bool:
        """Tell whether an English word is known, in the American spelling or the British."""
        known = self._english
        stem = word.removesuffix("'s").removesuffix("'")
        if word in known or stem in known:
            return True
        for here, there in _BRITISH:
            head, found, tail = stem.rpartition(here)
            if found and f"{head}{there}{tail}" in known:
                return True
        return False


def _words(line: ProseLine) -> Iterator[tuple[int, str]]:
    """Yield (offset, word) for the words of a line that can be judged."""
    skipped = iter([*line.skipped, (len(line.text), len(line.text))])
    skip_start, skip_end = next(skipped)
    for token in _TOKEN.finditer(line.text):
        while skip_end <= token.start() and skip_end < len(line.text):
            skip_start, skip_end = next(skipped)
        whole = token[0].strip(_EDGES).replace("’", "'")
        start = token.start() + token[0].find(whole[:1]) if whole else token.start()
        if _NO_WORD.search(whole) or (skip_start < start + len(whole) and start < skip_end):
            continue
        if "-" in whole and _RUSSIAN.match(whole.replace("-", "")) and morphology().word_is_known(whole):
            continue
        for word in whole.split("-"):
            if SHORTEST <= len(word) <= LONGEST and (_RUSSIAN.match(word) or _ENGLISH.match(word)):
                yield start, word
            start += len(word) + 1


def _is_russian(word: str) -> bool:
    """Tell whether a Russian word is known, or a known one behind a known prefix."""
    if morphology().word_is_known(word):
        return True
    from pymorphy3.units import KnownPrefixAnalyzer  # late, as the dictionary

    readings = morphology().parse(word)
    return bool(readings) and isinstance(readings[0].methods_stack[0][0], KnownPrefixAnalyzer)


def _ranked(word: str, known: Callable[[str], bool], rank: Callable[[str], int]) -> tuple[str, ...]:
    """Return the known words one edit away: exchanged letters, then one too many or too few, then another letter."""

    def order(other: str) -> tuple[int, int]:
        return (0 if sorted(other) == sorted(word) else 2 if len(other) == len(word) else 1), rank(other)

    near = {other for other in one_edit(word) if other != word and len(other) >= SHORTEST - 1 and known(other)}
    return tuple(sorted(near, key=lambda other: (*order(other), other)))
