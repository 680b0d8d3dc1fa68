"""What the colours mean: one line for each, with the number of its nodes. A click lets these nodes stand out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication, QLocale, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.core.records import Graph
from desktop.ui import theme
from desktop.ui.graph.colours import Tint, colours_of, tint_of_group, tints_of
from desktop.ui.graph.shapes import paint_node

WIDTH: Final = 206  # pixels
LINE: Final = 25
MOST_LINES: Final = 12  # before the list scrolls


@dataclass(frozen=True, slots=True)
class Entry:
    """A colour with the nodes that have it."""

    title: str  # of a folder; "" for what a tint stands for
    tint: int
    ids: frozenset[int]


def entries_of(graph: Graph, by_folder: bool) -> tuple[Entry, ...]:
    """Return the colours that a graph shows: folders in the order of the tree, kinds in theirs; on any thread."""
    tints = tints_of(graph, by_folder).tolist()
    found: dict[tuple[int, int], set[int]] = {}
    for node, tint in zip(graph.nodes, tints, strict=True):
        group = node.group if by_folder and node.kind is not None else -2
        found.setdefault((group, tint), set()).add(node.id)
    entries = []
    # Folders first, then what stands in none, then what is no note.
    for group, tint in sorted(found, key=lambda key: (key[0] < 0, abs(key[0]), key[1])):
        known = 0 <= group < len(graph.groups)
        title = graph.groups[group] if known else ""
        entries.append(Entry(title, tint_of_group(group) if known else tint, frozenset(found[group, tint])))
    return tuple(entries)


def tint_words(tint: int, by_folder: bool) -> str:
    """Return what a colour stands for."""
    translate = QCoreApplication.translate
    if by_folder and tint == Tint.NOTE:
        return translate("Legend", "In no folder")
    return {
        Tint.NOTE: translate("Legend", "Notes"),
        Tint.LECTURE: translate("Legend", "Lectures"),
        Tint.DIGEST: translate("Legend", "Digests"),
        Tint.FOLDER: translate("Legend", "Folders"),
        Tint.UNRESOLVED: translate("Legend", "Not written yet"),
        Tint.TAG: translate("Legend", "Tags"),
        Tint.FILE: translate("Legend", "Attachments"),
    }.get(Tint(tint), "")


class Legend(QFrame):
    """A card in a corner of the graph."""

    colouring_chosen = Signal(str)  # "kind" or "folder"
    chosen = Signal(object)  # the ids that shall stand out, None for all alike
    folded = Signal(bool)  # unfolded

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("legend")
        self.setAccessibleName(self.tr("Colours"))
        self.lines: list[LegendLine] = []
        self._by_folder = False
        self.by_kind, self.by_folder = QToolButton(), QToolButton()
        self.by_kind.setText(self.tr("Kinds"))
        self.by_kind.setToolTip(self.tr("Colour notes by their kind"))
        self.by_folder.setText(self.tr("Folders"))
        self.by_folder.setToolTip(self.tr("Colour notes by their top folder"))
        group = QButtonGroup(self)
        for button in (self.by_kind, self.by_folder):
            button.setCheckable(True)
            group.addButton(button)
        self.by_kind.setChecked(True)
        group.buttonClicked.connect(self._choose_colouring)
        self.fold = FoldButton()
        self.fold.setAccessibleName(self.tr("List of colours"))
        self.fold.setToolTip(self.tr("Fold or unfold the list of colours"))
        self.fold.toggled.connect(self._fold)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(2)
        head.addWidget(self.by_kind)
        head.addWidget(self.by_folder)
        head.addStretch(1)
        head.addWidget(self.fold)
        self._list = QWidget()
        self._list.setObjectName("legendList")
        self._column = QVBoxLayout(self._list)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.area = QScrollArea()
        self.area.setWidget(self._list)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 5, 6, 5)
        column.setSpacing(3)
        column.addLayout(head)
        column.addWidget(self.area)
        self.setFixedWidth(WIDTH)

    def show_entries(self, entries: Sequence[Entry], by_folder: bool) -> None:
        """Show other colours; what stood out does so still where it is there."""
        chosen = None
        if by_folder == self._by_folder:
            chosen = next((line.text() for line in self.lines if line.isChecked()), None)
        self._by_folder = by_folder
        (self.by_folder if by_folder else self.by_kind).setChecked(True)
        for line in self.lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = []
        for entry in entries:
            line = LegendLine(entry, entry.title.replace("\n", " ") or tint_words(entry.tint, by_folder))
            line.setChecked(line.text() == chosen)
            line.clicked.connect(lambda checked, line=line: self._choose(line, checked))
            self._column.addWidget(line)
            self.lines.append(line)
        self._fit()

    def chosen_ids(self) -> frozenset[int] | None:
        """Return the nodes that shall stand out, None for all alike."""
        return next((line.entry.ids for line in self.lines if line.isChecked()), None)

    def choose_none(self) -> None:
        """Let nothing stand out."""
        for line in self.lines:
            line.setChecked(False)

    def _choose(self, chosen: "LegendLine", checked: bool) -> None:
        for line in self.lines:
            if line is not chosen:
                line.setChecked(False)
        self.chosen.emit(chosen.entry.ids if checked else None)

    def _choose_colouring(self) -> None:
        self.colouring_chosen.emit("folder" if self.by_folder.isChecked() else "kind")

    def set_colouring(self, colour_by: str) -> None:
        """Show what colours mean; nobody is told."""
        (self.by_folder if colour_by == "folder" else self.by_kind).setChecked(True)

    def set_unfolded(self, unfolded: bool) -> None:
        """Show or hide the list."""
        self.fold.setChecked(unfolded)
        self._fold(unfolded)

    def _fold(self, unfolded: bool) -> None:
        self.area.setVisible(unfolded)
        self._fit()
        self.folded.emit(unfolded)

    def _fit(self) -> None:
        """Be as high as the lines need, within bounds."""
        self.area.setFixedHeight(min(len(self.lines), self._most_lines()) * LINE)
        self.adjustSize()
        self.place()

    def _most_lines(self) -> int:
        parent = self.parentWidget()
        room = parent.height() // 2 if parent is not None else 1_000
        return max(2, min(MOST_LINES, room // LINE))

    def place(self) -> None:
        """Stand in the lower left corner."""
        parent = self.parentWidget()
        if parent is not None:
            self.move(12, max(0, parent.height() - self.height() - 12))

    def keep_in_place(self) -> None:
        """Fit anew after the parent became another size."""
        self._fit()


class LegendLine(QAbstractButton):
    """A dot, a name, a number."""

    def __init__(self, entry: Entry, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entry = entry
        self.setText(name)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._count = QLocale().toString(len(entry.ids))
        self.setAccessibleName(f"{name}, {self._count}")

    def sizeHint(self) -> QSize:
        """Be as high as a line of small print."""
        return QSize(120, LINE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line."""
        colours = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = self.rect().adjusted(0, 1, 0, -1)
        painter.setPen(QPen(colours.accent, 1.0) if self.hasFocus() else Qt.PenStyle.NoPen)
        if self.isChecked():
            painter.setBrush(colours.selection)
        else:
            painter.setBrush(colours.hover if self.underMouse() else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect.adjusted(1, 0, -1, 0), 5, 5)
        paint_node(painter, QPointF(13.0, self.height() / 2.0), 4.6, self.entry.tint, colours_of(colours))
        font = self.font()
        font.setPixelSize(12)
        painter.setFont(font)
        inner = rect.adjusted(26, 0, -8, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(colours.muted)
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignRight, self._count)
        metrics = painter.fontMetrics()
        room = inner.width() - metrics.horizontalAdvance(self._count) - 8
        painter.setPen(colours.text)
        painter.drawText(inner, middle, metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, room))
        painter.end()


class FoldButton(QToolButton):
    """An arrow that points down while what it folds is open."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setChecked(True)

    def sizeHint(self) -> QSize:
        """Be a small square."""
        return QSize(24, 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the arrow."""
        colours = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.hasFocus():
            painter.setPen(QPen(colours.accent, 1.0) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(colours.hover)
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 5, 5)
        painter.setPen(QPen(colours.muted, 1.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        x, y, up = self.width() / 2.0, self.height() / 2.0 + 0.5, 2.0 if self.isChecked() else -2.0
        painter.drawPolyline(QPolygonF([QPointF(x - 3.5, y - up), QPointF(x, y + up), QPointF(x + 3.5, y - up)]))
        painter.end()
