"""What stands inside a block's lines, as HTML for QTextDocument: emphasis, code, links, formulas, signs."""

import html
import re
from dataclasses import dataclass, field, replace
from urllib.parse import unquote

from desktop.core.markup.line_rules import TOKEN_END, TOKEN_START, Stashed
from desktop.core.markup.sanitize import Element
from desktop.core.page.image_cards import COLUMN, fitted, inline_image, picture, settled
from desktop.core.page.line_breaks import breakable, breakable_code
from desktop.core.page.math import MathImage, draw
from desktop.core.page.page_context import Asker
from desktop.core.page.page_icons import box_of
from desktop.core.page.palette import Palette

BOLD = 600
INDENT, TABLE_EDGE = 26, 20  # pixels that a list and a framed table take from the column
INLINE_FORMULA = 1.06  # of the words' size
TOKEN = re.compile(f"{TOKEN_START}(\\d{{1,6}}){TOKEN_END}")
HASHTAG = re.compile(r"(?<![\w&#/])#([^\W\d][\w/-]*)")
BLOCK_TAGS = frozenset(
    "p h1 h2 h3 h4 h5 h6 ul ol blockquote table pre hr div center figure figcaption details summary dl dt dd "
    "caption".split()
)
PLAIN_INLINE = {
    "i": "i", "em": "i", "cite": "i", "dfn": "i", "var": "i", "u": "u", "ins": "u",
    "s": "s", "strike": "s", "del": "s", "sub": "sub", "sup": "sup", "small": "small",
}  # fmt: skip
_NOTE_MARK = re.compile(r"#fn-(\d{1,6})")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block stands: inside how many tables and lists, with which space below and which colour of words."""

    tables: int = 0
    lists: int = 0
    below: int = 12
    colour: str = ""
    scale: float = 1.0  # of the words' size
    in_link: bool = False
    longest: int = 0  # letters that a word may have before it is broken; 0 for the usual
    outer: int = 0  # pixels that what is around takes from the column
    left: int = 0  # pixels that a block stands to the right
    above: int = 2  # pixels over a table
    font: str = ""  # the style of words of another size

    @property
    def room(self) -> int:
        """Return the width that is left of the column."""
        return max(80, COLUMN - self.outer - INDENT * self.lists)


@dataclass(slots=True)
class Gathered:
    """What a block's HTML needs beside itself."""

    images: dict[str, MathImage] = field(default_factory=dict)
    codes: list[str] = field(default_factory=list)
    marked: set[str] = field(default_factory=set)  # footnotes whose first mark is written

    def show(self, image: MathImage) -> str:
        """Return an image's HTML, and keep it."""
        self.images[image.name] = image
        return picture(image)


