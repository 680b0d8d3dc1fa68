"""Who links to the open note, who names it without a link, and where it leads."""

from time import perf_counter
from typing import Any, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.core.records import Changes, Note, NoteId
from desktop.ui.delays import LINKS_DELAY_MS, LINKS_REST_MS, LOOKING_DELAY_MS
from desktop.ui.links.feed import BacklinkSource, Feed, Source
from desktop.ui.links.filtering import matcher
from desktop.ui.links.link_list import LinkList
from desktop.ui.links.linking import MentionLinking
from desktop.ui.links.lists_area import ListsArea
from desktop.ui.links.outgoing import ADDRESSES, FILES, Outgoing, outgoing_rows
from desktop.ui.links.row_menu import RowMenu
from desktop.ui.links.rows import (
    AddressRow,
    FileRow,
    GroupRow,
    MissingRow,
    MoreRow,
    NoteRow,
    PlaceRow,
    Row,
    rows_of,
)
from desktop.ui.links.tool_row import ToolRow
from desktop.ui.workspace import Workspace

BACKLINKS: Final = 10  # notes that are read at once; a panel shows five of them, and more follow
MENTIONS: Final = 5
READ_SHARE: Final = 20  # times as long as reading takes is waited before it
FOLDED_KEY: Final = "links.folded"
STATE_KEY: Final = "links.state"


