"""The render process's own half: reads requests from a pipe, answers with blocks.

Both sides know what was said last, so a request is an edit of the text of the one before, and an answer an edit of the
last answer's blocks: what goes through the pipe is as long as what changed, not as the note.

Before every block that is not in its cache it says which one it begins, so that the other side can tell a slow text
from a block that hangs, end this process, and ask a fresh one to show that block as it is written. A request that
arrives meanwhile ends the one at work.

A page that is new and takes long is told in parts, each of which goes on where the one before ended: of a long text its
beginning is read alone at first, then the blocks that are there by now are told at ever longer intervals. An edit of a
page that was told whole is always told whole.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection
from time import monotonic
from typing import TYPE_CHECKING

from desktop.core.page.page_context import EMPTY_CONTEXT, PageContext
from desktop.core.page.plain_html import HtmlBlock

if TYPE_CHECKING:
    from desktop.core.page.markdown import BlockCache

LONG = 48_000  # characters of a new text whose beginning is read alone at first
BEGINNING = 14_000  # characters of it
FIRST_PART_S = 0.12  # after which a new page is told as far as it is made
NEXT_PART_S = 0.3  # after that; each further pause is twice as long
SIGN_OF_LIFE_S = 0.2  # between two of them while a text is read


@dataclass(frozen=True, slots=True)
class Request:
    """A text to render: that of the request before with [start:end] exchanged; the first one's is empty."""

    revision: int  # grows with every request
    start: int
    end: int
    inserted: str
    theme: str
    size: int
    as_source: Set[str] = frozenset()  # keys of blocks that hung before
    context: PageContext | None = None  # None: that of the request before

    def applied_to(self, text: str) -> str:
        """Return the text to render, made of the one before."""
        return text[: self.start] + self.inserted + text[self.end :]


@dataclass(frozen=True, slots=True)
class ExcerptRequest:
    """A short text to render beside the page, for a card; `number` grows with every one."""

    number: int
    text: str
    theme: str
    size: int
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A card's blocks."""

    number: int
    blocks: tuple[HtmlBlock, ...]


@dataclass(frozen=True, slots=True)
class Begun:
    """A block is about to be made."""

    revision: int
    key: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The blocks of a text: so many of the last answer's head and tail, the tail's lines moved, and those between."""

    revision: int
    head: int
    between: tuple[HtmlBlock, ...]
    tail: int
    moved: int
    is_partial: bool = False  # more blocks follow behind these

    def applied_to(self, blocks: Sequence[HtmlBlock]) -> tuple[HtmlBlock, ...]:
        """Return all blocks, made of those of the last answer."""
        tail = blocks[len(blocks) - self.tail :]
        if self.moved:
            tail = [
                replace(block, first_line=block.first_line + self.moved, last_line=block.last_line + self.moved)
                for block in tail
            ]
        return (*blocks[: self.head], *self.between, *tail)


class _Outdated(Exception):
    """A newer request is waiting."""


class _Teller:
    """Tells the window the blocks of one page after another."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._sent: tuple[HtmlBlock, ...] = ()
        self._style = ("", 0)
        self._is_growing = False  # a new page, not told whole yet
        self._told = 0  # blocks of it
        self._revision = 0
        self._due = self._pause = 0.0
        self._next_sign = 0.0

    def begin(self, request: Request, text: str) -> bool:
        """Get ready for a request's page; tell whether it may be told in parts."""
        style = (request.theme, request.size)
        if len(request.inserted) > len(text) // 2 or style != self._style:
            self._is_growing, self._told = True, 0
        self._revision, self._style = request.revision, style
        self._due, self._pause = monotonic() + FIRST_PART_S, NEXT_PART_S
        self._next_sign = monotonic() + SIGN_OF_LIFE_S
        return self._is_growing

    def before_block(self, key: str) -> None:
        """Say which block is made next; raise where that is for nothing."""
        if self._pipe.poll():
            raise _Outdated
        self._pipe.send(Begun(self._revision, key))

    def step(self) -> None:
        """Say now and then that a long text is still being read; an edit builds upon that, so it is read to its end."""
        if monotonic() >= self._next_sign:
            self._next_sign = monotonic() + SIGN_OF_LIFE_S
            self._pipe.send(Begun(self._revision, ""))

    def offer(self, blocks: Sequence[HtmlBlock], is_slow: bool) -> None:
        """Tell the blocks of a growing page that are there by now when it is time, or what comes next is slow."""
        if len(blocks) > self._told + self._told // 8 and (monotonic() >= self._due or (is_slow and not self._told)):
            self._tell_part(blocks)

    def _tell_part(self, blocks: Sequence[HtmlBlock]) -> None:
        self._pipe.send(replace(difference(self._revision, self._sent, blocks), is_partial=True))
        self._sent, self._told = tuple(blocks), len(blocks)
        self._due = monotonic() + self._pause
        self._pause *= 2

    def tell(self, blocks: tuple[HtmlBlock, ...]) -> None:
        """Tell the whole page."""
        self._pipe.send(difference(self._revision, self._sent, blocks))
        self._sent, self._is_growing = blocks, False


