"""The render process's own half: reads requests from a pipe, answers with blocks.

Before every block that is not in its cache it says which one it begins, so that the other side can tell a slow text
from a block that hangs, end this process, and ask a fresh one to show that block as it is written. A request that
arrives meanwhile ends the one at work.
"""

from collections.abc import Set
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection

from desktop.core.text.plain_html import HtmlBlock


@dataclass(frozen=True, slots=True)
class Request:
    """A text to render; `revision` grows with every request."""

    revision: int
    text: str
    theme: str
    size: int
    as_source: Set[str] = frozenset()  # keys of blocks that hung before


@dataclass(frozen=True, slots=True)
class Begun:
    """A block is about to be made."""

    revision: int
    key: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The blocks of a text; those that the last answer held already come without their HTML."""

    revision: int
    blocks: tuple[HtmlBlock, ...]


class _Outdated(Exception):
    """A newer request is waiting."""


def serve(pipe: Connection) -> None:
    """Answer requests until the pipe closes."""
    from desktop.core.text.markdown import BlockCache, render_blocks

    cache = BlockCache()
    render_blocks("# *x* `y` [z](#z)", cache=cache)  # builds the converter, before anybody waits for it
    sent: set[str] = set()
    try:
        pipe.send(None)  # ready
        while True:
            request: Request = pipe.recv()
            while pipe.poll():
                request = pipe.recv()

            def begin(key: str, revision: int = request.revision) -> None:
                if pipe.poll():
                    raise _Outdated
                pipe.send(Begun(revision, key))

            try:
                rendering = render_blocks(
                    request.text,
                    theme=request.theme,
                    size=request.size,
                    cache=cache,
                    before_block=begin,
                    as_source=request.as_source,
                )
            except _Outdated:
                continue
            blocks = tuple(
                replace(block, html="", images=()) if block.key in sent else block for block in rendering.blocks
            )
            sent = {block.key for block in rendering.blocks}
            pipe.send(Answer(request.revision, blocks))
    except (EOFError, OSError):  # the window is gone
        return
