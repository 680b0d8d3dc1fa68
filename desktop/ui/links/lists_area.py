"""Several lists one below the other, scrolled as one; their headings stay in sight at the top or the bottom.

A heading stands above its list where that is seen, else it waits at the edge behind which its list lies: so the
mentions are one click away however many backlinks stand before them.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.ui.links.link_list import HEADER_HEIGHT, LinkList
from desktop.ui.links.rows import first_choosable

LEAST_SEEN = 24  # pixels of a list; with less it is out of sight
AHEAD = 300  # pixels below what is seen in which more rows are wanted already


class ListsArea(QScrollArea):
    """Scrolls lists."""

    more_wanted = Signal(int)  # the number of the list whose unread rows come into sight

    def __init__(self, lists: Sequence[LinkList], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lists = tuple(lists)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 8)
        layout.setSpacing(0)
        self._page = page
        self._away = False
        self._timer = QTimer(self, interval=0, singleShot=True)
        self._timer.timeout.connect(self._settle)
        for number, part in enumerate(self._lists):
            layout.addWidget(part)
            part.header.setParent(self.viewport())
            part.header.pressed.connect(lambda number=number: self._header_pressed(number))
            part.header.clicked.connect(lambda _checked, number=number: self._header_clicked(number))
            part.folded.connect(self._timer.start)
            part.view.resized.connect(self._timer.start)
            part.view.selectionModel().currentChanged.connect(self._follow_current)
            part.view.left_down.connect(lambda number=number: self._go_to_list(number, 1))
            part.view.left_up.connect(lambda number=number: self._go_to_list(number, -1))
        layout.addStretch(1)
        self.setWidget(page)
        page.installEventFilter(self)
        previous: QWidget | None = None
        for part in self._lists:
            for widget in (part.header, part.header.action, part.view):
                if previous is not None:
                    QWidget.setTabOrder(previous, widget)
                previous = widget
        self.verticalScrollBar().valueChanged.connect(self._settle)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the headings where they belong."""
        super().resizeEvent(event)
        self._settle()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the page when its lists grow."""
        if watched is self._page and event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self._timer.start()
        return super().eventFilter(watched, event)

    def show_top(self) -> None:
        """Scroll to the first list."""
        self.verticalScrollBar().setValue(0)

    def _settle(self) -> None:
        """Place the headings, and ask for rows that come into sight."""
        scrolled, height = self.verticalScrollBar().value(), self.viewport().height()
        last = len(self._lists)
        for number, part in enumerate(self._lists):
            natural = part.y() - scrolled
            low, high = number * HEADER_HEIGHT, height - (last - number) * HEADER_HEIGHT
            place = max(low, min(natural, high))
            part.header.setGeometry(0, place, self.viewport().width(), HEADER_HEIGHT)
            waits_at = Qt.Edge.TopEdge if place < natural else Qt.Edge.BottomEdge
            part.header.show_edge(None if place == natural else waits_at)
            part.header.raise_()
            part.header.show()
            row = part.view.more_row()
            if row >= 0 and part.view.isVisibleTo(self):
                end = part.y() + HEADER_HEIGHT + part.view.height() - scrolled
                if low + HEADER_HEIGHT + LEAST_SEEN < end < height + AHEAD:
                    self.more_wanted.emit(number)

    def _header_pressed(self, number: int) -> None:
        """See whether the list is out of sight now: then a click shows it instead of folding it."""
        part = self._lists[number]
        top = self._top_of(number)
        seen_from, seen_to = self._free_part(number)
        self._away = top > seen_to - LEAST_SEEN or (part.header.isChecked() and top + part.view.height() < seen_from)

    def _header_clicked(self, number: int) -> None:
        if self._away and self.verticalScrollBar().maximum():
            self._lists[number].header.setChecked(True)
            QTimer.singleShot(0, self, lambda: self._scroll_to(number))

    def _scroll_to(self, number: int) -> None:
        part = self._lists[number]
        layout = self._page.layout()
        assert layout is not None
        layout.activate()
        self.verticalScrollBar().setValue(part.y() - number * HEADER_HEIGHT)

    def _top_of(self, number: int) -> int:
        """Return where a list's rows begin in what is seen."""
        return self._lists[number].y() + HEADER_HEIGHT - self.verticalScrollBar().value()

    def _free_part(self, number: int) -> tuple[int, int]:
        """Return what is seen between the headings that may wait above and below a list."""
        below = (len(self._lists) - 1 - number) * HEADER_HEIGHT
        return (number + 1) * HEADER_HEIGHT, self.viewport().height() - below

    def _go_to_list(self, number: int, step: int) -> None:
        """Go on with the arrow keys in the next list that shows something to choose."""
        number += step
        while 0 <= number < len(self._lists):
            view = self._lists[number].view
            first = first_choosable(view.rows.rows)
            if view.isVisibleTo(self) and first >= 0:
                view.setFocus()
                view.setCurrentIndex(view.rows.index(first if step > 0 else view.rows.rowCount() - 1))
                return
            number += step

    def _follow_current(self, current: QModelIndex, _previous: QModelIndex) -> None:
        """Scroll the chosen row into sight, clear of the headings: the lists do not scroll themselves."""
        number = next((n for n, part in enumerate(self._lists) if part.view.model() is current.model()), -1)
        if number < 0 or not current.isValid():
            return
        view = self._lists[number].view
        rect = view.visualRect(current)
        top = view.viewport().mapTo(self._page, QPoint(0, rect.top())).y()
        seen_from, seen_to = self._free_part(number)
        bar = self.verticalScrollBar()
        if top - bar.value() < seen_from:
            bar.setValue(top - seen_from)
        elif top + rect.height() - bar.value() > seen_to:
            bar.setValue(top + min(rect.height(), seen_to - seen_from) - seen_to)
