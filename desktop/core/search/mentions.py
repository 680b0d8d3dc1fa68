"""Mentions: places that name a note, by its title, name or an alias, without linking to it.

The index says which notes may hold the words, all forms of each, in their order: sets of posting lists, and streams
for names of several words. No text is touched by that, and it tells at once how many notes there are to look at. Their
texts, in small slices, say where the words stand, and which of these places are prose (see `named_places`); what has
been found can be shown after the first slice, and the exact count follows. What the index has not got yet is looked
through for the letters first.

Notes that do not link here yet come first: that they name this one is news.
"""

import time
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.core.records import Backlink, Link, LinkingNote, LinkKind, NoteId
from desktop.core.search.bitmaps import bitmap_of, numbers_of
from desktop.core.search.named_places import Span, unlinked_places
from desktop.core.search.naming import Name, names_that_count
from desktop.core.search.overlay import LetterTest
from desktop.core.search.query import All, Any, Node, Phrase
from desktop.core.search.ranking import MAX_READINGS, Matcher, phrase_words
from desktop.core.search.search import Search
from desktop.core.search.view import Layer, View
from desktop.core.store import link_places
from desktop.core.store.database import Database
from desktop.core.store.link_places import LinkingNotes, NamedText, NoteNames
from desktop.core.store.notes import Notes

if TYPE_CHECKING:
    from sqlite3 import Connection

AT_ONCE = 4  # texts read before the clock is asked
UNKNOWN_AT_ONCE = 32  # that are first looked through for the letters
PLACES_KEPT = 200  # of one note: nobody looks at more, and the count is known


@dataclass(frozen=True, slots=True)
class NamingNote:
    """A note that names another: its version then, how many places, and the first of them."""

    id: NoteId
    version: int
    count: int
    places: tuple[tuple[Span, str], ...]  # with the words that stand there


class MentionSearch:
    """The mentions of one note, found slice by slice; for one thread at a time."""

    def __init__(
        self, database: Database, notes: Notes, names: Sequence[Name], candidates: Sequence[NoteId],
        unknown: Sequence[NoteId],
    ) -> None:  # fmt: skip
        self._database = database
        self._notes = notes
        self._names = names
        self._candidates = list(candidates) if names else []
        self._unknown = list(unknown) if names else []
        self._at = self._at_unknown = 0
        nodes = [name.node() for name in names]
        asked = nodes[0] if len(nodes) == 1 else Any(tuple(nodes))
        self._letters = LetterTest(asked, [word for name in names for word in name.words])
        self.found: list[NamingNote] = []

    @property
    def finished(self) -> bool:
        """Tell whether every note was looked at."""
        return self._at >= len(self._candidates) and self._at_unknown >= len(self._unknown)

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
        return link_places.with_context(self._database.read(), self.places(note_ids, most))

    def _slice(self) -> None:
        sql = self._database.read()
        if self._at < len(self._candidates):
            ids = self._candidates[self._at : self._at + AT_ONCE]
            self._at += len(ids)
        else:
            among = self._unknown[self._at_unknown : self._at_unknown + UNKNOWN_AT_ONCE]
            self._at_unknown += len(among)
            ids = [note_id for note_id, data in self._notes.raw_texts(among) if self._letters.passes(data)]
        for note in link_places.named_texts(sql, ids):
            found = self._naming(note)
            if found is not None:
                self.found.append(found)

    def _naming(self, note: NamedText) -> NamingNote | None:
        spans = unlinked_places(note.text, self._names, note.links)
        if not spans:
            return None
        kept = tuple([(span, note.text[slice(*span)]) for span in spans[:PLACES_KEPT]])
        return NamingNote(note.id, note.version, len(spans), kept)


def begin_mentions(
    database: Database, notes: Notes, search: Search, linking: LinkingNotes, note_id: NoteId, *, newest: bool = False
) -> MentionSearch:
    """Ask the index who may mention a note; none of the texts is read yet."""
    sql = database.read()
    goes_by = link_places.names_of_note(sql, note_id)
    if goes_by is None:
        return MentionSearch(database, notes, (), (), ())

    sources = linking.counts(note_id)

    def ask(view: View, matcher: Matcher, unknown: tuple[NoteId, ...]) -> tuple[list[Name], list[NoteId], list[NoteId]]:
        asked = _Asked(view, matcher)
        names = _names(sql, note_id, goes_by, asked, view.size + len(unknown))
        return names, asked.holding(names, sources), [other for other in unknown if other != note_id]

    names, ids, unknown = search.look(ask)
    candidates = linking.in_order([other for other in ids if other != note_id and other not in sources], newest=newest)
    candidates += linking.in_order([other for other in ids if other in sources], newest=newest)
    return MentionSearch(database, notes, names, candidates, unknown)


def names_for_mentions(database: Database, search: Search, note_id: NoteId) -> list[Name]:
    """Return the names by which a note is mentioned."""
    sql = database.read()
    goes_by = link_places.names_of_note(sql, note_id)
    if goes_by is None:
        return []
    return search.look(
        lambda view, matcher, unknown: _names(
            sql, note_id, goes_by, _Asked(view, matcher), view.size + len(unknown)
        )
    )


def _names(sql: "Connection", note_id: NoteId, goes_by: NoteNames, asked: "_Asked", size: int) -> list[Name]:
    return names_that_count(
        goes_by, lambda key: link_places.others_named(sql, note_id, key), asked.count, size
    )


class _Asked:
    """The posting lists of one view, asked for names."""

    def __init__(self, view: View, matcher: Matcher) -> None:
        self._view = view
        self._matcher = matcher

    def count(self, node: Node) -> int:
        """Return how many notes hold a word."""
        return sum(self._matcher.matches(node, layer).bit_count() for layer in self._view.layers)

    def holding(self, names: Sequence[Name], sources: Collection[NoteId]) -> list[NoteId]:
        """Return the notes that may hold one of the names, each once.

        The order of words is not asked of the sources of links: mostly their link is what holds the name.
        """
        found: dict[NoteId, None] = {}
        for name in names:
            node = name.node()
            for layer in self._view.layers:
                found.update(dict.fromkeys(self._in_order(node, layer, sources)))
        return list(found)

    def _in_order(self, node: Node, layer: Layer, sources: Collection[NoteId]) -> list[NoteId]:
        ids = layer.segment.facts.ids
        if not isinstance(node, Phrase):
            return [NoteId(ids[number]) for number in numbers_of(self._matcher.matches(node, layer))]
        words = phrase_words(node)
        numbers = numbers_of(self._matcher.matches(All(words), layer))
        readings = 1
        for word in words:
            readings *= len(self._matcher.terms(word))
        if readings <= MAX_READINGS:  # else there are more forms together than the streams are asked for
            others = bitmap_of([number for number in numbers if ids[number] not in sources], len(ids))
            ordered = self._matcher.in_order(words, others, layer)
            numbers = [number for number in numbers if ids[number] in sources] + numbers_of(ordered)
        return [NoteId(ids[number]) for number in numbers]
