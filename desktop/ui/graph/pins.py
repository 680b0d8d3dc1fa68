"""Nodes that stand where the user put them."""

from typing import Final

from PySide6.QtCore import QObject, QPointF, Signal

from desktop.ui.graph.motion import Motion
from desktop.ui.graph.stage import Stage

HEAT: Final = 0.25  # of the layout while a node is dragged or let go
BIG_HEAT: Final = 0.02  # ten thousand notes do not dance with one
BIG: Final = 1_500  # nodes


class Pins(QObject):
    """Holds nodes and lets them go."""

    changed = Signal()

    def __init__(self, parent: QObject, stage: Stage, motion: Motion) -> None:
        super().__init__(parent)
        self._stage, self._motion = stage, motion

    def holds(self, node: int) -> bool:
        """Tell whether a node is held where it is."""
        return self._stage.picture is not None and node in self._stage.picture.simulation.pinned

    def drag(self, node: int, to: QPointF) -> None:
        """Hold a node at a place in the widget; its neighbours follow."""
        if self._stage.picture is not None:
            self._stage.flight.fits = False
            self._stage.picture.simulation.pin(node, *self._stage.scene_at(to))
            self._warm()

    def let_go(self, node: int) -> None:
        """Let a held node go back among its neighbours."""
        if self._stage.picture is not None and self.holds(node):
            self._stage.picture.simulation.unpin(node)
            self._warm()
            self.changed.emit()

    def toggle(self, node: int) -> None:
        """Hold a node where it is, or let it go."""
        if self.holds(node):
            self.let_go(node)
        elif self._stage.picture is not None:
            self._stage.picture.simulation.pin(node, *self._stage.picture.positions[node].tolist())
            self.changed.emit()

    def _warm(self) -> None:
        picture = self._stage.picture
        assert picture is not None
        self._motion.reheat(HEAT if len(picture) < BIG else BIG_HEAT)
