"""What a rename would write in other notes, before it is written: each link as it stands and as it would, by note.

The list paints only the rows that are seen, so that a thousand links cost no more than ten.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QLabel,
    QListView,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop.core.records import LinkChange
from desktop.core.text.span import changed_span
from desktop.ui import theme

ROW_HEIGHT, NOTE_HEIGHT = 28, 34
WIDTH, HEIGHT, LEAST_HEIGHT = 760, 520, 260
INDENT, ARROW_ROOM, EDGE = 24, 36, 12
MOST_SHOWN = 40  # characters of a link before the place that changes
_ROW = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class NoteRow:
    """The line above the changes of one note."""

    title: str
    changes: int


class ChangesModel(QAbstractListModel):
    """The changes, with a line above those of each note."""

    def __init__(self, changes: Sequence[LinkChange], parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[NoteRow | LinkChange] = []
        by_note: dict[int, list[LinkChange]] = {}
        for change in changes:
            by_note.setdefault(change.note_id, []).append(change)
        self.notes = len(by_note)
        for group in by_note.values():
            self.rows += [NoteRow(group[0].title, len(group)), *group]

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Return the number of lines."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a line, or its words for assistive tools and for the whole of what is cut."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == _ROW:
            return row
        if isinstance(row, NoteRow):
            return row.title if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) else None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{row.before} → {row.after}"
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let every line be walked to by key."""
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class ChangeDelegate(QStyledItemDelegate):
    """Paints a note's title, or a link before and after with what differs marked."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return one height for links and one for titles."""
        return QSize(200, NOTE_HEIGHT if isinstance(index.data(_ROW), NoteRow) else ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one line."""
        from PySide6.QtWidgets import QStyle

        row = index.data(_ROW)
        colours = theme.current()
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected and option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.selection)
            painter.drawRoundedRect(QRectF(rect).adjusted(3, 1, -3, -1), 5, 5)
        if isinstance(row, NoteRow):
            self._paint_note(painter, rect, option.font, row)
        else:
            self._paint_change(painter, rect, option.font, row)
        painter.restore()

    def _paint_note(self, painter: QPainter, rect: QRect, font: QFont, row: NoteRow) -> None:
        colours = theme.current()
        strong = _heavier(font)
        inside = rect.adjusted(EDGE, 6, -EDGE, 0)
        painter.setFont(font)
        painter.setPen(colours.muted)
        count = str(row.changes)
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, count)
        room = inside.width() - QFontMetrics(font).horizontalAdvance(count) - EDGE
        painter.setFont(strong)
        painter.setPen(colours.text)
        title = QFontMetrics(strong).elidedText(row.title, Qt.TextElideMode.ElideRight, room)
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, title)

    def _paint_change(self, painter: QPainter, rect: QRect, font: QFont, row: LinkChange) -> None:
        colours = theme.current()
        painter.setFont(font)
        start, old_end, new_end = changed_words(row.before, row.after)
        half = (rect.width() - INDENT - EDGE - ARROW_ROOM) // 2
        left = QRect(rect.left() + INDENT, rect.top(), half, rect.height())
        right = left.translated(half + ARROW_ROOM, 0)
        removed, added = QColor(colours.error), QColor(colours.accent)
        for tint in (removed, added):
            tint.setAlpha(52 if colours.dark else 34)
        _paint_marked(painter, left, row.before, (start, old_end), removed, colours.muted)
        _paint_marked(painter, right, row.after, (start, new_end), added, colours.text)
        painter.setPen(colours.faint)
        painter.drawText(QRect(left.right(), rect.top(), ARROW_ROOM, rect.height()), Qt.AlignmentFlag.AlignCenter, "→")


def _paint_marked(
    painter: QPainter, rect: QRect, text: str, span: tuple[int, int], tint: QColor, colour: QColor
) -> None:
    """Paint one line of a text with a span marked, cut on both sides where it is long."""
    start, end = span
    lead, marked, tail = (_one_line(part) for part in (text[:start], text[start:end], text[end:]))
    if len(lead) > MOST_SHOWN:
        lead = "…" + lead[-MOST_SHOWN:]
    metrics = painter.fontMetrics()
    room = rect.width()
    lead = metrics.elidedText(lead, Qt.TextElideMode.ElideLeft, max(24, room // 3))
    x = rect.left()
    base = QPoint(0, rect.top() + (rect.height() + metrics.ascent() - metrics.descent()) // 2)
    for words, is_marked in ((lead, False), (marked, True), (tail, False)):
        words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(0, rect.right() - x))
        width = metrics.horizontalAdvance(words)
        if is_marked and words:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tint)
            high = metrics.height() + 4
            painter.drawRoundedRect(QRectF(x - 1, rect.center().y() - high / 2 + 1, width + 2, high), 3, 3)
        painter.setPen(colour)
        painter.drawText(QPoint(x, base.y()), words)
        x += width


def changed_words(before: str, after: str) -> tuple[int, int, int]:
    """Return what differs as `changed_span` does, widened to whole words: half a word marked is hard to read."""
    start, old_end, new_end = changed_span(before, after)
    split = old_end < len(before) and before[old_end].isalnum()  # the same letter follows in both
    split = split and any(end > 0 and text[end - 1].isalnum() for text, end in ((before, old_end), (after, new_end)))
    while split and old_end < len(before) and before[old_end].isalnum():
        old_end, new_end = old_end + 1, new_end + 1
    split = any(start < len(text) and text[start].isalnum() for text in (before, after))
    while split and start and before[start - 1].isalnum():
        start -= 1
    return start, old_end, new_end


def _one_line(text: str) -> str:
    return text.replace("\r", "").replace("\n", " ⏎ ").replace("\t", " ")


class RenamePreview(QDialog):
    """Asks whether to rename, with all that it would write; Enter renames, Escape leaves everything."""

    def __init__(
        self, old: str, new: str, changes: Sequence[LinkChange], parent: QWidget, *, of_note: bool = True
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Rename") if of_note else self.tr("Rename heading"))
        self.model = ChangesModel(changes, self)
        heading = QLabel(f"{_cut(old)}  →  {_cut(new)}")
        heading.setTextFormat(Qt.TextFormat.PlainText)
        heading.setWordWrap(True)
        font = heading.font()
        font.setPixelSize(round(QFontInfo(font).pixelSize() * 1.2))
        heading.setFont(_heavier(font))
        counted = self.tr("%n link(s)", "", len(changes))
        where = self.tr("in %n note(s)", "", self.model.notes)
        self.summary = QLabel(self.tr("These change with it: {0} {1}.").format(counted, where))
        self.summary.setStyleSheet(f"color: {theme.current().muted.name()}")
        self.list = QListView()
        self.list.setAccessibleName(self.tr("Changes"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(ChangeDelegate(self.list))
        self.list.setFrameShape(QFrame.Shape.StyledPanel)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setLayoutMode(QListView.LayoutMode.Batched)
        self.alias = QCheckBox(self.tr("Keep the old name as an alias"))
        self.alias.setAccessibleName(self.alias.text())
        self.alias.setToolTip(self.tr("Search and new links still find the note by it"))
        self.alias.setVisible(of_note)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.rename_button = QPushButton(self.tr("Rename"))
        buttons.addButton(self.rename_button, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(10)
        for widget in (heading, self.summary, self.list, self.alias, buttons):
            layout.addWidget(widget, 1 if widget is self.list else 0)
        tall = self.model.notes * NOTE_HEIGHT + len(changes) * ROW_HEIGHT if len(changes) < HEIGHT else HEIGHT
        self.resize(min(WIDTH, max(520, parent.width() - 60)), min(max(LEAST_HEIGHT, tall + 210), HEIGHT))
        self.rename_button.setDefault(True)
        self.rename_button.setFocus()


def _heavier(font: QFont) -> QFont:
    heavy = QFont(font)
    heavy.setWeight(QFont.Weight.DemiBold)
    axis = QFont.Tag.fromString("wght")
    if axis is not None:  # the weight alone does not move the axis of a variable font on every system
        heavy.setVariableAxis(axis, 600)
    return heavy


def _cut(title: str) -> str:
    return title if len(title) <= 120 else f"{title[:119]}…"
