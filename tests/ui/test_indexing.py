"""The search index in the window: rebuilt by hand, with progress and a way to stop, and search answers meanwhile."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.core.notebook import Notebook
from desktop.core.paths import Places
from desktop.core.records import Progress
from desktop.core.settings import Settings
from desktop.ui.indexing import IndexKeeper
from desktop.ui.search.search_panel import SearchPanel
from desktop.ui.tasks import Tasks
from desktop.ui.workspace import Workspace

NOTES = 240
Wait = Callable[..., None]


@pytest.fixture
def workspace(app: object, tmp_path: Path) -> Iterator[Workspace]:
    places = Places(tmp_path / "data", tmp_path / "cache", tmp_path / "config")
    notebook = Notebook.open(tmp_path / "library.konspekt", places=places)
    for number in range(NOTES):
        notebook.tree.create(f"Note {number}", text=f"number{number} and a common word\n" * 40)
    notebook.search.index_now()
    tasks = Tasks()
    made = Workspace(notebook, tasks, Settings())
    yield made
    notebook.search.stop_indexing()
    tasks.close()
    notebook.close()


@pytest.fixture
def panel(workspace: Workspace) -> Iterator[SearchPanel]:
    made = SearchPanel(workspace)
    made.resize(300, 500)
    made.show()
    yield made
    made.close()


def join(keeper: IndexKeeper, panel: SearchPanel) -> None:
    """Join the two as the window does."""
    keeper.progressed.connect(panel.show_index_progress)
    keeper.stopped.connect(panel.index_line.show_stopped)
    panel.index_line.cancelled.connect(keeper.stop)
    panel.index_line.resumed.connect(keeper.resume)


def test_a_rebuild_shows_its_progress_and_search_answers_meanwhile(
    workspace: Workspace, panel: SearchPanel, wait_until: Wait
) -> None:
    keeper, seen = IndexKeeper(workspace), []
    join(keeper, panel)
    keeper.progressed.connect(seen.append)
    keeper.rebuild()
    wait_until(lambda: not panel.index_line.isHidden())
    assert f"of {NOTES}" in panel.index_line.label.text()
    assert panel.index_line.button.accessibleName() == "Cancel"
    panel.field.setText("number77")
    wait_until(lambda: panel.asking.settled)
    assert panel.model.result.hits[0].title == "Note 77"
    wait_until(panel.index_line.isHidden, 60)
    assert seen[0] == Progress(0, NOTES)
    assert all(isinstance(progress, Progress) for progress in seen)
    wait_until(lambda: workspace.notebook.search.pending() == 0, 20)
    wait_until(lambda: panel.notice.isHidden(), 10)
    assert panel.model.result.hits[0].title == "Note 77"


def test_a_rebuild_can_be_cancelled_and_finished_later(
    workspace: Workspace, panel: SearchPanel, wait_until: Wait
) -> None:
    keeper = IndexKeeper(workspace)
    join(keeper, panel)
    keeper.rebuild()
    wait_until(lambda: not panel.index_line.isHidden())
    panel.index_line.button.click()
    assert "unfinished" in panel.index_line.label.text()
    assert panel.index_line.button.accessibleName() == "Finish it"
    panel.field.setText("number5")
    wait_until(lambda: panel.asking.settled)
    assert "Note 5" in [hit.title for hit in panel.model.result.hits]
    wait_until(lambda: not workspace.notebook.search._indexer.running, 20)
    assert not panel.index_line.isHidden(), "what the old process said on its way out hides nothing"
    panel.index_line.button.click()
    wait_until(lambda: workspace.notebook.search.pending() == 0, 60)
    wait_until(panel.index_line.isHidden, 10)


def test_a_failure_of_the_index_is_told(workspace: Workspace) -> None:
    told: list[tuple[str, str]] = []
    workspace.notice.connect(lambda level, sentence: told.append((level, sentence)))
    IndexKeeper(workspace)._tell(Progress(0, 0, "The search index is being written by another Konspekt."))
    assert told == [("warning", "The search index is being written by another Konspekt.")]
