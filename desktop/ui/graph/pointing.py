"""What the mouse and the touchpad do in a graph: hold, drag, open, zoom and pan."""

import time
from collections import deque
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPointF, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QInputDevice, QMouseEvent, QNativeGestureEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from desktop.ui.graph.view import GraphView

WHEEL_ZOOM: Final = 1.0015  # per eighth of a degree
GLIDE_S: Final = 0.09  # of movement before the button was let go that count for the glide
STILL_S: Final = 0.05  # a hand that rested so long before it let go threw nothing


class Pointer:
    """Turns mouse events into what they mean."""

    def __init__(self, view: "GraphView") -> None:
        self._view = view
        self._pressed: tuple[QPointF, int | None] | None = None
        self._dragged = False
        self._trail: deque[tuple[float, QPointF]] = deque(maxlen=12)
        self._click = QTimer(view)  # opens a held node when no second click came to let it go
        self._click.setSingleShot(True)
        self._click.timeout.connect(self._open_clicked)
        self._clicked: tuple[int, bool] | None = None

    def take(self, event: QEvent) -> bool:
        """Do what an event means; return whether it was one of the pointer's."""
        kind = event.type()
        if isinstance(event, QMouseEvent):
            if kind == QEvent.Type.MouseMove:
                self._move(event)
            elif kind == QEvent.Type.MouseButtonPress:
                self._press(event)
            elif kind == QEvent.Type.MouseButtonRelease:
                self._release(event)
            elif kind == QEvent.Type.MouseButtonDblClick:
                self._double_click(event)
            return True
        if isinstance(event, QWheelEvent):
            self._turn(event)
            event.accept()
            return True
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self._view.zoom_by(1.0 + event.value(), event.position())
                return True
            return False
        if isinstance(event, QContextMenuEvent) and event.reason() != QContextMenuEvent.Reason.Keyboard:
            self._ask_for_menu(event)
            return True
        if kind == QEvent.Type.Leave:
            self._view.attention.hover(None)
        return False

    def forget(self) -> None:
        """Let go of everything: the picture is another."""
        self._pressed, self._clicked = None, None
        self._click.stop()
        self._view.motion.held = False

    def _press(self, event: QMouseEvent) -> None:
        node = self._view.stage.node_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._dragged = (event.position(), node), False
            self._trail.clear()
            self._view.flight.let_go((0.0, 0.0))
        elif event.button() == Qt.MouseButton.MiddleButton and node is not None:
            self._view.select(node)
            self._view.open_node(node, True)

    def _move(self, event: QMouseEvent) -> None:
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            self._pressed = None
            self._view.attention.hover(self._view.stage.node_at(event.position()))
            return
        start, node = self._pressed
        here = event.position()
        if not self._dragged and (here - start).manhattanLength() < QApplication.startDragDistance() / 2:
            return
        self._dragged = True
        if node is None:
            self._view.setCursor(Qt.CursorShape.ClosedHandCursor)
            way = here - start
            self._view.flight.pull(way.x(), way.y())
            self._trail.append((time.monotonic(), here))
            self._pressed = (here, None)
            self._view.wake()
        else:
            self._view.motion.held = True
            self._view.pins.drag(node, here)
            self._view.attention.card.point_at(None)
            self._view.wake()

    def _release(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        pressed, self._pressed = self._pressed, None
        self._view.unsetCursor()
        self._view.motion.held = False
        if pressed is None:
            return
        node = pressed[1]
        if self._dragged:
            if node is None:
                self._view.flight.let_go(self._speed())
            else:
                self._view.pinned_changed.emit()
            self._view.wake()
        elif node is not None:
            self._view.select(node)
            in_tab = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if self._view.pins.holds(node):
                self._clicked = (node, in_tab)
                self._click.start(QApplication.doubleClickInterval())
            else:
                self._view.open_node(node, in_tab)
        elif self._view.selected_id() is None:
            self._view.wake()

    def _open_clicked(self) -> None:
        clicked, self._clicked = self._clicked, None
        if clicked is not None:
            self._view.open_node(*clicked)

    def _double_click(self, event: QMouseEvent) -> None:
        """Fit, on the ground; let a held node go; of any other the first click was enough."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        node = self._view.stage.node_at(event.position())
        self._click.stop()
        self._clicked = None
        if node is None:
            self._view.fit()
        elif self._view.pins.holds(node):
            self._view.pins.let_go(node)

    def _speed(self) -> tuple[float, float]:
        """Return the hand's speed when it let go, in pixels per millisecond."""
        now = time.monotonic()
        recent = [(when, where) for when, where in self._trail if now - when < GLIDE_S]
        if len(recent) < 2 or now - recent[-1][0] > STILL_S:
            return (0.0, 0.0)
        way, passed = recent[-1][1] - recent[0][1], max(0.004, recent[-1][0] - recent[0][0]) * 1000.0
        return (way.x() / passed, way.y() / passed)

    def _ask_for_menu(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the node under the pointer, or of the ground."""
        node, picture = self._view.stage.node_at(QPointF(event.pos())), self._view.picture
        if node is None or picture is None:
            self._view.context_requested.emit(None, event.globalPos())
            return
        self._view.select(node)
        self._view.context_requested.emit(picture.ids[node], event.globalPos())

    def _turn(self, event: QWheelEvent) -> None:
        """Zoom at the pointer by a wheel; pan by two fingers, unless Ctrl is held."""
        pixels, zooms = event.pixelDelta(), event.modifiers() & Qt.KeyboardModifier.ControlModifier
        by_fingers = event.phase() != Qt.ScrollPhase.NoScrollPhase or (
            event.device().type() == QInputDevice.DeviceType.TouchPad
        )
        if not pixels.isNull() and by_fingers and not zooms:
            self._view.flight.pull(float(pixels.x()), float(pixels.y()))
            self._view.wake()
            return
        turned = event.angleDelta().y() or pixels.y()
        self._view.zoom_by(WHEEL_ZOOM ** max(-600, min(600, turned)), event.position())
