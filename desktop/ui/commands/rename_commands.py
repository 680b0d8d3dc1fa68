"""Renaming notes and headings with a look at what follows, and what is said after moves and reworded headings."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from desktop.core.errors import KonspektError
from desktop.core.records import Changes, LinkChange, NoteId, Reheaded, TreeStep
from desktop.ui.delays import REHEADED_REST_MS

if TYPE_CHECKING:
    from desktop.ui.dialogs.rename_preview import RenamePreview
    from desktop.ui.main_window import MainWindow

MOST_WORDS = 40  # characters of a heading in a notice
Plan = tuple[LinkChange, ...]


class RenameCommands(QObject):
    """Renames with a preview; a notice where links could follow, or did."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._workspace = window.workspace
        self._tree = window.workspace.notebook.tree
        self._reworded: Reheaded | None = None  # the heading that was reworded last, since its links were right
        self._rest = QTimer(self, interval=REHEADED_REST_MS, singleShot=True)
        self._rest.timeout.connect(self._ask_who_names_it)
        self.preview: RenamePreview | None = None
        window.library.commands.ask_rename = self.rename_note
        window.library.commands.tell_move = self.tell_move
        self._workspace.changed.connect(self._on_changed)
        self._workspace.text_edited.connect(lambda _live: self._rest.start() if self._reworded else None)

    # --- notes ---------------------------------------------------------------------------------------------

    def rename_note(self, note_id: NoteId, title: str) -> None:
        """Give a note another title; what that changes in other notes is shown first."""
        try:
            old = self._tree.head(note_id).title
        except KonspektError as error:
            self._workspace.tell("error", str(error))
            return

        def rename(keep_alias: bool, count: int) -> None:
            self._run(self.tr("Rename"), lambda: self._tree.rename(note_id, title, keep_alias=keep_alias), count)

        self._planned(
            lambda: self._tree.plan_rename(note_id, title),
            lambda plan: self._ask(old, title, note_id, plan, rename, of_note=True),
        )

    def tell_move(self, changes: Changes) -> None:
        """Say after a move how many links were written anew, and offer to take all of it back."""
        count = _links(changes.undo)
        if changes.remark:
            self._workspace.tell("warning", changes.remark)
        elif count:
            sentence = self.tr("Moved; %n link(s) follow.", "", count)
            self._offer_back(sentence, changes)

    # --- headings ------------------------------------------------------------------------------------------

    def edit_heading(self) -> None:
        """Let the heading at hand be written anew, in the outline."""
        if self._workspace.current is None:
            return
        self._window.show_side(True)
        self._window.side.outline.rename_current()

    def rename_heading(self, note_id: NoteId, ordinal: int, old: str, title: str) -> None:
        """Give a heading other words; what that changes in other notes is shown first."""

        def rename(_keep_alias: bool, count: int) -> None:
            self._run(self.tr("Rename heading"), lambda: self._tree.rename_heading(note_id, ordinal, title), count)

        def plan() -> Plan | None:
            sections = self._workspace.notebook.notes.sections(note_id)
            if ordinal >= len(sections) or sections[ordinal].title != old:
                return None
            return self._tree.plan_heading(note_id, ordinal, title)

        self._planned(plan, lambda found: self._ask(old, title, note_id, found, rename, of_note=False))

    def _on_changed(self, changes: Changes) -> None:
        if changes.undo is not None:  # a rename, or one that is taken back: the links went with it
            return
        for said in changes.reheaded:
            before = self._reworded
            if before is not None and (before.note_id, before.after) == (said.note_id, said.before):
                said = Reheaded(said.note_id, before.before, said.after)
            self._reworded = said if said.before != said.after else None
        if changes.reheaded:
            self._rest.start()

    def _ask_who_names_it(self) -> None:
        said = self._reworded
        if said is None:
            return

        def found(plan: Plan) -> None:
            if plan and self._reworded == said:
                self._reworded = None
                self._offer_following(said, len(plan))

        self._workspace.read(lambda: self._tree.plan_following(said.note_id, said.before, said.after), found)

    def _offer_following(self, said: Reheaded, count: int) -> None:
        def follow() -> None:
            job = lambda: self._tree.follow_heading(said.note_id, said.before, said.after)  # noqa: E731
            self._run(self.tr("Update links"), job, count)

        sentence = self.tr("The heading “{0}” is “{1}” now.").format(_short(said.before), _short(said.after))
        label = self.tr("Update %n link(s) to “{0}”", "", count).format(_short(said.before))
        self._window.offer(sentence, label, follow)

    # --- both ----------------------------------------------------------------------------------------------

    def _planned(self, plan: Callable[[], Plan | None], then: Callable[[Plan | None], None]) -> None:
        """Ask what a rename would write, once what is typed is stored: on the writer, in the order of the keys."""
        self._workspace.before_leaving()
        self._workspace.tasks.write(plan, then, self._failed)

    def _ask(
        self,
        old: str,
        new: str,
        note_id: NoteId,
        plan: Plan | None,
        rename: Callable[[bool, int], None],
        *,
        of_note: bool,
    ) -> None:
        if plan is None:
            self._workspace.tell("warning", self.tr("The text is another by now; choose the heading again."))
            return
        others = any(change.note_id != note_id for change in plan)
        if not others or not self._workspace.settings.preview_renames:
            rename(False, len(plan) if others else 0)
            return
        from desktop.ui.dialogs.rename_preview import RenamePreview  # late: not before it is asked for

        dialog = RenamePreview(old, new, plan, self._window, of_note=of_note)
        self.preview = dialog
        dialog.accepted.connect(lambda: rename(dialog.alias.isChecked(), len(plan)))
        dialog.finished.connect(lambda _result: setattr(self, "preview", None))
        dialog.open()

    def _run(self, label: str, job: Callable[[], Changes], count: int = 0) -> None:
        def done(changes: Changes) -> None:
            self._reworded = None
            if changes.remark:
                self._workspace.tell("warning", changes.remark)
                return
            if count:
                self._offer_back(self.tr("Renamed; %n link(s) follow.", "", count), changes)

        self._workspace.change_tree(label, job, done)

    def _offer_back(self, sentence: str, changes: Changes) -> None:
        step = changes.undo
        if step is not None:
            self._window.runners.taking_back.offer(sentence, lambda: self._tree.apply(step))

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, KonspektError):
            self._workspace.tell("error", str(error))
        else:
            self._workspace.bug_found.emit(error)


def _links(step: TreeStep | None) -> int:
    """Return how many places the step writes back."""
    if step is None:
        return 0
    return sum(len(edits) for _note, _version, edits in step.edits) + sum(_links(part) for part in step.steps)


def _short(words: str) -> str:
    return words if len(words) <= MOST_WORDS else f"{words[: MOST_WORDS - 1]}…"
