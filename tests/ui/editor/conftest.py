"""A library, a workspace and the editor on it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from desktop.core.notebook import Notebook
from desktop.core.settings import Settings
from desktop.ui.editor.editor_panel import EditorPanel
from desktop.ui.tasks import Tasks
from desktop.ui.workspace import Workspace


@pytest.fixture
def notebook(tmp_path: Path) -> Iterator[Notebook]:
    found = Notebook.open(tmp_path / "library.konspekt")
    yield found
    found.close()


@pytest.fixture
def workspace(app: object, notebook: Notebook) -> Iterator[Workspace]:
    tasks = Tasks()
    yield Workspace(notebook, tasks, Settings())
    tasks.close()


@pytest.fixture
def panel(workspace: Workspace) -> Iterator[EditorPanel]:
    found = EditorPanel(workspace)
    found.resize(800, 600)
    found.show()
    yield found
    found.close()
    found.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # now, not during the next test
