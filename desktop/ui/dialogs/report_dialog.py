"""What an import, an export or a check has to say, file by file."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.core.records import ReportLine
from desktop.ui import theme
from desktop.ui.sentences import in_users_language

MOST = 2_000  # lines shown; the rest is counted


class ReportDialog(QDialog):
    """A list of lines under one sentence."""

    def __init__(self, title: str, sentence: str, lines: Sequence[ReportLine], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        text = QLabel(sentence)
        text.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 14)
        layout.setSpacing(12)
        layout.addWidget(text)
        layout.addWidget(report_list(lines, title))
        layout.addWidget(buttons)
        self.resize(880, 440)


def report_list(lines: Sequence[ReportLine], name: str) -> QTreeWidget:
    """Return a list of what was said of which file, the worst first."""
    colours = theme.current()
    colour = {"error": colours.error, "warning": colours.warning}
    view = QTreeWidget()
    view.setAccessibleName(name)
    view.setRootIsDecorated(False)
    view.setHeaderLabels([QCoreApplication.translate("report", "File"), QCoreApplication.translate("report", "What")])
    view.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
    view.setColumnWidth(0, 260)
    view.setTextElideMode(Qt.TextElideMode.ElideMiddle)
    order = {"error": 0, "warning": 1, "info": 2}
    for line in sorted(lines, key=lambda line: order.get(line.level, 3))[:MOST]:
        message = in_users_language(line.message)
        item = QTreeWidgetItem([line.path, message])
        item.setToolTip(0, line.path)
        item.setToolTip(1, message)
        if line.level in colour:
            item.setForeground(1, colour[line.level])
        view.addTopLevelItem(item)
    if len(lines) > MOST:
        more = QCoreApplication.translate("report", "… and {0} more").format(len(lines) - MOST)
        view.addTopLevelItem(QTreeWidgetItem(["", more]))
    return view
