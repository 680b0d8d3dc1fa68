"""Runs of `*`, `_`, `~~` and `==`: which open, which close, and what they enclose.

The rules are CommonMark's (a run opens where words follow, closes where words end, `_` never inside a word), with two
kindnesses to what people write: `**bold:**word` closes, and `~~` and `==` stand in twos only. One pass from left to
right over a stack; what a failed search learned is remembered, so that no text costs more than linear time.
"""

import unicodedata
from dataclasses import dataclass
from xml.etree.ElementTree import Element

Piece = "str | Element | Run"
_TAGS = {"~": "del", "=": "mark"}
_ENDS = frozenset(":;.,!?)]»”…%")  # after one of these `**` ends what is bold, even right before a letter


@dataclass(slots=True, eq=False)
class Run:
    """Several equal marks in a row, or what is left of them."""

    mark: str
    count: int
    opens: bool
    closes: bool
    length: int  # of the whole run
    serial: int = 0
    place: int = 0  # on the stack


def make_run(text: str, start: int, end: int) -> Run:
    """Read the marks between two offsets."""
    mark = text[start]
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    blank_before, blank_after = before.isspace(), after.isspace()
    stop_before, stop_after = is_punctuation(before), is_punctuation(after)
    left = not blank_after and (not stop_after or blank_before or stop_before)
    right = not blank_before and (not stop_before or blank_after or stop_after)
    opens, closes = left, right
    if mark == "_":
        opens, closes = left and (not right or stop_before), right and (not left or stop_after)
    elif mark == "=":
        opens, closes = left and not right, right and not left
    elif mark == "*" and end - start == 2 and left and not right and before in _ENDS and after.isalnum():
        closes = True
    if mark in "~=" and end - start != 2:
        opens = closes = False
    return Run(mark, end - start, opens, closes, end - start)


def is_punctuation(character: str) -> bool:
    """Tell punctuation and symbols from letters and blanks, as CommonMark does."""
    return not character.isalnum() and unicodedata.category(character)[0] in "PS"


def emphasised(pieces: "list[str | Element | Run]") -> list[str | Element]:
    """Return the pieces with what their runs enclose put into elements; runs without a partner become words."""
    stack: list[str | Element | Run] = []
    openers: list[Run] = []
    bottoms: dict[tuple[str, bool, int], int] = {}
    serial = 0
    for piece in pieces:
        if isinstance(piece, Run):
            if piece.closes:
                _close(piece, stack, openers, bottoms, serial)
            if piece.count and piece.opens:
                serial += 1
                piece.serial, piece.place = serial, len(stack)
                openers.append(piece)
            if not piece.count:
                continue
        stack.append(piece)
    return [_literal(piece) for piece in stack]


def _close(
    closer: Run,
    stack: "list[str | Element | Run]",
    openers: list[Run],
    bottoms: dict[tuple[str, bool, int], int],
    serial: int,
) -> None:
    """Match a closing run with the openers on the stack as long as any of it is left."""
    key = (closer.mark, closer.opens, closer.length % 3)
    while closer.count:
        index = len(openers) - 1
        bottom = bottoms.get(key, 0)
        while index >= 0 and openers[index].serial > bottom and not _fits(openers[index], closer):
            index -= 1
        if index < 0 or openers[index].serial <= bottom:
            bottoms[key] = serial
            return
        opener = openers[index]
        del openers[index + 1 :]
        used = 2 if closer.count >= 2 and opener.count >= 2 else 1
        inside = [_literal(piece) for piece in stack[opener.place + 1 :]]
        opener.count -= used
        closer.count -= used
        del stack[opener.place + (1 if opener.count else 0) :]
        if not opener.count:
            openers.pop()
        element = Element(_TAGS.get(closer.mark) or ("strong" if used == 2 else "em"))
        fill(element, inside)
        stack.append(element)


def _fits(opener: Run, closer: Run) -> bool:
    if opener.mark != closer.mark:
        return False
    if closer.mark in "~=" or not (opener.closes or closer.opens):
        return True
    return (opener.length + closer.length) % 3 != 0 or (opener.length % 3 == 0 and closer.length % 3 == 0)


def _literal(piece: "str | Element | Run") -> str | Element:
    return piece.mark * piece.count if isinstance(piece, Run) else piece


def fill(parent: Element, pieces: list[str | Element]) -> None:
    """Make words and elements the content of an element."""
    words: list[str] = []
    before: Element | None = None
    for piece in [*pieces, None]:
        if isinstance(piece, str):
            words.append(piece)
            continue
        joined = "".join(words) or None
        if before is None:
            parent.text = joined
        else:
            before.tail = joined
        words = []
        if piece is not None:
            parent.append(piece)
            before = piece
