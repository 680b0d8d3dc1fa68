"""A new text made of pieces of old ones, which knows where each piece came from.

Moving words between notes must not lose what points into them. So a text that is put together here remembers of each
**patch** the note and the place it was copied from, through every later edit; from that follow where a place of an old
text stands now, and the edits that make the old text of a note the new one.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate

from desktop.core.records import NoteId, TextEdit


@dataclass(frozen=True, slots=True)
class Patch:
    """A piece of a text: copied from a place of a note's old text, or written anew where `source` is None."""

    text: str
    source: NoteId | None = None
    start: int = 0
    stays: bool = False  # it is the note's own, in the order of its old text


@dataclass(frozen=True)
class Patchwork:
    """A text put together."""

    patches: tuple[Patch, ...]

    @classmethod
    def whole(cls, note_id: NoteId, text: str) -> "Patchwork":
        """Return a note's text as it stands."""
        return cls((Patch(text, note_id, 0, stays=True),))

    @classmethod
    def copied(cls, note_id: NoteId, text: str, start: int, end: int) -> "Patchwork":
        """Return a copy of a part of a note's text."""
        return cls((Patch(text[start:end], note_id, start),))

    @cached_property
    def text(self) -> str:
        """Return the new text."""
        return "".join(patch.text for patch in self.patches)

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(accumulate((len(patch.text) for patch in self.patches), initial=0))[:-1]

    def origin(self, offset: int) -> tuple[NoteId, int] | None:
        """Return the note and the place of its old text that a character was copied from."""
        index = bisect_right(self._starts, offset) - 1
        while index >= 0 and not self.patches[index].text:
            index -= 1
        if index < 0 or self.patches[index].source is None:
            return None
        patch = self.patches[index]
        assert patch.source is not None
        return patch.source, patch.start + offset - self._starts[index]

    def place_of(self, note_id: NoteId, offset: int) -> int | None:
        """Return where a character of a note's old text stands now, None where it was not taken over."""
        copies = self._copies.get(note_id, [])
        index = bisect_right(copies, (offset, len(self.patches))) - 1
        if index < 0:
            return None
        begin, number = copies[index]
        inside = offset < begin + len(self.patches[number].text)
        return self._starts[number] + offset - begin if inside else None

    @cached_property
    def _copies(self) -> dict[NoteId, list[tuple[int, int]]]:
        """Return, by note, where its patches begin in the old text, with their numbers."""
        found: dict[NoteId, list[tuple[int, int]]] = {}
        for number, patch in enumerate(self.patches):
            if patch.source is not None and patch.text:
                found.setdefault(patch.source, []).append((patch.start, number))
        for copies in found.values():
            copies.sort()
        return found

    def with_edits(self, edits: Iterable[TextEdit]) -> "Patchwork":
        """Return the text with edits made, ascending and apart, whose offsets are those of the text as it is here."""
        made: list[Patch] = []
        waiting = list(reversed(self.patches))
        position = 0
        for edit in edits:
            position = _pass(waiting, made, position, edit.start)
            position = _pass(waiting, None, position, edit.end)
            made.append(Patch(edit.text))
        made += reversed(waiting)
        return Patchwork(tuple(patch for patch in made if patch.text))

    def followed_by(self, *others: "Patchwork | str") -> "Patchwork":
        """Return the text with others behind it; what they copied does not count as staying in its place."""
        patches = list(self.patches)
        for other in others:
            if isinstance(other, str):
                patches.append(Patch(other))
            else:
                patches += (Patch(patch.text, patch.source, patch.start) for patch in other.patches)
        return Patchwork(tuple(patch for patch in patches if patch.text))

    def edits_of(self, length: int) -> tuple[TextEdit, ...]:
        """Return the edits that make this text of the old one, `length` characters long, from which patches stay."""
        edits: list[TextEdit] = []
        done, written = 0, ""
        for patch in (*self.patches, Patch("", None, length, stays=True)):
            if not patch.stays:
                written += patch.text
                continue
            if patch.start > done or written:
                edits.append(TextEdit(done, patch.start, written))
            done, written = patch.start + len(patch.text), ""
        return tuple(edits)


def _pass(waiting: list[Patch], taken: list[Patch] | None, position: int, until: int) -> int:
    """Take patches off the stack up to an offset of the text, cutting the last one there."""
    while waiting and position < until:
        patch = waiting.pop()
        length = min(len(patch.text), until - position)
        if taken is not None:
            taken.append(Patch(patch.text[:length], patch.source, patch.start, patch.stays))
        if length < len(patch.text):  # by hand: `replace` takes five times as long, and there may be thousands
            waiting.append(Patch(patch.text[length:], patch.source, patch.start + length, patch.stays))
        position += length
    return position


def apart(edits: Iterable[TextEdit]) -> list[TextEdit]:
    """Return edits in order, each once, without those that reach into the one before."""
    found: list[TextEdit] = []
    for edit in sorted(set(edits), key=_span):
        if not found or (edit.start >= found[-1].end and (edit.start, edit.end) != (found[-1].start, found[-1].end)):
            found.append(edit)
    return found


def _span(edit: TextEdit) -> tuple[int, int]:
    return edit.start, edit.end


def shifted(edits: Sequence[TextEdit], by: int) -> list[TextEdit]:
    """Return the edits for a text that begins so many characters later."""
    return [replace(edit, start=edit.start + by, end=edit.end + by) for edit in edits]
