"""What the user attends to: the node under the pointer with its card, a chain, what a search found."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from desktop.ui.graph import node_words
from desktop.ui.graph.colours import GraphColours
from desktop.ui.graph.emphasis import Emphases, Emphasis
from desktop.ui.graph.hover_card import CardPlace, HoverCard
from desktop.ui.graph.motion import Motion
from desktop.ui.graph.stage import Stage


class Attention(QObject):
    """Lets things stand out and the rest step back, with easing."""

    changed = Signal()
    hovered = Signal(object)  # a node's id, or None

    def __init__(self, widget: QWidget, stage: Stage, motion: Motion) -> None:
        super().__init__(widget)
        self._widget, self._stage, self._motion = widget, stage, motion
        self._emphases = Emphases()
        self.shown: Emphasis | None = None  # kept while the rest comes forward again
        self.card = HoverCard(self)
        self.card.changed.connect(self.changed)

    @property
    def node(self) -> int | None:
        """The node under the pointer."""
        return self._emphases.hovered

    @property
    def named_by_card(self) -> int | None:
        """The node whose name its card says."""
        return self._emphases.hovered if self.card.is_shown else None

    def hover(self, node: int | None) -> None:
        """Take the node under the pointer."""
        picture = self._stage.picture
        if node == self._emphases.hovered or picture is None:
            return
        self._emphases.hover(picture, node)
        self._emphasise()
        if node is None:
            self._widget.unsetCursor()
            self.card.point_at(None)
        else:
            if self._widget.cursor().shape() != Qt.CursorShape.PointingHandCursor:
                self._widget.setCursor(Qt.CursorShape.PointingHandCursor)
            self.card.point_at(picture.ids[node], picture.titles[node], node_words.card_meta(picture, node))
        self.hovered.emit(None if node is None else picture.ids[node])
        self.changed.emit()

    def show_path(self, ids: Sequence[int]) -> Emphasis | None:
        """Take a chain, by id; return it where all of it is in the picture."""
        self._emphases.show_path(self._stage.picture, ids)
        self._emphasise()
        current = self._emphases.current
        return current if current is not None and current.is_path else None

    def highlight(self, ids: Iterable[int] | None) -> None:
        """Take what a search found, by id; None: nobody searches."""
        self._emphases.highlight(self._stage.picture, ids)
        self._emphasise()

    def follow(self) -> None:
        """Look everything up again in another picture."""
        self.card.point_at(None)
        self._emphases.follow(self._stage.picture)
        self.shown = None
        self._motion.dim = 0.0
        self._emphasise()

    def settle(self) -> None:
        """Forget what stood out when the rest has come forward again."""
        if self._motion.dim == 0.0 and self._motion.dim_goal == 0.0:
            self.shown = None

    def paint_card(self, painter: QPainter, colours: GraphColours, ratio: float, names: dict[int, QRectF]) -> None:
        """Paint the card of the node under the pointer; `names` says where names stand, by node."""
        node, shown = self._emphases.hovered, self.shown
        if node is None or shown is None or not self.card.is_shown:
            return
        near = self._stage.places_of(shown.nodes[shown.nodes != node])
        area, radius = QRectF(self._widget.rect()), float(self._stage.radii()[node])
        around = tuple(names[number] for number in shown.nodes.tolist() if number in names and number != node)
        place = CardPlace(area, self._stage.place_of(node), radius, near, around)
        self.card.paint(painter, place, colours, ratio)

    def _emphasise(self) -> None:
        current = self._emphases.current
        self._motion.dim_goal = 0.0 if current is None else 1.0
        if current is not None:
            self.shown = current
