"""Keys and commands inside a table: Tab goes from cell to cell, Enter makes rows, and the columns stay aligned.

Functions over a QTextCursor; each is one step of undo and says whether there was a table. A table of more than
MOST_ROWS rows is walked through but not aligned: that would touch all of its lines.
"""

from dataclasses import dataclass

from PySide6.QtGui import QTextBlock, QTextCursor

from desktop.ui.editor.typing import table_text
from desktop.ui.editor.typing.cursors import before, one_step, select, slice_of, swap, units
from desktop.ui.editor.typing.table_text import cells_of, is_delimiter, is_row, prefix_of

MOST_ROWS = 400
_LEAST_PIPES = 2


@dataclass(frozen=True, slots=True)
class Table:
    """The table around a line: all of its rows, or the rows around where there are too many."""

    first: QTextBlock
    lines: list[str]
    row: int  # of the line that was asked about
    whole: bool

    @property
    def columns(self) -> int:
        """How many cells the header has."""
        return len(cells_of(self.lines[0]))

    def block(self, row: int) -> QTextBlock:
        """Return the line of a row."""
        return self.first.document().findBlockByNumber(self.first.blockNumber() + row)


def find_table(block: QTextBlock) -> Table | None:
    """Return the table that a line is a row of."""
    line = block.text() if block.length() <= table_text.LONGEST_ROW else ""
    if not is_row(line):
        return None
    quote = prefix_of(line).count(">")
    lines = [line]
    first, row = block, 0
    while row < MOST_ROWS and _belongs(first.previous(), quote):
        first = first.previous()
        lines.insert(0, first.text())
        row += 1
    last = block
    while len(lines) <= row + MOST_ROWS and _belongs(last.next(), quote):
        last = last.next()
        lines.append(last.text())
    whole = len(lines) <= MOST_ROWS
    if len(lines) > 1 and is_delimiter(lines[1]):
        return Table(first, lines, row, whole)
    if row < MOST_ROWS:  # the top of it was seen, and is no header: rows of text may stand above the real one
        for above in range(min(row, len(lines) - 2), 0, -1):
            if is_delimiter(lines[above + 1]):
                start = first.document().findBlockByNumber(first.blockNumber() + above)
                return Table(start, lines[above:], row - above, whole)
        return None
    return Table(first, lines, row, False)


def move(cursor: QTextCursor, back: bool) -> bool:
    """Select the next cell, or the one before; after the last one stands a new row."""
    table = find_table(cursor.block())
    if table is None:
        return _begin(cursor)
    column = _column(cursor) + (-1 if back else 1)
    row, count = table.row, len(cells_of(table.lines[table.row]))
    if row == 1:
        row, column = (0, len(cells_of(table.lines[0])) - 1) if back else (2, 0)
    elif column < 0:
        row = row - 1 - (row == 2)
        column = len(cells_of(table.lines[row])) - 1 if row >= 0 else 0
    elif column >= max(count, table.columns if table.whole else count):
        row, column = row + 1 + (row == 0), 0
    with one_step(cursor):
        if row >= len(table.lines):
            _insert_row(table, len(table.lines) - 1)
        _settle(cursor, table, max(0, row), column)
    return True


def new_row(cursor: QTextCursor) -> bool:
    """Make a row below; in an empty last row leave the table instead."""
    table = find_table(cursor.block())
    if cursor.hasSelection() or (table is not None and table.row == 0 and not before(cursor).strip()):
        return False
    if table is None:
        return _begin(cursor)
    empty = all(start == end for start, end in cells_of(table.lines[table.row]))
    if empty and 1 < table.row == len(table.lines) - 1:
        quote = table_text.prefix_of(table.lines[0]).rstrip() if ">" in table.lines[0][:4] else ""
        with one_step(cursor):
            block = cursor.block()
            select(cursor, block.position(), block.position() + block.length() - 1)
            cursor.insertText(f"{quote}\n{quote}{' ' if quote else ''}")
        return True
    return add_row(cursor)


def add_row(cursor: QTextCursor) -> bool:
    """Make an empty row below the cursor's."""
    table = find_table(cursor.block())
    if table is None:
        return False
    after = max(table.row, 1)
    with one_step(cursor):
        _insert_row(table, after)
        _settle(cursor, table, after + 1, 0)
    return True


def delete_row(cursor: QTextCursor) -> bool:
    """Delete the cursor's row; the header stays."""
    table = find_table(cursor.block())
    if table is None or table.row < 2:
        return False
    block = cursor.block()
    with one_step(cursor):
        select(cursor, block.position() - 1, block.position() + block.length() - 1).removeSelectedText()
        _settle(cursor, table, min(table.row, len(table.lines) - 2), 0)
    return True


