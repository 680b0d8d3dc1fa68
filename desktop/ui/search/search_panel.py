"""The results room of the window: it joins the field, the filters, the answers and the list.

What is looked for is a `Wish`: the field's text, below which note, how forgivingly, how many notes. Whatever changes
it goes through `_wish_changed`, and every answer comes back through `_show`.
"""

from itertools import pairwise

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtGui import QCursor, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.core.records import Changes, NoteId, Progress, SearchResult
from desktop.ui.search import query_text
from desktop.ui.search.asking import LIMIT, Answer, Asking, Wish
from desktop.ui.search.facets import FilterBar
from desktop.ui.search.field import SearchField
from desktop.ui.search.nothing import Ways, say_nothing_found
from desktop.ui.search.opening import Opening
from desktop.ui.search.query_edit import QueryEdit
from desktop.ui.search.quick_switcher import QuickSwitcher
from desktop.ui.search.reasons import Reasons
from desktop.ui.search.result_keys import ResultKeys
from desktop.ui.search.result_list import ResultList
from desktop.ui.search.rows import NOTHING
from desktop.ui.search.saving import SavedStar
from desktop.ui.search.scope import SearchScope
from desktop.ui.search.states import EmptyState, IndexLine, Sentence
from desktop.ui.search.walk import HitWalk
from desktop.ui.sentences import in_users_language
from desktop.ui.workspace import Workspace

