"""The memory of opened notes, and the end of the program."""

from pathlib import Path

from desktop.core.notebook import Notebook
from desktop.core.settings import Settings
from desktop.ui.opened_notes import KEY, keep_opened_notes, opened_notes
from desktop.ui.tasks import Tasks
from desktop.ui.workspace import Workspace


def test_the_last_note_is_kept_on_closing_and_nothing_is_written_after(app: object, tmp_path: Path) -> None:
    notebook = Notebook.open(tmp_path / "library.konspekt")
    first, second = (notebook.tree.create(title).created[0] for title in ("First", "Second"))
    tasks = Tasks()
    workspace = Workspace(notebook, tasks, Settings())
    opened = opened_notes(workspace)
    workspace.open_note(first)
    keep_opened_notes(workspace)
    tasks.close()
    assert notebook.values.get(KEY) == [first]
    workspace.open_note(second)
    opened.store()  # a timer that was late: the writer takes nothing any more
    assert notebook.values.get(KEY) == [first]
    workspace.deleteLater()
    notebook.close()
