"""What was searched for lately in this library: the queries that found something that was opened, or looked at."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from desktop.core.records import Changes
from desktop.ui.workspace import Workspace

VALUE = "search.recent"
MOST = 20
LEAST_LENGTH, MOST_LENGTH = 2, 300  # characters of a query that is worth remembering


class RecentSearches(QObject):
    """The queries, the latest first, kept with the library."""

    changed = Signal()

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.queries: tuple[str, ...] = ()
        self._read()
        workspace.changed.connect(self._on_changed)

    def record(self, query: str, instead_of: str = "") -> None:
        """Remember a query as the latest, in the place of the shorter one that was recorded on the way to it."""
        query = " ".join(query.split())
        if not LEAST_LENGTH <= len(query) <= MOST_LENGTH or self.queries[:1] == (query,):
            return
        replaced = instead_of if instead_of and query.startswith(instead_of) else None
        others = [known for known in self.queries if known not in (query, replaced)]
        self._keep(query, *others)

    def remove(self, query: str) -> None:
        """Forget one query."""
        self._keep(*(known for known in self.queries if known != query))

    def clear(self) -> None:
        """Forget all of them."""
        self._keep()

    def _keep(self, *queries: str) -> None:
        self.queries = queries[:MOST]
        self.changed.emit()
        if not self._workspace.notebook.read_only:
            self._workspace.write(self._storing(self.queries))

    def _storing(self, queries: tuple[str, ...]) -> Callable[[], Changes]:
        values = self._workspace.notebook.values

        def job() -> Changes:
            values.set(VALUE, list(queries))
            return Changes()

        return job

    def _read(self) -> None:
        stored = self._workspace.notebook.values.get(VALUE, [])
        known = [query for query in stored if isinstance(query, str)] if isinstance(stored, list) else []
        self.queries = tuple(dict.fromkeys(" ".join(query[:MOST_LENGTH].split()) for query in known if query.strip()))
        self.queries = self.queries[:MOST]

    def _on_changed(self, changes: Changes) -> None:
        if changes.everything:  # another state of the library, with queries of its own
            self._read()
            self.changed.emit()
