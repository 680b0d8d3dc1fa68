"""Putting an export on the disk: all of it or nothing, and never outside the chosen folder.

Everything is written beside its place under a passing name first; only when the last byte is there do the files get
their names. Whatever fails, what this call wrote goes away again and what it replaced comes back. A folder inside the
chosen one that is really a link to another place is refused, since writing through it would leave the chosen folder.
"""

import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from desktop.core.errors import ExportRefused
from desktop.core.records import ExportPlan, PlannedFile


@dataclass(slots=True)
class _Written:
    """What a call did so far, so that it can be taken back."""

    folders: list[Path] = field(default_factory=list)
    staged: list[tuple[Path, Path]] = field(default_factory=list)  # passing name, place
    placed: list[tuple[Path, Path | None]] = field(default_factory=list)  # place, what stood there before

    def take_back(self) -> None:
        for place, before in reversed(self.placed):
            if before is None:
                place.unlink(missing_ok=True)
            else:
                os.replace(before, place)
                before.unlink(missing_ok=True)  # two names of one file: then a rename does nothing
        for passing, _place in self.staged:
            passing.unlink(missing_ok=True)
        for folder in reversed(self.folders):
            try:
                folder.rmdir()
            except OSError:
                continue  # something else was put there meanwhile: it is not ours

    def finish(self) -> None:
        for _place, before in self.placed:
            if before is not None:
                before.unlink(missing_ok=True)


def write_plan(plan: ExportPlan, overwrite: bool = False) -> tuple[str, ...]:
    """Write every planned file and return their absolute paths; raises ExportRefused, having written nothing."""
    if not plan.files:
        raise ExportRefused("There is nothing to export.")
    root = Path(plan.folder)
    written = _Written()
    try:
        _make_folder(root, written)
        for file in plan.files:
            _stage(Path(os.path.realpath(root)), file, overwrite, written)
        for passing, place in written.staged:
            _place_file(passing, place, overwrite, written)
    except OSError as error:
        written.take_back()
        raise ExportRefused(f"The export could not be written: {error.strerror or error}.") from error
    except BaseException:
        written.take_back()
        raise
    written.finish()
    return tuple(str(root.joinpath(*PurePosixPath(file.path).parts)) for file in plan.files)


def exists(folder: Path, path: str) -> bool:
    """Say whether something of that name is in the folder already."""
    return os.path.lexists(folder.joinpath(*PurePosixPath(path).parts))


def _stage(root: Path, file: PlannedFile, overwrite: bool, written: _Written) -> None:
    parts = PurePosixPath(file.path).parts
    if not parts or any(part in ("..", "/") or "\\" in part or "\0" in part for part in parts):
        raise ExportRefused(f"“{file.path}” would lie outside the chosen folder.")
    folder = root
    for part in parts[:-1]:
        folder = folder / part
        if folder.is_symlink():
            raise ExportRefused(f"“{folder.name}” in the chosen folder leads to another place; nothing was written.")
        _make_folder(folder, written)
    place = folder / parts[-1]
    if os.path.lexists(place):
        if place.is_dir() and not place.is_symlink():
            raise ExportRefused(f"“{file.path}” is a folder there already; choose another folder.")
        if not overwrite:
            raise ExportRefused(f"“{file.path}” is there already; choose another folder or allow overwriting.")
    passing = folder / f".konspekt-{secrets.token_hex(8)}.tmp"
    descriptor = os.open(passing, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o666)
    written.staged.append((passing, place))
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(file.data)
        stream.flush()
        os.fsync(stream.fileno())


def _place_file(passing: Path, place: Path, overwrite: bool, written: _Written) -> None:
    before: Path | None = None
    if not overwrite:
        # Claim the name, so that a file which appeared meanwhile is not replaced.
        os.close(os.open(place, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
    elif os.path.lexists(place):
        before = passing.with_suffix(".old")
        try:
            os.link(place, before, follow_symlinks=False)  # a crash finds the old file or the new one, never none
        except (OSError, NotImplementedError):
            os.replace(place, before)  # a disk without a second name for a file
    written.placed.append((place, before))
    os.replace(passing, place)


def _make_folder(folder: Path, written: _Written) -> None:
    missing = []
    while not os.path.lexists(folder):
        missing.append(folder)
        folder = folder.parent
    if not folder.is_dir():
        raise ExportRefused(f"“{folder}” is a file, not a folder.")
    for part in reversed(missing):
        part.mkdir()
        written.folders.append(part)

