"""What the graph of a library keeps: its choices and its place on the screen, and where the nodes stand.

Nothing is written into a library that is only read.
"""

from typing import Any, Final

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QWidget

from desktop.core.records import Changes
from desktop.ui.graph.library_reading import Reading
from desktop.ui.graph.state import LIBRARY_KEY, GraphState, read_state, write_state
from desktop.ui.workspace import Workspace

WINDOW_KEY: Final = "graph.window"
LONGEST_GEOMETRY: Final = 2_000  # characters


class Keeping:
    """Reads and writes them."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._stored: dict[str, Any] = {}

    def state(self) -> GraphState:
        """Return the stored choices; a folder that is gone is left out."""
        notebook = self._workspace.notebook
        return read_state(notebook.values.get(LIBRARY_KEY))

    def restore_window(self, window: QWidget) -> None:
        """Put the window where it was."""
        geometry = self._workspace.notebook.values.get(WINDOW_KEY)
        if isinstance(geometry, str) and 0 < len(geometry) <= LONGEST_GEOMETRY:
            window.restoreGeometry(QByteArray.fromBase64(geometry.encode("ascii", "ignore")))

    def store(self, state: GraphState, window: QWidget) -> None:
        """Store the choices and the window's place, where they are others."""
        geometry = window.saveGeometry().toBase64().toStdString()
        self._write({LIBRARY_KEY: write_state(state), WINDOW_KEY: geometry})

    def store_places(self, reading: Reading) -> None:
        """Store where the nodes of the whole picture stand, and which are held."""
        notebook, picture = self._workspace.notebook, reading.picture
        if notebook.read_only or reading.narrowed:
            return

        def job() -> Changes:
            notebook.graph.save_positions(picture.places(), picture.pinned())
            return Changes()

        self._workspace.write(job)

    def _write(self, values: dict[str, Any]) -> None:
        notebook = self._workspace.notebook
        new = {key: value for key, value in values.items() if self._stored.get(key) != value}
        if notebook.read_only or not new:
            return
        self._stored.update(new)

        def job() -> Changes:
            for key, value in new.items():
                notebook.values.set(key, value)
            return Changes()

        self._workspace.write(job)
