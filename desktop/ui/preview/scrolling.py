"""Where a page stands: which source line is at its top, and how that is kept when the page changes."""

from PySide6.QtWidgets import QTextBrowser

from desktop.core.records import NoteId
from desktop.ui.preview.page import Page

ABOVE_TARGET = 14  # pixels left above the place that is jumped to
REMEMBERED = 200  # notes whose place is kept

Top = tuple[int, int, str, float]


class Scrolling:
    """Scrolls a browser by source lines and blocks."""

    def __init__(self, browser: QTextBrowser, page: Page) -> None:
        self._browser = browser
        self._page = page
        self._wanted: tuple[int, float | None] | None = None  # a line that is not placed yet, pixels into its block
        self._kept: dict[NoteId, tuple[int, float]] = {}  # first visible source line, pixels into its block

    def follow_line(self, line: int) -> None:
        """Bring a source line, from 0, to the top; on a long page as soon as it stands there (`catch_up`)."""
        self._wanted = None
        if not self._page.build_to_line(line):
            self._wanted = line, None
            return
        index = self._page.index_at_line(line)
        if index < 0:
            self._set(0)
            return
        placed = self._page.placed[index]
        top = self._page.top_of(index)
        if line > placed.first_line:
            share = (line - placed.first_line) / (placed.last_line - placed.first_line + 1)
            top += min(share, 1.0) * (self._page.bottom_of(index) - top)
        self._set(top - ABOVE_TARGET)

    def top_line(self) -> int:
        """Return the source line, from 0, at the top: the one that `follow_line` brings there."""
        if not self._page.placed:
            return 0
        index, into = self._first_visible(ABOVE_TARGET + 1)
        placed = self._page.placed[index]
        height = max(1.0, self._page.bottom_of(index) - self._page.top_of(index))
        lines = placed.last_line - placed.first_line + 1
        return placed.first_line + int(max(0.0, min(0.999, into / height)) * lines)

    def top(self) -> Top | None:
        """Return what stands at the top: its index from the head, from the tail, its key, pixels into it."""
        if not self._page.placed or self._browser.verticalScrollBar().value() == 0:
            return None
        index, into = self._first_visible()
        return index, len(self._page.placed) - index, self._page.placed[index].key, into

    def hold(self, top: Top | None) -> None:
        """Bring what stood at the top there again, after blocks above or below it changed."""
        if top is None:
            return
        from_head, from_tail, key, into = top
        placed = self._page.placed
        index = from_head
        if len(placed) >= from_tail and placed[len(placed) - from_tail].key == key:
            index = len(placed) - from_tail
        while len(placed) <= index and not self._page.build():
            pass
        if placed:
            self._set(self._page.top_of(min(index, len(placed) - 1)) + into)

    def keep(self, note: NoteId | None) -> None:
        """Remember where a note's page stands."""
        if note is None or not self._page.placed:
            return
        index, into = self._first_visible()
        self._kept.pop(note, None)
        self._kept[note] = (self._page.placed[index].first_line, into)
        if len(self._kept) > REMEMBERED:
            self._kept.pop(next(iter(self._kept)))

    def restore(self, note: NoteId | None) -> None:
        """Go where the note's page stood when it was left; to its head when it is new."""
        line, into = self._kept.get(note, (0, 0.0)) if note is not None else (0, 0.0)
        if line == 0 and into <= 0:
            self._set(0)
        else:
            self._return_to(line, into)

    def catch_up(self) -> None:
        """Go where somebody wanted to go before the page reached so far."""
        if self._wanted is None:
            return
        line, into = self._wanted
        if into is None:
            self.follow_line(line)
        else:
            self._return_to(line, into)

    def _return_to(self, line: int, into: float) -> None:
        self._wanted = None
        if not self._page.build_to_line(line):
            self._wanted = line, into
            return
        self._set(self._page.top_of(max(0, self._page.index_at_line(line))) + into)

    def _set(self, value: float) -> None:
        self._browser.verticalScrollBar().setValue(round(value))

    def _first_visible(self, below: int = 0) -> tuple[int, float]:
        """Return the index of the block some pixels below the top, and how many pixels of it are above that."""
        scroll = self._browser.verticalScrollBar().value() + below
        low, high = 0, len(self._page.placed) - 1
        while low < high:
            middle = (low + high + 1) // 2
            if self._page.top_of(middle) <= scroll:
                low = middle
            else:
                high = middle - 1
        return low, scroll - self._page.top_of(low)
