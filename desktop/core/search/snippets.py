"""Where the words of a query stand in a text, whether a phrase is there, and the piece of text to show.

The index knows no positions, so all of this reads the note's own text, for the rows that are seen. Words are looked
for by plain substring search for their stems in the folded text, which is many times faster than a regular
expression with alternatives, and then the whole word at each place is asked for its stem.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from desktop.core.records import Snippet
from desktop.core.search.analyzer import token_terms
from desktop.core.text.plain import plain_text
from desktop.core.text.words import CJK, TOKEN, compose, exact_pattern, fold_word, mark_pattern, stem

SNIPPET_LENGTH = 180
BEFORE = 40  # characters of context before the first mark
MAX_MARKS = 24  # places looked at in one text
PHRASE_GAP = 12  # characters between two words of a phrase: blanks, markup, a line break


class Wanted:
    """A word to find in texts: as typed, and the index terms that stand for it.

    `heads` are beginnings such that each of its forms has one of them; none is the beginning of another.
    """

    __slots__ = ("heads", "prefix", "terms", "text")

    def __init__(self, text: str, terms: frozenset[str], prefix: bool = False) -> None:
        self.text = text
        self.terms = terms
        self.prefix = prefix
        found = {_head(term) for term in terms} | {text}
        self.heads = tuple(sorted(h for h in found if not any(h != other and h.startswith(other) for other in found)))

    def is_meant(self, word: str) -> bool:
        """Tell whether a word of a text, composed and in its own case, is a form of this one."""
        folded = fold_word(word)
        if self.prefix and folded.startswith(self.text):
            return True
        return stem(folded) in self.terms or not self.terms.isdisjoint(token_terms(word))


@dataclass(frozen=True, slots=True)
class Mark:
    """A found word: its span and which of the wanted words it is."""

    start: int
    end: int
    word: int


def fold_text(text: str) -> str:
    """Return `text` in lower case with ё as е, each character at its own place."""
    folded = fold_word(text)
    if len(folded) == len(text):
        return folded
    return "".join(low if len(low := c.lower()) == 1 else c for c in text).replace("ё", "е")


def find_marks(text: str, wanted: Sequence[Wanted], folded: str = "", limit: int = MAX_MARKS) -> list[Mark]:
    """Return where the words stand, ascending; at most `limit` places of each. `folded` saves folding again."""
    folded = folded or fold_text(text)
    marks: dict[int, Mark] = {}
    for number, word in enumerate(wanted):
        for mark in _places(text, folded, word, number, limit):
            marks.setdefault(mark.start, mark)
    found: list[Mark] = []
    for place in sorted(marks):  # net within .NET is no place of its own
        if not found or place >= found[-1].end:
            found.append(marks[place])
    return found


def _places(text: str, folded: str, word: Wanted, number: int, limit: int) -> Iterator[Mark]:
    for head in word.heads:
        found = 0
        place = folded.find(head)
        tries = 0
        while place >= 0 and found < limit and tries < 50 * limit:
            tries += 1
            end = place + len(head)
            if CJK.match(head):
                found += 1
                yield Mark(place, end, number)
            elif place == 0 or not folded[place - 1].isalnum() or _is_border(text, place):
                match = TOKEN.match(text, place)
                if match is not None:
                    end = match.end()
                    if word.is_meant(compose(text[place:end])):
                        found += 1
                        yield Mark(place, end, number)
            place = folded.find(head, end)


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


def find_phrase(text: str, words: Sequence[Wanted]) -> tuple[int, int] | None:
    """Return the span of the first place where forms of the words follow one another in order."""
    firsts = find_marks(text, words[:1], limit=10_000)
    for mark in firsts:
        end = mark.end
        for word in words[1:]:
            match = TOKEN.search(text, end, end + PHRASE_GAP + 64)
            if match is None or match.start() - end > PHRASE_GAP:
                break
            token = compose(match.group())
            if CJK.match(word.text):
                if not text.startswith(word.text[-1], end):
                    break
                end += 1
                continue
            if not word.is_meant(token):
                break
            end = match.end()
        else:
            return mark.start, end
    return None


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
    best, most = 0, 0
    for number, mark in enumerate(marks):
        seen = {mark.word}
        for following in marks[number + 1 :]:
            if following.end - mark.start > SNIPPET_LENGTH - BEFORE:
                break
            seen.add(following.word)
        if len(seen) > most:
            best, most = number, len(seen)
    return best


def make_snippet(text: str, marks: Sequence[Mark], wanted: Sequence[Wanted], before: int = BEFORE) -> Snippet:
    """Return the piece of the text around the best marks, as a reader sees it, with the words marked.

    `before`: so many characters, at most, come before the first mark; few where there is only one line to show.
    """
    if marks:
        chosen = marks[best_place(marks)]
        begin = max(_line_start(text, chosen.start), chosen.start - 3 * BEFORE)
        end = chosen.end + 2 * SNIPPET_LENGTH
    else:
        begin = body_start(text)
        end = begin + 2 * SNIPPET_LENGTH
    plain = _plain(_whole_links(text[begin:end], cut=begin > _line_start(text, begin)))
    found = find_marks(plain, wanted, limit=12)
    first = found[best_place(found)].start if found else 0
    cut = max(0, first - before)
    if cut:
        blank = plain.find(" ", cut, first)
        cut = blank + 1 if blank >= 0 else cut
    stop = min(len(plain), cut + SNIPPET_LENGTH)
    if stop < len(plain):
        blank = plain.rfind(" ", cut + SNIPPET_LENGTH // 2, stop)
        stop = blank if blank > 0 else stop
    lead = "…" if cut or (begin > body_start(text) + 1 and text[begin - 1 : begin] not in ("", "\n")) else ""
    shown = lead + plain[cut:stop] + ("…" if stop < len(plain) or end < len(text) else "")
    shift = len(lead) - cut
    spans = ((mark.start + shift, mark.end + shift) for mark in found if cut <= mark.start and mark.end <= stop)
    return Snippet(shown, tuple(spans))


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


def _line_start(text: str, offset: int) -> int:
    return text.rfind("\n", 0, offset) + 1


def _whole_links(piece: str, *, cut: bool) -> str:
    """Return a piece of Markdown without the link that its end, or its cut beginning, falls into."""
    last = piece.rfind("[")
    if last > 0 and ")" not in piece[last:]:
        piece = piece[:last]
    if cut:
        end = piece.find(")")
        if end >= 0 and not set(piece[:end]) & set(" ([\n"):
            piece = piece[end + 1 :]
    return piece


def _plain(raw: str) -> str:
    """Return a few lines of Markdown as one line of words."""
    lines = []
    for line in raw.splitlines():
        line = line.strip()
        if line and not set(line) <= set("-=*_`~|:+ "):
            line = line.lstrip("#>-*+|→ ").replace("|", " ")
            lines.append(line[4:] if line.startswith(("[ ] ", "[x] ", "[X] ")) else line)
    return plain_text(" ".join(lines))


def marks_from(marks: Sequence[Mark], offset: int) -> Sequence[Mark]:
    """Return the marks at or after an offset, all of them when there is none."""
    after = marks[bisect_left([mark.start for mark in marks], offset) :]
    return after or marks
