"""What merging two notes will do, in one sentence each, before it is done."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.core.records import MergePlan
from desktop.ui.counted import Counted

WIDTH = 440


def merge_sentences(plan: MergePlan) -> list[str]:
    """Say what a merge does: to the text, to the links, to what stands below, and to the note itself."""
    translate = QCoreApplication.translate
    into = plan.into.title
    moved = translate("Merge", "The text goes to the end of “{0}”, which then goes by the old title too.")
    sentences = [moved.format(into)]
    if plan.links:
        links = Counted().links(plan.links)
        notes = Counted().in_notes(plan.sources)
        sentences.append(translate("Merge", "To “{2}” from now on: {0} {1}.").format(links, notes, into))
    if plan.children:
        below = Counted().notes(plan.children)
        sentences.append(translate("Merge", "Below “{1}” from now on: {0}.").format(below, into))
    trashed = translate("Merge", "“{0}” goes to the trash; one Undo brings everything back.")
    sentences.append(trashed.format(plan.note.title))
    return sentences


class MergeDialog(QDialog):
    """Asks whether to merge; Enter does it."""

    wanted = Signal()

    def __init__(self, plan: MergePlan, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Merge notes"))
        self.setMinimumWidth(WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(10)
        question = QLabel(self.tr("Merge “{0}” into “{1}”?").format(plan.note.title, plan.into.title))
        font = question.font()
        font.setBold(True)
        question.setFont(font)
        self.words = QLabel("\n".join(merge_sentences(plan)))
        for label in (question, self.words):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            column.addWidget(label)
        buttons = QDialogButtonBox()
        self.merge = QPushButton(self.tr("Merge"))
        buttons.addButton(self.merge, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self.merge.setDefault(True)
        column.addSpacing(6)
        column.addWidget(buttons)
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)

    def _accept(self) -> None:
        self.accept()
        self.wanted.emit()
