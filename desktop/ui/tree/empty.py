"""What the tree shows when there is nothing in the library."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget


class EmptyLibrary(QWidget):
    """One sentence and the two ways out of it."""

    new_note = Signal()
    import_files = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words = QLabel(self.tr("Nothing here yet.\nWrite a first note, or bring your Markdown files."))
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        words.setWordWrap(True)
        self.write_button = QPushButton(self.tr("New note"))
        self.import_button = QPushButton(self.tr("Import…"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(8)
        layout.addStretch(2)
        layout.addWidget(words)
        layout.addSpacing(8)
        for button in (self.write_button, self.import_button):
            button.setAccessibleName(button.text())
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignCenter)
        layout.addStretch(3)
        self.write_button.clicked.connect(lambda: self.new_note.emit())
        self.import_button.clicked.connect(lambda: self.import_files.emit())
