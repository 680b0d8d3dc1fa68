"""Blocks that hold no other blocks: paragraphs, headings, code, displayed math, tables, definitions of links.

What is no Markdown any more (code, displayed math) is stashed; see `containers`.
"""

from collections.abc import Mapping
from typing import ClassVar

from desktop.core.markup.line_rules import (
    HEADING,
    HTML,
    LOOK_AHEAD,
    MARKER,
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_DEFINITION,
    MAX_DEPTH,
    MEANING,
    NO_END,
    UNDERLINE,
    Chunk,
    Definitions,
    Line,
    Stashed,
    closes_fence,
    guard,
    heading_title,
    indent_of,
    is_rule,
    is_table_rule,
    opens_fence,
    opens_list,
    without_block_id,
)
from desktop.core.markup.link_parts import read_definition, unescaped
from desktop.core.text.html_names import HTML_BLOCKS


class LeafScanner:
    """Reads the lines of one container, top down, into chunks; `containers` adds what holds others."""

    # The names of what may read a line, by its first character; a scanner is made for every item of a list.
    readers: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "`": ("_fence",),
        "~": ("_fence",),
        "$": ("_math",),
        "\\": ("_math",),
        "%": ("_comment",),
        "#": ("_heading",),
        "-": ("_rule",),
        "*": ("_rule",),
        "_": ("_rule",),
        "[": ("_definition",),
    }

    def __init__(self, lines: list[Line], definitions: Definitions, depth: int = 0) -> None:
        self._lines = lines
        self.at = 0  # the index of the line that is read next
        self.looked_at = 0  # lines from the first to the last that any decision so far was made upon
        self.definitions = definitions  # where what the lines define is kept
        self._depth = depth
        self._unclosed: set[str] = set()  # closing marks known not to come any more

    def chunks(self) -> list[Chunk]:
        """Read all that is left."""
        found = []
        while (chunk := self.next()) is not None:
            found.append(chunk)
        return found

    def next(self) -> Chunk | None:
        """Read the next chunk that shows anything; None at the end."""
        while self.at < len(self._lines):
            text = self._lines[self.at][1]
            bare = text.strip()
            if not bare:
                self.at += 1
                continue
            chunk = self._read(text, bare)
            if chunk.lines:
                self.looked_at = max(self.looked_at, self.at + 2)  # a table's rule stands in its second line
                return chunk
        self.looked_at = max(self.looked_at, self.at + 2)
        return None

    def _read(self, text: str, bare: str) -> Chunk:
        if self._depth >= MAX_DEPTH:
            return self._paragraph(shallow=False)
        if indent_of(text) >= 4 and MARKER.match(text) is None:
            return self._indented_code()
        for name in self.readers.get(bare[0], ()):
            chunk: Chunk | None = getattr(self, name)(text)
            if chunk is not None:
                return chunk
        if self._table_starts(self.at):
            return self._table()
        return self._paragraph()

    def _chunk(self, kind: str, first: int, lines: list[Line]) -> Chunk:
        """Make a chunk of the source lines from index `first` to the place reached."""
        last = max(first, self.at - 1)
        while last > first and not self._text(last).strip():
            last -= 1
        return Chunk(kind, lines, self._lines[first][0], self._lines[last][0])

    def _text(self, index: int) -> str:
        return self._lines[index][1]

    def _stashed(self, first: int, stashed: Stashed) -> Chunk:
        return self._chunk(stashed.kind, first, [(self._lines[first][0], self.definitions.keep(stashed))])

    # --- words -----------------------------------------------------------------------------------------------

    def _paragraph(self, shallow: bool = True) -> Chunk:
        first = self.at
        lines: list[Line] = []
        while self.at < len(self._lines):
            number, text = self._lines[self.at]
            if not text.strip():
                break
            if lines and shallow:
                if len(lines) == 1 and UNDERLINE.match(text):  # below a longer paragraph it is a rule
                    return self._underlined(first, 1 if "=" in text else 2)
                if self._interrupts(self.at):
                    break
            self.at += 1
            lines.append((number, guard(text.lstrip(" ").rstrip("\t"))))
        last = len(lines) - 1
        for index, (number, text) in enumerate(lines):
            bare = without_block_id(text)
            if bare or index == last:
                lines[index] = number, bare
        return self._chunk("paragraph", first, lines)

    def _underlined(self, first: int, level: int) -> Chunk:
        self.at += 1
        number, text = self._lines[first]
        title = heading_title(without_block_id(text.strip()))
        return self._chunk("heading", first, [(number, "#" * level + " " + title)])

    def _interrupts(self, index: int) -> bool:
        """Tell whether a line ends the paragraph before it."""
        text = self._text(index)
        bare = text.lstrip(" ")
        first = bare[0]
        if first in "`~":
            return opens_fence(text) is not None
        if first == "#":
            return HEADING.match(text) is not None
        if first in "-*_+0123456789" and (is_rule(text) or opens_list(text, in_paragraph=True)):
            return indent_of(text) < 4 or self._depth > 0
        if first == ">":
            return indent_of(text) < 4
        if first == "<":
            found = HTML.match(text)
            return (found is not None and found[1].lower() in HTML_BLOCKS) or bare.startswith(("<!--", "<?"))
        if first == "$" or bare.startswith("\\["):
            return bare.rstrip() in ("$$", "\\[") or (bare.startswith("$$") and bare.rstrip().endswith("$$"))
        return self._table_starts(index) or self._is_term(index)

    def _is_term(self, index: int) -> bool:
        """Tell whether the line below says what this one means."""
        below = self._text(index + 1) if index + 1 < len(self._lines) else ""
        return (
            ":" in below[:4]
            and MEANING.match(below) is not None
            and indent_of(self._text(index)) < 4
            and MEANING.match(self._text(index)) is None
        )

    def _heading(self, text: str) -> Chunk | None:
        found = HEADING.match(text)
        if found is None or ("|" in text and self._table_starts(self.at)):
            return None
        title = (found[2] or "").strip()
        closed = title.rstrip("#")
        if not closed or closed.endswith((" ", "\t")):
            title = closed.rstrip()
        title = without_block_id(title)
        first = self.at
        self.at += 1
        return self._chunk(
            "heading", first, [(self._lines[first][0], f"{found[1]} {heading_title(title)}")] if title else []
        )

    def _rule(self, text: str) -> Chunk | None:
        if not is_rule(text):
            return None
        self.at += 1
        return self._chunk("rule", self.at - 1, [(self._lines[self.at - 1][0], "***")])

    # --- code and math ---------------------------------------------------------------------------------------

    def _indented_code(self) -> Chunk:
        first = self.at
        end = first
        while self.at < len(self._lines):
            text = self._text(self.at)
            if text.strip():
                if indent_of(text) < 4:
                    break
                end = self.at + 1
            self.at += 1
        self.looked_at = max(self.looked_at, self.at + 1)
        self.at = end
        code = "\n".join(text[4:] for _, text in self._lines[first:end])
        return self._stashed(first, Stashed("code", code))

    def _fence(self, text: str) -> Chunk | None:
        found = opens_fence(text)
        if found is None:
            return None
        first = self.at
        margin = indent_of(text)
        self.at += 1
        start = self.at
        while self.at < len(self._lines) and not closes_fence(self._text(self.at), found[1], margin):
            self.at += 1
        code = "\n".join(line[min(margin, indent_of(line)) :] for _, line in self._lines[start : self.at])
        self.at = min(self.at + 1, len(self._lines))
        words = unescaped(found[2]).strip().strip("{}").split()
        return self._stashed(first, Stashed("code", code, words[0].lstrip(".").lower() if words else ""))

    def _math(self, text: str) -> Chunk | None:
        bare = text.strip()
        closing = {"$$": "$$", "\\[": "\\]"}.get(bare[:2])
        if closing is None:
            return None
        self.looked_at = max(self.looked_at, self.at + LOOK_AHEAD)
        parts = []
        rest = bare[2:]
        for index in range(self.at, min(self.at + LOOK_AHEAD, len(self._lines))):
            line = rest if index == self.at else self._text(index)
            end = line.find(closing)
            if end >= 0:
                if line[end + 2 :].strip():
                    return None
                parts.append(line[:end])
                first, self.at = self.at, index + 1
                latex = "\n".join(parts).strip()
                return self._stashed(first, Stashed("math", latex)) if latex else self._chunk("blank", first, [])
            parts.append(line)
        return None

    # --- what is hidden --------------------------------------------------------------------------------------

    def _comment(self, text: str) -> Chunk | None:
        return self._skip(text, "%%", "%%")

    def _skip(self, text: str, opening: str, closing: str) -> Chunk | None:
        """Leave out what stands between two marks; the words after the second are read on."""
        lines, bare = self._lines, text.strip()
        if not bare.startswith(opening):
            return None
        offset = len(opening)
        stop = self.at + 1 if closing in self._unclosed else len(lines)
        for index in range(self.at, stop):
            line = bare if index == self.at else lines[index][1]
            end = line.find(closing, offset)
            offset = 0
            if end >= 0:
                first, self.at = self.at, index + 1
                rest = line[end + len(closing) :].strip()
                if rest:
                    self.at = index
                    lines[index] = (lines[index][0], rest)
                return Chunk("blank", [], lines[first][0], lines[index][0])
        self._unclosed.add(closing)
        self.looked_at = max(self.looked_at, NO_END)
        return None

    # --- tables and definitions ------------------------------------------------------------------------------

    def _table_starts(self, index: int) -> bool:
        return (
            index + 1 < len(self._lines)
            and "|" in self._text(index)
            and is_table_rule(self._text(index + 1))
            and not is_table_rule(self._text(index))
        )

    def _table(self) -> Chunk:
        first = self.at
        self.at += 2
        while self.at < len(self._lines):
            text = self._text(self.at)
            if not text.strip() or ("|" not in text and self._interrupts(self.at)):
                break
            self.at += 1
        rows = [(number, text.strip().expandtabs(4)) for number, text in self._lines[first : self.at]]
        columns = rows[0][1].count("|")
        if columns > MAX_COLUMNS or columns * len(rows) > MAX_CELLS:
            return self._stashed(first, Stashed("code", "\n".join(text for _, text in rows)))
        return self._chunk("table", first, rows)

    def _definition(self, text: str) -> Chunk | None:
        """Keep what a link's label means; it may reach over some lines."""
        self.looked_at = max(self.looked_at, self.at + MAX_DEFINITION + 1)
        lines = []
        for index in range(self.at, min(self.at + MAX_DEFINITION, len(self._lines))):
            line = self._text(index)
            if not line.strip():
                break
            lines.append(line)
        found = read_definition("\n".join(lines)) if "]:" in "".join(lines) else None
        if found is None:
            return None
        label, address, title, end = found
        self.definitions.references.setdefault(label, (address, title))
        first = self.at
        self.at += "\n".join(lines).rstrip("\n").count("\n", 0, end - 1) + 1
        return self._chunk("blank", first, [])
