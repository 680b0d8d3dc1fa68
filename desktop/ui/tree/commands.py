"""What the tree can do to the library, without any widget: each is one change that the user can take back."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from desktop.core.records import Changes, NoteHead, NoteId, NoteKind
from desktop.ui.tree.model import LibraryModel
from desktop.ui.tree.nodes import Node
from desktop.ui.workspace import Workspace

Then = Callable[[Changes], None]


class TreeCommands(QObject):
    """Changes of the tree, asked of the workspace's writer."""

    def __init__(self, workspace: Workspace, model: LibraryModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._tree = workspace.notebook.tree
        self._model = model
        self.ask_rename: Callable[[NoteId, str], None] = self.rename_now  # the window shows what follows first
        self.tell_move: Callable[[Changes], None] = lambda _changes: None

    def create(self, kind: NoteKind, parent_id: NoteId | None, position: int | None, then: Then) -> None:
        """Make an untitled note under a parent: last, or at the `position` of a head."""
        title = {
            NoteKind.NOTE: self.tr("New note"),
            NoteKind.LECTURE: self.tr("New lecture"),
            NoteKind.DIGEST: self.tr("New digest"),
            NoteKind.FOLDER: self.tr("New folder"),
        }[kind]
        self._workspace.change_tree(
            title, lambda: self._tree.create(title, kind=kind, parent_id=parent_id, position=position), then
        )

    def rename(self, note_id: NoteId, title: str) -> None:
        """Give a note another title, as the window wants it."""
        self.ask_rename(note_id, title)

    def rename_now(self, note_id: NoteId, title: str) -> None:
        """Give a note another title."""
        if note_id == self._workspace.current:
            self._workspace.before_leaving()  # renaming may rewrite the first heading of what is being typed
        self._workspace.change_tree(self.tr("Rename"), lambda: self._tree.rename(note_id, title))

    def move(
        self, note_ids: Sequence[NoteId], parent_id: NoteId | None, row: int | None, then: Then | None = None
    ) -> None:
        """Put notes under a parent: last, or before the sibling that is now at `row`."""
        ids = list(note_ids)
        if not ids:
            return

        def moved(changes: Changes) -> None:
            if then is not None:
                then(changes)
            self.tell_move(changes)

        self._workspace.before_leaving()  # links in what is being typed may be written anew
        self._workspace.change_tree(self.tr("Move"), lambda: self._tree.move(ids, parent_id, row), moved)

    def trash(self, note_ids: Sequence[NoteId], then: Then | None = None) -> None:
        """Put notes and what is under them into the trash."""
        ids = list(note_ids)
        if ids:
            self._workspace.before_leaving()
            self._workspace.change_tree(self.tr("Move to trash"), lambda: self._tree.trash_notes(ids), then)

    def set_kind(self, note_ids: Sequence[NoteId], kind: NoteKind) -> None:
        """Say what notes are."""
        for note_id in note_ids:
            self._workspace.change_tree(self.tr("Change kind"), partial(self._tree.set_kind, note_id, kind))

    def shift(self, note_ids: Sequence[NoteId], step: int, then: Then) -> None:
        """Move siblings one place up (-1) or down (1)."""
        nodes = self._siblings(note_ids)
        if not nodes or nodes[0].parent is None:
            return
        parent = nodes[0].parent
        first, last = (parent.place_of(node.row) for node in (nodes[0], nodes[-1]))
        if step < 0 < first:
            self.move([_id(node) for node in nodes], parent.note_id, first - 1, then)
        elif step > 0 and (last + 1 < parent.skip + len(parent.notes) or not parent.complete):
            self.move([_id(node) for node in nodes], parent.note_id, last + 2, then)

    def outdent(self, note_ids: Sequence[NoteId], then: Then) -> None:
        """Move siblings out of their parent, right after it."""
        nodes = self._siblings(note_ids)
        parent = nodes[0].parent if nodes else None
        if parent is None or parent.parent is None:
            return
        place = parent.parent.place_of(parent.row) + 1
        self.move([_id(node) for node in nodes], parent.parent.note_id, place, then)

    def indent(self, note_ids: Sequence[NoteId], then: Then) -> None:
        """Move siblings into the note before them, as its last children."""
        nodes = self._siblings(note_ids)
        if not nodes or nodes[0].parent is None:
            return
        parent, row = nodes[0].parent, nodes[0].row
        if row <= parent.lead:
            return
        before = _id(parent.children[row - 1])
        self.move([_id(node) for node in nodes], before, None, then)

    def copy_link(self, head: NoteHead, section: int | None = None) -> None:
        """Put a link to a note, or to one of its sections by its ordinal, on the clipboard."""
        notebook = self._workspace.notebook

        def read() -> str:
            sections = notebook.notes.sections(head.id) if section is not None else ()
            if section is None or section >= len(sections):
                return notebook.passages.link_to(head.id)
            name = notebook.passages.name_of(head.id)
            from desktop.core.text.anchors import anchor_of  # late: not before the first paint

            return f"[[{name}#{anchor_of(sections, sections[section])}]]"

        def show(link: str) -> None:
            QGuiApplication.clipboard().setText(link)
            self._workspace.tell("info", self.tr("Link copied."))

        self._workspace.answer(read, show)

    def _siblings(self, note_ids: Sequence[NoteId]) -> list[Node]:
        """Return those of the notes that share the first one's parent, in tree order."""
        nodes = [node for note_id in note_ids if (node := self._model.loaded_node(note_id)) is not None]
        return sorted((node for node in nodes if node.parent is nodes[0].parent), key=lambda node: node.row)


def _id(node: Node) -> NoteId:
    assert node.head is not None
    return node.head.id
