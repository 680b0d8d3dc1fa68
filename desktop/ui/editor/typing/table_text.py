"""A Markdown table as text: its cells, and its columns made equally wide. Pure.

A pipe divides two cells unless a backslash stands before it, or it is within code or a wiki link. Widths are those of a
font whose characters are all equally wide: CJK and emoji take two places, combining signs none.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence

WIDEST = 40  # places; a longer cell sticks out, or every row would be as long as it
LONGEST_ROW = 20_000  # characters
MOST_COLUMNS = 100
_PREFIX = re.compile(r"(?:[ \t]{0,3}>[ \t]?){0,20}[ \t]*")
_DELIMITER = re.compile(r":?-+:?")
_TICKS = re.compile("`+")
_TOKEN = re.compile(r"\\.|`+|\[\[|\|")


def prefix_of(line: str) -> str:
    """Return the quote marks and blanks before a row."""
    match = _PREFIX.match(line[:400])
    return match.group() if match else ""


def cells_of(line: str) -> list[tuple[int, int]]:
    """Return (start, end) of each cell's words in a row, blanks around them left out; an empty cell is one place."""
    line = line[:LONGEST_ROW]
    start = len(prefix_of(line))
    end = len(line.rstrip())
    bars = _bars(line, start, end)
    if bars and bars[0] == start:
        start, bars = start + 1, bars[1:]
    if not (bars and bars[-1] == end - 1):
        bars = [*bars, max(end, start)]
    found = []
    for bar in bars[:MOST_COLUMNS]:
        found.append(_trimmed(line, start, bar))
        start = bar + 1
    return found


def is_row(line: str) -> bool:
    """Say whether a line may be a row: it has a pipe that divides."""
    return "|" in line and len(line) <= LONGEST_ROW and bool(_bars(line, len(prefix_of(line)), len(line)))


def is_delimiter(line: str) -> bool:
    """Say whether a line is the one below the header."""
    if "-" not in line or "|" not in line or line.strip("|:- \t>"):
        return False
    return all(_DELIMITER.fullmatch(line[start:end]) for start, end in cells_of(line))


def empty_row(prefix: str, columns: int) -> str:
    """Return a row without words."""
    return prefix + "|" + "   |" * columns


def delimiter_row(prefix: str, columns: int) -> str:
    """Return the line below a header."""
    return prefix + "|" + " --- |" * columns


def aligned(rows: Sequence[str]) -> list[str]:
    """Return the rows of a table, the delimiter second, with columns of one width each."""
    cells = [[row[start:end] for start, end in cells_of(row)] for row in rows]
    columns = max(len(row) for row in cells)
    marks = [_mark(cells[1][column]) if column < len(cells[1]) else "" for column in range(columns)]
    widths = [3] * columns
    for number, row in enumerate(cells):
        for column, cell in enumerate(row):
            if number != 1 and len(cell) <= WIDEST * 4:
                widths[column] = max(widths[column], min(WIDEST, width(cell)))
    found = []
    for number, row in enumerate(cells):
        row = row + [""] * (columns - len(row))
        if number == 1:
            parts = [_rule(mark, size) for mark, size in zip(marks, widths, strict=True)]
        else:
            parts = [_padded(cell, size, mark) for cell, size, mark in zip(row, widths, marks, strict=True)]
        found.append(f"{prefix_of(rows[number])}| {' | '.join(parts)} |")
    return found


def width(text: str) -> int:
    """Return how many places a text takes."""
    if text.isascii():
        return len(text)
    places, joined, last = 0, False, 0
    for character in text:
        if character == "\u200d":
            joined = True
            continue
        if character == "\ufe0f":  # the sign before it is a picture, and as wide as one
            places += 2 - last if last == 1 else 0
            last = 2
            continue
        if joined or unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
            joined = False
            continue
        if "\U0001f3fb" <= character <= "\U0001f3ff" and last == 2:
            continue  # the skin of the person before it
        last = 2 if unicodedata.east_asian_width(character) in "WF" else 1
        places += last
    return places


def _bars(line: str, start: int, end: int) -> list[int]:
    """Return where pipes divide cells."""
    runs: dict[int, list[int]] = {}  # where runs of backticks stand, by their length
    for run in _TICKS.finditer(line, start, end):
        runs.setdefault(len(run.group()), []).append(run.start())
    bars: list[int] = []
    at = start
    while (token := _TOKEN.search(line, at, end)) is not None:
        at = token.end()
        sign = token.group()
        if sign == "|":
            bars.append(token.start())
        elif sign[0] == "`":
            alike = runs.get(len(sign), [])
            closing = bisect_left(alike, at)
            at = alike[closing] + len(sign) if closing < len(alike) else at
        elif sign == "[[":
            close = line.find("]]", at, min(end, at + 500))
            at = close + 2 if close >= 0 and "[" not in line[at:close] else at
    return bars


def _trimmed(line: str, start: int, end: int) -> tuple[int, int]:
    cell = line[start:end]
    words = cell.strip(" \t")
    if not words:
        place = start + min(1, end - start)
        return place, place
    first = start + len(cell) - len(cell.lstrip(" \t"))
    return first, first + len(words)


def _mark(cell: str) -> str:
    return (":" if cell.startswith(":") else "") + "-" + (":" if cell.endswith(":") and len(cell) > 1 else "")


def _rule(mark: str, size: int) -> str:
    left, right = mark.startswith(":"), mark.endswith(":")
    return ":" * left + "-" * (size - left - right) + ":" * right


def _padded(cell: str, size: int, mark: str) -> str:
    missing = max(0, size - (width(cell) if len(cell) <= WIDEST * 4 else size))
    if mark == "-:":
        return " " * missing + cell
    before = missing // 2 if mark == ":-:" else 0
    return " " * before + cell + " " * (missing - before)
