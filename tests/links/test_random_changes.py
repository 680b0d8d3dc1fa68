"""Whatever is done to a library, its links and all that is derived stay right, and everything can be taken back.

KONSPEKT_CHANGES sets the number of libraries and KONSPEKT_CHANGES_FIRST the first seed (`python3 dev.py changes` runs
more). A failure ends with the seed, the step and the operation: the same seed finds it again.
"""

import os
from pathlib import Path

import pytest

from desktop.core.notebook import Notebook
from desktop.core.paths import Places
from tests.links.random_changes import DEEDS, RandomLibrary

TIMES = int(os.environ.get("KONSPEKT_CHANGES", "3"))
FIRST = int(os.environ.get("KONSPEKT_CHANGES_FIRST", "0"))
STEPS = 60
made: set[str] = set()


@pytest.mark.parametrize("seed", range(FIRST, FIRST + TIMES))
def test_random_changes_leave_everything_right(tmp_path: Path, seed: int) -> None:
    places = Places(tmp_path / "data", tmp_path / "cache", tmp_path / "config")
    notebook = Notebook.open(tmp_path / "library.konspekt", places=places)
    (tmp_path / "imported").mkdir()
    library = RandomLibrary(notebook, tmp_path / "imported", seed)
    try:
        library.run(STEPS)
    finally:
        notebook.close()
    made.update(library.made)
    assert sum(library.made.values()) > STEPS // 3, "hardly anything was changed: the test shows nothing"
    if seed == FIRST + TIMES - 1 and TIMES >= 3:
        assert made == set(DEEDS), "some operations were never made"
