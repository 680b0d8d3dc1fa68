"""The block between two lines `---` at a text's head, read as strings and lists of strings.

It is written by hand, by other programs and by strangers, so a value is never turned into a date, a number
or a truth (`no` stays "no", `010` stays "010") and `- #tag` is no comment. Nested maps are flattened: `b:` below
`a:` becomes the key "a.b". Anchors, references and type tags mean nothing here. What goes over a limit or
makes no sense is left out and told in `problem`; the note's text is never touched.
"""

import re

from desktop.core.records import FrontMatter

MAX_CHARACTERS = 64 * 1024
MAX_KEYS = 1_000
MAX_DEPTH = 8

_OPENING = re.compile(r"\ufeff?---[ \t]*+\r?\n")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*+\r?$", re.MULTILINE)
_KEY = re.compile(
    r"""("(?:[^"\\]++|\\.)*+"|'[^']*+'"""  # quoted
    r"""|[^\s#"'\[\]{},&*!|>%@`-][^:\n]*+(?::(?![ \t]|$)[^:\n]*+)*+)[ \t]*:(?=[ \t]|$)"""
)
_COMMENT = re.compile(r"[ \t]#(?=[ \t]|$)")
_BLOCK_SCALAR = re.compile(r"[|>][+-]?\d?[+-]?$")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", "e": "\x1b", "_": "\u00a0"}
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(.))", re.DOTALL)


def read_front_matter(text: str) -> FrontMatter:
    """Read the front matter of a text; without one `end` is 0 and `values` empty."""
    if not text.startswith(("---", "\ufeff---")):
        return FrontMatter()
    opening = _OPENING.match(text)
    if opening is None:
        return FrontMatter()
    closing = _CLOSING.search(text, opening.end())
    if closing is None:
        head = text[opening.end() : opening.end() + 1_000]
        if _KEY.match(head.partition("\n")[0].rstrip("\r")):
            return FrontMatter(problem="The front matter has no closing line “---”.")
        return FrontMatter()
    end = closing.end() + 1 if closing.end() < len(text) else closing.end()
    block = text[opening.end() : min(closing.start(), opening.end() + MAX_CHARACTERS)]
    reader = _Reader(block)
    if closing.start() - opening.end() > MAX_CHARACTERS:
        reader.problem = "The front matter is larger than 64 KB; what follows was not read."
    reader.read()
    if not reader.keys and block.strip() and not reader.commented:
        return FrontMatter()  # two rules with prose between them
    return FrontMatter(end, reader.values, reader.problem)


