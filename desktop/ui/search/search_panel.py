"""Search while typing: the panel of results that takes the tree's place, and what the field is for.

Two answers follow a key: a quick one after some 30 ms, and the full ranked one when the typing rests. Each carries the
revision of the text it was asked for; an answer to an older text is dropped. At most one question of each kind is on
its way, so a slow answer cannot make others wait in line.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QListView, QVBoxLayout, QWidget

from desktop.core.errors import KonspektError, QueryError
from desktop.core.records import Changes, Hit, SearchResult
from desktop.ui import theme
from desktop.ui.delays import FULL_SEARCH_DELAY_MS, SEARCH_DELAY_MS
from desktop.ui.search.field import SearchField
from desktop.ui.search.quick_switcher import QuickSwitcher
from desktop.ui.search.results import ResultDelegate, ResultModel, ResultRole
from desktop.ui.sentences import in_users_language
from desktop.ui.workspace import Workspace

LIMIT = 40
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SearchPanel(QWidget):
    """The results; `field_row` holds the field, to be laid out above.

    The field may be older than the panel, and hold a text already: `search_typed` looks for it.
    """

    activated = Signal()  # there is something to look for: show this panel
    cleared = Signal()  # there is not: show what was there before

    def __init__(
        self, workspace: Workspace, parent: QWidget | None = None, *, field_row: SearchField | None = None
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.field_row = field_row or SearchField()
        self.field = self.field_row.edit
        self._revision = 0
        self._answered = 0  # the newest revision with a full answer
        self._stale = False
        self._focus_before: QWidget | None = None
        self._quick = _Question(self._ask_quick, self)
        self._full = _Question(self._ask_full, self)
        self._make_results()
        self._quick_timer = QTimer(self, singleShot=True, interval=SEARCH_DELAY_MS)
        self._quick_timer.timeout.connect(self._quick.ask)
        self._full_timer = QTimer(self, singleShot=True, interval=FULL_SEARCH_DELAY_MS)
        self._full_timer.timeout.connect(self._full.ask)
        workspace.changed.connect(self._on_changed)
        self.field.textChanged.connect(self._on_typed)
        self.field.installEventFilter(self)
        theme.notifier().changed.connect(self._restyle)
        self._restyle()

    # --- making ------------------------------------------------------------------------------------------

    def _make_results(self) -> None:
        self.notice = QLabel()
        self.notice.setWordWrap(True)
        self.notice.setTextFormat(Qt.TextFormat.PlainText)
        self.notice.setAccessibleName(self.tr("Search notice"))
        self.notice.setContentsMargins(16, 3, 14, 5)
        self.notice.hide()
        self.empty = QLabel()
        self.empty.setWordWrap(True)
        self.empty.setTextFormat(Qt.TextFormat.PlainText)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.empty.setContentsMargins(16, 8, 14, 8)
        self.empty.hide()
        self.model = ResultModel()
        self.list = QListView()
        self.list.setAccessibleName(self.tr("Search results"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(ResultDelegate(self.list))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setMouseTracking(True)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.clicked.connect(self._open)
        self.list.installEventFilter(self)
        self.list.viewport().installEventFilter(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.notice)
        layout.addWidget(self.empty)
        layout.addWidget(self.list, 1)

    # --- what others ask for -----------------------------------------------------------------------------

    def begin(self, text: str = "") -> None:
        """Go to the field; with `text`, look for it."""
        line = " ".join(text.split())[:200]
        if line:
            self.field.setText(line)
        self._remember_focus()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def search_typed(self) -> None:
        """Look for what was typed before this panel was made."""
        if self.field.text():
            self._on_typed(self.field.text())

    def search_tag(self, tag: str) -> None:
        """Look for the notes with a tag."""
        self.begin(f'tag:"{tag}"' if " " in tag else f"tag:{tag}")

    def clear(self) -> None:
        """Look for nothing."""
        self.field.clear()

    def open_switcher(self, window: QWidget) -> None:
        """Show the quick switcher over the window."""
        QuickSwitcher(self._workspace, window).show()

    # --- asking ------------------------------------------------------------------------------------------

    def _on_typed(self, text: str) -> None:
        self._revision += 1
        if not text.strip():
            self._quick_timer.stop()
            self._full_timer.stop()
            self.model.show(SearchResult("", (), 0))
            self._say("")
            self.empty.hide()
            self.cleared.emit()
            return
        if self.field.hasFocus():
            self._remember_focus()
        self.activated.emit()
        if not self._quick_timer.isActive():  # while keys keep coming, an answer still comes every 30 ms
            self._quick_timer.start()
        self._full_timer.start()

    def _ask_quick(self, done: Callable[[], None]) -> None:
        revision, text = self._revision, self.field.text()
        if not text.strip() or self._answered == revision:
            done()
            return
        notebook = self._workspace.notebook

        def show(result: SearchResult) -> None:
            done()
            if revision == self._revision and self._answered != revision and result.hits:
                self._show(result, final=False)

        # A half-typed query may be wrong: only the full answer says so.
        failed = self._failing(done, revision, quiet=True)
        self._workspace.read(lambda: notebook.search.typing(text, LIMIT), show, failed)

    def _ask_full(self, done: Callable[[], None]) -> None:
        revision, text = self._revision, self.field.text()
        if not text.strip():
            done()
            return
        notebook = self._workspace.notebook

        def show(result: SearchResult) -> None:
            done()
            if revision == self._revision:
                self._answered = revision
                self._show(result, final=True)

        self._workspace.read(
            lambda: notebook.search.query(text, LIMIT, unfinished=True), show, self._failing(done, revision)
        )

    def _failing(
        self, done: Callable[[], None], revision: int, *, quiet: bool = False
    ) -> Callable[[BaseException], None]:
        def failed(error: BaseException) -> None:
            done()
            if isinstance(error, QueryError):
                if revision == self._revision and not quiet:
                    self._answered = revision
                    self.empty.hide()
                    self._say(in_users_language(str(error)), wrong=True)
            elif isinstance(error, KonspektError):
                self._workspace.tell("error", str(error))
            else:
                self._workspace.bug_found.emit(error)

        return failed

    # --- showing -----------------------------------------------------------------------------------------

    def _show(self, result: SearchResult, *, final: bool) -> None:
        self._stale = False
        current = self.list.currentIndex()
        chosen: Hit | None = current.data(ResultRole.HIT) if current.isValid() else None
        self.model.show(result)
        row = self.model.row_of(chosen.id) if chosen is not None else -1
        if row >= 0:
            self.list.setCurrentIndex(self.model.index(row))
        elif result.hits:
            self.list.setCurrentIndex(self.model.index(0))
            self.list.scrollToTop()
        self._say(in_users_language(result.notice) if result.notice else "")
        self.empty.setVisible(final and not result.hits)
        if final and not result.hits:
            self.empty.setText(self.tr("No note was found for “{0}”.").format(result.query.strip()))
        more = result.total - len(result.hits)
        self.list.setStatusTip(self.tr("%n more note(s)", "", more) if more > 0 else "")

    def _say(self, sentence: str, *, wrong: bool = False) -> None:
        self.notice.setText(sentence)
        self.notice.setProperty("wrong", wrong)
        self.notice.setVisible(bool(sentence))
        self._restyle()

    def _restyle(self) -> None:
        colours = theme.current()
        colour = colours.error if self.notice.property("wrong") else colours.muted
        self.notice.setStyleSheet(f"color: {colour.name()};")
        self.empty.setStyleSheet(f"color: {colours.muted.name()};")
        self.list.viewport().update()

    def _on_changed(self, _changes: Changes) -> None:
        if not self.field.text().strip():
            return
        if self.isVisible():
            self._full_timer.start()
        else:
            self._stale = True

    def showEvent(self, event: QShowEvent) -> None:
        """Ask again when notes changed while the results were hidden."""
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self._full_timer.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the snippets anew."""
        super().resizeEvent(event)
        self.list.scheduleDelayedItemsLayout()

    # --- choosing ----------------------------------------------------------------------------------------

    def _open(self, index: QModelIndex, new_tab: bool = False) -> None:
        if not index.isValid():
            return
        hit: Hit = index.data(ResultRole.HIT)
        words = self.model.result.words
        self._workspace.open_note(hit.id, offset=hit.offset, words=words, new_tab=new_tab)

    def _remember_focus(self) -> None:
        focus = QApplication.focusWidget()
        if focus is not None and focus not in (self.field, self.list):
            self._focus_before = focus
            focus.destroyed.connect(self._forget_focus)

    def _forget_focus(self) -> None:
        self._focus_before = None

    def _leave(self) -> None:
        """Clear the field and give the focus back."""
        self.field.clear()
        before = self._focus_before
        if before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.window().setFocus(Qt.FocusReason.OtherFocusReason)  # which hands it on to the text

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the keys lead from the field into the list and back."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if watched is self.field:
                return self._field_key(event) or super().eventFilter(watched, event)
            if watched is self.list:
                return self._list_key(event) or super().eventFilter(watched, event)
        if (
            event.type() == QEvent.Type.MouseButtonRelease
            and isinstance(event, QMouseEvent)
            and event.button() == Qt.MouseButton.MiddleButton
        ):
            self._open(self.list.indexAt(event.position().toPoint()), new_tab=True)
            return True
        return super().eventFilter(watched, event)

    def _field_key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Down and self.model.rowCount():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            if not self.list.currentIndex().isValid():
                self.list.setCurrentIndex(self.model.index(0))
            return True
        if event.key() in _ENTER and self.model.rowCount():
            index = self.list.currentIndex()
            self._open(index if index.isValid() else self.model.index(0), _wants_tab(event))
            return True
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
            return True
        return False

    def _list_key(self, event: QKeyEvent) -> bool:
        if event.key() in _ENTER:
            self._open(self.list.currentIndex(), _wants_tab(event))
            return True
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
            return True
        if event.key() == Qt.Key.Key_Up and self.list.currentIndex().row() <= 0:
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        typed = event.text()
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        if plain and ((typed.isprintable() and typed) or event.key() == Qt.Key.Key_Backspace):
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
            self.field.end(False)
            QApplication.sendEvent(self.field, event)
            return True
        return False


class _Question(QObject):
    """Asks again only when the answer before has come."""

    def __init__(self, ask: Callable[[Callable[[], None]], None], parent: QObject) -> None:
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


def _wants_tab(event: QKeyEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
