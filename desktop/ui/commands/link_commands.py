"""Links to copy, links that lead nowhere yet, and links that may mean several notes."""

from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QCursor, QGuiApplication, QTextCursor
from PySide6.QtWidgets import QMenu

from desktop.core.records import Changes, NoteHead, NoteId, TextEdit
from desktop.ui.editor.sessions import EditSession

if TYPE_CHECKING:
    from desktop.ui.main_window import MainWindow

MOST_CHOICES = 20  # notes in the menu of an ambiguous link
FILES = frozenset(
    (".pdf .png .jpg .jpeg .gif .svg .webp .bmp .avif .mp3 .mp4 .ogg .wav .webm .mov .zip .7z .gz .tar .csv .tsv .json"
     " .xml .html .htm .doc .docx .xls .xlsx .ppt .pptx .odt .ods .epub .djvu .py .js .ts .css .sh .ipynb").split()
)  # fmt: skip


class LinkCommands(QObject):
    """Commands on links of the open note and on links to it."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._workspace = window.workspace

    # --- copying -----------------------------------------------------------------------------------------

    def copy_block_link(self, offset: int | None = None) -> None:
        """Copy a link to the block around an offset of the open note, by default the cursor's; mark it if need be."""
        session = self._window.editor.session
        if session is None:
            return
        from desktop.core.text.block_links import block_link, heading_at  # late: not before the first paint

        text = session.text()
        offset = self._cursor(session) if offset is None else offset
        if heading_at(text, offset) is not None:
            self.copy_heading_link(offset)
            return
        link = block_link(text, offset)
        if link is None:
            self._workspace.tell("info", self.tr("There is no paragraph here; put the cursor into one."))
            return
        if link.edit is not None:
            if self._workspace.notebook.read_only:
                read_only = "The library was opened for reading only; close the other Konspekt and try again."
                self._workspace.tell("error", read_only)
                return
            self._write(session, link.edit)
        self._copy(session.note_id, f"#^{link.id}", self.tr("The link to this paragraph is copied."))

    def copy_heading_link(self, offset: int | None = None) -> None:
        """Copy a link to the section around an offset of the open note, by default the cursor's."""
        session = self._window.editor.session
        if session is None:
            return
        from desktop.core.text.anchors import anchor_of  # late: not before the first paint
        from desktop.core.text.outline import scan_sections, section_at

        sections = scan_sections(session.text())
        section = section_at(sections, self._cursor(session) if offset is None else offset)
        if section is None:
            self._workspace.tell("info", self.tr("There is no heading above this place."))
            return
        told = self.tr("The link to “{0}” is copied.").format(section.title)
        self._copy(session.note_id, f"#{anchor_of(sections, section)}", told)

    def copy_note_link(self, note_id: NoteId | None = None) -> None:
        """Copy a link to a note, by default the open one."""
        note_id = self._workspace.current if note_id is None else note_id
        if note_id is not None:
            title = self._workspace.notebook.tree.head(note_id).title
            self._copy(note_id, "", self.tr("The link to “{0}” is copied.").format(title))

    def _copy(self, note_id: NoteId, anchor: str, told: str) -> None:
        notebook = self._workspace.notebook

        def read() -> str:
            passages = notebook.passages
            return f"[[{passages.name_of(note_id)}{anchor}]]" if anchor else passages.link_to(note_id)

        def show(link: str) -> None:
            QGuiApplication.clipboard().setText(link)
            self._workspace.tell("info", told)

        self._workspace.answer(read, show)

    def _cursor(self, session: EditSession) -> int:
        return session.offset_of(self._window.editor.edit.textCursor().selectionEnd())

    def _write(self, session: EditSession, edit: TextEdit) -> None:
        """Make an edit in the open text, one step of its undo; the cursor stays where it is."""
        shown = self._window.editor.edit
        before = shown.textCursor()
        anchor, position = before.anchor(), before.position()
        cursor = QTextCursor(session.document)
        cursor.setPosition(session.position_of(edit.start))
        cursor.setPosition(session.position_of(edit.end), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(edit.text.replace("\r\n", "\n"))
        after = shown.textCursor()
        after.setPosition(anchor)
        after.setPosition(position, QTextCursor.MoveMode.KeepAnchor)
        shown.setTextCursor(after)

    # --- links to what is not there ----------------------------------------------------------------------

    def create_linked(self, source_id: NoteId, target: str, anchor: str = "") -> None:
        """Make the note that a link names where the link says it stands, and open it; the notice takes it back."""
        workspace = self._workspace
        self._window.editor.flush(wait=True)
        passages = workspace.notebook.passages

        def opened(changes: Changes) -> None:
            note_id = changes.created[-1]
            workspace.open_note(note_id, offset=len(workspace.notebook.notes.read(note_id).text))
            self._window.focus_text()
            title = workspace.notebook.tree.head(note_id).title
            self.offer_undo(self.tr("“{0}” is a new note.").format(title), changes, source_id)

        workspace.change_tree(
            self.tr("New note"), lambda: passages.create_linked(source_id, target, anchor, origin="link"), opened
        )

    def meet_missing(self, source_id: NoteId, written: str) -> None:
        """Make the note that a clicked link names, `Note` or `Note#Heading`; a file that is not there is only told."""
        target, _hash_mark, anchor = written.partition("#")
        if not target or not anchor:
            target, anchor = written, ""
        if PurePosixPath(target.lower()).suffix in FILES:
            self._window.offer(
                self.tr("There is no file “{0}” in the library.").format(target),
                self.tr("Create a note"),
                lambda: self.create_linked(source_id, target, anchor),
                stays=False,
            )
        else:
            self.create_linked(source_id, target, anchor)

    # --- links that may mean several ---------------------------------------------------------------------

    def meet_ambiguous(self, source_id: NoteId, target: str) -> None:
        """Say after a link was followed that other notes go by its name too, and offer them."""
        notebook = self._workspace.notebook

        def read() -> list[tuple[NoteHead, str]]:
            heads = notebook.links.named_alike(target, source_id)[:MOST_CHOICES]
            return [(head, notebook.notes.path_text(head.id)) for head in heads]

        def show(others: list[tuple[NoteHead, str]]) -> None:
            if not others:
                return
            names = ", ".join(path for _head, path in others[:3])
            sentence = self.tr("%n other note(s) have this name: {0}", "", len(others)).format(names)
            if len(others) > 3:
                sentence += " …"
            self._window.offer(sentence, self.tr("Choose…"), lambda: self._choose(others), stays=False)

        self._workspace.answer(read, show)

    def _choose(self, others: Sequence[tuple[NoteHead, str]]) -> None:
        menu = QMenu(self._window)
        menu.setAccessibleName(self.tr("Notes of this name"))
        for head, path in others:
            action = menu.addAction(path.replace("&", "&&"))
            action.triggered.connect(lambda _checked=False, note_id=head.id: self._workspace.open_note(note_id))
        menu.aboutToHide.connect(lambda: QTimer.singleShot(0, menu.deleteLater))
        menu.popup(QCursor.pos())

    # --- taking back -------------------------------------------------------------------------------------

    def offer_undo(self, sentence: str, changes: Changes, note_id: NoteId) -> None:
        """Say what was done, and offer to take it back and go to a note, whatever was changed meanwhile."""
        workspace, step = self._workspace, changes.undo
        if step is None:
            workspace.tell("info", sentence)
            return
        tree = workspace.notebook.tree

        def back() -> None:
            if workspace.current is None and tree.exists(note_id):
                workspace.open_note(note_id)

        self._window.runners.taking_back.offer(sentence, lambda: tree.apply(step), back)
