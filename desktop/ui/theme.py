"""Colours by role, the two typefaces, and the style of everything that is not a note's text.

A colour is asked for by what it means (`theme.current().muted`), never by its value. The scheme follows the system
unless the user chose one; `notifier().changed` tells when it is another.
"""

from dataclasses import dataclass
from functools import lru_cache
from string import Template

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from desktop.core.paths import resource

# For the command line of QApplication: asked by setStyle(), PySide would make QStyle with all its enumerations.
STYLE = ("-style", "Fusion")


@dataclass(frozen=True, slots=True)
class Theme:
    """One scheme: a colour for each role."""

    dark: bool
    window: QColor  # panels beside the text
    base: QColor  # the page
    raised: QColor  # pop-ups and cards
    text: QColor
    muted: QColor  # second line, counts: readable (4.5 : 1)
    faint: QColor  # placeholders, marks that step back
    accent: QColor
    on_accent: QColor
    border: QColor
    hover: QColor
    selection: QColor
    current_line: QColor
    code_background: QColor
    quote_bar: QColor
    mark: QColor  # behind found words
    link: QColor
    broken_link: QColor
    tag: QColor
    error: QColor
    warning: QColor
    lecture: QColor
    digest: QColor
    note: QColor
    folder: QColor


def _theme(dark: bool, **colours: str) -> Theme:
    return Theme(dark=dark, **{role: QColor(value) for role, value in colours.items()})


LIGHT = _theme(
    False,
    window="#f5f4f1",
    base="#fdfcfa",
    raised="#ffffff",
    text="#25262b",
    muted="#66676f",
    faint="#9b9ba3",
    accent="#4657b8",
    on_accent="#ffffff",
    border="#e2e0db",
    hover="#ebe9e4",
    selection="#d6dcf7",
    current_line="#f5f3ee",
    code_background="#f2f0eb",
    quote_bar="#c3c8e6",
    mark="#ffe7a0",
    link="#3a51b5",
    broken_link="#b0533f",
    tag="#2f7468",
    error="#b3372b",
    warning="#8a5a00",
    lecture="#4657b8",
    digest="#1f7f74",
    note="#6d6e78",
    folder="#a07a36",
)
DARK = _theme(
    True,
    window="#1b1c20",
    base="#212227",
    raised="#2a2b31",
    text="#dfdfe3",
    muted="#a2a3ad",
    faint="#73747e",
    accent="#8e9dee",
    on_accent="#15161a",
    border="#34353c",
    hover="#2b2c33",
    selection="#3a4270",
    current_line="#27282e",
    code_background="#292a31",
    quote_bar="#4c568f",
    mark="#6b5718",
    link="#9dabf5",
    broken_link="#e0917d",
    tag="#78c4b5",
    error="#f08a7c",
    warning="#e0b25c",
    lecture="#97a5f0",
    digest="#6cc5b8",
    note="#a9aab4",
    folder="#d3ae6a",
)


class Notifier(QObject):
    """Tells that the scheme is another."""

    changed = Signal()


_state: dict[str, Theme] = {"theme": LIGHT}


@lru_cache(maxsize=1)
def notifier() -> Notifier:
    """Return the one notifier."""
    return Notifier()


def current() -> Theme:
    """Return the scheme in force."""
    return _state["theme"]


def chosen(choice: str) -> Theme:
    """Return the scheme that a choice stands for: "light", "dark", or "system"."""
    hints = QGuiApplication.styleHints()
    return DARK if choice == "dark" or (choice == "system" and hints.colorScheme() == Qt.ColorScheme.Dark) else LIGHT


def apply(choice: str) -> None:
    """Put a scheme in force: "light", "dark", or "system"."""
    theme = chosen(choice)
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        return
    another = theme is not _state["theme"]
    if not another and application.styleSheet():
        return
    prepare(application, theme)
    application.setStyleSheet(_style_sheet(theme))
    if another:
        notifier().changed.emit()


def prepare(application: QApplication, theme: Theme) -> None:
    """Give fonts and colours to the widgets that are about to be made.

    The style sheet comes when they are made, by `apply`: under one, Qt dresses a panel anew at each step of putting
    the window together (60 ms).
    """
    _state["theme"] = theme
    application.setFont(ui_font())
    application.setPalette(_palette(theme))


def load_fonts() -> None:
    """Register the two typefaces; about 3 ms, before the first widget."""
    import fontpkg_inter  # packages that hold only the font files
    import fontpkg_jetbrains_mono

    for package in (fontpkg_inter, fontpkg_jetbrains_mono):
        for file in sorted((package.ROOT / "files").glob("*.ttf")):
            QFontDatabase.addApplicationFont(str(file))


def ui_font() -> QFont:
    """Return the font of panels, menus and buttons."""
    font = QFont("Inter")
    font.setPixelSize(13)
    return font


def text_font(size: int = 16) -> QFont:
    """Return the font of a note's text, in pixels."""
    font = QFont("Inter")
    font.setPixelSize(size)
    return font


def mono_font(size: int = 14) -> QFont:
    """Return the font of code, in pixels."""
    font = QFont("JetBrains Mono")
    font.setPixelSize(size)
    font.setStyleHint(QFont.StyleHint.Monospace)
    return font


def _palette(theme: Theme) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for key, colour in {
        role.Window: theme.window,
        role.WindowText: theme.text,
        role.Base: theme.base,
        role.AlternateBase: theme.window,
        role.Text: theme.text,
        role.Button: theme.window,
        role.ButtonText: theme.text,
        role.BrightText: theme.error,
        role.Highlight: theme.selection,
        role.HighlightedText: theme.text,
        role.Link: theme.link,
        role.LinkVisited: theme.link,
        role.PlaceholderText: theme.faint,
        role.ToolTipBase: theme.raised,
        role.ToolTipText: theme.text,
        role.Mid: theme.border,
        role.Dark: theme.border,
        role.Light: theme.raised,
        role.Accent: theme.accent,
    }.items():
        palette.setColor(key, colour)
    for key in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, key, theme.faint)
    return palette


def _style_sheet(theme: Theme) -> str:
    template = Template(resource("themes/window.css").read_text(encoding="utf-8"))
    colours = {role: getattr(theme, role).name() for role in Theme.__slots__ if role != "dark"}
    scheme = "dark" if theme.dark else "light"
    pictures = {name: resource(f"themes/{name}-{scheme}.svg").as_posix() for name in ("check", "close", "down", "up")}
    return template.substitute(colours | pictures)
