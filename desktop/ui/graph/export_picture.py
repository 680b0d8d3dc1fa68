"""A graph as a file: PNG as it looks, SVG with lines, shapes and words that other programs can change.

The SVG is written by hand: text stays text, every node carries its whole title as a tooltip, and nothing in it can run
or be fetched. Titles are strangers' text: control characters, which XML cannot hold, are left out, the rest is
escaped.
"""

import math
from dataclasses import replace
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape, quoteattr

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSaveFile
from PySide6.QtGui import QColor, QImage, QPainter

from desktop.core.errors import ExportRefused
from desktop.ui import theme
from desktop.ui.graph.camera import fitting
from desktop.ui.graph.colours import Shape, blend, shape_of
from desktop.ui.graph.drawing import LINE_WIDTH, screen_radii
from desktop.ui.graph.edge_style import batches, line_opacity, strengths
from desktop.ui.graph.label_plan import candidates
from desktop.ui.graph.labels import HALO, LabelStyle, shown_title
from desktop.ui.graph.look import Look
from desktop.ui.graph.painting import DIM, GraphPainter
from desktop.ui.graph.picture import Floats, Indices

LONG_EDGE: Final = 1_600.0  # px of a whole picture, before the scale
MARGIN: Final = 64.0
NEAREST: Final = 2.4
LONGEST: Final = 2_000  # characters of a title in a tooltip
STEPS: Final = 8  # of opacity of lines
_WEIGHTS: Final = {LabelStyle.HUB: 500, LabelStyle.STRONG: 600}


def _prepared(look: Look, shown: GraphPainter, whole: bool, scale: float) -> tuple[Look, GraphPainter]:
    """Return what goes into the file, and a painter of its own that has made everything ready."""
    look = replace(_whole(_still(look)) if whole else _still(look), ratio=scale)
    painter = GraphPainter(shown.colours, theme.ui_font(), scale)
    painter.set_tints(shown.tints)
    painter.finish(look)
    return look, painter


def _whole(look: Look) -> Look:
    """Return a look at the whole picture, in the shape that it has."""
    left, top, right, bottom = look.picture.bounds()
    shape = min(3.0, max(1 / 3, (right - left + 1.0) / (bottom - top + 1.0)))
    width, height = (LONG_EDGE, LONG_EDGE / shape) if shape > 1 else (LONG_EDGE * shape, LONG_EDGE)
    camera = fitting((left, top, right, bottom), width, height, MARGIN, NEAREST)
    return replace(look, camera=camera, width=float(round(width)), height=float(round(height)))


def _still(look: Look) -> Look:
    """Return a look without what belongs to the hand and the moment; a chain or a search's notes stay."""
    emphasis = None if look.hovered is not None else look.emphasis
    return replace(
        look,
        hovered=None,
        selected=None,
        emphasis=emphasis,
        dim=1.0 if emphasis is not None else 0.0,
        moving=False,
        travelling=False,
        births=None,
        without_label=None,
        covered=(),
    )


