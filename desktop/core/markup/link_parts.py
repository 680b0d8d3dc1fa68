"""The parts of a link: `(address "title")`, `[label]`, and a definition `[label]: address "title"`."""

import html
import re

MAX_LABEL = 999
MOST_PARENTHESES = 32  # in each other, in an address; as in CommonMark's own program
_SPACE = re.compile(r"[ \t]*+(?:\n[ \t]*+)?")
_POINTED = re.compile(r"<((?:[^<>\n\\]++|\\.)*+)>")
_ADDRESS_STEP = re.compile(r"[^\x00-\x20()\\]++|\\[!-/:-@\[-`{-~]|\\|[()]")
_TITLE = re.compile(r'"((?:[^"\\]++|\\.)*+)"|\'((?:[^\'\\]++|\\.)*+)\'|\(((?:[^()\\]++|\\.)*+)\)', re.DOTALL)
_LABEL = re.compile(r"\[((?:[^\[\]\\]++|\\.){0,999}+)\]", re.DOTALL)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])|(&(?:#[xX][0-9a-fA-F]{1,6}|#[0-9]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});)")
_DEFINITION = re.compile(r" {0,3}\[(?!\^)((?:[^\[\]\\]++|\\.){1,999}+)\]:", re.DOTALL)
_LINE_END = re.compile(r"[ \t]*+(?:\n|$)")


def normal_label(label: str) -> str:
    """Return the key by which a reference and its definition meet."""
    return " ".join(label.split()).casefold()


def unescaped(text: str) -> str:
    """Return text with backslashes before punctuation and character references read."""
    if "\\" not in text and "&" not in text:
        return text
    return _ESCAPED.sub(lambda found: found[1] or html.unescape(found[2]), text)


def reference_label(text: str, place: int) -> tuple[str, int] | None:
    """Read `[label]` at an offset; return the label and where it ends."""
    found = _LABEL.match(text, place)
    return (found[1], found.end()) if found and found.end() - place <= MAX_LABEL + 2 else None


def link_target(text: str, place: int) -> tuple[str, str, int] | None:
    """Read `(address "title")` at an offset; return the address, the title and where it ends."""
    start = _blank(text, place + 1)
    address, position = "", start
    if not text.startswith(")", start):
        read = _address(text, start)
        if read is None:
            return None
        address, position = read
    after = _blank(text, position)
    title = _TITLE.match(text, after) if after > position else None
    if title is not None:
        after = _blank(text, title.end())
    if not text.startswith(")", after):
        return None
    return address, _title_words(title), after + 1


def read_definition(text: str) -> tuple[str, str, str, int] | None:
    """Read a definition that begins a text; return its label, address, title and where its last line ends."""
    found = _DEFINITION.match(text)
    if found is None or not found[1].strip():
        return None
    start = _blank(text, found.end())
    read = _address(text, start)
    if read is None or read[1] == start:
        return None
    address, position = read
    after = _blank(text, position)
    title = _TITLE.match(text, after) if after > position else None
    if title is not None and (end := _LINE_END.match(text, title.end())):
        return normal_label(found[1]), address, _title_words(title), end.end()
    end = _LINE_END.match(text, position)
    return (normal_label(found[1]), address, "", end.end()) if end else None


def _blank(text: str, position: int) -> int:
    found = _SPACE.match(text, position)
    return found.end() if found else position


def _title_words(found: re.Match[str] | None) -> str:
    return unescaped(next((group for group in found.groups() if group is not None), "")) if found else ""


def _address(text: str, start: int) -> tuple[str, int] | None:
    """Read an address, in pointed brackets or without blanks; what is inside parentheses comes in pairs."""
    if text.startswith("<", start):
        pointed = _POINTED.match(text, start)
        return (_written(pointed[1]), pointed.end()) if pointed else None
    position, depth = start, 0
    while step := _ADDRESS_STEP.match(text, position):
        if step[0] == "(":
            depth += 1
            if depth > MOST_PARENTHESES:
                return None
        elif step[0] == ")":
            if not depth:
                break
            depth -= 1
        position = step.end()
    return (_written(text[start:position]), position) if not depth else None


def _written(address: str) -> str:
    """Return an address as a browser is given it; a backslash is never a slash."""
    return unescaped(address).replace("\\", "%5C")
