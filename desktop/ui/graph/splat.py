"""Many lines and discs into an image by array arithmetic.

Qt's raster engine needs 0.1 to 0.2 ms for one long antialiased line: a graph of 44,000 links would take seconds. Here
lines are **splatted**: every line is sampled once per pixel along its longer axis and each sample is shared between
the two nearest pixels of the other axis (Wu, "An efficient antialiasing technique", 1991), for thousands of lines at
once. The sums are a **density**, which a table turns into colour: one link is faint, a bundle is strong, and nothing
ever becomes a black clot. Discs are **stamped**: a small sprite, painted once by Qt, is laid over all its places.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

Floats = NDArray[np.float64]
Density = NDArray[np.float32]
Bytes = NDArray[np.uint8]

TONES: Final = 1024
TONES_PER_LINE: Final = 24


def clip_lines(ends: Floats, width: int, height: int) -> Floats:
    """Return the lines (rows x1, y1, x2, y2) cut to an image; those outside it are left out (Liang and Barsky)."""
    start, step = ends[:, :2], ends[:, 2:] - ends[:, :2]
    enter, leave = np.zeros(len(ends)), np.ones(len(ends))
    for axis, size in ((0, width), (1, height)):
        speed = step[:, axis]
        still = np.abs(speed) < 1e-9
        safe = np.where(still, 1.0, speed)
        to_low, to_high = (1.0 - start[:, axis]) / safe, (size - 2.0 - start[:, axis]) / safe
        first, last = np.minimum(to_low, to_high), np.maximum(to_low, to_high)
        outside = still & ((start[:, axis] < 1.0) | (start[:, axis] > size - 2.0))
        enter = np.where(still, enter, np.maximum(enter, first))
        leave = np.where(outside, -1.0, np.where(still, leave, np.minimum(leave, last)))
    seen = enter < leave
    start, step, enter, leave = start[seen], step[seen], enter[seen, np.newaxis], leave[seen, np.newaxis]
    return np.concatenate((start + step * enter, start + step * leave), axis=1)


def splat_lines(density: Density, ends: Floats, width: int, thick: bool) -> None:
    """Add lines that lie inside the image to its density (flat, rows of `width`); `thick` is for HiDPI screens."""
    dx, dy = ends[:, 2] - ends[:, 0], ends[:, 3] - ends[:, 1]
    steep = np.abs(dy) > np.abs(dx)
    major = np.where(steep, dy, dx)
    turned = major < 0
    first_x, first_y = np.where(turned, ends[:, 2], ends[:, 0]), np.where(turned, ends[:, 3], ends[:, 1])
    length = np.abs(major)
    count = np.maximum(np.rint(length), 1).astype(np.intp)
    slope = np.where(steep, dx, dy) / np.where(length < 1e-9, 1.0, major)
    from_major = np.where(steep, first_y, first_x)
    from_minor = np.where(steep, first_x, first_y)
    line = np.repeat(np.arange(len(ends)), count)
    along = np.arange(len(line)) - np.repeat(np.cumsum(count) - count, count)
    minor = from_minor[line] + slope[line] * along
    floor = minor.astype(np.intp)
    share = (minor - floor).astype(np.float32)  # as the density: ufunc.at is slow where it has to convert
    tilted = steep[line]
    place = from_major[line].astype(np.intp) + along
    first = np.where(tilted, place * width + floor, floor * width + place)
    across = np.where(tilted, 1, width)
    parts = [(first + across, share), (first - across if thick else first, 1.0 - share)]
    if thick:
        parts.append((first, np.ones_like(share)))
    for where, weight in parts:
        np.add.at(density, np.clip(where, 0, len(density) - 1), weight)


def tone_table(colour: QColor, one_line: float, most: float = 0.85) -> NDArray[np.uint32]:
    """Return premultiplied ARGB by density: the more lines, the nearer to `most` opacity, never past it."""
    lines = np.arange(TONES) / TONES_PER_LINE
    opacity = most * (1.0 - (1.0 - one_line / most) ** lines)
    table = np.zeros(TONES, dtype=np.uint32)
    for part in (1.0, *_parts(colour)):
        table = (table << np.uint32(8)) | (opacity * part * 255.0 + 0.5).astype(np.uint32)
    return table


def _parts(colour: QColor) -> tuple[float, float, float]:
    return colour.redF(), colour.greenF(), colour.blueF()


def to_tones(density: Density, table: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Return the colours of a density."""
    return table[np.minimum(density * TONES_PER_LINE, TONES - 1).astype(np.intp)]


def stamp(pixels: Bytes, width: int, sprite: Bytes, x: Floats, y: Floats, smooth: bool) -> None:
    """Lay a premultiplied sprite (side, side, 4) centred over places in an image (rows of `width`, 4 bytes each).

    `smooth` blends the sprite's rim with what lies below, at ten times the cost.
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
    whole[corner[:, np.newaxis] + offsets[inner]] = flat[inner].view(np.uint32).reshape(-1)
