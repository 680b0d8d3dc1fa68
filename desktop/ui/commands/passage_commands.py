"""Taking a part of the open note out, and merging it into another."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.core.records import Changes, Extraction, MergePlan, NoteHead, NoteId
from desktop.core.text.folding import fold_name

if TYPE_CHECKING:
    from desktop.core.text.extraction import Part
    from desktop.ui.commands.link_commands import LinkCommands
    from desktop.ui.main_window import MainWindow

WORDS_SHOWN = 160  # characters of what is taken out

Found = tuple["Part", list[tuple[str, NoteId | None]]]


class PassageCommands(QObject):
    """Commands that move text between notes; each asks once, and can be taken back."""

    def __init__(self, window: "MainWindow", links: "LinkCommands") -> None:
        super().__init__(window)
        self._window = window
        self._workspace = window.workspace
        self._links = links

    # --- extracting --------------------------------------------------------------------------------------

    def extract(self, offset: int | None = None) -> None:
        """Ask for the title of a note made of the selection, or of the section around the cursor or an offset."""
        session = self._window.editor.session
        if session is None:
            return
        cursor = self._window.editor.edit.textCursor()
        note_id, text = session.note_id, session.text()
        start, end = session.offset_of(cursor.selectionStart()), session.offset_of(cursor.selectionEnd())
        here = start if offset is None else offset
        selected = start < end and start <= here <= end

        def read() -> Found | None:
            from desktop.core.text.extraction import part_of, section_part  # late: not before the first paint

            part = part_of(text, start, end) if selected else section_part(text, here)
            return (part, self._folders(note_id)) if part is not None else None

        def ask(found: Found | None) -> None:
            if found is None:
                self._workspace.tell("info", self.tr("Select some words first, or put the cursor below a heading."))
            elif self._workspace.current == note_id:
                self._ask_title(note_id, text, *found)

        self._workspace.answer(read, ask)

    def _folders(self, note_id: NoteId) -> list[tuple[str, NoteId | None]]:
        """Return where the new note may go: beside the old one, into it, or further up. On a reader thread."""
        path = self._workspace.notebook.tree.path(note_id)
        above: Sequence[NoteHead] = path[:-1]
        top = self.tr("The top of the library")
        beside = above[-1].title if above else top
        folders: list[tuple[str, NoteId | None]] = [
            (self.tr("{0} – beside this note").format(beside), above[-1].id if above else None),
            (self.tr("{0} – below this note").format(path[-1].title), note_id),
        ]
        folders += ((head.title, head.id) for head in reversed(above[:-1]))
        return [*folders, (top, None)] if above else folders

    def _ask_title(self, note_id: NoteId, text: str, part: "Part", folders: list[tuple[str, NoteId | None]]) -> None:
        from desktop.core.text.plain import plain_text
        from desktop.ui.dialogs.extract_dialog import ExtractDialog  # late: rarely

        beginning = text[part.start : part.end][: 6 * WORDS_SHOWN]
        lines = (plain_text(line.lstrip("#>-*+ ")) for line in beginning.split("\n"))
        words = " ".join(line for line in lines if line and line != part.title)
        words = words if len(words) <= WORDS_SHOWN else words[:WORDS_SHOWN].rpartition(" ")[0] + " …"
        dialog = ExtractDialog(part.title, folders, words, self._window)
        dialog.wanted.connect(
            lambda title, folder, embed: self._extract(
                Extraction(note_id, text, part.start, part.end, title, folder, embed)
            )
        )
        dialog.open()

    def _extract(self, wanted: Extraction) -> None:
        self._window.editor.flush(wait=True)  # what is typed is on the disk, or the two would meet there
        passages, tree = self._workspace.notebook.passages, self._workspace.notebook.tree

        def done(changes: Changes) -> None:
            title = tree.head(changes.created[0]).title
            self._links.offer_undo(self.tr("“{0}” is a note of its own now.").format(title), changes, wanted.note_id)

        self._workspace.change_tree(self.tr("Extract to a new note"), lambda: passages.extract(wanted), done)

    # --- merging -----------------------------------------------------------------------------------------

    def merge_open(self) -> None:
        """Choose the note that the open one is to be merged into; what would happen is told below the list."""
        note_id = self._workspace.current
        if note_id is None:
            return
        from desktop.ui.dialogs.merge_dialog import merge_sentences  # late: rarely
        from desktop.ui.search.note_picker import NotePicker

        notebook = self._workspace.notebook
        asking = self.tr("Merge “{0}” into…").format(notebook.tree.head(note_id).title)

        def told(into_id: NoteId) -> str:
            return " ".join(merge_sentences(notebook.passages.plan_merge(note_id, into_id)))

        picker = NotePicker(self._workspace, self._window, asking, note_id, told)
        picker.picked.connect(lambda head: self.merge(note_id, head.id))
        picker.show()

    def ask_merge(self, note_id: NoteId, into_id: NoteId) -> None:
        """Say what merging two notes would do, and do it when the user wants it."""
        passages = self._workspace.notebook.passages

        def ask(plan: MergePlan) -> None:
            from desktop.ui.dialogs.merge_dialog import MergeDialog  # late: rarely

            dialog = MergeDialog(plan, self._window)
            dialog.wanted.connect(lambda: self.merge(note_id, into_id))
            dialog.open()

        self._workspace.answer(lambda: passages.plan_merge(note_id, into_id), ask)

    def merge(self, note_id: NoteId, into_id: NoteId) -> None:
        """Merge a note into another and show that one; the notice takes it back."""
        self._window.editor.flush(wait=True)
        workspace, passages = self._workspace, self._workspace.notebook.passages
        title = workspace.notebook.tree.head(note_id).title
        was_open = workspace.current == note_id

        def done(changes: Changes) -> None:
            into = workspace.notebook.tree.head(into_id)
            if was_open or workspace.current is None:
                text = workspace.notebook.notes.sections(into_id)
                there = next((s.ordinal for s in reversed(text) if fold_name(s.title) == fold_name(title)), None)
                workspace.open_note(into_id, section=there)
            self._links.offer_undo(self.tr("“{0}” is a part of “{1}” now.").format(title, into.title), changes, note_id)

        workspace.change_tree(self.tr("Merge notes"), lambda: passages.merge(note_id, into_id), done)
