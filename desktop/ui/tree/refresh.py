"""How the tree follows a change: the smallest row operations that make the loaded rows true again.

Only the lists of children that the notice names are read again, and they are compared with what is shown:
rows that left are removed, a note that went to another loaded list is carried there with everything below
it, new ones are inserted, and a list in another order is reordered in one step. What is selected or
expanded stays so, because no row that still exists is ever removed.
"""

from typing import TYPE_CHECKING

from desktop.core.errors import KonspektError
from desktop.core.notebook import Notebook
from desktop.core.records import Changes, NoteHead, NoteId
from desktop.ui.tree.nodes import MOST_SECTIONS, PAGE, Branch, Node, common_ends, grow, nest, shows_sections

if TYPE_CHECKING:
    from desktop.ui.tree.model import LibraryModel


def apply(model: "LibraryModel", notebook: Notebook, changes: Changes) -> None:
    """Bring the loaded rows up to date with a notice."""
    lists = _changed_lists(model, notebook, changes)
    wanted_in = {head.id: parent for parent, heads in lists for head in heads}
    for parent, heads in lists:
        _remove_gone(model, parent, heads, wanted_in)
    while lists:
        # Two notes may have changed places: the one that is to leave the other's subtree goes first.
        ready = [pair for pair in lists if not _waits(model, *pair)] or lists
        lists = [pair for pair in lists if pair not in ready]
        for parent, heads in ready:
            _fill(model, parent, heads)
    named = set(changes.renamed) | set(changes.edited) | set(changes.restored)
    named |= {note_id for note_id in changes.parents if note_id is not None}
    _refresh_heads(model, notebook, named)


def _changed_lists(model: "LibraryModel", notebook: Notebook, changes: Changes) -> list[tuple[Node, list[NoteHead]]]:
    """Read the named lists that are loaded, as far as they are loaded."""
    lists = []
    for note_id in changes.parents:
        parent = model.loaded_node(note_id)
        if parent is None or not parent.loaded:
            continue
        shown = {node.note_id for node in parent.notes}
        limit = len(shown) + PAGE
        heads = notebook.tree.children(note_id, parent.skip, limit)
        if not heads and parent.skip:
            parent.skip = 0
            heads = notebook.tree.children(note_id, 0, limit)
        whole = len(heads) < limit
        if not whole:  # keep what is shown and one page at least, the rest comes by scrolling
            last = max((row for row, head in enumerate(heads) if head.id in shown), default=0)
            heads = heads[: max(PAGE, last + 1)]
        parent.complete = whole
        lists.append((parent, heads))
    return lists


def _remove_gone(model: "LibraryModel", parent: Node, heads: list[NoteHead], wanted_in: dict[NoteId, Node]) -> None:
    """Remove the rows that are in no loaded list any more, from the last to the first."""
    staying = {head.id for head in heads}
    row = len(parent.children) - 1
    while row >= parent.lead:
        end = row
        while row >= parent.lead and _is_gone(parent.children[row], staying, wanted_in):
            row -= 1
        model.remove(parent, row + 1, end - row)
        row -= 1


def _is_gone(node: Node, staying: set[NoteId], wanted_in: dict[NoteId, Node]) -> bool:
    return node.head is not None and node.head.id not in staying and node.head.id not in wanted_in


def _waits(model: "LibraryModel", parent: Node, heads: list[NoteHead]) -> bool:
    """Tell whether a note that goes into this list still holds the list in its own subtree."""
    nodes = [model.loaded_node(head.id) for head in heads]
    return any(node is not None and parent.stands_under(node) for node in nodes)


def _fill(model: "LibraryModel", parent: Node, heads: list[NoteHead]) -> None:
    """Insert what is new, carry here what stood elsewhere, and put all into order."""
    if model.loaded_node(parent.note_id) is not parent:  # it went with a row above
        return
    row = parent.lead
    fresh: list[Node] = []
    for head in heads:
        node = model.loaded_node(head.id)
        if node is None:
            fresh.append(model.new_note(head, parent))
            continue
        model.insert(parent, row, fresh)
        row += len(fresh)
        fresh = []
        old_parent = node.parent
        if old_parent is not parent and old_parent is not None and not model.carry(node, parent, row):
            continue  # the tree said two things at once; the next notice finds it whole
        _take_head(model, node, head)
        row += 1
    model.insert(parent, row, fresh)
    rank = {head.id: place for place, head in enumerate(heads)}
    # What is not in the list is about to be carried away by the list it went to.
    notes = sorted(parent.notes, key=lambda node: rank.get(node.note_id, len(rank)) if node.note_id else 0)
    model.reorder(parent, parent.children[: parent.lead] + notes)


def _refresh_heads(model: "LibraryModel", notebook: Notebook, note_ids: set[NoteId]) -> None:
    loaded = [note_id for note_id in note_ids if model.loaded_node(note_id) is not None]
    if not loaded:
        return
    for head in notebook.tree.heads(loaded):
        node = model.loaded_node(head.id)
        if node is not None:
            _take_head(model, node, head)
            _refresh_sections(model, notebook, node)


def _take_head(model: "LibraryModel", node: Node, head: NoteHead) -> None:
    """Give a row its new facts."""
    old, node.head = node.head, head
    if old is None or _looks(old) == _looks(head):
        return
    model.tell(node)
    if not node.loaded and not node.expandable:
        node.loaded = node.complete = True
        model.layoutAboutToBeChanged.emit()
        model.layoutChanged.emit()  # the view keeps its own idea of which rows have an arrow


def _looks(head: NoteHead) -> tuple[object, ...]:
    return head.title, head.name, head.kind, head.children, head.sections


def _refresh_sections(model: "LibraryModel", notebook: Notebook, node: Node) -> None:
    if not node.loaded or node.head is None:
        return
    branches: list[Branch] = []
    if shows_sections(node.head):
        try:
            branches = nest(notebook.notes.sections(node.head.id, MOST_SECTIONS), node.head.title)
        except KonspektError:  # deleted a moment ago
            return
    _match_sections(model, node, branches)


def _match_sections(model: "LibraryModel", parent: Node, branches: list[Branch]) -> None:
    """Make the section rows under a node those of `branches`; what kept its title keeps its row."""
    old_titles = [node.section.title for node in parent.children[: parent.lead] if node.section is not None]
    _, last = common_ends(old_titles, [branch.section.title for branch in branches])
    paired = min(parent.lead, len(branches)) - last  # retitled ones are matched in order
    surplus = parent.lead - len(branches)
    if surplus > 0:
        model.remove(parent, paired, surplus, lead=surplus)
    elif surplus < 0:
        fresh = [grow(branch, parent, model.new_key) for branch in branches[paired : paired - surplus]]
        model.insert(parent, paired, fresh, lead=len(fresh))
    for node, branch in zip(parent.children[: parent.lead], branches, strict=True):
        retitled = node.section is None or node.section.title != branch.section.title
        node.section = branch.section
        if retitled:
            model.tell(node)
        _match_sections(model, node, branch.branches)
