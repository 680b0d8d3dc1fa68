"""What a node says of itself, for cards and for assistive tools."""

from PySide6.QtCore import QCoreApplication

from desktop.core.records import GraphNode, NodeKind
from desktop.ui.graph.labels import shown_title
from desktop.ui.graph.picture import Picture

LONGEST = 200  # characters of a title that is read aloud


def kind_words(node: GraphNode) -> str:
    """Return what a node is."""
    words = {
        "lecture": QCoreApplication.translate("GraphView", "lecture"),
        "digest": QCoreApplication.translate("GraphView", "digest"),
        "folder": QCoreApplication.translate("GraphView", "folder"),
        "note": QCoreApplication.translate("GraphView", "note"),
    }
    if node.node_kind is NodeKind.TAG:
        return QCoreApplication.translate("GraphView", "tag")
    if node.node_kind is NodeKind.ATTACHMENT:
        return QCoreApplication.translate("GraphView", "attachment")
    if node.kind is None:
        return QCoreApplication.translate("GraphView", "not written yet")
    return words[node.kind.value]


def links_words(picture: Picture, node: int) -> str:
    """Return how many links a node has."""
    return QCoreApplication.translate("GraphView", "links: {0}").format(int(picture.degrees[node]))


def describe(picture: Picture, node: int) -> str:
    """Return a node in words: its title, what it is, how many links it has, and whether it is held."""
    words = f"{shown_title(picture.titles[node])[:LONGEST]} – {kind_words(picture.graph.nodes[node])}, "
    words += links_words(picture, node)
    if node in picture.simulation.pinned:
        words += ", " + QCoreApplication.translate("GraphView", "pinned")
    return words


def card_meta(picture: Picture, node: int) -> str:
    """Return the second line of a node's card."""
    return f"{kind_words(picture.graph.nodes[node])} · {links_words(picture, node)}"
