"""From a safe tree to the HTML that QTextDocument draws well.

QTextDocument knows no boxes: a tinted area, a bar or a hairline is a table with one or two cells. Every length is in
pixels and every style stands on its element, so a block looks the same wherever it is inserted.

What can be done on the page is a link with the scheme `do:`, which is written here and nowhere else: the sanitiser
leaves no such link in what a note says. `do:task/K` turns the task in line K of the block, `do:copy/N` copies the N-th
of the block's codes, `do:fold/ID` turns a fold, `do:fetch/ADDRESS` fetches a remote image.
"""

import html
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from hashlib import blake2b
from urllib.parse import quote

from desktop.core.markup.line_rules import MAX_CELLS, Stashed
from desktop.core.markup.sanitize import Element
from desktop.core.page.highlight import highlight, language_name
from desktop.core.page.image_cards import COLUMN, fitted, image_card, image_paragraph, is_remote, only_images, settled
from desktop.core.page.math import MathImage, draw
from desktop.core.page.page_context import Asker
from desktop.core.page.page_icons import BOX_ROOM, ICON_OF, box_of, sign
from desktop.core.page.palette import FAMILY_OF, Palette
from desktop.core.page.qt_boxes import (
    HEADING_LINE,
    MAX_TABLES,
    barred,
    boxed,
    code_frame,
    code_lines,
    frame,
    lines_of,
    list_head,
    margins,
    rule,
    title_line,
)
from desktop.core.page.qt_tables import has_blocks, rows_of, write_table
from desktop.core.page.qt_words import (
    BLOCK_TAGS,
    BOLD,
    INDENT,
    TABLE_EDGE,
    TOKEN,
    Gathered,
    Place,
    WordWriter,
    only_embeds,
)

__all__ = ["TOKEN", "QtWriter"]

MAX_SHOWN = 16_000  # characters of an embedded text
HEADINGS = {
    1: (1.72, 22, 12),
    2: (1.36, 30, 8),
    3: (1.14, 24, 8),
    4: (1.0, 20, 6),
    5: (0.94, 18, 6),
    6: (0.94, 18, 6),
}
NEXT_TABLE = 10  # pixels over a table in a box: QTextDocument leaves out the space below what is before it
BLOCK_FORMULA = 1.12  # of the words' size
NOTE = re.compile(r'<a name="fn-(\d+)">')
LECTURE_LINE = re.compile(r"Page • \d+ backlinks? • ")

Trees = Iterable[tuple[Element, tuple[Stashed, ...]]]


