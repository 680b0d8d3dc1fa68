"""When a link's card comes and goes, and what stands on it.

The pointer rests on a link for a moment; its target is looked up on a reader thread, its first lines go through the
render process, and the card shows. Any key, click or scroll takes it away, and so does the pointer when it leaves.
"""

from dataclasses import dataclass, replace
from urllib.parse import unquote

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QRect, QTimer, QUrl
from PySide6.QtGui import QTextCursor, QTextDocumentFragment

from desktop.core.notebook import Notebook
from desktop.core.page.render_worker import Excerpt
from desktop.core.records import NoteId, Section
from desktop.core.text.anchors import find_place
from desktop.core.text.frontmatter import read_front_matter
from desktop.core.text.outline import scan_sections
from desktop.ui.delays import HOVER_MS
from desktop.ui.preview.browser import Browser
from desktop.ui.preview.following import FOOTNOTE
from desktop.ui.preview.hover_card import HoverCard
from desktop.ui.preview.page_source import PageSource
from desktop.ui.preview.pictures import Pictures, address_of
from desktop.ui.workspace import Workspace

MOST_CHARACTERS, MOST_LINES = 1_600, 40
BETWEEN = " › "
_LEAVES = (
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.Wheel,
    QEvent.Type.WindowDeactivate,
    QEvent.Type.ApplicationStateChange,
)


@dataclass(frozen=True, slots=True)
class Target:
    """What a link leads to: the note, its path, the title to show, and the beginning of its words."""

    note: NoteId | None  # None: no note
    title: str
    where: str
    words: str
    alike: int = 0  # other notes that the link may mean as well


