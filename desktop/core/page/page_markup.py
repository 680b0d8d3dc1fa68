"""From a safe tree to HTML for a page that stands alone in a browser: code in colours, formulas drawn, callouts, tasks.

Colours are classes, since the page has a light and a dark side; a formula takes the colour of the words around it.
"""

from collections.abc import Mapping
from dataclasses import replace
from html.parser import HTMLParser
from xml.etree import ElementTree

from desktop.core.markup.sanitize import Element
from desktop.core.page.highlight import highlight
from desktop.core.page.math import MathImage, draw
from desktop.core.page.palette import FAMILY_OF, LIGHT
from desktop.core.page.plain_markup import BOXES, Nodes, PlainMarkup

FORMULA_SIZE = 32  # pixels a formula is drawn at; it is shown in the size of the words around it
INLINE_SCALE, BLOCK_SCALE = 1.06, 1.12  # of the words' size, as in the preview
_INK = "#010203"  # stands for the colour of the words until the formula is in the page
_SHAPES = frozenset("svg g path rect line polygon polyline ellipse circle text tspan".split())
_SHAPE_ATTRIBUTES = frozenset(
    "viewBox d x y x1 x2 y1 y2 dx dy width height rx ry r cx cy points transform fill fill-rule fill-opacity stroke "
    "stroke-width stroke-linecap stroke-linejoin opacity font-size font-family font-style font-weight "
    "text-anchor".split()
)
TOKEN_CLASSES: Mapping[str, str] = {name: f"t{number}" for number, name in enumerate(LIGHT.tokens)}
_CLASSES = replace(LIGHT, tokens=TOKEN_CLASSES)


class PageMarkup(PlainMarkup):
    """Writes one block as it shows best in a browser."""

    def element(self, node: Element) -> Nodes:
        """Return what an element becomes: formulas are drawn, tasks and wide tables are marked."""
        if node.tag == "span" and node.attributes.get("class") == "math":
            return [_drawn(node.text(), block=False) or Element("code", {"class": "math"}, [node.text()])]
        if node.tag == "p":
            return _paragraphs(Element("p", dict(node.attributes), self.children(node)))
        written = super().element(node)
        if node.tag == "li" and isinstance(written[0], Element) and written[0].text().lstrip()[:1] in BOXES:
            written[0].attributes["class"] = "task"
        if node.tag == "table":
            return [Element("div", {"class": "wide"}, written)]
        return written

    def code(self, source: str, language: str) -> Element:
        """Return code in colours."""
        reader = _Spans()
        reader.feed(highlight(source.rstrip("\n"), language, _CLASSES))
        reader.close()
        attributes = {"class": f"language-{language}"} if language else {}
        return Element("pre", {}, [Element("code", attributes, reader.nodes)])

    def formula(self, source: str) -> Element:
        """Return a drawn formula; its source where it cannot be drawn."""
        drawn = _drawn(source, block=True)
        return Element("div", {"class": "formula"}, [drawn]) if drawn else self.code(source, "tex")

    def image(self, image: Element) -> Element | str:
        """Return an image as it is written; whoever makes the page puts its bytes in, or a link."""
        return Element("img", dict(image.attributes))

    def callout(self, node: Element, kind: str, title: Element) -> Element:
        """Return a callout, as a fold where it was written as one."""
        family = FAMILY_OF.get(kind.rstrip("+-"), "note")
        words = self.children(title) or [kind.rstrip("+-").capitalize()]
        rest = self.children(Element("", {}, [child for child in node.children if child is not title]))
        attributes = {"class": f"callout callout-{family}"}
        if kind.endswith(("+", "-")):
            if kind.endswith("+"):
                attributes["open"] = ""
            return Element("details", attributes, [Element("summary", {}, words), *rest])
        return Element("div", attributes, [Element("p", {"class": "callout-title"}, words), *rest])


class _Spans(HTMLParser):
    """Reads the spans that the highlighter writes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.nodes: Nodes = []
        self._class = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take a span's class from where its colour would stand."""
        style = next((value or "" for key, value in attrs if key == "style"), "")
        self._class = style.partition("color:")[2].split(";")[0].strip()

    def handle_endtag(self, tag: str) -> None:
        """Leave the span."""
        self._class = ""

    def handle_data(self, data: str) -> None:
        """Add code."""
        known = self._class in TOKEN_CLASSES.values()
        self.nodes.append(Element("span", {"class": self._class}, [data]) if known else data)


def _paragraphs(paragraph: Element) -> Nodes:
    """Return a paragraph, cut where something stands in it that no paragraph may hold."""
    pieces: Nodes = []
    inside: Nodes = []
    for child in [*paragraph.children, None]:
        apart = isinstance(child, Element) and child.tag in ("pre", "div", "details")
        if (child is None or apart) and any(not isinstance(c, str) or c.strip() for c in inside):
            pieces.append(Element("p", dict(paragraph.attributes), inside))
        if child is None or apart:
            inside = []
        if apart:
            pieces.append(child)  # type: ignore[arg-type]  # an element, as `apart` says
        elif child is not None:
            inside.append(child)
    return pieces


def _drawn(source: str, *, block: bool) -> Element | None:
    image = draw(source, FORMULA_SIZE, _INK, block)
    return _inline_svg(image, BLOCK_SCALE if block else INLINE_SCALE, block) if image else None


def _inline_svg(image: MathImage, scale: float, block: bool) -> Element | None:
    """Return a formula as elements of the page, without names that another formula may have too."""
    root = ElementTree.fromstring(image.svg)
    shape = _shape(root)
    if shape is None:
        return None
    shape.attributes |= {
        "width": f"{image.width / FORMULA_SIZE * scale:.3f}em",
        "height": f"{image.height / FORMULA_SIZE * scale:.3f}em",
        "class": "formula-block" if block else "formula-inline",
        "role": "img",
        "aria-label": image.source,
    }
    return shape


def _shape(node: ElementTree.Element) -> Element | None:
    """Return a drawn shape with all in it; None when it holds more than plain shapes."""
    tag = node.tag.rpartition("}")[2]
    if tag not in _SHAPES:
        return None
    given = {key: value for key, value in node.attrib.items() if key in _SHAPE_ATTRIBUTES and "(" not in value}
    if "transform" in node.attrib:
        given["transform"] = node.attrib["transform"]
    attributes = {key: "currentColor" if value.lower() == _INK else value for key, value in given.items()}
    children: Nodes = [node.text] if node.text and tag in ("text", "tspan") else []
    for child in node:
        shape = _shape(child)
        if shape is None:
            return None
        children.append(shape)
    return Element(tag, attributes, children)
