"""An image in a window of its own: fitted, as large as it is, or as near as one likes.

It comes as levels, the image and its halves of halves (`decoding.levels_of`): the one that is just large enough is
drawn, so that a large image looks smooth when it is small, and no key waits.
"""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QMimeData, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShortcut,
    QWheelEvent,
)
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLabel, QMessageBox, QToolButton, QVBoxLayout, QWidget

from desktop.ui import theme

LEAST_ZOOM, MOST_ZOOM = 0.02, 16.0
STEP = 1.25  # of one key or one notch of the wheel
ARROW = 60  # pixels of one key
SHARE = 0.86  # of the window over which it opens


class ImageCanvas(QWidget):
    """The image, drawn at a zoom around a place."""

    zoomed = Signal()

    def __init__(self, levels: Sequence[QImage], parent: QWidget) -> None:
        super().__init__(parent)
        self._levels = levels
        self.size_of_image = QSizeF(levels[0].size())
        self.zoom = 1.0  # pixels on the screen for one of the image
        self.fitted = True
        self._offset = QPointF()  # of the image's middle from the canvas's
        self._dragged_from: QPointF | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Image"))
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def fit(self) -> None:
        """Show the whole image; a small one no larger than it is."""
        self.fitted = True
        self._offset = QPointF()
        room = min(self.width() / self.size_of_image.width(), self.height() / self.size_of_image.height())
        self._set_zoom(min(room, 1.0 / self.devicePixelRatioF() if room > 1 else room))

    def show_at(self, zoom: float, around: QPointF | None = None) -> None:
        """Zoom, with a place of the canvas standing still: the middle where none is given."""
        self.fitted = False
        middle = QRectF(self.rect()).center()
        at = (around or middle) - middle
        zoom = max(LEAST_ZOOM, min(MOST_ZOOM, zoom))
        self._offset = at - (at - self._offset) * (zoom / self.zoom)
        self._set_zoom(zoom)

    def move_by(self, by: QPointF) -> None:
        """Move the image."""
        self._offset += by
        self._keep_inside()
        self.update()

    def where(self) -> QRectF:
        """Return where the image is drawn, in pixels of the canvas."""
        shown = self.size_of_image * self.zoom
        middle = QRectF(self.rect()).center() + self._offset
        return QRectF(middle - QPointF(shown.width() / 2, shown.height() / 2), shown)

    def _set_zoom(self, zoom: float) -> None:
        self.zoom = max(LEAST_ZOOM / 10, zoom)
        self._keep_inside()
        self.update()
        self.zoomed.emit()

    def _keep_inside(self) -> None:
        """Let no empty room come in on one side while the image hides on the other."""
        shown = self.size_of_image * self.zoom
        across = max(0.0, (shown.width() - self.width()) / 2)
        down = max(0.0, (shown.height() - self.height()) / 2)
        self._offset = QPointF(
            max(-across, min(across, self._offset.x())), max(-down, min(down, self._offset.y()))
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the level that is just large enough."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme.current().window)
        sharpness = self.zoom * self.devicePixelRatioF()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, sharpness < 4)  # closer, one sees the pixels
        level = next((level for level in reversed(self._levels) if self._share(level) >= sharpness), self._levels[0])
        painter.drawImage(self.where(), level)

    def _share(self, level: QImage) -> float:
        return level.width() / self.size_of_image.width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stay fitted."""
        super().resizeEvent(event)
        if self.fitted:
            self.fit()
        else:
            self._keep_inside()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer."""
        notches = event.angleDelta().y() / 120
        if notches:
            self.show_at(self.zoom * STEP**notches, event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the image."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._dragged_from = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the image."""
        if self._dragged_from is not None:
            self.move_by(event.position() - self._dragged_from)
            self._dragged_from = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._dragged_from = None
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Change between the whole image and its own size."""
        if self.fitted:
            self.show_at(1 / self.devicePixelRatioF(), event.position())
        else:
            self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by the arrows, zoom by plus and minus."""
        arrows = {
            Qt.Key.Key_Left: QPointF(ARROW, 0),
            Qt.Key.Key_Right: QPointF(-ARROW, 0),
            Qt.Key.Key_Up: QPointF(0, ARROW),
            Qt.Key.Key_Down: QPointF(0, -ARROW),
        }
        key = Qt.Key(event.key())
        if key in arrows:
            self.move_by(arrows[key])
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.show_at(self.zoom * STEP)
        elif key in (Qt.Key.Key_Minus, Qt.Key.Key_Underscore):
            self.show_at(self.zoom / STEP)
        elif key == Qt.Key.Key_0:
            self.fit()
        elif key == Qt.Key.Key_1:
            self.show_at(1 / self.devicePixelRatioF())
        else:
            super().keyPressEvent(event)


class ZoomWindow(QDialog):
    """An image to look at."""

    def __init__(self, levels: Sequence[QImage], name: str, data: bytes, parent: QWidget) -> None:
        super().__init__(parent)
        image = levels[0]
        self._image, self._name, self._data = image, name, data
        self.setWindowTitle(name)
        self.setAccessibleName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.canvas = ImageCanvas(levels, self)
        self.zoom_label = QLabel()
        self.zoom_label.setAccessibleName(self.tr("Zoom"))
        self.zoom_label.setMinimumWidth(self.fontMetrics().horizontalAdvance("1600 % "))
        self.zoom_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        size = QLabel(f"{image.width()} × {image.height()}")
        size.setEnabled(False)
        row = QHBoxLayout()
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(4)
        row.addWidget(size)
        row.addStretch(1)
        row.addWidget(self._button("−", self.tr("Zoom out"), lambda: self.canvas.show_at(self.canvas.zoom / STEP)))
        row.addWidget(self.zoom_label)
        row.addWidget(self._button("+", self.tr("Zoom in"), lambda: self.canvas.show_at(self.canvas.zoom * STEP)))
        row.addWidget(self._button(self.tr("Fit"), self.tr("Show the whole image"), self.canvas.fit))
        own_size = self.tr("Show the image in its own size")
        row.addWidget(self._button("1:1", own_size, lambda: self.canvas.show_at(1 / self.devicePixelRatioF())))
        row.addStretch(1)
        row.addWidget(self._button(self.tr("Copy"), self.tr("Copy image"), self.copy))
        row.addWidget(self._button(self.tr("Save as…"), self.tr("Save image as…"), self.save))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.canvas, 1)
        column.addLayout(row)
        for keys, action in (
            (QKeySequence.StandardKey.Copy, self.copy),
            (QKeySequence.StandardKey.Save, self.save),
            (QKeySequence.StandardKey.Close, self.close),
        ):
            QShortcut(QKeySequence(keys), self, action)
        self.canvas.zoomed.connect(self._show_zoom)
        self.resize(parent.size() * SHARE)
        self.canvas.setFocus()

    def copy(self) -> None:
        """Put the image on the clipboard."""
        data = QMimeData()
        data.setImageData(self._image)
        QGuiApplication.clipboard().setMimeData(data)

    def save(self) -> None:
        """Ask for a place, and write the file there as it is stored."""
        save_image(self._name, self._data, self)

    def _button(self, text: str, name: str, action: object) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setToolTip(name)
        button.setAccessibleName(name)
        button.clicked.connect(lambda _checked=False: action() if callable(action) else None)
        return button

    def _show_zoom(self) -> None:
        self.zoom_label.setText(f"{self.canvas.zoom * self.devicePixelRatioF():.0%}".replace("%", "\u202f%"))


def save_image(name: str, data: bytes, parent: QWidget) -> None:
    """Ask for a place, and write a stored file there byte for byte."""
    translate = QCoreApplication.translate
    path, _kind = QFileDialog.getSaveFileName(parent, translate("ZoomWindow", "Save image as…"), name)
    if not path:
        return
    try:
        Path(path).write_bytes(data)
    except OSError as error:
        sentence = translate("ZoomWindow", "The image could not be saved: {0}.").format(error)
        QMessageBox.warning(parent, "Konspekt", sentence)
