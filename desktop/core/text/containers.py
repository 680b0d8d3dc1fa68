"""From lines to blocks: the part of the normaliser that knows containers.

A *chunk* is one block in canonical Markdown: what Python-Markdown reads in only one way (nested lists four blanks
deep, a blank line before a list, a table or a quote, `1.` for `1)`, `#` for underlined headings). What is no Markdown
any more (code, displayed math, a callout's kind) is *stashed*: a token of noncharacters stands for it, so neither
Python-Markdown nor the sanitiser ever sees it. Every canonical line keeps the number of the source line it came from.
"""

import re
from collections.abc import Callable

from desktop.core.text.line_rules import (
    BLOCK_ID,
    CALLOUT,
    CLOSED_BY_TAG,
    FOOTNOTE,
    HEADING,
    HTML,
    HTML_BLOCKS,
    LOOK_AHEAD,
    MARKER,
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_DEPTH,
    NO_END,
    QUOTE,
    REFERENCE,
    TASK,
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
)


class Scanner:
    """Reads the lines of one container, top down, into chunks."""

    def __init__(self, lines: list[Line], definitions: Definitions, depth: int = 0) -> None:
        self._lines = lines
        self.at = 0  # the index of the line that is read next
        self.looked_at = 0  # lines from the first to the last that any decision so far was made upon
        self.definitions = definitions  # where what the lines define is kept
        self._depth = depth
        self._readers: dict[str, tuple[Callable[[str], Chunk | None], ...]] = {
            "`": (self._fence,),
            "~": (self._fence,),
            "$": (self._math,),
            "\\": (self._math,),
            "%": (self._comment,),
            "<": (self._html,),
            "#": (self._heading,),
            "-": (self._rule, self._list),
            "*": (self._rule, self._list),
            "_": (self._rule,),
            "+": (self._list,),
            ">": (self._quote,),
            "[": (self._definition,),
            **dict.fromkeys("0123456789", (self._list,)),
        }

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
        for reader in self._readers.get(bare[0], ()):
            chunk = reader(text)
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

    # --- leaves ------------------------------------------------------------------------------------------

    def _paragraph(self, shallow: bool = True) -> Chunk:
        first = self.at
        lines: list[Line] = []
        while self.at < len(self._lines):
            number, text = self._lines[self.at]
            if not text.strip():
                break
            if lines and shallow:
                if len(lines) == 1 and UNDERLINE.match(text):  # below a longer paragraph it is a rule
                    return self._underlined(first, lines, 1 if "=" in text else 2)
                if self._interrupts(self.at):
                    break
            self.at += 1
            bare = text.strip(" \t") if not text.endswith("  ") else text.strip() + "  "
            if bare.endswith("\\") and not bare.endswith("\\\\"):
                bare = bare[:-1].rstrip() + "  "
            lines.append((number, guard(bare)))
        number, text = lines[-1]
        lines[-1] = (number, BLOCK_ID.sub("", text))
        return self._chunk("paragraph", first, lines)

    def _underlined(self, first: int, lines: list[Line], level: int) -> Chunk:
        self.at += 1
        return self._chunk("heading", first, [(lines[0][0], "#" * level + " " + heading_title(lines[0][1].strip()))])

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
            return (found is not None and found[1].lower() in HTML_BLOCKS) or bare.startswith("<!--")
        if first == "$" or bare.startswith("\\["):
            return bare.rstrip() in ("$$", "\\[") or (bare.startswith("$$") and bare.rstrip().endswith("$$"))
        return self._table_starts(index)

    def _heading(self, text: str) -> Chunk | None:
        found = HEADING.match(text)
        if found is None:
            return None
        title = (found[2] or "").strip()
        closed = title.rstrip("#")
        if not closed or closed.endswith((" ", "\t")):
            title = closed.rstrip()
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
        while self.at < len(self._lines) and not closes_fence(self._text(self.at), found[1]):
            self.at += 1
        code = "\n".join(line[min(margin, indent_of(line)) :] for _, line in self._lines[start : self.at])
        self.at = min(self.at + 1, len(self._lines))
        words = found[2].strip().strip("{}").split()
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

    def _stashed(self, first: int, stashed: Stashed) -> Chunk:
        return self._chunk(stashed.kind, first, [(self._lines[first][0], self.definitions.keep(stashed))])

    def _comment(self, text: str) -> Chunk | None:
        return self._skip(text, "%%", "%%", self._lines)

    def _skip(self, text: str, opening: str, closing: str, lines: list[Line]) -> Chunk | None:
        """Leave out what stands between two marks; the words after the second are read on."""
        bare = text.strip()
        if not bare.startswith(opening):
            return None
        offset = len(opening)
        for index in range(self.at, len(lines)):
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
        self.looked_at = max(self.looked_at, NO_END)
        return None

    def _html(self, text: str) -> Chunk | None:
        chunk = self._skip(text, "<!--", "-->", self._lines)
        if chunk is not None:
            return chunk
        found = HTML.match(text)
        if found is None or found[1].lower() not in HTML_BLOCKS:
            return None
        first = self.at
        self.at = self._closing_tag(found[1].lower()) or self._next_blank()
        return self._chunk("html", first, [(number, line) for number, line in self._lines[first : self.at]])

    def _closing_tag(self, tag: str) -> int | None:
        """Return the index after the line that closes a tag whose content may hold blank lines."""
        if tag not in CLOSED_BY_TAG:
            return None
        self.looked_at = max(self.looked_at, self.at + LOOK_AHEAD)
        closing = f"</{tag}"
        for index in range(self.at, min(self.at + LOOK_AHEAD, len(self._lines))):
            if closing in self._text(index).lower():
                return index + 1
        return None

    def _next_blank(self) -> int:
        index = self.at
        while index < len(self._lines) and self._text(index).strip():
            index += 1
        return index

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
        rows = [(number, text.strip()) for number, text in self._lines[first : self.at]]
        columns = rows[0][1].count("|")
        if columns > MAX_COLUMNS or columns * len(rows) > MAX_CELLS:
            return self._stashed(first, Stashed("code", "\n".join(text for _, text in rows)))
        return self._chunk("table", first, rows)

    def _definition(self, text: str) -> Chunk | None:
        note = FOOTNOTE.match(text)
        if note is not None:
            return self._footnote(note)
        found = REFERENCE.match(text)
        if found is None:
            return None
        title = found[3].strip()
        if title and (len(title) < 2 or title[0] + title[-1] not in ('""', "''", "()")):
            return None
        address = found[2][1:-1] if found[2][0] == "<" and found[2][-1] == ">" else found[2]
        self.definitions.references.setdefault(" ".join(found[1].split()).lower(), (address, title[1:-1]))
        self.at += 1
        return self._chunk("blank", self.at - 1, [])

    def _footnote(self, found: re.Match[str]) -> Chunk:
        first = self.at
        lines = [(self._lines[first][0], found[2])]
        self.at += 1
        while self.at < len(self._lines):
            number, text = self._lines[self.at]
            if not text.strip():
                following = self.at + 1
                if following >= len(self._lines) or indent_of(self._text(following)) < 2:
                    break
            elif indent_of(text) < 2 and (not lines[-1][1].strip() or self._interrupts(self.at) or text[0] == "["):
                break
            lines.append((number, text[min(4, indent_of(text)) :]))
            self.at += 1
        self.definitions.footnotes.setdefault(found[1].casefold(), lines)
        return self._chunk("blank", first, [])

    # --- containers --------------------------------------------------------------------------------------

    def _quote(self, text: str) -> Chunk | None:
        if QUOTE.match(text) is None:
            return None
        first = self.at
        inner: list[Line] = []
        while self.at < len(self._lines):
            number, text = self._lines[self.at]
            found = QUOTE.match(text)
            if found is not None:
                inner.append((number, found[1]))
            elif not text.strip() or not inner[-1][1].strip() or self._interrupts(self.at):
                break
            else:
                inner.append((number, text))  # the paragraph goes on without its mark
            self.at += 1
        callout = CALLOUT.fullmatch(inner[0][1])
        head: list[Line] = []
        if callout is not None:
            token = self.definitions.keep(Stashed("callout", callout[2], callout[1].lower()))
            head = [(inner[0][0], token + (guard(callout[2]) or callout[1].capitalize()))]
            inner = inner[1:]
        lines = join(Scanner(inner, self.definitions, self._depth + 1).chunks())
        if head:
            lines = [*head, (head[0][0], ""), *lines]
        quoted = [(number, f"> {line}".rstrip(" ") if not line.strip() else f"> {line}") for number, line in lines]
        return self._chunk("quote", first, quoted)

    def _list(self, text: str) -> Chunk | None:
        marker = opens_list(text, in_paragraph=False)
        if marker is None:
            return None
        first = self.at
        numbered = marker[2][0].isdigit()
        number = int(marker[2][:-1]) if numbered else 0
        items: list[list[Line]] = []
        loose = False
        while marker is not None and marker[2][0].isdigit() == numbered and not is_rule(self._text(self.at)):
            body, spaced = self._item(marker)
            items.append(self._canonical_item(body, f"{number + len(items)}. " if numbered else "- "))
            if self.at >= len(self._lines):
                break
            marker = opens_list(self._text(self.at), in_paragraph=False)
            loose = loose or (spaced and marker is not None)
        loose = loose or any(not line for item in items for _, line in item)
        lines: list[Line] = []
        for item in items:
            if loose and lines:
                lines.append((item[0][0], ""))
            lines.extend(item)
        return self._chunk("list", first, lines)

    def _item(self, marker: re.Match[str]) -> tuple[list[Line], bool]:
        """Read one item's lines without their margin; tell whether a blank line follows it."""
        number, text = self._lines[self.at]
        margin = len(marker[1])
        column = marker.end() if text[marker.end() :].strip() else marker.end(2) + 1
        if column - marker.end(2) > 4:
            column = marker.end(2) + 1
        enough = min(column, margin + 2)  # people nest by two blanks under "1. " too
        body = [(number, text[column:])]
        fence = opens_fence(text[column:])
        self.at += 1
        if fence is not None:
            self._fenced_lines(body, fence[1], column, enough)
        blanks = 0
        lazy = fence is None
        while self.at < len(self._lines):
            number, text = self._lines[self.at]
            if not text.strip():
                blanks += 1
                self.at += 1
                continue
            indent = indent_of(text)
            if indent < enough and (blanks or not lazy or self._leaves_item(self.at)):
                break
            body.extend((number, "") for _ in range(blanks))
            blanks = 0
            body.append((number, text[min(indent, column) :]))
            self.at += 1
            fence = opens_fence(body[-1][1]) if indent >= enough else None
            lazy = fence is None and HEADING.match(body[-1][1]) is None
            if fence is not None:
                self._fenced_lines(body, fence[1], column, enough)
        return body, blanks > 0

    def _leaves_item(self, index: int) -> bool:
        return MARKER.match(self._text(index)) is not None or self._interrupts(index)

    def _fenced_lines(self, body: list[Line], opening: str, column: int, enough: int) -> None:
        """Take code into an item up to its closing fence, even where it is not indented."""
        stop = min(self.at + LOOK_AHEAD, len(self._lines))
        for index in range(self.at, stop):
            if closes_fence(self._text(index), opening):
                stop = index + 1
                break
            text = self._text(index)
            if text.strip() and indent_of(text) < enough and MARKER.match(text):
                stop = index  # the next item: this fence was never closed
                break
        for number, text in self._lines[self.at : stop]:
            body.append((number, text[min(column, indent_of(text)) :]))
        self.at = stop

    def _canonical_item(self, body: list[Line], marker: str) -> list[Line]:
        number = body[0][0]
        chunks = Scanner(body, self.definitions, self._depth + 1).chunks()
        lines = join(chunks, in_item=True) or [(number, "\u00a0")]
        if chunks and chunks[0].kind == "paragraph":
            task = TASK.match(lines[0][1])
            if task is not None:
                lines[0] = (number, ("☐ " if task[1] == " " else "☑ ") + lines[0][1][task.end() :])
        return [
            (source, (marker if index == 0 else "    ") + line if line.strip() else "")
            for index, (source, line) in enumerate(lines)
        ]


def join(chunks: list[Chunk], in_item: bool = False) -> list[Line]:
    """Put chunks under each other with the blank lines that Python-Markdown needs."""
    lines: list[Line] = []
    before = ""
    for chunk in chunks:
        if lines and not (in_item and before == "paragraph" and chunk.kind == "list"):
            lines.append((chunk.first, ""))
        lines.extend(chunk.lines)
        before = chunk.kind
    return lines
