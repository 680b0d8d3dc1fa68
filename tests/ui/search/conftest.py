"""A library with a real index, and the search panel in a window over it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop.core.notebook import Notebook
from desktop.core.paths import Places
from desktop.core.records import NoteId, NoteKind
from desktop.core.settings import Settings
from desktop.ui.search.rows import HitRow, NoticeRow, SectionRow
from desktop.ui.search.search_panel import SearchPanel
from desktop.ui.tasks import Tasks
from desktop.ui.workspace import Workspace

LECTURE = """---
tags: [course, risk]
date: 2023-10-30
---
# Лекция

Важна цена ошибки.

## Команда

В команде два аналитика.

## Разбор

Каждая ошибка аналитика разобрана, и ни одной ошибки больше.

## Итоги

Ошибками учатся.
"""
DIGEST = "---\ntags: [course]\ndate: 2024-02-01\n---\nПривет! Модель и ошибки.\n"
OTHER = "Про ошибки без заголовков, и ещё раз про ошибку.\n"


@dataclass(frozen=True, slots=True)
class Searching:
    """The panel with what is around it."""

    panel: SearchPanel
    workspace: Workspace
    ids: dict[str, NoteId]
    wait: Callable[..., None]

    def look_for(self, text: str) -> None:
        """Type a query and wait for its full answer."""
        self.panel.begin()
        self.panel.field.setText(text)
        self.settle()

    def settle(self) -> None:
        """Wait for the full answer to what is in the field."""
        self.wait(lambda: self.panel.asking.settled)

    @property
    def notes(self) -> list[str]:
        """Return the titles of the listed notes."""
        return [row.hit.title for row in self.panel.model.rows if isinstance(row, HitRow)]

    @property
    def kinds(self) -> list[str]:
        """Return what the rows are, in their order."""
        names = {HitRow: "note", SectionRow: "section", NoticeRow: "notice"}
        return [names.get(type(row), "more") for row in self.panel.model.rows]


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path / "data", tmp_path / "cache", tmp_path / "config")


@pytest.fixture
def searching(app: object, tmp_path: Path, places: Places, wait_until: Callable[..., None]) -> Iterator[Searching]:
    """Show the panel over three notes with mistakes in them; a bug in a job fails the test."""
    notebook = Notebook.open(tmp_path / "library.konspekt", places=places)
    uni = notebook.tree.create("uni", NoteKind.FOLDER).created[0]
    ids = {
        "uni": uni,
        "Лекция": notebook.tree.create("Лекция", NoteKind.LECTURE, uni, text=LECTURE).created[0],
        "Дайджест": notebook.tree.create("Дайджест", NoteKind.DIGEST, text=DIGEST).created[0],
        "Прочее": notebook.tree.create("Прочее", text=OTHER).created[0],
    }
    notebook.search.index_now()
    tasks = Tasks()
    workspace = Workspace(notebook, tasks, Settings())
    bugs: list[BaseException] = []
    workspace.bug_found.connect(bugs.append)
    window = QWidget()
    column = QVBoxLayout(window)
    panel = SearchPanel(workspace)
    elsewhere = QLineEdit()
    elsewhere.setObjectName("elsewhere")
    for widget in (elsewhere, panel.field_row, panel):
        column.addWidget(widget)
    window.resize(320, 640)
    window.show()
    window.activateWindow()
    elsewhere.setFocus()
    wait_until(elsewhere.hasFocus)
    yield Searching(panel, workspace, ids, wait_until)
    window.close()
    window.deleteLater()
    tasks.close()
    notebook.close()
    assert not bugs
