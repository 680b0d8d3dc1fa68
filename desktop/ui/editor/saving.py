"""When and how an edited text gets to the disk.

After a rest of SAVE_DELAY_MS, at the latest SAVE_AT_MOST_MS after the first key, and at once when the user looks away.
A save is a compare-and-swap on the version that the text is based on; where the stored text is newer the two are
merged, and where they meet the user's words stay in the editor and the user is asked. "saved" is said only after the
commit.
"""

from collections.abc import Callable
from concurrent.futures import Future, wait as wait_for
from time import monotonic
from typing import Any

from PySide6.QtCore import QCoreApplication, QEventLoop, QLocale, QObject, QTime, QTimer, Signal

from desktop.core.errors import KonspektError, NoteNotFound, SaveConflict
from desktop.core.records import Changes, Note, NoteId
from desktop.ui.delays import SAVE_AT_MOST_MS, SAVE_DELAY_MS
from desktop.ui.editor.sessions import EditSession, Problem, Sessions, conflict_sentence, failure_sentence
from desktop.ui.workspace import Workspace

ORIGIN = "editor"
_FLUSH_S = 20.0  # closing waits this long for the disk before it says that something is not saved


class Saving(QObject):
    """Stores what was edited, and takes in what was changed elsewhere."""

    state_changed = Signal(object)  # EditSession

    def __init__(self, workspace: Workspace, sessions: Sessions, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._sessions = sessions
        self._futures: dict[NoteId, Future[Any]] = {}
        self._reported: set[type[BaseException]] = set()
        self._rest = QTimer(self, singleShot=True, interval=SAVE_DELAY_MS)
        self._limit = QTimer(self, singleShot=True, interval=SAVE_AT_MOST_MS)
        self._rest.timeout.connect(self.save_all)
        self._limit.timeout.connect(self.save_all)
        self._saved_at: dict[NoteId, str] = {}
        workspace.changed.connect(self._on_changed)

    def touched(self, session: EditSession) -> None:
        """Count an edit: the save comes after a rest."""
        if not session.dirty:
            return
        self._rest.start()
        if not self._limit.isActive():
            self._limit.start()
        self.state_changed.emit(session)

    def state(self, session: EditSession) -> tuple[str, str]:
        """Return "saved", "unsaved", "saving" or "failed", with the time of the save or the sentence of the failure."""
        if session.problem is not None:
            return "failed", session.problem.sentence
        if session.saving_revision:
            return "saving", ""
        if session.dirty:
            return "unsaved", ""
        return "saved", self._saved_at.get(session.note_id, "")

    def save_all(self) -> None:
        """Save every session that has something to save; what failed before is tried again, what met is not."""
        self._rest.stop()
        self._limit.stop()
        for session in self._sessions:
            self.save(session, again=session.problem is not None and session.problem.theirs is None)

    def save(self, session: EditSession, *, again: bool = False) -> None:
        """Save one session; one that waits for the user's word only when asked for `again`."""
        if session.saving_revision or not session.dirty:
            return
        if session.problem is not None and not again:
            return
        text, revision, base = session.text(), session.revision, session.base_version
        if text == session.image.raw:
            session.mark_saved(text, base, revision)
            self.state_changed.emit(session)
            return
        session.saving_revision = revision
        note_id, notes = session.note_id, self._workspace.notebook.notes
        self._futures[note_id] = self._workspace.write(
            lambda: notes.save(note_id, text, base, origin=ORIGIN),
            lambda changes: self._saved(session, text, revision, changes),
            lambda error: self._failed(session, error),
        )
        self.state_changed.emit(session)

    def flush(self, wait: bool = True) -> bool:
        """Save everything; with `wait` return when it is on the disk, and say whether all of it is."""
        self.save_all()
        end = monotonic() + _FLUSH_S
        while wait and monotonic() < end and any(session.saving_revision for session in self._sessions):
            wait_for(tuple(self._futures.values()), timeout=0.05)
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
            for session in self._sessions:
                self.save(session)
        return not any(session.dirty or session.problem for session in self._sessions)

    # --- what the user answers ---------------------------------------------------------------------------

    def retry(self, session: EditSession) -> None:
        """Try a failed save again, merging with what is stored now."""
        if session.problem is not None and session.problem.theirs is not None:
            session.problem = None
            self._read_again(session)
        else:
            self.save(session, again=True)

    def keep_mine(self, session: EditSession) -> None:
        """Store the user's text over the one that it met; the other stays in the note's history."""
        if session.problem is not None and session.problem.theirs is not None:
            session.keep_mine(session.problem.theirs)
            self.save(session)

    def take_theirs(self, session: EditSession) -> None:
        """Show the stored text; undo brings the user's back."""
        if session.problem is not None and session.problem.theirs is not None:
            session.take_theirs(session.problem.theirs)
            self.state_changed.emit(session)

    def save_as_copy(self, session: EditSession, then: Callable[[NoteId], None]) -> None:
        """Store the user's text as a new note beside the old one, and call `then` with its id."""
        tree, head, text, problem = self._workspace.notebook.tree, session.head, session.text(), session.problem
        title = self.tr("{0} (copy)").format(head.title)

        def stored(changes: Changes) -> None:
            if problem is not None and problem.theirs is not None:
                session.take_theirs(problem.theirs)
                self.state_changed.emit(session)
            then(changes.created[0])

        self._workspace.write(
            lambda: tree.create(title, head.kind, head.parent_id, text=text, origin=ORIGIN),
            stored,
            lambda error: self._failed(session, error),
        )

    # --- what comes back ---------------------------------------------------------------------------------

    def _saved(self, session: EditSession, text: str, revision: int, changes: Changes) -> None:
        session.saving_revision = 0
        session.mark_saved(text, changes.versions.get(session.note_id, session.base_version), revision)
        self._saved_at[session.note_id] = QLocale().toString(QTime.currentTime(), QLocale.FormatType.ShortFormat)
        self._futures.pop(session.note_id, None)
        if session.stale:
            self._read_again(session)
        if session.dirty and not self._rest.isActive():
            self._rest.start()
        self.state_changed.emit(session)

    def _failed(self, session: EditSession, error: BaseException) -> None:
        session.saving_revision = 0
        self._futures.pop(session.note_id, None)
        if isinstance(error, SaveConflict):
            self._read_again(session, error)
            return
        self._tell_failure(session, Problem(failure_sentence(error)))
        if not isinstance(error, KonspektError) and type(error) not in self._reported:
            self._reported.add(type(error))  # once: a full disk fails every save, and the sentence stays in view
            self._workspace.bug_found.emit(error)

    def _tell_failure(self, session: EditSession, problem: Problem) -> None:
        session.problem = problem
        if session.note_id != self._workspace.current:
            self._workspace.tell("error", f"{session.head.title}: {problem.sentence}")
        self.state_changed.emit(session)

    # --- what others change ------------------------------------------------------------------------------

    def _on_changed(self, changes: Changes) -> None:
        for session in self._sessions:
            note_id = session.note_id
            if note_id in changes.deleted:
                if not session.dirty:
                    self._sessions.forget(note_id)
            elif changes.everything or note_id in changes.renamed or (
                note_id in changes.edited and changes.origin != ORIGIN
            ):
                self._read_again(session)

    def _read_again(self, session: EditSession, conflict: SaveConflict | None = None) -> None:
        """Bring what is stored now into the session; while a save is on its way that waits for its end."""
        if session.saving_revision:
            session.stale = True
            return
        session.stale = False
        note_id, notes = session.note_id, self._workspace.notebook.notes
        self._workspace.read(
            lambda: notes.read(note_id),
            lambda note: self._take(session, note, conflict),
            lambda error: self._lost(session, error),
        )

    def _take(self, session: EditSession, note: Note, conflict: SaveConflict | None) -> None:
        if self._sessions.get(session.note_id) is not session:
            return
        if session.saving_revision:
            session.stale = True
        elif note.head.version <= session.base_version:
            session.head = note.head
            if conflict is not None:  # nothing newer is there to merge with: asking again would go on for ever
                self._tell_failure(session, Problem(str(conflict)))
        elif session.take(note):
            if session.dirty:
                self._rest.start()
        else:
            self._tell_failure(session, Problem(conflict_sentence(), note))
        self.state_changed.emit(session)

    def _lost(self, session: EditSession, error: BaseException) -> None:
        if self._sessions.get(session.note_id) is not session:
            return
        if isinstance(error, NoteNotFound) and not session.dirty:
            self._sessions.forget(session.note_id)
            return
        self._tell_failure(session, Problem(failure_sentence(error)))