def add_column(cursor: QTextCursor) -> bool:
    """Make an empty column to the right of the cursor's."""
    table = find_table(cursor.block())
    if table is None or not table.whole:
        return False
    column = _column(cursor)
    lines = []
    for row, line in enumerate(table.lines):
        cells = [line[start:end] for start, end in cells_of(line)]
        cells[column + 1 : column + 1] = ["---" if row == 1 else ""]
        lines.append(f"{prefix_of(line)}| {' | '.join(cells)} |")
    return _rewrite(cursor, table, lines, column + 1)


def delete_column(cursor: QTextCursor) -> bool:
    """Delete the cursor's column, unless it is the only one."""
    table = find_table(cursor.block())
    if table is None or not table.whole or table.columns < 2:
        return False
    column = _column(cursor)
    lines = []
    for line in table.lines:
        cells = [line[start:end] for start, end in cells_of(line)]
        del cells[column : column + 1]
        lines.append(f"{prefix_of(line)}| {' | '.join(cells)} |")
    return _rewrite(cursor, table, lines, max(0, column - 1))


def insert_table(cursor: QTextCursor, headers: tuple[str, ...]) -> None:
    """Put a table with these headers and one empty row below the cursor's line, the first header selected."""
    rows = [f"| {' | '.join(headers)} |", table_text.delimiter_row("", len(headers))]
    rows.append(table_text.empty_row("", len(headers)))
    block = cursor.block()
    with one_step(cursor):
        cursor.clearSelection()
        filled = bool(block.text().strip())
        cursor.setPosition(block.position() + block.length() - 1)
        following = block.next()
        tail = "\n" if following.isValid() and following.text().strip() else ""
        line = block.blockNumber() + (2 if filled else 0)
        cursor.insertText(("\n\n" if filled else "") + "\n".join(table_text.aligned(rows)) + tail)
        _select_cell(cursor, cursor.document().findBlockByNumber(line), 0)


def _begin(cursor: QTextCursor) -> bool:
    """Make a table of a line that looks like a header; its first cell is where the cursor goes."""
    block = cursor.block()
    line = block.text() if block.length() <= table_text.LONGEST_ROW else ""
    bare = line[len(prefix_of(line)) :].rstrip()
    whole = bare.startswith("|") and bare.endswith("|") and is_row(line) and line.count("|") > _LEAST_PIPES
    if not whole or cursor.hasSelection() or is_delimiter(line) or not before(cursor).strip():
        return False
    if is_row(block.previous().text()) or is_row(block.next().text()):
        return False
    prefix, columns = prefix_of(line), len(cells_of(line))
    with one_step(cursor):
        end = QTextCursor(block)
        end.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        rows = (table_text.delimiter_row(prefix, columns), table_text.empty_row(prefix, columns))
        end.insertText("\n" + "\n".join(rows))
        table = find_table(block)
        if table is not None:
            _settle(cursor, table, 2, 0)
    return True


def _belongs(block: QTextBlock, quote: int) -> bool:
    if not block.isValid() or block.length() > table_text.LONGEST_ROW:
        return False
    line = block.text()
    return is_row(line) and prefix_of(line).count(">") == quote


def _column(cursor: QTextCursor) -> int:
    """Return the cell that the cursor is in."""
    block = cursor.block()
    line = block.text()
    position = len(slice_of(cursor.document(), block.position(), cursor.position()))
    cells = cells_of(line)
    for column, (_start, end) in enumerate(cells):
        divider = line.find("|", end)
        if divider < 0 or position <= divider:
            return column
    return len(cells) - 1


def _insert_row(table: Table, after: int) -> None:
    cursor = QTextCursor(table.block(after))
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
    cursor.insertText("\n" + table_text.empty_row(prefix_of(table.lines[after]), table.columns))


def _settle(cursor: QTextCursor, table: Table, row: int, column: int) -> None:
    """Align the table as it stands now, and select a cell of it."""
    first = table.first.blockNumber()
    now = find_table(cursor.document().findBlockByNumber(first))
    if now is not None and now.whole:
        _write(now, table_text.aligned(now.lines))
    _select_cell(cursor, cursor.document().findBlockByNumber(first + row), column)


def _rewrite(cursor: QTextCursor, table: Table, lines: list[str], column: int) -> bool:
    with one_step(cursor):
        _write(table, table_text.aligned(lines))
        _select_cell(cursor, table.block(table.row), column)
    return True


def _write(table: Table, lines: list[str]) -> None:
    block = table.first
    for old, new in zip(table.lines, lines, strict=True):
        if old != new:
            swap(block, 0, block.length() - 1, new)
        block = block.next()


def _select_cell(cursor: QTextCursor, block: QTextBlock, column: int) -> None:
    line = block.text()
    cells = cells_of(line)
    start, end = cells[min(column, len(cells) - 1)] if cells else (0, 0)
    select(cursor, block.position() + units(line[:start]), block.position() + units(line[:end]))
