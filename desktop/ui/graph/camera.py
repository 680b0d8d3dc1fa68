"""The part of the scene that is on the screen, and its way from one part to another."""

import math
from dataclasses import dataclass
from typing import Final

NEAREST: Final = 4.0
FARTHEST: Final = 0.005
EASE: Final = 0.24  # of the way to the goal, per tick
TICK_MS: Final = 16.0
GLIDE_MS: Final = 170.0  # in which a camera that was let go loses most of its speed
SLOWEST: Final = 0.02  # px per ms: standing


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

    def towards(self, goal: "Camera", share: float = EASE) -> "Camera":
        """Return a camera nearer to the goal by a share of the way, and the goal when there is nothing left to see.

        The place in the scene that both cameras show at one pixel stays there: a zoom at the pointer holds what the
        pointer is on, all the way.
        """
        if share >= 1.0 or self.is_near(goal):
            return goal
        scale = self.scale * (goal.scale / self.scale) ** share
        whole = 1.0 / self.scale - 1.0 / goal.scale
        if abs(goal.scale / self.scale - 1.0) > 1e-3:
            share = (1.0 / self.scale - 1.0 / scale) / whole
        return Camera(scale, self.x + (goal.x - self.x) * share, self.y + (goal.y - self.y) * share)

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


def eased(share: float, passed_ms: float) -> float:
    """Return the share of a way that is gone in so much time, where `share` is gone in each tick."""
    return float(1.0 - (1.0 - share) ** (passed_ms / TICK_MS))


class Flight:
    """A camera on its way: to a goal, or gliding on after it was let go."""

    def __init__(self) -> None:
        self.camera = Camera()
        self.goal = Camera()
        self.fits = True  # the camera follows the picture until the user moves it
        self._speed = (0.0, 0.0)  # px per ms

    @property
    def standing(self) -> bool:
        """Tell whether there is no way left."""
        return self.camera == self.goal and self._speed == (0.0, 0.0)

    def jump(self, camera: Camera) -> None:
        """Be there at once."""
        self.goal = self.camera = camera
        self._speed = (0.0, 0.0)

    def go(self, camera: Camera) -> None:
        """Set out for another goal."""
        self.goal = camera
        self._speed = (0.0, 0.0)

    def pull(self, dx: float, dy: float) -> None:
        """Move the scene with the hand that holds it."""
        self.fits = False
        self.jump(self.camera.panned(dx, dy))

    def let_go(self, speed: tuple[float, float]) -> None:
        """Glide on with a speed in pixels per millisecond."""
        self._speed = speed if math.hypot(*speed) > 10 * SLOWEST else (0.0, 0.0)

    def advance(self, passed_ms: float, at_once: bool) -> bool:
        """Go on for a while; return whether the camera moved."""
        before = self.camera
        if self._speed != (0.0, 0.0) and not at_once:
            dx, dy = self._speed
            self.goal = self.camera = self.camera.panned(dx * passed_ms, dy * passed_ms)
            left = math.exp(-passed_ms / GLIDE_MS)
            self._speed = (dx * left, dy * left)
            if math.hypot(*self._speed) < SLOWEST:
                self._speed = (0.0, 0.0)
        else:
            self._speed = (0.0, 0.0)
            self.camera = self.camera.towards(self.goal, 1.0 if at_once else eased(EASE, passed_ms))
        return self.camera != before
