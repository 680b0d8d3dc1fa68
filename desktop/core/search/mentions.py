"""Mentions: places that name a note, by its title, name or an alias, without linking to it.

The index says which notes may hold the words, all forms of each, in their order: sets of posting lists, and streams
for names of several words. No text is touched by that, and it tells at once how many notes there are to look at. Their
texts, in small slices, say where the words stand, and which of these places are prose (see `named_places`); what has
been found can be shown after the first slice, and the exact count follows. What the index has not got yet is looked
through for the letters first.

Notes that do not link here yet come first: that they name this one is news.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import cast

from desktop.core.records import Backlink, Link, LinkingNote, LinkKind, NoteId
from desktop.core.search.bitmaps import bitmap_of, numbers_of
from desktop.core.search.named_places import Span, unlinked_places
from desktop.core.search.naming import Name, names_that_count
from desktop.core.search.overlay import LetterTest
from desktop.core.search.query import All, Any, Node, Phrase, Word
from desktop.core.search.ranking import MAX_READINGS, Matcher, phrase_words
from desktop.core.search.search import Search
from desktop.core.search.segments import IndexLost
from desktop.core.search.view import Layer, View
from desktop.core.store.database import Database
from desktop.core.store.links.places import (
    LinkingNotes,
    NamedText,
    NoteNames,
    named_texts,
    names_of_note,
    others_named,
    plain_links,
    with_context,
)
from desktop.core.store.notes import Notes
from desktop.core.text.folding import fold_name

AT_ONCE = 4  # texts read before the clock is asked
ORDERED_AT_ONCE = 24  # of which the index is asked whether the words stand in order
UNKNOWN_AT_ONCE = 32  # that are first looked through for the letters
MOST_COUNTED = 200  # places of a name in one note: where the index counts more, the text is read
PLACES_KEPT = 200  # of one note: nobody looks at more, and the count is known


@dataclass(frozen=True, slots=True)
class NamingNote:
    """A note that names another: its version then, how many places, and the first of them."""

    id: NoteId
    version: int
    count: int
    places: tuple[tuple[Span, str], ...]  # with the words that stand there


class MentionSearch:
    """The mentions of one note, found slice by slice, by whichever thread goes on."""

    def __init__(
        self, database: Database, notes: Notes, names: Sequence[Name] = (), asked: "_Asked | None" = None,
        candidates: Sequence[NoteId] = (), unknown: Sequence[NoteId] = (),
    ) -> None:  # fmt: skip
        self._database = database
        self._notes = notes
        self._names = names
        self._asked = asked
        self._lock = threading.Lock()
        self._candidates = deque(candidates if names else ())
        self._likely: deque[NoteId] = deque()
        self._later: Callable[[], Iterable[NoteId]] | None = None
        self._unknown = deque(unknown if names else ())
        nodes = [name.node() for name in names]
        one = nodes[0] if len(nodes) == 1 else Any(tuple(nodes))
        self._letters = LetterTest(one, [word for name in names for word in name.words])
        self.found: list[NamingNote] = []

    def put_off(self, candidates: Callable[[], Iterable[NoteId]]) -> None:
        """Take more candidates, which are asked for when those before are through."""
        self._later = candidates if self._names else None

    @property
    def finished(self) -> bool:
        """Tell whether every note was looked at."""
        return not (self._candidates or self._likely or self._later or self._unknown)

    @property
    def count(self) -> int:
        """Return how many places were found so far."""
        return sum(note.count for note in self.found)

    @property
    def notes(self) -> tuple[LinkingNote, ...]:
        """Return the notes found so far, with their counts."""
        return tuple([LinkingNote(note.id, note.count) for note in self.found])

    def go_on(self, seconds: float, notes: int = 1 << 30) -> None:
        """Look on for about so long, or until as many notes are found in all."""
        end = time.monotonic() + seconds
        with self._lock:
            while not self.finished and len(self.found) < notes:
                self._slice()
                if time.monotonic() >= end:
                    return

    def places(self, note_ids: Iterable[NoteId], most: int) -> list[tuple[NoteId, Link]]:
        """Return the first `most` places of notes that were found, as links that could stand there."""
        by_id = {note.id: note for note in self.found}
        return [
            (note_id, Link(LinkKind.WIKI, "", "", words, start, end, start, end))
            for note_id in note_ids
            if note_id in by_id
            for (start, end), words in by_id[note_id].places[:most]
        ]

    def with_context(self, note_ids: Iterable[NoteId], most: int) -> list[Backlink]:
        """Return the first `most` places of notes that were found, with their sentences."""
        return with_context(self._database.read(), self.places(note_ids, most))

    def _slice(self) -> None:
        if not self._likely and not self._candidates and self._later is not None:
            self._candidates.extend(self._later())
            self._later = None
        ids = self._next_candidates() if self._likely or self._candidates else self._next_unknown()
        for note in named_texts(self._database.read(), ids):
            found = self._naming(note)
            if found is not None:
                self.found.append(found)

    def _next_candidates(self) -> list[NoteId]:
        """Return a few candidates; of more at once the index is asked whether the words stand there, and in order."""
        if not self._likely:
            among = [self._candidates.popleft() for _number in range(min(ORDERED_AT_ONCE, len(self._candidates)))]
            self._likely.extend(self._asked.likely(among) if self._asked is not None else among)
        return [self._likely.popleft() for _number in range(min(AT_ONCE, len(self._likely)))]

    def _next_unknown(self) -> list[NoteId]:
        """Return those of more notes that hold the letters."""
        among = [self._unknown.popleft() for _number in range(min(UNKNOWN_AT_ONCE, len(self._unknown)))]
        return [note_id for note_id, data in self._notes.raw_texts(among) if self._letters.passes(data)]

    def _naming(self, note: NamedText) -> NamingNote | None:
        if note.links and not self._letters.passes(_outside(note.text, note.links).encode("utf-8", "replace")):
            return None  # as in most notes that link here: reading on would take ten times as long
        spans = unlinked_places(note.text, self._names, note.links)
        if not spans:
            return None
        kept = tuple([(span, note.text[slice(*span)]) for span in spans[:PLACES_KEPT]])
        return NamingNote(note.id, note.version, len(spans), kept)


def _outside(text: str, links: Sequence[Span]) -> str:
    """Return what of a text stands in no link."""
    pieces, at = [], 0
    for start, end in links:
        if start >= at:
            pieces.append(text[at:start])
        at = max(at, end)
    return "\n".join((*pieces, text[at:]))


def begin_mentions(
    database: Database, notes: Notes, search: Search, linking: LinkingNotes, note_id: NoteId, *, newest: bool = False
) -> MentionSearch:
    """Ask the index who may mention a note; none of the texts is read yet."""
    goes_by = names_of_note(database.read(), note_id)
    if goes_by is None:
        return MentionSearch(database, notes)

    sources = linking.counts(note_id)

    def ask(view: View, matcher: Matcher, unknown: tuple[NoteId, ...]) -> tuple["_Asked", list[NoteId], list[NoteId]]:
        asked = _Asked(view, matcher)
        asked.names = _names(database, note_id, goes_by, asked, view.size + len(unknown))
        return asked, asked.holding_words(), [other for other in unknown if other != note_id]

    asked, ids, unknown = search.look(ask)
    sources = linking.counts(note_id)
    others = [other for other in ids if other != note_id and other not in sources]
    found = MentionSearch(database, notes, asked.names, asked, linking.in_order(others, newest=newest), unknown)

    def linking_here() -> list[NoteId]:
        keys = {fold_name(name.text) for name in asked.names if all(len(word.text) > 1 for word in name.words)}
        asked.linked = plain_links(database.read(), note_id, keys)
        return linking.in_order([other for other in ids if other in sources], newest=newest)

    found.put_off(linking_here)
    return found


def names_for_mentions(database: Database, search: Search, note_id: NoteId) -> list[Name]:
    """Return the names by which a note is mentioned."""
    goes_by = names_of_note(database.read(), note_id)
    if goes_by is None:
        return []
    return search.look(
        lambda view, matcher, unknown: _names(
            database, note_id, goes_by, _Asked(view, matcher), view.size + len(unknown)
        )
    )


def _names(database: Database, note_id: NoteId, goes_by: NoteNames, asked: "_Asked", size: int) -> list[Name]:
    sql = database.read()
    return names_that_count(
        goes_by, lambda key: others_named(sql, note_id, key), asked.count, size
    )


class _Asked:
    """The posting lists and streams of one view, asked for names."""

    def __init__(self, view: View, matcher: Matcher) -> None:
        self.names: list[Name] = []
        self.linked: Mapping[NoteId, int] = {}  # notes with links that consist of one of the names, and how many
        self._view = view
        self._matcher = matcher
        self._layers: dict[NoteId, Layer] = {}  # where each note stands that holds the words

    def count(self, node: Node) -> int:
        """Return how many notes hold a word."""
        return sum(self._matcher.matches(node, layer).bit_count() for layer in self._view.layers)

    def holding_words(self) -> list[NoteId]:
        """Return the notes that hold all words of one of the names, in whatever order."""
        for layer in self._view.layers:
            documents = 0
            for name in self.names:
                node = name.node()
                documents |= self._matcher.matches(All(phrase_words(node)) if isinstance(node, Phrase) else node, layer)
            ids = layer.segment.facts.ids
            holding = cast("Iterable[NoteId]", map(ids.__getitem__, numbers_of(documents)))
            self._layers.update(dict.fromkeys(holding, layer))
        return list(self._layers)

    def likely(self, note_ids: Sequence[NoteId]) -> list[NoteId]:
        """Return those of the notes, in their order, that may hold a name with its words in order, outside a link."""
        try:
            left = [self._may_hold(note_ids, name) for name in self.names]
            within = [note_id for note_id in note_ids if any(note_id in some for some in left)]
            linked = self._only_in_links(within)
        except IndexLost:  # the texts themselves will tell
            return list(note_ids)
        return [note_id for note_id in within if note_id not in linked]

    def _only_in_links(self, note_ids: Sequence[NoteId]) -> set[NoteId]:
        """Return the notes that hold the names no more often than there are links which consist of one."""
        layers: dict[int, list[NoteId]] = {}
        for note_id in note_ids:
            if self.linked.get(note_id):
                layers.setdefault(id(self._layers[note_id]), []).append(note_id)
        found: set[NoteId] = set()
        for some in layers.values():
            layer = self._layers[some[0]]
            numbers = [layer.segment.number_of(note_id) or 0 for note_id in some]
            left = [self.linked[note_id] for note_id in some]
            for name in self.names:
                words = self._words(name)
                if not self._can_be_read(words):
                    return found
                counts = self._matcher.most_places(words, numbers, layer)
                left = [-1 if n >= MOST_COUNTED else links - n for links, n in zip(left, counts, strict=True)]
            found.update(note_id for note_id, more in zip(some, left, strict=True) if more >= 0)
        return found

    def _words(self, name: Name) -> tuple[Word, ...]:
        node = name.node()
        return phrase_words(node) if isinstance(node, Phrase) else (cast("Word", node),)

    def _can_be_read(self, words: Sequence[Word]) -> bool:
        """Tell whether the streams can be asked for every form of words together with those of the others."""
        return len(words) < 2 or prod(len(self._matcher.terms(word)) for word in words) <= MAX_READINGS

    def _may_hold(self, note_ids: Iterable[NoteId], name: Name) -> Collection[NoteId]:
        words = self._words(name)
        if len(words) < 2 or not self._can_be_read(words):
            return set(note_ids)
        by_layer: dict[int, list[NoteId]] = {}
        for note_id in note_ids:
            by_layer.setdefault(id(self._layers[note_id]), []).append(note_id)
        found: set[NoteId] = set()
        for some in by_layer.values():
            layer = self._layers[some[0]]
            numbers = {layer.segment.number_of(note_id) or 0: note_id for note_id in some}
            documents = self._matcher.in_order(words, bitmap_of(numbers, len(layer.segment.facts.ids)), layer)
            found.update(numbers[number] for number in numbers_of(documents))
        return found
