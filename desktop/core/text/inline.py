"""What stands inside the lines: links and tags, found in one pass from left to right.

Only a few characters can begin anything (a bracket, a tick, a dollar sign, ...); the pass jumps from one to
the next. Open brackets wait on a stack until their partner comes, so nesting costs nothing. Whatever looks for
a closing mark looks no further than the end of its paragraph, and in vain at most once there for each kind.
"""

import html
import re
from urllib.parse import unquote

from desktop.core.records import Link, LinkKind
from desktop.core.text.code_spans import code_spans
from desktop.core.text.link_definitions import fold_label
from desktop.core.text.masks import Masks
from desktop.core.text.plain import plain_text

# One set of characters and no alternatives: only such a search runs at full speed (5 times as fast).
_TOKEN = re.compile(r"[\\`$<\[\]#:]")
_WIKI = re.compile(r"\[\[([^\[\]\n]{1,500}+)\]\]")
_REFERENCE = re.compile(r"\[((?:[^\[\]\\]++|\\.)*+)\]", re.DOTALL)
_TICKS = re.compile(r"`+")
_RUN = re.compile(r"\[{9,}|#{2,}")  # of brackets, only the last few can belong to a link
_AUTOLINK = re.compile(r"<([a-zA-Z][a-zA-Z0-9+.-]{1,31}:[^\s<>]*+)>")
_HTML_TAG = re.compile(r"</?[a-zA-Z][^<>]*+>")
_TAG = re.compile(r"#(\w[\w/-]*+)")
_ADDRESS = re.compile(r"://[^\s<>\"`{}|\\^\[\]«»“”„…]++")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]+:|//")
_SIMPLE_TARGET = re.compile(r"\([ \t]*+([^\s()<\\]*+)[ \t]*+\)")
_SPACE = re.compile(r"[ \t]*+(?:\n[ \t]*+)?")
_POINTED = re.compile(r"<((?:[^<>\n\\]++|\\.)*+)>")
_TARGET_STEP = re.compile(r"\\.|\([ \t]*+(?:\n[ \t]*+)?|\)|\s")
_TITLE = re.compile(r'"(?:[^"\\]++|\\.)*+"|\'(?:[^\'\\]++|\\.)*+\'|\((?:[^()\\]++|\\.)*+\)', re.DOTALL)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])|(&(?:#[xX][0-9a-fA-F]{1,6}|#[0-9]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});)")
_MAX_LABEL = 999  # of a reference, as in CommonMark
_NEVER = 1 << 62


def scan_inline(masks: Masks) -> tuple[list[Link], list[str]]:
    """Return the links, ascending, and the tags of a text as they occur."""
    return _Scanner(masks).scan()


def passed_spans(masks: Masks) -> list[tuple[int, int]]:
    """Return the inline code, formulas and HTML tags of a text, ascending."""
    scanner = _Passing(masks)
    scanner.scan()
    return scanner.passed


def wiki_link(match: re.Match[str], begin: int, kind: LinkKind) -> Link:
    """Read what stands between `[[` and `]]`: `Note#Heading|label`; in tables a backslash stands before the bar."""
    written, bar, label = match[1].partition("|")
    if bar and written.endswith("\\"):
        written = written[:-1]
    name, _, anchor = written.partition("#")
    target, anchor = name.strip(), anchor.strip()
    start = match.start(1) + (len(name) - len(name.lstrip()) if target else 0)
    shown = label.strip() or (written.strip() if target else anchor)
    return Link(kind, target, anchor, shown, begin, match.end(), start, start + len(target))


class _Scanner:
    """The state of the one pass: where it is, and which brackets are open."""

    def __init__(self, masks: Masks) -> None:
        self.text = masks.text
        self.masks = masks
        self.links: list[Link] = []
        self.tags: list[tuple[int, str]] = []
        self.bare: list[int] = []  # indices of links that may turn out to be the label of another
        self.dropped: set[int] = set()
        self.open: list[tuple[int, bool]] = []  # (offset of "[", whether an image)
        self.dead = 0  # below this height the open brackets hold a link already
        self.limit = 0  # end of the paragraph
        self.consumed = 0
        self.code: list[tuple[int, int]] | None = None  # of the paragraph, once asked for
        self.address_ends: dict[int, int] | None = None  # of the paragraph, once asked for
        self.in_vain: set[str] = set()  # closing marks that do not come in this paragraph
        self.label_budget = 2 * len(self.text) + 10_000  # images nested in images would cost the square

    def scan(self) -> tuple[list[Link], list[str]]:
        """Go through the text once."""
        text, search = self.text, _TOKEN.search
        masks, breaks = iter([*self.masks.spans, (_NEVER, _NEVER)]), iter([*self.masks.breaks, len(text)])
        mask_start, mask_end = next(masks)
        position = self.consumed = self.masks.start
        handlers = {
            "\\": self._backslash, "`": self._ticks, "$": self._dollar, "<": self._pointed,
            "[": self._opening, "]": self._closing, "#": self._tag, ":": self._address,
        }  # fmt: skip
        while match := search(text, position):
            place = match.start()
            while place >= mask_end:
                mask_start, mask_end = next(masks)
            if place >= mask_start:
                position = self.consumed = mask_end
                continue
            if place >= self.limit:
                while self.limit <= place:
                    self.limit = next(breaks)
                self._new_paragraph()
            position = handlers[text[place]](place)
            self.consumed = position
        links = self.links
        if self.dropped:
            links = [link for index, link in enumerate(links) if index not in self.dropped]
        links.sort(key=_start)
        return links, [tag for _, tag in self.tags]

    def _new_paragraph(self) -> None:
        self.open.clear()
        self.dead = 0
        self.code = None
        self.address_ends = None
        self.in_vain.clear()

    def _find(self, closing: str, position: int) -> int:
        """Return the offset of a closing mark in this paragraph, or -1."""
        if closing in self.in_vain:
            return -1
        found = self.text.find(closing, position, self.limit)
        if found < 0:
            self.in_vain.add(closing)
        return found

    def _backslash(self, place: int) -> int:
        following = self.text[place + 1 : place + 2]
        if following in ("[", "("):
            found = self._find("\\]" if following == "[" else "\\)", place + 2)
            if found >= 0:
                return found + 2
        return place + 2

    def _ticks(self, place: int) -> int:
        """Pass over inline code."""
        if self.code is None:
            self.code = code_spans(self.text, place, self.limit)
            self.code.reverse()
        while self.code and self.code[-1][1] <= place:
            self.code.pop()
        if self.code and self.code[-1][0] == place:
            return self.code.pop()[1]
        ticks = _TICKS.match(self.text, place)
        return ticks.end() if ticks else place + 1

    def _dollar(self, place: int) -> int:
        """Pass over a formula: `$x$`, no blank inside its ends, no digit after, no letter before."""
        text = self.text
        if text.startswith("$$", place):
            found = self._find("$$", place + 2)
            return found + 2 if found >= 0 else place + 2
        if text[place + 1 : place + 2].isspace() or (place and text[place - 1].isalnum()):
            return place + 1
        found = self._find("$", place + 1)
        while found > 0 and text[found - 1] == "\\":
            found = self._find("$", found + 1)
        if found < 0 or text[found - 1].isspace() or text[found + 1 : found + 2].isdigit():
            return place + 1
        return found + 1

    def _pointed(self, place: int) -> int:
        """Read `<https://…>`; pass over an HTML tag."""
        following = self.text[place + 1 : place + 2]
        if not (following.isalpha() or following == "/"):
            return place + 1
        if match := _AUTOLINK.match(self.text, place, self.limit):
            start, end = match.span(1)
            self._add_bare(match[1], place, match.end(), start, end)
            return match.end()
        tag = _HTML_TAG.match(self.text, place, self.limit)
        return tag.end() if tag else place + 1

    def _address(self, place: int) -> int:
        """Read an address that stands without brackets."""
        text = self.text
        if not text.startswith("://", place):
            return place + 1
        start = place - 5 if text.startswith("https", max(place - 5, 0)) else place - 4
        if start < self.consumed or not text.startswith("http", start) or text[start - 1 : start].isalnum():
            return place + 3
        match = _ADDRESS.match(text, place, self.limit)
        if match is None:
            return place + 3
        end = _trimmed(text, place + 3, match.end())
        if end > place + 3:
            self._add_bare(text[start:end], start, end, start, end)
        return max(end, place + 3)

    def _add_bare(self, address: str, start: int, end: int, target_start: int, target_end: int) -> None:
        self.bare.append(len(self.links))
        self.links.append(Link(LinkKind.URL, address, "", address, start, end, target_start, target_end))

    def _tag(self, place: int) -> int:
        if run := _RUN.match(self.text, place):
            return run.end()
        before = self.text[place - 1] if place > self.masks.start else " "
        match = _TAG.match(self.text, place, self.limit)
        if match is None or not (before.isspace() or before in "([{,;«\"'—"):
            return match.end() if match else place + 1
        tag = match[1].strip("/-")
        if tag and not tag.replace("/", "").replace("-", "").isdigit():
            self.tags.append((place, tag))
        return match.end()

    def _opening(self, place: int) -> int:
        text = self.text
        if text.startswith("[[[[", place) and (run := _RUN.match(text, place, self.limit)):
            return run.end() - 4
        image = place > self.consumed and text[place - 1] == "!"
        if text.startswith("[[", place) and (match := _WIKI.match(text, place, self.limit)):
            follows = text.startswith("(", match.end())
            if match[1].strip() and not (follows and self._target(match.end())):
                link = wiki_link(match, match.start() - image, LinkKind.EMBED if image else LinkKind.WIKI)
                if link.target or link.anchor:
                    self.links.append(link)
                return match.end()
        self.open.append((place, image))
        return place + 1

    def _closing(self, place: int) -> int:
        """Close the innermost open bracket; an address or a definition makes it a link."""
        if not self.open:
            return place + 1
        opening, image = self.open.pop()
        height = len(self.open)
        alive = image or height >= self.dead
        self.dead = min(self.dead, height)
        if not alive:
            return place + 1
        found = self._target(place + 1) if self.text.startswith("(", place + 1) else None
        if found is None and self.masks.definitions:
            found = self._reference(opening, place)
        if found is None:
            return place + 1
        start, end, after = found
        self._forget_inside(opening)
        self._add(opening - (1 if image else 0), after, self._label(opening + 1, place), start, end, image)
        if not image:
            self.dead = height
        return after

    def _label(self, start: int, end: int) -> str:
        self.label_budget -= end - start
        return plain_text(self.text[start:end]) if self.label_budget > 0 else ""

    def _forget_inside(self, opening: int) -> None:
        """Drop the bare addresses and tags that turned out to be a link's label."""
        while self.bare and self.links[self.bare[-1]].start > opening:
            self.dropped.add(self.bare.pop())
        while self.tags and self.tags[-1][0] > opening:
            self.tags.pop()

    def _target(self, place: int) -> tuple[int, int, int] | None:
        """Read `(address "title")`; return the address's span and the offset after it all."""
        text, limit = self.text, self.limit
        if simple := _SIMPLE_TARGET.match(text, place, limit):
            return simple.start(1), simple.end(1), simple.end()
        start = self._space(place + 1)
        if text.startswith("<", start):
            pointed = _POINTED.match(text, start, limit)
            if pointed is None:
                return None
            start, end = pointed.span(1)
            position = pointed.end()
        else:
            end = position = self._address_end(place)
            if end < 0:
                return None
        after = self._space(position)
        if after > position and text[after : after + 1] in ('"', "'", "("):
            title = _TITLE.match(text, after, limit)
            if title is None:
                return None
            after = self._space(title.end())
        if after >= limit or text[after] != ")":
            return None
        return start, end, after + 1

    def _space(self, position: int) -> int:
        match = _SPACE.match(self.text, position, self.limit)
        return match.end() if match else position

    def _address_end(self, place: int) -> int:
        """Return the end of the address after a parenthesis, or -1; inner parentheses come in pairs.

        The pairs of a whole paragraph are found at once: one by one, `[](` over and over would cost the square.
        """
        if self.address_ends is None:
            self.address_ends = ends = {}
            waiting: list[int] = []
            for step in _TARGET_STEP.finditer(self.text, place, self.limit):
                mark = self.text[step.start()]
                if mark == "(":
                    waiting.append(step.start())
                elif mark == "\\":
                    continue
                elif waiting:
                    ends[waiting.pop()] = step.start()
                    if mark != ")":
                        waiting.clear()
        return self.address_ends.get(place, -1)

    def _reference(self, opening: int, place: int) -> tuple[int, int, int] | None:
        """Read `[label][name]`, `[name][]` or `[name]`; the address stands in the definition."""
        text, definitions = self.text, self.masks.definitions
        label = text[opening + 1 : place] if place - opening <= _MAX_LABEL else ""
        after = place + 1
        if text.startswith("[", after) and (match := _REFERENCE.match(text, after, self.limit)):
            name = match[1] if match.end() - after <= _MAX_LABEL else ""
            span = definitions.get(fold_label(name if name.strip() else label))
            if span:
                return span[0], span[1], match.end()
            if name.strip():
                return None
        span = definitions.get(fold_label(label)) if label.strip() else None
        return (span[0], span[1], after) if span else None

    def _add(self, begin: int, after: int, label: str, start: int, end: int, image: bool) -> None:
        """Keep a Markdown link; an address of the network is kept whole and as it is written."""
        written = self.text[start:end]
        if "\\" in written or "&" in written:
            written = _ESCAPED.sub(_unescaped, written)
        if _SCHEME.match(written):
            kind, target, anchor = LinkKind.URL, written, ""
        elif written.startswith("#"):
            kind, target, anchor = LinkKind.ANCHOR, "", _decoded(written[1:])
            end = start
        else:
            path, _, anchor = written.partition("#")
            kind, target, anchor = LinkKind.MARKDOWN, _decoded(path), _decoded(anchor)
            hash_mark = self.text.find("#", start, end)
            end = hash_mark if hash_mark >= 0 else end
        if image:
            kind = LinkKind.IMAGE
        self.links.append(Link(kind, target, anchor, label, begin, after, start, end))


class _Passing(_Scanner):
    """Takes down what is passed over, too."""

    def __init__(self, masks: Masks) -> None:
        super().__init__(masks)
        self.passed: list[tuple[int, int]] = []

    def _backslash(self, place: int) -> int:
        return self._take_down(place, super()._backslash(place))

    def _ticks(self, place: int) -> int:
        return self._take_down(place, super()._ticks(place))

    def _dollar(self, place: int) -> int:
        return self._take_down(place, super()._dollar(place))

    def _pointed(self, place: int) -> int:
        return self._take_down(place, super()._pointed(place))

    def _take_down(self, start: int, end: int) -> int:
        self.passed.append((start, end))
        return end


def _start(link: Link) -> int:
    return link.start


def _unescaped(match: re.Match[str]) -> str:
    return match[1] or html.unescape(match[2])


def _decoded(written: str) -> str:
    """Undo percent-encoding; what is not UTF-8 stays as it is written."""
    if "%" not in written:
        return written
    try:
        return unquote(written, errors="strict")
    except UnicodeDecodeError:
        return written


def _trimmed(text: str, start: int, end: int) -> int:
    """Return the end of a bare address without the punctuation of the sentence around it."""
    surplus = text.count(")", start, end) - text.count("(", start, end)
    while end > start:
        last = text[end - 1]
        if last == ")":
            if surplus <= 0:
                break
            surplus -= 1
        elif last == "(":
            surplus += 1
        elif last not in ".,;:!?'*_~":
            break
        end -= 1
    return end
