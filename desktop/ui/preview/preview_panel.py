"""The preview: the open note as it reads, patched while it is written.

The workspace tells the text, the render process makes blocks of it, the page places those that are new. Nothing here
reads a file or asks the network; a link is handed to the workspace.
"""

from time import monotonic

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from desktop.core.records import Note, NoteId
from desktop.ui import theme
from desktop.ui.delays import BUILD_REST_MS, OLD_PAGE_MS
from desktop.ui.preview.browser import Browser
from desktop.ui.preview.find_bar import PageFindBar
from desktop.ui.preview.following import Following
from desktop.ui.preview.going import Going
from desktop.ui.preview.hovering import Hovering
from desktop.ui.preview.illustrations import Illustrations
from desktop.ui.preview.marking import WordMarks
from desktop.ui.preview.page import Page
from desktop.ui.preview.page_source import PageSource
from desktop.ui.preview.pictures import Pictures, with_widths
from desktop.ui.preview.scrolling import Scrolling, Spot
from desktop.ui.render_process import Rendered
from desktop.ui.workspace import LiveText, Place, Workspace


class PreviewPanel(QWidget):
    """Shows the workspace's open note."""

    first_line_changed = Signal(float)  # the user moved the page: the source line at its top, from 0
    task_toggled = Signal(int)  # a box was clicked: its line, from 0
    undo_wanted = Signal(bool)  # Ctrl+Z on the page, which takes back what a click on it did; True: redo
    fetch_requested = Signal(str)  # a remote image is wanted: its address
    size_wanted = Signal(int)  # larger words (1) or smaller ones (-1)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._shown_note: NoteId | None = None
        self._shown_style = self._style()
        self._place_in_text = workspace.place_now
        workspace.place_now = self.place
        self._shown_as_written = False  # until its page is made
        self.shown_revision = 0  # of the render request whose blocks the page shows
        self.source = PageSource(workspace, self)
        self._make_page()
        self._builder = QTimer(self)
        self._builder.setInterval(0)
        self._builder.timeout.connect(self._build_on)
        self._old_page = QTimer(self, singleShot=True, interval=OLD_PAGE_MS)
        self._old_page.timeout.connect(self._show_nothing)
        self._connect()
        self._dress()
        self._say_empty()

    def _make_page(self) -> None:
        self._browser = Browser(self)
        self._browser.setAccessibleName(self.tr("Preview"))
        self._pictures = Pictures(self._workspace, self)
        self._browser.pictures = self._pictures
        self._page = Page(self._browser.document(), with_widths)
        self._scrolling = Scrolling(self._browser, self._page)
        self._marks = WordMarks(self._browser, self._page)
        self._illustrations = Illustrations(self._workspace, self._browser, self._pictures, self._scrolling)
        self._following = Following(self._workspace, self.source, self._browser, self._page)
        self._hovering = Hovering(self._workspace, self.source, self._browser)
        self.find_bar = PageFindBar(self._browser, self._marks, self._scrolling)
        self._going = Going(self.source, self._marks, self.find_bar, self.follow_line)
        self._empty = QLabel(self)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._empty.setMargin(32)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._browser)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._stack, 1)
        column.addWidget(self.find_bar)
        self.setFocusProxy(self._browser)

    @property
    def browser(self) -> Browser:
        """Return the page's widget."""
        return self._browser

    @property
    def page(self) -> Page:
        """Return the page, with where its blocks stand."""
        return self._page

    def close_process(self) -> None:
        """End the render process; the panel shows nothing new after this."""
        self.source.close()

    def restyle(self) -> None:
        """Show the page anew, in the text size and the colours of now."""
        self._dress()
        self._illustrations.begin(self._shown_note)
        self._say_empty()
        self.source.ask()

    # --- places ----------------------------------------------------------------------------------------------

    def follow_line(self, line: float) -> None:
        """Bring a source line, from 0, to the top; 12.5 is half way from line 12 to line 13."""
        if self._shown_note == self._workspace.current:  # else the text is another note's already
            self._scrolling.moved_last = False
            self._scrolling.follow_line(line)
        else:
            self._scrolling.expect(self._workspace.current, line)

    def top_line(self) -> float:
        """Return the source line, from 0, at the top."""
        return self._scrolling.top_line()

    def place(self) -> Place | None:
        """Return where the user reads: on the page when that was moved last, else in the text."""
        written, live = self._place_in_text(), self.source.live
        if not self._scrolling.moved_last or written is None or live is None or live.note_id != written.note_id:
            return written
        line = int(self.top_line())
        return Place(live.note_id, sum(len(before) + 1 for before in live.text.split("\n", line)[:line]))

    def spot(self) -> Spot | None:
        """Return where the page of the open note stands, to the pixel."""
        return self._scrolling.spot() if self._shown_note == self.source.note else None

    def return_to(self, note: NoteId, spot: Spot) -> None:
        """Bring the note's page to the pixel where it stood, at once or when it is shown."""
        self._going.place = None
        self._scrolling.keep(note, spot)
        if self._shown_note == note == self.source.note:
            self._scrolling.restore(note)

    # --- the workspace ---------------------------------------------------------------------------------------

    def _connect(self) -> None:
        workspace, browser = self._workspace, self._browser
        workspace.note_opened.connect(self._opened)
        workspace.note_closed.connect(self._closed)
        workspace.text_edited.connect(self._edited)
        workspace.place_requested.connect(self._go_to)
        theme.notifier().changed.connect(self.restyle)
        self.source.rendered.connect(self._show)
        self._scrolling.first_line_changed.connect(self.first_line_changed)
        self._following.task_toggled.connect(self.task_toggled)
        self._following.fetch_requested.connect(self.fetch_requested)
        browser.size_wanted.connect(self.size_wanted)
        browser.moved_to_link.connect(self._scrolling.tell)
        browser.undo_wanted.connect(self.undo_wanted)
        browser.ratio_changed.connect(self.restyle)
        self.find_bar.closed.connect(lambda: self._going.mark(()))

    def _opened(self, note: Note) -> None:
        self._keep_top()
        if note.head.id != self._shown_note:
            self._old_page.start()
        self.source.open(note.head.id)
        self._hovering.leave()
        self._going.place = None
        self._scrolling.moved_last = False
        self._going.mark(())
        self._workspace.link_hovered.emit("")  # the link that was followed is gone from under the pointer

    def _closed(self) -> None:
        self._keep_top()
        self.source.forget()
        self._going.place = None
        self._show_nothing()
        self._illustrations.begin(None)
        self._say_empty()

    def _show_nothing(self) -> None:
        """Take a page away that is of no note that is open."""
        self._builder.stop()
        self._page.clear()
        self._shown_note = self._following.shown = None

    def _edited(self, live: LiveText) -> None:
        before = self.source.live
        if self._going.words and before is not None and before.note_id == live.note_id and before.text != live.text:
            self._going.mark(())  # as in the text beside it: who writes has found what was looked for
        self.source.tell(live)
        if self._stack.currentWidget() is self._empty:
            self._say_empty()  # at once: the page may be a while in coming

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what was written meanwhile."""
        super().showEvent(event)
        self.source.show(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Draw nothing that nobody sees."""
        super().hideEvent(event)
        self._hovering.leave()
        self.source.show(self.isVisible())

    def _style(self) -> tuple[theme.Theme, int]:
        """Return what a page looks like beside its text: one made in another style is of no use."""
        return theme.current(), self._workspace.settings.text_size

    def _dress(self) -> None:
        colours = theme.current()
        self._browser.document().setDefaultFont(theme.text_font(self._workspace.settings.text_size))
        self._empty.setStyleSheet(f"background: {colours.base.name()}; color: {colours.muted.name()}; font-size: 14px;")

    def _say_empty(self) -> None:
        if self.source.live is None:
            self._empty.setText(self.tr("Nothing is open. Choose a note in the library, or press Ctrl+P."))
        else:
            self._empty.setText(self.tr("This note is empty. What you write appears here."))
        self._stack.setCurrentWidget(self._browser if self.source.text.strip() else self._empty)

    # --- showing ---------------------------------------------------------------------------------------------

    def _show(self, rendered: Rendered) -> None:
        if not self._is_wanted(rendered):
            return
        self._say_empty()
        self._old_page.stop()
        self._browser.centre()
        note, style = self.source.note, self._style()
        another = self._shown_note != note
        if style != self._shown_style and not another:
            self._keep_top()
        if another or style != self._shown_style:
            another, self._shown_style = True, style
            self._page.clear()  # with the images that the document keeps
            self._illustrations.begin(note)
            self._shown_note = self._following.shown = note
        self._following.drawn_from = self.source.live
        blocks = rendered.rendering.blocks
        for block in blocks:
            if block.images:
                self._pictures.learn(block.images)
        top = None if another else self._scrolling.top()
        self._page.more_to_come = rendered.is_preliminary
        exchanged = self._page.show(blocks, theme.text_font(self._workspace.settings.text_size))
        if another:
            self._scrolling.restore(note)
        else:
            self._scrolling.hold(top)
            self._following.return_focus()
            self._scrolling.catch_up()
        self._shown_as_written = rendered.is_preliminary and not rendered.is_partial
        if self._page.waits:
            self._builder.start()
        if not self._going.go() and exchanged:
            self._going.mark_again()
        if not rendered.is_preliminary:
            self.shown_revision = rendered.revision

    def _is_wanted(self, rendered: Rendered) -> bool:
        """Tell whether an answer shows more than the page does: no part of a page takes a whole one's place."""
        if not rendered.is_partial or self._shown_note != self.source.note or self._style() != self._shown_style:
            return True
        more = len(rendered.rendering.blocks) > self._page.count
        return self._shown_as_written or not self._page.count or (self._page.more_to_come and more)

    def _build_on(self) -> None:
        if monotonic() - self._workspace.edited_at < BUILD_REST_MS / 1000:
            self._builder.setInterval(BUILD_REST_MS // 4)
            return
        self._builder.setInterval(0)
        done = self._page.build()
        self._scrolling.catch_up()
        if done:
            self._builder.stop()
            self._going.mark_again()

    def _keep_top(self) -> None:
        if self._shown_note is not None:
            self._scrolling.keep(self._shown_note)

    def _go_to(self, place: Place) -> None:
        self._going.expect(place)
        if self._shown_note == place.note_id == self.source.note and not self.source.stale and self._page.placed:
            self._going.go()
