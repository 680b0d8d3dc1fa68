"""The sheet of all keys, made from the action table."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop.ui import theme
from desktop.ui.actions import COMMANDS, MENUS


class ShortcutSheet(QDialog):
    """Two columns of commands with their keys, grouped as in the menus."""

    def __init__(self, actions: Mapping[str, QAction], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(24, 16, 24, 16)
        grid.setHorizontalSpacing(28)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(2, 1)
        rows = [0, 0]
        for menu in MENUS:
            with_keys = [actions[c.name] for c in COMMANDS if c.menu == menu and c.keys]
            if with_keys:
                side = 0 if rows[0] <= rows[1] else 1
                rows[side] = self._add(grid, side, rows[side], menu, with_keys)
        grid.setRowStretch(max(rows), 1)
        area = QScrollArea()
        area.setWidget(page)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setAccessibleName(self.windowTitle())
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        layout.addWidget(area)
        layout.addWidget(buttons)
        self.resize(780, 620)

    def _add(self, grid: QGridLayout, side: int, row: int, menu: str, actions: list[QAction]) -> int:
        head = QLabel(QCoreApplication.translate("actions", menu))
        head.setStyleSheet(f"font-weight: 600; color: {theme.current().accent.name()}; padding-top: 10px")
        grid.addWidget(head, row, 2 * side, 1, 2)
        for action in actions:
            row += 1
            keys = "   ".join(k.toString(QKeySequence.SequenceFormat.NativeText) for k in action.shortcuts())
            label = QLabel(keys)
            label.setStyleSheet(f"color: {theme.current().muted.name()}")
            grid.addWidget(QLabel(action.text().rstrip("…")), row, 2 * side)
            grid.addWidget(label, row, 2 * side + 1, Qt.AlignmentFlag.AlignRight)
        return row + 1
