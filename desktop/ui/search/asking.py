"""Asking the library what the field says, and what came back.

Two answers follow a key: a quick one after some 30 ms, and the full ranked one when the typing rests. Where full
answers come as soon as quick ones would, they take their place, so that the rows are laid out once for a key and not
twice; one that has nothing just as it was typed is held until the typing rests, for the word may be unfinished. Each
answer carries the revision of what was asked; one to an older question is dropped. At most one question of each kind is
on its way, so a slow answer cannot make others wait in line. The full answer comes with the text around the words for
the rows that are seen at once, so that it can be shown whole; for other rows that is asked for when they are seen.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.core.errors import KonspektError
from desktop.core.records import FacetCount, Hit, NoteId, SearchResult
from desktop.ui.delays import FULL_SEARCH_DELAY_MS, SEARCH_DELAY_MS
from desktop.ui.search import query_text
from desktop.ui.workspace import Workspace

LIMIT = 40  # notes, until more are asked for
SOON_S = 0.03  # a full answer that took no longer comes in the place of the quick one

Done = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Wish:
    """What is looked for: the text of the field, and in what way."""

    text: str = ""
    within: NoteId | None = None
    forgiving: bool = True
    limit: int = LIMIT


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found for a wish; `read` holds the hits whose text was read already."""

    wish: Wish
    result: SearchResult
    read: Mapping[NoteId, Hit]
    final: bool


