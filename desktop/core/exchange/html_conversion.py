"""Texts to trees in a process of their own.

Python-Markdown takes very long for a few inputs that nobody writes, and nothing can stop it from outside. So texts are
converted in a child process that says every finished block; when it is silent for too long it is ended, and the text
is shown as it is written.
"""

import multiprocessing
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from desktop.core.errors import Cancelled, ExportRefused
from desktop.core.markup.sanitize import Element

BLOCK_DEADLINE_S = 3.0
READING_S = 2e-5  # for a character, before the first block comes
START_DEADLINE_S = 60.0  # on a busy machine the imports alone take seconds
LOOK_S = 0.1  # between two looks at whether the export was stopped


class Conversion:
    """Converts one text after another; use it as a context."""

    def __init__(
        self, cancelled: Callable[[], bool] = lambda: False, deadline_s: float = BLOCK_DEADLINE_S
    ) -> None:
        self._cancelled = cancelled
        self._deadline_s = deadline_s
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None

    def __enter__(self) -> "Conversion":
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def trees(self, text: str) -> list[Element] | None:
        """Return a text's blocks as safe trees; None where that took too long. Raises Cancelled, ExportRefused."""
        trees: list[Element] = []
        try:
            pipe = self._started()
        except (EOFError, OSError, TimeoutError) as error:
            self._end()
            raise ExportRefused("The process that converts notes did not start; nothing was written.") from error
        try:
            pipe.send(text)
            patience = self._deadline_s + READING_S * len(text)
            while (tree := self._next(pipe, patience)) is not None:
                trees.append(tree)
                patience = self._deadline_s
        except (EOFError, OSError, TimeoutError):
            self._end()
            return None
        return trees

    def _started(self) -> Connection:
        if self._pipe is None:
            context = multiprocessing.get_context("spawn")
            self._pipe, theirs = context.Pipe()
            self._process = context.Process(target=_serve, args=(theirs,), name="konspekt-convert", daemon=True)
            self._process.start()
            theirs.close()
            self._next(self._pipe, START_DEADLINE_S)  # ready
        return self._pipe

    def _next(self, pipe: Connection, patience_s: float) -> Element | None:
        waited = 0.0
        while not pipe.poll(LOOK_S):
            waited += LOOK_S
            if self._cancelled():
                raise Cancelled("The export was stopped; nothing was written.")
            if waited >= patience_s:
                raise TimeoutError
        found: Element | None = pipe.recv()
        return found

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join(2)
        if self._pipe is not None:
            self._pipe.close()
        self._process = self._pipe = None


def _serve(pipe: Connection) -> None:
    """Answer every text with its blocks and None, until the pipe closes."""
    from desktop.core.page.markdown import plain_trees
    from desktop.core.page.page_markup import PageMarkup

    try:
        pipe.send(None)  # ready
        while True:
            for tree in plain_trees(pipe.recv(), PageMarkup):
                pipe.send(tree)
            pipe.send(None)
    except (EOFError, OSError):  # whoever asked is gone
        return
