"""How a few typed letters and a name go together.

Both are compared as *lines*: their words, folded, with one space between. A line matches in one of the ways of
Closeness, the closest first; of two names that match in the same way the one with the smaller *looseness* stands first
(words left out, letters in between, a word only begun).
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

from desktop.core.text.folding import fold_name
from desktop.core.text.slips import is_slip, swap_layout
from desktop.core.text.words import compose, stem

LONGEST = 200  # characters of a name that are looked at
MOST_WORDS = 8  # of what was typed
_WORD = re.compile(r"[^\W_]+[+#]*")  # C++ and C# are not C
_SPACE = re.compile(" ")
_WORD_OR_BREAK = re.compile(rf"{_WORD.pattern}|\n")
_MIN_FORM, _MIN_TYPO, _MAX_TYPO = 3, 5, 20  # letters of a word
MAX_INITIALS = 16
_MIN_LETTERS = 3


class Closeness(IntEnum):
    """The ways of matching, the closest first."""

    EXACT = 0  # the whole name
    PREFIX = 1  # its beginning
    WORD = 2  # the beginning of a word in it
    WORDS = 3  # beginnings of its words, in any order
    INITIALS = 4  # first letters, or beginnings, of its words in their order
    FORM = 5  # other forms of its words
    INSIDE = 6  # within its words
    LAYOUT = 7  # any of these for the same keys in the other layout
    TYPO = 8  # one slip of the finger in a word
    LETTERS = 9  # the letters in their order, others between them


STRICT = (
    Closeness.EXACT,
    Closeness.PREFIX,
    Closeness.WORD,
    Closeness.WORDS,
    Closeness.INITIALS,
    Closeness.FORM,
    Closeness.INSIDE,
)
Fit = tuple[Closeness, int]  # with the looseness
Marks = tuple[tuple[int, int], ...]


def line_of(text: str) -> str:
    """Return the folded words of a text with one space between."""
    return " ".join(_WORD.findall(compose(fold_name(text[:LONGEST]))))


def lines_of_keys(keys: Sequence[str]) -> list[str]:
    """Return the lines of names that are folded already, as the library keeps them: a third of the time."""
    text = "\n".join(key[:LONGEST].replace("\n", " ") for key in keys)
    return [line.strip() for line in " ".join(_WORD_OR_BREAK.findall(compose(text))).split("\n")]


@dataclass(frozen=True)
class Sought:
    """What was typed."""

    line: str

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of it."""
        return tuple(self.line.split(" ")[:MOST_WORDS])

    @cached_property
    def letters(self) -> str:
        """The letters without the spaces."""
        return self.line.replace(" ", "")

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """The stems of the words; "" for one that is too short to have forms."""
        return tuple(stem(word) if len(word) >= _MIN_FORM else "" for word in self.words)

    @cached_property
    def loose(self) -> re.Pattern[str]:
        """The letters in their order, each as early as can be: no step is ever taken back."""
        first, rest = re.escape(self.letters[0]), map(re.escape, self.letters[1:])
        return re.compile(first + "".join(f"[^{letter}]*{letter}" for letter in rest))


def sought_in_other_layout(text: str) -> Sought:
    """Return what the same keys write in the other layout."""
    return Sought(line_of(swap_layout(text)))


def fit(line: str, sought: Sought, most: Closeness = Closeness.INSIDE) -> Fit | None:
    """Tell how closely a line matches what was typed, in the ways down to `most`."""
    for how, test in _TESTS.items():
        if how > most:
            break
        found = test(line, sought)
        if found is not None:
            return found
    return None


def _fit_beginnings(line: str, sought: Sought) -> Fit | None:
    typed = sought.line
    if line.startswith(typed):
        if line == typed:
            return Closeness.EXACT, 0
        return Closeness.PREFIX, int(not line.startswith(f"{typed} "))
    spaced = f" {line} "
    if f" {typed}" in spaced:
        return Closeness.WORD, int(f" {typed} " not in spaced)
    if len(sought.words) > 1 and all(f" {word}" in spaced for word in sought.words):
        return Closeness.WORDS, sum(f" {word} " not in spaced for word in sought.words)
    return None


