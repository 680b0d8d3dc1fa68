"""The one process that turns text into HTML, seen from the window.

Python-Markdown hangs on some inputs and the regular expression engine holds the interpreter's lock meanwhile, so it
never runs here. One thread talks to the process: it starts it on the first request, forwards only the newest one, and
ends it when it is silent for longer than the deadline. The block at which that happened is asked for as source from
then on; a text that hangs again and again is shown as it is written.
"""

import multiprocessing
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from math import inf
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from time import monotonic

from PySide6.QtCore import QObject, Signal

from desktop.core.page.page_context import EMPTY_CONTEXT, PageContext
from desktop.core.page.plain_html import HtmlBlock, Rendering, plain_rendering
from desktop.core.page.render_worker import Answer, Begun, Excerpt, ExcerptRequest, Request, serve
from desktop.core.text.span import changed_span

DEADLINE_S = 1.5
READING_S = 4e-6  # for a character, before the first block is begun
START_DEADLINE_S = 30.0  # on a busy machine the imports alone take seconds
LATEST_CHECK_S = 0.02  # between two looks at whether a newer request came
MAX_HANGS = 3  # in one text
LATE_S = 0.8  # after which a text that was never drawn is shown as it is written
LATE_CHARACTERS = 40_000  # of it: the rest is drawn before anybody has read so far


@dataclass(frozen=True, slots=True)
class Rendered:
    """An answer: the revision it belongs to, the blocks, and how many of them are shown as source."""

    revision: int
    rendering: Rendering
    as_source: int = 0  # blocks that took too long
    whole_as_source: bool = False
    is_preliminary: bool = False  # the page of this revision is still to come
    is_partial: bool = False  # its first blocks; else a preliminary one shows the text as it is written


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What was asked for."""

    revision: int
    text: str
    theme: str
    size: int
    context: PageContext


class RenderProcess(QObject):
    """Renders the newest text; `rendered` is delivered on the thread this object lives in."""

    rendered = Signal(object)  # Rendered
    excerpt_rendered = Signal(object)  # Excerpt

    def __init__(self, parent: QObject | None = None, deadline_s: float = DEADLINE_S) -> None:
        super().__init__(parent)
        self._deadline_s = deadline_s
        self._wanted: _Wanted | None = None
        self._wanted_excerpt: ExcerptRequest | None = None
        self._news = threading.Condition()
        self._closed = False
        self._revision = 0
        self._thread: threading.Thread | None = None
        self._drawn = ""  # the text that was answered last
        self._watched, self._late_at = 0, inf  # a revision, and when it is late

    def request(self, text: str, theme: str, size: int, context: PageContext = EMPTY_CONTEXT) -> int:
        """Ask for a text to be rendered and return the revision of the answer; older requests are dropped."""
        with self._news:
            self._revision += 1
            self._wanted = _Wanted(self._revision, text, theme, size, context)
            self._news.notify()
        self._start()
        return self._revision

    def request_excerpt(self, request: ExcerptRequest) -> None:
        """Ask for a short text, after the page's; an older one that still waits is dropped."""
        with self._news:
            self._wanted_excerpt = request
            self._news.notify()
        self._start()

    def _start(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._talk, name="render", daemon=True)
            self._thread.start()

    @property
    def latest(self) -> int:
        """Return the revision of the newest request."""
        return self._revision

    def close(self) -> None:
        """End the process and the thread."""
        with self._news:
            self._closed = True
            self._news.notify()
        if self._thread is not None:
            self._thread.join(5)

    # --- on the thread -----------------------------------------------------------------------------------

    def _talk(self) -> None:
        line = _Line(self._deadline_s)
        try:
            while (request := self._next()) is not None:
                if isinstance(request, ExcerptRequest):
                    card = line.excerpt(request)
                    if card is not None and not self._closed:
                        self.excerpt_rendered.emit(card)
                    continue
                result = self._render(line, request)
                if result is not None and not self._closed:
                    self.rendered.emit(result)
        finally:
            line.end()

    def _next(self) -> _Wanted | ExcerptRequest | None:
        with self._news:
            while self._wanted is None and self._wanted_excerpt is None and not self._closed:
                self._news.wait()
            if self._closed:
                return None
            if self._wanted is not None:
                request, self._wanted = self._wanted, None
                return request
            card, self._wanted_excerpt = self._wanted_excerpt, None
            return card

    def _render(self, line: "_Line", wanted: _Wanted) -> Rendered | None:
        """Return the answer; None when a newer request waits."""
        hangs = 0
        while True:
            watch, tell = partial(self._watch, wanted), partial(self._tell, wanted)
            blocks = line.ask(wanted, self._has_news, watch, tell)
            if blocks is not None:
                self._drawn = wanted.text
                shown = sum(block.key in line.hung for block in blocks) if line.hung else 0
                return Rendered(wanted.revision, Rendering(blocks), shown)
            if self._has_news():
                return None
            hangs += 1
            if hangs >= MAX_HANGS or not line.hung_at:
                self._drawn = wanted.text
                return Rendered(wanted.revision, plain_rendering(wanted.text), whole_as_source=True)

    def _has_news(self) -> bool:
        return self._wanted is not None or self._closed

    def _tell(self, wanted: _Wanted, blocks: tuple[HtmlBlock, ...]) -> None:
        """Show the first blocks of a page that takes long."""
        self._drawn, self._late_at = wanted.text, inf
        if not self._has_news():
            self.rendered.emit(Rendered(wanted.revision, Rendering(blocks), is_preliminary=True, is_partial=True))

    def _watch(self, asked: _Wanted) -> None:
        """Show the newest text as it is written when it is a new one and nothing came for a while."""
        newest = self._wanted or asked
        if newest.revision != self._watched:
            self._watched = newest.revision
            start, _, end = changed_span(self._drawn, newest.text)
            self._late_at = monotonic() + LATE_S if end - start > len(newest.text) // 2 else inf
        elif monotonic() > self._late_at and not self._closed:
            self._late_at = inf
            head = plain_rendering(newest.text[:LATE_CHARACTERS])
            self.rendered.emit(Rendered(newest.revision, head, is_preliminary=True))


