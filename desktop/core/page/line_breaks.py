"""Places where a long word may be broken into lines.

The page breaks lines between words only, else a narrow column of a table would break its words. What is longer than any
word (addresses, file names, hashes) gets breaks without width: after punctuation, and every so often within the rest.
In a table too wide for the column ordinary words are broken too, between syllables as far as that can be guessed, and
show a hyphen there. Both are taken out again when words are copied.
"""

import re
from functools import lru_cache

BREAK = "\u200b"
HYPHEN = "\u00ad"  # seen only where a line ends with it
LONG = 26  # characters; hardly a word of either language is longer
LONG_CODE = 60
FEW = 3  # letters that are not worth a break without a syllable
_RUN = rf"[^\s{BREAK}\ufdd0\ufdd1]"  # the noncharacters stand for what is stashed
_LONG_RUN = re.compile(rf"{_RUN}{{{LONG + 1},}}")
_PIECE = re.compile(r"[^/_.?&=,;:+-]{0,16}[/_.?&=,;:+-]?")
_MARKED_PIECE = re.compile(r"[^/_.?&=,;:+-]*[/_.?&=,;:+-]?")
_WORD = re.compile(r"[^\W\d_]+")
_VOWEL = "[аеёиоуыэюяaeiouy]"
_CONSONANT = "[бвгджзйклмнпрстфхцчшщbcdfghjklmnpqrstvwxz]"
_STOP, _LIQUID = "[бвгдкптфbcdfgkpt]", "[лрlr]"  # which stay together: "про-грам-ма", "pro-gram"
_SYLLABLE = re.compile(
    rf"(?<={_VOWEL})(?={_CONSONANT}{_VOWEL}|{_STOP}{_LIQUID}{_VOWEL})"
    rf"|(?<={_CONSONANT})(?={_STOP}{_LIQUID}{_VOWEL}|(?!{_LIQUID}){_CONSONANT}{_VOWEL})"
    rf"|(?<=(?!{_STOP}){_CONSONANT})(?={_LIQUID}{_VOWEL})",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[\d.,:/%+-]{1,12}")  # dates too


def breakable(text: str, longest: int = LONG) -> str:
    """Return the text with breaks in its long words; with hyphens in words above `longest` when that is less."""
    if len(text) <= longest:
        return text
    if longest < LONG:
        return _runs_above(longest).sub(lambda run: _divided(run[0], longest), text)
    return _LONG_RUN.sub(lambda run: BREAK.join(piece for piece in _PIECE.findall(run.group()) if piece), text)


def breakable_code(code: str, longest: int = LONG_CODE) -> str:
    """Return code with breaks in its runs above `longest`, which no hyphen shows."""
    if len(code) <= longest:
        return code
    pieces = _code_pieces(longest)
    return _runs_above(longest).sub(lambda run: BREAK.join(piece for piece in pieces.findall(run[0]) if piece), code)


def longest_run(text: str) -> int:
    """Return the length of the longest word of a text as `breakable` leaves it."""
    return max((len(word) for word in breakable(text).replace(BREAK, " ").split()), default=0)


@lru_cache(maxsize=64)
def _runs_above(longest: int) -> re.Pattern[str]:
    return re.compile(rf"{_RUN}{{{longest + 1},}}")


@lru_cache(maxsize=64)
def _code_pieces(longest: int) -> re.Pattern[str]:
    return re.compile(rf"[^/_.?&=,;:+-]{{0,{longest}}}[/_.?&=,;:+-]?")


def _divided(run: str, longest: int) -> str:
    if _NUMBER.fullmatch(run):
        return run
    pieces = [piece for piece in _MARKED_PIECE.findall(run) if piece]
    return BREAK.join(_WORD.sub(lambda word: _hyphenated(word[0], longest), piece) for piece in pieces)


def _hyphenated(word: str, longest: int) -> str:
    if len(word) <= longest:
        return word
    places = [match.start() for match in _SYLLABLE.finditer(word) if 2 <= match.start() <= len(word) - 2]
    parts, start = [], 0
    for place in [*places, len(word)]:
        while place - start > longest + FEW:  # no syllable was seen
            parts.append(word[start : start + longest])
            start += longest
        if place > start:
            parts.append(word[start:place])
            start = place
    return HYPHEN.join(parts)
