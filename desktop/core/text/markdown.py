"""Every HTML there is: from a note's text to blocks for the preview, or to plain safe HTML.

The way of a block: normalise -> Python-Markdown -> allow-list, address check, caps (`sanitize`) -> a tree -> HTML for
QTextDocument (`richtext`) or plain HTML. Blocks are converted one by one and kept in a cache under a key of everything
that shows in them, so that an edit costs one block.
"""

import re
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import replace
from functools import lru_cache
from hashlib import blake2b

from markdown import Markdown

from desktop.core.records import Section
from desktop.core.text.document import read_document
from desktop.core.text.frontmatter import read_front_matter
from desktop.core.text.inline_rules import KonspektInline
from desktop.core.text.line_rules import Line
from desktop.core.text.normalise import NormalBlock, Normalised, footnote_block, normalise
from desktop.core.text.outline import scan_sections
from desktop.core.text.palette import PALETTES, Palette
from desktop.core.text.plain_html import HtmlBlock, Rendering, plain_paragraph
from desktop.core.text.plain_markup import to_plain_markup
from desktop.core.text.properties import property_block
from desktop.core.text.richtext import QtWriter
from desktop.core.text.sanitize import Element, clean, to_string

__all__ = ["BlockCache", "HtmlBlock", "Rendering", "render_blocks", "to_html"]

MOST_OPEN = 60  # brackets that are open at once
CACHED_CHARACTERS = 24_000_000
_LABEL = re.compile(r"\[([^\[\]]{1,300})\]")
_BRACKET = re.compile(r"[\[\]]")
_MARK = re.compile(r"\[\^([^\]\s\[]{1,100})\]")


class BlockCache:
    """Finished blocks by key, the ones used last; bounded by the characters it holds."""

    def __init__(self, limit: int = CACHED_CHARACTERS) -> None:
        self._blocks: OrderedDict[str, HtmlBlock] = OrderedDict()
        self._limit = limit
        self._size = 0

    def get(self, key: str) -> HtmlBlock | None:
        """Return a block that was made before."""
        block = self._blocks.get(key)
        if block is not None:
            self._blocks.move_to_end(key)
        return block

    def put(self, block: HtmlBlock) -> None:
        """Keep a block, and forget the ones not used for longest."""
        if block.key in self._blocks:
            return
        self._blocks[block.key] = block
        self._size += len(block.html)
        while self._size > self._limit and len(self._blocks) > 1:
            self._size -= len(self._blocks.popitem(last=False)[1].html)


def render_blocks(
    text: str,
    *,
    theme: str = "light",
    size: int = 16,
    cache: BlockCache | None = None,
    before_block: Callable[[str], None] = lambda key: None,
    as_source: Set[str] = frozenset(),
) -> Rendering:
    """Return a text as blocks of HTML for QTextDocument.

    `before_block` is called with the key of every block about to be made, and may raise to stop; blocks whose key is
    in `as_source` are shown as they are written.
    """
    palette = replace(PALETTES.get(theme, PALETTES["light"]), size=size)
    cache = cache if cache is not None else BlockCache()
    start = read_front_matter(text).end
    sections = scan_sections(text, start)
    page = normalise(text, start)
    ids = heading_ids(text, sections)
    numbers = footnote_numbers(page)
    scheme = f"{palette.name}:{size}"
    properties = properties_of(text, start, sections, palette)
    blocks = [properties] if properties else []
    for block in _all_blocks(page, numbers):
        heading_id = ids.get(block.first_line, "") if block.kind == "heading" else ""
        key = block_key(block, page, numbers, f"{scheme}:{heading_id}")
        made = cache.get(key)
        if made is None:
            before_block(key)
            made = make_block(block, page, numbers, palette, key, heading_id, key in as_source)
            cache.put(made)
        if made.html:
            blocks.append(HtmlBlock(key, block.first_line, block.last_line, made.html, made.images))
    return Rendering(tuple(blocks))


def to_html(text: str) -> str:
    """Return a text as plain safe HTML, one block a line; front matter is left out."""
    start = read_front_matter(text).end
    page = normalise(text, start)
    ids = heading_ids(text, scan_sections(text, start))
    numbers = footnote_numbers(page)
    parts = []
    for block in _all_blocks(page, numbers):
        tree = to_plain_markup(_tree(block, page, numbers), block.stash)
        heading_id = ids.get(block.first_line)
        if block.kind == "heading" and heading_id and tree.children and isinstance(tree.children[0], Element):
            tree.children[0].attributes["id"] = heading_id
        parts.append(to_string(tree).strip())
    return "\n".join(part for part in parts if part) + "\n" if parts else ""


