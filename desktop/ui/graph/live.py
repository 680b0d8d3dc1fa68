"""Drawing a picture in motion: an image for each frame, as plain as nobody sees while everything moves.

A **live canvas** wipes only what the last frame touched. Since below its lines there is nothing but ground, the colour
of a pixel follows from how many lines cross it, and from the last of them: one look into a table.
"""

import math
from typing import Final

import numpy as np
from PySide6.QtGui import QImage

from desktop.ui.graph.colours import GraphColours
from desktop.ui.graph.drawing import LINE_WIDTH, Sheet, Shot, chosen_lines, look_alikes, places_in, screen_radii
from desktop.ui.graph.edge_style import batches, line_opacity, strengths
from desktop.ui.graph.picture import Floats, Indices, Picture
from desktop.ui.graph.shapes import stamped_sprite
from desktop.ui.graph.splat import (
    TONES,
    Density,
    Pixels,
    clip_lines,
    lay_tones,
    splat_lines,
    stamp,
    tone_table,
    trace_lines,
)

LIVE_SAMPLES: Final = 70_000.0  # pixels of lines in one frame of a picture in motion
LIVE_EDGES: Final = 5_000  # looked at for such a frame
MOST_LIVE: Final = 0.35  # opacity of a line that stands for many in motion
FILLING: Final = 8  # times as quick as going to single pixels
THIN: Final = 1.5  # pixels to a widget's pixel, up to which a line is no wider than two pixels


class LiveCanvas:
    """An image that is drawn on again and again, wiped only where it was touched."""

    def __init__(self) -> None:
        self._pixels: Pixels = np.zeros(0, dtype=np.uint32)
        self._density: Density = np.zeros(0, dtype=np.float32)
        self._touched: list[Indices] = []
        self._made_for: tuple[int, int, int] = (0, 0, 0)
        self._toned: tuple[Picture, Indices, GraphColours] | None = None
        self._table: Pixels = np.zeros(0, dtype=np.uint32)
        self._first_tones: Indices = np.zeros(0, dtype=np.intp)  # of each edge's colour in the table

    def render(self, shot: Shot, with_nodes: bool) -> Sheet:
        """Return the image of this moment; the next call draws on it again."""
        width, height = math.ceil(shot.width * shot.ratio), math.ceil(shot.height * shot.ratio)
        self._wipe(width, height, shot.colours.ground.rgb())
        places = places_in(shot, width, height)
        self._draw_edges(shot, places, width, height)
        if with_nodes:
            radii = screen_radii(shot.picture, shot.camera.scale) * shot.ratio
            as_bytes = self._pixels.view(np.uint8).reshape(-1, 4)
            for tint, radius, chosen in look_alikes(shot.tints, radii):
                sprite = stamped_sprite(radius, tint, shot.colours, shot.ratio)
                x, y = places[chosen, 0], places[chosen, 1]
                self._touched.append(stamp(as_bytes, width, sprite, x, y, False))
        image = QImage(self._pixels.data, width, height, width * 4, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(shot.ratio)
        return Sheet(image, None, shot.camera, (shot.width, shot.height), 0.0, None, with_nodes, True)

    def _wipe(self, width: int, height: int, ground: int) -> None:
        if self._made_for != (width, height, ground):
            self._pixels = np.full(width * height, ground, dtype=np.uint32)
            self._density = np.zeros(width * height, dtype=np.float32)
            self._made_for = (width, height, ground)
        elif FILLING * sum(len(where) for where in self._touched) > len(self._pixels):
            self._pixels.fill(ground)
        else:
            for where in self._touched:
                self._pixels[where] = ground
        self._touched = []

    def _take_tones(self, shot: Shot) -> None:
        """Find the lines' colours, which are the same from frame to frame."""
        toned, made_for = self._toned, (shot.picture, shot.tints, shot.colours)
        if toned is not None and all(old is new for old, new in zip(toned, made_for, strict=True)):
            return
        edges = shot.picture.edges
        groups = batches(shot.picture, shot.tints, shot.colours)
        opacity = line_opacity(len(edges))
        self._table = np.concatenate([tone_table(group.colour, opacity, shot.colours.ground) for group in groups])
        self._first_tones = np.zeros(len(edges), dtype=np.intp)
        for number, group in enumerate(groups):
            self._first_tones[group.edges] = number * TONES
        self._toned = made_for

    def _draw_edges(self, shot: Shot, places: Floats, width: int, height: int) -> None:
        edges = shot.picture.edges
        if not len(edges):
            return
        self._take_tones(shot)
        every = np.arange(0, len(edges), math.ceil(len(edges) / LIVE_EDGES))
        shown, weights = chosen_lines(
            edges[every], places, strengths(shot.picture, every), width, height, LIVE_SAMPLES
        )
        weights = np.minimum(weights * (len(edges) / len(every)), MOST_LIVE / line_opacity(len(edges)))[shown]
        chosen = every[shown]
        pairs = edges[chosen]
        ends = np.concatenate((places[pairs[:, 0]], places[pairs[:, 1]]), axis=1)
        ends, seen = clip_lines(ends, width, height)
        if not len(ends):
            return
        marks, weights = self._first_tones[chosen[seen]], weights[seen]
        thickness = LINE_WIDTH * shot.ratio if len(self._table) > TONES else 0.0
        if thickness and shot.ratio > THIN:
            touched, lines = splat_lines(self._density, ends, weights, width, thickness)
            rounds = [(where, marks[lines]) for where in touched]
        else:
            rounds = trace_lines(self._density, ends, weights, width, thickness or 1.0, marks)
        lay_tones(self._pixels, self._density, rounds, self._table)
        self._touched += [where for where, _mark in rounds]
