"""What the keys do in a graph: go from node to node, find one by its title, open, zoom.

Arrows go to the nearest node in their direction, Tab goes round the neighbours of the node at which the tour began
(Escape ends it, and Tab then leaves the graph as usual), letters jump to the title that begins with them.
"""

import math
import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent

from desktop.ui.delays import TYPE_AHEAD_MS
from desktop.ui.graph.labels import shown_title

if TYPE_CHECKING:
    from desktop.ui.graph.view import GraphView

ZOOM_STEP: Final = 1.3
PAN_STEP: Final = 80.0  # px
ARROWS: Final = {
    Qt.Key.Key_Left: (-1.0, 0.0),
    Qt.Key.Key_Right: (1.0, 0.0),
    Qt.Key.Key_Up: (0.0, -1.0),
    Qt.Key.Key_Down: (0.0, 1.0),
}
ZOOMS: Final = {
    Qt.Key.Key_Plus: ZOOM_STEP,
    Qt.Key.Key_Equal: ZOOM_STEP,
    Qt.Key.Key_Minus: 1.0 / ZOOM_STEP,
    Qt.Key.Key_Underscore: 1.0 / ZOOM_STEP,
}
UNPIN: Final = frozenset("pPзЗ")  # the same key under a Russian keymap
Modifier = Qt.KeyboardModifier


class Keys:
    """Turns key events into what they mean."""

    def __init__(self, view: "GraphView") -> None:
        self._view = view
        self._typed = ""
        self._typed_at = 0.0
        self._tour: tuple[int, int] | None = None  # where it began, and the node it stands at, as indices

    def take(self, event: QEvent) -> bool:
        """Do what an event means; return whether it was one of the keys' here."""
        picture = self._view.picture
        if picture is None or not len(picture):
            return False
        if isinstance(event, QContextMenuEvent):  # the system's own key for it
            self._ask_for_menu()
            return True
        if not isinstance(event, QKeyEvent):
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            # A letter here is a letter, not a command of the window.
            if self._is_letter(event) or event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                event.setAccepted(event.key() != Qt.Key.Key_Escape or self._view.selected is not None)
            return event.isAccepted()
        if event.type() != QEvent.Type.KeyPress:
            return False
        # What means nothing here stays as it came: the widget's own code passes it on.
        return self._press(Qt.Key(event.key()), event)

    def forget(self) -> None:
        """Begin anew: the picture is another."""
        self._typed, self._tour = "", None

    def _press(self, key: Qt.Key, event: QKeyEvent) -> bool:
        view, modifiers = self._view, event.modifiers() & ~Modifier.KeypadModifier
        control = bool(modifiers & Modifier.ControlModifier)
        if key in ARROWS and modifiers in (Modifier.NoModifier, Modifier.ShiftModifier, Modifier.ControlModifier):
            self._arrow(*ARROWS[key], pans=modifiers != Modifier.NoModifier)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and view.selected is not None:
            view.open_node(view.selected, control)
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            return not control and self._go_round(-1 if key == Qt.Key.Key_Backtab else 1)
        elif key == Qt.Key.Key_Menu or (key == Qt.Key.Key_F10 and modifiers == Modifier.ShiftModifier):
            self._ask_for_menu()
        elif control or modifiers & (Modifier.AltModifier | Modifier.MetaModifier):
            return False
        elif key in ZOOMS:
            view.zoom_by(ZOOMS[key])
        elif key == Qt.Key.Key_Home:
            view.select(view.first())
        elif key == Qt.Key.Key_Escape and view.selected is not None:
            self.forget()
            view.select(None)
        else:
            return self._letter(key, event)
        return True

    def _ask_for_menu(self) -> None:
        """Ask for the menu of the selected node, beside it."""
        view = self._view
        place = view.stage.rect_of(view.selected).bottomRight() if view.selected is not None else view.rect().center()
        view.context_requested.emit(view.selected_id(), view.mapToGlobal(place))

    def _arrow(self, dx: float, dy: float, pans: bool) -> None:
        picture, selected = self._view.picture, self._view.selected
        assert picture is not None
        if pans:
            self._view.pan_by(-dx * PAN_STEP, -dy * PAN_STEP)
        elif selected is None:
            self._view.select(self._view.first())
        else:
            found = picture.nearest(selected, dx, dy)
            if found is not None:
                self._view.select(found)

    def _go_round(self, way: int) -> bool:
        """Select the next neighbour of the node at which the tour began; False where there is nothing to go round."""
        picture, selected = self._view.picture, self._view.selected
        assert picture is not None
        if selected is None:
            return False
        begin = self._tour[0] if self._tour is not None and self._tour[1] == selected else selected
        x, y = picture.positions[begin]
        ring = sorted(
            (node for node in picture.neighbours(begin).tolist() if node != begin),
            key=lambda node: math.atan2(picture.positions[node][1] - y, picture.positions[node][0] - x),
        )
        if not ring:
            return False
        if selected in ring:
            following = ring[(ring.index(selected) + way) % len(ring)]
        else:
            following = ring[0] if way > 0 else ring[-1]
        self._view.select(following)
        self._tour = (begin, following)
        return True

    def _is_letter(self, event: QKeyEvent) -> bool:
        plain = not event.modifiers() & (Modifier.ControlModifier | Modifier.AltModifier | Modifier.MetaModifier)
        return plain and bool(event.text()) and event.text().isprintable()

    def _letter(self, key: Qt.Key, event: QKeyEvent) -> bool:
        """Jump by a letter, unless it is a key with a meaning of its own and no name is being typed."""
        if not self._is_letter(event):
            return False
        now, view = time.monotonic(), self._view
        typing = bool(self._typed) and (now - self._typed_at) * 1000.0 < TYPE_AHEAD_MS
        selected, text = view.selected, event.text()
        if not typing:
            if key == Qt.Key.Key_0:
                view.fit()
                return True
            if selected is not None and (key == Qt.Key.Key_Space or (text in UNPIN and view.pins.holds(selected))):
                view.pins.toggle(selected)
                return True
            if text.isspace():
                return False
        self._typed = (self._typed if typing else "") + text.casefold()
        self._typed_at = now
        self._jump()
        return True

    def _jump(self) -> None:
        """Select the next node whose title, or else a word of it, begins with what was typed."""
        picture = self._view.picture
        assert picture is not None
        same = len(set(self._typed)) == 1  # one letter again and again goes through all that begin with it
        sought = self._typed[0] if same else self._typed
        titles = [shown_title(title).casefold() for title in picture.titles]
        order = sorted(range(len(titles)), key=lambda node: (titles[node], node))
        found = [node for node in order if titles[node].startswith(sought)] or [
            node for node in order if f" {sought}" in titles[node]
        ]
        if not found:
            return
        selected = self._view.selected
        if selected in found:
            step = 1 if same else 0
            self._view.select(found[(found.index(selected) + step) % len(found)])
        else:
            self._view.select(found[0])
