"""Colours for the lines that are seen.

QSyntaxHighlighter colours a whole document when it is opened, and again from any line that opens a fence: most of a
second for a megabyte, in the middle of a keystroke. Here a line is coloured when it is about to be painted, and the
states between lines (see markup) are known only where someone looks: from the top on, or, where somebody went far
down in one go, from there on; the lines above are then looked through for the few marks that change a state.

A block's userState holds, in this order of bits: the state after it, the state before it, and the generation of inks
it was coloured with (0: not yet), and the level of heading that the line below made of it. -1 is a block that Qt made
and nobody has read.
"""

from typing import NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtGui import QFont, QTextBlock, QTextCharFormat, QTextDocument, QTextLayout

from desktop.ui.editor import markup
from desktop.ui.editor.blocks import next_shown
from desktop.ui.editor.fidelity import PageLayout, Utf16Map
from desktop.ui.editor.markup import Ink
from desktop.ui.theme import Theme

_SIZES = (1.65, 1.4, 1.2, 1.1, 1.0, 1.0)  # of headings, by level, times the text's
_GENERATIONS = 1_023
_LEVEL = 26  # the first bit of the level of an underlined heading
_AT_ONCE = 200  # touched lines above which colouring waits for painting
_FAR = 1_500  # lines behind the last whose state is known; states are not written that far
_BEFORE = 300  # lines whose states are written above the first one that is seen
_ROW = 500  # characters; no row of the widest column has more
_FRONT_LINES = 1_000  # a block of front matter that does not close within this is text


class Inks(NamedTuple):
    """A character format for each sort of characters."""

    formats: dict[int, QTextCharFormat]


def make_inks(theme: Theme, text_font: QFont, mono_font: QFont) -> Inks:
    """Make the formats of a theme; both fonts have sizes in pixels."""
    formats = {ink: QTextCharFormat() for ink in range(1, max(Ink) + 1)}
    for ink, colour in (
        (Ink.MARKUP, theme.faint), (Ink.LINK, theme.link), (Ink.ADDRESS, theme.faint), (Ink.TAG, theme.tag),
        (Ink.QUOTE, theme.muted), (Ink.BULLET, theme.accent), (Ink.TASK, theme.accent), (Ink.DONE, theme.muted),
        (Ink.META, theme.muted), (Ink.KEY, theme.text), (Ink.MATH, theme.accent), (Ink.COMMENT, theme.faint),
        (Ink.STRIKE, theme.muted), (Ink.CALLOUT, theme.accent), (Ink.BROKEN, theme.broken_link),
    ):  # fmt: skip
        formats[ink].setForeground(colour)
    for level, factor in enumerate(_SIZES):
        font = QFont(text_font)
        font.setPixelSize(round(text_font.pixelSize() * factor))
        font.setWeight(QFont.Weight.Bold if level < 4 else QFont.Weight.DemiBold)
        formats[Ink.HEADING + level].setFont(font)
        formats[Ink.HEADING + level].setForeground(theme.text)
    formats[Ink.BOLD].setFontWeight(QFont.Weight.Bold)
    formats[Ink.CALLOUT].setFontWeight(QFont.Weight.DemiBold)
    formats[Ink.BROKEN].setUnderlineStyle(QTextCharFormat.UnderlineStyle.DashUnderline)
    formats[Ink.BROKEN].setUnderlineColor(theme.broken_link)
    formats[Ink.ITALIC].setFontItalic(True)
    formats[Ink.STRIKE].setFontStrikeOut(True)
    for ink in (Ink.CODE, Ink.META, Ink.KEY, Ink.TABLE):
        formats[ink].setFontFamilies(mono_font.families() or [mono_font.family()])
        formats[ink].setFontFixedPitch(True)
        formats[ink].setProperty(QTextCharFormat.Property.FontPixelSize, mono_font.pixelSize())
    formats[Ink.CODE].setBackground(theme.code_background)
    for level, factor in enumerate(_SIZES):  # code in a heading is as large as its other words
        within = formats[-(Ink.HEADING + level)] = QTextCharFormat(formats[Ink.CODE])
        within.setProperty(QTextCharFormat.Property.FontPixelSize, round(mono_font.pixelSize() * factor))
    formats[Ink.MARKED].setBackground(theme.mark)
    return Inks(formats)