def write_png(path: Path, look: Look, shown: GraphPainter, scale: float, whole: bool) -> None:
    """Write a look as PNG, with so many pixels for each of the screen's."""
    look, painter_of = _prepared(look, shown, whole, scale)
    image = QImage(math.ceil(look.width * scale), math.ceil(look.height * scale), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    image.fill(painter_of.colours.ground)
    painter = QPainter(image)
    painter_of.paint(painter, look)
    painter.end()
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    buffer.close()
    _store(path, bytes(content.data()))


def write_svg(path: Path, look: Look, shown: GraphPainter, whole: bool) -> None:
    """Write a look as SVG."""
    look, painter_of = _prepared(look, shown, whole, 1.0)
    _store(path, svg_of(look, painter_of).encode("utf-8"))


def _store(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    file = QSaveFile(str(path))
    if not file.open(QIODevice.OpenModeFlag.WriteOnly) or file.write(content) < 0 or not file.commit():
        raise ExportRefused(f"{path} could not be written: {file.errorString()}")


def svg_of(look: Look, painter_of: GraphPainter) -> str:
    """Return a look as the text of an SVG file."""
    width, height, colours = look.width, look.height, painter_of.colours
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}" '
        f'viewBox="0 0 {width:.0f} {height:.0f}" font-family="Inter, Segoe UI, Helvetica, Arial, sans-serif">\n'
        f'<rect width="{width:.0f}" height="{height:.0f}" fill="{colours.ground.name()}"/>\n'
    ]
    places = (look.picture.positions - (look.camera.x, look.camera.y)) * look.camera.scale
    places += (width / 2.0, height / 2.0)
    radii = screen_radii(look.picture, look.camera.scale)
    parts += _lines(look, painter_of, places)
    parts += _nodes(look, painter_of, places, radii)
    parts += _labels(look, painter_of, places, radii)
    parts.append("</svg>\n")
    return "".join(parts)


def _back(look: Look) -> float:
    return 1.0 - DIM * look.dim


def _lines(look: Look, painter_of: GraphPainter, places: Floats) -> list[str]:
    """Write the lines, those of one colour and opacity as one path."""
    picture = look.picture
    if not len(picture.edges):
        return []
    opacity = line_opacity(len(picture.edges)) * _back(look)
    levels = np.ceil(strengths(picture) * STEPS).astype(np.intp)
    parts = ['<g fill="none" stroke-linecap="round">\n']
    for group in batches(picture, painter_of.tints, painter_of.colours):
        for level in np.unique(levels[group.edges]).tolist():
            chosen = group.edges[levels[group.edges] == level]
            way = _way(chosen[_crossing(look, places, picture.edges[chosen])], look, places)
            if way:
                parts.append(
                    f'<path stroke="{group.colour.name()}" stroke-opacity="{opacity * level / STEPS:.3f}" '
                    f'stroke-width="{LINE_WIDTH}" d="{way}"/>\n'
                )
    if look.emphasis is not None and len(look.emphasis.edges):
        thickness, colour = 2.4 if look.emphasis.is_path else 1.5, painter_of.colours.accent.name()
        way = _way(look.emphasis.edges, look, places)
        parts.append(f'<path stroke="{colour}" stroke-width="{thickness}" d="{way}"/>\n')
    return [*parts, "</g>\n"]


def _crossing(look: Look, places: Floats, pairs: Indices) -> NDArray[np.bool_]:
    """Tell which lines may be seen at all: not both ends on one side outside."""
    first, second = places[pairs[:, 0]], places[pairs[:, 1]]
    low, high = np.minimum(first, second), np.maximum(first, second)
    seen: NDArray[np.bool_] = (high[:, 0] > 0) & (high[:, 1] > 0) & (low[:, 0] < look.width) & (low[:, 1] < look.height)
    return seen


def _way(edges: Indices, look: Look, places: Floats) -> str:
    pairs = look.picture.edges[edges]
    ends = np.concatenate((places[pairs[:, 0]], places[pairs[:, 1]]), axis=1)
    return "".join(f"M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" for x1, y1, x2, y2 in ends.tolist())


def _nodes(look: Look, painter_of: GraphPainter, places: Floats, radii: Floats) -> list[str]:
    front = set(look.emphasis.nodes.tolist()) if look.emphasis is not None else set()
    colours, picture = painter_of.colours, look.picture
    x, y = places[:, 0], places[:, 1]
    seen = np.flatnonzero((x > -radii) & (y > -radii) & (x < look.width + radii) & (y < look.height + radii))
    parts = ["<g>\n"]
    for node in seen[np.argsort(radii[seen], kind="stable")].tolist():
        tint = int(painter_of.tints[node])
        opacity = "" if look.emphasis is None or node in front else f' opacity="{_back(look):.2f}"'
        shape = _shape(x[node], y[node], float(radii[node]), shape_of(tint), colours.tints[tint], colours.ground)
        title = escape(_clean(picture.titles[node][:LONGEST]))
        parts.append(f"<g{opacity}>{shape}<title>{title}</title></g>\n")
    if picture.open is not None:
        node = picture.open
        parts.append(
            f'<circle cx="{x[node]:.1f}" cy="{y[node]:.1f}" r="{max(3.0, radii[node]) + 2.6:.1f}" fill="none" '
            f'stroke="{colours.accent.name()}" stroke-width="2"/>\n'
        )
    return [*parts, "</g>\n"]


