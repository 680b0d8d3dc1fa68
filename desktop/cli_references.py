"""What NOTE and NOTE#SECTION mean, and the paths by which notes are shown."""

from typing import TYPE_CHECKING

from desktop.core.errors import NoteNotFound
from desktop.core.records import NoteHead, NoteId, Section

if TYPE_CHECKING:
    from desktop.core.notebook import Notebook
    from desktop.core.text.blocks import Block


def place(notebook: "Notebook", reference: str) -> "tuple[NoteId, Section | Block | None]":
    """Return the note, and the section or the block after "#", that a reference names; a title may hold "#" itself."""
    try:
        return notebook.notes.find(reference), None
    except NoteNotFound as error:
        refusal = error
    for position in (index for index, character in enumerate(reference) if character == "#" and index):
        name, anchor = reference[:position], reference[position + 1 :]
        try:
            note_id = notebook.notes.find(name)
        except NoteNotFound as error:
            refusal = error
            continue
        found = notebook.links.place(note_id, anchor, anchor)
        if found is not None:
            return note_id, found
        if anchor.startswith("^"):
            raise NoteNotFound(f"“{name}” has no paragraph marked {anchor}.")
        listed = "; ".join(section.title for section in notebook.notes.sections(note_id, 20)) or "it has none"
        raise NoteNotFound(f"“{name}” has no section “{anchor}”; its sections: {listed}.")
    raise refusal


class Paths:
    """The paths of notes: chains of names from the root."""

    def __init__(self, notebook: "Notebook") -> None:
        self._tree = notebook.tree
        self._known: dict[NoteId, str] = {}

    def of(self, head: NoteHead) -> str:
        """Return a note's path, "/" between the names."""
        if head.id not in self._known:
            above = "" if head.parent_id is None else self._above(head.parent_id) + "/"
            self._known[head.id] = above + head.name
        return self._known[head.id]

    def _above(self, note_id: NoteId) -> str:
        if note_id not in self._known:
            for head in self._tree.path(note_id):
                parent = "" if head.parent_id is None else self._known[head.parent_id] + "/"
                self._known[head.id] = parent + head.name
        return self._known[note_id]
