"""A library with a few notes in two languages, and the workspace around it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from desktop.core.notebook import Notebook
from desktop.core.records import NoteId, NoteKind
from desktop.core.settings import Settings
from desktop.ui.tasks import Tasks
from desktop.ui.workspace import Workspace

LECTURE = """# Основы потоковой обработки

Page • 1 backlink • [uni](#)

## Зачем нужны потоки
Текст.
### Задержка и пропускная способность
## Окна и водяные знаки
"""


@dataclass
class Shelf:
    """The test library's notes by a short name."""

    notebook: Notebook
    uni: NoteId
    streams: NoteId
    empty: NoteId
    digest: NoteId
    diary: NoteId


def make(notebook: Notebook, title: str, **more: object) -> NoteId:
    """Create a note and return its id."""
    return notebook.tree.create(title, **more).created[0]  # type: ignore[arg-type]


@pytest.fixture
def notebook(tmp_path: Path) -> Iterator[Notebook]:
    opened = Notebook.open(tmp_path / "library.konspekt")
    yield opened
    opened.close()


@pytest.fixture
def shelf(notebook: Notebook) -> Shelf:
    uni = make(notebook, "uni", kind=NoteKind.FOLDER)
    return Shelf(
        notebook,
        uni,
        make(notebook, "Основы потоковой обработки", kind=NoteKind.LECTURE, parent_id=uni, text=LECTURE),
        make(notebook, "Empty lecture", kind=NoteKind.LECTURE, parent_id=uni),
        make(notebook, "MLOps digest", kind=NoteKind.DIGEST, text="## Theory\n\n## Practice\n\n### Tools\n"),
        make(notebook, "Diary"),
    )


@pytest.fixture
def workspace(app: object, shelf: Shelf, wait_until: Callable[..., None]) -> Iterator[Workspace]:
    tasks = Tasks()
    made = Workspace(shelf.notebook, tasks, Settings())
    yield made
    tasks.close()
