"""HTML that begins a line: where it ends, and which Markdown stands inside it.

HTML is stashed as it stands and put back before the sanitiser. It ends at a blank line, as in CommonMark; a tag that is
closed further down keeps all between together in one block, so that what stands there stays inside it.
"""

import re
from abc import ABC, abstractmethod

from desktop.core.markup.leaf_blocks import LeafScanner
from desktop.core.markup.line_rules import (
    HTML,
    HTML_AHEAD,
    HTML_AROUND,
    LOOK_AHEAD,
    Chunk,
    Definitions,
    Line,
    Stashed,
    indent_of,
    join,
)
from desktop.core.text.html_names import CLOSED_BY_TAG, HTML_BLOCKS, HTML_IN_LINES, HTML_LINES

_AROUND = re.compile(rf"<(/?)({'|'.join(sorted(HTML_AROUND))})(?=[\s/>]|$)", re.IGNORECASE)
_SUMMARY = re.compile(r"\s*((?:<details[^<>]*>\s*)?<summary[^<>]*>)(.*?)(</summary>)\s*", re.IGNORECASE)
_ALONE = re.compile(
    r"""(?:<[A-Za-z][A-Za-z0-9-]*+(?:\s++[A-Za-z_:][\w.:-]*+(?:\s*+=\s*+(?:[^\s"'=<>`]++|'[^']*+'|"[^"]*+"))?+)*+\s*+/?>"""
    r"|</[A-Za-z][A-Za-z0-9-]*+\s*+>)\s*+$"
)
_DECLARATIONS = (("<?", "?>"), ("<![CDATA[", "]]>"), ("<!", ">"))


class HtmlScanner(LeafScanner, ABC):
    """Reads blocks of HTML too."""

    readers = {**LeafScanner.readers, "<": ("_html",)}

    def __init__(self, lines: list[Line], definitions: Definitions, depth: int = 0, in_html: bool = False) -> None:
        super().__init__(lines, definitions, depth)
        self._in_html = in_html
        self._marked: dict[str, int] = {}  # a closing mark -> the line in which it stands next
        self._closings: dict[int, int] | None = None  # the line of a tag -> the line of the last that closes it

    @abstractmethod
    def _inside(self, lines: list[Line], in_html: bool = False) -> list[Chunk]:
        """Read the lines of a container that stands inside this one."""

    def _html_token(self, source: str) -> str:
        return self.definitions.keep(Stashed("html", source))

    def _html(self, text: str) -> Chunk | None:
        chunk = self._skip(text, "<!--", "-->") or self._declared(text)
        if chunk is not None or indent_of(text) > 3:
            return chunk
        found = HTML.match(text)
        tag = found[1].lower() if found else ""
        if tag not in HTML_BLOCKS and (tag in HTML_IN_LINES or not _ALONE.match(text.lstrip())):
            return None
        if tag not in HTML_BLOCKS and text.rstrip().endswith("/>"):
            return None  # nothing stands in it: the words below are Markdown
        first = self.at
        if tag in HTML_AROUND and not self._in_html and (end := self._group_end(first)):
            self.at = end
            return self._chunk("html", first, join(self._inside(self._lines[first:end], in_html=True)))
        if tag in HTML_LINES and (self._in_html or tag == "details"):
            return self._html_line(text)
        self.at = self._closing_tag(tag) or self._next_blank(first)
        return self._raw(first)

    def _raw(self, first: int) -> Chunk:
        return self._stashed(first, Stashed("html", "\n".join(text for _, text in self._lines[first : self.at])))

    def _html_line(self, text: str) -> Chunk:
        """Read one line of a fold; the words of its summary are Markdown."""
        first = self.at
        self.at += 1
        found = _SUMMARY.fullmatch(text)
        if found is None:
            while ">" not in text and self.at < min(first + 5, len(self._lines)):
                text = self._text(self.at)
                self.at += 1
            return self._raw(first)
        number = self._lines[first][0]
        line = f"{self._html_token(found[1])}{found[2].strip()}{self._html_token(found[3])}"
        return self._chunk("html", first, [(number, line)])

    def _declared(self, text: str) -> Chunk | None:
        """Read a processing instruction or CDATA, which may hold blank lines."""
        bare = text.lstrip()
        for opening, closing in _DECLARATIONS:
            if bare.startswith(opening) and (closing != ">" or bare[2:3].isalpha()):
                end = self._line_with(closing)
                if end is not None:
                    first, self.at = self.at, end
                    return self._raw(first)
        return None

    def _line_with(self, closing: str) -> int | None:
        """Return the index after the next line that holds a mark, case aside; None when none is near."""
        self.looked_at = max(self.looked_at, self.at + LOOK_AHEAD + 1)
        found = self._marked.get(closing, -1)
        if found < self.at:
            found = self.at
            while found < len(self._lines) and closing not in self._text(found).lower():
                found += 1
            self._marked[closing] = found
        return found + 1 if found < min(len(self._lines), self.at + LOOK_AHEAD) else None

    def _closing_tag(self, tag: str) -> int | None:
        """Return the index after the line that closes a tag whose content may hold blank lines."""
        return self._line_with(f"</{tag}") if tag in CLOSED_BY_TAG else None

    def _next_blank(self, index: int) -> int:
        while index < len(self._lines) and self._text(index).strip():
            index += 1
        return index

    def _group_end(self, first: int) -> int | None:
        """Return the index after the HTML that closes what begins in a line; None where nothing does."""
        self.looked_at = max(self.looked_at, first + HTML_AHEAD + 1)
        if self._closings is None:
            self._closings = self._paired(first)
        closing = self._closings.get(first, first)
        if closing == first or closing - first > HTML_AHEAD:
            return None
        tag = HTML.match(self._text(closing))
        lines = tag is not None and tag[1].lower() in HTML_LINES
        end = closing + 1 if lines else self._next_blank(closing)
        return end if end > self._next_blank(first) or lines else None

    def _paired(self, first: int) -> dict[int, int]:
        """Return for every line from one on the last line that closes a tag which is opened in it."""
        closings: dict[int, int] = {}
        waiting: dict[str, list[int]] = {}
        for index in range(first, len(self._lines)):
            text = self._text(index)
            if "<" not in text:
                continue
            for found in _AROUND.finditer(text):
                tag = found[2].lower()
                if not found[1]:
                    waiting.setdefault(tag, []).append(index)
                elif waiting.get(tag):
                    opened = waiting[tag].pop()
                    closings[opened] = max(index, closings.get(opened, index))
        return closings
