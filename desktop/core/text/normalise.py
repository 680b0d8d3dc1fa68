"""From what people write to Markdown that Python-Markdown reads in only one way, cut into top-level blocks.

Python-Markdown is not CommonMark: it overlooks lists that stand right under a paragraph, nesting by two blanks, code
fences inside lists, `1)` numbering and line breaks by backslash, and takes `#hashtag` for a heading. The normaliser
repairs these before it runs; every line of a block still knows the source line it came from.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from desktop.core.text.containers import Scanner, join
from desktop.core.text.line_rules import Chunk, Definitions, Line, Stashed

LONG_LIST = 40  # lines: a longer list is cut between items, so that an edit redraws little
# Control characters have no meaning here; the noncharacters are ours, for tokens.
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
    references: Mapping[str, tuple[str, str]]  # label in lower case -> address, title
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
        bare = line.lstrip(" \t")
        margin = line[: len(line) - len(bare)]
        lines.append(margin.expandtabs(4) + bare if "\t" in margin else line)
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
    return _pieces(block) if block.kind == "list" and len(chunk.lines) > LONG_LIST else [block]


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
    return NormalBlock(chunk.kind, text, chunk.first, chunk.last, numbers, tuple(stash))


def _pieces(block: NormalBlock) -> list[NormalBlock]:
    """Cut a long list between its outermost items; each piece keeps the whole stash and its own numbers."""
    lines = block.text.split("\n")
    starts = [0]
    for index, line in enumerate(lines):
        if line and line[0] != " " and index - starts[-1] >= LONG_LIST:
            starts.append(index)
    pieces = []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        numbers = block.line_map[start:end]
        last = block.line_map[end] - 1 if end < len(lines) else block.last_line
        text = "\n".join(lines[start:end]).rstrip("\n")
        pieces.append(NormalBlock("list", text, numbers[0], max(last, numbers[0]), numbers, block.stash))
    return pieces
