"""The colours of a graph, from the theme's roles."""

from dataclasses import dataclass

from PySide6.QtGui import QColor

from desktop.ui.theme import Theme

UNRESOLVED = 4  # index of unresolved targets in `picture.KINDS`


def blend(front: QColor, back: QColor, share: float) -> QColor:
    """Return `share` of the front colour on the back colour."""
    return QColor.fromRgbF(
        front.redF() * share + back.redF() * (1.0 - share),
        front.greenF() * share + back.greenF() * (1.0 - share),
        front.blueF() * share + back.blueF() * (1.0 - share),
    )


@dataclass(frozen=True, slots=True)
class GraphColours:
    """What a painted graph needs."""

    ground: QColor
    edge: QColor
    hot_edge: QColor
    label: QColor
    accent: QColor
    kinds: tuple[QColor, ...]  # in the order of `picture.KINDS`


def colours_of(theme: Theme) -> GraphColours:
    """Return a graph's colours in a scheme."""
    return GraphColours(
        ground=theme.base,
        edge=blend(theme.text, theme.base, 0.30 if theme.dark else 0.24),
        hot_edge=blend(theme.accent, theme.base, 0.85),
        label=theme.text,
        accent=theme.accent,
        kinds=(theme.note, theme.lecture, theme.digest, theme.folder, blend(theme.broken_link, theme.base, 0.8)),
    )
