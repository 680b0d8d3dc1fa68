"""A viewport that Python made.

Asked for a widget that Qt made, PySide makes every widget class there is to find the one that fits: 35 ms and 2 MB.
The widgets that are on the screen at the first paint get a viewport whose class is known.
"""

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QAbstractScrollArea, QWidget


def give_viewport(area: QAbstractScrollArea) -> QWidget:
    """Replace the viewport of an area by one of the same look; to be called before anything is set on the area."""
    viewport = QWidget()
    viewport.setObjectName("qt_scrollarea_viewport")
    viewport.setBackgroundRole(QPalette.ColorRole.Base)
    viewport.setAutoFillBackground(True)
    viewport.setAcceptDrops(area.acceptDrops())
    area.setViewport(viewport)
    return viewport
