"""From what people write to Markdown that Python-Markdown reads in only one way, cut into top-level blocks.

Python-Markdown is not CommonMark: it overlooks lists that stand right under a paragraph, nesting by two blanks, code
fences inside lists, `1)` numbering and line breaks by backslash, and takes `#hashtag` for a heading. The normaliser
repairs these before it runs; every line of a block still knows the source line it came from.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from desktop.core.markup.containers import Scanner
from desktop.core.markup.line_rules import TOKEN_END, TOKEN_START, Chunk, Definitions, Line, Stashed, join

LONG_LIST = 40  # lines that are not blank: a longer list is cut between items, so that an edit redraws little
# Control characters have no meaning here; the noncharacters are ours, for tokens.
_MARKERS = re.compile(r"(?:[ \t]++|>|(?:[-+*]|\d{1,9}[.)])(?=[ \t]))*+")
_TOKEN = re.compile(f"{TOKEN_START}(\\d+){TOKEN_END}")
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufdd0-\ufdef\ufeff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class NormalBlock:
    """A top-level block in canonical Markdown; lines count from 0 in the source."""

    kind: str
    text: str
    first_line: int
    last_line: int
    line_map: tuple[int, ...] = ()  # the source line of each line of `text`
    stash: tuple[Stashed, ...] = ()


@dataclass(frozen=True, slots=True)
class Normalised:
    """A whole text's blocks with what they share."""

    blocks: tuple[NormalBlock, ...]
    references: Mapping[str, tuple[str, str]]  # folded label -> address, title
    footnotes: Mapping[str, list[Line]]


def source_lines(text: str, start: int = 0) -> list[Line]:
    """Cut a text into numbered lines from offset `start` on, indentation in blanks, control characters left out."""
    return list(enumerate(prepared_lines(text, start), text.count("\n", 0, start)))


def prepared_lines(text: str, start: int = 0) -> list[str]:
    """Return the lines of `source_lines` without their numbers."""
    text = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text and not start else text
    lines = []
    for line in _UNWANTED.sub("", text[start:]).split("\n"):
        line = line.removesuffix("\r")
        if "\t" in line and (margin := _MARKERS.match(line)):
            line = margin[0].expandtabs(4) + line[margin.end() :]
        lines.append(line)
    return lines


def normalise(text: str, body_start: int = 0) -> Normalised:
    """Read a text from offset `body_start` on into top-level blocks."""
    definitions = Definitions()
    scanner = Scanner(source_lines(text, body_start), definitions)
    blocks: list[NormalBlock] = []
    while True:
        definitions.stash = []
        chunk = scanner.next()
        if chunk is None:
            break
        blocks.extend(blocks_of(chunk, definitions.stash))
    return Normalised(tuple(blocks), definitions.references, definitions.footnotes)


def blocks_of(chunk: Chunk, stash: list[Stashed]) -> list[NormalBlock]:
    """Return a chunk as one block, a long list as several."""
    block = _block(chunk, stash)
    if block.kind != "list" or len(chunk.lines) <= LONG_LIST:
        return [block]
    return _pieces(block)


def as_written(block: NormalBlock) -> str:
    """Return about what the source says: tokens and marks of the normaliser read back."""
    text = _TOKEN.sub(lambda found: block.stash[int(found[1])].text, block.text)
    return _UNWANTED.sub("", text)


def footnote_block(notes: list[tuple[int, list[Line]]]) -> NormalBlock:
    """Write the used footnotes, each with its number, as one numbered list."""
    definitions = Definitions()
    lines: list[Line] = []
    for number, source in notes:
        anchor = definitions.keep(Stashed("footnote", str(number)))
        inner = join(Scanner(list(source), definitions, 1).chunks()) or [(source[0][0], "")]
        if lines:
            lines.append((source[0][0], ""))
        for index, (line_number, line) in enumerate(inner):
            margin = f"{number}. {anchor}" if index == 0 else "    "
            lines.append((line_number, (margin + line).rstrip(" ")))
    chunk = Chunk("footnotes", lines, lines[0][0], lines[-1][0])
    return _block(chunk, definitions.stash)


def _block(chunk: Chunk, stash: list[Stashed]) -> NormalBlock:
    text = "\n".join(line for _, line in chunk.lines)
    numbers = tuple(number for number, _ in chunk.lines)
    return NormalBlock(chunk.kind, text, chunk.first, chunk.last, numbers, _placed(stash, chunk.first))


def _placed(stash: list[Stashed], first: int) -> tuple[Stashed, ...]:
    """Return what was stashed, with the lines of tasks counted from the block's first."""
    return tuple(
        replace(stashed, info=str(int(stashed.info) - first)) if stashed.kind == "task" else stashed
        for stashed in stash
    )


def _pieces(block: NormalBlock) -> list[NormalBlock]:
    """Cut a long list between its outermost items; each piece keeps what it shows of the stash."""
    lines = block.text.split("\n")
    starts = [0]
    filled = 0
    for index, line in enumerate(lines):
        if line and line[0] != " " and filled >= LONG_LIST:
            starts.append(index)
            filled = 0
        filled += line != ""
    pieces = []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        numbers = block.line_map[start:end]
        last = block.line_map[end] - 1 if end < len(lines) else block.last_line
        text, stash = _own_stash("\n".join(lines[start:end]).rstrip("\n"), block, numbers[0])
        numbers = numbers[: text.count("\n") + 1]
        pieces.append(NormalBlock("list", text, numbers[0], max(last, numbers[0]), numbers, stash))
    return pieces


def _own_stash(text: str, block: NormalBlock, first: int) -> tuple[str, tuple[Stashed, ...]]:
    """Return a piece's text with tokens counted from 0, and what they stand for."""
    used: list[Stashed] = []

    def counted(found: re.Match[str]) -> str:
        used.append(block.stash[int(found[1])])
        return f"{TOKEN_START}{len(used) - 1}{TOKEN_END}"

    text = _TOKEN.sub(counted, text)
    return text, _placed(used, first - block.first_line)
