"""Links of a printed note: to the outside and within the note they work, all others are words.

A link within the note gets an address of plain letters and digits, `#ah3`; where it leads is known by the position of
the words there, since a name in the text itself would cut it into pieces in the file.
"""

import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor, QTextDocument

from desktop.core.page.palette import PRINT
from desktop.core.records import Section
from desktop.core.text.anchors import find_section

AT_ONCE = 40  # paragraphs
_FOOTNOTE = re.compile(r"(fn|fnref)-(\d{1,6})")  # a footnote, and the first mark of it


class Linking:
    """Rewrites the links of one document; `places` says where they lead to, by name."""

    def __init__(
        self, document: QTextDocument, mark: str, headings: Mapping[int, Section], named: Mapping[str, int]
    ) -> None:
        """`headings` are sections by the position of their paragraph, `mark` begins the names.

        `named` holds the positions of the paragraphs that have an id.
        """
        self._document = document
        self._mark = mark
        self.places = {f"{mark}h{section.ordinal}": self._cursor(at) for at, section in headings.items()}
        self._blocks = {name: f"{mark}b{index}" for index, name in enumerate(named)}
        self.places.update((self._blocks[name], self._cursor(at)) for name, at in named.items())
        self._sections = sorted(headings.values(), key=lambda section: section.ordinal)
        self._changes: list[tuple[int, int, QTextCharFormat]] = []
        self._gone: list[tuple[int, int]] = []

    def settle(self) -> Iterator[None]:
        """Rewrite them all; yields between steps."""
        spans: list[tuple[int, int, QTextCharFormat, str]] = []  # of links within the note, with their words
        block = self._document.begin()
        count = 0
        while block.isValid():
            fragments = block.begin()
            while not fragments.atEnd():
                piece = fragments.fragment()
                form = piece.charFormat()
                if form.anchorNames():
                    form = self._without_name(piece.position(), piece.length(), form)
                if form.anchorHref():
                    spans.append((piece.position(), piece.length(), form, piece.text()))
                fragments += 1
            block = block.next()
            count += 1
            if count % AT_ONCE == 0:
                yield
        for position, length, form, words in _with_all_words(spans):
            self._lead(position, length, form, words)
        yield
        cursor = QTextCursor(self._document)
        cursor.beginEditBlock()
        for position, length, form in self._changes:
            cursor.setPosition(position)
            cursor.setPosition(position + length, QTextCursor.MoveMode.KeepAnchor)
            cursor.setCharFormat(form)
        for position, length in reversed(self._gone):
            cursor.setPosition(position)
            cursor.setPosition(position + length, QTextCursor.MoveMode.KeepAnchor)
            cursor.removeSelectedText()
        cursor.endEditBlock()
        yield

    def _cursor(self, position: int) -> QTextCursor:
        """Return a cursor, which stays with its words when others go."""
        cursor = QTextCursor(self._document)
        cursor.setPosition(position)
        return cursor

    def _without_name(self, position: int, length: int, form: QTextCharFormat) -> QTextCharFormat:
        """Take a name out of the text, and remember a footnote's place."""
        for name in form.anchorNames():
            if found := _FOOTNOTE.fullmatch(name):
                self.places.setdefault(f"{self._mark}{found[1]}{found[2]}", self._cursor(position))
        changed = QTextCharFormat(form)
        changed.clearProperty(QTextCharFormat.Property.AnchorName.value)
        if not form.anchorHref():
            changed.clearProperty(QTextCharFormat.Property.IsAnchor.value)
        self._changes.append((position, length, changed))
        return changed

    def _lead(self, position: int, length: int, form: QTextCharFormat, words: str) -> None:
        address = form.anchorHref()
        if address.startswith(("http://", "https://", "mailto:")):
            return
        if address.startswith("do:copy/"):  # a word that only a pointer can use
            self._gone.append((position, length))
            return
        changed = QTextCharFormat(form)
        if address.startswith("do:fetch/"):
            changed.setAnchorHref(unquote(address.removeprefix("do:fetch/")))
            self._changes.append((position, length, changed))
            return
        target = self._target(unquote(address[1:]), words) if address.startswith("#") else ""
        if target:
            changed.setAnchorHref(f"#{target}")
        else:
            changed.clearProperty(QTextCharFormat.Property.AnchorHref.value)
            changed.clearProperty(QTextCharFormat.Property.IsAnchor.value)
            if not form.isImageFormat():
                changed.setForeground(QColor(PRINT.text))
        self._changes.append((position, length, changed))

    def _target(self, anchor: str, words: str) -> str:
        footnote = _FOOTNOTE.fullmatch(anchor)
        if footnote:
            name = f"{self._mark}{footnote[1]}{footnote[2]}"
            return name if name in self.places else ""
        if anchor.startswith("^"):
            return self._blocks.get(anchor[1:].casefold(), "")
        section = find_section(self._sections, anchor, words)
        return f"{self._mark}h{section.ordinal}" if section is not None else ""


def _with_all_words(
    spans: list[tuple[int, int, QTextCharFormat, str]],
) -> Iterator[tuple[int, int, QTextCharFormat, str]]:
    """Give every piece of a link the words of the whole link."""
    start = 0
    for index in range(1, len(spans) + 1):
        if index < len(spans):
            before, here = spans[index - 1], spans[index]
            if here[0] == before[0] + before[1] and here[2].anchorHref() == before[2].anchorHref():
                continue
        words = "".join(span[3] for span in spans[start:index])
        yield from ((position, length, form, words) for position, length, form, _ in spans[start:index])
        start = index
