"""What a search found, and why."""

from dataclasses import dataclass
from enum import StrEnum

from desktop.core.records.links import Snippet
from desktop.core.records.notes import NoteHead, NoteId, NoteKind, Section

_NO_SNIPPET = Snippet("")


class MatchKind(StrEnum):
    """How a word of a query and a word of a text go together, the closest first."""

    EXACT = "exact"  # written alike
    FORM = "form"  # another form of the same word
    PREFIX = "prefix"  # begins so, or shares its root
    LAYOUT = "layout"  # the same keys in the other keyboard layout
    TYPO = "typo"  # one slip of the finger away
    SOME = "some"  # only some of the query's words stand there


@dataclass(frozen=True, slots=True)
class Passage:
    """A section in which a note holds the words."""

    section: Section | None  # None before the first heading
    offset: int  # of the words in the note's text
    snippet: Snippet


@dataclass(frozen=True, slots=True)
class Hit:
    """A search result; snippet, section, offset and passages are filled by `Search.passages` for the rows seen."""

    id: NoteId
    title: str
    kind: NoteKind
    score: float
    snippet: Snippet = _NO_SNIPPET
    section: Section | None = None  # where the words stand best
    offset: int | None = None  # of the best place in the text; None where only the title matches
    path: str = ""  # titles of the parents, joined by " / "
    match: MatchKind = MatchKind.EXACT  # LAYOUT and below: found for something else than was typed
    passages: tuple[Passage, ...] = ()  # further sections with the words, best first


@dataclass(frozen=True, slots=True)
class SoughtWord:
    """A word that an answer looked for: as typed, and the index terms that stand for it."""

    text: str
    terms: frozenset[str]
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What a query found, best first; what answers it as typed stands before what may have been meant."""

    query: str
    hits: tuple[Hit, ...]
    total: int  # of the notes that match the query as typed; of the forgiven ones where there are none
    notice: str = ""  # a sentence when hits are for something else than was typed, or the index is not whole
    words: tuple[str, ...] = ()  # a regular expression for each word to mark in the text (see core.text.words)
    problem: str = ""  # a sentence on the part of the query that was not understood and left out
    exact: int = 0  # so many of the hits, from the first, answer the query as typed
    sought: tuple[SoughtWord, ...] = ()


@dataclass(frozen=True, slots=True)
class FacetCount:
    """How many of the matching notes have one property."""

    facet: str  # "kind", "folder", "tag" or "year"
    label: str  # what a reader calls it: a kind's value, a folder's title, a tag, a year
    count: int
    term: str  # what to add to the query: kind:lecture, in:"Title", tag:ml, date:2023


@dataclass(frozen=True, slots=True)
class MatchReason:
    """Why one word of the query matched."""

    word: str
    how: MatchKind
    found: tuple[str, ...]  # the words of the text, at most a few
    title: float  # what its places in the title add to the score
    body: float  # and those in the text


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a note was found, and where its score comes from."""

    note_id: NoteId
    score: float
    reasons: tuple[MatchReason, ...]
    parts: tuple[tuple[str, float], ...]  # what else adds to the score: "order", "exact", "recency", "opened"


@dataclass(frozen=True, slots=True)
class Completion:
    """What may stand at the cursor of a query, in the place of text[start:end]."""

    text: str
    label: str  # what a list shows
    detail: str  # what an operator means (see core.search.completion.DETAILS), or how many notes there are
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TitleMatch:
    """A note found by a few letters of its title, name or alias."""

    head: NoteHead
    name: str  # what matched, as it is written
    marks: tuple[tuple[int, int], ...]  # (start, end) within `name`, ascending
    how: MatchKind  # SOME: only the letters in their order
