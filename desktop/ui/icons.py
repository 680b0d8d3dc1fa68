"""Icons by name, drawn from the Phosphor font of QtAwesome on first use.

qtawesome costs some 60 ms to import and a font to load, so nothing asks for an icon before the first paint. Of its
twelve fonts only the one is loaded.
"""

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QIcon

from desktop.ui import theme

if TYPE_CHECKING:
    from qtawesome.iconic_font import IconicFont

NAMES = {
    "folder": "ph.folder",
    "lecture": "ph.graduation-cap",
    "digest": "ph.newspaper",
    "note": "ph.file-text",
    "section": "ph.hash",
    "tag": "ph.tag",
    "trash": "ph.trash",
    "search": "ph.magnifying-glass",
    "new": "ph.plus",
    "back": "ph.arrow-left",
    "forward": "ph.arrow-right",
    "graph": "ph.share-network",
    "edit": "ph.pencil-simple",
    "split": "ph.columns",
    "preview": "ph.book-open",
    "sidebar": "ph.sidebar-simple",
    "export": "ph.export",
    "import": "ph.download-simple",
    "close": "ph.x",
    "palette": "ph.command",
    "settings": "ph.gear",
    "link": "ph.link",
    "saved": "ph.check-circle",
    "help": "ph.question",
    "star": "ph.star",
    "starred": "ph.star-fill",
    "newest": "ph.clock-counter-clockwise",
    "by_date": "ph.sort-descending",
    "below": "ph.tree-structure",
    "fold": "ph.arrows-in-line-vertical",
    "more": "ph.dots-three",
    "fit": "ph.arrows-out",
    "sliders": "ph.sliders-horizontal",
}


def icon(name: str, role: str = "muted") -> QIcon:
    """Return the icon of that name in the theme's colour for `role`."""
    return _icon(NAMES[name], getattr(theme.current(), role).name())


@lru_cache(maxsize=256)
def _icon(glyph: str, colour: str) -> QIcon:
    return QIcon(_font().icon(glyph, color=colour).pixmap(64, 64))


@lru_cache(maxsize=1)
def _font() -> "IconicFont":
    import qtawesome  # late: see the module docstring
    from qtawesome.iconic_font import IconicFont

    folder = Path(qtawesome.__file__).parent / "fonts"
    (font,), (names,) = folder.glob("phosphor-*.ttf"), folder.glob("phosphor-*.json")
    return IconicFont(("ph", font.name, names.name, str(folder)))
