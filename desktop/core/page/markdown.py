"""Every HTML there is: from a note's text to blocks for the preview, or to plain safe HTML.

The way of a block: normalise -> Python-Markdown -> allow-list, address check, caps (`sanitize`) -> a tree -> HTML for
QTextDocument (`richtext`) or plain HTML. Blocks are converted one by one and kept in a cache under a key of everything
that shows in them, so that an edit costs one block.
"""

import re
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from functools import lru_cache, partial
from hashlib import blake2b

from markdown import Markdown

from desktop.core.markup.inline_rules import Words, canonical_reader
from desktop.core.markup.line_rules import Line, Stashed
from desktop.core.markup.link_parts import normal_label
from desktop.core.markup.normalise import NormalBlock, Normalised, as_written, footnote_block, normalise
from desktop.core.markup.sanitize import Element, clean, to_string
from desktop.core.page.folds import FoldSeeds, fold_of
from desktop.core.page.page_context import EMPTY_CONTEXT, Asker, PageContext, Question, answered
from desktop.core.page.palette import PALETTES, Palette
from desktop.core.page.plain_html import HtmlBlock, Rendering, plain_excerpt
from desktop.core.page.plain_markup import PlainMarkup
from desktop.core.page.properties import property_block
from desktop.core.page.richtext import QtWriter
from desktop.core.records import Section
from desktop.core.text.document import read_document
from desktop.core.text.frontmatter import read_front_matter
from desktop.core.text.outline import scan_sections

__all__ = ["BlockCache", "HtmlBlock", "Rendering", "render_blocks", "to_html"]

LONGEST_BLOCK = 100_000  # characters: to make and to place a longer one would take seconds
CACHED_CHARACTERS = 24_000_000
CACHED_QUESTIONS = 20_000  # blocks whose questions are remembered
_LABEL = re.compile(r"\[((?:[^\[\]\\]++|\\.)++)\]", re.DOTALL)
_MARK = re.compile(r"\[\^([^\]\s\[]{1,100})\]")


class BlockCache:
    """Finished blocks by key, the ones used last; bounded by the characters it holds."""

    def __init__(self, limit: int = CACHED_CHARACTERS) -> None:
        self._blocks: OrderedDict[str, HtmlBlock] = OrderedDict()
        self._asked: OrderedDict[str, frozenset[Question]] = OrderedDict()  # by what is written in a block
        self._limit = limit
        self._size = 0

    def get(self, written: str, context: PageContext) -> HtmlBlock | None:
        """Return a block that was made before; `written` is the key of what stands in it."""
        asked = self._asked.get(written)
        block = self._blocks.get(answered(written, asked, context) if asked else written)
        if block is not None:
            self._blocks.move_to_end(block.key)
        return block

    def put(self, made: HtmlBlock, asked: Set[Question], context: PageContext) -> HtmlBlock:
        """Keep a block, whose key says what is written in it, and forget those not used for longest.

        Return it with the key of what it shows: that of what it was told by the context too.
        """
        block = made
        if asked:
            questions = self._asked.pop(made.key, frozenset()) | asked
            self._asked[made.key] = questions
            while len(self._asked) > CACHED_QUESTIONS:
                self._asked.popitem(last=False)
            key = answered(made.key, questions, context)
            block = made if key == made.key else replace(made, key=key)
        if block.key not in self._blocks:
            self._blocks[block.key] = block
            self._size += _size(block)
            while self._size > self._limit and len(self._blocks) > 1:
                self._size -= _size(self._blocks.popitem(last=False)[1])
        return block


def _size(block: HtmlBlock) -> int:
    return len(block.html) + sum(map(len, block.codes)) + sum(len(image.svg) for image in block.images)


