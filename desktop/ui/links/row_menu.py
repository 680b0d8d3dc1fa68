"""The menu of a row, and the list of notes that an ambiguous link fits as well."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from desktop.core.records import NoteId
from desktop.ui.links.rows import GroupRow, MissingRow, MoreRow, NoteRow, Row, WordsRow
from desktop.ui.workspace import Workspace


class RowMenu(QObject):
    """Makes the menus."""

    opened = Signal(object, bool)  # Row; in a tab of its own
    link_wanted = Signal(object)  # Row

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._widget = parent
        self.can_link: Callable[[Row], bool] = lambda row: False

    def show(self, row: Row, place: QPoint) -> None:
        """Show what can be done with a row."""
        if isinstance(row, GroupRow | WordsRow | MoreRow):
            return
        menu = self._menu()
        if isinstance(row, MissingRow):
            menu.addAction(self.tr("Create this note"), partial(self.opened.emit, row, False))
        else:
            menu.addAction(self.tr("Open"), partial(self.opened.emit, row, False))
        if isinstance(row, NoteRow) or hasattr(row, "note_id"):
            menu.addAction(self.tr("Open in a new tab"), partial(self.opened.emit, row, True))
        if self.can_link(row):
            words = self.tr("Link all in this note") if isinstance(row, NoteRow) else self.tr("Link this place")
            menu.addAction(words, partial(self.link_wanted.emit, row))
        if isinstance(row, NoteRow) and row.others:
            menu.addAction(self.tr("Notes that it fits as well…"), partial(self.show_others, row, place))
        menu.popup(place)

    def show_others(self, row: NoteRow, place: QPoint) -> None:
        """List the other notes that a link fits, to be opened."""
        notebook, link, source = self._workspace.notebook, row.link, self._workspace.current
        if link is None or source is None:
            return
        target = link.target

        def read() -> list[tuple[NoteId, str]]:
            return [(head.id, notebook.notes.path_text(head.id)) for head in notebook.links.named_alike(target, source)]

        def listed(found: list[tuple[NoteId, str]]) -> None:
            menu = self._menu()
            head = menu.addAction(self.tr("“{0}” also fits").format(target[:80]))
            head.setEnabled(False)
            for note_id, path in found:
                menu.addAction(path.replace("&", "&&"), partial(self._workspace.open_note, note_id))
            menu.popup(place)

        self._workspace.answer(read, listed)

    def _menu(self) -> QMenu:
        menu = QMenu(self._widget)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu
