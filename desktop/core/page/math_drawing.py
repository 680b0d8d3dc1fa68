"""TeX set by mathra, and the few shapes it is made of written out anew.

mathra draws with STIX Two Math, which has Cyrillic, in half a millisecond; it reads no file, knows no address, forgets
a formula's macros with the formula, and stops at 64 levels and at a number of macro calls. Whatever it would have to
guess or leave out comes with a warning, and then the source says more than the picture.

Its SVG also carries speech, metadata, a style sheet and a layer of text. A page needs the shapes alone, so only those
named here are written out again, glyphs in their place: nothing a note says gets into an SVG but numbers and colours.
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from xml.etree import ElementTree

import mathra

_INK = "currentColor"
EM = 1_000.0  # units of the drawing
_SVG = "{http://www.w3.org/2000/svg}"
_EDGE = 0.04  # em around the ink, so that no edge is cut by a pixel's rounding
_COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}|[a-zA-Z]{1,30}")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_OUTLINE = re.compile(r"[MLCQZ\d\s.-]*")
_PLACED = re.compile(r"translate\((\S+) (\S+)\) scale\((\S+)\)")
_SPACED_NAME = re.compile(r"\\operatorname(\*?)\{([^{}]*(?:\\[,:; ]|~)[^{}]*)\}")
_NAME_SPACE = re.compile(r"\\[,:; ]|~")
_LONG_ARROW = re.compile(r"\\(implies|impliedby|iff)(?![a-zA-Z])")
_LONG_ARROWS = {"implies": "Longrightarrow", "impliedby": "Longleftarrow", "iff": "Longleftrightarrow"}
_RULED = re.compile(r"\{(?:array|tabular|darray|subarray)\}[^\n]{0,200}?\|")
_AXIS = 258.0  # the height of a fraction's bar in STIX Two Math
_RULE = 40.0  # the thickness of a rule in an array
_OUTSIDE = 250.0  # what mathra leaves outside an array's outer rules
_Shape = ElementTree.Element


@dataclass(frozen=True, slots=True)
class Drawing:
    """A formula's shapes, and the box around them in em; y counts down from the baseline."""

    shapes: str
    left: float
    top: float
    width: float
    height: float

    def centred(self, middle: float) -> "Drawing":
        """Return it with the box grown up or down until its middle is at that height."""
        half = max(middle - self.top, self.top + self.height - middle)
        return replace(self, top=middle - half, height=2 * half)

    def svg(self, width: float, height: float, colour: str) -> str:
        """Return a whole SVG of that size in pixels."""
        box = " ".join(f"{side * EM:.2f}" for side in (self.left, self.top, self.width, self.height))
        ink = colour if _COLOUR.fullmatch(colour) else "black"
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" width="{width:.3f}" height="{height:.3f}">'
            f'<g fill="{ink}" stroke="none" transform="scale(1,-1)">{self.shapes.replace(_INK, ink)}</g></svg>'
        )


@dataclass(slots=True)
class _Box:
    """The room that shapes take; here y counts up."""

    left: float
    bottom: float
    right: float
    top: float

    def take_in(self, left: float, bottom: float, right: float, top: float) -> None:
        self.left, self.bottom = min(self.left, left), min(self.bottom, bottom)
        self.right, self.top = max(self.right, right), max(self.top, top)


class _UnknownShape(ValueError):
    """mathra drew something that is not known here."""


class _NoPanics:
    """Ends what it is around without a word when Rust panics.

    The class of a panic is no Exception and stands in no module; mathra 1.5.0 has one in broken \\chemfig.
    """

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> bool:
        return kind is not None and kind.__name__ == "PanicException"


def typeset(source: str, block: bool) -> Drawing | None:
    """Return a formula's drawing, None where it cannot be read."""
    try:
        with _NoPanics():
            made = mathra.render(_as_tex(source), display=block)
            return None if made["warnings"] else _written_out(made["svg"], _RULED.search(source) is not None)
    except (ValueError, KeyError, ElementTree.ParseError):  # a surrogate half is a ValueError too
        return None
    return None


