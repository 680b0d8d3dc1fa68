"""The cards below the buttons "Kind" and "Shown"."""

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from desktop.core.records import GraphFilter, NoteKind
from desktop.ui.delays import GRAPH_FILTER_MS

USUAL_HUB: Final = 50  # links
HUB_RANGE: Final = (1, 9_999)


class KindsCard(QWidget):
    """The kinds of notes, none chosen for all of them."""

    chosen = Signal(object)  # set of NoteKind

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = {
            NoteKind.NOTE: self.tr("Notes"),
            NoteKind.LECTURE: self.tr("Lectures"),
            NoteKind.DIGEST: self.tr("Digests"),
            NoteKind.FOLDER: self.tr("Folders"),
        }
        column = _column(self)
        self.boxes: dict[NoteKind, QCheckBox] = {}
        for kind, name in self._names.items():
            box = QCheckBox(name)
            box.clicked.connect(self._tell)
            column.addWidget(box)
            self.boxes[kind] = box

    def words(self, kinds: frozenset[NoteKind]) -> str:
        """Return the kinds in words, "" for none."""
        return ", ".join(name for kind, name in self._names.items() if kind in kinds)

    def show_kinds(self, kinds: frozenset[NoteKind]) -> None:
        """Tick these kinds."""
        for kind, box in self.boxes.items():
            box.setChecked(kind in kinds)

    def _tell(self) -> None:
        chosen = {kind for kind, box in self.boxes.items() if box.isChecked()}
        self.chosen.emit(chosen if len(chosen) < len(self.boxes) else set())


class ExtrasCard(QWidget):
    """Which nodes there are besides notes that are linked."""

    chosen = Signal(object)  # GraphFilter

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = GraphFilter()
        self._column = _column(self)
        self.unresolved = self._box(self.tr("Notes not written yet"), "unresolved")
        self.tags = self._box(self.tr("Tags"), "tags")
        self.attachments = self._box(self.tr("Attachments"), "attachments")

    def _box(self, name: str, part: str) -> QCheckBox:
        box = QCheckBox(name)
        box.clicked.connect(lambda checked: self._take(replace(self._shown, **{part: checked})))
        self._column.addWidget(box)
        return box

    def show_filter(self, shown: GraphFilter) -> None:
        """Show a choice; nobody is told."""
        self._shown = shown
        self.unresolved.setChecked(shown.unresolved)
        self.tags.setChecked(shown.tags)
        self.attachments.setChecked(shown.attachments)

    def _take(self, shown: GraphFilter) -> None:
        self._shown = shown
        self.chosen.emit(shown)


class ShownCard(ExtrasCard):
    """The same for the library: also notes without links, and notes with too many."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.orphans = self._box(self.tr("Notes without links"), "orphans")
        self._column.insertWidget(0, self.orphans)
        self.hubs = QCheckBox(self.tr("Hide notes with more links than"))
        self.hubs.clicked.connect(self._take_hubs)
        self.most = QSpinBox()
        self.most.setRange(*HUB_RANGE)
        self.most.setValue(USUAL_HUB)
        self.most.setAccessibleName(self.tr("Most links of a shown note"))
        self.most.valueChanged.connect(self._count_changed)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(GRAPH_FILTER_MS)
        self._timer.timeout.connect(self._take_hubs)
        line = QHBoxLayout()
        line.setContentsMargins(0, 8, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.hubs)
        line.addWidget(self.most)
        self._column.addLayout(line)

    def words(self, shown: GraphFilter) -> str:
        """Return in words what is left out by the number of links, "" for nothing."""
        return self.tr("at most %Ln link(s)", "", shown.hubs_above) if shown.hubs_above else ""

    def show_filter(self, shown: GraphFilter) -> None:
        """Show a choice; nobody is told."""
        super().show_filter(shown)
        self.orphans.setChecked(shown.orphans)
        self.hubs.setChecked(shown.hubs_above > 0)
        if shown.hubs_above and not self._timer.isActive():
            self.most.blockSignals(True)
            self.most.setValue(shown.hubs_above)
            self.most.blockSignals(False)

    def _count_changed(self) -> None:
        self.hubs.setChecked(True)
        self._timer.start()

    def _take_hubs(self) -> None:
        self._timer.stop()
        self._take(replace(self._shown, hubs_above=self.most.value() if self.hubs.isChecked() else 0))


def _column(owner: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(owner)
    column.setContentsMargins(14, 12, 14, 12)
    column.setSpacing(9)
    return column