def _shape(x: float, y: float, radius: float, shape: Shape, colour: QColor, ground: QColor) -> str:
    rim = f'stroke="{ground.name()}" stroke-width="1.2"'
    if shape is Shape.HOLLOW:
        fill = blend(colour, ground, 0.1).name()
        stroke = min(1.5, radius * 0.6)
        return (
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius - stroke / 2:.1f}" fill="{fill}" '
            f'stroke="{colour.name()}" stroke-width="{stroke:.1f}"/>'
        )
    if shape is Shape.DIAMOND:
        reach = radius * 1.08
        way = f"M{x:.1f} {y - reach:.1f}L{x + reach:.1f} {y:.1f}L{x:.1f} {y + reach:.1f}L{x - reach:.1f} {y:.1f}Z"
        return f'<path d="{way}" fill="{colour.name()}" {rim}/>'
    if shape is Shape.SQUARE:
        half = radius * 0.84
        return (
            f'<rect x="{x - half:.1f}" y="{y - half:.1f}" width="{2 * half:.1f}" height="{2 * half:.1f}" '
            f'rx="{half * 0.4:.1f}" fill="{colour.name()}" {rim}/>'
        )
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{colour.name()}" {rim}/>'


def _labels(look: Look, painter_of: GraphPainter, places: Floats, radii: Floats) -> list[str]:
    """Write the names that the plan shows, with a halo below the letters."""
    front = set(look.emphasis.nodes.tolist()) if look.emphasis is not None else set()
    colours, sprites, titles = painter_of.colours, painter_of.names.labels, look.picture.titles
    texts: list[str] = []
    for node, placed in painter_of.names.shown.placed.items():
        metrics = sprites.metrics(placed.style)
        x, y = places[node].tolist()
        rect = candidates(x, y, float(radii[node]), *sprites.size(titles[node], placed.style))[placed.side]
        left, top, wide, high = rect
        if left + wide < 0.0 or left > look.width or top + high < 0.0 or top > look.height:
            continue
        opacity = "" if look.emphasis is None or node in front else f' opacity="{_back(look):.2f}"'
        size, weight = sprites.font(placed.style).pixelSize(), _WEIGHTS.get(placed.style, 400)
        for row, line in enumerate(sprites.lines(titles[node], placed.style)):
            base = top + HALO + row * metrics.height() + metrics.ascent()
            where = f"x={quoteattr(f'{left + wide / 2.0:.1f}')} y={quoteattr(f'{base:.1f}')}"
            texts.append(
                f'<text {where} font-size="{size}" font-weight="{weight}"{opacity}>{escape(_clean(line))}</text>\n'
            )
    # The halo is text of its own: not every program paints the outline of letters below them.
    ground = colours.ground.name()
    return [
        f'<g text-anchor="middle" stroke="{ground}" stroke-width="4" stroke-linejoin="round" fill="{ground}" '
        'aria-hidden="true">\n',
        *texts,
        f'</g>\n<g text-anchor="middle" fill="{colours.label.name()}">\n',
        *texts,
        "</g>\n",
    ]


def _clean(text: str) -> str:
    """Return text that XML can hold."""
    return "".join(letter for letter in shown_title(text) if ord(letter) not in (0xFFFE, 0xFFFF))
