"""Names on a shelf: folded, the newest notes first, with what finds the few that may match.

A shelf is never changed. Numbers and letters lie in arrays and long strings (100,000 titles: some 12 MB): of

- the *lines* of all names, one after the other, in which Python finds a piece at 1 GB/s;
- a *lexicon* of their words in alphabetical order, with the names that hold each: all words that begin alike stand
  together, and so do their names;
- for each letter, the names that hold it and those with a word that begins with it, as the bits of one number.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from heapq import nsmallest

from desktop.core.search.title_match import MAX_INITIALS, Closeness, Sought, can_slip
from desktop.core.text.slips import one_edit
from desktop.core.text.words import stem

_LETTERS = "abcdefghijklmnopqrstuvwxyzабвгдежзийклмнопрстуфхцчшщъыьэюя0123456789"
_MOST_WORDS = 3_000  # of the lexicon that one typed word may stand for by a piece of it, or a form
_MOST_LOOKED_AT = 600  # names whose letters are compared one by one
_MOST_TESTED = 5_000  # names that are known to hold the rarest of several words
_LAST = "\U0010ffff"


class Shelf:
    """Names of notes, numbered from 0."""

    def __init__(self, names: Iterable[tuple[int, str]]) -> None:
        """Take (note, line) pairs, the notes in descending order of their ids."""
        self._notes = array("q")
        lines: list[str] = []
        postings: dict[str, array[int]] = defaultdict(lambda: array("I"))
        for number, (note_id, line) in enumerate(names):
            self._notes.append(note_id)
            lines.append(line)
            for word in set(line.split(" ")):
                postings[word].append(number)
        self._text, self._line_at = _joined(lines)
        self._holding, self._beginning = _letter_bits(lines)
        words = sorted(postings)
        self._lexicon, self._word_at = _joined(words)
        self._numbers, self._ends = array("I"), array("I", [0])
        for word in words:
            self._numbers.extend(postings[word])
            self._ends.append(len(self._numbers))

    def __len__(self) -> int:
        return len(self._notes)

    def note(self, number: int) -> int:
        """Return the note that a name belongs to."""
        return self._notes[number]

    def line(self, number: int) -> str:
        """Return a name's line."""
        return self._text[self._line_at[number] : self._line_at[number + 1] - 1]

    def names_of(self, note_id: int) -> range:
        """Return the names of a note."""
        return range(
            bisect_left(self._notes, -note_id, key=lambda note: -note),
            bisect_right(self._notes, -note_id, key=lambda note: -note),
        )

    def candidates(self, sought: Sought, closeness: Closeness, room: int) -> Iterable[int]:
        """Return the names that may match in one way, the newest first; all that do are among them.

        Where a look at the name is all that remains to be done, about `room` of them are enough.
        """
        match closeness:
            case Closeness.EXACT:
                return self._with_piece(f"\n{sought.line}\n", 1)
            case Closeness.PREFIX:
                return self._with_piece(f"\n{sought.line}", 1)
            case Closeness.WORD | Closeness.WORDS:
                return self._all(([self._begun(word)] for word in sought.words), room)
            case Closeness.INITIALS:
                fitting = " " not in sought.line and 1 < len(sought.letters) <= MAX_INITIALS
                return self._with_letters(sought.letters) if fitting else ()
            case Closeness.FORM:
                return self._all((self._forms(*pair) for pair in _pairs(sought)), room)
            case Closeness.INSIDE:
                return self._inside(sought)
            case Closeness.TYPO:
                return self._all((self._slips(*pair) for pair in _pairs(sought)), room)
            case _:
                return self._with_letters(sought.letters)

    def _with_piece(self, piece: str, shift: int = 0) -> Iterator[int]:
        """Yield the names in whose lines a piece stands."""
        at = self._text.find(piece)
        while at >= 0:
            number = bisect_right(self._line_at, at + shift) - 1
            yield number
            at = self._text.find(piece, self._line_at[number + 1] - 1)

    def _with_letters(self, letters: str) -> Iterator[int]:
        """Yield names that hold the letters, the first of them at the beginning of a word."""
        bits = self._beginning.get(letters[0], 0)
        for letter in letters[1:]:
            bits &= self._holding.get(letter, bits)
        flags = f"{bits:0{len(self)}b}"
        at = flags.find("1") if bits else -1
        looked_at = 0
        while at >= 0 and looked_at < _MOST_LOOKED_AT:
            looked_at += 1
            yield at
            at = flags.find("1", at + 1)

    def _all(self, groups: Iterable[Iterable["array[int]"]], room: int) -> list[int]:
        """Return the names that stand in some array of each group, the newest first.

        The rarest word comes first; to look at the few names that it leaves is faster than to read the others' lists.
        """
        found: set[int] | None = None
        sized = sorted(((sum(map(len, parts)), parts) for parts in map(list, groups)), key=lambda group: group[0])
        for size, parts in sized:
            if found is not None and len(found) * 4 < size and len(found) <= _MOST_TESTED:
                break
            numbers: set[int] = set()
            for part in parts:
                numbers.update(part)
            found = numbers if found is None else found & numbers
        found = found or set()
        return sorted(found) if len(found) <= _MOST_TESTED else nsmallest(4 * room, found)

    def _begun(self, beginning: str) -> "array[int]":
        """Return the names that hold a word which begins so."""
        first, last = self._range(beginning)
        return self._numbers[self._ends[first] : self._ends[last]]

    def _forms(self, word: str, root: str) -> Iterator["array[int]"]:
        """Yield the names that hold a word which begins so, or a form of it."""
        yield self._begun(word)
        if not root:
            return
        first, last = self._range(root[: max(3, len(root) - 1)])
        for number in range(first, min(last, first + _MOST_WORDS)):
            if stem(self._word(number)) == root:
                yield self._numbers[self._ends[number] : self._ends[number + 1]]

    def _slips(self, word: str, root: str) -> Iterator["array[int]"]:
        """Yield the names that hold the word, a form of it, or a word that begins so but for one slip."""
        yield from self._forms(word, root)
        if not can_slip(word) or len(self._begun(word)):
            return  # what begins words of the library is no slip
        for other in set(one_edit(word)):
            at = bisect_left(range(len(self._word_at) - 1), other, key=self._word)
            if self._lexicon.startswith(other, self._word_at[at]):
                yield self._begun(other)

    def _inside(self, sought: Sought) -> Iterator[int]:
        """Yield the names with what was typed within a word, across words, or in words that are written as one."""
        if len(sought.words) > 1:
            yield from self._with_piece(sought.line)
        yield from sorted(self._holders(sought.letters))

    def _holders(self, piece: str) -> set[int]:
        """Return the names that hold a word with this piece in it."""
        numbers: set[int] = set()
        at = self._lexicon.find(piece)
        for _word in range(_MOST_WORDS):
            if at < 0:
                break
            word = bisect_right(self._word_at, at) - 1
            numbers.update(self._numbers[self._ends[word] : self._ends[word + 1]])
            at = self._lexicon.find(piece, self._word_at[word + 1])
        return numbers

    def _word(self, number: int) -> str:
        return self._lexicon[self._word_at[number] : self._word_at[number + 1] - 1]

    def _range(self, beginning: str) -> tuple[int, int]:
        """Return the first of the words that begin so, and the first after them."""
        words = range(len(self._word_at) - 1)
        first = bisect_left(words, beginning, key=self._word)
        return first, bisect_left(words, beginning + _LAST, lo=first, key=self._word)