def render_blocks(
    text: str,
    *,
    theme: str = "light",
    size: int = 16,
    cache: BlockCache | None = None,
    before_block: Callable[[str], None] = lambda key: None,
    as_source: Set[str] = frozenset(),
    context: PageContext = EMPTY_CONTEXT,
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
    scheme = f"{palette.name}:{size}:{context.language}"
    seeds = FoldSeeds()
    properties = properties_of(text, start, sections, palette)
    blocks = [properties] if properties else []
    for block in _all_blocks(page, numbers):
        heading_id = ids.get(block.first_line, "") if block.kind == "heading" else ""
        seed = seeds.next(fold_of(block))
        key = block_key(block, page, numbers, f"{scheme}:{heading_id}:{seed}")
        made = cache.get(key, context)
        if made is None:
            before_block(key)
            asker = Asker(context, partial(before_block, key))
            made = make_block(block, page, numbers, palette, key, heading_id, seed, asker, key in as_source)
            made = cache.put(made, asker.asked, context)
        if made.html:
            blocks.append(replace(made, first_line=block.first_line, last_line=block.last_line))
    return Rendering(tuple(blocks))


def to_html(text: str) -> str:
    """Return a text as plain safe HTML, one block a line; front matter is left out."""
    parts = [to_string(tree).strip() for tree in plain_trees(text)]
    return "\n".join(part for part in parts if part) + "\n" if any(parts) else ""


def plain_trees(text: str, markup: type[PlainMarkup] = PlainMarkup) -> Iterator[Element]:
    """Yield the blocks of a text as plain safe trees, headings with their ids; front matter is left out."""
    start = read_front_matter(text).end
    page = normalise(text, start)
    ids = heading_ids(text, scan_sections(text, start))
    numbers = footnote_numbers(page)
    for block in _all_blocks(page, numbers):
        tree = markup(block.stash).tree(_tree(block, page, numbers))
        heading_id = ids.get(block.first_line)
        if block.kind == "heading" and heading_id and tree.children and isinstance(tree.children[0], Element):
            tree.children[0].attributes["id"] = heading_id
        yield tree


def properties_of(text: str, start: int, sections: Sequence[Section], palette: Palette) -> HtmlBlock | None:
    """Return the front matter, which ends at `start`, as a block; None where there is nothing to show."""
    head = read_document(text[:start])
    heading = sections[0].title if sections and sections[0].level == 1 else ""
    beside = head.title if heading and head.title != heading else ""
    body = property_block(head.front_matter, "" if heading else head.title, palette, beside) if start else ""
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
    fold_seed: str,
    asker: Asker,
    as_source: bool,
) -> HtmlBlock:
    """Return a block as HTML for QTextDocument; its lines are not set, its key says what is written in it."""
    if as_source or len(block.text) + sum(len(stashed.text) for stashed in block.stash) > LONGEST_BLOCK:
        return HtmlBlock(key, 0, 0, plain_excerpt(as_written(block)))
    if block.kind == "footnotes":
        palette = replace(palette, size=palette.small)
    writer = QtWriter(palette, block.stash, asker, heading_id, fold_seed, partial(_embedded_trees, asker))
    body = writer.write(_tree(block, page, numbers), small=block.kind == "footnotes")
    return HtmlBlock(key, 0, 0, body, writer.images, tuple(writer.gathered.codes))


def _embedded_trees(asker: Asker, text: str) -> Iterator[tuple[Element, tuple[Stashed, ...]]]:
    """Yield the blocks of a text that stands inside of another, without its footnotes."""
    page = normalise(text)
    for block in page.blocks:
        asker.step()
        if page.footnotes:
            words = _MARK.sub(lambda mark: "" if mark[1].casefold() in page.footnotes else mark[0], block.text)
            block = replace(block, text=words)
        yield _tree(block, page, {}), block.stash


def _tree(block: NormalBlock, page: Normalised, numbers: Mapping[str, int]) -> Element:
    if block.kind in ("code", "math"):
        return Element("", {}, [Element("p", {}, [block.text])])
    if block.kind == "rule":
        return Element("", {}, [Element("hr")])
    converter, words = _converter()
    words.share(page.references, numbers, block.stash)
    tree = clean(converter.convert(block.text))
    return Element("", {}, [Element("hr"), *tree.children]) if block.kind == "footnotes" else tree


@lru_cache(maxsize=1)
def _converter() -> tuple[Markdown, Words]:
    return canonical_reader()


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
            label = normal_label(found[1])
            used = page.references.get(label) or numbers.get(label.removeprefix("^"))
            if used:
                digest.update(f"\0{label}\0{used}".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()
