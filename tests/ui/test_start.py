"""The window's start: what the first paint does without, and what stands when the rest was made."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.core.notebook import Notebook

LATE = (
    "sqlmodel", "sqlalchemy", "whoosh", "markdown", "qtawesome", "numpy", "pymorphy3", "mathra", "multiprocessing",
    "PySide6.QtNetwork", "desktop.ui.offline", "desktop.core.text.spelling", "spellchecker",
    "desktop.ui.graph", "desktop.ui.links", "desktop.ui.preview", "desktop.ui.dialogs",
)  # fmt: skip

DRIVEN = """
import gc, json, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from desktop.ui.start import open_window

told = {}

def follow(window):
    told["modules"] = sorted(sys.modules)
    told["back"] = [window.actions_by_name[name].isEnabled() for name in ("go_back", "go_forward")]
    told["page"] = [window.page_place.width(), window.split.sizes(), window.side.sizes()]
    window.search_field.edit.setText("сло")
    watch.window = window
    watch.start(20)

def look():
    window = watch.window
    made = vars(window).keys() | {f"side.{name}" for name in vars(window.side)}
    if not {"preview", "search", "side.outline", "side.links", "side.graph", "physical_shortcuts"} <= made:
        return
    ready = (
        "Second part" in window.preview.browser.toPlainText()
        and window.side.outline.rows.rowCount() == 2
        and window.side.links.backlinks.view.rows.rowCount() > 0
        and window.side.graph.view is not None
        and window.search.model.rowCount() > 0
    )
    watch.turns += 1
    if not ready and watch.turns < 1000:
        return
    watch.stop()
    told["ready"] = ready
    from desktop.ui.garbage import GarbageSweep

    told["collects"] = any(isinstance(child, GarbageSweep) for child in window.children()) and not gc.isenabled()
    told["results"] = window.left_pages.currentWidget() is window.search
    told["page after"] = [window.page_place.width(), window.split.sizes(), window.side.sizes()]
    told["menus"] = [len(action.menu().actions()) for action in window.menuBar().actions()]
    before = window.preview.shown_revision
    window.runners.view.change_text_size(2)

    def end():
        told["restyled"] = window.preview.shown_revision > before
        told["size"] = window.preview.browser.document().defaultFont().pixelSize()
        window.close()

    QTimer.singleShot(1500, end)

watch = QTimer()
watch.turns = 0
watch.timeout.connect(look)
if __name__ == "__main__":  # the render process imports this file again
    open_window(Path(sys.argv[1]), "light", follow)
    print(json.dumps(told))
"""


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Return a library of two notes, one linking to the other."""
    path = tmp_path / "start.konspekt"
    notebook = Notebook.open(path)
    notebook.tree.create("First", text="# First\n\nсловарь\n\n## Second part\n\nMore.\n")
    notebook.tree.create("Other", text="# Other\n\nSee [[First]].\n")
    notebook.close()
    return path


def run(command: list[str], tmp_path: Path, **more: str) -> str:
    """Run a program of its own and return what it printed last."""
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "KONSPEKT_HOME": str(tmp_path / "home"), **more}
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, *command], env=env | {"PYTHONPATH": str(root)}, cwd=root, capture_output=True, text=True,
        timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.strip().splitlines()[-1]


def test_the_start_ends_after_its_first_paint_when_told_to(library: Path, tmp_path: Path) -> None:
    """The figures are printed, and nothing heavy was imported for them."""
    figures = json.loads(
        run(["-m", "desktop", "--library", str(library)], tmp_path, KONSPEKT_QUIT_AFTER_FIRST_PAINT="1")
    )
    assert figures["modules"] == []
    assert figures["cpu_ms"] > 0


def test_the_first_paint_needs_little_and_the_rest_follows(library: Path, tmp_path: Path) -> None:
    """No late module is there at the first paint; afterwards every panel is made, filled, and in its place."""
    script = tmp_path / "driven.py"
    script.write_text(DRIVEN, encoding="utf-8")
    told = json.loads(run([str(script), str(library)], tmp_path))
    early = [name for name in told["modules"] if any(name == late or name.startswith(f"{late}.") for late in LATE)]
    assert early == []
    assert told["back"] == [False, False]
    assert told["ready"]
    assert told["results"]
    assert told["collects"]
    assert told["page after"] == told["page"]  # nothing jumped
    assert min(told["menus"]) > 0
    assert told["restyled"]
    assert told["size"] == 18
