"""The right side of the window: outline, links and graph of the open note, one above the other."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSplitter, QVBoxLayout, QWidget

from desktop.ui.graph.graph_panel import GraphPanel
from desktop.ui.links.links_panel import LinksPanel
from desktop.ui.tree.outline_panel import OutlinePanel
from desktop.ui.workspace import Workspace


class SidePanels(QSplitter):
    """Three panels under their headings."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.setHandleWidth(1)
        self.setChildrenCollapsible(True)
        self.outline = OutlinePanel(workspace)
        self.links = LinksPanel(workspace)
        self.graph = GraphPanel(workspace)
        self.addWidget(_headed(self.tr("Outline"), self.outline))
        self.addWidget(_headed("", self.links))
        self.addWidget(_headed(self.tr("Graph"), self.graph))
        self.setSizes([240, 280, 260])


def _headed(title: str, panel: QWidget) -> QWidget:
    page = QWidget()
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    if title:
        head = QLabel(title)
        head.setObjectName("panelTitle")
        layout.addWidget(head)
    layout.addWidget(panel, 1)
    return page
