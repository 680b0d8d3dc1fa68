"""The right side of the window: outline, links and graph of the open note, one above the other."""

from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSplitter, QVBoxLayout, QWidget

from desktop.ui.workspace import Workspace

if TYPE_CHECKING:
    from desktop.ui.graph.graph_panel import GraphPanel
    from desktop.ui.links.links_panel import LinksPanel
    from desktop.ui.tree.outline_panel import OutlinePanel

Panel = TypeVar("Panel", bound=QWidget)


class SidePanels(QSplitter):
    """Three places under their headings; each panel is made, and put in its place, when it is first asked for."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._workspace = workspace
        self.setHandleWidth(1)
        self.setChildrenCollapsible(True)
        self._places = [self._headed(title) for title in (self.tr("Outline"), "", self.tr("Graph"))]
        self.setSizes([240, 280, 260])

    @cached_property
    def outline(self) -> "OutlinePanel":
        """The headings of the open note."""
        from desktop.ui.tree.outline_panel import OutlinePanel

        return self._put(0, OutlinePanel(self._workspace))

    @cached_property
    def links(self) -> "LinksPanel":
        """Who links here, and where this note leads."""
        from desktop.ui.links.links_panel import LinksPanel

        return self._put(1, LinksPanel(self._workspace))

    @cached_property
    def graph(self) -> "GraphPanel":
        """What is around the open note."""
        from desktop.ui.graph.graph_panel import GraphPanel

        return self._put(2, GraphPanel(self._workspace))

    def _put(self, place: int, panel: Panel) -> Panel:
        sizes = self.sizes()
        self._places[place].addWidget(panel, 1)
        self.setSizes(sizes)
        return panel

    def _headed(self, title: str) -> QVBoxLayout:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        if title:
            head = QLabel(title)
            head.setObjectName("panelTitle")
            layout.addWidget(head, 0, Qt.AlignmentFlag.AlignTop)
        self.addWidget(page)
        return layout
