"""Places of the open note that somebody asked for: gone to as soon as they stand on the page, their words tinted."""

from collections.abc import Callable

from desktop.core.text.outline import scan_sections
from desktop.ui.history import Place
from desktop.ui.preview.find_bar import PageFindBar
from desktop.ui.preview.marking import WordMarks
from desktop.ui.preview.page_source import PageSource


class Going:
    """Goes to places, and keeps found words tinted while the page changes."""

    def __init__(
        self, source: PageSource, marks: WordMarks, find_bar: PageFindBar, follow_line: Callable[[float], None]
    ) -> None:
        self._source = source
        self._marks = marks
        self._find_bar = find_bar
        self._follow_line = follow_line
        self.place: Place | None = None  # that is waited for
        self.words: tuple[str, ...] = ()
        self._words_at: int | None = None  # offset of those that were gone to

    def expect(self, place: Place) -> None:
        """Go to a place when the page is there."""
        self.place = place
        self.words = place.words

    def go(self) -> bool:
        """Go to the place that is waited for; tell whether there is one."""
        place = self.place
        if place is None or self._source.live is None or place.note_id != self._source.note:
            return False
        self.place = None
        text = self._source.text
        offset = place.offset
        if offset is None and place.section is not None:
            sections = scan_sections(text)
            offset = sections[place.section].start if place.section < len(sections) else None
        if offset is not None:
            self._follow_line(text.count("\n", 0, offset))
        self.mark(place.words, offset)
        if place.words:
            self._marks.show_current()
        return True

    def mark(self, words: tuple[str, ...], offset: int | None = None) -> None:
        """Tint the words, each a regular expression, where they stand on the page; most of all those at an offset."""
        self.words, self._words_at = words, offset
        if self._find_bar.isHidden():
            self._marks.set(words, self._source.text, offset)
        else:
            self._find_bar.refresh()

    def mark_again(self) -> None:
        """Tint on a page that changed."""
        if self.words or not self._find_bar.isHidden():
            self.mark(self.words, self._words_at)
