"""Who links to the open note, who names it without a link, and where it leads."""

from collections.abc import Callable
from time import perf_counter
from typing import Any, Final

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.core.records import Backlink, Changes, Note, NoteId, ResolvedLink
from desktop.ui.delays import LINKS_DELAY_MS, LINKS_REST_MS
from desktop.ui.links.link_list import LinkList
from desktop.ui.links.rows import MissingRow, NoteRow, PlaceRow, Row, WordsRow, grouped, outgoing_rows
from desktop.ui.workspace import Workspace

BACKLINKS: Final = 200
MENTIONS: Final = 50
READ_SHARE: Final = 20  # times as long as reading takes is waited before it
FOLDED_KEY: Final = "links.folded"


class LinksPanel(QScrollArea):
    """Three lists one below the other; each place opens by a click or Enter."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Links"))
        self._workspace = workspace
        self._note_id: NoteId | None = workspace.current
        self._stale = True
        self._request = 0  # a result for an older one is dropped
        self._took_ms = 0.0  # to read the open note's links
        self._sources: frozenset[NoteId] = frozenset()  # notes whose title or text is shown
        self.backlinks = LinkList(self.tr("Backlinks"), self.tr("Nothing links here yet."))
        self.mentions = LinkList(self.tr("Mentions"), self.tr("No other note names it."), "word")
        self.outgoing = LinkList(self.tr("Outgoing"), self.tr("It links to no other note."))
        self._lists = (self.backlinks, self.mentions, self.outgoing)
        self._build()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LINKS_DELAY_MS)
        self._timer.timeout.connect(self.refresh)
        workspace.note_opened.connect(self._take_note)
        workspace.note_closed.connect(self._close_note)
        workspace.changed.connect(self._take_changes)

    def _build(self) -> None:
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 2, 0, 8)
        layout.setSpacing(0)
        folded = self._workspace.notebook.values.get(FOLDED_KEY, [])
        for number, part in enumerate(self._lists):
            layout.addWidget(part)
            if isinstance(folded, list) and number in folded:
                part.header.setChecked(False)
            part.folded.connect(self._store_folded)
            part.view.chosen.connect(self._activate)
            part.view.selectionModel().currentChanged.connect(self._follow_current)
            part.view.left_down.connect(lambda number=number: self._go_to_list(number, 1))
            part.view.left_up.connect(lambda number=number: self._go_to_list(number, -1))
        layout.addStretch(1)
        self._page = page
        self.setWidget(page)
        self.setFocusProxy(self.backlinks.view)

    # --- when to read ------------------------------------------------------------------------------------

    def _take_note(self, note: Note) -> None:
        if note.head.id != self._note_id or self._stale:
            self._note_id = note.head.id
            self._took_ms = 0.0
            self._ask()

    def _close_note(self) -> None:
        self._note_id = None
        self._ask()

    def _take_changes(self, changes: Changes) -> None:
        touched = changes.relinked | changes.renamed | changes.trashed | changes.restored | changes.deleted
        if changes.everything or self._note_id in touched or touched & self._sources:
            self._ask()
        elif self._note_id in changes.edited or changes.edited & self._sources:
            self._ask(LINKS_REST_MS)  # the same links, at other places

    def _ask(self, delay_ms: int = LINKS_DELAY_MS) -> None:
        """Read again a while after the last asking, a longer one where reading takes long."""
        self._stale = True
        if self.isVisible():
            self._timer.start(max(delay_ms, round(self._took_ms * READ_SHARE)))

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while nobody looked."""
        super().showEvent(event)
        if self._stale:
            self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Read nothing for nobody."""
        super().hideEvent(event)
        self._timer.stop()

    # --- reading and showing -----------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the open note's links on the reader threads; mentions come when they are found."""
        self._request += 1
        self._stale = False
        note_id = self._note_id
        if note_id is None:
            self._sources = frozenset()
            for part in self._lists:
                part.clear()
            return
        links = self._workspace.notebook.links

        def read_links() -> tuple[list[Backlink], int, list[ResolvedLink], list[Any]]:
            started = perf_counter()
            found = links.backlinks(note_id, BACKLINKS)
            total = len(found) if len(found) < BACKLINKS else links.backlink_count(note_id)
            missing = [link for _source, link in links.unresolved(note_id)]
            outgoing = links.outgoing(note_id)
            self._took_ms = (perf_counter() - started) * 1e3
            return found, total, outgoing, missing

        def read_mentions() -> list[Backlink]:
            return links.mentions(note_id, MENTIONS)

        self._workspace.read(read_links, self._for_request(lambda result: self._show_links(*result)))
        self._workspace.read(read_mentions, self._for_request(self._show_mentions))

    def _for_request(self, show: Callable[[Any], None]) -> Callable[[Any], None]:
        """Return `show` for the request of now: once another is made, its result is dropped."""
        request = self._request

        def show_if_current(result: Any) -> None:
            if request == self._request:
                show(result)

        return show_if_current

    def _show_links(
        self, found: list[Backlink], total: int, outgoing: list[ResolvedLink], missing: list[Any]
    ) -> None:
        rows = grouped(found)
        if total > len(found):
            rows.append(WordsRow(self.tr("and {0} more").format(total - len(found))))
        self.backlinks.show_rows(rows, str(total))
        leading = outgoing_rows(outgoing, missing)
        self.outgoing.show_rows(leading, str(len(leading)))
        targets = (link.target.id for link in outgoing if link.target is not None)
        self._sources = frozenset((*(backlink.source.id for backlink in found), *targets))

    def _show_mentions(self, found: list[Backlink]) -> None:
        count = f"{len(found)}+" if len(found) >= MENTIONS else str(len(found))
        self.mentions.show_rows(grouped(found), count)

    # --- what the user does ------------------------------------------------------------------------------

    def _activate(self, row: Row, in_tab: bool) -> None:
        """Open the place, the note, or the offer to write a missing one."""
        if isinstance(row, PlaceRow):
            self._workspace.open_note(row.note_id, offset=row.offset, new_tab=in_tab)
        elif isinstance(row, NoteRow) and row.link is not None and row.link.anchor and self._note_id is not None:
            link = row.link
            self._workspace.follow(self._note_id, link.target, link.anchor, link.label, new_tab=in_tab)
        elif isinstance(row, NoteRow):
            self._workspace.open_note(row.note_id, offset=row.offset, new_tab=in_tab)
        elif isinstance(row, MissingRow) and self._note_id is not None:
            self._workspace.missing_note.emit(self._note_id, row.link.target)

    def _go_to_list(self, number: int, step: int) -> None:
        """Go on with the arrow keys in the next list that shows something to choose."""
        number += step
        while 0 <= number < len(self._lists):
            view = self._lists[number].view
            if view.isVisible() and view.rows.rowCount() and not isinstance(view.rows.rows[0], WordsRow):
                view.setFocus()
                view.setCurrentIndex(view.rows.index(0 if step > 0 else view.rows.rowCount() - 1))
                return
            number += step

    def _follow_current(self, current: QModelIndex, _previous: QModelIndex) -> None:
        """Scroll the chosen row into sight: the lists do not scroll themselves."""
        part = next((part for part in self._lists if part.view.model() is current.model()), None)
        if part is None or not current.isValid():
            return
        rect = part.view.visualRect(current)
        place = part.view.viewport().mapTo(self._page, rect.center())
        self.ensureVisible(place.x(), place.y(), 0, rect.height() // 2 + 12)

    def _store_folded(self) -> None:
        notebook = self._workspace.notebook
        if notebook.read_only:
            return
        folded = [number for number, part in enumerate(self._lists) if not part.header.isChecked()]

        def job() -> Changes:
            notebook.values.set(FOLDED_KEY, folded)
            return Changes()

        self._workspace.write(job)