class LinksPanel(QWidget):
    """Three lists one below the other; each place opens by a click or Enter."""

    offered = Signal(str, object)  # what was done, what takes it back once other changes followed

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Links"))
        self._workspace = workspace
        self._note_id: NoteId | None = workspace.current
        self._shown_note: NoteId | None = None
        self._stale = True
        self._mentions_stale = True
        self._request = 0  # a result for an older one is dropped
        self._took_ms = 0.0  # to read the open note's links
        self._outgoing = Outgoing()
        self._folded_notes: set[NoteId] = set()
        self._unfolded_notes: set[NoteId] = set()  # though all are folded
        self._folded_groups: set[str] = {ADDRESSES}
        self.tools = ToolRow()
        self.backlinks = LinkList(
            self.tr("Backlinks"),
            self.tr("Nothing links here yet. Write [[Title]] in another note, and it shows up here."),
        )
        self.mentions = LinkList(
            self.tr("Mentions"), self.tr("No other note names this one without linking to it."), "word", self.tr("Link")
        )
        self.outgoing = LinkList(
            self.tr("Outgoing"), self.tr("It links to no other note. Type [[ in the text to choose one.")
        )
        self._lists = (self.backlinks, self.mentions, self.outgoing)
        self.feeds = (Feed(workspace, BACKLINKS, self), Feed(workspace, MENTIONS, self))
        self.linking = MentionLinking(workspace, self)
        self.linking.offered.connect(self.offered)
        self._menu = RowMenu(workspace, self)
        self._build()
        self._timer = QTimer(self, singleShot=True, interval=LINKS_DELAY_MS)
        self._timer.timeout.connect(self.refresh)
        self._slow = QTimer(self, singleShot=True, interval=LOOKING_DELAY_MS)
        self._slow.timeout.connect(self._say_looking)
        workspace.note_opened.connect(self._take_note)
        workspace.note_closed.connect(self._close_note)
        workspace.changed.connect(self._take_changes)

    def _build(self) -> None:
        self.area = ListsArea(self._lists)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.tools)
        layout.addWidget(self.area, 1)
        values = self._workspace.notebook.values
        folded, state = values.get(FOLDED_KEY, []), values.get(STATE_KEY, {})
        self._newest = isinstance(state, dict) and state.get("newest") is True
        self._all_folded = isinstance(state, dict) and state.get("folded") is True
        self.tools.show_state(newest=self._newest, folded=self._all_folded)
        for number, part in enumerate(self._lists):
            if isinstance(folded, list) and number in folded:
                part.header.setChecked(False)
            part.folded.connect(self._store_state)
            part.view.chosen.connect(self._activate)
            part.view.fold_wanted.connect(self._fold)
            part.view.menu_wanted.connect(self._menu.show)
            part.view.others_wanted.connect(self._menu.show_others)
        self.mentions.view.action_wanted.connect(self._link_row)
        self.mentions.header.action.setText(self.tr("Link all"))
        self.mentions.header.action.setToolTip(self.tr("Makes a link of every mention, in all notes; it can be undone"))
        self.mentions.header.action.clicked.connect(self.link_all)
        self._menu.opened.connect(self._activate)
        self._menu.link_wanted.connect(self._link_row)
        self._menu.can_link = self.mentions.view.look.has_pill
        self.feeds[0].changed.connect(self._show_backlinks)
        self.feeds[1].changed.connect(self._show_mentions)
        self.feeds[1].counted.connect(lambda: self.mentions.header.show_count(self._count(self.feeds[1])))
        self.area.more_wanted.connect(lambda number: self.feeds[number].want_more())
        self.tools.filtered.connect(self._filter)
        self.tools.order_chosen.connect(self._order)
        self.tools.fold_chosen.connect(self._fold_all)
        self.setFocusProxy(self.backlinks.view)

    # --- when to read ------------------------------------------------------------------------------------

    def _take_note(self, note: Note) -> None:
        if note.head.id != self._note_id or self._stale:
            if note.head.id != self._note_id:
                self.feeds[1].pause()  # nobody waits for the count of the note before
                self._folded_notes.clear()
                self._unfolded_notes.clear()
            self._note_id = note.head.id
            self._took_ms = 0.0
            self._mentions_stale = True
            self._ask()

    def _close_note(self) -> None:
        self._note_id = None
        self._ask()

    def _take_changes(self, changes: Changes) -> None:
        kinds = changes.renamed | changes.trashed | changes.restored | changes.deleted
        touched = changes.relinked | kinds
        others = (changes.edited | kinds | frozenset(changes.created)) - {self._note_id}
        if changes.everything or others or self._note_id in touched:
            self._mentions_stale = True
        if changes.everything or self._note_id in touched or touched & self._sources():
            self._ask()
        elif self._mentions_stale or self._note_id in changes.edited or changes.edited & self._sources():
            self._ask(LINKS_REST_MS)  # the same links, at other places

    def _sources(self) -> frozenset[NoteId]:
        """Return the notes whose title or text is shown."""
        targets = (link.target.id for link in self._outgoing.links if link.target is not None)
        return frozenset((*(group.source.id for feed in self.feeds for group in feed.groups), *targets))

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
        else:
            self.feeds[1].resume()

    def hideEvent(self, event: QHideEvent) -> None:
        """Read nothing for nobody."""
        super().hideEvent(event)
        self._timer.stop()
        self.feeds[1].pause()

    # --- reading and showing -----------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the open note's links; the first screen at once, mentions as they are found."""
        self._request += 1
        self._stale = False
        note_id = self._note_id
        if note_id is None:
            for feed in self.feeds:
                feed.stop()
            self._outgoing = Outgoing()
            self.mentions.header.action.hide()
            for part in self._lists:
                part.clear()
            return
        links, newest = self._workspace.notebook.links, self._newest
        request = self._request
        is_same = note_id == self._shown_note
        if not is_same:
            self.area.show_top()
            for feed in self.feeds:
                feed.stop()
            self._slow.start()
        matches = matcher(self.tools.field.text())
        keep = len(self.feeds[0].groups) if is_same else 0
        self.feeds[0].start(lambda: BacklinkSource(links, note_id, newest), matches, keep=keep)
        self._shown_note = note_id
        if self._mentions_stale:
            self._mentions_stale = False
            keep = len(self.feeds[1].groups) if is_same else 0
            self.feeds[1].start(
                lambda: _mention_source(links, note_id, newest), matches, keep=keep, quick=links.mentions_are_near()
            )

        def read_outgoing() -> Outgoing:
            started = perf_counter()
            missing = [link for _source, link in links.unresolved(note_id)]
            found = Outgoing(links.outgoing(note_id), missing, links.lost_places(note_id))
            self._took_ms = (perf_counter() - started) * 1e3
            return found

        def show_outgoing(found: Outgoing) -> None:
            if request == self._request:
                self._outgoing = found
                self._show_outgoing()

        self._workspace.read(read_outgoing, show_outgoing)

    def _say_looking(self) -> None:
        """Show the links of the note before no longer: that there are none here is not known yet."""
        for part, feed in ((self.backlinks, self.feeds[0]), (self.mentions, self.feeds[1])):
            if not feed.known and self._note_id is not None:
                part.show_rows([], "…", self.tr("Looking…"))
                part.header.action.hide()

    def _show_backlinks(self) -> None:
        feed = self.feeds[0]
        if not feed.known:
            return
        rows = list(rows_of(feed.groups, self._folded(feed), self.tr("{0} more in this note")))
        if feed.has_more:
            rows.append(MoreRow(self._more_words(feed)))
        self.backlinks.show_rows(rows, self._count(feed), self._nothing_fits())

    def _show_mentions(self) -> None:
        feed = self.feeds[1]
        if not feed.known:
            return
        rows = list(rows_of(feed.groups, self._folded(feed), self.tr("{0} more in this note")))
        if feed.has_more:
            rows.append(MoreRow(self._more_words(feed)))
        self.mentions.header.action.setVisible(bool(feed.places) and not self._workspace.notebook.read_only)
        self.mentions.show_rows(rows, self._count(feed), self._nothing_fits())

    def _show_outgoing(self) -> None:
        titles = {ADDRESSES: self.tr("Web addresses"), FILES: self.tr("Files")}
        matches = matcher(self.tools.field.text()) or (lambda _text: True)
        rows = outgoing_rows(self._outgoing, self._folded_groups, titles, matches)
        count = sum(isinstance(row, NoteRow | MissingRow) for row in rows)
        self.outgoing.show_rows(rows, str(count), self._nothing_fits())

    def _count(self, feed: Feed) -> str:
        if self.tools.field.text().strip():
            return f"{sum(group.count for group in feed.groups)}{'…' if feed.has_more else ''}"
        return f"{feed.places}" if feed.finished else f"{feed.places}…"

    def _more_words(self, feed: Feed) -> str:
        return self.tr("%n more note(s)", "", feed.unread) if feed.unread else self.tr("Looking for more…")

    def _nothing_fits(self) -> str:
        return self.tr("Nothing fits the filter.") if self.tools.field.text().strip() else ""

    def _folded(self, feed: Feed) -> set[NoteId]:
        if not self._all_folded:
            return self._folded_notes
        return {group.source.id for group in feed.groups} - self._unfolded_notes

    # --- what the user does ------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Empty the filter by Escape."""
        if event.key() == Qt.Key.Key_Escape and self.tools.field.text():
            self.tools.field.clear()
            return
        super().keyPressEvent(event)

    def _activate(self, row: Row, in_tab: bool) -> None:
        """Open the place, the note, the address, or the offer to write a missing note."""
        workspace, here = self._workspace, self._note_id
        if isinstance(row, PlaceRow):
            workspace.open_note(row.note_id, offset=row.offset, new_tab=in_tab)
        elif isinstance(row, NoteRow) and row.link is not None and row.link.anchor and here is not None:
            from desktop.core.text.anchors import naming_words  # only a click needs it here

            workspace.follow(here, row.link.target, row.link.anchor, naming_words(row.link), new_tab=in_tab)
        elif isinstance(row, NoteRow):
            workspace.open_note(row.note_id, offset=row.offset, new_tab=in_tab)
        elif isinstance(row, MissingRow) and here is not None:
            link = row.link
            workspace.missing_note.emit(here, f"{link.target}#{link.anchor}" if link.anchor else link.target)
        elif isinstance(row, FileRow) and here is not None:
            workspace.open_note(here, offset=row.offset)
        elif isinstance(row, AddressRow) and here is not None:
            workspace.follow(here, row.address)
        elif isinstance(row, MoreRow) and row.note_id is not None:
            part = 1 if self.mentions.view.hasFocus() else 0
            self.feeds[part].want_places(row.note_id)
            self.feeds[1 - part].want_places(row.note_id)

    def _fold(self, row: Row, folded: bool) -> None:
        if isinstance(row, GroupRow):
            (self._folded_groups.add if folded else self._folded_groups.discard)(row.key)
            self._show_outgoing()
        elif isinstance(row, NoteRow):
            for notes, has in ((self._folded_notes, folded), (self._unfolded_notes, not folded)):
                (notes.add if has else notes.discard)(row.note_id)
            self._show_backlinks()
            self._show_mentions()

    def _fold_all(self, folded: bool) -> None:
        self._all_folded = folded
        self._folded_notes.clear()
        self._unfolded_notes.clear()
        self._show_backlinks()
        self._show_mentions()
        self._store_state()

    def _order(self, newest: bool) -> None:
        self._newest = newest
        self._mentions_stale = True
        self.refresh()
        self._store_state()

    def _filter(self, text: str) -> None:
        matches = matcher(text)
        for feed in self.feeds:
            feed.filter(matches)
        self._show_outgoing()

    def _link_row(self, row: Row) -> None:
        """Make a link of one mention, or of all in one note."""
        if self._note_id is None:
            return
        if isinstance(row, PlaceRow) and row.words:
            self.linking.link(self._note_id, {row.note_id: [(row.offset, row.words)]})
        elif isinstance(row, NoteRow):
            self.linking.link(self._note_id, {row.note_id: None})

    def link_all(self) -> None:
        """Make links of all mentions, also of those that were not counted yet."""
        self.feeds[1].pause()
        if self._note_id is not None and self.feeds[1].source is not None:
            self.linking.link_all(self._note_id, self.feeds[1].source)

    def _store_state(self) -> None:
        notebook = self._workspace.notebook
        if notebook.read_only:
            return
        folded = [number for number, part in enumerate(self._lists) if not part.header.isChecked()]
        state = {"newest": self._newest, "folded": self._all_folded}

        def job() -> Changes:
            notebook.values.set(FOLDED_KEY, folded)
            notebook.values.set(STATE_KEY, state)
            return Changes()

        self._workspace.write(job)


def _mention_source(links: Any, note_id: NoteId, newest: bool) -> Source:
    source: Source = links.mention_search(note_id, newest=newest)
    return source