def _fit_initials(line: str, sought: Sought) -> Fit | None:
    path = initials_path(line, sought)
    return None if path is None else (Closeness.INITIALS, path[1])


def _fit_forms(line: str, sought: Sought) -> Fit | None:
    words = line.split(" ")
    for typed, root in zip(sought.words, sought.stems, strict=True):
        if not _begun_in(words, typed) and not _form_in(words, root):
            return None
    return Closeness.FORM, 0


def _fit_inside(line: str, sought: Sought) -> Fit | None:
    if len(sought.letters) == 1 and sought.line.isascii():
        return None
    if sought.line in line:
        return Closeness.INSIDE, 0
    if len(sought.words) > 1 and sought.letters in line.replace(" ", ""):
        return Closeness.INSIDE, 1
    return None


def _fit_slips(line: str, sought: Sought) -> Fit | None:
    words = line.split(" ")
    slips = 0
    for typed, root in zip(sought.words, sought.stems, strict=True):
        if _begun_in(words, typed) or _form_in(words, root):
            continue
        if not can_slip(typed) or not any(is_slip(typed, word) for word in words):
            return None
        slips += 1
    return Closeness.TYPO, slips


def _fit_letters(line: str, sought: Sought) -> Fit | None:
    path = letters_path(line, sought)
    return None if path is None else (Closeness.LETTERS, path[-1] - path[0] + 1 - len(path))


# Each finds its own way of matching, the first one all from EXACT to WORDS.
_TESTS: dict[Closeness, Callable[[str, Sought], Fit | None]] = {
    Closeness.EXACT: _fit_beginnings,
    Closeness.INITIALS: _fit_initials,
    Closeness.FORM: _fit_forms,
    Closeness.INSIDE: _fit_inside,
    Closeness.TYPO: _fit_slips,
    Closeness.LETTERS: _fit_letters,
}


def test_of(how: Closeness) -> Callable[[str, Sought], Fit | None]:
    """Return what tells whether a line matches in one way; for those down to WORDS, whether in any of them."""
    return _TESTS[how if how > Closeness.WORDS else Closeness.EXACT]


def can_slip(word: str) -> bool:
    """Tell whether a word is long enough for a slip to leave it recognizable."""
    return _MIN_TYPO <= len(word) <= _MAX_TYPO


def _begun_in(words: Sequence[str], typed: str) -> bool:
    return any(word.startswith(typed) for word in words)


def _form_in(words: Sequence[str], root: str) -> bool:
    return bool(root) and any(word[:2] == root[:2] and stem(word) == root for word in words)


def initials_path(line: str, sought: Sought) -> tuple[list[int], int] | None:
    """Return where the beginnings of words stand that make up the letters, and how many words lie between.

    `вб` and `векба` in `векторные базы`. Each word is tried once for each number of letters that are still to be found.
    """
    letters = sought.letters
    if not 2 <= len(letters) <= MAX_INITIALS or " " in sought.line or sought.loose.search(line) is None:
        return None
    starts = [0, *(match.end() for match in _SPACE.finditer(line))]
    places = [-1]
    for letter in letters:  # all the ways at once: most lines end here
        begun = [start for start in starts if start > places[0] and line[start] == letter]
        on = [place + 1 for place in places if place >= 0 and line[place + 1 : place + 2] == letter]
        places = sorted({*on, *begun})
        if not places:
            return None
    refused: set[tuple[int, int]] = set()

    def follow(done: int, number: int) -> list[int] | None:
        if done == len(letters):
            return []
        for at in range(number, len(starts)):
            if (done, at) in refused:
                continue
            start, most = starts[at], 0
            while done + most < len(letters) and line[start + most : start + most + 1] == letters[done + most]:
                most += 1
            for length in range(most, 0, -1):
                rest = follow(done + length, at + 1)
                if rest is not None:
                    return [*range(start, start + length), *rest]
            refused.add((done, at))
        return None

    path = follow(0, 0)
    if path is None:
        return None
    touched = {line.count(" ", 0, place) for place in path}
    return path, max(touched) - min(touched) + 1 - len(touched) + min(touched)


