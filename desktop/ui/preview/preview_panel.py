"""The preview: the open note as it reads, patched while it is written.

The workspace tells the text, the render process makes blocks of it, the page places those that are new. Nothing here
reads a file or asks the network; a link is handed to the workspace.
"""

import re
from time import monotonic
from urllib.parse import unquote

from PySide6.QtCore import QCoreApplication, Qt, QTimer, QUrl
from PySide6.QtGui import QImage, QShowEvent, QTextDocument
from PySide6.QtWidgets import QLabel, QStackedLayout, QWidget

from desktop.core.records import Note, NoteId
from desktop.core.text.outline import find_section, scan_sections
from desktop.ui import theme
from desktop.ui.delays import BUILD_REST_MS
from desktop.ui.preview.browser import Browser
from desktop.ui.preview.marking import WordMarks
from desktop.ui.preview.page import Page
from desktop.ui.preview.pictures import Pictures
from desktop.ui.preview.scrolling import Scrolling
from desktop.ui.render_process import Rendered, RenderProcess
from desktop.ui.workspace import LiveText, Place, Workspace


class PreviewPanel(QWidget):
    """Shows the workspace's open note."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._note: NoteId | None = None
        self._live: LiveText | None = None
        self._stale = False
        self._shown_note: NoteId | None = None
        self._shown_style = self._style()
        self._place: Place | None = None
        self._scrolled = False  # the user moved the page last, not the text beside it
        self._place_in_text = workspace.place_now
        workspace.place_now = self.place
        self._words: tuple[str, ...] = ()
        self._words_at: int | None = None  # offset of those that were gone to
        self.shown_revision = 0  # of the render request whose blocks the page shows
        self._told: tuple[NoteId | None, int] = (None, 0)
        self._browser = Browser(self)
        self._browser.setAccessibleName(self.tr("Preview"))
        self._pictures = Pictures(workspace, self._picture_arrived)
        self._browser.pictures = self._pictures
        self._page = Page(self._browser.document())
        self._scrolling = Scrolling(self._browser, self._page)
        self._marks = WordMarks(self._browser, self._page)
        self._process = RenderProcess(self)
        self._process.rendered.connect(self._show, Qt.ConnectionType.QueuedConnection)
        self._builder = QTimer(self)
        self._builder.setInterval(0)
        self._builder.timeout.connect(self._build_on)
        self._empty = QLabel(self)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._empty.setMargin(32)
        self._layout = QStackedLayout(self)
        self._layout.addWidget(self._empty)
        self._layout.addWidget(self._browser)
        self.setFocusProxy(self._browser)
        self._connect()
        self._dress()
        self._say_empty()

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
        self._process.close()

    def restyle(self) -> None:
        """Show the page anew, in the text size and the colours of now."""
        self._dress()
        self._pictures.forget(self._shown_note)
        self._say_empty()
        self._refresh()

    # --- scrolling with the editor ---------------------------------------------------------------------------

    def follow_line(self, line: int) -> None:
        """Bring a source line, from 0, to the top."""
        self._scrolled = False
        self._scrolling.follow_line(line)

    def top_line(self) -> int:
        """Return the source line, from 0, at the top."""
        return self._scrolling.top_line()

    def place(self) -> Place | None:
        """Return where the user reads: on the page when that was moved last, else in the text."""
        written = self._place_in_text()
        live = self._live
        if not self._scrolled or written is None or live is None or live.note_id != written.note_id:
            return written
        line = self.top_line()
        return Place(live.note_id, sum(len(before) + 1 for before in live.text.split("\n", line)[:line]))

    def _on_scrolled(self) -> None:
        self._scrolled = True

    # --- the workspace ---------------------------------------------------------------------------------------

    def _connect(self) -> None:
        workspace = self._workspace
        workspace.note_opened.connect(self._opened)
        workspace.note_closed.connect(self._closed)
        workspace.text_edited.connect(self._edited)
        workspace.place_requested.connect(self._go_to)
        theme.notifier().changed.connect(self.restyle)
        self._browser.link_followed.connect(self._follow)
        self._browser.highlighted.connect(self._hovered)
        self._browser.verticalScrollBar().actionTriggered.connect(self._on_scrolled)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self._process.close)

    def _opened(self, note: Note) -> None:
        self._keep_top()
        self._note = note.head.id
        self._place = None
        self._scrolled = False
        self._mark(())
        self._workspace.link_hovered.emit("")  # the link that was followed is gone from under the pointer

    def _closed(self) -> None:
        self._keep_top()
        self._note = self._shown_note = self._live = self._place = None
        self._builder.stop()
        self._page.clear()
        self._pictures.forget(None)
        self._say_empty()

    def _edited(self, live: LiveText) -> None:
        written = self._live is not None and self._live.note_id == live.note_id and self._live.text != live.text
        self._note = live.note_id
        self._live = live
        if self._words and written:
            self._mark(())  # as in the text beside it: who writes has found what was looked for
        if self._layout.currentWidget() is self._empty:
            self._say_empty()  # at once: the page may be a while in coming
        self._refresh()

    def _refresh(self) -> None:
        if self._live is None:
            return
        if not self.isVisible():
            self._stale = True
            return
        self._stale = False
        scheme = "dark" if theme.current().dark else "light"
        self._process.request(self._live.text, scheme, self._workspace.settings.text_size)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what was written meanwhile."""
        super().showEvent(event)
        if self._stale:
            self._refresh()

    def _style(self) -> tuple[theme.Theme, int]:
        """Return what a page looks like beside its text: one made in another style is of no use."""
        return theme.current(), self._workspace.settings.text_size

    def _dress(self) -> None:
        colours = theme.current()
        self._browser.document().setDefaultFont(theme.text_font(self._workspace.settings.text_size))
        self._empty.setStyleSheet(f"background: {colours.base.name()}; color: {colours.muted.name()}; font-size: 14px;")

    def _say_empty(self) -> None:
        if self._live is None:
            self._empty.setText(self.tr("Nothing is open. Choose a note in the library, or press Ctrl+P."))
        else:
            self._empty.setText(self.tr("This note is empty. What you write appears here."))
        shows = self._live is not None and bool(self._live.text.strip())
        self._layout.setCurrentWidget(self._browser if shows else self._empty)

    # --- showing ---------------------------------------------------------------------------------------------

    def _show(self, rendered: Rendered) -> None:
        if rendered.revision != self._process.latest or self._live is None or self._note is None:
            return
        self._say_empty()
        blocks = rendered.rendering.blocks
        self._pictures.ratio = self._browser.devicePixelRatioF()
        self._browser.centre()
        style = self._style()
        another = self._shown_note != self._note
        if style != self._shown_style and not another:
            self._keep_top()
        if another or style != self._shown_style:
            another, self._shown_style = True, style
            self._page.clear()  # with the images that the document keeps
            self._pictures.forget(self._note)
            self._shown_note = self._note
        for block in blocks:
            if block.images:
                self._pictures.learn(block.images)
        top = None if another else self._scrolling.top()
        self._page.show(blocks, theme.text_font(self._workspace.settings.text_size))
        if another:
            self._scrolling.restore(self._note)
        else:
            self._scrolling.hold(top)
        if not self._page.complete:
            self._builder.start()
        if self._place is not None:
            self._jump(self._place)
        elif self._words:
            self._mark(self._words, self._words_at)
        self._tell_slow(rendered)
        self.shown_revision = rendered.revision

    def _build_on(self) -> None:
        if monotonic() - self._workspace.edited_at < BUILD_REST_MS / 1000:
            self._builder.setInterval(BUILD_REST_MS // 4)
            return
        self._builder.setInterval(0)
        done = self._page.build()
        self._scrolling.catch_up()
        if done:
            self._builder.stop()
            if self._words:
                self._mark(self._words, self._words_at)

    def _tell_slow(self, rendered: Rendered) -> None:
        """Say once per note that something is shown as it is written."""
        now = (self._note, 2 if rendered.whole_as_source else min(rendered.as_source, 1))
        if now[1] and now != self._told:
            self._workspace.tell(
                "warning",
                self.tr("This note takes too long to draw, so it is shown as it is written.")
                if rendered.whole_as_source
                else self.tr("A part of this note takes too long to draw and is shown as it is written."),
            )
        self._told = now

    def _picture_arrived(self, url: QUrl, image: QImage) -> None:
        document = self._browser.document()
        top = self._scrolling.top()
        document.addResource(QTextDocument.ResourceType.ImageResource.value, url, image)
        document.markContentsDirty(0, document.characterCount())
        self._scrolling.hold(top)

    def _keep_top(self) -> None:
        if self._shown_note == self._note:
            self._scrolling.keep(self._shown_note)

    # --- places and words ------------------------------------------------------------------------------------

    def _go_to(self, place: Place) -> None:
        self._place = place
        self._words = place.words
        if self._shown_note == place.note_id == self._note and not self._stale and self._page.placed:
            self._jump(place)

    def _jump(self, place: Place) -> None:
        if self._live is None or place.note_id != self._note:
            return
        self._place = None
        text = self._live.text
        offset = place.offset
        if offset is None and place.section is not None:
            sections = scan_sections(text)
            offset = sections[place.section].start if place.section < len(sections) else None
        if offset is not None:
            self.follow_line(text.count("\n", 0, offset))
        self._mark(place.words, offset)
        if place.words:
            self._marks.show_current()

    def _mark(self, words: tuple[str, ...], offset: int | None = None) -> None:
        """Tint the words, each a regular expression, where they stand on the page; most of all those at an offset."""
        self._words, self._words_at = words, offset
        self._marks.set(words, self._live.text if self._live is not None else "", offset)

    # --- links -----------------------------------------------------------------------------------------------

    def _follow(self, address: str, words: str, new_tab: bool) -> None:
        if self._note is None:
            return
        if address.startswith("#"):
            self._follow_anchor(unquote(address[1:]), words)
        elif address.startswith("note:"):
            target, _, anchor = address[5:].partition("#")
            self._workspace.follow(self._note, unquote(target), unquote(anchor), words, new_tab=new_tab)
        else:
            self._workspace.follow(self._note, address, "", words)

    def _follow_anchor(self, anchor: str, words: str) -> None:
        assert self._note is not None
        if self._live is not None:
            section = find_section(scan_sections(self._live.text), anchor, words)
            if section is not None:
                self._workspace.open_note(self._note, section=section.ordinal)
                return
        if re.fullmatch(r"fn-\d+", anchor):
            while not self._page.build():
                pass
            self._browser.scrollToAnchor(anchor)
            return
        self._workspace.follow(self._note, "", anchor, words)

    def _hovered(self, url: QUrl) -> None:
        address = url.toString(QUrl.ComponentFormattingOption.FullyEncoded)
        if address.startswith(("note:", "#")):
            address = unquote(address.removeprefix("note:")).replace("#", " › ").removeprefix(" › ")
        self._workspace.link_hovered.emit(address)
