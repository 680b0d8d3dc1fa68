"""A button with a card below it: what is chosen stands on the button, what can be chosen on the card."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QFrame, QToolButton, QVBoxLayout, QWidget

from desktop.ui import theme
from desktop.ui.plain_tips import plain_tip

WIDEST: Final = 150  # pixels of the words on the button
GAP: Final = 4  # between the button and its card


class IconDrop(QToolButton):
    """Opens a card with some controls; the card closes by Esc or a click elsewhere."""

    opened = Signal()

    def __init__(self, title: str, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.content = content
        self.setAccessibleName(title)
        self.setToolTip(title)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.card = QFrame(self, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.card.setObjectName("dropCard")
        self.card.setAccessibleName(title)
        self.card.setWindowTitle(title)
        inner = QVBoxLayout(self.card)
        inner.setContentsMargins(1, 1, 1, 1)
        inner.addWidget(content)
        inner.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)  # as high as what it holds, at all times
        self.card.installEventFilter(self)
        self.clicked.connect(self.open_card)

    def open_card(self) -> None:
        """Show the card below the button, inside the screen."""
        self.card.adjustSize()
        corner = self.mapToGlobal(self.rect().bottomLeft())
        room = self.screen().availableGeometry()
        x = max(room.left(), min(corner.x(), room.right() - self.card.width()))
        y = corner.y() + GAP
        if y + self.card.height() > room.bottom():
            y = max(room.top(), self.mapToGlobal(self.rect().topLeft()).y() - GAP - self.card.height())
        self.card.move(x, y)
        self.setDown(True)
        self.card.show()
        self.opened.emit()
        first = self.content.nextInFocusChain() if self.content.focusProxy() is None else self.content.focusProxy()
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def close_card(self) -> None:
        """Close the card and take the focus back."""
        self.card.hide()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Close the card by Esc; look pressed only while it is open."""
        if watched is self.card:
            if event.type() == QEvent.Type.Hide:
                self.setDown(False)
            elif (
                event.type() == QEvent.Type.KeyPress
                and isinstance(event, QKeyEvent)
                and event.key() == Qt.Key.Key_Escape
            ):
                self.close_card()
                return True
        return super().eventFilter(watched, event)


class DropButton(IconDrop):
    """The same with words and an arrow: it says what is chosen."""

    def __init__(self, title: str, content: QWidget, parent: QWidget | None = None) -> None:
        self._title = title
        self._value = ""
        super().__init__(title, content, parent)
        self.show_value("")

    @property
    def value(self) -> str:
        """What is chosen, in words."""
        return self._value

    def show_value(self, value: str) -> None:
        """Show what is chosen in the place of the title; "" is nothing."""
        self._value = value
        shown = value or self._title
        text = self.fontMetrics().elidedText(shown, Qt.TextElideMode.ElideRight, WIDEST)
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(f"{self._title}: {value}" if value else self._title)
        self.setToolTip(plain_tip(f"{self._title}: {value}") if value else "")
        if self.property("chosen") != bool(value):
            self.setProperty("chosen", bool(value))  # another look, by the style sheet
            self.style().unpolish(self)
            self.style().polish(self)
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the button and its arrow."""
        super().paintEvent(event)
        colours = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = colours.text if self._value else colours.muted
        painter.setPen(QPen(colour, 1.3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        x, y = self.width() - 12.5, self.height() / 2.0 + 0.5
        painter.drawPolyline(QPolygonF([QPointF(x - 3.0, y - 1.5), QPointF(x, y + 1.5), QPointF(x + 3.0, y - 1.5)]))
        painter.end()
