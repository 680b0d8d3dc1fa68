"""The index's files on the disk: read with suspicion, written through, removed without following links."""

import hashlib
import os
import shutil
import stat
from pathlib import Path
from typing import Any

from desktop.core.search.schema import MappedStorage

_DIGEST = 16  # bytes


class WritingStorage(MappedStorage):
    """A folder that is written to: it knows what is open, and removes nothing.

    Whoosh would remove the files of the last generation as soon as its own table of contents is written; they are
    needed until our stamp is.
    """

    def __init__(self, path: str, opened: list[Any] | None = None) -> None:
        super().__init__(path)
        self._opened: list[Any] = [] if opened is None else opened

    def create_file(self, name: str, **options: object) -> Any:
        """Return a new file for writing."""
        file = super().create_file(name, **options)
        self._opened.append(file.file)
        return file

    def temp_storage(self, name: str | None = None) -> Any:
        """Return the folder of files that the commit removes."""
        return WritingStorage(str(Path(self.folder) / (name or "tmp")), self._opened).create()

    def delete_file(self, name: str) -> None:
        """Leave the file to `IndexFolder.sweep`."""

    def close_files(self) -> None:
        """Let go of everything that is open, written or not."""
        for file in self._opened:
            try:
                file.close()
            except OSError:
                pass  # no room for the rest; it is closed all the same
        self._opened.clear()


def read_plain(path: Path, most: int) -> bytes:
    """Return the content of a plain file; raise OSError, or ValueError when it is none or too large."""
    found = path.lstat()
    if not stat.S_ISREG(found.st_mode) or found.st_size > most:
        raise ValueError(f"{path.name} is not a file of ours")
    return path.read_bytes()


def sync_file(path: Path) -> None:
    """See a file's content through to the disk."""
    with path.open("r+b") as file:  # some systems flush only what is open for writing
        os.fsync(file.fileno())


def digest_of(path: Path) -> str:
    """Return the digest of a file's content."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=_DIGEST)).hexdigest()


def sync_folder(path: Path) -> None:
    """See a folder's names through to the disk, where the system can."""
    if os.name == "posix":
        folder = os.open(path, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def entries_of(folder: Path) -> list[Path]:
    """Return what lies in a folder, nothing when it cannot be read."""
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def remove(path: Path) -> None:
    """Remove a file, a link or a whole folder, if it is there and can be."""
    try:
        path.unlink(missing_ok=True)
    except OSError:
        shutil.rmtree(path, ignore_errors=True)
