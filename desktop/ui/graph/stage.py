"""A picture in a widget, seen by a camera: which node is where, in pixels."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtWidgets import QWidget

from desktop.ui.graph.camera import Camera, Flight, fitting
from desktop.ui.graph.drawing import screen_radii
from desktop.ui.graph.picture import Floats, Indices, Picture

NEAREST_FIT: Final = 2.0  # a graph of three notes does not fill the screen with them
MARGIN: Final = 46.0  # px around a fitted picture, for the names
REACH: Final = 5.0  # px around a node that count as the node
LEAST_ASIDE: Final = 0.84  # of the scale at which a picture would be seen under the cards
BORDER: Final = 24.0  # px from the edge within which a selected node is brought into sight


class Stage:
    """Turns places in the scene into places in the widget, and back."""

    def __init__(self, widget: QWidget, flight: Flight) -> None:
        self._widget, self.flight = widget, flight
        self.picture: Picture | None = None
        self.cards: Callable[[], Sequence[QRect]] = tuple  # that lie on the widget, at its left
        self._radii_of: tuple[int, float, Floats | None] = (0, 0.0, None)

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to see."""
        return self.picture is None or not len(self.picture)

    def _size(self) -> tuple[float, float]:
        return float(self._widget.width()), float(self._widget.height())

    def radii(self) -> Floats:
        """Return the nodes' radii in pixels, computed anew only where they may have changed."""
        assert self.picture is not None
        key, scale, radii = self._radii_of
        now = self.flight.camera.scale
        if radii is None or key != id(self.picture) or scale != now or self.picture.simulation.moving:
            radii = screen_radii(self.picture, now)
            self._radii_of = (id(self.picture), now, radii)
        return radii

    def place_of(self, node: int) -> QPointF:
        """Return where a node is in the widget."""
        assert self.picture is not None
        x, y = self.picture.positions[node].tolist()
        return QPointF(*self.flight.camera.to_screen(x, y, *self._size()))

    def places_of(self, nodes: Indices) -> list[tuple[float, float]]:
        """Return where some nodes are in the widget."""
        assert self.picture is not None
        camera, (width, height) = self.flight.camera, self._size()
        places = (self.picture.positions[nodes] - (camera.x, camera.y)) * camera.scale + (width / 2.0, height / 2.0)
        return [(x, y) for x, y in places.tolist()]

    def rect_of(self, node: int | None) -> QRect:
        """Return the square around a node in the widget."""
        if self.picture is None or node is None:
            return QRect()
        place, radius = self.place_of(node), float(self.radii()[node])
        return QRectF(place.x() - radius, place.y() - radius, 2 * radius, 2 * radius).toAlignedRect()

    def node_at(self, place: QPointF) -> int | None:
        """Return the node under a place in the widget."""
        if self.picture is None or self.is_empty:
            return None
        scale = self.flight.camera.scale
        x, y = self.flight.camera.to_scene(place.x(), place.y(), *self._size())
        return self.picture.node_at(x, y, REACH / scale, self.radii() / scale)

    def scene_at(self, place: QPointF) -> tuple[float, float]:
        """Return the place in the scene under a place in the widget."""
        return self.flight.camera.to_scene(place.x(), place.y(), *self._size())

    def fitted(self) -> Camera:
        """Return the camera that shows everything, at rest beside the cards on the view where that costs little."""
        assert self.picture is not None
        camera = self._fitting(self.picture.bounds())
        if self.picture.simulation.moving:
            return camera
        for card in self.cards():
            if self._is_over_nodes(card, camera):
                width, height = self._size()
                aside = float(card.right())
                margin = min(MARGIN, min(width, height) * 0.16)
                other = fitting(self.picture.bounds(), width - aside, height, margin, NEAREST_FIT)
                if other.scale >= LEAST_ASIDE * camera.scale:
                    return other.panned(aside / 2.0, 0.0)
        return camera

    def _is_over_nodes(self, card: QRect, camera: Camera) -> bool:
        """Tell whether a card covers nodes."""
        assert self.picture is not None
        width, height = self._size()
        places = (self.picture.positions - (camera.x, camera.y)) * camera.scale + (width / 2.0, height / 2.0)
        x, y = places[:, 0], places[:, 1]
        left, right, top, bottom = card.left() - REACH, card.right() + REACH, card.top() - REACH, card.bottom() + REACH
        return bool(((x > left) & (x < right) & (y > top) & (y < bottom)).any())

    def fitted_to(self, nodes: Indices) -> Camera:
        """Return the camera that shows some nodes."""
        assert self.picture is not None
        places, reach = self.picture.positions[nodes], 30.0
        low, high = (places.min(axis=0) - reach).tolist(), (places.max(axis=0) + reach).tolist()
        return self._fitting((low[0], low[1], high[0], high[1]))

    def _fitting(self, bounds: tuple[float, float, float, float]) -> Camera:
        width, height = self._size()
        return fitting(bounds, width, height, min(MARGIN, min(width, height) * 0.16), NEAREST_FIT)

    def way_into_sight(self, node: int) -> tuple[float, float]:
        """Return by how many pixels the scene has to move for a node to be seen."""
        assert self.picture is not None
        width, height = self._size()
        x, y = self.picture.positions[node].tolist()
        px, py = self.flight.goal.to_screen(x, y, width, height)
        dx = max(BORDER - px, 0.0) - max(px - (width - BORDER), 0.0)
        dy = max(BORDER - py, 0.0) - max(py - (height - BORDER), 0.0)
        return dx, dy
