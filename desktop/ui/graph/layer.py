"""The image of a picture's edges, and of a big one's nodes too: shown, shifted and scaled while a new one is made.

Making a sharp image (`drawing.py`) takes up to a few hundred milliseconds at ten thousand notes. A picture of usual
size has it made some milliseconds at a time between the frames, a big one beside the window's thread (`apart.py`), and
there too the images of a big picture in motion. While the camera zooms, the last image is scaled.
"""

import time
from collections.abc import Iterator
from concurrent.futures import Future
from typing import Final

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter

from desktop.ui.graph import apart
from desktop.ui.graph.camera import Camera
from desktop.ui.graph.drawing import MARGIN, Sheet, Shot, draw
from desktop.ui.graph.live import LiveCanvas
from desktop.ui.graph.picture import Indices

MOMENT_S: Final = 0.04  # between images of a big picture in motion: its layout wants the time too


class _Draft:
    """A sheet in the making."""

    def __init__(self, slices: Iterator[Sheet | None]) -> None:
        self._slices = slices
        self._given_up = False
        self._apart: Future[Sheet | None] | None = None

    def send_away(self) -> None:
        """Have it made beside the window's thread."""
        self._apart = apart.submit(lambda: self._make(None))

    def take(self, budget_s: float) -> Sheet | None:
        """Go on for a while, unless others do; return the sheet once it is finished."""
        if self._apart is None:
            return self._make(budget_s)
        return self._apart.result() if self._apart.done() else None

    def give_up(self) -> None:
        """Have nobody go on."""
        self._given_up = True

    def _make(self, budget_s: float | None) -> Sheet | None:
        end = time.perf_counter() + (budget_s or 0.0)
        for sheet in self._slices:
            if sheet is not None or self._given_up or (budget_s is not None and time.perf_counter() >= end):
                return sheet
        return None


class GraphLayer:
    """The image of a picture as a camera sees it."""

    def __init__(self) -> None:
        self._sheet: Sheet | None = None
        self._is_old = False  # the image is of the picture before
        self._is_stale = False  # it is not sharp, or its colours are others
        self._draft: _Draft | None = None
        self._live = LiveCanvas()
        self._other_live = LiveCanvas()  # drawn on by others while the first is shown
        self._moment: Future[Sheet] | None = None
        self._moment_at = 0.0

    @property
    def image(self) -> QImage | None:
        """What is shown."""
        return self._sheet.image if self._sheet is not None else None

    @property
    def near(self) -> Indices | None:
        """The nodes that Qt paints over the image; None: they are on it, or all."""
        return self._sheet.near if self._sheet is not None else None

    @property
    def has_nodes(self) -> bool:
        """Tell whether the nodes are on the image."""
        return self._sheet is not None and self._sheet.has_nodes

    @property
    def is_old(self) -> bool:
        """Tell whether there is no image of this picture."""
        return self._sheet is None or self._is_old

    @property
    def working(self) -> bool:
        """Tell whether a sharp image is being made."""
        return self._draft is not None

    def drop(self, shows_on: bool = False) -> None:
        """Forget the image: the picture or its colours are others. It `shows_on` until there is another one."""
        self.stop()
        if self._moment is not None:
            self._moment, self._other_live = None, LiveCanvas()  # somebody may still draw on the old one
        self._is_old = self._is_stale = True
        if not shows_on or not self.has_nodes:
            self._sheet = None

    def spoil(self) -> None:
        """Have the image made anew, and show the old one until then."""
        self.stop()
        self._is_stale = True

    def covers(self, camera: Camera, width: float, height: float) -> bool:
        """Tell whether the image is sharp at that camera and reaches to the widget's edges."""
        sheet = self._sheet
        if sheet is None or self._is_stale or sheet.is_live:
            return False
        return sheet.size == (width, height) and camera.scale == sheet.camera.scale and self.reaches(camera)

    def reaches(self, camera: Camera) -> bool:
        """Tell whether the image, scaled, fills the widget."""
        sheet = self._sheet
        if sheet is None:
            return False
        half_x, half_y = (size / 2.0 * (1.0 + 2.0 * sheet.margin) / sheet.camera.scale for size in sheet.size)
        need_x, need_y = (size / 2.0 / camera.scale for size in sheet.size)
        slack = 1e-6 * (half_x + half_y)
        return (
            abs(camera.x - sheet.camera.x) + need_x <= half_x + slack
            and abs(camera.y - sheet.camera.y) + need_y <= half_y + slack
        )

    def start(self, shot: Shot, margin: float = MARGIN, in_slices: bool = False) -> None:
        """Begin a sharp image; the old one is shown until it is ready."""
        self.stop()
        self._draft = _Draft(draw(shot, margin))
        if not in_slices and apart.is_big(shot.picture):
            self._draft.send_away()

    def work(self, budget_s: float) -> bool:
        """Go on for a while; return whether the image was finished just now."""
        sheet = self._draft.take(budget_s) if self._draft is not None else None
        if sheet is None:
            return False
        self._take(sheet)
        self._draft = None
        return True

    def render_live(self, shot: Shot, with_nodes: bool) -> None:
        """Make an image at once, for a picture in motion: without a margin, and of a tangle only a part."""
        self._take(self._live.render(shot, with_nodes))

    def follow(self, shot: Shot) -> bool:
        """Have such an image made by others, again and again; return whether there is a new one."""
        new = self._moment is not None and self._moment.done()
        if self._moment is not None and new:
            self._take(self._moment.result())
            self._live, self._other_live = self._other_live, self._live
            self._moment = None
        if self._moment is None and time.monotonic() - self._moment_at > MOMENT_S:
            canvas, self._moment_at = self._other_live, time.monotonic()
            self._moment = apart.submit(lambda: canvas.render(shot, True))
        return new

    def _take(self, sheet: Sheet) -> None:
        self._sheet, self._is_old, self._is_stale = sheet, False, False

    def stop(self) -> None:
        """Give up the image in the making: what it shows has moved."""
        if self._draft is not None:
            self._draft.give_up()
        self._draft = None

    def paint(self, painter: QPainter, camera: Camera, width: float, height: float) -> None:
        """Draw the image where the camera now sees it; the painter says whether it is scaled smoothly."""
        sheet = self._sheet
        if sheet is None:
            return
        factor = camera.scale / sheet.camera.scale
        half_x, half_y = (size * (0.5 + sheet.margin) for size in sheet.size)
        middle_x, middle_y = camera.to_screen(sheet.camera.x, sheet.camera.y, width, height)
        ratio = sheet.image.devicePixelRatio()
        if factor == 1.0:
            left, top = (round(edge * ratio) / ratio for edge in (middle_x - half_x, middle_y - half_y))
            painter.drawImage(QPointF(left, top), sheet.image)
            return
        seen = QRectF(
            (0.0 - middle_x) / factor + half_x, (0.0 - middle_y) / factor + half_y, width / factor, height / factor
        ).intersected(QRectF(0.0, 0.0, sheet.image.width() / ratio, sheet.image.height() / ratio))
        target = QRectF(
            middle_x + (seen.x() - half_x) * factor,
            middle_y + (seen.y() - half_y) * factor,
            seen.width() * factor,
            seen.height() * factor,
        )
        source = QRectF(seen.x() * ratio, seen.y() * ratio, seen.width() * ratio, seen.height() * ratio)
        painter.drawImage(target, sheet.image, source)
