"""Found words on the page: tinted where they stand, the one that is gone to in a stronger colour.

The page's text is not the note's, for the markup is gone. So the words are looked for anew, and the place that is gone
to is found by counting: as many words before it in its block as in the lines that the block was made of.
"""

import re
from bisect import bisect_left

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QTextBrowser, QTextEdit

from desktop.ui import theme
from desktop.ui.preview.page import Page

MAX_MARKS = 500  # at once, around the place that is gone to
MOST_FOUND = 20_000
SEEN_AT = 0.35  # of the height: where a word is put that is not seen

Span = tuple[int, int]


class WordMarks:
    """Marks words, each a regular expression, on a page."""

    def __init__(self, browser: QTextBrowser, page: Page) -> None:
        self._browser = browser
        self._page = page

    def set(self, words: tuple[str, ...], text: str = "", offset: int | None = None) -> None:
        """Mark the words, and no others; the one at an offset of the note's text stands out."""
        if not words:
            self._browser.setExtraSelections([])
            return
        pattern = re.compile("|".join(f"(?:{word})" for word in words), re.IGNORECASE)
        spans = spans_of(self._browser.document().toRawText(), pattern)
        self.mark(spans, self._current(spans, pattern, text, offset) if offset is not None else -1)

    def mark(self, spans: list[Span], current: int = -1) -> None:
        """Mark these positions of the document, ascending, and no others; one of them stands out."""
        first = max(0, min(current - MAX_MARKS // 2, len(spans) - MAX_MARKS))
        self._browser.setExtraSelections(
            [self._selection(spans[at], at == current) for at in range(first, min(len(spans), first + MAX_MARKS))]
        )

    def show_current(self) -> None:
        """Scroll to the word that stands out, where it is not seen."""
        strong = theme.current().accent
        for mark in self._browser.extraSelections():
            if mark.format.background().color() == strong:
                rect = self._browser.cursorRect(mark.cursor)
                height = self._browser.viewport().height()
                if rect.top() < 0 or rect.bottom() > height:
                    bar = self._browser.verticalScrollBar()
                    bar.setValue(bar.value() + rect.top() - round(SEEN_AT * height))
                return

    def _current(self, spans: list[Span], pattern: "re.Pattern[str]", text: str, offset: int) -> int:
        """Return which of the spans shows the place of the text, -1 where none does."""
        line = text.count("\n", 0, offset)
        index = self._page.index_at_line(line)
        if index < 0:
            return -1
        placed = self._page.placed
        begin = placed[index].start
        end = placed[index + 1].start if index + 1 < len(placed) else self._browser.document().characterCount()
        first, last = (bisect_left(spans, (position, -1)) for position in (begin, end))
        if first == last:
            return -1
        source = _line_start(text, placed[index].first_line)
        before = sum(1 for _match in pattern.finditer(text, source, max(source, offset)))
        return min(first + before, last - 1)

    def _selection(self, span: Span, strong: bool) -> QTextEdit.ExtraSelection:
        colours = theme.current()
        mark = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self._browser.document())
        cursor.setPosition(span[0])
        cursor.setPosition(span[1], QTextCursor.MoveMode.KeepAnchor)
        mark.cursor = cursor
        mark.format.setBackground(colours.accent if strong else colours.mark)
        if strong:
            mark.format.setForeground(colours.on_accent)
        return mark


def spans_of(text: str, pattern: "re.Pattern[str]") -> list[Span]:
    """Return where the pattern stands, as Qt counts: a character beyond the BMP is two."""
    found: list[Span] = []
    seen = extra = 0  # characters counted so far, and those beyond the BMP among them
    plain = text.isascii() or max(text) <= "\uffff"
    for match in pattern.finditer(text):
        start, end = match.span()
        if not plain:
            extra += sum(1 for character in text[seen:start] if character > "\uffff")
            seen = start
        inner = 0 if plain else sum(1 for character in text[start:end] if character > "\uffff")
        found.append((start + extra, end + extra + inner))
        if len(found) == MOST_FOUND:
            break
    return found


def _line_start(text: str, line: int) -> int:
    """Return the offset at which a line begins, from 0."""
    start = 0
    for _number in range(line):
        following = text.find("\n", start)
        if following < 0:
            break
        start = following + 1
    return start
