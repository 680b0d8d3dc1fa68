"""Why a note was found, in a few lines: how each word matched, and what the score is made of.

The lines are worked out when somebody rests on a row, on a reader thread, and are shown as a tooltip; who cannot see
that gets them as the row's description.
"""

from collections.abc import Callable
from html import escape

from PySide6.QtCore import QCoreApplication, QLocale, QObject, QPoint, QTimer
from PySide6.QtWidgets import QToolTip, QWidget

from desktop.core.records import Explanation, MatchKind, MatchReason, NoteId
from desktop.ui.search.asking import Asking
from desktop.ui.workspace import Workspace

DESCRIPTION_DELAY_MS = 500  # of rest on a row before its description is worked out
translate = QCoreApplication.translate  # by this name lupdate knows it

Then = Callable[[Explanation], None]


def ways() -> dict[MatchKind, str]:
    """Return what the ways of matching are called."""
    return {
        MatchKind.EXACT: translate("SearchReasons", "exactly"),
        MatchKind.FORM: translate("SearchReasons", "another form"),
        MatchKind.PREFIX: translate("SearchReasons", "begins like it"),
        MatchKind.LAYOUT: translate("SearchReasons", "the other keyboard layout"),
        MatchKind.TYPO: translate("SearchReasons", "a slip of the finger"),
        MatchKind.SOME: translate("SearchReasons", "not there"),
    }


def parts() -> dict[str, str]:
    """Return what the rest of a score is called."""
    return {
        "order": translate("SearchReasons", "words in this order"),
        "exact": translate("SearchReasons", "just as typed"),
        "recency": translate("SearchReasons", "written lately"),
        "opened": translate("SearchReasons", "opened before"),
    }


def lines_of(explanation: Explanation) -> list[str]:
    """Return the lines, a word each, then where the score comes from."""
    lines = [_word_line(reason) for reason in explanation.reasons]
    names = parts()
    words = sum(reason.title + reason.body for reason in explanation.reasons)
    label = translate("SearchReasons", "words")
    score = [f"{label} {_number(words)}"] if words else []
    score += [
        f"{names.get(name, name)} {'+' if value > 0 else '−'}{_number(abs(value))}"
        for name, value in explanation.parts
        if abs(value) >= 0.05
    ]
    if explanation.score:
        total = translate("SearchReasons", "Score {0}").format(_number(explanation.score))
        lines.append(f"{total}: {', '.join(score)}" if score else total)
    return lines


def _number(value: float) -> str:
    return QLocale().toString(value, "f", 1)


def _word_line(reason: MatchReason) -> str:
    line = translate("SearchReasons", "“{0}” – {1}").format(reason.word, ways()[reason.how])
    if reason.how is MatchKind.EXACT:
        also = [word for word in reason.found if word != reason.word]
        line += translate("SearchReasons", "; also {0}").format(", ".join(also)) if also else ""
    elif reason.found:
        line += f": {', '.join(reason.found)}"
    places = []
    if reason.title:
        places.append(translate("SearchReasons", "in the title"))
    if reason.body:
        places.append(translate("SearchReasons", "in the text"))
    return f"{line} ({', '.join(places)})" if places else line


class Reasons(QObject):
    """Works the lines out when they are asked for."""

    def __init__(
        self, workspace: Workspace, asking: Asking, keep: Callable[[NoteId, str], None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._asking = asking
        self._keep = keep
        self._known: dict[tuple[int, NoteId], list[str]] = {}
        self._current: NoteId | None = None
        self._timer = QTimer(self, singleShot=True, interval=DESCRIPTION_DELAY_MS)
        self._timer.timeout.connect(self._describe)

    def describe_soon(self, note_id: NoteId | None) -> None:
        """Work out the description of a row that somebody rests on."""
        self._current = note_id
        self._timer.start()

    def show_tooltip(self, note_id: NoteId, at: QPoint, over: QWidget, still_there: Callable[[], bool]) -> None:
        """Show the lines at a place of the screen, unless the pointer has left meanwhile."""

        def show(lines: list[str]) -> None:
            if lines and still_there():
                QToolTip.showText(at, "<p style='white-space:pre'>" + "<br>".join(map(escape, lines)) + "</p>", over)

        self._explain(note_id, show)

    def _describe(self) -> None:
        if self._current is not None:
            self._explain(self._current, lambda _lines: None)

    def _explain(self, note_id: NoteId, then: Callable[[list[str]], None]) -> None:
        revision, wish = self._asking.revision, self._asking.wish
        if (revision, note_id) in self._known:
            then(self._known[revision, note_id])
            return
        search = self._workspace.notebook.search

        def show(explanation: Explanation | None) -> None:
            if revision != self._asking.revision:
                return
            lines = lines_of(explanation) if explanation is not None else []
            self._known = {key: value for key, value in self._known.items() if key[0] == revision}
            self._known[revision, note_id] = lines
            self._keep(note_id, "; ".join(lines))
            then(lines)

        self._workspace.read(
            lambda: search.explain(wish.text, note_id, within=wish.within, unfinished=True), show
        )