class Asking(QObject):
    """Turns wishes into answers."""

    answered = Signal(object)  # Answer
    passages_read = Signal(object, bool)  # dict[NoteId, Hit] of the answer of now; whether it is the full one
    facets_counted = Signal(object)  # tuple[FacetCount, ...], for the wish of now

    def __init__(self, workspace: Workspace, seen: Callable[[], int], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._seen = seen  # how many rows are seen at once
        self.wish = Wish()
        self.revision = 0
        self.answered_revision = 0  # the newest with a full answer
        self._asked = 0  # the newest revision for which the full answer was asked
        self._cost = SOON_S + 1.0  # seconds of the full answer before
        self._held: Answer | None = None  # for the wish of now, until the typing rests
        self._shown: Answer | None = None
        self._quick = _Question(self._ask_quick, self)
        self._full = _Question(self._ask_full, self)
        self._reading = _Question(self._read_passages, self)
        self._counting = _Question(self._count_facets, self)
        self._wanted: Sequence[NoteId] = ()
        self._quick_timer = QTimer(self, singleShot=True, interval=SEARCH_DELAY_MS)
        self._quick_timer.timeout.connect(self._after_key)
        self._full_timer = QTimer(self, singleShot=True, interval=FULL_SEARCH_DELAY_MS)
        self._full_timer.timeout.connect(self._at_rest)

    @property
    def settled(self) -> bool:
        """Tell whether the full answer for the wish of now is there."""
        return self.answered_revision == self.revision

    def ask(self, wish: Wish) -> None:
        """Look for something; nothing is looked for without a text."""
        self.revision += 1
        self.wish = wish
        self._held = None
        if not wish.text.strip():
            self._quick_timer.stop()
            self._full_timer.stop()
            self._shown = None
            return
        if not self._quick_timer.isActive():  # while keys keep coming, an answer still comes every 30 ms
            self._quick_timer.start()
        self._full_timer.start()

    def ask_again(self) -> None:
        """Look for the same again: the notes may be others."""
        if self.wish.text.strip():
            self._asked = self.revision - 1
            self._full_timer.start()

    def read_passages(self, note_ids: Sequence[NoteId]) -> None:
        """Read the text around the words for some notes of the answer of now."""
        self._wanted = note_ids
        if note_ids:
            self._reading.ask()

    def _after_key(self) -> None:
        (self._full if self._cost <= SOON_S else self._quick).ask()

    def _at_rest(self) -> None:
        """Ask for the full answer, unless that was done; say what was kept until now."""
        if self._asked != self.revision:
            self._full.ask()
        elif self._held is not None:
            self._take(self._held)

    def _ask_quick(self, done: Done) -> None:
        revision, wish = self.revision, self.wish
        if not wish.text.strip() or self.settled:
            done()
            return
        search = self._workspace.notebook.search

        def show(result: SearchResult) -> None:
            done()
            # What was found for the text before stays, rather than nothing for a moment.
            if revision == self.revision and not self.settled and result.hits:
                self._show(Answer(wish, result, {}, final=False))

        def job() -> SearchResult:
            return search.typing(wish.text, wish.limit, within=wish.within)

        self._workspace.answer(job, show, self._failing(done))

    def _ask_full(self, done: Done) -> None:
        revision, wish, seen = self.revision, self.wish, self._seen()
        if not wish.text.strip():
            done()
            return
        self._asked = revision
        search = self._workspace.notebook.search

        def job() -> tuple[SearchResult, Mapping[NoteId, Hit], float]:
            began = perf_counter()
            result = search.query(
                wish.text, wish.limit, unfinished=True, within=wish.within, forgiving=wish.forgiving
            )
            first = [hit.id for hit in result.hits[:seen]]
            read = search.passages(result, first) if first else {}
            return result, read, perf_counter() - began

        def show(found: tuple[SearchResult, Mapping[NoteId, Hit], float]) -> None:
            done()
            result, read, self._cost = found
            if revision != self.revision:
                return
            answer = Answer(wish, result, read, final=True)
            if self._full_timer.isActive() and result.exact == 0:
                self._held = answer
            else:
                self._take(answer)

        self._workspace.answer(job, show, self._failing(done))

    def _take(self, answer: Answer) -> None:
        """Show the full answer for the wish of now."""
        self._held = None
        self.answered_revision = self.revision
        self._show(answer)
        result = answer.result
        if not result.notice or result.exact < len(result.hits):
            self._counting.ask()  # without an index it would be long in coming, and wrong

    def _show(self, answer: Answer) -> None:
        self._shown = answer
        self.answered.emit(answer)

    def _read_passages(self, done: Done) -> None:
        answer, wanted = self._shown, self._wanted
        if answer is None or not wanted:
            done()
            return
        search = self._workspace.notebook.search

        def show(read: Mapping[NoteId, Hit]) -> None:
            done()
            if answer is self._shown:
                self.passages_read.emit(read, answer.final)

        self._workspace.answer(lambda: search.passages(answer.result, wanted), show, self._failing(done))

    def _count_facets(self, done: Done) -> None:
        revision, wish = self.revision, self.wish
        if not wish.text.strip():
            done()
            return
        search = self._workspace.notebook.search

        def job() -> tuple[FacetCount, ...]:
            # A facet that is chosen shows what else could be: its counts are those without it.
            counts = list(search.facets(wish.text, within=wish.within))
            for facet in query_text.FACETS:
                if query_text.chosen(wish.text, facet):
                    found = search.facets(query_text.without(wish.text, facet), within=wish.within)
                    others = [count for count in found if count.facet == facet]
                    counts = [count for count in counts if count.facet != facet or not others] + others
            return tuple(counts)

        def show(counts: tuple[FacetCount, ...]) -> None:
            done()
            if revision == self.revision:
                self.facets_counted.emit(counts)

        self._workspace.answer(job, show, self._failing(done))

    def _failing(self, done: Done) -> Callable[[BaseException], None]:
        def failed(error: BaseException) -> None:
            done()
            if isinstance(error, KonspektError):
                self._workspace.tell("error", str(error))
            else:
                self._workspace.bug_found.emit(error)

        return failed


class _Question(QObject):
    """Asks again only when the answer before has come."""

    def __init__(self, ask: Callable[[Done], None], parent: QObject) -> None:
        super().__init__(parent)
        self._ask = ask
        self._under_way = False
        self._again = False

    def ask(self) -> None:
        """Ask now, or as soon as the question under way is answered."""
        if self._under_way:
            self._again = True
            return
        self._under_way = True
        self._ask(self._done)

    def _done(self) -> None:
        self._under_way = False
        if self._again:
            self._again = False
            self.ask()
