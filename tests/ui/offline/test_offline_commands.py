"""What the user sees of it: nothing without a click, a progress that can be stopped, one calm report."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint
from PySide6.QtWidgets import QTreeWidget

from desktop.ui.actions import COMMANDS
from desktop.ui.dialogs.report_dialog import ReportDialog
from desktop.ui.main_window import MainWindow
from desktop.ui.preview.page_menu import menu_at
from desktop.ui.workspace import Workspace
from tests.ui.offline.conftest import BODIES, Server, png

Wait = Callable[..., None]
UI = Path(__file__).resolve().parents[3] / "desktop" / "ui"


@pytest.fixture
def window(workspace: Workspace) -> Iterator[MainWindow]:
    window = MainWindow(workspace)
    window.show()
    yield window
    window.editor.flush(wait=True)
    if "preview" in vars(window):
        window.preview.close_process()
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete.value)  # else its timers outlive the library


def open_note(window: MainWindow, *images: str) -> str:
    """Open a new note that shows images; return its text."""
    text = "# Pictures\n\n" + "\n\n".join(f"![]({address})" for address in images) + "\n"
    notebook = window.workspace.notebook
    window.workspace.open_note(notebook.tree.create("Pictures", text=text).created[0])
    return text


def run(window: MainWindow, command: str) -> None:
    window.actions_by_name[command].trigger()


def test_opening_and_reading_a_note_asks_nobody(window: MainWindow, server: Server, wait_until: Wait) -> None:
    open_note(window, server.url("good.png"))
    wait_until(lambda: window.preview.shown_revision > 0, 15)
    assert "good.png" in window.preview.browser.toPlainText()
    assert server.asked == []
    assert "images" not in vars(window.runners.offline)


def test_the_command_fetches_what_is_missing_and_leaves_the_text_alone(
    window: MainWindow, server: Server, wait_until: Wait
) -> None:
    text = open_note(window, server.url("good.png"), server.url("other.png"))
    note_id = window.workspace.current
    assert note_id is not None
    run(window, "make_offline")
    wait_until(lambda: window.notices.text.startswith("2 image(s) stored"))
    assert window.workspace.notebook.notes.read(note_id).text == text
    assert window.runners.offline.progress.isHidden()
    asked = len(server.asked)
    run(window, "make_offline")
    wait_until(lambda: "already" in window.notices.text)
    assert len(server.asked) == asked
    window.notices._button.click()  # "Fetch again"
    wait_until(lambda: len(server.asked) == asked + 2 and "stored" in window.notices.text)
    run(window, "forget_images")
    wait_until(lambda: "removed" in window.notices.text)
    assert window.workspace.notebook.attachments.list() == []


def test_a_click_on_a_card_fetches_that_image_alone_and_says_only_what_went_wrong(
    window: MainWindow, server: Server, wait_until: Wait
) -> None:
    open_note(window, server.url("good.png"), server.url("nothing.png"))
    window.preview.fetch_requested.emit(server.url("good.png"))
    wait_until(lambda: window.workspace.notebook.attachments.by_address(server.url("good.png")) is not None)
    wait_until(lambda: not window.runners.offline.images.running)
    assert server.paths == ["good.png"]
    assert window.notices.isHidden()
    window.preview.fetch_requested.emit(server.url("nothing.png"))
    wait_until(lambda: not window.notices.isHidden())
    assert window.notices.text == "The image was not fetched: The server answered with error 404."


def test_a_stored_copy_shows_in_the_place_of_the_card_and_is_fetched_again_by_its_menu(
    window: MainWindow, server: Server, wait_until: Wait
) -> None:
    BODIES["wide.png"] = png(300, 200)
    open_note(window, server.url("wide.png"))
    browser = window.preview.browser
    run(window, "make_offline")

    def place() -> QPoint | None:
        spots = (QPoint(x, y) for x in range(10, browser.viewport().width(), 40) for y in range(10, 500, 40))
        return next((spot for spot in spots if browser.image_at(spot)), None)

    wait_until(lambda: place() is not None, 15)
    spot = place()
    assert spot is not None
    again = next(action for action in menu_at(browser, spot).actions() if action.text() == "Fetch again")
    again.trigger()
    wait_until(lambda: server.paths == ["wide.png", "wide.png"])


def test_the_command_says_what_it_did_even_for_one_image(
    window: MainWindow, server: Server, wait_until: Wait
) -> None:
    open_note(window, server.url("good.png"))
    run(window, "make_offline")
    wait_until(lambda: window.notices.text == "1 image(s) stored (1 kB).")


def test_failures_are_listed_by_address_in_one_report(window: MainWindow, server: Server, wait_until: Wait) -> None:
    open_note(window, *(server.url(path) for path in ("good.png", "nothing.png", "page.png")))
    run(window, "make_offline")
    wait_until(lambda: "could not be fetched" in window.notices.text)
    assert window.notices.text == "1 image(s) stored (1 kB). 2 image(s) could not be fetched."
    window.notices._button.click()
    report = next(child for child in window.children() if isinstance(child, ReportDialog))
    rows = report.findChild(QTreeWidget)
    assert rows is not None
    told = {rows.topLevelItem(row).text(0): rows.topLevelItem(row).text(1) for row in range(rows.topLevelItemCount())}
    assert told == {
        server.url("nothing.png"): "The server answered with error 404.",
        server.url("page.png"): "The server sent a web page, not an image.",
    }
    report.close()


def test_the_status_bar_counts_and_stops(window: MainWindow, server: Server, wait_until: Wait) -> None:
    open_note(window, server.url("good.png"), *(server.url(f"hanging{number}") for number in range(5)))
    run(window, "make_offline")
    progress = window.runners.offline.progress
    wait_until(lambda: progress.label.text().startswith("Fetching images: 1 of 6 · "))
    assert progress.isVisible()
    progress.stop_button.click()
    wait_until(lambda: window.notices.text.startswith("Fetching was stopped. 1 image(s) stored"))
    assert progress.isHidden()


def test_a_library_that_cannot_be_written_is_said_before_anything_is_asked(
    window: MainWindow, server: Server, wait_until: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_note(window, server.url("good.png"))
    monkeypatch.setattr(window.workspace.notebook._database, "read_only", True)
    run(window, "make_offline")
    wait_until(lambda: "for reading only" in window.notices.text)
    assert server.asked == []


def test_a_note_without_images_from_elsewhere_says_so(window: MainWindow, wait_until: Wait) -> None:
    open_note(window)
    run(window, "make_offline")
    wait_until(lambda: window.notices.text == "This note shows no images from elsewhere.")


def test_the_commands_stand_in_the_file_menu() -> None:
    assert {"make_offline", "forget_images"} <= {command.name for command in COMMANDS if command.menu == "File"}


def test_the_room_that_knows_the_network_is_imported_inside_of_functions_only() -> None:
    for file in UI.rglob("*.py"):
        if file.parent.name == "offline":
            continue
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ImportFrom):
                assert not (node.module or "").startswith(("desktop.ui.offline", "PySide6.QtNetwork")), file
