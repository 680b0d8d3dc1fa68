"""Reading a list of places for a panel: the first screen at once, more when it is wanted, the exact count meanwhile.

Notes are counted first and read later, page by page. A source may still be finding notes, in slices so short that no
other reading waits for it; each slice is a job of its own, and none follows once the panel shows something else.
"""

from collections.abc import Callable, Sequence
from time import monotonic
from typing import Any, Final, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.core.errors import KonspektError
from desktop.core.records import Backlink, LinkingNote, NoteId
from desktop.ui.links.rows import Group, grouped
from desktop.ui.workspace import Workspace

PAGE: Final = 20  # notes
PLACES: Final = 10  # of one note
MORE_PLACES: Final = 200  # of one note, once they are asked for
SLICE_S: Final = 0.012
FILTERED_AT_ONCE: Final = 40  # notes whose sentences are read before the clock is asked


class Source(Protocol):
    """Finds notes with places, and reads these."""

    @property
    def notes(self) -> Sequence[LinkingNote]:
        """Return the notes found so far, in order."""
        ...

    @property
    def finished(self) -> bool:
        """Tell whether there is no more to find."""
        ...

    def go_on(self, seconds: float, notes: int = ...) -> None:
        """Find more."""
        ...

    def with_context(self, note_ids: Sequence[NoteId], most: int) -> list[Backlink]:
        """Return the first `most` places in each of these notes."""
        ...


class BacklinkSource:
    """The backlinks of a note: found at once."""

    finished = True

    def __init__(self, links: Any, note_id: NoteId, newest: bool) -> None:
        self._links = links
        self._note_id = note_id
        self.notes: tuple[LinkingNote, ...] = links.linking(note_id, newest=newest)

    def go_on(self, seconds: float, notes: int = 0) -> None:
        """Find nothing: all is known."""

    def with_context(self, note_ids: Sequence[NoteId], most: int) -> list[Backlink]:
        """Return the first `most` links in each of these notes."""
        found: list[Backlink] = self._links.backlinks_from(self._note_id, note_ids, most)
        return found


