"""A real library in a temporary folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.core.notebook import Notebook
from desktop.core.paths import Places


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """Return a user's places under the test's folder."""
    return Places(tmp_path / "data", tmp_path / "cache", tmp_path / "config")


def open_notebook(folder: Path, places: Places) -> Notebook:
    """Open the one library of a test."""
    return Notebook.open(folder / "library.konspekt", places=places)


@pytest.fixture
def notebook(tmp_path: Path, places: Places) -> Iterator[Notebook]:
    """Return an open, empty library."""
    opened = open_notebook(tmp_path, places)
    yield opened
    opened.close()