def properties_of(text: str, start: int, sections: Sequence[Section], palette: Palette) -> HtmlBlock | None:
    """Return the front matter, which ends at `start`, as a block; None where there is nothing to show."""
    head = read_document(text[:start])
    title = "" if any(section.level == 1 for section in sections[:1]) else head.title
    body = property_block(head.front_matter, title, palette) if start else ""
    if not body:
        return None
    key = "properties:" + blake2b(body.encode(), digest_size=16).hexdigest()
    return HtmlBlock(key, 0, max(0, text.count("\n", 0, start) - 1), body)


def make_block(
    block: NormalBlock,
    page: Normalised,
    numbers: Mapping[str, int],
    palette: Palette,
    key: str,
    heading_id: str,
    as_source: bool,
) -> HtmlBlock:
    """Return a block as HTML for QTextDocument; its lines are not set."""
    if as_source:
        return HtmlBlock(key, 0, 0, plain_paragraph(block.text.split("\n")))
    writer = QtWriter(palette, block.stash, heading_id)
    body = writer.write(_tree(block, page, numbers))
    return HtmlBlock(key, 0, 0, body, tuple(writer.images))


def _tree(block: NormalBlock, page: Normalised, numbers: Mapping[str, int]) -> Element:
    if block.kind in ("code", "math"):
        return Element("", {}, [Element("p", {}, [block.text])])
    if block.kind == "rule":
        return Element("", {}, [Element("hr")])
    if _is_tangled(block.text):
        return Element("", {}, [Element("p", {}, [block.text])])
    converter, inline = _converter()
    converter.reset()
    converter.references = dict(page.references)
    inline.footnotes.numbers = dict(numbers)
    tree = clean(converter.convert(block.text))
    return Element("", {}, [Element("hr"), *tree.children]) if block.kind == "footnotes" else tree


def _is_tangled(text: str) -> bool:
    """Tell whether a block holds what nobody writes and Python-Markdown takes quadratic time for."""
    if text.count("[") < MOST_OPEN and text.count("<") < MOST_OPEN:
        return False
    if text.count("](") - text.count(")") > MOST_OPEN or text.count("<") - text.count(">") > MOST_OPEN:
        return True
    depth = 0
    for found in _BRACKET.finditer(text):
        depth = depth + 1 if found[0] == "[" else max(0, depth - 1)
        if depth > MOST_OPEN:
            return True
    return False


@lru_cache(maxsize=1)
def _converter() -> tuple[Markdown, KonspektInline]:
    inline = KonspektInline()
    extensions = [
        "sane_lists",
        "tables",
        "pymdownx.betterem",
        "pymdownx.tilde",
        "pymdownx.mark",
        "pymdownx.magiclink",
        inline,
    ]
    options = {"pymdownx.tilde": {"subscript": False}, "tables": {"use_align_attribute": True}}
    converter = Markdown(extensions=extensions, extension_configs=options, output_format="html")
    # Indented code, quotes' and references' definitions are read by the normaliser.
    converter.parser.blockprocessors.deregister("code")
    converter.parser.blockprocessors.deregister("reference")
    converter.parser.blockprocessors.deregister("setextheader")
    return converter, inline


def heading_ids(text: str, sections: tuple[Section, ...]) -> dict[int, str]:
    """Return the line of each heading with its slug."""
    ids = {}
    line = offset = 0
    for section in sections:
        line += text.count("\n", offset, section.start)
        offset = section.start
        ids[line] = section.slug
    return ids


def footnote_numbers(page: Normalised) -> dict[str, int]:
    """Number the footnotes in the order in which the text names them."""
    numbers: dict[str, int] = {}
    if page.footnotes:
        for block in page.blocks:
            for found in _MARK.finditer(block.text):
                name = found[1].casefold()
                if name in page.footnotes:
                    numbers.setdefault(name, len(numbers) + 1)
    return numbers


def _all_blocks(page: Normalised, numbers: Mapping[str, int]) -> list[NormalBlock]:
    blocks = list(page.blocks)
    if numbers:
        notes: list[tuple[int, list[Line]]] = [(number, page.footnotes[name]) for name, number in numbers.items()]
        blocks.append(footnote_block(notes))
    return blocks


def block_key(block: NormalBlock, page: Normalised, numbers: Mapping[str, int], scheme: str) -> str:
    """Return a digest of everything that shows in a block."""
    digest = blake2b(f"{block.kind}\0{scheme}\0{block.text}".encode("utf-8", "surrogatepass"), digest_size=16)
    for stashed in block.stash:
        digest.update(f"\0{stashed.kind}\0{stashed.info}\0{stashed.text}".encode("utf-8", "surrogatepass"))
    if page.references or numbers:
        for found in _LABEL.finditer(block.text):
            label = " ".join(found[1].split()).lower()
            used = page.references.get(label) or numbers.get(label.removeprefix("^"))
            if used:
                digest.update(f"\0{label}\0{used}".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()