SLOW_MS = 500  # without an answer, after which it is said that one is on its way
WORTH_TELLING = 100  # notes that wait for the index: fewer are there in a moment


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
        self._forgiving: bool | None = None  # None: as the settings say
        self._limit = LIMIT
        self._stale = False
        self._shown_text = ""  # of the answer that is listed
        self._edited = False  # by a key, not by a choice
        self._open_next: tuple[str, bool] | None = None  # Enter came before the answer to this text
        self._slow_timer = QTimer(self, singleShot=True, interval=SLOW_MS)
        self._slow_timer.timeout.connect(self._say_slow)
        self._make_widgets()
        self.model = self.list.results
        self.edit = QueryEdit(self.field, self)
        self.asking = Asking(workspace, self.list.rows_at_once, self)
        self.scope = SearchScope(workspace, self)
        self.walk = HitWalk(workspace, self)
        self.reasons = Reasons(workspace, self.asking, self.model.set_reason, self)
        self.opening = Opening(workspace, self.model, self.walk, self._list_more, self)
        self.keys = ResultKeys(self.field, self.list, self)
        self.star = SavedStar(workspace, self.filters, self._query_to_save, self)
        self._connect()
        self._show_scope()

    # --- making ------------------------------------------------------------------------------------------

    def _make_widgets(self) -> None:
        self.filters = FilterBar()
        self.problem = Sentence("warning")
        self.problem.setAccessibleName(self.tr("Problem of the query"))
        self.notice = Sentence()
        self.notice.setAccessibleName(self.tr("Search notice"))
        for sentence in (self.problem, self.notice):
            sentence.setContentsMargins(16, 1, 14, 6)
            sentence.hide()
        self.index_line = IndexLine()
        self.empty = EmptyState()
        self.list = ResultList()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget in (self.filters, self.index_line, self.problem, self.notice, self.empty):
            layout.addWidget(widget)
        layout.addWidget(self.list, 1)

    def _connect(self) -> None:
        self.asking.answered.connect(self._show)
        self.asking.passages_read.connect(lambda read, final: self.list.fill(read, sections=final))
        self.asking.facets_counted.connect(self.filters.show_counts)
        self.list.rows_seen.connect(self.asking.read_passages)
        self.list.opened.connect(self.opening.open)
        self.list.exactly_wanted.connect(lambda: self._set_forgiving(False))
        self.list.row_reached.connect(self.reasons.describe_soon)
        self.list.reason_wanted.connect(self._show_reason)
        self.keys.open_wanted.connect(self._open_current)
        self.keys.leave_wanted.connect(self._leave)
        self.filters.term_chosen.connect(self.edit.put_filter)
        self.filters.facet_removed.connect(self.edit.remove_filter)
        self.filters.newest_wanted.connect(self.edit.set_newest)
        self.filters.scope_wanted.connect(lambda on: self.scope.choose_open() if on else self.scope.clear())
        self.scope.changed.connect(self._on_scope_changed)
        self.scope.offered.connect(self._show_scope)
        self.walk.moved.connect(self.list.choose)
        self._workspace.changed.connect(self._on_changed)
        self.field.textEdited.connect(self._on_edited)
        self.field.textChanged.connect(self._on_typed)

    # --- what others ask for -----------------------------------------------------------------------------

    def begin(self, text: str = "") -> None:
        """Go to the field to search everywhere; with `text`, look for it."""
        self.scope.clear()
        line = " ".join(text.split())[:200]
        if line:
            self.field.setText(line)
        self.edit.take_focus()

    def begin_below(self, note_id: NoteId | None = None) -> None:
        """Go to the field to search below a note, by default the open one."""
        if note_id is not None:
            self.scope.choose(note_id)
        elif not self.scope.choose_open():
            self._workspace.tell("info", self.tr("The open note has no notes below it."))
            return
        self.edit.take_focus()

    def search_typed(self) -> None:
        """Look for what was typed before this panel was made."""
        if self.field.text():
            self._on_typed(self.field.text())

    def search_tag(self, tag: str) -> None:
        """Look for the notes with a tag."""
        self.begin(f'tag:"{tag}"' if " " in tag else f"tag:{tag}")

    def clear(self) -> None:
        """Look for nothing."""
        self.scope.clear()
        self.field.clear()

    def step(self, by: int) -> bool:
        """Go to the next place of the words (1) or the one before (-1); False where nothing is searched."""
        if self.walk.step(by):
            return True
        if self.isVisible() and self.model.first_choice() >= 0:
            self._open_current(False)
            return True
        return False

    def show_index_progress(self, progress: Progress) -> None:
        """Show how far the index is, and look again when it is whole."""
        was_building = not self.index_line.isHidden()
        if was_building or progress.total >= WORTH_TELLING:
            self.index_line.show_progress(progress)
            self._say(self.model.result)
        if progress.done >= progress.total and (was_building or bool(self.model.result.notice)):
            self.asking.ask_again()

    def open_switcher(self, window: QWidget) -> None:
        """Show the quick switcher over the window."""
        QuickSwitcher(self._workspace, window).show()

    # --- what is looked for ------------------------------------------------------------------------------

    def _on_typed(self, text: str) -> None:
        self._limit, self._open_next = LIMIT, None
        under_way, self._edited = self._edited and ":" in text.rpartition(" ")[2], False
        if not under_way:  # else the value of a filter would be shown letter by letter
            self.filters.show_query(text)
        if not text.strip():
            self._forgiving = None
        elif self.field.hasFocus():
            self.edit.remember_focus()
        self._wish_changed()

    def _on_edited(self) -> None:
        self._edited = True  # Qt says so before it says that the text is another

    def _wish_changed(self) -> None:
        text, chosen = self.field.text(), self.scope.chosen
        settings = self._workspace.settings
        self.asking.ask(
            Wish(
                text,
                chosen.note_id if chosen is not None else None,
                settings.forgiving_search if self._forgiving is None else self._forgiving,
                self._limit,
            )
        )
        self.star.refresh()
        if text.strip():
            self._slow_timer.start()
            self.activated.emit()
            return
        self._slow_timer.stop()
        self.list.forget_choice()
        self._shown_text, self._open_next = "", None
        self.list.show_result(NOTHING, {})
        self._say(NOTHING)
        self.filters.show_counts(())
        self.empty.hide()
        if chosen is not None:
            self.empty.say(self.tr("Type what to look for below “{0}”.").format(chosen.title))
            self.activated.emit()
        else:
            self.cleared.emit()

    def _on_scope_changed(self) -> None:
        self._show_scope()
        self._wish_changed()

    def _show_scope(self) -> None:
        shown, chosen = self.scope.shown, self.scope.chosen
        self.filters.show_scope(shown.title if shown is not None else "", chosen is not None)

    def _set_forgiving(self, on: bool) -> None:
        self._forgiving = on
        self._wish_changed()

    def _query_to_save(self) -> str:
        """Return the query with all that narrows it, in the form in which queries are kept."""
        text, chosen = self.field.text(), self.scope.chosen
        if chosen is not None and text.strip():
            title = chosen.title.replace('"', " ")
            text = query_text.with_term(text, "folder", f'in:"{title}"')
        return " ".join(text.split())

    # --- showing -----------------------------------------------------------------------------------------

    def _show(self, answer: Answer) -> None:
        self._stale = False
        result, self._shown_text = answer.result, answer.wish.text
        forgiven = len(result.hits) > result.exact
        sentence = in_users_language(result.notice) if forgiven else ""
        self.list.show_result(result, answer.read, sentence, final=answer.final)
        self._say(result)
        if answer.final:
            self.filters.show_query(answer.wish.text)
        if result.hits:
            self.empty.hide()
        elif answer.final:
            scope = self.scope.chosen
            ways = Ways(self._create, self._set_forgiving, self.scope.clear, self.edit.remove_filters)
            title = scope.title if scope is not None else ""
            say_nothing_found(self.empty, answer.wish, title, ways, whole=not result.notice)
        self._order_tabs()
        if answer.final and self._open_next is not None and self._open_next[0] == answer.wish.text:
            new_tab, self._open_next = self._open_next[1], None
            self._open_current(new_tab)

    def _say_slow(self) -> None:
        """Say that a search goes on, where nothing else is to be seen."""
        if not self.asking.settled and not self.model.rows:
            self.empty.say(self.tr("Searching…"))

    def _say(self, result: SearchResult) -> None:
        """Show what is said of the whole answer; of forgiven hits it is said in the list."""
        forgiven = len(result.hits) > result.exact
        self.index_line.label.setToolTip(in_users_language(result.notice) if result.notice and not forgiven else "")
        # How far the index is says the same as the notice, and it says it while it goes on.
        silent = forgiven or not self.index_line.isHidden()
        for label, sentence in ((self.problem, result.problem), (self.notice, "" if silent else result.notice)):
            label.setText(in_users_language(sentence) if sentence else "")
            label.setVisible(bool(sentence))

    def _on_changed(self, changes: Changes) -> None:
        if not self.field.text().strip() or not changes or changes == Changes(searches=True):
            return
        if self.isVisible():
            self.asking.ask_again()
        else:
            self._stale = True

    def showEvent(self, event: QShowEvent) -> None:
        """Ask again when notes changed while the results were hidden."""
        super().showEvent(event)
        self._order_tabs()
        if self._stale:
            self._stale = False
            self.asking.ask_again()

    def _order_tabs(self) -> None:
        """Let Tab go from the field through what stands below it, which was made after the rest of the window."""
        stops: list[QWidget] = [self.field, *self.filters.stops, self.index_line.button, *self.empty.offers, self.list]
        if self.list.notice is not None:
            stops.append(self.list.notice.exactly)
        stops = [stop for stop in stops if stop.window() is self.window()]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _show_reason(self, note_id: NoteId, at: QPoint) -> None:
        view = self.list.viewport()

        def still_there() -> bool:
            return view.isVisible() and (QCursor.pos() - at).manhattanLength() < 40

        self.reasons.show_tooltip(note_id, at, view, still_there)

    # --- opening -----------------------------------------------------------------------------------------

    def _open_current(self, new_tab: bool) -> None:
        text = self.field.text()
        if text.strip() and self._shown_text != text:
            self._open_next = text, new_tab  # what is listed is of another text
            return
        row = self.list.current_row()
        if row is not None:
            self.opening.open(row, new_tab)

    def _list_more(self) -> None:
        self._limit += 2 * LIMIT
        self._wish_changed()

    def _create(self, title: str) -> None:
        chosen = self.scope.chosen
        self.opening.create(title, chosen.note_id if chosen is not None else None)

    def _leave(self) -> None:
        """Clear the field and give the focus back."""
        self.clear()
        self.edit.give_focus_back()
