"""The search field, which the window shows from its first paint on; the results under it are made later."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget


class SearchField(QWidget):
    """A row with the field; knows nothing of searching."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        translate = QCoreApplication.translate
        self.edit = QLineEdit()
        self.edit.setAccessibleName(translate("SearchPanel", "Search"))
        self.edit.setPlaceholderText(translate("SearchPanel", "Search"))
        self.edit.setToolTip(
            translate("SearchPanel",
                      "words  \"a phrase\"  -without  this OR that  begin*\n"
                      "tag:name  kind:lecture  in:note  title:word  date:2023-10  is:untagged")
        )  # fmt: skip
        self.edit.setClearButtonEnabled(True)
        self.edit.setMaxLength(2_000)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 9, 10, 7)
        layout.addWidget(self.edit)
