"""What can be done with a node of a graph: open it, hold it, copy a link to it, begin a chain at it."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from desktop.core.records import GraphNode, NodeKind, NoteId
from desktop.ui.graph.picker import Row
from desktop.ui.graph.picture import Picture
from desktop.ui.graph.view import GraphView
from desktop.ui.workspace import Workspace

UNPIN_HEAT: Final = 0.1
Act = Callable[[], None]
Entry = tuple[str, Act] | None  # of a menu: words and what they do; None parts groups


def node_of(picture: Picture | None, node_id: int) -> GraphNode | None:
    """Return a node of a picture by its id."""
    if picture is None or node_id not in picture.index:
        return None
    return picture.graph.nodes[picture.index[node_id]]


def row_of(node: GraphNode) -> Row:
    """Return a note as an end of a chain."""
    return Row(node.id, node.title, "", node.kind.value if node.kind is not None else "")


def activate(
    workspace: Workspace, picture: Picture | None, node_id: int, in_tab: bool, tag: Callable[[str], None]
) -> None:
    """Open a note; offer to write one that is missing; show what has a tag; open the note that uses a file."""
    node = node_of(picture, node_id)
    if node_id > 0:
        workspace.open_note(NoteId(node_id), new_tab=in_tab)
    elif node is not None and picture is not None:
        near = [picture.ids[place] for place in picture.neighbours(picture.index[node_id]).tolist()]
        source = NoteId(next((number for number in near if number > 0), 0))
        if node.node_kind is NodeKind.TAG:
            tag(node.title.lstrip("#"))
        elif node.node_kind is NodeKind.ATTACHMENT and source:
            workspace.open_note(source, new_tab=in_tab)
        elif source:
            workspace.missing_note.emit(source, node.title)


def copy_link(workspace: Workspace, node: GraphNode) -> None:
    """Put a link to a node on the clipboard, as a note's text would name it."""
    if node.node_kind is NodeKind.TAG:
        text = node.title
    elif node.node_kind is NodeKind.ATTACHMENT:
        text = f"![[{node.title}]]"
    elif node.id > 0:
        name = workspace.notebook.tree.head(NoteId(node.id)).name
        label = " ".join(node.title.split())
        text = f"[[{name}]]" if name == label or set("[]|") & set(label) else f"[[{name}|{label}]]"
    else:
        text = f"[[{node.title}]]"
    QGuiApplication.clipboard().setText(text)
    workspace.tell("info", QCoreApplication.translate("GraphMenu", "Link copied."))


def show_menu(parent: QWidget, place: QPoint, entries: Sequence[Entry]) -> QMenu:
    """Show a menu at a place of the screen."""
    menu = QMenu(parent)
    menu.setObjectName("nodeMenu")
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for entry in entries:
        if entry is None:
            menu.addSeparator()
        else:
            words, act = entry
            menu.addAction(words).triggered.connect(lambda _checked=False, act=act: act())
    menu.popup(place)
    return menu


def node_entries(
    workspace: Workspace,
    view: GraphView,
    node: GraphNode,
    tag: Callable[[str], None],
    chain_from: Callable[[GraphNode], None],
    chain_between: Callable[[NoteId, NoteId], None],
) -> list[Entry]:
    """Return the menu of a node that the view shows."""
    translate, current, picture = QCoreApplication.translate, workspace.current, view.picture
    assert picture is not None
    entries = [*_opening_entries(workspace, picture, node, tag), None]
    if node.id > 0:
        entries.append((translate("GraphMenu", "Chain from here…"), lambda: chain_from(node)))
        if current is not None and current != node.id:
            words = translate("GraphMenu", "Chain from the open note to here")
            entries.append((words, lambda: chain_between(current, NoteId(node.id))))
        entries.append(None)
    held = view.pins.holds(picture.index[node.id])
    words = translate("GraphMenu", "Unpin") if held else translate("GraphMenu", "Pin here")
    entries.append((words, lambda: _toggle_pin(view, node.id)))
    entries.append((translate("GraphMenu", "Copy link"), lambda: copy_link(workspace, node)))
    return entries


def unpin_all(view: GraphView) -> None:
    """Let go everything that is held."""
    picture = view.picture
    held = picture.simulation.pinned if picture is not None else frozenset()
    if picture is not None and held:
        for node in held:
            picture.simulation.unpin(node)
        view.motion.reheat(UNPIN_HEAT)
        view.pinned_changed.emit()
        view.wake()


def _toggle_pin(view: GraphView, node_id: int) -> None:
    if view.picture is not None and node_id in view.picture.index:  # it may have gone while the menu was open
        view.pins.toggle(view.picture.index[node_id])


def _opening_entries(
    workspace: Workspace, picture: Picture, node: GraphNode, tag: Callable[[str], None]
) -> list[Entry]:
    """Return the first entries of a node's menu."""
    translate = QCoreApplication.translate

    def act(in_tab: bool) -> Act:
        return lambda: activate(workspace, picture, node.id, in_tab, tag)

    if node.node_kind is NodeKind.TAG:
        return [(translate("GraphMenu", "Show notes with this tag"), act(False))]
    if node.node_kind is NodeKind.ATTACHMENT:
        return [(translate("GraphMenu", "Open the note that uses it"), act(False))]
    if node.id < 0:
        return [(translate("GraphMenu", "Write this note…"), act(False))]
    return [
        (translate("GraphMenu", "Open"), act(False)),
        (translate("GraphMenu", "Open in new tab"), act(True)),
    ]
