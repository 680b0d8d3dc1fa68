"""Where the user reads, in the text and on the page beside it, to the pixel: what Back and Forward return to."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.ui.editor.editor_panel import EditorPanel
from desktop.ui.history import Place, View
from desktop.ui.workspace import Workspace

if TYPE_CHECKING:
    from desktop.ui.preview.preview_panel import PreviewPanel


class ReadingPlace(QObject):
    """Adds to the workspace's places how they were seen, and brings that back."""

    def __init__(self, workspace: Workspace, editor: EditorPanel, preview: "PreviewPanel") -> None:
        super().__init__(preview)
        self._editor = editor
        self._preview = preview
        self._place_now = workspace.place_now
        workspace.place_now = self.place
        workspace.returned.connect(self._return)

    def place(self) -> Place | None:
        """Return where the user reads, with the view."""
        place = self._place_now()
        if place is None:
            return None
        edit = self._editor.edit
        cursor = edit.textCursor()
        view = View(self._preview.spot(), edit.top_line(), (cursor.anchor(), cursor.position()))
        return replace(place, view=view)

    def _return(self, place: Place) -> None:
        view = place.view
        if view is None:
            return
        edit = self._editor.edit
        last = edit.document().characterCount() - 1
        cursor = edit.textCursor()
        cursor.setPosition(min(view.cursor[0], last))
        cursor.setPosition(min(view.cursor[1], last), cursor.MoveMode.KeepAnchor)
        edit.setTextCursor(cursor)
        edit.show_line_at_top(view.line)
        if view.page is not None:
            self._preview.return_to(place.note_id, view.page)  # after the text, which the page would follow
