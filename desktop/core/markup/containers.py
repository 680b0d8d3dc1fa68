"""From lines to blocks: the part of the normaliser that knows what holds other blocks.

A *chunk* is one block in canonical Markdown: what Python-Markdown reads in only one way (nested lists four blanks
deep, a blank line between any two blocks, `1.` for `1)`, `#` for underlined headings). What is no Markdown
any more (code, displayed math, HTML, a callout's kind) is *stashed*: a token of noncharacters stands for it, so
Python-Markdown never sees it. Every canonical line keeps the number of the source line it came from.
"""

import re
from itertools import pairwise

from desktop.core.markup.html_blocks import HtmlScanner
from desktop.core.markup.line_rules import (
    CALLOUT,
    EMPTY,
    FOOTNOTE,
    HEADING,
    LIST_AT_ONCE,
    LOOK_AHEAD,
    MARKER,
    MEANING,
    QUOTE,
    TASK,
    TIGHT,
    Chunk,
    Line,
    Stashed,
    closes_fence,
    indent_of,
    is_rule,
    join,
    opens_fence,
    opens_list,
)


class Scanner(HtmlScanner):
    """Reads the lines of one container, top down, into chunks."""

    readers = {
        **HtmlScanner.readers,
        **dict.fromkeys("+0123456789", ("_list",)),
        **dict.fromkeys("-*", ("_rule", "_list")),
        ">": ("_quote",),
        "[": ("_footnote", "_definition"),
    }

    def _paragraph(self, shallow: bool = True) -> Chunk:
        return self._meanings() if shallow and self._is_term(self.at) else super()._paragraph(shallow)

    def _inside(self, lines: list[Line], in_html: bool = False) -> list[Chunk]:
        return Scanner(lines, self.definitions, self._depth + 1, in_html).chunks()

    # --- footnotes and definition lists ----------------------------------------------------------------------

    def _footnote(self, text: str) -> Chunk | None:
        found = FOOTNOTE.match(text)
        if found is None:
            return None
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

    def _meanings(self) -> Chunk:
        """Read terms, each with the lines below that begin with a colon and say what it means."""
        first = self.at
        lines: list[Line] = []
        while self.at < len(self._lines) and self._is_term(self.at):
            number, term = self._lines[self.at]
            opening = "<dt>" if lines else "<dl><dt>"
            lines.append((number, f"{self._html_token(opening)}{term.strip()}{self._html_token('</dt>')}"))
            self.at += 1
            while self.at < len(self._lines) and MEANING.match(self._text(self.at)):
                lines.extend(self._meaning())
            following = self._after_blanks(self.at)
            self.looked_at = max(self.looked_at, following + 2)
            if self._is_term(following):
                self.at = following
        number = lines[-1][0]
        lines.extend(((number, ""), (number, self._html_token("</dl>"))))
        return self._chunk("definitions", first, lines)

    def _meaning(self) -> list[Line]:
        number, text = self._lines[self.at]
        found = MEANING.match(text)
        body = [(number, text[found.end() if found else 0 :])]
        self.at += 1
        while self.at < len(self._lines):
            number, text = self._lines[self.at]
            if not text.strip():
                following = self._after_blanks(self.at)
                if following >= len(self._lines) or indent_of(self._text(following)) < 2:
                    break
                if MEANING.match(self._text(following)):
                    break
                body.extend((blank, "") for blank, _ in self._lines[self.at : following])
                self.at = following
                continue
            if MEANING.match(text) or (indent_of(text) < 2 and (self._interrupts(self.at) or not body[-1][1])):
                break
            body.append((number, text[min(4, indent_of(text)) :]))
            self.at += 1
        if self.at < len(self._lines) and MEANING.match(self._text(self._after_blanks(self.at, len(self._lines) - 1))):
            self.at = self._after_blanks(self.at)
        chunks = self._inside(body)
        opening, closing = self._html_token("<dd>"), self._html_token("</dd>")
        if len(chunks) == 1 and chunks[0].kind == "paragraph":
            inner = chunks[0].lines
            inner = [(inner[0][0], opening + inner[0][1]), *inner[1:]]
            return [(inner[0][0], ""), *inner[:-1], (inner[-1][0], inner[-1][1] + closing)]
        first, last = body[0][0], body[-1][0]
        return [(first, ""), (first, opening), (first, ""), *join(chunks), (last, ""), (last, closing)]

    def _after_blanks(self, index: int, most: int | None = None) -> int:
        most = len(self._lines) if most is None else most
        while index < most and not self._text(index).strip():
            index += 1
        return index

    # --- quotes ----------------------------------------------------------------------------------------------

    def _quote(self, text: str) -> Chunk | None:
        if QUOTE.match(text) is None:
            return None
        first = self.at
        inner: list[Line] = []
        fence, margin = "", 0
        lazy = False  # whether the paragraph may go on without its mark
        while self.at < len(self._lines):
            number, text = self._lines[self.at]
            found = QUOTE.match(text)
            if found is None and (not text.strip() or not lazy or self._interrupts(self.at)):
                break
            line = found[1] if found else text
            opened = None if fence else opens_fence(line)
            closed = bool(fence) and closes_fence(line, fence, margin)
            if opened is not None:
                fence, margin = opened[1], indent_of(line)
            code = indent_of(line) >= 4 and not lazy and MARKER.match(line) is None
            lazy = bool(line.strip()) and not fence and not code and not is_rule(line) and HEADING.match(line) is None
            fence = "" if closed else fence
            inner.append((number, line))
            self.at += 1
        callout = CALLOUT.fullmatch(inner[0][1])
        head: list[Line] = []
        if callout is not None:
            kind, fold, title = callout.groups()
            token = self.definitions.keep(Stashed("callout", title, kind.lower() + fold))
            head = [(inner[0][0], token + (title or kind.capitalize()))]
            inner = inner[1:]
        lines = join(self._inside(inner))
        if head:
            lines = [*head, (head[0][0], ""), *lines]
        return self._chunk("quote", first, [(number, f"> {line}" if line else ">") for number, line in lines])

    # --- lists -----------------------------------------------------------------------------------------------

    def _list(self, text: str) -> Chunk | None:
        marker = opens_list(text, in_paragraph=False)
        if marker is None:
            return None
        first = self.at
        kind = marker[2][-1]  # the bullet, or what stands behind the number
        number = int(marker[2][:-1]) if marker[2][0].isdigit() else -1
        items: list[tuple[int, list[Chunk]]] = []
        loose = False
        while marker is not None and marker[2][-1] == kind and not is_rule(self._text(self.at)):
            body, spaced = self._item(marker)
            chunks = self._inside(body)
            items.append((body[0][0], chunks))
            loose = loose or _has_gap(body, chunks)
            if self.at >= len(self._lines):
                break
            marker = opens_list(self._text(self.at), in_paragraph=False)
            if len(items) >= LIST_AT_ONCE and self._begins_part(marker, number + len(items) if number >= 0 else -1):
                break
            loose = loose or (spaced and marker is not None and marker[2][-1] == kind)
        lines: list[Line] = []
        for index, (line, chunks) in enumerate(items):
            if lines:
                lines.append((line, ""))
            lines.extend(self._canonical_item(line, chunks, "- " if number < 0 else f"{number + index}. ", not loose))
        return self._chunk("list", first, lines)

    def _begins_part(self, marker: re.Match[str] | None, number: int) -> bool:
        """Tell whether a long list can be read on from an item as if it was another: its number is the one due."""
        if self._depth or marker is None:
            return False
        return number < 0 or marker[2][:-1] == str(number)

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
        blanks: list[Line] = []
        lazy = fence is None
        empty = not body[0][1].strip()
        while self.at < len(self._lines):
            number, text = self._lines[self.at]
            if not text.strip():
                blanks.append((number, ""))
                self.at += 1
                continue
            indent = indent_of(text)
            if indent < enough and (blanks or not lazy or self._leaves_item(self.at)):
                break
            if empty and blanks and len(body) == 1:
                break  # an item that begins with a blank line ends there
            body.extend(blanks)
            blanks = []
            body.append((number, text[min(indent, column) :]))
            self.at += 1
            fence = opens_fence(body[-1][1]) if indent >= enough else None
            lazy = fence is None and HEADING.match(body[-1][1]) is None
            if fence is not None:
                self._fenced_lines(body, fence[1], column, enough)
        return body, bool(blanks)

    def _leaves_item(self, index: int) -> bool:
        return MARKER.match(self._text(index)) is not None or self._interrupts(index)

    def _fenced_lines(self, body: list[Line], opening: str, column: int, enough: int) -> None:
        """Take code into an item up to its closing fence, even where it is not indented."""
        stop = min(self.at + LOOK_AHEAD, len(self._lines))
        self.looked_at = max(self.looked_at, self.at + LOOK_AHEAD)
        for index in range(self.at, stop):
            if closes_fence(self._text(index), opening, column):
                stop = index + 1
                break
            text = self._text(index)
            if text.strip() and indent_of(text) < enough and MARKER.match(text):
                stop = index  # the next item: this fence was never closed
                break
        for number, text in self._lines[self.at : stop]:
            body.append((number, text[min(column, indent_of(text)) :]))
        self.at = stop

    def _canonical_item(self, number: int, chunks: list[Chunk], marker: str, tight: bool) -> list[Line]:
        lines = join(chunks, tight)
        if not chunks or chunks[0].kind != "paragraph":
            lines = [(number, EMPTY), *([(number, ""), *lines] if lines else [])]
        else:
            words = lines[0][1].removeprefix(TIGHT)
            task = TASK.match(words)
            if task is not None:
                box = self.definitions.keep(Stashed("task", task[1].lower(), str(number)))
                lines[0] = (number, f"{TIGHT if tight else ''}{box} {words[task.end() :]}")
        return [
            (source, (marker if index == 0 else "    ") + line if line else "")
            for index, (source, line) in enumerate(lines)
        ]


def _has_gap(body: list[Line], chunks: list[Chunk]) -> bool:
    """Tell whether a blank line stands between two blocks of an item."""
    blanks = (number for number, line in body if not line.strip())
    blank = next(blanks, None)
    for before, after in pairwise(chunks):
        while blank is not None and blank <= before.last:
            blank = next(blanks, None)
        if blank is not None and blank < after.first:
            return True
    return False
