"""The widget that shows a picture: it moves until it is at rest, then costs nothing.

The parts: `motion` is what changes by itself, `flight` the camera's way, `Pointer` and `Keys` what hands do,
`GraphPainter` the looks, `Emphases` what stands out, `HoverCard` the words beside a node.
"""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QFont, QHideEvent, QPainter, QPaintEvent
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from desktop.core.records import NodeKind
from desktop.ui import theme
from desktop.ui.graph import accessible
from desktop.ui.graph.camera import Camera, Flight, fitting
from desktop.ui.graph.colours import blend, colours_of, tints_of
from desktop.ui.graph.emphasis import Emphases, Emphasis
from desktop.ui.graph.hover_card import HoverCard, HoverSource
from desktop.ui.graph.keyboard import Keys
from desktop.ui.graph.layer import screen_radii
from desktop.ui.graph.motion import Motion
from desktop.ui.graph.painting import GraphPainter, Look
from desktop.ui.graph.picture import Floats, Picture
from desktop.ui.graph.pointing import Pointer

NEAREST_FIT: Final = 2.0  # a graph of three notes does not fill the screen with them
MARGIN: Final = 46.0  # px around a fitted picture, for the names
REACH: Final = 5.0  # px around a node that count as the node
BORDER: Final = 24.0  # px from the edge within which a selected node is brought into sight
DRAG_HEAT: Final = 0.25
BIG_DRAG_HEAT: Final = 0.02  # ten thousand notes do not dance with one
BIG: Final = 1_500  # nodes


