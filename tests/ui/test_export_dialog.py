"""The export dialog: what it says will be written, and what then lies on the disk."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QDialogButtonBox, QLabel, QLineEdit, QPushButton, QTreeWidget, QWidget

from desktop.core.notebook import Notebook
from desktop.core.records import ExportTarget, NoteId
from desktop.ui.dialogs.export_dialog import HTML, MARKDOWN, PDF, ExportDialog
from desktop.ui.workspace import Workspace

Opened = Callable[..., ExportDialog]


@pytest.fixture
def opened(workspace: Workspace, notes: tuple[Notebook, dict[str, NoteId]], tmp_path: Path) -> Opened:
    """Return a function that opens the dialog for one note; its PDF is what the test says."""
    window = QWidget()

    def make_pdf(
        targets: list[ExportTarget], title: str, then: Callable[[bytes], None], failed: object
    ) -> Callable[[], None]:
        workspace.read(lambda: f"%PDF of {title}".encode(), then)
        return lambda: None

    def make(kind: str) -> ExportDialog:
        dialog = ExportDialog(workspace, [ExportTarget(notes[1]["Survey"])], "Survey", window, make_pdf)
        dialog.open()
        dialog.findChild(QLineEdit).setText(str(tmp_path / "out"))
        formats = dialog.findChild(QComboBox)
        formats.setCurrentIndex(formats.findData(kind))
        return dialog

    make.window = window  # type: ignore[attr-defined]  # lives as long as the function
    return make


def button(dialog: ExportDialog) -> QPushButton:
    box = dialog.findChild(QDialogButtonBox)
    return next(b for b in box.buttons() if box.buttonRole(b) is QDialogButtonBox.ButtonRole.AcceptRole)


@pytest.mark.parametrize(
    ("kind", "name", "begins"),
    [(MARKDOWN, "Survey.md", b"# Survey"), (HTML, "Survey.html", b"<!DOCTYPE html>"), (PDF, "Survey.pdf", b"%PDF of")],
)
def test_a_note_is_written_in_every_format(
    opened: Opened, wait_until: Callable[..., None], tmp_path: Path, kind: str, name: str, begins: bytes
) -> None:
    dialog = opened(kind)
    files = dialog.findChild(QTreeWidget)
    assert not button(dialog).isEnabled()  # what was planned is for another folder
    wait_until(lambda: button(dialog).isEnabled(), 30)
    assert [files.topLevelItem(n).text(0) for n in range(files.topLevelItemCount())] == [name]
    assert not (tmp_path / "out").exists()
    button(dialog).click()
    wait_until(lambda: (tmp_path / "out" / name).exists(), 10)
    assert (tmp_path / "out" / name).read_bytes().startswith(begins)
    again = opened(kind)
    files = again.findChild(QTreeWidget)
    wait_until(lambda: files.topLevelItemCount() == 1 and bool(files.topLevelItem(0).text(2)), 30)
    assert not button(again).isEnabled()  # not before somebody says that it may be replaced
    again.close()


def test_a_place_that_cannot_be_written_to_is_said(
    opened: Opened, wait_until: Callable[..., None], tmp_path: Path
) -> None:
    dialog = opened(PDF)
    wait_until(lambda: button(dialog).isEnabled(), 10)
    (tmp_path / "out").write_text("a file where the folder should be")
    button(dialog).click()
    wait_until(lambda: button(dialog).isEnabled(), 10)
    assert any("is a file, not a folder" in label.text() for label in dialog.findChildren(QLabel))
    assert [file.name for file in tmp_path.iterdir() if file.name.startswith("out")] == ["out"]
    dialog.close()
