"""The widget that shows a picture: it moves until it is at rest, then costs nothing.

The parts: `motion` is what changes by itself, `flight` the camera's way, `stage` where nodes are in the widget, `pins`
which of them are held, `attention` what stands out; `Pointer` and `Keys` are what hands do, `GraphPainter` the looks.
"""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHideEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QWidget

from desktop.ui import theme
from desktop.ui.graph import accessible, node_words
from desktop.ui.graph.apart import is_big
from desktop.ui.graph.attention import Attention
from desktop.ui.graph.camera import Camera, Flight
from desktop.ui.graph.colours import blend, colours_of, tints_of
from desktop.ui.graph.hover_card import HoverSource
from desktop.ui.graph.keyboard import Keys
from desktop.ui.graph.look import Look
from desktop.ui.graph.motion import Motion
from desktop.ui.graph.painting import GraphPainter
from desktop.ui.graph.picture import Picture
from desktop.ui.graph.pins import Pins
from desktop.ui.graph.pointing import Pointer
from desktop.ui.graph.stage import Stage

CARD_RIM: Final = 4  # px of a card on the view whose round corners show what lies below


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
        self._focus_by_keys = False  # else the mouse is where the user is, and a frame says nothing
        self.flight = Flight()
        self.stage = Stage(self, self.flight)
        self.stage.cards = self._cards
        self.rests: Callable[[], bool] = lambda: False  # whether something more urgent than movement goes on
        self.motion = Motion(self, self.flight)
        self.motion.rests = lambda: self.rests()
        self.motion.refit = lambda: self.flight.go(self.stage.fitted())
        self.pins = Pins(self, self.stage, self.motion)
        self.pins.changed.connect(self.pinned_changed)
        self.pins.changed.connect(self.wake)
        self.motion.wants_time = lambda: self._painter.wants_time(self.look())
        self.motion.ticked.connect(self._prepare)
        self.motion.rested.connect(self.rested)
        self._painter = GraphPainter(colours_of(theme.current()), theme.ui_font(), 1.0)
        self.attention = Attention(self, self.stage, self.motion)
        self.attention.changed.connect(self.wake)
        self.attention.hovered.connect(self.hovered)
        self._pointer, self._keys = Pointer(self), Keys(self)
        theme.notifier().changed.connect(self._take_theme)
        self._ready = True

    # --- what is shown -----------------------------------------------------------------------------------

    def show_picture(self, picture: Picture | None, keep_camera: bool = False) -> None:
        """Show another picture, fitted; or the same notes after a change, from where the user looks."""
        chosen = self.selected_id() if keep_camera else None
        known = frozenset(self.picture.ids) if keep_camera and self.picture is not None else None
        self.picture = self.stage.picture = picture
        self.selected = picture.index.get(chosen) if picture is not None and chosen is not None else None
        self.motion.take_picture(picture, known)
        self._pointer.forget()
        self._keys.forget()
        self._painter.drop(shows_on=picture is not None and is_big(picture))
        self.attention.follow()
        if not keep_camera:
            self.flight.fits = True
        if picture is not None and len(picture):
            self._painter.set_tints(tints_of(picture.graph, self._by_folder))
            if self.flight.fits:
                (self.flight.go if keep_camera else self.flight.jump)(self.stage.fitted())
        self.wake()

    def set_colour_by(self, what: str) -> None:
        """Colour the nodes by "kind", or by the top "folder" they stand in."""
        self._by_folder = what == "folder"
        if self.picture is not None:
            self._painter.set_tints(tints_of(self.picture.graph, self._by_folder))
        self.wake()

    def show_path(self, ids: Sequence[int]) -> None:
        """Let a chain of notes (by id) stand out, and bring it into sight; none: no chain."""
        chain = self.attention.show_path(ids)
        if chain is not None:
            self.flight.fits = False
            self.flight.go(self.stage.fitted_to(chain.nodes))
        self.wake()

    def highlight(self, ids: Iterable[int] | None) -> None:
        """Let what a search found (by id) stand out; None: everything is as it was."""
        self.attention.highlight(ids)
        self.wake()

    def set_hover_source(self, source: HoverSource | None) -> None:
        """Ask `source(id, then)` for the first line of a hovered note; it calls `then` with it, sooner or later."""
        self.attention.card.source = source

    def fit(self) -> None:
        """Show the whole picture, and keep it in sight while it moves."""
        self.flight.fits = True
        if self.picture is not None and len(self.picture):
            self.flight.go(self.stage.fitted())
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
        from desktop.ui.graph.export_picture import write_png  # late: few graphs become files

        if self.picture is not None and len(self.picture):
            write_png(Path(path), self.look(), self._painter, scale, whole)

    def export_svg(self, path: str | Path, whole: bool = False) -> None:
        """Write what is seen, or the whole picture, as SVG; raise ExportRefused where no file can be written."""
        from desktop.ui.graph.export_picture import write_svg  # late: few graphs become files

        if self.picture is not None and len(self.picture):
            write_svg(Path(path), self.look(), self._painter, whole)

    # --- nodes -------------------------------------------------------------------------------------------

    def select(self, node: int | None) -> None:
        """Mark a node by its index, bring it into sight, and tell assistive tools about it."""
        self.selected = node
        if node is not None and self.picture is not None:
            way = self.stage.way_into_sight(node)
            if any(way):
                self.pan_by(*way)
            self.setAccessibleDescription(node_words.describe(self.picture, node))
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

    def first(self) -> int:
        """Return the node at which keys begin: the open note, or the best linked."""
        assert self.picture is not None
        return self.picture.open if self.picture.open is not None else int(self.picture.by_degree[0])

    def open_node(self, node: int, in_tab: bool) -> None:
        """Say that a node is to be opened."""
        if self.picture is not None and node < len(self.picture):
            self.activated.emit(self.picture.ids[node], in_tab)

    # --- how it is shown ---------------------------------------------------------------------------------

    @property
    def running(self) -> bool:
        """Tell whether something moves."""
        return self.motion.running

    @property
    def camera(self) -> Camera:
        """What part of the scene is on the screen."""
        return self.flight.camera

    def wake(self) -> None:
        """Paint, and go on moving until there is nothing left to do."""
        self._refresh()
        if self.isVisible():
            self.motion.start()

    def look(self) -> Look:
        """Return everything that the next frame depends on."""
        assert self.picture is not None
        return Look(
            self.picture,
            self.flight.camera,
            float(self.width()),
            float(self.height()),
            self.devicePixelRatioF(),
            self.attention.shown,
            self.attention.node,
            self.selected,
            self.motion.dim,
            self.motion.moving,
            self.motion.travelling or not self.flight.standing,
            self.motion.births,
            self.attention.named_by_card,
            tuple((float(c.x()), float(c.y()), float(c.width()), float(c.height())) for c in self._cards()),
        )

    def _prepare(self, passed_ms: float) -> None:
        self.attention.settle()
        if self.picture is None or (self.motion.calm and self.motion.moving):
            return
        if self._painter.prepare(self.look(), passed_ms, self.motion.calm) or self.motion.easing:
            self._refresh()

    def _refresh(self) -> None:
        """Paint all but what lies under a card: Qt would paint the card's parts anew for every frame."""
        region = QRegion(self.rect())
        for card in self._cards():
            region -= QRegion(card.adjusted(CARD_RIM, CARD_RIM, -CARD_RIM, -CARD_RIM))
        self.update(region)

    def _cards(self) -> list[QRect]:
        """Return what parts of the view lie under a card."""
        cards = (child for child in self.children() if isinstance(child, QWidget))
        return [card.geometry() for card in cards if card.isVisible()]

    def _take_theme(self) -> None:
        self._painter.set_colours(colours_of(theme.current()), theme.ui_font(), self.devicePixelRatioF())
        self.attention.card.forget_paint()
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
                self._painter.set_colours(self._painter.colours, theme.ui_font(), self._ratio)
            self._painter.paint(painter, self.look())
            self.attention.paint_card(painter, self._painter.colours, self._ratio, self._painter.names.frames)
        else:
            painter.fillRect(self.rect(), self._painter.colours.ground)
        if self._focus_by_keys and self.hasFocus():
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
            self.flight.jump(self.stage.fitted())
        self.wake()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus; by keyboard, begin at the open note."""
        by_keys = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        self._focus_by_keys = by_keys
        if by_keys and self.selected is None and self.picture is not None and len(self.picture):
            self.select(self.first())
        super().focusInEvent(event)
