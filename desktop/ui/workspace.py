"""What is open, where the user has been, and the one notice of every change.

Panels know only the workspace, never one another: they ask it to open a note and listen to what it tells.
"""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QUndoCommand, QUndoStack

from desktop.core.errors import Cancelled, KonspektError
from desktop.core.notebook import Notebook
from desktop.core.records import Changes, NoteId, Section, TreeStep
from desktop.core.settings import Settings
from desktop.ui.history import History, Place
from desktop.ui.sentences import in_users_language
from desktop.ui.tasks import Tasks

if TYPE_CHECKING:
    from desktop.ui.note_context import NoteContext

T = TypeVar("T")
EXTERNAL_SCHEMES = ("http", "https", "mailto")

__all__ = ["LiveText", "Place", "Workspace"]


@dataclass(frozen=True, slots=True)
class LiveText:
    """The open note's text as it stands in the editor, saved or not."""

    note_id: NoteId
    revision: int  # of the text, from 1, growing: a result for an older one is stale
    text: str


class Workspace(QObject):
    """The state that panels share."""

    note_opened = Signal(object)  # Note
    note_closed = Signal()
    place_requested = Signal(object)  # Place, of the open note
    returned = Signal(object)  # Place with its view, of the open note: the user came back to it
    text_edited = Signal(object)  # LiveText
    changed = Signal(object)  # Changes
    notice = Signal(str, str)  # level, sentence
    link_hovered = Signal(str)  # where it leads, "" when none
    tab_requested = Signal(object)  # NoteId, to be opened in a tab of its own
    missing_note = Signal(object, str)  # the note that links, the target that no note goes by, "#" and the anchor
    link_followed = Signal(object, str)  # the note that links, and the target by which another one was opened
    bug_found = Signal(object)  # an exception that is ours

    def __init__(self, notebook: Notebook, tasks: Tasks, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.notebook = notebook
        self.tasks = tasks
        self.settings = settings
        self.history = History()
        self.tree_undo = QUndoStack(self)
        self.current: NoteId | None = None
        self.before_leaving: Callable[[], None] = lambda: None  # the editor stores its text here
        self.edited_at = 0.0  # the monotonic time of the last key that changed a text: what can wait, waits
        self.place_now: Callable[[], Place | None] = lambda: None  # where the user reads, for coming back

    @cached_property
    def note_context(self) -> "NoteContext":
        """What the library adds to the open note's page."""
        from desktop.ui.note_context import NoteContext  # late: it imports this module

        return NoteContext(self)

    # --- opening -----------------------------------------------------------------------------------------

    def open_note(
        self,
        note_id: NoteId,
        *,
        offset: int | None = None,
        section: int | None = None,
        words: tuple[str, ...] = (),
        new_tab: bool = False,
        remember: bool = True,
    ) -> None:
        """Open a note, or a place in it; a note that is gone is told, not raised."""
        if note_id == self.current and not new_tab:
            if remember:
                self._remember_here()
            self._request_place(note_id, offset, section, words)
            self.history.visit(Place(note_id, offset, section, words))
            return
        self._leave(remember)
        try:
            note = self.notebook.notes.read(note_id)
        except KonspektError as error:
            self.tell("error", str(error))
            return
        if new_tab:
            self.tab_requested.emit(note_id)
        self.current = note_id
        if remember:
            self.history.visit(Place(note_id, offset, section, words))
        self.note_opened.emit(note)
        self._request_place(note_id, offset, section, words)

    def close_note(self) -> None:
        """Leave the open note and show none."""
        self._leave(remember=True)
        self.current = None
        self.note_closed.emit()

    def go_back(self) -> None:
        """Return to the place before this one."""
        self._remember_here()
        self._travel(self.history.back)

    def go_forward(self) -> None:
        """Go to the place that was left by `go_back`."""
        self._remember_here()
        self._travel(self.history.forward)

    def follow(self, source_id: NoteId, target: str, anchor: str = "", label: str = "", new_tab: bool = False) -> None:
        """Go where a link leads: a note, a place in one, or an address in the browser."""
        scheme = QUrl(target).scheme().lower()
        if scheme in EXTERNAL_SCHEMES:
            QDesktopServices.openUrl(QUrl(target))
            return
        note_id = self.notebook.links.resolve(target, source_id) if target else source_id
        if note_id is None:
            self.missing_note.emit(source_id, f"{target}#{anchor}" if anchor else target)
            return
        if target:
            self.link_followed.emit(source_id, target)
        if not anchor:
            self.open_note(note_id, new_tab=new_tab)
            return
        place = self.notebook.links.place(note_id, anchor, label)
        if isinstance(place, Section):
            self.open_note(note_id, section=place.ordinal, new_tab=new_tab)
            return
        if place is None:
            name = anchor.removeprefix("^")
            sentence = self.tr("There is no section “{0}” in that note.")
            if name != anchor:
                sentence = self.tr("There is no paragraph marked ^{0} in that note.")
            self.tell("warning", sentence.format(name))
        self.open_note(note_id, offset=place.start if place else None, new_tab=new_tab)

    def _travel(self, step: Callable[[], Place | None]) -> None:
        while (place := step()) is not None:
            if not self.notebook.tree.exists(place.note_id):
                continue
            if place.view is None:
                self.open_note(place.note_id, offset=place.offset, section=place.section, remember=False)
                return
            if place.note_id != self.current:
                self.open_note(place.note_id, remember=False)
            if place.note_id == self.current:
                self.returned.emit(place)
            return

    def _leave(self, remember: bool) -> None:
        if remember:
            self._remember_here()
        self.before_leaving()

    def _remember_here(self) -> None:
        here = self.place_now()
        if here is not None:
            self.history.amend(here)

    def _request_place(
        self, note_id: NoteId, offset: int | None, section: int | None, words: tuple[str, ...]
    ) -> None:
        if offset is not None or section is not None or words:
            self.place_requested.emit(Place(note_id, offset, section, words))

    # --- work --------------------------------------------------------------------------------------------

    def write(
        self,
        job: Callable[[], Changes],
        then: Callable[[Changes], None] | None = None,
        failed: Callable[[BaseException], None] | None = None,
    ) -> "Future[Changes]":
        """Run a change on the writer thread, tell everybody, then call `then`, both on the main thread."""

        def finish(changes: Changes) -> None:
            self.publish(changes)
            if then is not None:
                then(changes)

        return self.tasks.write(job, finish, failed or self.say_failed)

    def read(
        self,
        job: Callable[[], T],
        then: Callable[[T], None],
        failed: Callable[[BaseException], None] | None = None,
    ) -> "Future[Any]":
        """Run `job` on a reader thread and hand its result to `then` on the main thread."""
        return self.tasks.read(job, then, failed or self.say_failed)

    def answer(
        self,
        job: Callable[[], T],
        then: Callable[[T], None],
        failed: Callable[[BaseException], None] | None = None,
    ) -> "Future[Any]":
        """Do as `read` does, for short jobs that somebody waits for while typing: no other reading delays them."""
        return self.tasks.answer(job, then, failed or self.say_failed)

    def publish(self, changes: Changes) -> None:
        """Tell everybody what a transaction changed."""
        if not changes:
            return
        self.changed.emit(changes)
        if self.current is not None and (self.current in changes.trashed or self.current in changes.deleted):
            self.current = None
            self.note_closed.emit()

    def change_tree(
        self, label: str, job: Callable[[], Changes], then: Callable[[Changes], None] | None = None
    ) -> None:
        """Run a change of the tree that the user can undo."""

        def finish(changes: Changes) -> None:
            if changes.undo is not None:
                self.tree_undo.push(_TreeCommand(self, label, changes.undo))
            if then is not None:
                then(changes)

        self.write(job, finish)

    def undo_tree(self) -> None:
        """Take the latest change of the library back, what is typed stored before it, and say which it was."""
        if not self.tree_undo.canUndo():
            self.tell("info", self.tr("There is nothing to undo in the library."))
            return
        words = self.tree_undo.undoText()
        self.before_leaving()
        self.tree_undo.undo()
        self.tell("info", self.tr("Undone: {0}").format(words))

    def redo_tree(self) -> None:
        """Apply again what was undone last."""
        if not self.tree_undo.canRedo():
            self.tell("info", self.tr("There is nothing to redo in the library."))
            return
        words = self.tree_undo.redoText()
        self.before_leaving()
        self.tree_undo.redo()
        self.tell("info", self.tr("Done again: {0}").format(words))

    def tell(self, level: str, sentence: str) -> None:
        """Show one sentence where the user looks, one of the core's in the user's language.

        Level is "info", "warning" or "error".
        """
        self.notice.emit(level, in_users_language(sentence))

    def say_failed(self, error: BaseException) -> None:
        """Tell the user why something was not done; what is no mistake of theirs is a bug."""
        if isinstance(error, Cancelled):
            return
        if isinstance(error, KonspektError):
            self.tell("error", str(error))
        else:
            self.bug_found.emit(error)


class _TreeCommand(QUndoCommand):
    """A tree change on the undo stack; each application yields the step that takes it back.

    One that is refused, because what it is about was changed since, leaves the stack: its step would be taken the
    wrong way round.
    """

    def __init__(self, workspace: Workspace, label: str, back: TreeStep) -> None:
        super().__init__(label)
        self._workspace = workspace
        self._step = back
        self._pushed = False

    def undo(self) -> None:
        """Take the change back."""
        self._apply()

    def redo(self) -> None:
        """Apply it again; the first call, made by `push`, finds it already applied."""
        if not self._pushed:
            self._pushed = True
            return
        self._apply()

    def _apply(self) -> None:
        if self.isObsolete():
            return

        # On the one writer thread in the order of the keys, so `_step` is the latest when the job runs.
        def job() -> Changes:
            changes = self._workspace.notebook.tree.apply(self._step)
            if changes.undo is not None:
                self._step = changes.undo
            return changes

        self._workspace.write(job, failed=self._refused)

    def _refused(self, error: BaseException) -> None:
        self._workspace.say_failed(error)
        if self.isObsolete():
            return
        self.setObsolete(True)
        stack = self._workspace.tree_undo
        if stack.index() < stack.count() and stack.command(stack.index()) is self:
            stack.redo()  # does nothing, and the stack drops what is obsolete
        elif stack.index() and stack.command(stack.index() - 1) is self:
            stack.undo()