def _as_tex(source: str) -> str:
    """Return the source with what mathra sets otherwise than TeX put in words that it sets alike."""
    source = _LONG_ARROW.sub(lambda found: rf"\;\{_LONG_ARROWS[found[1]]}\;", source)
    return _SPACED_NAME.sub(_operator, source)


def _operator(found: re.Match[str]) -> str:
    """Return an operator of several words: mathra leaves out the spaces in its name."""
    if found[1]:
        return rf"\mathop{{\mathrm{{{found[2]}}}}}"
    words = (word for word in _NAME_SPACE.split(found[2]) if word)
    return "".join(rf"\operatorname{{{word}}}" for word in words)


def _written_out(svg: str, ruled: bool) -> Drawing:
    """Return the drawing with the glyphs in their places; `ruled`: it may hold an array with upright rules."""
    root = ElementTree.fromstring(svg)
    left, top, width, height = (float(part) for part in root.attrib["viewBox"].split())
    glyphs = {path.attrib["id"]: path.attrib["d"] for path in root.iterfind(f"{_SVG}defs/{_SVG}path")}
    body = root.find(f"{_SVG}g")
    if body is None:
        raise _UnknownShape
    box = _Box(left, -top - height, left + width, -top)
    shapes = list(body)
    written = [_shape(shape, glyphs, box) for shape in (_with_right_rules(shapes) if ruled else shapes)]
    edge = _EDGE * EM
    sides = (box.left - edge, -box.top - edge, box.right - box.left + 2 * edge, box.top - box.bottom + 2 * edge)
    return Drawing("".join(written), *(side / EM for side in sides))


def _shape(shape: _Shape, glyphs: dict[str, str], box: _Box) -> str:
    kind = shape.tag.removeprefix(_SVG)
    if kind == "use":
        return _glyph(shape, glyphs[shape.attrib["href"].removeprefix("#")], box)
    names = {
        "rect": ("x", "y", "width", "height"),
        "line": ("x1", "y1", "x2", "y2"),
        "ellipse": ("cx", "cy", "rx", "ry"),
    }
    if kind not in names:
        raise _UnknownShape
    first, second, third, fourth = numbers = [float(shape.attrib[name]) for name in names[kind]]
    if kind == "rect":
        box.take_in(first, second, first + third, second + fourth)
    elif kind == "line":
        box.take_in(min(first, third), min(second, fourth), max(first, third), max(second, fourth))
    else:
        box.take_in(first - third, second - fourth, first + third, second + fourth)
    written = "".join(f' {name}="{number:.2f}"' for name, number in zip(names[kind], numbers, strict=True))
    if "stroke" in shape.attrib:
        written += f' stroke-width="{float(shape.attrib["stroke-width"]):.2f}"'
    if shape.attrib.get("stroke-linecap") == "round":
        written += ' stroke-linecap="round"'
    return f"<{kind}{written}{_colours(shape)}/>"


def _glyph(use: _Shape, outline: str, box: _Box) -> str:
    x, y, scale = float(use.attrib.get("x", 0)), float(use.attrib.get("y", 0)), 1.0
    if "transform" in use.attrib:
        placed = _PLACED.fullmatch(use.attrib["transform"])
        if placed is None:
            raise _UnknownShape
        x, y, scale = float(placed[1]), float(placed[2]), float(placed[3])
    if not outline:
        return ""
    left, bottom, right, top = _extent(outline)
    box.take_in(x + left * scale, y + bottom * scale, x + right * scale, y + top * scale)
    placing = f"translate({x:.2f} {y:.2f})" + (f" scale({scale:.3f})" if scale != 1 else "")
    return f'<path transform="{placing}" d="{outline}"{_colours(use)}/>'


@lru_cache(maxsize=1_000)
def _extent(outline: str) -> tuple[float, float, float, float]:
    """Return the left, bottom, right and top of a glyph's outline, which is absolute and curved little."""
    if not _OUTLINE.fullmatch(outline):
        raise _UnknownShape
    numbers = [float(number) for number in _NUMBER.findall(outline)]
    across, along = numbers[::2], numbers[1::2]
    return min(across), min(along), max(across), max(along)


def _colours(shape: _Shape) -> str:
    """Return the colours a formula gives itself, where they are nothing but colours."""
    written = ""
    for name in ("fill", "stroke"):
        colour = shape.attrib.get(name, "")
        if _COLOUR.fullmatch(colour):
            written += f' {name}="{colour}"'
    return written


# WORKAROUND(mathra 1.5.0): the upright rules of an array stand, row by row, at -(2 * rows above + row) from the
# array's baseline instead of one below the other from its top; only their heights are right. Level rules run past
# the outer upright ones, where TeX joins them.


def _with_right_rules(shapes: list[_Shape]) -> list[_Shape]:
    """Return the shapes with the rules of an array's rows joined to one, from its top to its bottom."""
    right: list[_Shape] = []
    rows: list[_Shape] = []  # one column's rules
    columns: list[_Shape] = []  # one array's
    for index, shape in enumerate(shapes):
        if not _is_rule(shape, upright=True) or _is_box_side(shape, shapes[max(0, index - 3) : index]):
            if columns and _is_rule(shape, upright=False):
                right.append(_between(shape, columns))
            else:
                right.append(shape)
                columns = []
            continue
        rows.append(shape)
        following = shapes[index + 1] if index + 1 < len(shapes) else None
        if following is None or not _is_rule(following, upright=True) or following.attrib["x"] != shape.attrib["x"]:
            columns.append(_joined(rows))
            right.append(columns[-1])
            rows = []
    return right


def _is_rule(shape: _Shape, upright: bool) -> bool:
    if shape.tag != f"{_SVG}rect" or "fill" in shape.attrib:
        return False
    thickness, length = float(shape.attrib["width"]), float(shape.attrib["height"])
    if not upright:
        thickness, length = length, thickness
    return length > 5 * thickness and any(abs(thickness - _RULE * scale) < 0.05 for scale in (1, 0.7, 0.55))


def _is_box_side(shape: _Shape, before: list[_Shape]) -> bool:
    """Tell whether an upright rule stands on the lower side of a frame, which comes just before it."""
    return any(_is_rule(other, upright=False) and other.attrib["y"] == shape.attrib["y"] for other in before)


def _joined(rows: list[_Shape]) -> _Shape:
    """Return the one rule that a column's rules in all rows make."""
    x, width = rows[0].attrib["x"], float(rows[0].attrib["width"])
    heights = [float(rule.attrib["height"]) for rule in rows]
    baseline = float(rows[0].attrib["y"]) + heights[0]
    above = 0.0
    for rule, height in zip(rows, heights, strict=True):
        if abs(float(rule.attrib["y"]) - (baseline - 2 * above - height)) > 0.5:
            raise _UnknownShape  # a row without the rule is above this one: nobody knows how high it is
        above += height
    bottom = baseline + _AXIS * width / _RULE - above / 2
    place = {"x": x, "y": f"{bottom:.3f}", "width": f"{width}", "height": f"{above:.3f}"}
    return ElementTree.Element(f"{_SVG}rect", place)


def _between(level: _Shape, columns: list[_Shape]) -> _Shape:
    """Return a level rule that ends where the array's outer upright rules stand."""
    left, right = float(level.attrib["x"]), float(level.attrib["x"]) + float(level.attrib["width"])
    first, last = (float(column.attrib["x"]) for column in (columns[0], columns[-1]))
    thickness = float(level.attrib["height"])
    gap = _OUTSIDE * thickness / _RULE + 1
    left = first if 0 <= first - left < gap else left
    right = last + thickness if 0 <= right - last - thickness < gap else right
    place = {**level.attrib, "x": f"{left:.3f}", "width": f"{right - left:.3f}"}
    return ElementTree.Element(level.tag, place)
