"""What the page is made of: the open note's text as it stands, what the library adds to it, and the folds turned.

All three go to the render process together; its answer is told as `rendered`. The first picture of a note waits a
moment for what the library adds, or images would be cards first and links would change their colour.
"""

from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal

from desktop.core.page.page_context import PageContext
from desktop.core.page.render_worker import ExcerptRequest
from desktop.core.records import NoteId
from desktop.ui import theme
from desktop.ui.delays import FIRST_PAGE_WAIT_MS
from desktop.ui.render_process import Rendered, RenderProcess
from desktop.ui.workspace import LiveText, Workspace


class PageSource(QObject):
    """Asks for the page of the open note."""

    rendered = Signal(object)  # Rendered, of the newest request
    excerpt_rendered = Signal(object)  # Excerpt

    def __init__(self, workspace: Workspace, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.note: NoteId | None = None
        self.live: LiveText | None = None
        self.visible = False  # while it is not, nothing is asked for
        self._stale = False
        self._turned: dict[NoteId, frozenset[str]] = {}  # folds, while the window lives
        self._held: Rendered | None = None
        self._excerpts = 0
        self._told: tuple[NoteId | None, int] = (None, 0)  # of what was slow
        self._first = QTimer(self, singleShot=True, interval=FIRST_PAGE_WAIT_MS)
        self._first.timeout.connect(self._let_go)
        self._process = RenderProcess(self)
        self._process.rendered.connect(self._answered, Qt.ConnectionType.QueuedConnection)
        self._process.excerpt_rendered.connect(self.excerpt_rendered, Qt.ConnectionType.QueuedConnection)
        workspace.note_context.changed.connect(self._context_changed)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.close)

    @property
    def text(self) -> str:
        """Return the open note's text as it stands."""
        return self.live.text if self.live is not None else ""

    @property
    def stale(self) -> bool:
        """Tell whether the page is behind its text, because nobody sees it."""
        return self._stale

    def open(self, note: NoteId) -> None:
        """Expect another note's text."""
        self.note = note
        self._held = None
        self._first.start()

    def tell(self, live: LiveText) -> None:
        """Take the text as it stands now."""
        self.note = live.note_id
        self.live = live
        self.ask()

    def forget(self) -> None:
        """Be done with the note."""
        self.note = self.live = self._held = None

    def show(self, visible: bool) -> None:
        """Know whether somebody sees the page, and catch up where that is so."""
        self.visible = visible
        if visible and self._stale:
            self.ask()

    def ask(self) -> None:
        """Ask for the page as it is now."""
        if self.live is None:
            return
        self._stale = not self.visible
        if self.visible:
            self._process.request(
                self.live.text, _scheme(), self._workspace.settings.text_size, self._context(self.live.note_id)
            )

    def ask_excerpt(self, text: str) -> int:
        """Ask for a short text beside the page; return its number."""
        self._excerpts += 1
        words = self._workspace.note_context.of(self.note).words if self.note is not None else {}
        size = max(12, self._workspace.settings.text_size - 2)
        self._process.request_excerpt(ExcerptRequest(self._excerpts, text, _scheme(), size, words))
        return self._excerpts

    def turn_fold(self, fold: str) -> None:
        """Open a fold that is closed, close one that is open."""
        if self.note is not None:
            self._turned[self.note] = self._turned.get(self.note, frozenset()) ^ {fold}
            self.ask()

    def close(self) -> None:
        """End the render process; nothing is told after this."""
        self._process.close()

    def _context(self, note: NoteId) -> PageContext:
        context = self._workspace.note_context.of(note)
        turned = self._turned.get(note)
        return replace(context, toggled=turned) if turned else context

    def _context_changed(self, note: NoteId, _context: PageContext) -> None:
        if self.live is not None and note == self.live.note_id == self.note:
            self._first.stop()
            self._held = None
            self.ask()

    def _answered(self, rendered: Rendered) -> None:
        if rendered.revision != self._process.latest or self.live is None or self.live.note_id != self.note:
            return
        if self._first.isActive() and ("[[" in self.text or "](" in self.text or "<img" in self.text):
            self._held = rendered
        else:
            self._tell_slow(rendered)
            self.rendered.emit(rendered)

    def _tell_slow(self, rendered: Rendered) -> None:
        """Say once per note that something is shown as it is written."""
        now = (self.note, 2 if rendered.whole_as_source else min(rendered.as_source, 1))
        if now[1] and now != self._told:
            self._workspace.tell(
                "warning",
                self.tr("This note takes too long to draw, so it is shown as it is written.")
                if rendered.whole_as_source
                else self.tr("A part of this note takes too long to draw and is shown as it is written."),
            )
        self._told = now

    def _let_go(self) -> None:
        held, self._held = self._held, None
        if held is not None:
            self._answered(held)


def _scheme() -> str:
    return "dark" if theme.current().dark else "light"
