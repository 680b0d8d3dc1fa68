"""Links, and the mentions that are none yet."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop.core.records import Backlink, NoteId
from desktop.core.store.database import Database
from desktop.core.store.links import Links
from desktop.core.store.notes import Notes

if TYPE_CHECKING:
    from desktop.core.search.search import Search


class NoteLinks(Links):
    """The links of a library; for mentions it asks the search, which is opened then."""

    def __init__(self, database: Database, notes: Notes, search: "Callable[[], Search]") -> None:
        super().__init__(database)
        self._notes = notes
        self._search = search

    def mentions(self, note_id: NoteId, limit: int = 50) -> list[Backlink]:
        """Return places in other notes that name this one, in any form of its words, without linking to it."""
        from desktop.core.search.mentions import find_mentions  # late: morphology, which links do not need

        return find_mentions(self._notes, self, self._search(), note_id, limit)
