"""The words of a paragraph: from Markdown to elements, as CommonMark reads them, in one pass.

Only a few characters can begin anything; the pass jumps from one to the next. Open brackets wait on a stack until their
partner comes, marks of emphasis until the end (`emphasis`). Whatever looks for a closing mark asks `_next`, which
remembers where the mark stands, so that no text costs more than linear time: Python-Markdown's own inline patterns,
which this replaces, take the square of it and read links and code their own way.

HTML that a note holds is carried in an element of the tag RAW and written as it stands; the sanitiser comes after.
"""

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html.entities import html5
from xml.etree.ElementTree import Element

from desktop.core.markup.emphasis import Run, emphasised, make_run
from desktop.core.markup.formula_rules import is_formula
from desktop.core.markup.inline_elements import link_to, raw, trimmed
from desktop.core.markup.link_parts import unescaped

TOKEN_START = "\ufdd0"
_STOPS = re.compile("[\\\\`*_~=^\\[\\]!<&$%\n:@\ufdd0]")
_STOPS_WITH_WWW = re.compile("[\\\\`*_~=^\\[\\]!<&$%\n:@w\ufdd0]")
_TICKS = re.compile(r"`+")
_ENTITY = re.compile(r"&(?:#[xX][0-9a-fA-F]{1,6}|#[0-9]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});")
_AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*+)>")
_MAIL = re.compile(r"<([\w.!#$%&'*+/=?^`{|}~-]{1,64}+@[A-Za-z0-9-]{1,63}+(?:\.[A-Za-z0-9-]{1,63}+)*+)>", re.ASCII)
_TAG = re.compile(
    r"""<[A-Za-z][A-Za-z0-9-]*+(?:\s++[A-Za-z_:][\w.:-]*+(?:\s*+=\s*+(?:[^\s"'=<>`]++|'[^']*+'|"[^"]*+"))?+)*+\s*+/?>"""
    r"|</[A-Za-z][A-Za-z0-9-]*+\s*+>"
)
_ADDRESS = re.compile(r"[^\s<>\"`{}|\\^\[\]«»“”„…]{1,2000}+")
_LOCAL_PART = re.compile(r"[A-Za-z0-9][\w.+-]{0,63}$", re.ASCII)
_DOMAIN = re.compile(r"[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}", re.ASCII)
_RAISED = re.compile(r"\^([^\s^]{1,60})\^|~([^\s~]{1,60})~")
_TOKEN = re.compile("\ufdd0(\\d{1,6})\ufdd1")
_ESCAPABLE = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_MAX_FORMULA = 2_000
_MAX_HIDDEN = 5_000
_FACES = frozenset(("^_^", "-_-", ">_<", "._.", ";_;", "=_=", "^__^", "-__-"))  # no emphasis
_SCHEMES = ("https", "http", "ftp")


@dataclass(frozen=True, slots=True)
class Shared:
    """What a paragraph needs to know of its note."""

    references: Mapping[str, tuple[str, str]]  # folded label -> address, title
    footnotes: Mapping[str, int]  # id in lower case -> number
    html: Mapping[int, str]  # the number of a token -> the HTML it stands for


