"""What Enter, Backspace and Tab do in lists and quotes: they go on, end, nest and keep their numbers.

Functions over a QTextCursor; each is one step of undo. Nothing here looks at code: who calls knows that it is none.
"""

import re

from PySide6.QtGui import QTextBlock, QTextCursor

from desktop.ui.editor.typing import list_lines
from desktop.ui.editor.typing.cursors import behind, lines_of, one_step, select, slice_of, swap
from desktop.ui.editor.typing.list_lines import Head, head_of, renumber

PLAIN_TAB = "    "
_BLANKS = re.compile(r"[ \t]*")
_BOX = "[ ] "


def break_line(cursor: QTextCursor, plain: bool) -> None:
    """Start a new line: a list, quote or indent goes on, an empty item ends and leaves a blank line.

    `plain` keeps the indent alone.
    """
    with one_step(cursor):
        cursor.removeSelectedText()
        line = cursor.block().text()
        column = cursor.positionInBlock()
        head = head_of(line)
        if plain or column < head.length or not (head.bullet or head.quote):
            indent = _BLANKS.match(line)
            cursor.insertText("\n" + (indent.group() if indent else "")[:column])
        elif head.blank and head.bullet:
            _end_item(cursor, head)
        elif head.blank:
            swap(cursor.block(), 0, head.length, "")
            _stand_apart(cursor)
        else:
            _go_on(cursor, head)


def _go_on(cursor: QTextCursor, head: Head) -> None:
    """Begin the next item, with the words behind the cursor."""
    rest = behind(cursor)
    blanks = len(rest) - len(rest.lstrip(" \t"))
    select(cursor, cursor.position(), cursor.position() + blanks).removeSelectedText()
    block = cursor.block()
    bullet = head.bullet
    if head.number is not None:
        above = list_lines.sibling_above(block, head)
        same = above is not None and above.number == head.number and above.kind == head.kind
        bullet = head.with_number(head.number + (not same))
    cursor.insertText("\n" + head.quote + head.indent + bullet + (_BOX if head.task else ""))
    if head.number is not None:
        renumber(cursor.block(), {cursor.blockNumber()})


def _end_item(cursor: QTextCursor, head: Head) -> None:
    """Move an empty item one level out, or out of the list."""
    block = cursor.block()
    parent = list_lines.parent_of(block, head)
    if parent is not None:
        number = parent.number
        bullet = parent.bullet if number is None else parent.with_number(number + 1)
        marker = bullet + (_BOX if parent.task else "")
        swap(block, 0, head.length, parent.quote + parent.indent + marker)
        renumber(block, {block.blockNumber()})
    elif head.column >= 2:
        swap(block, 0, head.length, head.quote + _shallower(head) + head.bullet + head.task)
    else:
        swap(block, 0, head.length, head.quote)
        _renumber_below(block)
        if not head.quote:
            _stand_apart(cursor)


def _stand_apart(cursor: QTextCursor) -> None:
    """Leave a blank line above: right under an item or a quote, words would belong to it."""
    if cursor.block().previous().text().strip():
        cursor.insertText("\n")


def take_marker(cursor: QTextCursor) -> bool:
    """Take the marker before the cursor away, the check box first; say whether there was one."""
    block = cursor.block()
    head = head_of(block.text())
    if cursor.hasSelection() or cursor.positionInBlock() != head.length or not (head.bullet or head.quote):
        return False
    start = len(head.quote) + len(head.indent)
    with one_step(cursor):
        if head.task:
            swap(block, start + len(head.bullet), head.length, "")
        elif head.bullet:
            swap(block, start, head.length, "")
            _renumber_below(block)
        elif not head.indent:
            outer = head.quote.rstrip(" \t")[:-1]
            swap(block, 0, head.length, outer)
        else:
            return False
    return True


def nest(cursor: QTextCursor, deeper: bool) -> None:
    """Move an item with what is under it, or the selected lines, in or out; elsewhere Tab types blanks."""
    blocks = lines_of(cursor)
    head = head_of(blocks[0].text())
    if deeper and not head.bullet and len(blocks) == 1:
        cursor.insertText(PLAIN_TAB)
        return
    if len(blocks) == 1 and head.bullet:
        blocks = list_lines.family(blocks[0], head)
    first = next((block for block in blocks if block.text().strip()), blocks[0])
    head = head_of(first.text())
    start = list_lines.first_number(first)
    touched = {block.blockNumber() for block in blocks}
    with one_step(cursor):
        if deeper:
            added = _step_in(first, head)
            for block in blocks:
                if block.text().strip():
                    _indent(block, added)
        else:
            removed = head.column - len(_shallower(head, first).expandtabs(4))
            for block in blocks:
                _outdent(block, removed)
        if head.bullet:
            _settle(blocks, touched, start)


