"""Notes that the index has not got: read from the library and matched in memory.

Up to a few hundred waiting notes are analysed and kept, so a saved note is found at once and costs nothing at the
next key. More than that (an import, no index at all) is looked through anew for each query: first for the letters of
the words, which is quick, and only what holds them is analysed; the newest notes first, within a deadline.
"""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from desktop.core.records import NoteId
from desktop.core.search.notes import AnalysedNote, analyse
from desktop.core.search.query import All, Node, Phrase, Word, words_of
from desktop.core.search.segments import MemorySegment
from desktop.core.search.snippets import Wanted, fold_text
from desktop.core.store.notes import IndexRow, Notes
from desktop.core.store.queue import IndexQueue
from desktop.core.text.words import compose

OVERLAY_NOTES = 200
SCAN_SECONDS = 1.0
SCAN_CHUNK = 250
EVERYTHING = 1 << 40
NO_NOTES = MemorySegment(())

_Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Fresh:
    """The waiting notes and what they hold; `searched` of `waiting` were looked at."""

    waiting: tuple[NoteId, ...]
    segment: MemorySegment
    searched: int


class Overlay:
    """What lies over the index."""

    def __init__(self, notes: Notes, queue: IndexQueue) -> None:
        self._notes = notes
        self._queue = queue
        self._analysed: dict[int, tuple[_Key, AnalysedNote]] = {}
        self._segment: tuple[tuple[_Key, ...], MemorySegment] = ((), NO_NOTES)

    def waiting(self) -> list[NoteId]:
        """Return the notes that wait for the index."""
        pairs = self._queue.take(OVERLAY_NOTES + 1)
        if len(pairs) > OVERLAY_NOTES:
            pairs = self._queue.take(EVERYTHING)
        return [note_id for note_id, _version in pairs]

    def fresh(self, waiting: Sequence[NoteId]) -> Fresh:
        """Return a few waiting notes, analysed; what was analysed before is kept."""
        if not waiting:
            self._analysed.clear()
            return Fresh((), NO_NOTES, 0)
        before = self._analysed
        analysed: dict[int, tuple[_Key, AnalysedNote]] = {}
        keys: list[_Key] = []
        for row in self._notes.texts(waiting):
            if row.removed:
                continue
            key = _key(row)
            known = before.get(row.id)
            analysed[row.id] = known if known is not None and known[0] == key else (key, analyse(row))
            keys.append(key)
        self._analysed = analysed
        if self._segment[0] != tuple(keys):
            self._segment = (tuple(keys), MemorySegment(note for _key, note in analysed.values()))
        return Fresh(tuple(waiting), self._segment[1], len(waiting))

    def scan(self, ids: Sequence[NoteId], node: Node, wanted: Iterable[Wanted]) -> Fresh:
        """Return what of these notes may match a query, looking until the deadline."""
        test = _LetterTest(node, wanted)
        end = time.monotonic() + SCAN_SECONDS
        found: list[AnalysedNote] = []
        searched = 0
        for start in range(0, len(ids), SCAN_CHUNK):
            chunk = ids[start : start + SCAN_CHUNK]
            for row in self._notes.texts(chunk):
                if not row.removed and (analysed := test.analyse(row)) is not None:
                    found.append(analysed)
            searched += len(chunk)
            if time.monotonic() > end:
                break
        return Fresh(tuple(ids), MemorySegment(found), searched)


class _LetterTest:
    """Tells from the letters alone which notes cannot match."""

    def __init__(self, node: Node, wanted: Iterable[Wanted]) -> None:
        heads = {word.text: word.heads for word in wanted}
        parts = node.parts if isinstance(node, All) else (node,)
        self._any = tuple(head for group in heads.values() for head in group)
        self._needed = [
            heads[text]
            for part in parts
            if isinstance(part, Word | Phrase)
            for text in (part.words if isinstance(part, Phrase) else (part.text,))
            if text in heads
        ]
        self._texts_matter = bool(self._any) or any(any(words_of(part, negative=True)) for part in parts)

    def analyse(self, row: IndexRow) -> AnalysedNote | None:
        """Return the note analysed, None when it cannot match."""
        if not self._texts_matter:
            return analyse(replace(row, text=""))
        folded = fold_text(compose("\n".join((row.title, row.name, *row.aliases, row.text))))
        if self._any and not any(head in folded for head in self._any):
            return None
        if not all(any(head in folded for head in heads) for heads in self._needed):
            return None
        return analyse(row)


def _key(row: IndexRow) -> _Key:
    return (row.id, row.version, row.title, row.name, row.kind, row.path, row.updated)
