"""The library of the judged set, made once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.search.library import Library, open_library


@pytest.fixture(scope="session")
def library(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    opened = open_library(corpus, tmp_path_factory.mktemp("judged"))
    yield opened
    opened.notebook.close()
