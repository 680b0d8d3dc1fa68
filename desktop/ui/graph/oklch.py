"""Colours of equal lightness and strength: the space OKLCH, turned into what a screen shows.

OKLab is Björn Ottosson's ("A perceptual color space for image processing", 2020,
https://bottosson.github.io/posts/oklab/): two colours with the same L look equally light, with the same C equally
strong, whatever their hue. OKLCH says the same in polar form. A colour that a screen cannot show gives up strength,
never lightness or hue.
"""

import math
from functools import lru_cache

from PySide6.QtGui import QColor

Rgb = tuple[float, float, float]


def linear_rgb(lightness: float, chroma: float, hue: float) -> Rgb:
    """Return linear sRGB (not clipped) of an OKLCH colour; the hue is in degrees."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def _gamma(value: float) -> float:
    value = min(1.0, max(0.0, value))
    return 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1.0 / 2.4) - 0.055


def _is_shown(rgb: Rgb) -> bool:
    return min(rgb) >= -1e-4 and max(rgb) <= 1.0 + 1e-4


@lru_cache(maxsize=256)
def _shown(lightness: float, chroma: float, hue: float) -> Rgb:
    """Return sRGB, with as much of the chroma as a screen can show (found by halving)."""
    least, most = 0.0, chroma
    if not _is_shown(linear_rgb(lightness, most, hue)):
        for _ in range(16):
            middle = (least + most) / 2.0
            if _is_shown(linear_rgb(lightness, middle, hue)):
                least = middle
            else:
                most = middle
        most = least
    red, green, blue = (_gamma(part) for part in linear_rgb(lightness, most, hue))
    return red, green, blue


def oklch(lightness: float, chroma: float, hue: float) -> QColor:
    """Return the colour of a lightness (0 to 1), a chroma (0 to about 0.3) and a hue in degrees."""
    return QColor.fromRgbF(*_shown(lightness, chroma, hue % 360.0))


def to_oklab(colour: QColor) -> Rgb:
    """Return lightness, a and b of a colour."""
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4) for part in parts
    )
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    middle = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )
