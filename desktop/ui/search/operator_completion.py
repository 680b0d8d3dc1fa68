"""What the search field offers while it is typed into: operators and their values, and the recent searches.

Values come at once; the operators that a plain word may become wait until the typing rests, for most words become none.
Nothing is chosen by itself: Enter goes to the results unless the user went into the list. The keys are watched before
the results get them, so this must be made after the results.
"""

from collections.abc import Sequence
from functools import cached_property

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from desktop.core.records import Completion, SearchResult
from desktop.ui.delays import OPERATOR_DELAY_MS, RECENT_REST_MS
from desktop.ui.search.field_popup import FieldPopup, Kind, Offer
from desktop.ui.search.recent_searches import RecentSearches
from desktop.ui.workspace import Workspace

DETAILS = (  # what the core says of operators and values
    QT_TRANSLATE_NOOP("SearchCompletion", "notes with a tag"),
    QT_TRANSLATE_NOOP("SearchCompletion", "lectures, digests, notes, folders"),
    QT_TRANSLATE_NOOP("SearchCompletion", "notes below another"),
    QT_TRANSLATE_NOOP("SearchCompletion", "words of the title"),
    QT_TRANSLATE_NOOP("SearchCompletion", "a day, month, year or a span"),
    QT_TRANSLATE_NOOP("SearchCompletion", "tagged, untagged, unlinked"),
    QT_TRANSLATE_NOOP("SearchCompletion", "images, links, tasks, code, tables, math"),
    QT_TRANSLATE_NOOP("SearchCompletion", "with a link to a site"),
    QT_TRANSLATE_NOOP("SearchCompletion", "by date or by rank"),
    QT_TRANSLATE_NOOP("SearchCompletion", "the one or the other"),
    QT_TRANSLATE_NOOP("SearchCompletion", "these words in this order"),
    QT_TRANSLATE_NOOP("SearchCompletion", "without this word"),
    QT_TRANSLATE_NOOP("SearchCompletion", "lectures"),
    QT_TRANSLATE_NOOP("SearchCompletion", "digests"),
    QT_TRANSLATE_NOOP("SearchCompletion", "other notes"),
    QT_TRANSLATE_NOOP("SearchCompletion", "folders"),
    QT_TRANSLATE_NOOP("SearchCompletion", "no other note links to it"),
    QT_TRANSLATE_NOOP("SearchCompletion", "without a tag"),
    QT_TRANSLATE_NOOP("SearchCompletion", "with a tag"),
    QT_TRANSLATE_NOOP("SearchCompletion", "images"),
    QT_TRANSLATE_NOOP("SearchCompletion", "links"),
    QT_TRANSLATE_NOOP("SearchCompletion", "tasks"),
    QT_TRANSLATE_NOOP("SearchCompletion", "code"),
    QT_TRANSLATE_NOOP("SearchCompletion", "tables"),
    QT_TRANSLATE_NOOP("SearchCompletion", "math"),
    QT_TRANSLATE_NOOP("SearchCompletion", "the newest first"),
    QT_TRANSLATE_NOOP("SearchCompletion", "the best first"),
)
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_GOING_THERE = (
    Qt.FocusReason.MouseFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
)


