"""The star beside the filters: it keeps the search of now among the saved ones, and forgets it again."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from desktop.core.errors import KonspektError
from desktop.core.records import Changes, SavedSearch
from desktop.ui.search.facets import FilterBar
from desktop.ui.workspace import Workspace


class SavedStar(QObject):
    """Joins the star to the library's saved searches; `query` returns what would be saved."""

    def __init__(
        self, workspace: Workspace, bar: FilterBar, query: Callable[[], str], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._store = workspace.notebook.saved_searches
        self._bar = bar
        self._query = query
        self._saved: dict[str, int] = {}
        self._on_its_way: set[str] = set()  # queries that the writer has not come to yet
        bar.save_wanted.connect(self.toggle)
        workspace.changed.connect(self._on_changed)
        self._read()

    def refresh(self) -> None:
        """Show whether the search of now is saved."""
        query = self._query()
        self._bar.star.setEnabled(bool(query))
        self._bar.show_saved(query in self._saved or query in self._on_its_way)

    def toggle(self) -> None:
        """Save the search of now, or forget it."""
        query, store = self._query(), self._store
        if not query or query in self._on_its_way:
            return
        if query in self._saved:
            number = self._saved.pop(query)
            self._workspace.write(lambda: store.remove([number]))
            self.refresh()
            return
        self._on_its_way.add(query)
        self.refresh()
        self._workspace.write(
            lambda: store.add(title=query, query=query),
            lambda _changes: self._workspace.tell("info", self.tr("Saved; it stands in the library on the left.")),
            lambda error: self._give_up(query, error),
        )

    def _give_up(self, query: str, error: BaseException) -> None:
        self._on_its_way.discard(query)
        self.refresh()
        if isinstance(error, KonspektError):
            self._workspace.tell("error", str(error))
        else:
            self._workspace.bug_found.emit(error)

    def _on_changed(self, changes: Changes) -> None:
        if changes.searches or changes.everything:
            self._read()

    def _read(self) -> None:
        def show(searches: list[SavedSearch]) -> None:
            self._saved = {search.query: search.id for search in searches}
            self._on_its_way -= self._saved.keys()
            self.refresh()

        self._workspace.read(self._store.list, show)
