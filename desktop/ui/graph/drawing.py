"""Drawing a picture's edges and nodes into an image, on any thread.

A **sheet** is a finished image with what it shows: opaque (so laying it down is a copy) and reaching beyond the widget.
It is drawn in slices, between which its maker may stop. A picture in motion is drawn more plainly (`live.py`).
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from desktop.ui.graph.camera import Camera
from desktop.ui.graph.colours import GraphColours
from desktop.ui.graph.edge_style import Batch, batches, hot_opacity, line_opacity, strengths
from desktop.ui.graph.picture import Floats, Indices, Picture
from desktop.ui.graph.shapes import stamped_sprite
from desktop.ui.graph.splat import (
    Bytes,
    Pixels,
    clip_lines,
    lay_over,
    over_table,
    splat_lines,
    stamp,
    to_tones,
    tone_table,
)

DIRECT_NODES: Final = 400  # up to here on the image, Qt paints the nodes over it, every frame
MARGIN: Final = 0.3  # of the widget's size, on each side
SAMPLES: Final = 60_000  # pixels of lines in one slice
ROWS: Final = 200  # rows coloured in one slice
CROWD: Final = 40  # nodes
MOST_COVERED: Final = 0.11  # of the area on which a crowd stands
SMALLEST_RADIUS: Final = 1.15  # px
SIZES: Final = 3.0  # of stamped discs, per octave
MOST_LINES: Final = 0.65  # of them on each pixel of a big picture's image, on the average
GOLDEN: Final = 0.6180339887498949
MOST_PIXELS: Final = 12_000_000  # with a margin, which becomes smaller on a bigger screen
STAMPS: Final = 1_500  # discs in one slice
LINE_WIDTH: Final = 1.15  # px


@dataclass(frozen=True, slots=True)
class Shot:
    """What an image is made of."""

    picture: Picture
    tints: Indices
    camera: Camera
    width: float
    height: float
    ratio: float
    colours: GraphColours
    only: tuple[Indices, Indices] | None = None  # nodes and edges that stand out, on a clear ground


def screen_radii(picture: Picture, scale: float) -> Floats:
    """Return the nodes' radii in pixels: they grow more slowly than the distances when one comes nearer.

    In a crowd they shrink until there is ground between them, the small ones more: hubs stand out from afar.
    """
    nearest = 2.0 if len(picture) <= DIRECT_NODES else 1.3
    radii: Floats = picture.radii * min(scale, nearest) ** 0.72 * 0.92
    if len(radii) > CROWD:
        covered = float(np.pi * (radii * radii).sum()) / max(picture.area() * scale * scale, 1.0)
        factor = min(1.0, math.sqrt(MOST_COVERED / covered))
        radii = radii * factor ** (1.35 - 0.7 * picture.radii / picture.radii.max())
    return np.maximum(radii, SMALLEST_RADIUS)


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """A finished image."""

    image: QImage
    pixels: Pixels | None  # what `image` looks at: it must live as long
    camera: Camera
    size: tuple[float, float]  # of the widget
    margin: float  # of its size, on each side
    near: Indices | None  # the nodes that Qt paints over the image; None: they are on it, or all
    has_nodes: bool
    is_live: bool = False  # of a picture in motion: not all lines are on it


def draw(shot: Shot, margin: float) -> Iterator[Sheet | None]:
    """Yield nothing after each slice, and the sheet at last."""
    ratio, picture = shot.ratio, shot.picture
    room = MOST_PIXELS / max(1.0, shot.width * shot.height * ratio * ratio)
    margin = max(0.0, min(margin, (math.sqrt(room) - 1.0) / 2.0))
    width = math.ceil(shot.width * (1 + 2 * margin) * ratio)
    height = math.ceil(shot.height * (1 + 2 * margin) * ratio)
    places = places_in(shot, width, height)
    clear = shot.only is not None
    pixels = np.full(width * height, 0 if clear else shot.colours.ground.rgb(), dtype=np.uint32)
    yield from _edges(shot, places, pixels, width, height)
    radii = screen_radii(picture, shot.camera.scale) * ratio
    x, y = places[:, 0], places[:, 1]
    near: Indices = np.flatnonzero((x > -radii) & (y > -radii) & (x < width + radii) & (y < height + radii))
    if shot.only is not None:
        near = np.intersect1d(near, shot.only[0])
    has_nodes = len(near) > DIRECT_NODES
    if has_nodes:
        yield from _nodes(shot, near, places, radii, pixels.view(np.uint8).reshape(-1, 4), width)
    kind = QImage.Format.Format_ARGB32_Premultiplied if clear else QImage.Format.Format_RGB32
    image = QImage(pixels.data, width, height, width * 4, kind)
    image.setDevicePixelRatio(ratio)
    yield Sheet(image, pixels, shot.camera, (shot.width, shot.height), margin, near, has_nodes)


def places_in(shot: Shot, width: int, height: int) -> Floats:
    """Return where the nodes are in an image, in its own pixels."""
    scale = shot.camera.scale * shot.ratio
    places: Floats = (shot.picture.positions - (shot.camera.x, shot.camera.y)) * scale + (width / 2.0, height / 2.0)
    return places


def _edges(shot: Shot, places: Floats, pixels: Pixels, width: int, height: int) -> Iterator[None]:
    """Draw the lines: a small picture's in their colours, a big one's as one density."""
    edges = shot.picture.edges
    if not len(edges):
        return
    if shot.only is not None:
        groups, weights = [Batch(shot.colours.accent, shot.only[1])], np.ones(len(edges))
        opacity = hot_opacity(len(shot.only[1]))
    else:
        groups = batches(shot.picture, shot.tints, shot.colours)
        weights, opacity = strengths(shot.picture), line_opacity(len(edges))
        yield
        shown, weights = chosen_lines(edges, places, weights, width, height, MOST_LINES * width * height)
        groups = [Batch(group.colour, group.edges[shown[group.edges]]) for group in groups]
        yield
    density = np.zeros(width * height, dtype=np.float32)
    one_colour = len(groups) == 1 and shot.only is None
    thickness = LINE_WIDTH * shot.ratio if not one_colour or shot.ratio > 1.5 else 0.0
    for group in groups:
        pairs = edges[group.edges]
        ends = np.concatenate((places[pairs[:, 0]], places[pairs[:, 1]]), axis=1)
        ends, seen = clip_lines(ends, width, height)
        strong = weights[group.edges][seen]
        over = over_table(group.colour, opacity)
        yield
        for part in _parts_of(ends):
            touched, _lines = splat_lines(density, ends[part], strong[part], width, thickness)
            if not one_colour:
                lay_over(pixels, density, touched, over, None)
            yield
    if one_colour:
        table = tone_table(groups[0].colour, opacity, shot.colours.ground)
        for first in range(0, len(pixels), ROWS * width):
            rows = slice(first, first + ROWS * width)
            pixels[rows] = to_tones(density[rows], table)
            yield


def chosen_lines(
    edges: Indices, places: Floats, weights: Floats, width: int, height: int, most: float
) -> tuple[NDArray[np.bool_], Floats]:
    """Return which lines to draw, and how strong, so that about `most` pixels are.

    Of a tangle, lines that only pass through tell nothing and are left out; of the faint long ones some are drawn for
    all, as much stronger as they are fewer.
    """
    first, second = places[edges[:, 0]], places[edges[:, 1]]
    low, high = np.minimum(first, second), np.maximum(first, second)
    size = (float(width), float(height))
    shown = np.all(np.logical_and(high > 0.0, low < size), axis=1)
    extent = np.minimum(high, size) - np.maximum(low, 0.0)
    samples = np.where(shown, np.maximum(extent.max(axis=1), 1.0), 0.0)
    if samples.sum() <= most:
        return shown, weights
    begins, ends = (np.all(np.logical_and(place > 0.0, place < size), axis=1) for place in (first, second))
    shown = np.logical_and(shown, np.logical_or(begins, ends))
    samples = np.where(shown, samples, 0.0)
    share = min(1.0, most / max(1.0, float((samples * weights).sum())))
    kept = np.clip(weights * share, 1e-3, 1.0)
    if samples.sum() <= most:
        return shown, weights
    # An even and repeatable choice: multiples of the golden ratio fill the unit interval evenly.
    shown = np.logical_and(shown, (np.arange(len(edges)) * GOLDEN) % 1.0 < kept)
    return shown, np.sqrt(weights * np.minimum(weights / kept, 1.0 / share))


def _parts_of(ends: Floats) -> Iterator[slice]:
    """Cut lines into parts of about as many pixels as a slice of time can draw."""
    lengths = np.maximum(np.abs(ends[:, 2] - ends[:, 0]), np.abs(ends[:, 3] - ends[:, 1]))
    if not len(lengths):
        return
    borders = np.searchsorted(np.cumsum(lengths), np.arange(SAMPLES, lengths.sum() + SAMPLES, SAMPLES))
    first = 0
    for last in (*borders.tolist(), len(ends)):
        if last > first:
            yield slice(first, last)
            first = last


def _nodes(shot: Shot, near: Indices, places: Floats, radii: Floats, pixels: Bytes, width: int) -> Iterator[None]:
    """Stamp the nodes in classes of colour and size, the small ones first."""
    places = places[near]
    for tint, radius, chosen in look_alikes(shot.tints[near], radii[near]):
        sprite = stamped_sprite(radius, tint, shot.colours, shot.ratio)
        for first in range(0, len(chosen), STAMPS):
            part = chosen[first : first + STAMPS]
            stamp(pixels, width, sprite, places[part, 0], places[part, 1], True)
            yield


def look_alikes(tints: Indices, radii: Floats) -> Iterator[tuple[int, float, Indices]]:
    """Yield tint, radius and members of each class of nodes that look alike."""
    sizes = np.rint(np.log2(np.maximum(radii, 1.0)) * SIZES).astype(np.intp)
    keys = sizes * 64 + tints
    order = np.argsort(keys, kind="stable")
    kinds, starts = np.unique(keys[order], return_index=True)
    for key, members in zip(kinds.tolist(), np.split(order, starts[1:]), strict=True):
        yield key % 64, 2.0 ** (key // 64 / SIZES), members
