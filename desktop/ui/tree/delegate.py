"""How a row looks: icon, elided title, a quiet count, on a rounded ground.

The tree, the outline, the tags and the trash share this, so that the side of the window is of one hand.
Icons come after the first paint, because the library that draws them takes a while to import.
"""

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from desktop.core.records import NoteId
from desktop.ui import icons, theme
from desktop.ui.plain_tips import plain_tip
from desktop.ui.tree.nodes import Role

ROW_HEIGHT = 28
ICON_SIZE = 16
MARGIN = 6  # from the ground's edge to what stands on it
INDENTATION = 16
RADIUS = 5
ICONS_DELAY_MS = 30  # after the first paint

Index = QModelIndex | QPersistentModelIndex


def paint_ground(painter: QPainter, rect: QRect, selected: bool, hovered: bool, focused: bool) -> None:
    """Paint what lies under a row: nothing, the hover tint or the selection, and a frame for the keyboard."""
    colours = theme.current()
    box = QRectF(rect).adjusted(2.5, 0.5, -2.5, -0.5)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colours.accent) if focused else Qt.PenStyle.NoPen)
    if selected or hovered:
        painter.setBrush(colours.selection if selected else colours.hover)
    if selected or hovered or focused:
        painter.drawRoundedRect(box, RADIUS, RADIUS)
    painter.restore()


class RowDelegate(QStyledItemDelegate):
    """Paints rows; in lists also their ground, which a tree paints over its whole width itself."""

    def __init__(self, view: QAbstractItemView, *, grounds: bool = True, indentation: int = INDENTATION) -> None:
        super().__init__(view)
        self._view = view
        self._grounds = grounds
        self._indentation = indentation
        self._icons_asked = self._icons_ready = False
        self.open_note: NoteId | None = None  # whose title is set stronger

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All rows are of one height."""
        return QSize(120, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a row from its end to its start: count, title, icon."""
        colours = theme.current()
        rect: QRect = option.rect
        if self._grounds:
            from PySide6.QtWidgets import QStyle  # late: its enumerations cost a twentieth of the whole start

            state = option.state
            focused = bool(state & QStyle.StateFlag.State_HasFocus) and self._view.hasFocus()
            selected = bool(state & QStyle.StateFlag.State_Selected)
            paint_ground(painter, rect, selected, bool(state & QStyle.StateFlag.State_MouseOver), focused)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        icon_name = index.data(Role.ICON)
        if icon_name:
            self._paint_icon(painter, self._icon_rect(rect, index), icon_name)
        painter.setFont(self._font(option.font, index))
        text_rect = self._text_rect(rect, index, QFontMetrics(option.font))
        painter.setPen(self._text_colour(index))
        metrics = QFontMetrics(painter.font())
        title = metrics.elidedText(_line(index), Qt.TextElideMode.ElideRight, text_rect.width())
        painter.drawText(text_rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, title)
        number = index.data(Role.COUNT)
        if number:
            painter.setFont(_small(option.font))
            painter.setPen(colours.muted)
            end = rect.adjusted(0, 0, -MARGIN - 4, 0)
            painter.drawText(end, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, str(number))
        painter.restore()

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        """Show the whole title where the row shows only its beginning."""
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return super().helpEvent(event, view, option, index)
        rect = view.visualRect(plain(index))
        font = self._font(view.font(), index)
        room = self._text_rect(rect, index, QFontMetrics(view.font())).width()
        if QFontMetrics(font).horizontalAdvance(_line(index)) > room:
            # The text itself, never rich: a title may hold markup.
            QToolTip.showText(event.globalPos(), plain_tip(_line(index)), view.viewport(), rect)
        else:
            QToolTip.hideText()
        return True

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return a line to write the title in."""
        line = QLineEdit(parent)
        line.setAccessibleName(self.tr("Title"))
        line.setFrame(False)
        line.setMaxLength(500)
        colours = theme.current()
        line.setStyleSheet(
            f"QLineEdit {{ background: {colours.base.name()}; color: {colours.text.name()};"
            f" border: 1px solid {colours.accent.name()}; border-radius: 4px; padding: 0 3px; }}"
        )
        return line

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hand the typed title to the model."""
        if isinstance(editor, QLineEdit):
            model.setData(index, editor.text(), Qt.ItemDataRole.EditRole)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Start from the title as it is; what was typed since is not overwritten by a refresh."""
        if isinstance(editor, QLineEdit) and not editor.isModified():
            editor.setText(index.data(Qt.ItemDataRole.EditRole))
            editor.selectAll()

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Lay the line over the title."""
        rect: QRect = option.rect
        start = self._text_rect(rect, index, QFontMetrics(option.font)).left() - 5
        editor.setGeometry(QRect(start, rect.top() + 1, max(60, rect.right() - start - 3), rect.height() - 2))

    def _paint_icon(self, painter: QPainter, rect: QRect, name: str) -> None:
        if not self._icons_ready:
            if not self._icons_asked:
                self._icons_asked = True
                QTimer.singleShot(ICONS_DELAY_MS, self, self._show_icons)
            return
        role = name if hasattr(theme.current(), name) else "muted"
        icons.icon(name, role).paint(painter, rect)

    def _show_icons(self) -> None:
        self._icons_ready = True
        self._view.viewport().update()

    def _icon_rect(self, rect: QRect, index: Index) -> QRect:
        left = rect.left() + self._inset(index)
        return QRect(left, rect.center().y() - ICON_SIZE // 2 + 1, ICON_SIZE, ICON_SIZE)

    def _text_rect(self, rect: QRect, index: Index, metrics: QFontMetrics) -> QRect:
        left = self._inset(index) + (ICON_SIZE + 6 if index.data(Role.ICON) else 0)
        number = index.data(Role.COUNT)
        right = MARGIN + 4 + (metrics.horizontalAdvance(str(number)) + 8 if number else 0)
        return rect.adjusted(left, 0, -right, 0)

    def _inset(self, index: Index) -> int:
        depth = index.data(Role.DEPTH) or 0
        return depth * self._indentation + (MARGIN + 4 if self._grounds else 2)

    def _font(self, base: QFont, index: Index) -> QFont:
        is_open = index.data(Role.HEAD) is not None and index.data(Role.NOTE_ID) == self.open_note
        return _heavier(base) if is_open or index.data(Role.STRONG) else base

    def _text_colour(self, index: Index) -> QColor:
        colours = theme.current()
        return colours.muted if index.data(Role.SECTION) is not None and not self._grounds else colours.text


def plain(index: Index) -> QModelIndex:
    """Return an index as Qt hands it to most calls."""
    return index if isinstance(index, QModelIndex) else index.model().index(index.row(), 0, index.parent())


def _line(index: Index) -> str:
    return str(index.data(Qt.ItemDataRole.DisplayRole) or "")


def _heavier(font: QFont) -> QFont:
    heavy = QFont(font)
    heavy.setWeight(QFont.Weight.DemiBold)
    axis = QFont.Tag.fromString("wght")
    if axis is not None:  # the weight alone does not move the axis of a variable font on every system
        heavy.setVariableAxis(axis, 600)
    return heavy


def _small(font: QFont) -> QFont:
    small = QFont(font)
    if font.pixelSize() > 0:
        small.setPixelSize(max(9, font.pixelSize() - 2))
    return small
