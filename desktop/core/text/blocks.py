"""The blocks of a text that links can name: paragraphs, list items, quotes, tables, pieces of code.

A block is named by ` ^id` at the end of its last line, or by `^id` alone on a line: right below the block, or after a
blank line, where it names the whole list, quote, table or piece of code above. Code, formulas and comments name
nothing. A mark of one character or of a few digits (`x ^2`) is taken for prose until a link asks for it.
"""

import re
import secrets
import string
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from desktop.core.text.masks import Masks, read_masks

_MARK = re.compile(r"(?:^|(?<=[ \t]))\^([A-Za-z0-9-]{1,64})(?=[ \t\r]*$)", re.MULTILINE)
BLOCK_ID = re.compile(r"(?:^|[ \t])\^([A-Za-z0-9-]{1,64})[ \t]*$")  # in one line
_PROSE = re.compile(r"(?:[A-Za-z-]|[\d-]{1,5})\Z")
_ITEM = re.compile(r"[ \t]*(?:[-+*]|\d{1,9}[.)])(?:[ \t]|$)", re.MULTILINE)
_ID_LETTERS = string.ascii_lowercase + string.digits
_ID_LENGTH = 6


@dataclass(frozen=True, slots=True)
class Block:
    """A named piece of a text: text[start:end]; its mark, blanks before it included, is text[end:mark_end]."""

    id: str
    start: int
    end: int
    mark_end: int


def is_block_id(written: str) -> bool:
    """Tell whether what stands behind a `^` at a line's end can only be a block's id: no power, as in `x ^2`."""
    return _PROSE.match(written) is None


def find_block(text: str, block_id: str) -> Block | None:
    """Return the block that goes by an id, whatever its case; the first of several."""
    wanted = block_id.strip().removeprefix("^").casefold()
    if not wanted or f"^{wanted}" not in text.casefold():
        return None
    paragraphs = _paragraphs(text)
    for mark in _MARK.finditer(paragraphs.text):
        if mark[1].casefold() == wanted and (block := paragraphs.block(mark)):
            return block
    return None


def scan_blocks(text: str) -> tuple[Block, ...]:
    """Return the blocks that have an id, in reading order."""
    if "^" not in text:
        return ()
    paragraphs = _paragraphs(text)
    marks = (mark for mark in _MARK.finditer(paragraphs.text) if is_block_id(mark[1]))
    return tuple(block for mark in marks if (block := paragraphs.block(mark)))


def block_at(text: str, offset: int) -> tuple[int, int]:
    """Return the span of the block around an offset, its mark included; an empty span where there is none."""
    return _paragraphs(text).around(offset)


def new_block_id(text: str) -> str:
    """Return an id that no block of the text goes by."""
    taken = text.casefold()
    while True:
        found = "".join(secrets.choice(_ID_LETTERS) for _ in range(_ID_LENGTH))
        if f"^{found}" not in taken and is_block_id(found):
            return found


class _Paragraphs:
    """The blocks of a text in reading order, whether they are named or not."""

    def __init__(self, text: str) -> None:
        masks = read_masks(text)
        self.text = masks.text
        self._masks = masks.spans
        self._spans = _joined(masks)
        self._starts = [start for start, _ in self._spans]
        self._mask_starts = [start for start, _ in masks.spans]
        self._body = masks.start

    def around(self, offset: int) -> tuple[int, int]:
        """Return the span of the block that holds an offset, or ends where it stands."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0 or self._spans[index][1] < offset:
            return offset, offset
        return self._spans[index]

    def block(self, mark: re.Match[str]) -> Block | None:
        """Return the block that a mark names; None where the mark is no mark."""
        text, place = self.text, mark.start()
        masked = bisect_right(self._mask_starts, place) - 1
        index = bisect_right(self._starts, place) - 1
        if index < 0 or place < self._body or (masked >= 0 and place < self._masks[masked][1]):
            return None
        line = text.rfind("\n", 0, place) + 1
        alone = not text[line:place].strip(" \t>")
        start, written = self._spans[index]
        if start >= (line if alone else place):  # nothing of the same block stands before it
            if not alone or not index or written > mark.end():
                return None
            start = self._list_start(index - 1) if line == place else self._spans[index - 1][0]
            return Block(mark[1], start, self._spans[index - 1][1], mark.end())
        end = line if alone else place
        while text[end - 1].isspace():
            end -= 1
        return None if _ITEM.fullmatch(text, start, end) else Block(mark[1], start, end, mark.end())

    def _list_start(self, index: int) -> int:
        """Return where the list begins that ends with a block, or the block's own start."""
        text, found = self.text, self._spans[index][0]
        for place in range(index, -1, -1):
            start = self._starts[place]
            if _ITEM.match(text, start):
                found = start
            elif text[start - 1 : start] not in (" ", "\t"):
                break  # neither an item nor indented below one
        return found


@lru_cache(maxsize=2)  # many links of one note lead to blocks of one other
def _paragraphs(text: str) -> _Paragraphs:
    return _Paragraphs(text)


def _joined(masks: Masks) -> list[tuple[int, int]]:
    """Return the spans between the breaks; the rows of one table, quote or piece of code are one."""
    text = masks.text
    places = [*masks.breaks, len(text)]
    spans: list[tuple[int, int]] = []
    covers, mask = masks.spans, 0
    for place, following in pairwise(places):
        written = text[place:following]
        bare = written.strip()
        if not bare:
            continue
        start = place + written.index(bare[0])
        end = start + len(bare)
        while mask < len(covers) and covers[mask][1] <= start:
            mask += 1
        if mask < len(covers) and covers[mask][0] <= place:
            start = place  # blanks before code belong to it
        if spans:
            first, last = spans[-1]
            is_code = mask < len(covers) and covers[mask][0] < last and start < covers[mask][1]
            begins = text[first]
            same = begins == text[start] and begins in "|>" and text.count("\n", last, start) == 1
            if is_code or same:
                spans[-1] = first, end
                continue
        spans.append((start, end))
    return spans
