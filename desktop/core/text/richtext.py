"""From a safe tree to the HTML that QTextDocument draws well.

QTextDocument knows no boxes: a tinted area, a bar or a hairline is a table with one or two cells. Every length is in
pixels and every style stands on its element, so a block looks the same wherever it is inserted.
"""

import html
import re
from dataclasses import dataclass, replace

from desktop.core.text.highlight import highlight
from desktop.core.text.image_cards import (
    image_card,
    image_paragraph,
    inline_image,
    is_remote,
    only_images,
    picture,
)
from desktop.core.text.line_breaks import breakable
from desktop.core.text.line_rules import TOKEN_END, TOKEN_START, Stashed
from desktop.core.text.math import MathImage, draw
from desktop.core.text.palette import FAMILY_OF, Palette
from desktop.core.text.sanitize import Element

MAX_TABLES = 3  # in each other, those of quotes and code among them
PARAGRAPH_LINE, HEADING_LINE, CODE_LINE = 132, 112, 120  # per cent of the font's own line, 1.21 em in Inter
HEADINGS = {
    1: (1.72, 20, 12),
    2: (1.36, 26, 8),
    3: (1.14, 20, 8),
    4: (1.0, 16, 6),
    5: (0.94, 14, 6),
    6: (0.94, 14, 6),
}
BOLD = 600
TOKEN = re.compile(f"{TOKEN_START}(\\d{{1,6}}){TOKEN_END}")
HASHTAG = re.compile(r"(?<![\w&#/])#([^\W\d][\w/-]*)")
LECTURE_LINE = re.compile(r"Page • \d+ backlinks? • ")
BLOCK_TAGS = frozenset(
    "p h1 h2 h3 h4 h5 h6 ul ol blockquote table pre hr div center figure figcaption details summary dl dt dd "
    "caption".split()
)
PLAIN_INLINE = {
    "i": "i", "em": "i", "cite": "i", "dfn": "i", "var": "i", "u": "u", "ins": "u",
    "s": "s", "strike": "s", "del": "s", "sub": "sub", "sup": "sup", "small": "small",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block stands: inside how many tables and lists, with which space below and which colour of words."""

    tables: int = 0
    lists: int = 0
    below: int = 12
    colour: str = ""
    in_link: bool = False
    scale: float = 1.0  # of the words' size


class QtWriter:
    """Writes one block; `images` fills with the formulas it shows."""

    def __init__(self, palette: Palette, stash: tuple[Stashed, ...], heading_id: str = "") -> None:
        self.images: list[MathImage] = []
        self._palette = palette
        self._stash = stash
        self._heading_id = heading_id

    def write(self, root: Element) -> str:
        """Return the HTML of a block's tree."""
        return "".join(self._flow(root.children, Place()))

    # --- blocks ------------------------------------------------------------------------------------------

    def _flow(self, children: list[Element | str], place: Place) -> list[str]:
        """Write children of a container; words between blocks become paragraphs."""
        groups: list[Element | list[Element | str]] = []
        for child in children:
            if isinstance(child, Element) and child.tag in BLOCK_TAGS:
                groups.append(child)
            elif groups and isinstance(groups[-1], list):
                groups[-1].append(child)
            elif not isinstance(child, str) or child.strip():
                groups.append([child])
        parts = []
        for index, group in enumerate(groups):
            last = index == len(groups) - 1
            here = replace(place, below=place.below if last else 12) if place.below < 12 else place
            parts.append(
                self._block(group, here)
                if isinstance(group, Element)
                else self._paragraph(Element("p", {}, group), here)
            )
        return parts

    def _block(self, node: Element, place: Place) -> str:
        tag = node.tag
        if tag in ("p", "figcaption", "dt", "summary", "caption"):
            if tag in ("dt", "summary"):
                node = Element("p", {}, [Element("b", {}, node.children)])
            return self._paragraph(node, place)
        if tag[0] == "h" and tag[1:].isdigit():
            return self._heading(node, int(tag[1]), place)
        if tag in ("ul", "ol"):
            return self._list(node, place)
        if tag == "blockquote":
            return self._quote(node, place)
        if tag == "table":
            return self._table(node, place)
        if tag == "pre":
            return self._code(Stashed("code", node.text().strip("\n")), place)
        if tag == "hr":
            return self._rule()
        return "".join(self._flow(node.children, place))

    def _paragraph(self, node: Element, place: Place) -> str:
        stashed = self._only_token(node)
        if stashed is not None:
            return self._stashed(stashed, place)
        images = only_images(node)
        if images:
            return "".join(self._image(image, href, place) for image, href in images)
        words = self._inline(node.children, place).strip()
        if not words:
            return ""
        align = f' align="{node.attributes["align"]}"' if "align" in node.attributes else ""
        colour = self._palette.muted if LECTURE_LINE.match(node.text()) else place.colour
        tint = f"color:{colour};" if colour else ""
        line = 100 if 'src="attachment:' in words else PARAGRAPH_LINE
        return f'<p{align} style="margin:0 0 {place.below}px 0;line-height:{line}%;{tint}">{words}</p>'

    def _heading(self, node: Element, level: int, place: Place) -> str:
        scale, above, below = HEADINGS[level]
        size = round(self._palette.size * scale)
        anchor = f'<a name="{html.escape(self._heading_id)}"></a>' if self._heading_id else ""
        colour = self._palette.muted if level > 4 else self._palette.heading
        return (
            f'<p style="margin:{above}px 0 {below}px 0;line-height:{HEADING_LINE}%">{anchor}'
            f'<span style="font-size:{size}px;font-weight:{BOLD};color:{colour}">'
            f"{self._inline(node.children, replace(place, colour=colour, scale=scale))}</span></p>"
        )

    def _list(self, node: Element, place: Place) -> str:
        items = [child for child in node.children if isinstance(child, Element)]
        tasks = [_is_task(item) for item in items]
        style = "list-style-type:none;" if tasks and all(tasks) else ""
        start = f' start="{node.attributes["start"]}"' if "start" in node.attributes else ""
        inner = replace(place, lists=place.lists + 1, below=4)
        rows = "".join(self._item(item, inner, index == len(items) - 1, place) for index, item in enumerate(items))
        return f'<{node.tag}{start} style="margin:0;{style}">{rows}</{node.tag}>'

    def _item(self, item: Element, place: Place, last: bool, outside: Place) -> str:
        below = (4 if outside.lists else outside.below) if last else place.below
        children = list(item.children)
        head: list[Element | str] = []
        while children and not (isinstance(children[0], Element) and children[0].tag in BLOCK_TAGS):
            head.append(children.pop(0))
        if children and not "".join(c if isinstance(c, str) else c.text() or "i" for c in head).strip():
            first = children[0]
            if isinstance(first, Element) and first.tag == "p" and self._only_token(first) is None:
                head = list(first.children)
                children.pop(0)
        words = self._inline(head, place).strip() or "\u00a0"
        rest = "".join(self._flow(children, replace(place, below=below)))
        gap = below if not rest else 4
        line = 100 if 'src="attachment:' in words else PARAGRAPH_LINE
        tint = f"color:{place.colour};" if place.colour else ""
        return f'<li style="margin:0 0 {gap}px 0;line-height:{line}%;{tint}">{words}{rest}</li>'

    def _quote(self, node: Element, place: Place) -> str:
        callout = self._callout(node)
        bar, tint, title = self._palette.quote_bar, "", ""
        children = node.children
        colour = self._palette.muted
        if callout is not None:
            stashed, paragraph = callout
            family = FAMILY_OF.get(stashed.info, "note")
            bar, tint = self._palette.callouts[family], self._palette.callout_tints[family]
            children = [child for child in children if child is not paragraph]
            has_body = any(isinstance(child, Element) for child in children)
            words = self._inline(paragraph.children, replace(place, colour=bar))
            title = (
                f'<p style="margin:0 0 {6 if has_body else 0}px 0;line-height:{PARAGRAPH_LINE}%">'
                f'<span style="color:{bar};font-weight:{BOLD}">{words}</span></p>'
            )
            colour = ""
        inside = replace(place, tables=place.tables + 1, lists=0, below=0, colour=colour)
        body = title + "".join(self._flow(children, inside))
        if place.tables >= MAX_TABLES:
            return body
        background = f' bgcolor="{tint}"' if tint else ""
        padding = "padding:10px 14px 10px 14px" if tint else "padding:2px 0 2px 14px"
        return self._frame(
            f'<td width="4" bgcolor="{bar}" style="padding:0"></td><td{background} style="{padding}">{body}</td>',
            place,
        )

    def _table(self, node: Element, place: Place) -> str:
        rows = _rows(node)
        inside = replace(place, tables=place.tables + 1, lists=0, below=0)
        if place.tables >= MAX_TABLES or not rows:
            return "".join("".join(self._flow(cell.children, place)) for row in rows for cell in row)
        lines = []
        for row in rows:
            cells = "".join(self._cell(cell, inside) for cell in row)
            lines.append(f"<tr>{cells}</tr>")
        border = self._palette.border
        return (
            '<table border="1" cellspacing="0" cellpadding="0" '
            f'style="border-collapse:collapse;border-style:solid;border-color:{border};{self._margins(place)}">'
            f"{''.join(lines)}</table>"
        )

    def _cell(self, cell: Element, place: Place) -> str:
        given = {key: value for key, value in cell.attributes.items() if key in ("align", "colspan", "rowspan")}
        written = "".join(f' {key}="{value}"' for key, value in given.items())
        head = cell.tag == "th"
        if head:
            cell = Element("th", cell.attributes, [Element("b", {}, cell.children)])
            written += f' bgcolor="{self._palette.card}"'
        if "align" in given and not any(isinstance(c, Element) and c.tag in BLOCK_TAGS for c in cell.children):
            cell = Element(cell.tag, {}, [Element("p", {"align": given["align"]}, cell.children)])
        body = "".join(self._flow(cell.children, place)) or "&nbsp;"
        return f'<td{written} style="padding:6px 11px 6px 11px">{body}</td>'

    def _rule(self) -> str:
        return (
            '<table width="100%" border="0" cellspacing="0" cellpadding="0" style="margin:14px 0 14px 0"><tr>'
            f'<td bgcolor="{self._palette.border}" style="padding:0"><p style="margin:0;font-size:1px;line-height:1px">'
            '<span style="font-size:1px"> </span></p></td></tr></table>'
        )

    def _margins(self, place: Place) -> str:
        return f"margin:2px 0 {12 if place.below else 2}px 0"

    def _frame(self, cells: str, place: Place) -> str:
        return (
            '<table width="100%" border="0" cellspacing="0" cellpadding="0" '
            f'style="{self._margins(place)}"><tr>{cells}</tr></table>'
        )

    # --- what was stashed, and images ------------------------------------------------------------------------

    def _only_token(self, node: Element) -> Stashed | None:
        if len(node.children) != 1 or not isinstance(node.children[0], str):
            return None
        found = TOKEN.fullmatch(node.children[0].strip())
        stashed = self._at(found) if found else None
        return stashed if stashed is not None and stashed.kind in ("code", "math") else None

    def _at(self, found: re.Match[str]) -> Stashed | None:
        index = int(found[1])
        return self._stash[index] if index < len(self._stash) else None

    def _callout(self, node: Element) -> tuple[Stashed, Element] | None:
        for child in node.children:
            if isinstance(child, Element):
                first = child.children[0] if child.tag == "p" and child.children else None
                found = TOKEN.match(first) if isinstance(first, str) else None
                stashed = self._at(found) if found else None
                return (stashed, child) if stashed is not None and stashed.kind == "callout" else None
        return None

    def _stashed(self, stashed: Stashed, place: Place) -> str:
        if stashed.kind == "code":
            return self._code(stashed, place)
        image = draw(stashed.text, round(self._palette.size * 1.12), self._palette.text, True)
        if image is None:
            return self._code(Stashed("code", stashed.text, "tex"), place)
        self.images.append(image)
        return f'<p align="center" style="margin:6px 0 {max(place.below, 6)}px 0;line-height:100%">{picture(image)}</p>'

    def _code(self, stashed: Stashed, place: Place) -> str:
        palette = self._palette
        body = highlight(stashed.text.rstrip("\n"), stashed.info, palette) or " "
        pre = (
            f"<pre style=\"margin:0;white-space:pre-wrap;line-height:{CODE_LINE}%;font-family:'{palette.mono}';"
            f'font-size:{palette.code_size}px;color:{palette.code_text}">{body}</pre>'
        )
        if place.tables >= MAX_TABLES:
            return pre
        return self._frame(
            f'<td bgcolor="{palette.code_background}" style="padding:12px 14px 12px 14px">{pre}</td>', place
        )

    def _image(self, image: Element, href: str, place: Place) -> str:
        if not is_remote(image):
            return image_paragraph(image, href, place.below, self._palette)
        card = image_card(image, self._palette)
        if place.tables >= MAX_TABLES:
            return card
        return self._frame(f'<td bgcolor="{self._palette.card}" style="padding:12px 14px 12px 14px">{card}</td>', place)

    # --- words -------------------------------------------------------------------------------------------

    def _inline(self, children: list[Element | str], place: Place) -> str:
        return "".join(
            self._words(c, place) if isinstance(c, str) else self._inline_element(c, place) for c in children
        )

    def _words(self, text: str, place: Place) -> str:
        escaped = html.escape(breakable(text), quote=False)
        if "#" in escaped and not place.in_link:
            escaped = HASHTAG.sub(f'<span style="color:{self._palette.tag}">#\\1</span>', escaped)
        if TOKEN_START in escaped:
            escaped = TOKEN.sub(self._inline_token, escaped).replace(TOKEN_START, "").replace(TOKEN_END, "")
        return escaped

    def _inline_token(self, found: re.Match[str]) -> str:
        stashed = self._at(found)
        if stashed is None:
            return ""
        if stashed.kind == "footnote":
            return f'<a name="fn-{stashed.text}"></a>'
        if stashed.kind == "callout":
            return ""
        return self._mono(stashed.text)

    def _inline_element(self, node: Element, place: Place) -> str:
        tag, palette = node.tag, self._palette
        if tag == "br":
            return "<br>"
        if tag == "img":
            return inline_image(node, self._palette)
        if tag in ("code", "kbd", "samp", "tt"):
            return self._mono(node.text(), place.scale)
        if tag == "span" and node.attributes.get("class") == "math":
            return self._inline_math(node.text())
        if tag == "a":
            return self._link(node, place)
        body = self._inline(node.children, place)
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
        body = self._inline(node.children, replace(place, in_link=True))
        address = node.attributes.get("href", "")
        if not address:
            return body
        return (
            f'<a href="{html.escape(address)}" style="text-decoration:none;color:{self._palette.link}">'
            f'<span style="color:{self._palette.link}">{body}</span></a>'
        )

    def _mono(self, text: str, scale: float = 1.0) -> str:
        palette = self._palette
        return (
            f"<span style=\"font-family:'{palette.mono}';font-size:{palette.code_size}px;"
            f'background-color:{palette.code_background};color:{palette.code_text}">'
            f"{html.escape(text, quote=False)}</span>"
        )

    def _inline_math(self, source: str) -> str:
        image = draw(source, round(self._palette.size * 1.06), self._palette.text, False)
        if image is None:
            return self._mono(source)
        self.images.append(image)
        return picture(image)


def _is_task(item: Element) -> bool:
    return item.text().lstrip()[:2] in ("☐ ", "☑ ")


def _rows(table: Element) -> list[list[Element]]:
    """Return a table's cells row by row, wherever its rows stand."""
    rows: list[list[Element]] = []
    for child in table.children:
        if not isinstance(child, Element):
            continue
        if child.tag == "tr":
            cells = [c for c in child.children if isinstance(c, Element) and c.tag in ("td", "th")]
            if cells:
                rows.append(cells)
        elif child.tag in ("thead", "tbody", "tfoot"):
            rows.extend(_rows(child))
    return rows
