"""Where a page stands: which source line is at its top, and how that is kept when the page changes.

A line is a fraction here: 12.5 is half way from where line 12 begins to where line 13 does, so that the text beside the
page moves evenly while a long block goes by. Whoever the user scrolls leads: a page that is moved by the program
(`follow_line`, `hold`, `restore`) tells nobody.
"""

from PySide6.QtCore import QObject, Signal

from desktop.core.records import NoteId
from desktop.ui.preview.browser import Browser
from desktop.ui.preview.page import Page

ABOVE_TARGET = 14  # pixels left above the place that is jumped to
REMEMBERED = 200  # notes whose place is kept

Top = tuple[int, int, str, float]
Spot = tuple[int, float]  # the source line where the block at the top begins, pixels into that block


class Scrolling(QObject):
    """Scrolls a browser by source lines and blocks."""

    first_line_changed = Signal(float)  # the user moved the page

    def __init__(self, browser: Browser, page: Page) -> None:
        super().__init__(browser)
        self._browser = browser
        self._page = page
        self._bar = browser.verticalScrollBar()
        self._wanted: tuple[float, float | None] | None = None  # a line that is not placed yet, pixels into its block
        self._kept: dict[NoteId, Spot] = {}
        self._expected: tuple[NoteId | None, float] = (None, 0.0)
        self._by_user = False
        self._by_program = 0
        self.moved_last = False  # by the user, and not the text beside it
        self._bar.actionTriggered.connect(self._on_action)
        self._bar.valueChanged.connect(self._on_value)

    # --- by the user -----------------------------------------------------------------------------------------

    def tell(self) -> None:
        """Tell where the page stands now that the user had it moved: by Tab to a link, to a match."""
        self._wanted = None
        self.moved_last = True
        self.first_line_changed.emit(self.top_line())

    def _on_action(self, _action: int) -> None:
        self._by_user = self._bar.sliderPosition() != self._bar.value()  # else there is no move that would end it

    def _on_value(self) -> None:
        if not self._by_program and (self._by_user or self._browser.selecting):
            self._by_user = False
            self.tell()

    # --- by lines --------------------------------------------------------------------------------------------

    def follow_line(self, line: float) -> None:
        """Bring a source line, from 0, to the top; on a long page as soon as it stands there (`catch_up`)."""
        self._wanted = None
        if line > 0 and not self._page.build_to_line(int(line)):
            self._wanted = line, None
            return
        index = self._page.index_at_line(int(line))
        if index < 0 or line <= 0:
            self._set(0)
            return
        top = self._page.top_of(index)
        share = (line - self._page.placed[index].first_line) / self._page.lines_of(index)
        if share > 0:
            top += min(share, 1.0) * (self._page.bottom_of(index) - top)
        if not self._set(top - ABOVE_TARGET):
            self._wanted = line, None

    def top_line(self) -> float:
        """Return the source line, from 0, at the top: the one that `follow_line` brings there."""
        if not self._page.placed or self._bar.value() == 0:
            return 0.0
        index, into = self._first_visible(ABOVE_TARGET + 0.5)  # a place between two pixels was rounded to one of them
        height = max(1.0, self._page.bottom_of(index) - self._page.top_of(index))
        share = max(0.0, min(0.999, into / height))
        return self._page.placed[index].first_line + share * self._page.lines_of(index)

    # --- while the page changes ------------------------------------------------------------------------------

    def top(self) -> Top | None:
        """Return what stands at the top: its index from the head, from the tail, its key, pixels into it."""
        if not self._page.placed or self._bar.value() == 0:
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

    def spot(self) -> Spot | None:
        """Return where the page stands, to the pixel; None while there is none."""
        if not self._page.placed:
            return None
        index, into = self._first_visible()
        return self._page.placed[index].first_line, into

    def keep(self, note: NoteId | None, spot: Spot | None = None) -> None:
        """Remember where a note's page stands, or where it shall stand when it is shown."""
        spot = spot or self.spot()
        if note is None or spot is None:
            return
        self._kept.pop(note, None)
        self._kept[note] = spot
        if len(self._kept) > REMEMBERED:
            self._kept.pop(next(iter(self._kept)))

    def expect(self, note: NoteId | None, line: float) -> None:
        """Remember where a note stands in the text, for a page of it that was never shown."""
        self._expected = note, line

    def restore(self, note: NoteId | None) -> None:
        """Go where the note's page stood when it was left; when it is new, to where the text beside it stands."""
        if note not in self._kept and note == self._expected[0]:
            self.follow_line(self._expected[1])
            return
        line, into = self._kept.get(note, (0, 0.0)) if note is not None else (0, 0.0)
        if line == 0 and into <= 0:
            self._wanted = None
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
            self._return_to(int(line), into)

    def _return_to(self, line: int, into: float) -> None:
        self._wanted = None
        if not self._page.build_to_line(line):
            self._wanted = line, into
            return
        if not self._set(self._page.top_of(max(0, self._page.index_at_line(line))) + into):
            self._wanted = line, into

    def _set(self, value: float) -> bool:
        """Scroll to a pixel; tell whether the page is long enough for that by now."""
        self._by_program += 1
        try:
            if value > self._bar.maximum():
                self._browser.document().size()  # finishes the layout, of which the bar knows only what is done
            self._bar.setValue(round(value))
        finally:
            self._by_program -= 1
        return value <= self._bar.maximum() or self._page.complete

    def _first_visible(self, below: float = 0.0) -> tuple[int, float]:
        """Return the index of the block some pixels below the top, and how many pixels of it are above that."""
        scroll = self._bar.value() + below
        low, high = 0, len(self._page.placed) - 1
        while low < high:
            middle = (low + high + 1) // 2
            if self._page.top_of(middle) <= scroll:
                low = middle
            else:
                high = middle - 1
        return low, scroll - self._page.top_of(low)
