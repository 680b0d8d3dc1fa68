"""Going through all places of the words, F3 by F3: through the open note, then on to the next note of the results.

A walk begins when a note is opened from the results, and is over when another note is opened by other means.
"""

import re
from bisect import bisect_left, bisect_right

from PySide6.QtCore import QObject, Signal

from desktop.core.records import Note, NoteId, SearchResult
from desktop.ui.workspace import LiveText, Place, Workspace

MOST_PLACES = 10_000


class HitWalk(QObject):
    """Where the user is among the places of an answer."""

    told = Signal(str)  # "3 of 17 · note 2 of 40"; "" when the walk is over
    moved = Signal(object)  # NoteId of the hit that was gone on to

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._ids: list[NoteId] = []
        self._words: tuple[str, ...] = ()
        self._note: NoteId | None = None
        self._live: LiveText | None = None
        self._opening = False  # a note, by ourselves
        self._counted: tuple[str, tuple[str, ...], list[int]] = ("", (), [])  # text, words, places
        workspace.text_edited.connect(self._on_text)
        workspace.note_opened.connect(self._on_opened)
        workspace.note_closed.connect(self.end)

    @property
    def under_way(self) -> bool:
        """Tell whether the open note is one of the walk."""
        return self._note is not None and self._note == self._workspace.current

    def begin(self, result: SearchResult, note_id: NoteId, offset: int | None, *, new_tab: bool = False) -> None:
        """Open a hit of an answer at a place, and walk on from there."""
        self._ids = [hit.id for hit in result.hits]
        self._words = result.words
        self._open(note_id, offset, new_tab=new_tab)

    def end(self) -> None:
        """Be done."""
        self._note = None
        self.told.emit("")

    def step(self, by: int) -> bool:
        """Go to the next place (1) or the one before (-1); False where no walk is under way."""
        if not self.under_way or self._note is None:
            return False
        places = self._places(self._text(self._note))
        here = self._workspace.place_now()
        offset = here.offset if here is not None and here.offset is not None else -1
        at = bisect_right(places, offset) if by > 0 else bisect_left(places, offset) - 1
        if 0 <= at < len(places):
            self._workspace.place_requested.emit(Place(self._note, places[at], None, self._words))
            self._tell(at, len(places))
        else:
            self._go_on(by)
        return True

    def _go_on(self, by: int) -> None:
        """Open the next note of the results that is still there; after the last comes the first."""
        at = self._ids.index(self._note) if self._note in self._ids else -1
        for number in range(1, len(self._ids) + 1):
            note_id = self._ids[(at + by * number) % len(self._ids)]
            if not self._workspace.notebook.tree.exists(note_id):
                continue
            places = self._places(self._workspace.notebook.notes.read(note_id).text)
            self._open(note_id, places[0 if by > 0 else -1] if places else None)
            self.moved.emit(note_id)
            return

    def _open(self, note_id: NoteId, offset: int | None, *, new_tab: bool = False) -> None:
        self._opening = True
        try:
            self._workspace.open_note(note_id, offset=offset, words=self._words, new_tab=new_tab)
        finally:
            self._opening = False
        if self._workspace.current != note_id:  # it is gone, which the workspace has told
            return
        self._note = note_id
        places = self._places(self._text(note_id))
        self._tell(bisect_right(places, offset) - 1 if offset is not None else -1, len(places))

    def _places(self, text: str) -> list[int]:
        """Return where the words stand; the same text is looked through once and not at every step."""
        if not self._words:
            return []
        if self._counted[:2] == (text, self._words):
            return self._counted[2]
        found: list[int] = []
        for match in re.finditer("|".join(f"(?:{word})" for word in self._words), text, re.IGNORECASE):
            found.append(match.start())
            if len(found) == MOST_PLACES:
                break
        self._counted = (text, self._words, found)
        return found

    def _text(self, note_id: NoteId) -> str:
        """Return a note's text as it stands in the editor, else as it is stored."""
        if self._live is not None and self._live.note_id == note_id:
            return self._live.text
        return self._workspace.notebook.notes.read(note_id).text

    def _tell(self, at: int, total: int) -> None:
        number = self._ids.index(self._note) + 1 if self._note in self._ids else 0
        parts = [self.tr("{0} of {1}").format(at + 1, total)] if at >= 0 and total else []
        if number and len(self._ids) > 1:
            parts.append(self.tr("note {0} of {1}").format(number, len(self._ids)))
        self.told.emit(" · ".join(parts))

    def _on_text(self, live: LiveText) -> None:
        self._live = live

    def _on_opened(self, note: Note) -> None:
        if not self._opening and note.head.id != self._note:
            self.end()
