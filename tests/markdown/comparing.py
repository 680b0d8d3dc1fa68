"""Whether two pieces of HTML say the same.

Forgiven: white space that no browser shows, the order of attributes, the way a character, a void tag or a character of
an address is written, the ids that we give to headings and line feeds before `</code></pre>`. Everything else counts.
"""

import re
from html.parser import HTMLParser
from urllib.parse import unquote

from desktop.core.markup.sanitize import clean, to_string
from desktop.core.page.plain_markup import PlainMarkup

_BLOCKS = frozenset(
    "address article aside blockquote body br center dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 "
    "header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())


class _Pieces(HTMLParser):
    """Takes HTML apart into tags and words of one form."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._in_pre = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Write a tag with its attributes in order."""
        given = sorted((key, unquote(value or "") if key in ("href", "src") else value or "") for key, value in attrs)
        if re.fullmatch("h[1-6]", tag):
            given = [(key, value) for key, value in given if key != "id"]
        self._add_tag(tag, f"<{tag}{''.join(f' {key}={value!r}' for key, value in given)}>")
        self._in_pre += tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        """Write the end of what is not void."""
        if tag in _VOID:
            return
        if tag == "pre":
            self._in_pre = max(0, self._in_pre - 1)
            while self.pieces and self.pieces[-1] == "":
                self.pieces.pop()
        if tag == "code" and self._in_pre and self.pieces[-1].endswith("\n"):
            self.pieces[-1] = self.pieces[-1].rstrip("\n")
        self._add_tag(tag, f"</{tag}>")

    def handle_comment(self, data: str) -> None:
        """Write a comment."""
        self.pieces.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        """Write a declaration."""
        self.pieces.append(f"<!{decl}>")

    def handle_pi(self, data: str) -> None:
        """Write a processing instruction."""
        self.pieces.append(f"<?{data}>")

    def handle_data(self, data: str) -> None:
        """Write words, outside of code with single blanks."""
        if not self._in_pre:
            data = re.sub(r"[ \t\r\n]+", " ", data)
            before = self.pieces[-1] if self.pieces else "block"
            if before == "block" or (before.endswith(" ") and not before.startswith("<")):
                data = data.removeprefix(" ")
        self.pieces.append(data)

    def _add_tag(self, tag: str, written: str) -> None:
        if tag in _BLOCKS:
            if self.pieces and not self._in_pre and not self.pieces[-1].startswith("<"):
                self.pieces[-1] = self.pieces[-1].rstrip(" ")
            self.pieces.extend((written, "block"))
        else:
            self.pieces.append(written)


def same_form(html: str) -> str:
    """Return HTML in the one form by which it is compared."""
    pieces = _Pieces()
    pieces.feed(html)
    pieces.close()
    joined = "".join(piece for piece in pieces.pieces if piece != "block").strip()
    return re.sub(r"</code>\n</pre>", "</code></pre>", joined)


def made_safe(html: str) -> str:
    """Return what our sanitiser makes of HTML that somebody else wrote."""
    return to_string(PlainMarkup(()).tree(clean(html.strip())))
