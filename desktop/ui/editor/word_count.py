"""How long a text is: words, characters, minutes of reading; counted anew only where it changed."""

import re
from dataclasses import dataclass

from desktop.core.text.span import changed_span

WORDS_A_MINUTE = 180  # of attentive reading
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_BLANK = re.compile(r"\s")
_SLICE = 16_384  # characters


@dataclass(frozen=True, slots=True)
class Counts:
    """The length of a text, or of a selection in it."""

    words: int = 0
    characters: int = 0  # line ends are none
    solid: int = 0  # characters that are no blanks
    selected: "Counts | None" = None  # the same of what is selected

    @property
    def minutes(self) -> int:
        """How long reading takes, rounded, at least 1 where there is a word."""
        return max(1, round(self.words / WORDS_A_MINUTE)) if self.words else 0


class WordCount:
    """Counts one text after another; no word crosses a line, so the lines that both share are counted once."""

    def __init__(self) -> None:
        self._known = ("", Counts())  # a text with its counts, exchanged in one step: readers run side by side

    def of(self, text: str) -> Counts:
        """Return the length of a text."""
        old, known = self._known
        start, _old_end, new_end = changed_span(old, text)
        start = text.rfind("\n", 0, start) + 1
        after = text.find("\n", new_end)
        rest = len(text) - after if after >= 0 else 0
        gone, new = count(old[start : len(old) - rest]), count(text[start : len(text) - rest])
        counts = Counts(
            known.words + new.words - gone.words,
            known.characters + new.characters - gone.characters,
            known.solid + new.solid - gone.solid,
        )
        self._known = (text, counts)
        return counts


def count(text: str) -> Counts:
    """Count a text, in slices: one run of the regex engine over a megabyte would hold all threads up."""
    words = solid = lines = start = 0
    while start < len(text):
        blank = _BLANK.search(text, start + _SLICE, start + 2 * _SLICE)
        end = blank.start() if blank else start + 2 * _SLICE  # no word is that long
        piece = text[start:end]
        words += len(_WORD.findall(piece))
        solid += len("".join(piece.split()))
        lines += piece.count("\n")
        start = end
    return Counts(words, len(text) - lines, solid)
