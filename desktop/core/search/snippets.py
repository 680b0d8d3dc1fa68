"""Where the words of a query stand in a text, and the piece of text to show.

The index knows which words follow one another, but not where in the text they stand, so all of this reads the note's
own text, for the rows that are seen. Words are looked for by plain substring search for their stems in the folded
text, which is many times faster than a regular expression with alternatives, and then the whole word at each place is
asked for its stem.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from desktop.core.records import Snippet
from desktop.core.search.analyzer import token_terms
from desktop.core.text.plain import plain_text
from desktop.core.text.words import CJK, TOKEN, compose, exact_pattern, fold_word, mark_pattern, stem

SNIPPET_LENGTH = 180
LINE_LENGTH = 110  # of a snippet that is shown in one line
BEFORE = 40  # characters of context before the first mark
BEFORE_IN_LINE = 14
MAX_MARKS = 24  # places looked at in one text
MOST_YO = 3  # letters of a word that are tried as ё


_terms_of = lru_cache(maxsize=16_384)(token_terms)  # texts that are shown together share their words


class Mark(NamedTuple):
    """A found word: its span and which of the wanted words it is."""

    start: int
    end: int
    word: int


class Wanted:
    """A word to find in texts: as typed, and the index terms that stand for it.

    `heads` are beginnings such that each of its forms has one of them; none is the beginning of another.
    """

    __slots__ = ("_meant", "_spellings", "heads", "prefix", "terms", "text")

    def __init__(self, text: str, terms: frozenset[str], prefix: bool = False) -> None:
        self.text = text
        self.terms = terms
        self.prefix = prefix
        found = {_head(term) for term in terms} | {text}
        self.heads = tuple(sorted(h for h in found if not any(h != other and h.startswith(other) for other in found)))
        self._meant: dict[str, bool] = {}
        self._spellings: tuple[str, ...] | None = None

    def is_meant(self, word: str) -> bool:
        """Tell whether a word of a text, composed and in its own case, is a form of this one."""
        folded = fold_word(word)
        if self.prefix and folded.startswith(self.text):
            return True
        return stem(folded) in self.terms or not self.terms.isdisjoint(_terms_of(word))

    def spellings(self) -> tuple[str, ...]:
        """Return the heads as people write them: in small letters, with a capital, in capitals, one е as ё."""
        if self._spellings is None:
            found: dict[str, None] = {}
            for head in self.heads:
                places = [place for place, letter in enumerate(head) if letter == "е"][:MOST_YO]
                for low in (head, *(f"{head[:place]}ё{head[place + 1 :]}" for place in places)):
                    found[low] = found[low[0].upper() + low[1:]] = None
                found[head.upper()] = None
            self._spellings = tuple(sorted(found, key=str.swapcase))  # small letters are most likely
        return self._spellings

    def places(self, text: str, folded: str, heads: Iterable[str], number: int, limit: int) -> list[Mark]:
        """Return where it stands, unsorted, as the marks of word `number`: at most `limit` places of each head."""
        marks: list[Mark] = []
        meant, find = self._meant, folded.find
        for head in heads:
            place = find(head)
            if place < 0:
                continue
            length, most = len(head), limit
            tries = (50 if length > 2 else 10) * limit  # two letters stand within every other word
            joined = CJK.match(head) is not None
            while place >= 0 and tries and most:
                tries -= 1
                end = place + length
                if joined:
                    most -= 1
                    marks.append(Mark(place, end, number))
                elif place and folded[place - 1].isalpha() and text[place].islower():
                    pass  # within a word, as nearly always; told without a call
                elif place == 0 or not folded[place - 1].isalnum() or _is_border(text, place):
                    match = TOKEN.match(text, place)
                    if match is not None:
                        end = match.end()
                        token = match[0]
                        known = meant.get(token)
                        if known is None:
                            known = meant[token] = self.is_meant(compose(token))
                        if known:
                            most -= 1
                            marks.append(Mark(place, end, number))
                place = find(head, end)
        return marks


def fold_text(text: str) -> str:
    """Return `text` in lower case with ё as е, each character at its own place."""
    folded = fold_word(text)
    if len(folded) == len(text):
        return folded
    return "".join(low if len(low := c.lower()) == 1 else c for c in text).replace("ё", "е")


def find_marks(text: str, wanted: Sequence[Wanted], folded: str = "", limit: int = MAX_MARKS) -> list[Mark]:
    """Return where the words stand, ascending; at most `limit` places of each. `folded` saves folding again."""
    return in_order(all_marks(text, wanted, folded, limit))


def all_marks(text: str, wanted: Sequence[Wanted], folded: str = "", limit: int = MAX_MARKS) -> list[Mark]:
    """Return where each of the words stands, word by word; two of them may stand at one place."""
    folded = folded or fold_text(text)
    marks: list[Mark] = []
    for number, word in enumerate(wanted):
        marks += word.places(text, folded, word.heads, number, limit)
    return marks


def in_order(marks: Iterable[Mark]) -> list[Mark]:
    """Return marks ascending and without those that lie in another: net within .NET is no place of its own."""
    found: list[Mark] = []
    end = 0
    for mark in sorted(marks):
        if mark.start >= end:
            found.append(mark)
            end = mark.end
    return found


def first_place(text: str, word: Wanted) -> int:
    """Return a place of a word in a long text, -1 where there is none.

    Folding a text takes ten times as long as looking for a few spellings in it; an odd one (мОДЕЛЬ) is missed.
    """
    for spelling in word.spellings():
        for mark in word.places(text, text, (spelling,), 0, 1):
            return mark.start
    return -1


def _is_border(text: str, place: int) -> bool:
    """Tell whether a part begins here inside a word, as Ops in MLOps."""
    before, here = text[place - 1], text[place]
    if before.isdigit() != here.isdigit():
        return True
    return here.isupper() and (before.islower() or text[place + 1 : place + 2].islower())


def holds_exactly(folded: str, word: str) -> bool:
    """Tell whether the word stands in a folded text in just this form."""
    place = folded.find(word)
    tries = 0
    while place >= 0 and tries < 500:
        end = place + len(word)
        if (place == 0 or not folded[place - 1].isalnum()) and (end >= len(folded) or not folded[end].isalnum()):
            return True
        place = folded.find(word, end)
        tries += 1
    return False


def body_start(text: str) -> int:
    """Return the offset after the front matter and the heading that repeats the title."""
    start = 0
    if text.startswith(("---\n", "---\r\n")):
        start = max(0, text.find("\n---", 3, 65_536) + 4) if "\n---" in text[3:65_536] else 0
    while start < len(text) and text[start].isspace():
        start += 1
    if text.startswith("# ", start):
        line = text.find("\n", start)
        return len(text) if line < 0 else line + 1
    return start


def best_place(marks: Sequence[Mark]) -> int:
    """Return which mark to show: the first from where most different words stand close together."""
    words = len({mark.word for mark in marks})
    if words < 2:
        return 0
    best, most = 0, 0
    for number, mark in enumerate(marks):
        seen = {mark.word}
        for following in marks[number + 1 :]:
            if following.end - mark.start > SNIPPET_LENGTH - BEFORE:
                break
            seen.add(following.word)
        if len(seen) > most:
            best, most = number, len(seen)
            if most == words:
                break
    return best


def first_lines(text: str, body: int, wanted: Sequence[Wanted]) -> Snippet:
    """Return how a text begins after its head."""
    end = body + 2 * SNIPPET_LENGTH
    plain = _plain(_whole_links(text[body:end], 0, cut=False))
    return _shown(plain, wanted, BEFORE, SNIPPET_LENGTH, led=False, more=end < len(text))


def snippet_at(text: str, body: int, place: Mark, wanted: Sequence[Wanted], *, in_line: bool = False) -> Snippet:
    """Return the piece of the text around a mark; `body` is where the text begins after its head.

    `in_line`: it is shown in one line, so it is shorter, and the marked word stands near its beginning.
    """
    before, length = (BEFORE_IN_LINE, LINE_LENGTH) if in_line else (BEFORE, SNIPPET_LENGTH)
    begin = max(0, place.start - (2 if in_line else 3) * BEFORE)
    line = text.rfind("\n", begin, place.start) + 1
    begin, cut = (line, False) if line else (begin, begin > 0 and text[begin - 1] != "\n")
    end = place.end + length + length // 2  # markup takes some of it
    plain = _plain(_whole_links(text[begin:end], place.end - begin, cut=cut))
    led = begin > body + 1 and text[begin - 1] != "\n"
    return _shown(plain, wanted, before, length, led=led, more=end < len(text))


def _shown(plain: str, wanted: Sequence[Wanted], before: int, length: int, *, led: bool, more: bool) -> Snippet:
    """Cut a piece of plain text around its best marks; `led` and `more`: the text goes on before and after it."""
    found = find_marks(plain, wanted, limit=12)
    first = found[best_place(found)].start if found else 0
    cut = max(0, first - before)
    if cut:
        blank = plain.find(" ", cut, first)
        cut = blank + 1 if blank >= 0 else cut
    stop = min(len(plain), cut + length)
    if stop < len(plain):
        blank = plain.rfind(" ", cut + length // 2, stop)
        stop = blank if blank > 0 else stop
    lead = "…" if cut or led else ""
    shown = lead + plain[cut:stop] + ("…" if more or stop < len(plain) else "")
    shift = len(lead) - cut
    return Snippet(
        shown, tuple([(start + shift, end + shift) for start, end, _word in found if cut <= start and end <= stop])
    )


def patterns(wanted: Iterable[Wanted]) -> tuple[str, ...]:
    """Return a regular expression for each way a wanted word may stand in a text."""
    found: dict[str, None] = {}
    for word in wanted:
        for term in sorted(word.terms):
            # The stem of a short word (дн for дня) begins too many others.
            found[mark_pattern(term) if len(term) > 2 or word.prefix else exact_pattern(term)] = None
        found[mark_pattern(word.text) if word.prefix else exact_pattern(word.text)] = None
    return tuple(found)


def _head(term: str) -> str:
    return term[:-1] if term.isascii() and len(term) > 3 and term[-1] in "ie" else term


def _whole_links(piece: str, keep: int, *, cut: bool) -> str:
    """Return a piece of Markdown without the half of a link that its end, or its cut beginning, falls into.

    What stands before `keep` at the end is not taken away, except for an address.
    """
    last = piece.rfind("[")
    if last >= 0:
        close = piece.find("]", last)
        if close < 0 or (piece.startswith("(", close + 1) and piece.find(")", close) < 0):
            if last >= keep:
                piece = piece[:last].rstrip("![")
            elif close >= 0:
                piece = piece[:last] + piece[last + 1 : close]
    if cut:
        end = piece.find(")")
        if end >= 0 and not set(piece[:end]) & set(" ([\n"):
            piece = piece[end + 1 :]
        else:
            close = piece.find("](")
            if close >= 0 and piece.find("[", 0, close) < 0:  # it begins within the words of a link
                piece = "[" + piece
    return piece


_NO_WORDS = "-=*_`~|:+ "  # lines of these alone are rules, borders of tables, fences


def _plain(raw: str) -> str:
    """Return a few lines of Markdown as one line of words."""
    lines = []
    for line in raw.splitlines():
        line = line.strip()
        if line.strip(_NO_WORDS):
            line = line.lstrip("#>-*+|→ ")
            if "|" in line:
                line = line.replace("|", " ")
            lines.append(line[4:] if line.startswith(("[ ] ", "[x] ", "[X] ")) else line)
    return plain_text(" ".join(lines))
