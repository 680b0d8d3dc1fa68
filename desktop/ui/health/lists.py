"""The list of what is amiss, and the list of lists beside it."""

from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.ui import theme
from desktop.ui.health.delegate import HealthDelegate
from desktop.ui.health.rows import HealthModel, HealthRole, Index, Row, Section

NAV_ROW: Final = 34
SEEN_DELAY_MS: Final = 30  # of rest after scrolling before the sentences of the rows that are seen are asked for


class HealthList(QListView):
    """What is amiss: Enter or a double click opens the place, the button or Space mends it."""

    opened = Signal(object, bool)  # Row; in a tab of its own
    pressed_button = Signal(object)  # Row
    current_changed = Signal()
    seen = Signal(int, int)  # rows whose sentences may be wanted

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.health = HealthModel()
        self.health.setParent(self)
        self.setModel(self.health)
        self.delegate = HealthDelegate(self)
        self.setItemDelegate(self.delegate)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)  # to ask ten thousand rows for their heights takes half a second
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._timer = QTimer(self, interval=SEEN_DELAY_MS, singleShot=True)
        self._timer.timeout.connect(self._tell_seen)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._timer.start())
        theme.notifier().changed.connect(self.viewport().update)

    def show_rows(self, rows: list[Row]) -> None:
        """Show other rows; the chosen one stays chosen where it is still there, and nothing scrolls."""
        chosen = self.row()
        at, scroll = self.currentIndex().row(), self.verticalScrollBar().value()
        self.health.show_rows(rows)
        place = self.health.row_of(chosen.key) if chosen is not None else -1
        if place < 0 and rows:
            place = min(max(at, 0), len(rows) - 1)
        if place >= 0:
            self.setCurrentIndex(self.health.index(place))
            self.verticalScrollBar().setValue(scroll)
        self.current_changed.emit()
        self._timer.start()

    def row(self) -> Row | None:
        """Return the chosen row."""
        row: Row | None = self.health.data(self.currentIndex(), HealthRole.ROW)
        return row

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell that another row is chosen."""
        super().currentChanged(current, previous)
        self.current_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for the sentences that come into view."""
        super().resizeEvent(event)
        self._timer.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open by Enter, mend by Space."""
        row = self.row()
        if row is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(row, bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        elif row is not None and event.key() == Qt.Key.Key_Space:
            if row.button:
                self.pressed_button.emit(row)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light the button under the pointer."""
        super().mouseMoveEvent(event)
        index = self._button_at(event.position())
        self._hover(index.row() if index is not None else -1)

    def leaveEvent(self, event: QEvent) -> None:
        """Put the button out."""
        super().leaveEvent(event)
        self._hover(-1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Mend by the button; a click beside it opens the place."""
        super().mouseReleaseEvent(event)
        if event.button() != Qt.MouseButton.LeftButton:
            return
        index = self.indexAt(event.position().toPoint())
        row: Row | None = self.health.data(index, HealthRole.ROW)
        if row is None:
            return
        if self._button_at(event.position()) is not None:
            self.pressed_button.emit(row)
        else:
            self.opened.emit(row, bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))

    def _button_at(self, place: QPointF) -> QModelIndex | None:
        index = self.indexAt(place.toPoint())
        row: Row | None = self.health.data(index, HealthRole.ROW)
        if row is None or not self.delegate.button_rect(row, self.visualRect(index)).contains(place):
            return None
        return index

    def _hover(self, row: int) -> None:
        if row != self.delegate.hovered_button:
            self.delegate.hovered_button = row
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if row >= 0 else Qt.CursorShape.ArrowCursor)
            self.viewport().update()

    def _tell_seen(self) -> None:
        if self.health.rows:
            first, last = self.indexAt(self.rect().topLeft()), self.indexAt(self.rect().bottomLeft())
            end = last.row() if last.isValid() else len(self.health.rows) - 1
            self.seen.emit(max(0, first.row()), end)


class SectionList(QListWidget):
    """The names of the lists with their counts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Link health"))
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setFixedWidth(220)
        self.setMouseTracking(True)
        self.setItemDelegate(_SectionDelegate(self))
        self.titles = {
            Section.BROKEN: self.tr("Broken links"),
            Section.AMBIGUOUS: self.tr("Ambiguous links"),
            Section.ORPHANS: self.tr("Notes without links"),
            Section.FILES: self.tr("Unused files"),
            Section.ADDRESSES: self.tr("Duplicate addresses"),
        }
        for section, title in self.titles.items():
            item = QListWidgetItem(title)
            item.setData(Qt.ItemDataRole.UserRole, None)
            item.setData(Qt.ItemDataRole.UserRole + 1, int(section))
            self.addItem(item)
        self.setCurrentRow(0)
        theme.notifier().changed.connect(self.viewport().update)

    def show_counts(self, counts: dict[Section, int]) -> None:
        """Show how many entries each list has."""
        for section, count in counts.items():
            item = self.item(section)
            item.setData(Qt.ItemDataRole.UserRole, count)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{self.titles[section]}: {count}")

    def section(self) -> Section:
        """Return the chosen list."""
        return Section(max(0, self.currentRow()))


class _SectionDelegate(QStyledItemDelegate):
    """Paints a title at the left and a count at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Be one line high."""
        return QSize(120, NAV_ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one list's name; what needs a hand is in the colour of broken links."""
        colours = theme.current()
        view = self.parent()
        assert isinstance(view, QListWidget)
        rect = QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(QPen(colours.accent) if chosen and view.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(colours.selection if chosen else colours.hover)
            painter.drawRoundedRect(rect.adjusted(8.5, 1.5, -8.5, -1.5), 6, 6)
        font = QFont(view.font())
        font.setWeight(QFont.Weight.Medium if chosen else QFont.Weight.Normal)
        painter.setFont(font)
        count = index.data(Qt.ItemDataRole.UserRole)
        shown = "" if count is None else str(count)
        wide = QFontMetricsF(font).horizontalAdvance(shown)
        painter.setPen(colours.text)
        box = rect.adjusted(20, 0, -20, 0)
        title = QFontMetricsF(font).elidedText(
            index.data(Qt.ItemDataRole.DisplayRole), Qt.TextElideMode.ElideRight, box.width() - wide - 8
        )
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, title)
        is_broken = index.data(Qt.ItemDataRole.UserRole + 1) == Section.BROKEN
        painter.setPen(colours.broken_link if count and is_broken else colours.muted)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, shown)
        painter.restore()


class Calm(QWidget):
    """What stands in the place of a list that has no entries."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sentence = ""
        theme.notifier().changed.connect(self.update)

    def say(self, sentence: str) -> None:
        """Show one sentence."""
        self._sentence = sentence
        self.setAccessibleName(sentence)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a tick and the sentence, a little above the middle."""
        from desktop.ui.icons import icon  # late: the icons' font

        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.height() * 0.42
        icon("saved", "digest").paint(painter, int(self.width() / 2 - 18), int(middle - 44), 36, 36)
        painter.setPen(theme.current().muted)
        font = QFont(self.font())
        font.setPixelSize(15)
        painter.setFont(font)
        box = QRectF(24, middle + 4, self.width() - 48, 60)
        painter.drawText(box, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap,
                         self._sentence)  # fmt: skip
        painter.end()
