"""The frame of what pops up over the window to be typed into: a field, and a list below it."""

from PySide6.QtWidgets import QDialog, QFrame, QLineEdit, QListView, QVBoxLayout, QWidget

from desktop.ui import theme

ABOVE = 70  # pixels between the window's top and the pop-up's


def lay_out_popup(dialog: QDialog, field: QLineEdit, view: QListView, parent: QWidget, width: int, height: int) -> None:
    """Put the field over the list, and the dialog in the middle of the parent's upper part."""
    frame = QFrame()
    frame.setObjectName("popup")
    colours = theme.current()
    frame.setStyleSheet(
        f"#popup, #popup QListView {{ background: {colours.raised.name()}; }}"
        f"#popup {{ border: 1px solid {colours.border.name()}; }}"
    )
    inner = QVBoxLayout(frame)
    inner.setContentsMargins(8, 8, 8, 8)
    inner.setSpacing(6)
    inner.addWidget(field)
    inner.addWidget(view)
    outer = QVBoxLayout(dialog)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.addWidget(frame)
    width = min(width, max(260, parent.width() - 40))
    dialog.resize(width, height + 66)
    top = parent.mapToGlobal(parent.rect().topLeft())
    dialog.move(top.x() + (parent.width() - width) // 2, top.y() + ABOVE)
