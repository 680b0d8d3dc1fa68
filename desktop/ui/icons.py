"""Icons by name, drawn from QtAwesome's font on first use.

qtawesome costs some 60 ms to import and a font to load, so nothing asks for an icon before the first paint:
`later(action, name)` sets it when the window is on the screen.
"""

from functools import lru_cache

from PySide6.QtGui import QIcon

from desktop.ui import theme

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
    "graph": "ph.graph",
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
}


def icon(name: str, role: str = "muted") -> QIcon:
    """Return the icon of that name in the theme's colour for `role`."""
    return _icon(NAMES[name], getattr(theme.current(), role).name())


@lru_cache(maxsize=256)
def _icon(glyph: str, colour: str) -> QIcon:
    import qtawesome  # late: see the module docstring

    return QIcon(qtawesome.icon(glyph, color=colour).pixmap(64, 64))
