"""Images on the page: as wide as asked for, sharp, decoded beside the window, opened by a click."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage, QTextDocument, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QToolButton, QWidget

from desktop.ui.preview.decoding import MAX_PIXELS, decode, decode_whole, levels_of
from desktop.ui.preview.pictures import with_widths
from desktop.ui.preview.zoom_window import ZoomWindow
from desktop.ui.workspace import Workspace
from tests.ui.preview.conftest import Reader, Wait

RESOURCE = QTextDocument.ResourceType.ImageResource.value


def png(width: int, height: int, colour: int = 0x3366FF) -> bytes:
    """Return an image file."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(colour)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


@pytest.fixture
def shown(reader: Reader, wait_until: Wait) -> Callable[[str, str], QImage]:
    """Return what opens a text and waits for the image with an address."""

    def show(text: str, address: str) -> QImage:
        reader.open(text)
        document = reader.panel.browser.document()
        wait_until(lambda: (image := document.resource(RESOURCE, QUrl(address))) is not None and image.width() > 2, 20)
        return document.resource(RESOURCE, QUrl(address))

    return show


def test_an_image_is_as_wide_as_the_text_says(shown: Callable[[str, str], QImage], workspace: Workspace) -> None:
    workspace.notebook.attachments.add("wide.png", png(1_600, 400))
    image = shown("![[wide.png|300]]\n\n![[wide.png]]\n", "attachment:wide.png#w=300")
    assert (image.deviceIndependentSize().width(), image.deviceIndependentSize().height()) == (300, 75)
    assert shown("![[wide.png|300]]\n\n![[wide.png]]\n", "attachment:wide.png").width() == 740
    assert shown("![[wide.png|9000]]\n", "attachment:wide.png#w=9000").width() == 740


def test_widths_move_into_addresses_of_our_images_alone() -> None:
    html = '<img src="math:a" width="20" height="3"><img src="attachment:a%20b.png" alt="x" width="30" style="y">'
    moved = html.replace('b.png"', 'b.png#w=30"').replace(' width="30"', "")
    assert with_widths(html) == moved


def test_an_image_is_sharp_where_a_pixel_is_two() -> None:
    for wanted, column, width in ((0, 740, 740), (300, 740, 300), (0, 200, 200)):
        found = decode(png(2_000, 500), column, wanted, 2.0)
        assert not isinstance(found, str)
        image, _whole = found
        assert image.width() == 2 * width
        assert image.deviceIndependentSize().width() == width


def test_an_svg_has_all_the_pixels_there_are() -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20"/></svg>'
    found = decode(svg, 740, 400, 1.5)
    assert not isinstance(found, str)
    assert (found[0].width(), found[0].height()) == (600, 300)


@pytest.mark.parametrize(
    "inside",
    [
        '<image xlink:href="{0}" width="9" height="9"/>',
        "<image href = '{0}' width='9' height='9'/>",
        '<image href="&#47;{0}" width="9" height="9"/>',
        '<use href="{0}#a"/>',
    ],
)
def test_an_svg_reads_no_other_file(tmp_path: Path, inside: str) -> None:
    (tmp_path / "secret.png").write_bytes(png(9, 9, 0xFF0000))
    begin = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">'
    svg = begin + inside.format(tmp_path / "secret.png") + "</svg>"
    assert decode(svg.encode(), 740, 0, 1.0) == "unreadable"
    entity = "<!DOCTYPE svg [<!ENTITY a '<image hre&#102;=\"x\"/>'>]>" + begin + "&a;</svg>"
    assert decode(entity.encode(), 740, 0, 1.0) == "unreadable"


def test_a_file_that_says_it_is_huge_is_not_decoded() -> None:
    data = bytearray(png(4, 4))
    data[16:24] = (60_000).to_bytes(4, "big") * 2  # of the header; the checksum is not looked at for the size
    for found in (decode(bytes(data), 740, 0, 1.0), decode_whole(bytes(data))):
        assert found in ("large", "unreadable")
    assert decode(b"no image", 740, 0, 1.0) == "unreadable"
    assert MAX_PIXELS < 60_000**2


def test_a_missing_image_says_its_name(shown: Callable[[str, str], QImage]) -> None:
    assert shown("![[gone.png]]\n", "attachment:gone.png").height() == 40


def test_a_copy_of_a_remote_image_is_shown(
    shown: Callable[[str, str], QImage], workspace: Workspace, wait_until: Wait
) -> None:
    address = "https://img.example.org/a%20b.png?x=1"
    workspace.notebook.attachments.keep_copy(address, "a b.png", "image/png", png(90, 30))
    image = shown(f"![]({address})\n", "stored:https%3A%2F%2Fimg.example.org%2Fa%2520b.png%3Fx%3D1")
    assert (image.width(), image.height()) == (90, 30)