class QtWriter:
    """Writes one block; `gathered` fills with what its HTML names."""

    def __init__(
        self,
        palette: Palette,
        stash: tuple[Stashed, ...],
        asker: Asker,
        heading_id: str = "",
        fold_seed: str = "",
        embedded: Callable[[str], Trees] | None = None,
    ) -> None:
        self.gathered = Gathered()
        self._palette = palette
        self._asker = asker
        self._heading_id = heading_id
        self._fold_seed = fold_seed
        self._folds: dict[str, int] = {}
        self._embedded = embedded  # None inside of an embedded text
        self._words = WordWriter(palette, stash, asker, self.gathered)

    @property
    def images(self) -> tuple[MathImage, ...]:
        """Return the formulas and signs that the block shows."""
        return tuple(self.gathered.images.values())

    def write(self, root: Element, small: bool = False) -> str:
        """Return the HTML of a block's tree, in small words for notes."""
        font = f";font-size:{self._palette.size}px" if small else ""
        return "".join(self._flow(root.children, Place(font=font)))

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
            if index and place.tables and here.above != NEXT_TABLE:
                here = replace(here, above=NEXT_TABLE)
            parts.append(
                self._block(group, here)
                if isinstance(group, Element)
                else self._paragraph(Element("p", {}, group), here)
            )
        return parts

    def _block(self, node: Element, place: Place) -> str:
        tag = node.tag
        if tag in ("p", "figcaption", "summary", "caption"):
            return self._paragraph(node, place)
        if tag[0] == "h" and tag[1:].isdigit():
            return self._heading(node, int(tag[1]), place)
        if tag in ("ul", "ol"):
            return self._list(node, place)
        if tag == "blockquote":
            return self._quote(node, place)
        if tag == "table":
            return self._table(node, place)
        if tag == "details":
            return self._details(node, place)
        if tag == "dl":
            return self._definitions(node, place)
        if tag == "pre":
            return self._code(Stashed("code", node.text().strip("\n")), place)
        if tag == "hr":
            return rule(self._palette)
        return "".join(self._flow(node.children, place))

    def _paragraph(self, node: Element, place: Place) -> str:
        stashed = self._words.only_token(node)
        if stashed is not None:
            return self._stashed(stashed, place)
        embeds = only_embeds(node)
        if embeds:
            return "".join(self._embed(target, place) for target in embeds)
        images = only_images(node)
        if images:
            return "".join(self._image(image, href, place) for image, href in images)
        words = self._words.write(node.children, place).strip()
        if not words:
            return ""
        align = f' align="{node.attributes["align"]}"' if "align" in node.attributes else ""
        colour = self._palette.muted if LECTURE_LINE.match(node.text()) else place.colour
        tint = f";color:{colour}" if colour else ""
        lines = lines_of(words, self._palette.size)
        style = f"margin:0 0 {place.below + lines.drop}px {place.left}px;line-height:{lines.css}{tint}"
        return f'<p{align} style="{style}">{words}</p>'

    def _heading(self, node: Element, level: int, place: Place) -> str:
        scale, above, below = HEADINGS[level]
        size = round(self._palette.size * scale)
        anchor = f'<a name="{html.escape(self._heading_id)}"></a>' if self._heading_id else ""
        colour = self._palette.muted if level > 4 else self._palette.heading
        words = self._words.write(node.children, replace(place, colour=colour, scale=max(scale, 1.01)))
        return (
            f'<p style="margin:{above}px 0 {below}px 0;line-height:{HEADING_LINE}%">{anchor}'
            f'<span style="font-size:{size}px;font-weight:{BOLD};color:{colour}">{words}</span></p>'
        )

    def _list(self, node: Element, place: Place) -> str:
        """Write a list; a task's box stands in the place of its bullet, so tasks are lists of their own."""
        items = [child for child in node.children if isinstance(child, Element)]
        inner = replace(place, lists=place.lists + 1, below=4)
        number = int(node.attributes.get("start", "1"))
        parts, open_as = [], ""
        for index, item in enumerate(items):
            task = self._words.task(item)
            opening = list_head(node.tag, number + index, task is not None and node.tag == "ul", place)
            if opening.partition(" start")[0] != open_as:
                parts.append((f"</{node.tag}>" if open_as else "") + opening)
                open_as = opening.partition(" start")[0]
            parts.append(self._item(item, task, inner, index == len(items) - 1, place))
        return "".join(parts) + (f"</{node.tag}>" if open_as else "")

    def _item(self, item: Element, task: Stashed | None, place: Place, last: bool, outside: Place) -> str:
        below = (4 if outside.lists else outside.below) if last else place.below
        children = list(item.children)
        head: list[Element | str] = []
        while children and not (isinstance(children[0], Element) and children[0].tag in BLOCK_TAGS):
            head.append(children.pop(0))
        if children and not "".join(c if isinstance(c, str) else c.text() or "i" for c in head).strip():
            first = children[0]
            if isinstance(first, Element) and first.tag == "p" and self._words.only_token(first) is None:
                head = list(first.children)
                children.pop(0)
        words = self._words.write(head, place).strip() or "\u00a0"
        note = NOTE.match(words)
        if note is not None:
            words += f'&nbsp;<a href="#fnref-{note[1]}" style="text-decoration:none;color:{self._palette.link}">↑</a>'
        lines = lines_of(words, self._palette.size)
        indent = ""
        if task is not None:
            box = self.gathered.show(box_of(task.text == "x", self._palette))
            live = task.info if self._embedded is not None else ""  # an embedded text's lines are not this note's
            words = boxed(words, box, task.text == "x", live, self._palette)
            indent = f";text-indent:-{round(self._palette.size * BOX_ROOM / 16)}px"
        rest = "".join(self._flow(children, replace(place, below=below)))
        gap = below if not rest else 4
        tint = f";color:{place.colour}" if place.colour else ""
        return f'<li style="margin:0 0 {gap + lines.drop}px 0;line-height:{lines.css}{indent}{tint}">{words}{rest}</li>'

    def _definitions(self, node: Element, place: Place) -> str:
        children = [child for child in node.children if isinstance(child, Element)]
        parts = []
        for index, child in enumerate(children):
            if child.tag == "dt":
                term = Element("p", {}, [Element("b", {}, child.children)])
                parts.append(self._paragraph(term, replace(place, below=2)))
            else:
                following = children[index + 1].tag if index + 1 < len(children) else ""
                below = {"": place.below, "dt": 10}.get(following, 4)
                parts.extend(self._flow(child.children, replace(place, below=below, left=place.left + INDENT)))
        return "".join(parts)

    # --- boxes -------------------------------------------------------------------------------------------

    def _quote(self, node: Element, place: Place) -> str:
        callout = self._words.callout(node)
        if callout is not None:
            return self._callout_box(node, *callout, place)
        inside = self._inside(place, self._palette.muted)
        body = "".join(self._flow(node.children, inside))
        return barred(self._palette.quote_bar, "", "2px 0 2px 14px", body, place)

    def _callout_box(self, node: Element, stashed: Stashed, paragraph: Element, place: Place) -> str:
        palette, kind = self._palette, stashed.info.rstrip("+-")
        family = FAMILY_OF.get(kind, "note")
        colour = palette.callouts[family]
        children = [child for child in node.children if child is not paragraph]
        shown, fold = True, ""
        if stashed.info[-1:] in ("+", "-"):
            shown, fold = self._fold(stashed.text or kind, stashed.info[-1] == "+")
        if stashed.text.strip():
            title = self._words.write(paragraph.children, replace(place, colour=colour)).strip()
        else:
            title = html.escape(self._asker.context.say(kind.replace("-", " ").capitalize()), quote=False)
        inside = self._inside(place, "")
        body = "".join(self._flow(children, inside)) if shown else ""
        mark = self.gathered.show(sign(ICON_OF.get(kind, "info"), colour, palette.size + 1))
        head = title_line(title, colour, mark, self._arrow(fold, shown, colour), fold, 6 if body else 0)
        return barred(colour, palette.callout_tints[family], "10px 14px 7px 14px", head + body, place)

    def _details(self, node: Element, place: Place) -> str:
        summary = next((c for c in node.children if isinstance(c, Element) and c.tag == "summary"), None)
        title = self._words.write(_unwrapped(summary), place).strip() if summary is not None else ""
        shown, fold = self._fold(summary.text() if summary is not None else "", "open" in node.attributes)
        if not title:
            title = html.escape(self._asker.context.say("Details"), quote=False)
        body = ""
        if shown:
            inside = self._inside(place, place.colour)
            body = "".join(self._flow([c for c in node.children if c is not summary], inside))
        colour = self._palette.heading
        head = title_line(title, colour, "", self._arrow(fold, shown, colour), fold, 6 if body else 0)
        return barred(self._palette.border, "", "2px 0 2px 14px", head + body, place)

    def _fold(self, title: str, is_open: bool) -> tuple[bool, str]:
        """Tell whether a fold is open now, and return its id: of its title, and of how many before it say the same."""
        number = self._folds[title] = self._folds.get(title, 0) + 1
        written = f"{self._fold_seed}\0{title}\0{number}".encode("utf-8", "surrogatepass")
        fold = blake2b(written, digest_size=6).hexdigest()
        if self._palette.name == "print":
            return True, ""  # nobody can open it on paper
        return is_open != self._asker.is_toggled(fold), fold

    def _arrow(self, fold: str, shown: bool, colour: str) -> str:
        return self.gathered.show(sign("open" if shown else "closed", colour, self._palette.size - 2)) if fold else ""

    def _embed(self, target: str, place: Place) -> str:
        """Write another note's text in a frame; only its title where that would be the second level."""
        palette, context = self._palette, self._asker.context
        found = self._asker.embedded(target) if self._embedded is not None else None
        name, _, anchor = target.partition("#")
        named = " › ".join(part.strip() for part in (name, anchor) if part.strip())
        label = found.title if found is not None else named
        gone = found is not None and bool(found.problem) and not found.text
        colour = palette.missing if gone else palette.muted
        address = f"note:{quote(name.strip(), safe='/')}" + (f"#{quote(anchor.strip(), safe='')}" if anchor else "")
        head = (
            f'<p style="margin:0 0 {6 if found else 0}px 0;line-height:{HEADING_LINE}%;font-size:{palette.small}px">'
            f"{self.gathered.show(sign('note', colour, palette.size - 1))}&nbsp;&nbsp;"
            f'<a href="{html.escape(address)}" style="text-decoration:none;color:{colour}">'
            f"{html.escape(label or target, quote=False)}</a></p>"
        )
        problem = found.problem if found is not None else ""
        parts = []
        if found is not None and found.text and self._embedded is not None:
            text = found.text
            if len(text) > MAX_SHOWN:
                text = text[: max(text.rfind("\n", 0, MAX_SHOWN), MAX_SHOWN // 2)]
                problem = context.say("Only the beginning is shown here.")
            parts = self._embedded_blocks(text, target, place)
        if problem:
            style = f"margin:0;font-size:{palette.small}px;color:{palette.muted}"
            parts.append(f'<p style="{style}">{html.escape(problem)}</p>')
        body = head + "".join(parts)
        return barred(palette.border, palette.card, "10px 14px 10px 14px", body, place, bar=2)

    def _embedded_blocks(self, text: str, target: str, place: Place) -> list[str]:
        assert self._embedded is not None
        parts: list[str] = []
        trees = list(self._embedded(text))
        for index, (root, stash) in enumerate(trees):
            writer = QtWriter(self._palette, stash, self._asker, "", f"{self._fold_seed}\0{target}\0{index}")
            writer.gathered.codes, writer.gathered.images = self.gathered.codes, self.gathered.images
            inside = self._inside(place, "")
            last = index == len(trees) - 1
            inside = replace(inside, below=0 if last else 12, above=NEXT_TABLE if index else inside.above)
            parts.extend(writer._flow(root.children, inside))
        return parts

    def _table(self, node: Element, place: Place) -> str:
        rows = rows_of(node)
        if place.tables >= MAX_TABLES or not rows:
            return "".join("".join(self._flow(cell.children, place)) for row in rows for cell in row)
        if sum(map(len, rows)) > MAX_CELLS:  # only HTML gets as far as this
            lines = [Element("p", {}, [" | ".join(cell.text().strip() for cell in row)]) for row in rows]
            return "".join(self._flow(list(lines), replace(place, below=4)))
        return write_table(node, self._palette, place, margins(place), self._cell)

    def _cell(self, children: list[Element | str], place: Place) -> str:
        if has_blocks(children) or self._words.only_token(Element("p", {}, children)) is not None:
            return "".join(self._flow(children, place))
        return self._words.write(children, place).strip()

    def _inside(self, place: Place, colour: str) -> Place:
        outer = place.outer + INDENT * place.lists + 2 * TABLE_EDGE
        return replace(
            place, tables=place.tables + 1, lists=0, below=0, colour=colour, outer=outer, left=0, above=2
        )

    # --- what was stashed, and images ------------------------------------------------------------------------

    def _stashed(self, stashed: Stashed, place: Place) -> str:
        if stashed.kind == "code":
            return self._code(stashed, place)
        colour = place.colour or self._palette.text
        image = draw(stashed.text, round(self._palette.size * BLOCK_FORMULA), colour, True)
        if image is None:
            return self._code(Stashed("code", stashed.text, "tex"), place)
        shown = self.gathered.show(fitted(image, place.room))
        return f'<p align="center" style="margin:6px 0 {max(place.below, 6)}px 0;line-height:100%">{shown}</p>'

    def _code(self, stashed: Stashed, place: Place) -> str:
        palette = self._palette
        source = stashed.text.rstrip("\n")
        body = highlight(source, stashed.info, palette, breaks=True) or " "
        pre = code_lines(body, palette)
        if place.tables >= MAX_TABLES:
            return pre
        self.gathered.codes.append(source)
        say = self._asker.context.say
        language = language_name(stashed.info) or say("Text")
        return code_frame(pre, language, say("Copy"), len(self.gathered.codes) - 1, palette, place)

    def _image(self, image: Element, href: str, place: Place) -> str:
        image = settled(image, self._asker)
        if not is_remote(image):
            return image_paragraph(image, href, place.below, self._palette, min(place.room, COLUMN))
        card = image_card(image, href, self._palette)
        if place.tables >= MAX_TABLES:
            return card
        return frame(f'<td style="padding:12px 14px 12px 14px">{card}</td>', place, self._palette.card)


def _unwrapped(node: Element) -> list[Element | str]:
    """Return an element's words without the paragraphs around them."""
    children: list[Element | str] = []
    for child in node.children:
        children.extend(child.children if isinstance(child, Element) and child.tag in BLOCK_TAGS else [child])
    return children

