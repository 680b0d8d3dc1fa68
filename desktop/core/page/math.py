"""Formulas as pictures: TeX to SVG, with a guard.

A picture is padded so that its middle lies where QTextDocument puts the middle of an image on a line: then a formula
stands on the baseline of the words around it. What cannot be read, or comes out taller than twelve lines, stays source
text. The typesetting itself is in `math_drawing`, which is imported with the first formula.
"""

import hashlib
from dataclasses import dataclass
from functools import lru_cache

MAX_SOURCE = 4_000  # characters
MAX_EM = 12  # a formula may be high, and
MAX_ROW_EM = 3.2  # that much more for every row it breaks into
MAX_WIDTH_EM = 200
_MIDDLE = 0.13  # em above the baseline: a quarter of the x-height, where Qt centres an image


@dataclass(frozen=True, slots=True)
class MathImage:
    """A formula as SVG; sizes in pixels at a scale of 1."""

    name: str  # what the page calls it: "math:…"
    svg: str
    width: float
    height: float
    source: str


@lru_cache(maxsize=2_000)
def draw(source: str, size: int, colour: str, block: bool) -> MathImage | None:
    """Return the picture of a formula, or None where the source is better shown."""
    if len(source) > MAX_SOURCE or not source.strip():
        return None
    from desktop.core.page.math_drawing import typeset  # 16 ms and 6 MB: only for notes with formulas

    drawing = typeset(source, block)
    if drawing is None:
        return None
    highest = MAX_EM + MAX_ROW_EM * source.count("\\\\") if block else MAX_EM
    if not 0.02 < drawing.height <= highest or not 0.02 < drawing.width <= MAX_WIDTH_EM:
        return None
    if not block:
        drawing = drawing.centred(-_MIDDLE)
    digest = hashlib.blake2b(f"{source}\0{size}\0{colour}\0{block}".encode(), digest_size=12).hexdigest()
    width, height = round(drawing.width * size, 3), round(drawing.height * size, 3)
    return MathImage(f"math:{digest}", drawing.svg(width, height, colour), width, height, source)
