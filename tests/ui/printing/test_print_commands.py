"""Printing and PDF from the window."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QFileDialog, QProgressDialog

from desktop.core.notebook import Notebook
from desktop.core.records import NoteId
from desktop.ui import theme
from desktop.ui.main_window import MainWindow
from desktop.ui.workspace import Workspace


@pytest.fixture
def window(workspace: Workspace, notes: tuple[Notebook, dict[str, NoteId]]) -> Iterator[MainWindow]:
    """Return the window with one note open."""
    theme.load_fonts()
    window = MainWindow(workspace)
    window.show()
    workspace.open_note(notes[1]["Survey"])
    yield window
    window.close()
    window.deleteLater()


def told(workspace: Workspace) -> list[tuple[str, str]]:
    notices: list[tuple[str, str]] = []
    workspace.notice.connect(lambda level, sentence: notices.append((level, sentence)))
    return notices


def test_a_note_becomes_a_pdf_where_the_user_says(
    window: MainWindow, workspace: Workspace, wait_until: Callable[..., None], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    notices, asked = told(workspace), []

    def choose(_parent: object, _title: str, name: str, _kinds: str) -> tuple[str, str]:
        asked.append(Path(name).name)
        return str(tmp_path / "mine"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    window.findChild(QAction, "export_pdf").trigger()
    wait_until(lambda: bool(notices), 60)
    assert asked == ["Survey.pdf"]
    assert notices[-1][0] == "info"
    assert (tmp_path / "mine.pdf").read_bytes().startswith(b"%PDF-")
    before = (tmp_path / "mine.pdf").read_bytes()
    window.findChild(QAction, "export_pdf").trigger()  # the dialog asked about “mine”, not about “mine.pdf”
    wait_until(lambda: len(notices) > 1, 60)
    assert notices[-1][0] == "error"
    assert "is there already" in notices[-1][1]
    assert (tmp_path / "mine.pdf").read_bytes() == before
    assert [file.name for file in tmp_path.iterdir() if file.name.startswith((".konspekt", "mine"))] == ["mine.pdf"]


def test_a_note_is_shown_as_it_will_be_printed(window: MainWindow, wait_until: Callable[..., None]) -> None:
    from PySide6.QtPrintSupport import QPrintPreviewDialog, QPrintPreviewWidget

    def shown() -> list[QPrintPreviewDialog]:
        return [w for w in QApplication.topLevelWidgets() if isinstance(w, QPrintPreviewDialog) and w.isVisible()]

    window.findChild(QAction, "print_note").trigger()
    wait_until(lambda: bool(shown()), 60)
    (dialog,) = shown()
    assert "Survey" in dialog.windowTitle()
    assert dialog.findChild(QPrintPreviewWidget).pageCount() == 1
    dialog.close()
    assert not [box for box in window.findChildren(QProgressDialog) if box.isVisible()]
