"""Where the user has been: back and forward through places."""

from dataclasses import dataclass, field

from desktop.core.records import NoteId

MOST = 200


@dataclass(frozen=True, slots=True)
class View:
    """What the user saw of a note, to the pixel."""

    page: tuple[int, float] | None  # the line where the block at the page's top begins, pixels into that block
    line: float  # the line at the text's top, with the share of it that is above the edge
    cursor: tuple[int, int]  # anchor and position in the text's document


@dataclass(frozen=True, slots=True)
class Place:
    """A note, or a place in it: an offset into its text, or a section's ordinal; `words` are to be marked there."""

    note_id: NoteId
    offset: int | None = None
    section: int | None = None
    words: tuple[str, ...] = ()
    view: View | None = field(default=None, compare=False)  # as it was left, for coming back


class History:
    """A line of visited places with a cursor; a new visit forgets what lay ahead."""

    def __init__(self) -> None:
        self._places: list[Place] = []
        self._at = -1

    def visit(self, place: Place) -> None:
        """Put a place after the current one."""
        if self._at >= 0 and self._places[self._at] == place:
            return
        del self._places[self._at + 1 :]
        self._places.append(place)
        del self._places[:-MOST]
        self._at = len(self._places) - 1

    def amend(self, here: Place) -> None:
        """Say more exactly where in the current note the user is."""
        if self._at >= 0 and self._places[self._at].note_id == here.note_id:
            self._places[self._at] = here

    def back(self) -> Place | None:
        """Step back; None at the beginning."""
        if self._at <= 0:
            return None
        self._at -= 1
        return self._places[self._at]

    def forward(self) -> Place | None:
        """Step forward; None at the end."""
        if self._at + 1 >= len(self._places):
            return None
        self._at += 1
        return self._places[self._at]

    @property
    def can_go_back(self) -> bool:
        """Tell whether there is a place before this one."""
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        """Tell whether there is a place after this one."""
        return self._at + 1 < len(self._places)
