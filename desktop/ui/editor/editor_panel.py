"""The centre of the window: the open note's text, found in, saved, and told to whoever shows it."""

from functools import cached_property
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from desktop.core.records import Note, NoteId
from desktop.ui.editor.counting import Counting
from desktop.ui.editor.finding.marks import Marks
from desktop.ui.editor.places import Places
from desktop.ui.editor.problem_bar import ProblemBar
from desktop.ui.editor.saving import Saving
from desktop.ui.editor.sessions import EditSession, Sessions
from desktop.ui.editor.telling import Telling
from desktop.ui.editor.text_edit import MarkdownEdit
from desktop.ui.opened_notes import opened_notes
from desktop.ui.workspace import Place, Workspace

if TYPE_CHECKING:
    from desktop.core.page.page_context import PageContext
    from desktop.ui.editor.completion.completion import LinkCompletion
    from desktop.ui.editor.finding.find_bar import FindBar
    from desktop.ui.editor.media import MediaPaste


class EditorPanel(QWidget):
    """Shows the session of the open note."""

    save_state_changed = Signal(str, str)  # "saved", "unsaved", "saving", "failed"; the time or a sentence
    cursor_moved = Signal(int)  # offset in the note's text
    counted = Signal(object)  # Counts
    first_line_changed = Signal(int)  # the line at the top, from 0; told when the user scrolled here

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.session: EditSession | None = None
        self.sessions = Sessions(self)
        self.saving = Saving(workspace, self.sessions, self)
        self._state_told: tuple[object, ...] = ()
        self._media: MediaPaste | None = None  # made when something is pasted
        self._make_widgets()
        self._connect()
        opened_notes(workspace)  # listens from now on: what was opened last is offered first
        workspace.before_leaving = self.save_now
        workspace.place_now = self.places.now

    def _make_widgets(self) -> None:
        self.edit = MarkdownEdit(text_size=self._workspace.settings.text_size)
        settings = self._workspace.settings
        self.edit.set_column(settings.column)
        self.edit.focus_mode.set_mode(settings.focus_mode)
        self.edit.typewriter.set_on(settings.typewriter)
        self._blank = self.edit.document()
        self.marks = Marks(self.edit)
        self.places = Places(self._workspace, self.edit, self.marks, lambda: self.session, self)
        self.telling = Telling(self._workspace, self.edit, lambda: self.session, self)
        self.counting = Counting(self._workspace, self.edit, lambda: self.session, self)
        self.problem_bar = ProblemBar()
        self.edit.aid.settings = settings
        self._empty = QLabel(self.tr("Nothing is open.\nChoose a note on the left, or press Ctrl+N for a new one."))
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)  # or its longest line would be the editor's least width
        self._empty.setMargin(16)
        self._empty.setEnabled(False)  # the quiet colour
        self._empty.setBackgroundRole(QPalette.ColorRole.Base)
        self._empty.setAutoFillBackground(True)
        page = QWidget()
        self._column = column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.problem_bar, self.edit):
            column.addWidget(widget)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        self.setFocusProxy(self.edit)

    @cached_property
    def completion(self) -> "LinkCompletion":
        """What is offered while a link or a tag is typed."""
        from desktop.ui.editor.completion.completion import LinkCompletion  # late: not before the first paint

        self.edit.typed.disconnect(self._begin_completion)
        return LinkCompletion(self.edit, self._workspace, lambda: self.session)

    def _begin_completion(self) -> None:
        self.completion.consider()

    @property
    def completing(self) -> bool:
        """Whether something is offered."""
        return "completion" in vars(self) and self.completion.is_shown()

    @cached_property
    def find_bar(self) -> "FindBar":
        """The bar under the text, made when something is first looked for."""
        from desktop.ui.editor.finding.find_bar import FindBar  # late: not before the first paint
        from desktop.ui.editor.finding.finder import Finder

        def text() -> str:
            return self.session.shown() if self.session is not None else ""

        bar = FindBar(self.edit, self.marks, Finder(self.edit, text, self._workspace.read))
        self._column.addWidget(bar)
        return bar

    @property
    def finding(self) -> bool:
        """Whether the find bar is shown."""
        return "find_bar" in vars(self) and self.find_bar.isVisible()

    def _connect(self) -> None:
        workspace, edit, bar = self._workspace, self.edit, self.problem_bar
        self.sessions.forgotten.connect(self._on_forgotten)
        workspace.note_opened.connect(self._open)
        workspace.note_closed.connect(self._close)
        workspace.place_requested.connect(self.places.go_to)
        self.saving.state_changed.connect(self._on_state_changed)
        self.telling.cursor_moved.connect(self.cursor_moved)
        self.places.first_line_changed.connect(self.first_line_changed)
        self.counting.counted.connect(self.counted)
        edit.link_clicked.connect(self.places.follow_link)
        edit.media_pasted.connect(self._paste_media)
        edit.typed.connect(self._begin_completion)
        edit.installEventFilter(self)
        bar.retry.connect(lambda: self._answer(self.saving.retry))
        bar.keep_mine.connect(lambda: self._answer(self.saving.keep_mine))
        bar.take_theirs.connect(lambda: self._answer(self.saving.take_theirs))
        bar.save_as_copy.connect(
            lambda: self._answer(lambda session: self.saving.save_as_copy(session, self._workspace.open_note))
        )
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.applicationStateChanged.connect(self._on_application_state)

    # --- what actions and the window call ----------------------------------------------------------------

    def save_now(self) -> None:
        """Start saving whatever is not saved yet."""
        self.saving.save_all()

    def flush(self, wait: bool = True) -> bool:
        """Save everything; with `wait` return when it is on the disk, and say whether all of it is."""
        return self.saving.flush(wait)

    def open_find(self) -> None:
        """Open the find bar."""
        self.find_bar.open_bar()

    def open_replace(self) -> None:
        """Open the find bar with its replacement."""
        self.find_bar.open_bar(replace=True)

    def find_next(self) -> None:
        """Go to the next match."""
        self.find_bar.find_next()

    def find_previous(self) -> None:
        """Go to the match before."""
        self.find_bar.find_previous()

    def place(self) -> Place | None:
        """Return where the user reads now."""
        return self.places.now()

    def toggle_task_at(self, line: int) -> None:
        """Check or uncheck the box in a line of the text, from 0."""
        self.places.toggle_task_at(line)

    def follow_page(self, line: float) -> None:
        """Bring a line to the top, because the page stands there; nothing is told back."""
        self.places.follow_page(line)

    def follow_context(self) -> None:
        """Show from now on which links lead to no note."""
        self._workspace.note_context.changed.connect(self._on_context)
        if self.session is not None:
            self._on_context(self.session.note_id, self._workspace.note_context.of(self.session.note_id))

    def _on_context(self, note_id: NoteId, context: "PageContext") -> None:
        session = self.sessions.get(note_id)
        if session is not None:
            self.edit.set_missing(session.document, context.missing)

    # --- opening -----------------------------------------------------------------------------------------

    def _open(self, note: Note) -> None:
        self._leave()
        session = self.sessions.open(note)
        self.session = session
        session.edited.connect(self._on_edited)
        self.edit.show_document(session.document)
        cursor = self.edit.textCursor()
        limit = session.document.characterCount() - 1
        cursor.setPosition(min(session.cursor_position[0], limit))
        cursor.setPosition(min(session.cursor_position[1], limit), cursor.MoveMode.KeepAnchor)
        self.edit.setTextCursor(cursor)
        self.edit.show_line_at_top(session.top_line)
        self._stack.setCurrentIndex(1)
        self._on_state_changed(session)
        self.telling.text_now()
        self.counting.later()
        if self.finding:
            self.find_bar.open_bar(self.find_bar.replace_field.isVisible())

    def _leave(self) -> None:
        session = self.session
        if session is None:
            return
        cursor = self.edit.textCursor()
        session.cursor_position = (cursor.anchor(), cursor.position())
        session.top_line = self.edit.top_line()
        session.edited.disconnect(self._on_edited)
        if "completion" in vars(self):
            self.completion.hide()
        self.marks.set([])
        self.telling.stop()
        self.counting.stop()
        self.session = None
        self.saving.save(session)

    def _close(self) -> None:
        self._leave()
        self._show_nothing()

    def _on_forgotten(self, session: EditSession) -> None:
        if session is self.session:
            self.session = None
            self._show_nothing()

    def _show_nothing(self) -> None:
        self.edit.show_document(self._blank)  # the document shown before may be about to go
        self.problem_bar.show_problem(None)
        self._stack.setCurrentIndex(0)

    # --- what goes out -----------------------------------------------------------------------------------

    def _on_edited(self) -> None:
        session = self.session
        if session is None:
            return
        self._workspace.edited_at = monotonic()
        self.telling.text_later()
        self.counting.later()
        if not self.finding:
            self.marks.set([])
        self.saving.touched(session)

    def _on_state_changed(self, session: EditSession) -> None:
        state = (session, session.problem, *self.saving.state(session))
        if session is self.session and state != self._state_told:  # it is told for every key
            self._state_told = state
            self.problem_bar.show_problem(session.problem)
            self.save_state_changed.emit(*self.saving.state(session))

    def _answer(self, answer: object) -> None:
        if self.session is not None and callable(answer):
            answer(self.session)
            self.edit.setFocus()

    def _on_application_state(self, state: Qt.ApplicationState) -> None:
        if state != Qt.ApplicationState.ApplicationActive:
            self.save_now()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Save when the user looks away from the text; Escape takes search marks away."""
        if watched is self.edit:
            if event.type() == QEvent.Type.FocusOut:
                self.save_now()
            elif event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:  # type: ignore[attr-defined]
                if self.finding and not self.completing:
                    self.find_bar.close_bar()
                    return True
                self.marks.set([])
        return super().eventFilter(watched, event)

    # --- media -------------------------------------------------------------------------------------------

    def _paste_media(self, source: QMimeData) -> None:
        from desktop.ui.editor.media import MediaPaste  # late: only a paste needs it

        if self._media is None:
            self._media = MediaPaste(self._workspace, self)
        self._media.paste(source, self.edit.textCursor())
