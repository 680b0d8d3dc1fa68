"""Many lines and discs into an image by array arithmetic.

Qt's raster engine needs 0.1 to 0.2 ms for one long antialiased line: a graph of 44,000 links would take seconds. Here
lines are **splatted**: every line is sampled once per pixel along its longer axis, and each sample is shared between
the pixels across it by how much of them the line covers (after Wu, "An efficient antialiasing technique", 1991), for
thousands of lines at once. The sums are a **density**, which becomes opacity: one link is faint, a bundle is strong,
and nothing ever becomes a black clot. Discs are **stamped**: a small sprite, painted once by Qt, is laid over all its
places.
"""

import math
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]
Density = NDArray[np.float32]
Bytes = NDArray[np.uint8]
Pixels = NDArray[np.uint32]

TONES: Final = 1024
TONES_PER_LINE: Final = 32
MOST_OPAQUE: Final = 0.85
STEEPEST: Final = math.sqrt(2.0)  # a line at 45 degrees is so much wider along an axis than across itself


def clip_lines(ends: Floats, width: int, height: int) -> tuple[Floats, NDArray[np.bool_]]:
    """Return the lines (rows x1, y1, x2, y2) that an image sees, cut to it, and which those are (Liang and Barsky)."""
    start, step = ends[:, :2], ends[:, 2:] - ends[:, :2]
    enter, leave = np.zeros(len(ends)), np.ones(len(ends))
    for axis, size in ((0, width), (1, height)):
        speed = step[:, axis]
        still = np.abs(speed) < 1e-9
        safe = np.where(still, 1.0, speed)
        to_low, to_high = (2.0 - start[:, axis]) / safe, (size - 4.0 - start[:, axis]) / safe
        first, last = np.minimum(to_low, to_high), np.maximum(to_low, to_high)
        outside = still & ((start[:, axis] < 2.0) | (start[:, axis] > size - 4.0))
        enter = np.where(still, enter, np.maximum(enter, first))
        leave = np.where(outside, -1.0, np.where(still, leave, np.minimum(leave, last)))
    seen = enter < leave
    start, step, enter, leave = start[seen], step[seen], enter[seen, np.newaxis], leave[seen, np.newaxis]
    return np.concatenate((start + step * enter, start + step * leave), axis=1), seen


def splat_lines(
    density: Density, ends: Floats, weights: Floats, width: int, thickness: float
) -> tuple[list[Indices], Indices]:
    """Add lines inside the image to its density (flat, rows of `width`).

    Return the pixels that were touched, in several rounds, and which line touched each one of a round.

    A thickness of 0 means the quickest line that is smooth: one pixel wide.
    """
    dx, dy = ends[:, 2] - ends[:, 0], ends[:, 3] - ends[:, 1]
    steep = np.abs(dy) > np.abs(dx)
    major = np.where(steep, dy, dx)
    turned = major < 0
    first_x, first_y = np.where(turned, ends[:, 2], ends[:, 0]), np.where(turned, ends[:, 3], ends[:, 1])
    length = np.abs(major)
    count = np.maximum(np.rint(length), 1).astype(np.intp)
    slope = np.where(steep, dx, dy) / np.where(length < 1e-9, 1.0, major)
    line = np.repeat(np.arange(len(ends)), count)
    along = np.arange(len(line)) - np.repeat(np.cumsum(count) - count, count)
    minor = np.where(steep, first_x, first_y)[line] + slope[line] * along
    tilted = steep[line]
    place = np.where(steep, first_y, first_x)[line].astype(np.intp) + along
    across = np.where(tilted, 1, width)
    weight = weights[line].astype(np.float32)  # as the density: ufunc.at is slow where it has to convert
    if not thickness:
        floor = minor.astype(np.intp)
        share = (minor - floor).astype(np.float32)
        first = np.where(tilted, place * width + floor, floor * width + place)
        parts = [(first, (1.0 - share) * weight), (first + across, share * weight)]
    else:
        half = (thickness / 2.0 * np.sqrt(1.0 + slope * slope))[line]
        floor = np.floor(minor - half).astype(np.intp)
        low, high = minor - half - floor, minor + half - floor
        first = np.where(tilted, place * width + floor, floor * width + place)
        parts = []
        for tap in range(math.ceil(thickness * STEEPEST) + 1):
            cover = np.minimum(high, tap + 1.0) - np.maximum(low, float(tap))
            parts.append((first + across * tap, np.clip(cover, 0.0, 1.0).astype(np.float32) * weight))
    touched = []
    for where, amount in parts:
        inside = np.clip(where, 0, len(density) - 1)
        np.add.at(density, inside, amount)
        touched.append(inside)
    return touched, line


