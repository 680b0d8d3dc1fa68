"""The lines of a list: their markers, who belongs to whom, and the numbers that ordered items should have.

A line's **head** is what stands before its words: quote marks, indent, bullet or number, check box. All of it is plain
ASCII, so there offsets of Python and of Qt are the same. Every walk through lines is bounded.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtGui import QTextBlock

from desktop.ui.editor.typing.cursors import swap

MOST_ABOVE = 400  # lines
MOST_BELOW = 1_000
LONGEST_HEAD = 400  # characters
_HEAD = re.compile(
    r"(?P<quote>(?:[ \t]{0,3}>[ \t]?){0,20})(?P<indent>[ \t]*)"
    r"(?P<bullet>(?:[-*+]|\d{1,9}[.)])(?:[ \t]{1,8}|$))?(?P<task>\[[ xX]\](?:[ \t]{1,8}|$))?"
)
_NUMBER = re.compile(r"\d{1,9}")
_FENCE = re.compile(r"[ \t>]*(?:`{3,}|~{3,})")
_BREAKER = re.compile(r" {0,3}(?:#{1,6}(?:[ \t]|$)|\|)")


@dataclass(frozen=True, slots=True)
class Head:
    """What stands before a line's words."""

    quote: str
    indent: str
    bullet: str  # with the blanks behind it; "" where the line is no item
    task: str
    blank: bool  # there are no words behind it

    @property
    def length(self) -> int:
        """The column at which the words begin."""
        return len(self.quote) + len(self.indent) + len(self.bullet) + len(self.task)

    @property
    def column(self) -> int:
        """How far the line is indented behind its quote marks, tabs counted."""
        return len(self.indent.expandtabs(4))

    @property
    def content(self) -> int:
        """The column behind the quote marks at which what is below this item has to begin."""
        width = len(self.bullet) if self.bullet.strip() != self.bullet else len(self.bullet) + 1
        return self.column + min(width, len(self.bullet.strip()) + 4)

    @property
    def number(self) -> int | None:
        """The item's number; None where it has none."""
        match = _NUMBER.match(self.bullet)
        return None if match is None else int(match.group())

    @property
    def kind(self) -> str:
        """The sign by which two lists that follow each other differ: `-`, `*`, `+`, `.` or `)`."""
        return self.bullet.strip()[-1:]

    def with_number(self, number: int) -> str:
        """Return the bullet with another number."""
        return f"{number}{self.bullet.lstrip('0123456789')}"


def head_of(line: str) -> Head:
    """Read a line's head; a rule such as `- - -` is no item."""
    match = _HEAD.match(line[:LONGEST_HEAD])
    if match is None:  # it matches the empty text too
        return Head("", "", "", "", not line.strip())
    bullet, task = match["bullet"] or "", match["task"] or ""
    if bullet and is_rule(line):
        bullet = task = ""
    elif not bullet:
        task = ""  # brackets that no bullet stands before are text
    blank = not line[len(match["quote"]) + len(match["indent"]) + len(bullet) + len(task) :].strip()
    return Head(match["quote"], match["indent"], bullet, task, blank)


def is_rule(line: str) -> bool:
    """Say whether a line is a rule across the page."""
    bare = line[:LONGEST_HEAD].replace(" ", "").replace("\t", "").lstrip(">")
    return len(bare) > 2 and len(line) < LONGEST_HEAD and bare[0] in "-*_" and not bare.strip(bare[0])


def depth(quote: str) -> int:
    """Return how many quotes a line is in."""
    return quote.count(">")


def above(block: QTextBlock, quote: int) -> Iterator[tuple[QTextBlock, Head]]:
    """Yield the lines of the list above a line, the nearest first."""
    yield from _walk(block, quote, down=False)


def below(block: QTextBlock, quote: int) -> Iterator[tuple[QTextBlock, Head]]:
    """Yield the lines of the list below a line, the nearest first."""
    yield from _walk(block, quote, down=True)