class Highlighter(QObject):
    """Colours one document, line by line as the lines are asked for."""

    def __init__(self, document: QTextDocument, inks: Inks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._inks = inks
        self._generation = 1
        self._first = 0  # the first block whose state is known
        self._valid = 0  # blocks from that one up to this one have the right states
        self._settled = 0  # and blocks before this had states that agreed with each other
        self._front_end = -1  # the block that closes the front matter
        self._blocks = document.blockCount()
        self._seen = (-1, -1)  # the blocks that were shown last, while nothing but single lines changed
        self._missing: frozenset[str] = frozenset()  # names of no note, and "Name#Anchor" of no place in it
        document.contentsChange.connect(self._changed)

    def set_inks(self, inks: Inks) -> None:
        """Colour everything anew when it is next seen."""
        self._inks = inks
        self._generation = self._generation % _GENERATIONS + 1
        self._seen = (-1, -1)

    def set_missing(self, missing: frozenset[str]) -> bool:
        """Show links to these targets as broken when they are next seen; say whether anything is another."""
        if missing == self._missing:
            return False
        self._missing = missing
        self.set_inks(self._inks)
        return True

    def show(self, first: QTextBlock, last_number: int) -> bool:
        """Colour the blocks from `first` to the one with that number; tell whether any was not coloured yet."""
        number = first.blockNumber()
        if (number, last_number) == self._seen:
            return False
        coloured = False
        self._seen = (number, last_number)
        self._compute(last_number, number)
        block = first
        rows = last_number - number + 1
        while block.isValid() and number <= last_number and rows > 0:
            rows -= 1 + block.length() // _ROW
            if (block.userState() >> 16) & _GENERATIONS != self._generation:
                self._colour(block)
                coloured = True
            block = next_shown(block)
            number = block.blockNumber()
        layout = self._document.documentLayout()
        if isinstance(layout, PageLayout):
            layout.forget_changes()
        return coloured

    def in_code(self, block: QTextBlock) -> bool:
        """Say whether a block is part of a fence, its fence lines included."""
        self._compute(block.blockNumber())
        state = block.userState()
        return (state >> 8) & 0xFF >= markup.FENCE or state & 0xFF >= markup.FENCE

    def _compute(self, number: int, since: int | None = None) -> None:
        """See that the states of the blocks from `since` up to and including a number are right."""
        since = number if since is None else min(since, number)
        if self._first <= since and number < self._valid:
            return
        if self._valid == 0:
            self._front_end = self._find_front_end()
        if since < self._first or since > self._valid + _FAR:
            self._first = self._valid = self._settled = max(0, since - _BEFORE)
        block = self._document.findBlockByNumber(self._valid)
        entry = block.previous().userState() & 0xFF if self._valid > self._first else self._state_before(block)
        index = start = self._valid
        lines = None
        if number - start > _AT_ONCE:  # one string for all is twice as fast as one from each block
            lines = self._document.toRawText().split("\u2029")[start:]
        while block.isValid() and index <= number:
            stored = block.userState()
            line = block.text() if lines is None else lines[index - start]
            exit_state = markup.next_state(line, entry) if index or entry != markup.FRONT else entry
            if stored < 0:
                block.setUserState(entry << 8 | exit_state)
                entry = exit_state
                index += 1
                block = block.next()
                continue
            agreed = stored & 0xFF == exit_state
            kept = stored & ~0xFFFF if agreed and (stored >> 8) & 0xFF == entry else 0
            block.setUserState(kept | entry << 8 | exit_state)
            entry = exit_state
            index += 1
            block = block.next()
            if agreed and index < self._settled and block.isValid() and (block.userState() >> 8) & 0xFF == entry:
                index = self._settled
                block = self._document.findBlockByNumber(index)
                entry = block.previous().userState() & 0xFF
        self._valid = index
        self._settled = max(self._settled, index)

    def _state_before(self, block: QTextBlock) -> int:
        """Return the state in which a block begins, whatever is known of those above."""
        number, state = block.blockNumber(), self._first_state()
        if number <= 0 or number <= self._front_end:
            return state
        text = self._document.toRawText()
        offset = Utf16Map(text).from_qt
        at, end = 0, offset(block.position())
        if state == markup.FRONT:
            at, state = offset(self._document.findBlockByNumber(self._front_end + 1).position()), markup.NORMAL
        marks = [place for mark in markup.MARKS if (place := text.find(mark, at, end)) >= 0]
        if not marks:
            return state
        at = max(at, text.rfind("\u2029", at, min(marks)) + 1)
        states: dict[int, dict[str, int]] = {}  # texts with very many marks have them in few different lines
        known = states.setdefault(state, {})
        for line in text[at : max(at, end - 1)].split("\u2029"):
            after = known.get(line)
            if after is None:
                after = known[line] = markup.next_state(line, state)
            if after != state:
                state, known = after, states.setdefault(after, {})
        return state

    def _first_state(self) -> int:
        return markup.FRONT if self._front_end > 0 else markup.NORMAL

    def _find_front_end(self) -> int:
        """Return the block that closes the front matter, -1 where there is none."""
        block = self._document.firstBlock()
        if block.text().rstrip() != "---":
            return -1
        for number in range(1, _FRONT_LINES):
            block = block.next()
            if not block.isValid():
                return -1
            if block.text().rstrip() in ("---", "..."):
                return number
        return -1

    def _changed(self, position: int, _removed: int, added: int) -> None:
        """Read the touched blocks again, and colour them: they are what is painted next."""
        first = self._document.findBlock(position)
        number = first.blockNumber()
        end = self._document.findBlock(min(position + added, self._document.characterCount() - 1))
        last = max(number, end.blockNumber())
        grown = self._document.blockCount() - self._blocks
        self._blocks += grown
        if self._front_moved(first, last, grown):
            number = 0
        if last - number > _AT_ONCE:
            self.set_inks(self._inks)  # nothing of this is coloured any more
        else:
            self._forget(number, last)
        above = self._look_above(number)
        if number >= self._valid:
            self._seen = (-1, -1)
            self._settled = min(self._settled, number)
            return
        if number < self._first:
            self._seen = (-1, -1)
            self._first = self._valid = self._settled = 0
            return
        seen, self._seen = self._seen, (-1, -1)
        old_valid, old_settled = self._valid + grown, self._settled + grown
        self._valid = self._settled = number
        if last - number > _AT_ONCE:
            return
        self._compute(last)
        if last + 1 >= old_valid:
            self._settled = max(last + 1, old_settled)
        elif self._agrees(last):
            self._valid, self._settled = old_valid, max(old_valid, old_settled)
            self._seen = (-1, -1) if grown else seen
        else:
            self._settled = old_valid
        # A second block that is dirty makes Qt paint the whole page, so the one above is left alone where it can be.
        for touched in range(number - above, last + 1):
            self._colour(self._document.findBlockByNumber(touched))

    def _look_above(self, number: int) -> bool:
        """Say whether the line above becomes another heading, or none any more; it then has to be coloured anew."""
        block = self._document.findBlockByNumber(number)
        above = block.previous()
        if not above.isValid() or above.userState() < 0:
            return False
        changed = (above.userState() >> _LEVEL) != markup.is_underline(block.text())
        if changed:
            above.setUserState(above.userState() & 0xFFFF)
        return changed

    def _agrees(self, number: int) -> bool:
        """Say whether the block below still begins in the state in which this one ends."""
        block = self._document.findBlockByNumber(number)
        return (block.next().userState() >> 8) & 0xFF == block.userState() & 0xFF

    def _forget(self, first: int, last: int) -> None:
        block = self._document.findBlockByNumber(first)
        for _ in range(last - first + 1):
            block.setUserState(-1)
            block = block.next()

    def _front_moved(self, first: QTextBlock, last: int, grown: int) -> bool:
        """Say whether an edit opened, closed or moved the end of the front matter."""
        number = first.blockNumber()
        if number >= _FRONT_LINES or not (number == 0 or self._front_end > 0 or self._opens_with_rule()):
            return False
        suspicious = number == 0 or number <= self._front_end <= last + max(0, -grown) or last - number > _AT_ONCE
        block = first
        for _ in range(0 if suspicious else last - number + 1):
            suspicious = suspicious or block.text().rstrip() in ("---", "...")
            block = block.next()
        old_end = self._front_end
        if not suspicious:
            self._front_end += grown if old_end > number else 0
            return False
        self._front_end = self._find_front_end()
        return (self._front_end > 0) != (old_end > 0) or self._front_end not in (old_end, old_end + grown)

    def _opens_with_rule(self) -> bool:
        return self._document.firstBlock().text().startswith("---")

    def _colour(self, block: QTextBlock) -> None:
        """Give a block its formats, and mark it as coloured."""
        stored = block.userState()
        if stored < 0:
            return
        line = block.text()
        entry, exit_state = (stored >> 8) & 0xFF, stored & 0xFF
        fence_line = entry >= markup.FENCE and exit_state == markup.NORMAL
        following = block.next()
        below = following.text() if following.isValid() else ""
        found = markup.pieces(line, entry, below, fence_line=fence_line)
        layout = block.layout()
        block.setUserState(markup.is_underline(below) << _LEVEL | self._generation << 16 | stored & 0xFFFF)
        if not found and not layout.formats():
            return
        ranges = self._ranges(line, found)
        if layout.formats() == ranges:
            return
        layout.setFormats(ranges)
        if layout.lineCount():  # else it is laid out when it is painted, and Qt need not paint the page twice
            self._document.markContentsDirty(block.position(), block.length())

    def _ranges(self, line: str, found: list[markup.Piece]) -> list[QTextLayout.FormatRange]:
        qt = Utf16Map(line).to_qt
        formats = self._inks.formats
        code = -found[0][2] if found and -found[0][2] in formats else Ink.CODE
        ranges = []
        for start, end, ink in found:
            piece = QTextLayout.FormatRange()
            piece.start = qt(start)
            piece.length = qt(end) - piece.start
            broken = ink == Ink.LINK and self._missing and self._leads_nowhere(line, start, end)
            piece.format = formats[Ink.BROKEN if broken else code if ink == Ink.CODE else ink]
            ranges.append(piece)
        return ranges

    def _leads_nowhere(self, line: str, start: int, end: int) -> bool:
        """Say whether a piece is the inside of a wiki link to a note, or a place in a note, that is not there."""
        if line[start - 2 : start] != "[[":
            return False
        name, _, anchor = line[start:end].replace("\\|", "|").partition("|")[0].partition("#")
        name, anchor = name.strip(), anchor.strip()
        return name in self._missing or (anchor != "" and f"{name}#{anchor}" in self._missing)
