"""The list under the search field: what may be written at the cursor, or what was searched for lately."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop.core.records import Completion
from desktop.ui import icons, theme

ROW_HEIGHT, ROWS_SHOWN = 28, 12
LEAST_WIDTH, MOST_WIDTH = 300, 460  # pixels
EDGE = 28  # pixels at a recent search's end that take it away
ICON = 15
Index = QModelIndex | QPersistentModelIndex


class Kind(Enum):
    """What a row is."""

    COMPLETION = auto()
    RECENT = auto()
    HEADING = auto()  # cannot be chosen
    CLEAR = auto()


@dataclass(frozen=True, slots=True)
class Offer:
    """One row."""

    kind: Kind
    label: str
    detail: str = ""
    completion: Completion | None = None


class FieldPopup(QFrame):
    """Stands over the window and takes no focus: the field keeps the keys, nothing is chosen until it is asked for."""

    chosen = Signal(object)  # Offer
    unwanted = Signal(object)  # Offer: a recent search to be forgotten

    def __init__(self, field: QWidget) -> None:
        self._field, self._over = field, field.window()
        super().__init__(self._over)
        self.setObjectName("fieldPopup")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.model = _OfferModel(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(_OfferDelegate(self.list))
        self.list.setAccessibleName(self.tr("Search suggestions"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.viewport().installEventFilter(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.addWidget(self.list)
        theme.notifier().changed.connect(self._restyle)
        self._restyle()
        self.hide()

    # --- what stands in it -------------------------------------------------------------------------------

    @property
    def offers(self) -> tuple[Offer, ...]:
        """Return the rows."""
        return self.model.offers

    def show_offers(self, offers: Sequence[Offer]) -> None:
        """Show these rows, none of them chosen; hide for none."""
        self.model.show(offers)
        if not offers:
            self.hide()
            return
        self.choose(-1)
        self.list.scrollToTop()
        self._place()
        self.show()
        self.raise_()

    def current(self) -> Offer | None:
        """Return the chosen row."""
        row = self.list.currentIndex().row()
        return self.offers[row] if 0 <= row < len(self.offers) else None

    def step(self, by: int) -> bool:
        """Choose the next row below (1) or above (-1); beyond the ends none is, which is told by False."""
        row = self.list.currentIndex().row()
        row = row + by if row >= 0 else (0 if by > 0 else len(self.offers) - 1)
        while 0 <= row < len(self.offers) and self.offers[row].kind is Kind.HEADING:
            row += by
        self.choose(row if 0 <= row < len(self.offers) else -1)
        return self.list.currentIndex().isValid()

    def first(self) -> Offer | None:
        """Return the first row that can be chosen."""
        return next((offer for offer in self.offers if offer.kind is not Kind.HEADING), None)

    def choose(self, row: int) -> None:
        """Choose a row; -1 for none."""
        self.list.setCurrentIndex(self.model.index(row) if row >= 0 else QModelIndex())
        if row < 0:
            self.list.clearSelection()
        offer = self.current()
        self._field.setAccessibleDescription(f"{offer.label}, {offer.detail}" if offer is not None else "")

    # --- events ------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take a click on a row; the list's own would also choose what the pointer only passes."""
        if event.type() == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent):
            at = event.position().toPoint()
            index = self.list.indexAt(at)
            if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
                offer = self.offers[index.row()]
                if offer.kind is Kind.RECENT and at.x() >= self.list.viewport().width() - EDGE:
                    self.unwanted.emit(offer)
                elif offer.kind is not Kind.HEADING:
                    self.chosen.emit(offer)
            return True
        return event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)

    # --- looks -------------------------------------------------------------------------------------------

    def _place(self) -> None:
        """Stand under the field, as wide as the words need, inside the window."""
        window = self._over
        metrics = QFontMetrics(self.list.font())
        widest = max(
            metrics.horizontalAdvance(offer.label) + metrics.horizontalAdvance(offer.detail) for offer in self.offers
        )
        corner = self._field.mapTo(window, self._field.rect().bottomLeft())
        room = window.width() - corner.x() - 8
        width = min(max(LEAST_WIDTH, self._field.width(), widest + 84), MOST_WIDTH, room)
        height = min(len(self.offers), ROWS_SHOWN) * ROW_HEIGHT + 10
        height = min(height, window.height() - corner.y() - 12)
        self.setGeometry(corner.x(), corner.y() + 4, width, max(height, ROW_HEIGHT + 10))

    def _restyle(self) -> None:
        colours = theme.current()
        self.setStyleSheet(
            f"#fieldPopup {{ background: {colours.raised.name()}; border: 1px solid {colours.border.name()};"
            f" border-radius: 8px; }} #fieldPopup QListView {{ background: {colours.raised.name()}; }}"
        )


class _OfferModel(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.offers: tuple[Offer, ...] = ()

    def show(self, offers: Sequence[Offer]) -> None:
        self.beginResetModel()
        self.offers = tuple(offers)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.offers)

    def flags(self, index: Index) -> Qt.ItemFlag:
        heading = index.isValid() and self.offers[index.row()].kind is Kind.HEADING
        return Qt.ItemFlag.NoItemFlags if heading else super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        offer = self.offers[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return offer.label
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return offer.detail
        return offer if role == Qt.ItemDataRole.UserRole else None


class _OfferDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        colours = theme.current()
        offer: Offer = index.data(Qt.ItemDataRole.UserRole)
        rect: QRect = option.rect
        state = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        active = offer.kind is not Kind.HEADING and (chosen or bool(state & QStyle.StateFlag.State_MouseOver))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if active:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.selection if chosen else colours.hover)
            painter.drawRoundedRect(rect.adjusted(0, 1, 0, -1), 5, 5)
        inner = rect.adjusted(10, 0, -10, 0)
        metrics = QFontMetrics(option.font)
        painter.setFont(option.font)
        middle = Qt.AlignmentFlag.AlignVCenter
        if offer.kind is Kind.RECENT:
            self._icon(painter, "newest", inner.left(), rect)
            inner.setLeft(inner.left() + ICON + 8)
            if active:
                self._icon(painter, "close", rect.right() - EDGE + 7, rect)
            inner.setRight(rect.right() - EDGE)
        if offer.detail:
            room = max(inner.width() // 3, inner.width() - metrics.horizontalAdvance(offer.label) - 14)
            detail = metrics.elidedText(offer.detail, Qt.TextElideMode.ElideRight, room)
            painter.setPen(colours.muted)
            painter.drawText(inner, middle | Qt.AlignmentFlag.AlignRight, detail)
            inner.setRight(inner.right() - metrics.horizontalAdvance(detail) - 14)
        quiet = offer.kind in (Kind.HEADING, Kind.CLEAR)
        painter.setPen(colours.muted if quiet else colours.text)
        label = metrics.elidedText(offer.label, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignLeft, label)
        painter.restore()

    def _icon(self, painter: QPainter, name: str, left: int, rect: QRect) -> None:
        icons.icon(name).paint(painter, QRect(left, rect.center().y() - ICON // 2, ICON, ICON))
