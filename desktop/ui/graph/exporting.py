"""Writing the picture of a graph to a file that the user chooses."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.core.errors import ExportRefused
from desktop.ui.graph.view import GraphView
from desktop.ui.workspace import Workspace

SCALE: Final = 2.0  # of a PNG: sharp on every screen


def export_picture(parent: QWidget, workspace: Workspace, view: GraphView, kind: str) -> None:
    """Ask where to, and write the picture as "png" or "svg"."""
    translate = QCoreApplication.translate
    kinds = {
        "png": translate("GraphExport", "PNG image (*.png)"),
        "svg": translate("GraphExport", "SVG drawing (*.svg)"),
    }
    name, _filter = QFileDialog.getSaveFileName(
        parent,
        translate("GraphExport", "Export the graph"),
        f"{translate('GraphExport', 'Graph')}.{kind}",
        kinds[kind],
    )
    if not name:
        return
    file = Path(name if name.lower().endswith(f".{kind}") else f"{name}.{kind}")
    try:
        if kind == "png":
            view.export_png(file, SCALE, whole=True)
        else:
            view.export_svg(file, whole=True)
    except ExportRefused as error:
        workspace.tell("error", str(error))
        return
    workspace.tell("info", translate("GraphExport", "The picture was written to {0}.").format(file))
