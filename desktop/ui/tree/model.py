"""The library as a Qt model that reads only what is looked at.

The root's children and those of every expanded note are read in pages; a note's sections when it is first
expanded. Opening therefore costs one page whatever the size of the library. Reads are point reads of about
a millisecond and happen on the main thread; the model never writes: a drop or a new title becomes a signal.
An index carries a node's key, not its address, so that one that outlived its node is harmless.
"""

import json
from collections.abc import Iterable, Sequence
from itertools import count
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from desktop.core.errors import KonspektError
from desktop.core.notebook import Notebook
from desktop.core.records import Changes, NoteHead, NoteId
from desktop.ui.tree import refresh
from desktop.ui.tree.nodes import FAR, MOST_SECTIONS, PAGE, Node, Role, above, grow, nest, shows_sections

MIME_TYPE = "application/x-konspekt-notes"
Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()

# Made once: Qt asks for the flags of every row several times in each layout.
_ROOT_FLAGS = Qt.ItemFlag.ItemIsDropEnabled
_SECTION_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_NOTE_FLAGS = (
    _SECTION_FLAGS | Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemIsDropEnabled
)
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_EDIT = int(Qt.ItemDataRole.EditRole)
_DESCRIPTION = int(Qt.ItemDataRole.AccessibleDescriptionRole)


