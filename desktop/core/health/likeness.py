"""What a name that leads nowhere may have meant.

All sought names are put under keys first; then the known names pass by once, and each is looked up under its own keys.
So a hundred thousand notes cost their number, whatever is broken, and nothing of them is kept. A name that differs by
one letter shares its first or its second half with the sought one: the halves are keys too.
"""

import re
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field

from desktop.core.records import Likeness
from desktop.core.text.folding import fold_name
from desktop.core.text.slips import swap_layout
from desktop.core.text.words import compose, stem

_WORD = re.compile(r"[^\W_]+[+#]*+")  # C++ and C# are not C
_LONGEST = 200  # characters of a name that are looked at
_MIN_TYPO = 5  # letters
_MIN_WORDS = 3  # letters that a name must have to be alike in another way than by its marks
_SHARED = 0.5  # of all words of both: so many must be the same to be alike in most words
MOST_SOUGHT = 20_000  # names that are looked for at once
_MOST_OF_A_KEY = 16  # sought names under one key, and known names as near as each other: no text costs the square
ORDER = tuple(Likeness)
CERTAIN = frozenset({Likeness.MOVED, Likeness.FORMER, Likeness.MARKS, Likeness.LAYOUT})  # the ways that leave no doubt


def words_of(name: str) -> tuple[str, ...]:
    """Return the folded words of a name."""
    return tuple(_WORD.findall(compose(fold_name(name[:_LONGEST]))))


@dataclass(slots=True)
class Found:
    """The best answer to one sought name so far."""

    rank: int = len(ORDER)
    share: float = 0.0  # of words, for the last way of being alike
    hits: list[tuple[Hashable, str]] = field(default_factory=list)  # what goes by the name, and the name

    @property
    def like(self) -> Likeness:
        """Return in which way it is alike."""
        return ORDER[self.rank]

    @property
    def sure(self) -> bool:
        """Tell whether it may be used without a look."""
        return len(self.hits) == 1 and self.like in CERTAIN

    def take(self, like: Likeness, owner: Hashable, name: str, share: float = 0.0) -> None:
        """Keep what is nearer than all before, or as near."""
        rank = ORDER.index(like)
        if (rank, -share) < (self.rank, -self.share):
            self.rank, self.share = rank, share
            self.hits = [(owner, name)]
        elif (rank, share) != (self.rank, self.share) or len(self.hits) >= _MOST_OF_A_KEY:
            return
        elif all(owner != other for other, _ in self.hits):
            self.hits.append((owner, name))


class Seeker:
    """Sought names under their keys."""

    def __init__(self, sought: Iterable[str], *, whole: bool = True, words: bool = False) -> None:
        """Take names; `whole`: a name that is the same counts too; `words`: most of the words are enough."""
        self.found: dict[str, Found] = {}
        self._whole = whole
        self._words = words
        self._keys: dict[Hashable, list[str]] = {}
        self._bags: dict[str, frozenset[str]] = {}
        self._lines: dict[str, tuple[str, ...]] = {}
        for name in sought:
            if name in self.found or len(self.found) >= MOST_SOUGHT:
                continue
            self.found[name] = Found()
            self._lines[name] = words_of(name)
            for key in self._keys_of(name):
                names = self._keys.setdefault(key, [])
                if len(names) < _MOST_OF_A_KEY:
                    names.append(name)

    def offer(self, owner: Hashable, name: str, *, former: bool = False) -> None:
        """Compare a known name with all sought ones."""
        words = words_of(name)
        if not words:
            return
        for like, key in _ways(name, words):
            for sought in self._keys.get(key, ()):
                if like is Likeness.MOVED and not (self._whole or former):
                    continue
                shown = Likeness.FORMER if former and like is Likeness.MOVED else like
                self.found[sought].take(shown, owner, name)
        for key, fits in _halves(words):
            for sought in self._keys.get(key, ()):
                other = self._lines[sought]
                if fits(" ".join(other)) and _same_numbers(words, other):
                    self.found[sought].take(Likeness.TYPO, owner, name)
        if self._words:
            self._compare_words(owner, name, words)

    def _compare_words(self, owner: Hashable, name: str, words: tuple[str, ...]) -> None:
        bag = frozenset(stem(word) for word in words)
        candidates = {sought for word in bag for sought in self._keys.get(("word", word), ())}
        for sought in candidates:
            other = self._bags[sought]
            share = len(bag & other) / len(bag | other)
            if share >= _SHARED:
                self.found[sought].take(Likeness.WORDS, owner, name, share)

    def _keys_of(self, name: str) -> Iterator[tuple[str, Hashable]]:
        words = self._lines[name]
        if not words:
            return
        yield "name", fold_name(name)
        letters = "".join(words)
        yield "marks", letters
        if len(letters) < _MIN_WORDS:
            return
        yield "number", _without_number(words)
        yield "forms", _forms(words)
        yield "layout", "".join(words_of(swap_layout(name)))
        line = " ".join(words)
        if len(line) >= _MIN_TYPO:
            for length in range(len(line) - 1, len(line) + 2):
                half = length // 2
                yield "head", (length, line[:half])
                yield "tail", (length, line[len(line) - (length - half) :])
            middle = len(line) // 2  # two letters exchanged on the border of the halves spoil both
            yield "line", line[: middle - 1] + line[middle] + line[middle - 1] + line[middle + 1 :]
        if self._words:
            self._bags[name] = frozenset(stem(word) for word in words)
            for word in self._bags[name]:
                yield "word", word


def _ways(name: str, words: tuple[str, ...]) -> Iterator[tuple[Likeness, tuple[str, Hashable]]]:
    """Yield the keys of a known name with what it means to meet there."""
    letters = "".join(words)
    yield Likeness.MOVED, ("name", fold_name(name))
    yield Likeness.MARKS, ("marks", letters)
    yield Likeness.LAYOUT, ("layout", letters)
    if len(letters) >= _MIN_WORDS:
        yield Likeness.NUMBER, ("number", _without_number(words))
        yield Likeness.FORMS, ("forms", _forms(words))


def _halves(words: tuple[str, ...]) -> Iterator[tuple[tuple[str, Hashable], Callable[[str], bool]]]:
    """Yield the keys under which a sought name with one other letter stands."""
    line = " ".join(words)
    if len(line) < _MIN_TYPO:
        return
    half = len(line) // 2
    yield ("line", line), lambda other: is_one_edit(line, other)
    yield ("head", (len(line), line[:half])), lambda other: is_one_edit(line, other)
    yield ("tail", (len(line), line[half:])), lambda other: is_one_edit(line, other)


def _forms(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(stem(word) for word in words)


def _without_number(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words behind the number or the date that a name begins with."""
    start = 0
    while start < len(words) - 1 and words[start].isdigit():
        start += 1
    return words[start:]


def _same_numbers(words: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell whether both hold the same digits: another number is another thing, not a slip."""
    return [c for word in words for c in word if c.isdigit()] == [c for word in other for c in word if c.isdigit()]


def is_one_edit(line: str, other: str) -> bool:
    """Tell whether two lines differ by one letter: another, one too many, one too few, or two exchanged."""
    if abs(len(line) - len(other)) > 1 or line == other:
        return False
    place = next((i for i, (a, b) in enumerate(zip(line, other, strict=False)) if a != b), min(len(line), len(other)))
    here, there = line[place:], other[place:]
    if len(here) == len(there):
        return here[1:] == there[1:] or (here[:2] == there[1::-1] and here[2:] == there[2:])
    return here[1:] == there if len(here) > len(there) else here == there[1:]
