"""The lines of a text: which are headings, and which are no prose.

A *mask* is a span where nothing is a link, a tag or a heading: code blocks, comments (`<!-- -->`, `%% %%`),
display math, raw HTML such as <pre>, link definitions. A *break* is an offset over which no link, code span
or formula reaches: the start of a paragraph, list item, table row or heading. Everything is found in one
pass over the lines that are not blank; every search for a closing mark that fails is remembered, so that no
text costs more than linear time. Offsets are those of the text as given: line ends and a byte order mark are
evened out only in a copy of the same length.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from desktop.core.text.code_spans import code_spans
from desktop.core.text.frontmatter import read_front_matter
from desktop.core.text.html_names import CLOSED_BY_TAG, HTML_BLOCKS, HTML_IN_LINES, HTML_LINES, RAW_HTML
from desktop.core.text.link_definitions import read_definition

_LINE = re.compile(r"(?:[^\S\n]*+\n)*+([ \t]*+)[^\S\n]*+(\S[^\n]*+)")  # and the blank lines before it
_ATX = re.compile(r"(#{1,6})(?:[ \t]++|$)")
_UNDERLINE = re.compile(r"(?:=++|-++)\s*$")
_RULE = re.compile(r"(?:(?:-[ \t]*+){3,}+|(?:\*[ \t]*+){3,}+|(?:_[ \t]*+){3,}+)$")
_ITEM = re.compile(r"(?:[-*+]|\d{1,9}[.)])(?=[ \t]|$)[ \t]*+")
_QUOTE = re.compile(r"(?:[ \t]*+>)*+[ \t]*+")
_FENCE = re.compile(r"(?:[ \t>]|[-*+][ \t]|\d{1,9}[.)][ \t])*+(`{3,}|~{3,})([^\n]*)")
_FENCE_END = re.compile(r"^[ \t>]*+(`{3,}|~{3,})[ \t]*+$", re.MULTILINE)
_NO_QUOTE = re.compile(r"^(?![ \t]*+>)", re.MULTILINE)
_RAW_HTML = re.compile(rf"<({'|'.join(RAW_HTML)})(?=[\s>])", re.IGNORECASE)
_HTML_END = {name: re.compile(f"</{name}", re.IGNORECASE) for name in CLOSED_BY_TAG}
_HTML = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)(?=[\s/>]|$)")
_HTML_ALONE = re.compile(r"</?[a-zA-Z][^<>]*+(?<!/)>\s*+$")
_BLANK_LINE = re.compile(r"\n[^\S\n]*+\n")
_COMMENT = re.compile(r"<!--|%%")
_SPECIAL = frozenset("#`~=-*+>$<[|_0123456789%")
_MUCH = 99  # lines of a paragraph that can be no underlined heading: a list item, a quote, HTML
_MAX_DEFINITION = 12  # lines of one
_TABLE_RULE = frozenset("|:- \t")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading line; the content is what stands after the hashes."""

    level: int
    start: int
    content_start: int
    content_end: int


@dataclass(slots=True)
class Masks:
    """What the lines of one text are; `text` is the evened copy, of the same length as the original."""

    text: str
    start: int
    spans: list[tuple[int, int]] = field(default_factory=list)  # ascending, disjoint
    breaks: list[int] = field(default_factory=list)  # ascending
    html: list[tuple[int, int]] = field(default_factory=list)  # those of the spans that a reader sees as HTML
    headings: list[Heading] = field(default_factory=list)
    definitions: dict[str, tuple[int, int]] = field(default_factory=dict)  # folded label -> address