def trace_lines(
    density: Density, ends: Floats, weights: Floats, width: int, thickness: float, marks: Indices
) -> list[tuple[Indices, Indices]]:
    """Add lines inside the image to its density, two pixels across, and quicker than `splat_lines`.

    A line that is a little wider than a pixel is so much stronger. Return rounds: pixels, and for each its line's mark.
    """
    dx, dy = ends[:, 2] - ends[:, 0], ends[:, 3] - ends[:, 1]
    steep = np.abs(dy) > np.abs(dx)
    shift = 0.5 if thickness > 1.0 else 0.0  # wide lines cover pixels, the quickest ones lie between their middles
    rounds: list[tuple[Indices, Indices]] = []
    for axis, members in ((0, np.flatnonzero(~steep)), (1, np.flatnonzero(steep))):
        if not len(members):
            continue
        some, way = ends[members], (dx, dy)[axis][members]
        turned = way < 0
        along = np.where(turned, some[:, 2 + axis], some[:, axis])
        across = np.where(turned, some[:, 3 - axis], some[:, 1 - axis]) - shift
        slope = (dy, dx)[axis][members] / np.where(np.abs(way) < 1e-9, 1.0, way)
        count = np.maximum(np.rint(np.abs(way)), 1).astype(np.intp)
        first = np.cumsum(count) - count
        where = np.arange(int(count.sum()))
        # Repeating what is the same along a line is some times as quick as looking it up for each pixel.
        minor = np.repeat(slope, count)
        minor *= where
        minor += np.repeat(across - slope * first, count)
        floor = minor.astype(np.intp)
        minor -= floor
        begin = np.repeat(along.astype(np.intp) - first, count)
        where += begin
        (where if axis else floor)[:] *= width
        where += floor
        strength = weights[members]
        if thickness > 1.0:
            strength = strength * (thickness * np.sqrt(1.0 + slope * slope))
        amount = np.repeat(strength.astype(np.float32), count)
        further = minor.astype(np.float32)
        further *= amount
        amount -= further
        mark = np.repeat(marks[members], count)
        for pixels, more in ((where, amount), (where + (1 if axis else width), further)):
            np.add.at(density, pixels, more)
            rounds.append((pixels, mark))
    return rounds


def lay_tones(pixels: Pixels, density: Density, rounds: list[tuple[Indices, Indices]], table: Pixels) -> None:
    """Colour what lines touched on an image of nothing but ground, and clear their density.

    `table` holds `tone_table`s one after another; a line's mark says where its own begins.
    """
    for where, mark in rounds:
        levels = density[where]
        levels *= TONES_PER_LINE
        np.minimum(levels, TONES - 1, out=levels)
        tones = levels.astype(np.intp)
        tones += mark
        pixels[where] = table.take(tones, mode="clip")
    for where, _mark in rounds:
        density[where] = 0.0


def tone_table(colour: QColor, one_line: float, ground: QColor) -> Pixels:
    """Return opaque RGB by density: the more lines, the nearer to the colour, never past `MOST_OPAQUE`."""
    opacity = _opacities(one_line)
    table = np.full(TONES, 255, dtype=np.uint32)
    for front, back in zip(_parts(colour), _parts(ground), strict=True):
        mixed = opacity * front + (1.0 - opacity) * back
        table = (table << np.uint32(8)) | (mixed * 255.0 + 0.5).astype(np.uint32)
    return table