class Feed(QObject):
    """One list's places, as far as they were read."""

    changed = Signal()
    counted = Signal()  # only the counts are others

    def __init__(self, workspace: Workspace, first: int, parent: QObject | None = None) -> None:
        """Read `first` notes at once."""
        super().__init__(parent)
        self._workspace = workspace
        self._first = first
        self._source: Source | None = None
        self._request = 0  # a result for an older one is dropped
        self._at = 0  # notes of the source that were read
        self._wanted = first  # groups
        self._busy = False
        self._matches: Callable[[str], bool] | None = None
        self.groups: tuple[Group, ...] = ()
        self.notes = self.places = 0  # found so far
        self.known = False  # something was read
        self._next = QTimer(self, interval=0, singleShot=True)
        self._next.timeout.connect(self._go_on)

    @property
    def finished(self) -> bool:
        """Tell whether the counts are exact."""
        return self.known and (self._source is None or self._source.finished)

    @property
    def has_more(self) -> bool:
        """Tell whether there are notes that were not read."""
        return self._source is not None and (self._at < self.notes or not self._source.finished)

    @property
    def unread(self) -> int:
        """Return how many of the notes found were not read."""
        return max(0, self.notes - self._at)

    @property
    def source(self) -> Source | None:
        """Return what finds the notes."""
        return self._source

    def start(
        self, make: Callable[[], Source], matches: Callable[[str], bool] | None, *, keep: int = 0, quick: bool = True
    ) -> None:
        """Read anew, at least `keep` notes; `matches` filters by a note's title or a place's words."""
        self._request += 1
        self._matches = matches
        self._wanted = max(self._first, keep)
        wanted = self._wanted
        self._busy = True

        def job() -> tuple[Source, list[Group], int]:
            source = make()
            source.go_on(SLICE_S * 2, wanted)  # more than a slice: this is what somebody waits for
            return source, *_read_page(source, 0, wanted, matches)

        def show(result: tuple[Source, list[Group], int]) -> None:
            source, groups, self._at = result
            self._source = source
            self.groups = ()
            self._take(groups)

        (self._workspace.answer if quick else self._workspace.read)(job, self._for_request(show), self._failed)

    def filter(self, matches: Callable[[str], bool] | None) -> None:
        """Show other notes of the same source."""
        self._matches = matches
        if self._source is None:
            return
        self._request += 1
        self._wanted = self._first
        self._at, self.groups, self._busy = 0, (), False
        self._go_on()

    def stop(self) -> None:
        """Show nothing; what is being read is dropped."""
        self._request += 1
        self._next.stop()
        self._source, self._at, self._busy, self.groups, self.known = None, 0, False, (), False
        self.notes = self.places = 0

    def pause(self) -> None:
        """Find nothing more for now: nobody looks."""
        self._next.stop()

    def resume(self) -> None:
        """Go on finding."""
        if self._source is not None and not self._busy:
            self._next.start()

    def want_more(self) -> None:
        """Read the next page of notes, larger ones as one scrolls on."""
        if self.has_more and len(self.groups) >= self._wanted:
            self._wanted = len(self.groups) + max(PAGE, len(self.groups) // 2)
            self._next.start()

    def want_places(self, note_id: NoteId) -> None:
        """Read more places of one note."""
        source = self._source
        if source is None:
            return

        def show(places: list[Backlink]) -> None:
            self.groups = tuple(
                Group(group.source, group.count, tuple(places)) if group.source.id == note_id and places else group
                for group in self.groups
            )
            self.changed.emit()

        self._workspace.answer(lambda: source.with_context([note_id], MORE_PLACES), self._for_request(show))

    def _go_on(self) -> None:
        """Read what is wanted, else let the source find more for a moment."""
        source, at, wanted, matches = self._source, self._at, self._wanted - len(self.groups), self._matches
        if source is None or self._busy:
            return
        if source.finished and (wanted <= 0 or at >= len(source.notes)):
            return
        self._busy = True

        def job() -> tuple[list[Group], int]:
            if at >= len(source.notes) or wanted <= 0:
                source.go_on(SLICE_S)
            return _read_page(source, at, wanted, matches)

        def show(result: tuple[list[Group], int]) -> None:
            groups, self._at = result
            self._take(groups)

        self._workspace.read(job, self._for_request(show), self._failed)

    def _take(self, groups: list[Group]) -> None:
        source = self._source
        assert source is not None
        notes = source.notes
        self.groups += tuple(groups)
        self.notes, self.places = len(notes), sum(note.places for note in notes)
        is_new = bool(groups) or not self.known or source.finished
        self.known = True
        self._busy = False
        (self.changed if is_new else self.counted).emit()
        if not source.finished or (len(self.groups) < self._wanted and self._at < self.notes):
            self._next.start()

    def _failed(self, error: BaseException) -> None:
        """Say what is wrong with the library, once, and look no further."""
        self._busy = False
        if isinstance(error, KonspektError):
            self._workspace.tell("error", str(error))
        else:
            self._workspace.bug_found.emit(error)

    def _for_request(self, show: Callable[[Any], None]) -> Callable[[Any], None]:
        request = self._request

        def show_if_current(result: Any) -> None:
            if request == self._request:
                show(result)

        return show_if_current


def _read_page(
    source: Source, at: int, wanted: int, matches: Callable[[str], bool] | None
) -> tuple[list[Group], int]:
    """Return up to `wanted` groups from a note of the source on, and at which note to go on; takes a moment at most."""
    notes = source.notes
    groups: list[Group] = []
    end = monotonic() + SLICE_S
    while len(groups) < wanted and at < len(notes):
        size = wanted - len(groups) if matches is None else FILTERED_AT_ONCE
        chunk = notes[at : at + size]
        read = source.with_context([note.id for note in chunk], PLACES if matches is None else MORE_PLACES)
        found = grouped(read, {note.id: note.places for note in chunk})
        if matches is None:
            groups += found
            at += len(chunk)
        else:
            by_note = {group.source.id: group for group in found}
            for note in chunk:
                at += 1
                kept = _filtered(by_note[note.id], matches) if note.id in by_note else None
                groups += [kept] if kept is not None else []
                if len(groups) >= wanted:
                    break
        if monotonic() > end:
            break
    return groups, at


def _filtered(group: Group, matches: Callable[[str], bool]) -> Group | None:
    """Return a group with the places that match, with all where its title does; None where nothing does."""
    if matches(group.source.title):
        return group
    kept = tuple(
        place for place in group.places
        if matches(place.context.text) or matches(place.heading) or matches(place.property)
    )  # fmt: skip
    return Group(group.source, len(kept), kept) if kept else None
