"""The pop-up of the editor: rows with an icon, a name whose matching letters stand out, and a quiet detail."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.ui import icons, theme
from desktop.ui.editor.completion.completion_sources import Choice

INSERTED = int(Qt.ItemDataRole.UserRole)
CHOICE = INSERTED + 1
ROW_HEIGHT, ROWS_SHOWN = 30, 9
LEAST_WIDTH, MOST_WIDTH = 280, 520
_ICON, _SIDE, _GAP = 15, 10, 16
Index = QModelIndex | QPersistentModelIndex


class CompletionList(QListWidget):
    """Takes no focus: the text keeps the keyboard."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setObjectName("completion")
        self.setItemDelegate(_Delegate(self))
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.notifier().changed.connect(self._restyle)
        self._restyle()
        self.hide()

    def fill(self, choices: Sequence[Choice]) -> None:
        """Show these rows, the first of them chosen."""
        self.clear()
        for choice in choices:
            item = QListWidgetItem(choice.label)
            item.setData(INSERTED, choice.inserted)
            item.setData(CHOICE, choice)
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, choice.detail)
            self.addItem(item)
        self.setCurrentRow(0 if choices else -1)

    def wanted_size(self) -> QSize:
        """Return the size at which its rows are read with ease."""
        metrics = QFontMetrics(_bold(self.font()))
        widest = 0
        for row in range(self.count()):
            choice: Choice = self.item(row).data(CHOICE)
            detail = metrics.horizontalAdvance(choice.detail) + _GAP if choice.detail else 0
            widest = max(widest, metrics.horizontalAdvance(choice.label) + min(detail, MOST_WIDTH // 2))
        width = min(max(LEAST_WIDTH, widest + _ICON + 4 * _SIDE + 12), MOST_WIDTH)
        return QSize(width, min(self.count(), ROWS_SHOWN) * ROW_HEIGHT + 10)

    def _restyle(self) -> None:
        colours = theme.current()
        self.setStyleSheet(
            f"QListWidget#completion {{ background: {colours.raised.name()}; border: 1px solid {colours.border.name()};"
            " border-radius: 8px; padding: 4px; }"
        )


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        colours = theme.current()
        choice: Choice = index.data(CHOICE)
        rect: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.selection if chosen else colours.hover)
            painter.drawRoundedRect(rect.adjusted(0, 1, 0, -1), 5, 5)
        at = QRect(rect.left() + _SIDE, rect.center().y() - _ICON // 2, _ICON, _ICON)
        icons.icon(choice.icon, "muted").paint(painter, at)
        inner = rect.adjusted(_SIDE + _ICON + 8, 0, -_SIDE, 0)
        font = QFont(option.font)
        metrics = QFontMetrics(font)
        label_width = metrics.horizontalAdvance(choice.label)
        if choice.detail:
            room = max(inner.width() // 4, inner.width() - label_width - _GAP)
            detail = metrics.elidedText(choice.detail, Qt.TextElideMode.ElideMiddle, room)
            painter.setFont(font)
            painter.setPen(colours.muted)
            painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, detail)
            inner.setRight(inner.right() - metrics.horizontalAdvance(detail) - _GAP)
        painter.setPen(colours.text)
        self._draw_label(painter, inner, font, choice)
        painter.restore()

    def _draw_label(self, painter: QPainter, inner: QRect, font: QFont, choice: Choice) -> None:
        """Draw the name piece by piece, its matching letters heavier."""
        colours = theme.current()
        left, at = inner.left(), 0
        strong = _bold(font)
        pieces: list[tuple[str, bool]] = []
        for start, end in choice.marks:
            pieces += [(choice.label[at:start], False), (choice.label[start:end], True)]
            at = end
        pieces.append((choice.label[at:], False))
        for text, marked in pieces:
            painter.setFont(strong if marked else font)
            painter.setPen(colours.accent if marked else colours.text)
            metrics = painter.fontMetrics()
            room = inner.right() - left
            if not text or room <= 0:
                continue
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRect(left, inner.top(), room, inner.height()), Qt.AlignmentFlag.AlignVCenter, shown)
            left += metrics.horizontalAdvance(shown)
            if shown != text:
                return


def _bold(font: QFont) -> QFont:
    strong = QFont(font)
    strong.setWeight(QFont.Weight.DemiBold)
    return strong
