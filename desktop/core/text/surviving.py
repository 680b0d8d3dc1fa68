"""Whether the links of a text survive edits of it.

A name that is written into a link may hold what means something to the words around it: a backtick that closes the one
before the link, a dollar sign that begins a formula, a tag. So the whole new text is read again, and each link must be
there again, its target at its place. Edits in characters that open and close nothing are not asked about.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

from desktop.core.records import Link, TextEdit
from desktop.core.text.document import read_document

MOST_READ = 400_000  # characters of one text, read once for each doubtful edit of it
_DOUBTFUL = re.compile(r"[`$<>&\\\[\]|{}\n\r]|%%|://")


def surviving(text: str, edits: Sequence[TextEdit]) -> list[TextEdit]:
    """Return those of the edits, which are ascending and apart, that take no link away from a text."""
    doubtful = [edit for edit in edits if _is_doubtful(text, edit)]
    if not doubtful:
        return list(edits)
    links = read_document(text).links
    if _all_there(text, links, edits):
        return list(edits)
    kept = [edit for edit in edits if edit not in doubtful]
    if len(text) * len(doubtful) > MOST_READ:
        return kept
    for edit in doubtful:
        tried = sorted([*kept, edit], key=lambda e: (e.start, e.end))
        if _all_there(text, links, tried):
            kept = tried
    return kept


def keeps_links(text: str, edits: Sequence[TextEdit]) -> bool:
    """Tell whether a text holds all its links after edits, which are ascending and apart."""
    return _all_there(text, read_document(text).links, edits)


def _all_there(text: str, links: Sequence[Link], edits: Sequence[TextEdit]) -> bool:
    pieces: list[str] = []
    position = 0
    for edit in edits:
        pieces += (text[position : edit.start], edit.text)
        position = edit.end
    after = {(link.start, link.target_start): link for link in read_document("".join((*pieces, text[position:]))).links}
    moves = _Moves(edits)
    for link in links:
        found = after.get((moves.start(link.start), moves.start(link.target_start)))
        if found is None or (found.kind, found.target_end) != (link.kind, moves.end(link.target_end)):
            return False
        if not moves.touches(link) and (found.target, found.anchor) != (link.target, link.anchor):
            return False
    return True


class _Moves:
    """Where places of a text stand after edits."""

    def __init__(self, edits: Sequence[TextEdit]) -> None:
        self._edits = edits
        self._ends = [edit.end for edit in edits]
        self._sums = [0, *accumulate(_more(edit) for edit in edits)]

    def start(self, place: int) -> int:
        """Return where something begins that began at a place."""
        count = bisect_right(self._ends, place)
        if count and self._edits[count - 1].start == place:  # what is put in there belongs to what begins
            count -= 1
        return place + self._sums[count]

    def end(self, place: int) -> int:
        """Return where something ends that ended at a place."""
        return place + self._sums[bisect_right(self._ends, place)]

    def touches(self, link: Link) -> bool:
        """Tell whether an edit stands in a link, or in the definition of its address."""
        first = bisect_left(self._ends, min(link.start, link.target_start))
        return first < len(self._edits) and self._edits[first].start <= max(link.end, link.target_end)


def _more(edit: TextEdit) -> int:
    return len(edit.text) - edit.end + edit.start


def _is_doubtful(text: str, edit: TextEdit) -> bool:
    before, after = text[max(edit.start - 1, 0) : edit.start], text[edit.end : edit.end + 1]
    said = (text[edit.start : edit.end], edit.text)
    return any(_DOUBTFUL.search(words) or "%%" in f"{before}{words}{after}" for words in said)