class Hovering(QObject):
    """Shows a card for the link under the pointer."""

    def __init__(self, workspace: Workspace, source: PageSource, browser: Browser) -> None:
        super().__init__(browser)
        self._workspace = workspace
        self._source = source
        self._browser = browser
        self._address = ""
        self._asked = 0  # lookups and excerpts, of which only the newest is shown
        self._waiting: tuple[int, Target] | None = None
        self._pictures: Pictures | None = None
        self.card: HoverCard | None = None  # made at the first rest of the pointer
        self._timer = QTimer(self, singleShot=True, interval=HOVER_MS)
        self._timer.timeout.connect(self._look_up)
        browser.highlighted.connect(self._pointed)
        browser.touched.connect(self.leave)
        browser.verticalScrollBar().valueChanged.connect(self.leave)
        source.excerpt_rendered.connect(self._take)

    def leave(self) -> None:
        """Take the card away."""
        self._timer.stop()
        self._address = ""
        self._waiting = None
        self._asked += 1
        if self.card is not None and self.card.isVisible():
            self.card.hide()
            application = QCoreApplication.instance()
            if application is not None:
                application.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go at any key or click, wherever it is meant for."""
        if event.type() in _LEAVES:
            self.leave()
        return False

    def _pointed(self, url: QUrl) -> None:
        address = address_of(url)
        if address == self._address:
            return
        self.leave()
        if address.startswith(("note:", "#")) and self._source.note is not None:
            self._address = address
            self._timer.start()

    def _look_up(self) -> None:
        note, address = self._source.note, self._address
        if note is None or not address:
            return
        self._asked += 1
        asked, text, notebook = self._asked, self._source.text, self._workspace.notebook
        words = self._browser.words_at(self._browser.pointed_at)
        here = self.tr("In this note")
        gone = self.tr("There is no “{0}” in that note.")
        if address.startswith("#") and FOOTNOTE.fullmatch(address[1:]):
            footnote = self._footnote(address[1:])
            if footnote is not None:
                self._show(Target(note, "", "", ""), footnote)
            return

        def show(target: Target | None) -> None:
            if asked != self._asked or target is None:
                return
            if target.note is None:
                no_note = self.tr("There is no such note yet; a click makes it.")
                self._show(Target(None, target.title, no_note, ""), ())
            elif target.words:
                self._waiting = self._source.ask_excerpt(target.words), target
            else:
                self._show(target, ())

        self._workspace.answer(lambda: target_of(notebook, note, text, address, words, here, gone), show)

    def _take(self, excerpt: Excerpt) -> None:
        if self._waiting is not None and self._waiting[0] == excerpt.number:
            self._show(self._waiting[1], excerpt.blocks)

    def _show(self, target: Target, content: object) -> None:
        if self.card is None:
            self._pictures = Pictures(self._workspace, self)
            self._pictures.column = 340
            self.card = HoverCard(self._pictures, self._browser.window())
        assert self._pictures is not None
        self._pictures.forget(target.note)
        self._pictures.ratio = self._browser.devicePixelRatioF()
        if isinstance(content, tuple):
            for block in content:
                self._pictures.learn(block.images)
        assert isinstance(content, (tuple, QTextDocumentFragment))
        where = target.where
        if target.alike:
            alike = self.tr("%n other note(s) have this name", "", target.alike)
            where = f"{where} · {alike}" if where else alike
        self.card.fill(target.title, where, content, max(12, self._workspace.settings.text_size - 2))
        self.card.show_beside(self._place())
        application = QCoreApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def _place(self) -> QRect:
        """Return the line of the link in the window, from under the pointer on."""
        line = self._browser.cursorRect(self._browser.cursorForPosition(self._browser.pointed_at))
        viewport = self._browser.viewport()
        corner = QPoint(self._browser.pointed_at.x() - 20, line.top())
        return QRect(viewport.mapTo(self._browser.window(), corner), line.size())

    def _footnote(self, name: str) -> QTextDocumentFragment | None:
        """Return a footnote as it stands at the end of the page; None while that is not there."""
        document = self._browser.document()
        block, end = document.lastBlock(), document.characterCount() - 1
        while block.isValid():
            pieces = block.begin()
            while not pieces.atEnd():
                names = pieces.fragment().charFormat().anchorNames()
                if name in names:
                    cursor = QTextCursor(block)
                    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
                    return cursor.selection()
                if any(FOOTNOTE.fullmatch(other) for other in names):
                    end = block.position() - 1
                pieces += 1
            block = block.previous()
        return None


def target_of(
    notebook: Notebook, note: NoteId, text: str, address: str, words: str, here: str, gone: str = ""
) -> Target | None:
    """Find what a link of a note's page leads to; None where there is nothing to show. On a reader thread.

    `here` stands above what is in the same note, `gone` is the sentence where the note has not such a place.
    """
    name, _, anchor = address.removeprefix("note:").partition("#")
    name, anchor = unquote(name), unquote(anchor)
    if not name:
        return _place(note, "", here, text, anchor, words) or (
            Target(note, "", gone.format(anchor), "") if gone and anchor else None
        )
    found = notebook.links.resolve(name, note)
    if found is None:
        return Target(None, name, "", "")
    if found != note:
        text = notebook.notes.read(found).text
    alike = len(notebook.links.named_alike(name, note))
    path = notebook.tree.path(found)
    where = BETWEEN.join(head.title for head in path[:-1])
    title = path[-1].title
    if anchor:
        place = _place(found, title, where, text, anchor, words)
        if place is not None:
            return replace(place, alike=alike)
        where = gone.format(anchor) or where
    words = _beginning(text, read_front_matter(text).end, len(text), title)
    return Target(found, title, where, words, alike)


def _place(note: NoteId, title: str, where: str, text: str, anchor: str, words: str) -> Target | None:
    place = find_place(text, scan_sections(text), anchor, words)
    if place is None:
        return None
    if not isinstance(place, Section):
        return Target(note, title, where, _beginning(text, place.start, place.end, ""))
    over = BETWEEN.join(part for part in (where, title) if part)
    return Target(note, place.title, over, _beginning(text, place.start, place.end, place.title))


def _beginning(text: str, start: int, end: int, title: str) -> str:
    """Return the first lines, without a heading that only repeats the title."""
    piece = text[start : min(end, start + 4 * MOST_CHARACTERS)].strip("\r\n")
    sections = scan_sections(piece)
    if sections and sections[0].start == 0 and sections[0].title == title:
        lines = piece.split("\n")
        underlined = len(lines) > 1 and not lines[0].lstrip().startswith("#")
        piece = "\n".join(lines[2 if underlined else 1 :]).strip("\r\n")
    lines = piece.split("\n")[:MOST_LINES]
    while len(lines) > 1 and sum(map(len, lines)) > MOST_CHARACTERS:
        lines.pop()
    return "\n".join(lines)[: 2 * MOST_CHARACTERS]
