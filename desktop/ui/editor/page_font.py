"""The text's typeface with air between its lines.

QPlainTextEdit knows no line height: a line is as high as its font says. So the font is told to say more: a copy of
the typeface, in memory, under a name of its own, whose ascent and descent are larger. Nothing is written anywhere,
and where the typeface is not ours (or unreadable) the font is used as it is.
"""

import struct
from functools import lru_cache
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

LINE_HEIGHT = 1.5  # times the size
FAMILY = "Konspekt Page"
_NAMES = (1, 4, 6, 16)  # family, full name, PostScript name, typographic family


def page_font(font: QFont) -> QFont:
    """Return the font with comfortable lines."""
    family = _register(font.family())
    if not family:
        return font
    page = QFont(font)
    page.setFamilies([family, font.family()])
    for feature in ("calt", "dlig"):  # what is typed is shown: "-->" is no arrow
        page.setFeature(QFont.Tag(feature), 0)
    return page


@lru_cache(maxsize=4)
def _register(family: str) -> str:
    """Register the airy copy of a family; "" where that cannot be."""
    if family != "Inter":
        return ""
    import fontpkg_inter  # a package that holds only the font files

    name = ""
    for file in sorted((fontpkg_inter.ROOT / "files").glob("*.ttf")):
        number = QFontDatabase.addApplicationFontFromData(airy(Path(file).read_bytes(), LINE_HEIGHT, FAMILY))
        families = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
        name = families[0] if families else name
    return name


def airy(data: bytes, line_height: float, family: str) -> bytes:
    """Return a TrueType font with another height of line and another name (OpenType tables head, hhea, OS/2, name)."""
    tables = {
        data[at : at + 4]: (at, *struct.unpack_from(">II", data, at + 8))
        for at in range(12, 12 + 16 * struct.unpack_from(">H", data, 4)[0], 16)
    }
    out = bytearray(data)
    unit = struct.unpack_from(">H", data, tables[b"head"][1] + 18)[0]
    hhea, os2 = tables[b"hhea"][1], tables[b"OS/2"][1]
    ascent, descent = struct.unpack_from(">hh", data, hhea + 4)
    more = max(0, round(unit * line_height) - (ascent - descent))
    ascent, descent = ascent + (more + 1) // 2, descent - more // 2
    struct.pack_into(">hhh", out, hhea + 4, ascent, descent, 0)
    struct.pack_into(">hhhHH", out, os2 + 68, ascent, descent, 0, ascent, -descent)
    record, offset, length = tables[b"name"]
    names = _renamed(data[offset : offset + length], family)
    out += b"\0" * (-len(out) % 4)
    struct.pack_into(">II", out, record + 8, len(out), len(names))
    return bytes(out + names)


def _renamed(table: bytes, family: str) -> bytes:
    """Return a name table whose family is another; other names stay."""
    count, strings = struct.unpack_from(">HH", table, 2)
    records, pool = bytearray(), bytearray()
    for index in range(count):
        platform, encoding, language, name, length, offset = struct.unpack_from(">6H", table, 6 + 12 * index)
        text = table[strings + offset : strings + offset + length]
        if name in _NAMES:
            plain = family.replace(" ", "") if name == 6 else family
            text = plain.encode("utf-16-be" if platform in (0, 3) else "ascii")
        records += struct.pack(">6H", platform, encoding, language, name, len(text), len(pool))
        pool += text
    return struct.pack(">HHH", 0, count, 6 + len(records)) + bytes(records) + bytes(pool)
