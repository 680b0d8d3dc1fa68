"""What the window remembers: its place and widths (the user's settings), and what was open (the library's values)."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, QTimer

from desktop.core.records import Changes, NoteId
from desktop.ui.delays import STATE_DELAY_MS
from desktop.ui.tabs import VALUE as TABS

if TYPE_CHECKING:
    from desktop.ui.main_window import MainWindow

OPEN_NOTE = "open_note"


class LayoutState(QObject):
    """Restores once, and stores after changes."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._settings = window.workspace.settings
        self._restoring = True
        self._timer = QTimer(self, singleShot=True, interval=STATE_DELAY_MS)
        self._timer.timeout.connect(self.save)

    def restore(self) -> None:
        """Put the window as it was left."""
        window, settings = self._window, self._settings
        if settings.geometry:
            window.restoreGeometry(_decode(settings.geometry))
        if settings.layout:
            window.columns.restoreState(_decode(settings.layout))
        if len(settings.split) == 2 and all(0 < width < 10_000 for width in settings.split):
            window.split.setSizes(settings.split)
        window.show_view(settings.view)
        window.show_left(settings.sidebar)
        window.show_side(settings.side_panels)
        self._restoring = False

    def reopen(self) -> None:
        """Open the note and the tabs that were open last."""
        values = self._window.workspace.notebook.values
        tabs = values.get(TABS, [])
        if isinstance(tabs, list):
            self._window.tabs.restore([NoteId(n) for n in tabs if isinstance(n, int)])
        note_id = values.get(OPEN_NOTE)
        tree = self._window.workspace.notebook.tree
        if isinstance(note_id, int) and tree.exists(NoteId(note_id)):
            self._window.workspace.open_note(NoteId(note_id))
        elif first := tree.children(None, 0, 1):
            self._window.workspace.open_note(first[0].id)

    def changed(self) -> None:
        """Store soon."""
        if not self._restoring:
            self._timer.start()

    def save(self) -> None:
        """Store now."""
        self._timer.stop()
        if self._window.runners.writing.in_zen():
            return  # what is hidden for a while is not what the user set up
        window, settings = self._window, self._settings
        settings.geometry = window.saveGeometry().toBase64().toStdString()
        settings.layout = window.columns.saveState().toBase64().toStdString()
        if window.editor.isVisible() and window.page_place.isVisible():
            settings.split = window.split.sizes()
        settings.sidebar = not window.left.isHidden()
        settings.save()
        workspace = window.workspace
        if workspace.notebook.read_only:
            return
        current, tabs = workspace.current, list(window.tabs.note_ids())
        values = workspace.notebook.values
        if values.get(OPEN_NOTE) == current and values.get(TABS) == tabs:
            return

        def job() -> Changes:
            values.set(OPEN_NOTE, current)
            values.set(TABS, tabs)
            return Changes()

        workspace.write(job)


def _decode(text: str) -> QByteArray:
    return QByteArray.fromBase64(text.encode("ascii", "ignore"))
