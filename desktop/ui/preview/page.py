"""The page: a QTextDocument made of blocks that are placed one by one, and patched one by one.

Every block of HTML fills whole paragraphs of the document. A patch compares keys with what is placed: what is alike at
the head and the tail stays, the rest is exchanged. A long page is built in slices, so that no slice holds the window.
"""

import time
from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtGui import (
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextDocumentFragment,
    QTextTable,
)

from desktop.core.page.plain_html import HtmlBlock

SLICE_MS = 8.0
SLICE_CHARACTERS = 16_000  # of HTML: placing them is quick, and they are laid out when the slice ends
MOST_AT_ONCE = 40  # blocks that are exchanged in one go; with more the page is built on from there
FEW = 200  # blocks that may be placed before somebody goes on
TOP_MARGIN, BOTTOM_MARGIN = 30, 120  # pixels


@dataclass(slots=True)
class Placed:
    """A block that stands in the document from `start` to the next one's start."""

    key: str
    first_line: int
    last_line: int
    start: int
    codes: tuple[str, ...] = ()  # what its links `do:copy/N` copy


class Page:
    """Keeps a document equal to a list of blocks."""

    def __init__(
        self,
        document: QTextDocument,
        prepared: Callable[[str], str] = lambda html: html,
        margins: tuple[int, int] = (TOP_MARGIN, BOTTOM_MARGIN),
    ) -> None:
        self._document = document
        self._margins = margins
        self._prepared = prepared  # what is done to a block's HTML before it is placed
        self._placed: list[Placed] = []
        self._waiting: deque[HtmlBlock] = deque()
        self.more_to_come = False  # behind the blocks that were shown
        document.setUndoRedoEnabled(False)
        self._source = QTextDocument()  # a block before it is placed; to make one for each would cost as much again
        self._source.setUndoRedoEnabled(False)
        self._prepare()

    @property
    def placed(self) -> Sequence[Placed]:
        """Return what stands in the document."""
        return self._placed

    @property
    def complete(self) -> bool:
        """Tell whether all blocks stand in the document."""
        return not self._waiting and not self.more_to_come

    @property
    def waits(self) -> bool:
        """Tell whether there are blocks that do not stand in the document yet."""
        return bool(self._waiting)

    @property
    def count(self) -> int:
        """Return how many blocks there are by now."""
        return len(self._placed) + len(self._waiting)

    def clear(self) -> None:
        """Take everything out."""
        self._document.clear()
        self._placed.clear()
        self._waiting.clear()
        self.more_to_come = False
        self._prepare()

    def show(self, blocks: Sequence[HtmlBlock], font: QFont) -> int:
        """Make the document show these blocks; return how many were exchanged. The rest of a long page waits."""
        if self._document.defaultFont() != font:  # set again, the same font lays the whole page out anew
            self._document.setDefaultFont(font)
        old: list[Placed | HtmlBlock] = [*self._placed, *self._waiting]
        head = _alike_at_head(old, blocks)
        tail = _alike_at_tail(old, blocks, head)
        standing = len(old) - tail  # blocks before this one go
        new = blocks[head : len(blocks) - tail]
        cursor = QTextCursor(self._document)
        cursor.beginEditBlock()
        if standing < len(self._placed) and len(new) <= MOST_AT_ONCE:
            self._exchange(cursor, head, standing, new)
        elif head < len(self._placed):
            self._cut(cursor, head)
        cursor.endEditBlock()
        for placed, block in zip(self._placed[head:], blocks[head:], strict=False):
            placed.first_line, placed.last_line = block.first_line, block.last_line
        self._waiting = deque(blocks[len(self._placed) :])
        if new:
            self.build()
        return len(new)

    def build(self, budget_ms: float = SLICE_MS) -> bool:
        """Place waiting blocks for some milliseconds; tell whether all are placed."""
        if not self._waiting:
            return True
        # Of this thread: on a busy machine, time that others took would make many slices, each of which is laid out.
        end = time.thread_time() + budget_ms / 1000
        cursor = QTextCursor(self._document)
        cursor.beginEditBlock()
        placed = 0
        while self._waiting and time.thread_time() < end and placed < SLICE_CHARACTERS:
            placed += len(self._waiting[0].html)
            self._append(cursor, self._waiting.popleft())
        cursor.endEditBlock()
        return not self._waiting

    def build_to_line(self, line: int) -> bool:
        """Place waiting blocks until the one with this source line stands; False where too many are before it."""
        while self._waiting and (not self._placed or self._placed[-1].last_line < line):
            if len(self._waiting) > FEW and self._waiting[FEW].first_line <= line:
                return False
            self.build()
        return not self.more_to_come or bool(self._placed and self._placed[-1].last_line >= line)

    def index_at_line(self, line: int) -> int:
        """Return the index of the last block that begins at or before a source line; -1 when there is none."""
        index = bisect_right(self._placed, line, key=lambda placed: placed.first_line) - 1
        while index > 0 and self._placed[index].first_line < self._placed[index - 1].first_line:
            index -= 1  # footnotes stand at the end, whatever lines they were written in
        return index

    def index_at(self, position: int) -> int:
        """Return the index of the block that a position of the document is in; -1 when there is none."""
        return bisect_right(self._placed, position, key=lambda placed: placed.start) - 1

    def lines_of(self, index: int) -> int:
        """Return how many source lines a block stands for, the blank ones behind it among them."""
        placed = self._placed[index]
        if index + 1 < len(self._placed) and self._placed[index + 1].first_line > placed.first_line:
            return self._placed[index + 1].first_line - placed.first_line
        return max(1, placed.last_line - placed.first_line + 1)

    def top_of(self, index: int) -> float:
        """Return where a block begins, in pixels from the document's top."""
        block = self._document.findBlock(self._placed[index].start)
        return float(self._document.documentLayout().blockBoundingRect(block).top())

    def bottom_of(self, index: int) -> float:
        """Return where a block ends, in pixels from the document's top."""
        if index + 1 < len(self._placed):
            return self.top_of(index + 1)
        return float(self._document.size().height()) - self._margins[1]

    # --- placing -----------------------------------------------------------------------------------------

    def _prepare(self) -> None:
        self._document.setDocumentMargin(0)
        self._document.setIndentWidth(26)
        frame = self._document.rootFrame()
        shape = frame.frameFormat()
        shape.setTopMargin(self._margins[0])
        shape.setBottomMargin(self._margins[1])
        frame.setFrameFormat(shape)

    def _cut(self, cursor: QTextCursor, index: int) -> None:
        """Take out everything from the block at `index` on."""
        if index >= len(self._placed):
            return
        shape, characters = QTextBlockFormat(), QTextCharFormat()
        if index == 0:
            cursor.select(QTextCursor.SelectionType.Document)
        else:
            cursor.setPosition(self._placed[index].start - 1)
            shape, characters = cursor.blockFormat(), cursor.blockCharFormat()
            cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        del self._placed[index:]
        cursor.setBlockFormat(shape)  # an empty paragraph takes the shape of what is removed behind it
        cursor.setBlockCharFormat(characters)

    def _exchange(self, cursor: QTextCursor, first: int, last: int, blocks: Sequence[HtmlBlock]) -> None:
        """Put blocks in the place of those from `first` to `last`; at least one block follows them."""
        start, end = self._placed[first].start, self._placed[last].start
        length = self._document.characterCount()
        shape = self._document.findBlock(end).blockFormat()
        if end > start:
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            cursor.removeSelectedText()
            cursor.setBlockFormat(shape)  # the following block keeps its own shape
        position = start
        placed = []
        for block in blocks:
            cursor.setPosition(position)
            cursor.insertBlock()
            before = self._document.characterCount()
            cursor.setPosition(position)
            self._fill(cursor, block)
            placed.append(Placed(block.key, block.first_line, block.last_line, position, block.codes))
            position += self._document.characterCount() - before + 1
        moved = self._document.characterCount() - length
        for following in self._placed[last:]:
            following.start += moved
        self._placed[first:last] = placed

    def _append(self, cursor: QTextCursor, block: HtmlBlock) -> None:
        cursor.movePosition(QTextCursor.MoveOperation.End)
        if self._placed:
            cursor.insertBlock(QTextBlockFormat(), QTextCharFormat())
        start = cursor.position()
        self._fill(cursor, block)
        self._placed.append(Placed(block.key, block.first_line, block.last_line, start, block.codes))

    def _fill(self, cursor: QTextCursor, block: HtmlBlock) -> None:
        """Write a block's HTML into the empty paragraph under the cursor."""
        start = cursor.position()
        length = self._document.characterCount()
        source = self._source
        source.setDefaultFont(self._document.defaultFont())
        source.setHtml(self._prepared(block.html))
        if "font-weight" in block.html:
            _weigh(source)
        cursor.setBlockFormat(QTextBlockFormat())
        cursor.setBlockCharFormat(QTextCharFormat())
        cursor.insertFragment(QTextDocumentFragment(source))
        first = self._document.findBlock(start)
        model = source.begin()
        if model.textList() is not None and first.length() == 1 and first.next().textList() is not None:
            self._join_list(first)  # a fragment that begins with a list brings an empty paragraph along
        elif model.textList() is None:
            shape = QTextCursor(first)
            shape.setBlockFormat(model.blockFormat())
        self._flatten_gaps(start, start + self._document.characterCount() - length)

    def _join_list(self, empty: QTextBlock) -> None:
        item = empty.next()
        shape, characters = item.blockFormat(), item.charFormat()
        cursor = QTextCursor(empty)
        cursor.deleteChar()
        cursor.setBlockFormat(shape)
        cursor.setBlockCharFormat(characters)

    def _flatten_gaps(self, start: int, end: int) -> None:
        """Make the empty paragraphs that a table needs around it as low as can be."""
        block = self._document.findBlock(start)
        cursor = QTextCursor(self._document)
        while block.isValid() and block.position() <= end:
            if block.length() == 1 and self._beside_table(block, cursor):
                cursor.setPosition(block.position())
                shape = QTextBlockFormat()
                shape.setLineHeight(1, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
                cursor.setBlockFormat(shape)
                tiny = QTextCharFormat()
                tiny.setProperty(QTextCharFormat.Property.FontPixelSize, 1)
                cursor.setBlockCharFormat(tiny)
            block = block.next()

    def _beside_table(self, block: QTextBlock, cursor: QTextCursor) -> bool:
        cursor.setPosition(block.position())
        here = cursor.currentFrame()
        for neighbour in (block.next(), block.previous()):
            if neighbour.isValid():
                cursor.setPosition(neighbour.position())
                there = cursor.currentFrame()
                if there is not here and isinstance(there, QTextTable):
                    return True
        return False


def _alike_at_head(old: Sequence[Placed | HtmlBlock], new: Sequence[HtmlBlock]) -> int:
    count = 0
    for before, after in zip(old, new, strict=False):
        if before.key != after.key:
            break
        count += 1
    return count


def _alike_at_tail(old: Sequence[Placed | HtmlBlock], new: Sequence[HtmlBlock], head: int) -> int:
    count = 0
    most = min(len(old), len(new)) - head
    while count < most and old[-1 - count].key == new[-1 - count].key:
        count += 1
    return count


def _weigh(document: QTextDocument) -> None:
    """Give bold words the typeface's own bold.

    Inter comes as one variable file, of which Qt knows only the regular weight: it smears a bold one, or ignores it.
    """
    cursor = QTextCursor(document)
    block = document.begin()
    while block.isValid():
        fragments = block.begin()
        spans = []
        while not fragments.atEnd():
            piece = fragments.fragment()
            weight = piece.charFormat().fontWeight()
            if weight >= QFont.Weight.Medium.value:
                spans.append((piece.position(), piece.length(), weight))
            fragments += 1
        for position, length, weight in spans:
            cursor.setPosition(position)
            cursor.setPosition(position + length, QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(_weight_format(weight))
        block = block.next()


@lru_cache(maxsize=8)
def _weight_format(weight: int) -> QTextCharFormat:
    font = QFont()
    font.setVariableAxis(QFont.Tag("wght"), weight)
    weight_only = QTextCharFormat()
    weight_only.setFont(font, QTextCharFormat.FontPropertiesInheritanceBehavior.FontPropertiesSpecifiedOnly)
    return weight_only
