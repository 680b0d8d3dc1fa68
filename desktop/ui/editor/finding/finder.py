"""Finding and replacing in the open note: the work behind the find bar.

Words in a short text are looked for at once; everything else on a reader thread, and what was to be done with the
matches is done when they are there. Matches are positions in the document (Qt's units) and belong to one revision of
it: an older answer is dropped.
"""

from bisect import bisect_left
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QTextCursor

from desktop.ui.editor.fidelity import Utf16Map
from desktop.ui.editor.finding.find import BAD, SLOW, Found, Query, find_spans, replacement, replacements
from desktop.ui.editor.finding.marks import Span
from desktop.ui.editor.text_edit import MarkdownEdit

AT_ONCE = 100_000  # characters in which words are looked for on the main thread: a few ms
_SINGLY = 1_000  # replacements above which the whole stretch is written anew: one edit each costs 0.1 ms

Edits = list[tuple[int, int, str]]
Asked = tuple[int, Query, Span | None, int]  # what an answer is for: document, query, scope, revision


class Answering(Protocol):
    """How work is done beside the main thread, as `Workspace.read` does it."""

    def __call__(self, job: Callable[[], object], then: Callable[[object], None], /) -> object:
        """Run `job` on another thread and hand its result to `then` on this one."""


class Finder(QObject):
    """Looks for one query in the document of an editor."""

    found = Signal()

    def __init__(self, edit: MarkdownEdit, text: Callable[[], str], answer: Answering) -> None:
        super().__init__(edit)
        self._edit = edit
        self._text = text
        self._answer = answer
        self.query = Query()
        self.spans: list[Span] = []
        self.problem = ""
        self.scope: QTextCursor | None = None  # only matches inside it count
        self._known: Asked | None = None  # what `spans` is the answer to
        self._waiting: Asked | None = None
        self._then: list[Callable[[], None]] = []

    def look(self, then: Callable[[], None] | None = None) -> None:
        """Find all matches, and call `then` when they are known."""
        asked = self._asked()
        if then is not None:
            self._then.append(then)
        if asked == self._known:
            self._finish()
            return
        if asked == self._waiting:
            return
        text, query, within = self._text(), self.query, self._within()
        self._waiting = asked

        def job() -> tuple[Found, list[Span]]:
            found = find_spans(text, query, within)
            to_qt = Utf16Map(text).to_qt
            return found, [(to_qt(start), to_qt(end)) for start, end in found.spans]

        if not query.words or (len(text) <= AT_ONCE and not query.pattern):
            self._take(asked, job())
        else:
            self._answer(job, lambda answer: self._take(asked, answer))

    def forget(self) -> None:
        """Know nothing, and wait for nothing."""
        self._known = self._waiting = None
        self._then.clear()
        self.spans, self.problem = [], ""

    def index_at(self, position: int, step: int) -> int:
        """Return the match after (1) or before (-1) a position, round the ends; -1 where there is none."""
        if not self.spans:
            return -1
        at = bisect_left(self.spans, (position, -1))
        return (at if step > 0 else at - 1) % len(self.spans)

    def current(self) -> int:
        """Return the match that is selected, -1 for none."""
        cursor = self._edit.textCursor()
        here = (cursor.selectionStart(), cursor.selectionEnd())
        at = bisect_left(self.spans, here)
        return at if at < len(self.spans) and self.spans[at] == here else -1

    def replace_current(self, template: str) -> bool:
        """Replace the selected match; False where none is selected."""
        if self.current() < 0 or self._known != self._asked():
            return False
        cursor = self._edit.textCursor()
        text = self._text()
        from_qt = Utf16Map(text).from_qt
        start, end = from_qt(cursor.selectionStart()), from_qt(cursor.selectionEnd())
        try:
            new = replacement(text, self.query, template, start, end)
        except TimeoutError:
            return False
        cursor.insertText(new)
        return True

    def replace_all(self, template: str, then: Callable[[int], None]) -> None:
        """Replace every match as one step of undo; `then` gets how many, -1 where the pattern took too long."""
        asked, text, query, within = self._asked(), self._text(), self.query, self._within()

        def job() -> Edits | None:
            to_qt = Utf16Map(text).to_qt
            try:
                return [(to_qt(a), to_qt(b), new) for a, b, new in replacements(text, query, template, within)]
            except TimeoutError:
                return None

        def apply(edits: object) -> None:
            if not isinstance(edits, list):
                then(-1)
            elif asked == self._asked():  # else the text is another by now
                self._apply(edits)
                then(len(edits))

        if len(text) <= AT_ONCE and not query.pattern:
            apply(job())
        else:
            self._answer(job, apply)

    def _apply(self, edits: Edits) -> None:
        if not edits:
            return
        cursor = QTextCursor(self._edit.document())
        if len(edits) > _SINGLY:
            self._write_anew(cursor, edits)
            return
        cursor.beginEditBlock()
        for start, end, new in reversed(edits):
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(new)
        cursor.endEditBlock()

    def _write_anew(self, cursor: QTextCursor, edits: Edits) -> None:
        """Replace the whole stretch from the first match to the last; the user's cursor stays by its words."""
        shown = self._edit.textCursor()
        place = shown.position() + sum(
            len(new.encode("utf-16-le", "surrogatepass")) // 2 - (end - start)
            for start, end, new in edits
            if end <= shown.position()
        )
        begin = edits[0][0]
        cursor.setPosition(begin)
        cursor.setPosition(edits[-1][1], QTextCursor.MoveMode.KeepAnchor)
        units = cursor.selectedText().replace("\u2029", "\n").encode("utf-16-le", "surrogatepass")
        parts, done = [], 0
        for start, end, new in edits:
            parts += [units[2 * done : 2 * (start - begin)].decode("utf-16-le", "surrogatepass"), new]
            done = end - begin
        top = self._edit.first_visible_line()
        cursor.insertText("".join(parts))
        shown.setPosition(min(place, self._edit.document().characterCount() - 1))
        self._edit.setTextCursor(shown)
        self._edit.show_line_at_top(top)

    def _take(self, asked: Asked, answer: object) -> None:
        if asked != self._waiting or not isinstance(answer, tuple):
            return
        self._waiting = None
        if asked != self._asked():
            self.look()  # the text or the words are others by now
            return
        found, self.spans = answer
        self.problem = found.problem
        self._known = asked
        self._finish()

    def _finish(self) -> None:
        self.found.emit()
        then, self._then = self._then, []
        for action in then:
            action()

    def _asked(self) -> Asked:
        document = self._edit.document()
        scope = (self.scope.selectionStart(), self.scope.selectionEnd()) if self.scope is not None else None
        return id(document), self.query, scope, document.revision()

    def _within(self) -> Span | None:
        if self.scope is None:
            return None
        from_qt = Utf16Map(self._text()).from_qt
        return from_qt(self.scope.selectionStart()), from_qt(self.scope.selectionEnd())


__all__ = ["BAD", "SLOW", "Finder"]