def letters_path(line: str, sought: Sought) -> list[int] | None:
    """Return where the letters stand, closest together, from the beginning of a word on."""
    letters = sought.letters
    if not _MIN_LETTERS <= len(letters) <= MAX_INITIALS:
        return None
    best: tuple[int, int] | None = None
    start = line.find(letters[0])
    while start >= 0:
        if start == 0 or line[start - 1] == " ":
            found = sought.loose.match(line, start)
            if found is None:
                break
            if best is None or found.end() - start < best[1] - best[0]:
                best = found.span()
        start = line.find(letters[0], start + 1)
    if best is None or best[1] - best[0] > 2 * len(letters) + 1:
        return None
    path = [best[0]]
    for letter in letters[1:]:
        path.append(line.index(letter, path[-1] + 1))
    return path


def marks_in(name: str, sought: Sought, closeness: Closeness) -> Marks:
    """Return the places of a name, as it is written, that match what was typed."""
    line, places = _spelled(name)
    at = sorted({places[place] for place in _matched(line, sought, closeness) if places[place] >= 0})
    marks: list[tuple[int, int]] = []
    for place in at:
        if marks and marks[-1][1] == place:
            marks[-1] = (marks[-1][0], place + 1)
        else:
            marks.append((place, place + 1))
    return tuple(marks)


def _spelled(name: str) -> tuple[str, list[int]]:
    """Return the line of a name, and for each of its characters the one of the name that it comes from; -1: a space."""
    name = name[:LONGEST]
    text = compose(fold_name(name))
    origin: Sequence[int] = range(len(name))
    if len(text) != len(name) or name[:1].isspace():  # not letter for letter: stress marks, decomposed letters, ß
        letters = [compose(fold_name(letter)) if letter.isalnum() else compose(letter) for letter in name]
        text = "".join(letters)
        origin = [place for place, folded in enumerate(letters) for _letter in folded]
    pieces: list[str] = []
    places: list[int] = []
    for match in _WORD.finditer(text):
        if pieces:
            places.append(-1)
        pieces.append(match[0])
        places.extend(origin[match.start() : match.end()])
    return " ".join(pieces), places


def _matched(line: str, sought: Sought, closeness: Closeness) -> Iterator[int]:
    if closeness is Closeness.INITIALS:
        initials = initials_path(line, sought)
        yield from initials[0] if initials else ()
        return
    if closeness is Closeness.LETTERS:
        yield from letters_path(line, sought) or ()
        return
    whole = f" {line}".find(f" {sought.line}")
    if whole < 0 and closeness is Closeness.INSIDE:
        whole = line.find(sought.line)
    if whole >= 0:
        yield from range(whole, whole + len(sought.line))
        return
    if closeness is Closeness.INSIDE:
        solid = [place for place, letter in enumerate(line) if letter != " "]
        start = line.replace(" ", "").find(sought.letters)
        yield from solid[start : start + len(sought.letters)]
        return
    starts = [match.span() for match in re.finditer("[^ ]+", line)]
    for typed, root in zip(sought.words, sought.stems, strict=True):
        yield from _place_of(line, starts, typed, root)


def _place_of(line: str, words: Sequence[tuple[int, int]], typed: str, root: str) -> range:
    """Return the letters of the word that one typed word means."""
    for start, _end in words:
        if line.startswith(typed, start):
            return range(start, start + len(typed))
    for start, end in words:
        if root and stem(line[start:end]) == root:
            return range(start, end)
    for start, end in words:
        if can_slip(typed) and is_slip(typed, line[start:end]):
            return range(start, min(end, start + len(typed)))
    return range(0)