class WordWriter:
    """Writes words."""

    def __init__(self, palette: Palette, stash: tuple[Stashed, ...], asker: Asker, gathered: Gathered) -> None:
        self._palette = palette
        self._stash = stash
        self._asker = asker
        self._gathered = gathered

    def write(self, children: list[Element | str], place: Place) -> str:
        """Return the HTML of words and what stands among them."""
        return "".join(self._text(c, place) if isinstance(c, str) else self._element(c, place) for c in children)

    def stashed(self, found: re.Match[str] | None) -> Stashed | None:
        """Return what a token stands for."""
        index = int(found[1]) if found else len(self._stash)
        return self._stash[index] if index < len(self._stash) else None

    def only_token(self, node: Element) -> Stashed | None:
        """Return the code or the formula that a paragraph holds and nothing else."""
        if len(node.children) != 1 or not isinstance(node.children[0], str):
            return None
        stashed = self.stashed(TOKEN.fullmatch(node.children[0].strip()))
        return stashed if stashed is not None and stashed.kind in ("code", "math") else None

    def callout(self, node: Element) -> tuple[Stashed, Element] | None:
        """Return what a quote is a callout for, and the paragraph of its title."""
        for child in node.children:
            if isinstance(child, Element):
                first = child.children[0] if child.tag == "p" and child.children else None
                stashed = self.stashed(TOKEN.match(first)) if isinstance(first, str) else None
                return (stashed, child) if stashed is not None and stashed.kind == "callout" else None
        return None

    def task(self, item: Element) -> Stashed | None:
        """Return what a list item's box says, and take the box out of its words."""
        node = item
        while node.children and isinstance(node.children[0], Element) and node.children[0].tag == "p":
            node = node.children[0]
        first = node.children[0] if node.children else None
        if not isinstance(first, str):
            return None
        bare = first.lstrip()
        found = TOKEN.match(bare)
        stashed = self.stashed(found)
        if found is None or stashed is None or stashed.kind != "task":
            return None
        node.children[0] = bare[found.end() :].lstrip()
        return stashed

    def code(self, text: str, scale: float = 1.0, in_link: bool = False, longest: int = 0) -> str:
        """Return inline code."""
        palette = self._palette
        look = f"font-size:{round(palette.code_size * scale)}px"
        if scale == 1.0:  # in a heading it is larger and without a tint
            look += f";background-color:{palette.code_background}"
            look += "" if in_link else f";color:{palette.code_text}"
        written = html.escape(breakable_code(text, longest) if longest else breakable(text), quote=False)
        return f"<span style=\"font-family:'{palette.mono}';{look}\">{written}</span>"

    def _text(self, text: str, place: Place) -> str:
        escaped = html.escape(breakable(text, place.longest) if place.longest else breakable(text), quote=False)
        if "#" in escaped and not place.in_link:
            escaped = HASHTAG.sub(f'<span style="color:{self._palette.tag}">#\\1</span>', escaped)
        if TOKEN_START in escaped:
            escaped = TOKEN.sub(self._token, escaped).replace(TOKEN_START, "").replace(TOKEN_END, "")
        return escaped

    def _token(self, found: re.Match[str]) -> str:
        stashed = self.stashed(found)
        if stashed is None or stashed.kind == "callout":
            return ""
        if stashed.kind == "footnote":
            return f'<a name="fn-{html.escape(stashed.text)}"></a>'
        if stashed.kind == "task":
            return self._gathered.show(box_of(stashed.text == "x", self._palette))
        return self.code(stashed.text)

    def _element(self, node: Element, place: Place) -> str:
        tag, palette = node.tag, self._palette
        if tag == "br":
            return "<br>"
        if tag == "img":
            return inline_image(settled(node, self._asker), palette, place.room, place.longest)
        if tag in ("code", "kbd", "samp", "tt"):
            return self.code(node.text(), place.scale, place.in_link, place.longest)
        if tag == "span" and node.attributes.get("class") == "math":
            return self._formula(node.text(), place)
        if tag == "a":
            return self._link(node, place)
        body = self.write(node.children, place)
        if tag in BLOCK_TAGS or tag in ("li", "tr", "td", "th"):
            return body + " "  # a block inside words: keep the words
        if tag == "mark":
            return f'<span style="background-color:{palette.mark};color:{palette.text}">{body}</span>'
        if tag == "q":
            return f"“{body}”"
        if tag in ("b", "strong"):
            return f'<span style="font-weight:{BOLD}">{body}</span>'
        plain = PLAIN_INLINE.get(tag)
        return f"<{plain}>{body}</{plain}>" if plain else body

    def _link(self, node: Element, place: Place) -> str:
        address = node.attributes.get("href", "")
        colour = self._palette.link
        name, _, anchor = address.removeprefix("note:").partition("#")
        if address.startswith(("note:", "#")) and self._asker.is_missing(unquote(name), unquote(anchor)):
            colour = self._palette.missing
        body = self.write(node.children, replace(place, colour=colour, in_link=True))
        if not address:
            return body
        written = f'<a href="{html.escape(address)}" style="text-decoration:none;color:{colour}">{body}</a>'
        mark = _NOTE_MARK.fullmatch(address)
        if mark is not None and mark[1] not in self._gathered.marked:
            self._gathered.marked.add(mark[1])
            return f'<a name="fnref-{mark[1]}"></a>{written}'
        return written

    def _formula(self, source: str, place: Place) -> str:
        colour = place.colour or self._palette.text
        image = draw(source, round(self._palette.size * place.scale * INLINE_FORMULA), colour, False)
        return self.code(source) if image is None else self._gathered.show(fitted(image, place.room))


def only_embeds(node: Element) -> list[str]:
    """Return the targets of a paragraph that holds nothing but embedded notes."""
    targets = []
    for child in node.children:
        if isinstance(child, str):
            if child.strip():
                return []
        elif child.tag == "span" and child.attributes.get("class") == "embed":
            targets.append(child.attributes.get("data-target", ""))
        elif child.tag != "br":
            return []
    return [target for target in targets if target]