def _opacities(one_line: float) -> Floats:
    lines = np.arange(TONES) / TONES_PER_LINE
    opacities: Floats = MOST_OPAQUE * (1.0 - (1.0 - min(one_line, 0.84) / MOST_OPAQUE) ** lines)
    return opacities


def _parts(colour: QColor) -> tuple[float, float, float]:
    return colour.redF(), colour.greenF(), colour.blueF()


def _levels(density: Density) -> Indices:
    return np.minimum(density * TONES_PER_LINE, TONES - 1).astype(np.intp)


def to_tones(density: Density, table: Pixels) -> Pixels:
    """Return the colours of a density."""
    return table[_levels(density)]


def over_table(colour: QColor, one_line: float) -> NDArray[np.uint32]:
    """Return what lines of a colour lay over an image, by density: two channels in one number, as engines do it.

    The rows are red with blue, alpha with green (premultiplied), and what is left of the image below, in 256ths.
    """
    return _over_table(colour.rgb(), round(one_line, 3))


@lru_cache(maxsize=64)
def _over_table(rgb: int, one_line: float) -> NDArray[np.uint32]:
    opacity = (_opacities(one_line) * 255.0 + 0.5).astype(np.uint32)
    red, green, blue = (np.uint32(rgb >> shift & 255) for shift in (16, 8, 0))
    whole, half = np.uint32(255), np.uint32(16)
    even = ((opacity * red // whole) << half) | (opacity * blue // whole)
    odd = (opacity << half) | (opacity * green // whole)
    return np.stack((even, odd, np.uint32(256) - opacity))


def lay_over(
    pixels: Pixels, density: Density, touched: list[Indices], tables: NDArray[np.uint32], offsets: Indices | None
) -> None:
    """Lay lines over an image (premultiplied) where they touched it, and clear their density.

    `tables` is an `over_table`, or several side by side; then `offsets` says for each touch of a round where its
    line's table begins.
    """
    where = np.concatenate(touched)
    levels = _levels(density[where])
    density[where] = 0.0
    seen = np.flatnonzero(levels)
    where, levels = where[seen], levels[seen]
    if offsets is not None:
        levels = levels + np.tile(offsets, len(touched))[seen]
    mask, eight = np.uint32(0x00FF00FF), np.uint32(8)
    back, left = pixels[where], tables[2][levels]
    even = (((back & mask) * left) >> eight) & mask
    odd = (((back >> eight) & mask) * left >> eight) & mask
    pixels[where] = (tables[0][levels] + even) | ((tables[1][levels] + odd) << eight)


def stamp(pixels: Bytes, width: int, sprite: Bytes, x: Floats, y: Floats, smooth: bool) -> Indices:
    """Lay a premultiplied sprite (side, side, 4) centred over places in an image (rows of `width`, 4 bytes each).

    `smooth` blends the sprite's rim with what lies below, at ten times the cost. Returns the pixels it touched, where
    it is not smooth.
    """
    side = sprite.shape[0]
    height = len(pixels) // width
    left, top = np.rint(x - side / 2.0).astype(np.intp), np.rint(y - side / 2.0).astype(np.intp)
    seen = (left >= 0) & (top >= 0) & (left < width - side) & (top < height - side)
    corner = top[seen] * width + left[seen]
    flat = sprite.reshape(-1, 4)
    offsets = np.arange(len(flat)) // side * width + np.arange(len(flat)) % side
    inner = flat[:, 3] == 255 if smooth else flat[:, 3] >= 128
    if smooth:
        rim = (flat[:, 3] > 0) & ~inner
        # Where two rims overlap, the later one wins: nobody sees it, and all discs are laid down at once.
        where = corner[:, np.newaxis] + offsets[rim]
        share = 255 - flat[rim, 3].astype(np.uint16)
        pixels[where] = flat[rim] + (pixels[where] * share[:, np.newaxis] // 255).astype(np.uint8)
    whole = pixels.view(np.uint32).reshape(-1)
    touched: Indices = corner[:, np.newaxis] + offsets[inner]
    whole[touched] = flat[inner].view(np.uint32).reshape(-1)
    return touched.reshape(-1)
