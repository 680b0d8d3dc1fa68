"""What one frame of a graph depends on."""

from dataclasses import dataclass

from desktop.ui.graph.camera import Camera
from desktop.ui.graph.emphasis import Emphasis
from desktop.ui.graph.label_plan import Box
from desktop.ui.graph.picture import Floats, Indices, Picture


@dataclass(frozen=True, slots=True)
class Look:
    """Everything that one frame depends on."""

    picture: Picture
    camera: Camera
    width: float
    height: float
    ratio: float
    emphasis: Emphasis | None = None
    hovered: int | None = None
    selected: int | None = None
    dim: float = 0.0  # 0 to 1: how far the rest has stepped back
    moving: bool = False  # the nodes are
    travelling: bool = False  # the camera is
    births: Floats | None = None  # 0 to 1: how far nodes that are new have grown
    without_label: int | None = None  # a card shows it
    covered: tuple[Box, ...] = ()  # parts of the widget under cards

    @property
    def strong(self) -> tuple[int, ...]:
        """The nodes that are named in any case."""
        nodes = (self.hovered, self.selected, self.picture.open)
        chain = self.emphasis.named if self.emphasis is not None and self.emphasis.is_path else ()
        return tuple(dict.fromkeys(node for node in (*nodes, *chain) if node is not None))

    def places(self, nodes: Indices) -> Floats:
        """Return where some nodes are in the widget."""
        places: Floats = (self.picture.positions[nodes] - (self.camera.x, self.camera.y)) * self.camera.scale
        places += (self.width / 2.0, self.height / 2.0)
        return places