def serve(pipe: Connection) -> None:
    """Answer requests until the pipe closes."""
    from desktop.core.page.live_render import LiveRendering
    from desktop.core.page.markdown import BlockCache, render_blocks

    cache = BlockCache()
    render_blocks("# *x* `y` [z](#z)", cache=cache)  # builds the converter, before anybody waits for it
    rendering, teller = LiveRendering(cache), _Teller(pipe)
    text, context = "", EMPTY_CONTEXT
    try:
        pipe.send(None)  # ready
        while True:
            request: Request | None = None
            while request is None or pipe.poll():
                message = pipe.recv()
                if isinstance(message, ExcerptRequest):
                    asked = PageContext(words=message.words)
                    card = render_blocks(
                        message.text, theme=message.theme, size=message.size, cache=cache, context=asked
                    )
                    pipe.send(Excerpt(message.number, card.blocks))
                else:
                    request = message
                    text, context = request.applied_to(text), request.context or context
            offer = teller.offer if teller.begin(request, text) else None
            try:
                if offer is not None and len(text) > LONG:
                    offer(_beginning(text, request, context, cache, teller), True)
                blocks = rendering.render(
                    text,
                    request.theme,
                    request.size,
                    teller.before_block,
                    request.as_source,
                    context,
                    offer,
                    teller.step,
                )
            except _Outdated:
                continue
            teller.tell(blocks)
    except (EOFError, OSError):  # the window is gone
        return


def _beginning(
    text: str, request: Request, context: PageContext, cache: "BlockCache", teller: _Teller
) -> tuple[HtmlBlock, ...]:
    """Return the first blocks of a long text, as they are without what stands further down."""
    from desktop.core.page.markdown import render_blocks
    from desktop.core.text.frontmatter import read_front_matter

    end = 1 + (text.rfind("\n\n", 0, BEGINNING) if "\n\n" in text[:BEGINNING] else text.rfind("\n", 0, BEGINNING))
    head = text[:end] if read_front_matter(text).end < end else ""
    made = render_blocks(
        head,
        theme=request.theme,
        size=request.size,
        cache=cache,
        before_block=teller.before_block,
        as_source=request.as_source,
        context=context,
    )
    return made.blocks[: -2 if "[^" in head else -1]  # the last one may go on; footnotes stand behind all


def difference(revision: int, old: Sequence[HtmlBlock], new: Sequence[HtmlBlock]) -> Answer:
    """Return the answer that makes the new blocks of the old."""
    most = min(len(old), len(new))
    head = tail = 0
    while head < most and (old[head] is new[head] or old[head] == new[head]):
        head += 1
    moved = new[-1].first_line - old[-1].first_line if most else 0
    while tail < most - head and _is_moved(old[-1 - tail], new[-1 - tail], moved):
        tail += 1
    return Answer(revision, head, tuple(new[head : len(new) - tail]), tail, moved if tail else 0)


def _is_moved(old: HtmlBlock, new: HtmlBlock, lines: int) -> bool:
    return (
        old.key == new.key
        and old.first_line + lines == new.first_line
        and old.last_line + lines == new.last_line
        and len(old.images) == len(new.images)
    )
