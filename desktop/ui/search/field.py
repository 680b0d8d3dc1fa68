"""The search field, which the window shows from its first paint on; the results under it are made later.

So are its help, its recent searches and the completion of its operators: see `operator_completion`.
"""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget


class SearchField(QWidget):
    """A row with the field; knows nothing of searching."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = QLineEdit()
        self.edit.setAccessibleName(QCoreApplication.translate("SearchPanel", "Search"))
        self.edit.setPlaceholderText(QCoreApplication.translate("SearchPanel", "Search"))
        self.edit.setClearButtonEnabled(True)
        self.edit.setMaxLength(2_000)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 9, 10, 7)
        layout.addWidget(self.edit)
