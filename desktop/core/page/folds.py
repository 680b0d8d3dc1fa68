"""What turns the folds of one block apart from those of another: their titles, and how many before say the same.

An id that holds neither lines nor contents stays while the text around it, and inside of it, is written.
"""

import re

from desktop.core.markup.normalise import NormalBlock

_SUMMARY = re.compile(r"<summary[^<>]{0,200}>([^<>]{0,200})", re.IGNORECASE)
_DETAILS = re.compile(r"<details", re.IGNORECASE)


def fold_of(block: NormalBlock) -> str:
    """Return the title of a block's first fold, or its first embedded note; "" where it can have no folds."""
    for stashed in block.stash:
        if stashed.kind == "callout" and stashed.info[-1:] in ("+", "-"):
            return f"c{stashed.text}"
    text = block.text
    if "<" in text and _DETAILS.search(text):
        summary = _SUMMARY.search(text)
        return f"d{summary[1] if summary else ''}"
    embed = text.find("![[")
    return "e" + text[embed : embed + 200] if embed >= 0 else ""


class FoldSeeds:
    """Counts the folds of a page, top down."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def next(self, fold: str) -> str:
        """Return what the ids of the next block's folds are made of."""
        if not fold:
            return ""
        number = self._seen[fold] = self._seen.get(fold, 0) + 1
        return f"{fold}\0{number}"
