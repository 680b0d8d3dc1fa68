"""The widget that shows a picture: it moves until it is at rest, then costs nothing.

One timer does everything that takes time: a step of the simulation, the camera's way to its goal, the stepping back
of what is not hovered, a slice of a big picture's image. When there is nothing left to do, it stops.
"""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QFont,
    QHelpEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from desktop.ui import theme
from desktop.ui.graph.camera import Camera, fitting
from desktop.ui.graph.colours import colours_of
from desktop.ui.graph.layer import screen_radii
from desktop.ui.graph.painting import GraphPainter, Look
from desktop.ui.graph.picture import Picture

TICK_MS: Final = 16
NEAREST_FIT: Final = 2.4  # a graph of three notes does not fill the screen with them
MARGIN: Final = 46.0  # px around a fitted picture, for the names
REACH: Final = 5.0  # px around a node that count as the node
ZOOM_STEP: Final = 1.3
DIM_EASE: Final = 0.3
DRAG_HEAT: Final = 0.25
ARROWS: Final = {
    Qt.Key.Key_Left: (-1.0, 0.0),
    Qt.Key.Key_Right: (1.0, 0.0),
    Qt.Key.Key_Up: (0.0, -1.0),
    Qt.Key.Key_Down: (0.0, 1.0),
}


