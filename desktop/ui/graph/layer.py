"""A big graph's edges and nodes as one image, made in slices and moved as a whole.

The image reaches beyond the widget, so that panning only shifts it; while the camera zooms, the last image is scaled
until a sharp one is ready. Making it takes 50 to 200 ms at ten thousand notes and is done a few milliseconds at a
time: `work` goes on until its budget is spent.
"""

import math
import time
from collections.abc import Iterator
from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPen

from desktop.ui.graph.camera import Camera
from desktop.ui.graph.colours import UNRESOLVED, GraphColours
from desktop.ui.graph.picture import Floats, Picture
from desktop.ui.graph.splat import Bytes, Density, clip_lines, splat_lines, stamp, to_tones, tone_table

DIRECT_NODES: Final = 400  # up to here Qt paints the nodes over the image of the edges
MARGIN: Final = 0.3  # of the widget's size, on each side
SAMPLES: Final = 60_000  # pixels of lines in one slice
ROWS: Final = 200  # rows coloured in one slice
CROWD: Final = 40  # nodes
MOST_COVERED: Final = 0.16  # of the area on which a crowd stands
SIZES: Final = 3.0  # of stamped discs, per octave
LIVE_EDGES: Final = 2_500  # shown while everything moves
MOST_PIXELS: Final = 16_000_000  # with a margin; a bigger screen gets none
STAMPS: Final = 1_500  # discs in one slice


def screen_radii(picture: Picture, scale: float) -> Floats:
    """Return the nodes' radii in pixels: they grow more slowly than the distances when one comes nearer.

    In a crowd they shrink until there is ground between them.
    """
    radii: Floats = picture.radii * min(scale, 1.5) ** 0.72 * 0.92
    if len(radii) > CROWD:
        covered = float(np.pi * (radii * radii).sum()) / max(picture.area() * scale * scale, 1.0)
        radii = radii * min(1.0, math.sqrt(MOST_COVERED / covered))
    return np.maximum(radii, 1.3)


def line_opacity(edges: int) -> float:
    """Return how strong one line is, the fainter the more there are."""
    return float(min(0.84, max(0.10, 0.84 * (500.0 / max(edges, 1)) ** 0.42)))


