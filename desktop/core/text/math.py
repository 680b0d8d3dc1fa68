"""Formulas as pictures: TeX to SVG by ziamath, with a guard.

A picture is padded so that its middle lies where QTextDocument puts the middle of an image on a line: then a formula
stands on the baseline of the words around it. What ziamath cannot read, or what comes out taller than twelve lines,
stays source text.
"""

import hashlib
import re
import warnings
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from xml.etree import ElementTree

MAX_SOURCE = 2_000  # characters
MAX_EM = 12
_WORDS = re.compile(r"[^\W\d_]{3,}\s+[^\W\d_]{2,}|[а-яёА-ЯЁ]")
_TEXT = re.compile(r"\\(?:text|mathrm|operatorname)\*?\{[^{}]*\}")
_MIDDLE = 0.13  # em above the baseline: a quarter of the x-height, where Qt centres an image


@dataclass(frozen=True, slots=True)
class MathImage:
    """A formula as SVG; sizes in pixels at a scale of 1."""

    name: str  # what the page calls it: "math:…"
    svg: str
    width: float
    height: float
    source: str


def is_formula(source: str) -> bool:
    """Tell a formula from money and words that happen to stand between two dollar signs."""
    if not source.strip():
        return False
    words = _TEXT.sub("", source)
    return not _WORDS.search(words) if "\\" not in source else re.search("[а-яёА-ЯЁ]", words) is None


@lru_cache(maxsize=2_000)
def draw(source: str, size: int, colour: str, block: bool) -> MathImage | None:
    """Return the picture of a formula, or None where the source is better shown."""
    if len(source) > MAX_SOURCE or source.count("{") > 200:
        return None
    try:
        svg = _ziamath().Latex(source, size=size, color=colour, inline=not block).svgxml()
        left, top, width, height = (float(part) for part in svg.get("viewBox").split())
    except _failures():
        return None
    if not 2 < height <= MAX_EM * size or not 2 < width <= 200 * size:
        return None
    if not block:
        middle = -_MIDDLE * size
        half = max(middle - top, top + height - middle)
        top, height = middle - half, 2 * half
    svg.set("viewBox", f"{left:.3f} {top:.3f} {width:.3f} {height:.3f}")
    svg.set("width", f"{width:.3f}")
    svg.set("height", f"{height:.3f}")
    digest = hashlib.blake2b(f"{source}\0{size}\0{colour}\0{block}".encode(), digest_size=12).hexdigest()
    return MathImage(f"math:{digest}", ElementTree.tostring(svg, encoding="unicode"), width, height, source)


def _ziamath() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # ziamath 0.13 finds its font by a deprecated call
        import ziafont  # 60 ms and a font: only for notes with formulas
        import ziamath

    ziafont.config.svg2 = False  # type: ignore[attr-defined]  # QtSvg draws paths, not symbols
    return ziamath


@lru_cache(maxsize=1)
def _failures() -> tuple[type[Exception], ...]:
    """Return all that ziamath is known to raise on what it cannot read."""
    from latex2mathml import exceptions

    unread = tuple(kind for kind in vars(exceptions).values() if isinstance(kind, type) and issubclass(kind, Exception))
    return (
        ArithmeticError,
        AssertionError,
        AttributeError,
        LookupError,
        RuntimeError,
        SyntaxError,
        TypeError,
        ValueError,
        *unread,
    )