class GraphView(QWidget):
    """Shows one picture and says what the user does with it."""

    activated = Signal(object, bool)  # a node's id; in a tab of its own
    rested = Signal()  # everything stands after it moved: the places are worth storing
    node_selected = Signal(object)  # a node's id

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Graph of links"))
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(120, 100)
        self.picture: Picture | None = None
        self.camera = Camera()
        self._goal = Camera()
        self._fits = True  # the camera follows the picture until the user moves it
        self._hovered: int | None = None
        self._selected: int | None = None
        self._dimmed: int | None = None  # what the rest steps back for, kept while it comes forward again
        self._dim = 0.0
        self._pressed: tuple[QPointF, int | None] | None = None
        self._dragged = False
        self._restless = False
        self._ratio = 0.0
        self._painter = GraphPainter(colours_of(theme.current()), self._label_font(), 1.0)
        self.rests: Callable[[], bool] = lambda: False  # whether something more urgent than movement goes on
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)
        theme.notifier().changed.connect(self._take_theme)

    # --- what is shown -----------------------------------------------------------------------------------

    def show_picture(self, picture: Picture | None, keep_camera: bool = False) -> None:
        """Show another picture, fitted; or the same notes after a change, from where the user looks."""
        chosen = self.selected_id() if keep_camera else None
        self.picture = picture
        self._hovered = self._dimmed = self._pressed = None
        self._dim = 0.0
        self._selected = picture.index.get(chosen) if picture is not None and chosen is not None else None
        self._restless = picture is not None and picture.simulation.moving
        self._painter.layer.drop()
        if not keep_camera:
            self._fits = True
        if picture is not None and len(picture) and self._fits:
            self._goal = self._fitted()
            if not keep_camera:
                self.camera = self._goal
        self._wake()

    def fit(self) -> None:
        """Show the whole picture, and keep it in sight while it moves."""
        self._fits = True
        if self.picture is not None and len(self.picture):
            self._goal = self._fitted()
        self._wake()

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Come nearer (above 1) or go back, keeping the place under the pointer."""
        place = at if at is not None else QPointF(self.width() / 2.0, self.height() / 2.0)
        self._fits = False
        self._goal = self._goal.zoomed(factor, place.x(), place.y(), self.width(), self.height())
        self._wake()

    def select(self, node: int | None) -> None:
        """Mark a node by its index, bring it into sight, and tell assistive tools about it."""
        self._selected = node
        if node is not None and self.picture is not None:
            self._bring_into_sight(node)
            self.setAccessibleDescription(self._describe(node))
            event = QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
            QAccessible.updateAccessibility(event)
            self.node_selected.emit(self.picture.ids[node])
        self._wake()

    def selected_id(self) -> int | None:
        """Return the selected node's id."""
        if self.picture is None or self._selected is None:
            return None
        return self.picture.ids[self._selected]

    @property
    def running(self) -> bool:
        """Tell whether the timer runs."""
        return self._timer.isActive()

    def _label_font(self) -> QFont:
        font = theme.ui_font()
        font.setPixelSize(12)
        return font

    def _fitted(self) -> Camera:
        assert self.picture is not None
        margin = min(MARGIN, min(self.width(), self.height()) * 0.16)
        return fitting(self.picture.bounds(), self.width(), self.height(), margin, NEAREST_FIT)

    def _describe(self, node: int) -> str:
        """Return a node in words: its title, what it is, and how many links it has."""
        assert self.picture is not None
        kind = self.picture.graph.nodes[node].kind
        links = int(self.picture.degrees[node])
        words = {
            "lecture": self.tr("lecture"),
            "digest": self.tr("digest"),
            "folder": self.tr("folder"),
            "note": self.tr("note"),
        }
        what = words[kind.value] if kind is not None else self.tr("not written yet")
        return self.tr("{0} – {1}, links: {2}").format(self.picture.titles[node][:200], what, links)

    def _bring_into_sight(self, node: int) -> None:
        assert self.picture is not None
        x, y = self.picture.positions[node]
        px, py = self._goal.to_screen(x, y, self.width(), self.height())
        border = 24.0
        dx = max(border - px, 0.0) - max(px - (self.width() - border), 0.0)
        dy = max(border - py, 0.0) - max(py - (self.height() - border), 0.0)
        if dx or dy:
            self._fits = False
            self._goal = self._goal.panned(dx, dy)

    def _take_theme(self) -> None:
        self._painter.set_colours(colours_of(theme.current()), self._label_font(), self.devicePixelRatioF())
        self._wake()

    # --- time --------------------------------------------------------------------------------------------

    def _look(self) -> Look:
        assert self.picture is not None
        return Look(
            self.picture,
            self.camera,
            float(self.width()),
            float(self.height()),
            self.devicePixelRatioF(),
            self._dimmed,
            self._selected,
            self._dim,
            self.picture.simulation.moving,
        )

    def _wake(self) -> None:
        self.update()
        if self.isVisible() and not self._timer.isActive():
            self._timer.start()

    def _tick(self) -> None:
        """Do a little of everything that takes time; stop when nothing does."""
        picture = self.picture
        if picture is None or not len(picture):
            self._timer.stop()
            return
        if self.rests():
            return
        moving = picture.simulation.step()
        if self._fits and (moving or self._restless):
            self._goal = self._fitted()
        self.camera = self.camera.towards(self._goal)
        dim_goal = 1.0 if self._hovered is not None else 0.0
        self._dim += (dim_goal - self._dim) * DIM_EASE
        if abs(dim_goal - self._dim) < 0.02:
            self._dim = dim_goal
            if self._hovered is None:
                self._dimmed = None
        look = self._look()
        self._painter.prepare(look)
        self.update()
        if moving:
            return
        if self._restless and self._pressed is None:
            self._restless = False
            self.rested.emit()
        if self.camera == self._goal and self._dim == dim_goal and not self._painter.wants_time(look):
            self._timer.stop()

    # --- Qt's events -------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint one frame."""
        colours = self._painter.colours
        painter = QPainter(self)
        painter.fillRect(self.rect(), colours.ground)
        if self.picture is not None and len(self.picture):
            if self._ratio != self.devicePixelRatioF():
                self._ratio = self.devicePixelRatioF()
                self._painter.set_colours(colours, self._label_font(), self._ratio)
            self._painter.paint(painter, self._look())
        if self.hasFocus():
            painter.setOpacity(0.6)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.accent, 1.0))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 4, 4)
        painter.end()

    def showEvent(self, event: QShowEvent) -> None:
        """Go on where the picture stopped."""
        self._wake()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop: nobody looks."""
        self._timer.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep a fitted picture fitted, at once: easing would lag behind the border."""
        if self._fits and self.picture is not None and len(self.picture):
            self._goal = self.camera = self._fitted()
        self._wake()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus; by keyboard, begin at the open note."""
        by_keys = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if by_keys and self._selected is None and self.picture is not None and len(self.picture):
            self.select(self._first())
        super().focusInEvent(event)

    def _first(self) -> int:
        assert self.picture is not None
        return self.picture.open if self.picture.open is not None else int(self.picture.by_degree[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Select by arrows, open by Enter, zoom by + and -, fit by 0, hold by Space."""
        if self.picture is None or not len(self.picture):
            super().keyPressEvent(event)
            return
        key = Qt.Key(event.key())
        if key in ARROWS:
            self._step_selection(*ARROWS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._selected is not None:
            in_tab = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self.activated.emit(self.picture.ids[self._selected], in_tab)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_by(ZOOM_STEP)
        elif key in (Qt.Key.Key_Minus, Qt.Key.Key_Underscore):
            self.zoom_by(1.0 / ZOOM_STEP)
        elif key in (Qt.Key.Key_0, Qt.Key.Key_Home):
            self.fit()
        elif key == Qt.Key.Key_Space and self._selected is not None:
            self._toggle_pin(self._selected)
        elif key == Qt.Key.Key_Escape and self._selected is not None:
            self.select(None)
        else:
            super().keyPressEvent(event)

    def _step_selection(self, dx: float, dy: float) -> None:
        assert self.picture is not None
        if self._selected is None:
            self.select(self._first())
            return
        found = self.picture.nearest(self._selected, dx, dy)
        if found is not None:
            self.select(found)

    def _toggle_pin(self, node: int) -> None:
        assert self.picture is not None
        simulation = self.picture.simulation
        if node in simulation.pinned:
            simulation.unpin(node)
            simulation.reheat(DRAG_HEAT)
            self._restless = True
        else:
            simulation.pin(node, *self.picture.positions[node])
        self._wake()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer."""
        turned = event.angleDelta().y() or event.pixelDelta().y()
        self.zoom_by(1.0015 ** max(-600, min(600, turned)), event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of a node or of the ground."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = (event.position(), self._node_at(event.position()))
            self._dragged = False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag what is held, else see what is under the pointer."""
        if self._pressed is None:
            self._hover(self._node_at(event.position()))
            return
        start, node = self._pressed
        here = event.position()
        if not self._dragged and (here - start).manhattanLength() < QApplication.startDragDistance() / 2:
            return
        self._dragged = True
        if node is None:
            self._pan(here - start)
            self._pressed = (here, None)
        else:
            self._drag_node(node, here)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the node that was clicked; a dragged one stays where it was put."""
        pressed, self._pressed = self._pressed, None
        self.unsetCursor()
        if pressed is None or self._dragged or self.picture is None:
            self._wake()
            return
        node = pressed[1]
        if node is not None and event.button() == Qt.MouseButton.LeftButton:
            self.select(node)
            in_tab = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self.activated.emit(self.picture.ids[node], in_tab)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Fit, on the ground; the first click has opened a node already."""
        if self._node_at(event.position()) is None:
            self.fit()

    def leaveEvent(self, event: QEvent) -> None:
        """Let everything come forward again."""
        self._hover(None)

    def event(self, event: QEvent) -> bool:
        """Show the tooltip of the node under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            node = self._node_at(QPointF(event.pos()))
            if node is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), self._describe(node), self)
            return True
        return super().event(event)

    def _node_at(self, place: QPointF) -> int | None:
        if self.picture is None or not len(self.picture):
            return None
        x, y = self.camera.to_scene(place.x(), place.y(), self.width(), self.height())
        radii = screen_radii(self.picture, self.camera.scale) / self.camera.scale
        return self.picture.node_at(x, y, REACH / self.camera.scale, radii)

    def _hover(self, node: int | None) -> None:
        if node == self._hovered:
            return
        self._hovered = node
        if node is not None:
            self._dimmed = node
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self.unsetCursor()
        self._wake()

    def _pan(self, way: QPointF) -> None:
        self.setCursor(Qt.CursorShape.ClosedHandCursor)
        self._fits = False
        self._goal = self.camera = self.camera.panned(way.x(), way.y())
        self._wake()

    def _drag_node(self, node: int, here: QPointF) -> None:
        assert self.picture is not None
        self._fits = False
        x, y = self.camera.to_scene(here.x(), here.y(), self.width(), self.height())
        self.picture.simulation.pin(node, x, y)
        self.picture.simulation.reheat(DRAG_HEAT)
        self._restless = True
        self._wake()
