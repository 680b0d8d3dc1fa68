"""A note's text through a QTextDocument and back, to the character.

A document knows lines, not line ends, and some characters never come out of it again. So two texts are told
apart: the **raw** text is the note's, the **shown** text is what the document holds. Shown differs from raw in this:

- every line end (CR LF, CR, U+2029, and U+FDD0/U+FDD1, which Qt takes for line ends too) is one "\\n";
- byte order marks before the first character (and U+FFFE there, which would turn all bytes round) are not shown;
- half a surrogate pair cannot be shown.

`TextImage` remembers where they stood. What the user does not touch comes back as it was, whatever it was; a line
end that the user types, or that was deleted and brought back after a save, is of the style most frequent in the note.
U+2028, U+0085, the no-break space, NUL and every other character are held by the document itself.
"""

import re
from bisect import bisect_left, bisect_right
from functools import cached_property

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextDocument, QTextOption
from PySide6.QtWidgets import QPlainTextDocumentLayout

from desktop.core.text.span import changed_span

_ODD = re.compile("\r\n?|[\u2029\ufdd0\ufdd1\ud800-\udfff]")
_HEAD = re.compile("[\ufeff\ufffe]*")
_BLANK = re.compile(r"\s")
PAGE_MARGIN = 16  # pixels around the text; the tint of a line is that much wider than its words
LONG_WORD = 10_000  # characters
_ALIGN_LINES = 400  # above this many changed lines their line ends are written anew: SequenceMatcher is quadratic


