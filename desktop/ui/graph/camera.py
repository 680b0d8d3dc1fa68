"""The part of the scene that is on the screen."""

from dataclasses import dataclass
from typing import Final

NEAREST: Final = 4.0
FARTHEST: Final = 0.005
EASE: Final = 0.28  # of the way to the goal, per tick


@dataclass(frozen=True, slots=True)
class Camera:
    """Pixels per scene unit, and the scene's place in the middle of the widget."""

    scale: float = 1.0
    x: float = 0.0
    y: float = 0.0

    def to_scene(self, px: float, py: float, width: float, height: float) -> tuple[float, float]:
        """Return the place in the scene under a pixel."""
        return (px - width / 2.0) / self.scale + self.x, (py - height / 2.0) / self.scale + self.y

    def to_screen(self, x: float, y: float, width: float, height: float) -> tuple[float, float]:
        """Return the pixel that shows a place in the scene."""
        return (x - self.x) * self.scale + width / 2.0, (y - self.y) * self.scale + height / 2.0

    def panned(self, dx: float, dy: float) -> "Camera":
        """Return the camera after the scene was pulled by so many pixels."""
        return Camera(self.scale, self.x - dx / self.scale, self.y - dy / self.scale)

    def zoomed(self, factor: float, px: float, py: float, width: float, height: float) -> "Camera":
        """Return a camera nearer by `factor` that shows the same place under the pixel."""
        scale = max(FARTHEST, min(NEAREST, self.scale * factor))
        x, y = self.to_scene(px, py, width, height)
        return Camera(scale, x - (px - width / 2.0) / scale, y - (py - height / 2.0) / scale)

    def towards(self, goal: "Camera") -> "Camera":
        """Return a camera somewhat nearer to the goal, and the goal itself when there is nothing left to see."""
        if self.is_near(goal):
            return goal
        scale = self.scale * (goal.scale / self.scale) ** EASE
        return Camera(scale, self.x + (goal.x - self.x) * EASE, self.y + (goal.y - self.y) * EASE)

    def is_near(self, goal: "Camera") -> bool:
        """Tell whether the difference is less than a fraction of a pixel."""
        shift = max(abs(goal.x - self.x), abs(goal.y - self.y)) * goal.scale
        return shift < 0.3 and abs(goal.scale / self.scale - 1.0) < 0.0015


def fitting(
    bounds: tuple[float, float, float, float], width: float, height: float, margin: float, nearest: float
) -> Camera:
    """Return the camera that shows all of `bounds` with a margin in pixels, no nearer than `nearest`."""
    left, top, right, bottom = bounds
    free_x, free_y = max(40.0, width - 2 * margin), max(40.0, height - 2 * margin)
    scale = min(free_x / max(right - left, 1e-6), free_y / max(bottom - top, 1e-6), nearest)
    return Camera(max(FARTHEST, scale), (left + right) / 2.0, (top + bottom) / 2.0)
