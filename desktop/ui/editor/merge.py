"""Two people at one text: the smallest change between two texts, and the merge of two changes of a third.

A **span** is (start, old end, new end): old[start:old_end] became new[start:new_end], everything around is the same.
A merge works on lines, and within a line that both changed on the one span of each. Where both changed the same
place differently there is no merge: nobody's words are chosen silently.
"""

from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import TypeAlias

from desktop.core.text.span import changed_span

Change: TypeAlias = tuple[int, int, str]  # base[start:end] is replaced by the string

_MATCH_COST = 400_000  # pairs of equal lines that SequenceMatcher may look at; above it one span is taken


def merge(base: str, mine: str, theirs: str) -> str | None:
    """Return the text with both changes of `base` in it, or None where they meet."""
    if mine == theirs or theirs == base:
        return mine
    if mine == base:
        return theirs
    return _apply_both(base, _line_changes(base, mine), _line_changes(base, theirs))


def _line_changes(base: str, new: str) -> list[Change]:
    """Return the changes from base to new, whole lines each, ascending and apart."""
    start, old_end, new_end = changed_span(base, new)
    start = base.rfind("\n", 0, start) + 1
    tail = base.find("\n", old_end)
    tail = len(base) if tail < 0 else tail + 1
    new_end += tail - old_end
    old_lines = base[start:tail].splitlines(keepends=True)
    new_lines = new[start:new_end].splitlines(keepends=True)
    counts = Counter(new_lines)
    if sum(counts[line] for line in old_lines) > _MATCH_COST:
        return [(start, tail, new[start:new_end])]
    places = _places(old_lines, start)
    return [
        (places[old_from], places[old_to], "".join(new_lines[new_from:new_to]))
        for tag, old_from, old_to, new_from, new_to in SequenceMatcher(
            None, old_lines, new_lines, autojunk=False
        ).get_opcodes()
        if tag != "equal"
    ]


def _places(lines: Sequence[str], start: int) -> list[int]:
    places = [start]
    for line in lines:
        places.append(places[-1] + len(line))
    return places


def _apply_both(base: str, mine: list[Change], theirs: list[Change]) -> str | None:
    """Weave two lists of changes; changes that meet are merged within their lines or not at all."""
    parts: list[str] = []
    done = 0
    i = j = 0
    while i < len(mine) or j < len(theirs):
        if i < len(mine) and j < len(theirs) and _meet(mine[i], theirs[j]):
            start = min(mine[i][0], theirs[j][0])
            end = max(mine[i][1], theirs[j][1])
            from_i, from_j = i, j
            i, j = i + 1, j + 1
            while (i < len(mine) and mine[i][0] <= end) or (j < len(theirs) and theirs[j][0] <= end):
                if i < len(mine) and mine[i][0] <= end:
                    end = max(end, mine[i][1])
                    i += 1
                else:
                    end = max(end, theirs[j][1])
                    j += 1
            both = _merge_inside(base[start:end], start, mine[from_i:i], theirs[from_j:j])
            if both is None:
                return None
            change = (start, end, both)
        elif j >= len(theirs) or (i < len(mine) and mine[i][0] < theirs[j][0]):
            change = mine[i]
            i += 1
        else:
            change = theirs[j]
            j += 1
        parts += (base[done : change[0]], change[2])
        done = change[1]
    parts.append(base[done:])
    return "".join(parts)


def _meet(a: Change, b: Change) -> bool:
    """Say whether two changes share a character or insert at the same place."""
    if a[0] == b[0]:
        return True
    return a[0] < b[1] and b[0] < a[1]


def _merge_inside(base: str, start: int, mine: list[Change], theirs: list[Change]) -> str | None:
    """Merge two versions of one stretch by the one span of each."""
    mine_text = _changed(base, start, mine)
    theirs_text = _changed(base, start, theirs)
    if mine_text == theirs_text:
        return mine_text
    a, a_end, a_new = changed_span(base, mine_text)
    b, b_end, b_new = changed_span(base, theirs_text)
    if a_end <= b and a != b:
        return base[:a] + mine_text[a:a_new] + base[a_end:b] + theirs_text[b:b_new] + base[b_end:]
    if b_end <= a and a != b:
        return base[:b] + theirs_text[b:b_new] + base[b_end:a] + mine_text[a:a_new] + base[a_end:]
    return None


def _changed(base: str, start: int, changes: list[Change]) -> str:
    parts: list[str] = []
    done = 0
    for from_, to, text in changes:
        parts += (base[done : from_ - start], text)
        done = to - start
    parts.append(base[done:])
    return "".join(parts)


def edits(old: str, new: str) -> list[Change]:
    """Return small changes that make `new` of `old`, ascending and apart."""
    found = []
    for start, end, text in _line_changes(old, new):
        first, old_end, new_end = changed_span(old[start:end], text)
        found.append((start + first, start + old_end, text[first:new_end]))
    return found
