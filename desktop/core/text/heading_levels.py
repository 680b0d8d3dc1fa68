"""Headings made higher or deeper, where a part of a text comes to stand elsewhere."""

from collections.abc import Sequence

from desktop.core.records import TextEdit
from desktop.core.text.masks import Heading, Masks

DEEPEST = 6


def headings_within(masks: Masks, start: int, end: int) -> list[Heading]:
    """Return the headings that begin in a span."""
    return [heading for heading in masks.headings if start <= heading.start < end]


def level_edits(masks: Masks, headings: Sequence[Heading], by: int) -> list[TextEdit]:
    """Return the edits that make headings deeper by some levels, higher where `by` is negative; words stay as they are.

    An underlined heading keeps its line while there is one for its level, and gets hashes below that.
    """
    edits: list[TextEdit] = []
    for heading in headings if by else ():
        level = max(1, min(DEEPEST, heading.level + by))
        if level == heading.level:
            continue
        if heading.content_start != heading.start:
            hashes = heading.start + heading.level
            if level > heading.level:
                edits.append(TextEdit(hashes, hashes, "#" * (level - heading.level)))
            else:
                edits.append(TextEdit(heading.start, heading.start + heading.level - level, ""))
            continue
        line_end = masks.text.find("\n", heading.content_end)
        below_end = masks.text.find("\n", line_end + 1)
        below_end = len(masks.text) if below_end < 0 else below_end
        underline = masks.text[line_end + 1 : below_end]
        begin = line_end + 1 + len(underline) - len(underline.lstrip())
        if level <= 2:
            mark = "=" if level == 1 else "-"
            marks = underline.strip()
            edits.append(TextEdit(begin, begin + len(marks), mark * max(len(marks), 3)))
        else:
            edits.append(TextEdit(heading.start, heading.start, "#" * level + " "))
            edits.append(TextEdit(heading.content_end, below_end, ""))
    return edits
