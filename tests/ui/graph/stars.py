"""Small graphs for the tests of the view."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from desktop.core.records import Graph, GraphNode, NodeKind, NoteKind
from desktop.ui.graph.picture import Picture
from desktop.ui.graph.view import GraphView

KINDS = (NoteKind.LECTURE, NoteKind.DIGEST, NoteKind.NOTE, NoteKind.FOLDER, None)
Wait = Callable[..., None]


def star(leaves: int) -> Graph:
    """Return a hub with so many leaves of all kinds."""
    nodes = [GraphNode(1, "Hub", NoteKind.LECTURE, leaves)]
    nodes += [GraphNode(number, f"Note {number}", KINDS[number % 5], 1) for number in range(2, leaves + 2)]
    return Graph(tuple(nodes), tuple((1, number) for number in range(2, leaves + 2)))


def chain(*titles: str) -> Graph:
    """Return notes of which each is linked with the next."""
    count = len(titles)
    nodes = tuple(GraphNode(number, title, NoteKind.NOTE, 2) for number, title in enumerate(titles, 1))
    return Graph(nodes, tuple((number, number + 1) for number in range(1, count)))


def all_kinds() -> Graph:
    """Return a lecture with a missing note, a tag and a file."""
    nodes = (
        GraphNode(1, "Lecture", NoteKind.LECTURE, 3, group=0),
        GraphNode(-1, "Missing", None, 1, NodeKind.UNRESOLVED),
        GraphNode(-2, "#tag", None, 1, NodeKind.TAG),
        GraphNode(-3, "file.pdf", None, 1, NodeKind.ATTACHMENT),
        GraphNode(2, "Other", NoteKind.NOTE, 0, group=1),
    )
    return Graph(nodes, ((1, -1), (1, -2), (1, -3)), ("First", "Second"))


def placed(graph: Graph, places: dict[int, tuple[float, float]], open_id: int | None = None) -> Picture:
    """Return a picture that stands."""
    picture = Picture(graph, places, open_id)
    picture.simulation.cool()
    return picture


def show(view: GraphView, picture: Picture, wait_until: Wait, keep_camera: bool = False) -> Picture:
    """Show a picture and wait for its rest."""
    view.show_picture(picture, keep_camera)
    wait_until(lambda: not view.running)
    return picture


def pixel_of(view: GraphView, node: int) -> QPoint:
    """Return where a node is in the widget."""
    return view.stage.place_of(node).toPoint()


def point(view: GraphView, place: QPoint) -> None:
    """Move the pointer to a place; QTest moves the cursor, and a window left above the view would get the event."""
    spot = QPointF(place)
    kind, none = QEvent.Type.MouseMove, Qt.MouseButton.NoButton
    event = QMouseEvent(kind, spot, view.mapToGlobal(spot), none, none, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(view, event)