class _Reader:
    """A position in the lines of a block, and what was read so far."""

    def __init__(self, block: str) -> None:
        self.lines = [line.rstrip() for line in block.replace("\r", "").split("\n")]
        self.index = 0
        self.values: dict[str, str | tuple[str, ...]] = {}
        self.parents: list[tuple[int, str]] = []  # (indentation, full key) of the open maps
        self.keys = 0
        self.commented = False
        self.problem = ""

    def read(self) -> None:
        """Read the block line by line."""
        while self.index < len(self.lines):
            line = self.lines[self.index]
            self.index += 1
            bare = line.lstrip()
            if not bare:
                continue
            if bare[0] == "#":
                self.commented = True
                continue
            match = _KEY.match(bare)
            if match is None:
                self._complain(f"This line of the front matter could not be read: {bare[:60]}")
                continue
            if self.keys >= MAX_KEYS:
                self._complain("The front matter has more than 1,000 keys; the rest was not read.")
                return
            self.keys += 1
            self._entry(len(line) - len(bare), unquoted(match[1].strip()), bare[match.end() :].strip())

    def _complain(self, problem: str) -> None:
        self.problem = self.problem or problem

    def _entry(self, indent: int, key: str, rest: str) -> None:
        """Read the value of a key, which may go on in the following lines."""
        while self.parents and self.parents[-1][0] >= indent:
            self.parents.pop()
        name = key.lower()
        if self.parents:
            name = f"{self.parents[-1][1]}.{name}"
        if len(self.parents) >= MAX_DEPTH:
            self._complain("The front matter is nested more than 8 levels deep; the rest was not read.")
            self.index = len(self.lines)
            return
        if rest[:1] != "#" or rest[1:2].strip():
            rest = rest if rest[:1] in ("'", '"') else _without_comment(rest)
        else:
            rest = ""
        if rest:
            self.values[name] = self._value(rest, indent)
            return
        following = self._peek()
        width = len(following) - len(following.lstrip())
        if following.lstrip().startswith("- ") or following.strip() == "-":
            self.values[name] = self._block_list(indent, width) if width >= indent else ""
        elif width > indent and not _KEY.match(following.lstrip()):
            self.values[name] = self._value(self._continued("", indent), indent)
        elif width > indent:
            self.parents.append((indent, name))
        else:
            self.values[name] = ""

    def _peek(self) -> str:
        """Return the next line that says something, without leaving the place."""
        for index in range(self.index, len(self.lines)):
            bare = self.lines[index].lstrip()
            if bare and not (bare[0] == "#" and not bare[1:2].strip()):
                self.index = index
                return self.lines[index]
        self.index = len(self.lines)
        return ""

    def _value(self, rest: str, indent: int) -> str | tuple[str, ...]:
        """Read a scalar or an inline list from the rest of a line."""
        if _BLOCK_SCALAR.match(rest):
            return self._block_scalar(indent, rest[0])
        if rest[0] == "[" and not (rest.startswith("[[") and rest.endswith("]]") and rest.count("[[") == 1):
            whole = self._continued(rest, indent, closing="]")
            items = _inline_list(whole)
            if items is None:
                self._complain("A list in the front matter is not closed, or nested too deep.")
                return whole
            return items
        if rest[0] in "'\"":
            quoted, closed = _quoted(rest)
            if closed:
                return quoted
            whole = self._continued(rest, indent)
            quoted, closed = _quoted(whole)
            if not closed:
                self._complain("A quotation in the front matter is not closed.")
            return quoted if closed else whole
        return self._continued(rest, indent)

    def _continued(self, rest: str, indent: int, closing: str = "") -> str:
        """Join the deeper lines that follow to a value; an inline list may close at its key's own column."""
        parts = [rest] if rest else []
        while self.index < len(self.lines):
            line = self.lines[self.index]
            bare = line.lstrip()
            if bare and len(line) - len(bare) <= indent and not (closing and bare.startswith(closing)):
                break
            if not bare and not closing:
                break
            self.index += 1
            if bare:
                parts.append(bare if closing else _without_comment(bare))
        return " ".join(parts)

    def _block_scalar(self, indent: int, style: str) -> str:
        """Read the indented lines of `|` (as they stand) or `>` (joined)."""
        taken: list[str] = []
        while self.index < len(self.lines):
            line = self.lines[self.index]
            bare = line.lstrip()
            if bare and len(line) - len(bare) <= indent:
                break
            taken.append(line)
            self.index += 1
        margin = min((len(line) - len(line.lstrip()) for line in taken if line), default=0)
        stripped = [line[margin:] for line in taken]
        return "\n".join(stripped).strip("\n") if style == "|" else " ".join(" ".join(stripped).split())

    def _block_list(self, indent: int, width: int) -> tuple[str, ...]:
        """Read the lines `- item`; deeper lines belong to the item above them."""
        items: list[str] = []
        while self.index < len(self.lines):
            line = self.lines[self.index]
            bare = line.lstrip()
            here = len(line) - len(bare)
            if not bare or (bare[0] == "#" and not bare[1:2].strip()):
                self.index += 1
                continue
            if here == width and (bare.startswith("- ") or bare == "-"):
                items.append(_scalar(bare[1:].strip()))
            elif here > width and here > indent and items:
                items[-1] = f"{items[-1]}\n{bare}".strip()
            else:
                break
            self.index += 1
        return tuple(item for item in items if item)


def _without_comment(value: str) -> str:
    """Cut a comment off; it needs a blank on both sides of its `#`, as tags are written `#tag`."""
    comment = _COMMENT.search(value)
    return value[: comment.start()].rstrip() if comment else value


def _scalar(value: str) -> str:
    """Return a single value without its quotation marks or comment."""
    if value[:1] in ("'", '"'):
        quoted, closed = _quoted(value)
        return quoted if closed else value
    return _without_comment(value)


def _quoted(value: str) -> tuple[str, bool]:
    """Return what stands between the quotation marks at the start, and whether they are closed."""
    mark = value[0]
    position = 1
    while (found := value.find(mark, position)) >= 0:
        if mark == "'" and value[found + 1 : found + 2] == "'":
            position = found + 2
            continue
        if mark == '"':
            slashes = found - len(value[position:found].rstrip("\\")) - position
            if slashes % 2:
                position = found + 1
                continue
        inner = value[1:found]
        return (inner.replace("''", "'") if mark == "'" else _ESCAPE.sub(_unescape, inner)), True
    return value, False


def _unescape(match: re.Match[str]) -> str:
    if code := match[1] or match[2]:
        number = int(code, 16)
        return "\ufffd" if 0xD800 <= number < 0xE000 else chr(number)
    return _ESCAPES.get(match[3], match[3])


def unquoted(value: str) -> str:
    """Return a key or a value without its quotation marks."""
    return _quoted(value)[0] if value[:1] in ("'", '"') else value


_INLINE_TOKEN = re.compile(r"""[\[\]{},]|"(?:[^"\\]|\\.)*+"|'(?:[^']|'')*+'|[^\[\]{},"']++|["']""")


def _inline_list(value: str) -> tuple[str, ...] | None:
    """Read `[a, "b, c"]`; lists within are kept as text; None when it is not closed or too deep."""
    items: list[str] = []
    part: list[str] = []
    depth = 0
    for token in _INLINE_TOKEN.findall(value):
        if token in ("[", "{"):
            depth += 1
            if depth > MAX_DEPTH:
                return None
            if depth == 1:
                continue
        elif token in ("]", "}"):
            depth -= 1
            if depth == 0:
                items.append("".join(part).strip())
                return tuple(scalar for item in items if (scalar := _scalar(item)))
        elif token == "," and depth == 1:
            items.append("".join(part).strip())
            part = []
            continue
        part.append(token)
    return None
