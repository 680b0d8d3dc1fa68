"""The tabs of the open notes."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.core.notebook import Notebook
from desktop.core.settings import Settings
from desktop.ui.tabs import NoteTabs
from desktop.ui.tasks import Tasks
from desktop.ui.workspace import Workspace


@pytest.fixture
def workspace(app: object, tmp_path: Path) -> Iterator[Workspace]:
    notebook = Notebook.open(tmp_path / "library.konspekt")
    tasks = Tasks()
    yield Workspace(notebook, tasks, Settings())
    tasks.close()
    notebook.close()


def test_the_neighbour_opens_after_everybody_heard_that_a_note_is_gone(
    workspace: Workspace, wait_until: Callable[..., None]
) -> None:
    tree = workspace.notebook.tree
    first, second = (tree.create(title).created[0] for title in ("First", "Second"))
    tabs = NoteTabs(workspace)
    heard: list[str] = []  # as a panel that was connected after the tabs hears it
    workspace.note_opened.connect(lambda note: heard.append(note.head.title))
    workspace.note_closed.connect(lambda: heard.append("closed"))
    workspace.open_note(first)
    workspace.open_note(second, new_tab=True)
    workspace.publish(tree.trash_notes([second]))
    wait_until(lambda: workspace.current == first)
    assert heard == ["First", "Second", "closed", "First"]
    assert tabs.note_ids() == [first]
