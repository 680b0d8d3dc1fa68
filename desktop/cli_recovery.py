"""Making way for a restore: a damaged library is renamed, never deleted, and only for a copy that is sound."""

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.core.errors import LibraryDamaged, LibraryError, LibraryInUse, LibraryTooNew
from desktop.core.paths import LIBRARY_SUFFIX

if TYPE_CHECKING:
    from desktop.core.notebook import Notebook


def set_aside_if_damaged(path: Path, copy: Path) -> None:
    """Rename a damaged library, so that a sound copy can take its place; the copy is verified first."""
    from desktop.core.notebook import Notebook

    if not copy.is_file():
        raise LibraryError(f"There is no file {copy}.")
    _refuse_damaged(Notebook.open(copy, read_only=True))
    try:
        _refuse_damaged(Notebook.open(path))  # for writing: nobody else may hold it
    except (LibraryInUse, LibraryTooNew):
        raise
    except LibraryError:
        if path.suffix != LIBRARY_SUFFIX:
            raise  # perhaps no library at all: a wrong path must not rename someone's file
        aside = _free_name(path, f"{path.stem} damaged {time.strftime('%Y-%m-%d %H-%M-%S')}")
        for ending in ("", "-wal", "-shm"):
            part = path.with_name(path.name + ending)
            if part.exists():
                part.rename(path.with_name(aside + ending))
        print(f"konspekt: the damaged library was kept as {aside}.", file=sys.stderr)


def _free_name(path: Path, stem: str) -> str:
    name, number = f"{stem}{path.suffix}", 1
    while os.path.lexists(path.with_name(name)):
        number += 1
        name = f"{stem} {number}{path.suffix}"
    return name


def _refuse_damaged(notebook: "Notebook") -> None:
    try:
        problems = [line for line in notebook.safety.check().problems if line.level == "error"]
    finally:
        notebook.close()
    if problems:
        raise LibraryDamaged(f"{notebook.path.name} is damaged: {problems[0].message}")