class GraphLayer:
    """The image of a picture as a camera sees it."""

    def __init__(self) -> None:
        self.image: QImage | None = None
        self.camera = Camera()
        self._pixels: np.ndarray | None = None  # what `image` looks at: it must live as long
        self._size = (0.0, 0.0)
        self._margin = 0.0
        self._slices: Iterator[None] | None = None

    @property
    def working(self) -> bool:
        """Tell whether an image is being made."""
        return self._slices is not None

    def drop(self) -> None:
        """Forget the image: the picture or its colours are others."""
        self.image, self._slices = None, None

    def covers(self, camera: Camera, width: float, height: float) -> bool:
        """Tell whether the image is sharp at that camera and reaches to the widget's edges."""
        if self.image is None or self._size != (width, height) or self.camera.scale != camera.scale:
            return False
        free_x = self._margin * width / camera.scale
        free_y = self._margin * height / camera.scale
        return abs(camera.x - self.camera.x) <= free_x and abs(camera.y - self.camera.y) <= free_y

    def start(
        self, picture: Picture, camera: Camera, width: float, height: float, ratio: float, colours: GraphColours
    ) -> None:
        """Begin a new image for a camera that stands; `work` makes it."""
        self._slices = self._render(picture, camera, (width, height), ratio, colours, MARGIN, None)

    def work(self, budget_s: float) -> bool:
        """Go on for a while; return whether the image was finished just now."""
        end = time.perf_counter() + budget_s
        while self._slices is not None and time.perf_counter() < end:
            if next(self._slices, self) is self:
                self._slices = None
                return True
        return False

    def render_live(
        self, picture: Picture, camera: Camera, width: float, height: float, ratio: float, colours: GraphColours
    ) -> None:
        """Make an image at once, for a picture in motion: without a margin and with a part of the edges."""
        self._slices = None
        for _ in self._render(picture, camera, (width, height), ratio, colours, 0.0, LIVE_EDGES):
            pass

    def paint(self, painter: QPainter, camera: Camera, width: float, height: float) -> None:
        """Draw the image where the camera now sees it."""
        if self.image is None:
            return
        factor = camera.scale / self.camera.scale
        old_width, old_height = self._size
        half_x, half_y = old_width * (0.5 + self._margin), old_height * (0.5 + self._margin)
        middle_x, middle_y = camera.to_screen(self.camera.x, self.camera.y, width, height)
        if factor == 1.0:
            ratio = self.image.devicePixelRatio()
            left, top = (round(edge * ratio) / ratio for edge in (middle_x - half_x, middle_y - half_y))
            painter.drawImage(QPointF(left, top), self.image)
            return
        half_x, half_y = half_x * factor, half_y * factor
        target = QRectF(middle_x - half_x, middle_y - half_y, 2 * half_x, 2 * half_y)
        painter.drawImage(target, self.image, QRectF(self.image.rect()))

    def _render(
        self,
        picture: Picture,
        camera: Camera,
        size: tuple[float, float],
        ratio: float,
        colours: GraphColours,
        margin: float,
        edge_limit: int | None,
    ) -> Iterator[None]:
        """Yield after each slice; the image is there after the last."""
        width = math.ceil(size[0] * (1 + 2 * margin) * ratio)
        height = math.ceil(size[1] * (1 + 2 * margin) * ratio)
        if width * height > MOST_PIXELS:
            width, height, margin = math.ceil(size[0] * ratio), math.ceil(size[1] * ratio), 0.0
        scale = camera.scale * ratio
        places = (picture.positions - (camera.x, camera.y)) * scale + (width / 2.0, height / 2.0)
        density = np.zeros(width * height, dtype=np.float32)
        yield from _edges(picture, places, density, width, height, ratio > 1.5, edge_limit)
        pixels = np.empty(width * height, dtype=np.uint32)
        shown = len(picture.edges) if edge_limit is None else min(edge_limit, len(picture.edges))
        table = tone_table(colours.edge, line_opacity(shown))
        for first in range(0, len(pixels), ROWS * width):
            part = slice(first, first + ROWS * width)
            pixels[part] = to_tones(density[part], table)
            yield
        as_bytes = pixels.view(np.uint8).reshape(-1, 4)
        if len(picture) > DIRECT_NODES:
            radii = screen_radii(picture, camera.scale) * ratio
            yield from _nodes(picture, places, radii, as_bytes, width, colours, ratio, edge_limit is None)
        image = QImage(pixels.data, width, height, width * 4, QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(ratio)
        self._pixels, self.image, self.camera, self._size, self._margin = pixels, image, camera, size, margin


def _edges(
    picture: Picture, places: Floats, density: Density, width: int, height: int, thick: bool, limit: int | None
) -> Iterator[None]:
    edges = picture.edges
    if limit is not None and len(edges) > limit:
        edges = edges[:: math.ceil(len(edges) / limit)]
    ends = np.concatenate((places[edges[:, 0]], places[edges[:, 1]]), axis=1)
    ends = clip_lines(ends, width, height)
    yield
    lengths = np.maximum(np.abs(ends[:, 2] - ends[:, 0]), np.abs(ends[:, 3] - ends[:, 1]))
    ends, lengths = ends[lengths > 0.5], lengths[lengths > 0.5]
    borders = np.searchsorted(np.cumsum(lengths), np.arange(SAMPLES, lengths.sum() + SAMPLES, SAMPLES))
    first = 0
    for last in borders.tolist():
        if last > first:
            splat_lines(density, ends[first:last], width, thick)
            yield
        first = last
    if first < len(ends):
        splat_lines(density, ends[first:], width, thick)


def _nodes(
    picture: Picture,
    places: Floats,
    radii: Floats,
    pixels: Bytes,
    width: int,
    colours: GraphColours,
    ratio: float,
    smooth: bool,
) -> Iterator[None]:
    """Stamp the nodes in classes of colour and size, the small ones first."""
    sizes = np.rint(np.log2(np.maximum(radii, 1.0)) * SIZES).astype(np.intp)
    for size in np.unique(sizes):
        for kind in range(len(colours.kinds)):
            chosen = np.flatnonzero((sizes == size) & (picture.kinds == kind))
            if not len(chosen):
                continue
            sprite = disc_sprite(2.0 ** (size / SIZES), kind, colours, ratio)
            for first in range(0, len(chosen), STAMPS):
                part = chosen[first : first + STAMPS]
                stamp(pixels, width, sprite, places[part, 0], places[part, 1], smooth)
                yield


def disc_sprite(radius: float, kind: int, colours: GraphColours, ratio: float) -> Bytes:
    """Return a node's disc, painted by Qt, as premultiplied bytes of shape (side, side, 4)."""
    side = 2 * math.ceil(radius + 1.5 * ratio) + 1
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_disc(painter, side / 2.0, side / 2.0, radius, kind, colours, ratio)
    painter.end()
    return np.frombuffer(image.constBits(), np.uint8).reshape(side, side, 4).copy()


def paint_disc(
    painter: QPainter, x: float, y: float, radius: float, kind: int, colours: GraphColours, ratio: float = 1.0
) -> None:
    """Paint one node: a disc parted from the edges by a rim of ground; an unresolved one is hollow."""
    rim = min(1.4, 0.25 * radius / ratio + 0.3) * ratio
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.ground)
    painter.drawEllipse(QPointF(x, y), radius + rim, radius + rim)
    if kind == UNRESOLVED:
        stroke = min(1.5 * ratio, radius * 0.6)
        painter.setPen(QPen(colours.kinds[kind], stroke))
        painter.setBrush(colours.ground)
        painter.drawEllipse(QPointF(x, y), radius - stroke / 2.0, radius - stroke / 2.0)
        return
    painter.setBrush(colours.kinds[kind])
    painter.drawEllipse(QPointF(x, y), radius, radius)
