"""The render process's own half: reads requests from a pipe, answers with blocks.

Both sides know what was said last, so a request is an edit of the text of the one before, and an answer an edit of the
last answer's blocks: what goes through the pipe is as long as what changed, not as the note.

Before every block that is not in its cache it says which one it begins, so that the other side can tell a slow text
from a block that hangs, end this process, and ask a fresh one to show that block as it is written. A request that
arrives meanwhile ends the one at work.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection

from desktop.core.text.page_context import EMPTY_CONTEXT, PageContext
from desktop.core.text.plain_html import HtmlBlock


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


def serve(pipe: Connection) -> None:
    """Answer requests until the pipe closes."""
    from desktop.core.text.live_render import LiveRendering
    from desktop.core.text.markdown import BlockCache, render_blocks

    cache = BlockCache()
    render_blocks("# *x* `y` [z](#z)", cache=cache)  # builds the converter, before anybody waits for it
    rendering = LiveRendering(cache)
    text, context = "", EMPTY_CONTEXT
    sent: tuple[HtmlBlock, ...] = ()
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

            def begin(key: str, revision: int = request.revision) -> None:
                if pipe.poll():
                    raise _Outdated
                pipe.send(Begun(revision, key))

            try:
                blocks = rendering.render(text, request.theme, request.size, begin, request.as_source, context)
            except _Outdated:
                continue
            pipe.send(difference(request.revision, sent, blocks))
            sent = blocks
    except (EOFError, OSError):  # the window is gone
        return


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