class TextImage:
    """A raw text with what the document shows of it."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        head = _HEAD.match(raw)
        self.prefix = head.group() if head else ""
        body = raw[len(self.prefix) :]
        self.newline = _dominant(body)
        odd = None
        if _has_odd(body):
            self.shown = _ODD.sub(_shown_form, body)
            odd = body
            if self.newline != "\n" and self.shown.replace("\n", self.newline) == body:
                odd = None
        else:
            self.shown = body
            self.newline = "\n"
        self._odd_body = odd  # None: the body is `shown` with its line ends in one style
        self.plain = len(raw) == len(self.shown)  # offsets are the same in both

    def raw_of(self, shown: str) -> str:
        """Return the raw text of an edited `shown` text."""
        if shown == self.shown:
            return self.raw
        if self._odd_body is None:
            return self.prefix + _with_ends(shown, self.newline)
        start, old_end, new_end = changed_span(self.shown, shown)
        offset = self.raw_offset
        return "".join(
            (
                self.raw[: offset(start)],
                self._changed_middle(start, old_end, shown[start:new_end]),
                self.raw[offset(old_end) :],
            )
        )

    def raw_offset(self, shown_offset: int) -> int:
        """Return where a place of the shown text stands in the raw text."""
        ends, shifts = self._shifts
        return shown_offset + shifts[bisect_right(ends, shown_offset)] + len(self.prefix)

    def shown_offset(self, raw_offset: int) -> int:
        """Return where a place of the raw text stands in the shown text."""
        offset = max(0, raw_offset - len(self.prefix))
        ends, shifts = self._shifts
        raw_ends = self._raw_ends
        index = bisect_right(raw_ends, offset)
        shown = offset - shifts[index]
        return min(shown, ends[index]) if index < len(ends) else min(shown, len(self.shown))

    @cached_property
    def _shifts(self) -> tuple[list[int], list[int]]:
        """Return shown offsets after each character that differs in length, and raw minus shown between them."""
        ends: list[int] = []
        shifts = [0]
        body = self.raw[len(self.prefix) :]
        for match in _ODD.finditer(body) if len(body) != len(self.shown) else ():
            width = len(_shown_form(match))
            if match.end() - match.start() != width:
                shift = shifts[-1] + match.end() - match.start() - width
                ends.append(match.end() - shift)
                shifts.append(shift)
        return ends, shifts

    @cached_property
    def _raw_ends(self) -> list[int]:
        ends, shifts = self._shifts
        return [end + shift for end, shift in zip(ends, shifts[1:], strict=True)]

    def _changed_middle(self, start: int, old_end: int, new: str) -> str:
        """Return the raw form of a changed stretch, its unchanged lines as they were."""
        from difflib import SequenceMatcher  # late: a text with other line ends that was changed needs it

        old_lines = _lines(self.shown[start:old_end])
        new_lines = _lines(new)
        if max(len(old_lines), len(new_lines)) > _ALIGN_LINES:
            return _with_ends(new, self.newline)
        places = [start]
        for line in old_lines:
            places.append(places[-1] + len(line))
        parts: list[str] = []
        for tag, old_from, old_to, new_from, new_to in SequenceMatcher(
            None, old_lines, new_lines, autojunk=False
        ).get_opcodes():
            if tag == "equal":
                parts.append(self.raw[self.raw_offset(places[old_from]) : self.raw_offset(places[old_to])])
            else:
                parts.append(_with_ends("".join(new_lines[new_from:new_to]), self.newline))
        return "".join(parts)


class Utf16Map:
    """The way between Python's offsets and Qt's, which count a character beyond the BMP twice."""

    _BEYOND = re.compile("[\U00010000-\U0010ffff]")

    def __init__(self, text: str) -> None:
        self._wide: list[int] = []
        # Encoding finds in a millisecond that a megabyte has none; max() takes ten times as long.
        if not text.isascii() and len(text.encode("utf-16-le", "surrogatepass")) != 2 * len(text):
            self._wide = [match.start() for match in self._BEYOND.finditer(text)]
        self._wide_qt = [place + index for index, place in enumerate(self._wide)]

    def to_qt(self, offset: int) -> int:
        """Return the position in the document of a character of the text."""
        return offset + bisect_left(self._wide, offset) if self._wide else offset

    def from_qt(self, position: int) -> int:
        """Return the offset in the text of a position in the document."""
        return position - bisect_left(self._wide_qt, position) if self._wide else position


class PageLayout(QPlainTextDocumentLayout):
    """Qt's layout, told exactly which characters changed, and where lines may be broken.

    Qt takes removed + added for the width of a change, and a change of colours counts as both: one coloured line then
    seems to be several, they are laid out anew, and the whole page is painted for every key (5 ms instead of 1).

    For each line of a word that is wider than the column Qt looks through the rest of the word for a better place to
    break it: a word of a megabyte takes more than a minute. A text that holds such a word is broken anywhere.
    """

    _deaf = False

    def forget_changes(self) -> None:
        """Have the document forget the colours that were set since it was last edited.

        It keeps them, where nobody marks them as dirty, until the next edit, which then seems to be that of all lines
        from the first coloured one to the last: the first key on a page would lay all of it out and paint it (10 ms).
        """
        self._deaf = True
        self.document().markContentsDirty(0, 0)
        self._deaf = False

    def documentChanged(self, start: int, _removed: int, added: int) -> None:
        """Lay out what is new."""
        if self._deaf:
            return
        if added > LONG_WORD and self._set_wrap_mode():
            return  # Qt has laid out everything
        super().documentChanged(start, 0 if added else 1, added)

    def _set_wrap_mode(self) -> bool:
        """Choose where lines may be broken; tell whether that is another place than before."""
        document = self.document()
        option = document.defaultTextOption()
        mode = QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
        if _has_long_word(document.toRawText()):
            mode = QTextOption.WrapMode.WrapAnywhere
        if option.wrapMode() in (mode, QTextOption.WrapMode.NoWrap):
            return False
        option.setWrapMode(mode)
        document.setDefaultTextOption(option)
        return True


def new_document(parent: QObject | None = None) -> QTextDocument:
    """Return an empty document that a QPlainTextEdit can show."""
    document = QTextDocument(parent)
    document.setUndoRedoEnabled(False)
    document.setDocumentLayout(PageLayout(document))
    document.setDocumentMargin(PAGE_MARGIN)  # later it would be an edit, to be undone before the user's own
    document.setUndoRedoEnabled(True)
    return document


def shown_text(document: QTextDocument) -> str:
    """Return the text that a document holds, "\\n" between its lines (toPlainText() would lose no-break spaces)."""
    text = document.toRawText().replace("\u2029", "\n")
    if document.characterAt(0) == "\ufeff" and not text.startswith("\ufeff"):
        text = "\ufeff" + text  # one that came to the head by deleting what was before it; the binding drops it
    return text


def _lines(text: str) -> list[str]:
    """Split after each "\\n"; str.splitlines() would split at U+2028 and others too."""
    parts = text.split("\n")
    lines = [part + "\n" for part in parts[:-1]]
    if parts[-1]:
        lines.append(parts[-1])
    return lines


def _with_ends(text: str, newline: str) -> str:
    return text if newline == "\n" else text.replace("\n", newline)


def _has_long_word(text: str) -> bool:
    """Say whether a run without blanks, of which one in many places is a sample, is longer than `LONG_WORD`."""
    at = LONG_WORD
    while at < len(text):
        # A run that covers a whole step covers this place: look back from it for a blank.
        found = _BLANK.search(text, at - LONG_WORD, at + 1)
        if found is None:
            return True
        at += LONG_WORD // 2
    return False


def _has_odd(text: str) -> bool:
    """Say whether `_ODD` would find anything, in a hundredth of its time for a megabyte."""
    if any(character in text for character in "\r\u2029\ufdd0\ufdd1"):
        return True
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


def _shown_form(match: re.Match[str]) -> str:
    return "" if "\ud800" <= match.group() <= "\udfff" else "\n"


def _dominant(text: str) -> str:
    """Return the line end that the text uses most; "\\n" where none wins."""
    pairs = text.count("\r\n")
    singles = {"\r\n": pairs, "\r": text.count("\r") - pairs, "\n": text.count("\n") - pairs}
    best = max(singles, key=lambda end: (singles[end], end == "\n"))
    return best if singles[best] else "\n"