class FieldCompletion(QObject):
    """Watches a search field and the results below it."""

    def __init__(self, field: QLineEdit, results: QWidget, workspace: Workspace) -> None:
        super().__init__(field)
        self._field = field
        self._results = results
        self._workspace = workspace
        self.recent = RecentSearches(workspace, self)
        self._asked = 0  # the question whose answer is waited for
        self._offered_for = ""  # the text whose completions are shown
        self._recorded = ""  # by the typing that goes on: a longer query takes its place
        self._operators = QTimer(self, singleShot=True, interval=OPERATOR_DELAY_MS)
        self._operators.timeout.connect(self._ask)
        self._rest = QTimer(self, singleShot=True, interval=RECENT_REST_MS)
        self._rest.timeout.connect(self._record_if_found)
        field.installEventFilter(self)
        field.textEdited.connect(self._on_edited)
        field.textChanged.connect(self._on_changed)
        field.cursorPositionChanged.connect(self._on_cursor_moved)
        workspace.note_opened.connect(self._on_note_opened)
        workspace.place_requested.connect(self._on_note_opened)
        self.recent.changed.connect(self._on_recent_changed)

    @cached_property
    def popup(self) -> FieldPopup:
        """The list, made when something is first offered."""
        popup = FieldPopup(self._field)
        popup.chosen.connect(self.accept)
        popup.unwanted.connect(lambda offer: self.recent.remove(offer.label))
        popup.window().installEventFilter(self)
        return popup

    @property
    def shown(self) -> bool:
        """Tell whether anything is offered."""
        return "popup" in vars(self) and self.popup.isVisible()

    def hide(self) -> None:
        """Offer nothing."""
        self._asked += 1
        self._operators.stop()
        if self.shown:
            self.popup.choose(-1)
            self.popup.hide()

    def accept(self, offer: Offer) -> None:
        """Write what was chosen into the field, or do what it says."""
        if offer.kind is Kind.CLEAR:
            self.recent.clear()
            return
        self.hide()
        if offer.kind is Kind.RECENT:
            self._field.setText(offer.label)
        elif offer.completion is not None:
            self._write(offer.completion)

    def show_recent(self) -> bool:
        """Offer the recent searches; False where there are none."""
        if self._field.text() or not self.recent.queries:
            return False
        self.popup.show_offers(
            [
                Offer(Kind.HEADING, self.tr("Recent searches")),
                *(Offer(Kind.RECENT, query) for query in self.recent.queries),
                Offer(Kind.CLEAR, self.tr("Clear recent searches")),
            ]
        )
        return True

    # --- what is typed -----------------------------------------------------------------------------------

    def _on_edited(self, _text: str) -> None:
        piece = _piece_before(self._before_cursor())
        if not piece.strip("-"):
            self.hide()
        elif ":" in piece:
            self._operators.stop()
            self._ask()
        else:
            self.hide()
            self._operators.start()

    def _on_changed(self, text: str) -> None:
        if self.shown and not self._field.isModified():  # by the program, not by the user
            self.hide()
        if not text:
            self._recorded = ""
        self._rest.start()

    def _on_cursor_moved(self) -> None:
        if self.shown and self._field.text() and self._field.text() == self._offered_for:
            self.hide()  # the cursor went elsewhere, and no letter with it

    def _ask(self) -> None:
        self._asked += 1
        asked, text, cursor = self._asked, self._field.text(), len(self._before_cursor())
        search = self._workspace.notebook.search

        def show(found: Sequence[Completion]) -> None:
            if asked == self._asked and self._field.hasFocus():
                self._offered_for = text
                self.popup.show_offers([_offer(completion) for completion in found])

        self._workspace.answer(lambda: search.complete(text, cursor), show)

    def _before_cursor(self) -> str:
        """Return the text before the cursor, which Qt counts in units of UTF-16."""
        encoded = self._field.text().encode("utf-16-le", "surrogatepass")
        return encoded[: 2 * self._field.cursorPosition()].decode("utf-16-le", "ignore")

    def _write(self, completion: Completion) -> None:
        text = self._field.text()
        written = completion.text
        goes_on = written.endswith(":") or written in ('"', "-")
        if not goes_on and not text[completion.end : completion.end + 1].isspace():
            written += " "
        self._field.setSelection(_units(text[: completion.start]), _units(text[completion.start : completion.end]))
        self._field.insert(written)  # as if typed: it can be undone, and what follows is offered

    # --- what was searched for ---------------------------------------------------------------------------

    def _record_if_found(self) -> None:
        text = self._field.text()
        if len(text.strip()) < 2 or not self._results.isVisible():
            return
        search = self._workspace.notebook.search

        def record(result: SearchResult) -> None:
            if result.hits and text == self._field.text():
                self._record(text)

        self._workspace.read(lambda: search.query(text, 1), record)

    def _on_note_opened(self, _note: object) -> None:
        focus = QApplication.focusWidget()
        inside = focus is not None and (focus is self._field or self._results.isAncestorOf(focus))
        if self._field.text().strip() and self._results.isVisible() and inside:
            self._record(self._field.text())

    def _record(self, text: str) -> None:
        self._rest.stop()
        self.recent.record(text, self._recorded)
        self._recorded = " ".join(text.split())

    def _on_recent_changed(self) -> None:
        if self.shown and not self._field.text():
            row = self.popup.list.currentIndex().row()
            if not self.show_recent():
                self.hide()
            elif row > 0:
                self.popup.choose(min(row, len(self.popup.offers) - 2))

    # --- keys --------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys of the list while it is there; it goes with the focus."""
        kind = event.type()
        if watched is not self._field:
            if kind == QEvent.Type.Resize:
                self.hide()
            return False
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        if kind == QEvent.Type.FocusOut:
            self.hide()
        elif (isinstance(event, QFocusEvent) and kind == QEvent.Type.FocusIn and event.reason() in _GOING_THERE) or (
            isinstance(event, QMouseEvent) and kind == QEvent.Type.MouseButtonPress and self._field.hasFocus()
        ):
            QTimer.singleShot(0, self, self._offer_recent)
        return False

    def _offer_recent(self) -> None:
        if self._field.hasFocus() and not self.shown:
            self.show_recent()

    def _key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key == Qt.Key.Key_Space and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self._ask()
            return True
        if key in _ENTER and not self.shown:
            self.hide()  # nothing is to come up over what is opened now
        if not self.shown:
            return key == Qt.Key.Key_Down and event.modifiers() in _PLAIN and self._offer_by_key()
        return self._list_key(event, self.popup.current())

    def _offer_by_key(self) -> bool:
        if not self.show_recent():
            return False
        self.popup.step(1)
        return True

    def _list_key(self, event: QKeyEvent, current: Offer | None) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and event.modifiers() in _PLAIN:
            if self.popup.step(1 if key == Qt.Key.Key_Down else -1) or key == Qt.Key.Key_Up:
                return True
            self.hide()  # beyond the last row the results begin
            return False
        if key in _ENTER or key == Qt.Key.Key_Tab:
            if key == Qt.Key.Key_Tab and current is None and self._field.text():
                current = self.popup.first()
            if current is not None:
                self.accept(current)
                return True
            self.hide()
            return False
        if key == Qt.Key.Key_Escape:
            leaves = current is None and not self._field.text()  # as if the recent searches were not there
            self.hide()
            return not leaves
        if key == Qt.Key.Key_Delete and current is not None and current.kind is Kind.RECENT:
            self.recent.remove(current.label)
            return True
        return False


def _offer(completion: Completion) -> Offer:
    detail = completion.detail
    if not detail.isdigit():
        detail = QCoreApplication.translate("SearchCompletion", detail)
    return Offer(Kind.COMPLETION, completion.label, detail, completion)


def _piece_before(text: str) -> str:
    """Return the piece of a query that is being written at the end of `text`; blanks between quotation marks stay."""
    start, quoted = 0, False
    for place, character in enumerate(text):
        if character == '"':
            quoted = not quoted
        elif not quoted and (character.isspace() or character in "()"):
            start = place + 1
    return text[start:]


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2

