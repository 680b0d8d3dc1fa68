"""A library with a note, the panel that shows it, and a hand that opens and writes."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.core.notebook import Notebook
from desktop.core.records import NoteId
from desktop.core.settings import Settings
from desktop.ui import theme
from desktop.ui.history import History
from desktop.ui.preview.page_links import LinkSpan, links_of
from desktop.ui.preview.preview_panel import PreviewPanel
from desktop.ui.tasks import Tasks
from desktop.ui.workspace import LiveText, Workspace

Wait = Callable[..., None]
TEXT = "# First\n\n[Теория](#1) and [[Other]] and **bold**\n\n" + "".join(
    f"## Part {number}\n\nWords of part {number}.\n\n- one\n- two\n\n" for number in range(1, 31)
)


@pytest.fixture(scope="module")
def workspace(app: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Open a library; one for a file of tests, for every panel starts a render process."""
    notebook = Notebook.open(tmp_path_factory.mktemp("preview") / "library.konspekt")
    tasks = Tasks()
    theme.load_fonts()
    theme.apply("light")
    yield Workspace(notebook, tasks, Settings())
    tasks.close()
    notebook.close()


@pytest.fixture(scope="module")
def panel(workspace: Workspace) -> Iterator[PreviewPanel]:
    """Show the panel."""
    panel = PreviewPanel(workspace)
    panel.show()
    yield panel
    panel.close_process()
    panel.deleteLater()


class Reader:
    """Opens a note, as the editor does, and waits until it shows."""

    def __init__(self, workspace: Workspace, panel: PreviewPanel, wait_until: Wait) -> None:
        self.workspace, self.panel, self.wait_until = workspace, panel, wait_until
        self.note = workspace.notebook.tree.create("Note", text=TEXT).created[0]
        self.revision = 0

    def open(self, text: str = TEXT, note: NoteId | None = None) -> None:
        """Open a note with this text."""
        self.workspace.open_note(note or self.note)
        self.write(text, note)

    def write(self, text: str, note: NoteId | None = None) -> None:
        """Tell the text and wait for the page."""
        self.revision += 1
        page = self.panel.browser.document()
        self.panel.shown_revision = 0
        self.workspace.text_edited.emit(LiveText(note or self.note, self.revision, text))
        self.wait_until(lambda: self.panel.shown_revision > 0 and self.panel.page.complete, 40)
        assert page is self.panel.browser.document()

    @property
    def words(self) -> str:
        """Return what the page says."""
        return self.panel.browser.toPlainText()

    def link(self, address: str) -> LinkSpan:
        """Return the first link of the page whose address begins so."""
        block = self.panel.browser.document().begin()
        while block.isValid():
            for link in links_of(block):
                if link.address.startswith(address):
                    return link
            block = block.next()
        raise AssertionError(address)

    def place_of(self, position: int) -> QPoint:
        """Return where a position of the document is seen, in the viewport."""
        browser = self.panel.browser
        cursor = browser.textCursor()
        cursor.setPosition(position)
        return browser.cursorRect(cursor).center()

    def point(self, place: QPoint) -> None:
        """Move the pointer in the viewport; not by QTest, which moves the cursor of the whole screen."""
        viewport, none = self.panel.browser.viewport(), Qt.MouseButton.NoButton
        where = QPointF(place), QPointF(viewport.mapToGlobal(place))
        no_keys = Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(viewport, QMouseEvent(QEvent.Type.MouseMove, *where, none, none, no_keys))

    def click(self, address: str) -> None:
        """Click on a link with the left button."""
        place = self.place_of(self.link(address).start) + QPoint(4, 0)
        QTest.mouseClick(self.panel.browser.viewport(), Qt.MouseButton.LeftButton, pos=place)


@pytest.fixture
def reader(workspace: Workspace, panel: PreviewPanel, wait_until: Wait) -> Iterator[Reader]:
    """Return a hand that opens and writes, in a note of its own and a panel as new."""
    place_now, in_text = workspace.place_now, panel._place_in_text
    panel.resize(900, 500)
    yield Reader(workspace, panel, wait_until)
    workspace.place_now, panel._place_in_text = place_now, in_text
    panel.find_bar.field.clear()
    for box in (panel.find_bar.case_box, panel.find_bar.whole_box):
        box.setChecked(False)
    panel.find_bar.hide()
    workspace.close_note()
    workspace.history = History()
    panel.show()
