"""Links, and the mentions that are none yet."""

import sys
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from desktop.core.records import Backlink, LinkingNote, NoteId
from desktop.core.store.database import Database
from desktop.core.store.links.service import Links
from desktop.core.store.notes import Notes

if TYPE_CHECKING:
    from desktop.core.records import LinkedMentions
    from desktop.core.search.mentions import MentionSearch
    from desktop.core.search.search import Search
    from desktop.core.store.links.places import LinkingNotes

PLACES_OF_A_NOTE = 10  # that a list shows at first


class NoteLinks(Links):
    """The links of a library; for mentions it asks the search, which is opened then."""

    def __init__(self, database: Database, notes: Notes, search: "Callable[[], Search]") -> None:
        super().__init__(database)
        self._notes = notes
        self._search = search

    @cached_property
    def _linking(self) -> "LinkingNotes":
        from desktop.core.store.links.places import LinkingNotes  # late: the first screen shows no links

        return LinkingNotes(self._database)

    def linking(self, note_id: NoteId, *, newest: bool = False) -> tuple[LinkingNote, ...]:
        """Return the other living notes that link here: by title, or the one changed last first."""
        return self._linking.of(note_id, newest=newest)

    def backlinks_from(
        self, note_id: NoteId, sources: Sequence[NoteId], most: int = PLACES_OF_A_NOTE
    ) -> list[Backlink]:
        """Return the first `most` links here in each of these notes, in their order, with the sentences."""
        from desktop.core.store.links.places import backlinks_from, with_context

        sql = self._database.read()
        return with_context(sql, backlinks_from(sql, note_id, sources, most))

    def lost_places(self, note_id: NoteId) -> frozenset[int]:
        """Return where those links of a note begin that name a section or block which is not there."""
        from desktop.core.store.links.places import lost_places

        return lost_places(self._database.read(), note_id)

    def mention_search(self, note_id: NoteId, *, newest: bool = False) -> "MentionSearch":
        """Return what finds the mentions of a note slice by slice; the first can be shown within a frame."""
        from desktop.core.search.mentions import begin_mentions  # late: morphology, which links do not need

        return begin_mentions(
            self._database, self._notes, self._search(), self._linking, note_id, newest=newest
        )

    def mentions(self, note_id: NoteId, limit: int = 50, after: int = 0) -> list[Backlink]:
        """Return places in other notes that name this one, in any form of its words, without linking to it.

        The first `after` places are left out, then at most `limit` returned.
        """
        search = self.mention_search(note_id)
        while not search.finished and search.count < after + limit:
            search.go_on(1.0, len(search.found) + 1)
        places = search.places((note.id for note in search.found), after + limit)
        return self.with_context(places[after : after + limit])

    def link_mentions(
        self, note_id: NoteId, places: Mapping[NoteId, Sequence[tuple[int, str]] | None], origin: str = ""
    ) -> "LinkedMentions":
        """Make links of mentions in one transaction: places as (offset, words) by note, None for all in a note."""
        from desktop.core.search.linking_mentions import link_mentions
        from desktop.core.search.mentions import names_for_mentions

        names = names_for_mentions(self._database, self._search(), note_id)
        return link_mentions(self._database, note_id, names, places, origin)

    def mentions_are_near(self) -> bool:
        """Tell whether the dictionary that mentions need is in memory; loading it takes some tenths of a second."""
        analyzer = sys.modules.get("desktop.core.search.analyzer")
        return analyzer is not None and analyzer.loaded()
