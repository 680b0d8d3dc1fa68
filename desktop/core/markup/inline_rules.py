"""How Python-Markdown reads and writes with our rules: its blocks, our words (`inline_parser`), our way to write HTML.

Python-Markdown's own inline patterns, its preprocessors and its code, definitions and underlined headings are put out
of use: the normaliser has read the latter, and the former take quadratic time and are not CommonMark.
"""

import html
import re
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from urllib.parse import quote
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from desktop.core.markup.emphasis import fill
from desktop.core.markup.inline_elements import RAW
from desktop.core.markup.inline_parser import InlineParser
from desktop.core.markup.inline_text import Shared
from desktop.core.markup.line_rules import EMPTY, GUARD, TIGHT, Stashed

MAX_NESTING = 60  # elements in each other; deeper ones are words
WIKI = re.compile(r"(!?)\[\[([^\[\]\n]{1,500})\]\]")
IMAGES = frozenset((".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".bmp", ".avif"))
BARE = "bare"  # an element of which only the content is written
VOID = frozenset(("br", "hr", "img"))
_SPECIAL = re.compile("[\\\\`*_~=^\\[\\]!<&$%\n:@\ufdd0]|www")
_BLOCKS = frozenset("p h1 h2 h3 h4 h5 h6 ul ol li blockquote table thead tbody tr td th hr".split())


class WikiRule:
    """`[[Note#Heading|label]]`, `![[image.png|300]]`."""

    def read(self, text: str, place: int) -> tuple[Element, int] | None:
        """Return a link to a note, or an image, and where it ends."""
        found = WIKI.match(text, place)
        element = self.element(bool(found[1]), found[2]) if found else None
        return (element, found.end()) if found and element is not None else None

    def element(self, embedded: bool, inside: str) -> Element | None:
        """Return what stands for the words between the brackets; None where they name nothing."""
        target, _, label = inside.replace("\\|", "|").partition("|")
        name, _, anchor = target.partition("#")
        name, anchor, label = name.strip(), anchor.strip(), label.strip()
        if embedded and PurePosixPath(name.lower()).suffix in IMAGES:
            image = Element("img", {"src": "attachment:" + quote(name, safe="/"), "alt": name})
            width, _, height = label.partition("x")
            for key, value in (("width", width), ("height", height)):
                if width.isdigit() and value.isdigit():
                    image.set(key, value)
            return image
        if not name and not anchor:
            return None
        address = "note:" + quote(name, safe="/") if name else ""
        link = Element("a", {"href": address + ("#" + quote(anchor, safe="") if anchor else "")})
        link.text = label or (f"{name} › {anchor.lstrip('^')}" if name and anchor else name or anchor)
        if not embedded:
            return link
        embed = Element("span", {"class": "embed", "data-target": target.strip()})
        embed.append(link)
        return embed


class Words(Treeprocessor):  # type: ignore[misc]
    """Reads the words of every block."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self._wiki = WikiRule()
        self._shared = Shared({}, {}, {})

    def share(
        self, references: Mapping[str, tuple[str, str]], footnotes: Mapping[str, int], stash: Sequence[Stashed]
    ) -> None:
        """Say what the next block needs to know of its note."""
        source = {number: stashed.text for number, stashed in enumerate(stash) if stashed.kind == "html"}
        self._shared = Shared(references, footnotes, source)

    def run(self, root: Element) -> None:
        """Put elements in the place of Markdown."""
        for element in list(root.iter()):
            children = list(element)
            if children and any(child.tail and child.tail.strip() for child in children):
                self._mixed(element, children)
            elif element.text and (element.text[0] == EMPTY or element.text.strip()):
                self._plain(element, children)

    def _plain(self, element: Element, children: list[Element]) -> None:
        """Read the words that stand before the element's children."""
        text = element.text or ""
        if text[0] == TIGHT:
            text = text[1:]
            if element.tag == "p":
                element.tag = BARE
        if text == EMPTY:
            element.text = None
            if element.tag == "p":
                element.tag = BARE
            return
        pieces = self._read(text, in_cell=element.tag in ("td", "th"))
        first = pieces[0] if pieces else None
        if element.tag == "p" and isinstance(first, Element) and first.get("block"):
            element.tag = BARE
        if children:
            tails = [child.tail for child in children]
            fill(element, [*pieces, *children])
            for child, tail in zip(children, tails, strict=True):
                child.tail = tail
        elif len(pieces) == 1 and isinstance(first, str):
            element.text = first
        else:
            fill(element, pieces)

    def _mixed(self, element: Element, children: list[Element]) -> None:
        """Read an element with words between its children, which canonical Markdown does not make."""
        pieces = self._read(element.text or "") if element.text else []
        for child in children:
            pieces.append(child)
            if child.tail:
                pieces.extend(self._read(child.tail))
        for child in children:
            element.remove(child)
        fill(element, pieces)

    def _read(self, text: str, in_cell: bool = False) -> list[str | Element]:
        text = text.replace(GUARD, "").replace(TIGHT, "").replace(EMPTY, "").strip(" \n")
        if in_cell:
            text = text.replace("\\|", "|")
        if _SPECIAL.search(text) is None:
            return [text]
        if "\n " in text:
            text = re.sub(r"\n +", "\n", text)
        return InlineParser(text, self._shared, self._wiki).parse()


class KonspektMarkdown(Extension):  # type: ignore[misc]
    """Makes Python-Markdown read canonical Markdown with our words."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Leave of Python-Markdown what reads blocks."""
        self.words = Words(md)
        for name in ("normalize_whitespace", "html_block"):
            md.preprocessors.deregister(name)
        for name in ("code", "reference", "setextheader"):
            md.parser.blockprocessors.deregister(name)
        for name in [item.name for item in md.treeprocessors._priority]:
            md.treeprocessors.deregister(name)
        for name in [item.name for item in md.postprocessors._priority]:
            md.postprocessors.deregister(name)
        md.treeprocessors.register(self.words, "words", 20)


def canonical_reader() -> tuple[Markdown, Words]:
    """Make a Python-Markdown of our rules, and what is told of each block before."""
    ours = KonspektMarkdown()
    reader = Markdown(
        extensions=["sane_lists", "tables", ours], extension_configs={"tables": {"use_align_attribute": True}}
    )
    reader.serializer = write
    return reader, ours.words


def write(root: Element) -> str:
    """Return a tree as HTML; what RAW elements hold is written as it stands."""
    parts: list[str] = []
    _write(root, parts, 0)
    return "".join(parts)


def _write(element: Element, parts: list[str], depth: int) -> None:
    tag = element.tag
    if tag == RAW:
        parts.append(element.text or "")
        return
    if depth > MAX_NESTING:
        parts.append(html.escape("".join(element.itertext()), quote=False))
        return
    if tag != BARE:
        given = "".join(f' {key}="{html.escape(value)}"' for key, value in sorted(element.items()))
        parts.append(f"<{tag}{given}>")
        if tag in VOID:
            return
    if element.text:
        parts.append(html.escape(element.text, quote=False))
    for child in element:
        _write(child, parts, depth + 1)
        if child.tail:
            parts.append(html.escape(child.tail, quote=False))
    if tag != BARE:
        parts.append(f"</{tag}>\n" if tag in _BLOCKS else f"</{tag}>")
