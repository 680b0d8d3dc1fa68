"""What the library tree holds in memory: one small node for each note or section that was ever looked at.

A note's children are its sections (nested by level, so that only the outermost stand directly under it)
followed by its child notes, of which a window is loaded: the first pages, or those around a note that was
sought far down. A note whose only heading is its own title shows no sections, and a lone outermost heading
that repeats the title is left out in favour of what stands under it: in both cases the row would say twice
what the note's row says already.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from PySide6.QtCore import Qt

from desktop.core.records import NoteHead, NoteId, Section

PAGE = 300  # child notes read at a time
MOST_SECTIONS = 2_000  # of a note: more rows than anybody reads would hold the window up after every save
FAR = 10 * PAGE  # further down than this, a sought note gets a window of its own


class Role(IntEnum):
    """What the model answers besides Qt's own roles."""

    NOTE_ID = Qt.ItemDataRole.UserRole + 1  # of the note, or of the note a section stands in
    KIND = Qt.ItemDataRole.UserRole + 2  # a NoteKind's value (Qt makes a plain str of it); None for a section
    SECTION = Qt.ItemDataRole.UserRole + 3  # the section's ordinal; None for a note
    HEAD = Qt.ItemDataRole.UserRole + 4  # NoteHead; None for a section
    ICON = Qt.ItemDataRole.UserRole + 5  # an icon's name, "" for none
    COUNT = Qt.ItemDataRole.UserRole + 6  # a number shown at the row's end, 0 for none
    STRONG = Qt.ItemDataRole.UserRole + 8  # the title is set heavier
    DEPTH = Qt.ItemDataRole.UserRole + 7  # indentation in lists that are not trees


@dataclass(slots=True)
class Branch:
    """A section with the sections directly under it."""

    section: Section
    branches: list["Branch"] = field(default_factory=list)


class Node:
    """A row of the tree: the root, a note (`head`) or a section (`section`)."""

    __slots__ = ("children", "complete", "head", "key", "lead", "loaded", "parent", "row", "section", "skip")

    def __init__(
        self, key: int, parent: "Node | None", head: NoteHead | None = None, section: Section | None = None
    ) -> None:
        self.key = key
        self.parent = parent
        self.row = 0
        self.head = head
        self.section = section
        self.children: list[Node] = []
        self.lead = 0  # how many of the children are sections; they come first
        self.skip = 0  # how many child notes before the first loaded one were not read
        self.loaded = False  # sections and a first page of notes were read
        self.complete = False  # no child note is left to read

    @property
    def note_id(self) -> NoteId | None:
        """Return the id of the note, or of the note that a section stands in; None for the root."""
        node: Node | None = self
        while node is not None and node.head is None:
            node = node.parent
        return node.head.id if node is not None and node.head is not None else None

    @property
    def expandable(self) -> bool:
        """Tell whether anything stands under this row."""
        if self.loaded or self.head is None:
            return bool(self.children)
        return self.head.children > 0 or shows_sections(self.head)

    @property
    def notes(self) -> list["Node"]:
        """Return the loaded child notes."""
        return self.children[self.lead :]

    def place_of(self, row: int) -> int:
        """Return where among all child notes a row of the loaded ones stands."""
        return self.skip + max(0, row - self.lead)

    def renumber(self, first: int = 0) -> None:
        """Write their row into the children from `first` on."""
        for row in range(first, len(self.children)):
            self.children[row].row = row

    def stands_under(self, other: "Node") -> bool:
        """Tell whether `other` is this node or one above it."""
        node: Node | None = self
        while node is not None:
            if node is other:
                return True
            node = node.parent
        return False

    def walk(self) -> Iterator["Node"]:
        """Yield this node and all loaded ones below it, without recursion: trees can be deep."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(node.children)


def above(node: Node) -> Iterator[Node]:
    """Yield the nodes above one, outermost first, without the root."""
    chain = []
    parent = node.parent
    while parent is not None and parent.parent is not None:
        chain.append(parent)
        parent = parent.parent
    yield from reversed(chain)


def shows_sections(head: NoteHead) -> bool:
    """Tell whether a note's sections appear in the tree."""
    return head.sections > 1


def nest(sections: Sequence[Section], title: str) -> list[Branch]:
    """Nest sections by level, without a lone outermost one that repeats the note's title."""
    top: list[Branch] = []
    open_branches: list[Branch] = []
    for section in sections:
        branch = Branch(section)
        while open_branches and open_branches[-1].section.level >= section.level:
            open_branches.pop()
        (open_branches[-1].branches if open_branches else top).append(branch)
        open_branches.append(branch)
    if len(top) == 1 and _same_words(top[0].section.title, title):
        return top[0].branches
    return top


def common_ends(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """Return how many items two sequences share at their start, and then at their end."""
    most = min(len(old), len(new))
    first = 0
    while first < most and old[first] == new[first]:
        first += 1
    last = 0
    while last < most - first and old[-1 - last] == new[-1 - last]:
        last += 1
    return first, last


def grow(branch: Branch, parent: Node, new_key: Callable[[], int]) -> Node:
    """Make the nodes of a section and of those under it."""
    node = Node(new_key(), parent, section=branch.section)
    node.loaded = node.complete = True
    node.children = [grow(below, node, new_key) for below in branch.branches]  # at most six levels deep
    node.lead = len(node.children)
    node.renumber()
    return node


def _same_words(one: str, other: str) -> bool:
    return " ".join(one.casefold().split()) == " ".join(other.casefold().split())
