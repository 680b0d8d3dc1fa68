"""The page and the text beside it stand at the same line, to the line and to the pixel, and nobody follows an echo."""

from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.ui.history import Place, View
from desktop.ui.preview import page as page_module
from desktop.ui.workspace import LiveText, Workspace
from tests.ui.preview.conftest import TEXT, Reader, Wait

LONG = "# Top\n\n" + "".join(
    f"## Part {n}\n\n{'Words of a long paragraph. ' * (n % 7)}\n\n"
    f"```py\n{'x = 1' * (n % 3)}\ny\n\nz\n```\n\n> quoted\n> more\n\n"
    f"| a | b |\n|---|---|\n| {n} | 2 |\n\n- one\n  - inner\n- two\n\n1. first\n2. second\n\n"
    for n in range(40)
)


def wheel(reader: Reader, down: int, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Turn the wheel over the page."""
    viewport = reader.panel.browser.viewport()
    middle = QPointF(viewport.rect().center())
    event = QWheelEvent(
        middle, QPointF(viewport.mapToGlobal(middle.toPoint())), QPoint(), QPoint(0, -120 * down),
        Qt.MouseButton.NoButton, modifiers, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(viewport, event)


def check_every_block(reader: Reader) -> tuple[int, int]:
    """Go to every block's line and read the line at the top; return how many did, and how many blocks there are."""
    panel = reader.panel
    bar = panel.browser.verticalScrollBar()
    last_line, checked = -1, 0
    for placed in panel.page.placed:
        panel.follow_line(placed.first_line)
        if bar.value() == bar.maximum():
            break  # the last screen: its blocks cannot come to the top
        if placed.first_line > last_line:
            assert int(panel.top_line()) == placed.first_line, placed
            checked += 1
        last_line = max(last_line, placed.first_line)
    return checked, len(panel.page.placed)


def test_each_block_comes_to_the_top_by_its_line(reader: Reader) -> None:
    reader.open(LONG)
    checked, blocks = check_every_block(reader)
    assert checked > 250
    assert checked > blocks - 20


@pytest.mark.parametrize("name", ["seeds/digest.md", "lectures/ru/Snowflake lab (long).md"])
def test_each_block_of_a_real_text_comes_to_the_top(reader: Reader, corpus: Path, name: str) -> None:
    reader.open((corpus / name).read_text("utf-8"))
    checked, blocks = check_every_block(reader)
    assert checked > blocks - 25


def test_a_long_block_goes_by_evenly(reader: Reader) -> None:
    reader.open("# A\n\n```\n" + "line\n" * 200 + "```\n\n" + "end\n\n" * 60)
    bar = reader.panel.browser.verticalScrollBar()
    values = []
    for step in range(400):
        line = 20 + step * 0.25
        reader.panel.follow_line(line)
        values.append(bar.value())
        assert abs(reader.panel.top_line() - line) < 0.1
    steps = {after - before for before, after in pairwise(values)}
    assert max(steps) - min(steps) <= 1
    assert min(steps) > 0


def test_only_the_user_makes_the_page_lead(reader: Reader) -> None:
    reader.open(LONG)
    told: list[float] = []
    reader.panel.first_line_changed.connect(told.append)
    reader.panel.follow_line(40)
    reader.write(LONG.replace("# Top", "# Top\n\nnew\n\nnew"))
    reader.panel.resize(700, 400)
    reader.panel.follow_line(80)
    assert told == []
    wheel(reader, 3)
    assert told
    assert told[-1] == reader.panel.top_line() > 80
    count = len(told)
    reader.panel.browser.setFocus()
    for key in ("PageDown", "Space", "Down", "End", "PageUp", "Home"):
        QTest.keyClick(reader.panel.browser, getattr(Qt.Key, f"Key_{key}"))
        assert len(told) == count + 1, key
        count += 1
    assert told[-1] == 0.0
    wheel(reader, -1)  # it stands at its head: nothing moves, and the next move is not taken for the user's
    reader.panel.follow_line(10)
    assert len(told) == count


def test_who_scrolls_a_page_that_is_still_built_is_not_thrown_back(
    reader: Reader, workspace: Workspace, wait_until: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_module, "FEW", 5)
    monkeypatch.setattr(page_module, "SLICE_MS", 1.0)
    panel = reader.panel
    panel.shown_revision = 0
    workspace.open_note(reader.note)
    workspace.text_edited.emit(LiveText(reader.note, 1, LONG * 3))
    wait_until(lambda: panel.shown_revision > 0, 40)
    assert not panel.page.complete
    line = LONG.count("\n") * 2
    panel.follow_line(line)  # not placed yet
    wait_until(lambda: panel.page.complete, 40)
    assert int(panel.top_line()) == line
    panel.page.clear()
    panel.shown_revision = 0
    workspace.text_edited.emit(LiveText(reader.note, 2, LONG * 3 + "\nend"))
    wait_until(lambda: panel.shown_revision > 0, 40)
    panel.follow_line(line)
    QTest.keyClick(panel.browser, Qt.Key.Key_PageDown)
    here = panel.top_line()
    wait_until(lambda: panel.page.complete, 40)
    assert panel.top_line() == here


def test_a_page_is_found_again_at_the_pixel(reader: Reader, workspace: Workspace, wait_until: Wait) -> None:
    other = workspace.notebook.tree.create("Second", text="# Second").created[0]
    reader.open(LONG)
    bar = reader.panel.browser.verticalScrollBar()
    bar.setValue(1_237)
    spot = reader.panel.spot()
    assert spot is not None
    reader.open("# Second", other)
    assert bar.value() == 0
    reader.open(LONG)
    assert bar.value() == 1_237  # per note
    bar.setValue(50)
    reader.panel.return_to(reader.note, spot)
    assert bar.value() == 1_237  # per place
    reader.open("# Second", other)
    reader.panel.return_to(reader.note, spot)  # before it is opened, as Back does
    reader.open(LONG)
    assert bar.value() == 1_237


def test_back_is_told_with_the_view_of_each_place(reader: Reader, workspace: Workspace) -> None:
    views = [View((n, 0.0), n, (n, n)) for n in range(4)]
    now = iter(views)
    workspace.open_note(reader.note)
    workspace.place_now = lambda: Place(reader.note, view=next(now))
    returned: list[Place] = []
    workspace.returned.connect(returned.append)
    workspace.open_note(reader.note, section=3)
    workspace.open_note(reader.note, section=5)
    workspace.go_back()
    assert returned[-1].view is views[1]


def test_the_page_of_the_note_before_does_not_stay(reader: Reader, workspace: Workspace, wait_until: Wait) -> None:
    other = workspace.notebook.tree.create("Second", text="# Second").created[0]
    reader.open()
    workspace.open_note(other)  # its text is never told: as if drawing it took very long
    wait_until(lambda: "Words" not in reader.words, 2)


def test_an_editor_that_shows_the_next_note_does_not_move_the_page_of_this_one(
    reader: Reader, workspace: Workspace
) -> None:
    other = workspace.notebook.tree.create("Second", text="# Second").created[0]
    reader.open()
    bar = reader.panel.browser.verticalScrollBar()
    bar.setValue(800)
    workspace.note_opened.connect(lambda _note: reader.panel.follow_line(0))
    workspace.note_opened.disconnect(reader.panel._opened)
    workspace.note_opened.connect(reader.panel._opened)
    reader.open("# Second", other)
    reader.open()
    assert bar.value() == 800


def test_the_wheel_with_ctrl_asks_for_larger_words(reader: Reader) -> None:
    reader.open(TEXT)
    wanted: list[int] = []
    reader.panel.size_wanted.connect(wanted.append)
    before = reader.panel.browser.document().defaultFont().pixelSize()
    wheel(reader, -1, Qt.KeyboardModifier.ControlModifier)
    wheel(reader, 1, Qt.KeyboardModifier.ControlModifier)
    assert wanted == [1, -1]
    assert reader.panel.browser.verticalScrollBar().value() == 0
    assert reader.panel.browser.document().defaultFont().pixelSize() == before