def _settle(blocks: list[QTextBlock], touched: set[int], start: int | None) -> None:
    """Give lines the markers of the list that they came to, and put the numbers there and below right."""
    head = head_of(blocks[0].text())
    above = list_lines.sibling_above(blocks[0], head)
    for block in blocks if above is not None and above.kind != head.kind else ():
        item = head_of(block.text())
        if above is not None and item.bullet and item.column == head.column:
            at = len(item.quote) + len(item.indent)
            marker = above.kind if above.number is None else f"{above.number + 1}{above.kind}"
            swap(block, at, at + len(item.bullet.rstrip()), marker)
    following = blocks[-1].next()
    if following.isValid() and head_of(following.text()).column > head.column:
        touched.add(following.blockNumber())  # what now begins a list of its own begins with 1
    renumber(blocks[0], touched, start)
    _renumber_below(blocks[-1])


def _renumber_below(block: QTextBlock) -> None:
    """Put the numbers right of the list that goes on below a line which is no item any more."""
    following = block.next()
    if following.isValid() and head_of(following.text()).bullet and not head_of(block.text()).bullet:
        renumber(following, set())


def _step_in(block: QTextBlock, head: Head) -> str:
    """Return the blanks that bring an item under the one before it."""
    above = list_lines.sibling_above(block, head) if head.bullet else None
    if "\t" in head.indent or (above is None and _tabs_around(block, head)):
        return "\t"
    if above is not None:
        if _tabs_around(block, head):
            return "\t"
        return " " * max(2, above.content - head.column)
    return " " * (max(2, min(len(head.bullet), 4)) if head.bullet else 4)


def _tabs_around(block: QTextBlock, head: Head) -> bool:
    """Say whether the list around nests by tabs."""
    for walk in (list_lines.above, list_lines.below):
        for _line, other in walk(block, list_lines.depth(head.quote)):
            if other.bullet and other.indent:
                return "\t" in other.indent
    return False


def _shallower(head: Head, block: QTextBlock | None = None) -> str:
    """Return the indent one level further out: that of the item above, where there is one."""
    parent = list_lines.parent_of(block, head) if block is not None and head.bullet else None
    if parent is not None:
        return parent.indent
    if head.indent.endswith("\t"):
        return head.indent[:-1]
    step = max(2, min(len(head.bullet), 4)) if head.bullet else 4
    return head.indent[: max(0, len(head.indent) - step)]


def _indent(block: QTextBlock, added: str) -> None:
    """Insert blanks before a line's indent; the user's cursor stays among its words."""
    head = head_of(block.text())
    cursor = QTextCursor(block)
    cursor.setPosition(block.position() + len(head.quote) + (len(head.indent) if "\t" not in added else 0))
    cursor.insertText(added)


def _outdent(block: QTextBlock, columns: int) -> None:
    """Take that many columns off a line's indent, or what there is."""
    head = head_of(block.text())
    indent = head.indent
    wanted = max(0, head.column - columns)
    while indent and len(indent.expandtabs(4)) > wanted:
        indent = indent[:-1]
    indent += " " * (wanted - len(indent.expandtabs(4)))
    swap(block, len(head.quote), len(head.quote) + len(head.indent), indent)


# --- lists and quotes of whole lines -------------------------------------------------------------------------


def toggle_list(cursor: QTextCursor, ordered: bool) -> None:
    """Make the lines items of that sort; those that are it already become text."""
    blocks = [block for block in lines_of(cursor) if block.text().strip()] or [cursor.block()]
    heads = [head_of(block.text()) for block in blocks]
    drop = all(head.bullet and (head.number is not None) == ordered for head in heads)
    counts: dict[int, int] = {}
    with one_step(cursor):
        for block, head in zip(blocks, heads, strict=True):
            at = len(head.quote) + len(head.indent)
            counts = {column: count for column, count in counts.items() if column <= head.column}
            counts[head.column] = counts.get(head.column, 0) + 1
            new = "" if drop else f"{counts[head.column]}. " if ordered else "- "
            swap(block, at, at + len(head.bullet), new)
        if ordered and not drop:
            renumber(blocks[0], set())
        else:
            _renumber_below(blocks[-1])


def toggle_quote(cursor: QTextCursor) -> None:
    """Make the lines a quote, or text where all of them are one."""
    blocks = lines_of(cursor)
    quoted = all(block.text().lstrip(" ").startswith(">") for block in blocks)
    with one_step(cursor):
        for block in blocks:
            line = block.text()
            if quoted:
                blanks = len(line) - len(line.lstrip(" "))
                swap(block, 0, blanks + 1 + line[blanks + 1 :].startswith(" "), "")
            else:
                swap(block, 0, 0, "> " if line.strip() else ">")


def text_column(block: QTextBlock) -> int:
    """Return the column at which a line's words begin, for a Home key that knows it."""
    line = slice_of(block.document(), block.position(), block.position() + min(block.length() - 1, 400))
    head = head_of(line)
    heading = re.match(r"#{1,6}[ \t]+", line[head.length :])
    return head.length + (heading.end() if heading else 0)