def _walk(block: QTextBlock, quote: int, *, down: bool) -> Iterator[tuple[QTextBlock, Head]]:
    gap = False
    for _ in range(MOST_BELOW if down else MOST_ABOVE):
        block = block.next() if down else block.previous()
        if not block.isValid():
            return
        line = block.text()
        head = head_of(line)
        if depth(head.quote) != quote:
            return
        if not line[len(head.quote) :].strip():
            if gap:
                return  # two blank lines end a list, for whoever reads it
            gap = True
            continue
        if not head.bullet and not head.column:
            if gap or is_rule(line) or _FENCE.match(line[:LONGEST_HEAD]):
                return
            if _BREAKER.match(line[len(head.quote) : LONGEST_HEAD]):
                return
        gap = False
        yield block, head


def sibling_above(block: QTextBlock, head: Head) -> Head | None:
    """Return the item before this one in the same list."""
    for _line, other in above(block, depth(head.quote)):
        if other.bullet and other.column == head.column:
            return other
        if other.column < head.column and (other.bullet or other.column):
            return None
    return None


def parent_of(block: QTextBlock, head: Head) -> Head | None:
    """Return the item that this one is under."""
    for _line, other in above(block, depth(head.quote)):
        if other.bullet and other.column < head.column:
            return other
    return None


def family(block: QTextBlock, head: Head) -> list[QTextBlock]:
    """Return an item with all that is under it."""
    found = [block]
    for line, other in below(block, depth(head.quote)):
        if other.column <= head.column:
            break
        found.append(line)
    return found


# --- numbers -------------------------------------------------------------------------------------------------


class _List:
    """The items of one ordered list."""

    def __init__(self, head: Head) -> None:
        self.column, self.kind = head.column, head.kind
        self.items: list[tuple[QTextBlock, Head]] = []


def first_number(block: QTextBlock) -> int | None:
    """Return the number with which the outermost ordered list around a line begins."""
    for line in (block, block.next()):
        if line.isValid() and head_of(line.text()).bullet:
            top = _top(line)
            return head_of(top.text()).number
    return None


def renumber(block: QTextBlock, touched: set[int], start: int | None = None) -> None:
    """Give the ordered items around a line the numbers of their places.

    `touched` are the numbers of the lines that are new or moved; a list below others that begins with one of those
    begins with 1. `start` is the number of the first item of all. A list whose items all have one number keeps it.
    """
    if not head_of(block.text()).bullet:
        return
    top = _top(block)
    quote = depth(head_of(top.text()).quote)
    lists: list[_List] = []
    opened: list[_List] = []
    fence = False
    lines = [(top, head_of(top.text())), *below(top, quote)]
    for line, head in lines:
        if _FENCE.match(line.text()[:LONGEST_HEAD]):
            fence = not fence
        if fence or not head.bullet:
            continue
        while opened and opened[-1].column > head.column:
            opened.pop()
        if opened and opened[-1].column == head.column and opened[-1].kind != head.kind:
            opened.pop()
        if not opened or opened[-1].column != head.column:
            opened.append(_List(head))
            lists.append(opened[-1])
        opened[-1].items.append((line, head))
    for place, group in enumerate(lists):
        if group.kind in ".)":
            _write_numbers(group, touched, start if place == 0 else None)


def _write_numbers(group: _List, touched: set[int], start: int | None) -> None:
    kept = [head.number for line, head in group.items if line.blockNumber() not in touched]
    first_line, first = group.items[0]
    if len(kept) > 1 and len(set(kept)) == 1:
        numbers: list[int | None] = [kept[0]] * len(group.items)
    else:
        if start is None:
            start = 1 if first_line.blockNumber() in touched and first.column else first.number
        numbers = [(start or 0) + place for place in range(len(group.items))]
    for (line, head), number in zip(group.items, numbers, strict=True):
        if number is not None and head.number != number and number < 1_000_000_000:
            at = len(head.quote) + len(head.indent)
            swap(line, at, at + len(str(head.bullet)) - len(head.bullet.lstrip("0123456789")), str(number))


def _top(block: QTextBlock) -> QTextBlock:
    """Return the first item of the outermost list around an item."""
    head = head_of(block.text())
    top, column = block, head.column
    for line, other in above(block, depth(head.quote)):
        if other.bullet and other.column <= column:
            top, column = line, other.column
    return top
