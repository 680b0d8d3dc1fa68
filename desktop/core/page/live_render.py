"""The HTML of a text that is being written: an edit costs the blocks around it, however long the text is."""

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, replace
from functools import partial

from desktop.core.markup.normalise import NormalBlock, Normalised, footnote_block
from desktop.core.page.folds import FoldSeeds, fold_of
from desktop.core.page.live_page import LivePage, Record
from desktop.core.page.markdown import (
    BlockCache,
    block_key,
    footnote_numbers,
    heading_ids,
    make_block,
    properties_of,
)
from desktop.core.page.page_context import EMPTY_CONTEXT, Asker, PageContext
from desktop.core.page.palette import PALETTES, Palette
from desktop.core.page.plain_html import HtmlBlock
from desktop.core.text.frontmatter import read_front_matter
from desktop.core.text.live_outline import LiveOutline

_NOTHING_SHARED = Normalised((), {}, {})


@dataclass(frozen=True, slots=True)
class _Finished:
    """A record's HTML, and what it was made for."""

    setting: int
    heading_id: str
    folds: tuple[str, ...]  # of its blocks: what `fold_of` says
    seeds: tuple[str, ...]
    shift: int
    blocks: tuple[HtmlBlock, ...]


@dataclass(frozen=True)
class _Setting:
    """What shows in blocks without standing in them."""

    palette: Palette
    page: Normalised  # without its blocks
    numbers: dict[str, int]
    as_source: Set[str]
    context: PageContext


class LiveRendering:
    """Renders one text after another, each of which may be an edit of the one before."""

    def __init__(self, cache: BlockCache) -> None:
        self._cache = cache
        self._outline = LiveOutline()
        self._page = LivePage()
        self._setting: _Setting | None = None
        self._settings = 0  # so many there were

    def render(
        self,
        text: str,
        theme: str,
        size: int,
        before_block: Callable[[str], None],
        as_source: Set[str] = frozenset(),
        context: PageContext = EMPTY_CONTEXT,
        offer: Callable[[Sequence[HtmlBlock], bool], None] | None = None,
        step: Callable[[], None] = lambda: None,
    ) -> tuple[HtmlBlock, ...]:
        """Return what `render_blocks` returns; a block that was there before is the same object.

        `offer` gets the first blocks each time when one more is about to be made, and whether that takes long.
        `step` is called again and again while the text is read.
        """
        palette = replace(PALETTES.get(theme, PALETTES["light"]), size=size)
        start = read_front_matter(text).end
        sections = self._outline.read(text)
        self._page.read(text, start, step)
        page = self._page.page() if self._page.defines() else _NOTHING_SHARED
        setting = _Setting(palette, replace(page, blocks=()), footnote_numbers(page), as_source, context)
        if setting != self._setting:
            self._setting = setting
            self._settings += 1
        ids = heading_ids(text, sections)
        properties = properties_of(text, start, sections, palette) if start else None
        blocks = [properties] if properties else []
        counted = FoldSeeds()
        for record, shift in self._page.placed():
            first = record.blocks[0] if record.blocks else None
            heading_id = ids.get(first.first_line + shift, "") if first and first.kind == "heading" else ""
            made = record.finished
            folds = made.folds if isinstance(made, _Finished) else tuple(fold_of(block) for block in record.blocks)
            seeds = tuple(counted.next(fold) for fold in folds)
            if not isinstance(made, _Finished) or (made.setting, made.heading_id, made.seeds) != (
                self._settings,
                heading_id,
                seeds,
            ):
                if offer is not None:
                    offer(blocks, any(map(_is_slow, record.blocks)))
                shown = self._finish(record, heading_id, seeds, setting, before_block)
                made = record.finished = _Finished(self._settings, heading_id, folds, seeds, 0, shown)
            if made.shift != shift:
                moved = shift - made.shift
                made = record.finished = replace(
                    made, shift=shift, blocks=tuple(_moved(block, moved) for block in made.blocks)
                )
            blocks.extend(made.blocks)
        if setting.numbers:
            notes = [(number, page.footnotes[name]) for name, number in setting.numbers.items()]
            notes_block = footnote_block(notes)
            blocks.extend(self._html(notes_block, "", counted.next(fold_of(notes_block)), setting, before_block))
        return tuple(blocks)

    def _finish(
        self,
        record: Record,
        heading_id: str,
        seeds: tuple[str, ...],
        setting: _Setting,
        before_block: Callable[[str], None],
    ) -> tuple[HtmlBlock, ...]:
        blocks: list[HtmlBlock] = []
        for block, seed in zip(record.blocks, seeds, strict=True):
            blocks.extend(self._html(block, heading_id, seed, setting, before_block))
        return tuple(blocks)

    def _html(
        self, block: NormalBlock, heading_id: str, seed: str, setting: _Setting, before_block: Callable[[str], None]
    ) -> list[HtmlBlock]:
        """Return the block's HTML, from the cache where it is there; none for one that shows nothing."""
        page, numbers, palette = setting.page, setting.numbers, setting.palette
        scheme = f"{palette.name}:{palette.size}:{setting.context.language}:{heading_id}:{seed}"
        key = block_key(block, page, numbers, scheme)
        made = self._cache.get(key, setting.context)
        if made is None:
            before_block(key)
            asker = Asker(setting.context, partial(before_block, key))
            as_source = key in setting.as_source
            made = make_block(block, page, numbers, palette, key, heading_id, seed, asker, as_source)
            made = self._cache.put(made, asker.asked, setting.context)
        return [replace(made, first_line=block.first_line, last_line=block.last_line)] if made.html else []


def _is_slow(block: NormalBlock) -> bool:
    """Tell whether a block has formulas: the first one loads what draws them."""
    return block.kind == "math" or any(stashed.kind == "math" for stashed in block.stash)


def _moved(block: HtmlBlock, lines: int) -> HtmlBlock:
    return replace(block, first_line=block.first_line + lines, last_line=block.last_line + lines)
