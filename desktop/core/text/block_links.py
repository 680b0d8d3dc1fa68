"""The id that a link to a block needs: the one it has, or the edit that writes one."""

from dataclasses import dataclass

from desktop.core.records import Section, TextEdit
from desktop.core.text.blocks import block_at, find_block, new_block_id, scan_blocks
from desktop.core.text.masks import read_masks
from desktop.core.text.outline import section_at, sections_of


@dataclass(frozen=True, slots=True)
class BlockLink:
    """What names a block; `edit` writes it where it does not stand there yet."""

    id: str
    edit: TextEdit | None = None


def block_link(text: str, offset: int) -> BlockLink | None:
    """Return the id of the block around an offset; None where no block stands.

    The id of a paragraph, a list item or a quote goes to the end of its last line; that of a table or a piece of code,
    which would show it, to a line of its own.
    """
    start, end = block_at(text, offset)
    named = [block for block in scan_blocks(text) if block.start <= offset <= block.mark_end]
    own = [block for block in named if block.start >= start or offset > block.end]  # not the list around an item
    if own:
        return BlockLink(max(own, key=lambda block: block.start).id)
    if start == end:
        return None
    fresh = new_block_id(text)
    newline = "\r\n" if "\r\n" in text else "\n"
    following = text[end:].split("\n", 2)[1:2]
    apart = newline if following and following[0].strip() else ""
    below = TextEdit(end, end, f"{newline}{newline}^{fresh}{apart}")
    beside = TextEdit(end, end, f" ^{fresh}")
    masked = any(low <= end - 1 < high for low, high in read_masks(text).spans)
    for edit in (below, beside) if masked or text[start] == "|" else (beside, below):
        written = text[: edit.start] + edit.text + text[edit.end :]
        block = find_block(written, fresh)
        if block is not None and block.start <= offset <= block.mark_end:
            return BlockLink(fresh, edit)
    return None


def heading_at(text: str, offset: int) -> Section | None:
    """Return the section whose heading's own line holds an offset."""
    masks = read_masks(text)
    section = section_at(sections_of(masks), offset)
    if section is None:
        return None
    heading = masks.headings[section.ordinal]
    end = text.find("\n", heading.content_end)
    return section if offset <= (end if end >= 0 else len(text)) else None