def _pairs(sought: Sought) -> Iterator[tuple[str, str]]:
    return zip(sought.words, sought.stems, strict=True)


def _joined(pieces: Sequence[str]) -> tuple[str, "array[int]"]:
    """Return the pieces between line breaks, and where each begins, with the end."""
    starts = array("I", [1])
    for piece in pieces:
        starts.append(starts[-1] + len(piece) + 1)
    return "\n".join(("", *pieces, "")), starts


def _letter_bits(lines: Sequence[str]) -> tuple[dict[str, int], dict[str, int]]:
    """Return for each letter the lines that hold it, and those that begin a word with it; the first is the top bit."""
    holding = {letter: bytearray(b"0" * len(lines)) for letter in _LETTERS}
    beginning = {letter: bytearray(b"0" * len(lines)) for letter in _LETTERS}
    letters, one = frozenset(_LETTERS), ord("1")
    for number, line in enumerate(lines):
        for letter in letters.intersection(line):
            holding[letter][number] = one
        for word in line.split(" "):
            if word[:1] in beginning:
                beginning[word[:1]][number] = one
    if not lines:
        return {}, {}
    return ({letter: int(flags, 2) for letter, flags in holding.items()},
            {letter: int(flags, 2) for letter, flags in beginning.items()})  # fmt: skip