class _Line:
    """The connection to the process, which it starts anew when needed."""

    def __init__(self, deadline_s: float) -> None:
        self.hung: set[str] = set()  # keys of blocks that took too long, for as long as the window lives
        self.hung_at = ""
        self._deadline_s = deadline_s
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._was_started = False
        self._text = ""  # what the process was asked for last
        self._context = EMPTY_CONTEXT
        self._blocks: tuple[HtmlBlock, ...] = ()  # what it answered last

    def ask(
        self,
        wanted: _Wanted,
        is_outdated: Callable[[], bool],
        watch: Callable[[], None],
        tell: Callable[[tuple[HtmlBlock, ...]], None],
    ) -> tuple[HtmlBlock, ...] | None:
        """Return the blocks, of which the first ones may be told before.

        None when outdated, or when the process hung and was ended.
        """
        self.hung_at = ""
        text = _whole(wanted.text)
        text = text.replace("\r\n", "\n") if "\r" in text else text  # lines stay lines
        try:
            pipe = self._started(watch)
            start, end, new_end = changed_span(self._text, text)
            inserted, hung = text[start:new_end], frozenset(self.hung)
            context = None if wanted.context == self._context else wanted.context
            pipe.send(Request(wanted.revision, start, end, inserted, wanted.theme, wanted.size, hung, context))
            self._text, self._context = text, wanted.context
            return self._listen(pipe, wanted.revision, is_outdated, watch, tell)
        except (EOFError, OSError):  # it died
            self._hang()
            return None

    def excerpt(self, wanted: ExcerptRequest) -> Excerpt | None:
        """Return a card's blocks; None where that took too long."""
        self.hung_at = ""
        try:
            pipe = self._started()
            pipe.send(wanted)
            while pipe.poll(self._deadline_s):
                message: Begun | Answer | Excerpt = pipe.recv()
                if isinstance(message, Answer):
                    self._blocks = message.applied_to(self._blocks)
                elif isinstance(message, Excerpt) and message.number == wanted.number:
                    return message
        except (EOFError, OSError):  # it died
            pass
        self.end()
        return None

    def end(self) -> None:
        """Kill the process."""
        if self._process is not None:
            self._process.kill()
            self._process.join(2)
        if self._pipe is not None:
            self._pipe.close()
        self._process = self._pipe = None
        self._text, self._blocks, self._context = "", (), EMPTY_CONTEXT

    def _started(self, watch: Callable[[], None] | None = None) -> Connection:
        if self._pipe is not None:
            return self._pipe
        waited_for = watch if self._was_started else None
        self._was_started = True
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        self._process = context.Process(target=serve, args=(theirs,), name="konspekt-render", daemon=True)
        self._process.start()
        theirs.close()
        self._pipe = ours
        end = monotonic() + START_DEADLINE_S
        while not ours.poll(LATEST_CHECK_S):
            if waited_for is not None:
                waited_for()
            if monotonic() > end:
                raise EOFError
        ours.recv()
        return ours

    def _listen(
        self,
        pipe: Connection,
        revision: int,
        is_outdated: Callable[[], bool],
        watch: Callable[[], None],
        tell: Callable[[tuple[HtmlBlock, ...]], None],
    ) -> tuple[HtmlBlock, ...] | None:
        waited = -READING_S * len(self._text)
        while waited < self._deadline_s:
            watch()
            if not pipe.poll(LATEST_CHECK_S):
                waited += LATEST_CHECK_S
                continue
            message: Begun | Answer | Excerpt = pipe.recv()
            waited = 0.0
            if isinstance(message, Begun):
                self.hung_at = message.key
                if not message.key:  # it reads
                    waited = -READING_S * len(self._text)
                if is_outdated():
                    return None  # the next request makes the process give this one up
            elif isinstance(message, Answer):
                self._blocks = message.applied_to(self._blocks)
                if message.revision != revision:
                    continue
                if not message.is_partial:
                    return self._blocks
                waited = -READING_S * len(self._text)  # a beginning came before the whole was read
                self.hung_at = ""
                tell(self._blocks)
        self._hang()
        return None

    def _hang(self) -> None:
        if self.hung_at:
            self.hung.add(self.hung_at)
        self.end()


def _whole(text: str) -> str:
    """Return a text without halves of characters, which cannot be encoded."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text
