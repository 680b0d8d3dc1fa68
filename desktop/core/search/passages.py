"""Where in a note the words of an answer stand: its best section, up to three more, and the sentences to show.

This reads texts, so it is done for the rows that a person sees and not for every hit. A long text is looked through
window by window until the words are found.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from desktop.core.records import Hit, NoteId, Passage, Section
from desktop.core.search.snippets import Mark, Wanted, best_place, body_start, find_marks, make_snippet
from desktop.core.store.notes import Notes

MORE_PASSAGES = 3
BEFORE_IN_ONE_LINE = 14  # characters before the marked word: further passages are shown in one line
WINDOW = 100_000  # characters looked through at once; most texts are far shorter
_IN_HEADING = 0.5  # a word in a section's heading, against one more word in its text
_EACH_PLACE = 0.02
_MANY_PLACES = 20
_LONGEST_ADDRESS = 500  # characters


@dataclass(slots=True)
class _Found:
    """A section with the marks in it."""

    section: Section | None
    marks: list[Mark] = field(default_factory=list)

    def rank(self) -> float:
        words = {mark.word for mark in self.marks}
        heading = 0.0
        if self.section is not None:
            end = self.section.start + len(self.section.title) + 2 * self.section.level + 8
            heading = _IN_HEADING * len({mark.word for mark in self.marks if mark.start < end})
        return len(words) + heading + _EACH_PLACE * min(_MANY_PLACES, len(self.marks))


def fill_hits(notes: Notes, hits: Sequence[Hit], wanted: Sequence[Wanted]) -> dict[NoteId, Hit]:
    """Return the hits with snippet, section, offset and further passages."""
    texts = notes.bodies(hit.id for hit in hits)
    sections = notes.sections_of(texts)
    return {hit.id: _fill(hit, texts[hit.id], sections.get(hit.id, ()), wanted) for hit in hits if hit.id in texts}


def _fill(hit: Hit, text: str, sections: Sequence[Section], wanted: Sequence[Wanted]) -> Hit:
    marks = _marks_of(text, wanted)
    if not marks:
        return replace(hit, snippet=make_snippet(text, (), wanted))
    found = sorted(_by_section(marks, sections), key=lambda part: -part.rank())
    best = found[0]
    offset = best.marks[best_place(best.marks)].start
    further = []
    for part in found[1 : 1 + MORE_PASSAGES]:
        shown = make_snippet(text, part.marks, wanted, BEFORE_IN_ONE_LINE)
        further.append(Passage(part.section, part.marks[best_place(part.marks)].start, shown))
    snippet = make_snippet(text, best.marks, wanted)
    return replace(hit, snippet=snippet, section=best.section, offset=offset, passages=tuple(further))


def _marks_of(text: str, wanted: Sequence[Wanted]) -> list[Mark]:
    """Return where the words stand, in the body rather than in the head that repeats the title."""
    start = body_start(text)
    for begin in range(start, len(text), WINDOW):
        marks = find_marks(text[begin : begin + WINDOW], wanted)
        if marks:
            moved = [Mark(mark.start + begin, mark.end + begin, mark.word) for mark in marks]
            return [mark for mark in moved if not _is_in_address(text, mark.start)] or moved
    return find_marks(text[:start], wanted) if start else []


def _is_in_address(text: str, offset: int) -> bool:
    """Tell whether a place lies in the address of a link, which no reader sees."""
    start = max(text.rfind(blank, max(0, offset - _LONGEST_ADDRESS), offset) for blank in " \n\t")
    before = text[max(start + 1, offset - _LONGEST_ADDRESS) : offset]
    return "](" in before or "://" in before


def _by_section(marks: Iterable[Mark], sections: Sequence[Section]) -> list[_Found]:
    """Put each mark into the deepest section that holds it."""
    starts = [section.start for section in sections]
    found: dict[int, _Found] = {}
    for mark in marks:
        place = bisect_right(starts, mark.start) - 1  # the last heading before it is the deepest section around it
        part = found.get(place)
        if part is None:
            part = found[place] = _Found(sections[place] if place >= 0 else None)
        part.marks.append(mark)
    return list(found.values())
