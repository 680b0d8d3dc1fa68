"""What to call the note that a part of another becomes, where to put it, and what to leave in its place."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.core.records import NoteId
from desktop.ui import theme

WIDTH = 460
MOST_TITLE = 200  # characters
MOST_SHOWN = 50  # of a folder's title


class ExtractDialog(QDialog):
    """Asks for a title; Enter does it."""

    wanted = Signal(str, object, bool)  # title, NoteId of the note above or None, whether to show the note in its place

    def __init__(self, title: str, folders: Sequence[tuple[str, NoteId | None]], words: str, parent: QWidget) -> None:
        """Offer `folders`, the likely one first; `words` are the beginning of what is taken out."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Extract to a new note"))
        self.setMinimumWidth(WIDTH)
        self.title = QLineEdit(title)
        self.title.setMaxLength(MOST_TITLE)
        self.title.setAccessibleName(self.tr("Title of the new note"))
        self.title.setPlaceholderText(self.tr("Title of the new note"))
        self.folder = QComboBox()
        self.folder.setAccessibleName(self.tr("Where to put it"))
        self._folders = [folder for _name, folder in folders]
        for name, _folder in folders:
            self.folder.addItem(name if len(name) <= MOST_SHOWN else name[: MOST_SHOWN - 1] + "…")
        self.leave = QComboBox()
        self.leave.setAccessibleName(self.tr("What stays in its place"))
        self.leave.addItems([self.tr("A link to the note"), self.tr("The note, shown in this place")])
        quote = QLabel(words)
        quote.setTextFormat(Qt.TextFormat.PlainText)
        quote.setWordWrap(True)
        quote.setStyleSheet(f"color: {theme.current().muted.name()};")
        for box in (self.folder, self.leave):
            box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.addRow(self.tr("Title"), self.title)
        form.addRow(self.tr("Folder"), self.folder)
        form.addRow(self.tr("Leave"), self.leave)
        buttons = QDialogButtonBox()
        self.extract = QPushButton(self.tr("Extract"))
        buttons.addButton(self.extract, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self.extract.setDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(14)
        column.addWidget(quote)
        column.addLayout(form)
        column.addWidget(buttons)
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        self.title.textChanged.connect(lambda text: self.extract.setEnabled(bool(text.strip())))
        self.extract.setEnabled(bool(title.strip()))
        self.title.selectAll()
        self.title.setFocus()

    def _accept(self) -> None:
        if self.title.text().strip():
            self.accept()
            folder = self._folders[self.folder.currentIndex()]
            self.wanted.emit(self.title.text().strip(), folder, self.leave.currentIndex() == 1)
