"""The page's widget: a centred column, links that are told and not followed, a menu in our own style."""

from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt, QUrl, Signal
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QMouseEvent, QResizeEvent, QTextOption
from PySide6.QtWidgets import QApplication, QMenu, QTextBrowser, QWidget

from desktop.core.text.line_breaks import BREAK
from desktop.ui.preview.pictures import Pictures

COLUMN = 740  # pixels
LEAST_MARGIN = 28


class Browser(QTextBrowser):
    """Shows the page; asks only `pictures` for what the page names."""

    link_followed = Signal(str, str, bool)  # address, the link's words, in a new tab

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pictures: Pictures | None = None
        self._pressed_at = QPoint()
        self._in_new_tab = False
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
        if self.pictures is not None:
            self.pictures.column = max(120, min(COLUMN, free - 2 * margin))

    def event(self, event: QEvent) -> bool:
        """Scroll when the wheel turns beside the column too."""
        if event.type() == QEvent.Type.Wheel:
            return QApplication.sendEvent(self.verticalScrollBar(), event)
        return super().event(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Take back what was told of the link under the pointer, which is not there any more."""
        super().leaveEvent(event)
        self.highlighted.emit(QUrl())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a link is pressed: its words tell which section a numeric anchor means."""
        self._pressed_at = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Follow a link into a new tab by the middle button or Ctrl."""
        self._in_new_tab = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        address = self.anchorAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.MiddleButton and address:
            self.link_followed.emit(address, self._words_at(event.position().toPoint()), True)
            return
        super().mouseReleaseEvent(event)
        self._in_new_tab = False

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done here."""
        menu = self.menu_at(event.pos())
        menu.exec(event.globalPos())
        menu.deleteLater()

    def menu_at(self, position: QPoint) -> QMenu:
        """Build the menu for a place on the page."""
        menu = QMenu(self)
        address = self.anchorAt(position)
        if address:
            words = self._words_at(position)
            menu.addAction(self.tr("Open link")).triggered.connect(
                lambda: self.link_followed.emit(address, words, False)
            )
            if address.startswith("note:"):
                menu.addAction(self.tr("Open link in a new tab")).triggered.connect(
                    lambda: self.link_followed.emit(address, words, True)
                )
            else:
                menu.addAction(self.tr("Copy link address")).triggered.connect(
                    lambda: QGuiApplication.clipboard().setText(address)
                )
            menu.addSeparator()
        copy = menu.addAction(self.tr("Copy"))
        copy.setEnabled(self.textCursor().hasSelection())
        copy.triggered.connect(self.copy)
        menu.addAction(self.tr("Select all")).triggered.connect(self.selectAll)
        return menu

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy words and their form, without the marks that stand for images and tables."""
        data = super().createMimeDataFromSelection()
        cursor = self.textCursor()
        words = cursor.selection().toPlainText().replace("\ufffc", "").replace(BREAK, "")
        data.setText(words.replace("\u2028", "\n"))
        return data

    def _follow(self, url: QUrl) -> None:
        address = url.toString(QUrl.ComponentFormattingOption.FullyEncoded)
        cursor = self.textCursor()
        # By keyboard the link under the focus is selected; by mouse it is where the button went down.
        words = cursor.selectedText() if cursor.hasSelection() else self._words_at(self._pressed_at)
        self.link_followed.emit(address, words.strip(), self._in_new_tab)

    def _words_at(self, position: QPoint) -> str:
        """Return the whole words of the link at a place."""
        address = self.anchorAt(position)
        at = self.cursorForPosition(position).position()
        words, ends_here = "", False
        fragments = self.document().findBlock(at).begin()
        while not fragments.atEnd():
            piece = fragments.fragment()
            if piece.charFormat().anchorHref() == address:
                words += piece.text()
                ends_here = ends_here or piece.position() <= at <= piece.position() + piece.length()
            elif ends_here:
                break
            else:
                words = ""
            fragments += 1
        return words if ends_here else ""
