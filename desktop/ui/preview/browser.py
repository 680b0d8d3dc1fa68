"""The page's widget: a centred column, links and images that are told and not followed, the keys of a reader."""

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
    QTextCursor,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QMenu, QTextBrowser, QWidget

from desktop.ui.preview.page_links import LinkSpan, link_after, words_around
from desktop.ui.preview.page_menu import menu_at
from desktop.ui.preview.page_words import plain_words, without_ours
from desktop.ui.preview.pictures import COLUMN, Pictures, address_of, is_stored

LEAST_MARGIN = 28
WHEEL_STEP = 120  # eighths of a degree: one notch


class Browser(QTextBrowser):
    """Shows the page; asks only `pictures` for what the page names."""

    link_followed = Signal(str, str, bool)  # address, the link's words, in a new tab
    acted = Signal(str, int)  # a link that does something (`do:...`), and where in the document it stands
    image_activated = Signal(str)  # address
    image_copied = Signal(str)
    image_saved = Signal(str)
    markdown_wanted = Signal()  # of what is selected, for the clipboard
    size_wanted = Signal(int)  # larger words (1) or smaller ones (-1)
    column_changed = Signal()
    touched = Signal()  # a key or a button: what only hovers goes
    moved_to_link = Signal()  # by Tab
    menu_opening = Signal(object, QPoint)  # the QMenu that is about to be shown, and where in the viewport
    undo_wanted = Signal(bool)  # of the text behind the page; True: redo
    ratio_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pictures: Pictures | None = None
        self.column = COLUMN  # pixels that the page is wide
        self.pointed_at = QPoint()  # where the pointer is, in the viewport
        self._pressed_at = QPoint()
        self._in_new_tab = False
        self._by_mouse = False  # a link is being followed by a click
        self._wheel = 0
        self.selecting = False  # the left button went down on the page and is not up again
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setTabChangesFocus(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setWordWrapMode(QTextOption.WrapMode.WordWrap)  # else a narrow column of a table breaks its words
        self.anchorClicked.connect(self._follow)

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Return an image that is ours; never a file, never anything from the network."""
        if self.pictures is None:
            return None
        return self.pictures.image(QUrl(name))

    # --- size ------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the column centred."""
        self.centre()
        super().resizeEvent(event)

    def centre(self) -> None:
        """Set the margins that leave a column in the middle."""
        bar = self.verticalScrollBar()
        free = self.width() - (bar.sizeHint().width() if bar.isVisible() else 0)
        margin = max(LEAST_MARGIN, (free - COLUMN) // 2)
        if self.viewportMargins().left() != margin:
            self.setViewportMargins(margin, 0, margin, 0)
        column = max(120, min(COLUMN, free - 2 * margin))
        if column != self.column:
            self.column = column
            self.column_changed.emit()

    def event(self, event: QEvent) -> bool:
        """Scroll when the wheel turns beside the column too; tell of a screen of another sharpness."""
        if isinstance(event, QWheelEvent):
            return self._turn_wheel(event) or QApplication.sendEvent(self.verticalScrollBar(), event)
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self.ratio_changed.emit()
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Change the words' size with Ctrl, scroll without."""
        self.touched.emit()
        if not self._turn_wheel(event):
            super().wheelEvent(event)

    def _turn_wheel(self, event: QWheelEvent) -> bool:
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._wheel = 0
            return False
        self._wheel += event.angleDelta().y()
        steps = int(self._wheel / WHEEL_STEP)
        self._wheel -= steps * WHEEL_STEP
        if steps:
            self.size_wanted.emit(1 if steps > 0 else -1)
        event.accept()
        return True

    # --- pointer ---------------------------------------------------------------------------------------------

    def leaveEvent(self, event: QEvent) -> None:
        """Take back what was told of the link under the pointer, which is not there any more."""
        super().leaveEvent(event)
        self.highlighted.emit(QUrl())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show that an image can be opened."""
        self.pointed_at = event.position().toPoint()
        super().mouseMoveEvent(event)
        if not event.buttons() and not self.anchorAt(event.position().toPoint()):
            pointing = bool(self.image_at(event.position().toPoint()))
            shape = Qt.CursorShape.PointingHandCursor if pointing else Qt.CursorShape.IBeamCursor
            if self.viewport().cursor().shape() != shape:
                self.viewport().setCursor(shape)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a link is pressed: its words tell which section a numeric anchor means."""
        self.touched.emit()
        self._pressed_at = event.position().toPoint()
        self.selecting = event.button() == Qt.MouseButton.LeftButton
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Follow a link, into a new tab by the middle button or Ctrl; open an image."""
        self.selecting = False
        self._in_new_tab = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        here = event.position().toPoint()
        address = self.anchorAt(here)
        if event.button() == Qt.MouseButton.MiddleButton and address and not address.startswith("do:"):
            self.link_followed.emit(address, self.words_at(here), True)
            return
        image = self.image_at(here) if event.button() == Qt.MouseButton.LeftButton and not address else ""
        clicked = (here - self._pressed_at).manhattanLength() < QApplication.startDragDistance()
        self._by_mouse = True
        super().mouseReleaseEvent(event)
        self._in_new_tab = self._by_mouse = False
        if image and clicked:
            self.image_activated.emit(image)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done here."""
        menu = self.menu_at(event.pos())
        menu.exec(event.globalPos())
        menu.deleteLater()

    def menu_at(self, position: QPoint) -> QMenu:
        """Build the menu for a place on the page."""
        return menu_at(self, position)

    def image_at(self, position: QPoint) -> str:
        """Return the address of the library's image at a place of the viewport; "" where there is none."""
        scrolled = QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        name = self.document().documentLayout().imageAt(QPointF(position) + scrolled)
        return name if is_stored(name) else ""

    def words_at(self, position: QPoint) -> str:
        """Return the whole words of the link at a place of the viewport."""
        return words_around(self.document(), self.cursorForPosition(position).position(), self.anchorAt(position))

    # --- keys ------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell that a key went down; undo and redo are for the text, all else is Qt's."""
        self.touched.emit()
        redo = event.matches(QKeySequence.StandardKey.Redo)
        if redo or event.matches(QKeySequence.StandardKey.Undo):
            self.undo_wanted.emit(redo)
            return
        super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Go to the next link by Tab, from what is seen on; behind the last one to the next widget."""
        cursor = self.textCursor()
        seen = self.viewport().rect().intersects(self.cursorRect(cursor))
        if cursor.hasSelection() and seen:
            start = cursor.selectionEnd() if forward else cursor.selectionStart()
        else:
            corner = self.viewport().rect().topLeft() if forward else self.viewport().rect().bottomRight()
            start = self.cursorForPosition(corner).position()
        link = link_after(self.document(), start, forward)
        if link is None:
            cursor.clearSelection()
            self.setTextCursor(cursor)
            return QWidget.focusNextPrevChild(self, forward)
        self.select_link(link)
        return True

    def select_link(self, link: LinkSpan) -> None:
        """Put the focus on a link."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(link.start)
        cursor.setPosition(link.end, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
        self.moved_to_link.emit()

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy words and their form, without the marks that stand for images and tables."""
        data = QMimeData()  # Qt's own makes its words when they are asked for, whatever it was given
        data.setText(plain_words(self.textCursor()))
        data.setHtml(without_ours(self.textCursor().selection().toHtml()))
        return data

    def _follow(self, url: QUrl) -> None:
        address = address_of(url)
        cursor = self.textCursor()
        # By keyboard the link under the focus is selected; by mouse it is where the button went down, and what Qt
        # selects there would lie over a box or a title as a blue stain.
        by_key = cursor.hasSelection() and not self._by_mouse
        if self._by_mouse:
            cursor.clearSelection()
            self.setTextCursor(cursor)
        pressed = self.cursorForPosition(self._pressed_at).position()
        if address.startswith("do:"):
            self.acted.emit(address, cursor.selectionStart() if by_key else pressed)
            return
        words = cursor.selectedText() if by_key else self.words_at(self._pressed_at)
        self.link_followed.emit(address, words.strip(), self._in_new_tab)
