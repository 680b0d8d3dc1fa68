"""Where in a note the words of an answer stand: its best section, up to three more, and the sentences to show.

This reads texts, so it is done for the rows that a person sees and not for every hit. Of a long text only the
beginning is read as long as all the words stand in it. What follows is read for the missing words alone, and far on
only where there is no word at all.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import replace

from desktop.core.records import Hit, NoteId, Passage, Section, Snippet
from desktop.core.search.snippets import (
    Mark,
    Wanted,
    all_marks,
    best_place,
    body_start,
    first_lines,
    first_place,
    in_order,
    snippet_at,
)
from desktop.core.store.notes import Beginning, Heading, Notes

MORE_PASSAGES = 3
BEGINNING = 24_576  # bytes read of a text at first; most are far shorter
PART = 32_768  # bytes of a longer one that are read at once
TOGETHER = 60_000  # characters within which the words of a query are looked for together
MOST_READ = 6_000_000  # characters of long texts, times the words looked for in them, in one call
MOST_WORK = 100_000  # the same for words beside those found already
_AFTER_PLACE = 400  # characters of a beginning that is cut off: they only follow the marks
_BEFORE, _AFTER = 1_000, 3_000  # characters around a word found far on in which the others are looked for
_LONGEST_WORD = 64
_SHORT = 2
_IN_HEADING = 0.5  # a word in a section's heading, against one more word in its text
_EACH_PLACE = 0.02
_MANY_PLACES = 20
_LONGEST_ADDRESS = 500  # characters


class _Reader:
    """Looks through texts within a limit of work."""

    def __init__(self, notes: Notes, wanted: Sequence[Wanted]) -> None:
        self._notes = notes
        self._wanted = wanted
        self._left, self._work_left = MOST_READ, MOST_WORK
        self._enough = len(wanted) - len(wanted) // 3  # different words: a query that is forgiven has many

    def look(self, note_id: NoteId, beginning: Beginning) -> tuple[str, int, list[Mark]]:
        """Return what was read of a text, where its body begins, and where the words stand in it."""
        text = beginning.text
        body = body_start(text)
        stop = len(text) if beginning.whole else max(body, len(text) - _AFTER_PLACE)
        marks = _shifted(all_marks(text[body:stop], self._wanted), body, stop, cut=not beginning.whole)
        if not beginning.whole and len({mark.word for mark in marks}) < self._enough:
            text, marks = self._look_on(note_id, beginning, stop, marks)
        if not marks:  # only the head has the words: it repeats the title
            marks = all_marks(text[:body], self._wanted)
        found = in_order(marks)
        return text, body, [mark for mark in found if not _is_in_address(text, mark.start)] or found

    def _look_on(self, note_id: NoteId, beginning: Beginning, at: int, marks: list[Mark]) -> tuple[str, list[Mark]]:
        """Look for the words that the beginning of a text, up to `at`, has not got."""
        missing = set(range(len(self._wanted))) - {mark.word for mark in marks}
        if marks:  # a word of two letters alone is worth no reading
            missing = {number for number in missing if len(self._wanted[number].text) > _SHORT}
        allowed = len(self._wanted) - self._enough
        parts = [beginning.text]
        read = len(beginning.text)
        waiting = beginning.text[at - _begun(beginning.text[:at]) :]  # read and not looked through
        if not missing or self._left <= 0 or (marks and self._work_left <= 0):
            return beginning.text, marks
        with closing(self._notes.rest(note_id, beginning, PART)) as rest:
            for part in rest:
                parts.append(part)
                waiting += part
                found = self._look_around(waiting, missing)
                marks += _shifted(found, read + len(part) - len(waiting))
                missing -= {mark.word for mark in found}
                read += len(part)
                waiting = waiting[len(waiting) - _begun(waiting) :]
                work = len(part) * max(1, len(missing))
                self._left -= work
                self._work_left -= work if marks else 0
                if len(missing) <= allowed or self._left <= 0 or (marks and (read >= TOGETHER or self._work_left <= 0)):
                    break
        return "".join(parts), marks

    def _look_around(self, text: str, missing: Iterable[int]) -> list[Mark]:
        """Return where the words stand around the first places of the missing ones."""
        marks: list[Mark] = []
        end = 0
        for place in sorted(first_place(text, self._wanted[number]) for number in missing):
            if place >= end:
                begin = max(end, place - _BEFORE)
                begin = max(begin, text.find(" ", begin, place)) if begin > 0 else 0  # at no half of a word
                end = min(len(text), place + _AFTER)
                found = all_marks(text[begin:end], self._wanted)
                marks += _shifted(found, begin, end, cut=end < len(text))
        return marks


def fill_hits(notes: Notes, hits: Sequence[Hit], wanted: Sequence[Wanted]) -> dict[NoteId, Hit]:
    """Return the hits with snippet, section, offset and further passages."""
    reader = _Reader(notes, wanted)
    beginnings = notes.beginnings([hit.id for hit in hits], BEGINNING)
    looked = {hit.id: reader.look(hit.id, beginnings[hit.id]) for hit in hits if hit.id in beginnings}
    lasts = {note_id: marks[-1].start for note_id, (_text, _body, marks) in looked.items() if marks}
    headings = notes.headings(lasts, max(lasts.values(), default=0))
    filled = {}
    for hit in hits:
        if hit.id in lasts:
            filled[hit.id] = _fill(hit, *looked[hit.id], headings.get(hit.id, ()), wanted)
        elif hit.id in looked:
            text, body, _marks = looked[hit.id]
            filled[hit.id] = replace(hit, snippet=first_lines(text, body, wanted))
    return filled


def _fill(
    hit: Hit, text: str, body: int, marks: Sequence[Mark], headings: Sequence[Heading], wanted: Sequence[Wanted]
) -> Hit:
    found = sorted(_by_section(marks, headings), key=lambda part: -_rank(*part))
    shown: list[tuple[Section | None, int, Snippet]] = []
    for heading, inside in found[: 1 + MORE_PASSAGES]:
        place = inside[best_place(inside)]
        section = Section(*heading) if heading is not None else None
        shown.append((section, place.start, snippet_at(text, body, place, wanted, in_line=bool(shown))))
    section, offset, snippet = shown[0]
    further = tuple([Passage(*passage) for passage in shown[1:]])
    return replace(hit, snippet=snippet, section=section, offset=offset, passages=further)


def _by_section(marks: Iterable[Mark], headings: Sequence[Heading]) -> list[tuple[Heading | None, list[Mark]]]:
    """Put each mark into the deepest section that holds it."""
    starts = [heading[4] for heading in headings]
    found: dict[int, list[Mark]] = {}
    for mark in marks:
        place = bisect_right(starts, mark.start) - 1  # the last heading before it is the deepest section around it
        found.setdefault(place, []).append(mark)
    return [(headings[place] if place >= 0 else None, inside) for place, inside in found.items()]


def _rank(heading: Heading | None, marks: Sequence[Mark]) -> float:
    """Return how good a section with its marks is."""
    words = len({mark.word for mark in marks}) + _EACH_PLACE * min(_MANY_PLACES, len(marks))
    if heading is None:
        return words
    _ordinal, level, title, _slug, start, _end = heading
    end = start + len(title) + 2 * level + 8
    return words if marks[0].start >= end else words + _IN_HEADING * len({m.word for m in marks if m.start < end})


def _shifted(marks: Iterable[Mark], offset: int, stop: int = 0, *, cut: bool = False) -> list[Mark]:
    """Return marks moved by an offset; where the text was cut at `stop`, without a word that ends there."""
    return [Mark(start + offset, end + offset, word) for start, end, word in marks if not cut or end + offset < stop]


def _begun(text: str) -> int:
    """Return how much of the end of a cut text has to be looked at again: a word that goes on may begin there."""
    end = text[-_LONGEST_WORD:]
    return next((len(end) - place for place, letter in enumerate(end) if letter.isspace()), len(end))


def _is_in_address(text: str, offset: int) -> bool:
    """Tell whether a place lies in the address of a link, which no reader sees."""
    if offset == 0 or text[offset - 1].isspace():
        return False
    before = text[max(0, offset - _LONGEST_ADDRESS) : offset].rsplit(None, 1)[-1]
    return "](" in before or "://" in before
