"""The card over a link: what it leads to, as it reads, without going there.

It is a part of the window and no window of its own, so it takes neither the focus nor a click.
"""

from PySide6.QtCore import QRect, QSize, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QFont,
    QImage,
    QLinearGradient,
    QPainter,
    QPaintEvent,
    QTextCursor,
    QTextDocument,
    QTextDocumentFragment,
)
from PySide6.QtWidgets import QFrame, QLabel, QTextBrowser, QVBoxLayout, QWidget

from desktop.core.page.plain_html import HtmlBlock
from desktop.ui import theme
from desktop.ui.preview.page import Page
from desktop.ui.preview.pictures import Pictures, with_widths

WIDTH, MOST_HEIGHT = 420, 260  # pixels; of the words alone
MARGIN = 14
GAP = 6  # between the link and the card
FADE = 36  # pixels in which words that go on fade out


class CardWords(QTextBrowser):
    """The beginning of the text, faded out where it goes on."""

    def __init__(self, pictures: Pictures, parent: QWidget) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.page = Page(self.document(), with_widths, (0, 0))

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Return an image that is ours."""
        return self._pictures.image(QUrl(name))

    def take_image(self, url: QUrl, image: QImage) -> None:
        """Show an image that was read meanwhile."""
        self.document().addResource(QTextDocument.ResourceType.ImageResource.value, url, image)
        self.document().markContentsDirty(0, self.document().characterCount())

    def fit(self) -> None:
        """Be as high as the words, up to the most."""
        self.document().setTextWidth(WIDTH - 2 * MARGIN)
        self.setFixedSize(WIDTH - 2 * MARGIN, min(MOST_HEIGHT, round(self.document().size().height())))
        self.moveCursor(QTextCursor.MoveOperation.Start)  # it went to the end with the words that were put in

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fade the last lines out where there are more."""
        super().paintEvent(event)
        if self.document().size().height() <= self.height() + 1:
            return
        ground, clear = theme.current().raised, QColor(theme.current().raised)
        clear.setAlpha(0)
        area = QRect(0, self.height() - FADE, self.width(), FADE)
        fade = QLinearGradient(area.topLeft(), area.bottomLeft())
        fade.setColorAt(0, clear)
        fade.setColorAt(1, ground)
        QPainter(self.viewport()).fillRect(area, fade)


class HoverCard(QFrame):
    """A title, where that is, and the first lines."""

    def __init__(self, pictures: Pictures, parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setObjectName("hoverCard")
        self.setAccessibleName(self.tr("Where the link leads"))
        self._title = QLabel()
        self._where = QLabel()
        for label in (self._title, self._where):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        font = QFont(theme.text_font(15))
        font.setVariableAxis(QFont.Tag("wght"), 600)
        self._title.setFont(font)
        self.words = CardWords(pictures, self)
        pictures.arrived.connect(self.words.take_image)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 11, MARGIN, 12)
        column.setSpacing(3)
        column.addWidget(self._title)
        column.addWidget(self._where)
        column.addSpacing(3)
        column.addWidget(self.words)
        self.setFixedWidth(WIDTH)

    @property
    def title(self) -> str:
        """Return what the card is about."""
        return self._title.text()

    @property
    def where(self) -> str:
        """Return the line below the title."""
        return self._where.text()

    def fill(self, title: str, where: str, content: "tuple[HtmlBlock, ...] | QTextDocumentFragment", size: int) -> None:
        """Put words on the card."""
        colours = theme.current()
        self.setStyleSheet(
            f"#hoverCard {{ background: {colours.raised.name()}; border: 1px solid {colours.border.name()}; "
            f"border-radius: 8px; }} #hoverCard QTextBrowser {{ background: {colours.raised.name()}; }}"
        )
        self._where.setStyleSheet(f"color: {colours.muted.name()};")
        for label, text in ((self._title, title), (self._where, where)):
            label.setText(text)
            label.setVisible(bool(text))
        self.words.page.clear()
        if isinstance(content, QTextDocumentFragment):
            self.words.document().setDefaultFont(theme.text_font(size))
            QTextCursor(self.words.document()).insertFragment(content)
        else:
            self.words.page.show(content, theme.text_font(size))
            while not self.words.page.build():
                pass
        self.words.setVisible(bool(self.words.toPlainText().strip()))
        self.words.fit()

    def show_beside(self, link: QRect) -> None:
        """Show the card below a place of the window, above it where there is no room."""
        self._column.activate()
        size = QSize(WIDTH, self._column.heightForWidth(WIDTH)).expandedTo(self._column.minimumSize())
        self.resize(size)
        room = self.window().rect()
        left = max(room.left() + GAP, min(link.left(), room.right() - size.width() - GAP))
        top = link.bottom() + GAP
        if top + size.height() > room.bottom():
            top = max(room.top(), link.top() - GAP - size.height())
        self.move(left, top)
        self.show()
        self.raise_()