class GraphView(QWidget):
    """Shows one picture and says what the user does with it."""

    activated = Signal(object, bool)  # a node's id; in a tab of its own
    rested = Signal()  # everything stands after it moved: the places are worth storing
    node_selected = Signal(object)  # a node's id
    hovered = Signal(object)  # a node's id, or None
    pinned_changed = Signal()
    context_requested = Signal(object, QPoint)  # a node's id or None; where on the screen

    def __init__(self, parent: QWidget | None = None) -> None:
        self._ready = False  # Qt sends events while a widget is made
        super().__init__(parent)
        accessible.install()
        self.setAccessibleName(self.tr("Graph of links"))
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(120, 100)
        self.picture: Picture | None = None
        self.selected: int | None = None  # an index
        self._by_folder = False
        self._ratio = 0.0
        self._shown_emphasis: Emphasis | None = None  # kept while the rest comes forward again
        self._radii_of: tuple[int, float, Floats | None] = (0, 0.0, None)
        self.flight = Flight()
        self.motion = Motion(self, self.flight)
        self.motion.refit = lambda: self.flight.go(self._fitted())
        self.motion.wants_time = lambda: self._painter.wants_time(self.look())
        self.motion.ticked.connect(self._prepare)
        self.motion.rested.connect(self.rested)
        self._painter = GraphPainter(colours_of(theme.current()), self._label_font(), 1.0)
        self._emphases = Emphases()
        self._card = HoverCard(self)
        self._card.changed.connect(self.update)
        self._pointer, self._keys = Pointer(self), Keys(self)
        theme.notifier().changed.connect(self._take_theme)
        self._ready = True

    # --- what is shown -----------------------------------------------------------------------------------

    def show_picture(self, picture: Picture | None, keep_camera: bool = False) -> None:
        """Show another picture, fitted; or the same notes after a change, from where the user looks."""
        chosen = self.selected_id() if keep_camera else None
        known = frozenset(self.picture.ids) if keep_camera and self.picture is not None else None
        self.picture = picture
        self.selected = picture.index.get(chosen) if picture is not None and chosen is not None else None
        self.motion.take_picture(picture, known)
        self._pointer.forget()
        self._keys.forget()
        self._card.point_at(None)
        self._emphases.follow(picture)
        self._painter.drop()
        self._shown_emphasis = None
        self.motion.dim = 0.0
        self._emphasise()
        if not keep_camera:
            self.flight.fits = True
        if picture is not None and len(picture):
            self._painter.set_tints(tints_of(picture.graph, self._by_folder))
            if self.flight.fits:
                (self.flight.go if keep_camera else self.flight.jump)(self._fitted())
        self.wake()

    def set_colour_by(self, what: str) -> None:
        """Colour the nodes by "kind", or by the top "folder" they stand in."""
        self._by_folder = what == "folder"
        if self.picture is not None:
            self._painter.set_tints(tints_of(self.picture.graph, self._by_folder))
        self.wake()

    def show_path(self, ids: Sequence[int]) -> None:
        """Let a chain of notes (by id) stand out, and bring it into sight; none: no chain."""
        self._emphases.show_path(self.picture, ids)
        self._emphasise()
        emphasis = self._emphases.current
        if emphasis is not None and emphasis.is_path and self.picture is not None:
            places, reach = self.picture.positions[emphasis.nodes], 30.0
            low, high = places.min(axis=0) - reach, places.max(axis=0) + reach
            self.flight.fits = False
            bounds = (float(low[0]), float(low[1]), float(high[0]), float(high[1]))
            self.flight.go(fitting(bounds, self.width(), self.height(), self._margin(), NEAREST_FIT))
        self.wake()

    def highlight(self, ids: Iterable[int] | None) -> None:
        """Let what a search found (by id) stand out; None: everything is as it was."""
        self._emphases.highlight(self.picture, ids)
        self._emphasise()
        self.wake()

    def set_hover_source(self, source: HoverSource | None) -> None:
        """Ask `source(id, then)` for the first line of a hovered note; it calls `then` with it, sooner or later."""
        self._card.source = source

    def fit(self) -> None:
        """Show the whole picture, and keep it in sight while it moves."""
        self.flight.fits = True
        if self.picture is not None and len(self.picture):
            self.flight.go(self._fitted())
        self.wake()

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Come nearer (above 1) or go back, keeping the place under the pointer."""
        place = at if at is not None else QPointF(self.width() / 2.0, self.height() / 2.0)
        self.flight.fits = False
        self.flight.go(self.flight.goal.zoomed(factor, place.x(), place.y(), self.width(), self.height()))
        self.wake()

    def pan_by(self, dx: float, dy: float) -> None:
        """Move the scene by so many pixels, with easing."""
        self.flight.fits = False
        self.flight.go(self.flight.goal.panned(dx, dy))
        self.wake()

    def export_png(self, path: str | Path, scale: float = 2.0, whole: bool = False) -> None:
        """Write what is seen, or the whole picture, as PNG; raise ExportRefused where no file can be written."""
        self._export(path, whole, scale)

    def export_svg(self, path: str | Path, whole: bool = False) -> None:
        """Write what is seen, or the whole picture, as SVG; raise ExportRefused where no file can be written."""
        self._export(path, whole, None)

    def _export(self, path: str | Path, whole: bool, scale: float | None) -> None:
        from desktop.ui.graph import export_picture  # late: few graphs become files

        if self.picture is None or not len(self.picture):
            return
        look = export_picture.still(self.look())
        look = export_picture.whole_look(look) if whole else look
        painter = GraphPainter(self._painter.colours, self._label_font(), scale or 1.0)
        painter.set_tints(self._painter.tints)
        if scale is None:
            export_picture.write_svg(Path(path), look, painter)
        else:
            export_picture.write_png(Path(path), look, painter, scale)

    # --- nodes -------------------------------------------------------------------------------------------

    def select(self, node: int | None) -> None:
        """Mark a node by its index, bring it into sight, and tell assistive tools about it."""
        self.selected = node
        if node is not None and self.picture is not None:
            self._bring_into_sight(node)
            self.setAccessibleDescription(self.describe(node))
            self.node_selected.emit(self.picture.ids[node])
        else:
            self.setAccessibleDescription("")
        accessible.announce(self)
        self.wake()

    def selected_id(self) -> int | None:
        """Return the selected node's id."""
        if self.picture is None or self.selected is None:
            return None
        return self.picture.ids[self.selected]

    def selected_rect(self) -> QRect:
        """Return where the selected node is in the widget."""
        if self.picture is None or self.selected is None:
            return QRect()
        place, radius = self._place_of(self.selected), self._radius_of(self.selected)
        return QRectF(place.x() - radius, place.y() - radius, 2 * radius, 2 * radius).toAlignedRect()

    def first(self) -> int:
        """Return the node at which keys begin: the open note, or the best linked."""
        assert self.picture is not None
        return self.picture.open if self.picture.open is not None else int(self.picture.by_degree[0])

    def describe(self, node: int) -> str:
        """Return a node in words: its title, what it is, and how many links it has."""
        assert self.picture is not None
        links = self.tr("links: {0}").format(int(self.picture.degrees[node]))
        return f"{self.picture.titles[node][:200]} – {self._what(node)}, {links}"

    def _what(self, node: int) -> str:
        assert self.picture is not None
        facts = self.picture.graph.nodes[node]
        words = {
            "lecture": self.tr("lecture"),
            "digest": self.tr("digest"),
            "folder": self.tr("folder"),
            "note": self.tr("note"),
        }
        if facts.node_kind is NodeKind.TAG:
            return self.tr("tag")
        if facts.node_kind is NodeKind.ATTACHMENT:
            return self.tr("attachment")
        return words[facts.kind.value] if facts.kind is not None else self.tr("not written yet")

    def open_node(self, node: int, in_tab: bool) -> None:
        """Say that a node is to be opened."""
        if self.picture is not None and node < len(self.picture):
            self.activated.emit(self.picture.ids[node], in_tab)

    def is_pinned(self, node: int) -> bool:
        """Tell whether a node is held where it is."""
        return self.picture is not None and node in self.picture.simulation.pinned

    def drag(self, node: int, to: QPointF) -> None:
        """Hold a node at a place in the widget; its neighbours follow."""
        if self.picture is None:
            return
        self.flight.fits = False
        x, y = self.flight.camera.to_scene(to.x(), to.y(), self.width(), self.height())
        self.picture.simulation.pin(node, x, y)
        self._card.point_at(None)
        self.motion.reheat(DRAG_HEAT if len(self.picture) < BIG else BIG_DRAG_HEAT)
        self.wake()

    def unpin(self, node: int) -> None:
        """Let a held node go back among its neighbours."""
        if self.picture is not None and self.is_pinned(node):
            self.picture.simulation.unpin(node)
            self.motion.reheat(DRAG_HEAT if len(self.picture) < BIG else BIG_DRAG_HEAT)
            self.pinned_changed.emit()
            self.wake()

    def toggle_pin(self, node: int) -> None:
        """Hold a node where it is, or let it go."""
        if self.is_pinned(node):
            self.unpin(node)
        elif self.picture is not None:
            self.picture.simulation.pin(node, *self.picture.positions[node])
            self.pinned_changed.emit()
            self.wake()

    def node_at(self, place: QPointF) -> int | None:
        """Return the node under a place in the widget."""
        if self.picture is None or not len(self.picture):
            return None
        scale = self.flight.camera.scale
        x, y = self.flight.camera.to_scene(place.x(), place.y(), self.width(), self.height())
        return self.picture.node_at(x, y, REACH / scale, self._radii() / scale)

    def hover(self, node: int | None) -> None:
        """Take the node under the pointer."""
        if node == self._emphases.hovered or self.picture is None:
            return
        self._emphases.hover(self.picture, node)
        self._emphasise()
        if node is None:
            self.unsetCursor()
            self._card.point_at(None)
        else:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            meta = f"{self._what(node)} · " + self.tr("links: {0}").format(int(self.picture.degrees[node]))
            self._card.point_at(self.picture.ids[node], self.picture.titles[node], meta)
        self.hovered.emit(None if node is None else self.picture.ids[node])
        self.wake()

    def ask_for_menu(self) -> None:
        """Ask for the menu of the selected node, beside it."""
        place = self.selected_rect().bottomRight() if self.selected is not None else self.rect().center()
        self.context_requested.emit(self.selected_id(), self.mapToGlobal(place))

    # --- how it is shown ---------------------------------------------------------------------------------

    @property
    def running(self) -> bool:
        """Tell whether something moves."""
        return self.motion.running

    @property
    def camera(self) -> Camera:
        """What part of the scene is on the screen."""
        return self.flight.camera

    @property
    def rests(self) -> Callable[[], bool]:
        """Tells whether something more urgent than movement goes on."""
        return self.motion.rests

    @rests.setter
    def rests(self, asks: Callable[[], bool]) -> None:
        self.motion.rests = asks

    def wake(self) -> None:
        """Paint, and go on moving until there is nothing left to do."""
        self.update()
        if self.isVisible():
            self.motion.start()

    def look(self) -> Look:
        """Return everything that the next frame depends on."""
        assert self.picture is not None
        hovered = self._emphases.hovered
        return Look(
            self.picture,
            self.flight.camera,
            float(self.width()),
            float(self.height()),
            self.devicePixelRatioF(),
            self._shown_emphasis,
            hovered,
            self.selected,
            self.motion.dim,
            self.picture.simulation.moving,
            self.motion.travelling or not self.flight.standing,
            self.motion.births,
            hovered if self._card.is_shown else None,
        )

    def _emphasise(self) -> None:
        """Let what stands out do so, and the rest step back or come forward."""
        current = self._emphases.current
        self.motion.dim_goal = 0.0 if current is None else 1.0
        if current is not None:
            self._shown_emphasis = current

    def _prepare(self, passed_ms: float) -> None:
        if self.motion.dim == 0.0 and self.motion.dim_goal == 0.0:
            self._shown_emphasis = None
        if self.picture is None or (self.motion.calm and self.picture.simulation.moving):
            return
        self._painter.prepare(self.look(), passed_ms, self.motion.calm)
        self.update()

    def _label_font(self) -> QFont:
        return theme.ui_font()

    def _margin(self) -> float:
        return min(MARGIN, min(self.width(), self.height()) * 0.16)

    def _fitted(self) -> Camera:
        assert self.picture is not None
        return fitting(self.picture.bounds(), self.width(), self.height(), self._margin(), NEAREST_FIT)

    def _radii(self) -> Floats:
        assert self.picture is not None
        key, scale, radii = self._radii_of
        if radii is None or key != id(self.picture) or scale != self.camera.scale or self.picture.simulation.moving:
            radii = screen_radii(self.picture, self.camera.scale)
            self._radii_of = (id(self.picture), self.camera.scale, radii)
        return radii

    def _radius_of(self, node: int) -> float:
        return float(self._radii()[node])

    def _place_of(self, node: int) -> QPointF:
        assert self.picture is not None
        x, y = self.picture.positions[node].tolist()
        return QPointF(*self.camera.to_screen(x, y, self.width(), self.height()))

    def _bring_into_sight(self, node: int) -> None:
        assert self.picture is not None
        x, y = self.picture.positions[node].tolist()
        px, py = self.flight.goal.to_screen(x, y, self.width(), self.height())
        dx = max(BORDER - px, 0.0) - max(px - (self.width() - BORDER), 0.0)
        dy = max(BORDER - py, 0.0) - max(py - (self.height() - BORDER), 0.0)
        if dx or dy:
            self.pan_by(dx, dy)

    def _take_theme(self) -> None:
        self._painter.set_colours(colours_of(theme.current()), self._label_font(), self.devicePixelRatioF())
        self._card.forget_paint()
        self.wake()

    # --- Qt's events -------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Let the pointer's and the keys' own classes see to their events."""
        if self._ready and (self._pointer.take(event) or self._keys.take(event)):
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint one frame."""
        painter = QPainter(self)
        if self.picture is not None and len(self.picture):
            if self._ratio != self.devicePixelRatioF():
                self._ratio = self.devicePixelRatioF()
                self._painter.set_colours(self._painter.colours, self._label_font(), self._ratio)
            self._painter.paint(painter, self.look())
            hovered = self._emphases.hovered
            if hovered is not None:
                colours, place = self._painter.colours, self._place_of(hovered)
                self._card.paint(
                    painter, QRectF(self.rect()), place, self._radius_of(hovered), colours, self._ratio
                )
        else:
            painter.fillRect(self.rect(), self._painter.colours.ground)
        if self.hasFocus():
            self._paint_focus(painter)
        painter.end()

    def _paint_focus(self, painter: QPainter) -> None:
        """Paint the focus as four bars: one rounded rectangle takes longer than all nodes."""
        colour = blend(self._painter.colours.accent, self._painter.colours.ground, 0.6)
        width, height = self.width(), self.height()
        for bar in ((0, 0, width, 1), (0, height - 1, width, 1), (0, 0, 1, height), (width - 1, 0, 1, height)):
            painter.fillRect(*bar, colour)

    def showEvent(self, event: QShowEvent) -> None:
        """Go on where the picture stopped."""
        self.wake()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop: nobody looks."""
        self.motion.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep a fitted picture fitted, at once: easing would lag behind the border."""
        if self.flight.fits and self.picture is not None and len(self.picture):
            self.flight.jump(self._fitted())
        self.wake()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus; by keyboard, begin at the open note."""
        by_keys = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if by_keys and self.selected is None and self.picture is not None and len(self.picture):
            self.select(self.first())
        super().focusInEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the node under the pointer, or of the ground."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self.ask_for_menu()
            return
        node = self.node_at(QPointF(event.pos()))
        if node is not None:
            self.select(node)
        ids = self.picture.ids if self.picture is not None else []
        self.context_requested.emit(None if node is None else ids[node], event.globalPos())