class InlineText:
    """Reads one text; `inline_parser` adds what stands in brackets."""

    def __init__(self, text: str, shared: Shared) -> None:
        self._text = text
        self._shared = shared
        self._pieces: list[str | Element | Run] = []
        self._found: dict[str, int] = {}  # where a mark stands next
        self._ticks: dict[int, list[int]] | None = None
        self._done = 0  # offset up to which the text is in pieces

    def parse(self) -> list[str | Element]:
        """Return words and elements."""
        text = self._text
        readers = self._readers()
        search = (_STOPS_WITH_WWW if "www." in text else _STOPS).search
        position = 0
        while found := search(text, position):
            place = found.start()
            after = readers[text[place]](place)
            position = after if after > place else place + 1
        self._words(len(text))
        return emphasised(self._pieces)

    def _readers(self) -> dict[str, Callable[[int], int]]:
        """Return what reads from each character that can begin something; it returns where reading goes on."""
        return {
            "\\": self._backslash, "`": self._code, "*": self._marks, "_": self._marks, "=": self._marks,
            "~": self._tilde, "^": self._raised, "[": _pass, "!": _pass, "]": _pass,
            "<": self._pointed, "&": self._entity, "$": self._dollar, "%": self._hidden, "\n": self._line_end,
            ":": self._address, "@": self._mail, "w": self._www, TOKEN_START: self._token,
        }  # fmt: skip

    def _words(self, end: int) -> None:
        """Put the words up to an offset among the pieces."""
        if end > self._done:
            self._pieces.append(self._text[self._done : end])
        self._done = max(self._done, end)

    def _put(self, place: int, after: int, *pieces: str | Element | Run) -> int:
        """Put the words before an offset among the pieces, then what was read there."""
        self._words(place)
        self._pieces.extend(pieces)
        self._done = after
        return after

    def _next(self, mark: str, position: int) -> int:
        """Return the offset of a mark from a position on, or -1; positions only grow."""
        found = self._found.get(mark, 0)
        if found >= 0 and (found < position or mark not in self._found):
            found = self._found[mark] = self._text.find(mark, position)
        return found

    # --- words and code --------------------------------------------------------------------------------------

    def _backslash(self, place: int) -> int:
        following = self._text[place + 1 : place + 2]
        if following in ("(", "["):
            formula = self._formula(place, "\\" + following, "\\)" if following == "(" else "\\]")
            if formula:
                return formula
        if following == "\n":
            return self._break(place, place + 1)
        if following and following in _ESCAPABLE:
            return self._put(place, place + 2, following)
        return place + 1

    def _line_end(self, place: int) -> int:
        text = self._text
        start = place
        while start > self._done and text[start - 1] == " ":
            start -= 1
        if place - start >= 2:
            return self._break(start, place)
        return self._put(start, self._after_blanks(place + 1), "\n")

    def _break(self, start: int, line_end: int) -> int:
        return self._put(start, self._after_blanks(line_end + 1), Element("br"), "\n")

    def _after_blanks(self, place: int) -> int:
        text = self._text
        while text.startswith(" ", place):
            place += 1
        return place

    def _code(self, place: int) -> int:
        if self._ticks is None:
            self._ticks = {}
            for run in reversed(list(_TICKS.finditer(self._text, place))):
                self._ticks.setdefault(run.end() - run.start(), []).append(run.start())
        ticks = _TICKS.match(self._text, place)
        start = ticks.end() if ticks else place + 1
        later = self._ticks.get(start - place, [])
        while later and later[-1] < start:
            later.pop()
        if not later:
            return start
        end = later[-1]
        code = self._text[start:end].replace("\n", " ")
        if code[0] == code[-1] == " " and code.strip(" "):
            code = code[1:-1]
        element = Element("code")
        element.text = code
        return self._put(place, end + start - place, element)

    def _entity(self, place: int) -> int:
        found = _ENTITY.match(self._text, place)
        if found is None or (found[0][1] != "#" and found[0][1:] not in html5):
            return place + 1
        return self._put(place, found.end(), html.unescape(found[0]))

    def _token(self, place: int) -> int:
        found = _TOKEN.match(self._text, place)
        source = self._shared.html.get(int(found[1])) if found else None
        if found is None or source is None:
            return place + 1
        element = raw(source)
        element.set("block", "1")
        return self._put(place, found.end(), element)

    # --- emphasis --------------------------------------------------------------------------------------------

    def _marks(self, place: int) -> int:
        text = self._text
        end = place + 1
        while text.startswith(text[place], end):
            end += 1
        if text[place] == "_" and text[max(0, place - 1) : end + 1] in _FACES:
            return end
        return self._put(place, end, make_run(text, place, end))

    def _tilde(self, place: int) -> int:
        return self._marks(place) if self._text.startswith("~~", place) else self._raised(place)

    def _raised(self, place: int) -> int:
        """Read `x^2^` and `H~2~O`: right after a word, without blanks, with a letter or digit inside."""
        text = self._text
        before = text[place - 1 : place]
        found = _RAISED.match(text, place) if before.isalnum() or before in (")", "]") else None
        inside = (found[1] or found[2]) if found else ""
        if found is None or not any(map(str.isalnum, inside)) or text.startswith(text[place], found.end()):
            return place + 1
        element = Element("sup" if text[place] == "^" else "sub")
        element.text = unescaped(inside)
        return self._put(place, found.end(), element)

    # --- math and what is hidden -----------------------------------------------------------------------------

    def _dollar(self, place: int) -> int:
        if self._text.startswith("$$", place):
            return self._formula(place, "$$", "$$") or place + 2
        return self._formula(place, "$", "$") or place + 1

    def _formula(self, place: int, opening: str, closing: str) -> int:
        """Read a formula; 0 where there is none. Money is not math."""
        text = self._text
        start = place + len(opening)
        end = self._next(closing, start)
        while opening == "$" and end > 0 and text[end - 1] == "\\":
            end = self._next(closing, end + 1)
        if end < 0 or end - start > _MAX_FORMULA:
            return 0
        after = end + len(closing)
        source = text[start:end]
        if opening == "$$":
            source = source.strip()
        if opening[0] == "$":
            around = text[place - 1 : place] == "$" or text[after : after + 1].isdigit() or text.startswith("$", after)
            if not source or around or source[0].isspace() or source[-1].isspace() or not is_formula(source):
                return 0
        elif opening in source or not any(map(str.isalnum, source)) or not is_formula(source):
            return 0
        span = Element("span", {"class": "math"})
        span.text = source.strip()
        return self._put(place, after, span)

    def _hidden(self, place: int) -> int:
        if not self._text.startswith("%%", place):
            return place + 1
        end = self._next("%%", place + 2)
        return self._put(place, end + 2) if 0 <= end - place <= _MAX_HIDDEN else place + 2

    # --- HTML and addresses ----------------------------------------------------------------------------------

    def _pointed(self, place: int) -> int:
        text = self._text
        following = text[place + 1 : place + 2]
        if following == "!" or following == "?":
            return self._declaration(place)
        if found := _AUTOLINK.match(text, place) or _MAIL.match(text, place):
            address = found[1] if ":" in found[1].partition("@")[0] else "mailto:" + found[1]
            return self._put(place, found.end(), link_to(address.replace("\\", "%5C"), found[1]))
        found = _TAG.match(text, place)
        return self._put(place, found.end(), raw(found[0])) if found else place + 1

    def _declaration(self, place: int) -> int:
        """Pass over a comment; carry a declaration, CDATA or a processing instruction to the sanitiser."""
        text = self._text
        if text.startswith("<!--", place):
            for short in ("<!-->", "<!--->"):
                if text.startswith(short, place):
                    return self._put(place, place + len(short))
            end = self._next("-->", place + 4)
            return self._put(place, end + 3) if end >= 0 else place + 1
        closing = "?>" if text[place + 1] == "?" else "]]>" if text.startswith("<![CDATA[", place) else ">"
        if closing == ">" and not text[place + 2 : place + 3].isalpha():
            return place + 1
        end = self._next(closing, place + 2)
        return self._put(place, end + len(closing), raw(text[place : end + len(closing)])) if end >= 0 else place + 1

    def _address(self, place: int) -> int:
        """Read an address of the network that stands without brackets."""
        text = self._text
        if not text.startswith("://", place):
            return place + 1
        for scheme in _SCHEMES:
            start = place - len(scheme)
            if start >= self._done and text.startswith(scheme, start):
                if start and text[start - 1].isalnum():
                    break
                return self._bare(start, place + 3, "")
        return place + 3

    def _www(self, place: int) -> int:
        text = self._text
        if not text.startswith("www.", place) or (place and (text[place - 1].isalnum() or text[place - 1] in "/.@-_")):
            return place + 1
        return self._bare(place, place + 4, "https://")

    def _bare(self, start: int, host: int, scheme: str) -> int:
        found = _ADDRESS.match(self._text, host)
        end = trimmed(self._text, host, found.end()) if found else host
        if end <= host:
            return host
        address = self._text[start:end]
        return self._put(start, end, link_to(scheme + html.unescape(address), html.unescape(address)))

    def _mail(self, place: int) -> int:
        text = self._text
        local = _LOCAL_PART.search(text[max(self._done, place - 65) : place])
        domain = _DOMAIN.match(text, place + 1)
        if local is None or domain is None or text[domain.end() - 1] == "-":
            return place + 1
        start = place - len(local[0])
        address = text[start : domain.end()]
        return self._put(start, domain.end(), link_to("mailto:" + address, address))


def _pass(place: int) -> int:
    return place + 1