def test_a_narrower_column_gets_narrower_images(
    reader: Reader, shown: Callable[[str, str], QImage], workspace: Workspace, wait_until: Wait
) -> None:
    workspace.notebook.attachments.add("wide2.png", png(1_600, 400))
    shown("![[wide2.png]]\n", "attachment:wide2.png")
    document = reader.panel.browser.document()
    reader.panel.resize(500, 500)
    column = reader.panel.browser.column
    assert column < 500
    wait_until(lambda: document.resource(RESOURCE, QUrl("attachment:wide2.png")).width() == column, 20)
    assert not reader.panel.browser.horizontalScrollBar().isVisible()


def test_an_image_that_comes_after_the_column_changed_is_shown(
    reader: Reader, workspace: Workspace, wait_until: Wait
) -> None:
    workspace.notebook.attachments.add("late.png", png(1_600, 400))
    reader.open("![[late.png]]\n")
    pictures, document = reader.panel._pictures, reader.panel.browser.document()
    pictures.forget(reader.note)
    assert pictures.image(QUrl("attachment:late.png")).width() <= 2
    pictures.widen(400)  # while it is read
    wait_until(lambda: document.resource(RESOURCE, QUrl("attachment:late.png")).width() == 400, 20)
    pictures.widen(reader.panel.browser.column)


def test_a_click_opens_an_image_to_look_at(
    reader: Reader,
    shown: Callable[[str, str], QImage],
    workspace: Workspace,
    wait_until: Wait,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    data = png(1_200, 900)
    workspace.notebook.attachments.add("photo.png", data)
    shown("before\n\n![[photo.png|300]]\n", "attachment:photo.png#w=300")
    browser = reader.panel.browser
    middle = QPoint(browser.viewport().width() // 2, 120)
    wait_until(lambda: bool(browser.image_at(middle)), 5)
    QTest.mouseClick(browser.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    wait_until(lambda: reader.panel._illustrations.window is not None, 20)
    window = reader.panel._illustrations.window
    assert window is not None
    canvas = window.canvas
    wait_until(lambda: canvas.width() > 300)
    fitted = canvas.zoom
    assert fitted < 1
    assert abs(canvas.where().center().x() - canvas.rect().center().x()) <= 1
    QTest.keyClick(canvas, Qt.Key.Key_Plus)
    assert canvas.zoom == pytest.approx(fitted * 1.25)
    QTest.keyClick(canvas, Qt.Key.Key_1)
    assert canvas.zoom == 1.0
    place = QPointF(20, 20)
    before = (place - canvas.where().topLeft()) / canvas.zoom
    turn = QWheelEvent(
        place, QPointF(canvas.mapToGlobal(place.toPoint())), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(canvas, turn)
    after = (place - canvas.where().topLeft()) / canvas.zoom
    assert (before - after).manhattanLength() < 1.5  # what is under the pointer stays there
    corner = canvas.where().topLeft()
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    QTest.mouseMove(canvas, QPoint(60, 90))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(60, 90))
    assert canvas.where().topLeft() - corner == QPointF(-40, -10)
    QTest.keyClick(canvas, Qt.Key.Key_0)
    assert canvas.zoom == pytest.approx(fitted)
    QTest.keyClick(window, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    window.copy()
    assert QGuiApplication.clipboard().image().size() == QImage.fromData(data).size()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "saved.png"), ""))
    window.save()
    assert (tmp_path / "saved.png").read_bytes() == data
    assert all(button.accessibleName() for button in window.findChildren(QToolButton))
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_a_formula_opens_nothing(reader: Reader) -> None:
    reader.open("$$x^2 + y^2$$\n\nwords\n")
    browser = reader.panel.browser
    names = {browser.image_at(QPoint(x, y)) for x in range(0, 740, 10) for y in range(0, 120, 10)}
    assert names == {""}


def test_a_large_image_has_smaller_levels() -> None:
    sizes = [level.width() for level in levels_of(QImage(4_000, 3_000, QImage.Format.Format_RGB32))]
    assert sizes == [4_000, 2_000, 1_000, 500, 250]


def test_the_window_of_an_image_is_drawn_from_the_level_that_suffices(app: object) -> None:
    levels = levels_of(QImage(2_000, 1_000, QImage.Format.Format_RGB32))
    for level, colour in zip(levels, (0xFF0000, 0x00FF00, 0x0000FF), strict=False):
        level.fill(colour)
    parent = QWidget()
    parent.resize(600, 500)
    window = ZoomWindow(levels, "x.png", b"", parent)
    window.resize(500, 400)
    window.show()
    for zoom, colour in ((1.0, 0xFF0000), (0.6, 0xFF0000), (0.5, 0x00FF00), (0.3, 0x00FF00)):
        window.canvas.show_at(zoom)
        drawn = window.canvas.grab().toImage()
        assert drawn.pixelColor(drawn.rect().center()).rgb() & 0xFFFFFF == colour, zoom
    window.close()
