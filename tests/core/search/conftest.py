"""A library with a few notes, and its index."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.core.notebook import Notebook
from desktop.core.paths import Places
from desktop.core.records import NoteId, NoteKind

Write = Callable[..., NoteId]


@pytest.fixture
def notebook(tmp_path: Path) -> Iterator[Notebook]:
    places = Places(tmp_path / "data", tmp_path / "cache", tmp_path / "config")
    opened = Notebook.open(tmp_path / "library.konspekt", places=places)
    yield opened
    opened.close()


@pytest.fixture
def write(notebook: Notebook) -> Write:
    def create(title: str, text: str = "", kind: NoteKind = NoteKind.NOTE, parent: NoteId | None = None) -> NoteId:
        return notebook.tree.create(title, kind, parent, text=text).created[0]

    return create


@pytest.fixture
def small(notebook: Notebook, write: Write) -> Notebook:
    """Return an indexed library of six notes."""
    uni = write("uni", "# uni\n", NoteKind.FOLDER)
    write(
        "Вводная лекция",
        "---\ndate: 2023-09-04\ntags: [ml, курс/осень]\n---\n# Вводная лекция\n\n"
        "Для стейкхолдеров важна цена ошибки модели.\n"
        "\n## Команда\n\nВ команде два аналитика и MLOps-инженер.\n",
        NoteKind.LECTURE,
        uni,
    )
    write(
        "Дайджест: базы данных",
        "---\ndate: 2023-10-30\ntags: ['#host_habr_com']\n---\nПривет, Хабр! Статья о векторных базах данных.\n\n"
        "A vector database keeps embeddings. Ошибки и цена разные.\n",
        NoteKind.DIGEST,
    )
    write("English notes", "# English notes\n\nLibraries of databases, hoping for organization.\n", NoteKind.NOTE)
    write("Ёлка", "Зелёная ёлка и день рождения; 机器学习模型.\n", NoteKind.NOTE)
    write("Пустая", "", NoteKind.NOTE)
    notebook.search.index_now()
    return notebook
