"""The graph for people who do not see it: the widget is a chart whose one child is the selected node.

A screen reader follows the focus; each selection moves it to the child, whose name is what the node says of itself.
"""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget

from desktop.ui.graph import node_words

if TYPE_CHECKING:
    from desktop.ui.graph.view import GraphView

_installed: list[object] = []
_interfaces: dict[int, "GraphInterface"] = {}  # by the view's place in memory: Qt asks once and keeps what it gets


class NodeInterface(QAccessibleInterface):
    """The selected node."""

    def __init__(self, view: "GraphView", parent: "GraphInterface") -> None:
        super().__init__()
        self._view, self._parent = view, parent

    def isValid(self) -> bool:
        """Tell whether a node is selected."""
        return self._view.selected is not None

    def object(self) -> QObject:
        """Return nothing: a node is painted, it is no object."""
        return None  # type: ignore[return-value]

    def parent(self) -> QAccessibleInterface:
        """Return the graph."""
        return self._parent

    def childCount(self) -> int:
        """Return 0: a node holds nothing."""
        return 0

    def child(self, index: int) -> QAccessibleInterface:
        """Return nothing."""
        return None  # type: ignore[return-value]

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Return that there is none."""
        return -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface:
        """Return nothing."""
        return None  # type: ignore[return-value]

    def text(self, kind: QAccessible.Text) -> str:
        """Return what the node says of itself."""
        if kind == QAccessible.Text.Name and self._view.selected is not None and self._view.picture is not None:
            return node_words.describe(self._view.picture, self._view.selected)
        return ""

    def setText(self, kind: QAccessible.Text, text: str) -> None:
        """Leave the title as it is."""

    def rect(self) -> QRect:
        """Return where the node is on the screen."""
        place = self._view.stage.rect_of(self._view.selected)
        return QRect(self._view.mapToGlobal(place.topLeft()), place.size())

    def role(self) -> QAccessible.Role:
        """Return that it is an item among others."""
        return QAccessible.Role.ListItem

    def state(self) -> QAccessible.State:
        """Return that it is selected, and has the focus when the graph has."""
        state = QAccessible.State()
        state.selectable = state.selected = state.focusable = 1
        state.focused = int(self._view.hasFocus())
        return state


class GraphInterface(QAccessibleWidget):
    """The graph."""

    def __init__(self, view: "GraphView") -> None:
        super().__init__(view, QAccessible.Role.Chart, "")
        self._view = view
        self.node = NodeInterface(view, self)

    def childCount(self) -> int:
        """Return how many nodes can be told of: the selected one."""
        return int(self._view.selected is not None)

    def child(self, index: int) -> QAccessibleInterface:
        """Return the selected node."""
        return self.node if index == 0 and self.childCount() else None  # type: ignore[return-value]

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Return the place of the selected node."""
        return 0 if child is self.node and self.childCount() else -1

    def focusChild(self) -> QAccessibleInterface:
        """Return the selected node: it has the focus inside the graph."""
        return self.node if self._view.hasFocus() and self.childCount() else None  # type: ignore[return-value]

    def childAt(self, x: int, y: int) -> QAccessibleInterface:
        """Return the selected node where it stands."""
        inside = self.childCount() and self.node.rect().contains(QPoint(x, y))
        return self.node if inside else None  # type: ignore[return-value]


def _make(_name: str, target: QObject) -> QAccessibleInterface | None:
    from desktop.ui.graph.view import GraphView

    if not isinstance(target, GraphView):
        return None
    interface = GraphInterface(target)
    key = id(target)
    _interfaces[key] = interface
    target.destroyed.connect(lambda: _interfaces.pop(key, None))
    return interface


def install() -> None:
    """Have Qt ask here for the interfaces of graphs; once."""
    if not _installed:
        QAccessible.installFactory(_make)
        _installed.append(_make)


def announce(view: "GraphView") -> None:
    """Tell assistive tools that another node is selected, or none."""
    event: Any = QAccessibleEvent(view, QAccessible.Event.Focus)
    if view.selected is not None:
        event.setChild(0)
    QAccessible.updateAccessibility(event)
    QAccessible.updateAccessibility(QAccessibleEvent(view, QAccessible.Event.DescriptionChanged))