class LibraryModel(QAbstractItemModel):
    """Notes under notes, each note's sections before its child notes."""

    drop_requested = Signal(object, object, object)  # note ids, new parent's id or None, row there or None: last
    title_requested = Signal(object, str)  # note id, the title that was typed

    def __init__(self, notebook: Notebook, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._notebook = notebook
        self._keys = count(1)
        self.root = Node(0, None)
        self._by_key: dict[int, Node] = {0: self.root}
        self._by_note: dict[NoteId, Node] = {}

    # --- Qt's questions ----------------------------------------------------------------------------------

    def index(self, row: int, column: int = 0, parent: Index = NOWHERE) -> QModelIndex:
        """Return the index of a child."""
        node = self.node(parent)
        if node is None or column != 0 or not 0 <= row < len(node.children):
            return QModelIndex()
        return self.createIndex(row, 0, node.children[row].key)

    def parent(self, index: Index = NOWHERE) -> QModelIndex:  # type: ignore[override]  # QObject.parent() too
        """Return the index of the row above."""
        node = self.node(index)
        return QModelIndex() if node is None or node.parent is None else self.index_of(node.parent)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Return how many children are loaded."""
        node = self.node(parent)
        return 0 if node is None else len(node.children)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Return 1: a tree has no columns."""
        return 1

    def hasChildren(self, parent: Index = NOWHERE) -> bool:
        """Tell whether a row can be expanded, without reading what is below."""
        node = self.node(parent)
        return node is not None and (node.expandable or (node is self.root and not node.loaded))

    def canFetchMore(self, parent: Index) -> bool:
        """Tell whether nothing below a note was read yet.

        Only of the first page: QTreeView fetches once more for every open row in each full layout, so that a
        long list would grow by a page with every click. The view asks `read_on` for what comes into sight.
        """
        node = self.node(parent)
        return node is not None and not node.loaded

    def fetchMore(self, parent: Index) -> None:
        """Read a note's sections and the first page of its child notes."""
        node = self.node(parent)
        if node is not None and not node.loaded:
            self.load(node, PAGE)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a row shows and says."""
        node = self.node(index)
        if node is None or node is self.root:
            return None
        if role in (_DISPLAY, _EDIT):
            return title_of(node)
        if role == Role.NOTE_ID:
            return node.note_id
        if role == Role.SECTION:
            return node.section.ordinal if node.section is not None else None
        return self._note_data(node, role)

    def _note_data(self, node: Node, role: int) -> Any:
        head = node.head
        if role == Role.HEAD:
            return head
        if role == _DESCRIPTION:
            return head.kind.value if head is not None else "section"
        if head is None:
            return None
        if role in (Role.ICON, Role.KIND):
            return head.kind.value
        return head.children if role == Role.COUNT else None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for a new title; the row shows it once it is stored."""
        node = self.node(index)
        title = " ".join(str(value).split())
        if role != Qt.ItemDataRole.EditRole or node is None or node.head is None or not title:
            return False
        if title != title_of(node):
            self.title_requested.emit(node.head.id, title)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let notes be renamed, dragged and dropped onto; sections only be chosen."""
        node = self.node(index)
        if node is None or node is self.root:
            return _ROOT_FLAGS
        return _NOTE_FLAGS if node.section is None else _SECTION_FLAGS

    # --- drag and drop -----------------------------------------------------------------------------------

    def supportedDropActions(self) -> Qt.DropAction:
        """Notes are moved, never copied."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """Return the one type that this tree gives and takes."""
        return [MIME_TYPE]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Pack the dragged notes, marked with their library."""
        data = QMimeData()
        payload = {"library": str(self._notebook.uuid), "notes": self.outermost(indexes)}
        data.setData(MIME_TYPE, json.dumps(payload).encode())
        return data

    def canDropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        """Refuse sections as a target, other libraries' notes, and a note's own subtree."""
        node = self.node(parent)
        if node is None or node.section is not None:
            return False
        ids = self._dragged(data)
        moving = [self._by_note[note_id] for note_id in ids if note_id in self._by_note]
        return bool(ids) and not any(node.stands_under(other) for other in moving)

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        """Ask for the move; onto a note means to the end of its children."""
        node = self.node(parent)
        if node is None or not self.canDropMimeData(data, action, row, column, parent):
            return False
        place = node.place_of(row) if row >= 0 else None
        self.drop_requested.emit(self._dragged(data), node.note_id, place)
        return True

    def _dragged(self, data: QMimeData) -> list[NoteId]:
        if not data.hasFormat(MIME_TYPE):
            return []
        try:
            payload = json.loads(bytes(data.data(MIME_TYPE).data()))
            mine = payload["library"] == str(self._notebook.uuid)
            return [NoteId(int(note_id)) for note_id in payload["notes"]] if mine else []
        except (ValueError, KeyError, TypeError):
            return []

    # --- nodes -------------------------------------------------------------------------------------------

    def node(self, index: Index) -> Node | None:
        """Return the node of an index; None for one that outlived its node."""
        return self._by_key.get(index.internalId())  # an invalid index has the root's key, 0

    def index_of(self, node: Node) -> QModelIndex:
        """Return the index of a node."""
        return QModelIndex() if node is self.root else self.createIndex(node.row, 0, node.key)

    def loaded_node(self, note_id: NoteId | None) -> Node | None:
        """Return the node of a note that was read already; None names the root."""
        return self.root if note_id is None else self._by_note.get(note_id)

    def loaded_index(self, note_id: NoteId) -> QModelIndex:
        """Return the index of a note that was read already, else an invalid one."""
        node = self._by_note.get(note_id)
        return QModelIndex() if node is None else self.index_of(node)

    def find(self, note_id: NoteId) -> QModelIndex:
        """Return a note's index, reading the pages that lie between; invalid for a note that is not there."""
        tree = self._notebook.tree
        try:
            path = tree.path(note_id)
            node = self.root
            for head in path:
                child = self._by_note.get(head.id)
                if child is None or child.parent is not node:
                    self._load_row(node, tree.row(head.id))
                    child = self._by_note.get(head.id)
                if child is None:
                    return QModelIndex()
                node = child
        except KonspektError:
            return QModelIndex()
        return self.index_of(node)

    def outermost(self, indexes: Iterable[Index]) -> list[NoteId]:
        """Return the notes of a selection in tree order, without those that another of them holds."""
        nodes = {node.key: node for index in indexes if (node := self.node(index)) and node.head is not None}
        chains = {node.key: list(above(node)) for node in nodes.values()}
        outer = [node for node in nodes.values() if not any(other.key in nodes for other in chains[node.key])]
        outer.sort(key=lambda node: [other.row for other in (*chains[node.key], node)])
        return [node.head.id for node in outer if node.head is not None]

    # --- reading -----------------------------------------------------------------------------------------

    def load(self, node: Node, wanted: int) -> None:
        """Read a note's sections and as many child notes as to have `wanted` of them, in whole pages."""
        if node.section is not None:
            return
        fresh: list[Node] = []
        row = len(node.children)
        if not node.loaded:
            fresh = self.read_sections(node)
        sections = len(fresh)
        have = len(node.notes)
        wanted = -(-wanted // PAGE) * PAGE
        if not node.complete and wanted > have:
            heads = self._notebook.tree.children(node.note_id, node.skip + have, wanted - have)
            node.complete = len(heads) < wanted - have
            # A note that moved here since the last notice is still elsewhere: its notice will bring it.
            fresh += [self.new_note(head, node) for head in heads if head.id not in self._by_note]
        node.loaded = True
        self.insert(node, row, fresh, lead=sections)

    def read_on(self, node: Node) -> None:
        """Read the page after the last loaded child note."""
        if node.loaded and not node.complete:
            self.load(node, len(node.notes) + PAGE)

    def read_before(self, node: Node) -> None:
        """Read the page before the first loaded child note."""
        have = min(PAGE, node.skip)
        if not have:
            return
        node.skip -= have
        heads = self._notebook.tree.children(node.note_id, node.skip, have)
        self.insert(node, node.lead, [self.new_note(head, node) for head in heads if head.id not in self._by_note])

    def _load_row(self, node: Node, row: int) -> None:
        """Have a child note loaded: with all before it, or from a fresh window where that would be too many."""
        if not node.loaded:
            self.load(node, PAGE)
        have = len(node.notes)
        if node.skip <= row < node.skip + have + FAR:
            self.load(node, row - node.skip + 1)
            return
        self.remove(node, node.lead, have)
        node.skip = max(0, row - PAGE // 2)
        node.complete = False
        self.load(node, PAGE)

    def read_sections(self, node: Node) -> list[Node]:
        """Make the nodes of a note's sections."""
        if node.head is None or not shows_sections(node.head):
            return []
        try:
            sections = self._notebook.notes.sections(node.head.id, MOST_SECTIONS)
        except KonspektError:  # deleted a moment ago; the notice is on its way
            return []
        return [grow(branch, node, self.new_key) for branch in nest(sections, node.head.title)]

    def apply(self, changes: Changes) -> None:
        """Bring the loaded rows up to date, touching only what changed."""
        if changes.everything:
            self.reset()
        else:
            refresh.apply(self, self._notebook, changes)

    def reset(self) -> None:
        """Forget everything and read the first page again."""
        self.beginResetModel()
        self.root = Node(0, None)
        self._by_key = {0: self.root}
        self._by_note = {}
        self.endResetModel()
        self.load(self.root, PAGE)

    # --- changing rows (for refresh.py) --------------------------------------------------------------------

    def new_key(self) -> int:
        """Return a key that no node ever had."""
        return next(self._keys)

    def new_note(self, head: NoteHead, parent: Node) -> Node:
        """Make a note's node; one with nothing under it counts as read."""
        node = Node(self.new_key(), parent, head=head)
        node.loaded = node.complete = not node.expandable
        return node

    def insert(self, parent: Node, row: int, nodes: list[Node], lead: int = 0) -> None:
        """Put nodes among a node's children; the first `lead` of them are sections."""
        if not nodes:
            return
        self.beginInsertRows(self.index_of(parent), row, row + len(nodes) - 1)
        parent.children[row:row] = nodes
        parent.lead += lead
        parent.renumber(row)
        for node in nodes:
            for below in node.walk():
                self._by_key[below.key] = below
                if below.head is not None:
                    self._by_note[below.head.id] = below
        self.endInsertRows()

    def remove(self, parent: Node, row: int, how_many: int, lead: int = 0) -> None:
        """Take children away; `lead` of them are sections."""
        if how_many <= 0:
            return
        self.beginRemoveRows(self.index_of(parent), row, row + how_many - 1)
        gone = parent.children[row : row + how_many]
        del parent.children[row : row + how_many]
        parent.lead -= lead
        parent.renumber(row)
        for node in gone:
            for below in node.walk():
                self._by_key.pop(below.key, None)
                if below.head is not None and self._by_note.get(below.head.id) is below:
                    del self._by_note[below.head.id]
        self.endRemoveRows()

    def carry(self, node: Node, target: Node, row: int) -> bool:
        """Move a note's node under another parent with all that hangs on it; False where Qt forbids it."""
        source = node.parent
        if source is None or target.stands_under(node):
            return False
        if not self.beginMoveRows(self.index_of(source), node.row, node.row, self.index_of(target), row):
            return False
        del source.children[node.row]
        source.renumber(node.row)
        target.children.insert(row, node)
        node.parent = target
        target.renumber(row)
        self.endMoveRows()
        return True

    def reorder(self, parent: Node, order: list[Node]) -> None:
        """Put a node's children into another order; selection and expansion follow them."""
        if order == parent.children:
            return
        self.layoutAboutToBeChanged.emit()
        held = [index for index in self.persistentIndexList() if (node := self.node(index)) and node.parent is parent]
        nodes = [self._by_key[index.internalId()] for index in held]
        parent.children[:] = order
        parent.renumber()
        self.changePersistentIndexList(held, [self.index_of(node) for node in nodes])
        self.layoutChanged.emit()

    def tell(self, node: Node) -> None:
        """Have a row painted again."""
        index = self.index_of(node)
        self.dataChanged.emit(index, index)


def title_of(node: Node) -> str:
    """Return what a row is called."""
    if node.head is not None:
        return node.head.title or node.head.name
    return node.section.title if node.section is not None else ""
