"""Which anchors of links name nothing in a text: no heading, no block.

Headings and blocks are read once for all anchors, and only where one asks for them.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from urllib.parse import unquote

from desktop.core.records import Section
from desktop.core.text.anchors import Headings
from desktop.core.text.blocks import find_block, scan_blocks
from desktop.core.text.frontmatter import read_front_matter
from desktop.core.text.outline import scan_sections

FEW = 2  # block ids that are looked for one by one
MOST_DEAD = 200  # blocks of one text that are told to be missing, for each is looked for in all of it


def dead_anchors(
    anchors: Iterable[str], read_text: Callable[[], str], read_sections: Callable[[], Sequence[Section]]
) -> frozenset[str]:
    """Return those of the anchors, as they stand behind `#`, that name no section and no block."""
    wanted = set(anchors)
    ids = {anchor for anchor in wanted if anchor.lstrip("# ").startswith(("^", "%5E", "%5e"))}
    dead = _dead_blocks(ids, read_text()) if ids else set()
    if wanted - ids:
        headings = Headings(read_sections())
        dead |= {anchor for anchor in wanted - ids if headings.find(anchor) is None}
    return frozenset(dead)


def dead_in(text: str, anchors: Iterable[str]) -> frozenset[str]:
    """Return those of the anchors that name nothing in a text of which only the letters are known."""
    return dead_anchors(anchors, lambda: text, lambda: scan_sections(text, read_front_matter(text).end))


def _dead_blocks(anchors: set[str], text: str) -> set[str]:
    ids = {anchor: _id_of(anchor) for anchor in anchors}
    if len(ids) > FEW:
        there = {block.id.casefold() for block in scan_blocks(text)}
        ids = dict(islice(((anchor, name) for anchor, name in ids.items() if name not in there), MOST_DEAD))
    return {anchor for anchor, name in ids.items() if find_block(text, name) is None}


def _id_of(anchor: str) -> str:
    return unquote(anchor, errors="replace").lstrip("# ").removeprefix("^").strip().casefold()
