"""A small library of linked notes with the workspace around it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.core.notebook import Notebook
from desktop.core.records import NoteId
from desktop.core.settings import Settings
from desktop.ui.tasks import Tasks
from desktop.ui.workspace import Workspace

MODEL = "# Model\n\nA model is trained on [[Data]] and reported in [[Report]].\n"
DATA = "# Data\n\nPlain text. Nothing to see.\n"
SURVEY = "# Survey\n\nFirst words.\n\n## Results\n\nWe cleaned the [[Data|raw data]] twice. And [[Data]] once more.\n"


@pytest.fixture
def notes(tmp_path: Path) -> Iterator[tuple[Notebook, dict[str, NoteId]]]:
    """Open a library whose notes go by their titles."""
    notebook = Notebook.open(tmp_path / "library.konspekt")
    titles = {"Data": DATA, "Model": MODEL, "Survey": SURVEY}
    ids = {title: notebook.tree.create(title, text=text).created[0] for title, text in titles.items()}
    yield notebook, ids
    notebook.close()


@pytest.fixture
def workspace(app: object, notes: tuple[Notebook, dict[str, NoteId]]) -> Iterator[Workspace]:
    """Return a workspace over that library; a bug in a job fails the test."""
    tasks = Tasks()
    workspace = Workspace(notes[0], tasks, Settings())
    bugs: list[BaseException] = []
    workspace.bug_found.connect(bugs.append)
    yield workspace
    tasks.close()
    assert not bugs
