"""The list of results as a widget: it keeps what the user looks at in its place while answers come and go.

The *chosen* row is the one the user went to, by key or by click; until then the first row is current, whichever it is.
A new answer leaves the chosen row on its note, at its height in the view where it was seen. Where nothing is chosen but
the list was scrolled, the row at the top stays at the top.
"""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QWidget

from desktop.core.records import Hit, NoteId, SearchResult
from desktop.ui import theme
from desktop.ui.search.results import ResultDelegate
from desktop.ui.search.rows import HitRow, Index, Key, NoticeRow, ResultModel, ResultRole, Row, SectionRow
from desktop.ui.search.states import NoticeWidget

SEEN_DELAY_MS = 25  # of rest after scrolling before the text of the rows is read
QUICK_SEEN_DELAY_MS = 300  # after a quick answer: the full one brings it along, unless that is late
ROW_GUESS = 90  # pixels: of a note's row, before there is one

Anchor = tuple[Key, int]


class ResultList(QListView):
    """Accessible as `Search results`."""

    opened = Signal(object, bool)  # Row, in a new tab
    rows_seen = Signal(object)  # list[NoteId] that are seen, or soon will be, and whose text is not read
    row_reached = Signal(object)  # NoteId of the current row, None where it is of no note
    reason_wanted = Signal(object, QPoint)  # NoteId, where on the screen
    exactly_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Search results"))
        self._chosen: Key | None = None
        self._setting = False  # the current row, by ourselves
        self._notice: NoticeWidget | None = None
        self.results = ResultModel()
        self.setModel(self.results)
        self._delegate = ResultDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.verticalScrollBar().setSingleStep(24)
        self._seen_timer = QTimer(self, singleShot=True)
        self._seen_timer.timeout.connect(self._tell_seen)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._seen_timer.start(SEEN_DELAY_MS))
        self.clicked.connect(self._click)
        theme.notifier().changed.connect(self.viewport().update)

    # --- answers -----------------------------------------------------------------------------------------

    def show_result(
        self, result: SearchResult, read: Mapping[NoteId, Hit], sentence: str = "", *, final: bool = True
    ) -> None:
        """Show another answer, with what was read for it and what is said above its forgiven hits."""
        self._change(lambda: self.results.show(result, read, sentence))
        self._seen_timer.start(SEEN_DELAY_MS if final else QUICK_SEEN_DELAY_MS)

    def fill(self, read: Mapping[NoteId, Hit], *, sections: bool) -> None:
        """Take the text around the words."""
        self._change(lambda: self.results.fill(read, sections=sections))
        self._seen_timer.start(SEEN_DELAY_MS)

    def forget_choice(self) -> None:
        """Let the first row be current again."""
        self._chosen = None

    def choose(self, note_id: NoteId) -> None:
        """Make a note's row the chosen one."""
        row = self.results.row_of(note_id)
        if row >= 0:
            self._chosen = self.results.rows[row].key
            self._set_current(row)
            self.scrollTo(self.results.index(row))

    def current_row(self) -> Row | None:
        """Return the row that Enter opens, None where there is none."""
        index = self.currentIndex()
        row: Row | None = index.data(ResultRole.ROW) if index.isValid() else None
        return row

    def rows_at_once(self) -> int:
        """Return how many notes may be seen at once, and a few more."""
        return max(1, self.viewport().height() // ROW_GUESS) + 3

    def _change(self, change: Callable[[], bool]) -> None:
        anchor = self._anchor()
        before = self.verticalScrollBar().value()
        self._setting = True
        try:
            moved = change()
        finally:
            self._setting = False
        if moved:
            self._notice = None  # it went with the rows
            self._restore(anchor, before)
        self._place_notice()

    def _anchor(self) -> Anchor | None:
        """Return what shall stay where it is: the chosen row where it is seen, else the row at the top."""
        row = self.results.row_with(self._chosen)
        if row >= 0 and self._chosen is not None:
            rect = self.visualRect(self.results.index(row))
            if self.viewport().rect().intersects(rect):
                return self._chosen, rect.top()
        if self.verticalScrollBar().value() == 0:
            return None
        top = self.indexAt(QPoint(self.viewport().width() // 2, 1))
        if not top.isValid():
            return None
        return self.results.rows[top.row()].key, self.visualRect(top).top()

    def _restore(self, anchor: Anchor | None, before: int) -> None:
        self._place_notice()
        row = self.results.row_with(self._chosen)
        if row < 0 and self._chosen is not None:  # a section that is not listed any more: its note stands for it
            row = self.results.row_of(self._chosen[1])
        self._set_current(row if row >= 0 else self.results.first_choice())
        at = self.results.row_with(anchor[0]) if anchor is not None else -1
        bar = self.verticalScrollBar()
        self.executeDelayedItemsLayout()
        if anchor is not None and at >= 0:
            bar.setValue(bar.value() + self.visualRect(self.results.index(at)).top() - anchor[1])
        else:
            bar.setValue(before if anchor is not None and row >= 0 else 0)

    def _set_current(self, row: int) -> None:
        self._setting = True
        try:
            index = self.results.index(row) if row >= 0 else QModelIndex()
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        finally:
            self._setting = False

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Remember which row the user went to."""
        if self._setting:  # Qt would scroll to it
            return
        super().currentChanged(current, previous)
        row: Row | None = current.data(ResultRole.ROW) if current.isValid() else None
        if row is not None:
            self._chosen = row.key
        self.row_reached.emit(row.hit.id if isinstance(row, HitRow | SectionRow) else None)

    # --- the row of the notice ---------------------------------------------------------------------------

    def _place_notice(self) -> None:
        """Put the notice's widget into its row, as high as its sentence is at this width."""
        at = next((number for number, row in enumerate(self.results.rows) if isinstance(row, NoticeRow)), -1)
        if at < 0:
            return
        row = self.results.rows[at]
        assert isinstance(row, NoticeRow)
        index = self.results.index(at)
        if self._notice is None:
            self._notice = NoticeWidget(row.sentence)
            self._notice.exactly_wanted.connect(self.exactly_wanted)
            self.setIndexWidget(index, self._notice)
        self._notice.sentence.setText(row.sentence)
        height = self._notice.height_at(self.viewport().width())
        if height != self._delegate.notice_height:
            self._delegate.notice_height = height
            self.scheduleDelayedItemsLayout()

    @property
    def notice(self) -> NoticeWidget | None:
        """Return what is said between the results, None where nothing is."""
        return self._notice

    # --- what is seen ------------------------------------------------------------------------------------

    def _tell_seen(self) -> None:
        """Tell which rows want their text: those that are seen and as many below them."""
        if not self.isVisible() or not self.results.rows:
            return
        first = self.indexAt(QPoint(self.viewport().width() // 2, 1))
        last = self.indexAt(QPoint(self.viewport().width() // 2, self.viewport().height() - 2))
        top = first.row() if first.isValid() else 0
        bottom = last.row() if last.isValid() else len(self.results.rows) - 1
        missing = self.results.missing(top, bottom + self.rows_at_once())
        if missing:
            self.rows_seen.emit(missing)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the notice into the new width; read the text of rows that have come into view."""
        super().resizeEvent(event)
        self._place_notice()
        self._seen_timer.start(SEEN_DELAY_MS)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "_delegate"):
            self._delegate.set_fonts()
            self.scheduleDelayedItemsLayout()

    # --- opening and asking ------------------------------------------------------------------------------

    def _click(self, index: QModelIndex) -> None:
        row: Row | None = index.data(ResultRole.ROW) if index.isValid() else None
        if row is not None:
            self.opened.emit(row, False)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open in a new tab by the middle button."""
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.MiddleButton and index.isValid():
            self.opened.emit(index.data(ResultRole.ROW), True)
            return
        super().mouseReleaseEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Say why a note was found to who rests on its row."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self.indexAt(event.pos())
            row: Row | None = index.data(ResultRole.ROW) if index.isValid() else None
            if isinstance(row, HitRow | SectionRow):
                self.reason_wanted.emit(row.hit.id, event.globalPos())
                return True
        return super().viewportEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Leave letters to the field."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep Enter from being taken for a second opening."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
