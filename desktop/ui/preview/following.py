"""What a click on the page does: links are followed, boxes ticked, code copied, folds turned, images asked for."""

import re
from urllib.parse import unquote

from PySide6.QtCore import QObject, QTimer, QUrl, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from desktop.core.records import NoteId, Section
from desktop.core.text.anchors import find_place
from desktop.core.text.outline import scan_sections
from desktop.ui import theme
from desktop.ui.preview.browser import Browser
from desktop.ui.preview.page import Page
from desktop.ui.preview.page_links import links_of
from desktop.ui.preview.page_source import PageSource
from desktop.ui.preview.pictures import address_of
from desktop.ui.workspace import LiveText, Workspace

COPIED_MS = 1_400  # that the word of it stays beside the code
BOX = re.compile(r"\[[ xX]\]")
FOOTNOTE = re.compile(r"fn-\d{1,6}")
FOOTNOTE_OR_BACK = re.compile(r"fn(?:ref)?-\d{1,6}")


class Following(QObject):
    """Does what links of the page say."""

    task_toggled = Signal(int)  # a line of the open note, from 0
    fetch_requested = Signal(str)  # the address of a remote image

    def __init__(self, workspace: Workspace, source: PageSource, browser: Browser, page: Page) -> None:
        super().__init__(browser)
        self._workspace = workspace
        self._source = source
        self._browser = browser
        self._page = page
        self.shown: NoteId | None = None  # the note whose page stands there: after a switch another for a moment
        self.drawn_from: LiveText | None = None  # the text whose page stands there
        self._acted = ""  # by the keyboard: the link that gets the focus back when its block is another
        self.copied = QLabel(browser.viewport())
        self.copied.hide()
        self._copied_for = QTimer(self, singleShot=True, interval=COPIED_MS)
        self._copied_for.timeout.connect(self.copied.hide)
        browser.touched.connect(self.copied.hide)
        browser.verticalScrollBar().valueChanged.connect(self.copied.hide)
        browser.link_followed.connect(self._follow)
        browser.acted.connect(self._act)
        browser.highlighted.connect(self._hovered)
        browser.markdown_wanted.connect(self._copy_markdown)

    def return_focus(self) -> None:
        """Put the focus on the link again that was pressed by the keyboard, after its block was exchanged."""
        wanted, self._acted = self._acted, ""
        if not wanted or not self._browser.hasFocus():
            return
        block = self._browser.document().findBlock(self._browser.textCursor().position())
        for _number in range(8):  # the exchange leaves the cursor at one end of the block
            block = block.previous() if block.previous().isValid() else block
        for _number in range(24):
            for link in links_of(block):
                if link.address == wanted:
                    self._browser.select_link(link)
                    return
            block = block.next()

    # --- links -----------------------------------------------------------------------------------------------

    def _follow(self, address: str, words: str, new_tab: bool) -> None:
        note = self._source.note
        if note is None or note != self.shown:
            return
        if address.startswith("#"):
            self._follow_anchor(note, unquote(address[1:]), words)
        elif address.startswith("note:"):
            target, _, anchor = address[5:].partition("#")
            self._workspace.follow(note, unquote(target), unquote(anchor), words, new_tab=new_tab)
        else:
            self._workspace.follow(note, address, "", words)

    def _follow_anchor(self, note: NoteId, anchor: str, words: str) -> None:
        text = self._source.text
        place = find_place(text, scan_sections(text), anchor, words)
        if isinstance(place, Section):
            self._workspace.open_note(note, section=place.ordinal)
        elif place is not None:
            self._workspace.open_note(note, offset=place.start)
        elif FOOTNOTE_OR_BACK.fullmatch(anchor):
            while not self._page.build():
                pass
            self._browser.scrollToAnchor(anchor)
        else:
            self._workspace.follow(note, "", anchor, words)

    def _hovered(self, url: QUrl) -> None:
        address = address_of(url)
        if address.startswith("do:fetch/"):
            address = unquote(address.removeprefix("do:fetch/"))  # where a click would fetch from
        elif address.startswith("do:"):
            address = ""
        elif address.startswith(("note:", "#")):
            address = unquote(address.removeprefix("note:")).replace("#", " › ").removeprefix(" › ")
        self._workspace.link_hovered.emit(address)

    # --- actions ---------------------------------------------------------------------------------------------

    def _is_still(self, line: int) -> bool:
        """Tell whether a line is, but for its box, the one that the page was drawn from: the text may have gone on."""
        drawn, live = self.drawn_from, self._source.live
        if drawn is None or live is None or drawn is live:
            return drawn is not None
        before, now = (text.split("\n")[line : line + 1] for text in (drawn.text, live.text))
        return [BOX.sub("", words, count=1) for words in before] == [BOX.sub("", words, count=1) for words in now]

    def _act(self, address: str, position: int) -> None:
        index = self._page.index_at(position)
        if index < 0 or self._source.note != self.shown:
            return
        placed = self._page.placed[index]
        action, _, detail = address.removeprefix("do:").partition("/")
        self._acted = address if self._browser.textCursor().hasSelection() else ""
        if action == "task" and detail.isdecimal():
            line = placed.first_line + int(detail)
            if self._is_still(line):
                self.task_toggled.emit(line)
        elif action == "copy" and detail.isdecimal() and int(detail) < len(placed.codes):
            QGuiApplication.clipboard().setText(placed.codes[int(detail)])
            self._say_copied(position)
        elif action == "fold":
            self._source.turn_fold(unquote(detail))
        elif action == "fetch":
            self.fetch_requested.emit(unquote(detail))

    def _say_copied(self, position: int) -> None:
        """Say so for a moment beside the link, in a place that moves nothing."""
        cursor, colours = self._browser.textCursor(), theme.current()
        cursor.setPosition(position)
        link = self._browser.cursorRect(cursor)
        self.copied.setText(self.tr("Copied"))
        self.copied.setStyleSheet(
            f"background: {colours.raised.name()}; color: {colours.muted.name()}; "
            f"border: 1px solid {colours.border.name()}; border-radius: 5px; padding: 2px 8px;"
        )
        self.copied.adjustSize()
        room = self._browser.viewport().width() - self.copied.width()
        self.copied.move(max(0, min(link.left() - 8, room)), max(0, link.top() - self.copied.height() - 4))
        self.copied.show()
        self._copied_for.start()

    def _copy_markdown(self) -> None:
        """Put the source lines of the selected blocks on the clipboard."""
        cursor = self._browser.textCursor()
        first = self._page.index_at(cursor.selectionStart())
        last = self._page.index_at(max(cursor.selectionStart(), cursor.selectionEnd() - 1))
        if first < 0:
            return
        selected = self._page.placed[first : last + 1]
        begin, end = min(block.first_line for block in selected), max(block.last_line for block in selected)
        lines = self._source.text.replace("\r\n", "\n").split("\n")[begin : end + 1]
        QGuiApplication.clipboard().setText("\n".join(lines).strip("\n") + "\n")
