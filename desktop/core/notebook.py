"""The door to a library: everything that a window, a command line or a script may do with it.

A Notebook only opens the rooms and joins them: `notebook.tree`, `.notes`, `.links`, `.attachments`, `.history`,
`.passages`, `.search`, `.saved_searches`, `.graph`, `.health`, `.exchange`, `.safety`, `.values`. Every service may be
called from any thread. Each mutation is one transaction, on the disk when the call returns, and returns the Changes it
made.

Rooms that cost much to import (search, graph, exchange) are opened on first use.
"""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.core.paths import Places, user_places
from desktop.core.records import Changes, CheckReport
from desktop.core.store.attachments import Attachments
from desktop.core.store.database import Database
from desktop.core.store.history import History
from desktop.core.store.notes import Notes
from desktop.core.store.saved_searches import SavedSearches
from desktop.core.store.tree import Tree
from desktop.core.store.values import Values

if TYPE_CHECKING:
    from desktop.core.exchange.service import Exchange
    from desktop.core.graph.service import GraphService
    from desktop.core.health.service import Health
    from desktop.core.search.link_targets import LinkTargets
    from desktop.core.search.note_links import NoteLinks
    from desktop.core.search.search import Search
    from desktop.core.search.titles import Titles
    from desktop.core.store.backup import Backups
    from desktop.core.store.rewriting.passages import Passages


class Notebook:
    """An open library."""

    def __init__(self, database: Database, places: Places) -> None:
        self._database = database
        self.places = places
        self.path = database.path
        self.uuid = database.meta("uuid")
        self.tree = Tree(database)
        self.notes = Notes(database)
        self.attachments = Attachments(database)
        self.history = History(database)
        self.values = Values(database)
        self.saved_searches = SavedSearches(database)
        self._commits_at_open = database.meta("commits")

    @classmethod
    def open(cls, path: Path, *, places: Places | None = None, read_only: bool = False) -> "Notebook":
        """Open the library at `path`, or make it; raise LibraryError with a sentence."""
        return cls(Database(path, read_only=read_only), places or user_places())

    @cached_property
    def links(self) -> "NoteLinks":
        """Who links to whom, and who only names whom."""
        from desktop.core.search.note_links import NoteLinks

        return NoteLinks(self._database, self.notes, lambda: self.search)

    @cached_property
    def passages(self) -> "Passages":
        """Taking words out of a note, and putting notes together."""
        from desktop.core.store.rewriting.passages import Passages

        return Passages(self._database)

    @cached_property
    def search(self) -> "Search":
        """Finding notes by words."""
        from desktop.core.search.search import Search

        return Search(self._database, self.index_folder)

    @cached_property
    def titles(self) -> "Titles":
        """Finding notes by a few letters of their names."""
        from desktop.core.search.titles import Titles
        from desktop.core.store.title_keys import TitleKeys

        return Titles(TitleKeys(self._database))

    @cached_property
    def link_targets(self) -> "LinkTargets":
        """Finding tags and files by a few letters of their names."""
        from desktop.core.search.link_targets import LinkTargets

        return LinkTargets(self._database)

    @cached_property
    def index_folder(self) -> Path:
        """Return where the search index lies: another one for each copy of a library, for they go ways of their own.

        A digest, because the library's uuid comes out of a file that a stranger may have made: it must lead nowhere.
        """
        import hashlib  # late: the first paint needs no index

        mark = f"{self.uuid}\n{self.path}".encode("utf-8", "surrogateescape")
        return self.places.index_folder(hashlib.blake2b(mark, digest_size=16).hexdigest())

    @cached_property
    def graph(self) -> "GraphService":
        """Who points at whom."""
        from desktop.core.graph.service import GraphService
        from desktop.core.store.graph_facts import GraphFacts

        # Through a door of its own: the graph knows nothing of the search, which is opened when a query is asked.
        return GraphService(GraphFacts(self._database), lambda query: self.search.matching(query))

    @cached_property
    def health(self) -> "Health":
        """What is amiss with the links."""
        from desktop.core.health.service import Health

        return Health(self._database)

    @cached_property
    def exchange(self) -> "Exchange":
        """Importing and exporting."""
        from desktop.core.exchange.service import Exchange

        return Exchange(self._database, self.safety.backup)

    @cached_property
    def safety(self) -> "Safety":
        """Checks, backups, restoring."""
        return Safety(self._database, self._commits_at_open)

    @property
    def read_only(self) -> bool:
        """Tell whether the library was opened without the right to write."""
        return self._database.read_only

    def warm_up(self) -> Changes:
        """Import what the first change of a note needs (0.7 s of SQLModel), before the user waits for it."""
        with self._database.exclusive():  # as a change does: two threads at once would import half of it each
            from desktop.core.store import models  # noqa: F401

        return Changes()

    def close(self) -> None:
        """Stop what runs, and close the file."""
        if "search" in self.__dict__:
            self.search.close()
        if "titles" in self.__dict__:
            self.titles.close()
        self._database.close()


class Safety:
    """Checks, backups and restoring of one library."""

    def __init__(self, database: Database, commits_at_open: str) -> None:
        self._database = database
        self._commits_at_open = commits_at_open

    @cached_property
    def backups(self) -> "Backups":
        """The copies beside the library."""
        from desktop.core.store.backup import Backups

        return Backups(self._database, self._commits_at_open)

    def check(self, repair: bool = False) -> CheckReport:
        """Check the whole library; with `repair`, mend what can be mended."""
        from desktop.core.store.check import Checker

        return Checker(self._database).check(repair)

    def backup(self) -> Path:
        """Make a verified copy and return its path."""
        return self.backups.make()

    def backup_if_changed(self) -> Path | None:
        """Make a verified copy when something was written since the last one of this session."""
        return self.backups.make_if_changed()

    def restore(self, file: Path) -> Changes:
        """Put a verified copy in the library's place."""
        self.backups.restore(file)
        return Changes(everything=True)