def read_masks(text: str, body_start: int = 0, headings: int | None = None) -> Masks:
    """Read the lines of a text from `body_start`; with 0 a front matter is looked for and left out.

    `headings` is the number of headings after which reading ends.
    """
    start = body_start or read_front_matter(text).end
    return _Reader(_evened(text), start).read(headings)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of a text, from a resting place (see `live_outline`) on."""

    masks: Masks
    resting: list[int]  # places where reading can begin, ascending
    stopped: int  # the resting place at which it ended; -1 for the end of the text
    endless: bool  # a mark is opened and never closed


def read_from(text: str, start: int, stops: Callable[[int], bool] = lambda place: False) -> Reading:
    """Read the lines of a text from an offset up to the first resting place at which `stops` says so."""
    reader = _Reader(_evened(text), start, stops)
    masks = reader.read()
    return Reading(masks, reader.resting, reader.stopped, bool(reader.unclosed))


def _evened(text: str) -> str:
    """Return a text of the same length whose line ends are all line feeds, without a byte order mark."""
    if "\r" in text:
        text = text.replace("\r\n", " \n").replace("\r", "\n")
    return " " + text[1:] if text.startswith("\ufeff") else text


class _Reader:
    """The state of the one pass: the open paragraph, the open list."""

    def __init__(self, text: str, start: int, stops: Callable[[int], bool] = lambda place: False) -> None:
        self.text = text
        self.stops = stops
        self.stopped = -1
        self.resting: list[int] = []
        self.masks = Masks(text, start)
        self.lines = 0  # of the open paragraph
        self.first = self.last = 0  # the open paragraph's first character, its first line's end
        self.content = 0  # column where the text of the open list item begins
        self.quoted = False
        self.outside = 0  # the first line behind the quote that a fence stood in last
        self.unclosed: set[str] = set()  # closing marks known not to come any more
        self.commented = "%%" in text or "<!--" in text

    def read(self, most: int | None = None) -> Masks:
        """Read all lines, or those up to the end of the heading with number `most`."""
        text, match_line, breaks = self.text, _LINE.match, self.masks.breaks
        previous_end = self.masks.start - 1  # of the line before, at its line feed
        while match := match_line(text, previous_end + 1):
            line_start, indented_to = match.span(1)
            first, end = match.span(2)
            if line_start > previous_end + 1 or not self.lines:
                if (line_start > previous_end + 1 or not breaks) and (indented_to == line_start or not self.content):
                    if self.stops(line_start):
                        self.stopped = line_start
                        break
                    self.resting.append(line_start)
                self.lines = 0
                self.quoted = False
                breaks.append(line_start)
            indent = indented_to - line_start
            if indent:
                if "\t" in match[1]:
                    indent = len(match[1].expandtabs(4))
                if not self.lines and self._code(line_start, end, indent):
                    previous_end = end
                    continue
            elif not self.lines:
                self.content = 0
            position = end
            if text[first] in _SPECIAL:
                position = self._special(line_start, first, end, indent)
            else:
                self._paragraph(first, end)
            if self.commented and position == end:
                position = self._comments(first, end)
            previous_end = position
            if most is not None and len(self.masks.headings) >= most:
                break
        return self.masks

    def _code(self, line_start: int, end: int, indent: int) -> bool:
        """Mask a line of indented code: after a blank line, four columns deeper than the list around."""
        if indent < self.content:
            self.content = indent if indent > 1 else 0
        if indent - self.content < 4:
            return False
        self._mask(line_start, end)
        return True

    def _paragraph(self, first: int, end: int) -> int:
        if not self.lines:
            self.first, self.last = first, end
        self.lines += 1
        return end

    def _mask(self, start: int, end: int) -> None:
        spans = self.masks.spans
        if spans and spans[-1][1] + 1 >= start:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))

    def _break(self, place: int) -> None:
        self.masks.breaks.append(place)
        self.lines = 0

    def _line_end(self, place: int) -> int:
        found = self.text.find("\n", place)
        return found if found >= 0 else len(self.text)

    def _special(self, line_start: int, first: int, end: int, indent: int) -> int:
        """Read a line whose first character may mean something; return where reading goes on."""
        text, mark = self.text, self.text[first]
        if mark == "#" and self._atx(line_start, first, end, indent):
            return end
        if mark in "=-" and self.lines == 1 and indent < 4 and _UNDERLINE.match(text, first, end):
            self._setext(mark, end)
            return end
        if mark in "-*_" and _RULE.match(text, first, end):
            self._break(line_start)
            return end
        if mark == "$" and text.startswith("$$", first):
            return self._until(first, first + 2, "$$", end)
        if mark == "<":
            return self._html(line_start, first, end)
        if mark == "%" and text.startswith("%%", first):
            return self._until(first, first + 2, "%%", end)
        if mark == "[" and not self.lines and (stop := self._definition(first, self._paragraph_end(end))) >= 0:
            return stop
        return self._container(line_start, first, end, indent)

    def _container(self, line_start: int, first: int, end: int, indent: int) -> int:
        """Read a list item, a quote, a table row, or a fence, which may stand in any of these."""
        text, mark = self.text, self.text[first]
        item = _ITEM.match(text, first, end) if mark in "-*+0123456789" else None
        if item:
            self.masks.breaks.append(line_start)
            self.content = indent + min(item.end() - first, 5)
            self.lines = _MUCH
            if text.startswith("[", item.end()):
                self._definition(item.end(), end)
        if text.find("```", first, end) >= 0 or text.find("~~~", first, end) >= 0:
            fence = _FENCE.match(text, first, end)
            if fence and not ("`" in fence[1] and "`" in fence[2]):
                self._break(line_start)
                return self._fence(fence, end)
        if mark == ">":
            if not self.quoted:
                self.masks.breaks.append(line_start)
            self.quoted = True
            self.lines = _MUCH
            if text.find("]:", first, end) >= 0:
                inside = _QUOTE.match(text, first, end)
                if inside and text.startswith("[", inside.end()):
                    self._definition(inside.end(), end)
        elif mark == "|":
            self.masks.breaks.append(line_start)
            self.lines = _MUCH
        elif not item:
            self._paragraph(first, end)
        return end

    def _atx(self, line_start: int, first: int, end: int, indent: int) -> bool:
        match = _ATX.match(self.text, first, end)
        if match is None or indent > 3:
            return False
        if self.text.find("|", first, end) >= 0 and self._rules_table(end):
            self._break(line_start)
            self.lines = _MUCH
            return True
        content = self.text[match.end() : end].rstrip()
        if content.endswith("#"):
            bare = content.rstrip("#")
            if not bare or bare[-1].isspace():
                content = bare.rstrip()
        self._break(line_start)
        self.content = 0
        if content:
            start = match.end()
            self.masks.headings.append(Heading(len(match[1]), first, start, start + len(content)))
        return True

    def _rules_table(self, end: int) -> bool:
        """Tell whether the line below divides a table's head from its rows."""
        below = self.text[end + 1 : self._line_end(end + 1)]
        return "|" in below and "-" in below and _TABLE_RULE.issuperset(below.rstrip())

    def _setext(self, mark: str, end: int) -> None:
        content = self.text[self.first : self.last].rstrip()
        level = 1 if mark == "=" else 2
        self.masks.headings.append(Heading(level, self.first, self.first, self.first + len(content)))
        self._break(end)

    def _fence(self, fence: re.Match[str], end: int) -> int:
        """Mask a fenced block up to its closing line, the end of its quote or the end of the text."""
        text, ticks = self.text, fence[1]
        limit = len(text)
        if ">" in text[fence.start() : fence.start(1)]:
            if self.outside <= end:
                outside = _NO_QUOTE.search(text, end)
                self.outside = outside.start() if outside else len(text) + 1
            limit = self.outside - 1
        stop = limit
        for closing in _FENCE_END.finditer(text, end, limit):
            if closing[1][0] == ticks[0] and len(closing[1]) >= len(ticks):
                stop = closing.end()
                break
        self._mask(fence.start(1), stop)
        return stop

    def _until(self, start: int, search_from: int, closing: str, end: int) -> int:
        """Mask from a line's start to a closing mark; without one it is an ordinary line."""
        found = -1 if closing in self.unclosed else self.text.find(closing, search_from)
        if found < 0:
            self.unclosed.add(closing)
            return self._paragraph(start, end)
        stop = found + len(closing)
        self.masks.breaks.append(start)
        self._mask(start, stop)
        if stop > end:
            self.masks.breaks.append(stop)
        line_end = self._line_end(stop)
        self.lines = _MUCH if self.text[stop:line_end].strip() else 0
        return self._comments(stop, line_end) if self.commented else line_end

    def _html(self, line_start: int, first: int, end: int) -> int:
        """Read a line that begins with HTML or a comment."""
        text = self.text
        if text.startswith("<!--", first):
            return self._until(first, first + 4, "-->", end)
        if raw := _RAW_HTML.match(text, first, end):
            closing = self._closing_tag(raw[1].lower(), raw.end())
            if closing:
                self._break(line_start)
                self._mask(first, closing.end())
                return self._line_end(closing.end())
        found = _HTML.match(text, first, end)
        name = found[1].lower() if found else ""
        if name in HTML_LINES or name in HTML_IN_LINES:
            self.lines = _MUCH
            return end
        if name in HTML_BLOCKS or (name and not self.lines and _HTML_ALONE.match(text, first, end)):
            self._break(line_start)
            closing = self._closing_tag(name, first + 2) if name in CLOSED_BY_TAG else None
            blank = None if closing else _BLANK_LINE.search(text, end)
            stop = self._line_end(closing.end()) if closing else blank.start() if blank else len(text)
            self._mask(first, stop)
            self.masks.html.append((first, stop))
            return stop
        return self._paragraph(first, end)

    def _closing_tag(self, name: str, position: int) -> re.Match[str] | None:
        closing = None if name in self.unclosed else _HTML_END[name].search(self.text, position)
        if closing is None:
            self.unclosed.add(name)
        return closing

    def _comments(self, position: int, end: int) -> int:
        """Mask the comments that begin in a line, outside of its code; return the last one's line end."""
        text = self.text
        if text.find("%%", position, end) < 0 and text.find("<!--", position, end) < 0:
            return end
        spans, index = code_spans(text, position, end), 0
        while match := _COMMENT.search(text, position, end):
            start = match.start()
            while index < len(spans) and spans[index][1] <= start:
                index += 1
            if index < len(spans) and spans[index][0] <= start:
                position = spans[index][1]
                continue
            found = self._comment_end(match, end)
            if found < 0:
                position = match.end()
                continue
            self._mask(start, found)
            position = found
            if found > end:
                end = self._line_end(found)
                spans, index = code_spans(text, position, end), 0
        return end

    def _comment_end(self, opening: re.Match[str], line_end: int) -> int:
        """Return the offset after the comment that begins here, or -1; `%%` must end in its line."""
        if opening[0] == "%%":
            found = self.text.find("%%", opening.end(), line_end)
            return found + 2 if found >= 0 else -1
        found = -1 if "-->" in self.unclosed else self.text.find("-->", opening.end())
        if found < 0:
            self.unclosed.add("-->")
            return -1
        return found + 3

    def _paragraph_end(self, end: int) -> int:
        """Return the end of the lines that a definition may reach over."""
        for _number in range(_MAX_DEFINITION - 1):
            below = self._line_end(end + 1)
            if end >= len(self.text) or not self.text[end + 1 : below].strip():
                break
            end = below
        return end

    def _definition(self, first: int, limit: int) -> int:
        """Keep a link definition, the first of a label; return where it ends, or -1."""
        found = read_definition(self.text, first, limit)
        if found is None:
            return -1
        self.masks.definitions.setdefault(found.label, found.address)
        self._mask(first, found.end)
        return found.end
